"""What copies of a book are called, and which of them are kept: rules without a clock or a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

DAYS, WEEKS, MONTHS = 7, 4, 12
DAILY = "daily"
BEFORE = ("import", "merge", "join")
_ENDING = ".db"


class Kept(NamedTuple):
    """A copy that salesflow made by itself: its name, its minute (``20261122-0731``), why it was made."""

    name: str
    stamp: str
    why: str
    number: int = 1


def folder_name(book: str) -> str:
    """The name of the folder of copies that lies beside a book of this name."""
    return f"{book}.backups"


def stamped(at: str) -> str:
    """The minute ``YYYY-MM-DDTHH:MM`` as names have it: ``20261122-0731``."""
    return at.replace("-", "").replace(":", "").replace("T", "-")


def copy_name(at: str, why: str, number: int = 1) -> str:
    """The name of a copy made at ``at`` because of ``why``; ``number`` tells those of one minute apart."""
    return f"{stamped(at)}-{why}{f'-{number}' if number > 1 else ''}{_ENDING}"


def parse(name: str) -> Kept | None:
    """What the name of a copy says; None for one that salesflow did not make by itself."""
    parts = name.removesuffix(_ENDING).split("-")
    if not name.endswith(_ENDING) or len(parts) not in (3, 4):
        return None
    day, minute, why, number = (*parts, "1")[:4]
    if not (_digits(day, 8) and _digits(minute, 4) and _is_why(why) and _digits(number)):
        return None
    return Kept(name, f"{day}-{minute}", why, int(number)) if _is_day(day) else None


def made_on(names: Iterable[str], day: str) -> bool:
    """Whether one of the copies was made by salesflow itself on ``day`` (``YYYY-MM-DD``)."""
    start = day.replace("-", "")
    return any(name.startswith(start) and parse(name) is not None for name in names)


def alike(name: str, other: str) -> bool:
    """Whether two copies are of one day and were made for one reason."""
    one, two = parse(name), parse(other)
    return one is not None and two is not None and (_day(one), one.why) == (_day(two), two.why)


def ahead(day: str, today: str) -> bool:
    """Whether a copy of ``day`` is of a clock that ran ahead; a traveller's may be of the day after ``today``."""
    from datetime import date

    return (date.fromisoformat(day[:10]) - date.fromisoformat(today[:10])).days > 1


def spare(copies: Iterable[Kept], fresh: str = "") -> list[Kept]:
    """The copies that need not be kept any longer, oldest first; never ``fresh``, the one just verified.

    Kept are: of the last seven days that have a copy, the newest of each reason; the newest of each of
    the last four ISO weeks and of the last twelve months; the newest of all. Those of a clock that ran
    ahead of ``fresh`` take the place of no other.
    """
    made = parse(fresh)
    groups: tuple[list[Kept], list[Kept]] = ([], [])
    for one in copies:
        groups[made is not None and ahead(_day(one), _day(made))].append(one)
    return [one for group in groups for one in _spare(group, fresh)]


def _spare(copies: Iterable[Kept], fresh: str) -> list[Kept]:
    ordered = sorted(copies, key=_order, reverse=True)
    kept = {fresh, *(one.name for one in ordered[:1])}
    days = set(_newest(ordered, _day, DAYS))
    reasons: dict[tuple[str, str], str] = {}
    for one in ordered:
        if _day(one) in days:
            reasons.setdefault((_day(one), one.why), one.name)
    kept |= set(reasons.values())
    kept |= set(_newest(ordered, _week, WEEKS).values())
    kept |= set(_newest(ordered, _month, MONTHS).values())
    return [one for one in reversed(ordered) if one.name not in kept]


def _newest(ordered: Iterable[Kept], period: Callable[[Kept], str], most: int) -> dict[str, str]:
    # the newest copy of each of the last ``most`` periods that have one
    found: dict[str, str] = {}
    for one in ordered:
        found.setdefault(period(one), one.name)
    return {key: found[key] for key in sorted(found, reverse=True)[:most]}


def _order(one: Kept) -> tuple[str, int, str]:
    return one.stamp, one.number, one.why


def _day(one: Kept) -> str:
    return one.stamp[:8]


def _week(one: Kept) -> str:
    from datetime import datetime

    year, week, _ = datetime.strptime(one.stamp[:8], "%Y%m%d").isocalendar()
    return f"{year:04}{week:02}"


def _month(one: Kept) -> str:
    return one.stamp[:6]


def _is_why(why: str) -> bool:
    return why == DAILY or why in BEFORE or (why.startswith("v") and _digits(why[1:]))


def _digits(text: str, count: int = 0) -> bool:
    return text.isascii() and text.isdecimal() and len(text) == (count or len(text))


def _is_day(text: str) -> bool:
    from datetime import date

    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return True
