"""Weeks, months, stored days, working days, calendar files and the dates of sheets."""

from __future__ import annotations

import datetime
import json
from calendar import monthrange
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesflow.dates import (
    When,
    WorkCalendar,
    add_months,
    add_years,
    date_orders,
    format_day,
    format_instant,
    month_label,
    month_of,
    parse_calendar_file,
    parse_date_cell,
    parse_day,
    parse_instant,
    parse_when,
    week_label,
    week_of,
    weekday_name,
)
from salesflow.errors import Usage


@pytest.mark.parametrize(
    ("day", "label", "monday", "sunday"),
    [
        ("2026-11-22", "2026-W47", "2026-11-16", "2026-11-22"),
        ("2026-12-31", "2026-W53", "2026-12-28", "2027-01-03"),
        ("2027-01-01", "2026-W53", "2026-12-28", "2027-01-03"),
        ("2027-01-04", "2027-W01", "2027-01-04", "2027-01-10"),
        ("2024-12-30", "2025-W01", "2024-12-30", "2025-01-05"),
    ],
)
def test_weeks_are_iso_weeks(day: str, label: str, monday: str, sunday: str) -> None:
    assert week_label(parse_day(day)) == label
    assert week_of(parse_day(day)) == (parse_day(monday), parse_day(sunday))


def test_months_clamp_to_their_end() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert add_months(date(2026, 1, 15), -1) == date(2025, 12, 15)
    assert add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert add_years(date(2028, 2, 29), 1) == date(2029, 2, 28)
    assert month_of(date(2026, 2, 10)) == (date(2026, 2, 1), date(2026, 2, 28))
    assert month_label(date(2026, 2, 10)) == "2026-02"


