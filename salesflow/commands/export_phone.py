"""What goes to the phone: the calendar (iCalendar) and the people (vCard)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salesflow.commands import common, lists
from salesflow.commands.export_asked import format_of
from salesflow.commands.files import write_file
from salesflow.commands.filters import Filters
from salesflow.context import App
from salesflow.errors import Usage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesflow.commands.export_asked import Asked
    from salesflow.store.rows import Connection

BACK = 30  # so many days back: what was cancelled since is told, what was kept stays
AHEAD = 30
_EVENTS = ("ics", "json", "jsonl")


def calendar(app: App, asked: Asked) -> None:
    """What is to be done, as events for the phone's calendar."""
    from salesflow.commands.consent import allowed
    from salesflow.reports import calendar as report

    chosen = format_of(asked, _EVENTS, "ics")
    last = _last(app, asked)
    lead_id = common.pick(app, asked.lead).id if asked.lead else None
    parent_id = lists.parent_of(app, asked.filters)
    with app.read() as connection:
        ids = _leads(app, connection, asked, lead_id, parent_id)
        first = (app.today - timedelta(days=BACK)).isoformat()
        ask = report.Ask(first, last.isoformat(), app.lang, ids, day=app.today.isoformat())
        told = report.leads_of(connection, ask, births=True) if asked.personal else []
    # the calendar goes to others: before a deal the customer must have agreed (K8)
    whole = allowed(app, told, asked.personal, asked.consent, asked.why)
    with app.read() as connection:
        ask = ask._replace(whole=whole)
        records = report.build(connection, ask)
        later = report.count_later(connection, ask)
    _write(app, asked, chosen, records)
    if asked.output and asked.output != "-":
        app.warn("calendar.written", file=asked.output, count=len(records), first=first, last=ask.last)
    cancelled = sum(record["status"] == report.CANCELLED for record in records)
    if cancelled:
        app.warn("calendar.cancelled", count=cancelled)
    if later:
        app.warn("calendar.later", last=ask.last, count=later)
    if not asked.personal:
        app.warn("calendar.left_out")


def _last(app: App, asked: Asked) -> date:
    if asked.until is None:
        days = AHEAD if asked.days is None else asked.days
        return app.today + timedelta(days=min(days, (date.max - app.today).days))
    if asked.days is not None:
        raise Usage("calendar.two_ends")
    found = common.day(app, asked.until)
    if found < app.today:
        raise Usage("calendar.until_past", date=found.isoformat())
    return found


def _leads(
    app: App, connection: Connection, asked: Asked, lead_id: int | None, parent_id: int | None
) -> frozenset[int] | None:
    """The leads that were asked for; None for all, those that are no more included."""
    from salesflow.reports import outgoing

    if lead_id is not None:
        return frozenset((lead_id,))
    if asked.filters == Filters():
        return None
    wanted = lists.wanted_of(connection, asked.filters, parent_id)
    return frozenset(outgoing.lead_ids(connection, wanted, app.today))


def _write(app: App, asked: Asked, chosen: str, records: Sequence[dict[str, Any]]) -> None:
    from salesflow.exchange.ical import Event, write_calendar

    if chosen == "ics":
        events = [_event(record, Event) for record in records]
        data = write_calendar(events, app.t("calendar.name", rep=app.rep), app.lang)
    else:
        from salesflow import render
        from salesflow.tables import Report

        data = render.render(Report(data=list(records)), chosen, app.lang).encode()
    put(app, asked.output, data)


def _event(record: dict[str, Any], event: Any) -> Any:
    place = None if record["lat"] is None or record["lng"] is None else (record["lat"], record["lng"])
    return event(place=place, **{name: record[name] for name in event._fields if name in record})


def put(app: App, output: str | None, data: bytes) -> None:
    """The bytes in the file, or on stdout just as they are."""
    if output and output != "-":
        write_file(Path(output), data)
        return
    raw = getattr(app.stdout, "buffer", None)
    if raw is None:
        app.stdout.write(data.decode())
        return
    app.stdout.flush()
    raw.write(data)


def cards(app: App, asked: Asked) -> None:
    """The people as cards; what the rep keeps is whole, ``--mask`` masks it."""
    from salesflow.exchange.vcard import Card, Place, write_cards
    from salesflow.reports import cards as report
    from salesflow.reports import outgoing

    parent_id = lists.parent_of(app, asked.filters)
    counts = {"people": 0, "firms": 0}
    leads: set[int] = set()

    def told(record: dict[str, Any]) -> Card:
        counts["people" if record.get("name") else "firms"] += 1
        leads.add(record["lead_id"])
        note = "\n".join(filter(None, (record["note"], record.get("known"))))
        held = {name: record[name] for name in Card._fields if name in record}
        return Card(**{**held, "place": Place(*record["place"]), "note": note})

    with app.read() as connection:
        wanted = lists.wanted_of(connection, asked.filters, parent_id)
        ids = outgoing.lead_ids(connection, wanted, app.today)
        data = write_cards(map(told, report.build(connection, ids, app.lang, masked=asked.mask)), app.lang)
    put(app, asked.output, data)
    if asked.output and asked.output != "-":
        app.warn("calendar.cards", file=asked.output, **counts)
    if len(leads) < len(ids):
        app.warn("calendar.no_card", count=len(ids) - len(leads))
    if asked.mask:
        app.warn("calendar.masked")
