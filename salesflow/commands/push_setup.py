"""``config push.NAME``: which service a push goes to, kept in the book; its secrets in a file beside it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from salesflow.commands import common, push
from salesflow.context import App
from salesflow.errors import Unusable, Usage


def configure(app: App, key: str, text: str, as_json: bool) -> None:
    """Nothing; the push is set up as ``SERVICE [FIELD=VALUE…]`` says, or gone with ``-``."""
    from salesflow.actions import book

    name = push.check_name(key.removeprefix(push.PREFIX))
    service, value = (None, None) if text == "-" else _read(app, name, text)
    with common.working(app, "config") as work:
        book.remember(work, push.PREFIX + name, value)
    path = push.secrets_file(app)
    if as_json:
        app.emit_json({push.PREFIX + name: value})
    elif service is None:
        app.say("push.unset", name=name, path=path)
    else:
        _make_file(path)
        fields = " ".join(_secrets(service))
        app.say("push.set", name=name, service=app.t(f"push.service_{service}"), path=path, fields=fields)


def _read(app: App, name: str, text: str) -> tuple[str, str]:
    """The service and the setting's text. Raises Usage, for a secret above all."""
    from salesflow.push import FIELDS, SECRETS, SERVICES

    said, *words = text.split()
    service = _service(app, said)
    given = dict(_split(word) for word in words)
    if "://" in text or SECRETS & given.keys():
        field = next(iter(sorted(SECRETS & given.keys())), "url")
        raise Usage("push.secret_said", field=field, file=push.secrets_file(app))
    if service not in SERVICES:
        # what was typed is not repeated: it may be the secret
        raise Usage("push.unknown_service", name=name, known=" ".join(SERVICES))
    known = [field for field in FIELDS[service] if field not in SECRETS]
    if set(given) - set(known):
        raise Usage("push.unknown_field", name=name, service=service, known=" ".join(known))
    return service, " ".join([service, *(f"{field}={value}" for field, value in given.items())])


def _split(word: str) -> tuple[str, str]:
    field, _, value = word.replace("＝", "=").partition("=")
    return field.lower(), value


def _service(app: App, said: str) -> str:
    from salesflow.push import SERVICES
    from salesflow.texts import LANGUAGES, t

    for service in SERVICES:
        if said.lower() in {word for lang in LANGUAGES for word in t(f"push.words_{service}", lang).split()}:
            return service
    return said.lower()


def _secrets(service: str) -> list[str]:
    from salesflow.push import FIELDS, SECRETS

    return [f'{field} = "..."' for field in FIELDS[service] if field in SECRETS]


def _make_file(path: Path) -> None:
    # made here it is nobody else's to read, whatever an editor would make it
    try:
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise Unusable("push.file_unread", path=path, why=error) from None
