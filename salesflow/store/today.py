"""The lists of the day: which leads stand in which bucket, counted and in order, through covering indexes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from salesflow.store.rows import Connection, marks


class Rules(NamedTuple):
    """What a process says that the day needs: its grades, hottest first, and the first-contact hours (0: none)."""

    code: str
    grades: tuple[str, ...]
    hours: int


class Day(NamedTuple):
    """The day asked for (``last`` closes the window of ``--days``), its filters and how many are wanted."""

    date: str
    last: str
    rules: tuple[Rules, ...]
    area: str | None = None
    grades: tuple[str, ...] | None = None
    limit: int = -1
    owner: str | None = None  # '' is the pool: nobody's


class Due(NamedTuple):
    """One line of the day: ``rank`` is the place of the grade in its process."""

    lead_id: int
    bucket: str
    date: str | None
    time: str | None
    rank: int
    passive: bool


BUCKETS = ("first_contact", "overdue", "due", "unplanned")

# word for word the conditions of the partial indexes, or SQLite does not see that they fit
_PLANNED = "next_date IS NOT NULL AND status <> 'lost'"
_FIRST = "first_followup_at IS NULL AND received_at IS NOT NULL AND status = 'open'"


def _rank(day: Day) -> tuple[str, list[Any]]:
    sql = "CASE process"
    values: list[Any] = []
    for rule in day.rules:
        inner = "".join(" WHEN ? THEN ?" for _ in rule.grades)
        sql += (
            f" WHEN ? THEN CASE grade{inner} ELSE {len(rule.grades)} END" if rule.grades else " WHEN ? THEN 0"
        )
        values.append(rule.code)
        for place, grade in enumerate(rule.grades):
            values += [grade, place]
    return f"{sql} ELSE 99 END", values


def _late_first(day: Day) -> tuple[str, list[Any]]:
    # true where the first-contact deadline lies before the end of the day
    parts, values = [], []
    for rule in day.rules:
        if rule.hours:
            parts.append("process = ? AND received_at < strftime('%Y-%m-%dT%H:%M', ?, '+1 day', ?)")
            values += [rule.code, day.date, f"-{rule.hours} hours"]
    # a plain 0 never true leaves SQLite no way through the index that it is told to take
    return (f"({' OR '.join(parts)})" if parts else "received_at < ''"), values


def _filters(day: Day) -> tuple[str, list[Any]]:
    sql, values = "", []
    if day.area is not None:
        sql += " AND area = ?"
        values.append(day.area)
    if day.owner is not None:
        sql += " AND owner = ?" if day.owner else " AND owner IS NULL"
        values += [day.owner] if day.owner else []
    if day.grades is not None:
        named = [grade for grade in day.grades if grade]
        marks = ", ".join("?" * len(named))
        sql += f" AND (grade IN ({marks}){' OR grade IS NULL' if '' in day.grades else ''})"
        values += named
    return sql, values


def _bucket(day: Day, bucket: str) -> tuple[str, list[Any]]:
    late, late_values = _late_first(day)
    free = f"NOT ({_FIRST} AND {late})"
    where, values = _filters(day)
    if bucket == "first_contact":
        return f"{_FIRST} AND {late}{where}", late_values + values
    if bucket == "overdue":
        sql = f"{_PLANNED} AND status = 'open' AND next_date < ? AND {free}{where}"
        return sql, [day.date, *late_values, *values]
    if bucket == "due":
        window = "next_date <= ? AND ((status = 'open' AND next_date >= ?) OR status = 'parked')"
        sql = f"{_PLANNED} AND {window} AND {free}{where}"
        return sql, [day.last, day.date, *late_values, *values]
    waiting = "".join(" WHEN ? THEN ?" for _ in day.rules)
    hours = [part for rule in day.rules for part in (rule.code, int(not rule.hours))]
    sql = (
        "next_date IS NULL AND received_at IS NOT NULL AND status = 'open'"
        f" AND (first_followup_at IS NOT NULL OR CASE process{waiting} END){where}"
    )
    return sql, [*hours, *values]


_INDEX = {
    "first_contact": "lead_first",
    "overdue": "lead_due",
    "due": "lead_due",
    "unplanned": "lead_unplanned",
}


def count(connection: Connection, day: Day, bucket: str) -> int:
    """How many leads stand in the bucket."""
    where, values = _bucket(day, bucket)
    sql = f"SELECT count(*) FROM lead INDEXED BY {_INDEX[bucket]} WHERE {where}"
    return int(connection.execute(sql, values).fetchone()[0])


def listed(connection: Connection, day: Day, bucket: str) -> list[Due]:
    """The first ``limit`` lines of the bucket, in the order of the day."""
    if day.limit >= 0 and bucket in _RANKED:
        return _first(connection, day, bucket)
    where, values = _bucket(day, bucket)
    rank, ranks = _rank(day)
    due, time, late = _times(day, bucket)
    sql = (
        f"SELECT id, {due}, {time}, {rank}, passive FROM lead INDEXED BY {_INDEX[bucket]} WHERE {where}"
        f" ORDER BY CASE WHEN {due} = ? THEN coalesce({time}, '~') ELSE '~' END, 4, passive DESC, {due}, id"
        " LIMIT ?"
    )
    given = [*late, *late, *ranks, *values, *late, day.date, *late, *late, day.limit]
    return [
        Due(row[0], bucket, row[1], row[2], row[3], bool(row[4])) for row in connection.execute(sql, given)
    ]


# buckets in which nothing is timed, and the index that holds them rank by rank
_RANKED = {"overdue": "lead_rank", "unplanned": "lead_unplanned"}


def _first(connection: Connection, day: Day, bucket: str) -> list[Due]:
    # one rank after the other until there are enough: what comes later is never read
    where, values = _bucket(day, bucket)
    found: list[Due] = []
    for rank in range(max((len(rule.grades) for rule in day.rules), default=0) + 1):
        for code, graded, grades, passive in _groups(day, rank):
            sql = (
                f"SELECT id, next_date, next_time FROM lead INDEXED BY {_RANKED[bucket]}"
                f" WHERE process = ? AND {graded} AND passive = ? AND {where} ORDER BY next_date, id LIMIT ?"
            )
            rows = connection.execute(sql, (code, *grades, passive, *values, day.limit))
            found += [Due(row[0], bucket, row[1], row[2], rank, bool(passive)) for row in rows]
        if len(found) >= day.limit:
            break
    return found


def _groups(day: Day, rank: int) -> Iterator[tuple[str, str, list[str], int]]:
    for rule in day.rules:
        for graded, grades in _of_rank(rule, rank):
            for passive in (1, 0):
                yield rule.code, graded, grades, passive


def _of_rank(rule: Rules, rank: int) -> list[tuple[str, list[str]]]:
    # behind the last grade stand the leads that have none, or one that the process does not know (any more)
    if rank < len(rule.grades):
        return [("grade = ?", [rule.grades[rank]])]
    if rank > len(rule.grades):
        return []
    known = sorted(rule.grades)
    unknown = [("grade > ? AND grade < ?", [low, high]) for low, high in pairwise(["", *known])]
    return [("grade IS NULL", []), *unknown, ("grade > ?", known[-1:] or [""])]


def _times(day: Day, bucket: str) -> tuple[str, str, list[Any]]:
    # the first contact's day and time are its deadline
    if bucket != "first_contact":
        return "next_date", "next_time", []
    hours, values = _hours(day)
    return f"date(received_at, {hours})", f"strftime('%H:%M', received_at, {hours})", values


def _hours(day: Day) -> tuple[str, list[Any]]:
    sql = "CASE process" + "".join(" WHEN ? THEN ?" for _ in day.rules) + " END"
    return sql, [part for rule in day.rules for part in (rule.code, f"+{rule.hours} hours")]


def order(day: Day, lines: Sequence[Due]) -> list[Due]:
    """The lines in the order of the day: timed ones, bucket, grade, passive, most days late, id."""

    def key(line: Due) -> tuple[Any, ...]:
        timed = line.time if line.date == day.date and line.time else "~"
        place = BUCKETS.index(line.bucket)
        return (timed, place, line.rank, not line.passive, line.date or "", line.lead_id)

    found = sorted(lines, key=key)
    return found if day.limit < 0 else found[: day.limit]


class Waiting(NamedTuple):
    """A lead whose first contact is due on the day after: it is in no bucket yet."""

    lead_id: int
    name: str
    short: str | None
    city: str | None
    deadline: str


def soon(connection: Connection, day: Day, after: str, limit: int) -> list[Waiting]:
    """The first contacts that are not due by the day but by the one ``after`` it, the nearest first (K1)."""
    late, late_values = _late_first(day._replace(date=after))
    passed, passed_values = _late_first(day)
    where, values = _filters(day)
    hours, hour_values = _hours(day)
    sql = (
        f"SELECT id, name, short, city, strftime('%Y-%m-%dT%H:%M', received_at, {hours}) FROM lead"
        f" INDEXED BY lead_first WHERE {_FIRST} AND {late} AND NOT {passed}{where} ORDER BY 5, id LIMIT ?"
    )
    given = [*hour_values, *late_values, *passed_values, *values, limit]
    return [Waiting._make(row) for row in connection.execute(sql, given)]


def count_untouched(connection: Connection, day: Day) -> int:
    """How many open leads are only a name on a list: never received, never followed up."""
    where, values = _filters(day)
    sql = (
        "SELECT count(*) FROM lead INDEXED BY lead_untouched"
        f" WHERE received_at IS NULL AND status = 'open'{where}"
    )
    return int(connection.execute(sql, values).fetchone()[0])


def visits_targets(connection: Connection, periods: Sequence[str]) -> dict[str, int]:
    """The book's targets of visits for these periods."""
    sql = f"SELECT period, value FROM target WHERE metric = 'visits' AND rep = '' AND period IN ({marks(periods)})"
    return dict(connection.execute(sql, tuple(periods)).fetchall())
