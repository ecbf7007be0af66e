"""Days, months, weeks, zones and wrong clocks, each by its number in the catalogue of faults (reliability.md L)."""

from __future__ import annotations

import calendar
import datetime
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from conftest import ROOT
from kit import Book

from salesflow.dates import parse_when
from salesflow.dates.base import add_months


def run_in(book: Book, zone: str, *words: str) -> subprocess.CompletedProcess[str]:
    """A real run under the system's own clock in this zone."""
    given = {
        "PATH": "",
        "TZ": zone,
        "PYTHONPATH": str(ROOT),
        "SALESFLOW_DB": str(book.path),
        "SALESFLOW_LANG": "en",
    }
    return subprocess.run(
        [sys.executable, "-m", "salesflow", *words], env=given, capture_output=True, text=True, timeout=60
    )


# L1, L6, L7: the day is the rep's own


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York", "Pacific/Kiritimati", "CST-8"])
def test_l1_the_day_is_that_of_the_zone(book: Book, zone: str) -> None:
    """L1: at 07:30 in Shanghai it is yesterday in UTC; what is written has the day of the wall clock."""
    there = ZoneInfo("Asia/Shanghai" if zone == "CST-8" else zone)
    before = datetime.datetime.now(there)
    done = run_in(book, zone, "add", f"{zone}店")
    after = datetime.datetime.now(there)
    assert done.returncode == 0 and "TZ" not in done.stderr
    made = book.show(1)["created_at"]
    assert f"{before:%Y-%m-%dT%H:%M}" <= made <= f"{after:%Y-%m-%dT%H:%M}"


def test_l1_no_sql_reads_a_clock_of_its_own(book: Book) -> None:
    """L1: half past seven in Shanghai, while the machine says UTC: today is today."""
    book("add", "早店", "--note", "n", "--next", "2026-11-24 x", now="2026-11-23T07:30")
    for now, bucket in (
        ("2026-11-24T00:00", "due"),
        ("2026-11-24T23:59", "due"),
        ("2026-11-25T00:00", "overdue"),
    ):
        items = book("today", "--json", now=now).json["items"]
        assert [one["bucket"] for one in items] == [bucket], now


def test_l6_the_36_hours_are_those_of_the_wall_clock(book: Book) -> None:
    """L6: on the night when New York's clocks go back the hour comes twice; what is written is what the clock said."""
    book("add", "询盘店", "--source", "enquiry", now="2026-10-31T20:00", TZ="America/New_York")
    due = book("today", "--date", "2026-11-02", "--json", now="2026-11-01T20:00", TZ="America/New_York").json
    [item] = due["items"]
    assert (item["bucket"], item["deadline"]) == ("first_contact", "2026-11-02T08:00")
    spring = book(
        "add", "春天店", "--source", "enquiry", "--json", now="2027-03-13T20:00", TZ="America/New_York"
    ).json
    items = book(
        "today", "--date", "2027-03-15", "--json", now="2027-03-14T20:00", TZ="America/New_York"
    ).json["items"]
    found = {one["lead_id"]: one["deadline"] for one in items}
    assert found[spring["id"]] == "2027-03-15T08:00"


def test_l6_who_travels_keeps_what_was_written(book: Book) -> None:
    """L6: another zone changes no time of a record, neither shown nor exported."""
    book("add", "华星", "--next", "2026-12-01 09:30 x")
    home = (book("show", "1", "--json").out, book("export", "all", "-f", "jsonl").out)
    away = {"TZ": "America/New_York"}
    assert (book("show", "1", "--json", **away).out, book("export", "all", "-f", "jsonl", **away).out) == home


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("zone", ["Asia/Shangai", "Shanghai", ":Asia/Beijing", "/no/zone", "北京"])
def test_l7_a_zone_that_there_is_not_is_said(
    book: Book, monkeypatch: pytest.MonkeyPatch, zone: str, lang: str
) -> None:
    """L7: the system takes it for UTC without a word."""
    monkeypatch.setattr("time.localtime", _Utc)
    done = book("add", "甲店", SALESFLOW_NOW="", lang=lang, TZ=zone)
    assert done.code == 0 and zone.lstrip(":") in done.err and "Asia/Shanghai" in done.err
    assert done.err.count("\n") <= 2


class _Utc:
    tm_gmtoff = 0


def test_l7_in_a_real_run(book: Book) -> None:
    """L7: one word, the command is done; with a zone that there is, and with a clock that was set, none."""
    done = run_in(book, "Asia/Shangai", "add", "甲店")
    assert done.returncode == 0 and done.stderr.count("Asia/Shangai") == 1
    assert run_in(book, "Asia/Shanghai", "list").stderr == ""
    assert book("list", TZ="Asia/Shangai").err == ""


