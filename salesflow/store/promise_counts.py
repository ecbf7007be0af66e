"""What became of very many promises, judged where they lie: only the few of which that says too little are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from salesflow.store.metrics import AFTER, NEXT_ONE
from salesflow.store.rows import Connection, is_long


class Span(NamedTuple):
    """The days of a period and its last moment that has been."""

    first: str
    last: str
    moment: str


class Judged(NamedTuple):
    """The promises of a span: how many of each (day, outcome), and the ids of those moved, which are not counted."""

    counts: Counter[tuple[str, str]]
    moved: list[int]


# promises that only ``metrics.promises`` can judge: of merged leads, a day named twice, dropped in a follow-up's minute
_IRREGULAR = """
SELECT lead_id FROM former
UNION SELECT lead_id FROM promise {table} WHERE date BETWEEN :first AND :last
  GROUP BY lead_id, date HAVING count(*) > 1
UNION SELECT lead_id FROM promise p {table} WHERE date BETWEEN :first AND :last AND ended = 'dropped'
  AND EXISTS (SELECT 1 FROM followup f WHERE f.lead_id = p.lead_id AND f.at = p.ended_at)"""
# when it was met: the first follow-up before it ended, or told before what took its place in that minute
_MET = f"""SELECT f.at FROM followup f WHERE {AFTER} AND f.at <= s.moment
  AND (p.ended_at IS NULL OR p.ended_at > s.moment OR f.at < p.ended_at OR f.at = p.ended_at
    AND (p.ended = 'dropped' OR f.id <= coalesce((SELECT n.after_followup FROM promise n
      WHERE n.made_at = p.ended_at AND n.id = {NEXT_ONE}), f.id))) ORDER BY f.at, f.id LIMIT 1"""
# the promises in the order of the leads: their follow-ups stand in that order too
_JUDGED = f"""
WITH span (place, first, last, moment) AS (VALUES {{spans}})
SELECT place, date, CASE WHEN met < date || 'U' THEN 'kept' WHEN met IS NOT NULL THEN 'kept_late'
    WHEN stands THEN 'open' WHEN ended = 'dropped' THEN 'dropped' END AS outcome,
  CASE WHEN met IS NULL AND NOT stands AND ended <> 'dropped' THEN id END
FROM (
  SELECT s.place, p.id, p.date, p.ended, ({_MET}) AS met, p.ended IS NULL OR p.ended_at > s.moment AS stands
  FROM promise p {{table}} CROSS JOIN span s ON p.date BETWEEN s.first AND s.last AND p.made_at <= s.moment
  WHERE p.date BETWEEN ? AND ? AND p.lead_id NOT IN (SELECT value FROM json_each(?)) LIMIT -1
)"""


def judged(connection: Connection, spans: Sequence[Span]) -> tuple[list[Judged], list[int]]:
    """What became of each span's promises by its moment, and the few leads whose promises are not among them."""
    ends = {"first": min(one.first for one in spans), "last": max(one.last for one in spans)}
    asked = [value for place, one in enumerate(spans) for value in (place, *one)]
    # those of some months are read in the order of their leads, in which they mostly lie
    table = "NOT INDEXED" if is_long(**ends) else ""
    left = [row[0] for row in connection.execute(_IRREGULAR.format(table=table), ends)]
    sql = _JUDGED.format(spans=", ".join(["(?, ?, ?, ?)"] * len(spans)), table=table)
    found = [Judged(Counter(), []) for _ in spans]
    rows = Counter(connection.execute(sql, (*asked, *ends.values(), str(left))))
    for (place, day, outcome, moved), count in rows.items():
        if moved is None:
            found[place].counts[day, outcome] += count
        else:
            found[place].moved.append(moved)
    return found, left
