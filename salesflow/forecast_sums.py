"""What open leads bring together, pure: expected deals and sales of any span of days, each with an 80 % range.

A deal comes from a lead that is open now, from one not known yet, or (an order more) from a customer;
the last two go on at the pace of the past half year. The range is that of 999 futures drawn from a
fixed beginning, so that the same book has the same range; very many leads need no drawing.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import ceil, exp, floor, sqrt
from typing import NamedTuple

DRAWS = 999
_LOW, _HIGH = DRAWS // 10, DRAWS - 1 - DRAWS // 10
_FEW = 300  # leads; of more the sum is as good as normal
_NORMAL = 1.2816  # 80 % of it lie within so many standard deviations


class Prospect(NamedTuple):
    """An open lead: the chance to have closed by the end of each cut, its value, the group whose doubt it shares."""

    by: Sequence[float]
    value: int | None  # fen; None: like an order of the past
    group: int


class Pace(NamedTuple):
    """The past half year: deals a day with how long each took, orders a day beyond them, what both brought.

    ``deals`` and ``again`` are how many there were, ``days`` over how long; ``amounts`` and
    ``again_amounts`` are sums of orders in fen.
    """

    days: int
    deals: int
    lags: Sequence[int]
    amounts: Sequence[int]
    again: int
    again_amounts: Sequence[int]
    swing: float = 0.0  # by what share of itself a month's sum goes up and down, beyond chance

    @property
    def average(self) -> float | None:
        """The average order that a deal brought, None without any."""
        return sum(self.amounts) / len(self.amounts) if self.amounts else None

    def new_by(self, days: int) -> float:
        """How many deals are to be expected within so many days from leads that are not known yet.

        As many as in the past half year, once such a lead has had the time that deals took.
        """
        return sum([days - lag for lag in self.lags if lag < days]) / self.days

    def again_by(self, days: int) -> float:
        """How many orders beyond deals are to be expected within so many days."""
        return self.again * days / self.days


def swing(counts: Sequence[int]) -> float:
    """By what share of itself the number of deals goes up and down from month to month, beyond mere chance.

    ``counts`` are those of one month after the other. It is taken from the steps between them, so that
    growth is none; four months that swing by a seventh count with them.
    """
    steps = [(later - earlier) ** 2 for earlier, later in pairwise(counts)]
    mean = sum(counts) / len(counts) if counts else 0.0
    beyond = (sum(steps) / 2 / len(steps) - mean) / mean**2 if steps and mean else 0.0
    return float(
        ((max(beyond, 0.0) * len(steps) + _USUAL_SWING * _USUAL_STEPS) / (len(steps) + _USUAL_STEPS)) ** 0.5
    )


_USUAL_SWING, _USUAL_STEPS = 0.02, 4  # the square of a seventh


class Band(NamedTuple):
    """What is expected, and the range in which it lies four times in five."""

    mean: float
    low: float
    high: float


class Outlook(NamedTuple):
    """Of a span of days: the deals and what they bring; of these, those of leads open now, and the orders beyond."""

    deals: Band
    sales: Band
    open_deals: float
    new_deals: float
    again: float


class _Alike(NamedTuple):
    # leads with the very same chances: how many, the sum of their values and of the squares of these
    by: Sequence[float]
    group: int
    leads: int
    worth: float
    square: float


def outlooks(
    prospects: Sequence[Prospect],
    doubts: Sequence[float],
    pace: Pace,
    cuts: Sequence[int],
    spans: Sequence[tuple[int, int]],
) -> list[Outlook]:
    """The outlook of each span (from, to: places in ``cuts``, which are days ahead and begin with 0).

    ``doubts`` is by how much, in shares of itself, the chance of each group may be off.
    """
    average = pace.average or 0.0
    alike, rest = _alike(prospects, round(average)), _rest(pace, cuts, average)
    exact = [_expected(alike, rest, span) for span in spans]
    if len(prospects) > _FEW:
        return [_normal(alike, doubts, rest, span, one) for span, one in zip(spans, exact, strict=True)]
    futures = list(_futures(prospects, doubts, pace, cuts))
    return [_drawn(futures, span, one) for span, one in zip(spans, exact, strict=True)]


def _alike(prospects: Sequence[Prospect], average: int) -> list[_Alike]:
    found: dict[tuple[int, int], list[Prospect]] = {}
    for one in prospects:
        found.setdefault((id(one.by), one.group), []).append(one)
    made = []
    for (_, group), some in found.items():
        values = [average if one.value is None else one.value for one in some]
        made.append(_Alike(some[0].by, group, len(some), sum(values), sum([one * one for one in values])))
    return made


class _Rest(NamedTuple):
    # what does not come from the leads that are open now: by each cut, and what one of each brings
    new: Sequence[float]
    again: Sequence[float]
    amount: float
    square: float
    again_amount: float
    again_square: float
    deals: int
    orders: int
    swing: float


def _rest(pace: Pace, cuts: Sequence[int], average: float) -> _Rest:
    return _Rest(
        [pace.new_by(days) for days in cuts],
        [pace.again_by(days) for days in cuts],
        average,
        _mean([one * one for one in pace.amounts]),
        _mean(pace.again_amounts),
        _mean([one * one for one in pace.again_amounts]),
        pace.deals,
        pace.again,
        pace.swing,
    )


def _expected(alike: Sequence[_Alike], rest: _Rest, span: tuple[int, int]) -> Outlook:
    first, last = span
    deals = sales = 0.0
    for one in alike:
        chance = one.by[last] - one.by[first]
        deals += chance * one.leads
        sales += chance * one.worth
    new, again = rest.new[last] - rest.new[first], rest.again[last] - rest.again[first]
    sales += new * rest.amount + again * rest.again_amount
    return Outlook(Band(deals + new, 0, 0), Band(sales, 0, 0), deals, new, again)


def _mean(values: Sequence[int]) -> float:
    return sum(values) / len(values) if values else 0.0


# Few leads: futures drawn


def _futures(
    prospects: Sequence[Prospect], doubts: Sequence[float], pace: Pace, cuts: Sequence[int]
) -> Iterable[list[tuple[int, float]]]:
    # of each future: deals and sales by the part between two cuts
    draw = random.Random(20260101)
    new = [pace.new_by(last) - pace.new_by(first) for first, last in pairwise(cuts)]
    again = [pace.again_by(last) - pace.again_by(first) for first, last in pairwise(cuts)]
    for _ in range(DRAWS):
        month = _off(draw, pace.swing)
        sure = [_off(draw, doubt) * month for doubt in doubts]
        off_new, off_again = _off(draw, (pace.deals + 1) ** -0.5), _off(draw, (pace.again + 1) ** -0.5)
        deals, sales = [0] * len(new), [0.0] * len(new)
        for by, value, group in prospects:
            part = bisect_left(by, draw.random() / sure[group]) - 1
            if 0 <= part < len(new):
                deals[part] += 1
                sales[part] += value if value is not None else _one_of(draw, pace.amounts)
        for part, (more, others) in enumerate(zip(new, again, strict=True)):
            count = _poisson(draw, more * off_new * month)
            deals[part] += count
            sales[part] += sum(_one_of(draw, pace.amounts) for _ in range(count))
            count = _poisson(draw, others * off_again * month)
            sales[part] += sum(_one_of(draw, pace.again_amounts) for _ in range(count))
        yield list(zip(deals, sales, strict=True))


def _off(draw: random.Random, doubt: float) -> float:
    # by what share a figure that rests on few cases is off: 1 on average
    return max(draw.gammavariate(doubt**-2, doubt**2), 1e-9) if doubt > 1e-6 else 1.0


def _one_of(draw: random.Random, values: Sequence[int]) -> float:
    return values[int(draw.random() * len(values))] if values else 0.0


def _poisson(draw: random.Random, mean: float) -> int:
    if mean > 50:
        return max(round(draw.gauss(mean, sqrt(mean))), 0)
    count, left, least = 0, draw.random(), exp(-mean)
    while left > least:
        count += 1
        left *= draw.random()
    return count


def _drawn(futures: Sequence[list[tuple[int, float]]], span: tuple[int, int], exact: Outlook) -> Outlook:
    first, last = span
    deals = sorted(sum(part[0] for part in one[first:last]) for one in futures)
    sales = sorted(sum(part[1] for part in one[first:last]) for one in futures)
    return _banded(exact, (deals[_LOW], deals[_HIGH]), (sales[_LOW], sales[_HIGH]))


def _banded(exact: Outlook, deals: tuple[float, float], sales: tuple[float, float]) -> Outlook:
    # where nothing comes nine times in ten, the range still holds what is expected
    mean = exact.deals.mean
    low, high = min(deals[0], floor(mean)), max(deals[1], ceil(mean - 1e-9))
    worth = exact.sales.mean
    return exact._replace(
        deals=Band(mean, low, high), sales=Band(worth, min(sales[0], worth), max(sales[1], worth))
    )


# Very many leads: the sum is as good as normal


def _normal(
    alike: Sequence[_Alike], doubts: Sequence[float], rest: _Rest, span: tuple[int, int], exact: Outlook
) -> Outlook:
    first, last = span
    count, worth, groups, worths = 0.0, 0.0, [0.0] * len(doubts), [0.0] * len(doubts)
    spread = rest.square - rest.amount**2  # an average order is no order's sum
    for by, group, leads, sum_, squares in alike:
        chance = by[last] - by[first]
        count += chance * (1 - chance) * leads
        worth += chance * (1 - chance) * squares + chance * spread * leads
        groups[group] += chance * leads
        worths[group] += chance * sum_
    for doubt, deals, sales in zip(doubts, groups, worths, strict=True):
        count += (doubt * deals) ** 2
        worth += (doubt * sales) ** 2
    new, again = exact.new_deals, exact.again
    count += new + new**2 / (rest.deals + 1)
    worth += new * rest.square + (new * rest.amount) ** 2 / (rest.deals + 1)
    worth += again * rest.again_square + (again * rest.again_amount) ** 2 / (rest.orders + 1)
    mean, total = exact.deals.mean, exact.sales.mean
    count, worth = count + (rest.swing * mean) ** 2, worth + (rest.swing * total) ** 2
    deals_off, sales_off = _NORMAL * sqrt(count), _NORMAL * sqrt(worth)
    return _banded(
        exact,
        (max(floor(mean - deals_off), 0), ceil(mean + deals_off)),
        (max(total - sales_off, 0.0), total + sales_off),
    )
