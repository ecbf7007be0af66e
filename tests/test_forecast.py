"""The forecast's arithmetic on small numbers, each worked out by hand in the comment (K5, L8)."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesflow import forecast, forecast_check, forecast_sums
from salesflow.forecast import CHANCE_WEEKS, FAR, WEEKS, History, Places, Seen, Stay, Way
from salesflow.forecast_sums import Pace, Prospect

PLACES = Places([(4, 11), (4, 11)], 3)
NO_PACE = Pace(182, 0, (), (), 0, ())
TODAY = 1000
NEVER = (0.0,) * WEEKS


def way(
    entered: int,
    end: int = FAR,
    won: int = FAR,
    visits: Sequence[int] = (),
    grades: Sequence[tuple[int, int]] = (),
    place: int = 0,
) -> Way:
    """A lead that stood in one stage, and what came of it."""
    return Way(1, [Stay(place, entered, entered, end)], won, FAR, visits, grades)


def history(ways: Sequence[Way], today: int = TODAY) -> History:
    """The cells of these ways as known on a day."""
    return History(forecast.cases(ways, today, PLACES), PLACES)


def risk(cases: int, wins: Sequence[int]) -> list[float]:
    """How many of the cases are at risk in each week, where all the weeks are over."""
    return [float(cases - sum(wins[:week])) for week in range(WEEKS)]


# Shrinking


def test_a_share_is_shrunk_as_so_many_imagined_cases_would() -> None:
    # 7 of 19 closed, all in the first week; ten imagined cases of which 20 % close in the first week:
    # (7 + 10 * 0.2) / (19 + 10) = 9 / 29
    wins = [7] + [0] * 13
    around = (0.2,) + (0.0,) * 13
    weekly = forecast.shrunk(risk(19, wins), wins, around, 10)
    assert forecast.cumulative(weekly)[WEEKS] == pytest.approx(9 / 29)
    # the same 7 in other weeks, the imagined ones in the third: by the end it is as many of as many
    wins = [4, 0, 0, 3] + [0] * 10
    around = (0.0, 0.0, 0.2) + (0.0,) * 11
    assert forecast.cumulative(forecast.shrunk(risk(19, wins), wins, around, 10))[WEEKS] == pytest.approx(
        9 / 29
    )


def test_who_is_still_open_is_no_loss() -> None:
    # ten cases: two won in the first week; of five no more than that week is over; of the other three one
    # won in the second. 2/10, then 1/3 of the eight tenths left: 1 - 0.8 * 2/3 = 0.4667 and not 3/10
    cell = forecast.Cell()
    cell.add(0, 14, 2)
    cell.add(14, 1, 5)
    cell.add(1, 14, 1)
    cell.add(14, 14, 2)
    assert (cell.risk[:3], cell.wins[:3]) == ([10, 3, 2], [2, 1, 0])
    assert forecast.cumulative(forecast.shrunk(cell.risk, cell.wins, NEVER, 0))[2] == pytest.approx(
        1 - 0.8 * 2 / 3
    )
    # whole cases (91 days over): the two, the one, the two that stayed away; three of them closed
    assert (cell.cases, cell.won) == (5, 3)


def test_no_cases_leave_what_is_around() -> None:
    assert forecast.shrunk([0] * WEEKS, [0] * WEEKS, (0.1,) * WEEKS, 20) == pytest.approx((0.1,) * WEEKS)


def test_how_much_the_cell_around_weighs() -> None:
    # three cells of 10, the rate around 0.5: 5 of 10 each is no spread at all, so it weighs most
    assert forecast.strength([(10, 5, 0.5)] * 3) == 100
    # 0, 5 and 10 of 10: chi square = 25/2.5 + 0 + 25/2.5 = 20, 17 more than three cells make by chance;
    # 27 free cases / 17 - 1 = 0.59, and never less than 4
    assert forecast.strength([(10, 0, 0.5), (10, 5, 0.5), (10, 10, 0.5)]) == 4
    # 3, 5 and 8 of 10: 4/2.5 + 0 + 9/2.5 = 5.2, 2.2 beyond; 27 / 2.2 - 1 = 11.27
    assert forecast.strength([(10, 3, 0.5), (10, 5, 0.5), (10, 8, 0.5)]) == pytest.approx(11.2727, abs=1e-3)
    assert forecast.strength([(10, 3, 0.5)] * 2) == 20  # too few to tell


def test_the_percentage_of_the_process_over_time() -> None:
    # half of them close; four in five of these within 28 days: 0.5 * (1 - 0.2) = 0.4 after four weeks
    curve = forecast.cumulative(forecast.default(0.5, 28))
    assert curve[4] == pytest.approx(0.4)
    assert curve[8] == pytest.approx(0.5 * (1 - 0.04))
    # a goal 28 days ahead: none before the 14th day, all by the 56th, evenly between: day 35 is half of it
    curve = forecast.cumulative(forecast.default(0.5, 28, 28))
    assert (curve[2], curve[5], curve[8], curve[14]) == pytest.approx((0, 0.25, 0.5, 0.5))


def test_between_two_weeks() -> None:
    curve = [0.0, 0.1, 0.3] + [0.3] * 12
    assert forecast.by_day(curve, 0) == 0
    assert forecast.by_day(curve, 7) == pytest.approx(0.1)
    assert forecast.by_day(curve, 10.5) == pytest.approx(0.2)
    assert forecast.by_day(curve, 999) == pytest.approx(0.3)


# Cases


def test_a_lead_is_looked_at_when_it_has_stood_so_long() -> None:
    # entered on day 500, won on day 535: looked at on days 500, 507, 514, 521 and 530 (0, 7, 14, 21, 30 days);
    # the deal came 35, 28, 21, 14 and 5 days later: in the weeks 5, 4, 3, 2 and 1
    found = history([way(500, 535, 535)])
    for time, week in enumerate((4, 3, 2, 1, 0)):
        cell = found.cell((4, 0, 0, time))
        assert (cell.cases, cell.won, cell.wins.index(1)) == (1, 1, week)
    assert found.cell((4, 0, 0, 5)).cases == 0
    assert found.leads_of(0) == 1  # five cases, one lead


def test_grade_and_visits_are_those_of_the_day() -> None:
    # graded 2 on day 507; visited on days 503 and 520: on day 500 none of it, on 507 the grade and a visit
    found = history([way(500, 510, visits=[503, 520], grades=[(507, 2)])])
    assert {key for key in found.cells if key[0] == 5} == {(5, 0, 0, 0, 0), (5, 0, 2, 1, 1)}


@pytest.mark.parametrize(("count", "bucket"), [(0, 0), (1, 1), (3, 1), (4, 2), (11, 2), (12, 3)])
def test_buckets_of_visits(count: int, bucket: int) -> None:
    assert forecast.visits_bucket(count, 4, 11) == bucket


def test_what_explains_a_chance() -> None:
    # 19 leads stood there for more than 30 days, 7 of them closed on the 40th; ten more left on the 20th
    ways = [way(500, 540, 540) for _ in range(7)] + [way(500, 560) for _ in range(12)]
    ways += [way(500, 520) for _ in range(10)]
    found = history(ways)
    assert found.told(Seen(0, 0, 4, 0)) == (Seen(0, 0, 4, 0), 19, 7)
    # another grade has no case of its own: the stage and the time explain
    assert found.told(Seen(0, 1, 4, 0)) == (Seen(0, -1, 4, -1), 19, 7)
    # nobody stood there for half a year: those who came to the stage
    assert found.told(Seen(0, 0, 9, 0)) == (Seen(0, -1, 0, -1), 29, 7)
    assert found.told(Seen(1, 0, 0, 0)) is None


def test_the_chance_of_one_cell_worked_out() -> None:
    # ten leads entered the stage on day 500, four won the same week, the others left on day 506: one cell at
    # every level. The process says 0.2 in the first week and no more. Stage: (4 + 10 * 0.2) / (10 + 10) = 0.3;
    # each of the four finer cells has too few neighbours to tell and weighs the one around as 20:
    # (4 + 20 p) / 30 = 0.1333 + p * 2/3, four times: 0.3333, 0.3556, 0.3704, 0.3802
    ways = [way(500, 505, 505) for _ in range(4)] + [way(500, 506) for _ in range(6)]
    curve = history(ways).curve(Seen(0, 0, 0, 0), (0.2,) + (0.0,) * 13)
    assert curve[CHANCE_WEEKS] == pytest.approx(0.380247, abs=1e-6)


# Properties

WAYS = st.lists(
    st.builds(
        lambda entered, stay, won, visit, grade: way(
            entered,
            entered + stay,
            entered + stay if won else FAR,
            sorted(entered + one for one in visit),
            [(entered + grade[0], grade[1])] if grade else (),
        ),
        st.integers(0, TODAY - 1),
        st.integers(1, 400),
        st.booleans(),
        st.lists(st.integers(0, 400), max_size=5),
        st.none() | st.tuples(st.integers(0, 100), st.integers(1, 2)),
    ),
    max_size=40,
)
KNOWN = st.builds(Seen, st.just(0), st.integers(0, 2), st.integers(0, 11), st.integers(0, 3))


@settings(max_examples=80, deadline=None)
@given(WAYS, KNOWN, st.floats(0, 1))
def test_a_chance_is_one_and_rises(ways: list[Way], known: Seen, chance: float) -> None:
    prior = forecast.default(chance, 30)
    curve = history(ways).curve(known, prior)
    assert curve[0] == 0 and all(0 <= one <= 1 for one in curve)
    assert all(earlier <= later + 1e-12 for earlier, later in zip(curve, curve[1:], strict=False))
    assert history(ways).curve(known, prior) == curve  # the same again


@settings(max_examples=80, deadline=None)
@given(WAYS, st.integers(0, TODAY))
def test_nothing_later_is_looked_at(ways: list[Way], day: int) -> None:
    def until(one: Way) -> Way:
        stays = [
            stay._replace(end=stay.end if stay.end <= day else FAR) for stay in one.stays if stay.start <= day
        ]
        visits = [visit for visit in one.visits if visit <= day]
        grades = [grade for grade in one.grades if grade[0] <= day]
        return one._replace(stays=stays, won=one.won if one.won <= day else FAR, visits=visits, grades=grades)

    known = [until(one) for one in ways]
    mine = History(forecast.cases(ways, day, PLACES), PLACES)
    theirs = History(forecast.cases(known, day, PLACES), PLACES)
    prior = forecast.default(0.3, 30)
    for time in range(12):
        assert mine.curve(Seen(0, 0, time, 0), prior) == theirs.curve(Seen(0, 0, time, 0), prior)


@given(st.integers(1, 50), st.integers(0, 49), st.floats(0, 1), st.floats(0, 100))
def test_one_more_that_closed_lowers_no_chance(cases: int, won: int, chance: float, weight: float) -> None:
    won = min(won, cases - 1)
    around = (chance, *NEVER[1:])

    def share(closed: int) -> float:
        wins = [closed] + [0] * 13
        return forecast.cumulative(forecast.shrunk(risk(cases, wins), wins, around, weight))[WEEKS]

    assert share(won + 1) >= share(won) - 1e-12
    assert min(won / cases, chance) - 1e-9 <= share(won) <= max(won / cases, chance) + 1e-9


# A book whose true chances are known


def simulated(draw: random.Random, leads: int, weekly: Sequence[tuple[float, float]]) -> list[Way]:
    """Leads of each grade that come in over 900 days and each week close, or go, with the grade's own chances."""
    made = []
    for _ in range(leads):
        grade = draw.randrange(len(weekly))
        closes, goes = weekly[grade]
        entered = draw.randrange(TODAY - 900, TODAY)
        day, turn = entered, 1.0
        while turn > closes + goes and day <= TODAY + 100:
            day, turn = day + 7, draw.random()
        won = FAR if turn > closes else day
        made.append(way(entered, day if turn <= closes + goes else FAR, won, grades=[(entered, grade + 1)]))
    return made


