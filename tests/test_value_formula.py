"""The value formula (E2): each unknown worked out by hand, and every solution put back gives what was said."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesflow.value_formula import NAMES, Factors, solve

# 6 visits a day x 20 working days = 120 visits; one in 20 closes = 6 orders; of 50,000 yuan each = 300,000 yuan
WHOLE = Factors(Fraction(30_000_000), Fraction(6), Fraction(20), Fraction(1, 20), Fraction(5_000_000))


@pytest.mark.parametrize("name", NAMES)
def test_each_unknown_of_a_month_worked_out_by_hand(name: str) -> None:
    assert solve(WHOLE._replace(**{name: None})) == WHOLE


@pytest.mark.parametrize(
    ("known", "name", "value"),
    [
        # 300,000 / (22 x 5 % x 58,000) = 300,000 / 63,800 = 4.7022 visits a day
        ((30_000_000, None, 22, "1/20", 5_800_000), "visits", Fraction(3000, 638)),
        # 300,000 / (5 x 5 % x 58,000) = 300,000 / 14,500 = 20.69 days
        ((30_000_000, 5, None, "1/20", 5_800_000), "days", Fraction(3000, 145)),
        # 300,000 / (5 x 22 x 58,000) = 300,000 / 6,380,000 = 4.70 %
        ((30_000_000, 5, 22, None, 5_800_000), "rate", Fraction(300, 6380)),
        # 300,000 / (5 x 22 x 5 %) = 300,000 / 5.5 = 54,545.45 yuan
        ((30_000_000, 5, 22, "1/20", None), "order", Fraction(60_000_000, 11)),
        # 5 x 22 x 5 % x 58,000 = 319,000 yuan
        ((None, 5, 22, "1/20", 5_800_000), "sales", Fraction(31_900_000)),
        # nothing is left to sell
        ((0, None, 22, "1/20", 5_800_000), "visits", Fraction(0)),
    ],
)
def test_figures_that_do_not_come_out_even(
    known: tuple[int | str | None, ...], name: str, value: Fraction
) -> None:
    given_ = Factors(*[None if one is None else Fraction(one) for one in known])
    assert getattr(solve(given_), name) == value


POSITIVE = st.fractions(min_value=Fraction(1, 10**6), max_value=10**9)


@settings(max_examples=200, deadline=None)
@given(st.tuples(*[POSITIVE] * 4), st.sampled_from(NAMES))
def test_a_solution_put_back_gives_what_was_said(four: tuple[Fraction, ...], name: str) -> None:
    whole = solve(Factors(None, *four))
    assert solve(whole._replace(**{name: None})) == whole


@pytest.mark.parametrize("known", [WHOLE, WHOLE._replace(visits=None, days=None), Factors()])
def test_exactly_one_is_unknown(known: Factors) -> None:
    with pytest.raises(ValueError, match="one must be unknown"):
        solve(known)


@pytest.mark.parametrize("zero", ["days", "rate", "order"])
def test_nothing_is_divided_by_nothing(zero: str) -> None:
    with pytest.raises(ValueError, match="is 0"):
        solve(WHOLE._replace(visits=None, **{zero: Fraction(0)}))
