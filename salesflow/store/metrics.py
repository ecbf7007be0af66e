"""What reports count: leads, follow-ups, moves, promises and orders of a period.

Instants are ``YYYY-MM-DDTHH:MM`` and both ends of a span are in it. How leads stood at a past
moment is in ``standing``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from salesflow.store import merging, trend
from salesflow.store.rows import Connection, batches, marks
from salesflow.store.settings import processes_followed
from salesflow.store.standing import Standing

_MANY = 2000  # leads


def _one(connection: Connection, sql: str, values: Sequence[Any] | dict[str, Any]) -> tuple[Any, ...]:
    return tuple(connection.execute(sql, values).fetchone())


def followup_counts(connection: Connection, first: str, last: str) -> tuple[int, int, int]:
    """(follow-ups, visits, leads touched) in the span."""
    return trend.followups(connection, [(first, last)])[0]


def order_sums(connection: Connection, first_day: str, last_day: str) -> tuple[int, int, int | None]:
    """(orders signed, their amounts, their margin) from day to day; the margin of those whose cost is known."""
    return trend.orders(connection, [(first_day, last_day)])[0]


def collected(connection: Connection, first_day: str, last_day: str) -> int:
    """The sum of the payments received from day to day."""
    return trend.collected(connection, [(first_day, last_day)])[0]


_NAMES = (
    "id", "name", "short", "city", "process", "next_date", "next_reason", "received_at", "source", "passive",
    "owner", "area",
)  # fmt: skip


def names_of(connection: Connection, lead_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What lists say of each of these leads: names, process, promise, when and whence it came."""
    found: dict[int, dict[str, Any]] = {}
    for part in batches(sorted(lead_ids)):  # in the order in which they lie
        sql = f"SELECT {', '.join(_NAMES)} FROM lead WHERE id IN ({marks(part)})"
        for row in connection.execute(sql, part):
            found[row[0]] = dict(zip(_NAMES, row, strict=True))
    return found


def labels_of(
    connection: Connection, lead_ids: Sequence[int]
) -> Iterator[tuple[int, str, str | None, str | None, str]]:
    """(id, name, short, city, process) of each of these leads."""
    for part in batches(sorted(lead_ids)):
        sql = f"SELECT id, name, short, city, process FROM lead WHERE id IN ({marks(part)})"
        yield from connection.execute(sql, part)


def sources(connection: Connection, first: str, last: str) -> list[tuple[str, str | None, int]]:
    """(process, source, how many) of the leads received in the span, what came first before the others."""
    sql = """SELECT process, source, count(*) FROM lead NOT INDEXED WHERE received_at BETWEEN ? AND ?
GROUP BY process, source ORDER BY min(received_at || printf('%012d', id))"""
    return connection.execute(sql, (first, last)).fetchall()


def processes_of(connection: Connection, lead_ids: Sequence[int]) -> dict[int, str]:
    """The process that each of these leads follows."""
    found: dict[int, str] = {}
    for part in batches(lead_ids):
        found.update(connection.execute(f"SELECT id, process FROM lead WHERE id IN ({marks(part)})", part))
    return found


class Entering(NamedTuple):
    """A lead entering a stage: ``origin`` is the one left, None for its first; ``order`` orders one minute's.

    ``process`` is that of the stage entered, ``left`` that of the one left; ``rebuilt`` where the process
    itself was changed and the lead had to go somewhere.
    """

    lead_id: int
    process: str
    origin: str | None
    stage: str
    at: str
    order: int
    left: str | None
    rebuilt: bool


# a move knows its process where the lead follows another one since
_NEXT = """SELECT m.lead_id, coalesce(m.process, l.process), m.from_stage, m.to_stage, m.at, m.id,
  coalesce(m.from_process, m.process, l.process), m.from_process IS coalesce(m.process, l.process)
FROM {move} CROSS JOIN {lead}
WHERE (m.from_stage <> m.to_stage OR m.from_process IS NOT NULL) AND {which} ORDER BY m.at, m.id"""


def _entering(
    connection: Connection, move: str, which: str, asked: Iterable[Sequence[Any]]
) -> Iterator[Entering]:
    # the leads are not read where all follow one process
    followed = processes_followed(connection)
    one = followed if len(followed) == 1 else []
    lead = "(SELECT ? AS process) l" if one else "lead l ON l.id = m.lead_id"
    for values in asked:
        sql = _NEXT.format(move=move, lead=lead, which=which.format(marks=marks(values)))
        yield from map(Entering._make, connection.execute(sql, (*one, *values)))


