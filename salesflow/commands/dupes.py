"""``dupes``: possible doubles, joined or parted; what was parted stays parted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from salesflow.commands import common, copies, options
from salesflow.context import App
from salesflow.errors import Refused, Usage

if TYPE_CHECKING:
    from salesflow.reports.dupes import Double, Wanted


def dupes(
    ctx: typer.Context,
    leads: options.SomeLeads = None,
    not_same: options.NotSame = False,
    same_again: options.SameAgain = False,
    why: options.Why = None,
    review: options.ReviewDupes = False,
    reason: options.DupeReason = None,
    area: options.Area = None,
    process: options.Process = None,
    all_: options.All = False,
    limit: options.Limit = None,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """Possible doubles, the surest first; or leads marked as not the same."""
    from salesflow.reports import dupes as report
    from salesflow.reports import likeness
    from salesflow.reports.processes import Processes

    app: App = ctx.obj
    ids = [common.pick(app, text).id for text in leads or ()]
    if not_same or same_again:
        _mark(app, ids, common.line(app, why, "--why"), part=not_same, as_json=as_json)
        return
    if reason is not None:
        common.one_of(reason, likeness.REASONS, "--like")
    with app.read() as connection:
        code = Processes(connection).named(process).code if process else None
        found = common.area_of(connection, area)
        wanted = report.Wanted(frozenset(ids), found, code, reason, all_, limit)
        if not review:
            built = report.build(connection, wanted, app.lang)
    if review:
        _review(app, wanted)
    else:
        app.show(built, fmt, as_json)


def _mark(app: App, ids: Sequence[int], why: str | None, *, part: bool, as_json: bool) -> None:
    from salesflow.actions import dupes as actions

    if len(ids) < 2:
        raise Usage("dupes.two_first")
    with common.working(app, "dupes", why) as work:
        pairs = actions.part(work, ids, why) if part else actions.reunite(work, ids)
    if as_json:
        app.emit_json([{"lead_id": first, "other_id": second, "not_same": part} for first, second in pairs])
        return
    key = "dupes.parted" if part else "dupes.reunited"
    each = app.t("lead.comma").join(f"#{first} #{second}" for first, second in pairs)
    app.say(key if pairs else "dupes.parted_before", pairs=each)


def _review(app: App, wanted: Wanted) -> None:
    from salesflow.reports import dupes as report

    if not app.interactive:
        raise Usage("errors.needs_terminal")
    with app.read() as connection:
        doubles, _, _ = report.look(connection, wanted)
    if doubles:
        copies.before(app, "merge")
    gone: set[int] = set()
    joined = parted = 0
    for place, one in enumerate(doubles, 1):
        if gone & {one.kept.id, one.other.id}:
            continue
        said = _ask(app, one, (place, len(doubles)))
        if said == "stop":
            break
        if said == "part":
            _mark(app, (one.kept.id, one.other.id), None, part=True, as_json=False)
            parted += 1
        elif said != "skip":
            gone |= _join(app, one, said)
            joined += bool(gone & {one.kept.id, one.other.id})
    app.say("dupes.reviewed", joined=joined, parted=parted)


_ANSWERS = ("keep", "turn", "part", "skip", "stop")


def _ask(app: App, one: Double, place: tuple[int, int]) -> str:
    from salesflow.reports import dupes as report

    app.say("dupes.pair", place=place[0], count=place[1], score=one.score)
    for lead in (one.kept, one.other):
        owner = app.t("dupes.of", owner=lead.owner) if lead.owner else ""
        parts = (f"#{lead.id} {lead.name}", lead.city, lead.address, owner)
        app.write_lines("  " + "  ".join(part for part in parts if part))
    app.write_lines("  " + report.why(one, app.lang))
    ids = {"id": one.kept.id, "other_id": one.other.id}
    chosen = app.choose("dupes.ask", [app.t(f"dupes.answer_{answer}", **ids) for answer in _ANSWERS])
    return _ANSWERS[chosen] if chosen >= 0 else "skip"


def _join(app: App, one: Double, said: str) -> set[int]:
    # each merge is a step of its own; one that is refused leaves the two as they are
    from salesflow.commands import merge, merge_answer

    ids = (one.kept.id, one.other.id) if said == "keep" else (one.other.id, one.kept.id)
    try:
        done = merge.join(app, ids, None, False)
    except Refused as error:
        app.warn(error.key, **error.values)
        return set()
    app.write_lines(merge_answer.line(app, done))
    return {ids[1]}
