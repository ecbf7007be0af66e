"""The head of a customer's file: who they are, how complete the record is, what is marked (F1, F4)."""

from __future__ import annotations

from collections.abc import Sequence

from salesflow import funnel
from salesflow.models import Lead
from salesflow.money import show_money
from salesflow.names import label
from salesflow.processes import Process, short_title
from salesflow.reports import show_kin
from salesflow.reports.show_base import File, line
from salesflow.tables import Section
from salesflow.texts import t


def section(file: File, lang: str) -> Section:
    """The lead, the record and what it lacks."""
    lead, process = file.lead, file.process
    share, missing = file.data["completeness"], file.data["missing"]
    grade = (
        t("log.graded", lang, grade=process.grade_title(lead.grade, lang))
        if lead.grade
        else t("show.no_grade", lang)
    )
    total = len(process.required)
    top = [
        f"#{lead.id} {label(lead)}",
        grade,
        process.stage(lead.stage).title(lang),
        t(f"show.need_{lead.need}", lang),
        t(f"show.status_{lead.status}", lang) if lead.status != "open" else "",
        t("show.file", lang, done=total - len(missing), total=total, percent=round(share * 100)),
        *(t(f"show.{mark}", lang) for mark in ("key_target", "reference", "new_customer") if file.data[mark]),
    ]
    lines = ["   ".join(part for part in top if part)]
    if label(lead) != lead.name:
        lines.append(lead.name)
    parts = (_where(file, lang), _business(file, lang), _class(lead, process, lang))
    lines += [text for text in map(line, parts) if text]
    lines += show_kin.lines(file.data, lang)
    lines += _information(file, lang)
    lines += _extras(lead, process, lang)
    return Section(before=tuple(lines))


def _where(file: File, lang: str) -> list[str]:
    lead, process = file.lead, file.process
    source = process.known("source", lead.source).title(lang) if lead.source else ""
    since = (lead.received_at or lead.created_at)[:10]
    return [
        process.known("kind", lead.kind).title(lang) if lead.kind else "",
        t("show.comma", lang).join(lead.brands),
        " ".join(part for part in (lead.area or lead.city, lead.address) if part),
        lead.phone or "",
        f"{source} {since}".strip(),
        t("show.owner", lang, name=lead.owner) if lead.owner else "",
    ]


def _business(file: File, lang: str) -> list[str]:
    lead, process = file.lead, file.process
    answers = [
        (process.field_title(name, lang), getattr(lead, name))
        for name in ("supplier", "volume_month", "ownership", "shareholders")
    ]
    parts = [f"{title} {value}" for title, value in answers if value is not None]
    if lead.goal_fen is not None:
        goal = show_money(lead.goal_fen, lang)
        dated = "show.goal" if lead.goal_on else "show.goal_undated"
        parts.append(t(dated, lang, value=goal, on=lead.goal_on))
    return parts


def _class(lead: Lead, process: Process, lang: str) -> list[str]:
    parts = []
    for noun in ("industry", "size", "side", "customer_class"):
        code = getattr(lead, noun)
        if code:
            title = short_title(process.known(noun, code), lang)
            parts.append(f"{process.field_title(noun, lang)} {title}")
    if lead.credit:
        said = t("show.credit", lang, grade=short_title(process.known("credit", lead.credit), lang))
        given = f"{lead.credit_by or ''} {lead.credit_on or ''}".strip()
        parts.append(f"{said} ({given})" if given else said)
    if lead.helped_by:
        parts.append(t("show.helped_by", lang, name=lead.helped_by))
    if lead.approach:
        parts.append(short_title(process.known("approach", lead.approach), lang))
    if lead.from_list:
        parts.append(t("show.from_list", lang, name=lead.from_list))
    return parts


def _information(file: File, lang: str) -> list[str]:
    """What is known of each kind of information; what the record lacks beyond it."""
    told: set[str] = set()
    lines, whole = [], []
    for one in file.data["information"]:
        told.update(one["missing"])
        values = {"done": one["total"] - len(one["missing"]), "total": one["total"]}
        head = t("show.information", lang, title=one["title"], **values)
        if one["missing"]:
            lines.append(t("show.lacks", lang, head=head, names=_names(file, one["missing"], lang)))
        else:
            whole.append(head)
    rest = [point for point in file.data["missing"] if point not in told]
    if rest:
        lines.append(t("show.missing", lang, names=_names(file, rest, lang)))
    return [*lines, "   ".join(whole)] if whole else lines


def _names(file: File, points: Sequence[str], lang: str) -> str:
    # of somebody who is not known at all it is enough to say who
    held = {role for one in file.people for role in one.roles}
    roles = {role.code for role in file.process.roles}
    asked = [role if (role := point.partition(".")[0]) in roles - held else point for point in points]
    names = [funnel.point_name(file.process, point, lang) for point in dict.fromkeys(asked)]
    return t("show.comma", lang).join(names)


def _extras(lead: Lead, process: Process, lang: str) -> list[str]:
    lines = []
    if lead.tags:
        lines.append(t("show.tags", lang, tags=t("show.comma", lang).join(lead.tags)))
    if lead.custom:
        own = (f"{process.field_title(name, lang)} {value}" for name, value in lead.custom.items())
        lines.append("   ".join(own))
    if lead.note:
        lines.append(t("show.note", lang, note=lead.note.replace("\n", " ")))
    return lines