def moves_into(connection: Connection, first: str, last: str) -> list[Entering]:
    """Every entering of a stage by a move in the span of some months, in order."""
    # so many are read in the order in which they lie
    return list(_entering(connection, "move m NOT INDEXED", "m.at BETWEEN ? AND ?", [(first, last)]))


def first_left(connection: Connection, leads: Sequence[Standing]) -> dict[int, tuple[str | None, str]]:
    """(process, stage) that the first move of each of these leads left, if it has moved; the process may be its own.

    A move of a lead that was merged may take the joined one nowhere.
    """
    # where there are very many, those of all: they lie in the order in which they were made, the first comes last
    many = len(leads) > _MANY
    which = "" if many else "AND lead_id IN (SELECT value FROM json_each(?))"
    sql = f"""SELECT lead_id, coalesce(from_process, process), from_stage FROM move {"NOT INDEXED" if many else ""}
WHERE (from_stage <> to_stage OR from_process IS NOT NULL) {which} ORDER BY id DESC"""
    asked = () if many else (str([one.id for one in leads]),)
    return {lead_id: (process, stage) for lead_id, process, stage in connection.execute(sql, asked)}


def first_entry(lead: Standing, process: str | None, stage: str | None) -> Entering:
    """The entering of its first stage by a lead, on the day received: what its first move left, else where it is."""
    of, into = process or lead.process, stage or lead.stage
    return Entering(lead.id, of, None, into, lead.received_at or "", 0, None, False)


def steps_of(connection: Connection, lead_ids: Sequence[int]) -> dict[int, list[Entering]]:
    """Every entering of a stage by a move of each of these leads, in order."""
    found: dict[int, list[Entering]] = {}
    for one in _entering(connection, "move m", "m.lead_id IN ({marks})", batches(lead_ids)):
        found.setdefault(one.lead_id, []).append(one)
    return found


class Promised(NamedTuple):
    """A promise that named a day of the period, and how it ended: when, by what, with what reason.

    ``why_at`` is when the reason was told, where that was later, ``then`` the promise that took its
    place in that instant, ``known`` the newest follow-up by then (None: not told). ``followed`` is the
    first follow-up after its making, ``time id``: only that one can keep it.
    """

    id: int
    lead_id: int
    date: str
    made_at: str
    after_followup: int
    ended_at: str | None
    ended: str | None
    why: str | None
    why_at: str | None
    then: int | None
    known: int | None
    followed: str | None


# a follow-up of the minute of the making counts where it was told after it
AFTER = "f.lead_id = p.lead_id AND f.at >= p.made_at AND (f.at > p.made_at OR f.id > p.after_followup)"
# in the order of the leads, in which their promises and follow-ups are found;
# the next promise of the lead is what took this one's place where it was made in the instant that ended it;
# a date given with `reopen` has its reason on the move; the reason of a move may have followed it
NEXT_ONE = "(SELECT min(id) FROM promise q WHERE q.lead_id = p.lead_id AND q.id > p.id)"
_PROMISES = f"""
SELECT p.id, p.lead_id, p.date, p.made_at, p.after_followup, p.ended_at, p.ended,
  coalesce(n.why, (SELECT why FROM move m WHERE p.ended = 'moved' AND n.moved_from IS NULL
    AND m.lead_id = p.lead_id AND m.at = p.ended_at AND m.from_status <> 'open' AND m.to_status = 'open')),
  CASE WHEN n.moved_from IS NOT NULL AND n.why IS NOT NULL THEN (
    SELECT max(o.at) FROM history h JOIN operation o ON o.id = h.operation_id
      WHERE h.lead_id IN ({merging.owners("n", "promise")}) AND h.table_name = 'promise' AND h.row_id = n.id
      AND h.before IS NOT NULL AND json_extract(h.after, '$.why') IS NOT NULL) END,
  n.id, n.after_followup,
  (SELECT f.at || ' ' || f.id FROM followup f WHERE {AFTER} ORDER BY f.at, f.id LIMIT 1)
FROM (SELECT p.* FROM promise p WHERE {{which}} ORDER BY p.lead_id LIMIT -1) p
  LEFT JOIN promise n ON n.made_at = p.ended_at AND n.id = {{then}}
ORDER BY p.id"""


