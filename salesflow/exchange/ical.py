"""Events as an iCalendar file (RFC 5545): floating times, an alarm, the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, NamedTuple

from salesflow.guard import visible

if TYPE_CHECKING:
    from icalendar import Event as Component

CANCELLED = "CANCELLED"
_PRODUCT = "-//salesflow//NONSGML salesflow//{lang}"
_LASTS = 60
_ALARM_TIMED = timedelta(minutes=-30)
_ALARM_ALL_DAY = timedelta(hours=9)
_REFRESH = timedelta(hours=1)
_CHINA = timezone(timedelta(hours=8))


class Event(NamedTuple):
    """One event: ``start`` is YYYY-MM-DD for a whole day, YYYY-MM-DDTHH:MM on the rep's wall clock else.

    ``sequence`` grows with each change and ``changed`` is when the last one was, both of the book's
    own making; ``yearly`` comes again each year, ``alarm`` rings (9 o'clock, or half an hour before);
    what has a time takes so many ``minutes``.
    """

    uid: str
    start: str
    summary: str
    status: str
    sequence: int
    changed: str
    description: str = ""
    location: str = ""
    place: tuple[float, float] | None = None
    alarm: bool = False
    yearly: bool = False
    minutes: int = _LASTS


def write_calendar(events: Iterable[Event], name: str, lang: str = "zh") -> bytes:
    """The calendar ``name``, in ``lang``, with these events: CRLF, folded at 75 bytes, no character split."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT.format(lang=lang.upper()))
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    # PT1H and no other form: `P1H` made phones refuse the whole file
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    calendar.add("x-wr-calname", visible(name))
    for event in events:
        calendar.add_component(_component(event))
    return bytes(calendar.to_ical())


def _component(event: Event) -> Component:
    from icalendar import Event as Component

    made = Component()
    made.add("uid", event.uid)
    made.add("sequence", event.sequence)
    for name in ("dtstamp", "last-modified"):
        made.add(name, _instant(event.changed))
    start = _start(event.start)
    all_day = not isinstance(start, datetime)
    made.add("dtstart", start)
    made.add("dtend", start + (timedelta(days=1) if all_day else timedelta(minutes=event.minutes)))
    made.add("summary", visible(event.summary))
    made.add("status", event.status)
    made.add("transp", "TRANSPARENT" if all_day or event.status == CANCELLED else "OPAQUE")
    for name, text in (("description", event.description), ("location", event.location)):
        if text:
            made.add(name, visible(text))
    if event.place:
        made.add("geo", event.place)
    if event.yearly:
        made.add("rrule", _yearly(start))
    if event.alarm:
        made.add_component(_alarm(event, all_day))
    return made


def _start(text: str) -> date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _instant(text: str) -> datetime:
    # a time of revision must be UTC; the book keeps the wall clock alone, which is China's
    return datetime.fromisoformat(text).replace(tzinfo=_CHINA).astimezone(UTC)


def _yearly(start: date) -> dict[str, Any]:
    if (start.month, start.day) == (2, 29):  # in other years on that month's last day
        return {"freq": "yearly", "bymonth": 2, "bymonthday": -1}
    return {"freq": "yearly"}


def _alarm(event: Event, all_day: bool) -> Any:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", visible(event.summary))
    alarm.add("trigger", _ALARM_ALL_DAY if all_day else _ALARM_TIMED)
    return alarm
