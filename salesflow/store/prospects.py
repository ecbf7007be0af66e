"""Leads counted for several periods in one pass: to be won at a moment, received, first contacts in time.

A lead is to be won where it is open, was received by then and stands in no won stage: what
``standing.Leads.open_at`` finds lead by lead.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from salesflow.store.rows import Connection, batches


class Won(NamedTuple):
    """The won stages: by code, and by (process, stage) where a code is won in one process and not in another."""

    stages: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...] = ()

    def test(self, stage: str, process: str) -> str:
        """The condition that the stage of these columns is won."""
        codes = f"({stage} IN ({', '.join(f':stage{place}' for place in range(len(self.stages)))}))"
        if not self.pairs:
            return codes
        known = (f"(:of{place}, :pair{place})" for place in range(len(self.pairs)))
        return f"({codes} AND ({process}, {stage}) IN (VALUES {', '.join(known)}))"

    def values(self) -> dict[str, str]:
        """What the condition asks for by name."""
        found = {f"stage{place}": stage for place, stage in enumerate(self.stages)}
        for place, (process, stage) in enumerate(self.pairs):
            found |= {f"of{place}": process, f"pair{place}": stage}
        return found


class Waited(NamedTuple):
    """Leads of a process received from one instant to another, and the hours until their first contact is due."""

    process: str
    hours: int
    first: str
    last: str


class Counts(NamedTuple):
    """Leads to be won at each moment, received in each span, and (met in time, all) of each Waited."""

    open: list[int]
    received: list[int]
    contacts: list[tuple[int, int]]


def count(
    connection: Connection,
    won: Won,
    moments: Sequence[str],
    spans: Sequence[tuple[str, str]],
    waited: Sequence[Waited],
) -> Counts:
    """How many leads there were of each kind; all of it in one reading of the leads."""
    sums = [_there(place, won) for place in range(len(moments))]
    values: dict[str, Any] = {"oldest": min(moments), **_moments(moments), **won.values()}
    for place, (first, last) in enumerate(spans):
        sums.append(f"l.received_at BETWEEN :first{place} AND :last{place}")
        values |= {f"first{place}": first, f"last{place}": last}
    for place, one in enumerate(waited):
        theirs = f"l.received_at BETWEEN :since{place} AND :until{place} AND l.process = :waits{place}"
        due = f"strftime('%Y-%m-%dT%H:%M', l.received_at, '+{int(one.hours)} hours')"
        sums += [f"CASE WHEN {theirs} THEN l.first_followup_at <= {due} END", theirs]
        values |= {f"since{place}": one.first, f"until{place}": one.last, f"waits{place}": one.process}
    # months of moves are found sooner as they lie than by their index
    sql = _sql("SELECT lead_id FROM move NOT INDEXED WHERE at > :oldest", len(moments), won)
    asked = ", ".join(f"coalesce(sum({one}), 0)" for one in sums)
    # the leads as they lie: a row is long, and each is read once
    sql = f"{sql} SELECT {asked} FROM lead l NOT INDEXED {_STATES} AND {_COUNTED}"
    values["first"] = min(value for name, value in values.items() if name.startswith(_STARTS))
    row = connection.execute(sql, values).fetchone()
    found, received = row[: len(moments)], len(moments) + len(spans)
    pairs = row[received:]
    return Counts(
        list(found), list(row[len(moments) : received]), list(zip(pairs[::2], pairs[1::2], strict=True))
    )


def among(connection: Connection, lead_ids: Sequence[int], moment: str, won: Won) -> set[int]:
    """Those of the leads that were to be won at the moment."""
    found: set[int] = set()
    for part in batches(lead_ids):
        some = ", ".join(map(str, map(int, part)))
        sql = f"{_sql(some, 1, won)} SELECT l.id FROM lead l {_STATES} AND l.id IN ({some}) AND {_there(0, won)}"
        rows = connection.execute(sql, {**_moments((moment,)), **won.values()})
        found.update(row[0] for row in rows)
    return found


_STATES = "LEFT JOIN state ON state.lead_id = l.id WHERE l.received_at IS NOT NULL"
# one that is not open, and was not received or changed since, is none of those asked for
_COUNTED = "(l.status = 'open' OR state.lead_id IS NOT NULL OR l.received_at >= :first)"
_STARTS = ("oldest", "first", "since")
_FOLLOWED = "(SELECT process FROM lead WHERE lead.id = move.lead_id)"


def _sql(leads: str, moments: int, won: Won) -> str:
    # 2 * id + what the move tells: the greatest is that of the move recorded last
    last = "".join(
        f", max(CASE WHEN staged AND at <= :at{place} THEN won_then END) AS won{place}"
        f", max(CASE WHEN switched AND at <= :at{place} THEN open_then END) AS open{place}"
        for place in range(moments)
    )
    then = won.test("to_stage", f"coalesce(process, {_FOLLOWED})")
    before = won.test("from_stage", f"coalesce(from_process, process, {_FOLLOWED})")
    return f"""
WITH state AS MATERIALIZED (
  SELECT lead_id{last}, min(CASE WHEN staged THEN won_before END) AS won_first,
    min(CASE WHEN switched THEN open_before END) AS open_first
  FROM (SELECT lead_id, at, from_stage <> to_stage OR from_process IS NOT NULL AS staged,
      from_status <> to_status AS switched, 2 * id + {then} AS won_then, 2 * id + {before} AS won_before,
      2 * id + (to_status = 'open') AS open_then, 2 * id + (from_status = 'open') AS open_before
    FROM move WHERE lead_id IN ({leads}) LIMIT -1)
  GROUP BY lead_id
)"""


def _there(place: int, won: Won) -> str:
    # as at the last move by then, else as before the first one, else as now
    return (
        f"(l.received_at <= :at{place} AND coalesce(open{place}, open_first, l.status = 'open') & 1"
        f" AND NOT coalesce(won{place}, won_first, {won.test('l.stage', 'l.process')}) & 1)"
    )


def _moments(moments: Sequence[str]) -> dict[str, Any]:
    return {f"at{place}": moment for place, moment in enumerate(moments)}
