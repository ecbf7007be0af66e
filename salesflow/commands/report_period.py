"""Which days a report is for: ``--date``, ``--period``, or a range ``--from`` and ``--to``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from salesflow.commands import common
from salesflow.errors import Usage

if TYPE_CHECKING:
    from salesflow.context import App
    from salesflow.reports.period import Period

EARLIEST = date(1970, 1, 1)
LONGEST = 3660  # days in a range


class Said(NamedTuple):
    """What was said of a report's days."""

    day: str | None = None
    span: str | None = None
    first: str | None = None
    last: str | None = None

    @property
    def ranged(self) -> bool:
        """Whether it is a range."""
        return self.first is not None or self.last is not None


def check(span: str) -> None:
    """Nothing. Raises Usage where ``span`` is no length of a period."""
    from salesflow.reports.period import KINDS

    common.one_of(span, KINDS, "--period")


def read(app: App, said: Said, usual: str, ahead: bool = False) -> Period:
    """The period, as long as ``usual`` where nobody says how long.

    Raises Usage for one that has not begun, unless the report is of days to come too (``ahead``).
    """
    from salesflow.reports import period

    if said.ranged:
        return _range(app, said)
    day = common.day(app, said.day, past=not ahead) if said.day else app.today
    found = period.period(said.span or usual, max(day, EARLIEST), app.now)
    if found.first > app.today and not ahead:
        raise Usage("week.future", date=day.isoformat())
    if day < EARLIEST:
        raise Usage("week.too_early", date=day.isoformat(), earliest=EARLIEST.isoformat())
    return found


def words(said: Said, found: Period) -> dict[str, str | None]:
    """The options that name the same days on any other day."""
    if said.ranged:
        return {"--from": f"{found.first}", "--to": f"{found.last}"}
    return {"--date": f"{found.first}", "--period": said.span}


def _range(app: App, said: Said) -> Period:
    from salesflow.reports.period import ranged

    for option, value in (("--date", said.day), ("--period", said.span)):
        if value is not None:
            raise Usage("week.not_with_range", option=option)
    if said.first is None:
        raise Usage("week.no_first")
    first = common.day(app, said.first, past=True)
    last = app.today if said.last is None else common.day(app, said.last, past=True)
    if first > app.today:
        raise Usage("week.future", date=first.isoformat())
    if last < first:
        raise Usage("week.backwards", first=first.isoformat(), last=last.isoformat())
    if first < EARLIEST:
        raise Usage("week.too_early", date=first.isoformat(), earliest=EARLIEST.isoformat())
    if (last - first).days >= LONGEST:
        raise Usage("week.too_long", first=first.isoformat(), last=last.isoformat(), most=LONGEST)
    return ranged(first, last, app.now)