def test_chances_that_are_known_are_found() -> None:
    # each week 15 % close and 10 % go, or 2 % and 8 %: in 13 weeks q/(q+r) * (1 - (1-q-r)^13) close:
    # 0.6 * (1 - 0.75^13) = 0.5857 and 0.2 * (1 - 0.9^13) = 0.1492
    ways = simulated(random.Random(7), 2000, [(0.15, 0.10), (0.02, 0.08)])
    found = history(ways)
    prior = forecast.default(0.3, 30)
    for grade, true in ((1, 0.5857), (2, 0.1492)):
        for time in range(5):
            assert found.curve(Seen(0, grade, time, 0), prior)[CHANCE_WEEKS] == pytest.approx(true, abs=0.06)


def test_it_is_better_than_the_average_and_than_fixed_percentages() -> None:
    # month by month over a year and a half: what was known at its beginning, what came in its 28 days
    ways = simulated(random.Random(11), 1500, [(0.15, 0.10), (0.02, 0.08)])
    prior = forecast.default(0.5, 60)
    tried: list[forecast_check.Tried] = []
    for day in range(TODAY - 500, TODAY - 28, 28):
        found = history(ways, day)
        before = [one for one in tried if one] or [forecast_check.Tried(0, 0, 0.1, False)]
        average = sum(one.closed for one in before) / len(before)
        for one in ways:
            stay = one.stays[0]
            if stay.start <= day < stay.end:
                curve = found.curve(forecast.seen(one, stay, day, PLACES), prior)
                usual = forecast.by_day(forecast.cumulative(prior), 28)
                closed = day < one.won <= day + 28
                tried.append(forecast_check.Tried(forecast.by_day(curve, 28), usual, average, closed))
    scores = {
        name: forecast_check.brier([(getattr(one, name), one.closed) for one in tried]) or 1
        for name in ("chance", "process", "average")
    }
    assert scores["chance"] < scores["average"] and scores["chance"] < scores["process"]
    error = forecast_check.calibration(forecast_check.bins(tried))
    assert error is not None and error < 0.03


