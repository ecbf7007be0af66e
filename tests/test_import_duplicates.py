"""Duplicates at import: in one file, against the book, between two files at once; skip, update, add (cli.md)."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from kit import Book

HEADER = ("name", "city", "address", "phone", "supplier", "brands", "custom:编号")


def sheet(book: Book, name: str, rows: Sequence[Sequence[str]], header: Sequence[str] = HEADER[:5]) -> str:
    """A CSV file of these rows."""
    path = book.path.with_name(f"{name}.csv")
    path.write_text("\n".join(",".join(row) for row in (header, *rows)) + "\n", "utf-8")
    return str(path)


def counts(record: dict[str, Any]) -> dict[str, int]:
    """The counts of an answer that are not 0; they add up to the rows."""
    names = ("added", "updated", "unchanged", "duplicates", "rejected")
    assert record["rows"] == sum(record[name] for name in names)
    return {name: record[name] for name in names if record[name]}


def leads(book: Book) -> int:
    """How many leads the book holds."""
    return int(book.sql("SELECT count(*) FROM lead")[0][0])


FIRST = [
    ("华星宝马", "成都市", "武侯大道1号", "028-85551234", ""),
    ("天府丰田", "成都市", "机场路8号", "", "3M"),
]
# the first again, knowing more; the second again, blank where it was filled; a new one
SECOND = [
    ("华星宝马", "成都", "", "", "龙膜"),
    ("天府丰田", "", "", "", ""),
    ("锦泰奥迪", "成都市", "", "", ""),
]
EXPECTED = {
    "skip": {"added": 1, "duplicates": 2},
    "update": {"added": 1, "updated": 1, "unchanged": 1},
    "add": {"added": 3},
}


@pytest.mark.parametrize("policy", ["skip", "update", "add"])
def test_in_one_file(book: Book, policy: str) -> None:
    record = book("import", sheet(book, "one", [*FIRST, *SECOND]), "--on-duplicate", policy, "--json").json
    wanted = {**EXPECTED[policy], "added": EXPECTED[policy]["added"] + 2}
    assert counts(record) == wanted
    assert leads(book) == wanted["added"]
    _filled(book, policy)


@pytest.mark.parametrize("policy", ["skip", "update", "add"])
def test_against_the_book(book: Book, policy: str) -> None:
    book("import", sheet(book, "one", FIRST))
    record = book("import", sheet(book, "two", SECOND), "--on-duplicate", policy, "--json").json
    assert counts(record) == EXPECTED[policy]
    assert leads(book) == 2 + EXPECTED[policy]["added"]
    _filled(book, policy)


@pytest.mark.parametrize("policy", ["skip", "update", "add"])
def test_between_two_files_at_once(book: Book, policy: str) -> None:
    files = sheet(book, "one", FIRST), sheet(book, "two", SECOND)
    steps = book.steps()
    first, second = book("import", *files, "--on-duplicate", policy, "--json").json
    assert counts(first) == {"added": 2}
    assert counts(second) == EXPECTED[policy]
    assert book.steps() == steps + 1  # one step, be it two files
    _filled(book, policy)
    book("undo")
    assert leads(book) == 0


def test_the_second_of_two_files_knows_what_the_first_one_looks_like(book: Book) -> None:
    header = ("店名", "城市", "电话")
    one = sheet(book, "one", [("先锋汽车", "成都", "13900001111"), ("永昌", "成都", "")], header)
    # the same phone; the same sound; neither
    rows = [("锐达", "成都", "13900001111"), ("勇昌", "成都", ""), ("利宝", "成都", "")]
    two = sheet(book, "two", rows, header)
    first, second = book("import", one, two, "--json").json
    assert (first["possible_duplicates"], second["possible_duplicates"]) == (0, 2)


def _filled(book: Book, policy: str) -> None:
    # a blank never takes away what is filled
    one, two = book.show(1), book.show(2)
    assert (one["address"], one["phone"]) == ("武侯大道1号", "028-85551234")
    assert (two["address"], two["supplier"]) == ("机场路8号", "3M")
    assert one["supplier"] == ("龙膜" if policy == "update" else None)
    assert book("check").out == ""


def test_what_an_update_changed_is_listed(book: Book) -> None:
    book("import", sheet(book, "one", FIRST))
    answer = book("import", sheet(book, "two", SECOND), "--on-duplicate", "update").out
    assert any("#1" in line and "supplier" in line for line in answer.splitlines())
    book("undo")
    record = book("import", sheet(book, "two", SECOND), "--on-duplicate", "update", "--json").json
    assert record["changes"] == [{"row": 2, "lead_id": 1, "fields": ["city", "supplier"]}]
    again = book("import", sheet(book, "two", SECOND), "--on-duplicate", "update", "--json").json
    assert counts(again) == {"unchanged": 3} and again["changes"] == []


def test_the_same_file_twice_adds_nothing(book: Book) -> None:
    file = sheet(book, "one", [*FIRST, ("华星宝马", "", "", "", ""), *SECOND[1:]])
    book("import", file)
    rows = book.sql("SELECT * FROM lead")
    for policy in ("skip", "update"):
        record = book("import", file, "--on-duplicate", policy, "--json").json
        assert record["added"] == 0 and book.sql("SELECT * FROM lead") == rows
    two = book("import", file, file, "--json").json
    assert [counts(one) for one in two] == [{"duplicates": 5}, {"duplicates": 5}]


def _again(draw: random.Random, name: str) -> str:
    # the same name as somebody else types it
    how = draw.randrange(4)
    if how == 0:
        return name.replace("(", "（").replace(")", "）")
    if how == 1:
        return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in name)
    return f" {name[:3]} {name[3:]}" if how == 2 else name.lower()


@pytest.mark.parametrize("files", [1, 3])
def test_repeated_rows_are_counted_truly(book: Book, files: int) -> None:
    """400 shops, 37 of them with a second showroom; 500 rows more repeat some as they were or nearly."""
    draw = random.Random(files)
    shops = [(f"华星BMW第{one}店(成都)", "成都市", f"武侯大道{one}号") for one in range(1, 401)]
    shops += [(name, city, f"机场路{place}号") for place, (name, city, _) in enumerate(shops[:37])]
    repeats = []
    for _ in range(500):
        name, city, address = draw.choice(
            shops[37:400]
        )  # of one showroom: with a blank address the same, too
        place = draw.choice((address, f"四川省成都市{address}", "", address.replace("大道", " 大道 ")))
        repeats.append((_again(draw, name), draw.choice((city, "成都", "")), place))
    rows = [*shops, *repeats]
    parts = [sheet(book, f"part{part}", rows[part::files], HEADER[:3]) for part in range(files)]
    records = book("import", *parts, "--json").json
    records = [records] if files == 1 else records
    assert sum(one["rows"] for one in records) == 937
    if files == 1:
        assert sum(one["added"] for one in records) == 437
        assert sum(one["duplicates"] for one in records) == 500
        assert leads(book) == 437
    else:  # a row without an address may come before the one that has it: still one lead each
        assert leads(book) == sum(one["added"] for one in records) == 437


def test_real_lists_at_once(book: Book, shared: Callable[[str], Path]) -> None:
    """All 498 rows of 2020 are in the list of 2019."""
    files = [str(shared(f"data/dealers/skoda_{year}.xlsx")) for year in (2019, 2020)]
    assert [counts(one) for one in book("import", *files, "--json").json] == [
        {"added": 502},
        {"duplicates": 498},
    ]
    assert book("dupes", "--json").json != []
    book("undo")
    added = book("import", *files, "--on-duplicate", "add", "--json").json
    assert [counts(one) for one in added] == [{"added": 502}, {"added": 498}]
    # each row of 2020 stands beside its lead of 2019, as surely as can be
    pairs = {(one["lead_id"], one["other_id"]) for one in book("dupes", "--json").json if one["score"] >= 90}
    assert len({second for _, second in pairs if second > 502}) == 498


# After a merge

UIDS = ("uid", "name", "phone")


def test_the_uid_of_a_merged_lead_names_the_one_that_it_is_now(book: Book) -> None:
    uids = ["11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"]
    file = sheet(book, "uids", [(uids[0], "华星宝马", ""), (uids[1], "成都华星", "028-85551234")], UIDS)
    book("import", file)
    book("merge", "1", "2")
    again = book("import", file, "--json").json
    assert counts(again) == {"duplicates": 2}
    file = sheet(book, "more", [(uids[1], "华星", "028-85559999")], UIDS)
    record = book("import", file, "--on-duplicate", "update", "--json").json
    assert counts(record) == {"updated": 1}
    assert leads(book) == 1
    assert "85559999" in book.show(1)["phone"]


def test_the_lists_of_two_merged_leads_add_neither_again(book: Book) -> None:
    rows = [("华星宝马", "成都市", "武侯大道1号"), ("成都华星BMW", "成都市", "武侯大道甲1号")]
    file = sheet(book, "two", rows, HEADER[:3])
    book("import", file)
    book("merge", "1", "2")
    for policy, found in (("skip", {"duplicates": 2}), ("update", {"unchanged": 2})):
        assert counts(book("import", file, "--on-duplicate", policy, "--json").json) == found
        assert leads(book) == 1
    # by hand, too, and wherever a lead is named
    assert "#1" in book.refuse(1, "add", "成都华星BMW").err
    assert book("visit", "成都华星BMW", "见了", "--json").json["id"] == 1
    # the same name elsewhere is another shop
    other = sheet(book, "other", [("成都华星BMW", "重庆市", "解放路1号")], HEADER[:3])
    assert counts(book("import", other, "--json").json) == {"added": 1}


def test_a_showroom_that_was_merged_is_known_by_its_own_address(book: Book) -> None:
    """Two of one name, at two addresses, merged: a third address of that name is another shop still."""
    rows = [("永达汽车", "成都市", "武侯大道1号"), ("永达汽车", "成都市", "机场路8号")]
    file = sheet(book, "two", rows, HEADER[:3])
    book("import", file)
    book("merge", "1", "2")
    assert counts(book("import", file, "--json").json) == {"duplicates": 2}
    third = sheet(book, "third", [("永达汽车", "成都市", "天府路3号")], HEADER[:3])
    assert counts(book("import", third, "--json").json) == {"added": 1}
    book("undo")
    book("merge", "1", "1", code=1)
    book("undo")  # apart again: each is itself
    assert counts(book("import", file, "--json").json) == {"duplicates": 2}
    assert leads(book) == 2


def test_what_was_imported_for_either_of_two_merged_leads_is_known_again(book: Book) -> None:
    """Follow-ups, stages and orders of both, each told of the lead that had it then."""
    for name in ("华星宝马", "成都华星BMW"):
        book("add", name, "--received", "2026-06-01", now="2026-11-02T09:00")
    files = {
        "followups": [("lead", "at", "via", "note")]
        + [("华星宝马", "2026-07-01", "visit", "见了王经理"), ("成都华星BMW", "2026-07-01", "visit", "见了王经理"),
           ("成都华星BMW", "2026-07-09", "phone", "约了")],
        "stages": [("lead", "stage", "at")]
        + [("华星宝马", "qualified", "2026-07-02"), ("成都华星BMW", "qualified", "2026-07-05"),
           ("成都华星BMW", "prospect", "2026-08-01"), ("华星宝马", "prospect", "2026-09-01")],
        "orders": [("lead", "signed_on", "amount")] + [("成都华星BMW", "2026-09-09", "50000")],
    }  # fmt: skip
    paths = {kind: sheet(book, kind, rows[1:], rows[0]) for kind, rows in files.items()}
    for kind, path in paths.items():
        assert counts(book("import", path, "--kind", kind, "--json").json) == {"added": len(files[kind]) - 1}
    july = book("report", "month", "--date", "2026-07-20", "--json").json["totals"]
    book("merge", "1", "2")
    done = book.show(1)
    assert (done["followups"], done["visits"], done["stage"]) == (3, 2, "customer")
    # it entered each stage once, when the first of them did
    moved = [(one["to"], one["at"][:10]) for one in done["moves"]]
    assert moved == [("qualified", "2026-07-02"), ("prospect", "2026-08-01"), ("customer", "2026-09-09")]
    after = book("report", "month", "--date", "2026-07-20", "--json").json["totals"]
    assert (july["advanced"], after["advanced"]) == (2, 1)
    assert [after[name] for name in ("followups", "visits")] == [
        july[name] for name in ("followups", "visits")
    ]
    together = book.sql("SELECT count(*) FROM move"), book.sql("SELECT count(*) FROM followup")
    for kind, path in paths.items():
        again = book("import", path, "--kind", kind, "--json").json
        assert counts(again) == {"duplicates": len(files[kind]) - 1}, kind
    assert (book.sql("SELECT count(*) FROM move"), book.sql("SELECT count(*) FROM followup")) == together
    assert book("check").out == ""


def test_the_numbers_of_another_program_lose_no_lead(book: Book, tmp_path: Path) -> None:
    """Two lists that count their rows from 1, into a book that has leads 1 and 2: nobody is taken for them."""
    book("add", "华星")
    book("add", "蓝天")
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("id,name\n1,上海某店\n2,华星\n3,杭州某店\n", encoding="utf-8")
    second.write_text("id,name\n1,南京某店\n3,苏州某店\n4,杭州某店\n", encoding="utf-8")
    done = book("import", str(first), str(second), "--json").json
    assert [(one["added"], one["duplicates"]) for one in done] == [(2, 1), (2, 1)]
    names = [name for (name,) in book.sql("SELECT name FROM lead ORDER BY id")]
    assert names == ["华星", "蓝天", "上海某店", "杭州某店", "南京某店", "苏州某店"]


def test_an_old_export_of_a_merged_lead_changes_nothing_of_the_one_that_it_is_part_of(
    book: Book, tmp_path: Path
) -> None:
    """Its name, city, stage and next date are not the merged lead's; whom it names and they lacked is taken."""
    book("add", "华星", "--set", "city=成都", "--next", "2026-11-27 报价")
    book("add", "兴华", "--set", "city=绵阳", "--next", "2026-12-09 送样")
    path = tmp_path / "old.csv"
    book("export", "leads", "-o", str(path))
    book("merge", "1", "2", "--yes")
    before = book.dump()
    answer = book("import", str(path), "--on-duplicate", "update", "--json").json
    assert counts(answer) == {"unchanged": 2} and book.dump() == before
    plain = tmp_path / "plain.csv"
    plain.write_text(
        "店名,城市,联系人,电话,下次跟进\n兴华,绵阳,王经理,13900001111,2026-12-20\n", encoding="utf-8"
    )
    assert counts(book("import", str(plain), "--on-duplicate", "update", "--json").json) == {"updated": 1}
    lead = book.show(1)
    assert (lead["name"], lead["city"], lead["next_date"]) == ("华星", "成都", "2026-11-27")
    assert [one["name"] for one in lead["contacts"]] == ["王经理"]
