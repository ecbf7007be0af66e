"""``report forecast``: what the open leads will bring, week by week and month by month, and each one's chance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from salesflow.dates import month_label, month_of, week_label, week_of
from salesflow.forecast import CHANCE_WEEKS, by_day
from salesflow.forecast_sums import Outlook, Prospect, outlooks
from salesflow.reports import forecast_screen
from salesflow.reports.forecast_book import Book, Open, View
from salesflow.reports.forecast_words import why, why_young
from salesflow.reports.heads import heads
from salesflow.reports.records import money
from salesflow.store import metrics, standing
from salesflow.store.rows import Connection
from salesflow.tables import Report
from salesflow.texts import t

WITHIN = 7 * CHANCE_WEEKS  # days within which a chance is that of closing
NEXT_WEEKS, NEXT_MONTHS = 8, 3  # the running ones are the first
MOST = 500  # leads that are listed; all of them are reckoned with


class Span(NamedTuple):
    """A week or a month, whose first days may be over."""

    kind: str
    label: str
    first: date
    last: date


def build(connection: Connection, day: date, lang: str, today: date) -> Report:
    """The forecast as it was on the evening of ``day``, from what was known then."""
    view = View(Book(connection, now=day >= today), day.toordinal())
    spans = [*weeks(day), *months(day)]
    found = _spans(view, day, spans)
    leads = _leads(view, day, lang)
    data = {
        "report": "forecast",
        "date": day.isoformat(),
        "within_days": WITHIN,
        "open": len(view.open),
        "deals_known": view.deals_ever,
        "cases": view.cases,
        "average_order": _yuan(view.pace.average),
        "goal_share": round(view.goal_share, 4),
        "weeks": [one for one in found if one["kind"] == "week"],
        "months": [one for one in found if one["kind"] == "month"],
        "leads": leads,
        "missing": [{"code": code, "text": text} for code, text in missing(view, day, lang)],
    }
    return forecast_screen.report(data, day, lang)


def weeks(day: date) -> list[Span]:
    """The running week and the seven after it."""
    starts = [week_of(day)[0] + timedelta(weeks=ahead) for ahead in range(NEXT_WEEKS)]
    return [Span("week", week_label(one), *week_of(one)) for one in starts]


def months(day: date) -> list[Span]:
    """The running month and the two after it."""
    found: list[Span] = []
    while len(found) < NEXT_MONTHS:
        first, last = month_of(found[-1].last + timedelta(days=1) if found else day)
        found.append(Span("month", month_label(first), first, last))
    return found


def prospects(view: View, cuts: Sequence[int]) -> list[Prospect]:
    """The open leads with their chances at the cuts, which are days ahead."""
    made: dict[int, tuple[float, ...]] = {}  # by curve: leads alike have the very same
    found, share = [], view.goal_share
    for one in view.open:
        curve = view.curve(one)
        by = made.get(id(curve))
        if by is None:
            by = made[id(curve)] = tuple([by_day(curve, days) for days in cuts])
        goal = view.goal(one)
        worth = None if goal is None else round(goal * share)
        found.append(Prospect(by, worth, one.seen.place))
    return found


def foretold(view: View, day: date, spans: Sequence[Span]) -> list[Outlook]:
    """What each span will bring after ``day``."""
    ends = {(one.last - day).days for one in spans} | {max((one.first - day).days - 1, 0) for one in spans}
    cuts = sorted({0, *ends})
    places = [
        (cuts.index(max((one.first - day).days - 1, 0)), cuts.index((one.last - day).days)) for one in spans
    ]
    return outlooks(prospects(view, cuts), view.doubts(), view.pace, cuts, places)


def _spans(view: View, day: date, spans: Sequence[Span]) -> list[dict[str, Any]]:
    lines = []
    for span, one in zip(spans, foretold(view, day, spans), strict=True):
        began = span.first <= day
        deals = view.deals(span.first.toordinal()) if began else 0
        sales = _sold(view, span.first, day) if began else 0
        unknown = view.pace.average is None and not any(fen for fen, _ in view.goals.values())
        lines.append(
            {
                "kind": span.kind,
                "label": span.label,
                "from": span.first.isoformat(),
                "to": span.last.isoformat(),
                "deals": {
                    "so_far": deals,
                    "expected": round(deals + one.deals.mean, 2),
                    "low": round(deals + one.deals.low),
                    "high": round(deals + one.deals.high),
                    "open": round(one.open_deals, 2),
                    "new": round(one.new_deals, 2),
                },
                "sales": {
                    "so_far": money(sales),
                    "expected": None if unknown else _yuan(sales + one.sales.mean),
                    "low": None if unknown else _yuan(sales + one.sales.low),
                    "high": None if unknown else _yuan(sales + one.sales.high),
                },
            }
        )
    return lines


def _sold(view: View, first: date, last: date) -> int:
    return metrics.order_sums(view.book.connection, first.isoformat(), last.isoformat())[1]


def _yuan(fen: float | None) -> int | None:
    return None if fen is None else round(fen / 100)


def _leads(view: View, day: date, lang: str) -> list[dict[str, Any]]:
    ranked = [(view.curve(one), one) for one in view.open]
    ranked.sort(key=lambda pair: (-pair[0][CHANCE_WEEKS], pair[1].lead))
    some = ranked[:MOST]
    names = heads(view.book.connection, [one.lead for _, one in some])
    moment = f"{day.isoformat()}T23:59"
    promised = standing.promises_at(view.book.connection, moment, [one.lead for _, one in some])
    return [
        names[one.lead].record
        | chances(view, one, curve, day)
        | value_of(view, one)
        | told(view, one, lang)
        | dict(zip(("next_date", "next_reason"), promised.get(one.lead, (None, None)), strict=True))
        for curve, one in some
    ]


def chances(view: View, one: Open, curve: Sequence[float], day: date) -> dict[str, Any]:
    """Where an open lead stands; its chance to close within 91 days, by the end of next week and of the month."""
    process, stage = view.book.stages.all[one.seen.place]
    next_week, month_end = week_of(day)[1] + timedelta(weeks=1), month_of(day)[1]
    return {
        "process": process.code,
        "stage": stage,
        "grade": view.book.stages.grades[one.seen.grade],
        "days_in_stage": one.days,
        "chance": round(curve[CHANCE_WEEKS], 4),
        "by_next_week": round(by_day(curve, (next_week - day).days), 4),
        "by_month_end": round(by_day(curve, (month_end - day).days), 4),
    }


def value_of(view: View, one: Open) -> dict[str, Any]:
    """What a lead may bring, and whether that is its own goal or the average order."""
    goal = view.goal(one)
    if goal is not None:
        return {"value": money(goal), "value_from": "goal"}
    average = _yuan(view.pace.average)
    return {"value": average, "value_from": None if average is None else "average"}


def told(view: View, one: Open, lang: str) -> dict[str, Any]:
    """What a chance rests on: how many cases, how many of them closed, and the line that says so."""
    found, grades = view.history.told(one.seen), view.book.stages.grades
    process, stage = view.book.stages.all[one.seen.place]
    if found is None:
        line = why_young(view.history.begun(one.seen.place), process, stage, lang)
        return {"basis": "process", "cases": 0, "closed": 0, "why": line}
    _, cases, closed = found
    line = why(found, process, stage, grades, lang)
    return {"basis": "history", "cases": cases, "closed": closed, "why": line}


def missing(view: View, day: date, lang: str) -> list[tuple[str, str]]:
    """What the book lacks for a forecast of its own, by code and in words."""
    found = []
    if not view.open:
        found.append(("open_leads", t("forecast.no_open", lang)))
    if view.first > view.day:
        return found
    if view.days < WITHIN:
        ready = date.fromordinal(view.first + WITHIN)
        found.append(
            ("history", t("forecast.too_young", lang, days=view.days, within=WITHIN, date=ready.isoformat()))
        )
    if not view.deals_ever:
        found.append(("deals", t("forecast.no_deals", lang)))
    if view.pace.average is None:
        found.append(("orders", t("forecast.no_orders", lang)))
    return found