# Sums


def test_two_leads_and_their_range() -> None:
    # 0.5 and 0.5 within a week, 100 and 300 yuan: one deal and 200 yuan expected; none or both are
    # a quarter each, so eight in ten lie between none and both
    leads = [Prospect((0.0, 0.5), 10_000, 0), Prospect((0.0, 0.5), 30_000, 0)]
    (one,) = forecast_sums.outlooks(leads, [0.0], NO_PACE, [0, 7], [(0, 1)])
    assert one.deals == (1, 0, 2)
    assert one.sales == (20_000, 0, 40_000)
    assert forecast_sums.outlooks(leads, [0.0], NO_PACE, [0, 7], [(0, 1)]) == [one]


def test_who_is_sure_has_no_range() -> None:
    leads = [Prospect((0.0, 0.0, 1.0), 10_000, 0)] * 3
    first, second = forecast_sums.outlooks(leads, [0.0], NO_PACE, [0, 7, 14], [(0, 1), (1, 2)])
    assert (first.deals, first.sales) == ((0, 0, 0), (0, 0, 0))
    assert (second.deals, second.sales) == ((3, 3, 3), (30_000, 30_000, 30_000))


def test_leads_that_are_not_known_yet() -> None:
    # 13 deals in 182 days, each 14 days after the lead came in: one a fortnight, none within the first;
    # in 42 days (42 - 14) * 13 / 182 = 2, of 500 yuan each. 26 orders beyond: 26 / 182 * 42 = 6 of 100 yuan
    pace = Pace(182, 13, [14] * 13, [50_000], 26, [10_000])
    assert pace.new_by(14) == 0 and pace.new_by(42) == pytest.approx(2)
    (one,) = forecast_sums.outlooks([], [], pace, [0, 42], [(0, 1)])
    assert one.deals.mean == pytest.approx(2)
    assert one.sales.mean == pytest.approx(2 * 50_000 + 6 * 10_000)
    assert one.deals.low <= 2 <= one.deals.high and one.sales.low < one.sales.mean < one.sales.high


