"""Leads out: for Excel and for scripts, whole and for their owner's eyes, and back in again."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from kit import Book, make

SHEET = (
    "店名,简称,联系人,电话,角色,级别,上次跟进,下次跟进,下次跟进时刻,下次事项,备注,城市,区域,品牌,标签,编号,阶段,来源,客户类型,"
    "需求,现用膜,月销量,目标产值,目标日期,纬度,经度,=公式,status,收到日期\n"
    "华星宝马,华星,王经理,13900001111,内线,A,2026-11-10,2026-11-30,15:30,送样品,看样品,成都,武侯区,宝马、MINI,"
    "重点、大,007,准客户,扫街,4S 店,有,无,30,5.8万,2026-12-31,30.5,104.06,=1+1,open,2026-11-02\n"
    '"=HYPERLINK(""x"")",,,+86 28-85551234,,,,,,,一句备注,成都,锦江区,,,,,互联网,,,3M,,,,,,-a,,\n'
    "先锋汽车,,,13900002222,,C,,,,,,,武侯区,,,,,,,,,,,,,,,lost,\n"
    "来电客户,,,13900005555,,C,,,,,,,,,,,,主动咨询,,,,,,,,,,,\n"
)


@pytest.fixture
def filled(book: Book, tmp_path: Path) -> Book:
    """A book with four leads out of a sheet that has everything."""
    sheet = tmp_path / "own.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    book("import", str(sheet))
    return book


def test_a_sheet_for_excel(filled: Book) -> None:
    text = filled("export", "leads").out
    assert text.startswith("\ufeff") and "\r\n" in text
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    first = rows[0]
    assert first["name"] == "华星宝马" and first["brands"] == "宝马、MINI" and first["grade"] == "A"
    assert (first["contact"], first["contact_phone"], first["role"]) == ("王经理", "13900001111", "insider")
    assert (first["custom.编号"], first["goal_value"], first["next_date"]) == ("007", "58000", "2026-11-30")
    # what a spreadsheet would take for a formula is text
    assert rows[1]["name"] == '\'=HYPERLINK("x")' and first["custom.=公式"] == "'=1+1"
    assert rows[1]["custom.=公式"] == "'-a"


def test_json_has_the_keys_of_a_lead(filled: Book) -> None:
    leads = filled("export", "leads", "-f", "json").json
    assert list(leads[0])[:9] == [
        "id", "uid", "name", "short", "process", "stage", "stage_title", "status", "owner",
    ]  # fmt: skip
    listed = filled("list", "--json").json
    assert leads == listed
    lines = filled("export", "leads", "-f", "jsonl").lines
    assert [json.loads(line) for line in lines] == listed
    assert leads[0]["custom"] == {"编号": "007", "=公式": "=1+1"}


def test_filters_choose(filled: Book) -> None:
    def names(*words: str) -> list[str]:
        return [lead["name"] for lead in filled("export", "leads", "-f", "json", *words).json]

    assert names("--area", "武侯区") == ["华星宝马", "先锋汽车"]
    assert names("--grade", "A") == ["华星宝马"]
    assert names("--stage", "准客户") == ["华星宝马"]
    assert names("--status", "lost") == ["先锋汽车"]


@pytest.mark.parametrize("ending", ["csv", "tsv", "json", "jsonl"])
def test_a_file_is_whole_private_and_names_its_format(filled: Book, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out.{ending}"
    path.write_text("old")
    path.chmod(0o644)
    done = filled("export", "leads", "-o", str(path))
    assert done.out == "" and "4" in done.err
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes().decode() == filled("export", "leads", "-f", ending).out
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith(".")) == []


def test_the_old_file_stays_where_writing_fails(
    filled: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    done = filled("export", "leads", "-o", str(path), code=5)
    assert path.read_text() == "old" and "磁盘满了" in done.err
    assert not list(tmp_path.glob(".*part"))


def test_where_it_cannot_be_written(filled: Book, tmp_path: Path) -> None:
    filled.refuse(5, "export", "leads", "-o", str(tmp_path / "no" / "out.csv"))
    filled.refuse(2, "export", "leads", "-o", str(tmp_path / "out.doc"))
    filled.refuse(2, "export", "laeds")
    link, real = tmp_path / "link.csv", tmp_path / "real.csv"
    real.write_text("old")
    link.symlink_to(real)
    filled("export", "leads", "-o", str(link))
    assert link.is_symlink() and "华星宝马" in real.read_text()


def test_a_device_is_written_to_and_stays_one(filled: Book, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    filled("export", "leads", "-o", str(pipe), "-f", "csv")
    assert b"name" in os.read(reader, 1 << 16)
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_masked_phones(filled: Book, tmp_path: Path) -> None:
    text = filled("export", "leads", "--mask").out
    assert "13900001111" not in text and "13900002222" not in text and "139****1111" in text
    assert "13900002222" not in filled("export", "leads", "--mask", "-f", "json").out
    path = tmp_path / "masked.csv"
    filled("export", "leads", "--mask", "-o", str(path))
    other = another(tmp_path, filled)
    done = other("import", str(path), lang="en")
    assert "3 masked phones" in done.err
    # the shop's own landline is no person's, and stays
    phones = [lead["phone"] for lead in other("list", "--json").json]
    assert phones == [None, "028-85551234", None, None]


def another(folder: Path, book: Book) -> Book:
    """A second, empty book."""
    return make(folder / "another.db", book.patch)


@pytest.mark.parametrize("ending", ["csv", "tsv", "json", "jsonl"])
def test_out_in_and_out_again_is_the_same(filled: Book, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out.{ending}"
    filled("export", "leads", "-o", str(path))
    first = filled("export", "leads", "-f", "json").json
    other = another(tmp_path, filled)
    answer = other("import", str(path), "--json").json
    assert (answer["added"], answer["rejected"]) == (4, 0)
    second = other("export", "leads", "-f", "json").json
    # people stand in the sheets alone: json is the lead of cli.md, without them
    without = () if ending in ("csv", "tsv") else ("completeness", "missing")
    assert [kept(lead, without) for lead in second] == [kept(lead, without) for lead in first]
    if ending in ("csv", "tsv"):
        (person,) = other.show("华星宝马")["contacts"]
        assert (person["name"], person["phones"], person["roles"]) == ("王经理", ["13900001111"], ["insider"])
    again = other("import", str(path), "--json").json
    assert (again["added"], again["duplicates"]) == (0, 4)
    other("check")


def kept(lead: dict[str, Any], without: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name, value in lead.items() if name not in without}


def test_another_books_ids_are_not_ours(filled: Book, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    filled("export", "leads", "-o", str(path))
    other = another(tmp_path, filled)
    other("add", "本来就在的店")
    answer = other("import", str(path), "--json", "--on-duplicate", "update").json
    assert (answer["added"], answer["updated"]) == (4, 0)
    assert other.show(1)["name"] == "本来就在的店"


def test_the_real_lists_go_round(book: Book, shared: Any, tmp_path: Path) -> None:
    for file in ("skoda_2019.xlsx", "ds_gb18030.csv", "ford.jsonl"):
        book("import", str(shared(f"data/dealers/{file}")))
    path = tmp_path / "out.csv"
    book("export", "leads", "-o", str(path))
    other = another(tmp_path, book)
    answer = other("import", str(path), "--json").json
    assert (answer["rows"], answer["added"]) == (1171, 1171)
    assert other("export", "leads", "-f", "json").out == book("export", "leads", "-f", "json").out


def test_several_people_are_said(filled: Book, tmp_path: Path) -> None:
    filled("contact", "华星宝马", "李总", "13900009999")
    done = filled("export", "leads", "-o", str(tmp_path / "out.csv"), lang="en")
    told = "Only the first person of each lead is in the sheet; 1 are not: salesflow export contacts"
    assert done.err.splitlines()[-1] == told
