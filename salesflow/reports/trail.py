"""The book's operations, and all that happened with a lead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from salesflow.errors import Usage
from salesflow.money import show_money
from salesflow.processes import LISTS, Process, short_title
from salesflow.reports import trail_care
from salesflow.reports.processes import Processes
from salesflow.store import history, leads, moves
from salesflow.store.history import Image, Step
from salesflow.store.rows import Connection, listed, mapped
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

SHOWN = 200
Names = dict[tuple[str, int], dict[str, Any]]  # by table and row


def _record(step: Step) -> dict[str, Any]:
    return asdict(step)


def _columns(keys: tuple[str, ...], lang: str) -> tuple[Column, ...]:
    kinds = {"id": "int", "changes": "int"}
    return tuple(
        Column(key, t(f"undo.column_{key}", lang), kinds.get(key, "text"), shrink=key == "what")
        for key in keys
    )


def steps(connection: Connection, lang: str, *, every: bool = True) -> Report:
    """The newest operations, newest first; without ``every`` those alone that undo and redo know."""
    found = history.list_steps(connection, SHOWN, every=every)
    rows = tuple(
        Row(
            (
                step.id,
                step.at.replace("T", " "),
                step.command,
                f"#{step.lead_id} {step.lead or ''}".strip() if step.lead_id else None,
                step.by,
                step.changes,
                t("undo.state_undone", lang) if step.undone else None,
            )
        )
        for step in found
    )
    columns = _columns(("id", "at", "command", "lead", "by", "changes", "state"), lang)
    after = () if rows else (t("undo.no_history", lang),)
    section = Section(columns=columns, rows=rows, header=bool(rows), after=after)
    return Report(data=[_record(step) for step in found], sections=(section,))


def of_lead(connection: Connection, lead_id: int, lang: str, *, others: bool = False) -> Report:
    """Every operation that changed anything of the lead, newest first, and what; no people for ``others``."""
    rows, records = [], []
    processes, now = Processes(connection), leads.leads_by_id(connection, [lead_id])[lead_id].process
    made = {move.id: move.process or now for move in moves.list_moves(connection, lead_id)}
    found = [
        (step, history.lead_images(connection, lead_id, step.id))
        for step in history.steps_of_lead(connection, lead_id)
    ]
    names = _names(image for _, images in found for image in images)
    for step, images in found:
        told = [image for image in images if not (others and image.table == "contact")]
        followed = [_known(processes, _process_of(image, images, made) or now, now) for image in told]
        words = (_what(image, process, names, lang) for image, process in zip(told, followed, strict=True))
        said = "; ".join(filter(None, words))
        if said and step.reason and step.reason not in said:
            said += t("undo.why", lang, why=step.reason)
        rows.append(Row((step.id, step.at.replace("T", " "), step.command, step.by, said or None)))
        changed = [
            {"table": image.table, "row": image.row_id, "before": image.before, "after": image.after}
            for image in images
        ]
        records.append(_record(step) | {"changed": changed})
    columns = _columns(("id", "at", "command", "by", "what"), lang)
    section = Section(columns=columns, rows=tuple(rows), header=bool(rows))
    return Report(data=records, sections=(section,))


def _names(images: Iterable[Image]) -> Names:
    # the image of a change holds what changed alone; whose it is stands where the row was made, or taken away
    found: Names = {}
    for image in images:
        if image.before is None or image.after is None:
            found[image.table, image.row_id] = image.after or image.before or {}
    return found


def _known(processes: Processes, code: str, now: str) -> Process:
    # one that was taken in and put back again may be a built-in one
    try:
        return processes.named(code)
    except Usage:
        return processes[now]


def _process_of(image: Image, images: Sequence[Image], made: Mapping[int, str]) -> str | None:
    # a move is told in the process that it was made in; one that was taken back is known by its images alone
    if image.table != "move" or image.row_id in made:
        return made.get(image.row_id) if image.table == "move" else None
    gone = image.after is None
    for one in images:
        row = (one.before if gone else one.after) or {}
        if one.table == "lead" and row.get("process"):
            return str(row["process"])
    move = (image.before if gone else image.after) or {}
    return move.get("process") or move.get("from_process")


def _what(image: Image, process: Process, names: Names, lang: str) -> str:
    # one change in the words of a person; '' for what only the machine keeps twice
    old, new = image.before or {}, image.after or {}
    if (image.before is None or image.after is None) and (old or new).keys() <= {"id", "lead_id"}:
        # all that is left of who was forgotten
        return "" if new else t("undo.forgotten", lang, id=image.row_id)
    say = _SAID.get(image.table)
    if say is None:
        return trail_care.told(image, process, lang)
    if image.before is not None and image.after is not None:
        changed = _changed(image.table, old, new, process, lang)
        whose = _WHOSE.get(image.table)
        made = names.get((image.table, image.row_id))
        return (
            f"{whose({**made, **old}, process, lang)}  {changed}" if whose and changed and made else changed
        )
    said = say(new or old, process, lang)
    gone = image.after is None
    return t("undo.gone", lang, what=said) if gone and said else said


def _changed(table: str, old: dict[str, Any], new: dict[str, Any], process: Process, lang: str) -> str:
    names = [name for name in dict.fromkeys((*old, *new)) if name in _FIELDS.get(table, ())]
    said = [
        (_title(name, process, lang), _value(name, old, process, lang), _value(name, new, process, lang))
        for name in names
        if name != "custom"
    ]
    if "custom" in names:
        was, now = mapped(old.get("custom")), mapped(new.get("custom"))
        keys = [key for key in dict.fromkeys((*was, *now)) if was.get(key) != now.get(key)]
        said += [(process.field_title(key, lang), was.get(key) or "-", now.get(key) or "-") for key in keys]
    return "  ".join(t("undo.changed", lang, field=title, old=one, new=other) for title, one, other in said)


def _title(name: str, process: Process, lang: str) -> str:
    if name in _OWN_TITLES:
        return t(f"undo.field_{name}", lang)
    return process.field_title("goal_value" if name == "goal_fen" else name.removesuffix("_id"), lang)


def _value(name: str, row: dict[str, Any], process: Process, lang: str) -> str:
    value = row.get(name)
    if value is None:
        return "-"
    if name in ("goal_fen", "price_fen"):
        return show_money(value, lang)
    if name == "status":
        return t(f"show.status_{value}", lang)
    if name == "need":
        return t(f"show.need_{value}", lang)
    if name in ("parent_id", "referrer_id"):
        return f"#{value}"
    if name in ("reference", "key_target"):
        return t("render.yes", lang)
    if name in LISTS:
        return process.known(name, str(value)).title(lang)
    if name in ("brands", "tags", "phones", "roles"):
        items = [
            short_title(process.known("role", item), lang) if name == "roles" else item
            for item in listed(value)
        ]
        return t("show.comma", lang).join(items)
    return str(value)


def _lead(row: dict[str, Any], process: Process, lang: str) -> str:
    return t("undo.made_lead", lang, name=row["name"])


def _contact(row: dict[str, Any], process: Process, lang: str) -> str:
    return t("undo.made_contact", lang, name=row["name"])


def _followup(row: dict[str, Any], process: Process, lang: str) -> str:
    note = (row.get("note") or "").replace("\n", " ")
    return (
        f"{short_title(process.known('via', row['via']), lang)} {row['at'].replace('T', ' ')} {note}".rstrip()
    )


def _promise(row: dict[str, Any], process: Process, lang: str) -> str:
    why = t("undo.why", lang, why=row["why"]) if row.get("why") else ""
    when = " ".join(part for part in (row["date"], row.get("time"), row.get("reason")) if part)
    return t("undo.made_promise", lang, when=when) + why


def _move(row: dict[str, Any], process: Process, lang: str) -> str:
    why = t("undo.why", lang, why=row["why"]) if row.get("why") else ""
    if row["from_status"] != row["to_status"]:
        return t(f"show.status_{row['to_status']}", lang) + why
    stage = process.known("stage", row["to_stage"]).title(lang)
    if row.get("from_process") not in (None, process.code):
        return t("undo.other_process", lang, process=process.title(lang), stage=stage) + why
    return stage + why


def _competitor(row: dict[str, Any], process: Process, lang: str) -> str:
    return t("undo.made_competitor", lang, name=row["name"])


def _former(row: dict[str, Any], process: Process, lang: str) -> str:
    return t("undo.made_former", lang, name=row["name"])


def _score(row: dict[str, Any], process: Process, lang: str) -> str:
    key = "undo.made_rival_score" if row.get("competitor_id") else "undo.made_score"
    return t(key, lang, points=row["points"], **_scored(row, process, lang))


def _scored(row: dict[str, Any], process: Process, lang: str) -> dict[str, str]:
    found = next((one for one in process.checklists if one.code == row["checklist"]), None)
    points = [one for one in found.points if one.code == row["item"]] if found else []
    item = short_title(points[0], lang) if points else row["item"]
    return {"checklist": process.known("checklist", row["checklist"]).title(lang), "item": item}


def _whose_name(row: dict[str, Any], process: Process, lang: str) -> str:
    return str(row["name"])


def _whose_score(row: dict[str, Any], process: Process, lang: str) -> str:
    return " ".join(_scored(row, process, lang).values())


_WHOSE: dict[str, Callable[[dict[str, Any], Process, str], str]] = {
    "contact": _whose_name,
    "competitor": _whose_name,
    "score": _whose_score,
}
_SAID: dict[str, Callable[[dict[str, Any], Process, str], str]] = {
    "lead": _lead,
    "contact": _contact,
    "followup": _followup,
    "promise": _promise,
    "move": _move,
    "competitor": _competitor,
    "score": _score,
    "former": _former,
}
# the columns whose changes a person made; the others follow from them
_FIELDS = {
    "lead": (
        "name", "short", "owner", "grade", "kind", "need", "source", "area", "city", "province", "address", "phone",
        "brands", "supplier", "volume_month", "ownership", "goal_fen", "goal_on", "tags", "custom", "note",
        "shareholders", "industry", "size", "side", "parent_id", "referrer_id", "reference", "key_target", "helped_by",
        "credit", "credit_by", "credit_on", "approach", "from_list", "buying_step", "customer_class",
    ),
    "contact": (
        "name", "title", "roles", "phones", "wechat", "email", "attitude", "character", "hobbies", "birthday",
        "family", "friends", "department", "chain", "weight",
    ),
    "competitor": ("name", "strengths", "weaknesses", "price_fen", "relation", "note"),
    "score": ("points", "note"),
    "promise": ("time", "reason", "purpose", "place", "booked_by", "keeper", "effect", "questions", "content"),
}  # fmt: skip
_OWN_TITLES = {
    "name", "owner", "tags", "note", "title", "roles", "phones", "wechat", "email", "attitude",
    "character", "hobbies", "birthday", "family", "friends", "department", "chain", "weight",
    "strengths", "weaknesses", "price_fen", "relation", "points",
    *_FIELDS["promise"],
}  # fmt: skip