def test_very_many_leads_are_reckoned_like_few() -> None:
    # 300 leads of 10 % are drawn, 301 are taken as normal: 30 deals, sqrt(300 * 0.1 * 0.9) = 5.2 either way,
    # so 80 % lie between 30 - 6.7 and 30 + 6.7
    few = [Prospect((0.0, 0.1), 10_000, 0)] * 300
    (drawn,) = forecast_sums.outlooks(few, [0.0], NO_PACE, [0, 28], [(0, 1)])
    (normal,) = forecast_sums.outlooks([*few, few[0]], [0.0], NO_PACE, [0, 28], [(0, 1)])
    assert normal.deals.low == 23 and normal.deals.high == 37
    assert abs(drawn.deals.low - 23) <= 1 and abs(drawn.deals.high - 37) <= 1
    assert drawn.sales.low == pytest.approx(normal.sales.low, rel=0.05)
    # a chance that may itself be off by a third is less sure: 30 * 0.33 = 10 more
    (off,) = forecast_sums.outlooks([*few, few[0]], [0.33], NO_PACE, [0, 28], [(0, 1)])
    assert off.deals.low < 18 and off.deals.high > 42


def test_months_go_up_and_down() -> None:
    # 30, 10, 30, 10, 30: steps of 20, (400 * 4) / 2 / 4 = 200; the mean is 22, so chance alone makes 22:
    # (200 - 22) / 22^2 = 0.3678; with four usual steps of 0.02: (0.3678 * 4 + 0.02 * 4) / 8 = 0.1939, its root
    assert forecast_sums.swing([30, 10, 30, 10, 30]) == pytest.approx(0.1939**0.5, abs=1e-4)
    # steady: no more than chance; 0.02 * 4 / 8. Nothing known: a seventh
    assert forecast_sums.swing([20, 21, 20, 21, 20]) == pytest.approx(0.1)
    assert forecast_sums.swing([]) == pytest.approx(0.02**0.5)
    leads = [Prospect((0.0, 0.1), 10_000, 0)] * 301
    (calm,) = forecast_sums.outlooks(leads, [0.0], NO_PACE, [0, 28], [(0, 1)])
    (wild,) = forecast_sums.outlooks(leads, [0.0], NO_PACE._replace(swing=0.4), [0, 28], [(0, 1)])
    assert wild.deals.mean == calm.deals.mean and wild.deals.high > calm.deals.high + 5


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.none() | st.integers(0, 10**8)), max_size=15), st.floats(0, 1))
def test_what_is_expected_lies_in_its_range(leads: list[tuple[float, int | None]], doubt: float) -> None:
    some = [Prospect((0.0, chance), value, 0) for chance, value in leads]
    pace = Pace(182, 3, [10, 20, 30], [10_000, 30_000], 1, [5_000])
    (one,) = forecast_sums.outlooks(some, [doubt], pace, [0, 28], [(0, 1)])
    assert 0 <= one.deals.low <= one.deals.mean + 1e-9 and one.deals.mean <= one.deals.high + 1e-9
    assert 0 <= one.sales.low <= one.sales.mean <= one.sales.high
    assert one.deals.mean == pytest.approx(sum(chance for chance, _ in leads) + pace.new_by(28))


# How good it was


def test_scores_by_hand() -> None:
    # (0.8 - 1)^2 = 0.04, (0.3 - 0)^2 = 0.09, (0.3 - 1)^2 = 0.49: 0.62 / 3
    assert forecast_check.brier([(0.8, True), (0.3, False), (0.3, True)]) == pytest.approx(0.62 / 3)
    assert forecast_check.brier([]) is None and forecast_check.calibration([]) is None
    tried = [
        forecast_check.Tried(chance, 0, 0, closed)
        for chance, closed in ((0.02, False), (0.04, False), (0.25, True), (0.25, False), (1.0, True))
    ]
    found = forecast_check.bins(tried)
    assert [(one.low, one.high, one.cases, one.closed) for one in found] == [
        (0.0, 0.05, 2, 0.0), (0.2, 0.3, 2, 0.5), (0.5, 1.0, 1, 1.0),
    ]  # fmt: skip
    # |0 - 0.03| * 2 + |0.5 - 0.25| * 2 + 0 = 0.56 of five
    assert forecast_check.calibration(found) == pytest.approx(0.56 / 5)
