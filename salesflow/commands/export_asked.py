"""What ``export`` was asked for, as every kind gets it; which format a file's name means."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from salesflow.errors import Usage

if TYPE_CHECKING:
    from salesflow.commands.filters import Filters


class Asked(NamedTuple):
    """One export: the kind, the words of the options, and the filters of ``list``."""

    kind: str
    lead: str | None
    output: str | None
    fmt: str | None
    mask: bool
    personal: bool
    consent: str | None
    week: bool
    month: bool
    date: str | None
    why: str | None
    filters: Filters
    days: int | None = None
    until: str | None = None


def format_of(asked: Asked, formats: tuple[str, ...], default: str) -> str:
    """The format: ``-f``, else the ending of the file, else ``default``. Raises Usage for one not in ``formats``."""
    ending = Path(asked.output).suffix[1:].lower() if asked.output and asked.output != "-" else ""
    chosen = asked.fmt.lower() if asked.fmt else ending or default
    if chosen not in formats:
        name, value = ("-f", asked.fmt) if asked.fmt else ("-o", f".{ending}")
        raise Usage("errors.not_one_of", name=name, value=str(value)[:40], known=" ".join(formats))
    return chosen
