"""``plan``: a day's or a week's visits laid out, with a way, hours, a page to print and a calendar."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from salesflow.commands import consent, options, plan_asked
from salesflow.commands.plan_asked import Said
from salesflow.context import App
from salesflow.errors import Usage

if TYPE_CHECKING:
    from salesflow.reports.plan_items import Ask
    from salesflow.tables import Report

FILES = ("html", "ics")
_ENDINGS = {
    "html": "html", "htm": "html", "ics": "ics", "md": "md", "json": "json", "jsonl": "jsonl", "csv": "csv",
    "tsv": "tsv", "txt": "plain",
}  # fmt: skip


def plan(
    ctx: typer.Context,
    day: options.PlanDay = None,
    area: options.Area = None,
    start: options.FromPlace = None,
    visits: options.Visits = None,
    until: options.UntilTime = None,
    owner: options.Owner = None,
    personal: options.WithPersonal = False,
    html: options.HtmlFile = None,
    ics: options.IcsFile = None,
    output: options.Output = None,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """The way of a day, or the days of a week."""
    from salesflow.reports import plan_records
    from salesflow.reports.processes import Processes

    app: App = ctx.obj
    chosen = _format(app, output, fmt, as_json)
    ask = plan_asked.read(app, Said(day, area, start, visits, until, owner))
    with app.read() as connection:
        data = plan_records.build(connection, ask, Processes(connection))
    goes_out = "html" if html or ics else chosen
    personal = consent.whole(app, plan_records.ids_of(data), personal, goes_out, more=FILES)
    made = _Made(app, ask, data, personal)
    for name, path in (("html", html), ("ics", ics)):
        if path is not None:
            _write(app, path, made.written(name), data, f"--{name}")
    if output and output != "-":
        _write(app, output, made.written(chosen), data, "-o")
    elif chosen in FILES:
        _put(app, made.written(chosen))
    else:
        others = chosen in consent.FOR_OTHERS and not personal
        app.show(made.report(others, brief=chosen == "table"), chosen, personal=personal)


class _Made:
    """The plan in each of its forms."""

    def __init__(self, app: App, ask: Ask, data: dict[str, Any], personal: bool) -> None:
        self._app = app
        self._ask = ask
        self._data = data
        self._personal = personal

    def report(self, others: bool, *, page: bool = False, brief: bool = False) -> Report:
        """The plan with its screens; what is for ``others`` names people by their surnames, without phones."""
        from salesflow.phones import hidden
        from salesflow.reports import discreet, plan_records
        from salesflow.reports.plan_screen import Screen
        from salesflow.reports.processes import Processes
        from salesflow.tables import mapped

        with self._app.read() as connection:
            screen = Screen(
                self._data,
                self._app.lang,
                Processes(connection),
                others=others,
                week=self._ask.week,
                page=page,
            )
            found = screen.report()
            if not others:
                return found
            found = discreet.by_surname(found, connection, plan_records.ids_of(self._data))
        return mapped(found, hidden)

    def written(self, form: str) -> bytes:
        """The plan as a file of this form."""
        from salesflow import render
        from salesflow.phones import masked

        if form == "ics":
            return self._calendar()
        others = not self._personal and form in ("html", *consent.FOR_OTHERS)
        found = self.report(others, page=form == "html")
        mask = masked if others else None
        if form == "html":
            return render.page(found, self._app.lang, mask=mask, drawing=self._map()).encode()
        return render.render(found, form, self._app.lang, mask=mask).encode()

    def _map(self) -> str:
        from salesflow.render.as_map import Dot, drawing

        days = [one["date"] for one in self._data["days"]]
        dots = [
            Dot(
                one["lat"],
                one["lng"],
                str(one["order"]),
                one["short"],
                days.index(one["date"]),
                one["located"],
            )
            for one in self._data["stops"]
            if one["lat"] is not None
        ]
        start = self._data["start"]
        home = None
        if start and start["lat"] is not None:
            home = Dot(start["lat"], start["lng"], self._app.t("plan.map_start"), "")
        return drawing(dots, home, self._app.t("plan.map"), self._app.t("plan.map_north"))

    def _calendar(self) -> bytes:
        from salesflow.exchange.ical import Event, write_calendar
        from salesflow.reports import plan_events, plan_records

        whole = frozenset(plan_records.ids_of(self._data)) if self._personal else frozenset()
        with self._app.read() as connection:
            found = plan_events.build(connection, self._data, self._app.lang, self._app.now, whole)
        events = []
        for one in found:
            place = None if one["lat"] is None else (one["lat"], one["lng"])
            held = {name: one[name] for name in Event._fields if name != "place"}
            events.append(Event(place=place, **held))
        return write_calendar(events, self._app.t("plan.calendar", rep=self._app.rep), self._app.lang)


def _format(app: App, output: str | None, fmt: str | None, as_json: bool) -> str:
    # -f beats the file's ending, the ending what the book or the environment says
    ending = Path(output).suffix[1:].lower() if output and output != "-" else ""
    if fmt or as_json or not ending:
        return app.format(fmt, as_json, more=FILES)
    if ending not in _ENDINGS:
        known = " ".join(f".{one}" for one in _ENDINGS)
        raise Usage("errors.not_one_of", name="-o", value=f".{ending}"[:40], known=known)
    return _ENDINGS[ending]


def _put(app: App, data: bytes) -> None:
    from salesflow.commands.export_phone import put

    put(app, None, data)


def _write(app: App, path: str, data: bytes, plan: dict[str, Any], option: str) -> None:
    from salesflow.commands.files import write_file

    if not path.strip():
        raise Usage("errors.empty_value", name=option)
    write_file(Path(path), data)
    app.warn("plan.written", file=path, count=len(plan["stops"]))
