"""The book's own set-up: its first process, settings, the calendar of working days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from salesflow.actions import processes
from salesflow.actions.work import Work
from salesflow.errors import Usage, nearest
from salesflow.names import clean_line
from salesflow.processes import builtin_names
from salesflow.route_settings import NAMES as ROAD
from salesflow.route_settings import checked as checked_road
from salesflow.store import settings

# setting: the values that it may have ('' any text)
SETTINGS: dict[str, tuple[str, ...]] = {
    "rep": (),
    "lang": ("zh", "en"),
    "format": ("table", "plain", "json", "jsonl", "csv", "tsv", "md", "chat"),
    "city": (),
    "workdays": (),
    "process": (),
    "backup": ("yes", "no"),
    **dict.fromkeys(ROAD, ()),
}
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ZH_DAYS = "一二三四五六日"


def set_up(work: Work) -> None:
    """A new book's process: the first of those that come with salesflow; others come in when first used."""
    processes.use(work, builtin_names()[0])


def configure(work: Work, key: str, value: str | None) -> str | None:
    """The setting as it now stands; None takes it away. Raises Usage for an unknown one or a wrong value."""
    if key not in SETTINGS:
        near = nearest(key, list(SETTINGS))
        raise Usage("config.unknown", key=key, near=near or ", ".join(SETTINGS))
    if value is not None:
        value = _checked(work, key, clean_line(value, key)[0])
    settings.set_setting(work.connection, key, value)
    return value


def remember(work: Work, key: str, value: str | None) -> None:
    """Nothing; the setting has this value, which somebody else has checked; None takes it away."""
    settings.set_setting(work.connection, key, value)


def _checked(work: Work, key: str, value: str) -> str:
    allowed: tuple[str, ...] = SETTINGS[key]
    if key == "process":
        return processes.taken_in(work, value).code
    if key in ROAD:
        return checked_road(key, value)
    if key == "workdays":
        return ",".join(_DAYS[day] for day in sorted(parse_workdays(value)))
    if allowed and value not in allowed:
        raise Usage("config.not_allowed", key=key, value=value, known=", ".join(allowed))
    return value


def parse_workdays(text: str) -> frozenset[int]:
    """The weekdays (0 Monday) of ``mon-fri``, ``mon,wed,sat``, ``周一至周六``, ``一二三四五``. Raises Usage."""
    plain = text.lower().replace("周", "").replace("星期", "").replace("天", "日")
    for zh, en in zip(_ZH_DAYS, _DAYS, strict=True):
        plain = plain.replace(zh, f" {en} ")
    plain = plain.replace("至", "-").replace("到", "-").replace(" - ", "-").replace("  - ", "-")
    found: set[int] = set()
    for part in plain.replace(",", " ").replace("、", " ").replace("，", " ").split():
        first, dash, last = part.partition("-")
        if first[:3] not in _DAYS or (dash and last[:3] not in _DAYS):
            raise Usage("config.not_workdays", value=text)
        start = _DAYS.index(first[:3])
        end = _DAYS.index(last[:3]) if dash else start
        found |= {day % 7 for day in range(start, end + 1 if end >= start else end + 8)}
    if not found:
        raise Usage("config.not_workdays", value=text)
    return frozenset(found)


def import_calendar(work: Work, days: Mapping[date, bool]) -> int:
    """How many days the calendar now says are off or worked, beyond what packages know."""
    settings.set_workdays(work.connection, {day.isoformat(): worked for day, worked in days.items()})
    return len(days)
