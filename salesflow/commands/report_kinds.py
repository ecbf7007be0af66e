"""The reports there are: over how long each is, which options it takes, and who builds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from salesflow.errors import Usage

if TYPE_CHECKING:
    from collections.abc import Callable

    from salesflow.context import App
    from salesflow.reports.period import Period
    from salesflow.store.rows import Connection
    from salesflow.tables import Report


class Asked(NamedTuple):
    """What was asked of a report."""

    app: App
    connection: Connection
    name: str
    period: Period
    by: str | None
    compare: bool
    explain: bool
    backtest: bool
    city: str | None = None
    whole: bool = True  # the data itself goes out, for a script
    drawn: bool = True  # there are charts to be drawn


COMPARING = ("day", "week", "month", "quarter", "kpi")  # whose own figures stand beside those before


class Kind(NamedTuple):
    """A report: its period where nobody says one, the options it takes beside ``--date``, whether of days to come."""

    build: Callable[[Asked], Report]
    span: str
    takes: tuple[str, ...] = ()
    ahead: bool = False


def _figures(asked: Asked) -> Report:
    from salesflow.commands.common import calendar

    app, worked = asked.app, calendar(asked.app, asked.connection)
    if asked.by:
        _whole_book_only(asked)
        from salesflow.reports import by_rep

        return by_rep.build(asked.connection, asked.name, asked.period, asked.app.lang, worked)
    from salesflow.reports import weekly

    compare = asked.compare and asked.name in COMPARING
    more = compare, asked.explain, asked.whole, asked.drawn
    return weekly.build(asked.connection, asked.name, asked.period, app.lang, app.rep, worked, *more)


def _whole_book_only(asked: Asked) -> None:
    # the rows of the reps are sums of this period alone
    for option, said in (("--compare", asked.compare), ("--explain", asked.explain)):
        if said:
            raise Usage("week.not_by", name=asked.name, option=option)


def _kpi(asked: Asked) -> Report:
    from salesflow.commands.common import calendar
    from salesflow.reports import kpi

    app, worked = asked.app, calendar(asked.app, asked.connection)
    return kpi.build(asked.connection, asked.period, app.lang, app.rep, worked, asked.compare, asked.explain)


def _promises(asked: Asked) -> Report:
    from salesflow.reports import honesty

    return honesty.build(asked.connection, asked.period, asked.app.lang, asked.app.rep, asked.explain)


def _visits(asked: Asked) -> Report:
    from salesflow.reports import patience

    return patience.build(asked.connection, asked.period, asked.app.lang, asked.explain)


def _service(asked: Asked) -> Report:
    from salesflow.reports import service

    return _explained(asked, service.build(asked.connection, asked.period, asked.app.lang, asked.app.rep))


def _explained(asked: Asked, found: Report, name: str = "") -> Report:
    # of those whose builders do not tell it themselves
    from salesflow.reports import parts

    return parts.explained_too(found, name or asked.name, asked.app.lang) if asked.explain else found


def _hot(asked: Asked) -> Report:
    from salesflow.reports import hot

    return _explained(asked, hot.build(asked.connection, asked.period.day, asked.app.lang, asked.app.today))


def _forecast(asked: Asked) -> Report:
    if asked.backtest:
        from salesflow.reports import forecast_backtest

        tried = forecast_backtest.build(asked.connection, asked.period.day, asked.app.lang)
        return _explained(asked, tried, "backtest")
    from salesflow.reports import forecast

    ahead = forecast.build(asked.connection, asked.period.day, asked.app.lang, asked.app.today)
    return _explained(asked, ahead)


# what builds the reports whose builders take the period, the language, the rep and whether to explain
MODULES = {
    "meeting": "meeting",
    "new": "new_leads",
    "sources": "sources",
    "first-contact": "first_contact",
    "reasons": "reasons",
    "ageing": "ageing",
}


def _own(asked: Asked) -> Report:
    from importlib import import_module

    module, app = import_module(f"salesflow.reports.{MODULES[asked.name]}"), asked.app
    found: Report = module.build(asked.connection, asked.period, app.lang, app.rep, asked.explain)
    return found


def _coverage(asked: Asked) -> Report:
    from salesflow.reports import coverage

    app = asked.app
    return coverage.build(
        asked.connection, asked.period, app.lang, app.rep, explain=asked.explain, city=asked.city
    )


def _team(asked: Asked) -> Report:
    from salesflow.commands.common import calendar
    from salesflow.reports import team

    worked = calendar(asked.app, asked.connection)
    return team.build(asked.connection, asked.period, asked.app.lang, worked, asked.explain)


def _calendar(asked: Asked) -> Report:
    from salesflow.commands.common import calendar
    from salesflow.reports import promise_calendar

    worked = calendar(asked.app, asked.connection)
    return _explained(asked, promise_calendar.build(asked.connection, asked.period, asked.app.lang, worked))


KINDS: dict[str, Kind] = {
    "day": Kind(_figures, "day", ("--by", "--compare", "--explain")),
    "week": Kind(_figures, "week", ("--by", "--compare", "--explain")),
    "month": Kind(_figures, "month", ("--by", "--compare", "--explain")),
    "quarter": Kind(_figures, "quarter", ("--by", "--compare", "--explain")),
    "meeting": Kind(_own, "week", ("--period", "--compare", "--explain")),
    "funnel": Kind(_figures, "week", ("--period", "--compare", "--explain")),
    "kpi": Kind(_kpi, "month", ("--period", "--compare", "--explain")),
    "hot": Kind(_hot, "day", ("--explain",)),
    "forecast": Kind(_forecast, "day", ("--backtest", "--explain")),
    "new": Kind(_own, "week", ("--period", "--compare", "--explain")),
    "sources": Kind(_own, "month", ("--period", "--compare", "--explain")),
    "first-contact": Kind(_own, "week", ("--period", "--compare", "--explain")),
    "reasons": Kind(_own, "month", ("--period", "--compare", "--explain")),
    "ageing": Kind(_own, "day", ("--period", "--explain")),
    "coverage": Kind(_coverage, "month", ("--period", "--city", "--compare", "--explain")),
    "team": Kind(_team, "week", ("--period", "--compare", "--explain")),
    "calendar": Kind(_calendar, "month", ("--explain",), ahead=True),
    "promises": Kind(_promises, "week", ("--period", "--compare", "--explain")),
    "visits": Kind(_visits, "day", ("--explain",)),
    "service": Kind(_service, "month", ("--period", "--explain")),
}


def build(asked: Asked) -> Report:
    """The report that was asked for, beside the periods before it where that was asked."""
    found = KINDS[asked.name].build(asked)
    if not asked.compare or asked.name in COMPARING:
        return found
    from salesflow.reports import beside

    return beside.add(found, asked.connection, asked.period, asked.app.lang, asked.city)
