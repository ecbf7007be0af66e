"""``schedule``: an entry for the machine's own clock that makes ``today`` come by itself."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import typer

from salesflow.commands import options, schedule_forms
from salesflow.commands.schedule_forms import Entry
from salesflow.commands.today import NOON
from salesflow.context import App
from salesflow.errors import Usage

EVENING = "18:30"  # the laptop sleeps at seven
_LATER = (
    0,
    1,
    2,
)  # once more after an hour and after two, where there was no network: --once sees to the rest
KINDS: dict[str, Callable[[Entry], str]] = {
    "cron": schedule_forms.cron,
    "systemd": schedule_forms.systemd,
    "launchd": schedule_forms.launchd,
    "windows": schedule_forms.windows,
}


def schedule(
    ctx: typer.Context,
    kind: options.ScheduleKind = None,
    at: options.AtTime = None,
    push: options.Push = None,
) -> None:
    """The entry for one of KINDS, printed; nothing is installed."""
    app: App = ctx.obj
    if kind is None or kind.lower() not in KINDS:
        raise Usage("schedule.which", value=(kind or "-")[:40], known=" ".join(KINDS))
    name = _push(app, push)
    entry = _entry(app, at or EVENING, name)
    app.stdout.write(KINDS[kind.lower()](entry))
    app.warn(f"schedule.how_{kind.lower()}")
    app.warn("schedule.log", path=entry.log)
    if name is None:
        app.warn("schedule.no_push")


def _push(app: App, said: str | None) -> str | None:
    """The push's name, complete as the entry will find it: without the environment of this shell."""
    from salesflow.commands import push

    if said is None:
        with app.read():  # the book must be there
            pass
        return None
    target = push.find(app, said)
    known = [push.variable(target.name, field) for field in target.fields]
    if any(app.environ.get(one) for one in known):
        app.warn("schedule.environment", file=push.secrets_file(app))
    return target.name


def _entry(app: App, at: str, push: str | None) -> Entry:
    from salesflow.route_settings import clock

    time = clock(at, "--at")
    book = Path(os.path.abspath(app.book_path))
    words = [
        *_program(),
        "--db",
        str(book),
        "--lang",
        app.lang,
        "--no-input",
        "today",
        "--once",
        "--workdays",
        "--ahead",
    ]
    words += ["--push", push] if push else ["-f", "chat"]
    log = str(book.with_name(f"{book.stem}-today.txt"))
    if any(not text.isprintable() for text in (*words, log)):
        raise Usage("schedule.unprintable")
    end = (
        NOON if int(time[:2]) < NOON else 24
    )  # a morning's list tried again after noon would be another day's
    hours = [hour for later in _LATER if (hour := int(time[:2]) + later) < end]
    return Entry(tuple(words), log, tuple(hours), int(time[3:5]), app.today)


def _program() -> list[str]:
    """How this program is called from anywhere: its own file, else the interpreter and the module."""
    called = sys.argv[0] if sys.argv else ""
    if Path(called).stem in ("salesflow", "sf"):
        found = called if os.path.isfile(called) else shutil.which(called)
        if found and os.access(found, os.X_OK):
            return [os.path.abspath(found)]
    return [os.path.abspath(sys.executable), "-m", "salesflow"]
