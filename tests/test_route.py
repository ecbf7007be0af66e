"""In which order to visit: against every order there is, and against the exact one where there are too many (E6)."""

from __future__ import annotations

from itertools import permutations
from math import asin, cos, dist, radians, sin, sqrt
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesflow import route
from salesflow.errors import Usage
from salesflow.route import Cost, Visit, Way, best_order, cost, improved, timetable
from salesflow.route_places import (
    OTHER_AREA,
    OTHER_CITY,
    SAME_AREA,
    SAME_STREET,
    Spot,
    is_measured,
    metres,
    read_point,
    street_of,
)
from salesflow.route_settings import checked, clock
from salesflow.route_trip import Trip, Wanted

NINE, SIX = 9 * 3600, 18 * 3600
VISIT = 45 * 60


def a_way(count: int, seed: int, hours: int = 0, start: bool = True) -> Way:
    """``count`` stops anywhere in twenty kilometres, the first ``hours`` of them at an hour of their own."""
    choose = Random(seed)
    points = [(choose.uniform(0, 20_000), choose.uniform(0, 20_000)) for _ in range(count + 1)]
    between = [[round(dist(one, other)) for other in points[1:]] for one in points[1:]]
    first = [round(dist(points[0], one)) if start else 0 for one in points[1:]]
    at = [choose.randrange(NINE, SIX - 3600, 1800) for _ in range(hours)]
    visits = [*(Visit(VISIT, one, one) for one in at), *[Visit(VISIT)] * (count - hours)]
    return Way(between, first, visits, NINE, SIX, 25)


def slowest(way: Way) -> Cost:
    """What the best order costs, by trying all."""
    return min(cost(way, order) for order in permutations(range(len(way.visits))))


@given(st.integers(0, 6), st.integers(0, 10_000), st.integers(0, 3), st.booleans())
@settings(max_examples=120, deadline=None)
def test_up_to_six_stops_no_order_is_better(count: int, seed: int, hours: int, start: bool) -> None:
    way = a_way(count, seed, min(hours, count), start)
    order = best_order(way)
    assert sorted(order) == list(range(count))
    assert cost(way, order) == slowest(way)


@pytest.mark.parametrize("hours", [0, 1, 3])
@pytest.mark.parametrize("seed", range(2))
def test_at_eight_stops_no_order_is_better(seed: int, hours: int) -> None:
    way = a_way(8, seed, hours)
    assert cost(way, best_order(way)) == slowest(way)


def by_sets(way: Way) -> int:
    """The shortest way through all stops, by the sets of stops alone (Held and Karp), without any hours."""
    count = len(way.visits)
    best = {(1 << stop, stop): way.first[stop] for stop in range(count)}
    for visited in range(1, 1 << count):
        for last in range(count):
            if (visited, last) in best:
                for stop in range(count):
                    if not visited >> stop & 1:
                        key = (visited | 1 << stop, stop)
                        best[key] = min(best.get(key, 1 << 60), best[visited, last] + way.metres[last][stop])
    return min(best[(1 << count) - 1, last] for last in range(count))


@pytest.mark.parametrize("count", [9, 10])
@pytest.mark.parametrize("seed", range(5))
def test_ten_stops_take_the_shortest_way(count: int, seed: int) -> None:
    way = a_way(count, seed)._replace(ends=None)
    assert cost(way, best_order(way)).metres == by_sets(way)


