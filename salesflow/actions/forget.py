"""Somebody forgotten: gone from the book and its history, as if they had never stood there (P10, K8)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from salesflow import names
from salesflow.actions.forget_words import Veil, Wanted
from salesflow.actions.keys import lead_keys
from salesflow.actions.work import Work
from salesflow.errors import NotFound
from salesflow.models import Lead
from salesflow.phones import digits, landlines
from salesflow.store import find, forgetting, history, leads
from salesflow.store.forgetting import Columns, Person
from salesflow.store.rows import Connection

Called = tuple[int, tuple[str, str | None]]  # a lead by its id and its names
_LEAST_DIGITS = 7
_UNIQUE = {("answered", "key"), ("import_profile", "name"), ("product", "name")}


@dataclass
class Plan:
    """What goes, and where it stands: ``rows`` of other tables, ``reasons`` of operations, the leads of both."""

    people: list[Person]
    leads: list[Lead]
    veil: Veil
    doomed: dict[str, frozenset[int]]
    own: frozenset[int]
    rows: set[tuple[str, int]] = field(default_factory=set)
    reasons: set[int] = field(default_factory=set)
    elsewhere: set[int] = field(default_factory=set)
    shared: list[tuple[str, Person]] = field(
        default_factory=list
    )  # numbers that others have too, who keep them
    namesakes: list[Lead] = field(default_factory=list)

    @property
    def places(self) -> int:
        """How many rows and reasons lose a mention."""
        return len(self.rows) + len(self.reasons)


def candidates(connection: Connection, text: str) -> list[Person]:
    """Everybody of this whole name, number or account; who was taken out of the book only where nobody else is."""
    wanted, number = names.name_key(text), digits(text)
    found = [
        one
        for one in forgetting.people(connection)
        if wanted in map(names.name_key, (*one.names, *one.accounts))
        or (len(number) >= _LEAST_DIGITS and number in map(digits, one.phones))
    ]
    return [one for one in found if one.lead_id is not None] or found


def gone_from(connection: Connection, lead_id: int, text: str) -> list[Person]:
    """Those of this name who stood at the lead and were taken out."""
    wanted = names.name_key(text)
    return [
        one
        for one in forgetting.people(connection)
        if one.lead_id is None and lead_id in one.leads and wanted in map(names.name_key, one.names)
    ]


def plan(connection: Connection, person_ids: Iterable[int], lead_ids: Iterable[int], mark: str) -> Plan:
    """What it takes to forget these people, and these leads with all that is theirs. Raises NotFound."""
    ids, whole = frozenset(person_ids), frozenset(lead_ids)
    known = leads.leads_by_id(connection, sorted(whole))
    for lead_id in whole - set(known):
        raise NotFound("lead.none", text=f"#{lead_id}")
    everybody = forgetting.people(connection)
    chosen = _with_twins([one for one in everybody if one.id in ids or _is_of(one, whole)], everybody)
    own = frozenset(whole.union(*(one.leads for one in chosen)))
    others = [one for one in everybody if one not in chosen]
    wanted, shared = _wanted(connection, chosen, list(known.values()), others, own)
    called = [(lead_id, (name, short)) for lead_id, name, short, _ in find.names(connection)]
    done = Plan(
        chosen, list(known.values()), Veil(wanted, mark, _longer(wanted, others, called, own)), {}, own
    )
    done.shared = shared
    same = {lead_id for lead_id, (name, _) in called if name in wanted.names and lead_id not in own}
    done.namesakes = list(leads.leads_by_id(connection, sorted(same)).values())
    done.doomed = forgetting.doomed_with(connection, whole) if whole else {}
    done.doomed["contact"] = done.doomed.get("contact", frozenset()) | {one.id for one in chosen}
    _places(connection, done)
    return done


def _is_of(person: Person, whole: frozenset[int]) -> bool:
    return person.lead_id in whole or (person.lead_id is None and bool(person.leads & whole))


def _with_twins(chosen: list[Person], everybody: Sequence[Person]) -> list[Person]:
    # who was taken out, or became one with another: the same name at the same lead, or the same number
    phones = {digits(phone) for one in chosen for phone in one.phones}
    said = {(name, lead_id) for one in chosen for name in one.names for lead_id in one.leads}
    twins = [
        one
        for one in everybody
        if one.lead_id is None
        and one not in chosen
        and (
            any(digits(phone) in phones for phone in one.phones)
            or any((name, lead_id) in said for name in one.names for lead_id in one.leads)
        )
    ]
    return chosen + twins


def _wanted(
    connection: Connection,
    chosen: Sequence[Person],
    gone: Sequence[Lead],
    others: Sequence[Person],
    own: frozenset[int],
) -> tuple[Wanted, list[tuple[str, Person]]]:
    wanted = Wanted()
    for one in chosen:
        wanted.names |= one.names
        wanted.accounts |= one.accounts
        wanted.phones |= {digits(phone) for phone in one.phones}
    for lead in gone:
        wanted.names |= {lead.name, *([lead.short] if lead.short and len(lead.short) > 2 else [])}
        wanted.phones |= {digits(phone) for phone in (lead.phone or "").split(" / ") if phone}
    # the firm's own landline stays the firm's
    firms = leads.leads_by_id(connection, sorted(own - {lead.id for lead in gone})).values()
    wanted.phones -= {digits(phone) for firm in firms for phone in landlines(firm.phone)}
    living = [one for one in others if one.lead_id is not None]
    shared = [
        (phone, one) for one in living for phone in sorted(one.phones) if digits(phone) in wanted.phones
    ]
    wanted.phones -= {digits(phone) for phone, _ in shared}
    wanted.phones = {phone for phone in wanted.phones if len(phone) >= _LEAST_DIGITS}
    ours = forgetting.writers(connection)
    wanted.common = {
        name for name in wanted.names if name in ours or any(name in one.names for one in living)
    }
    return wanted, shared


def _longer(
    wanted: Wanted, others: Sequence[Person], called: Sequence[Called], own: frozenset[int]
) -> set[str]:
    known = {name for one in others if one.lead_id is not None for name in one.names}
    known |= {name for lead_id, said in called if lead_id not in own for name in said if name}
    return {name for name in known if any(said in name and said != name for said in wanted.names)}


def _places(connection: Connection, done: Plan) -> None:
    done.rows = {row for row in forgetting.naming(connection, done.doomed) if not _is_doomed(done, *row)}
    for table, row_id, lead_id, text in forgetting.texts(connection):
        if _is_doomed(done, table, row_id):
            continue
        own = lead_id in done.own or table == "answered"
        if done.veil.finds(text, own=own):
            (done.reasons.add(row_id) if table == "operation" else done.rows.add((table, row_id)))
            if lead_id is not None and lead_id not in done.own:
                done.elsewhere.add(lead_id)


def _is_doomed(done: Plan, table: str, row_id: int) -> bool:
    return row_id in done.doomed.get(table, ())


def apply(work: Work, done: Plan) -> None:
    """The plan carried out: no image of it is filed, and none of those before tells of them any more.

    What the history says of it is that rows of these ids were there. Earlier steps can still be undone.
    """
    connection = work.connection
    history.file_by_hand(connection, work.operation.id)
    forgetting.open_history(connection)
    forgetting.rewrite(connection, done.rows, lambda table, row: _changed(done, table, row))
    forgetting.rewrite_reasons(connection, done.reasons, lambda text: done.veil.text(text, own=True))
    forgetting.remove(connection, done.doomed)
    forgetting.close_history(connection)
    forgetting.end_redo(connection)
    for one in done.people:
        at = one.lead_id or max(one.leads, default=None)
        forgetting.tombstone(connection, work.operation.id, at, "contact", one.id)
    for lead in done.leads:
        forgetting.tombstone(connection, work.operation.id, lead.id, "lead", lead.id)
    touched = {one.lead_id for one in done.people} | {lead.id for lead in done.leads}
    work.operation.lead_id = touched.pop() if len(touched) == 1 else None


def _changed(done: Plan, table: str, row: Columns) -> Columns:
    own = table == "answered" or (row.get("id") if table == "lead" else row.get("lead_id")) in done.own
    ours = ("phone",) if table == "lead" else ()  # a cell of phones, see below
    new = {
        name: _said(done, row[name], own)
        for name in forgetting.prose(table)
        if name in row and name not in ours
    }
    for column, other, always in forgetting.references(table):
        if not always and row.get(column) in done.doomed.get(other, ()):
            new[column] = None
    for name in new:
        if (table, name) in _UNIQUE and new[name] != row[name]:
            new[name] = f"{new[name]} {row['id']}"
    return row | (_lead(done, row | new, row) if table == "lead" else new)


def _said(done: Plan, value: Any, own: bool) -> Any:
    return done.veil.text(value, own=own) if isinstance(value, str) else value


_KEYS = {
    "name": ("name_key", "py", "initials"),
    "short": ("short_key", "py", "initials"),
    "address": ("address_key",),
    "city": ("city_key",),
    "phone": ("phone_digits",),
}


def _lead(done: Plan, new: Columns, old: Columns) -> Columns:
    own = new.get("id") in done.own
    if new.get("phone"):
        new["phone"] = done.veil.cell(new["phone"], own=own)
    keys = lead_keys(new)
    for column, made in _KEYS.items():
        if new.get(column) != old.get(column):
            new |= {name: keys[name] for name in made if name in keys}
    return new
