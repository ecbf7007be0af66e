"""What was done in each of several spans: one grouped query a figure, however many spans there are.

Instants are ``YYYY-MM-DDTHH:MM``, days ``YYYY-MM-DD``; both ends of a span are in it. Money is in whole fen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from salesflow.models import Move
from salesflow.store.rows import Connection, is_long

Spans = Sequence[tuple[str, str]]


class Done(NamedTuple):
    """What was done in a span; the margin is that of the orders whose cost is known, None without one."""

    followups: int
    visits: int
    leads_touched: int
    reschedules: int
    orders: int
    sales: int
    margin: int | None
    collected: int


class Moved(NamedTuple):
    """So many moves of one kind: from and to the same stage and status, for the same reason, by the same rep."""

    move: Move
    times: int


def done(connection: Connection, spans: Spans) -> list[Done]:
    """What was done in each span of instants."""
    days = [(first[:10], last[:10]) for first, last in spans]
    found = zip(
        followups(connection, spans),
        reschedules(connection, spans),
        orders(connection, days),
        collected(connection, days),
        strict=True,
    )
    return [Done(*worked, moved, *sold, paid) for worked, moved, sold, paid in found]


def followups(connection: Connection, spans: Spans) -> list[tuple[int, int, int]]:
    """(follow-ups, visits, leads touched) of each span."""
    sql = """SELECT place, count(*), sum(visit), count(DISTINCT lead_id)
FROM span CROSS JOIN followup INDEXED BY followup_at ON at BETWEEN first AND last GROUP BY place"""
    return [row or (0, 0, 0) for row in _rows(connection, sql, spans)]


def reschedules(connection: Connection, spans: Spans) -> list[int]:
    """How many promises were moved in each span."""
    sql = """SELECT span.place, count(*) FROM span CROSS JOIN promise
ON moved_from IS NOT NULL AND made_at BETWEEN first AND last GROUP BY span.place"""
    return [row[0] if row else 0 for row in _rows(connection, sql, spans)]


def orders(connection: Connection, days: Spans) -> list[tuple[int, int, int | None]]:
    """(orders signed, their amounts, their margin) of each span of days; the margin of those whose cost is known.

    An order that was cancelled by the last day is none; one cancelled later leaves no past period.
    """
    sql = """SELECT place, count(*), sum(amount_fen), sum(amount_fen - cost_fen)
FROM span CROSS JOIN sales_order ON signed_on BETWEEN first AND last
WHERE cancelled_on IS NULL OR cancelled_on > last GROUP BY place"""
    return [(row[0], row[1] or 0, row[2]) if row else (0, 0, None) for row in _rows(connection, sql, days)]


def collected(connection: Connection, days: Spans) -> list[int]:
    """The sum of the payments received in each span of days."""
    sql = """SELECT place, sum(amount_fen) FROM span CROSS JOIN payment ON paid_on BETWEEN first AND last
GROUP BY place"""
    return [row[0] if row else 0 for row in _rows(connection, sql, days)]


def moved(connection: Connection, spans: Spans, followed: Sequence[str]) -> list[list[Moved]]:
    """The moves of each span by what they changed; the ``id`` of each kind's move is its place in the list.

    ``followed`` are the processes that leads follow.
    """
    # a move knows its process where the lead follows another one since; one that all follow is asked of nobody
    process = "?" if len(followed) == 1 else "(SELECT process FROM lead WHERE lead.id = lead_id)"
    first, last = min(one[0] for one in spans), max(one[1] for one in spans)
    # those of some months are read as they lie; how many there are of a kind is counted faster here than there
    sql = f"""SELECT CASE {"WHEN at BETWEEN ? AND ? THEN ? " * len(spans)}END, coalesce(process, {process}),
  from_process, from_stage, to_stage, from_status, to_status, reason, by
FROM move {"NOT INDEXED" if is_long(first, last) else ""} WHERE at BETWEEN ? AND ?"""
    asked = [value for place, one in enumerate(spans) for value in (*one, place)]
    values = [*asked, *(followed if len(followed) == 1 else ()), first, last]
    found: list[list[Moved]] = [[] for _ in spans]
    for row, times in Counter(connection.execute(sql, values)).items():
        place, process, origin, left, entered, was, now, reason, by = row
        if place is None:
            continue
        mine = found[place]
        # when and why are not the same of all of them
        move = Move(
            len(mine), 0, "", left, entered, was, now, reason, None, None, None, False, by, process, origin
        )
        mine.append(Moved(move, times))
    return found


_WITH = "WITH span (place, first, last) AS (VALUES {some})"


def _rows(connection: Connection, sql: str, spans: Spans) -> list[tuple[Any, ...] | None]:
    # the row of each span without its place, None where nothing was found
    asked = f"{_WITH.format(some=_values(spans))}\n{sql}"
    found = {row[0]: tuple(row[1:]) for row in connection.execute(asked, _listed(spans))}
    return [found.get(place) for place in range(len(spans))]


def _values(spans: Spans) -> str:
    return ", ".join(["(?, ?, ?)"] * len(spans))


def _listed(spans: Spans) -> list[Any]:
    return [value for place, span in enumerate(spans) for value in (place, *span)]
