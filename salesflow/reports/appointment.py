"""What a promise is planned with: an appointment's place and people, a call's aim and questions (F12, K10, M4)."""

from __future__ import annotations

from typing import Any

from salesflow.models import Lead, Promise
from salesflow.processes import Process
from salesflow.reports.show_base import line
from salesflow.store import followups
from salesflow.store.rows import Connection
from salesflow.tables import Section
from salesflow.texts import t

_SAID = ("effect", "questions", "content")


def records(connection: Connection, lead: Lead, process: Process, lang: str) -> dict[str, Any]:
    """``appointment``, null without a time; ``planned``, null where nothing but the day is said."""
    standing = followups.open_promise(connection, lead.id)
    return {
        "appointment": record(standing, lead, process, lang) if standing and standing.time else None,
        "planned": planned(standing, process, lang) if standing else None,
    }


def record(promise: Promise, lead: Lead, process: Process, lang: str) -> dict[str, Any]:
    """An appointment: when and where, what for, booked by whom and kept by whom.

    Where nobody said it, whoever made the promise booked it and the lead's owner keeps it.
    """
    keeper = promise.keeper or lead.owner or promise.by
    kept = {"booked_by": promise.booked_by or promise.by, "keeper": keeper}
    return {"date": promise.date, "time": promise.time, **_details(promise, process, lang), **kept}


def planned(promise: Promise, process: Process, lang: str) -> dict[str, Any] | None:
    """What was said of a promise beyond its day, time, way and reason, with a time or without; else None."""
    found = _details(promise, process, lang)
    return found if any(found.values()) else None


def _details(promise: Promise, process: Process, lang: str) -> dict[str, Any]:
    return {
        "place": promise.place,
        "purpose": promise.purpose,
        "purpose_title": process.known("purpose", promise.purpose).title(lang) if promise.purpose else None,
        "booked_by": promise.booked_by,
        "keeper": promise.keeper,
        "effect": promise.effect,
        "questions": promise.questions,
        "content": promise.content,
    }


def section(data: dict[str, Any], lead_id: int, process: Process, lang: str) -> Section:
    """Where, what for, and who, to stand below the promise: nothing where that says it all."""
    return Section(before=tuple(lines(data, lang)) if data["planned"] else ())


def lines(data: dict[str, Any], lang: str) -> list[str]:
    """What the promise is planned with; its day and time are said elsewhere."""
    found = data["appointment"] or data["planned"] or {}
    head = t("appointment.booked" if data["appointment"] else "appointment.planned", lang)
    parts = [head, found.get("place") or "", found.get("purpose_title") or ""]
    told = data["planned"] or {}  # whoever was not named is the rep, which nobody needs to read
    parts.append(who(told.get("booked_by"), told.get("keeper"), lang))
    said = [f"  {t(f'appointment.{name}', lang, text=found[name])}" for name in _SAID if found.get(name)]
    return [line(parts), *said]


def who(booked_by: str | None, keeper: str | None, lang: str) -> str:
    """Who booked it and who keeps it, as far as that is known (M4)."""
    if booked_by and keeper:
        return t("appointment.who", lang, booked_by=booked_by, keeper=keeper)
    if booked_by:
        return t("appointment.booked_by", lang, name=booked_by)
    return t("appointment.keeper", lang, name=keeper) if keeper else ""