@pytest.mark.parametrize("seed", range(6))
def test_above_the_exact_number_the_way_is_nearly_as_short(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    way = a_way(11, seed)._replace(ends=None)
    shortest = by_sets(way)
    monkeypatch.setattr(route, "EXACT", 5)
    order = best_order(way)
    assert sorted(order) == list(range(11))
    assert cost(way, order).metres <= 1.05 * shortest


def test_improving_never_makes_it_worse() -> None:
    for seed in range(5):
        way = a_way(15, seed, 2)
        order = list(range(15))
        assert cost(way, improved(way, order)) <= cost(way, order)
        assert sorted(best_order(way)) == order


def test_many_stops_are_quick_enough() -> None:
    assert len(best_order(a_way(30, 1, 3))) == 30


# --- hours


def line(*places: int, visits: list[Visit] | None = None, start: int = 0, kmh: int = 36) -> Way:
    """Stops on one road at so many metres; at 36 km/h a metre takes a tenth of a second."""
    between = [[abs(one - other) for other in places] for one in places]
    first = [abs(start - one) for one in places]
    return Way(between, first, visits or [Visit(600)] * len(places), 0, None, kmh)


def test_the_timetable_counts_ways_waits_and_visits() -> None:
    # 1000 m take 100 s, the visit 600 s; the second stop begins at 2000 though one is there at 700 + 200 = 900
    way = line(1000, 3000, visits=[Visit(600), Visit(600, 2000, 2000)])
    first, second = timetable(way, [0, 1])
    assert first == (0, 1000, 100, 100, 700, 0)
    assert second == (1, 2000, 900, 2000, 2600, 0)
    assert cost(way, [0, 1]) == (0, 0, 3000, 2600)


def test_who_would_wait_at_the_first_stop_sets_out_later() -> None:
    (leg,) = timetable(line(1000, visits=[Visit(600, 5000, 5000)]), [0])
    assert (leg.arrives, leg.begins) == (5000, 5000)


def test_an_appointment_is_kept_though_the_way_is_longer() -> None:
    # on the way out one would pass 1000 first and be at 3000 at 100 + 600 + 200 = 900: too late for 500
    way = line(1000, 3000, visits=[Visit(600), Visit(600, 500, 500)])
    assert best_order(way) == [1, 0]
    assert cost(way, [0, 1]).late == 400
    # where it is at 900 there is time
    way = line(1000, 3000, visits=[Visit(600), Visit(600, 900, 900)])
    assert best_order(way) == [0, 1]


def test_two_appointments_at_once_make_one_late_and_lose_nobody() -> None:
    way = line(0, 10_000, visits=[Visit(600, 900, 900), Visit(600, 900, 900)])
    assert sorted(best_order(way)) == [0, 1]
    # 900 + 600 + 1000 s of driving: 1600 s late
    assert cost(way, best_order(way)).late == 1600


def test_the_day_s_end_comes_before_the_shortest_way() -> None:
    # waiting for 4000 and then the rest: shorter, but out until 5400; the end is 4700
    visits = [Visit(600, 4000, 4000), Visit(600)]
    way = line(1000, 3000, visits=visits)._replace(ends=4700)
    order = best_order(way)
    assert order == [1, 0]
    assert cost(way, order).over == 0
    assert cost(way, [0, 1]).over == 4000 + 600 + 200 + 600 - 4700


# --- places


def test_a_way_is_the_distance_through_the_air_and_a_factor_for_streets() -> None:
    # a tenth of a degree of latitude: 6371.009 km * pi / 1800 = 11.1195 km; times 1.4
    first, second = Spot(30.6, 104.0, sure=True), Spot(30.7, 104.0, sure=True)
    assert metres(first, second) == round(11_119.508 * 1.4)
    assert metres(first, first) == 0
    assert is_measured(first, second)


@given(
    st.tuples(st.floats(18, 54), st.floats(73, 135)),
    st.tuples(st.floats(18, 54), st.floats(73, 135)),
)
def test_the_distance_is_the_haversine_s_and_the_same_both_ways(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    first, second = Spot(*one, sure=True), Spot(*other, sure=True)
    north, east = radians(other[0] - one[0]) / 2, radians(other[1] - one[1]) / 2
    share = sin(north) ** 2 + cos(radians(one[0])) * cos(radians(other[0])) * sin(east) ** 2
    assert abs(metres(first, second) - 1.4 * 2 * 6_371_009 * asin(sqrt(min(share, 1)))) <= 1
    assert metres(first, second) == metres(second, first)


def test_without_coordinates_the_area_and_the_street_say_how_far() -> None:
    here = Spot(area="武侯区", city="成都", street="武侯大道", number=10)
    assert metres(here, here._replace(number=0)) > SAME_STREET
    assert metres(here, here._replace(number=30)) == SAME_STREET + 200  # ten metres a number
    assert metres(here, here._replace(street="机场路")) == SAME_AREA
    assert metres(here, here._replace(area="高新区")) == OTHER_AREA
    assert metres(here, here._replace(city="成都市")) == SAME_STREET
    assert metres(here, here._replace(city="绵阳市")) == OTHER_CITY
    assert metres(here, Spot()) == OTHER_AREA
    assert metres(here, here) < metres(here, here._replace(number=80)) < SAME_AREA < OTHER_AREA


def test_the_middle_of_an_area_says_nothing_of_the_way_within_it() -> None:
    middle = Spot(30.6, 104.0, "武侯区")
    assert metres(middle, middle._replace(street="机场路")) == SAME_AREA
    assert not is_measured(middle, Spot(30.6, 104.0, "武侯区", sure=True))


@pytest.mark.parametrize(
    ("address", "street"),
    [
        ("武侯大道1号", ("武侯大道", 1)),
        ("成都市武侯区武侯大道双楠段12号", ("武侯大道", 0)),
        ("四川省成都市武侯区机场路１２号附3号", ("机场路", 12)),
        ("高新区天府大道北段1700号", ("天府大道北段", 1700)),
        ("二楼", ("", 0)),
        ("", ("", 0)),
        (None, ("", 0)),
    ],
)
def test_a_street_and_its_number(address: str | None, street: tuple[str, int]) -> None:
    assert street_of(address) == street


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("30.65,104.06", (30.65, 104.06)),
        (" 30.65， 104.06 ", (30.65, 104.06)),
        ("104.06,30.65", (30.65, 104.06)),  # as maps of China write it
        ("武侯区", None),
        ("1,2,3", None),
        ("12", None),
    ],
)
def test_coordinates_as_people_copy_them(text: str, point: tuple[float, float] | None) -> None:
    assert read_point(text) == point


