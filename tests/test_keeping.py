"""Which copies of the book are kept: seven days, four weeks, twelve months, and always the last (H4)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesflow import keeping
from salesflow.keeping import BEFORE, DAILY, Kept, copy_name, parse, spare

FIRST = date(2024, 1, 1)  # a Monday
WHYS = (DAILY, *BEFORE, "v3")
MADE = st.tuples(st.integers(0, 1500), st.integers(0, 1439), st.sampled_from(WHYS))


def called(day: int, minute: int = 540, why: str = DAILY, number: int = 1) -> str:
    """The name of the copy of that day, counted from FIRST."""
    on = FIRST + timedelta(days=day)
    return copy_name(f"{on.isoformat()}T{minute // 60:02}:{minute % 60:02}", why, number)


def after(names: list[str]) -> list[str]:
    """What is there after copies were made one after the other, each followed by throwing away."""
    there: list[str] = []
    for name in names:
        there.append(name)
        gone = {one.name for one in spare(known(there), name)}
        there = [one for one in there if one not in gone]
    return there


def known(names: list[str]) -> list[Kept]:
    """The names read."""
    return [one for one in map(parse, names) if one]


def days(names: list[str]) -> list[str]:
    """The days of the names, each once, newest first."""
    return sorted({name[:8] for name in names}, reverse=True)


@pytest.mark.parametrize("count", [1, 6, 7, 8, 40, 400, 1100])
def test_a_copy_every_day_leaves_seven_days_four_weeks_and_twelve_months(count: int) -> None:
    there = after([called(day) for day in range(count)])
    last = FIRST + timedelta(days=count - 1)
    week_ends = [last - timedelta(days=last.weekday() + 1 + 7 * back) for back in range(3)]
    month_ends, first = [], last.replace(day=1)
    for _ in range(11):
        month_ends.append(first - timedelta(days=1))
        first = month_ends[-1].replace(day=1)
    wanted = {last - timedelta(days=back) for back in range(7)} | {*week_ends, *month_ends}
    assert days(there) == sorted((f"{day:%Y%m%d}" for day in wanted if day >= FIRST), reverse=True)


def test_weeks_are_those_of_iso_8601_across_the_year() -> None:
    # from Monday 2026-12-28 to 2027-01-03 is one week, W53: its Friday stands for it, and W52 is still one of four
    days_made = ("2026-12-24", "2026-12-28", "2027-01-01", *(f"2027-01-{day:02}" for day in range(4, 13)))
    there = after([copy_name(f"{day}T09:00", DAILY) for day in days_made])
    weeks_and_december = ["20261224", "20261228", "20270101"]
    assert [name[:8] for name in there] == [*weeks_and_december, *(f"202701{day:02}" for day in range(6, 13))]


def test_of_one_day_the_newest_of_each_reason_is_kept() -> None:
    names = [called(1, 480), called(1, 500, "import"), called(1, 510, "merge"), called(1, 520, "import")]
    assert after(names) == [called(1, 480), called(1, 510, "merge"), called(1, 520, "import")]
    assert after([*names, called(1, 520, "import", 2)])[-1] == called(1, 520, "import", 2)


@settings(max_examples=150, deadline=None)
@given(st.lists(MADE, max_size=80))
def test_any_sequence_of_copies_keeps_what_is_promised(made: list[tuple[int, int, str]]) -> None:
    names = list(dict.fromkeys(called(*one) for one in sorted(made)))
    there = after(names)
    assert after(there) == there and spare(known(there), "") == []
    if not names:
        return
    assert there[-1] == names[-1]  # the last one verified

    def newest(period: int) -> list[str]:
        return [max(name for name in names if name.startswith(start)) for start in
                sorted({name[:period] for name in names}, reverse=True)]  # fmt: skip

    kept = {name[:8] for name in there}
    assert {name[:8] for name in newest(8)[:7]} <= kept
    assert {name[:8] for name in newest(6)[:12]} <= kept
    weeks: dict[tuple[int, int], str] = {}
    for name in names:
        weeks[date.fromisoformat(f"{name[:4]}-{name[4:6]}-{name[6:8]}").isocalendar()[:2]] = name[:8]
    assert {weeks[week] for week in sorted(weeks)[-4:]} <= kept
    assert len(there) <= 7 * len(WHYS) + 4 + 12


@settings(max_examples=100, deadline=None)
@given(st.lists(MADE, max_size=40))
def test_a_clock_that_goes_anywhere_never_costs_the_copy_just_made(made: list[tuple[int, int, str]]) -> None:
    there: list[str] = []
    for one in made:
        name = called(*one)
        there = [
            old for old in [*there, name] if old not in {gone.name for gone in spare(known(there), name)}
        ]
        assert name in there
        gone = {one.name for one in spare(known(there), name)}
        assert name not in gone


@pytest.mark.parametrize("wrong", [3, 20, 366, 20_000])
def test_copies_of_a_clock_that_ran_ahead_take_the_place_of_no_other(wrong: int) -> None:
    right = [called(day) for day in range(400)]
    early = [called(day + wrong) for day in range(340, 360)]  # for twenty days the clock ran ahead
    there = after([*right[:360], *early, *right[360:]])
    kept = {name for name in there if name <= right[-1]}
    assert kept >= set(after(right)[-7:])
    assert len(after(right)) <= len(there) <= len(after(right)) + 7 + 4 + 12


HANDS = ("book-20261122-0731.db", "20261122-0731-mine.db", "20261322-0731-daily.db", "20261122-0731-daily.db.part",
         "x.db", "20261122-731-daily.db", "20261122-0731-v.db", "20261122-0731-daily-x.db", "２0261122-0731-daily.db",
         "20261122-0731-daily", "20261122-0731-vx.db", "20261122-0731.db",
         ".20261122-0731-daily.db.7.part",)  # fmt: skip


@pytest.mark.parametrize("name", HANDS)
def test_what_salesflow_did_not_make_by_itself_is_none_of_its(name: str) -> None:
    assert parse(name) is None
    assert not keeping.made_on([name], "2026-11-22")


@pytest.mark.parametrize("why", WHYS)
@pytest.mark.parametrize("number", [1, 2, 12])
def test_names_are_read_as_they_are_written(why: str, number: int) -> None:
    name = copy_name("2026-11-22T07:31", why, number)
    assert parse(name) == Kept(name, "20261122-0731", why, number)
    assert keeping.made_on([name], "2026-11-22") and not keeping.made_on([name], "2026-11-23")