# L2, L8: a clock that is wrong


def test_l2_a_clock_that_goes_back_is_said_and_loses_nothing(book: Book) -> None:
    """L2: the order is that of the operations; each command says it until the clock has caught up."""
    book("add", "华星", now="2026-11-24T10:00")
    for minute, words in enumerate(
        (["log", "1", "甲", "--no-next"], ["log", "1", "乙", "--no-next"], ["tag", "1", "t"])
    ):
        done = book(*words, now=f"2026-11-23T09:0{minute}")
        assert "2026-11-24 10:00" in done.err and done.code == 0
    assert len(book.show(1)["followup_list"]) == 2 and book.show(1)["tags"] == ["t"]
    assert book("log", "1", "丙", "--no-next", now="2026-11-24T10:01").err == ""
    ids = [row[0] for row in book.sql("SELECT id FROM operation ORDER BY id")]
    assert ids == sorted(ids) and len(book("history", "--json").json) >= 5
    for _ in range(4):
        book("undo", "--yes", now="2026-11-23T09:30")
    assert book.show(1)["followup_list"] == [] and book.show(1)["tags"] == []
    book("check")


@pytest.mark.parametrize("now", ["1970-01-01T00:00", "1980-01-01T00:03", "2099-12-31T23:59"])
def test_l8_a_date_that_cannot_be_is_said_and_not_refused(book: Book, now: str) -> None:
    """L8: in a book that has records and in one that has none."""
    for name in ("华星", "锦泰"):
        assert now[:10] in book("add", name, now=now).err
    assert len(book("list", "--json").json) == 2
    for words in (
        "today",
        "report week",
        "report month",
        "plan",
        "list",
        "check",
        "show 1",
        "report kpi",
        "log 1 x",
    ):
        book(*words.split(), now=now)
    book("undo", "--yes", now=now)


def test_l8_five_years_without_a_record_are_said(book: Book) -> None:
    """L8: the book's newest record is the measure."""
    assert book("add", "华星", now="2031-11-01T09:00").err == ""
    assert "2037" in book("add", "锦泰", now="2037-01-01T09:00").err


# L3: weeks


@pytest.mark.parametrize(
    ("day", "label", "first", "last"),
    [
        ("2027-01-01", "2026-W53", "2026-12-28", "2027-01-03"),
        ("2026-12-31", "2026-W53", "2026-12-28", "2027-01-03"),
        ("2027-01-04", "2027-W01", "2027-01-04", "2027-01-10"),
        ("2029-12-31", "2030-W01", "2029-12-31", "2030-01-06"),
        ("2032-12-31", "2032-W53", "2032-12-27", "2033-01-02"),
    ],
)
def test_l3_the_week_of_the_year(book: Book, day: str, label: str, first: str, last: str) -> None:
    """L3: 2027-01-01 is in week 53 of 2026, whatever strftime says."""
    book("add", "华星", now=f"{day}T09:00")
    week = book("report", "week", "--json", now=f"{day}T12:00").json
    assert (week["label"], week["from"], week["to"]) == (label, first, last)
    assert week["totals"]["new_leads"] == 1
    book("target", "set", "visits", "20", "--period", label, now=f"{day}T12:00")
    assert book("report", "week", "--json", now=f"{day}T12:00").json["targets"][0]["target"] == 20


# L4, L5: months, and days that there are not


def _firsts() -> Iterator[datetime.date]:
    for year in range(2024, 2033):
        for month in range(1, 13):
            yield datetime.date(year, month, 1)


def test_l4_months_end_where_they_end() -> None:
    """L4: from the last three days of every month from 2024 to 2032, up to two years ahead."""
    for first in _firsts():
        length = calendar.monthrange(first.year, first.month)[1]
        for day in range(length - 2, length + 1):
            start = first.replace(day=day)
            for months in (1, 2, 3, 6, 11, 12, 13, 24):
                years, month = divmod(first.month - 1 + months, 12)
                most = calendar.monthrange(first.year + years, month + 1)[1]
                expected = datetime.date(first.year + years, month + 1, min(day, most))
                assert add_months(start, months) == expected == parse_when(f"+{months}m", start).date
                if months % 12 == 0:
                    assert parse_when(f"{months // 12}年后", start).date == expected


