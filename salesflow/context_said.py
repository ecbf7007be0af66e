"""What the environment says that is not needed every day: the clock that was set, the account's name."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from salesflow.errors import Usage

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


_FIRST_YEAR, _LAST_YEAR = 1970, 2999


def read_now(text: str) -> datetime:
    """The moment that ``SALESFLOW_NOW`` says; raises Usage where it is none."""
    from datetime import datetime

    try:
        if len(text) != 16 or text[10] != "T":
            raise ValueError
        found = datetime.fromisoformat(text)
        # weeks, quarters and the years before it must be days of the calendar too
        if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
            raise ValueError
        return found
    except ValueError:
        raise Usage("errors.bad_now", value=text[:40]) from None


def account(environ: Mapping[str, str]) -> str:
    """The name of the account that the program runs in."""
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        if environ.get(name):
            return environ[name]
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):
        return "rep"


def identity(path: Path) -> tuple[int, int]:
    """What tells the file at ``path`` from one that takes its place; zeros where none is."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_ino, found.st_mtime_ns
