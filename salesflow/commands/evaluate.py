"""``evaluate``: the checklists of a lead, point by point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from salesflow.commands import common, options
from salesflow.context import App
from salesflow.errors import Usage

if TYPE_CHECKING:
    from salesflow.processes import Checklist, Point, Process

TAKES_BACK = "-"


def evaluate(
    ctx: typer.Context,
    lead: options.Lead = None,
    words: options.Items = None,
    competitor: options.Competitor = None,
    note: options.Note = None,
    clear: options.Clear = False,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """Points given to the items named; without items asked for on a terminal, else shown."""
    from salesflow.actions import evaluations

    app: App = ctx.obj
    picked = common.pick(app, lead)
    process, shown = _standing(app, picked.id)
    note = common.line(app, note, "--note")
    checklist = _checklist(process, words[0]) if words else None
    if checklist is None:
        if clear or competitor or note:
            raise Usage("evaluate.which", known=_known(process))
        _show(app, picked.id, None, fmt, as_json)
        return
    if competitor:
        competitor = _rival(app, picked.id, checklist, competitor)
    given = _read(checklist, (words or [])[1:])
    asked = app.interactive and not (given or clear or fmt or as_json)
    if asked:
        given = _asked(app, checklist, shown, competitor)
    elif not given and not clear:
        if note:
            raise Usage("evaluate.which_item", code=checklist.code, known=_items(checklist))
        _show(app, picked.id, checklist, fmt, as_json)
        _say_how(app, picked.id, checklist, shown)
        return
    with common.working(app, "evaluate") as work:
        evaluations.rate(work, picked.id, checklist, given, competitor=competitor, note=note, clear=clear)
    _answer(app, picked.id, checklist, fmt, as_json)


def _standing(app: App, lead_id: int) -> tuple[Process, list[dict[str, Any]]]:
    from salesflow.reports import evaluation

    with app.read() as connection:
        process, found = evaluation.read(connection, lead_id, app.lang)
    if not found:
        from salesflow.processes import ships

        key = "evaluate.update_first" if ships(process.code, "checklists") else "evaluate.no_checklists"
        raise Usage(key, process=process.title(app.lang), code=process.code)
    return process, found


def _checklist(process: Process, word: str) -> Checklist:
    from salesflow.processes import find

    return find("checklist", word, process.checklists)


def _rival(app: App, lead_id: int, checklist: Checklist, text: str) -> str:
    from salesflow.actions import competitors
    from salesflow.store.competitors import list_competitors

    if not checklist.rivals:
        raise Usage("evaluate.no_rivals", code=checklist.code)
    with app.read() as connection:
        return competitors.pick_from(list_competitors(connection, lead_id), lead_id, text).name


def _known(process: Process) -> str:
    return ", ".join(one.code for one in process.checklists)


def _items(checklist: Checklist) -> str:
    return " ".join(point.code for point in checklist.points)


def _read(checklist: Checklist, words: list[str]) -> dict[str, int | None]:
    given: dict[str, int | None] = {}
    for word in words:
        name, equals, value = word.replace("＝", "=").partition("=")
        point = checklist.point(name.strip())
        if point.code in given:
            raise Usage("evaluate.twice", item=point.code)
        given[point.code] = _points(checklist, point, value) if equals else checklist.scale
    return given


def _points(checklist: Checklist, point: Point, text: str) -> int | None:
    """The points meant, None for ``-``. Raises Usage for what is none, or lies outside the scale."""
    said = text.strip()
    if said == TAKES_BACK:
        return None
    if checklist.scale == 1:
        from salesflow.exchange.values import need_code

        said = {"yes": "1", "no": "0"}.get(need_code(said) or "", said)
    if not (said.isdecimal() and said.isascii()) or int(said[:9]) > checklist.scale:
        raise Usage("evaluate.outside", item=point.code, points=said[:40], most=checklist.scale)
    return int(said)


def _asked(
    app: App, checklist: Checklist, shown: list[dict[str, Any]], competitor: str | None
) -> dict[str, int | None]:
    one = next(record for record in shown if record["code"] == checklist.code)
    head = "evaluate.ask_head" if checklist.scale > 1 else "evaluate.ask_head_tick"
    app.warn(head, title=checklist.title(app.lang), most=checklist.scale)
    now = {point["code"]: point["points"] for point in one["points"]}
    if competitor:
        rivals = [rival for rival in one["rivals"] if rival["competitor"] == competitor]
        now = {point["code"]: point["points"] for rival in rivals for point in rival["points"]}
    given: dict[str, int | None] = {}
    for point in checklist.points:
        stands = _stands(app, checklist, now.get(point.code))
        while said := app.ask("evaluate.ask_item", title=point.title(app.lang), now=stands):
            try:
                given[point.code] = _points(checklist, point, said)
                break
            except Usage as error:
                app.warn(error.key, **error.values)
    return given


def _stands(app: App, checklist: Checklist, points: int | None) -> str:
    if points is None:
        return "-"
    return app.t("render.yes" if points else "render.no") if checklist.scale == 1 else str(points)


def _say_how(app: App, lead_id: int, checklist: Checklist, shown: list[dict[str, Any]]) -> None:
    # until the first point is given, and beside the answer: it goes to nobody
    one = next(record for record in shown if record["code"] == checklist.code)
    if not one["answered"]:
        told = "evaluate.how_tick" if checklist.scale == 1 else "evaluate.how_one"
        app.warn(told, id=lead_id, code=checklist.code)


def _show(app: App, lead_id: int, checklist: Checklist | None, fmt: str | None, as_json: bool) -> None:
    from salesflow.reports import evaluation

    with app.read() as connection:
        report = evaluation.build(connection, lead_id, app.lang, checklist)
    app.show(report, fmt, as_json)


def _answer(app: App, lead_id: int, checklist: Checklist, fmt: str | None, as_json: bool) -> None:
    from salesflow.reports import evaluation

    with app.read() as connection:
        report = evaluation.build(connection, lead_id, app.lang, checklist)
    if fmt or as_json:
        app.show(report, fmt, as_json)
    else:
        app.write_lines("\n".join((*report.sections[0].before, *report.sections[0].after)))
