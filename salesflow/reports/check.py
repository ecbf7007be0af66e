"""Named checks of the book: pages, references, history, figures that are kept twice. Silent when all is well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from salesflow.store.checks import (
    broken_references,
    counts_that_differ,
    integrity,
    open_operations,
    promises_that_differ,
    unknown_stages,
)
from salesflow.store.replay import differing
from salesflow.store.rows import Connection
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t


class Problem(NamedTuple):
    """One thing wrong: the check that found it, and where."""

    check: str
    where: str


NAMES = ("integrity", "references", "history", "operations", "counts", "promises", "stages")


def build(connection: Connection, lang: str) -> Report:
    """Every problem of every check; no rows where the book is sound."""
    found = list(problems(connection))
    rows = tuple(Row((one.check, t(f"check.{one.check}", lang), one.where)) for one in found)
    columns = (
        Column("check", t("check.column_check", lang)),
        Column("meaning", t("check.column_meaning", lang)),
        Column("where", t("check.column_where", lang)),
    )
    data = {
        "ok": not found,
        "checks": list(NAMES),
        "problems": [
            {"check": one.check, "meaning": t(f"check.{one.check}", lang), "where": one.where}
            for one in found
        ],
    }
    after = (t("check.found", lang, count=len(rows)),) if rows else ()
    sections = (Section(columns=columns, rows=rows, after=after),) if rows else ()
    return Report(data=data, sections=sections, records="problems", fields=("check", "meaning", "where"))


def problems(connection: Connection) -> Iterator[Problem]:
    """Each problem, check by check; all of them, not the first."""
    for line in integrity(connection):
        yield Problem("integrity", line)
    yield from problems_of_rows(connection)


def problems_of_rows(connection: Connection) -> Iterator[Problem]:
    """The same of what the rows say, for pages that have just been written."""
    simple = {
        "references": broken_references,
        "operations": open_operations,
        "counts": counts_that_differ,
        "promises": promises_that_differ,
        "stages": unknown_stages,
    }
    for line in differing(connection):
        yield Problem("history", line)
    for name, look in simple.items():
        for line in look(connection):
            yield Problem(name, line)
