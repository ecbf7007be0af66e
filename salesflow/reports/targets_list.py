"""``target list``: what is set, and what was reached of it so far (K6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from salesflow import targets
from salesflow.dates import WorkCalendar
from salesflow.models import Target
from salesflow.reports import actuals, figures
from salesflow.reports import targets as held
from salesflow.reports.period import Period, period
from salesflow.reports.processes import Processes
from salesflow.reports.targets_screen import bar, column, percent, value
from salesflow.store import targets as stored
from salesflow.store.rows import Connection
from salesflow.store.standing import Leads
from salesflow.tables import Report, Row, Section
from salesflow.texts import t

FIELDS = (
    "metric", "period", "rep", "target", "by", "recorded_at", "label", "from", "to", "state", "actual", "attainment",
    "elapsed", "working_days", "days_left", "needed_per_day",
)  # fmt: skip
_OVER = ("over", "replaced")


class Asked(NamedTuple):
    """Which targets: of one metric, one period, one rep; those of periods that are over too."""

    metric: str | None = None
    period: str | None = None
    rep: str | None = None
    all: bool = False


class _Shown(NamedTuple):
    target: Target
    span: Period
    state: str  # running, to_come, over; replaced by one for just this period; rest: a day that is not worked
    line: held.Line


def build(connection: Connection, asked: Asked, now: datetime, lang: str, calendar: WorkCalendar) -> Report:
    """The targets with what was reached so far: each day's, then each week's, then each month's."""
    all_ = [one for one in stored.list_targets(connection) if one.metric in targets.METRICS]
    chosen = [one for one in all_ if _fits(one, asked)]
    spans = {one.id: _span(one.period, now) for one in chosen}
    states = {one.id: _state(one, spans[one.id], all_, calendar) for one in chosen}
    kept = [one for one in chosen if asked.all or asked.period or states[one.id] != "over"]
    reached = _Reached(figures.Book(connection, Processes(connection), Leads(connection)))
    shown = [
        _Shown(
            one, spans[one.id], states[one.id], _line(one, spans[one.id], states[one.id], reached, calendar)
        )
        for one in sorted(kept, key=_place)
    ]
    hidden = len(chosen) - len(kept)
    return _report(shown, hidden, lang)


def record(one: Target) -> dict[str, Any]:
    """The target as it is set, for JSON."""
    return {
        "metric": one.metric,
        "period": one.period,
        "rep": one.rep or None,
        "target": held.shown(one.metric, one.value),
        "by": one.by,
        "recorded_at": one.recorded_at,
    }


def _fits(one: Target, asked: Asked) -> bool:
    wanted = (asked.metric, asked.period, asked.rep)
    return all(
        word is None or word == own
        for word, own in zip(wanted, (one.metric, one.period, one.rep), strict=True)
    )


def _span(text: str, now: datetime) -> Period:
    kind = targets.kind_of(text)
    return period(kind, now.date() if text == kind else targets.span(text)[0], now)


def _state(one: Target, span: Period, all_: Sequence[Target], calendar: WorkCalendar) -> str:
    today = span.now.date()
    if one.period in targets.KINDS:
        own = {(other.metric, other.rep) for other in all_ if other.period == span.label}
        if (one.metric, one.rep) in own:
            return "replaced"
        return "rest" if one.period == "day" and not calendar.is_workday(today) else "running"
    return "over" if span.last < today else "to_come" if span.first > today else "running"


class _Reached:
    """What was reached of each metric of each period, reckoned once."""

    def __init__(self, book: figures.Book) -> None:
        self._book = book
        self._whole: dict[tuple[str, str], int | None] = {}
        self._each: dict[str, Mapping[str, Mapping[str | None, int]]] = {}

    def of(self, one: Target, span: Period) -> int | None:
        """What the book, or the target's rep, reached."""
        if not one.rep:
            key = span.label, one.metric
            if key not in self._whole:
                self._whole[key] = actuals.whole(self._book, span, (one.metric,))[one.metric]
            return self._whole[key]
        if span.label not in self._each:
            self._each[span.label] = actuals.each(self._book, span)
        return self._each[span.label].get(held.EVENTS.get(one.metric, one.metric), {}).get(one.rep, 0)


