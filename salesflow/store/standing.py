"""How leads stood at a past moment: open or not, process, stage, grade, goal, promise.

A lead is there from the day received or recorded, whichever is first. Its stage and status are
those of the move that was recorded last among those dated up to the moment; its grade is the
newest by its own day; its goal is what the first change after the moment replaced. The leads
are read once; only those that have changed since a moment are looked at again for it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Any, NamedTuple

from salesflow.store.rows import Connection, batches, marks

_instant = itemgetter(0)


class Standing(NamedTuple):
    """How a lead stands, or stood at a moment; ``since`` is when it came to be known."""

    id: int
    process: str
    stage: str
    status: str
    grade: str | None
    graded_at: str
    goal_fen: int | None
    since: str
    received_at: str | None
    first_followup_at: str | None


_ALL = """SELECT id, process, stage, status, grade, coalesce(graded_at, received_at, created_at), goal_fen,
  min(coalesce(received_at, '9'), created_at), received_at, first_followup_at FROM lead"""


# most leads of an old book were closed long ago
_LATELY = """WHERE status = 'open' OR received_at >= :since
  OR id IN (SELECT lead_id FROM move NOT INDEXED WHERE at >= :since)"""


class Leads:
    """Every lead of the book, or some, read once, and how they stood at any moment.

    With ``since`` those that came and were closed before are read where a question goes back behind it.
    """

    def __init__(self, connection: Connection, some: Sequence[int] | None = None, since: str = "") -> None:
        self._connection = connection
        self._since = since
        self._fill(_recent(connection, since) if since else _read(connection, some))

    def _fill(self, leads: Iterable[Standing]) -> None:
        self.all = list(leads)
        self._open: dict[str, list[Standing]] = {}
        self._received: list[tuple[str, Standing]] | None = None
        self.__dict__.pop("_by_id", None)

    def _reach(self, moment: str) -> None:
        # every lead, where the moment lies before those that were read
        if moment < self._since:
            self._since = ""
            self._fill(_read(self._connection, None))

    def open_at(self, moment: str) -> list[Standing]:
        """The leads that were open at the moment, as they stood then; by id."""
        self._reach(moment)
        if moment not in self._open:
            changed = self._changed(moment)
            self._open[moment] = [
                then
                for one in self.all
                if (then := changed.get(one.id, one)).status == "open" and then.since <= moment
            ]
        return self._open[moment]

    def received(self, first: str, last: str) -> list[Standing]:
        """The leads that were received in the span, in the order of that."""
        self._reach(first)
        if self._received is None:
            self._received = _in_order(self.all)
        return _between(self._received, first, last)

    def some(self, lead_ids: Collection[int]) -> list[Standing]:
        """Those of the leads, as they stand; by id."""
        found = [one for one in self.all if one.id in lead_ids]
        if self._since and len(found) < len(lead_ids):
            found += _read(self._connection, [one for one in lead_ids if one not in self._by_id])
        return sorted(found)

    def _changed(self, moment: str) -> dict[int, Standing]:
        changes: dict[int, dict[str, Any]] = {}
        for found in (
            self._placed(moment),
            _goals(self._connection, moment),
            self._graded(moment),
        ):
            for lead_id, values in found.items():
                changes.setdefault(lead_id, {}).update(values)
        if not changes:
            return {}
        there = self._there(changes, moment)
        return {lead_id: self._by_id[lead_id]._replace(**changes[lead_id]) for lead_id in there}

    @cached_property
    def _by_id(self) -> dict[int, Standing]:
        return {one.id: one for one in self.all}

    def _there(self, lead_ids: Iterable[int], moment: str) -> list[int]:
        # by id; one that came later was nothing then
        known = self._by_id
        return sorted([one for one in lead_ids if one in known and known[one].since <= moment])

    def _placed(self, moment: str) -> dict[int, dict[str, Any]]:
        sql = "SELECT DISTINCT lead_id FROM move WHERE at > ?"
        changed = [row[0] for row in self._connection.execute(sql, (moment,))]
        return _placed(self._connection, self._there(changed, moment), moment) if changed else {}

    def _graded(self, moment: str) -> dict[int, dict[str, Any]]:
        sql = "SELECT DISTINCT lead_id FROM field_change WHERE field = 'grade' AND at > ?"
        changed = {row[0] for row in self._connection.execute(sql, (moment,))}
        ids = self._there(changed.union([one.id for one in self.all if one.graded_at > moment]), moment)
        found: dict[int, dict[str, Any]] = {lead_id: {"grade": None, "graded_at": ""} for lead_id in ids}
        for lead_id, grade, at in _grades(self._connection, ids):
            if at <= moment:
                found[lead_id] = {"grade": grade, "graded_at": at}
        return found


def _recent(connection: Connection, since: str) -> Iterator[Standing]:
    return map(Standing._make, connection.execute(f"{_ALL} NOT INDEXED {_LATELY}", {"since": since}))


def _read(connection: Connection, some: Sequence[int] | None) -> Iterator[Standing]:
    if some is None:
        yield from map(Standing._make, connection.execute(_ALL))
        return
    for part in batches(some):
        sql = f"{_ALL} WHERE id IN ({marks(part)}) ORDER BY id"
        yield from map(Standing._make, connection.execute(sql, part))


class Recent:
    """The leads received since an instant; they, and how all stood at a moment, are read where it is asked."""

    def __init__(self, connection: Connection, since: str) -> None:
        self._connection = connection
        self._since = since
        self._received: list[tuple[str, Standing]] | None = None
        self._every: Leads | None = None

    def received(self, first: str, last: str) -> list[Standing]:
        """The leads that were received in the span, in the order of that."""
        if first < self._since:
            return self._all().received(first, last)
        if self._received is None:
            rows = self._connection.execute(f"{_ALL} NOT INDEXED WHERE received_at >= ?", (self._since,))
            self._received = _in_order(map(Standing._make, rows))
        return _between(self._received, first, last)

    def open_at(self, moment: str) -> list[Standing]:
        """The leads that were open at the moment, as they stood then; by id."""
        return self._all().open_at(moment)

    def some(self, lead_ids: Collection[int]) -> list[Standing]:
        """Those of the leads, as they stand; by id."""
        return self._all().some(lead_ids)

    def _all(self) -> Leads:
        if self._every is None:
            self._every = Leads(self._connection)
        return self._every


def _in_order(leads: Iterable[Standing]) -> list[tuple[str, Standing]]:
    # they come by id, and stay so within a minute
    return sorted([(one.received_at, one) for one in leads if one.received_at], key=_instant)


def _between(received: list[tuple[str, Standing]], first: str, last: str) -> list[Standing]:
    start = bisect_left(received, first, key=_instant)
    end = bisect_right(received, last, lo=start, key=_instant)
    return [one for _, one in received[start:end]]


_MANY = 2000  # leads: the moves of more are read as they lie
# what changed a lead's stage, and what its status: a deal told later, of an earlier day, leaves lost what was lost
_MOVES = """SELECT lead_id, at <= ?, from_stage <> to_stage OR from_process IS NOT NULL, from_status <> to_status,
  from_stage, to_stage, from_status, to_status, process, coalesce(from_process, process)
