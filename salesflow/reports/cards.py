"""The people of the book as cards for the phone; a shop without people has a card of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from salesflow.models import Contact, Lead
from salesflow.phones import hidden, is_mobile, mask, mask_people
from salesflow.store import calendar, contacts, leads
from salesflow.store import cards as store
from salesflow.store.rows import Connection
from salesflow.texts import t

BATCH = 500
_WORDS = ("shop_name", "name", "title", "department")  # a phone may stand in any of them


def build(
    connection: Connection, lead_ids: Sequence[int], lang: str, *, masked: bool = False
) -> Iterator[dict[str, Any]]:
    """The cards of these leads, lead by lead, with the keys of a card and ``lead_id``.

    ``masked``: phones hidden, and without wechat, email, birthday and what is personal.
    """
    for start in range(0, len(lead_ids), BATCH):
        part = lead_ids[start : start + BATCH]
        found = leads.leads_by_id(connection, part)
        people = contacts.contacts_of(connection, part)
        uids = store.uids(connection, part)
        changes = calendar.changes(connection, part)
        for lead_id in part:
            lead = found[lead_id]
            changed = changes.get(lead_id, (0, lead.updated_at))[1]
            for card in _of_lead(lead, people.get(lead_id, []), uids, lang):
                card |= {"lead_id": lead_id, "changed": changed[:16]}
                yield _masked(card) if masked else card


def _of_lead(
    lead: Lead, people: Sequence[Contact], uids: dict[int, str], lang: str
) -> Iterator[dict[str, Any]]:
    phones = tuple(lead.phone.split(" / ")) if lead.phone else ()
    # on a person's card a mobile would be the person's
    if (phones and not people) or any(map(is_mobile, phones)):
        yield {**_shop(lead, phones), "uid": lead.uid, "note": lead.note or ""}
        phones = tuple(one for one in phones if not is_mobile(one))
        told = True
    else:
        told = False
    for one in people:
        yield {
            **_shop(lead, phones),
            "uid": uids[one.id],
            **_person(one),
            "note": lead.note or "" if not told else "",
            "known": _known(one, lang),
        }
        told = True


def _shop(lead: Lead, phones: tuple[str, ...]) -> dict[str, Any]:
    place = (lead.province or "", lead.city or "", lead.area or "", lead.address or "")
    return {
        "shop_name": lead.name,
        "shop_phones": phones,
        "place": place,
        "at": None if lead.lat is None or lead.lng is None else (lead.lat, lead.lng),
        "tags": lead.tags,
    }


def _person(one: Contact) -> dict[str, Any]:
    return {
        "name": one.name,
        "title": one.title or "",
        "department": one.department or "",
        "roles": one.roles,
        "phones": one.phones,
        "wechat": one.wechat or "",
        "email": one.email or "",
        "birthday": one.birthday or "",
    }


def _known(one: Contact, lang: str) -> str:
    texts = {
        "character": "calendar.note_character",
        "hobbies": "calendar.note_hobbies",
        "family": "calendar.note_family",
        "friends": "calendar.note_friends",
    }
    found = {key: getattr(one, field) for field, key in texts.items()}
    return "\n".join(t(key, lang, text=text) for key, text in found.items() if text)


def _masked(card: dict[str, Any]) -> dict[str, Any]:
    hide = {name: "" for name in ("wechat", "email", "birthday", "known") if card.get(name)}
    words = {name: hidden(card[name]) for name in _WORDS if card.get(name)}
    phones = {"phones": tuple(map(mask, card["phones"]))} if "phones" in card else {}
    roles = {"roles": tuple(map(hidden, card["roles"]))} if "roles" in card else {}
    shop = tuple(mask_people(one, landlines=False) for one in card["shop_phones"])
    tags = tuple(map(hidden, card["tags"]))
    place = tuple(map(hidden, card["place"]))
    own = {"shop_phones": shop, "note": hidden(card["note"]), "tags": tags, "place": place}
    return card | hide | words | phones | roles | own
