"""A plan as events for the phone's calendar: each stop at the hour when one is there."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import datetime
from typing import Any

from salesflow.reports import calendar
from salesflow.store import leads
from salesflow.store.rows import Connection
from salesflow.texts import t

_SINCE = datetime(2020, 1, 1)


def build(
    connection: Connection, data: dict[str, Any], lang: str, now: datetime, whole: Container[int] = ()
) -> list[dict[str, Any]]:
    """The events as records (``reports.calendar``), with ``minutes``: how long each takes.

    An appointment is the very event that ``export calendar`` makes of it; any other stop is one of
    its own, that a later plan of the same day moves.
    """
    ids = [one["lead_id"] for one in data["stops"]]
    days = [one["due"] for one in data["stops"] if one["due"]]
    ask = calendar.Ask(min([data["from"], *days]), data["to"], lang, frozenset(ids), whole)
    told = {
        one["lead_id"]: one
        for one in calendar.build(connection, ask)
        if one["status"] == calendar.CONFIRMED and one["kind"] in ("appointment", "followup")
    }
    uids = {key: one.uid for key, one in leads.leads_by_id(connection, ids).items()}
    return [_event(one, told, uids, lang, now, data["visit_minutes"]) for one in data["stops"]]


def _event(
    stop: dict[str, Any],
    told: Mapping[int, dict[str, Any]],
    uids: Mapping[int, str],
    lang: str,
    now: datetime,
    minutes: int,
) -> dict[str, Any]:
    known = told.get(stop["lead_id"])
    if known and stop["time"] and known["start"] == f"{stop['date']}T{stop['time']}":
        return {**known, "minutes": minutes}
    event = known or _unknown(stop, lang)
    return {
        **event,
        "uid": f"visit-{stop['date']}-{uids[stop['lead_id']]}@salesflow",
        "start": _start(stop),
        "status": calendar.CONFIRMED,
        # grows with each plan, so that the phone takes the newest
        "sequence": int((now - _SINCE).total_seconds() // 60),
        "changed": f"{now:%Y-%m-%dT%H:%M}",
        "alarm": False,
        "yearly": False,
        "minutes": minutes,
    }


def _start(stop: dict[str, Any]) -> str:
    hour, minute = map(int, stop["arrive"].split(":"))
    clock = min(hour * 60 + minute + stop["wait_minutes"], 24 * 60 - 1)
    return f"{stop['date']}T{clock // 60:02}:{clock % 60:02}"


def _unknown(stop: dict[str, Any], lang: str) -> dict[str, Any]:
    where = stop["address"] or ""
    area = stop["area"] or ""
    return {
        "lead_id": stop["lead_id"],
        "summary": t("plan.event", lang, lead=stop["short"]),
        "description": t("plan.event_ask", lang, ask=stop["ask_title"]) if stop["ask_title"] else "",
        "location": where if area in where else f"{area}{where}",
        "lat": stop["lat"] if stop["km_known"] else None,
        "lng": stop["lng"] if stop["km_known"] else None,
    }
