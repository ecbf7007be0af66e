"""``team assign``: the pool given out (F10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from salesflow.commands import common, options
from salesflow.context import App
from salesflow.errors import Refused, Usage, nearest
from salesflow.names import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesflow.actions.assign import Given, Team
    from salesflow.actions.work import Work
    from salesflow.commands.filters import Filters
    from salesflow.models import Lead


def team_assign(
    ctx: typer.Context,
    pool: options.PoolLeads = None,
    to: options.ToReps = None,
    area_of: options.AreaOf = None,
    only_area: options.OnlyArea = False,
    area: options.Area = None,
    stage: options.Stage = None,
    grade: options.Grade = None,
    source: options.Source = None,
    process: options.Process = None,
    tag: options.Tag = None,
    limit: options.Limit = None,
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
) -> None:
    """The leads of the pool are given out, each with why."""
    from salesflow.actions import assign
    from salesflow.commands.filters import Filters

    app: App = ctx.obj
    ids = [common.pick(app, text).id for text in pool or ()]
    filters = Filters(stage, grade, area, source, None, process, tag=tag, limit=limit, pool=True)
    reps = [common.line(app, name, "--to") or "" for name in to or ()]
    said = _areas(app, area_of or [])
    with common.trying(app, "team assign", only=dry_run) as work:
        found = _named(work, ids) if ids else _chosen(app, work, filters)
        team = assign.team(work, assign.Wanted(reps, said, only_area), found)
        if found and not team.open:
            raise Refused("assign.no_reps")
        told_new(app, work, list(team.open))
        given = assign.plan(found, team, only_area=only_area)
        assign.assign(work, given)
    if as_json:
        app.emit_json(_record(app, given, team, dry_run))
    else:
        _say(app, given, team, dry_run)


def _named(work: Work, ids: Sequence[int]) -> list[Lead]:
    found = [work.lead(lead_id) for lead_id in dict.fromkeys(ids)]
    for lead in found:
        if lead.owner:
            raise Refused("assign.owned", rep=lead.owner, **common.named(lead))
    return found


def _chosen(app: App, work: Work, filters: Filters) -> list[Lead]:
    from salesflow.commands.lists import wanted_of
    from salesflow.store import leads

    chosen = wanted_of(work.connection, filters, None).chosen
    return leads.list_leads(work.connection, chosen._replace(statuses=("open", "parked")))


def _areas(app: App, words: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with app.read() as connection:
        for word in words:
            rep, equals, areas = word.partition("=")
            names = areas.replace("，", ",").replace("、", ",").split(",")
            if not equals or not rep.strip() or not all(map(str.strip, names)):
                raise Usage("assign.no_area_of", text=word[:60])
            rep = common.line(app, rep, "--area-of") or ""
            for name in names:
                area = common.area_of(connection, name.strip()) or ""
                found.setdefault(area, []).append(rep)
    return found


def told_new(app: App, work: Work, reps: Sequence[str]) -> None:
    """Nothing; on stderr who of them owns no lead yet, and may be a slip of the pen."""
    from salesflow.store import assigning

    known = assigning.owners(work.connection)
    for rep in reps:
        if rep not in known and known:
            near = nearest(rep, known)
            app.warn("assign.new_rep_near" if near else "assign.new_rep", rep=rep, near=near)


def _why(app: App, one: Given) -> str:
    if not one.to and not one.lead.area:
        return app.t("assign.why_no_area")
    return app.t(f"assign.why_{one.why}", area=one.lead.area, count=one.held, day=one.at[:10])


def _counts(given: Sequence[Given], team: Team) -> list[dict[str, Any]]:
    return [
        {
            "rep": rep,
            "open_before": count,
            "given": sum(one.to == rep for one in given),
            "open_after": count + sum(one.to == rep and one.lead.status == "open" for one in given),
        }
        for rep, count in team.open.items()
    ]


def _record(app: App, given: Sequence[Given], team: Team, dry_run: bool) -> dict[str, Any]:
    return {
        "given": [
            {
                "lead_id": one.lead.id,
                "name": one.lead.name,
                "short": label(one.lead),
                "area": one.lead.area,
                "passive": one.lead.passive,
                "to": one.to or None,
                "why": one.why,
                "text": _why(app, one),
            }
            for one in given
        ],
        "reps": _counts(given, team),
        "left": sum(not one.to for one in given),
        "dry_run": dry_run,
    }


def _say(app: App, given: Sequence[Given], team: Team, dry_run: bool) -> None:
    if not given:
        app.say("assign.nothing")
        return
    for one in given:
        key = "assign.line" if one.to else "assign.line_left"
        app.say(key, rep=one.to, why=_why(app, one), **common.named(one.lead))
    for counts in _counts(given, team):
        app.say("assign.count", **counts)
    if dry_run:
        app.say("assign.dry_run")
