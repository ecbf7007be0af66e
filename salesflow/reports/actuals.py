"""What was reached in a period, of the whole book and by rep: what targets are measured against (K6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from salesflow.reports import figures
from salesflow.reports.period import Period
from salesflow.store import metrics, reps, targets, trend

CALLED = "phone"  # the way that the command ``call`` records
Sums = dict[str, Counter[str | None]]


def whole(book: figures.Book, period: Period, wanted: Iterable[str]) -> dict[str, int | None]:
    """What the book reached of each of these metrics, money in fen; a margin without one known cost is None."""
    connection = book.connection
    span, days = (period.start, period.moment), (period.first.isoformat(), period.moment[:10])
    found: dict[str, int | None] = dict.fromkeys(wanted)
    for metric in found:
        if metric in ("visits", "followups"):
            count, visits, _ = metrics.followup_counts(connection, *span)
            found[metric] = visits if metric == "visits" else count
        elif metric in ("sales", "margin"):
            _, sales, margin = metrics.order_sums(connection, *days)
            found[metric] = sales if metric == "sales" else margin
        elif metric == "collected":
            found[metric] = metrics.collected(connection, *days)
        elif metric == "calls":
            found[metric] = sum(targets.calls(connection, CALLED, *span).values())
        elif metric == "new_leads":
            found[metric] = len(book.leads.received(*span))
        elif metric == "deals":
            found[metric] = len(figures.won(connection, figures.deals(book, [period])[0], period))
    return found


def each(book: figures.Book, period: Period) -> Sums:
    """What each rep reached: new and open leads are their owner's, all else is whose name it bears.

    ``won`` is what targets call deals; money is in fen.
    """
    return _events(book, period) | _moved(book, period)


def _events(book: figures.Book, period: Period) -> Sums:
    connection, days = book.connection, (period.first.isoformat(), period.moment[:10])
    owners = reps.owners(connection)
    done = reps.followups(connection, period.start, period.moment)
    sold = reps.orders(connection, *days)
    return {
        "new_leads": Counter(owners[one.id] for one in book.leads.received(period.start, period.moment)),
        "open": Counter(owners[one.id] for one in book.leads.open_at(period.moment)),
        "followups": _counter({by: one[0] for by, one in done.items()}),
        "visits": _counter({by: one[1] for by, one in done.items()}),
        "orders": _counter({by: one[0] for by, one in sold.items()}),
        "sales": _counter({by: one[1] for by, one in sold.items()}),
        "collected": _counter(reps.collected(connection, *days)),
        "margin": _counter(targets.margins(connection, *days)),
        "calls": _counter(targets.calls(connection, CALLED, period.start, period.moment)),
    }


def _counter(found: Mapping[str, int]) -> Counter[str | None]:
    return Counter(dict(found))


def _moved(book: figures.Book, period: Period) -> Sums:
    (deals,) = figures.deals(book, [period])
    entered = figures.won(book.connection, deals, period)
    won: dict[int, str] = {}
    for move in deals.all:
        if move.lead_id in entered and deals.enters(move):
            won.setdefault(move.lead_id, move.by)
    found: Sums = {"advanced": Counter(), "won": Counter(won.values()), "lost": Counter()}
    (kinds,) = trend.moved(book.connection, [(period.start, period.moment)], book.processes.followed)
    shifts = figures.Moves(book, period, [one.move for one in kinds])
    for move, step in shifts.steps():
        found["advanced"][move.by] += kinds[move.id].times if step > 0 else 0
    for move in shifts.lost():
        found["lost"][move.by] += kinds[move.id].times
    return found