@settings(deadline=None)  # how long it takes depends on what else the machine does
@given(st.dates(date(1930, 1, 1), date(2200, 1, 1)), st.integers(-300, 300))
def test_a_month_on_is_the_same_day_or_the_months_last(day: date, months: int) -> None:
    found = add_months(day, months)
    place = day.year * 12 + day.month - 1 + months
    assert (found.year, found.month) == (place // 12, place % 12 + 1)
    assert found.day == min(day.day, monthrange(found.year, found.month)[1])


def test_weekdays_are_named_in_both_languages() -> None:
    assert [weekday_name(date(2026, 11, d), "zh") for d in (18, 22)] == ["周三", "周日"]
    assert [weekday_name(date(2026, 11, d), "en") for d in (18, 22)] == ["Wed", "Sun"]


def test_stored_days_and_instants_come_back() -> None:
    assert format_day(parse_day("2026-12-01")) == "2026-12-01"
    assert format_instant(parse_instant("2026-12-01T09:05")) == "2026-12-01T09:05"
    assert parse_instant("2026-12-01") == datetime.datetime(2026, 12, 1)
    assert parse_day("2026-12-01T09:05") == date(2026, 12, 1)


def test_the_chinese_calendar_knows_holidays_and_make_up_days(shared: Callable[[str], Path]) -> None:
    calendar = WorkCalendar({})
    for year in (2024, 2025, 2026):
        for day in json.loads(shared(f"data/holidays/{year}.json").read_text("utf-8"))["days"]:
            assert calendar.is_workday(parse_day(day["date"])) is not day["isOffDay"], day


def test_past_the_last_year_known_monday_to_friday_and_said() -> None:
    calendar = WorkCalendar({})
    assert calendar.known(date(2026, 12, 31)) and not calendar.known(date(2027, 1, 1))
    assert calendar.is_workday(date(2027, 1, 1)) and not calendar.is_workday(date(2027, 1, 2))
    # 2026-12-31 is a Thursday
    assert parse_when("1个工作日后", date(2026, 12, 31)) == When(date(2027, 1, 1), None, True)
    assert not parse_when("1个工作日后", date(2026, 12, 30)).beyond_calendar
    assert not parse_when("3天后", date(2026, 12, 31)).beyond_calendar


def test_imported_days_win_and_make_their_year_known() -> None:
    calendar = WorkCalendar({date(2027, 1, 1): False, date(2026, 11, 23): False, date(2026, 11, 22): True})
    assert parse_when("+1wd", date(2026, 12, 31), calendar=calendar) == When(date(2027, 1, 4))
    assert calendar.is_workday(date(2026, 11, 22)) and not calendar.is_workday(date(2026, 11, 23))


def test_the_reps_own_week_takes_the_place_of_the_calendar() -> None:
    calendar = WorkCalendar({date(2026, 11, 21): False}, frozenset(range(6)))  # Monday to Saturday
    assert calendar.is_workday(date(2026, 11, 21)) and calendar.is_workday(date(2026, 10, 1))
    assert calendar.known(date(2031, 1, 1))
    assert parse_when("2个工作日后", date(2026, 11, 20), calendar=calendar).date == date(2026, 11, 23)


def test_the_next_working_day_is_the_day_itself_where_it_is_one() -> None:
    calendar = WorkCalendar({})
    assert calendar.next_workday(date(2026, 10, 1)) == date(2026, 10, 8)
    assert calendar.next_workday(date(2026, 10, 10)) == date(2026, 10, 10)
    assert calendar.add_workdays(date(2026, 10, 8), -1) == date(2026, 9, 30)
    assert calendar.add_workdays(date(2026, 10, 8), 0) == date(2026, 10, 8)


def test_a_week_without_working_days_hangs_nothing() -> None:
    calendar = WorkCalendar({}, frozenset())
    assert calendar.next_workday(date(2026, 11, 22)) == date(2026, 11, 22)
    assert calendar.add_workdays(date(2026, 11, 22), 3) > date(2026, 11, 22)


@pytest.mark.parametrize(
    "text",
    [
        "date,state\n2027-01-01,off\n2027-01-02,work\n",
        "\ufeff日期,休或班,说明\r\n2027-01-01,休,元旦\r\n2027-01-02,班,\r\n",
        "2027/1/1\tfalse\n\n2027/1/2\tTRUE\n",
        "2027.01.01;off\n20270102;work\n",
        '{"days": [{"date": "2027-01-01", "isOffDay": true}, {"date": "2027-01-02", "isOffDay": false}]}',
        '[{"date": "2027-01-01", "isOffDay": true}, {"date": "2027-01-02", "isOffDay": false}]',
    ],
)
def test_a_calendar_file_is_read(text: str) -> None:
    assert parse_calendar_file(text) == {date(2027, 1, 1): False, date(2027, 1, 2): True}


def test_the_published_file_of_a_year_is_read(shared: Callable[[str], Path]) -> None:
    days = parse_calendar_file(shared("data/holidays/2026.json").read_text("utf-8"))
    assert len(days) == 39
    assert days[date(2026, 10, 10)] is True and days[date(2026, 10, 1)] is False


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "calendar_empty"),
        ("date,state\n", "calendar_empty"),
        ("2027-01-01,maybe\n", "calendar_row"),
        ("2027-02-30,off\n", "calendar_row"),
        ("2027-01-01\n", "calendar_row"),
        ("2027-01-01,off\n2027-01-01,work\n", "calendar_twice"),
        ('2027-01-01,"off\n', "calendar_broken"),
        ("{", "calendar_broken"),
        ('{"papers": []}', "calendar_broken"),
        ("[" * 100_000, "calendar_broken"),
        ('{"days": [{"date": "2027-01-01"}]}', "calendar_row"),
        ('{"days": [7]}', "calendar_row"),
        ('{"days": []}', "calendar_empty"),
    ],
)
def test_a_file_that_is_no_calendar_is_refused_by_name(text: str, key: str) -> None:
    with pytest.raises(Usage) as refused:
        parse_calendar_file(text)
    assert refused.value.key == f"dates.{key}"


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("2026-12-01", "", "2026-12-01"),
        ("2026/12/1", "", "2026-12-01"),
        ("2026.12.1", "mdy", "2026-12-01"),
        ("2026年12月1日", "", "2026-12-01"),
        ("２０２６年１２月１日", "", "2026-12-01"),
        ("20261201", "", "2026-12-01"),
        ("'2026-12-01", "", "2026-12-01"),
        ("2026-12-01 10:05", "", "2026-12-01 10:05"),
        ("2026-12-01 10:05:33", "", "2026-12-01 10:05"),
        ("43512", "", "2019-02-16"),
        ("43512.0", "dmy", "2019-02-16"),
        ("43512.395833333", "", "2019-02-16 09:30"),
        ("1541491200", "", "2018-11-06 16:00"),
        ("1541491200000", "", "2018-11-06 16:00"),
        ("20141018T050231Z", "", "2014-10-18 05:02"),
        ("13-Feb-18", "", "2018-02-13"),
        ("2026-12-01T10:05:33.120Z", "", "2026-12-01 10:05"),
        ("2026-12-01 00:00:00", "", "2026-12-01"),
        ("2026/12/1 下午 3:05:00", "", "2026-12-01 15:05"),
        ("12/31/2026 3:05 PM", "", "2026-12-31 15:05"),
        ("2026-12-01 星期二", "", "2026-12-01"),
        ("2026年12月1日（周二） 9:30", "", "2026-12-01 09:30"),
        ("2026-12-01 Tue", "", "2026-12-01"),
        ("10/29/2016", "", "2016-10-29"),
        ("29.10.2016", "", "2016-10-29"),
        ("3/1/2017", "mdy", "2017-03-01"),
        ("3/1/2017", "dmy", "2017-01-03"),
        ("3/3/2017", "", "2017-03-03"),
        ("26-12-01", "ymd", "2026-12-01"),
        ("1/12/26", "dmy", "2026-12-01"),
        ("Dec 1, 2026", "", "2026-12-01"),
        ("1-Dec-2026", "", "2026-12-01"),
    ],
)
def test_a_cell_of_a_sheet_is_a_full_date(text: str, order: str, expected: str) -> None:
    when = parse_date_cell(text, order)
    assert f"{when.date} {when.time or ''}".strip() == expected