def test_l4_the_29th_of_february(book: Book) -> None:
    """L4: a year later is the 28th; a birthday on the 29th is kept in other years on the month's last day."""
    assert parse_when("一年后", datetime.date(2028, 2, 29)).date == datetime.date(2029, 2, 28)
    assert parse_when("2月29日", datetime.date(2026, 11, 24)).date == datetime.date(2028, 2, 29)
    book("add", "华星", "--contact", "王建国 13900001234", now="2028-02-29T09:00")
    book("contact", "edit", "1", "王建国", "--birthday", "02-29", now="2028-02-29T09:00")
    book("visit", "1", "x", "--next", "+1y", now="2028-02-29T10:00")
    assert book.show(1)["next_date"] == "2029-02-28"
    for now in ("2028-02-29T11:00", "2029-02-28T11:00"):
        book("today", now=now)
        assert book("report", "month", "--json", now=now).json["label"] == now[:7]


@pytest.mark.parametrize(
    "text", ["2026-02-30", "2026-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2月30日", "2026-11-00"]
)
def test_l5_a_day_that_there_is_not_is_refused_everywhere(book: Book, tmp_path: Path, text: str) -> None:
    """L5: on the command line, in a mark and in a sheet."""
    book("add", "华星")
    book("order", "1", "1万")
    for words in (
        ["next", "1", text],
        ["log", "1", "x", "--at", text],
        ["log", "1", "x", "--next", text],
        ["edit", "1", "--goal-on", text],
        ["add", "锦泰", "--next", text],
        ["add", "锦泰", "--received", text],
        ["order", "1", "100", "--due", text],
        ["payment", "1", "100", "--at", text],
        ["today", "--date", text],
        ["report", "week", "--date", text],
        ["park", "1", "--reason", "other", "--why", "w", "--until", text],
    ):
        book.refuse(2, *words)
    # a mark that is none sets no date and says so; the note is kept
    done = book("log", "1", f"谈过。下次：{text} 送样", "--no-next")
    assert text in book.show(1)["followup_list"][0]["note"] and book.show(1)["next_date"] is None, done
    sheet = tmp_path / "rows.csv"
    sheet.write_text(f"店名,下次跟进\n乙店,{text}\n", "utf-8")
    before = len(book("list", "--json").json)
    book("import", str(sheet), code=1)
    assert len(book("list", "--json").json) == before


# L9: what Python's own reader would take


@pytest.mark.parametrize("text", ["2026-W53-1", "2026W531", "2026-11-24T09:00Z", "2026-329", "20261301"])
def test_l9_the_grammar_is_our_own(book: Book, text: str) -> None:
    """L9: what ``fromisoformat`` takes and nobody writes is refused by name."""
    book("add", "华星")
    book.refuse(2, "next", "1", text)


# one moment for the whole run


class _Ticking(datetime.datetime):
    """A clock that stands one second before midnight when it is first read, and goes on by two at each look."""

    looks = 0

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:
        cls.looks += 1
        start = datetime.datetime(2026, 11, 24, 23, 59, 59)
        return start + datetime.timedelta(seconds=2 * (cls.looks - 1))


def test_midnight_between_two_looks_at_the_clock(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command reads the clock once at most: what it writes and shows is of one day."""
    book("add", "华星", "--contact", "王建国 13900001234", now="2026-11-20T09:00")
    monkeypatch.setattr("datetime.datetime", _Ticking)
    commands = (
        "visit 1 谈价 --next 明天 --for 送样", "today", "plan", "report day", "list", "show 1", "next 1 后天 x --why y",
        "order 1 100", "undo --yes", "backup --list", "review --spread 3 --why x", "export calendar -f ics",
        "prepare 1", "when 明天", "check", "add 乙店", "advance 1 --force --why x", "tag 1 t",
    )  # fmt: skip
    for words in commands:
        _Ticking.looks = 0
        book(*words.split(), SALESFLOW_NOW="", now="")
        assert _Ticking.looks <= 1, words
    days = {row[0][:10] for row in book.sql("SELECT at FROM operation WHERE kind <> 'setup'")}
    assert days <= {"2026-11-20", "2026-11-24"}
    [followup] = book.show(1)["followup_list"]
    assert followup["at"] == "2026-11-24T23:59"


# the end of the calendar that is known


@pytest.mark.parametrize("words", [["next", "1", "3个工作日后", "x"], ["log", "1", "x", "--next", "+3wd"]])
def test_the_end_of_the_known_calendar_is_said(book: Book, words: list[str]) -> None:
    book("add", "华星", now="2026-12-29T09:00")
    done = book(*words, now="2026-12-30T09:00")
    assert "calendar import" in done.err
    assert book.show(1)["next_date"] == "2027-01-04"


@pytest.mark.parametrize("now", ["9999-12-31T23:59", "3000-01-01T00:00", "0001-01-01T00:00"])
def test_a_clock_at_an_end_of_the_calendar_is_refused(book: Book, now: str) -> None:
    for words in (("today",), ("report", "week"), ("add", "锦泰奥迪")):
        book.refuse(2, *words, now=now)
