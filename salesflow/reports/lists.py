"""Leads by filter and by search, as ``list`` and ``find`` show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from salesflow import funnel
from salesflow.models import Contact, Lead
from salesflow.names import label, name_key, surname
from salesflow.phones import digits
from salesflow.pinyin import expand_aliases
from salesflow.processes import LEAD_FIELDS, Process, short_title
from salesflow.reports.facts import People
from salesflow.reports.processes import Processes
from salesflow.reports.records import is_new_customer, lead_record
from salesflow.store import find, leads
from salesflow.store.leads import Filter
from salesflow.store.rows import Connection
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

# the columns of a sheet of leads, as cli.md names them; custom fields follow
FIELDS = (
    "id", "uid", "name", "short", "process", "stage", "status", "owner", "registered_by", "grade", "kind", "need",
    "source", "passive", "area", "city", "province", "address", "lat", "lng", "phone", "brands", "supplier",
    "volume_month", "ownership", "shareholders", "industry", "size", "side", "parent", "reference", "key_target",
    "new_customer", "helped_by", "credit", "credit_by", "credit_on", "approach", "from_list", "buying_step",
    "customer_class",
    "goal_value", "goal_on", "next_date", "next_time", "next_reason", "next_via", "received_at", "first_followup_at",
    "last_followup_at", "followups", "visits", "reschedules", "completeness", "missing", "tags", "note",
    "created_at", "updated_at",
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What ``list`` is asked for beyond what SQL can choose."""

    chosen: Filter
    where_missing: str | None = None
    stale_grade: bool = False
    new_customers: bool = False
    score: str | None = None  # the checklist by whose score to sort, the highest first
    limit: int | None = None

    @property
    def later(self) -> bool:
        """Whether SQL alone cannot choose."""
        return bool(self.where_missing or self.stale_grade or self.new_customers or self.score)


EVERY = Filter()


def build_list(
    connection: Connection,
    wanted: Wanted,
    lang: str,
    today: date,
    *,
    others: bool = False,
    records: bool = True,
) -> Report:
    """The leads that the filter chooses; without ``records`` for people only, who read the columns."""
    found = leads.list_leads(connection, wanted.chosen)
    return _report(connection, found, lang, today, wanted, others, records)


def build_find(
    connection: Connection,
    text: str,
    lang: str,
    limit: int,
    today: date,
    *,
    others: bool = False,
    records: bool = True,
) -> Report:
    """The leads whose record, people or notes hold the words, best kind of match first.

    Without ``records`` for people only, who read the columns.
    """
    ids: list[int] = []
    for word in dict.fromkeys([text, *expand_aliases(text)]):
        letters = word.lower().replace(" ", "")
        spelt = letters if letters.isascii() and letters.isalnum() else ""
        for lead_id in find.search(connection, word, name_key(word), spelt, digits(word), limit):
            if lead_id not in ids:
                ids.append(lead_id)
    by_id = leads.leads_by_id(connection, ids[:limit])
    leads_found = [by_id[lead_id] for lead_id in ids[:limit]]
    return _report(connection, leads_found, lang, today, None, others, records)


def chosen_ids(connection: Connection, wanted: Wanted, today: date) -> list[int]:
    """The ids of the leads that fit, in the order asked for."""
    found = leads.list_leads(connection, wanted.chosen)
    people = People(connection, found, Processes(connection))
    return [one.lead.id for one in _chosen(connection, found, today, wanted, people)]


def records_of(
    connection: Connection, ids: Sequence[int], lang: str, today: date, processes: Processes
) -> list[dict[str, Any]]:
    """The leads of these ids as ``list --json`` gives them, in this order."""
    by_id = leads.leads_by_id(connection, ids)
    found = [by_id[lead_id] for lead_id in ids]
    people = People(connection, found, processes)
    return [
        lead_record(one.lead, one.process, people.facts(one.lead), lang, new_customer=one.new_customer)
        for one in _chosen(connection, found, today, None, people)
    ]


class _Chosen(NamedTuple):
    lead: Lead
    process: Process
    new_customer: bool
    score: int | None = None


def _chosen(
    connection: Connection, found: Sequence[Lead], today: date, wanted: Wanted | None, people: People
) -> list[_Chosen]:
    """The leads that fit what SQL cannot choose by, in the order asked for, no more than asked for."""
    bought = leads.first_orders(connection, [lead.id for lead in found])
    fit: list[_Chosen] = []
    for lead in found:
        process = people.process(lead)
        new = is_new_customer(process, bought.get(lead.id), today)
        if wanted and not (_fits(wanted, lead, people, today) and (new or not wanted.new_customers)):
            continue
        fit.append(_Chosen(lead, process, new))
        if wanted and wanted.limit == len(fit) and not wanted.score:
            break
    return (
        _by_score(connection, fit, wanted.score, people)[: wanted.limit] if wanted and wanted.score else fit
    )


