"""``report hot``: the H list (K5): who most likely closes by the end of next week, why, what is still missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from salesflow import funnel
from salesflow.dates import week_label, week_of
from salesflow.forecast import by_day
from salesflow.names import label
from salesflow.reports import forecast, hot_screen
from salesflow.reports.facts import People
from salesflow.reports.forecast_book import Book, Open, View
from salesflow.store import leads, standing
from salesflow.store.rows import Connection
from salesflow.tables import Report

LIKELY = 0.15  # from this chance on a lead that is not graded so stands on the list too
MOST_LIKELY = 10  # of these


class Ranked(NamedTuple):
    """The leads of the hottest grade, and others that are as likely; each the likeliest first."""

    hot: Sequence[Open]
    likely: Sequence[Open]
    promised: dict[int, tuple[str, str | None]]


def build(connection: Connection, day: date, lang: str, today: date) -> Report:
    """The list as it was on the evening of ``day``."""
    view = View(Book(connection, now=day >= today), day.toordinal())
    ranked = rank(view, day)
    last = week_of(day)[1] + timedelta(weeks=1)
    data = {
        "report": "hot",
        "date": day.isoformat(),
        "week": week_label(last),
        "to": last.isoformat(),
        "leads": _lines(view, ranked.hot, ranked, day, lang),
        "likely": _lines(view, ranked.likely, ranked, day, lang),
    }
    hottest = dict.fromkeys(filter(None, (process.hottest for process, _ in view.book.stages.all)))
    return hot_screen.report(data, lang, tuple(hottest))


def rank(view: View, day: date) -> Ranked:
    """Who is on the list, in its order: the chance by the end of next week, then the promise, then the id."""
    days = (week_of(day)[1] + timedelta(weeks=1) - day).days
    hottest = [process.hottest for process, _ in view.book.stages.all]
    grades = view.book.stages.grades
    chance = {one.lead: round(by_day(view.curve(one), days), 4) for one in view.open}
    hot = [one for one in view.open if one.seen.grade and grades[one.seen.grade] == hottest[one.seen.place]]
    named = {one.lead for one in hot}
    likely = [one for one in view.open if one.lead not in named and chance[one.lead] >= LIKELY]
    likely = sorted(likely, key=lambda one: (-chance[one.lead], one.lead))[:MOST_LIKELY]
    ids = [one.lead for one in (*hot, *likely)]
    promised = standing.promises_at(view.book.connection, f"{day.isoformat()}T23:59", ids)

    def order(one: Open) -> tuple[float, str, int]:
        return -chance[one.lead], promised.get(one.lead, ("9", None))[0], one.lead

    return Ranked(sorted(hot, key=order), sorted(likely, key=order), promised)


def _lines(view: View, some: Sequence[Open], ranked: Ranked, day: date, lang: str) -> list[dict[str, Any]]:
    connection = view.book.connection
    known = leads.leads_by_id(connection, [one.lead for one in some])
    people = People(connection, list(known.values()), view.book.processes)
    lines = []
    for one in some:
        lead = known[one.lead]
        process = view.book.processes[lead.process]
        gate = funnel.next_gate(process, people.facts(lead))
        wants = gate[1] if gate else ()
        next_date, next_reason = ranked.promised.get(lead.id, (None, None))
        lines.append(
            {
                "lead_id": lead.id,
                "name": lead.name,
                "short": label(lead),
                **forecast.chances(view, one, view.curve(one), day),
                "stage_title": process.known("stage", view.book.stages.all[one.seen.place][1]).title(lang),
                **forecast.value_of(view, one),
                "next_date": next_date,
                "next_reason": next_reason,
                "next_stage": gate[0].code if gate else None,
                "missing": [want.code for want in wants],
                "missing_titles": [funnel.want_title(want, lang) for want in wants],
                **forecast.told(view, one, lang),
            }
        )
    return lines


def ranked_ids(connection: Connection, today: date) -> list[int]:
    """The leads of the hottest grade in the list's order, for the form that is handed in."""
    return [one.lead for one in rank(View(Book(connection, now=True), today.toordinal()), today).hot]
