"""``incident``: opened, followed, solved; the open ones of all (M9)."""

from __future__ import annotations

import pytest
from kit import Book, filled


def fill_shops(book: Book) -> None:
    """Two shops; the first has an incident that was due yesterday, the second one without a day."""
    book("add", "华星宝马")
    book("add", "锦泰奥迪")
    book("incident", "2", "开票错了", now="2026-11-18T09:00")
    book("incident", "1", "前挡起泡", "--due", "11-23", now="2026-11-20T09:00")


@pytest.fixture
def shops(book: Book) -> Book:
    """Two shops with an incident each."""
    return filled(book, fill_shops)


def test_an_incident_is_opened_followed_and_solved(book: Book) -> None:
    """M9."""
    book("add", "华星宝马")
    done = book("incident", "华星", "前挡", "起泡", "--due", "周五", "--at", "昨天 16:00")
    assert all(part in done.out for part in ("#1 华星宝马", "前挡 起泡", "11-27 周五"))
    book("incident", "follow", "1", "1", "师傅", "去看了")
    book("incident", "follow", "1", "#1", "约好重贴", "--at", "今天 09:00")
    before = book.steps()
    assert "1 天" in book("incident", "solve", "1", "1", "重贴一张").out
    assert book.steps() == before + 1
    (one,) = book.show()["incidents"]
    notes = [(note["at"], note["text"], note["by"]) for note in one.pop("notes")]
    assert notes == [("2026-11-24T09:00", "约好重贴", "陈磊"), ("2026-11-24T10:05", "师傅 去看了", "陈磊")]
    assert one == {"id": 1, "lead_id": 1, "opened_at": "2026-11-23T16:00", "text": "前挡 起泡",
                   "due_on": "2026-11-27", "solved_at": "2026-11-24T10:05", "solution": "重贴一张",
                   "by": "陈磊"}  # fmt: skip
    book("undo")
    assert book.show()["incidents"][0]["solved_at"] is None
    book("undo", "3")
    assert book.show()["incidents"] == []


def test_what_is_solved_the_same_day_took_no_days(book: Book) -> None:
    """M9."""
    book("add", "华星宝马")
    book("incident", "1", "前挡起泡")
    assert "当天就解决了" in book("incident", "solve", "1", "1", "重贴一张").out
    book("undo")
    assert "the same day" in book("incident", "solve", "1", "1", "done", lang="en").out


def test_without_a_lead_all_open_ones_the_oldest_first_with_the_overdue_marked(shops: Book) -> None:
    """M9."""
    found = shops("incident", "--json").json
    assert [(one["id"], one["name"], one["days_late"]) for one in found] == [
        (1, "锦泰奥迪", 0),
        (2, "华星宝马", 1),
    ]
    assert "迟 1 天" in shops("incident").out
    shops("incident", "solve", "2", "1", "重开了")
    assert [one["id"] for one in shops("incident", "--json").json] == [2]
    assert [one["id"] for one in shops("incident", "--all", "--json").json] == [2, 1]
    shops("incident", "solve", "1", "2", "重贴")
    assert shops("incident", "--json").json == []
    assert "没有要办的事故" in shops("incident").out


def test_of_a_lead_with_every_note_in_every_format(shops: Book) -> None:
    shops("incident", "follow", "1", "2", "师傅去看了")
    assert shops("incident", "1", "--json").json[0]["notes"][0]["text"] == "师傅去看了"
    for fmt in ("table", "plain", "md", "chat", "jsonl", "csv", "tsv"):
        out = shops("incident", "1", "-f", fmt).out
        assert "前挡起泡" in out and "师傅去看了" in out
        assert "开票错了" in shops("incident", "-f", fmt).out
    assert "迟 1 天" in shops("事故", "列", "1").out
    screen = shops("show", "1").out
    assert "前挡起泡" in screen and "师傅去看了" in screen


def test_what_comes_back_is_a_new_one(shops: Book) -> None:
    """M9: a solved incident is closed for good."""
    shops("incident", "solve", "1", "2", "重贴")
    for verb in ("follow", "solve"):
        assert "salesflow incident 1" in shops.refuse(1, "incident", verb, "1", "2", "又起泡").err
    shops("incident", "1", "又起泡")
    assert [(one["id"], one["solved_at"]) for one in shops.show()["incidents"]] == [
        (3, None), (2, "2026-11-24T10:05"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (["incident", "1", "漏油", "--at", "明天"], 1, "2026-11-25"),
        (["incident", "1", "漏油", "--due", "2026-11-01"], 1, "2026-11-01"),
        (["incident", "1", "漏油", "--due", "尽快"], 2, "尽快"),
        (["incident", "add", "1"], 2, "salesflow incident 1"),
        (
            ["incident", "solve", "1", "2", "好了", "--at", "2026-11-19"],
            1,
            "2026-11-20",
        ),  # before it was opened
        (["incident", "follow", "1", "2", "看了", "--at", "2026-11-19"], 1, "2026-11-20"),
        (["incident", "solve", "1", "2", "好了", "--at", "明天"], 1, "2026-11-25"),
        (["incident", "solve", "1", "1", "好了"], 3, "2"),  # the first is the other shop's
        (["incident", "follow", "1", "9", "看了"], 3, "9"),
        (["incident", "solve", "1", "2"], 2, "怎么解决"),
        (["incident", "solve", "1"], 2, "salesflow incident 1"),
        (["incident", "没这家"], 3, "没这家"),
    ],
)
def test_what_is_refused(shops: Book, words: list[str], code: int, named: str) -> None:
    """M9: solved before opened, another lead's, a day to come."""
    assert named in shops.refuse(code, *words, lines=6).err


def test_on_a_terminal_what_is_left_out_is_asked(shops: Book) -> None:
    shops("incident", "solve", "1", "2", tty=True, answers=["重贴了"])
    assert shops.show()["incidents"][0]["solution"] == "重贴了"
