"""``report day|week|month|funnel``: one analysis, the object that cli.md promises."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from salesflow import funnel
from salesflow.dates import WorkCalendar
from salesflow.names import label, label_of
from salesflow.reports import (
    compared,
    day_chat,
    explained,
    figures,
    flow,
    improvement,
    promise_calendar,
    promised,
    targets,
    trend,
    weekly_charts,
    weekly_screen,
)
from salesflow.reports.facts import People
from salesflow.reports.period import Period
from salesflow.reports.processes import Processes
from salesflow.reports.records import money
from salesflow.reports.targets_screen import Aims
from salesflow.store import leads, metrics, standing
from salesflow.store.rows import Connection
from salesflow.store.standing import Leads
from salesflow.tables import Report
from salesflow.texts import t

NAMES = ("day", "week", "month", "quarter", "funnel")


def build(
    connection: Connection,
    name: str,
    period: Period,
    lang: str,
    rep: str,
    calendar: WorkCalendar,
    compare: bool = False,
    explain: bool = False,
    whole: bool = True,
    drawn: bool = True,
) -> Report:
    """The figures of the period, those of the one before, and the leads behind them.

    ``compare`` tells the average of the last four periods too, ``explain`` how each figure is counted. Without
    ``whole`` the lists of those that came, advanced and were lost name no more leads than a screen does; without
    ``drawn`` there are no charts.
    """
    since = min(period.previous().start, flow.window_of(period))
    book = figures.Book(connection, Processes(connection), Leads(connection, since=since))
    most = None if whole or period.kind == "day" else weekly_screen.MOST
    stale, aims = figures.stale_grades(book, period), _aims(book, name, period, calendar)
    funnel_lines = _titled(figures.stages(book, period, name == "funnel"), book.processes, lang)
    lined = name == "week" and period.kind == "week"
    spans = trend.last(period) if lined else [period.previous(), period]
    deals = figures.deals(book, spans)
    line = trend.counts(book, spans, deals)
    past, sums = map(trend.yuan, line[-2:])
    made = promised.tallies(connection, [period])[0]
    due = figures.deadlines(book, period)
    data = {
        "report": name,
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "label": period.label,
        "complete": period.complete,
        "totals": sums,
        "previous": past,
        **({"average4": compared.average4(book, period, line)} if compare or lined else {}),
        **({"trend": trend.record(line)} if lined else {}),
        "targets": [targets.record(line) for line in aims.own],
        "stock": figures.stock(book, period),
        "funnel": funnel_lines,
        "first_contact": figures.first_contact(book, period, due),
        "promises": promised.counted(made),
        "hot_last": figures.hot_last(book, period, figures.won(connection, deals[-1], period)),
        "stale_grades": sum(stale.values()),
        "overdue_at_end": promised.overdue(book, period),
        "new_leads": _new(book, period, lang, most),
        "advanced": _moved(book, period, lang, _advanced, most) if sums["advanced"] else [],
        "lost": _moved(book, period, lang, _lost, most) if sums["lost"] else [],
        "hot": _hot(book, period, lang),
        "actions": improvement.of_period(book, period, sums, past),
        **({"definitions": explained.definitions(name, lang)} if explain else {}),
    }
    titles = {line["process"]: book.processes[line["process"]].title(lang) for line in funnel_lines}
    contacts = _named(book, figures.missed(due, period.moment)), _named(book, figures.waiting(book, period))
    found = weekly_screen.report(data, period, lang, rep, stale, contacts, titles, aims)
    if drawn:
        found = found._replace(charts=weekly_charts.build(book, data, period, lang, titles, aims))
    if name == "month" and period.kind == "month":
        days = promise_calendar.lying(made, period)
        wall = promise_calendar.grid(days, period, lang, t("calendar.month_heading", lang))
        found = found._replace(sections=(*found.sections, wall))
    if name == "funnel" or period.kind != "day":
        return found
    return found._replace(chat=day_chat.lines(book, period, data, lang, rep, aims, calendar))


def _aims(book: figures.Book, name: str, period: Period, calendar: WorkCalendar) -> Aims:
    # what is to be reached in the period itself, and in the month of which it is a part
    if name == "funnel":
        return Aims()
    own = targets.against(book, period, calendar)
    month = (
        ()
        if period.kind not in ("day", "week")
        else targets.against(book, targets.month_of(period), calendar)
    )
    return Aims(own, month)


def _titled(lines: list[dict[str, Any]], processes: Processes, lang: str) -> list[dict[str, Any]]:
    return [
        {
            "process": line["process"],
            "stage": line["stage"],
            "title": processes[line["process"]].known("stage", line["stage"]).title(lang),
            **line,
        }
        for line in lines
    ]


def _head(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "lead_id": one["id"],
        "name": one["name"],
        "short": label_of(one["name"], one["short"], one["city"]),
    }


def _named(book: figures.Book, all_: Sequence[tuple[int, int | None]]) -> weekly_screen.Hours:
    found = all_[: weekly_screen.MOST + 1]
    names = metrics.names_of(book.connection, [lead_id for lead_id, _ in found])
    return [(_head(names[lead_id]), hours) for lead_id, hours in found]


def _new(book: figures.Book, period: Period, lang: str, most: int | None) -> list[dict[str, Any]]:
    received = book.leads.received(period.start, period.moment)[:most]
    names = metrics.names_of(book.connection, [lead.id for lead in received])
    lines = []
    for one in (names[lead.id] for lead in received):
        process = book.processes[one["process"]]
        source = process.known("source", one["source"]).title(lang) if one["source"] else None
        lines.append(
            _head(one)
            | {
                "received_at": one["received_at"],
                "source": one["source"],
                "source_title": source,
                "passive": bool(one["passive"]),
                "owner": one["owner"],
                "area": one["area"],
            }
        )
    return lines


def _moved(
    book: figures.Book,
    period: Period,
    lang: str,
    told: Callable[[figures.Moves, str], list[dict[str, Any]]],
    most: int | None,
) -> list[dict[str, Any]]:
    # no more is read than is told
    found: list[dict[str, Any]] = []
    for some in figures.parts(book, period):
        found += told(some, lang)
        if most is not None and len(found) >= most:
            break
    return found[:most]


def _advanced(shifts: figures.Moves, lang: str) -> list[dict[str, Any]]:
    return [
        _head(shifts.names[move.lead_id])
        | {
            "at": move.at,
            "from": move.from_stage,
            "to": move.to_stage,
            "to_title": shifts.process(move).known("stage", move.to_stage).title(lang),
            "forced": move.forced,
        }
        for move, step in shifts.steps()
        if step > 0
    ]


def _lost(shifts: figures.Moves, lang: str) -> list[dict[str, Any]]:
    return [
        _head(shifts.names[move.lead_id])
        | {
            "at": move.at,
            "stage": move.from_stage,
            "reason": move.reason,
            "reason_title": shifts.process(move).known("lost", move.reason or "").title(lang),
            "to": move.competitor,
            "why": move.why,
        }
        for move in shifts.lost()
    ]


def _hot(book: figures.Book, period: Period, lang: str) -> list[dict[str, Any]]:
    named = figures.hot(book, period.moment)
    ids = [one.id for one in named]
    found = leads.leads_by_id(book.connection, ids)
    people = People(book.connection, list(found.values()), book.processes)
    promised = standing.promises_at(book.connection, period.moment, ids)
    lines = []
    for one in named:
        lead = found[one.id]
        gate = funnel.next_gate(book.processes[lead.process], people.facts(lead))
        missing = gate[1] if gate else ()
        next_date, next_reason = promised.get(one.id, (None, None))
        lines.append(
            {
                "lead_id": lead.id,
                "name": lead.name,
                "short": label(lead),
                "stage": one.stage,
                "next_date": next_date,
                "next_reason": next_reason,
                "value": money(one.goal_fen),
                "missing": [want.code for want in missing],
                "missing_titles": [funnel.want_title(want, lang) for want in missing],
            }
        )
    return lines
