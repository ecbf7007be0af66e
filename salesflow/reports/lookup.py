"""Which lead a person means by a word (cli.md, LEAD), and what lies near where nothing matches."""

from __future__ import annotations

from dataclasses import dataclass, field

from salesflow.models import Lead
from salesflow.names import LONGEST, name_key, narrow_digits
from salesflow.phones import digits
from salesflow.pinyin import spoken
from salesflow.store import contacts, find, leads, merging
from salesflow.store.rows import Connection

_BIGGEST = 2**63 - 1


@dataclass(frozen=True)
class Found:
    """The leads that a word may mean, and the person by whom each was found, where one was.

    ``was`` is the number by which one is meant that has become part of it.
    """

    ids: list[int] = field(default_factory=list)
    people: dict[int, int] = field(default_factory=dict)
    was: int | None = None


def resolve(connection: Connection, text: str) -> Found:
    """The leads that ``text`` means: the first kind of match that finds any decides."""
    word = text.strip()
    number = narrow_digits(word.removeprefix("#"))
    if number.isascii() and number.isdecimal() and len(number) < 20 and int(number) <= _BIGGEST:
        if leads.find_lead(connection, int(number)):
            return Found([int(number)])
        became = merging.became(connection, int(number))
        if became is not None:
            return Found([became], was=int(number))
    if word.startswith("#") or not word or len(word) > LONGEST:
        return Found()
    return _by_name(connection, word)


def _by_name(connection: Connection, word: str) -> Found:
    key = name_key(word)
    whole = find.by_whole_name(connection, key)
    if not whole:  # the name of one that was merged
        whole = list(dict.fromkeys(one.lead_id for one in merging.formerly(connection, key)))
    if whole:
        return Found(whole)
    dialled = digits(word)
    if len(dialled) >= 7:
        found = _people(find.by_phone(connection, dialled))
        if found.ids:
            return found
    part = find.by_part(connection, key) if key else []
    if part:
        return Found(part)
    person = _people(find.by_person(connection, word))
    return person if person.ids else _by_letters(connection, word)


def _by_letters(connection: Connection, word: str) -> Found:
    letters = word.lower().replace(" ", "").replace("'", "")
    if not (letters.isascii() and letters.isalnum()):
        return Found()
    found = find.by_pinyin(connection, letters)
    return Found(found) if found else _people(find.people_by_pinyin(connection, letters))


def _people(pairs: list[tuple[int, int]] | list[tuple[int, int | None]]) -> Found:
    ids = list(dict.fromkeys(lead for lead, _ in pairs))
    found: dict[int, set[int]] = {}
    for lead, contact in pairs:
        if contact is not None:
            found.setdefault(lead, set()).add(contact)
    return Found(ids, {lead: next(iter(people)) for lead, people in found.items() if len(people) == 1})


def near(connection: Connection, text: str, limit: int = 5) -> list[Lead]:
    """The leads whose names sound the same as ``text``, and behind them those that are spelt most like it."""
    from rapidfuzz import fuzz, process

    text = text[:LONGEST]
    spelt = spoken(text)
    everyone = find.names(connection)
    ids = [row[0] for row in everyone if len(spelt) >= 4 and spelt in (row[3] or "")][:limit]
    labels = {row[0]: name_key(row[2] or row[1]) for row in everyone}
    spelled = process.extract(name_key(text), labels, scorer=fuzz.ratio, limit=limit, score_cutoff=40)
    ids = list(dict.fromkeys((*ids, *(lead_id for _, _, lead_id in spelled))))[:limit]
    found = leads.leads_by_id(connection, ids)
    return [found[lead_id] for lead_id in ids]


def described(connection: Connection, ids: list[int]) -> list[str]:
    """A line for each lead, enough to tell it from the others: id, name, area, first person."""
    found = leads.leads_by_id(connection, ids)
    people = contacts.contacts_of(connection, ids)
    lines = []
    for lead_id in ids:
        lead = found[lead_id]
        who = people.get(lead_id)
        parts = [f"#{lead.id}", lead.name, lead.area or lead.city or "", who[0].name if who else ""]
        lines.append("  ".join(part for part in parts if part))
    return lines
