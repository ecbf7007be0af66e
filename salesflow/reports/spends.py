"""What was noted of the cost of sources: records and the list (K7)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from salesflow import spending as spans
from salesflow.errors import Usage
from salesflow.models import Spend
from salesflow.reports import parts
from salesflow.reports.processes import Processes
from salesflow.reports.records import money
from salesflow.store import spending
from salesflow.store.rows import Connection
from salesflow.tables import Report, Row
from salesflow.texts import t

FIELDS = ("id", "source", "title", "period", "from", "to", "amount", "note", "by", "recorded_at")


def source_title(processes: Iterable[Any], code: str, lang: str) -> str:
    """What the first process that knows the source calls it; its code where none does."""
    for process in processes:
        for source in process.sources:
            if source.code == code:
                return str(source.title(lang))
    return code


def title_of(connection: Connection, code: str, lang: str) -> str:
    """What the book calls the source."""
    return source_title(Processes(connection).all(), code, lang)


def read_source(connection: Connection, word: str) -> str:
    """The code of the source that a process of the book calls so. Raises Usage with those of new leads."""
    processes = Processes(connection)
    for process in processes.all():
        try:
            return process.source(word).code
        except Usage:
            continue
    return processes.default.source(word).code


def record(one: Spend, title: str) -> dict[str, Any]:
    """A sum as JSON tells it, with the days for which it was spent."""
    first, last = spans.span(one.period)
    return {
        "id": one.id,
        "source": one.source,
        "title": title,
        "period": one.period,
        "from": first.isoformat(),
        "to": last.isoformat(),
        "amount": money(one.amount_fen),
        "note": one.note,
        "by": one.by,
        "recorded_at": one.recorded_at,
    }


def build(connection: Connection, source: str | None, lang: str) -> Report:
    """Every sum that was noted, or those of one source, the newest period first, and their sum."""
    processes = list(Processes(connection).all())
    found = [one for one in spending.list_spends(connection) if source in (None, one.source)]
    found.sort(key=lambda one: (spans.span(one.period), one.source), reverse=True)
    data = [record(one, source_title(processes, one.source, lang)) for one in found]
    rows = [
        Row((one["title"], one["period"], parts.yuan(one["amount"], lang), one["note"], one["by"]))
        for one in data
    ]
    if data:
        total = parts.yuan(money(sum(one.amount_fen for one in found)), lang)
        after = t("spend.total", lang, count=len(data), amount=total)
    else:
        after = t("spend.list_none", lang)
    shown = parts.table("spend", "source~ period amount:int note~ by~", rows, lang, after=(after,))
    return Report(data=data, sections=(shown,), fields=FIELDS)
