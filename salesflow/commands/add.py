"""``add``: a lead, with its first person, note and promise where told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

import typer

from salesflow import funnel
from salesflow.commands import common, fields, new_lead, options
from salesflow.commands.new_lead import LeadOptions
from salesflow.context import App
from salesflow.errors import Refused, Usage
from salesflow.names import label, name_key

if TYPE_CHECKING:
    from salesflow.actions.followups import Logged
    from salesflow.actions.leads import AlreadyThere
    from salesflow.models import Lead

MISSING_SHOWN = 12  # a longer record is named by its beginning


def add(
    ctx: typer.Context,
    names: options.Names = None,
    short: options.Short = None,
    kind: options.Kind = None,
    brand: options.Brand = None,
    area: options.Area = None,
    address: options.Address = None,
    phone: options.Phone = None,
    source: options.Source = None,
    referrer: options.Referrer = None,
    need: options.Need = None,
    grade: options.Grade = None,
    received: options.Received = None,
    next_: options.Next = None,
    what: options.For = None,
    next_via: options.NextVia = None,
    contact: options.Contact = None,
    role: options.Role = None,
    process: options.Process = None,
    set_: options.Set = None,
    note: options.Note = None,
    via: options.Via = None,
    anyway: options.Anyway = False,
    as_json: options.Json = False,
) -> None:
    """A new lead, or one from each line of stdin with ``-``."""
    app: App = ctx.obj
    said = LeadOptions(
        short, kind, brand, area, address, phone, source, referrer, need, grade, received, contact, role, process,
        set_, anyway,
    )  # fmt: skip
    if contact == ["-"]:
        said.contact = _people(app, names)
    said.set = fields.with_leads(app, set_)
    if referrer:
        said.referrer_id = common.pick(app, referrer).id
    promise = {"next": next_, "what": what, "next_via": next_via}
    wanted = (
        [line.strip() for line in app.stdin if line.strip()] if names == ["-"] else [common.joined(names)]
    )
    if not wanted or not wanted[0]:
        if not app.interactive:
            raise Usage("names.empty_name") if names else Usage("lead.no_name")
        wanted = [app.ask("lead.ask_name")]
    try:
        _write(app, wanted, said, promise, note, via, as_json)
    except Usage:
        raise
    except Exception as error:
        if not app.interactive or len(wanted) > 1 or not hasattr(error, "existing"):
            raise
        _choose(app, error, wanted, said, promise, note, via, as_json)  # type: ignore[arg-type]


def _people(app: App, names: list[str] | None) -> list[str]:
    if names == ["-"]:
        raise Usage("contact.twice_stdin")
    return [line.strip() for line in app.stdin if line.strip()]


def _choose(
    app: App,
    error: AlreadyThere,
    wanted: list[str],
    said: LeadOptions,
    promise: dict[str, Any],
    note: str | None,
    via: str | None,
    as_json: bool,
) -> None:
    there = error.existing
    choices = [app.t("lead.use_that"), app.t("lead.add_anyway")]
    chosen = app.choose("lead.exists_choice", choices, id=there.id, name=there.name)
    if chosen == 1:
        said.anyway = True
        _write(app, wanted, said, promise, note, via, as_json)
    elif chosen == 0:
        app.write_lines(f"#{there.id} {there.name}")
    else:
        raise error


def _write(
    app: App,
    wanted: list[str],
    said: LeadOptions,
    promise: dict[str, Any],
    note: str | None,
    via: str | None,
    as_json: bool,
) -> None:
    made: list[tuple[Lead, Logged | None]] = []
    with common.working(app, "add") as work:
        plan = common.plan(app, promise["next"], promise["what"], promise["next_via"], work.calendar)
        for line, name in enumerate(wanted, 1):
            try:
                made.append(_one(app, work, name, said, plan, note, via))
            except Refused as error:
                raise _of_line(error, line, name, made) if len(wanted) > 1 else error from None
        if len(made) > 1:
            work.operation.lead_id = None
        process = work.process(made[0][0].process)
    if not said.anyway:
        _warn_of_doubles(app, [lead for lead, _ in made])
    if as_json:
        records = [common.lead_answer(app, lead.id) for lead, _ in made]
        app.emit_json(records if wanted and len(records) > 1 else records[0])
        return
    if not app.terminal:
        app.write_lines("\n".join(str(lead.id) for lead, _ in made))
        return
    for lead, logged in made:
        _say(app, lead, logged, process)


def _of_line(error: Any, line: int, name: str, made: Sequence[tuple[Lead, Any]]) -> Refused:
    # which of many names it was: what this step added above is taken back with it
    if not hasattr(error, "existing"):
        return cast("Refused", error)
    above = error.existing.id in [lead.id for lead, _ in made]
    key = "lead.input_twice" if above else "lead.input_exists"
    return Refused(key, line=line, name=name[:60], id=error.existing.id)


def _warn_of_doubles(app: App, made: list[Lead]) -> None:
    # a shop is added once by its whole name and once by what the rep calls it: never the same by itself (F9)
    from salesflow.store import find

    with app.read() as connection:
        for lead in made:
            keys = filter(None, (name_key(lead.name), name_key(lead.short or "")))
            alike = sorted({one for key in keys for one in find.by_whole_name(connection, key)} - {lead.id})
            if alike:
                ids = " ".join(f"#{one}" for one in alike[:5])
                app.warn("lead.maybe_double", id=lead.id, name=label(lead), ids=ids, first=alike[0])


def _one(
    app: App, work: Any, name: str, said: LeadOptions, plan: Any, note: str | None, via: str | None
) -> tuple[Lead, Logged | None]:
    from dataclasses import replace

    from salesflow.actions import followups, leads
    from salesflow.actions.followups import Entry
    from salesflow.notes import parse_note

    new = new_lead.read(app, work, name, said)
    if note is None:
        return leads.add(work, replace(new, plan=plan)), None
    lead = leads.add(work, new)
    grades = [grade.code for grade in work.process(lead.process).grades]
    read = parse_note(note, app.today, grades, work.calendar)
    for key, values in read.warnings:
        app.warn(key, **values)
    if plan is None and read.when:
        from salesflow.actions.promises import Plan

        plan = Plan(read.when.date, read.when.time, read.what or None)
    people = work.people(lead.id)
    entry = Entry(
        note=read.text,
        via=via,
        contact_id=people[0].id if len(people) == 1 else None,
        learned=read.learned,
        did=read.did,
        feedback=read.feedback,
        progress=read.progress,
        grade=read.grade,
        answered=not read.no_answer,
        plan=plan,
        anyway=said.anyway,
    )
    logged = followups.log(work, lead.id, entry)
    return logged.lead, logged


def _say(app: App, lead: Lead, logged: Logged | None, process: Any) -> None:
    from salesflow.commands import log_answer

    stage = process.stage(lead.stage).title(app.lang)
    app.say("lead.added", id=lead.id, name=label(lead), process=process.title(app.lang), stage=stage)
    if logged:
        app.write_lines(log_answer.upcoming(app, logged, process))
    elif lead.next_date:
        from datetime import date

        when = common.day_text(app, date.fromisoformat(lead.next_date), lead.next_time)
        app.write_lines(f"{app.t('log.next', when=when)}  {lead.next_reason or ''}".rstrip())
    with app.read() as connection:
        from salesflow.reports.facts import People
        from salesflow.reports.processes import Processes

        facts = People(connection, [lead], Processes(connection)).facts(lead)
    _, missing = funnel.completeness(process, facts)
    if missing:
        shown = missing if len(missing) <= MISSING_SHOWN else missing[: MISSING_SHOWN // 2]
        names = app.t("lead.comma").join(funnel.point_name(process, point, app.lang) for point in shown)
        told = "lead.missing" if len(shown) == len(missing) else "lead.missing_more"
        app.say(told, count=len(missing), names=names, id=lead.id)
