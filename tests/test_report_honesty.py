"""``report promises``: a small book told by hand, every figure and every list worked out (K3, K4, F8)."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from kit import Book, filled
from other_process import add_process

LOG = (
    # week 46
    ("2026-11-09T09:00", "add 华星宝马"),  # 1
    ("2026-11-09T10:00", "visit 1 看样品 --next 11-13"),
    ("2026-11-12T10:00", "next 1 11-17 --why 他出差"),  # 13 → 17, with a reason, in week 46
    ("2026-11-13T09:00", "add 锦泰奥迪 --next 11-18"),  # 2
    # week 47
    ("2026-11-16T09:00", "next 2 11-19"),  # 18 → 19, no reason
    ("2026-11-17T18:00", "visit 1 报价 --next 11-24"),  # the promise for the 17th: kept
    ("2026-11-18T09:00", "next 2 11-20"),  # 19 → 20, no reason
    ("2026-11-19T09:00", "next 2 11-23 --why 店里盘点"),  # 20 → 23, with a reason
    ("2026-11-20T21:00", "visit 1 补记 --at 2026-11-18T15:00"),  # two days late, and older than the newest
    ("2026-11-21T08:00", "call 2 问了一声 --at 2026-11-20T17:00 --next 11-25"),  # one day late
    ("2026-11-22T08:00", "add 天府丰田 --next 12-01"),  # 3
    # week 48
    ("2026-11-23T09:00", "next 3 12-05"),  # moved once, never followed up: more moves than follow-ups
    ("2026-11-23T10:00", "visit 1 当天记"),
)
NOW = "2026-11-24T10:05"


def fill(book: Book) -> None:
    """The log, a lost lead that was moved and never followed up (4), and one out of a sheet with its last visit (5)."""
    for now, words in LOG:
        parts = [part.replace("T", " ") if part[:3] == "202" else part for part in words.split()]
        book(*parts, now=now)
    book("add", "三和凯迪拉克", "--next", "11-30", now="2026-11-22T09:00")
    book("next", "4", "12-02", now="2026-11-22T10:00")
    book("lose", "4", "--reason", "price", now="2026-11-22T11:00")
    sheet = book.path.with_name("old.csv")
    sheet.write_text("店名,上次跟进,备注\n双流捷豹,2026-11-16,旧账\n", "utf-8")
    book("import", str(sheet))


@pytest.fixture
def told(book: Book) -> Book:
    """The book of the log."""
    return filled(book, fill)


def week47(book: Book, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = book("report", "promises", "--date", "2026-11-22", "--json", *words, now=NOW).json
    return found


def test_what_became_of_the_promises_as_the_week_says_it(told: Book) -> None:
    """K4. For days of week 47: 17 (1, kept), 18, 19 and 20 (2, each moved, two without a reason)."""
    found = week47(told)
    assert (found["report"], found["label"], found["from"], found["to"], found["complete"]) == (
        "promises", "2026-W47", "2026-11-16", "2026-11-22", True,
    )  # fmt: skip
    assert found["promises"] == {
        "due": 4, "kept": 1, "kept_late": 0, "rescheduled": 3, "without_why": 2, "dropped": 0, "open": 0,
    }  # fmt: skip
    week = told("report", "week", "--date", "2026-11-22", "--json").json
    assert found["promises"] == week["promises"]
    # of week 46: the 13th, moved with a reason
    assert found["previous"] == {
        "due": 1, "kept": 0, "kept_late": 0, "rescheduled": 1, "without_why": 0, "dropped": 0, "open": 0,
    }  # fmt: skip


def test_the_moves_of_the_period_each_with_its_reason(told: Book) -> None:
    """K4: counted by the day on which they were made, as ``reschedules`` of the week are."""
    found = week47(told)
    assert [(one["lead_id"], one["from"], one["to"], one["why"], one["at"][:10]) for one in found["rescheduled"]] == [
        (2, "2026-11-18", "2026-11-19", None, "2026-11-16"),
        (2, "2026-11-19", "2026-11-20", None, "2026-11-18"),
        (2, "2026-11-20", "2026-11-23", "店里盘点", "2026-11-19"),
        (4, "2026-11-30", "2026-12-02", None, "2026-11-22"),
    ]  # fmt: skip
    assert (found["counts"]["rescheduled"], found["counts"]["rescheduled_without_why"]) == (4, 3)
    week = told("report", "week", "--date", "2026-11-22", "--json").json
    assert week["totals"]["reschedules"] == 4


def test_leads_that_were_moved_oftener_than_followed_up(told: Book) -> None:
    """K4, of all time: 2 was moved three times and called once, 3 once and never; 1 twice less; 4 is lost."""
    found = week47(told)["moved_more"]
    assert [(one["lead_id"], one["reschedules"], one["followups"]) for one in found] == [(2, 3, 1), (3, 1, 0)]


def test_what_was_not_written_down_on_the_day(told: Book) -> None:
    """K3: by the day on which it happened, or was recorded; a row of a sheet was never to be recorded that day."""
    found = week47(told)["recorded_late"]
    assert [(one["lead_id"], one["at"], one["recorded_at"][:10], one["days"], one["via"]) for one in found] == [
        (1, "2026-11-18T15:00", "2026-11-20", 2, "visit"),
        (2, "2026-11-20T17:00", "2026-11-21", 1, "phone"),
    ]  # fmt: skip
    assert told("report", "promises", "--json").json["recorded_late"] == []


def test_fridays_visit_recorded_on_monday_shows_in_both_weeks(book: Book) -> None:
    """K3: a manager who looks every Friday would else never see it."""
    book("add", "华星宝马", now="2026-11-16T09:00")
    book("visit", "1", "看了", "--at", "2026-11-20 16:00", now="2026-11-23T09:00")
    for day, found in (("2026-11-13", 0), ("2026-11-20", 1), ("2026-11-27", 1), ("2026-12-04", 0)):
        report = book("report", "promises", "--json", "--date", day, now="2026-12-04T18:00").json
        assert len(report["recorded_late"]) == found, day


def test_the_cards_that_are_not_signed(told: Book) -> None:
    """K3, F8: those of the period's new leads, lost ones too; all of 1, 2, 3 and 5, who are not lost, are counted."""
    every = ["verified", "reviewed", "archived"]
    told("team", "sign", "3", "--by", "李经理", "--as", "reviewed")
    found = week47(told)
    assert [(one["lead_id"], one["missing"]) for one in found["unsigned"]] == [
        (5, every), (3, ["verified", "archived"]), (4, every),
    ]  # fmt: skip
    assert (found["counts"]["unsigned"], found["counts"]["unsigned_all"]) == (3, 4)
    for kind in every:
        told("team", "sign", "2", "--by", "李经理", "--as", kind)
    earlier = told("report", "promises", "--date", "2026-11-15", "--json").json
    assert [one["lead_id"] for one in earlier["unsigned"]] == [1]
    assert earlier["counts"] == {
        "rescheduled": 1, "rescheduled_without_why": 0, "moved_more": 2, "recorded_late": 0, "unsigned": 1,
        "unsigned_all": 1,
    }  # fmt: skip
    assert "salesflow team unsigned" in told("report", "promises").out


