"""People at a lead: added, changed, forgotten (F1, F13, F14, K8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from salesflow.actions.keys import person_keys
from salesflow.actions.work import Work
from salesflow.errors import Ambiguous, NotFound, Refused, Usage
from salesflow.models import Contact
from salesflow.names import clean_line, label
from salesflow.phones import digits, split_phones
from salesflow.processes import Process
from salesflow.store import contacts
from salesflow.store.rows import as_json


@dataclass
class Person:
    """What is known of a person; ``values`` are other columns of a contact."""

    name: str
    phones: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)


def parse_person(process: Process, words: Sequence[str], roles: Sequence[str] = ()) -> Person:
    """A person out of words in any order: NAME PHONE ROLE…; ``wx:`` marks a WeChat name, ``@`` an e-mail.

    Raises Usage where no word is a name, or a role is none of the process's.
    """
    person = Person("", roles=[process.role(role).code for role in roles])
    rest: list[str] = []
    for word in _whole_phones([clean_line(word, "name")[0] for word in words]):
        if word.lower().startswith(("wx:", "wx：", "微信:", "微信：")):
            person.values["wechat"] = word[word.index(word[2]) + 1 :]
        elif "@" in word and "." in word:
            person.values["email"] = word
        elif len(digits(word)) >= 7:
            person.phones += split_phones(word)
        elif rest and (role := _role(process, word)):
            person.roles.append(role)
        else:
            rest.append(word)
    if not rest:
        raise Usage("contact.no_name")
    person.name = rest[0] if len(rest) == 1 else _joined(rest, process)
    person.roles = list(dict.fromkeys(person.roles))
    return person


def _whole_phones(words: Sequence[str]) -> list[str]:
    # 139 0000 1234 is one number: digits in several words, each too short to be one
    done: list[str] = []
    for word in words:
        short = word.isdecimal() and len(word) < 7
        if short and done and done[-1].isdecimal() and len(done[-1]) + len(word) <= 13:
            done[-1] += word
        else:
            done.append(word)
    return done


def _role(process: Process, word: str) -> str | None:
    try:
        return process.role(word).code
    except Usage:
        return None


def _joined(rest: Sequence[str], process: Process) -> str:
    # Western names have parts; a second Chinese word is a role that is misspelt
    if all(part.isascii() for part in rest):
        return " ".join(rest)
    raise process_role_error(process, rest[1])


def process_role_error(process: Process, word: str) -> Exception:
    """The error that names the role nearest to ``word``."""
    try:
        process.role(word)
    except Usage as error:
        return error
    return Usage("contact.no_name")


def add(work: Work, lead_id: int, person: Person) -> Contact:
    """The person added to the lead; an equal name at the same lead is refused."""
    lead = work.lead(lead_id)
    process = work.process(lead.process)
    if any(one.name == person.name for one in contacts.list_contacts(work.connection, lead_id)):
        raise Refused("contact.exists", name=person.name, lead=label(lead), id=lead_id)
    row = {
        "lead_id": lead_id,
        "name": person.name,
        "roles": as_json([process.role(role).code for role in person.roles]),
        "phones": as_json(person.phones),
        "by": work.by,
        "created_at": work.at,
        **_checked(process, person.values),
        **person_keys(person.name, person.phones),
    }
    contact_id = contacts.insert_contact(work.connection, row)
    found = contacts.find_contact(work.connection, contact_id)
    assert found is not None
    return found


def put(work: Work, lead_id: int, person: Person) -> tuple[Contact, Contact | None]:
    """The person added, or what was said given to the one of that name; and who that was before."""
    people = contacts.list_contacts(work.connection, lead_id)
    known = next((one for one in people if one.name == person.name), None)
    if known is None:
        return add(work, lead_id, person), None
    return edit(work, known, person), known


def _checked(process: Process, values: dict[str, Any]) -> dict[str, Any]:
    done = dict(values)
    if done.get("attitude"):
        done["attitude"] = process.attitude(done["attitude"]).code
    return done


def pick(work: Work, lead_id: int, text: str) -> Contact:
    """The person of the lead whom ``text`` (id, name or a part of it) means. Raises NotFound, Ambiguous."""
    people = contacts.list_contacts(work.connection, lead_id)
    return pick_from(people, text, lead_id)


def pick_from(people: Sequence[Contact], text: str, lead_id: int) -> Contact:
    """The one of the lead's ``people`` whom ``text`` (id, name or a part of it) means.

    Raises NotFound, Ambiguous.
    """
    number = text.removeprefix("#")
    whole = [one for one in people if one.name == text or (number.isascii() and str(one.id) == number)]
    part = whole or [one for one in people if text in one.name]
    if not part:
        known = ", ".join(one.name for one in people)
        raise NotFound("contact.none" if known else "contact.nobody", text=text[:60], known=known, id=lead_id)
    if len(part) > 1:
        raise Ambiguous("contact.several", text=text[:60], known=", ".join(one.name for one in part))
    return part[0]


def edit(work: Work, contact: Contact, person: Person) -> Contact:
    """The person with what ``person`` holds; roles and phones are added to those known."""
    lead = work.lead(contact.lead_id)
    process = work.process(lead.process)
    name = person.name or contact.name
    phones = list(dict.fromkeys((*contact.phones, *person.phones)))
    roles = list(dict.fromkeys((*contact.roles, *(process.role(role).code for role in person.roles))))
    row = {
        "name": name,
        "phones": as_json(phones),
        "roles": as_json(roles),
        **_checked(process, person.values),
        **person_keys(name, phones),
    }
    contacts.update_contact(work.connection, contact.id, row)
    found = contacts.find_contact(work.connection, contact.id)
    assert found is not None
    return found


def order(work: Work, lead_id: int, names: Sequence[str]) -> list[Contact]:
    """The lead's people with those named as the decision chain, in this order, and nobody else in it (F14)."""
    work.lead(lead_id)
    people = contacts.list_contacts(work.connection, lead_id)
    places: dict[int, int] = {}
    for place, text in enumerate(names, 1):
        found = pick_from(people, text, lead_id)
        if found.id in places:
            raise Usage("contact.chain_twice", name=found.name)
        places[found.id] = place
    for one in people:
        contacts.update_contact(work.connection, one.id, {"chain": places.get(one.id)})
    return contacts.list_contacts(work.connection, lead_id)


def remove(work: Work, contact: Contact) -> None:
    """The person gone from the lead; follow-ups made with them stay."""
    work.lead(contact.lead_id)
    contacts.delete_contact(work.connection, contact.id)
