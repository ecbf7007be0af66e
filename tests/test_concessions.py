"""Steps down of a price (F16): the pure rules against hand-worked negotiations and a naive model."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from salesflow.concessions import MOST, Offer, climb, share


def warned(*offers: Offer, price: int | None = None, cost: int | None = None) -> list[tuple[str, ...]]:
    """The warnings of each offer."""
    return [one.warnings for one in climb(offers, price, cost)]


def test_four_steps_each_smaller_each_for_something() -> None:
    """F16, by hand: 400, then down 20, 12, 7, 3; each is smaller and for something, but the fourth is one too many."""
    prices = [(40000, None), (38000, "独家一年"), (36800, "首批50台"), (36100, "预付三成"), (35800, "主推")]
    found = climb([Offer(fen, back) for fen, back in prices])
    assert [one.number for one in found] == [0, 1, 2, 3, 4]
    assert [one.down_fen for one in found] == [None, 2000, 1200, 700, 300]
    assert [one.last_fen for one in found] == [None, None, 2000, 1200, 700]
    assert [one.warnings for one in found] == [(), (), (), (), ("too_many_steps",)]
    assert all(one.special == () for one in found)


def test_a_step_that_is_as_big_as_the_last_is_not_smaller() -> None:
    """By hand: 400, 390 (10), 380 (10: not smaller), 375 (5), 365 (10: not smaller than 5, the fourth)."""
    found = warned(*(Offer(fen, "x") for fen in (40000, 39000, 38000, 37500, 36500)))
    assert found == [(), (), ("not_smaller",), (), ("not_smaller", "too_many_steps")]


def test_a_rise_is_no_step_and_the_last_step_is_not_forgotten() -> None:
    """By hand: 400, 380 (20), up to 390, the same again, 375 (15, smaller than 20), 355 (20, not smaller than 15)."""
    offers = [Offer(fen, "x") for fen in (40000, 38000, 39000, 39000, 37500, 35500)]
    found = climb(offers)
    assert [one.number for one in found] == [0, 1, 0, 0, 2, 3]
    assert [one.down_fen for one in found] == [None, 2000, -1000, 0, 1500, 2000]
    assert [one.warnings for one in found] == [(), (), (), (), (), ("not_smaller",)]


def test_cost_is_that_said_last_else_the_products() -> None:
    """By hand, product at cost 300: 299 is below it; 280 said with the second holds for the third, 281 is not below."""
    offers = [Offer(29900), Offer(29000, "x", 28000), Offer(28100, "x"), Offer(27999, "x")]
    found = climb(offers, None, 30000)
    assert [one.cost_fen for one in found] == [30000, 28000, 28000, 28000]
    assert ["below_cost" in one.warnings for one in found] == [True, False, False, True]
    # what it costs exactly is not below it
    assert warned(Offer(30000), cost=30000) == [()]


def test_what_is_a_special_price() -> None:
    """M2: below the list price, below cost, or allowed by somebody; the list price itself is none."""
    found = climb(
        [Offer(40000), Offer(39900, "x"), Offer(29900, "x"), Offer(40000, None, None, "李经理")], 40000, 30000
    )
    assert [one.special for one in found] == [
        (), ("below_price",), ("below_price", "below_cost"), ("approved",),
    ]  # fmt: skip


def test_shares_are_rounded_half_up() -> None:
    """12 of 380 is 3.157..: 3.2%; 1 of 2000 is 0.05: 0.1%; a third is 33.3%."""
    assert [share(*pair) for pair in ((1200, 38000), (1, 2000), (100, 300), (-500, 35500))] == [
        "3.2%", "0.1%", "33.3%", "1.4%",
    ]  # fmt: skip


def naive(offers: list[Offer], cost: int | None, most: int) -> list[set[str]]:
    """The warnings by looking back over all of the offers again and again."""
    found = []
    for place, offer in enumerate(offers):
        downs = [
            first.amount_fen - second.amount_fen
            for first, second in zip(offers[:place], offers[1 : place + 1], strict=True)
        ]
        said = [one.cost_fen for one in offers[: place + 1] if one.cost_fen is not None]
        known = said[-1] if said else cost
        codes = {"below_cost"} if known is not None and offer.amount_fen < known else set()
        if downs and downs[-1] > 0:
            before = [down for down in downs[:-1] if down > 0]
            codes |= {"not_smaller"} if before and downs[-1] >= before[-1] else set()
            codes |= set() if offer.in_return else {"nothing_in_return"}
            codes |= {"too_many_steps"} if len(before) + 1 > most else set()
        found.append(codes)
    return found


OFFERS = st.lists(
    st.builds(
        Offer, st.integers(1, 60), st.sampled_from([None, "", "x"]), st.one_of(st.none(), st.integers(0, 60))
    ),
    max_size=12,
)


@given(OFFERS, st.one_of(st.none(), st.integers(0, 60)), st.integers(1, 5))
def test_any_negotiation_is_warned_of_as_the_model_says(
    offers: list[Offer], cost: int | None, most: int
) -> None:
    found = climb(offers, None, cost, most)
    assert [set(one.warnings) for one in found] == naive(offers, cost, most)
    downs = [one.down_fen or 0 for one in found if one.number]
    # what was given away and what was taken back again is all that lies between the first price and the last
    rises = sum(-(one.down_fen or 0) for one in found if (one.down_fen or 0) < 0)
    if offers:
        assert offers[0].amount_fen - offers[-1].amount_fen == sum(downs) - rises
    assert [one.number for one in found if one.number] == list(range(1, len(downs) + 1))


def test_three_steps_where_nobody_says_another_number() -> None:
    """cli.md: the fourth step is the fourth time the price goes down."""
    assert MOST == 3