FROM move {table} WHERE lead_id IN (SELECT value FROM json_each(?)) ORDER BY id"""


def _placed(connection: Connection, lead_ids: Sequence[int], moment: str) -> dict[int, dict[str, Any]]:
    # where each of the leads stood: as after the last move told of those by then, else as before the first told;
    # what no move tells is as it is now
    sql = _MOVES.format(table="NOT INDEXED" if len(lead_ids) > _MANY else "")
    found: dict[int, dict[str, Any]] = {}
    for lead, by_then, staged, switched, *told in connection.execute(sql, (moment, str(list(lead_ids)))):
        origin, stage, was, status, process, left = told
        stood = found.setdefault(lead, {})
        if staged and by_then:
            stood |= {"stage": stage, "process": process}
        elif staged and "stage" not in stood:
            stood |= {"stage": origin, "process": left}
        if switched and by_then:
            stood["status"] = status
        elif switched:
            stood.setdefault("status", was)
    return {lead: {name: code for name, code in stood.items() if code} for lead, stood in found.items()}


def _goals(connection: Connection, moment: str) -> dict[int, dict[str, Any]]:
    sql = """
SELECT lead_id, CAST(old AS INTEGER), min(at || printf('%012d', id)) FROM field_change
WHERE field = 'goal_value' AND at > ? GROUP BY lead_id"""
    return {lead_id: {"goal_fen": old} for lead_id, old, _ in connection.execute(sql, (moment,))}


def _grades(connection: Connection, lead_ids: Sequence[int]) -> Iterable[tuple[int, str | None, str]]:
    # each grade with its day, the newest last; what a lead was recorded with stands in its history alone
    sql = """
SELECT row_id, json_extract(after, '$.grade'), json_extract(after, '$.graded_at') AS at, 0 FROM history
WHERE lead_id IN ({some}) AND table_name = 'lead' AND before IS NULL AND at IS NOT NULL
UNION ALL SELECT lead_id, new, at, id FROM field_change WHERE lead_id IN ({some}) AND field = 'grade'
ORDER BY 3, 4"""
    for part in batches(lead_ids):
        for lead_id, grade, at, _ in connection.execute(sql.format(some=marks(part)), (*part, *part)):
            yield lead_id, grade, at


def promises_at(
    connection: Connection, moment: str, lead_ids: Sequence[int]
) -> dict[int, tuple[str, str | None]]:
    """(day, what for) of the promise that stood at the moment, by lead."""
    found: dict[int, tuple[str, str | None]] = {}
    for part in batches(lead_ids):
        sql = (
            f"SELECT lead_id, date, reason FROM promise WHERE lead_id IN ({marks(part)}) AND made_at <= ?"
            " AND (ended_at IS NULL OR ended_at > ?) ORDER BY id"
        )
        rows = connection.execute(sql, (*part, moment, moment))
        found.update({lead_id: (day, reason) for lead_id, day, reason in rows})
    return found
