"""The measures of a period, each counted once: what ``report kpi`` says, from the figures of the week (M2, M6).

Every figure that the week's report says too comes from the same function of ``figures``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from salesflow import receivables
from salesflow.models import Due
from salesflow.reports import actuals, figures, promised
from salesflow.reports.period import Period
from salesflow.reports.shown import COUNT, MONEY, RATE
from salesflow.store import kpi, metrics, moves, orders, payments, prospects
from salesflow.store.rows import Connection


class Measure(NamedTuple):
    """A measure: its name, what its value is, the metric by which targets call it, what its basis is counted in."""

    name: str
    unit: str
    metric: str = ""
    basis: str = COUNT


MEASURES = (
    Measure("sales", MONEY, "sales"),
    Measure("margin", MONEY, "margin"),
    Measure("margin_per_order", MONEY),
    Measure("orders", COUNT),
    Measure("new_customers", COUNT, "deals"),
    Measure("new_leads", COUNT, "new_leads"),
    Measure("visits", COUNT, "visits"),
    Measure("calls", COUNT, "calls"),
    Measure("collected", MONEY, "collected"),
    Measure("collection_rate", RATE, basis=MONEY),
    Measure("outstanding", MONEY),
    Measure("overdue", MONEY),
    Measure("first_contact", RATE),
    Measure("promises_kept", RATE),
    Measure("new_closing", RATE),
    Measure("carried_closing", RATE),
    Measure("lost_known", RATE),
)


class Counted(NamedTuple):
    """A value and what it rests on: ``part`` in ``of``; money in fen, None where there is no basis."""

    value: float | None
    part: int | None = None
    of: int | None = None


def _share(part: int, of: int) -> Counted:
    return Counted(round(part / of, 4) if of else None, part, of)


def count(book: figures.Book, periods: Sequence[Period]) -> list[dict[str, Counted]]:
    """Every measure of each period, by name; of a running one up to now.

    What stands in whole tables is counted for all of them in one reading.
    """
    connection = book.connection
    spans = [(one.start, one.moment) for one in periods]
    won = prospects.Won(tuple(sorted(figures.won_codes(book))), _ambiguous(book))
    leads = prospects.count(connection, won, [one.before for one in periods], spans, _waited(book, periods))
    kept = promised.kept(connection, periods)
    deals, lost = figures.deals(book, periods), moves.count_lost(connection, spans, book.processes.followed)
    debts = kpi.debts(connection, [one.moment[:10] for one in periods], _terms(book))
    contacts, hours = kpi.contacts(connection, spans, actuals.CALLED), len(leads.contacts) // len(periods)
    found = []
    for place, period in enumerate(periods):
        visits, calls = contacts[place]
        first = leads.contacts[place * hours : (place + 1) * hours]
        found.append(
            _orders(book, period)
            | _closing(book, period, deals[place], won, leads.received[place], leads.open[place])
            | _owed(book, period, debts[place])
            | {
                "new_leads": Counted(leads.received[place]),
                "visits": Counted(visits),
                "calls": Counted(calls),
                "first_contact": _share(sum(met for met, _ in first), sum(past for _, past in first)),
                "promises_kept": _share(*kept[place]),
                "lost_known": _lost_known(book, lost[place]),
            }
        )
    return found


def _waited(book: figures.Book, periods: Sequence[Period]) -> list[prospects.Waited]:
    # whose deadline fell in the period and is past, by process
    return [
        prospects.Waited(
            process.code, hours, figures.shifted(one.start, -hours), figures.shifted(one.moment, -hours)
        )
        for one in periods
        for process in book.processes.all()
        for hours in [process.first_contact_hours]
    ]


def _ambiguous(book: figures.Book) -> tuple[tuple[str, str], ...]:
    # the won stages by process, where a code is that of a stage that is not won in another
    pairs = {(one.code, stage) for one in book.processes.all() for stage in one.won_codes}
    codes = {stage for _, stage in pairs}
    other = any(codes & set(one.places) - one.won_codes for one in book.processes.all())
    return tuple(sorted(pairs)) if other else ()


def _orders(book: figures.Book, period: Period) -> dict[str, Counted]:
    signed, sales, margin = metrics.order_sums(book.connection, f"{period.first}", period.moment[:10])
    return {
        "sales": Counted(sales),
        "orders": Counted(signed),
        **_margins(book, period, margin, signed),
    }


def _margins(book: figures.Book, period: Period, margin: int | None, signed: int) -> dict[str, Counted]:
    known = kpi.count_costed(book.connection, period.first.isoformat(), period.moment[:10])
    each = None if margin is None or not known else _half_up(margin, known)
    return {
        "margin": Counted(margin, known, signed),
        "margin_per_order": Counted(each, known, signed),
    }


def _half_up(sum_: int, count: int) -> int:
    return (2 * sum_ + count) // (2 * count)


def _closing(
    book: figures.Book,
    period: Period,
    shifts: figures.Moves,
    stages: prospects.Won,
    received: int,
    before: int,
) -> dict[str, Counted]:
    # of those received in the period, and of the others that were open before it: nobody stands in both
    won = figures.won(book.connection, shifts, period)
    known = metrics.names_of(book.connection, sorted(won))
    new = {lead for lead, one in known.items() if period.start <= (one["received_at"] or "") <= period.moment}
    carried = prospects.among(book.connection, sorted(won - new), period.before, stages)
    return {
        "new_customers": Counted(len(won)),
        "new_closing": _share(len(new), received),
        "carried_closing": _share(len(carried), before),
    }


def _lost_known(book: figures.Book, lost: Sequence[moves.Lost]) -> Counted:
    known = every = 0
    for one in lost:
        reason = book.processes[one.process].known_reason("lost", one.reason)
        # a reason that wants something told with it is known once that was told
        told = {"why": one.why, "to": one.to}.get(reason.needs, True)
        every += one.cases if reason.counts else 0
        known += one.cases if reason.counts and one.reason and told else 0
    return _share(known, every)


def _owed(book: figures.Book, period: Period, debts: kpi.Debts) -> dict[str, Counted]:
    """What was collected of what fell due in the period, and what was owed and late at its end."""
    collected = metrics.collected(book.connection, period.first.isoformat(), period.moment[:10])
    due = _fell_due(book, period)
    return {
        "collected": Counted(collected),
        "collection_rate": Counted(round(collected / due, 4) if due else None, collected, due),
        "outstanding": Counted(debts.owed),
        "overdue": Counted(debts.late + _late(book, debts.mixed, period.day)),
    }


def _terms(book: figures.Book) -> tuple[int, int]:
    # the fewest and the most days of payment
    days = [process.payment_days for process in book.processes.all()]
    return min(days), max(days)


def _fell_due(book: figures.Book, period: Period) -> int:
    last = period.day
    certain, found = kpi.fell_due(book.connection, f"{period.first}", f"{last}", _terms(book))
    leads = sorted({order.lead_id for order in found})
    dues, terms = _by_order(orders.dues_of(book.connection, leads)), _terms_of(book, leads)
    return certain + sum(
        amount
        for order in found
        for on, amount in receivables.schedule(order, dues.get(order.id, []), last, terms[order.lead_id])
        if period.first <= on <= last
    )


def _late(book: figures.Book, leads: list[int], day: date) -> int:
    owing = receivables.balances(
        orders.orders_of(book.connection, leads),
        payments.payments_of(book.connection, leads),
        orders.dues_of(book.connection, leads),
        day,
        _terms_of(book, leads),
    )
    return sum(one.overdue_fen for one in owing.values())


def _terms_of(book: figures.Book, leads: list[int]) -> dict[int, int]:
    least, most = _terms(book)
    if least == most:
        return dict.fromkeys(leads, least)
    followed = metrics.processes_of(book.connection, leads)
    return {lead: book.processes[process].payment_days for lead, process in followed.items()}


def _by_order(found: Iterable[Due]) -> dict[int, list[Due]]:
    by_order: dict[int, list[Due]] = {}
    for due in found:
        by_order.setdefault(due.order_id, []).append(due)
    return by_order


# Before it


def span(period: Period) -> list[Period]:
    """The period and the last four of its kind before it, the newest first."""
    found = [period]
    for _ in range(4):
        found.append(found[-1].previous())
    return found


def begun(connection: Connection, periods: Sequence[Period]) -> list[Period]:
    """Those of the periods that had not ended before the book began."""
    first = kpi.began(connection, periods[-1].start)
    return [one for one in periods if first is None or one.close[: len(first)] >= first]


def average(name: str, unit: str, past: list[dict[str, Counted]]) -> float | None:
    """The average of the periods that have the figure; of a share, all of them taken together."""
    known = [one[name] for one in past if one[name].value is not None]
    if not known:
        return None
    if unit == RATE:
        return round(sum(one.part or 0 for one in known) / sum(one.of or 0 for one in known), 4)
    if name == "margin_per_order":
        margins = sum(int(one["margin"].value or 0) for one in past if one["margin"].value is not None)
        return _half_up(margins, sum(one.part or 0 for one in known))
    total = sum(one.value or 0 for one in known)
    return _half_up(int(total), len(known)) if unit == MONEY else round(total / len(known), 2)
