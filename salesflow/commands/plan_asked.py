"""What was asked of ``plan``: which days, from where, how much a day can hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from salesflow.commands import common
from salesflow.context import App
from salesflow.dates import WorkCalendar, week_of
from salesflow.errors import Usage, nearest
from salesflow.route_places import Spot, read_point
from salesflow.route_settings import DEFAULTS, clock, seconds

if TYPE_CHECKING:
    import sqlite3

    from salesflow.reports.plan_items import Ask, Start

_THIS_WEEK = ("week", "this week", "周", "一周", "这周", "本周", "这一周")
_NEXT_WEEK = ("next week", "下周", "下一周", "下星期")
_MOST_AREAS = 10


class Said(NamedTuple):
    """The words of the command."""

    day: Sequence[str] | None
    area: str | None
    start: str | None
    visits: int | None
    until: str | None
    owner: str | None


def read(app: App, said: Said) -> Ask:
    """What was asked for, every word understood. Raises Usage, NotFound, Ambiguous."""
    from salesflow.reports.plan_items import Ask

    with app.read() as connection:
        worked = common.calendar(app, connection)
        area = _area(connection, said.area)
        owner = _owner(connection, said.owner)
    begins, ends = _hour(app, "day_start"), _hour(app, "day_end")
    if said.until is not None:
        ends = seconds(clock(said.until, "--until"))
    notes: list[str] = []
    over = _minute(app) >= max(ends, _hour(app, "day_end")) - 300
    days, last, week = _days(app, common.joined(said.day), worked, over, notes)
    ask = Ask(
        days=days,
        last=last,
        now=app.now,
        lang=app.lang,
        rep=app.rep,
        area=area,
        start=_start(app, said.start),
        visits=said.visits or _number(app, "visits"),
        begins=begins,
        ends=ends,
        kmh=_number(app, "speed"),
        minutes=_number(app, "visit_minutes"),
        owner=owner,
        week=week,
    )
    sets_out = ask.begins_on(ask.first)
    if ends <= sets_out:
        start = f"{sets_out // 3600:02}:{sets_out % 3600 // 60:02}"
        raise Usage("plan.until_before_start", until=f"{ends // 3600:02}:{ends % 3600 // 60:02}", start=start)
    for note in notes:  # once nothing is refused any more
        app.warn(f"plan.{note}", day=common.day_text(app, ask.first))
    return ask


def _minute(app: App) -> int:
    return app.now.hour * 3600 + app.now.minute * 60


def _hour(app: App, key: str) -> int:
    return seconds(app.settings.get(key) or DEFAULTS[key])


def _number(app: App, key: str) -> int:
    return int(app.settings.get(key) or DEFAULTS[key])


def _area(connection: sqlite3.Connection, text: str | None) -> str | None:
    from salesflow.store import plan as store

    if text is None:
        return None
    found = common.area_of(connection, text.strip()) if text.strip() else ""
    known = store.areas(connection)
    if found not in known:
        near = [one for one in known if text.strip() and text.strip() in one] or [nearest(text, known)]
        shown = "  ".join(one for one in near[:_MOST_AREAS] if one) or "  ".join(known[:_MOST_AREAS])
        raise Usage("plan.unknown_area" if shown else "plan.no_areas", text=text[:40], known=shown)
    return found


def _owner(connection: sqlite3.Connection, text: str | None) -> str | None:
    from salesflow.commands.lists import owner_of

    return owner_of(connection, text)


# The days


def _days(
    app: App, text: str, worked: WorkCalendar, over: bool, notes: list[str]
) -> tuple[tuple[date, ...], date, bool]:
    # ``over``: today's hours are
    words = " ".join(text.lower().split())
    if words in _THIS_WEEK or words in _NEXT_WEEK:
        days, last = _week(app, worked, over, notes, following=words in _NEXT_WEEK)
        return days, last, True
    if text:
        day = common.day(app, text, cal=worked)
        if day < app.today:
            notes.append("day_past")
        elif not worked.is_workday(day):
            notes.append("rest_day")
        return (day,), day, False
    day = app.today
    if over or not worked.is_workday(day):
        day = worked.next_workday(day + timedelta(days=1))
        notes.append("next_day" if over else "next_workday")
    return (day,), day, False


def _week(
    app: App, worked: WorkCalendar, over: bool, notes: list[str], *, following: bool
) -> tuple[tuple[date, ...], date]:
    first = app.today + timedelta(days=int(over))
    for ahead in range(int(following), 9):
        monday, sunday = week_of(app.today + timedelta(weeks=ahead))
        days = [monday + timedelta(days=place) for place in range(7)]
        found = tuple(day for day in days if day >= first and worked.is_workday(day))
        if found:
            if ahead > int(following):
                notes.append("next_week")
            return found, sunday
    raise Usage("plan.no_workdays")


# The place to set out from


def _start(app: App, text: str | None) -> Start | None:
    if text is None:
        home = app.settings.get("home")
        return _place(app, home, home=True) if home else None
    return _place(app, text, home=False)


def _place(app: App, text: str, *, home: bool) -> Start:
    from salesflow.reports.plan_items import Start, spot_of_text

    if not text.strip():
        raise Usage("errors.empty_value", name="--from")
    point = read_point(text)
    if point:
        return Start(app.t("plan.home") if home else text.strip(), None, Spot(*point, sure=True))
    label = app.t("plan.home_at", text=text) if home else text.strip()
    area = _known_area(app, text.strip())
    if area:
        return Start(label, None, _centred(app, Spot(area=area)))
    found = _lead(app, text)
    if found:
        return found
    spot = spot_of_text(text, city=app.settings.get("city") or "")
    if not spot.area:
        spot = spot._replace(area=_named_area(app, text))
    if not spot.area:
        raise Usage("plan.no_home" if home else "plan.no_start", text=text[:40])
    return Start(label, None, _centred(app, spot))


def _known_area(app: App, text: str) -> str:
    from salesflow.store import leads

    with app.read() as connection:
        found = leads.areas_like(connection, text)
    return found[0] if len(found) == 1 else ""


def _named_area(app: App, text: str) -> str:
    # 高新区 is the area of several cities: the book says which one is meant
    from salesflow.store import plan as store

    with app.read() as connection:
        known = sorted(store.areas(connection), key=len, reverse=True)
    return next((area for area in known if area in text), "")


def _centred(app: App, spot: Spot) -> Spot:
    from salesflow.store import plan as store

    with app.read() as connection:
        for place in ((spot.area, spot.city), (spot.area, "")):
            centre = store.centres(connection, [place]).get(place)
            if centre:
                return spot._replace(lat=centre[0], lng=centre[1])
    return spot


def _lead(app: App, text: str) -> Start | None:
    from salesflow.names import label
    from salesflow.reports import lookup
    from salesflow.reports.plan_items import Start, spots_of
    from salesflow.store import leads

    with app.read() as connection:
        found = lookup.resolve(connection, text)
    if not found.ids:
        return None
    lead_id = found.ids[0] if len(found.ids) == 1 else common.pick(app, text).id
    with app.read() as connection:
        lead = leads.leads_by_id(connection, [lead_id])[lead_id]
        spot = spots_of(connection, [lead])[lead_id]
    if not spot.known:
        raise Usage("plan.start_nowhere", id=lead.id, name=label(lead))
    return Start(f"#{lead.id} {label(lead)}", lead.id, spot)
