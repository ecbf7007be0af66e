"""``advance``, ``park``, ``lose``, ``reopen``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import typer

from salesflow import funnel
from salesflow.commands import common, options
from salesflow.context import App
from salesflow.errors import Refused, Usage

if TYPE_CHECKING:
    from salesflow.actions.stages import Advance
    from salesflow.models import Lead
    from salesflow.processes import Process, Reason


def advance(
    ctx: typer.Context,
    lead: options.Lead = None,
    stage: options.StageName = None,
    force: options.Force = False,
    why: options.Why = None,
    dry_run: options.DryRun = False,
    at: options.At = None,
    as_json: options.Json = False,
) -> None:
    """The lead in the next stage, or the one named, where its gates are open."""
    from salesflow.actions import stages

    app: App = ctx.obj
    why = common.line(app, why, "--why")
    picked = common.pick(app, lead)
    when = common.moment(app, at)
    with common.working(app, "advance", why) as work:
        wanted = stages.look(work, picked.id, stage)
        if wanted.lead.status != "open" and not dry_run:
            raise Refused("lead.not_open", **common.named(wanted.lead))
        if wanted.missing and not force and not dry_run:
            raise Refused("stage.gate_shut", _gate_lines(app, wanted), **_shut(app, wanted))
        if not dry_run:
            moved = stages.advance(work, wanted, force=force, why=why, at=when)
    if dry_run:
        _tell(app, wanted, as_json)
        return
    if as_json:
        app.emit_json(common.lead_answer(app, picked.id))
        return
    key = "stage.moved_back" if wanted.back else "stage.advanced"
    line = app.t(key, stage=wanted.to.title(app.lang), **common.named(moved))
    app.write_lines(line + (app.t("stage.forced", count=len(wanted.missing)) if wanted.missing else ""))
    if wanted.to.won and wanted.lead.stage not in wanted.process.won_codes:
        from salesflow.commands.referral import after_deal

        after_deal(app, moved.id)


def _shut(app: App, wanted: Advance) -> dict[str, object]:
    titles = wanted.to.title(app.lang)
    return {"stage": titles, "count": len(wanted.missing), **common.named(wanted.lead)}


def _gate_lines(app: App, wanted: Advance) -> tuple[str, ...]:
    lines = []
    for want in wanted.missing:
        command = funnel.supply_command(want, wanted.lead.id, app.lang)
        lines.append(
            "  " + app.t("stage.gate_line", title=funnel.want_title(want, app.lang), command=command)
        )
    return (*lines, app.t("stage.force_hint"))


def _tell(app: App, wanted: Advance, as_json: bool) -> None:
    if as_json:
        missing = [
            {
                "code": want.code,
                "title": funnel.want_title(want, app.lang),
                "command": funnel.supply_command(want, wanted.lead.id, app.lang),
            }
            for want in wanted.missing
        ]
        app.emit_json(
            {"lead_id": wanted.lead.id, "stage": wanted.to.code, "open": not missing, "missing": missing}
        )
    elif wanted.missing:
        app.say("stage.gate_shut", **_shut(app, wanted))
        app.write_lines("\n".join(_gate_lines(app, wanted)[:-1]))
    else:
        app.say("stage.gate_open", stage=wanted.to.title(app.lang), **common.named(wanted.lead))


def park(
    ctx: typer.Context,
    lead: options.Lead = None,
    reason: options.Reason = None,
    until: options.Until = None,
    why: options.Why = None,
    as_json: options.Json = False,
) -> None:
    """The lead set aside until a day."""
    _leave(ctx.obj, "park", lead, reason, why, until, None, as_json)


def lose(
    ctx: typer.Context,
    lead: options.Lead = None,
    reason: options.Reason = None,
    to: options.To = None,
    why: options.Why = None,
    as_json: options.Json = False,
) -> None:
    """The lead closed without a deal."""
    _leave(ctx.obj, "lose", lead, reason, why, None, to, as_json)


_NEEDS = ("why", "to", "until")
_WHICH = {"park": "parked", "lose": "lost"}


def _leave(
    app: App,
    command: str,
    lead: str | None,
    reason: str | None,
    why: str | None,
    until: str | None,
    to: str | None,
    as_json: bool,
) -> None:
    from salesflow.actions import stages
    from salesflow.actions.stages import Leaving

    why, to = common.line(app, why, "--why"), common.line(app, to, "--to")
    picked = common.pick(app, lead)
    found, process = _lead_of(app, picked.id)
    reason = common.line(app, reason, "--reason") or _chosen_reason(app, process, command)
    chosen = process.reason(_WHICH[command], reason)
    early = _early(found, process, chosen)
    if app.interactive:
        why = _why_early(app, early, why, chosen.needs) if early else why
        why, to, until = told = tuple(_needed(app, chosen.needs, why, to, until))
        if chosen.needs and not told[_NEEDS.index(chosen.needs)]:
            raise Usage("stage.not_told", reason=chosen.title(app.lang))
    with common.working(app, command, why) as work:
        day = common.day(app, until, cal=work.calendar) if until else None
        leaving = Leaving(reason, why, day, to)
        done = (
            stages.park(work, picked.id, leaving)
            if command == "park"
            else stages.lose(work, picked.id, leaving)
        )
    if early and not app.interactive:
        app.warn("stage.early", **early)
    if as_json:
        app.emit_json(common.lead_answer(app, picked.id))
        return
    from salesflow.reports.weekly_screen import brief

    said = brief(chosen.title(app.lang))
    if command == "park":
        when = common.day_text(app, date.fromisoformat(done.next_date or ""))
        app.say("stage.parked", when=when, reason=said, **common.named(done))
    else:
        said += app.t("week.to_competitor", name=to) if to else ""
        app.say("stage.lost", reason=said, **common.named(done))


def _needed(app: App, needs: str, *given: str | None) -> Iterator[str | None]:
    # what the reason wants to be told, where nobody has said it
    for name, text in zip(_NEEDS, given, strict=True):
        yield text or (app.ask(f"stage.ask_{name}") or None if needs == name else None)


def _early(lead: Lead, process: Process, reason: Reason) -> dict[str, int]:
    # L4: given up before the visits in which deals are made; a wrong entry and a customer are no such thing
    least, most = process.visits_to_deal
    patient = lead.visits >= least or lead.status == "lost" or process.stage(lead.stage).won
    return {} if patient or not reason.counts else {"count": lead.visits, "least": least, "most": most}


def _why_early(app: App, early: dict[str, int], why: str | None, needs: str) -> str | None:
    # a reason that wants something told is asked for that, and once is enough
    app.warn("stage.early", **early)
    return why or (None if needs else app.ask("stage.ask_why_early") or None)


def _lead_of(app: App, lead_id: int) -> tuple[Lead, Process]:
    from salesflow.reports.processes import Processes
    from salesflow.store import leads

    with app.read() as connection:
        lead = leads.find_lead(connection, lead_id)
        assert lead is not None
        return lead, Processes(connection)[lead.process]


def _chosen_reason(app: App, process: Process, command: str) -> str:
    from salesflow.processes import short_title

    reasons = process.lost if command == "lose" else process.parked
    if not app.interactive:
        known = app.t("lead.comma").join(
            reason.code if app.lang == "en" else short_title(reason, app.lang) for reason in reasons
        )
        raise Usage("stage.no_reason", (known,) if known else ())
    if not reasons and (said := app.ask("stage.ask_why")):
        return common.line(app, said, "--reason") or ""
    chosen = app.choose("stage.choose_reason", [reason.title(app.lang) for reason in reasons])
    if chosen < 0:
        raise Usage("stage.none_chosen")
    return reasons[chosen].code


def reopen(
    ctx: typer.Context,
    lead: options.Lead = None,
    next_: options.Next = None,
    what: options.For = None,
    next_via: options.NextVia = None,
    why: options.Why = None,
    anyway: options.Anyway = False,
    as_json: options.Json = False,
) -> None:
    """The lead open again."""
    from salesflow.actions import stages

    app: App = ctx.obj
    why = common.line(app, why, "--why")
    picked = common.pick(app, lead)
    with common.working(app, "reopen", why) as work:
        plan = common.plan(app, next_, what, next_via, work.calendar)
        done = stages.reopen(work, picked.id, plan, why=why, anyway=anyway)
        stage = work.process(done.process).stage(done.stage).title(app.lang)
    if as_json:
        app.emit_json(common.lead_answer(app, picked.id))
        return
    app.say("stage.reopened", stage=stage, **common.named(done))
    _say_next(app, done)


def _say_next(app: App, lead: Lead) -> None:
    if lead.next_date:
        when = common.day_text(app, date.fromisoformat(lead.next_date))
        app.write_lines(f"{app.t('log.next', when=when)}  {lead.next_reason or ''}".rstrip())
    else:
        app.say("show.no_next", id=lead.id)
