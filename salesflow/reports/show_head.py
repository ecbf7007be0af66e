"""The head of a customer's file: who they are, how complete the record is, what is marked (F1, F4)."""

from __future__ import annotations

from salesflow import funnel
from salesflow.models import Lead
from salesflow.money import show_money
from salesflow.names import label
from salesflow.processes import Process
from salesflow.reports.show_base import File, line
from salesflow.tables import Section
from salesflow.texts import t


def section(file: File, lang: str) -> Section:
    """The lead, the record and what it lacks."""
    lead, process = file.lead, file.process
    share, missing = file.data["completeness"], file.data["missing"]
    grade = t("log.graded", lang, grade=lead.grade) if lead.grade else t("show.no_grade", lang)
    total = len(process.required)
    top = [
        f"#{lead.id} {label(lead)}",
        grade,
        process.stage(lead.stage).title(lang),
        t(f"show.status_{lead.status}", lang) if lead.status != "open" else "",
        t("show.file", lang, done=total - len(missing), total=total, percent=round(share * 100)),
    ]
    lines = ["   ".join(part for part in top if part)]
    if label(lead) != lead.name:
        lines.append(lead.name)
    lines += [text for text in (line(_where(file, lang)), line(_business(file, lang))) if text]
    if missing:
        names = t("show.comma", lang).join(funnel.point_name(process, point, lang) for point in missing)
        lines.append(t("show.missing", lang, names=names))
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
        for name in ("supplier", "volume_month", "ownership")
    ]
    parts = [f"{title} {value}" for title, value in answers if value is not None]
    parts.append(t(f"show.need_{lead.need}", lang))
    if lead.goal_fen is not None:
        goal = show_money(lead.goal_fen, lang)
        dated = "show.goal" if lead.goal_on else "show.goal_undated"
        parts.append(t(dated, lang, value=goal, on=lead.goal_on))
    return parts


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