@pytest.mark.parametrize("text", ["200,300", "0,0", "nan,5", "95,200"])
def test_two_numbers_that_are_no_place(text: str) -> None:
    with pytest.raises(Usage):
        read_point(text)


# --- a day that grows


def a_stop(key: int, lat: float, latest: int | None = None, takes: int = VISIT) -> Wanted:
    """A stop north of 30 degrees, at an hour where one is given."""
    return Wanted(key, Spot(lat, 104.0, sure=True), Visit(takes, latest or 0, latest))


def test_a_trip_takes_what_fits_and_keeps_the_order_short() -> None:
    # two hours from nine, three quarters each, a few minutes between: two fit, three do not
    trip = Trip(Spot(30.60, 104.0, sure=True), NINE, NINE + 2 * 3600, 25)
    assert [trip.take(a_stop(key, lat)) for key, lat in ((1, 30.62), (2, 30.61), (3, 30.63))] == [
        True,
        True,
        False,
    ]
    assert [one.key for one in trip.stops] == [2, 1]


def test_what_must_be_is_put_in_though_it_is_late() -> None:
    trip = Trip(None, NINE, SIX, 25)
    trip.put(a_stop(1, 30.6, 10 * 3600))
    trip.put(a_stop(2, 31.6, 10 * 3600))  # 155 km away
    assert len(trip.stops) == 2
    assert sum(leg.late for leg in trip.legs()) > 0
    # what is late already is no reason to make it later
    before = sum(leg.late for leg in trip.legs())
    trip.take(a_stop(3, 30.6))
    assert sum(leg.late for leg in trip.legs()) == before


def test_an_early_appointment_begins_the_day_earlier() -> None:
    trip = Trip(Spot(30.60, 104.0, sure=True), NINE, SIX, 25)
    trip.put(a_stop(1, 30.60, 8 * 3600))
    assert trip.begins == 8 * 3600
    assert trip.legs()[0].late == 0


@given(st.lists(st.tuples(st.floats(30.5, 30.8), st.sampled_from([None, 10, 11, 14, 16])), max_size=7))
@settings(max_examples=60, deadline=None)
def test_a_trip_never_breaks_an_appointment_that_it_took(found: list[tuple[float, int | None]]) -> None:
    trip = Trip(Spot(30.65, 104.0, sure=True), NINE, SIX, 25)
    taken = 0
    for key, (lat, hour) in enumerate(found):
        taken += trip.take(a_stop(key, lat, hour * 3600 if hour else None))
    legs = trip.legs()
    assert len(legs) == taken
    assert all(leg.late == 0 for leg in legs)
    assert not legs or legs[-1].leaves <= SIX


# --- what is set


def test_hours_and_numbers_of_a_day() -> None:
    assert clock("下午5点半", "--until") == "17:30"
    assert clock("5pm", "--until") == "17:00"
    assert checked("speed", "３０") == "30"
    assert checked("home", "104.06,30.65") == "30.650000,104.060000"
    assert checked("home", "武侯区") == "武侯区"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("speed", "0"),
        ("speed", "fast"),
        ("visits", "31"),
        ("visit_minutes", "4"),
        ("day_start", "明天"),
        ("home", "99,999"),
    ],
)
def test_what_a_day_cannot_be_set_to(key: str, value: str) -> None:
    with pytest.raises(Usage):
        checked(key, value)
