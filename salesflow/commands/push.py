"""Where lists are sent: what ``config push.NAME`` keeps, what only the file and the environment know."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from salesflow.context import App
from salesflow.errors import NotFound, Unusable, Usage

if TYPE_CHECKING:
    from salesflow.push import Target
    from salesflow.tables import Report

PREFIX = "push."
_LONGEST_NAME = 30
_LARGEST = 1 << 16


class Sent(NamedTuple):
    """What went out: to which service, in how many messages, with how many leads, and how many were only counted."""

    name: str
    service: str
    messages: int
    leads: int
    left: int


def secrets_file(app: App) -> Path:
    """The file beside the book in which the secrets stand: ``salesflow.push.toml`` of ``salesflow.db``."""
    path = app.book_path
    return path.with_name(f"{path.stem}.push.toml")


def variable(name: str, field: str) -> str:
    """The environment's name for a field of a push: ``SALESFLOW_PUSH_PHONE_URL``."""
    return f"SALESFLOW_PUSH_{name}_{field}".upper().replace("-", "_")


def check_name(name: str) -> str:
    """The name. Raises Usage where no variable of the environment could be called by it."""
    fits = name.isascii() and name.replace("-", "").replace("_", "").isalnum() and not name.startswith("-")
    if not fits or len(name) > _LONGEST_NAME:
        raise Usage("push.bad_name", name=name[:40])
    return name.lower()


def names(app: App) -> list[str]:
    """The pushes that are set up, in the book or in the file."""
    found = [key.removeprefix(PREFIX) for key in app.settings if key.startswith(PREFIX)]
    return sorted({*found, *(name for name, one in _file(app).items() if "service" in one)})


def find(app: App, said: str) -> Target:
    """The push of this name, complete. Raises NotFound, Usage, Unusable."""
    from salesflow.push import FIELDS, checked

    name = check_name(said)
    with app.read():
        kept = parsed(app.settings.get(PREFIX + name, ""))
    held = {**kept, **_file(app).get(name, {})}
    service = held.pop("service", "")
    if not service:
        known = ", ".join(names(app)) or "-"
        raise NotFound("push.none", name=name, known=known)
    for field in FIELDS.get(service, ()):
        held[field] = app.environ.get(variable(name, field)) or held.get(field, "")
    try:
        return checked(name, service, held)
    except Usage as error:
        if error.key != "push.lacks_field":
            raise
        field = str(error.values["field"])
        known_as = variable(name, field)
        raise Usage("push.lacks", name=name, field=field, file=secrets_file(app), variable=known_as) from None


def parsed(text: str) -> dict[str, str]:
    """What a setting says: the service, then ``field=value`` each."""
    words = text.split()
    found = {"service": words[0]} if words else {}
    return found | {key: value for key, _, value in (word.partition("=") for word in words[1:])}


def _file(app: App) -> Mapping[str, dict[str, str]]:
    """The sections of the file, {} where there is none. Raises Unusable where others may read it."""
    import tomllib

    path = secrets_file(app)
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))  # a pipe of that name hangs nobody
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise Unusable("push.file_unread", path=path, why=error) from None
    with os.fdopen(handle, "rb") as file:
        held = os.fstat(file.fileno())
        if not stat.S_ISREG(held.st_mode):
            raise Unusable("push.file_unread", path=path, why="-")
        if os.name != "nt" and held.st_mode & 0o077:
            raise Unusable("push.file_open", path=path)
        raw = file.read(_LARGEST)
    try:
        found = tomllib.loads(raw.decode("utf-8-sig"))
    except ValueError as error:
        # the parser's words may hold a piece of the file
        line = str(error).rpartition("line ")[2].split(",")[0]
        raise Unusable("push.file_bad", path=path, line=line if line.isdecimal() else "?") from None
    return {
        name.lower(): {key.lower(): _text(value) for key, value in one.items()}
        for name, one in found.items()
        if isinstance(one, dict)
    }


def _text(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def send(app: App, target: Target, report: Report, *, personal: bool = False) -> Sent:
    """What was sent: the report as a message to a phone. Raises Unusable where the service did not take it."""
    from salesflow.commands.copying import captured

    with captured(app) as out:
        app.show(report, "chat", personal=personal)
    return send_text(app, target, out.getvalue())


def send_text(app: App, target: Target, text: str) -> Sent:
    """What was sent. Raises Unusable where the service did not take all of it."""
    import time

    from salesflow import push

    left = 0

    def rest(count: int) -> str:
        nonlocal left
        left = count
        return app.t("push.rest", count=count)

    messages = push.split(text, push.limit(target.service), rest)
    for place, message in enumerate(messages):
        try:
            # the service compares this with its own clock: SALESFLOW_NOW says nothing to it
            push.send(target, message, time.time())
        except push.Failed as error:
            why = app.t(error.key, **error.values)
            key = "push.partly" if place else "push.failed"
            raise Unusable(key, sent=place, count=len(messages), why=why, name=target.name) from None
    leads = push.leads_in(line for message in messages for line in message.split("\n"))
    return Sent(target.name, target.service, len(messages), len(leads), left)


def say(app: App, sent: Sent, as_json: bool = False) -> None:
    """Nothing; what was sent is told."""
    if as_json:
        app.emit_json(sent._asdict())
        return
    service = app.t(f"push.service_{sent.service}")
    app.say("push.sent", name=sent.name, service=service, leads=sent.leads, messages=sent.messages)
    if sent.left:
        app.warn("push.left", count=sent.left)
