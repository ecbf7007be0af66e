"""``action``: the improvement plan: what was decided, by when, by whom, and for which figure (K6)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from salesflow.commands import common, options, records
from salesflow.context import App
from salesflow.errors import Usage

if TYPE_CHECKING:
    from salesflow.actions.work import Work
    from salesflow.improvement import Action
    from salesflow.reports.improvement_figures import Values
    from salesflow.reports.period import Period


def action_list(
    ctx: typer.Context,
    still_open: options.StillOpen = False,
    done: options.OnlyDone = False,
    late: options.OnlyLate = False,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """The plan: what is late first, what is done last."""
    from salesflow.improvement import DONE, LATE, OPEN, STATES
    from salesflow.reports import improvement

    app: App = ctx.obj
    chosen = (OPEN, LATE) * still_open + (DONE,) * done + (LATE,) * late
    today = _today(app)
    with app.read() as connection:
        found = improvement.of_day(_book(connection), today, chosen or STATES)
        report = improvement.build(connection, found, today, app.lang)
    app.show(report, fmt, as_json)


def action_add(
    ctx: typer.Context,
    words: options.ActionWords = None,
    measure: options.Measured = None,
    due: options.Due = None,
    who: options.Who = None,
    decided: options.DecidedIn = None,
    note: options.Note = None,
    as_json: options.Json = False,
) -> None:
    """An action decided; what its figure is now is kept with it."""
    from salesflow.actions import improvement

    app: App = ctx.obj
    text = records.told(app, words, "action.ask_text", "action.no_text", 0)
    if text.removeprefix("#").isdecimal():
        raise Usage("action.only_number", id=text.removeprefix("#"))
    with common.working(app, "action", text) as work:
        given = _given(app, work, measure, due, who, decided, note)
        row = _with_baseline(work, given, work.today.isoformat())
        done = improvement.add(work, text, row)
    _answer(app, done, "action.added", as_json)


def action_done(
    ctx: typer.Context,
    record: options.ActionId = None,
    at: options.At = None,
    note: options.Note = None,
    as_json: options.Json = False,
) -> None:
    """An action done."""
    from salesflow.actions import improvement

    app: App = ctx.obj
    action_id = records.record_id(record, "action.no_id", 0)
    on = common.day(app, at, past=True) if at else app.today
    said = common.line(app, note, "--note")
    with common.working(app, "action done", said) as work:
        done = improvement.finish(work, action_id, on, said)
    _answer(app, done, "action.done", as_json)


def action_drop(
    ctx: typer.Context,
    record: options.ActionId = None,
    words: options.NoteWords = None,
    why: options.Why = None,
    as_json: options.Json = False,
) -> None:
    """An action given up, and why."""
    from salesflow.actions import improvement

    app: App = ctx.obj
    action_id = records.record_id(record, "action.no_id", 0)
    reason = why or common.joined(words) or (app.ask("action.ask_why") if app.interactive else "")
    if not reason.strip():
        raise Usage("action.drop_needs_why", id=action_id)
    reason = common.line(app, reason, "--why") or ""
    with common.working(app, "action drop", reason) as work:
        done = improvement.drop(work, action_id, reason)
    _answer(app, done, "action.dropped", as_json)


def action_edit(
    ctx: typer.Context,
    record: options.ActionId = None,
    text: options.NewText = None,
    measure: options.Measured = None,
    due: options.Due = None,
    who: options.Who = None,
    decided: options.DecidedIn = None,
    note: options.Note = None,
    as_json: options.Json = False,
) -> None:
    """An action changed; ``-`` empties what it is given for."""
    from salesflow.actions import improvement

    app: App = ctx.obj
    action_id = records.record_id(record, "action.no_id", 0)
    with common.working(app, "action edit") as work:
        given = _given(app, work, measure, due, who, decided, note)
        if text is not None:
            given["text"] = records.told(app, [text], "action.ask_text", "action.no_text", 0)
        one = improvement.get(work, action_id)
        if "measure" in given or "report" in given:
            given = _with_baseline(work, {"measure": one.measure, "report": one.report, **given}, one.made_on)
        done = improvement.edit(work, action_id, given)
    _answer(app, done, "action.edited", as_json)


def _given(
    app: App,
    work: Work,
    measure: str | None,
    due: str | None,
    who: str | None,
    decided: str | None,
    note: str | None,
) -> dict[str, Any]:
    from salesflow.improvement import read_figure

    given: dict[str, Any] = {}
    for key, text, read in (
        ("measure", measure, read_figure),
        ("due_on", due, lambda said: common.day(app, said, cal=work.calendar).isoformat()),
        ("who", who, lambda said: common.line(app, said, "--who")),
        ("report", decided, lambda said: _label(app, said)),
        ("note", note, lambda said: common.line(app, said, "--note")),
    ):
        if text is not None:
            given[key] = None if common.empties(text) else read(text)
    return given


def _label(app: App, text: str) -> str:
    # 2026-W47, 上周, week, meeting: the label of that report's period; of a length alone the last that is over
    from salesflow import targets
    from salesflow.commands.report_kinds import KINDS
    from salesflow.reports.period import of_label, period

    plain = text.strip()
    titles = {title: name for name in KINDS for title in app.t(f"week.names_{name}").split()}
    name = titles.get(plain, plain)
    found = of_label(plain.upper(), app.now)
    if found is None and name in KINDS:
        found = period(KINDS[name].span, app.today, app.now).previous()
    if found is None:
        said = targets.read_period(plain, app.today)
        found = of_label(said, app.now) or period(said, app.today, app.now).previous()
    if found.first > app.today:
        raise Usage("week.future", date=plain[:40])
    return found.label


def _with_baseline(work: Work, given: dict[str, Any], made: str) -> dict[str, Any]:
    from salesflow.improvement import Action
    from salesflow.reports.improvement_figures import Values, based_on
    from salesflow.reports.period import period

    measure = given.get("measure")
    if measure is None:
        return {**given, "baseline": None}
    one = Action(0, "", measure, None, given.get("report"), None, None, made, None, None, None, "")
    base = based_on(one, period("day", date.fromisoformat(made), work.now))
    values: Values = Values(_book(work.connection))
    return {**given, "baseline": values.of(measure, base)}


def _book(connection: Any) -> Any:
    from salesflow.reports.figures import Book
    from salesflow.reports.processes import Processes
    from salesflow.store.standing import Leads

    return Book(connection, Processes(connection), Leads(connection))


def _today(app: App) -> Period:
    from salesflow.reports.period import period

    return period("day", app.today, app.now)


def _answer(app: App, done: Action, key: str, as_json: bool) -> None:
    from salesflow.reports import improvement

    with app.read() as connection:
        found = improvement.of_day(_book(connection), _today(app))
    one = next(one for one in found if one["id"] == done.id)
    if as_json:
        app.emit_json(one)
        return
    told = improvement.told(one, app.today, app.lang)
    app.write_lines(app.t(key, id=one["id"], text=one["text"], told=told))
