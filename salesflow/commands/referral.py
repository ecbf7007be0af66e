"""``referral``: who brought whom, and whom to ask for after a deal (E5, E7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from salesflow.commands import common, options
from salesflow.context import App
from salesflow.errors import Usage
from salesflow.names import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesflow.actions.referrals import Brought, Party
    from salesflow.models import Lead
    from salesflow.processes import Process

PHONE = 7  # digits; fewer are an id


def referral_list(
    ctx: typer.Context, lead: options.Lead = None, fmt: options.Format = None, as_json: options.Json = False
) -> None:
    """Whom the lead brought, as a tree with what came of it; without a lead every tree."""
    from salesflow.reports import referrals

    app: App = ctx.obj
    lead_id = common.pick(app, lead).id if lead else None
    with app.read() as connection:
        if lead_id is None:
            report = referrals.of_book(connection, app.lang)
        else:
            report = referrals.of_lead(connection, lead_id, app.lang)
    app.show(report, fmt, as_json)


def referral_add(
    ctx: typer.Context,
    lead: options.Lead = None,
    names: options.Referred = None,
    relation: options.As = None,
    contact: options.Contact = None,
    anyway: options.Anyway = False,
    as_json: options.Json = False,
) -> None:
    """Leads that this one brought: added, or linked where they are known."""
    from salesflow.actions import referrals

    app: App = ctx.obj
    picked = common.pick(app, lead)
    process = _process_of(app, picked.id)
    if not names:
        raise Usage("referral.no_names", id=picked.id, relation=_first(app, process))
    parties = _parties(app, process, names, contact or [])
    if relation is None and process.relations and app.interactive:
        chosen = app.choose("referral.ask_relation", [one.title(app.lang) for one in process.relations])
        relation = process.relations[chosen].code if chosen >= 0 else None
    relation = common.line(app, relation, "--as")
    with common.working(app, "referral") as work:
        done = referrals.bring(work, picked.id, parties, relation, anyway=anyway)
        by = work.lead(picked.id)
        work.operation.lead_id = done[0].lead.id if len(done) == 1 else None
    for one in done:
        if one.other_referrer is not None:
            values = {**common.named(one.lead), "other_id": one.other_referrer}
            app.warn("referral.kept_referrer", **values)
    if as_json:
        app.emit_json(_records(app, done))
        return
    from salesflow.reports.weekly_screen import brief

    title = brief(process.choice("relation", relation).title(app.lang)) if relation else ""
    app.write_lines("\n".join(_line(app, one, by, title) for one in done))


def _records(app: App, done: Sequence[Brought]) -> list[dict[str, Any]]:
    from salesflow.reports import show

    with app.read() as connection:
        return [show.read(connection, one.lead.id, app.lang, app.today).data for one in done]


def _parties(app: App, process: Process, names: Sequence[str], contacts: Sequence[str]) -> list[Party]:
    from salesflow.actions.contacts import parse_person
    from salesflow.actions.referrals import Party
    from salesflow.commands.new_lead import words_of

    if contacts and len(names) > 1 and len(contacts) != len(names):
        raise Usage("referral.contacts", names=len(names), contacts=len(contacts))
    people = [parse_person(process, words_of(text)) for text in contacts]
    each = [people] if len(names) == 1 else [[one] for one in people] or [[] for _ in names]
    parties = []
    for name, known in zip(names, each, strict=True):
        cleaned = common.line(app, name, "name") or ""
        number = cleaned.removeprefix("#")
        meant = number.isascii() and number.isdecimal() and len(number) < 19
        if meant and len(number) >= PHONE:
            number = str(common.pick(app, number).id)  # of somebody who is in the book
        parties.append(Party(cleaned, known, int(number) if meant else None))
    return parties


def _line(app: App, one: Brought, by: Lead, title: str) -> str:
    if not one.changed:
        return app.t("referral.same", **common.named(one.lead))
    relation = app.t("referral.as", relation=title) if title else ""
    if one.other_referrer is not None:
        return f"#{one.lead.id} {label(one.lead)}{relation}"
    key = "referral.made" if one.made else "referral.linked"
    return app.t(key, by_id=by.id, by=label(by), **common.named(one.lead)) + relation


def _process_of(app: App, lead_id: int) -> Process:
    from salesflow.reports.processes import Processes
    from salesflow.store import leads

    with app.read() as connection:
        return Processes(connection)[leads.leads_by_id(connection, [lead_id])[lead_id].process]


def _first(app: App, process: Process) -> str:
    return process.relations[0].code if process.relations else app.t("options.m_code")


def after_deal(app: App, lead_id: int) -> None:
    """Nothing; the related parties worth asking for after a deal are named, and the command that records one."""
    from salesflow.reports.weekly_screen import brief
    from salesflow.store import care

    process = _process_of(app, lead_id)
    with app.read() as connection:
        links = [link for link in care.list_links(connection, lead_id) if link.lead_id == lead_id]
    known = {link.relation for link in links}
    wanted = [one for one in process.relations if one.code not in known]
    if wanted:
        each = " / ".join(brief(one.title(app.lang)) for one in wanted)  # a title may hold a comma
        app.say("referral.ask_for", id=lead_id, each=each, code=wanted[0].code)
    elif not process.relations:
        app.say("referral.ask_for_any", id=lead_id)
