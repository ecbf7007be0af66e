"""Competitors at a lead: who, how strong, at what price, who inside supports them (F13, F15)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from salesflow.actions import contacts
from salesflow.actions.work import Work
from salesflow.errors import Ambiguous, NotFound, Refused, Usage, nearest
from salesflow.models import Competitor
from salesflow.names import label, name_key
from salesflow.store import competitors


def add(work: Work, lead_id: int, name: str, values: Mapping[str, Any]) -> Competitor:
    """The competitor noted at the lead. Raises Refused where one of that name is there."""
    lead = work.lead(lead_id)
    _refuse_known(work, lead_id, name)
    row = {"lead_id": lead.id, "name": name, **_read(work, lead_id, values)}
    made = competitors.insert_competitor(work.connection, {**row, "by": work.by, "created_at": work.at})
    return _get(work, lead_id, made)


def put(work: Work, lead_id: int, name: str, values: Mapping[str, Any]) -> tuple[Competitor, bool]:
    """The competitor noted at the lead, or one of that name with these values; and whether it was there.

    Raises Refused where it is there and nothing is said of it.
    """
    work.lead(lead_id)
    for one in competitors.list_competitors(work.connection, lead_id):
        if values and name_key(one.name) == name_key(name):
            return edit(work, one, values), True
    return add(work, lead_id, name, values), False


def _refuse_known(work: Work, lead_id: int, name: str, but: int | None = None) -> None:
    for one in competitors.list_competitors(work.connection, lead_id):
        if one.id != but and name_key(one.name) == name_key(name):
            raise Refused("competitor.exists", name=one.name, id=lead_id, lead=label(work.lead(lead_id)))


def _read(work: Work, lead_id: int, values: Mapping[str, Any]) -> dict[str, Any]:
    done = dict(values)
    supporter = done.pop("supporter", None)
    if supporter:
        done["supporter_id"] = contacts.pick(work, lead_id, supporter).id
    elif "supporter" in values:
        done["supporter_id"] = None
    return done


def _get(work: Work, lead_id: int, competitor_id: int) -> Competitor:
    return next(
        one for one in competitors.list_competitors(work.connection, lead_id) if one.id == competitor_id
    )


def pick(work: Work, lead_id: int, text: str) -> Competitor:
    """The competitor of the lead whom ``text`` (a name or a part of it) means. Raises NotFound, Ambiguous."""
    return pick_from(competitors.list_competitors(work.connection, lead_id), lead_id, text)


def pick_from(known: Sequence[Competitor], lead_id: int, text: str) -> Competitor:
    """The one of ``known`` whom ``text`` means. Raises NotFound with the nearest, Ambiguous."""
    key = name_key(text)
    whole = [one for one in known if name_key(one.name) == key]
    found = whole or [one for one in known if key and key in name_key(one.name)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(one.name for one in found or known)
    if found:
        raise Ambiguous("competitor.several", text=text[:60], known=names)
    near = nearest(text, [one.name for one in known])
    said = "competitor.none_near" if near else "competitor.none"
    raise NotFound(said, text=text[:60], near=near, known=names or "-", id=lead_id)


def edit(work: Work, found: Competitor, values: Mapping[str, Any]) -> Competitor:
    """The competitor with these values; None empties one. Raises Refused for a name that another has."""
    work.lead(found.lead_id)
    if not values:
        raise Usage("competitor.nothing")
    if values.get("name"):
        _refuse_known(work, found.lead_id, values["name"], found.id)
    row = _read(work, found.lead_id, values)
    competitors.update_competitor(work.connection, found.id, row)
    return _get(work, found.lead_id, found.id)


def remove(work: Work, found: Competitor) -> None:
    """The competitor gone from the lead, with the points that they were given."""
    work.lead(found.lead_id)
    competitors.delete_competitor(work.connection, found.id)
