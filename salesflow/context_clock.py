"""The clock where the environment says something about it, and whether it can be right: said, never refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

# a clock that was never set stands at 1970 or 1980; nobody plans for days beyond 2080
_FIRST_YEAR, _LAST_YEAR = 2020, 2079
_LEAP = 5  # years between two records of one book
_ZONES = ("/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo")


def wall_clock(environ: Mapping[str, str], warn: Callable[..., None]) -> datetime:
    """The moment that ``SALESFLOW_NOW`` says, else the system's, with a word where ``TZ`` names no zone."""
    from datetime import datetime

    said = environ.get("SALESFLOW_NOW")
    if said:
        from salesflow.context_said import read_now

        return read_now(said)
    now = datetime.now().replace(second=0, microsecond=0)
    zone = unknown_zone(environ) if environ.get("TZ") else ""
    if zone:
        warn("shell.zone_unknown", zone=zone[:40], now=f"{now:%Y-%m-%d %H:%M}")
    return now


def unknown_zone(environ: Mapping[str, str]) -> str:
    """The zone in ``TZ`` where the system knows none of that name and counts in UTC; '' where all is well."""
    import os
    import re
    import time
    from pathlib import Path

    said = environ.get("TZ", "").removeprefix(":")
    # CST-8 and EST5EDT,M3.2.0,M11.1.0 are rules and no names
    rule = re.match(r"(?:[A-Za-z]{3,}|<[^>]+>)[+-]?\d", said)
    if os.name == "nt" or rule or said in ("", "UTC", "GMT"):
        return ""
    folders = ("/",) if said.startswith("/") else (*_ZONES, *filter(None, [environ.get("TZDIR")]))
    try:
        if any(Path(folder, said).is_file() for folder in folders):
            return ""
    except OSError:  # longer than any file's name: none is called so
        pass
    # a system that keeps its zones elsewhere still says how far from UTC it is
    return said if time.localtime().tm_gmtoff == 0 else ""


def clock_doubts(at: str, newest: str | None) -> Iterator[tuple[str, dict[str, str]]]:
    """Why the wall clock ``at`` looks wrong, as texts with their values; ``newest`` is the book's newest record."""
    now = at.replace("T", " ")
    if newest and at < newest:
        yield "shell.clock_behind", {"now": now, "newest": newest.replace("T", " ")}
    elif not _FIRST_YEAR <= int(at[:4]) <= _LAST_YEAR or (newest and int(at[:4]) - int(newest[:4]) > _LEAP):
        yield "shell.clock_far", {"now": now}
