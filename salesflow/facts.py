"""What is known of a lead, and the rules that say whether a gate's wants are met. Pure.

No stage, grade or role is named here; they come with the process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from salesflow.processes import EFFECTIVE, LEAD_FIELDS, Checklist, Point, Process, Want

if TYPE_CHECKING:
    from salesflow.models import Contact, Evidence, Lead

REACH = ".reach"
ANYONE = "any"


class Person(NamedTuple):
    """A person at a lead, as far as gates look at them."""

    name: str
    roles: tuple[str, ...] = ()
    reachable: bool = False
    personal: bool = False
    attitude: bool = False


class Facts(NamedTuple):
    """What is known of one lead: all that a gate can ask about.

    ``effective`` counts the follow-ups that somebody answered, ``done`` those by (way, purpose);
    ``goal`` is true with value and date; ``order`` with one that is signed and stands, a supply
    contract without a sum included; ``paid`` is '', 'received' or 'full'; ``points`` are those of
    the checklists by (checklist, item); ``signed`` the sign-offs made; ``credits`` the process's
    credit grades, the best first.
    """

    stage: str
    need: str | None = None
    fields: Mapping[str, object] = {}
    people: tuple[Person, ...] = ()
    effective: int = 0
    visits: int = 0
    goal: bool = False
    order: bool = False
    quoted: bool = False
    paid: str = ""
    done: Mapping[tuple[str, str], int] = {}
    points: Mapping[tuple[str, str], int] = {}
    signed: frozenset[str] = frozenset()
    checklists: tuple[Checklist, ...] = ()
    credits: tuple[str, ...] = ()


# what the lead's record calls differently from its fields
_COLUMNS = {"goal_value": "goal_fen", "parent": "parent_id", "referrer": "referrer_id"}


def facts(process: Process, lead: Lead, people: Sequence[Contact], evidence: Evidence) -> Facts:
    """What the gates may ask of a lead, from its rows and what hangs on it."""
    fields: dict[str, object] = dict(lead.custom)
    for name in LEAD_FIELDS:
        value = getattr(lead, _COLUMNS.get(name, name))
        if value is not None or name not in fields:  # a process may have kept it as a field of its own before
            fields[name] = value
    return Facts(
        stage=lead.stage,
        need=lead.need,
        fields=fields,
        people=tuple([_person_of(one) for one in people]),
        effective=lead.answered,
        visits=lead.visits,
        goal=lead.goal_fen is not None and bool(lead.goal_on),
        order=evidence.order,
        quoted=evidence.quoted,
        paid=evidence.paid,
        done=evidence.done,
        points=evidence.points,
        signed=evidence.signed,
        checklists=process.checklists,
        credits=tuple([one.code for one in process.credits]),
    )


def _person_of(one: Contact) -> Person:
    return Person(one.name, one.roles, one.reachable, one.personal, bool(one.attitude))


def missing(wants: Iterable[Want], facts: Facts) -> tuple[Want, ...]:
    """The wants that the facts do not meet, in their order.

    A person who is there and cannot be reached is missing as ``role.reach``, with their name.
    """
    return tuple(want for want in (_RULES[want.kind](want, facts) for want in wants) if want)


def _need(want: Want, facts: Facts) -> Want | None:
    met = facts.need in ("yes", "no") if want.value == "known" else facts.need == want.value
    return None if met else want


def _person(want: Want, facts: Facts) -> Want | None:
    anyone = want.value == ANYONE
    people = [person for person in facts.people if anyone or want.value in person.roles]
    if not people:
        return want
    if not want.reach or any(person.reachable for person in people):
        return None
    code = want.code if anyone else want.code + REACH
    return want._replace(code=code, name=want.name_reach, ask=want.ask_reach, who=people[0].name)


def _field(want: Want, facts: Facts) -> Want | None:
    return None if is_filled(facts.fields.get(want.value)) else want


def _followup(want: Want, facts: Facts) -> Want | None:
    if want.value == EFFECTIVE and not want.item:
        return _so_far(want, facts.effective)
    done = sum(
        count
        for (way, purpose), count in facts.done.items()
        if want.value in (EFFECTIVE, way) and want.item in ("", purpose)
    )
    return _so_far(want, done)


def _visits(want: Want, facts: Facts) -> Want | None:
    return _so_far(want, facts.visits)


def _score(want: Want, facts: Facts) -> Want | None:
    found = next((one for one in facts.checklists if one.code == want.value), None)
    return _so_far(want, score(found, facts).percent) if found else want


def _so_far(want: Want, now: int) -> Want | None:
    # of one that is wanted once there is none so far, which needs no saying
    return None if now >= want.times else want._replace(now=now) if want.times > 1 else want


def _tick(want: Want, facts: Facts) -> Want | None:
    found = next((one for one in facts.checklists if one.code == want.value), None)
    points = [point for point in found.points if point.code == want.item] if found else []
    return None if found and points and points_of(found, points[0], facts) else want


def _credit(want: Want, facts: Facts) -> Want | None:
    given = facts.fields.get("credit")
    met = given in facts.credits and facts.credits.index(str(given)) <= facts.credits.index(want.value)
    return None if met else want


def _signoff(want: Want, facts: Facts) -> Want | None:
    met = bool(facts.signed) if want.value == ANYONE else want.value in facts.signed
    return None if met else want


def _payment(want: Want, facts: Facts) -> Want | None:
    return None if facts.paid == "full" or facts.paid == want.value else want


# One rule for each word of the gate language (processes.gates.WORDS).
_RULES: dict[str, Callable[[Want, Facts], Want | None]] = {
    "need": _need,
    "person": _person,
    "field": _field,
    "followup": _followup,
    "visits": _visits,
    "goal": lambda want, facts: None if facts.goal else want,
    "score": _score,
    "tick": _tick,
    "credit": _credit,
    "quote": lambda want, facts: None if facts.quoted else want,
    "order": lambda want, facts: None if facts.order else want,
    "payment": _payment,
    "signoff": _signoff,
}


def is_filled(value: object) -> bool:
    """Whether a field holds an answer: 0 and 无 are answers, blanks are none."""
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value != () and value != []


# Checklists with a score (L9, M7, M8, F13)


class Score(NamedTuple):
    """How a checklist stands: ``percent`` of the most that it can give, points answered, points in all."""

    percent: int
    answered: int
    total: int


def score(checklist: Checklist, facts: Facts) -> Score:
    """The checklist's score; what is not answered counts nothing."""
    return score_of(checklist, [points_of(checklist, point, facts) for point in checklist.points])


def score_of(checklist: Checklist, points: Sequence[int | None]) -> Score:
    """The score of points in the order of the checklist's, None for one that is not answered."""
    weights = [point.weight for point in checklist.points]
    got = sum(weight * (given or 0) for weight, given in zip(weights, points, strict=True))
    most = sum(weights) * checklist.scale
    answered = sum(given is not None for given in points)
    # halves up, in whole numbers: round() would make 12 of 12.5
    percent = (200 * got + most) // (2 * most) if most else 0
    return Score(percent, answered, len(points))


def points_of(checklist: Checklist, point: Point, facts: Facts) -> int | None:
    """The points given, the most where what the point waits for is known by now, None for no answer."""
    given = facts.points.get((checklist.code, point.code))
    if given is None and point.until and not missing((point.until,), facts):
        return checklist.scale
    return given
