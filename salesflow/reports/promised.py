"""What became of promises, each counted for the day that it named (K4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from salesflow import funnel
from salesflow.reports.figures import Book
from salesflow.reports.period import Period
from salesflow.store import metrics, promise_counts
from salesflow.store.metrics import Promised
from salesflow.store.rows import Connection

_LAST = 2**62  # orders after everything else of its minute
_OUTCOMES = ("kept", "kept_late", "rescheduled", "without_why", "dropped", "open")


class Tally(NamedTuple):
    """The promises of a period: how many of each (day, outcome), and of those moved how many without a reason."""

    counts: Counter[tuple[str, str]]
    without_why: int


def promises(connection: Connection, period: Period) -> dict[str, int]:
    """How many promises there were for the period's days and what became of them, by its end (K4)."""
    return counted(tallies(connection, [period])[0])


def counted(found: Tally) -> dict[str, int]:
    """The same of promises that were judged before."""
    counts = {"due": found.counts.total(), **dict.fromkeys(_OUTCOMES, 0)}
    for (_, outcome), count in found.counts.items():
        counts[outcome] += count
    return counts | {"without_why": found.without_why}


def tallies(connection: Connection, periods: Sequence[Period]) -> list[Tally]:
    """What became of the promises for the days of each period, by its end."""
    spans = [promise_counts.Span(f"{one.first}", f"{one.last}", one.moment) for one in periods]
    regular, left = promise_counts.judged(connection, spans)
    found = []
    for one, (counts, moved) in zip(spans, regular, strict=True):
        more = metrics.promises(connection, one.first, one.last, one.moment, left) if left else []
        more += metrics.promises_with(connection, moved)
        without = 0
        for each, outcome in _judged(connection, more, one.moment):
            counts[each.date, outcome] += 1
            # a reason that is told later changes no week that is over
            told = each.why and (each.why_at or "") <= one.moment
            without += outcome == "rescheduled" and not told
        found.append(Tally(counts, without))
    return found


def kept(connection: Connection, periods: Sequence[Period]) -> list[tuple[int, int]]:
    """(kept in time, all) of each period's promises; those that may still be kept are not counted."""
    found = []
    for one, tally in zip(periods, tallies(connection, periods), strict=True):
        to_come = "9" if one.complete else one.moment[:10]
        waiting = sum(
            count for (day, outcome), count in tally.counts.items() if outcome == "open" and day >= to_come
        )
        in_time = sum(count for (_, outcome), count in tally.counts.items() if outcome == "kept")
        found.append((in_time, tally.counts.total() - waiting))
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
