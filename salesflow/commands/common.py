"""What the commands share: the step to write in, which lead is meant, days and amounts as people write them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple

from salesflow.context import App
from salesflow.dates import When, WorkCalendar, parse_when
from salesflow.errors import Ambiguous, NotFound, Refused, Usage, nearest
from salesflow.names import label

if TYPE_CHECKING:
    import sqlite3

    from salesflow.actions.promises import Plan
    from salesflow.actions.work import Work
    from salesflow.models import Lead


def calendar(app: App, connection: sqlite3.Connection) -> WorkCalendar:
    """The days that are worked: the rep's own weekdays, else the Chinese calendar and what was imported."""
    from salesflow.actions.book import parse_workdays
    from salesflow.store import settings

    said = app.settings.get("workdays")
    days = {date.fromisoformat(day): work for day, work in settings.workdays(connection).items()}
    return WorkCalendar(days, parse_workdays(said) if said else None)


@contextmanager
def working(app: App, command: str, reason: str | None = None, **more: Any) -> Iterator[Work]:
    """One step to write in; at the default place the first one makes the book, and says so."""
    from salesflow.actions.work import Work
    from salesflow.commands import copies

    if not app.named_book and not app.book_path.exists():
        make_default(app)
    with app.write(command, reason, **more) as (connection, operation):
        due = copies.due(app, connection)
        yield Work(connection, operation, app.now, app.rep, calendar(app, connection))
    app.copy_due = app.copy_due or (due and operation.changed)


class _Tried(Exception):
    """Raised to leave a step that was only to be tried."""


@contextmanager
def trying(app: App, command: str, reason: str | None = None, *, only: bool = True) -> Iterator[Work]:
    """A step to write in as ``working`` gives; where it is ``only`` tried, nothing of it is kept."""
    with suppress(_Tried), working(app, command, reason) as work:
        yield work
        if only:
            raise _Tried


def make_default(app: App) -> None:
    """Nothing; the book at the default place is there, made and said so where it was not."""
    try:
        make_book(app)
    except Refused as error:
        # another command was a moment earlier: its book is the one
        if error.key != "book.exists":
            raise
        return
    app.saved = False  # a failure of what follows has still written none of it
    app.warn("book.made", path=app.book_path)


def make_book(app: App, rep: str | None = None, anywhere: bool = False) -> None:
    """A new book at the app's place, with the processes that are shipped and the rep's name, if told.

    Raises Refused where it would lie on a network drive, unless it may lie ``anywhere``.
    """
    from salesflow import db
    from salesflow.actions import book
    from salesflow.actions.work import Work
    from salesflow.commands import place

    path = app.book_path
    if not anywhere:
        place.refuse(path)
    by = rep or app.account
    at = f"{app.now:%Y-%m-%dT%H:%M}"

    def fill(connection: sqlite3.Connection) -> None:
        with db.transaction(connection, command="init", at=at, by=by, kind="setup", path=path) as operation:
            work = Work(connection, operation, app.now, by, WorkCalendar({}))
            book.set_up(work)
            if rep:
                book.configure(work, "rep", rep)

    with app.making(path):
        db.create_book(path, folder_is_ours=not app.named_book, fill=fill).close()


_AFTER_DAY = " \t,，、:：-—"
_MOST_CANDIDATES = 10


class Picked(NamedTuple):
    """The lead that was meant, and the person by whom it was found, if it was found so."""

    id: int
    contact_id: int | None = None


def pick(app: App, text: str | None) -> Picked:
    """The one lead that ``text`` means; a choice on a terminal. Raises NotFound, Ambiguous, Usage."""
    from salesflow.reports import lookup
    from salesflow.store import find

    if text is None:
        return _from_today(app)
    with app.read() as connection:
        if text == ".":
            last = find.last_written(connection) if app.terminal else None
            if last is None:
                raise Usage("lead.no_last")
            return Picked(last)
        found = lookup.resolve(connection, text)
        if found.was is not None:
            app.warn("lead.became", was=found.was, id=found.ids[0])
        if len(found.ids) == 1:
            return Picked(found.ids[0], found.people.get(found.ids[0]))
        if found.ids:
            lines = lookup.described(connection, found.ids)
        else:
            near = [lead.id for lead in lookup.near(connection, text)]
            lines = lookup.described(connection, near)
    if found.ids:
        return _several(app, text, found, lines)
    if near and app.interactive:
        chosen = app.choose("lead.did_you_mean", lines, text=text)
        if chosen >= 0:
            return Picked(near[chosen])
    raise NotFound("lead.none_near" if lines else "lead.none", tuple(lines), text=text[:60])


def _several(app: App, text: str, found: Any, lines: list[str]) -> Picked:
    if app.interactive:
        chosen = app.choose("lead.which", lines, text=text)
        if chosen >= 0:
            return Picked(found.ids[chosen], found.people.get(found.ids[chosen]))
    if len(lines) > _MOST_CANDIDATES:
        more = app.t("lead.several_more", count=len(lines) - _MOST_CANDIDATES)
        lines = [*lines[:_MOST_CANDIDATES], more]
    raise Ambiguous("lead.several", tuple(lines), tuple(found.ids), text=text[:60])