@pytest.mark.parametrize(
    ("text", "order", "key"),
    [
        ("3/1/2017", "", "order_unclear"),
        ("26-12-01", "", "order_unclear"),
        ("10/29/2016", "dmy", "no_such_day"),
        ("2026-02-30", "", "no_such_day"),
        ("31/31/2026", "", "no_such_day"),
        ("2026-12-01 周三", "", "weekday_differs"),
        ("2026-12-01 25:00", "", "bad_time"),
        ("2026-12-01 abc", "", "not_a_date"),
        ("12-01", "", "not_a_date"),
        ("明天", "", "not_a_date"),
        ("16357", "", "not_a_date"),
        ("13800138000", "", "not_a_date"),
        ("", "", "not_a_date"),
    ],
)
def test_a_cell_that_is_none_is_refused_by_name(text: str, order: str, key: str) -> None:
    with pytest.raises(Usage) as refused:
        parse_date_cell(text, order)
    assert refused.value.key == f"dates.{key}"


def test_the_orders_of_a_column_are_what_its_cells_share() -> None:
    assert date_orders("3/1/2017") == {"dmy", "mdy"}
    assert date_orders("10/29/2016") == {"mdy"}
    assert date_orders("2026-12-01") == {"ymd", "dmy", "mdy"}
    assert date_orders("hello") == frozenset()


@settings(deadline=None)
@given(
    st.text(max_size=40)
    | st.from_regex(r"[0-9]{1,4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,4}.{0,12}", fullmatch=True)
)
def test_no_cell_makes_anything_but_a_date_or_usage(text: str) -> None:
    for order in ("", "ymd", "dmy", "mdy"):
        with suppress(Usage):
            assert isinstance(parse_date_cell(text, order), When)
