"""Real lists of dealers into a book: every row accounted for, and the day not flooded."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kit import Book

Shared = Callable[[str], Path]
COUNTS = ("added", "updated", "unchanged", "duplicates", "rejected")
FILES = {
    "wey_2020.xlsx": (321, 321, 0),
    "skoda_2019.xlsx": (502, 502, 0),
    "skoda_2020.xlsx": (498, 498, 0),
    "ds_gb18030.csv": (96, 96, 0),
    "ford.jsonl": (573, 573, 0),
    "excel_paste.tsv": (27, 26, 1),
}


def taken(book: Book, path: Path, *more: str, code: int = 0) -> dict[str, Any]:
    """The answer of an import, whose rows are all accounted for."""
    answer: dict[str, Any] = book("import", str(path), "--json", *more, code=code).json
    assert answer["rows"] == sum(answer[name] for name in COUNTS)
    assert answer["rejected"] == len(answer["rejects"])
    return answer


@pytest.mark.parametrize("file", FILES)
def test_every_row_of_a_real_list(book: Book, shared: Shared, file: str) -> None:
    path = shared(f"data/dealers/{file}")
    rows, added, rejected = FILES[file]
    first = taken(book, path)
    assert (first["rows"], first["added"], first["rejected"]) == (rows, added, rejected)
    before = book.dump()
    again = taken(book, path)
    assert (again["added"], again["duplicates"], again["rejected"]) == (0, added, rejected)
    assert [line for line in book.dump() if 'INTO "lead"' in line] == [
        line for line in before if 'INTO "lead"' in line
    ]
    updated = taken(book, path, "--on-duplicate", "update")
    assert (updated["added"], updated["updated"], updated["unchanged"]) == (0, 0, added)
    doubled = taken(book, path, "--on-duplicate", "add")
    assert doubled["added"] == added
    book("check")


def test_none_of_them_floods_the_day(book: Book, shared: Shared) -> None:
    for file in FILES:
        book("import", str(shared(f"data/dealers/{file}")))
    today = book("today", "--json").json
    # 321 + 502 + 0 of 498 + 96 + 573 + 26: no list holds another's names
    assert today["counts"] == {
        "first_contact": 0,
        "overdue": 0,
        "due": 0,
        "unplanned": 0,
        "untouched": 1518,
    }
    assert today["items"] == []
    assert len(book("list", "--untouched", "--json").json) == 1518


def test_a_year_later_nobody_is_new(book: Book, shared: Shared) -> None:
    """Row by row: each of the 498 stands in the book under its own name, city and address."""
    old, new = shared("data/dealers/skoda_2019.xlsx"), shared("data/dealers/skoda_2020.xlsx")
    taken(book, old)
    known = Counter((lead["name"], lead["city"], lead["address"]) for lead in book("list", "--json").json)
    assert set(known.values()) == {1}  # 49 share their name with another, none its address too
    answer = taken(book, new)
    assert (answer["rows"], answer["added"], answer["duplicates"]) == (498, 0, 498)
    rows = cells(new)
    met = {(row["公司名称"], row["城市"], row["地址"]) for row in rows}
    assert len(met) == 498 and met <= set(known)
    # the four that closed in between: three branch showrooms and one shop
    assert sorted(name for name, _, _ in set(known) - met) == [
        "南充达和品信汽车销售服务有限公司",
        "安庆柏盛潜山展厅",
        "岳阳华宇平江县展厅",
        "西宁金岛格尔木展厅",
    ]


def cells(path: Path) -> list[dict[str, str]]:
    """The rows of a workbook by another reader than ours."""
    from openpyxl import load_workbook

    header, *rows = load_workbook(path).worksheets[0].iter_rows(values_only=True)
    names = [str(name) for name in header]
    return [dict(zip(names, [str(c or "").strip() for c in row], strict=True)) for row in rows if any(row)]


@pytest.mark.parametrize(
    ("file", "turned", "said"), [("skoda_2019.xlsx", 498, 499), ("skoda_2020.xlsx", 498, 498)]
)
def test_coordinates_the_wrong_way_round(
    book: Book, shared: Shared, file: str, turned: int, said: int
) -> None:
    path = shared(f"data/dealers/{file}")
    rows = cells(path)
    # by hand: what is called longitude is at most 54 (China's northernmost), what is called latitude above 73
    wrong = [row for row in rows if row["经度"] and float(row["经度"]) < 54 and float(row["纬度"]) > 73]
    assert len(wrong) == turned
    done = book("import", str(path), lang="en")
    assert f"{turned} rows" in done.err
    leads = {(lead["name"], lead["address"]): lead for lead in book("list", "--json").json}
    assert sum(lead["lat"] is not None for lead in leads.values()) == said
    for row in wrong:
        lead = leads[row["公司名称"], row["地址"]]
        assert (lead["lat"], lead["lng"]) == pytest.approx((float(row["经度"]), float(row["纬度"])), abs=1e-6)


def test_a_place_half_blank_is_read_from_the_pair(book: Book, shared: Shared) -> None:
    # 经度 blank, 纬度 30.798234, 坐标 ",30.798234,106.135919": the pair tells both
    book("import", str(shared("data/dealers/skoda_2019.xlsx")))
    lead = book.show("南充达和品信汽车销售服务有限公司")
    assert (lead["lat"], lead["lng"]) == (30.798234, 106.135919)


def test_the_row_without_a_name_is_named(book: Book, shared: Shared) -> None:
    path = shared("data/dealers/excel_paste.tsv")
    done = book("import", str(path), lang="en")
    answer = taken(book, path)
    number = answer["rejects"][0]["row"]
    lines = path.read_bytes().decode("utf-8-sig").splitlines()
    assert lines[number - 1].split("\t")[1].strip() == ""
    assert f"row {number}:" in done.err
    names = [lead["name"] for lead in book("list", "--json").json]
    assert len(names) == 26 and all("\n" not in name for name in names)


def test_the_reencoded_list_gives_the_same_book(book: Book, shared: Shared, tmp_path: Path) -> None:
    """The GB18030 list as UTF-8 with and without a mark, UTF-16 (both ends), TSV, JSON, XLSX and XLS."""
    text = shared("data/dealers/ds_gb18030.csv").read_bytes().decode("gb18030")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    expected = sheet_of(book, shared("data/dealers/ds_gb18030.csv"))
    assert len(expected) == 96
    for path in copies(tmp_path, text, rows):
        book("undo", "--yes")
        assert sheet_of(book, path) == expected, path.name


def copies(folder: Path, text: str, rows: list[list[str]]) -> list[Path]:
    """The same rows in other encodings and kinds of file."""
    from openpyxl import Workbook
    from xlwt import Workbook as OldWorkbook

    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gbk"):
        (folder / f"{encoding}.csv").write_text(text, encoding=encoding, newline="")
    new, old = Workbook(), OldWorkbook()
    page, old_page = new.active, old.add_sheet("名单")
    for number, row in enumerate(rows):
        page.append(row)
        for column, cell in enumerate(row):
            old_page.write(number, column, cell)
    new.save(folder / "list.xlsx")
    old.save(str(folder / "list.xls"))
    records = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    (folder / "list.json").write_text(json.dumps(records), encoding="utf-8")
    with (folder / "list.tsv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t").writerows(rows)
    return sorted(folder.glob("*.csv")) + sorted(folder.glob("list.*"))


def sheet_of(book: Book, path: Path) -> list[dict[str, Any]]:
    """The leads after importing the file, without what no two books share."""
    taken(book, path)
    found = book("export", "leads", "-f", "json").json
    return [
        {k: v for k, v in lead.items() if k not in ("uid", "id", "created_at", "updated_at")}
        for lead in found
    ]
