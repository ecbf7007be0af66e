"""Checklists with a score: evaluation, screening, our fit against competitors, what an insider tells (L9, M7, M8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from salesflow import facts as rules
from salesflow.facts import Facts
from salesflow.models import Competitor, Contact, Points
from salesflow.names import label
from salesflow.processes import Checklist, Process
from salesflow.reports.facts import People
from salesflow.reports.processes import Processes
from salesflow.store import competitors, leads
from salesflow.store.rows import Connection
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

OPEN_SHOWN = 5
TITLE_ROOM = 10

_Given = Mapping[tuple[str, str, int | None], Points]


def records(
    connection: Connection, lead_id: int, process: Process, facts: Facts, lang: str
) -> list[dict[str, Any]]:
    """``checklists`` of ``show --json``: each with its score, its points and those of the competitors."""
    if not process.checklists:
        return []
    given = {
        (one.checklist, one.item, one.competitor_id): one
        for one in competitors.list_points(connection, lead_id)
    }
    ours = {(code, item): one.points for (code, item, rival), one in given.items() if rival is None}
    known = facts._replace(points=ours)
    rivals = competitors.list_competitors(connection, lead_id)
    return [_record(one, known, given, rivals, lang) for one in process.checklists]


def score_of(process: Process, code: str, facts: Facts, points: Mapping[str, int]) -> int | None:
    """The score of one checklist with these points of ours; None without an answer, or without the checklist."""
    found = next((one for one in process.checklists if one.code == code), None)
    if found is None:
        return None
    known = facts._replace(points={(code, item): given for item, given in points.items()})
    score = rules.score(found, known)
    return score.percent if score.answered else None


def _record(
    checklist: Checklist, facts: Facts, given: _Given, rivals: Iterable[Competitor], lang: str
) -> dict[str, Any]:
    found = [rules.points_of(checklist, point, facts) for point in checklist.points]
    return {
        "code": checklist.code,
        "title": checklist.title(lang),
        **_scored(checklist, found),
        "total": len(checklist.points),
        "role": checklist.role or None,
        "points": [
            {
                "code": point.code,
                "title": point.title(lang),
                "weight": point.weight,
                "points": points,
                "most": checklist.scale,
                "note": _note(given, checklist.code, point.code, None),
            }
            for point, points in zip(checklist.points, found, strict=True)
        ],
        "rivals": [_rival(checklist, found, given, one) for one in rivals] if checklist.rivals else [],
    }


def _scored(checklist: Checklist, found: Sequence[int | None]) -> dict[str, int | None]:
    score = rules.score_of(checklist, found)
    return {"score": score.percent if score.answered else None, "answered": score.answered}


def _note(given: _Given, code: str, item: str, rival: int | None) -> str | None:
    one = given.get((code, item, rival))
    return one.note if one else None


def _rival(
    checklist: Checklist, ours: Sequence[int | None], given: _Given, rival: Competitor
) -> dict[str, Any]:
    found = [given.get((checklist.code, point.code, rival.id)) for point in checklist.points]
    theirs = [one.points if one else None for one in found]
    # by how much each decides: what weighs most comes first
    apart = [
        (point.weight * (mine - other), point.code)
        for point, mine, other in zip(checklist.points, ours, theirs, strict=True)
        if mine is not None and other is not None and mine != other
    ]
    return {
        "competitor": rival.name,
        **_scored(checklist, theirs),
        "points": [
            {"code": point.code, "points": points, "note": _note(given, checklist.code, point.code, rival.id)}
            for point, points in zip(checklist.points, theirs, strict=True)
        ],
        "wins": [code for gain, code in sorted(apart, key=lambda one: -one[0]) if gain > 0],
        "losses": [code for gain, code in sorted(apart, key=lambda one: one[0]) if gain < 0],
    }


# In the lead's file


def section(
    checklists: Sequence[dict[str, Any]], people: Sequence[Contact], lead_id: int, lang: str
) -> Section:
    """The scores, what is not evaluated yet, and what an insider still has to tell."""
    asked = {role for one in people for role in one.roles}
    begun = [one for one in checklists if one["answered"] and not one["role"]]
    comma = t("show.comma", lang)
    lines = [text for one in begun for text in _begun(one, lang)]
    rest = [one["title"] for one in checklists if not one["answered"] and not one["role"]]
    if rest:
        lines.append(t("evaluate.not_begun", lang, titles=comma.join(rest), id=lead_id))
    lines += [_to_ask(one, people, lang) for one in checklists if one["role"] in asked and _open(one)]
    heading = t("evaluate.heading", lang) if begun else ""
    return Section(heading=heading, before=tuple(lines))


def _begun(one: dict[str, Any], lang: str) -> list[str]:
    apart = (f"  {text}" for rival in one["rivals"] for text in _won_and_lost(one, rival, lang))
    return [_scores_line(one, lang), *apart]


def _scores_line(one: dict[str, Any], lang: str) -> str:
    scored = [rival for rival in one["rivals"] if rival["answered"]]
    theirs = (
        t("evaluate.rival_score", lang, name=rival["competitor"], score=rival["score"]) for rival in scored
    )
    return "   ".join((_score_line(one, lang), *theirs))


def _score_line(one: dict[str, Any], lang: str) -> str:
    values = {name: one[name] for name in ("title", "answered", "total")}
    return t("evaluate.score", lang, score="-" if one["score"] is None else one["score"], **values)


def _won_and_lost(one: dict[str, Any], rival: dict[str, Any], lang: str) -> list[str]:
    titles = {point["code"]: _short(point["title"]) for point in one["points"]}
    said = [  # a title may hold commas
        t(f"evaluate.{which}", lang, titles=" / ".join(titles[code] for code in rival[which]))
        for which in ("wins", "losses")
        if rival[which]
    ]
    against = t("evaluate.against", lang, name=rival["competitor"], said="   ".join(said))
    return [against] if said else []


def _short(title: str) -> str:
    for mark in "（(：:":
        title = title.partition(mark)[0]
    return title.strip()


def _narrow(name: str) -> str:
    # above a column of single figures; the lines below the table name them whole
    return name if len(name) <= TITLE_ROOM else name[: TITLE_ROOM - 2] + ".."


def _open(one: dict[str, Any]) -> list[str]:
    return [point["title"] for point in one["points"] if point["points"] is None]


def _to_ask(one: dict[str, Any], people: Sequence[Contact], lang: str) -> str:
    names = "/".join(person.name for person in people if one["role"] in person.roles)
    left = _open(one)
    # some of the titles have commas in them
    titles = t("prepare.semicolon", lang).join(left[:OPEN_SHOWN])
    key = "evaluate.to_ask_more" if len(left) > OPEN_SHOWN else "evaluate.to_ask"
    return t(key, lang, name=names, titles=titles, more=len(left) - OPEN_SHOWN, answered=one["answered"])


# ``evaluate``


def read(connection: Connection, lead_id: int, lang: str) -> tuple[Process, list[dict[str, Any]]]:
    """The lead's process and its checklists as they now stand."""
    lead = leads.leads_by_id(connection, [lead_id])[lead_id]
    processes = Processes(connection)
    facts = People(connection, [lead], processes).facts(lead)
    process = processes[lead.process]
    return process, records(connection, lead_id, process, facts, lang)


