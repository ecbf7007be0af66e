"""The measures of a period, each counted once: what ``report kpi`` says, from the figures of the week (M2, M6).

Every figure that the week's report says too comes from the same function of ``figures``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from salesflow import receivables
from salesflow.models import Due
from salesflow.reports import actuals, figures
from salesflow.reports.period import Period
from salesflow.store import kpi, metrics

MONEY, COUNT, RATE = "money", "count", "rate"


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


def count(book: figures.Book, period: Period) -> dict[str, Counted]:
    """Every measure of the period, by name; of a running one up to now."""
    shifts = figures.Moves(book, period)
    sums = figures.counts(book, period, shifts)
    won = figures.won(book.connection, shifts, period)
    contact = figures.first_contact(book, period)
    found = {name: Counted(sums[name]) for name in ("sales", "orders", "new_leads", "visits", "collected")}
    return found | {
        **_margins(book, period, sums["margin"], sums["orders"] or 0),
        "new_customers": Counted(sums["won"]),
        "calls": Counted(actuals.whole(book, period, ("calls",))["calls"]),
        **_owed(book, period, sums["collected"] or 0),
        "first_contact": _share(contact["met"], contact["met"] + contact["missed"]),
        "promises_kept": _share(*figures.kept(book.connection, period)),
        **_closing(book, period, won),
        "lost_known": _lost_known(shifts),
    }


def _margins(book: figures.Book, period: Period, margin: int | None, orders: int) -> dict[str, Counted]:
    known = kpi.count_costed(book.connection, period.first.isoformat(), period.moment[:10])
    each = None if margin is None or not known else _half_up(margin, known)
    return {
        "margin": Counted(margin, known, orders),
        "margin_per_order": Counted(each, known, orders),
    }


def _half_up(sum_: int, count: int) -> int:
    return (2 * sum_ + count) // (2 * count)


def _closing(book: figures.Book, period: Period, won: set[int]) -> dict[str, Counted]:
    # of those received in the period, and of the others that were open before it: nobody stands in both
    new = {lead.id for lead in book.leads.received(period.start, period.moment)}
    ended = {(one.code, stage) for one in book.processes.all() for stage in one.won_codes}
    carried = {
        lead.id
        for lead in book.leads.open_at(period.before)
        if lead.received_at and lead.received_at < period.start and (lead.process, lead.stage) not in ended
    }
    return {
        "new_closing": _share(len(won & new), len(new)),
        "carried_closing": _share(len(won & carried), len(carried)),
    }


def _lost_known(shifts: figures.Moves) -> Counted:
    lost = shifts.lost()
    known = 0
    for move in lost:
        # a reason that wants something told with it is known once that was told
        reason = shifts.process(move).known_reason("lost", move.reason or "")
        told = {"why": move.why, "to": move.competitor}.get(reason.needs, move.reason)
        known += bool(move.reason and told)
    return _share(known, len(lost))


def _owed(book: figures.Book, period: Period, collected: int) -> dict[str, Counted]:
    """What was collected of what fell due in the period, and what was owed and late at its end."""
    connection, day = book.connection, period.moment[:10]
    late = _late(book, period.day)
    # all that was billed, less all that was paid by then
    owed = kpi.billed(connection, day) - metrics.collected(connection, "", day)
    due = _fell_due(book, period)
    rate = round(collected / due, 4) if due else None
    return {
        "collection_rate": Counted(rate, collected, due),
        "outstanding": Counted(owed),
        "overdue": Counted(late),
    }


def _fell_due(book: figures.Book, period: Period) -> int:
    days = [process.payment_days for process in book.processes.all()]
    last = period.day
    found = kpi.falling(book.connection, f"{period.first}", f"{last}", (min(days), max(days)))
    leads = sorted({order.lead_id for order in found})
    dues, terms = _dues(kpi.dues_of(book.connection, leads)), _terms(book, leads)
    return sum(
        amount
        for order in found
        for on, amount in receivables.schedule(order, dues.get(order.id, []), last, terms[order.lead_id])
        if period.first <= on <= last
    )


def _late(book: figures.Book, day: date) -> int:
    # whoever has paid all owes nothing late
    leads = kpi.debtors(book.connection, day.isoformat())
    owing = receivables.balances(
        kpi.orders_of(book.connection, leads),
        kpi.payments_of(book.connection, leads),
        kpi.dues_of(book.connection, leads),
        day,
        _terms(book, leads),
    )
    return sum(one.overdue_fen for one in owing.values())


def _terms(book: figures.Book, leads: list[int]) -> dict[int, int]:
    followed = kpi.processes_of(book.connection, leads)
    return {lead: book.processes[process].payment_days for lead, process in followed.items()}


def _dues(found: Iterable[Due]) -> dict[int, list[Due]]:
    by_order: dict[int, list[Due]] = {}
    for due in found:
        by_order.setdefault(due.order_id, []).append(due)
    return by_order


# Before it


def earlier(book: figures.Book, period: Period) -> list[Period]:
    """The last four periods of its kind, the newest first, without those that ended before the book began."""
    began = kpi.began(book.connection)
    seen = min([lead.since for lead in book.leads.all] + ([began] if began else []), default=None)
    found, one = [], period
    for _ in range(4):
        one = one.previous()
        if seen is None or one.close[: len(seen)] < seen:
            break
        found.append(one)
    return found


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
