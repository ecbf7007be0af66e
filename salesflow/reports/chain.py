"""The decision chain of a lead: who decides in which order, who is missing, who has not been met (F14, L7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from salesflow.models import Contact, Lead
from salesflow.names import label, surname
from salesflow.processes import Process, short_title
from salesflow.reports.processes import Processes
from salesflow.reports.records import contact_record, in_chain
from salesflow.store import contacts, leads
from salesflow.store.rows import Connection
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

_ALWAYS = ("name", "roles", "attitude", "phone", "last_met")


def wanted_roles(process: Process) -> list[str]:
    """The roles that the record or a gate asks for, in the process's order."""
    points = [*process.required, *(point for one in process.information for point in one.required)]
    wanted = {point.partition(".")[0] for point in points}
    wanted |= {want.value for stage in process.stages for want in stage.gate if want.kind == "person"}
    return [role.code for role in process.roles if role.code in wanted]


def gaps(process: Process, people: Iterable[Contact], met: Mapping[int, str]) -> tuple[list[str], list[str]]:
    """The wanted roles that nobody holds, and those of which nobody has been met."""
    missing, unmet = [], []
    for role in wanted_roles(process):
        holders = [one for one in people if role in one.roles]
        if not holders:
            missing.append(role)
        elif not any(one.id in met for one in holders):
            unmet.append(role)
    return missing, unmet


def gap_lines(process: Process, people: Sequence[Contact], met: Mapping[int, str], lang: str) -> list[str]:
    """The same in a line for people; nothing where nobody is missing."""
    missing, unmet = gaps(process, people, met)
    comma = t("show.comma", lang)

    def title(role: str) -> str:
        return short_title(process.known("role", role), lang)

    parts = []
    if missing:
        parts.append(t("contact.roles_missing", lang, roles=comma.join(map(title, missing))))
    if unmet:
        held = [(one.name, [title(role) for role in one.roles if role in unmet]) for one in people]
        named = [
            t("contact.role_of", lang, name=name, role=comma.join(roles)) for name, roles in held if roles
        ]
        parts.append(t("contact.roles_unmet", lang, roles=comma.join(named)))
    return ["   ".join(parts)] if parts else []


def buying_line(process: Process, lead: Lead, lang: str) -> str:
    """Where the lead stands in its own buying, and which step our stage goes with; '' where nobody knows."""
    ours = next((stage.buying_step for stage in process.stages if stage.code == lead.stage), "")
    if not lead.buying_step:
        return ""
    steps = [one.code for one in process.buying_steps]
    said = short_title(process.known("buying_step", lead.buying_step), lang)
    if lead.buying_step in steps:
        place = steps.index(lead.buying_step) + 1
        said = t("contact.buying_place", lang, step=said, place=place, steps=len(steps))
    if ours and ours != lead.buying_step:
        goes = short_title(process.known("buying_step", ours), lang)
        return t("contact.buying_apart", lang, step=said, ours=goes)
    return t("contact.buying", lang, step=said)


def columns_of(keys: Sequence[str], lang: str) -> tuple[Column, ...]:
    """The columns of a table of people."""
    kinds = {"phone": "phone", "chain": "int", "weight": "int", "id": "int"}
    leave = {"wechat": 1, "title": 2, "weight": 3, "department": 4}
    return tuple(
        Column(
            key,
            t(f"show.person_{key}", lang),
            kinds.get(key, "text"),
            shrink=key == "roles",
            drop=leave.get(key, 0),
        )
        for key in keys
    )


def cells(one: Contact, process: Process, met: Mapping[int, str], lang: str, today: date) -> dict[str, Any]:
    """A person as a table shows them, by column."""
    comma = t("show.comma", lang)
    return {
        "id": one.id,
        "chain": one.chain,
        "name": one.name,
        "title": one.title,
        "roles": comma.join(short_title(process.known("role", role), lang) for role in one.roles) or None,
        "department": one.department,
        "attitude": process.known("attitude", one.attitude).title(lang) if one.attitude else None,
        "weight": one.weight,
        "phone": " ".join(one.phones) or None,
        "wechat": one.wechat or one.email,
        "last_met": _day(met[one.id], today) if one.id in met else t("show.never_met", lang),
    }


def _day(day: str, today: date) -> str:
    return day[5:] if day[:4] == str(today.year) else day


def table(
    people: Iterable[Contact],
    process: Process,
    met: Mapping[int, str],
    lang: str,
    today: date,
    keys: Sequence[str],
) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    """The people in the order of the chain; a column of which nothing is known is left out."""
    shown = [cells(one, process, met, lang, today) for one in in_chain(people)]
    kept = [key for key in keys if key in _ALWAYS or any(row[key] is not None for row in shown)]
    return columns_of(kept, lang), tuple(Row(tuple(row[key] for key in kept)) for row in shown)


def build(connection: Connection, lead_id: int, lang: str, today: date, *, others: bool = False) -> Report:
    """The lead's decision chain; for ``others`` people are their surnames."""
    lead = leads.leads_by_id(connection, [lead_id])[lead_id]
    process = Processes(connection)[lead.process]
    people = in_chain(contacts.list_contacts(connection, lead_id))
    met = contacts.last_met(connection, lead_id)
    missing, unmet = gaps(process, people, met)
    data = {
        "lead_id": lead_id,
        "people": [contact_record(one, met.get(one.id)) for one in people],
        "roles_missing": missing,
        "roles_unmet": unmet,
        "buying_step": lead.buying_step,
    }
    shown = [one._replace(name=surname(one.name)) for one in people] if others else people
    keys = ("chain", "name", "title", "roles", "department", "attitude", "weight", "phone", "last_met")
    columns, rows = table(shown, process, met, lang, today, keys)
    after = [*gap_lines(process, shown, met, lang), buying_line(process, lead, lang)]
    if not people:
        after.insert(0, t("contact.list_none", lang, id=lead_id, name=label(lead)))
    elif not any(one.chain for one in people):
        after.append(t("contact.no_chain", lang, id=lead_id))
    section = Section(
        columns=columns,
        rows=rows,
        header=bool(rows),
        before=(t("contact.chain_of", lang, id=lead_id, name=label(lead)),),
        after=tuple(filter(None, after)),
    )
    return Report(data=data, sections=(section,), records="people")
