"""``target solve``: the value formula for one's own month, each figure with what it rests on (E2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

from salesflow import targets
from salesflow.dates import WorkCalendar
from salesflow.errors import Usage
from salesflow.money import show_money
from salesflow.reports.records import money
from salesflow.store import targets as stored
from salesflow.store.rows import Connection
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t
from salesflow.value_formula import NAMES, Factors, solve

WINDOW, LONG_WINDOW = 90, 365  # days of history; the long one where the short one holds few orders
FEW = 5
_MONEY = ("sales", "order")
_FROM_HISTORY = ("visits", "rate", "order")


class Given(NamedTuple):
    """What was said: the factors (fen, a share), the month, whose history, and which one is wanted."""

    factors: Factors
    wanted: str | None
    month: str
    rep: str
    today: date


class _Basis(NamedTuple):
    """Where a factor comes from: given, target, calendar, history or solved; of how many cases, which days."""

    source: str
    cases: int | None = None
    of: int | None = None
    first: str | None = None
    last: str | None = None


class _Month(NamedTuple):
    label: str
    goal: int | None
    reached: int
    left: int
    days: int


class Found(NamedTuple):
    """The formula solved: all factors, what each rests on, which one was unknown."""

    factors: Factors
    basis: Mapping[str, _Basis]
    wanted: str
    month: _Month | None
    goal: int | None

    @property
    def value(self) -> Fraction:
        """The factor that was wanted."""
        value = getattr(self.factors, self.wanted)
        assert isinstance(value, Fraction)
        return value


def build(connection: Connection, given: Given, lang: str, calendar: WorkCalendar) -> Report:
    """The formula solved for the one factor that is not known. Raises Usage with what to give."""
    month = _month(connection, given, calendar)
    wanted = _wanted(given, month)
    factors, basis, goal = _known(given, month, wanted)
    factors, basis = _with_history(connection, given, calendar, wanted, factors, basis)
    found = Found(
        _solved(factors, wanted),
        {**basis, wanted: _Basis("solved")},
        wanted,
        month if basis.get("days", _Basis("")).source == "calendar" or goal is not None else None,
        goal,
    )
    return _report(found, lang)


def _month(connection: Connection, given: Given, calendar: WorkCalendar) -> _Month:
    first, last = targets.span(given.month)
    if last < given.today:
        raise Usage("target.month_over", month=given.month)
    run = targets.run("month", first, last, given.today, calendar)
    reached = 0
    if first <= given.today:
        reached = stored.past(connection, first.isoformat(), given.today.isoformat(), given.rep).sales
    goals = {
        one.period: one.value
        for one in stored.list_targets(connection, ("month", given.month))
        if (one.metric, one.rep) == ("sales", given.rep)
    }
    return _Month(given.month, goals.get(given.month, goals.get("month")), reached, run.left, run.days)


def _wanted(given: Given, month: _Month) -> str:
    missing = given.factors.unknown
    if given.wanted:
        if given.wanted not in missing:
            raise Usage("target.given_and_wanted", name=given.wanted)
        return given.wanted
    if not missing:
        raise Usage("target.all_given")
    if len(missing) == 1:
        return missing[0]
    if "visits" in missing:
        if "sales" in missing and month.goal is None:
            raise Usage("target.no_sales", month=given.month)
        return "visits"
    return next(name for name in ("sales", "rate", "order", "days") if name in missing)


def _known(given: Given, month: _Month, wanted: str) -> tuple[Factors, dict[str, _Basis], int | None]:
    # what was said, the month's target and its working days; the third is the month's whole sum, where it is that
    factors = given.factors
    basis = {name: _Basis("given") for name in NAMES if getattr(factors, name) is not None}
    if factors.days is None and wanted != "days":
        if not month.left:
            raise Usage("target.no_days_left", month=month.label)
        factors = factors._replace(days=Fraction(month.left))
        basis["days"] = _Basis("calendar", month.left, month.days)
    goal: int | None = None
    if wanted != "sales":
        if factors.sales is not None:
            goal = int(factors.sales) if basis.get("days", _Basis("")).source == "calendar" else None
        elif month.goal is not None:
            goal, basis["sales"] = month.goal, _Basis("target")
        else:
            raise Usage("target.no_sales", month=month.label)
    if goal is not None:
        factors = factors._replace(sales=Fraction(max(goal - month.reached, 0)))
    return factors, basis, goal


def _with_history(
    connection: Connection,
    given: Given,
    calendar: WorkCalendar,
    wanted: str,
    factors: Factors,
    basis: dict[str, _Basis],
) -> tuple[Factors, dict[str, _Basis]]:
    asked = [name for name in _FROM_HISTORY if getattr(factors, name) is None and name != wanted]
    if not asked:
        return factors, basis
    past = _History(connection, given, calendar)
    found = {name: past.of(name) for name in asked}
    missing = [name for name, one in found.items() if one is None]
    if missing:
        raise Usage(
            "target.no_history", options=" ".join(f"--{name}" for name in missing), example=_example(missing)
        )
    for name, one in found.items():
        if one:
            factors = factors._replace(**{name: one[0]})
            basis[name] = one[1]
    return factors, basis


def _example(names: list[str]) -> str:
    values = {"visits": "5", "rate": "5%", "order": "58000"}
    return " ".join(f"--{name} {values[name]}" for name in names)


class _History:
    """One's own visits and orders of the last 90 days, or of a year where those hold few orders."""

    def __init__(self, connection: Connection, given: Given, calendar: WorkCalendar) -> None:
        self._last = given.today
        began = stored.began(connection)
        self._past = stored.Past(0, 0, 0)
        for days in (WINDOW, LONG_WINDOW):
            self._first = max(
                given.today - timedelta(days=days - 1), date.fromisoformat(began or "9999-12-31")
            )
            self._past = stored.past(connection, self._first.isoformat(), self._last.isoformat(), given.rep)
            if self._past.orders >= FEW:
                break
        self._days = len(targets.working_days(self._first, self._last, calendar)) if began else 0

    def of(self, name: str) -> tuple[Fraction, _Basis] | None:
        """The factor with its basis; None where nothing has been done yet, or more was sold than visited."""
        visits, orders, sales = self._past
        parts = {"visits": (visits, self._days), "rate": (orders, visits), "order": (sales, orders)}
        of, by = parts[name]
        if not of or not by or (name == "rate" and of > by):
            return None
        cases = orders if name == "order" else of
        span = (self._first.isoformat(), self._last.isoformat())
        return Fraction(of, by), _Basis("history", cases, None if name == "order" else by, *span)


