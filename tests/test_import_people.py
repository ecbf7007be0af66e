"""Several people of one shop: in one cell, in several rows, in numbered columns; every one becomes a contact."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kit import Book

ROWS = """店名,联系人,电话,上级公司
宝悦,张三,13900000001,宝悦集团
宝悦,李四,13900000002,宝悦集团
宝悦,张三,028-85551234,
宝悦集团,,,
某店,王五,,查无此人
"""


def people(book: Book, lead: str) -> list[tuple[str, list[str]]]:
    """Name and phones of the lead's people."""
    return [(one["name"], one["phones"]) for one in book.show(lead)["contacts"]]


def counts(answer: Any) -> tuple[int, ...]:
    """Rows, added, updated, unchanged, duplicates, rejected."""
    names = ("rows", "added", "updated", "unchanged", "duplicates", "rejected")
    return tuple(answer[name] for name in names)


def test_a_row_for_each_person_of_a_shop(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(ROWS, encoding="utf-8")
    done = book("import", str(path), "--json")
    assert counts(done.json) == (5, 3, 0, 0, 2, 0)
    assert "2 行" in done.err
    assert people(book, "宝悦") == [("张三", ["13900000001"]), ("李四", ["13900000002"])]
    assert book.show("宝悦")["phone"] == "028-85551234"
    for policy, expected in (("skip", (5, 0, 0, 0, 5, 0)), ("update", (5, 0, 0, 5, 0, 0))):
        again = book("import", str(path), "--json", "--on-duplicate", policy)
        assert counts(again.json) == expected
    assert len(people(book, "宝悦")) == 2


def test_a_known_lead_is_left_as_it_is(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    book("add", "宝悦")
    path.write_text(ROWS, encoding="utf-8")
    assert counts(book("import", str(path), "--json").json) == (5, 2, 0, 0, 3, 0)
    assert people(book, "宝悦") == []


def test_head_offices_by_name_and_by_the_ids_of_a_sheet_of_ours(book: Book, tmp_path: Path) -> None:
    path, out = tmp_path / "a.csv", tmp_path / "out.csv"
    path.write_text(ROWS, encoding="utf-8")
    book("import", str(path))
    assert book.show("宝悦")["parent"] == book.show("宝悦集团")["id"]
    assert book.show("某店")["custom"] == {"上级公司": "查无此人"}
    book("edit", "宝悦", "--set", "credit=好", "--set", "credit_by=孙经理")
    book("export", "leads", "-o", str(out))
    other = Book(tmp_path / "other.db", book.patch)
    other("init")
    other("add", "先来的")
    assert counts(other("import", str(out), "--json").json) == (3, 3, 0, 0, 0, 0)
    lead = other.show("宝悦")
    assert lead["parent"] == other.show("宝悦集团")["id"] != book.show("宝悦集团")["id"]
    assert (lead["credit_by"], lead["credit_on"]) == ("孙经理", book.show("宝悦")["credit_on"])
    again = other("import", str(out), "--json", "--on-duplicate", "update")
    assert counts(again.json) == (3, 0, 0, 3, 0, 0)
