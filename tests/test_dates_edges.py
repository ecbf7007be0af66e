"""WHEN at its edges, worked out on a calendar: years, halves, edges of months, hours, cells of sheets, birthdays."""

from __future__ import annotations

import datetime

import pytest

from salesflow.dates import parse_cell, parse_when, quarter_label, quarter_of
from salesflow.dates.birthday import read_birthday
from salesflow.dates.cells import month_first, orders, read_cell
from salesflow.dates.length import parse_days
from salesflow.dates.rules import DateError, number
from salesflow.errors import Usage

TUESDAY = datetime.date(2026, 11, 24)


def said(text: str, today: datetime.date = TUESDAY, past: bool = False) -> str:
    """The day and the time, or the name of the trouble."""
    try:
        when = parse_when(text, today, past=past)
    except Usage as refused:
        return refused.key.removeprefix("dates.")
    return f"{when.date}T{when.time}" if when.time else str(when.date)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # years of two and four figures, in words
        ("27年3月5日", "2027-03-05"),
        ("2027年3月底", "2027-03-31"),
        ("明年2月底", "2027-02-28"),
        ("2027年3月初", "2027-03-01"),
        ("二〇二七年底", "2027-12-31"),
        ("2027年初", "2027-01-01"),
        ("明年初", "2027-01-01"),
        ("去年底", "2025-12-31"),
        ("1月初", "2027-01-01"),
        ("1月底", "2027-01-31"),
        ("12月底", "2026-12-31"),
        ("11月底", "2026-11-30"),
        ("13月底", "no_such_day"),
        ("end of january", "2027-01-31"),
        ("end of march 2028", "2028-03-31"),
        ("beginning of march", "2027-03-01"),
        ("start of february 2027", "2027-02-01"),
        ("the end of december", "2026-12-31"),
        ("1900-01-01", "1900-01-01"),
        ("2999-12-31", "2999-12-31"),
        ("1899-12-31", "not_a_date"),
        ("3000-01-01", "not_a_date"),
        ("13-01", "no_such_day"),
        ("11-24", "2026-11-24"),
        ("32号", "no_such_day"),
        # halves
        ("半个月后", "2026-12-09"),
        ("半个月前", "2026-11-09"),
        ("半年后", "2027-05-24"),
        ("半年前", "2026-05-24"),
        ("两个半月后", "2027-02-08"),
        ("两个月半后", "not_a_date"),
        ("2个半月后", "2027-02-08"),
        ("1个半月前", "2026-10-09"),
        ("0个半月后", "zero"),
        ("119个半月后", "2036-11-08"),
        ("120个半月后", "too_far"),
        ("121个半月后", "too_far"),
        ("1年半前", "2025-05-24"),
        ("half a month ago", "2026-11-09"),
        ("half a year from now", "2027-05-24"),
        ("in half a month", "2026-12-09"),
        ("half a week ago", "not_a_date"),
        # counted in words
        ("in an hour", "not_a_date"),
        ("a week from today", "2026-12-01"),
        ("nineteen days later", "2026-12-13"),
        ("in one week", "2026-12-01"),
        ("in twenty-one days", "2026-12-15"),
        ("in thirty days", "2026-12-24"),
        ("in two fortnights", "2026-12-22"),
        ("3 business days from now", "2026-11-27"),
        ("next working day", "2026-11-25"),
        ("next workday", "2026-11-25"),
        ("+3d", "2026-11-27"),
        ("-3d", "2026-11-21"),
        ("3d", "2026-11-27"),
        ("100天后", "2027-03-04"),
        ("一百零五天后", "2027-03-09"),
        ("一百一十天后", "2027-03-14"),
        ("卅天后", "2026-12-24"),
        ("三百六十五天后", "2027-11-24"),
        ("一百五天后", "not_a_date"),
        # edges and days by name
        ("eow", "2026-11-29"),
        ("eom", "2026-11-30"),
        ("eoy", "2026-12-31"),
        ("end of week", "2026-11-29"),
        ("the end of next week", "2026-12-06"),
        ("end of last week", "2026-11-22"),
        ("end of next month", "2026-12-31"),
        ("start of next month", "2026-12-01"),
        ("end of last year", "2025-12-31"),
        ("beginning of next year", "2027-01-01"),
        ("beginning of the month", "2026-12-01"),
        ("end of the year", "2026-12-31"),
        ("weekend", "2026-11-28"),
        ("this weekend", "2026-11-28"),
        ("next weekend", "2026-12-05"),
        ("last weekend", "2026-11-21"),
        ("day after tomorrow", "2026-11-26"),
        ("the day before yesterday", "2026-11-22"),
        ("yesterday", "2026-11-23"),
        ("tonight", "2026-11-24"),
        ("the 3rd of next month", "2026-12-03"),
    ],
)
def test_a_day_in_words(text: str, day: str) -> None:
    assert said(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12月底", "2025-12-31"),
        ("11月底", "2025-11-30"),
        ("10月底", "2026-10-31"),
        ("end of november", "2025-11-30"),
        ("11月24日", "2026-11-24"),
        ("11-25", "2025-11-25"),
        ("24号", "2026-11-24"),
        ("25号", "2026-10-25"),
        ("周二", "2026-11-17"),
    ],
)
def test_a_day_that_is_past(text: str, day: str) -> None:
    """A follow-up is written down after it was made."""
    assert said(text, past=True) == day