def _line(one: Target, span: Period, state: str, reached: _Reached, calendar: WorkCalendar) -> held.Line:
    actual = reached.of(one, span) if state in ("running", "over") else None
    # of a day of rest nothing is asked: none of it is worked, none is left
    run = targets.Run(0, 0) if state == "rest" else held.run_of(span, calendar)
    return held.Line(one.metric, one.value, actual, run, one.rep)


def _place(one: Target) -> tuple[Any, ...]:
    return (
        targets.KINDS.index(targets.kind_of(one.period)),
        one.period,
        one.rep,
        targets.METRICS.index(one.metric),
    )


def _data(one: _Shown) -> dict[str, Any]:
    found = record(one.target) | {
        "label": one.span.label,
        "from": one.span.first.isoformat(),
        "to": one.span.last.isoformat(),
        "state": one.state,
    }
    told = held.record(one.line)
    if one.state not in ("running", "to_come"):
        told["needed_per_day"] = None
    return found | {name: told[name] for name in FIELDS if name not in found}


def period_text(text: str, lang: str) -> str:
    """``每月``, or the period itself."""
    return t(f"target.every_{text}", lang) if text in targets.KINDS else text


def _report(shown: Sequence[_Shown], hidden: int, lang: str) -> Report:
    named = any(one.target.rep for one in shown)
    keys = ("period", "rep", "metric", "actual", "target", "attainment", "bar", "days", "needed_per_day")
    columns = tuple(column(key, lang) for key in keys if named or key != "rep")
    rows = tuple(Row(_cells(one, lang, named)) for one in shown)
    after = [t("target.hidden", lang, count=hidden)] if hidden else []
    if not rows:
        after.insert(0, t("target.list_none", lang))
    section = Section(columns=columns, rows=rows, header=bool(rows), after=tuple(after))
    chat = tuple(_chat(one, lang) for one in shown) or tuple(after)
    return Report([_data(one) for one in shown], (section,), chat=chat, fields=FIELDS)


def _cells(one: _Shown, lang: str, named: bool) -> tuple[Any, ...]:
    line, data = one.line, _data(one)
    period_ = period_text(one.target.period, lang)
    if one.target.period in targets.KINDS:
        period_ += f" {one.span.label[5:] if one.span.kind != 'month' else one.span.label}"
    needed = "-" if data["needed_per_day"] is None else value(line.metric, line.needed, lang)
    said = t(f"target.state_{one.state}", lang) if one.state not in ("running", "over") else None
    return (
        period_,
        *((one.target.rep or t("reps.all", lang),) if named else ()),
        targets.metric_title(line.metric, lang),
        value(line.metric, line.actual, lang),
        value(line.metric, line.target, lang),
        percent(line.attainment),
        said or bar(line.attainment),
        f"{line.run.left}/{line.run.days}" if one.state not in ("over", "rest") else None,
        needed,
    )


def _chat(one: _Shown, lang: str) -> str:
    cells = [cell for cell in _cells(one, lang, bool(one.target.rep)) if cell not in (None, "-")]
    place = 3 if one.target.rep else 2
    head = " ".join(map(str, cells[:place]))
    line = one.line
    both = f"{value(line.metric, line.actual, lang)}/" if line.actual is not None else ""
    share = f" {percent(line.attainment)}" if line.attainment is not None else ""
    return f"{head} {both}{value(line.metric, line.target, lang)}{share}"


def unknown_days(report: Report, calendar: WorkCalendar) -> str | None:
    """The last day of a period whose holidays nobody knows yet; None where all are known."""
    days = [one["to"] for one in report.data if one["period"] != "day"]
    return next((day for day in days if not calendar.known(date.fromisoformat(day))), None)
