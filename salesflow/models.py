"""One row of the book, one object: frozen, in the order of the table's columns.

Named tuples: a dozen dataclasses cost more at start-up than the whole of today's list.
"""

from __future__ import annotations

from collections.abc import Mapping
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
    shareholders: str | None
    industry: str | None
    size: str | None
    side: str | None
    parent_id: int | None
    reference: bool
    key_target: bool
    helped_by: str | None
    credit: str | None
    credit_by: str | None
    credit_on: str | None
    approach: str | None
    from_list: str | None
    buying_step: str | None
    goal_fen: int | None
    goal_on: str | None
    customer_class: str | None
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
    family: str | None
    friends: str | None
    department: str | None
    chain: int | None
    weight: int | None
    birthday: str | None

    @property
    def reachable(self) -> bool:
        """Whether we can call or write to them."""
        return bool(self.phones or self.wechat)

    @property
    def personal(self) -> bool:
        """Whether we know something of the person (F1: character, hobbies)."""
        return bool(self.character or self.hobbies or self.birthday or self.family or self.friends)


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
    purpose: str | None
    goal_met: str | None
    result: str | None
    hook: str | None
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
    purpose: str | None
    place: str | None
    booked_by: str | None
    keeper: str | None
    effect: str | None
    questions: str | None
    content: str | None
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
    process: str | None = None
    from_process: str | None = None


class SalesOrder(NamedTuple):
    """What was sold; ``amount_fen`` is None for a supply contract without a sum, ``cost_fen`` where not known."""

    id: int
    lead_id: int
    signed_on: str
    amount_fen: int | None
    framework: bool
    product: str | None
    note: str | None
    by: str
    cost_fen: int | None = None
    contract: str | None = None
    delivered_on: str | None = None
    accepted_on: str | None = None
    cancelled_on: str | None = None
    cancel_why: str | None = None


class OrderLine(NamedTuple):
    """A line of an order: ``quantity`` in thousandths, price and cost of one."""

    id: int
    lead_id: int
    order_id: int
    product: str
    quantity: int
    price_fen: int | None
    cost_fen: int | None


class Due(NamedTuple):
    """A day on which a part of an order is to be paid; ``amount_fen`` None: whatever is left of it."""

    id: int
    lead_id: int
    order_id: int
    due_on: str
    amount_fen: int | None


class Evidence(NamedTuple):
    """What hangs on a lead as far as gates ask for it.

    ``paid`` is '', 'received' or 'full' (all orders), ``done`` the answered follow-ups by (way,
    purpose), ``points`` those of the checklists by (checklist, item), ``signed`` the sign-offs made.
    """

    order: bool = False
    quoted: bool = False
    paid: str = ""
    done: Mapping[tuple[str, str], int] = {}
    points: Mapping[tuple[str, str], int] = {}
    signed: frozenset[str] = frozenset()


class Competitor(NamedTuple):
    """Whom the lead buys from or might: ``supporter`` is the person inside who backs them."""

    id: int
    lead_id: int
    name: str
    strengths: str | None
    weaknesses: str | None
    price_fen: int | None
    relation: str | None
    supporter_id: int | None
    supporter: str | None
    note: str | None
    by: str
    created_at: str


class Points(NamedTuple):
    """The points that one item of a checklist was given, for us or for a competitor."""

    lead_id: int
    checklist: str
    item: str
    competitor_id: int | None
    points: int
    note: str | None
    at: str
    by: str


class Objection(NamedTuple):
    """What somebody said against buying, the answer given, and whether it worked (None: not known)."""

    id: int
    lead_id: int
    contact: str | None
    at: str
    text: str
    answer: str | None
    worked: bool | None
    by: str


class Incident(NamedTuple):
    """Trouble at a customer's, from the day opened to the day solved."""

    id: int
    lead_id: int
    opened_at: str
    text: str
    due_on: str | None
    solved_at: str | None
    solution: str | None
    by: str


class Link(NamedTuple):
    """What ``other_id`` is to ``lead_id``: a code of the process (E7)."""

    id: int
    lead_id: int
    other_id: int
    relation: str
    note: str | None


class Signoff(NamedTuple):
    """A signature on a lead's card, or on the sheet of the week's new leads."""

    id: int
    lead_id: int
    kind: str
    name: str
    week: str | None
    at: str
    note: str | None
    by: str


class Quote(NamedTuple):
    """A price offered, and what we get for a step down; ``cost_fen`` where it was said with the quote.

    ``approved_by`` is who of ours allowed a special price (M2).
    """

    id: int
    lead_id: int
    quoted_on: str
    amount_fen: int
    product: str | None
    in_return: str | None
    cost_fen: int | None
    approved_by: str | None
    note: str | None
    by: str


class Negotiation(NamedTuple):
    """The plan for negotiating with a lead (F15); ``accepted_from`` is the name of who says the price."""

    id: int
    lead_id: int
    interests: str | None
    open_points: str | None
    fixed_points: str | None
    alternatives: str | None
    joined_by: str | None
    accepted_fen: int | None
    accepted_from: str | None
    by: str
    updated_at: str


class Payment(NamedTuple):
    """What was paid, for an order where it is known for which."""

    id: int
    lead_id: int
    order_id: int | None
    paid_on: str
    amount_fen: int
    method: str | None
    note: str | None
    by: str


class Product(NamedTuple):
    """What we sell: price and cost are of one ``unit``; ``cycle_days`` is how long an order of it lasts."""

    id: int
    name: str
    unit: str | None
    price_fen: int | None
    cost_fen: int | None
    cycle_days: int | None
    note: str | None
    by: str
    created_at: str


class Spend(NamedTuple):
    """What a source of leads cost in a period: a day, a week, a month, a quarter or a year."""

    id: int
    source: str
    period: str
    amount_fen: int
    note: str | None
    by: str
    recorded_at: str


class Target(NamedTuple):
    """What is to be reached in a period; ``rep`` is '' for all of the book, ``value`` fen where it is money."""

    id: int
    metric: str
    period: str
    rep: str
    value: int
    by: str
    recorded_at: str
