"""What the parts of a customer's file share: the file itself, and how days and lines are written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from salesflow import funnel
from salesflow.dates import weekday_name
from salesflow.models import Contact, Followup, Lead
from salesflow.processes import Process


@dataclass(frozen=True)
class File:
    """All that the screen is drawn from; ``met`` is the day on which each person last answered us."""

    lead: Lead
    process: Process
    facts: funnel.Facts
    people: list[Contact]
    met: dict[int, str]
    followups: list[Followup]
    data: dict[str, Any]


def day_text(day: str, lang: str, today: date | None = None) -> str:
    """``11-27 周五``; with the year where it is not today's."""
    found = date.fromisoformat(day[:10])
    shown = f"{found:%m-%d}" if today is None or found.year == today.year else found.isoformat()
    return f"{shown} {weekday_name(found, lang)}"


def line(parts: list[str]) -> str:
    """The parts that say something, side by side."""
    return "   ".join(part for part in parts if part)
