"""After the deal, worked out by hand: care visits and their windows, rhythms, stock, service plans."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesflow.aftersale import (
    ASKED,
    CYCLE,
    DONE,
    DUE,
    LATE,
    MISSED,
    RHYTHM,
    STOPPED,
    UPCOMING,
    Purchase,
    asked_on,
    done_on,
    rhythm,
    service_due,
    supplies,
    supply_state,
    visit_state,
    visits,
)
from salesflow.dates import WorkCalendar
from salesflow.processes import Care

CARE = tuple(Care(code, {"zh": code, "en": code}, day) for code, day in (("a", 3), ("b", 30), ("c", 90)))
WEEK = WorkCalendar({}, frozenset(range(5)))  # Monday to Friday, no holidays
NATIONAL = WorkCalendar({})


def same(day: date) -> date:
    """Every day is worked."""
    return day


def day(text: str) -> date:
    """A day of 2026: MM-DD."""
    return date.fromisoformat(f"2026-{text}")


def test_care_visits_across_the_end_of_a_month() -> None:
    """Delivered on January 30: 3 days on is February 2, 30 days on March 1 (28 days in February 2026), 90 April 30.

    Middles: between day 0 and 3 day 1.5, so the window opens on day 2 (February 1); between 3 and 30 day 16.5,
    day 17 (February 16); between 30 and 90 day 60 (March 31). The last has the 30 days behind it that it has
    before it: day 120 (May 30).
    """
    found = visits(CARE, day("01-30"), same)
    assert [(one.due, one.opens, one.closes) for one in found] == [
        (day("02-02"), day("02-01"), day("02-15")),
        (day("03-01"), day("02-16"), day("03-30")),
        (day("04-30"), day("03-31"), day("05-30")),
    ]


def test_a_care_visit_falls_on_a_day_that_is_worked() -> None:
    """Delivered on Wednesday 2026-11-18: day 3 is Saturday 21, so Monday 23; day 30 is Friday December 18; day 90
    Tuesday February 16, in the Spring Festival of 2027, which no calendar knows yet: Monday to Friday."""
    found = visits(CARE, day("11-18"), NATIONAL.next_workday)
    assert [one.due for one in found] == [day("11-23"), day("12-18"), date(2027, 2, 16)]
    # 5 days between 18 and 23: the middle is 2.5, so day 3; 25 days to December 18: 12.5, so day 13 after the 23rd
    assert [one.opens for one in found][:2] == [day("11-21"), day("12-06")]


def test_two_visits_that_a_holiday_pushes_together_stay_two_days_apart() -> None:
    """Delivered on 2026-09-28: days 3 and 7 are October 1 and 5, both in the National Day holiday (to October 7):
    the first becomes Thursday October 8, the second the working day after it, Friday 9."""
    two = (CARE[0], CARE[0]._replace(code="d", day=7))
    found = visits(two, day("09-28"), NATIONAL.next_workday)
    assert [one.due for one in found] == [day("10-08"), day("10-09")]
    # from September 28 to October 8 are 10 days: the window opens in the middle, October 3, and ends on the 8th
    assert [(one.opens, one.closes) for one in found] == [
        (day("10-03"), day("10-08")),
        (day("10-09"), day("10-09")),
    ]


@pytest.mark.parametrize(
    ("answered", "expected"),
    [
        ([], [None, None, None]),
        (["03-01"], [None, None, None]),  # the delivery itself
        (["03-02"], [None, None, None]),  # nearer to the delivery than to day 3
        (["03-03"], ["03-03", None, None]),  # nearer to day 3 (two days after)
        (["03-17"], ["03-17", None, None]),  # day 16: 13 from day 3, 14 from day 30
        (["03-18"], [None, "03-18", None]),  # day 17: 14 from day 3, 13 from day 30
        (["04-30"], [None, None, "04-30"]),  # day 60, the very middle: the later one
        (["06-29"], [None, None, "06-29"]),  # day 120, the last of all
        (["06-30"], [None, None, None]),
        (["03-04", "03-05", "04-10"], ["03-04", "04-10", None]),  # the first of its window
    ],
)
def test_a_follow_up_does_for_the_nearest_visit(answered: list[str], expected: list[str | None]) -> None:
    """Delivered on March 1: day N is March 1 + N; the visits are due on March 4, March 31 and May 30."""
    found = visits(CARE, day("03-01"), same)
    assert [one.due for one in found] == [day("03-04"), day("03-31"), day("05-30")]
    done = [done_on(one, [day(text) for text in answered], day("12-31")) for one in found]
    assert done == [text and day(text) for text in expected]


def test_a_follow_up_to_come_has_not_happened() -> None:
    visit = visits(CARE, day("03-01"), same)[0]
    assert done_on(visit, [day("03-05")], day("03-04")) is None


def test_the_states_of_a_visit() -> None:
    """Due on March 4, its window ends on March 17."""
    visit = visits(CARE, day("03-01"), same)[0]
    states = {
        text: visit_state(visit, None, day(text)) for text in ("03-03", "03-04", "03-05", "03-17", "03-18")
    }
    assert list(states.values()) == [UPCOMING, DUE, LATE, LATE, MISSED]
    assert visit_state(visit, day("03-03"), day("03-18")) == DONE


@given(
    st.lists(st.integers(1, 400), min_size=1, max_size=6, unique=True).map(sorted),
    st.dates(date(2020, 1, 1), date(2026, 12, 31)),
)
def test_windows_never_overlap_and_hold_their_own_day(days: list[int], start: date) -> None:
    care = tuple(Care(str(one), {}, one) for one in days)
    found = visits(care, start, WEEK.next_workday)
    before = start
    for one in found:
        assert before < one.opens <= one.due <= one.closes
        assert WEEK.is_workday(one.due)
        before = one.closes
    assert len(found) == len(days)


def bought(*days: str, products: tuple[str, ...] = ()) -> list[Purchase]:
    """An order on each of these days of 2026."""
    return [Purchase(number, f"u{number}", day(text), products) for number, text in enumerate(days, 1)]


def test_a_rhythm_is_the_median_of_the_gaps() -> None:
    """Two days of purchase know none. Gaps of 30 and 40: 35. Gaps of 31, 28 and 31: 31.

    Gaps of 30 and 41: 35.5, half a day is dropped.
    """
    assert rhythm([day("01-01"), day("01-31")]) is None
    assert rhythm([day("01-01"), day("01-31"), day("03-12")]) == 35
    assert rhythm([day("01-01"), day("02-01"), day("03-01"), day("04-01")]) == 31
    assert rhythm([day("01-01"), day("01-31"), day("03-13")]) == 35


def test_a_product_lasts_its_cycle_until_there_is_a_rhythm() -> None:
    """Bought on March 1 with a cycle of 60: it ends on April 30, and the reminder comes on April 23.

    A third purchase: January 1, January 31, March 1 are gaps of 30 and 29 (29.5, so 29): it ends on March 30,
    is called to mind on March 23, and after another 29 days, April 28, nobody reminds any more.
    """
    (once,) = supplies(bought("03-01", products=("film",)), {"film": 60}, 7, same)
    assert (once.basis, once.cycle, once.bought) == (CYCLE, 60, 1)
    assert (once.ends, once.remind, once.stops) == (day("04-30"), day("04-23"), day("06-29"))
    (own,) = supplies(bought("03-01", "01-01", "01-31", products=("film",)), {"film": 60}, 7, same)
    assert (own.basis, own.cycle, own.bought, own.last.order_id) == (RHYTHM, 29, 3, 1)
    assert (own.ends, own.remind, own.stops) == (day("03-30"), day("03-23"), day("04-28"))


def test_orders_of_one_day_are_one_purchase_and_two_of_one_week_are_two() -> None:
    """January 5 twice, February 2, February 5, March 5: gaps 28, 3 and 28; the median is 28."""
    (one,) = supplies(bought("01-05", "01-05", "02-02", "02-05", "03-05"), {}, 7, same)
    assert (one.product, one.bought, one.cycle) == ("", 4, 28)
    assert supplies(bought("01-05", "01-05", "01-05"), {}, 7, same) == ()


def test_an_order_without_a_product_is_one_of_each_that_was_bought() -> None:
    """Film on January 1, something on January 31 and March 2: gaps of 30 and 30, from March 2 to April 1."""
    orders = [
        *bought("01-01", products=("film",)),
        *(one._replace(order_id=9) for one in bought("01-31", "03-02")),
    ]
    (one,) = supplies(orders, {"film": 365}, 7, same)
    assert (one.product, one.cycle, one.ends) == ("film", 30, day("04-01"))


def test_each_product_runs_out_by_itself() -> None:
    """One order of both on January 10: the film's 30 days end on February 9, the tools' 90 on April 10.

    What has no cycle is no reminder.
    """
    found = supplies(bought("01-10", products=("film", "tools", "gift")), {"tools": 90, "film": 30}, 7, same)
    assert [(one.product, one.ends) for one in found] == [("film", day("02-09")), ("tools", day("04-10"))]


def test_the_reminder_comes_on_a_day_that_is_worked_and_after_the_purchase() -> None:
    """Bought on Friday March 6 for 30 days: ends on Sunday April 5; 7 days before is Sunday March 29, so Friday 27.

    A cycle of 5 days leaves no 7 to remind in: the day after the purchase it is.
    """
    before = WEEK.last_workday
    (one,) = supplies(bought("03-06", products=("film",)), {"film": 30}, 7, before)
    assert (one.ends, one.remind) == (day("04-05"), day("03-27"))
    (short,) = supplies(bought("03-06", products=("film",)), {"film": 5}, 7, before)
    assert (short.ends, short.remind) == (day("03-11"), day("03-07"))


def test_the_states_of_a_stock() -> None:
    """Bought on March 1 for 60 days: from April 23 on it is due, it ends on April 30, given up after June 29."""
    (one,) = supplies(bought("03-01", products=("film",)), {"film": 60}, 7, same)
    days = ("04-22", "04-23", "04-30", "05-01", "06-29", "06-30")
    assert [supply_state(one, None, day(text)) for text in days] == [UPCOMING, DUE, DUE, LATE, LATE, STOPPED]
    answered = [day("04-20"), day("04-25")]
    assert asked_on(one, answered, day("04-24")) is None
    assert asked_on(one, answered, day("04-26")) == day("04-25")
    assert asked_on(one, [day("04-20")], day("06-01")) is None
    assert [supply_state(one, day("04-25"), day(text)) for text in ("04-26", "05-20", "06-30")] == [
        ASKED,
        ASKED,
        STOPPED,
    ]


def test_a_service_is_due_so_many_days_after_the_last_contact() -> None:
    """Every 14 days: last met on March 3, so March 17; with nobody met since the order of March 10, March 24.

    From Saturday March 21 (14 days after March 7) the working week makes Monday 23.
    """
    assert service_due(14, day("01-05"), day("03-03"), same) == day("03-17")
    assert service_due(14, day("03-10"), day("03-03"), same) == day("03-24")
    assert service_due(14, day("03-10"), None, same) == day("03-24")
    assert service_due(14, day("01-05"), day("03-07"), WEEK.next_workday) == day("03-23")


def test_a_day_too_far_is_the_last_there_is() -> None:
    (one,) = visits(CARE[:1], date.max - timedelta(days=1), same)
    assert one.due == date.max
