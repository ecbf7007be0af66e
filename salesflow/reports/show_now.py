"""What comes next in a customer's file: the promise, and what the next gate still wants (F5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from salesflow import funnel
from salesflow.models import Followup, Lead, Move
from salesflow.processes import Process, short_title
from salesflow.reports.show_base import File, day_text, line
from salesflow.tables import Column, Row, Section
from salesflow.texts import t


def promise(file: File, lang: str, today: date) -> Section:
    """The promise, and how often they were seen."""
    lead, process = file.lead, file.process
    lines = []
    if lead.next_date:
        away = (date.fromisoformat(lead.next_date) - today).days
        when = " ".join(part for part in (day_text(lead.next_date, lang, today), lead.next_time) if part)
        ahead = "show.today" if away == 0 else "show.days_ahead" if away > 0 else "show.days_late"
        via = short_title(process.known("via", lead.next_via), lang) if lead.next_via else ""
        lines.append(
            line(
                [t("show.next", lang, when=when), t(ahead, lang, days=abs(away)), via, lead.next_reason or ""]
            )
            + t("show.moved", lang, count=lead.reschedules)
        )
    elif lead.status == "open" and lead.received_at:
        lines.append(t("show.no_next", lang, id=lead.id))
    lines.append(_counts(lead, process, lang, today))
    if file.data["stuck"]:
        lines.append(t("show.stuck", lang, most=process.visits_to_deal[1]))
    return Section(before=tuple(lines))


def _counts(lead: Lead, process: Process, lang: str, today: date) -> str:
    said = t("show.counts", lang, visits=lead.visits, followups=lead.followups)
    if lead.received_at:
        days = (today - date.fromisoformat(lead.received_at[:10])).days
        said += t("show.days", lang, days=days) if days > 0 else ""
    if lead.status == "open" and not _won(lead, process) and lead.visits:
        least, most = process.visits_to_deal
        said += t("show.deal_visits", lang, least=least, most=most)
    return said


def _won(lead: Lead, process: Process) -> bool:
    return any(stage.won for stage in process.stages if stage.code == lead.stage)


def is_stuck(lead: Lead, process: Process, done: Sequence[Followup], moved: Sequence[Move]) -> bool:
    """Whether an open lead had more visits than a deal takes, and has not moved on since the last of these (L4)."""
    visits = sorted(one.at for one in done if one.visit)
    most = process.visits_to_deal[1]
    if lead.status != "open" or _won(lead, process) or len(visits) <= most:
        return False
    places = {stage.code: place for place, stage in enumerate(process.stages)}
    return not any(
        move.at >= visits[most - 1]
        and places.get(move.to_stage, -1) > places.get(move.from_stage, len(places))
        for move in moved
    )


def gate(file: File, lang: str) -> Section:
    """What the next gate still wants, with the command that supplies it."""
    found = funnel.next_gate(file.process, file.facts)
    if found is None or file.lead.status != "open":
        return Section()
    stage, missing = found
    if not missing:
        return Section(before=(t("show.gate_open", lang, stage=stage.title(lang), id=file.lead.id),))
    rows = tuple(
        Row((funnel.want_title(want, lang), funnel.supply_command(want, file.lead.id, lang)))
        for want in missing
    )
    columns = (
        Column("missing", t("show.gate_missing", lang, stage=stage.title(lang), count=len(missing))),
        Column("command", t("show.gate_command", lang)),
    )
    return Section(columns=columns, rows=rows)
