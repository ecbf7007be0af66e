"""What a new version of a process does away with, adds and changes; what is gone stays readable (L11)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from salesflow.processes.lookup import Titles
from salesflow.processes.process import LISTS, Process
from salesflow.processes.records import Former
from salesflow.texts import LANGUAGES


class Interval(NamedTuple):
    """A number of days, hours or times that is another one now; ``code`` and ``titles`` say of which thing."""

    what: str
    code: str
    titles: Titles
    old: int | None
    new: int | None


class Changes(NamedTuple):
    """What differs between two versions of a process, as far as leads that follow it feel it."""

    gone: tuple[Former, ...]
    added: tuple[Former, ...]
    intervals: tuple[Interval, ...]

    def stages(self) -> tuple[Former, ...]:
        """The stages that are gone."""
        return tuple(one for one in self.gone if one.noun == "stage")


# the single numbers of a process, by what Process calls them
NUMBERS = (
    "grade_none_every",
    "first_contact_hours",
    "retry_days",
    "retry_times",
    "park_days",
    "new_customer_days",
    "payment_days",
    "reorder_days",
    "concessions",
)


def compare(old: Process, new: Process) -> Changes:
    """What ``new`` has no more, what it adds, and which intervals it changes."""
    before, after = _named(old), _named(new)
    return Changes(
        tuple(one for key, one in before.items() if key not in after),
        tuple(one for key, one in after.items() if key not in before),
        tuple(_intervals(old, new)),
    )


def succeed(old: Process, new: Process) -> Process:
    """``new`` as the next version of ``old``: what is gone, now or earlier, is still known by name."""
    return with_former(new, (*old.former, *compare(old, new).gone))


def with_former(process: Process, former: Sequence[Former]) -> Process:
    """The process with these names of old records; what it has itself needs none."""
    own = _named(process)
    kept = {(one.noun, one.code): one for one in former if (one.noun, one.code) not in own}
    return process._replace(former=tuple(kept.values()))


def _named(process: Process) -> dict[tuple[str, str], Former]:
    # everything of the process that a record may name, by noun and code
    found = [one for noun, name in LISTS.items() for one in _list(noun, getattr(process, name))]
    found += [Former("field", one.code, one.titles) for one in process.fields if one.own]
    found += [
        Former("point", f"{checklist.code}.{point.code}", point.titles)
        for checklist in process.checklists
        for point in checklist.points
    ]
    return {(one.noun, one.code): one for one in found}


def _list(noun: str, options: Sequence[Any]) -> Iterator[Former]:
    before = ""
    for one in options:
        if noun == "stage":
            yield Former(noun, one.code, one.titles, before, one.won)
        else:
            yield Former(noun, one.code, one.titles, counts=getattr(one, "counts", True))
        before = one.code


def _intervals(old: Process, new: Process) -> Iterator[Interval]:
    for name in NUMBERS:
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield Interval(name, "", dict.fromkeys(LANGUAGES, ""), was, now)
    yield from _after_deal(old, new)
    grades = {one.code: one for one in old.grades}
    for grade in new.grades:
        for name in ("every", "within"):
            was = getattr(grades.get(grade.code, grade), name)
            if was != getattr(grade, name):
                yield Interval(name, grade.code, grade.titles, was, getattr(grade, name))
    stages = {one.code: one for one in old.stages}
    for stage in new.stages:
        was = stages.get(stage.code, stage).interval
        if was != stage.interval:
            yield Interval("interval", stage.code, stage.titles, was or None, stage.interval or None)


def _after_deal(old: Process, new: Process) -> Iterator[Interval]:
    for name, word in (("classes", "every"), ("care", "day")):
        held = {one.code: one for one in getattr(old, name)}
        for one in getattr(new, name):
            was, now = getattr(held.get(one.code, one), word), getattr(one, word)
            if was != now:
                yield Interval(f"{name}_{word}", one.code, one.titles, was, now)
