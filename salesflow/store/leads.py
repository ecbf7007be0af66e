"""Leads: read by id, listed by filter, written row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from salesflow.models import Lead
from salesflow.store.rows import Connection, batches, insert, listed, mapped, marks, new_uid, update

_COLUMNS = ", ".join(Lead._fields)
_AT = {name: place for place, name in enumerate(Lead._fields)}
_BRANDS, _TAGS, _CUSTOM = (_AT[name] for name in ("brands", "tags", "custom"))
_FLAGS = tuple(_AT[name] for name in ("passive", "reference", "key_target"))


def _lead(row: Sequence[Any]) -> Lead:
    values = list(row)
    values[_BRANDS] = listed(values[_BRANDS])
    values[_TAGS] = listed(values[_TAGS])
    values[_CUSTOM] = mapped(values[_CUSTOM])
    for flag in _FLAGS:
        values[flag] = bool(values[flag])
    return Lead(*values)


def find_lead(connection: Connection, lead_id: int) -> Lead | None:
    """The lead of this id, or None."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM lead WHERE id = ?", (lead_id,)).fetchone()
    return _lead(row) if row else None


def leads_by_id(connection: Connection, ids: Sequence[int]) -> dict[int, Lead]:
    """The leads of these ids."""
    found: dict[int, Lead] = {}
    for part in batches(ids):
        for row in connection.execute(f"SELECT {_COLUMNS} FROM lead WHERE id IN ({marks(part)})", part):
            found[row[0]] = _lead(row)
    return found


def branches(connection: Connection, lead_id: int) -> list[Lead]:
    """The leads whose head office is this one, the first known first."""
    sql = f"SELECT {_COLUMNS} FROM lead WHERE parent_id = ? ORDER BY id"
    return [_lead(row) for row in connection.execute(sql, (lead_id,))]


def first_orders(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    """The day of the first order of each of these leads that has one which stands."""
    found: dict[int, str] = {}
    for part in batches(ids):
        some = f"lead_id IN ({marks(part)}) AND cancelled_on IS NULL"
        sql = f"SELECT lead_id, min(signed_on) FROM sales_order WHERE {some} GROUP BY lead_id"
        found.update(connection.execute(sql, part).fetchall())
    return found


def insert_lead(connection: Connection, values: Mapping[str, Any]) -> int:
    """The id of a new lead; a ``uid`` is made where none is given."""
    return insert(connection, "lead", {"uid": new_uid(), **values})


def update_lead(connection: Connection, lead_id: int, values: Mapping[str, Any]) -> None:
    """The lead with new ``values`` (columns of the table)."""
    update(connection, "lead", lead_id, values)


class Filter(NamedTuple):
    """What ``list`` and ``export`` choose by; None chooses nothing."""

    stages: Sequence[str] | None = None
    grades: Sequence[str] | None = None
    area: str | None = None
    source: str | None = None
    statuses: Sequence[str] | None = None
    process: str | None = None
    kind: str | None = None
    need: str | None = None
    tag: str | None = None
    industry: str | None = None
    size: str | None = None
    side: str | None = None
    parent: int | None = None
    key_target: bool = False
    reference: bool = False
    untouched: bool = False
    unplanned: bool = False
    limit: int | None = None
    sort: str = "id"
    owner: str | None = None  # '' is the pool: nobody's
    goal_before: str | None = None  # the day by which the goal is to be reached, or an earlier one
    customer_class: str | None = None


# what may be sorted by, and how: nothing of the person's own text reaches the SQL
SORTS = {
    "id": "id",
    "name": "py, id",
    "next": "next_date IS NULL, next_date, next_time, id",
    "last": "last_followup_at DESC, id",
    "value": "goal_fen DESC, id",
    "goal": "goal_on IS NULL, goal_on, goal_fen DESC, id",
    "stage": "process, stage, id",
    "grade": "grade IS NULL, grade, id",
    "area": "area IS NULL, area, id",
    "received": "received_at DESC, id",
    "visits": "visits DESC, id",
    "key": "key_target IS NULL, grade IS NULL, grade, id",
}


_FLAGGED = {
    "key_target": "key_target = 1",
    "reference": "reference = 1",
    "untouched": "received_at IS NULL AND status = 'open'",
    "unplanned": "next_date IS NULL AND status = 'open' AND first_followup_at IS NOT NULL",
}


def _clauses(chosen: Filter) -> Iterator[tuple[str, Sequence[Any]]]:
    lists = {"stage": chosen.stages, "grade": chosen.grades, "status": chosen.statuses}
    for column, values in lists.items():
        if values is not None:
            without = f" OR {column} IS NULL" if "" in values else ""  # '' is the leads that have none
            yield f"({column} IN ({marks(values)}){without})", values
    equal = {
        "area": chosen.area,
        "source": chosen.source,
        "process": chosen.process,
        "kind": chosen.kind,
        "need": chosen.need,
        "industry": chosen.industry,
        "size": chosen.size,
        "side": chosen.side,
        "parent_id": chosen.parent,
        "customer_class": chosen.customer_class,
    }
    for column, value in equal.items():
        if value is not None:
            yield f"{column} = ?", (value,)
    if chosen.tag is not None:
        yield "EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ?)", (chosen.tag,)
    if chosen.goal_before is not None:
        yield "goal_on <= ?", (chosen.goal_before,)
    if chosen.owner is not None:
        yield ("owner = ?", (chosen.owner,)) if chosen.owner else ("owner IS NULL", ())
    for flag, where in _FLAGGED.items():
        if getattr(chosen, flag):
            yield where, ()


def clauses(chosen: Filter) -> tuple[str, list[Any]]:
    """The condition in SQL that the filter is, and its values."""
    parts = list(_clauses(chosen))
    return " AND ".join(part for part, _ in parts) or "1", [value for _, given in parts for value in given]


def list_leads(connection: Connection, chosen: Filter) -> list[Lead]:
    """The leads that the filter chooses, sorted as it says."""
    where, values = clauses(chosen)
    sql = f"SELECT {_COLUMNS} FROM lead WHERE {where} ORDER BY {SORTS[chosen.sort]}"
    if chosen.limit is not None:
        sql += " LIMIT ?"
        values.append(chosen.limit)
    return [_lead(row) for row in connection.execute(sql, values)]


def owned(connection: Connection, ids: Sequence[int], owner: str) -> set[int]:
    """Those of the leads that are ``owner``'s; '' is the pool."""
    found: set[int] = set()
    for part in batches(ids):
        sql = f"SELECT id FROM lead WHERE id IN ({marks(part)}) AND coalesce(owner, '') = ?"
        found.update(row[0] for row in connection.execute(sql, (*part, owner)))
    return found


def areas_like(connection: Connection, text: str) -> list[str]:
    """The areas of the book that begin with ``text``; the one that is just that comes alone."""
    if connection.execute("SELECT 1 FROM lead WHERE area = ? LIMIT 1", (text,)).fetchone():
        return [text]
    rows = connection.execute(
        "SELECT DISTINCT area FROM lead WHERE area >= ? AND area < ?", (text, text + "\U0010ffff")
    )
    return sorted(row[0] for row in rows)
