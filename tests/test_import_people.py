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


def put_in(book: Book, tmp_path: Path, text: str, *words: str) -> Any:
    """The answer of the import of a CSV of this text."""
    path = tmp_path / "people.csv"
    path.write_text(text, encoding="utf-8")
    return book("import", str(path), "--json", *words).json


def test_several_people_in_one_cell(book: Book, tmp_path: Path) -> None:
    text = (
        "店名,联系人,手机,职务\n"
        '一店,王建国/李总,"13900000001、13900000002",店长/总经理\n'
        "二店,张三 13900001234、李四 13900005678,,\n"
        "三店,王强（店长）,13900000003,\n"
        "四店,王强 店长；赵敏 采购,028-85551234,\n"
        '五店,"Smith, John",13900000005,Manager\n'
        "六店,王建国/店长,13900000006,\n"
        '七店,"钱进\n孙丽 13900000007",,\n'
        "八店,13900000008,,\n"
        "九店,陈总138****1234/周敏,,\n"
    )
    assert counts(put_in(book, tmp_path, text)) == (9, 9, 0, 0, 0, 0)
    assert people(book, "一店") == [("王建国", ["13900000001"]), ("李总", ["13900000002"])]
    assert [one["title"] for one in book.show("一店")["contacts"]] == ["店长", "总经理"]
    assert people(book, "二店") == [("张三", ["13900001234"]), ("李四", ["13900005678"])]
    assert people(book, "三店") == [("王强", ["13900000003"])]
    assert book.show("三店")["contacts"][0]["title"] == "店长"
    assert people(book, "四店") == [("王强", ["028-85551234"]), ("赵敏", [])]
    assert [one["title"] for one in book.show("四店")["contacts"]] == ["店长", "采购"]
    assert people(book, "五店") == [("Smith, John", ["13900000005"])]
    assert people(book, "六店") == [("王建国", ["13900000006"])]
    assert people(book, "七店") == [("钱进", []), ("孙丽", ["13900000007"])]
    assert (people(book, "八店"), book.show("八店")["phone"]) == ([], "13900000008")
    assert people(book, "九店") == [("陈总", []), ("周敏", [])]
    again = put_in(book, tmp_path, text, "--on-duplicate", "update")
    assert counts(again) == (9, 0, 0, 9, 0, 0)


def test_people_in_a_cell_of_phones(book: Book, tmp_path: Path) -> None:
    text = (
        "店名,电话\n"
        "一店,张经理 13900000001/李四 13900000002\n"
        "二店,销售 13900000003\n"
        "三店,13900000004（王强）/028-85551234\n"
        "四店,028-85551234 转 801、13900000005\n"
    )
    put_in(book, tmp_path, text)
    assert people(book, "一店") == [("张经理", ["13900000001"]), ("李四", ["13900000002"])]
    assert book.show("一店")["phone"] is None
    assert people(book, "二店") == []
    assert "13900000003" in book.show("二店")["phone"]
    assert people(book, "三店") == [("王强", ["13900000004"])]
    assert book.show("三店")["phone"] == "028-85551234"
    assert book.show("四店")["phone"] == "028-85551234 转 801 / 13900000005"


def test_a_person_whose_name_was_corrected_in_our_own_sheet_is_who_they_were(
    book: Book, tmp_path: Path
) -> None:
    """Exported, 赵总 called by the whole name, imported: with ``update`` the name is new, found by its pinyin too."""
    book("add", "华星", "--contact", "赵总 13900001202")
    path = tmp_path / "people.csv"
    book("export", "contacts", "-o", str(path))
    path.write_text(path.read_text("utf-8-sig").replace("赵总", "赵建国"), encoding="utf-8")
    words = ("import", str(path), "--kind", "contacts", "--json")
    assert book(*words).json["duplicates"] == 1
    answer = book(*words, "--on-duplicate", "update").json
    assert (answer["updated"], answer["changes"][0]["fields"]) == (1, ["name"])
    assert [one["name"] for one in book.show(1)["contacts"]] == ["赵建国"]
    assert book("show", "zjg", "--json").json["id"] == 1
    assert book(*words, "--on-duplicate", "update").json["unchanged"] == 1


def test_people_added_all_the_same_have_uids_of_their_own(book: Book, tmp_path: Path) -> None:
    book("add", "华星", "--contact", "赵总 13900001202")
    path = tmp_path / "people.csv"
    book("export", "contacts", "-o", str(path))
    book("import", str(path), "--kind", "contacts", "--on-duplicate", "add")
    uids = [uid for (uid,) in book.sql("SELECT uid FROM contact")]
    assert len(uids) == len(set(uids)) == 2