def test_the_last_day_of_the_month_is_today() -> None:
    assert said("11月底", datetime.date(2026, 11, 30)) == "2026-11-30"
    assert said("11月底", datetime.date(2026, 11, 30), past=True) == "2026-11-30"
    assert said("2月29日", datetime.date(2097, 1, 1)) == "2104-02-29", "eight years away"


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("明天23:59", "23:59"),
        ("明天24:00", "bad_time"),
        ("明天9:60", "bad_time"),
        ("明天0:05", "00:05"),
        ("明天凌晨0点", "00:00"),
        ("明天凌晨6点", "06:00"),
        ("明天凌晨7点", "bad_time"),
        ("明天早上4点", "04:00"),
        ("明天早上3点", "bad_time"),
        ("明天上午12点", "12:00"),
        ("明天上午13点", "bad_time"),
        ("明天中午11点", "11:00"),
        ("明天中午10点", "bad_time"),
        ("明天中午1点", "13:00"),
        ("明天中午3点", "15:00"),
        ("明天中午4点", "bad_time"),
        ("明天中午15点", "15:00"),
        ("明天中午16点", "bad_time"),
        ("明天下午1点", "13:00"),
        ("明天下午12点", "12:00"),
        ("明天下午0点", "bad_time"),
        ("明天下午11点", "23:00"),
        ("明天下午15点", "15:00"),
        ("明天下午23点", "23:00"),
        ("明天晚上5点", "17:00"),
        ("明天晚上4点", "unclear_time"),
        ("明天晚上12点", "unclear_time"),
        ("明天晚上20点", "20:00"),
        ("明天晚上13点", "bad_time"),
        ("明天晚上23点", "23:00"),
        ("明天1点", "unclear_time"),
        ("明天6点", "unclear_time"),
        ("明天7点", "07:00"),
        ("明天24点", "bad_time"),
        ("明天下午24点", "bad_time"),
        ("明天9点1刻", "09:15"),
        ("明天9点三刻", "09:45"),
        ("明天9点5分", "09:05"),
        ("明天9点十分", "09:10"),
        ("明天10点", "10:00"),
        ("tomorrow at 1am", "01:00"),
        ("tomorrow 12am", "00:00"),
        ("tomorrow 12pm", "12:00"),
        ("tomorrow 0am", "bad_time"),
        ("tomorrow 13pm", "bad_time"),
        ("tomorrow afternoon at 3:30", "15:30"),
        ("tomorrow evening at 8:15", "20:15"),
        ("tomorrow at noon", "12:00"),
    ],
)
def test_the_hour_that_a_part_of_the_day_means(text: str, time: str) -> None:
    """12 at night and 2 in the evening are two days' hours: asked, not guessed."""
    found = said(text)
    assert found.removeprefix("2026-11-25T") == time


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-11-24", "2026-11-24"),
        ("2026-11-24 09:05", "2026-11-24T09:05"),
        ("2026-11-24T23:59", "2026-11-24T23:59"),
        ("2026-11-24 00:00", "2026-11-24"),
        ("2026-11-24 24:00", "bad_time"),
        ("2026-11-24 10:60", "bad_time"),
        ("2026-11-31", "no_such_day"),
        ("1900-01-01", "1900-01-01"),
        ("2999-12-31", "2999-12-31"),
        ("3000-01-01", "no_such_day"),
        ("26年11月24日", "2026-11-24"),
        ("'2026/11/24", "2026-11-24"),
        ("2026.11.24", "2026-11-24"),
        ("20261124", "2026-11-24"),
        ("2026-11-24 周二", "2026-11-24"),
        ("2026-11-22 星期天", "2026-11-22"),
        ("2026-11-24 周三", "weekday_differs"),
        ("2026-11-24 (Tue) 9:30", "2026-11-24T09:30"),
        ("2026-11-24 下午 3:30", "2026-11-24T15:30"),
        ("2026-11-24 12:10 pm", "2026-11-24T12:10"),
        ("2026-11-24 12:10 am", "2026-11-24T00:10"),
        ("2026-11-24 11:10 am", "2026-11-24T11:10"),
        ("2026-11-24 上午 9:30 am", "not_a_date"),
        ("2026-11-24 soon", "not_a_date"),
        ("24/11/2026", "2026-11-24"),
        ("04/11/2026", "order_unclear"),
        ("05/05/2026", "2026-05-05"),
        ("Nov 24, 2026", "2026-11-24"),
        ("24-Nov-26", "2026-11-24"),
        ("Nov 24", "not_a_date"),
        ("43512", "2019-02-16"),
        ("43512.5", "2019-02-16T12:00"),
        ("0", "not_a_date"),
    ],
)
def test_a_cell_of_a_sheet(text: str, found: str) -> None:
    """A date in full, with the time behind it where it is not midnight; nothing is guessed."""
    try:
        when = read_cell(text)
    except Usage as refused:
        assert refused.key.removeprefix("dates.") == found
        assert refused.values["text"] == text.strip()[:40], "the cell is named as it stands"
    else:
        assert (f"{when.date}T{when.time}" if when.time else str(when.date)) == found


