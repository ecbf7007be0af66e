"""Named checks of the book: pages, references, history, figures that are kept twice. Silent when all is well."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from salesflow.names import label
from salesflow.store import checks, leads
from salesflow.store.looking import any_text, reading, roomy
from salesflow.store.replay import Difference, differing
from salesflow.store.rows import Connection
from salesflow.store.undone import marked_otherwise
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t


class Problem(NamedTuple):
    """One thing wrong: the check that found it, and where; what the history says of the place, where it says any."""

    check: str
    where: str
    difference: Difference | None = None


NAMES = ("integrity", "references", "history", "seal", "operations", "counts", "promises", "stages")


def _of_operations(connection: Connection) -> Iterator[str]:
    yield from checks.open_operations(connection)
    yield from marked_otherwise(connection)


_ROWS: dict[str, Callable[[Connection], Iterator[str]]] = {
    "references": checks.broken_references,
    "operations": _of_operations,
    "counts": checks.counts_that_differ,
    "promises": checks.promises_that_differ,
    "stages": checks.unknown_stages,
}
_MOST = 60  # characters of a value in a line; the JSON has them all


def build(connection: Connection, lang: str, others: Callable[[], Iterable[Problem]] | None = None) -> Report:
    """Every problem of every check; no rows where the book is sound.

    ``others`` gives what ``besides_history`` finds, where somebody else looks for that meanwhile.
    """
    with reading(connection):
        found = [*_of_history(connection), *(others() if others else besides_history(connection))]
    found.sort(key=lambda one: NAMES.index(one.check))
    names, sealed = _leads(connection, found), not any(one.check == "seal" for one in found)
    records = [_record(one, names, sealed, lang) for one in found]
    keys = ("check", "meaning", "where", "lead", "by_history", "now", "do")
    columns = tuple(Column(key, t(f"check.column_{key}", lang)) for key in keys)
    rows = tuple(Row(tuple(_cells(record, keys))) for record in records)
    after = (t("check.found", lang, count=len(rows)),) if rows else ()
    sections = (Section(columns=columns, rows=rows, after=after),) if rows else ()
    data = {"ok": not found, "checks": list(NAMES), "problems": records}
    fields = (
        "check",
        "meaning",
        "where",
        "lead_id",
        "lead",
        "table",
        "id",
        "field",
        "by_history",
        "now",
        "do",
    )
    return Report(data=data, sections=sections, records="problems", fields=fields)


def problems(connection: Connection) -> Iterator[Problem]:
    """Each problem, check by check; all of them, not the first."""
    yield from _guarded("integrity", checks.integrity, connection)
    yield from problems_of_rows(connection)


def problems_of_rows(connection: Connection) -> Iterator[Problem]:
    """The same of what the rows say, for pages that have just been written."""
    yield from _of_history(connection)
    yield from _of_figures(connection)


def besides_history(connection: Connection) -> Iterator[Problem]:
    """Each problem of the pages, and of what rows say of each other."""
    roomy(connection)
    with reading(connection):
        yield from _guarded("integrity", checks.integrity, connection)
        yield from _of_figures(connection)


def _of_history(connection: Connection) -> Iterator[Problem]:
    with any_text(connection):
        try:
            for one in differing(connection):
                yield Problem("seal" if one.kind == "seal" else "history", one.where, one)
        except sqlite3.DatabaseError as error:
            yield Problem("history", _damage(error))


def _of_figures(connection: Connection) -> Iterator[Problem]:
    with any_text(connection):
        for name, look in _ROWS.items():
            yield from _guarded(name, look, connection)


def _guarded(
    name: str, look: Callable[[Connection], Iterator[str]], connection: Connection
) -> Iterator[Problem]:
    # damage ends one look, and not those that come after it
    try:
        yield from (Problem(name, line) for line in look(connection))
    except sqlite3.DatabaseError as error:
        yield Problem(name, _damage(error))


def _damage(error: sqlite3.DatabaseError) -> str:
    # a disk that fails or a book that is locked is another matter
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR):
        raise error
    return str(error)


def _leads(connection: Connection, found: Iterable[Problem]) -> dict[int, str]:
    ids = sorted({one.difference.lead_id for one in found if one.difference and one.difference.lead_id})
    try:
        with any_text(connection):
            known = leads.leads_by_id(connection, ids)
    except (sqlite3.DatabaseError, ValueError):  # in a damaged row stands anything
        known = {}
    return {one: f"#{one} {label(known[one])}" if one in known else f"#{one}" for one in ids}


def _record(one: Problem, names: dict[int, str], sealed: bool, lang: str) -> dict[str, Any]:
    found = one.difference
    lead = found.lead_id if found else None
    return {
        "check": one.check,
        "meaning": t(f"check.{_meaning(one)}", lang),
        "where": _printable(one.where),
        "lead_id": lead,
        "lead": _printable(names.get(lead)) if lead else None,
        "table": _printable(found.table) if found else None,
        "id": found.row_id if found else None,
        "field": _printable(found.field) or None if found else None,
        "by_history": _printable(found.known) if found else None,
        "now": _printable(found.present) if found else None,
        "do": t(f"check.do_{_advice(one, sealed)}", lang),
    }


def _meaning(one: Problem) -> str:
    if one.difference and one.difference.kind in ("image", "unreadable"):
        return "image"
    return one.check


def _advice(one: Problem, sealed: bool) -> str:
    if one.check == "history":
        if one.difference and one.difference.kind == "counter":
            return "file"
        rows = one.difference and one.difference.kind in ("field", "gone", "no history")
        return "row" if rows and sealed else "history"
    return {"integrity": "file", "references": "file", "operations": "file", "seal": "history"}.get(
        one.check, one.check
    )


def _printable(value: Any) -> Any:
    if isinstance(value, dict):
        return {_printable(key): _printable(one) for key, one in value.items()}
    return (
        value.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        if isinstance(value, str)
        else value
    )


def _cells(record: dict[str, Any], keys: Iterable[str]) -> Iterator[Any]:
    known, present = record["by_history"], record["now"]
    for key in keys:
        if key == "by_history":
            yield _cut(known, present)
        elif key == "now":
            yield _cut(present, known)
        else:
            yield record[key]


def _cut(value: Any, other: Any) -> str | None:
    # of a long text the part in which the two differ
    if value is None:
        return None
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)
    if len(text) <= _MOST:
        return text
    there = str(other or "")
    place = next(
        (at for at, (one, two) in enumerate(zip(text, there, strict=False)) if one != two),
        min(len(text), len(there)),
    )
    start = max(0, min(place - _MOST // 2, len(text) - _MOST))
    end = start + _MOST
    return f"{'...' if start else ''}{text[start:end]}{'...' if end < len(text) else ''}"
