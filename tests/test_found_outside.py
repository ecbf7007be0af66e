"""Odd files, books and surroundings that were met outside: each is told in a clear line, or passed over."""

from __future__ import annotations

import io
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import xlsxwriter
from conftest import ROOT
from kit import Book

PHONE, HIDDEN = "13900009999", "139****9999"


@pytest.fixture
def told(book: Book) -> Book:
    """A shop whose name, and whose buyer's title, department and role, hold a phone."""
    book("add", f"华星 {PHONE}", "--contact", "王建国 13900001111")
    more = ("--title", f"副总 {PHONE}", "--department", f"采购 {PHONE}")
    book("contact", "edit", "1", "王建国", *more)
    book("next", "1", "周五", "送样品")
    return book


def test_a_phone_in_a_title_leaves_masked_in_the_calendar(told: Book) -> None:
    text = told("export", "calendar", "-f", "ics").out.replace("\r\n ", "")
    assert f"王副总 {HIDDEN}" in text and f"华星 {HIDDEN}" in text
    assert PHONE not in text
    assert PHONE not in told("export", "calendar", "--json").out


def test_a_phone_in_a_title_leaves_masked_on_a_card(told: Book) -> None:
    text = told("export", "contacts", "-f", "vcf", "--mask").out.replace("\r\n ", "")
    assert f"TITLE:副总 {HIDDEN}\r\n" in text
    assert f"ORG:华星 {HIDDEN};采购 {HIDDEN}\r\n" in text
    assert PHONE not in text
    whole = told("export", "contacts", "-f", "vcf").out.replace("\r\n ", "")
    assert f"TITLE:副总 {PHONE}\r\n" in whole


@pytest.mark.parametrize("words", [(), ("--dry-run",)])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("s.json", '[{"name": "好店", "x\\ud800": "1"}]'),
        ("s.jsonl", '{"name": "好店", "x\\ud800": "1"}\n'),
        ("n.json", '[{"name": "好店", "x\\u0000": "1"}]'),
    ],
)
@pytest.mark.parametrize(("lang", "word"), [("zh", "半个代理对"), ("en", "surrogate pair")])
def test_a_key_that_cannot_be_stored_is_told_of_the_file(
    book: Book, tmp_path: Path, name: str, text: str, words: tuple[str, ...], lang: str, word: str
) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    done = book("import", str(file), *words, code=5, lang=lang)
    assert done.out == ""
    assert str(file) in done.err and word in done.err and len(done.err.splitlines()) <= 2
    assert book.sql("SELECT count(*) FROM lead") == [(0,)]


@pytest.mark.parametrize(("field", "bad"), [("goal_value", "x十万"), ("goal_on", "2026-99-99")])
def test_a_damaged_goal_of_the_past_stops_no_page(book: Book, tmp_path: Path, field: str, bad: str) -> None:
    book("add", "华星宝马")
    book("edit", "1", "--goal", "10万", "--goal-on", "2026-12-20", now="2026-11-02T10:00")
    book("edit", "1", "--goal", "20万", "--goal-on", "2026-12-25", "--why", "加单", now="2026-11-03T10:00")
    _damage(book, field, bad)
    assert book.show(1)["goals"][0]["why"] == "加单"
    page = tmp_path / "p.html"
    book("prepare", "1", "-o", str(page))
    assert "华星宝马" in page.read_text(encoding="utf-8")
    for form in ("customer-record", "followup-record"):
        sheet = tmp_path / f"{form}.xlsx"
        book("export", form, "1", "-o", str(sheet))
        assert sheet.read_bytes()[:2] == b"PK"


def _damage(book: Book, field: str, bad: str) -> None:
    """A change of the past says what it cannot have said, and no trigger noticed."""
    with closing(sqlite3.connect(book.path)) as connection, connection:
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'field_change'"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        sql = "UPDATE field_change SET old = ? WHERE field = ? AND old IS NOT NULL"
        assert connection.execute(sql, (bad, field)).rowcount == 1
        for _, made in triggers:
            connection.execute(made)


def test_a_zone_longer_than_any_name_is_told_of_and_stops_nothing(book: Book) -> None:
    given = {"PATH": "", "TZ": "x" * 5000, "PYTHONPATH": str(ROOT)}
    given |= {"SALESFLOW_DB": str(book.path), "SALESFLOW_LANG": "en"}
    done = subprocess.run(
        [sys.executable, "-m", "salesflow", "add", "好店"],
        env=given,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert f"TZ={'x' * 40} is no time zone" in done.stderr
    assert book.sql("SELECT name FROM lead") == [("好店",)]


def test_a_number_without_end_becomes_no_phone(book: Book, tmp_path: Path) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        page = made.add_worksheet()
        page.write_row(0, 0, ["店名", "电话"])
        page.write_row(1, 0, ["甲店", 4.25])
        page.write_row(2, 0, ["乙店", "13900000002"])
    file = tmp_path / "inf.xlsx"
    file.write_bytes(_with_inf(out.getvalue()))
    found = book("import", str(file), "--json").json
    assert (found["added"], found["rejected"]) == (1, 1)
    assert book.sql("SELECT name, phone FROM lead") == [("乙店", "13900000002")]


def _with_inf(data: bytes) -> bytes:
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<v>4.25</v>", b"<v>1e400</v>"))
    return out.getvalue()
