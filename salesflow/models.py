"""One row of the book, one object: frozen, in the order of the table's columns.

Named tuples: a dozen dataclasses cost more at start-up than the whole of today's list.
"""

from __future__ import annotations

from typing import NamedTuple


class Lead(NamedTuple):
    """An organisation or person that may buy, from the first note on. Lists are tuples, money is fen."""

    id: int
    uid: str
    name: str
    short: str | None
    process: str
    stage: str
    status: str
    owner: str | None
    registered_by: str
    grade: str | None
    graded_at: str | None
    kind: str | None
    need: str
    source: str | None
    passive: bool
    referrer_id: int | None
    area: str | None
    city: str | None
    province: str | None
    address: str | None
    lat: float | None
    lng: float | None
    phone: str | None
    brands: tuple[str, ...]
    supplier: str | None
    volume_month: int | None
    ownership: str | None
    goal_fen: int | None
    goal_on: str | None
    next_date: str | None
    next_time: str | None
    next_reason: str | None
    next_via: str | None
    received_at: str | None
    first_followup_at: str | None
    last_followup_at: str | None
    followups: int
    answered: int
    visits: int
    reschedules: int
    tags: tuple[str, ...]
    custom: dict[str, str]
    note: str | None
    created_at: str
    updated_at: str


class Contact(NamedTuple):
    """A person at a lead, with every role that they hold."""

    id: int
    lead_id: int
    name: str
    title: str | None
    roles: tuple[str, ...]
    phones: tuple[str, ...]
    wechat: str | None
    email: str | None
    attitude: str | None
    character: str | None
    hobbies: str | None
    birthday: str | None

    @property
    def reachable(self) -> bool:
        """Whether we can call or write to them."""
        return bool(self.phones or self.wechat)

    @property
    def personal(self) -> bool:
        """Whether we know something of the person (F1: character, hobbies)."""
        return bool(self.character or self.hobbies or self.birthday)


class Followup(NamedTuple):
    """One contact with the lead that took place; ``grade`` and the next date are what it set."""

    id: int
    lead_id: int
    at: str
    via: str
    visit: bool
    incoming: bool
    answered: bool
    contact_id: int | None
    contact: str | None
    note: str | None
    learned: str | None
    did: str | None
    feedback: str | None
    progress: str | None
    by: str
    recorded_at: str
    grade: str | None
    next_date: str | None
    next_reason: str | None


class Promise(NamedTuple):
    """A value that a lead's next date has had, and how it ended ('followup', 'moved', 'dropped')."""

    id: int
    lead_id: int
    date: str
    time: str | None
    via: str | None
    reason: str | None
    made_at: str
    followup_id: int | None
    after_followup: int
    moved_from: int | None
    why: str | None
    by: str
    ended_at: str | None
    ended: str | None


class Move(NamedTuple):
    """A change of stage or status."""

    id: int
    lead_id: int
    at: str
    from_stage: str
    to_stage: str
    from_status: str
    to_status: str
    reason: str | None
    competitor: str | None
    until: str | None
    why: str | None
    forced: bool
    by: str


class SalesOrder(NamedTuple):
    """What was sold; ``amount_fen`` is None for a supply contract without a sum."""

    id: int
    lead_id: int
    signed_on: str
    amount_fen: int | None
    framework: bool
    product: str | None
    note: str | None
    by: str