def _from_today(app: App) -> Picked:
    from salesflow.reports import today
    from salesflow.reports.today_screen import Ask

    if not app.interactive:
        raise Usage("lead.not_named")
    with app.read() as connection:
        report = today.build(connection, Ask(app.today, app.now, app.lang, limit=20))
    items = report.data["items"]
    if not items:
        raise Usage("lead.not_named")
    lines = [f"#{item['lead_id']} {item['short']}  {item['reason'] or ''}".rstrip() for item in items]
    chosen = app.choose("lead.which_today", lines)
    if chosen < 0:
        raise Usage("lead.not_named")
    return Picked(items[chosen]["lead_id"])


def moment(app: App, text: str | None, cal: WorkCalendar | None = None) -> datetime | None:
    """When something happened; a day alone is its time now if it is today, else midnight."""
    if text is None:
        return None
    found = parse_when(text, app.today, past=True, calendar=cal)
    if found.time:
        return datetime.combine(found.date, time.fromisoformat(found.time))
    return app.now if found.date == app.today else datetime.combine(found.date, time())


def day(app: App, text: str, *, past: bool = False, cal: WorkCalendar | None = None) -> date:
    """The day that ``text`` means; raises Usage where it is none."""
    return parse_when(text, app.today, past=past, calendar=cal).date


def plan(
    app: App,
    text: str | None,
    what: str | None,
    via: str | None,
    cal: WorkCalendar,
    today: date | None = None,
) -> Plan | None:
    """The promise in ``--next "WHEN [WHAT]"`` with ``--for`` and ``--next-via``; None without ``--next``."""
    if text is None:
        return None
    if not text.strip():
        raise Usage("errors.empty_value", name="--next")
    return planned(app, text, what, via, cal, today)


def planned(
    app: App,
    text: str,
    what: str | None,
    via: str | None,
    cal: WorkCalendar,
    today: date | None = None,
) -> Plan:
    """The promise in ``WHEN [WHAT]``: as many words as read as one date, or a date that WHAT follows at once."""
    from salesflow.actions.promises import Plan
    from salesflow.dates import longest_when, longest_words

    words, day = text.split(), today or app.today
    try:
        found, count = longest_words(words, day, calendar=cal)
        rest = " ".join(words[count:])
    except Usage as error:
        # 周五送样: a date, and without a space what it is for; never a guess at what is nearly a date
        near = longest_when(text.strip(), day, calendar=cal) if error.key == "dates.not_a_date" else None
        if near is None or _in_a_word(text.strip(), near[1]):
            raise
        found, rest = near[0], text.strip()[near[1] :].strip(_AFTER_DAY)
    said_beyond(app, found)
    return Plan(found.date, found.time, line(app, what or rest or None, "--for"), via)


def _in_a_word(text: str, end: int) -> bool:
    return text[end - 1 : end + 1].isascii() and text[end - 1 : end + 1].isalnum() and end < len(text)


def typed(app: App, words: Sequence[str] | None) -> list[str]:
    """The words given; for ``-`` alone those of a line of stdin, which no list of processes shows."""
    return app.stdin.readline().split() if list(words or ()) == ["-"] else list(words or ())


def empties(text: str) -> bool:
    """Whether the text stands for nothing, and empties what it is given for: ``-``, ``无``."""
    return text.strip() in ("", "-", "无")


def line(app: App, text: str | None, what: str) -> str | None:
    """A one-line text made clean: control characters are refused, invisible ones dropped, which is said."""
    from salesflow.names import clean_line

    if text is None:
        return None
    cleaned, dropped = clean_line(text, what)
    if dropped:
        app.warn("names.dropped", what=cleaned)
    return cleaned


def said_beyond(app: App, found: When) -> None:
    """Nothing; a day counted past the last calendar known is said on stderr."""
    if found.beyond_calendar:
        app.warn("dates.beyond_calendar", date=found.date.isoformat())


def day_text(app: App, on: date, time: str | None = None) -> str:
    """``11-27 周五``, with the year where it is not this one, and the time where one is known."""
    from salesflow.dates import weekday_name

    shown = f"{on:%m-%d}" if on.year == app.today.year else on.isoformat()
    return f"{shown} {weekday_name(on, app.lang)}" + (f" {time}" if time else "")


def area_of(connection: sqlite3.Connection, text: str | None) -> str | None:
    """The area meant: 武侯 is 武侯区 where no other begins so. Raises Usage where several do."""
    from salesflow.store import leads

    found = leads.areas_like(connection, text) if text else []
    if len(found) > 1:
        raise Usage("lists.several_areas", text=text, known="  ".join(found[:10]))
    return found[0] if found else text


def joined(words: Sequence[str] | None) -> str:
    """The remaining words as one text."""
    return " ".join(words or ()).strip()


def lead_answer(app: App, lead_id: int) -> dict[str, Any]:
    """The lead as it now stands, for ``--json`` of a writing command."""
    from salesflow.reports import show

    with app.read() as connection:
        return show.read(connection, lead_id, app.lang, app.today).data


def named(lead: Lead) -> dict[str, Any]:
    """The values by which texts name a lead."""
    return {"id": lead.id, "name": label(lead)}


def one_of(text: str, known: tuple[str, ...], name: str) -> None:
    """Nothing. Raises Usage with the nearest where ``text`` is none of the known words of option ``name``."""
    if text not in known:
        raise Usage(
            "errors.not_one_of",
            name=name,
            value=text[:40],
            known=nearest(text, list(known)) or " ".join(known),
        )
