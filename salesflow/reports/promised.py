"""What became of promises, each counted for the day that it named (K4)."""

from __future__ import annotations

from collections.abc import Sequence

from salesflow import funnel
from salesflow.reports.figures import Book
from salesflow.reports.period import Period
from salesflow.store import metrics
from salesflow.store.metrics import Promised, Span
from salesflow.store.rows import Connection

_LAST = 2**62  # orders after everything else of its minute
_OUTCOMES = ("kept", "kept_late", "rescheduled", "without_why", "dropped", "open")


def promises(connection: Connection, period: Period) -> dict[str, int]:
    """How many promises there were for the period's days and what became of them, by its end (K4)."""
    return counted(outcomes(connection, period), period)


def counted(found: Sequence[tuple[Promised, str]], period: Period) -> dict[str, int]:
    """The same of promises that were judged before."""
    counts = {"due": len(found), **dict.fromkeys(_OUTCOMES, 0)}
    for one, outcome in found:
        counts[outcome] += 1
        # a reason that is told later changes no week that is over
        told = one.why and (one.why_at or "") <= period.moment
        counts["without_why"] += outcome == "rescheduled" and not told
    return counts


def kept(connection: Connection, periods: Sequence[Period]) -> list[tuple[int, int]]:
    """(kept in time, all) of each period's promises; those that may still be kept are not counted."""
    spans = [
        Span(f"{one.first}", f"{one.last}", one.moment, "9" if one.complete else one.moment[:10])
        for one in periods
    ]
    counted, left = metrics.count_kept(connection, spans)
    found = []
    for one, (in_time, every) in zip(spans, counted, strict=True):
        others = metrics.promises(connection, one.first, one.last, one.moment, left) if left else []
        judged = _judged(connection, others, one.moment)
        waiting = sum(outcome == "open" and each.date >= one.to_come for each, outcome in judged)
        in_time += sum(outcome == "kept" for _, outcome in judged)
        found.append((in_time, every + len(judged) - waiting))
    return found


def outcomes(connection: Connection, period: Period) -> list[tuple[Promised, str]]:
    """Each promise for one of the period's days with what became of it."""
    end = period.moment
    return _judged(connection, metrics.promises(connection, f"{period.first}", f"{period.last}", end), end)


def _judged(connection: Connection, made: list[Promised], end: str) -> list[tuple[Promised, str]]:
    return [(one, _outcome(connection, one, end)) for one in made]


def _outcome(connection: Connection, one: Promised, end: str) -> str:
    ended, how, at, followups = None, one.ended, "", []
    if one.followed:
        at, _, number = one.followed.partition(" ")
        followups = [(at, int(number))]
    if one.ended_at and one.ended_at <= end:
        known = one.known if how != "dropped" else None
        if how == "dropped" and at == one.ended_at:
            known = metrics.newest_when_ended(connection, one.id, one.lead_id)
        ended = (one.ended_at, _LAST if known is None else known)
        if how == "followup":  # one that is dated before the making does not keep what it replaces
            how = "moved" if one.then else "dropped"
    return funnel.promise_outcome(one.date, (one.made_at, one.after_followup), ended, how, followups, end)


def overdue(book: Book, period: Period) -> int:
    """How many open leads had a next date on or before the last day and no follow-up since it was made."""
    stood = metrics.standing_promises(book.connection, period.day.isoformat(), period.moment)
    judged = _judged(book.connection, stood, period.moment)
    late = {one.lead_id for one, outcome in judged if outcome == "open"}
    return sum(lead.id in late for lead in book.leads.open_at(period.moment))