def test_a_cell_in_the_order_of_its_file() -> None:
    assert read_cell("04/11/2026", "dmy").date == datetime.date(2026, 11, 4)
    assert read_cell("04/11/2026", "mdy").date == datetime.date(2026, 4, 11)
    assert orders("04/11/2026") == {"dmy", "mdy"}
    assert orders("'24/11/2026") == {"dmy"}
    assert orders("soon") == frozenset()
    assert (month_first("24/11"), month_first(" 4-12 "), month_first("4.13")) == ("11/24", "12/4", "4.13")


def test_a_cell_without_a_year_is_counted_from_a_day() -> None:
    """What a column puts first holds for its days without a year too."""
    read = {
        (text, order, past): parse_cell(text, order, TUESDAY, past=past).date.isoformat()
        for text, order, past in [
            ("04/11/2026", "dmy", True),
            ("3/12", "dmy", False),
            ("3/12", "mdy", False),
            ("3/12", "dmy", True),
            ("3/12", "", True),
        ]
    }
    assert list(read.values()) == ["2026-11-04", "2026-12-03", "2027-03-12", "2025-12-03", "2026-03-12"]
    with pytest.raises(Usage) as refused:
        parse_cell("04/11/2026", "", TUESDAY, past=True)
    assert refused.value.key == "dates.order_unclear"
    with pytest.raises(Usage) as refused:
        parse_cell("soon", "", TUESDAY, past=True)
    assert refused.value.key == "dates.not_a_date"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1985-03-12", "1985-03-12"),
        ("1985年3月12日", "1985-03-12"),
        ("1985/3/12", "1985-03-12"),
        ("1985.3.2号", "1985-03-02"),
        ("3月12日", "03-12"),
        ("3-2", "03-02"),
        ("２月２９日", "02-29"),
        ("1985-03-12 00:00", "1985-03-12"),
        ("1985-03-12 10:30", "1985-03-12"),
    ],
)
def test_a_birthday_with_its_year_or_without(text: str, day: str) -> None:
    assert read_birthday(text) == day


@pytest.mark.parametrize("text", ["2月30日", "13-01", "1985-02-29", "0-0-0", "三月", "x" * 60, ""])
def test_what_is_no_birthday_is_named(text: str) -> None:
    with pytest.raises(Usage) as refused:
        read_birthday(text)
    assert refused.value.key == "contact.bad_birthday"
    assert refused.value.values == {"text": text[:40]}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("每2个月", 60),
        ("every 8 weeks", 56),
        ("1", 1),
        ("3650", 3650),
        ("60.0", 60),
        ("半个月", 15),
        ("half a year", 182),
        ("两周", 14),
        ("1.5", None),
        ("3651", None),
        ("0", None),
        ("天", None),
        ("soon", None),
    ],
)
def test_how_long_a_thing_lasts(text: str, days: int | None) -> None:
    if days:
        assert parse_days(text) == days
        return
    with pytest.raises(Usage) as refused:
        parse_days(text)
    assert (refused.value.key, refused.value.values) == ("product.no_cycle", {"text": text})


@pytest.mark.parametrize(
    ("text", "count"),
    [("两百", 200), ("一百零五", 105), ("一百二十三", 123), ("〇", 0), ("廿一", 21), ("零五", 5)],
)
def test_a_number_in_words(text: str, count: int) -> None:
    assert number(text) == count


@pytest.mark.parametrize("text", ["一百五", "百", "五六", "x"])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(DateError) as refused:
        number(text)
    assert refused.value.key == "not_a_date"


@pytest.mark.parametrize(
    ("month", "label", "first", "last"),
    [
        (1, "2026-Q1", "2026-01-01", "2026-03-31"),
        (3, "2026-Q1", "2026-01-01", "2026-03-31"),
        (4, "2026-Q2", "2026-04-01", "2026-06-30"),
        (9, "2026-Q3", "2026-07-01", "2026-09-30"),
        (12, "2026-Q4", "2026-10-01", "2026-12-31"),
    ],
)
def test_quarters(month: int, label: str, first: str, last: str) -> None:
    day = datetime.date(2026, month, 15)
    assert quarter_label(day) == label
    assert [one.isoformat() for one in quarter_of(day)] == [first, last]
