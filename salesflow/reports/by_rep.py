"""``report day|week|month --by rep``: a row a rep, and beneath them the whole (K6, M5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from salesflow.dates import WorkCalendar
from salesflow.reports import actuals, figures, targets, targets_screen, trend
from salesflow.reports.period import Period
from salesflow.reports.processes import Processes
from salesflow.reports.records import money
from salesflow.reports.shown import yuan_text
from salesflow.reports.targets import Line
from salesflow.reports.weekly_screen import day_text
from salesflow.store.rows import Connection
from salesflow.store.standing import Leads
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

COUNTS = ("new_leads", "followups", "visits", "advanced", "won", "lost", "orders")
MONEY = ("sales", "collected")
KEYS = (*COUNTS, *MONEY, "open")


def build(connection: Connection, name: str, period: Period, lang: str, calendar: WorkCalendar) -> Report:
    """What each rep did in the period. New and open leads are their owner's, all else is whose name it bears.

    The rows of ``data["reps"]`` add up to ``totals``; ``rep`` is null for leads that nobody owns.
    """
    book = figures.Book(connection, Processes(connection), Leads(connection))
    sums = actuals.each(book, period)
    names = sorted(
        {rep for each in sums.values() for rep in each if each[rep]}, key=lambda rep: (rep is None, rep)
    )
    whole = trend.yuan(trend.counts(book, [period])[0])
    whole["open"] = len(book.leads.open_at(period.moment))
    data: dict[str, Any] = {
        "report": name,
        "by": "rep",
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "label": period.label,
        "complete": period.complete,
        "reps": [{"rep": rep} | {key: _value(key, sums[key][rep]) for key in KEYS} for rep in names],
        "totals": {key: whole[key] for key in KEYS},
    }
    aims = targets.by_rep(book, period, calendar, sums)
    data["targets"] = [targets.record(line) for line in aims]
    return _report(data, period.kind, aims, lang)


def _value(key: str, count: int) -> Any:
    return money(count) if key in MONEY else count


def _report(data: dict[str, Any], kind: str, aims: Sequence[Line], lang: str) -> Report:
    title = t(
        f"reps.title_{kind}",
        lang,
        label=data["label"],
        first=day_text(data["from"], lang),
        last=day_text(data["to"], lang),
        state=t(f"week.{'complete' if data['complete'] else 'running'}", lang),
    )
    columns = (
        Column("rep", t("reps.rep", lang), shrink=True),
        *(Column(key, t(f"reps.column_{key}", lang), "int") for key in KEYS),
    )
    rows = [_row(one, one["rep"] or t("reps.pool", lang), lang) for one in data["reps"]]
    if len(rows) > 1:
        rows.append(_row(data["totals"], t("reps.all", lang), lang)._replace(style="strong"))
    after = () if rows else (t("reps.nobody", lang),)
    section = Section(columns=columns, rows=tuple(rows), header=bool(rows), after=after)
    chat = [title, *(_chat(one, one["rep"] or t("reps.pool", lang), lang) for one in data["reps"])]
    if len(data["reps"]) > 1:
        chat.append(_chat(data["totals"], t("reps.all", lang), lang))
    chat += [f"{line.rep} {targets_screen.named(line, lang)}" for line in aims]
    sections = (section, targets_screen.by_rep(aims, lang)) if aims else (section,)
    return Report(data, sections, title, tuple(chat), "reps", fields=("rep", *KEYS))


def _row(one: Mapping[str, Any], name: str, lang: str) -> Row:
    return Row((name, *(_shown(key, one[key], lang) for key in KEYS)))


def _shown(key: str, value: Any, lang: str) -> Any:
    return yuan_text(value, lang) if key in MONEY else value


def _chat(one: Mapping[str, Any], name: str, lang: str) -> str:
    told = [
        f"{t(f'reps.column_{key}', lang)} {_shown(key, one[key], lang)}"
        for key in KEYS
        if one[key] or key in ("visits", "followups")
    ]
    return t("reps.chat", lang, rep=name, told=t("week.comma", lang).join(told))
