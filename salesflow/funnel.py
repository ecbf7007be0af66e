"""The rules of the funnel, pure: gates, completeness, what to ask, next dates, and the sums of reports.

No stage, grade or role is named here; they come with the process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from salesflow.facts import ANYONE, Facts, Person, facts, is_filled, missing
from salesflow.processes import EFFECTIVE, Process, Stage, Titles, Want, short_title
from salesflow.texts import t

__all__ = ["Facts", "Person", "facts", "is_filled", "missing"]

OPEN_POINT = "open"
RETRY = "retry"  # the origin of a next date after a call that nobody answered


class NextOn(NamedTuple):
    """A next date and where it came from.

    ``origin`` is ``retry``, ``class``, ``stage``, ``grade`` or ``grade_none``; ``days`` its interval, ``run``
    how many calls in a row nobody answered. ``moved`` where the reckoned day was not worked,
    ``late`` where it lay in the past and became today.
    """

    date: date
    origin: str
    days: int
    run: int = 0
    stage: str = ""
    grade: str = ""
    customer_class: str = ""
    moved: bool = False
    late: bool = False


# Gates


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

    It is the first that the next gate still misses, else the guide's first open point. Who has said
    'not now' is asked for what else is missing before the need itself (F6).
    """
    gate = next_gate(process, facts)
    if gate and gate[1]:
        rest = [want for want in gate[1] if want.kind != "need" or facts.need != "no"]
        first = (rest or gate[1])[0]
        return first.code, first.ask
    for item in process.stage(facts.stage).guide:
        if item.part == OPEN_POINT and (item.until is None or missing((item.until,), facts)):
            return item.code, item.titles
    return None


# Completeness (F4)


def completeness(process: Process, facts: Facts) -> tuple[float, tuple[str, ...]]:
    """How much of the record is filled (0 to 1), and what is missing by name."""
    return filled(process, process.required, facts)


def filled(process: Process, points: Sequence[str], facts: Facts) -> tuple[float, tuple[str, ...]]:
    """How much of some points is filled (0 to 1), and which are missing (E4: one kind of information)."""
    lacking = tuple(point for point in points if not _has_point(process, point, facts))
    total = len(points)
    return (1.0 if not total else (total - len(lacking)) / total), lacking


def _has_point(process: Process, point: str, facts: Facts) -> bool:
    role, _, wanted = point.partition(".")
    if not any(one.code == role for one in process.roles):
        return facts.need in ("yes", "no") if point == "need" else is_filled(facts.fields.get(point))
    people = [person for person in facts.people if role in person.roles]
    wanted = wanted.replace("reach", "reachable")
    return any(getattr(person, wanted) for person in people) if wanted else bool(people)


# Names and commands for what is missing


def want_title(want: Want, lang: str) -> str:
    """What a missing thing is called in a list: ``内线``, ``决策人的电话或微信``, ``股份结构``."""
    name = want.name[lang]
    return name if want.now is None else t("gate.so_far", lang, name=name, now=want.now)


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
    if want.kind == "followup":
        via = f" --via {want.value}" if want.value != EFFECTIVE else ""
        purpose = f" --purpose {want.item}" if want.item else ""
        return f"salesflow log {lead_id} {words['note']}{via}{purpose}"
    if want.kind == "field" and want.value == "grade":
        return f"salesflow edit {lead_id} --grade {words['grade']}"
    if want.kind == "signoff" and want.value != ANYONE:
        return f"salesflow team sign {lead_id} --by {words['name']} --as {want.value}"
    return _COMMANDS[want.kind].format(id=lead_id, code=want.code, list=want.value, item=want.item, **words)


_PLACEHOLDERS = ("name", "phone", "value", "amount", "when", "note", "grade")
_COMMANDS = {
    "need": "salesflow edit {id} --set need=yes",
    "field": "salesflow edit {id} --set {code}={value}",
    "visits": "salesflow visit {id} {note}",
    "goal": "salesflow edit {id} --goal {amount} --goal-on {when}",
    "score": "salesflow evaluate {id} {list}",
    "tick": "salesflow evaluate {id} {list} {item}",
    "credit": "salesflow edit {id} --set credit={value}",
    "quote": "salesflow quote {id} {amount}",
    "order": "salesflow order {id} {amount}",
    "payment": "salesflow payment {id} {amount}",
    "signoff": "salesflow team sign {id} --by {name}",
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
    customer_class: str | None = None,
) -> NextOn:
    """The next date that the process's intervals make after a follow-up on ``day``.

    ``no_answer_run`` counts the calls in a row that nobody answered, this one included (0: answered).
    ``workday`` gives a day itself, or the next one that is worked.
    """
    found = _interval(process, stage, grade, customer_class, day, no_answer_run)
    reckoned = day + timedelta(days=found.days)
    worked = workday(reckoned)
    if worked < today:
        return found._replace(date=today, late=True)
    return found._replace(date=worked, moved=worked != reckoned)


def _interval(
    process: Process, stage: str, grade: str | None, customer_class: str | None, day: date, run: int
) -> NextOn:
    if 0 < run <= process.retry_times:
        return NextOn(day, RETRY, process.retry_days, run=run)
    place = process.stage(stage)
    for plan in process.classes if place.won else ():
        if plan.code == customer_class:
            return NextOn(day, "class", plan.every, customer_class=plan.code)
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
    plan = process.known("customer_class", found.customer_class)
    values = {"stage": stage, "grade": grade, "title": short_title(plan, lang)}
    text = t(f"process.next_{found.origin}", lang, days=found.days, run=found.run, **values)
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


def middle_half(values: Iterable[float]) -> tuple[float, float] | None:
    """Between which two values the middle half lies (quartiles, in between by proportion); None without any."""
    ranked = sorted(values)
    if not ranked:
        return None

    def at(share: float) -> float:
        place = (len(ranked) - 1) * share
        low = int(place)
        high = min(low + 1, len(ranked) - 1)
        return ranked[low] + (ranked[high] - ranked[low]) * (place - low)

    return at(0.25), at(0.75)


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