def test_the_running_week_by_default_and_other_periods(told: Book) -> None:
    now = told("report", "promises", "--json").json
    assert (now["label"], now["complete"], len(now["rescheduled"])) == ("2026-W48", False, 1)
    month = told("report", "承诺", "--period", "month", "--json").json
    # all of November so far: 1 moved once, 2 three times, 3 once, 4 once
    assert (month["label"], len(month["rescheduled"]), len(month["recorded_late"])) == ("2026-11", 6, 2)
    day = told("report", "promises", "--period", "day", "--date", "2026-11-19", "--json").json
    assert (day["from"], day["to"], len(day["rescheduled"]), day["promises"]["due"]) == (
        "2026-11-19", "2026-11-19", 1, 1,
    )  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_format(told: Book, lang: str) -> None:
    for fmt in ("table", "plain", "md", "chat"):
        out = told("report", "promises", "--date", "2026-11-22", "-f", fmt, lang=lang).out
        assert all(part in out for part in ("锦泰奥迪", "店里盘点", "天府丰田", "2026-11-20")), fmt
        assert not set("–…·→★") & set(out)
    told("report", "promises", "-f", "jsonl", lang=lang)
    said = told("report", "promises", "--date", "2026-11-22", "-f", "csv", lang=lang).out
    lines = {line["metric"]: line for line in csv.DictReader(io.StringIO(said.lstrip("\ufeff")))}
    assert (lines["promises.kept"]["this"], lines["promises.rescheduled"]["previous"]) == ("1", "1")
    assert (lines["moved_more"]["this"], lines["recorded_late"]["this"]) == ("2", "2")


def test_an_empty_book(book: Book) -> None:
    found = book("report", "promises", "--json").json
    assert set(found["promises"].values()) == {0} and set(found["counts"].values()) == {0}
    assert book("report", "promises").code == 0


def test_a_process_without_signatures_lacks_none(book: Book) -> None:
    add_process(book, "oil", without="signoffs")
    book("add", "甲厂", "--process", "oil")
    assert book("report", "promises", "--json").json["unsigned"] == []


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["report", "promises", "--period", "year"], "month"),
        (["report", "week", "--period", "month"], "report month"),
        (["report", "promises", "--date", "2027-01-10"], "2027-01-10"),
        (["report", "promise"], "promises"),
    ],
)
def test_what_is_refused(told: Book, words: list[str], named: str) -> None:
    assert named in told.refuse(2, *words).err


def test_what_was_undone_and_done_again_came_in_the_same_order(book: Book) -> None:
    book("add", "甲店", "--next", "2026-11-12", now="2026-11-10T09:00")
    book("lose", "1", "--reason", "price", now="2026-11-15T09:00")
    book("visit", "1", "还是去了", now="2026-11-15T09:00")  # the promise was dropped before that
    words = ("report", "promises", "--date", "2026-11-12", "--json")
    before = book(*words).json
    assert before["promises"]["dropped"] == 1
    book("undo", "2", "--yes")
    book("redo", "--yes")
    book("redo", "--yes")
    assert book(*words).json["promises"] == before["promises"]
