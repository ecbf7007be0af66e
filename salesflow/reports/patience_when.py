"""When visits meet somebody: by weekday and hour, how often somebody went and how often somebody was met (L4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from salesflow.dates import weekday_name
from salesflow.reports.processes import Processes
from salesflow.store import patience
from salesflow.store.rows import Connection
from salesflow.tables import Column, Row, Section
from salesflow.texts import t

PARTS = ("early", "morning", "noon", "afternoon", "late", "evening", "unknown")  # of a day, from FROM on
FROM = (10, 12, 14, 16, 18)
_MONDAY = date(2024, 1, 1)


def records(connection: Connection, processes: Processes, moment: str) -> list[dict[str, Any]]:
    """How often somebody went, and was met, on each weekday at each hour up to the moment; hour None: not told.

    A visit of which only the day is known stands at midnight.
    """
    ways = sorted({way.code for process in processes.all() for way in process.ways if way.counts_as_visit})
    tried: Counter[tuple[int, int]] = Counter()
    met: Counter[tuple[int, int]] = Counter()
    for (day, clock, visit), count in patience.tried(connection, ways, moment).items():
        key = date.fromisoformat(day).isoweekday(), int(clock) if clock else 24
        tried[key] += count
        met[key] += count * visit
    return [
        {
            "weekday": weekday,
            "hour": hour if hour < 24 else None,
            "tried": tried[weekday, hour],
            "met": met[weekday, hour],
        }
        for weekday, hour in sorted(tried)
    ]


def section(found: Sequence[Mapping[str, Any]], lang: str) -> list[Section]:
    """A row a weekday, a column a part of the day, ``met/tried`` in each; nothing without a visit."""
    tried: Counter[tuple[int, str]] = Counter()
    met: Counter[tuple[int, str]] = Counter()
    for one in found:
        key = one["weekday"], _part(one["hour"])
        tried[key] += one["tried"]
        met[key] += one["met"]
    if not tried:
        return []
    parts = [part for part in PARTS if any(part == each for _, each in tried)]
    rows = [
        Row(
            (
                weekday_name(_MONDAY + timedelta(days=weekday - 1), lang),
                *(
                    f"{met[weekday, one]}/{tried[weekday, one]}" if tried[weekday, one] else None
                    for one in parts
                ),
            )
        )
        for weekday in range(1, 8)
        if any(weekday == each for each, _ in tried)
    ]
    columns = [Column("weekday", t("patience.column_weekday", lang))]
    columns += [Column(part, t(f"patience.part_{part}", lang), "int") for part in parts]
    return [Section(tuple(columns), tuple(rows), t("patience.heading_when", lang), labels=tuple(parts))]


def _part(hour: int | None) -> str:
    if hour is None:
        return PARTS[-1]
    return PARTS[sum(hour >= each for each in FROM)]
