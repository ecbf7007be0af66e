"""The rules of the funnel, pure: gates, completeness, what to ask, next dates, and the sums of reports.

No stage, grade or role is named here; they come with the process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from salesflow.processes import LEAD_FIELDS, Process, Stage, Titles, Want, short_title
from salesflow.texts import t

if TYPE_CHECKING:
    from salesflow.models import Contact, Lead

REACH = ".reach"
OPEN_POINT = "open"
ANYONE = "any"


class Person(NamedTuple):
    """A person at a lead, as far as gates look at them."""

    name: str
    roles: tuple[str, ...] = ()
    reachable: bool = False
    personal: bool = False


class Facts(NamedTuple):
    """What is known of one lead: all that a gate can ask about.

    ``effective`` counts the follow-ups that somebody answered; ``goal`` is true with value and
    date; ``order`` with one that is signed and stands, a supply contract without a sum included.
    """

    stage: str
    need: str | None = None
    fields: Mapping[str, object] = {}
    people: tuple[Person, ...] = ()
    effective: int = 0
    visits: int = 0
    goal: bool = False
    order: bool = False


class NextOn(NamedTuple):
    """A next date and where it came from.

    ``origin`` is ``retry``, ``stage``, ``grade`` or ``grade_none``; ``days`` its interval, ``run``
    how many calls in a row nobody answered. ``moved`` where the reckoned day was not worked,
    ``late`` where it lay in the past and became today.
    """

    date: date
    origin: str
    days: int
    run: int = 0
    stage: str = ""
    grade: str = ""
    moved: bool = False
    late: bool = False


def facts(lead: Lead, people: Sequence[Contact], has_order: bool) -> Facts:
    """What the gates may ask of a lead, from its rows; ``has_order`` with one that stands."""
    fields: dict[str, object] = dict(lead.custom)
    for name in LEAD_FIELDS:
        fields[name] = lead.goal_fen if name == "goal_value" else getattr(lead, name)
    return Facts(
        stage=lead.stage,
        need=lead.need,
        fields=fields,
        people=tuple([Person(one.name, one.roles, one.reachable, one.personal) for one in people]),
        effective=lead.answered,
        visits=lead.visits,
        goal=lead.goal_fen is not None and bool(lead.goal_on),
        order=has_order,
    )


# Gates


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
    return None if facts.effective >= want.times else want


def _visits(want: Want, facts: Facts) -> Want | None:
    return None if facts.visits >= want.times else want


def _goal(want: Want, facts: Facts) -> Want | None:
    return None if facts.goal else want


def _order(want: Want, facts: Facts) -> Want | None:
    return None if facts.order else want


# One rule for each word of the gate language (processes.gates.WORDS).
_RULES: dict[str, Callable[[Want, Facts], Want | None]] = {
    "need": _need,
    "person": _person,
    "field": _field,
    "followup": _followup,
    "visits": _visits,
    "goal": _goal,
    "order": _order,
}


def is_filled(value: object) -> bool:
    """Whether a field holds an answer: 0 and 无 are answers, blanks are none."""
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value != () and value != []


def gates_to(process: Process, from_stage: str, to_stage: str) -> tuple[Stage, ...]:
    """The stages whose gates are asked on the way; none on the way back.

    A won stage asks its own gate alone: a deal is a fact.
    """
    start, end = process.stage_index(from_stage), process.stage_index(to_stage)
    target = process.stages[end]
    if end <= start:
        return ()
    return (target,) if target.won else process.stages[start + 1 : end + 1]


def next_gate(process: Process, facts: Facts) -> tuple[Stage, tuple[Want, ...]] | None:
    """The next stage and what its gate still misses; None in the last stage."""
    stage = process.next_stage(facts.stage)
    return (stage, missing(stage.gate, facts)) if stage else None


def ask(process: Process, facts: Facts) -> tuple[str, Titles] | None:
    """The one thing to find out next, code and titles.

    It is the first that the next gate still misses, else the guide's first open point.
    """
    gate = next_gate(process, facts)
    if gate and gate[1]:
        return gate[1][0].code, gate[1][0].ask
    for item in process.stage(facts.stage).guide:
        if item.part == OPEN_POINT and (item.until is None or missing((item.until,), facts)):
            return item.code, item.titles
    return None


# Completeness (F4)


def completeness(process: Process, facts: Facts) -> tuple[float, tuple[str, ...]]:
    """How much of the record is filled (0 to 1), and what is missing by name."""
    lacking = tuple(point for point in process.required if not _has_point(process, point, facts))
    total = len(process.required)
    return (1.0 if not total else (total - len(lacking)) / total), lacking


def _has_point(process: Process, point: str, facts: Facts) -> bool:
    role, _, wanted = point.partition(".")
    if not any(one.code == role for one in process.roles):
        return facts.need in ("yes", "no") if point == "need" else is_filled(facts.fields.get(point))
    people = [person for person in facts.people if role in person.roles]
    if wanted == REACH[1:]:
        return any(person.reachable for person in people)
    return any(person.personal for person in people) if wanted else bool(people)


# Names and commands for what is missing


def want_title(want: Want, lang: str) -> str:
    """What a missing thing is called in a list: ``内线``, ``决策人的电话或微信``, ``股份结构``."""
    return want.name[lang]


def point_name(process: Process, point: str, lang: str) -> str:
    """What a required point is called: a field, a role, how to reach it, what it is like."""
    code, _, wanted = point.partition(".")
    for role in process.roles:
        if role.code == code:
            name = short_title(role, lang)
            return t(f"gate.name_person_{wanted}", lang, name=name) if wanted else name
    return process.field_title(point, lang)


def supply_command(want: Want, lead_id: int, lang: str) -> str:
    """The command that supplies a missing thing, its placeholders in ``lang``."""
    words = {word: t(f"gate.word_{word}", lang) for word in _PLACEHOLDERS}
    if want.kind == "person":
        role = "" if want.value == ANYONE else f" --role {want.value}"
        phone = f" --phone {words['phone']}" if want.reach else ""
        if want.who:
            return f"salesflow contact edit {lead_id} {_quoted(want.who)}{phone}"
        return f"salesflow contact {lead_id} {words['name']}{phone}{role}"
    return _COMMANDS[want.kind].format(id=lead_id, code=want.code, **words)


_PLACEHOLDERS = ("name", "phone", "value", "amount", "when", "note")
_COMMANDS = {
    "need": "salesflow edit {id} --set need=yes",
    "field": "salesflow edit {id} --set {code}={value}",
    "followup": "salesflow log {id} {note}",
    "visits": "salesflow visit {id} {note}",
    "goal": "salesflow edit {id} --goal {amount} --goal-on {when}",
    "order": "salesflow order {id} {amount}",
}


def _quoted(text: str) -> str:
    plain = text.replace("-", "").replace(".", "").replace("_", "").isalnum()
    return text if plain else "'" + text.replace("'", "'\\''") + "'"


# The next date


def next_on(
    process: Process,
    *,
    stage: str,
    grade: str | None,
    day: date,
    no_answer_run: int,
    workday: Callable[[date], date],
    today: date,
) -> NextOn:
    """The next date that the process's intervals make after a follow-up on ``day``.

    ``no_answer_run`` counts the calls in a row that nobody answered, this one included (0: answered).
    ``workday`` gives a day itself, or the next one that is worked.
    """
    found = _interval(process, stage, grade, day, no_answer_run)
    reckoned = day + timedelta(days=found.days)
    worked = workday(reckoned)
    if worked < today:
        return found._replace(date=today, late=True)
    return found._replace(date=worked, moved=worked != reckoned)


def _interval(process: Process, stage: str, grade: str | None, day: date, run: int) -> NextOn:
    if 0 < run <= process.retry_times:
        return NextOn(day, "retry", process.retry_days, run=run)
    place = process.stage(stage)
    if place.interval:
        return NextOn(day, "stage", place.interval, stage=place.code)
    for one in process.grades:
        if one.code == grade:
            return NextOn(day, "grade", one.every, grade=one.code)
    return NextOn(day, "grade_none", process.grade_none_every)


def next_on_text(process: Process, found: NextOn, lang: str) -> str:
    """Where a next date came from, in words: ``A 级每 7 天``."""
    stage = process.stage(found.stage).title(lang) if found.stage else ""
    grade = process.grade(found.grade).title(lang) if found.grade else ""
    text = t(f"process.next_{found.origin}", lang, days=found.days, run=found.run, stage=stage, grade=grade)
    if found.late:
        return text + t("process.next_late", lang)
    return text + t("process.next_moved", lang) if found.moved else text


def deadline(received_at: datetime, hours: int) -> datetime:
    """Until when the first follow-up is due, in clock hours (K1)."""
    return received_at + timedelta(hours=hours)


def is_stale(process: Process, grade: str | None, graded_on: date, day: date) -> bool:
    """Whether a grade is older than its own closing window; one without a window never is."""
    for one in process.grades:
        if one.code == grade and one.within is not None:
            return (day - graded_on).days > one.within
    return False


# The sums of reports (cli.md, "report week")

Moment = tuple[str, int]  # an ISO time and what orders two of the same minute


def conversion(entries: Iterable[tuple[int, Moment]], later: Iterable[tuple[int, Moment]]) -> float | None:
    """The share of the leads in ``entries`` that entered a later stage since; None without any.

    Both are (lead, moment of entering), already cut to the period; a lead counts once, from its
    first entry.
    """
    first: dict[int, Moment] = {}
    for lead, moment in entries:
        first[lead] = min(moment, first.get(lead, moment))
    gone = {lead for lead, moment in later if lead in first and moment >= first[lead]}
    return len(gone) / len(first) if first else None


def median(values: Iterable[float]) -> float | None:
    """The middle value, or the mean of the two in the middle; None without any."""
    ranked = sorted(values)
    if not ranked:
        return None
    half = len(ranked) // 2
    return ranked[half] if len(ranked) % 2 else (ranked[half - 1] + ranked[half]) / 2


def promise_outcome(
    on: str, made: Moment, ended: Moment | None, how: str | None, followups: Sequence[Moment], end: str
) -> str:
    """How a promise for the day ``on`` stood at ``end`` (a day, or a time of a running day).

    ``kept``, ``kept_late``, ``rescheduled``, ``dropped`` or ``open``. ``how`` it ended is
    ``moved``, ``dropped`` or ``followup``; what happened after ``end`` has not happened yet.
    """
    if ended and ended[0][: len(end)] > end:
        ended = None
    met = [one for one in followups if made < one and one[0][: len(end)] <= end]
    if ended:
        met = [one for one in met if one <= ended]
    if met:
        return "kept" if min(met)[0][:10] <= on else "kept_late"
    return {"moved": "rescheduled", "dropped": "dropped"}.get(how or "", "open") if ended else "open"
