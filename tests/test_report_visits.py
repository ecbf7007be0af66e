"""``report visits``: how many visits a deal took, who was given up early, who stands still, by hand (L4)."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from kit import Book, filled
from other_process import add_process


def visit(book: Book, lead: str, times: int, first: str) -> None:
    """So many visits of the lead, one a day from ``first`` on."""
    start = datetime.fromisoformat(first)
    for place in range(times):
        book(
            "visit",
            lead,
            f"第{place + 1}次",
            "--no-next",
            now=(start + timedelta(days=place)).isoformat()[:16],
        )


def fill(book: Book) -> None:
    """Deals after 2, 4, 5 and 5 visits; leads given up after 1, 2, 3 and 4; two past the eleventh.

    1  order on the day of its 2nd visit, an hour before it; one more visit the day after, which is after the deal
    2  order after 4 visits, and lost a month later: a customer was not given up before the deal
    3  5 visits, won; back and won again after 6: the first time counts
    4  5 visits, won
    5  lost after 1 visit   6  lost after 4   7  parked after 3   8  lost as a wrong entry   9  parked, reopened
    10 12 visits, still in its first stage   11  12 visits, moved on after the 11th   12  11 visits
    13 an old customer, recorded as such, that stopped and came back: no deal here
    """
    for place in range(12):
        book("add", f"店{place + 1}", now="2026-09-01T08:00")
    visit(book, "1", 1, "2026-09-02T10:00")
    book("order", "1", "1万", now="2026-09-03T09:00")
    visit(book, "1", 2, "2026-09-03T10:00")
    visit(book, "2", 4, "2026-09-02T10:00")
    book("order", "2", "1万", now="2026-09-06T09:00")
    book("lose", "2", "--reason", "price", now="2026-10-06T09:00")
    visit(book, "3", 5, "2026-09-02T10:00")
    book("order", "3", "1万", now="2026-09-10T09:00")
    book("advance", "3", "prospect", "--why", "退货", now="2026-09-11T09:00")
    visit(book, "3", 1, "2026-09-12T10:00")
    book("advance", "3", "customer", now="2026-09-13T09:00")
    visit(book, "4", 5, "2026-09-02T10:00")
    book("order", "4", "1万", now="2026-09-10T09:00")
    visit(book, "5", 1, "2026-09-02T10:00")
    book("call", "5", "打了", "--no-next", now="2026-09-04T10:00")  # a call is no visit
    book("lose", "5", "--reason", "price", now="2026-09-20T09:00")
    visit(book, "6", 4, "2026-09-02T10:00")
    book("lose", "6", "--reason", "price", now="2026-09-20T09:00")
    visit(book, "7", 3, "2026-09-02T10:00")
    book("park", "7", "--reason", "season", "--until", "2027-03-01", now="2026-09-21T09:00")
    book("lose", "8", "--reason", "invalid", now="2026-09-20T09:00")
    book("park", "9", "--reason", "season", now="2026-09-20T09:00")
    book("reopen", "9", now="2026-09-25T09:00")
    visit(book, "10", 12, "2026-09-02T10:00")
    visit(book, "11", 11, "2026-09-02T10:00")
    book("advance", "11", "--force", "--why", "谈拢了", now="2026-09-13T09:00")
    visit(book, "11", 1, "2026-09-14T10:00")
    visit(book, "12", 11, "2026-09-02T10:00")
    sheet = book.path.with_name("old.csv")
    sheet.write_text("店名,阶段\n老客户,customer\n", "utf-8")
    book("import", str(sheet), now="2026-09-01T08:00")
    book("advance", "13", "prospect", "--why", "停了", now="2026-09-02T08:00")
    book("advance", "13", "customer", "--force", "--why", "又来", now="2026-09-03T08:00")


@pytest.fixture
def told(book: Book) -> Book:
    """The book of ``fill``."""
    return filled(book, fill)


def report(book: Book, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = book("report", "visits", "--json", *words).json
    return found


def test_how_many_visits_a_deal_took(told: Book) -> None:
    """L4: deals after 2, 4, 5 and 5; of four three lie between 4 and 11; the middle of 2 4 5 5 is 4.5."""
    (one,) = report(told)["processes"]
    assert (one["process"], one["least"], one["most"], one["deals"]) == ("film-4s", 4, 11, 4)
    assert [(count["visits"], count["deals"]) for count in one["counts"]] == [
        (1, 0),
        (2, 1),
        (3, 0),
        (4, 1),
        (5, 2),
    ]
    assert (one["between"], one["share"], one["median"]) == (3, 0.75, 4.5)


def test_who_was_given_up_before_the_fourth_visit(told: Book) -> None:
    """L4: 5 (lost after 1) and 7 (parked after 3); 6 had 4, 8 was no lead, 9 is open again, 2 a customer."""
    found = report(told)
    (one,) = found["processes"]
    assert (one["lost_early"], one["lost"], one["parked_early"], one["parked"]) == (1, 2, 1, 1)
    assert [(lead["lead_id"], lead["status"], lead["visits"], lead["reason"]) for lead in found["early"]] == [
        (7, "parked", 3, "season"), (5, "lost", 1, "price"),
    ]  # fmt: skip


def test_who_is_past_the_eleventh_and_has_not_moved_since(told: Book) -> None:
    """L4: 10 had its eleventh on September 12th and one more; 11 moved on, 12 had eleven."""
    found = report(told)
    assert [(one["lead_id"], one["visits"], one["since"], one["stage"]) for one in found["stuck"]] == [
        (10, 12, "2026-09-12T10:00", "info"),
    ]  # fmt: skip
    assert found["processes"][0]["stuck"] == 1
    told("advance", "10", "--force", "--why", "x")
    assert report(told)["stuck"] == []
    told("undo")
    told("visit", "12", "第12次", "--no-next")
    assert [one["lead_id"] for one in report(told)["stuck"]] == [10, 12]


def test_as_it_stood_on_another_day(told: Book) -> None:
    """L4: by September 9th 1 and 2 had signed, with 2 and 4 visits; nobody was given up or past the eleventh."""
    found = report(told, "--date", "2026-09-09")
    (one,) = found["processes"]
    assert (found["to"], one["deals"], one["median"], one["share"]) == ("2026-09-09", 2, 3, 0.5)
    assert (found["early"], found["stuck"], one["lost"], one["parked"]) == ([], [], 0, 0)


def test_each_process_by_its_own_bounds(told: Book) -> None:
    """L4: a process that says 1 to 3 has a deal after 2 visits within, and a lead given up after none before."""
    add_process(told, "oil", visits_to_deal=[1, 3])
    told("add", "甲厂", "--process", "oil", now="2026-09-01T08:00")
    told("add", "乙厂", "--process", "oil", now="2026-09-01T08:00")
    visit(told, "14", 2, "2026-09-02T10:00")
    told("order", "14", "1万", now="2026-09-10T09:00")
    told("lose", "15", "--reason", "price", now="2026-09-10T09:00")
    film, oil = report(told)["processes"]
    assert (film["process"], film["deals"], film["lost"]) == ("film-4s", 4, 2)
    assert (oil["process"], oil["deals"], oil["share"], oil["median"], oil["lost_early"]) == (
        "oil",
        1,
        1.0,
        2,
        1,
    )


def test_without_a_deal_no_share_and_no_median(book: Book) -> None:
    (one,) = report(book)["processes"]
    assert (one["deals"], one["counts"], one["share"], one["median"]) == (0, [], None, None)
    out = book("report", "visits").out
    assert "成交的 -" in out and "中位 - 次" in out


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_format(told: Book, lang: str) -> None:
    for fmt in ("table", "plain", "md", "chat"):
        out = told("report", "visits", "-f", fmt, lang=lang).out
        assert all(part in out for part in ("75%", "4.5", "#10 店10", "#7 店7")), fmt
        assert not set("–…·→★") & set(out)
    said = told("report", "visits", "-f", "csv", lang=lang).out
    lines = [tuple(line.values()) for line in csv.DictReader(io.StringIO(said.lstrip("\ufeff")))]
    assert lines == [
        ("film-4s", str(count), str(deals)) for count, deals in ((1, 0), (2, 1), (3, 0), (4, 1), (5, 2))
    ]
    assert told("report", "拜访", "--json").json == report(told)
    assert "visits" in told("report", lang=lang).out


@pytest.mark.parametrize(("lang", "line"), [("zh", "拜访 5  成交 2"), ("en", "visits 5  deals 2")])
def test_a_message_says_what_its_figures_are(told: Book, lang: str, line: str) -> None:
    assert line in told("report", "visits", "-f", "chat", lang=lang).lines


def test_what_is_refused(told: Book) -> None:
    assert "2027-01-10" in told.refuse(2, "report", "visits", "--date", "2027-01-10").err
    assert "--period" in told.refuse(2, "report", "visits", "--period", "week").err