def _by_score(connection: Connection, fit: list[_Chosen], checklist: str, people: People) -> list[_Chosen]:
    # the highest first, those without an answer last
    from salesflow.reports.evaluation import score_of
    from salesflow.store.competitors import our_points

    points = our_points(connection, [one.lead.id for one in fit], checklist)
    scored = [
        one._replace(
            score=score_of(one.process, checklist, people.facts(one.lead), points.get(one.lead.id, {}))
        )
        for one in fit
    ]
    return sorted(scored, key=lambda one: (one.score is None, -(one.score or 0)))


def _report(
    connection: Connection,
    found: Sequence[Lead],
    lang: str,
    today: date,
    wanted: Wanted | None,
    others: bool,
    full: bool,
) -> Report:
    people = People(connection, found, Processes(connection))
    shown = _chosen(connection, found, today, wanted, people)
    scored = bool(wanted and wanted.score)
    records: list[dict[str, Any]] = []
    rows: list[Row] = []
    for one in shown:
        lead, known = one.lead, people.of.get(one.lead.id)
        if full:
            facts = people.facts(lead)
            record = lead_record(lead, one.process, facts, lang, new_customer=one.new_customer)
            records.append(record | {"score": one.score} if scored else record)
        rows.append(_row(one, _who(known, others), _phone(known, lead), lang))
    columns = _columns(lang)
    if len({one.process.code for one in shown}) > 1:
        rows = _with_process(rows, [one.process for one in shown], lang)
        followed = Column("process", t("lists.column_process", lang), shrink=True)
        columns = (*columns[:4], followed, *columns[4:])
    if scored:
        rows = [Row((row.cells[0], one.score, *row.cells[1:])) for row, one in zip(rows, shown, strict=True)]
        columns = (columns[0], Column("score", t("lists.column_score", lang), "int"), *columns[1:])
    after = (t("lists.count", lang, count=len(rows)),) if rows else (t("lists.none", lang),)
    section = Section(columns=columns, rows=tuple(rows), header=bool(rows), after=after)
    return Report(data=records, sections=(section,), fields=() if records else FIELDS)


def _fits(wanted: Wanted, lead: Lead, people: People, today: date) -> bool:
    process = people.process(lead)
    if wanted.where_missing and not _lacks(wanted.where_missing, lead, process, people.facts(lead)):
        return False
    if wanted.stale_grade:
        graded = lead.graded_at or lead.received_at or lead.created_at
        return funnel.is_stale(process, lead.grade, date.fromisoformat(graded[:10]), today)
    return True


def points_of(process: Process) -> tuple[str, ...]:
    """All that a record of this process can hold or lack: what it wants, and every field."""
    wanted = [point for one in process.information for point in one.required]
    own = [field.code for field in process.fields if field.own]
    return tuple(dict.fromkeys((*process.required, *wanted, *LEAD_FIELDS, *own, *_PLAIN)))


# in every record, and asked for by no gate
_PLAIN = ("name", "owner", "note", "need")


def _lacks(point: str, lead: Lead, process: Process, facts: funnel.Facts) -> bool:
    if point not in points_of(process):
        return False  # a role or a field of another process
    if point in _PLAIN and point != "need":
        return not funnel.is_filled(getattr(lead, point))
    return bool(funnel.filled(process, (point,), facts)[1])


def _columns(lang: str) -> tuple[Column, ...]:
    def column(key: str, kind: str = "text", *, shrink: bool = False, drop: int = 0, wide: int = 0) -> Column:
        return Column(key, t(f"lists.column_{key}", lang), kind, shrink, drop, wide)

    return (
        column("id", "id"),
        column("grade"),
        column("short", shrink=True),
        column("stage"),
        column("status", drop=1),
        column("area", drop=2),
        column("next_date", "date"),
        column("next_reason", shrink=True),
        column("contact", wide=100),
        column("phone", "phone", wide=100),
        column("visits", "int", drop=3),
        column("last_followup", "date", wide=110),
    )


def _with_process(rows: Sequence[Row], followed: Sequence[Process], lang: str) -> list[Row]:
    # beside the stage, where the leads listed follow several
    return [
        row._replace(cells=(*row.cells[:4], short_title(process, lang), *row.cells[4:]))
        for row, process in zip(rows, followed, strict=True)
    ]


def _who(people: Sequence[Contact] | None, others: bool) -> str | None:
    if not people:
        return None
    return surname(people[0].name) if others else people[0].name


def _phone(people: Sequence[Contact] | None, lead: Lead) -> str | None:
    # the number of the person named beside it, as in `today`; the shop's where there is none
    return people[0].phones[0] if people and people[0].phones else lead.phone


def _row(one: _Chosen, person: str | None, phone: str | None, lang: str) -> Row:
    lead = one.lead
    last = lead.last_followup_at
    cells = (
        lead.id,
        one.process.grade_title(lead.grade, lang) or None,
        label(lead),
        one.process.stage(lead.stage).title(lang),
        t(f"lists.status_{lead.status}", lang),
        lead.area or lead.city,
        lead.next_date,
        lead.next_reason,
        person,
        phone,
        lead.visits,
        last[:10] if last else None,
    )
    return Row(cells)
