"""Objections: what was said against buying, the answer given, whether it worked (L5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from salesflow.actions.work import Work, instant
from salesflow.errors import NotFound, Refused, Usage
from salesflow.models import Objection
from salesflow.names import label
from salesflow.store import care


@dataclass(frozen=True)
class Said:
    """What somebody said against buying; ``worked`` None where nobody knows yet."""

    text: str
    answer: str | None = None
    worked: bool | None = None
    contact_id: int | None = None
    at: datetime | None = None


def add(work: Work, lead_id: int, said: Said) -> Objection:
    """The objection recorded. Raises Refused for one in the future, Usage for a result without an answer."""
    work.lead(lead_id)
    at = instant(said.at or work.now)
    if at > work.at:
        raise Refused("objection.in_future", at=at.replace("T", " "))
    row = {
        "lead_id": lead_id,
        "contact_id": said.contact_id,
        "at": at,
        "text": said.text,
        "by": work.by,
        "recorded_at": work.at,
        **_settled({"answer": said.answer, "worked": said.worked}),
    }
    return get(work, lead_id, care.insert_objection(work.connection, row))


def edit(work: Work, lead_id: int, objection_id: int, values: Mapping[str, Any]) -> Objection:
    """The objection with new ``values`` (text, answer, worked, contact_id); without an answer no result."""
    known = get(work, lead_id, objection_id)
    present = {"answer": known.answer, "worked": known.worked}
    if "answer" in values and values["answer"] != known.answer:
        present["worked"] = None  # what worked was the other answer
    row = {**values, **_settled({**present, **{name: values[name] for name in present if name in values}})}
    care.update_objection(work.connection, objection_id, row)
    return get(work, lead_id, objection_id)


def _settled(values: dict[str, Any]) -> dict[str, Any]:
    if values["worked"] is not None and not values["answer"]:
        raise Usage("objection.worked_without_answer")
    return {**values, "worked": None if values["worked"] is None else int(values["worked"])}


def remove(work: Work, lead_id: int, objection_id: int) -> Objection:
    """The objection as it was; it is gone."""
    known = get(work, lead_id, objection_id)
    care.delete_objection(work.connection, objection_id)
    return known


def get(work: Work, lead_id: int, objection_id: int) -> Objection:
    """The lead's objection of this id; NotFound with those that it has."""
    lead = work.lead(lead_id)
    found = care.find_objection(work.connection, lead_id, objection_id)
    if found is None:
        known = ", ".join(str(one.id) for one in care.list_objections(work.connection, lead_id))
        raise NotFound(
            "objection.none", lead_id=lead_id, lead=label(lead), id=objection_id, known=known or "-"
        )
    return found
