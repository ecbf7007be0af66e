"""What is written out of the book, kind by kind: columns and records, the records one after another.

Records have the keys and codes of cli.md; ``worded`` turns codes into the words of one language,
for workbooks that people read.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from salesflow import funnel
from salesflow.errors import Usage
from salesflow.money import yuan
from salesflow.processes import Process, short_title
from salesflow.reports import lists, outgoing_orders
from salesflow.reports.discreet import Veil
from salesflow.reports.processes import Processes
from salesflow.store import contacts, outgoing
from salesflow.store.rows import Connection, listed
from salesflow.tables import Column
from salesflow.targets import MONEY
from salesflow.texts import t

KINDS = ("leads", *outgoing.KINDS)
BATCH = 500

# the columns of each kind, each with what its cells hold; what stands alone is text, in which a
# phone may stand; what is fixed is text too, and the same for everybody
_LEADS = {
    "id": "int", "uid": "fixed", "name": "fixed", "short": "fixed",
    "lat": "float", "lng": "float", "phone": "phone", "volume_month": "int", "goal_value": "money",
    "parent": "int", "passive": "flag", "reference": "flag", "key_target": "flag", "new_customer": "flag",
    "credit_on": "date", "goal_on": "date", "next_date": "date", "received_at": "time", "first_followup_at": "time",
    "last_followup_at": "time", "created_at": "time", "updated_at": "time", "followups": "int", "visits": "int",
    "reschedules": "int", "completeness": "rate", "contact_phone": "phone", "wechat": "personal", "email": "personal",
}  # fmt: skip
# what people read first stands first in a workbook, and what machines alone read is hidden there
_FIRST = (
    "id", "name", "contact", "title", "role", "contact_phone", "phone", "grade", "stage", "status", "need", "area",
    "address", "brands", "next_date", "next_reason", "last_followup_at", "followups", "visits", "goal_value", "goal_on",
    "supplier", "volume_month", "short", "kind", "source", "city", "next_time", "next_via", "note", "tags",
    "completeness", "received_at", "owner",
)  # fmt: skip
_HIDDEN = frozenset(
    (
        "uid", "lead_uid", "lead_id", "process", "registered_by", "passive", "new_customer", "first_followup_at",
        "reschedules", "missing", "created_at", "updated_at", "recorded_at", "lat", "lng", "made_at",
    )
)  # fmt: skip
PARTED = " / "  # phones of one cell
PERSON = ("contact", "title", "role", "contact_phone", "wechat", "email")
_OF = "lead:fixed lead_id:int lead_uid:fixed uid:fixed"
_COLUMNS: dict[str, str] = {
    "contacts": (
        "name title roles phones:phone wechat:personal email:personal attitude character:personal hobbies:personal"
        " birthday:personal family:personal friends:personal department chain:int weight:int by"
    ),
    "followups": (
        "at:time via with incoming:flag answered:flag note learned did feedback progress purpose goal_met result hook"
        " grade next_date:date next_time next_reason next_via by recorded_at:time"
    ),
    "stages": "stage status at:time reason competitor until:date why from forced:flag by",
    "orders": (
        "signed_on:date amount:money cost:money framework:flag product lines contract due delivered_on:date"
        " accepted_on:date cancelled_on:date cancel_why note by"
    ),
    "payments": "order:fixed on:date amount:money method note by",
    "quotes": "quoted_on:date amount:money product in_return cost:money approved_by note by",
    "objections": "at:time with text answer worked:flag by",
    "incidents": "opened_at:time text due_on:date solved_at:time solution by",
    "competitors": "name strengths weaknesses price:money relation supporter note by",
    "promises": (
        "date:date time via reason purpose place booked_by keeper effect questions content made_at:time"
        " moved_from:date why by ended_at:time ended"
    ),
    "targets": "metric period target:number rep",
    "products": "name unit price:money cost:money cycle_days:int note by",
    "actions": (
        "id:int text measure baseline:number due:date who made:date done:date dropped:date report:fixed note by"
    ),
}
_ALONE = ("targets", "products", "actions")  # of no lead
# reckoned on the day, and in no file that brings a book back
_DUES = (
    "lead:fixed lead_id:int lead_uid:fixed order_id:int contract signed_on:date due_on:date amount:money"
    " outstanding:money days_overdue:int age:fixed owner"
)
# columns whose title another kind has for something else
_TITLES = {
    ("contacts", "name"): "person_name",
    ("competitors", "name"): "competitor_name",
    ("products", "name"): "product",
    ("products", "price"): "list_price",
    ("actions", "text"): "action",
    ("actions", "measure"): "action_measure",
    ("actions", "due"): "action_due",
    ("actions", "report"): "action_report",
    ("actions", "done"): "action_done",
    ("followups", "note"): "followup_note",
    ("stages", "reason"): "loss_reason",
    ("stages", "status"): "move_status",
    ("promises", "time"): "next_time",
    ("promises", "content"): "call_content",
}
_FEN = frozenset(("amount", "cost", "price", "outstanding"))
_FLAGS = frozenset(("incoming", "answered", "forced", "framework", "worked"))
_LISTS = frozenset(("roles", "phones"))


class Sheet(NamedTuple):
    """One kind on its way out: its columns, and its records as they are read."""

    kind: str
    columns: tuple[Column, ...]
    records: Iterator[dict[str, Any]]


def lead_ids(connection: Connection, wanted: lists.Wanted, today: date) -> list[int]:
    """The leads that the filter chooses, in its order."""
    if wanted.later:
        return lists.chosen_ids(connection, wanted, today)
    return outgoing.lead_ids(connection, wanted.chosen)


def sheet(connection: Connection, kind: str, ids: Sequence[int] | None, asked: Asked) -> Sheet:
    """The records of one kind, of all leads where ``ids`` is None; targets and products belong to none."""
    if kind == "leads":
        chosen = ids if ids is not None else outgoing.lead_ids(connection, lists.EVERY)
        return _leads(connection, chosen, asked)
    names = _DUES if kind == "dues" else _COLUMNS[kind] if kind in _ALONE else f"{_OF} {_COLUMNS[kind]}"
    columns = tuple([_column(kind, name, asked.lang) for name in names.split()])
    within = None if ids is None else frozenset(ids)
    return Sheet(kind, columns, _events(connection, kind, columns, within, asked))


class Asked(NamedTuple):
    """How records are wanted: the language, the day, codes or words, veiled.

    ``people``: as cells of a sheet, that of leads with the first person of each.
    """

    lang: str
    today: date
    words: bool = False
    people: bool = False
    veil: Veil | None = None


def _column(kind: str, name: str, lang: str) -> Column:
    key, _, holds = name.partition(":")
    title = t(f"sheets.{_TITLES.get((kind, key), key)}", lang)
    return Column(key, title, holds or "text", drop=int(key in _HIDDEN))


# Leads


def _leads(connection: Connection, ids: Sequence[int], asked: Asked) -> Sheet:
    fields = [*lists.FIELDS, *(("referrer", *PERSON) if asked.people else ())]
    if asked.words:
        fields = [*_FIRST, *(name for name in fields if name not in _FIRST)]
    columns = [_column("leads", f"{name}:{_LEADS.get(name, 'text')}", asked.lang) for name in fields]
    if asked.people:
        names = outgoing.custom_names(connection, ids)
        columns += [Column(f"custom.{name}", f"custom.{name}") for name in names]
    return Sheet("leads", tuple(columns), _lead_records(connection, ids, asked))


def _lead_records(connection: Connection, ids: Sequence[int], asked: Asked) -> Iterator[dict[str, Any]]:
    processes = Processes(connection)
    for start in range(0, len(ids), BATCH):
        part = ids[start : start + BATCH]
        records = lists.records_of(connection, part, asked.lang, asked.today, processes)
        people = contacts.contacts_of(connection, part) if asked.people else {}
        named = _kin(connection, records) if asked.people else {}
        for record in records:
            row = record
            if asked.people:
                # who brought the lead is another lead, which a sheet tells by its name
                row = _flat(record, people.get(record["id"], ())) | {
                    "referrer": named.get(record["referrer"])
                }
            if asked.words:
                row = _worded_lead(row, processes, named, asked.lang)
            yield asked.veil.drawn(record["id"], row, _LEADS, shop="phone") if asked.veil else row


def _kin(connection: Connection, records: Sequence[dict[str, Any]]) -> dict[int, str]:
    ids = {record[key] for record in records for key in ("parent", "referrer") if record[key]}
    return outgoing.names_of(connection, sorted(ids))


def _flat(record: dict[str, Any], people: Sequence[Any]) -> dict[str, Any]:
    flat = {name: value for name, value in record.items() if name != "custom"}
    if people:
        one = people[0]
        phones = PARTED.join(one.phones) or None
        values = (one.name, one.title, list(one.roles), phones, one.wechat, one.email)
        flat |= dict(zip(PERSON, values, strict=True))
    return flat | {f"custom.{name}": value for name, value in record["custom"].items()}


# What hangs on leads


def _events(
    connection: Connection,
    kind: str,
    columns: Sequence[Column],
    within: Container[int] | None,
    asked: Asked,
) -> Iterator[dict[str, Any]]:
    processes = Processes(connection)
    kinds = {column.key: column.kind for column in columns}
    cells = outgoing_orders.Cells(connection) if kind == "orders" else None
    rows = (
        outgoing_orders.dues(connection, asked.today) if kind == "dues" else outgoing.rows(connection, kind)
    )
    for row in rows:
        if kind in _ALONE:
            record = _OWN.get(kind, _read)(row, kinds)
            yield asked.veil.drawn(0, record, kinds) if asked.veil else record
            continue
        if within is not None and row["lead_id"] not in within:
            continue
        record = _read(row | cells.of(row["id"]) if cells else row, kinds)
        if asked.people and kind == "contacts":
            record["phones"] = PARTED.join(record["phones"]) or None
        if asked.words:
            record = _worded(record, processes[row.get("of_process") or row["process"]], asked.lang)
        yield asked.veil.drawn(row["lead_id"], record, kinds) if asked.veil else record


def _read(row: dict[str, Any], kinds: dict[str, str]) -> dict[str, Any]:
    record = {}
    for name in kinds:
        value = row[name]
        if name in _LISTS:
            value = list(listed(value))
        elif value is not None and name in _FEN:
            value = yuan(value)
        elif value is not None and name in _FLAGS:
            value = bool(value)
        record[name] = value
    return record


def _target(row: dict[str, Any], kinds: dict[str, str]) -> dict[str, Any]:
    value = row["target"]
    return {
        "metric": row["metric"],
        "period": row["period"],
        "target": yuan(value) if row["metric"] in MONEY else value,
        "rep": row["rep"] or None,
        "by": row["by"],
    }


def _action(row: dict[str, Any], kinds: dict[str, str]) -> dict[str, Any]:
    value = row["baseline"]
    return _read(row, kinds) | {
        "baseline": int(value) if value is not None and value == int(value) else value
    }


_OWN = {"targets": _target, "actions": _action}


# Words for people

_PARTS = "、,，;；|/"

_NOUNS = {
    "stage": "stage", "from": "stage", "grade": "grade", "kind": "kind", "source": "source", "industry": "industry",
    "size": "size", "side": "side", "approach": "approach", "buying_step": "buying_step", "credit": "credit",
    "customer_class": "customer_class",
    "via": "via", "next_via": "via", "role": "role", "roles": "role", "attitude": "attitude", "purpose": "purpose",
}  # fmt: skip


def _worded(record: dict[str, Any], process: Process, lang: str) -> dict[str, Any]:
    """The record with the words that the process has for its codes."""
    found = dict(record)
    for name, noun in _NOUNS.items():
        value = record.get(name)
        if isinstance(value, list):
            found[name] = [_word(process, noun, code, lang, among=True) for code in value]
        elif value:
            found[name] = _word(process, noun, value, lang)
    for name in ("goal_met", "ended"):
        if record.get(name):
            found[name] = t(f"sheets.{name}_{record[name]}", lang)
    if record.get("status"):
        if record.get("reason") and record["status"] in ("lost", "parked"):  # of a move; a promise's is text
            found["reason"] = process.known(record["status"], record["reason"]).title(lang)
        found["status"] = t(f"lists.status_{record['status']}", lang)
    return found


def _word(process: Process, noun: str, code: str, lang: str, *, among: bool = False) -> str:
    if noun == "grade":
        return process.grade_title(code, lang)
    known = process.known(noun, code)
    # in a cell of several a word may not hold what parts them
    if not among:
        return known.title(lang)
    word = short_title(known, lang)
    whole = not any(mark in word for mark in _PARTS)
    return word if whole and _means(process, noun, word, code) else code


def _means(process: Process, noun: str, word: str, code: str) -> bool:
    try:
        return bool(process.choice(noun, word).code == code)
    except Usage:
        return False


def _worded_lead(
    row: dict[str, Any], processes: Processes, named: dict[int, str], lang: str
) -> dict[str, Any]:
    process = processes[row["process"]]
    words = {
        "process": process.title(lang),
        "need": t(f"sheets.need_{row['need']}", lang),
        "parent": named.get(row["parent"]),
        "missing": [funnel.point_name(process, point, lang) for point in row["missing"]],
    }
    return _worded(row, process, lang) | words