def promises(
    connection: Connection, first_day: str, last_day: str, moment: str, lead_ids: Sequence[int] | None = None
) -> list[Promised]:
    """Every promise for a day of the span that had been made by the moment, or those of these leads alone."""
    if lead_ids is None:
        found = _values(_promised(connection, "p.date BETWEEN ? AND ?", (first_day, last_day)))
    else:
        found = []
        for part in batches(lead_ids):
            which = f"p.date BETWEEN ? AND ? AND p.lead_id IN ({marks(part)})"
            found += _values(_promised(connection, which, (first_day, last_day, *part)))
    return [one for one in found if one.made_at <= moment]


def promises_with(connection: Connection, ids: Sequence[int]) -> list[Promised]:
    """These promises, none of which names the day of the one whose place it takes."""
    found: list[Promised] = []
    for part in batches(ids):
        found += _promised(connection, f"p.id IN ({marks(part)})", part)
    return found


def standing_promises(connection: Connection, day: str, moment: str) -> list[Promised]:
    """Every promise for the day or an earlier one that stood at the moment."""
    stood = "made_at <= :moment AND (ended_at IS NULL OR ended_at > :moment)"
    # most promises are of earlier days: they are read as they lie
    leads = f"SELECT lead_id FROM promise NOT INDEXED WHERE date <= :day AND {stood}"
    which = f"p.date <= :day AND p.lead_id IN ({leads})"
    found = _values(_promised(connection, which, {"day": day, "moment": moment}))
    return [one for one in found if one.made_at <= moment and not (one.ended_at and one.ended_at <= moment)]


def _promised(
    connection: Connection, which: str, values: Sequence[Any] | dict[str, Any]
) -> Iterator[Promised]:
    # where leads were merged, what took a promise's place is the next one of the same lead
    joined = {row[0] for row in connection.execute("SELECT DISTINCT lead_id FROM former")}
    rows = connection.execute(_PROMISES.format(which=which, then=NEXT_ONE), values)
    for one in map(Promised._make, rows):
        if one.lead_id in joined and one.ended_at:
            then = merging.successor(connection, one.id, one.lead_id, one.ended_at)
            given = {"id": one.id, "then": then}
            row = connection.execute(_PROMISES.format(which="p.id = :id", then=":then"), given).fetchone()
            one = Promised._make(row)
        yield one


def _values(rows: Iterable[Promised]) -> list[Promised]:
    # one that names the day of the promise whose place it takes is no other: the date has had one value
    found: dict[int, Promised] = {}
    heads: dict[int, int] = {}  # promise: the first of those for the same day, one after the other
    for one in rows:
        head = heads.pop(one.id, one.id)
        before = found.get(head)
        if before is None or before.date != one.date:
            head = one.id
            found[head] = one
        else:
            found[head] = one._replace(
                made_at=before.made_at, after_followup=before.after_followup, followed=before.followed
            )
        if one.then is not None and one.ended != "dropped":
            heads[one.then] = head
    return list(found.values())


def newest_when_ended(connection: Connection, promise_id: int, lead_id: int) -> int:
    """The newest follow-up that had been recorded when the promise ended, 0 without one."""
    ids = merging.was(connection, lead_id)
    sql = f"""
SELECT coalesce(max(row_id), 0) FROM (
  SELECT row_id, max(id) AS told FROM history WHERE lead_id IN ({marks(ids)}) AND table_name = 'followup'
    AND before IS NULL GROUP BY row_id
) WHERE told < (SELECT max(id) FROM history p WHERE p.lead_id IN ({marks(ids)})
    AND p.table_name = 'promise' AND p.row_id = ? AND json_extract(p.after, '$.ended_at') IS NOT NULL)"""
    return int(_one(connection, sql, (*ids, *ids, promise_id))[0])


def promised_by(connection: Connection, day: str, moment: str) -> dict[int, str]:
    """The next date that stood at the moment, of each lead of which it was the day or one before."""
    sql = (
        "SELECT lead_id, date FROM promise WHERE date <= ? AND made_at <= ?"
        " AND (ended_at IS NULL OR ended_at > ?) ORDER BY lead_id, id"
    )
    return dict(connection.execute(sql, (day, moment, moment)).fetchall())
