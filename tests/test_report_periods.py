"""Quarters and ranges in reports: what lies in them, what lay before them, and what is refused."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from kit import Book

from salesflow.reports.period import of_label, period, ranged

NOW = datetime(2026, 11, 24, 10, 5)


@pytest.fixture
def half_year(book: Book) -> Book:
    """One lead of July, one of October, four visits between."""
    for now, words in (
        ("2026-07-10T09:00", "add 华星宝马 --grade B"),
        ("2026-08-05T10:00", "visit 1 看样品 --no-next"),
        ("2026-10-02T10:00", "visit 1 报价 --no-next"),
        ("2026-10-20T09:00", "add 锦泰奥迪 --grade A"),
        ("2026-10-20T15:00", "visit 2 初访 --no-next"),
        ("2026-11-16T10:00", "visit 2 再访 --no-next"),
    ):
        book(*words.split(), now=now)
    return book


def report(book: Book, *words: str) -> dict[str, Any]:
    """The report's data."""
    found: dict[str, Any] = book("report", *words, "--json").json
    return found


def test_a_quarter_and_the_one_before(half_year: Book) -> None:
    found = report(half_year, "quarter")
    head = ("report", "label", "from", "to", "complete")
    assert [found[key] for key in head] == ["quarter", "2026-Q4", "2026-10-01", "2026-12-31", False]
    # visits of 10-02, 10-20, 11-16; the one of 08-05 lies in the third quarter, as 华星宝马 does
    assert (found["totals"]["visits"], found["previous"]["visits"]) == (3, 1)
    assert (found["totals"]["new_leads"], found["previous"]["new_leads"]) == (1, 1)
    third = report(half_year, "季报", "--date", "2026-08-31")
    assert (third["label"], third["complete"], third["totals"]["visits"]) == ("2026-Q3", True, 1)


def test_a_range_and_as_many_days_before_it(half_year: Book) -> None:
    asked = ("--from", "2026-10-20", "--to", "11-15", "--compare")
    found = report(half_year, "week", *asked)
    assert (found["label"], found["complete"]) == ("2026-10-20..2026-11-15", True)
    # 27 days: the visit of 10-20. The 27 before, 09-23 to 10-19: that of 10-02
    assert (found["totals"]["visits"], found["previous"]["visits"]) == (1, 1)
    assert (found["totals"]["new_leads"], found["previous"]["new_leads"]) == (1, 0)
    # the four before end on 10-19 (a visit), 09-22, 08-26 (a visit) and 07-30 (a new lead)
    assert (found["average4"]["visits"], found["average4"]["new_leads"]) == (0.5, 0.25)
    measures = {one["name"]: one for one in report(half_year, "kpi", *asked)["measures"]}
    assert [measures["visits"][key] for key in ("value", "previous", "average4")] == [1, 1, 0.5]


def test_a_range_without_its_last_day_runs_until_today(half_year: Book) -> None:
    found = report(half_year, "funnel", "--from", "2026-07-01")
    assert (found["to"], found["complete"]) == ("2026-11-24", False)
    # 147 days: what was entered before the 90 days of the conversion counts as entered all the same
    entered = {line["stage"]: line["entered"] for line in found["funnel"]}
    assert entered["info"] == 2


@pytest.mark.parametrize("name", ["funnel", "kpi", "promises", "service"])
def test_every_report_of_a_period_takes_a_quarter_and_a_range(half_year: Book, name: str) -> None:
    assert report(half_year, name, "--period", "quarter")["label"] == "2026-Q4"
    assert report(half_year, name, "--from", "10-01", "--to", "10-31")["label"] == "2026-10-01..2026-10-31"
    for lang in ("zh", "en"):
        assert half_year("report", name, "--period", "quarter", lang=lang).out
        assert half_year("report", name, "--from", "10-01", "-f", "chat", lang=lang).out


@pytest.mark.parametrize("words", [("quarter",), ("day", "--from", "10-01"), ("month", "--from", "10-01")])
@pytest.mark.parametrize("more", [(), ("--compare",), ("--by", "rep"), ("--explain",)])
def test_the_screens_of_quarters_and_ranges(
    half_year: Book, words: tuple[str, ...], more: tuple[str, ...]
) -> None:
    for lang in ("zh", "en"):
        title = half_year("report", *words, *more, lang=lang).lines[0]
        assert ("2026-Q4" if words == ("quarter",) else "2026-10-01..2026-11-24") in title


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("kpi --from 11-20 --to 11-01", "2026-11-01 lies before 2026-11-20"),
        ("kpi --from 2026-12-01", "2026-12-01 has not come yet"),
        ("quarter --date 2027-01-03", "2027-01-03 has not come yet"),
        ("kpi --to 11-01", "From which day?"),
        ("week --from 11-01 --date 11-02", "leave out --date"),
        ("kpi --from 11-01 --period week", "leave out --period"),
        ("kpi --from 1969-12-31", "1969-12-31 is too early"),
        ("week --date 1969-12-31", "1969-12-31 is too early"),
        ("kpi --from 2010-01-01", "2010-01-01 to 2026-11-24 is too long: 3660 days"),
        ("week --period quarter", "report quarter"),
        ("week --period year", "day week month quarter"),
        ("visits --from 11-01", "report visits takes no --from"),
    ],
)
def test_what_is_no_period_is_refused_in_a_line(book: Book, words: str, told: str) -> None:
    asked = words.split()
    assert told in book("report", *asked, code=2, lang="en").err
    assert len(book("report", *asked, code=2, lang="zh").err.splitlines()) == 1


def test_the_period_of_a_label_is_the_one_that_bears_it() -> None:
    for kind in ("day", "week", "month", "quarter"):
        found = period(kind, NOW.date(), NOW)
        assert of_label(found.label, NOW) == found
    span = ranged(date(2026, 10, 1), date(2026, 11, 15), NOW)
    assert of_label(span.label, NOW) == span
    assert span.previous().label == "2026-08-16..2026-09-30"  # 46 days before 46 days
    for text in ("", "2026", "2026-13", "2026-W54", "2026-Q5", "2026-02-30", "meeting"):
        assert of_label(text, NOW) is None