def _solved(factors: Factors, wanted: str) -> Factors:
    zero = [name for name in NAMES[1:] if name != wanted and not getattr(factors, name)]
    if zero and wanted != "sales":
        raise Usage("target.zero_factor", name=f"--{zero[0]}")
    return solve(factors)


def _number(name: str, value: Fraction) -> Any:
    # money to the fen, halves up; the others as decimals
    if name in _MONEY:
        return money(targets.nearest(value))
    rounded = round(float(value), 6 if name == "rate" else 4)
    return int(rounded) if rounded == int(rounded) and name != "rate" else rounded


def _needed(name: str, value: Fraction) -> Any:
    # what is enough: whole visits and days, whole fen, hundredths of a percent
    if name == "sales":
        return _number(name, value)
    if name == "order":
        return money(targets.upwards(value))
    return targets.upwards(value * 10000) / 10000 if name == "rate" else targets.upwards(value)


def _report(found: Found, lang: str) -> Report:
    factors = [
        {"name": name, "value": _number(name, getattr(found.factors, name)), **found.basis[name]._asdict()}
        for name in NAMES
    ]
    data = {
        "solve": found.wanted,
        "value": _number(found.wanted, found.value),
        "needed": _needed(found.wanted, found.value),
        "month": found.month.label if found.month else None,
        "goal": money(found.goal),
        "reached": money(found.month.reached) if found.month else None,
        "factors": factors,
    }
    lines = (*_above(found, lang), _answer(found, lang))
    columns = tuple(
        Column(key, t(f"target.column_{key}", lang), "int" if key == "value" else "text")
        for key in ("factor", "value", "basis")
    )
    rows = tuple(
        Row(
            (
                t(f"target.factor_{name}", lang),
                shown(name, getattr(found.factors, name), lang),
                _told(found, name, lang),
            )
        )
        for name in NAMES
    )
    section = Section(columns=columns, rows=rows, before=(*lines, ""), after=_doubt(found, lang))
    chat = (*lines, *(f"{row.cells[0]} {row.cells[1]} {row.cells[2]}" for row in rows))
    return Report(data, (section,), chat=chat, records="factors", fields=tuple(factors[0]))


def shown(name: str, value: Fraction, lang: str) -> str:
    """A factor for people: an amount, ``5%``, ``4.7``."""
    if name in _MONEY:
        return show_money(targets.nearest(value), lang)
    number = value * 100 if name == "rate" else value
    text = f"{float(number):.2f}".rstrip("0").rstrip(".")
    return f"{text}%" if name == "rate" else text


def _above(found: Found, lang: str) -> tuple[str, ...]:
    month, goal = found.month, found.goal
    if month is None:
        return ()
    values = {"month": month.label, "reached": show_money(month.reached, lang)}
    if goal is None:
        return (t("target.so_far", lang, **values),) if month.reached else ()
    rest = show_money(max(goal - month.reached, 0), lang)
    return (t("target.goal", lang, goal=show_money(goal, lang), rest=rest, **values),)


def _answer(found: Found, lang: str) -> str:
    name, value = found.wanted, found.value
    if found.goal is not None and not found.factors.sales:
        return t("target.reached", lang)
    values: dict[str, Any] = {"needed": _needed(name, value), "exact": shown(name, value, lang)}
    if name == "rate":
        values = {"needed": f"{targets.upwards(value * 10000) / 100:.2f}%"}
    elif name == "order":
        values = {"needed": show_money(targets.upwards(value), lang)}
    elif name == "sales":
        values = {"needed": shown(name, value, lang), "whole": _whole(found, lang)}
    return t(f"target.answer_{name}", lang, **values)


def _whole(found: Found, lang: str) -> str:
    if found.month is None or not found.month.reached:
        return ""
    total = found.month.reached + targets.nearest(found.value)
    return t("target.whole_month", lang, total=show_money(total, lang))


def _told(found: Found, name: str, lang: str) -> str:
    basis = found.basis[name]
    if basis.source == "history":
        return t(
            f"target.from_history_{name}",
            lang,
            cases=basis.cases,
            of=basis.of,
            first=basis.first,
            last=basis.last,
        )
    if basis.source == "calendar" and found.month:
        return t("target.from_calendar", lang, month=found.month.label, left=basis.cases, days=basis.of)
    return t(f"target.from_{basis.source}", lang)


def _doubt(found: Found, lang: str) -> tuple[str, ...]:
    if found.wanted == "rate" and found.value > 1:
        return (t("target.rate_too_high", lang),)
    if found.wanted == "days" and found.month and found.value > found.month.left:
        return (t("target.days_too_many", lang, left=found.month.left),)
    few = any(basis.source == "history" and (basis.cases or 0) < FEW for basis in found.basis.values())
    return (t("target.few_cases", lang),) if few else ()