def build(connection: Connection, lead_id: int, lang: str, checklist: Checklist | None) -> Report:
    """All checklists of the lead with their scores, or one of them item by item."""
    _, found = read(connection, lead_id, lang)
    lead = leads.leads_by_id(connection, [lead_id])[lead_id]
    head = f"#{lead_id} {label(lead)}"
    if checklist is None:
        return Report(data=found, sections=(_overview(found, lead_id, head, lang),))
    one = next(record for record in found if record["code"] == checklist.code)
    return Report(data=one, sections=(_items(one, head, lang),), records="points")


def _overview(found: Sequence[dict[str, Any]], lead_id: int, head: str, lang: str) -> Section:
    keys = ("code", "title", "score", "answered", "rivals")
    comma = t("show.comma", lang)
    rows = tuple(
        Row(
            (
                one["code"],
                one["title"],
                one["score"],
                f"{one['answered']}/{one['total']}",
                comma.join(f"{r['competitor']} {r['score']}" for r in one["rivals"] if r["answered"]) or None,
            )
        )
        for one in found
    )
    columns = tuple(
        Column(
            key,
            t(f"evaluate.column_{key}", lang),
            "int" if key == "score" else "text",
            shrink=key == "rivals",
        )
        for key in keys
    )
    return Section(columns=columns, rows=rows, before=(head,), after=(t("evaluate.how", lang, id=lead_id),))


def _items(one: dict[str, Any], head: str, lang: str) -> Section:
    """Our points and, side by side, those of each competitor, with the weights."""
    rivals = one["rivals"]
    rows = []
    for place, point in enumerate(one["points"]):
        theirs = [rival["points"][place]["points"] for rival in rivals]
        rows.append(
            Row((point["code"], point["title"], point["weight"], point["points"], *theirs, point["note"]))
        )
    total = Row(
        (t("evaluate.total", lang), None, None, one["score"], *(rival["score"] for rival in rivals), None)
    )
    most = one["points"][0]["most"]
    ours = "ours" if rivals else "points"
    columns = (
        Column("code", t("evaluate.column_item", lang)),
        Column("title", t("evaluate.column_title", lang), shrink=True),
        Column("weight", t("evaluate.column_weight", lang), "int", drop=1),
        Column("points", t(f"evaluate.column_{ours}", lang, most=most), "int"),
        *(Column(f"rival_{n}", _narrow(rival["competitor"]), "int") for n, rival in enumerate(rivals)),
        Column("note", t("evaluate.column_note", lang), shrink=True, drop=2),
    )
    if not any(point["note"] for point in one["points"]):
        columns, rows = columns[:-1], [Row(row.cells[:-1]) for row in rows]
        total = Row(total.cells[:-1])
    after = [text for rival in rivals for text in _won_and_lost(one, rival, lang)]
    return Section(
        columns=columns,
        rows=(*rows, total),
        before=(f"{head}   {_scores_line(one, lang)}",),
        after=tuple(after),
    )
