"""``forget``: a person, or a whole lead, gone from the book and its history, and where copies still hold them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from salesflow.commands import common, options
from salesflow.context import App
from salesflow.errors import Ambiguous, NotFound, Refused, Usage
from salesflow.names import label

if TYPE_CHECKING:
    from pathlib import Path

    from salesflow.actions.forget import Plan
    from salesflow.store.forgetting import Person

_MOST = 10


class Meant(NamedTuple):
    """Who is to be forgotten: people by their ids, leads by theirs."""

    people: tuple[int, ...] = ()
    leads: tuple[int, ...] = ()


def forget(
    ctx: typer.Context,
    who: options.Forgotten = None,
    all_: options.All = False,
    dry_run: options.DryRun = False,
    yes: options.Yes = False,
    as_json: options.Json = False,
) -> None:
    """A person gone from the book and its history for good."""
    from salesflow.commands import forget_copies

    app: App = ctx.obj
    words = _words(app, who)
    meant = _meant(app, words, all_)
    if dry_run or not yes:
        with app.read() as connection:
            plan = _plan(app, connection, meant)
        if not (dry_run and as_json):
            app.stderr.write("".join(line + "\n" for line in _preview(app, plan)))
        if not dry_run and not _sure(app):
            app.say("undo.left")
            return
    if not dry_run:
        plan = _carried_out(app, meant)
    copies = forget_copies.find(app.book_path, plan.veil)
    _answer(app, plan, copies, as_json, dry_run)


def _words(app: App, who: Sequence[str] | None) -> list[str]:
    words = [word for text in common.typed(app, who) for word in text.split()]
    if not words:
        raise Usage("forget.whom")
    return words


def _sure(app: App) -> bool:
    if not app.interactive:
        raise Usage("forget.needs_yes")
    return app.confirm("forget.sure", default=False)


def _plan(app: App, connection: Any, meant: Meant) -> Plan:
    from salesflow.actions import forget as action

    return action.plan(connection, meant.people, meant.leads, app.t("forget.mark"))


def _carried_out(app: App, meant: Meant) -> Plan:
    from salesflow import db_compact
    from salesflow.actions import forget as action
    from salesflow.store import forgetting

    with common.working(app, "forget", kind="setup") as work:
        plan = _plan(app, work.connection, meant)
        if not plan.people and not plan.leads:
            raise Refused("forget.changed_since")
        sealed = forgetting.is_as_sealed(work.connection)
        action.apply(work, plan)
    if not sealed:
        app.warn("forget.was_changed")
    why = db_compact.compact(app.book_path)
    if why:
        app.warn("forget.not_compacted", why=why)
    return plan


def _meant(app: App, words: list[str], all_: bool) -> Meant:
    from salesflow.actions import forget as action

    text = " ".join(words)
    if text.startswith("#") and text[1:].isascii() and text[1:].isdecimal():
        return Meant(leads=(int(text[1:]),))
    with app.read() as connection:
        found = action.candidates(connection, text)
        lines = _lines(app, connection, found)
    if not found:
        return _of_lead(app, words) if len(words) > 1 else _nobody(app, text)
    if len(found) == 1 or all_:
        return Meant(tuple(one.id for one in found))
    if app.interactive:
        chosen = app.choose("forget.which", [*lines, app.t("forget.every_one")], text=text)
        if chosen >= 0:
            return Meant(tuple(one.id for one in (found if chosen == len(found) else [found[chosen]])))
    shown = (
        lines[:_MOST]
        if len(lines) <= _MOST
        else [*lines[:_MOST], app.t("lead.several_more", count=len(lines) - _MOST)]
    )
    raise Ambiguous("forget.several", tuple(shown), tuple(one.id for one in found), text=text[:60])


def _of_lead(app: App, words: list[str]) -> Meant:
    from salesflow.actions import contacts
    from salesflow.actions import forget as action
    from salesflow.store.contacts import list_contacts

    lead_id, text = common.pick(app, words[0]).id, " ".join(words[1:])
    with app.read() as connection:
        gone = action.gone_from(connection, lead_id, text)
        try:
            return Meant((contacts.pick_from(list_contacts(connection, lead_id), text, lead_id).id,))
        except NotFound:
            if gone:
                return Meant(tuple(one.id for one in gone))
            raise NotFound("forget.nobody_there", text=text[:60], id=lead_id) from None


def _nobody(app: App, text: str) -> Meant:
    from salesflow.names import name_key
    from salesflow.store import find

    with app.read() as connection:
        called = find.by_whole_name(connection, name_key(text))
    if called:
        raise NotFound("forget.is_lead", text=text[:60], id=called[0])
    raise NotFound("forget.nobody", text=text[:60])


def _lines(app: App, connection: Any, people: Sequence[Person]) -> list[str]:
    from salesflow.store.leads import leads_by_id

    known = leads_by_id(connection, [one.lead_id for one in people if one.lead_id is not None])
    return [_line(app, one, known) for one in people]


def _line(app: App, one: Person, known: Any) -> str:
    name = app.t("forget.slash").join(sorted(one.names))
    if one.lead_id is None:
        return app.t("forget.once", name=name, id=max(one.leads, default=0))
    return app.t("forget.at", name=name, id=one.lead_id, lead=label(known[one.lead_id]))


def _preview(app: App, plan: Plan) -> list[str]:
    from salesflow.render.gate import safe

    with app.read() as connection:
        lines = [app.t("forget.will"), *("  " + line for line in _lines(app, connection, plan.people))]
    lines += [app.t("forget.whole", id=lead.id, lead=label(lead)) for lead in plan.leads]
    lines.append(app.t("forget.counts", places=plan.places, elsewhere=len(plan.elsewhere)))
    lines.append(app.t("forget.for_good"))
    return [safe(line) for line in lines]


def _answer(app: App, plan: Plan, copies: list[Path], as_json: bool, dry_run: bool) -> None:
    if as_json:
        app.emit_json(
            {
                "people": [{"id": one.id, "lead_id": one.lead_id} for one in plan.people],
                "leads": [lead.id for lead in plan.leads],
                "places": plan.places,
                "elsewhere": sorted(plan.elsewhere),
                "copies": [str(path) for path in copies],
                "dry_run": dry_run,
            }
        )
    elif not dry_run:
        app.say("forget.done", people=len(plan.people), leads=len(plan.leads), places=plan.places)
    for phone, other in plan.shared:
        app.warn("forget.shared", phone=phone, name=min(other.names), id=other.lead_id)
    for lead in plan.namesakes:
        app.warn("forget.namesake", id=lead.id, lead=label(lead))
    if copies:
        app.warn("forget.copies", count=len(copies))
        app.stderr.write("".join(f"  {path}\n" for path in map(str, copies)))
        app.warn("forget.copies_do")
