"""How many leads were still to be won at past moments: open, received by then, in no won stage.

What ``standing.Leads.open_at`` finds lead by lead, counted for several moments in one pass.
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


def count(connection: Connection, moments: Sequence[str], won: Won) -> list[int]:
    """How many leads were to be won at each of the moments."""
    if not moments:
        return []
    sql = _sql("SELECT lead_id FROM move WHERE at > :oldest", len(moments), won)
    sums = ", ".join(f"coalesce(sum({_there(place, won)}), 0)" for place in range(len(moments)))
    values = {"oldest": min(moments), **_moments(moments), **won.values()}
    row = connection.execute(f"{sql} SELECT {sums} FROM lead l NOT INDEXED {_STATES}", values).fetchone()
    return list(map(int, row))


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
