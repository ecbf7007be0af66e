"""A customer of whom everything is known: what one book says of them, another one says too (F2, F18, K3)."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from kit import Book

STORY = (
    ("2026-02-01T09:00", "add", "总部集团", "--area", "锦江区"),
    ("2026-02-02T09:00", "add", "老客户店", "--area", "锦江区"),
    ("2026-03-01T09:00", "add", "甲店", "--short", "甲", "--contact", "王建国 13900001234 decision_maker", "--brand",
     "宝马", "--brand", "奥迪", "--area", "武侯区", "--address", "人民路1号", "--phone", "028-85551234", "--grade", "B",
     "--source", "referral", "--set", "颜色=红", "--set", "note=老熟人", "--set", "city=成都", "--set", "province=四川",
     "--set", "need=yes", "--set", "supplier=3M", "--set", "volume_month=40", "--set", "ownership=民营",
     "--set", "shareholders=王60", "--set", "helped_by=张经理", "--set", "from_list=车展", "--set", "reference=yes",
     "--set", "key_target=yes", "--set", "lat=30.65", "--set", "lng=104.06", "--set", "industry=新车销售",
     "--set", "size=集团", "--set", "side=店里自己买", "--set", "approach=本来就认识", "--set", "customer_class=主力店",
     "--set", "kind=汽车卖场", "--set", "credit=一般", "--set", "buying_step=在比几家"),
    ("2026-03-01T09:01", "edit", "3", "--goal", "12万", "--goal-on", "2026-12-31", "--tag", "重点", "--set", "parent=1",
     "--set", "referrer=2"),
    ("2026-03-01T09:05", "contact", "3", "赵总", "13700001111", "wx:zhao", "zhao@example.com", "buyer",
     "--birthday", "11-25", "--title", "采购总监", "--attitude", "中立", "--weight", "4", "--hobbies", "钓鱼",
     "--character", "急", "--family", "一女", "--friends", "李姐", "--department", "采购部"),
    ("2026-03-01T09:06", "contact", "chain", "3", "赵总", "王建国"),
    ("2026-03-02T10:00", "visit", "3", "谈了价格", "--with", "赵总", "--learned", "在用3M", "--did", "送样",
     "--feedback", "好", "--progress", "进了一步", "--next", "2026-03-09 14:30 送报价", "--result", "收下",
     "--hook", "样品贴完", "--goal-met", "partly", "--purpose", "谈价"),
    ("2026-03-11T15:30", "call", "3", "没接", "--no-answer", "--next", "2026-12-01 打电话"),
    ("2026-03-12T15:30", "call", "3", "来问价", "--in", "-g", "A", "--next", "2026-12-01 打电话"),
    ("2026-03-13T09:00", "advance", "3", "prospect", "--force", "--why", "急"),
    ("2026-03-14T09:00", "product", "add", "前挡", "--price", "380", "--cost", "150"),
    ("2026-03-16T11:00", "order", "3", "58000", "首单", "--product", "前挡", "--cost", "30000", "--contract", "HT-1",
     "--due", "2026-04-16 8000"),
    ("2026-03-18T11:00", "order", "deliver", "1", "--at", "2026-03-17"),
    ("2026-03-20T11:00", "payment", "3", "20000", "定金", "--order", "1", "--method", "转账"),
    ("2026-03-21T09:00", "add", "丁店"),
    ("2026-03-22T09:00", "lose", "丁店", "--reason", "competitor", "--to", "某膜", "--why", "价"),
    ("2026-03-23T09:00", "add", "戊店"),
    ("2026-03-24T09:00", "park", "戊店", "--reason", "other", "--why", "装修", "--until", "2026-12-15"),
    ("2026-03-25T09:00", "target", "set", "visits", "20", "--period", "week"),
)  # fmt: skip
KINDS = ("leads", "contacts", "followups", "stages", "orders", "payments", "targets")


def told(path: Path, patch: pytest.MonkeyPatch) -> Book:
    """A book in which the story happened."""
    book = Book(path, patch)
    book("init", "--rep", "陈磊", now="2026-01-01T08:00")
    for at, *words in STORY:
        book(*words, now=at)
    return book


def said(book: Book, kind: str) -> list[dict[str, Any]]:
    """The records of the kind without what the day of the import says."""
    aside = {"recorded_at", "updated_at", *(["uid"] if kind == "contacts" else [])}
    rows = book("export", kind, "-f", "json").json
    return [{name: value for name, value in row.items() if name not in aside} for row in rows]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The book and a sheet of each kind out of it."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("every")
        book = told(folder / "first.db", patch)
        for kind in KINDS:
            book("export", kind, "-o", str(folder / f"{kind}.csv"))
        yield book


@pytest.fixture
def other(first: Book, tmp_path: Path) -> Book:
    """An empty book of the same rep."""
    book = Book(tmp_path / "other.db", first.patch)
    book("init", "--rep", "陈磊", now="2026-01-01T08:00")
    return book


def test_every_field_of_every_sheet_comes_into_another_book(first: Book, other: Book) -> None:
    for kind in KINDS:
        path = first.path.with_name(f"{kind}.csv")
        assert (
            other("import", str(path), "--kind", kind, "--on-duplicate", "update", "--json").json["rejected"]
            == 0
        )
    for kind in KINDS:
        assert said(other, kind) == said(first, kind) != [], kind
    assert other("check").out == ""


def test_what_a_fuller_sheet_knows_more_is_added_where_it_is_asked_to(
    first: Book, other: Book, tmp_path: Path
) -> None:
    with first.path.with_name("leads.csv").open(encoding="utf-8-sig", newline="") as file:
        uids = {row["name"]: row["uid"] for row in csv.DictReader(file) if row["status"] == "open"}
    sparse, full = tmp_path / "sparse.csv", tmp_path / "full.csv"
    sparse.write_text(
        "name,uid\n" + "".join(f"{name},{uid}\n" for name, uid in uids.items()), encoding="utf-8"
    )
    sheet = first.path.with_name("leads.csv").read_text(encoding="utf-8").splitlines()
    full.write_text(
        "\n".join(row for row in sheet if "lost" not in row and "parked" not in row), encoding="utf-8"
    )
    assert other("import", str(sparse), "--json").json["added"] == 3
    for expected in ("updated", "unchanged"):
        done = other("import", str(full), "--kind", "leads", "--on-duplicate", "update", "--json").json
        assert (done[expected], done["rejected"]) == (3, 0)
    known, found = ({one["name"]: one for one in said(book, "leads")}["甲店"] for book in (first, other))
    # follow-ups and people who did not come with the leads, and the day on which it was added
    aside = {"first_followup_at", "followups", "completeness", "missing", "created_at"}
    assert {name for name in known if known[name] != found[name]} == aside


def test_a_book_joined_into_an_empty_one_is_all_there(first: Book, other: Book) -> None:
    other("team", "join", str(first.path))
    for kind in KINDS[:-1]:
        assert said(other, kind) == said(first, kind), kind
    assert other("check").out == ""
