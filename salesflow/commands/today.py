"""``today``: what to do now."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from salesflow.commands import common, consent, options
from salesflow.context import App
from salesflow.errors import Usage

if TYPE_CHECKING:
    import sqlite3

    from salesflow.push import Target
    from salesflow.tables import Report

ONCE = "today_once"  # the setting that holds the day last told
NOON = 12


def today(
    ctx: typer.Context,
    date: options.Date = None,
    days: options.Days = None,
    area: options.Area = None,
    grade: options.Grade = None,
    owner: options.Owner = None,
    by: options.By = None,
    limit: options.Limit = None,
    show_all: options.All = False,
    exit_code: options.ExitCode = False,
    once: options.Once = False,
    workdays: options.OnWorkdays = False,
    ahead: options.Ahead = False,
    push: options.Push = None,
    personal: options.WithPersonal = False,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """The list of the day."""
    from salesflow.reports import today as report
    from salesflow.reports.today_screen import Ask

    app: App = ctx.obj
    if by not in (None, "area"):
        raise Usage("errors.not_one_of", name="--by", value=by, known="area")
    day = _day(app, date, ahead)
    if workdays and not _worked(app):
        return
    target, told_as_json = (_target(app, push) if push is not None else None), as_json
    if target:
        fmt, as_json = "chat", False

    def build(others: bool) -> Report:
        with app.read() as connection:
            made = report.build(
                connection,
                Ask(
                    day,
                    app.now,
                    app.lang,
                    days=days or 0,
                    area=common.area_of(connection, area),
                    grades=_grades(connection, grade) if grade is not None else None,
                    limit=limit,
                    by_area=by == "area",
                    all=show_all,
                    personal=personal and not others,
                    others=others,
                    brief=app.format(fmt, as_json) == "table",
                    owner=_owner(connection, owner) if owner is not None else None,
                ),
            )
            narrowed = others or day != app.today or owner or area or grade or app.for_scripts(fmt, as_json)
            return made if narrowed else _with_visits(app, connection, made)

    with _only(app, f"{ONCE}.{target.name}" if target else ONCE, day, once) as first:
        if not first:
            return
        found, personal = consent.whole_report(app, build, personal, fmt, as_json)
        if target is None:
            app.show(found, fmt, as_json, personal=personal)
        else:
            _send(app, target, found, personal, told_as_json)
    if exit_code and _late(found.data["items"], found.data["counts"], app):
        raise typer.Exit(1)


def _target(app: App, name: str) -> Target:
    from salesflow.commands import push

    return push.find(app, name)


def _send(app: App, target: Target, found: Report, personal: bool, as_json: bool) -> None:
    from salesflow.commands import push

    push.say(app, push.send(app, target, found, personal=personal), as_json)


def _with_visits(app: App, connection: sqlite3.Connection, made: Report) -> Report:
    # how many visits the day still wants, where somebody has set it; else nothing more is read
    from salesflow.store import today as store

    day = app.today.isoformat()
    aims = store.visits_targets(connection, (day, "day", day[:7], "month"))
    if not aims:
        return made
    from salesflow.reports.targets_today import with_visits

    return with_visits(connection, made, aims, app.now, app.lang, lambda: common.calendar(app, connection))


def _grades(connection: sqlite3.Connection, text: str) -> tuple[str, ...]:
    from salesflow.commands.lists import grades_of
    from salesflow.reports.processes import Processes

    return tuple(grades_of(Processes(connection), text))


def _owner(connection: sqlite3.Connection, text: str) -> str | None:
    from salesflow.commands.lists import owner_of

    return owner_of(connection, text)


def _late(items: list[dict[str, object]], counts: dict[str, int], app: App) -> bool:
    now = f"{app.now:%Y-%m-%dT%H:%M}"
    missed = any(item["bucket"] == "first_contact" and str(item["deadline"]) < now for item in items)
    return bool(counts["overdue"]) or missed


def _day(app: App, date: str | None, ahead: bool) -> datetime.date:
    if date is not None:
        return common.day(app, date)
    if not ahead or app.now.hour < NOON:
        return app.today
    with app.read() as connection:
        return common.calendar(app, connection).next_workday(app.today + datetime.timedelta(days=1))


def _worked(app: App) -> bool:
    with app.read() as connection:
        return common.calendar(app, connection).is_workday(app.today)


@contextmanager
def _only(app: App, key: str, day: datetime.date, once: bool) -> Iterator[bool]:
    """Whether the list of the day is still to be told; with ``once`` it then counts as told.

    It is claimed before and given back where telling it failed, so that of two calls at the same moment one tells.
    """
    if not once:
        yield True
        return
    before = _claim(app, key, day.isoformat())
    try:
        yield before != day.isoformat()
    except BaseException:
        if before != day.isoformat():
            _claim(app, key, before)
        raise


def _claim(app: App, key: str, value: str | None) -> str | None:
    """The day that the setting had; it has this one now."""
    from salesflow.store import settings

    saved = app.saved
    with app.write("today", kind="setup") as (connection, _):
        before = settings.get_setting(connection, key)
        settings.set_setting(connection, key, value)
    app.saved = saved  # a list that cannot be shown has not been told
    return before
