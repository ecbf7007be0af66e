"""Words that look like options, numbers that are none, bytes that are no text, and nobody there to answer.

Rows K7, K8 and C15 to C18 of reliability.md, for the commands that take files in and out.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from kit import Book

RUN = [sys.executable, "-m", "salesflow"]
HUGE = ("9223372036854775807", "9223372036854775808", "9" * 26, "1e3", "1_0", "0", "²", "٣")


@pytest.fixture
def two(book: Book) -> Book:
    """A book with two leads, people and a promise."""
    book("add", "华星宝马", "--contact", "王建国 13900001234", "--next", "明天 送样")
    book("add", "第二家", "--contact", "李芳 13800138000")
    return book


def run(
    book: Book, *words: str | bytes, cwd: Path | None = None, shell: str = ""
) -> tuple[int, bytes, bytes]:
    """A real run of the program, by a shell that closes or feeds its input where ``shell`` says how."""
    given = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(ROOT),
        "SALESFLOW_DB": str(book.path),
        "SALESFLOW_NOW": book.now,
        "SALESFLOW_LANG": "en",
        "HOME": "/nowhere",
        "USER": "rep",
    }
    command = ["sh", "-c", f'exec "$@" {shell}', "sh", *RUN, *words] if shell else [*RUN, *words]
    done = subprocess.run(command, env=given, cwd=cwd, capture_output=True, timeout=60)
    return done.returncode, done.stdout, done.stderr


# K8: words that begin with a dash


def test_a_lead_whose_name_begins_with_a_dash(book: Book) -> None:
    book("add", "--", "-x店")
    book("add", "--", "--help")
    assert book("show", "--json", "--", "-x店").json["id"] == 1
    assert book("show", "--json", "--", "--help").json["id"] == 2
    assert book("log", "--", "-x店", "-送样", "来过").code == 0
    assert book.show(1)["followup_list"][0]["note"].startswith("-送样")
    book("add", "甲", "--note", "-1 说太贵")
    assert [one["note"] for one in book.show(3)["followup_list"]] == ["-1 说太贵"]
    for words in (["merge", "--yes", "--", "3", "-x店"], ["dupes"], ["find", "--", "-x"]):
        assert book(*words, code=None).code in (0, 1)
    book("show", "-x店", code=2)


def test_files_whose_names_begin_with_dashes(two: Book, tmp_path: Path) -> None:
    book = two
    (tmp_path / "--weird.csv").write_text("店名,电话\n-y店,028-85551234\n", "utf-8")
    for words in (
        ["import", "--", "--weird.csv"],
        ["import", "./--weird.csv"],
        ["import", "--json", "--", "--weird.csv"],
    ):
        code, _, err = run(book, *words, cwd=tmp_path)
        assert code == 0, err
    assert [lead["name"] for lead in book("list", "--json").json].count("-y店") == 1
    for words, name in (
        (["export", "leads", "-o", "--leads.csv"], "--leads.csv"),
        (["export", "leads", "--output=--two.csv"], "--two.csv"),
        (["export", "all", "-o", "-all.jsonl"], "-all.jsonl"),
        (["export", "all", "-o", "--all.xlsx"], "--all.xlsx"),
    ):
        code, out, err = run(book, *words, cwd=tmp_path)
        assert (code, out) == (0, b""), err
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    code, _, err = run(book, "import", "--weird.csv", cwd=tmp_path)
    assert code == 2 and err.count(b"\n") <= 2
    bad = tmp_path / "bad.csv"
    bad.write_text("店名,下次跟进\n乙,没有这天\n丙,\n", "utf-8")
    code, _, err = run(book, "import", "bad.csv", "--rejects", "--rejects.csv", cwd=tmp_path)
    assert code == 0 and (tmp_path / "--rejects.csv").exists(), err


# K7: where a file may go


def test_an_answer_goes_into_no_folder_and_over_no_book(two: Book, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for kind in ("leads", "all"):
        for name, code in (("folder", 5), ("nowhere/x.csv", 5), ("", 5)):
            target = str(tmp_path / name) if name else str(tmp_path)
            two.refuse(code, "export", kind, "-f", "json", "-o", target)
        two.refuse(1, "export", kind, "-f", "json", "-o", str(two.path))
    assert sorted(path.name for path in tmp_path.iterdir() if not path.name.startswith("book.db")) == [
        "folder"
    ]


def test_a_link_stays_one_and_a_name_may_be_strange(two: Book, tmp_path: Path) -> None:
    (tmp_path / "real.json").write_text("old", "utf-8")
    (tmp_path / "link.json").symlink_to(tmp_path / "real.json")
    two("export", "all", "-o", str(tmp_path / "link.json"))
    assert (tmp_path / "link.json").is_symlink() and (tmp_path / "real.json").read_text("utf-8") != "old"
    for name in ("CON.jsonl", "a b '\"$(x);.jsonl", "华星 [red].jsonl", "file:x?mode=memory.jsonl"):
        two("export", "all", "-o", str(tmp_path / name))
        assert (tmp_path / name).is_file()


# C15: bytes that are no text


@pytest.mark.parametrize(
    "words",
    [
        [b"import", b"\xff.csv"],
        [b"import", b"x.csv", b"--map", b"\xff=name"],
        [b"export", b"all", b"-o", b"\xff.jsonl"],
        [b"export", b"leads", b"--area", b"\xc3\x28"],
        [b"merge", b"1", b"\xff"],
        [b"dupes", b"\xff"],
        [b"team", b"join", b"\xff.db"],
    ],
)
def test_bytes_that_are_no_text(two: Book, tmp_path: Path, words: list[bytes]) -> None:
    before = two.dump()
    code, out, err = run(two, *words, cwd=tmp_path)
    assert (code, out) == (2, b"") and b"UTF-8" in err and err.count(b"\n") <= 2
    assert two.dump() == before


# C16: more than an argument may hold comes by standard input


def test_a_list_longer_than_an_argument_comes_by_standard_input(book: Book, tmp_path: Path) -> None:
    rows = "".join(f"第{n}家,成都市武侯区某某大道{n}号\n" for n in range(6000))
    (tmp_path / "long.csv").write_text("店名,地址\n" + rows, "utf-8")
    code, out, err = run(book, "import", "-", "--json", cwd=tmp_path, shell="<long.csv")
    assert code == 0 and json.loads(out)["added"] == 6000, err


# C17: numbers that are none, or too large


@pytest.mark.parametrize(
    "words",
    [
        ["show", "N"],
        ["log", "N", "x"],
        ["merge", "1", "N", "--yes"],
        ["export", "customer-record", "N", "-o", "x.xlsx"],
        ["edit", "1", "--set", "parent=N"],
        ["payment", "1", "5", "--order", "N"],
        ["incident", "follow", "N", "x"],
        ["team", "settle", "N", "--to", "x", "--why", "y"],
        ["undo", "N", "--yes"],
        ["list", "--limit", "N"],
        ["export", "leads", "--limit", "N"],
    ],
    ids=" ".join,
)
def test_numbers_that_are_none(two: Book, tmp_path: Path, words: list[str]) -> None:
    two.patch.chdir(tmp_path)
    for number in HUGE:
        done = two(*(number if word == "N" else word for word in words), code=None)
        assert done.code in (1, 2, 3), (number, done)
        assert done.err.count("\n") <= 4 and "程序出错" not in done.err, (number, done)
    assert len(two("list", "--json").json) == 2


def test_wide_digits_are_digits(two: Book) -> None:
    assert two("show", "２", "--json").json["name"] == "第二家"
    assert two("show", "#１", "--json").json["name"] == "华星宝马"
    assert len(two("list", "--limit", "１", "--json").json) == 1
    two("show", "٢", code=3)
    two("list", "--limit", "٢", code=2)


@pytest.mark.parametrize("number", ["9223372036854775808", "9" * 26, "²", "٣", "-1", "1e400"])
def test_such_numbers_in_a_file(two: Book, tmp_path: Path, number: str) -> None:
    sheets = {
        "leads": f"id,店名,月销量,目标金额,经度,纬度\n{number},丙,{number},{number},{number},{number}\n",
        "followups": f"lead,at,note\n{number},2026-03-01,x\n",
        "orders": f"lead,signed_on,amount\n1,2026-03-01,{number}\n",
        "payments": f"lead,order,on,amount\n1,{number},2026-03-01,{number}\n",
        "contacts": f"lead,name,chain,weight\n1,赵敏,{number},{number}\n",
        "targets": f"metric,period,target\nvisits,2026-11,{number}\n",
    }
    for kind, text in sheets.items():
        file = tmp_path / f"{kind}.csv"
        file.write_text(text, "utf-8")
        done = two("import", str(file), "--kind", kind, code=None)
        assert done.code in (0, 1, 2) and "程序出错" not in done.err and "Traceback" not in done.err, (
            kind,
            done,
        )
    lines = tmp_path / "mixed.jsonl"
    value = number if number.lstrip("-").isascii() and "e" not in number else json.dumps(number)
    lines.write_text(
        f'{{"type":"lead","name":"戊","id":{value},"volume_month":{value},"goal_value":{value}}}\n'
        f'{{"type":"order","lead":{value},"amount":{value},"signed_on":"2026-03-01"}}\n',
        "utf-8",
    )
    done = two("import", str(lines), code=None)
    assert done.code in (0, 1, 2) and "程序出错" not in done.err, done
    assert two("check").out == ""


# C18: nobody there to answer


ASKING = (
    ["import", "list.csv"],
    ["import", "whole.jsonl", "--dry-run"],
    ["merge", "1", "2"],
    ["merge"],
    ["export", "leads", "--with-personal", "-o", "x.xlsx"],
    ["export", "customer-record", "1", "--with-personal", "-o", "x.xlsx"],
    ["export", "contacts", "--with-personal", "-o", "x.vcf"],
    ["export", "calendar", "--with-personal", "-o", "x.ics"],
    ["undo"],
)


@pytest.mark.parametrize("words", ASKING, ids=" ".join)
def test_no_question_where_nobody_can_answer(two: Book, tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "list.csv").write_text("店名\n丙\n", "utf-8")
    (tmp_path / "whole.jsonl").write_text(two("export", "all").out, "utf-8")
    raw = two.path.read_bytes()
    for ending in ("</dev/null", "<&-", ">/dev/null <&-", "<&- >&-"):
        two.path.write_bytes(raw)
        code, _, err = run(two, *words, cwd=tmp_path, shell=ending)
        # without an output what was done is saved and not shown, what was to be read fails
        allowed = (0, 1, 2, 5, 6) if ">&-" in ending else (0, 1, 2)
        assert code in allowed and b"Traceback" not in err and b"defect" not in err, (ending, code, err)
        assert err.count(b"\n") <= 12


@pytest.mark.parametrize(
    "words",
    [["import", "list.csv"], ["merge", "1", "2"], ["export", "leads", "--with-personal", "-o", "x.xlsx"]],
    ids=" ".join,
)
def test_who_goes_away_at_the_question_has_changed_nothing(
    two: Book, tmp_path: Path, words: list[str]
) -> None:
    (tmp_path / "list.csv").write_text("店名\n丙\n", "utf-8")
    given = [str(tmp_path / word) if word.endswith((".csv", ".xlsx")) else word for word in words]
    before = two.dump()
    done = two(*given, tty=True, code=None)
    assert done.code in (130, 1), done
    assert two.dump() == before and not (tmp_path / "x.xlsx").exists()
    assert "Traceback" not in done.err
