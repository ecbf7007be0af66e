"""``report sources``: what each source brings, leads, deals, value, days to a deal, and what it costs (K7, F3)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from salesflow import funnel
from salesflow import spending as spans
from salesflow.processes import Process
from salesflow.reports import figures, parts, pictures
from salesflow.reports.period import Period
from salesflow.reports.processes import Processes
from salesflow.reports.records import money
from salesflow.reports.spends import source_title
from salesflow.reports.weekly_screen import brief
from salesflow.store import metrics, origins, spending
from salesflow.store.origins import Sold
from salesflow.store.rows import Connection
from salesflow.store.standing import Recent
from salesflow.tables import Chart, Report, Row, Section
from salesflow.texts import t

FIELDS = (
    "source", "title", "passive", "leads", "previous", "closed", "rate", "deals", "median_days", "orders", "sales",
    "margin", "cost", "cost_per_lead", "cost_per_deal", "sales_per_cost",
)  # fmt: skip


class Brought(NamedTuple):
    """What the leads of one source, or all, have brought in the period."""

    leads: int
    previous: int
    closed: int
    deals: int
    days: list[int]
    sold: Sold
    cost: int | None


def build(connection: Connection, period: Period, lang: str, rep: str, explain: bool = False) -> Report:
    """What each source brought in the period, the one with the most sales first; null is the source not said."""
    book = figures.Book(connection, Processes(connection), Recent(connection, period.previous().start))
    found = _brought(book, period)
    known = list(book.processes.all())
    passive = {one.code for process in known for one in process.sources if one.passive}
    lines = [
        {
            "source": code,
            "title": source_title(known, code, lang) if code else None,
            "passive": code in passive,
            **_line(one),
        }
        for code, one in sorted(found.items(), key=_most)
    ]
    data: dict[str, Any] = {
        **parts.head("sources", period),
        "sources": lines,
        "totals": _line(_sum(list(found.values()))),
        "nothing": _nothing(book.processes.default, found, lang),
        "missing": [] if lines else ["leads"],
    }
    sections = _sections(data, lang, parts.without_leads(connection, lang))
    if explain:
        data["definitions"], told = parts.explaining("sources", lang)
        sections += (told,)
    title = parts.title("sources", period, lang, rep)
    chat = tuple(_chat(data, title, lang))
    shown = Report(data, sections, title, chat, "sources", fields=FIELDS)
    return shown._replace(charts=_charts(lines, lang))


def _charts(lines: Sequence[Mapping[str, Any]], lang: str) -> tuple[Chart, ...]:
    labels = [one["title"] or t("week.chart_no_source", lang) for one in lines]
    found = []
    for name in ("leads", "deals"):
        title = t(f"sources.column_{name}", lang)
        if any(one[name] for one in lines):
            found.append(pictures.bars_chart(labels, [one[name] for one in lines], title, title))
    return tuple(found)


def _brought(book: figures.Book, period: Period) -> dict[str | None, Brought]:
    connection, before = book.connection, period.previous()
    received = [one.id for one in book.leads.received(period.start, period.moment)]
    earlier = [one.id for one in book.leads.received(before.start, before.moment)]
    wins = _wins(book, period)
    # a lead of a past period may have been won since
    since = set(_wins(book, replace(period, last=max(period.last, period.now.date())))) & set(received)
    whence = origins.sources(connection, list({*received, *earlier, *wins}))
    sold = origins.orders(connection, period.first.isoformat(), period.moment[:10])
    cost = _costs(connection, period)
    days = _days(connection, wins, whence)
    new, previous, closed, deals = (
        Counter(whence[lead] for lead in ids) for ids in (received, earlier, since, wins)
    )
    codes = {*new, *previous, *closed, *deals, *sold, *cost}
    return {
        code: Brought(
            new[code],
            previous[code],
            closed[code],
            deals[code],
            days[code],
            sold.get(code, Sold(0, 0, None)),
            cost.get(code),
        )
        for code in codes
    }


def _wins(book: figures.Book, period: Period) -> dict[int, str]:
    # who entered a won stage in the period for the first time, and when
    shifts = figures.deals(book, [period])[0]
    won = figures.won(book.connection, shifts, period)
    found: dict[int, str] = {}
    for move in shifts.all:
        moved = move.to_stage != move.from_stage or move.from_process
        if move.lead_id in won and moved and shifts.is_won(move):
            found.setdefault(move.lead_id, move.at)
    return found


def _days(
    connection: Connection, wins: Mapping[int, str], whence: Mapping[int, str | None]
) -> dict[str | None, list[int]]:
    names = metrics.names_of(connection, list(wins))
    found: dict[str | None, list[int]] = defaultdict(list)
    for lead, at in wins.items():
        received = names[lead]["received_at"]
        if received and received[:10] <= at[:10]:
            found[whence[lead]].append(parts.days_between(received, at))
    return found


def _costs(connection: Connection, period: Period) -> dict[str | None, int]:
    # what falls in the days that have been; a source of which nothing was noted for them has no cost
    found: dict[str | None, int] = {}
    for one in spending.list_spends(connection):
        first, last = spans.span(one.period)
        if first <= period.day and period.first <= last:
            part = spans.falls_in(one.period, one.amount_fen, period.first, period.day)
            found[one.source] = found.get(one.source, 0) + part
    return found


def cost(connection: Connection, period: Period) -> int | None:
    """What all sources together cost in the period so far, in fen; None where nothing was noted for it."""
    found = _costs(connection, period)
    return sum(found.values()) if found else None


def _sum(found: Sequence[Brought]) -> Brought:
    margins = [one.sold.margin for one in found if one.sold.margin is not None]
    costs = [one.cost for one in found if one.cost is not None]
    sold = Sold(
        sum(one.sold.orders for one in found),
        sum(one.sold.sales for one in found),
        sum(margins) if margins else None,
    )
    return Brought(
        sum(one.leads for one in found),
        sum(one.previous for one in found),
        sum(one.closed for one in found),
        sum(one.deals for one in found),
        [day for one in found for day in one.days],
        sold,
        sum(costs) if costs else None,
    )


def _line(one: Brought) -> dict[str, Any]:
    return {
        "leads": one.leads,
        "previous": one.previous,
        "closed": one.closed,
        "rate": parts.share(one.closed, one.leads),
        "deals": one.deals,
        "median_days": parts.whole(funnel.median(one.days)),
        "orders": one.sold.orders,
        "sales": money(one.sold.sales),
        "margin": money(one.sold.margin),
        "cost": money(one.cost),
        "cost_per_lead": _each(one.cost, one.leads),
        "cost_per_deal": _each(one.cost, one.deals),
        "sales_per_cost": round(one.sold.sales / one.cost, 2) if one.cost else None,
    }


def _each(cost: int | None, count: int) -> float | None:
    # to the fen, halves up
    return money((2 * cost + count) // (2 * count)) if cost is not None and count else None


def _most(item: tuple[str | None, Brought]) -> tuple[Any, ...]:
    code, one = item
    return (-one.sold.sales, -one.deals, -one.leads, code is None, code or "")


def _nothing(process: Process, found: Mapping[str | None, Brought], lang: str) -> list[dict[str, str]]:
    # the sources for new leads that have brought nothing
    brought = {code for code, one in found.items() if one.leads or one.deals or one.sold.orders}
    return [
        {"source": one.code, "title": one.title(lang)} for one in process.sources if one.code not in brought
    ]


# On the screen


def _sections(data: dict[str, Any], lang: str, empty: Sequence[str]) -> tuple[Section, ...]:
    costs = data["totals"]["cost"] is not None
    rows = [_row(one, _called(one, lang), costs, lang) for one in data["sources"]]
    if len(rows) > 1:
        total = _row(data["totals"], t("parts.all", lang), costs, lang)
        rows.append(total._replace(style="strong"))
    keys = "source~ leads:int previous:int deals:int days:int rate:rate orders:int sales:int margin:int"
    if costs:
        keys = (
            "source~ leads:int deals:int days:int sales:int cost:int per_lead:int per_deal:int returned:int"
        )
    after = list(empty)
    if data["nothing"] and data["sources"]:
        each = t("week.comma", lang).join(brief(one["title"]) for one in data["nothing"])
        after.append(t("sources.nothing", lang, each=each))
    if not costs and data["sources"]:
        after.append(t("sources.no_cost", lang))
    return (parts.table("sources", keys, rows, lang, after=after),)


def _called(one: Mapping[str, Any], lang: str) -> str:
    return brief(one["title"]) if one["title"] else t("parts.none", lang)


def _row(one: Mapping[str, Any], name: str, costs: bool, lang: str) -> Row:
    if not costs:
        return Row(
            (
                name,
                one["leads"],
                one["previous"],
                one["deals"],
                one["median_days"],
                one["rate"],
                one["orders"],
                parts.yuan(one["sales"], lang),
                parts.yuan(one["margin"], lang),
            )
        )
    ratio = one["sales_per_cost"]
    return Row(
        (
            name,
            one["leads"],
            one["deals"],
            one["median_days"],
            parts.yuan(one["sales"], lang),
            parts.yuan(one["cost"], lang),
            parts.yuan(one["cost_per_lead"], lang),
            parts.yuan(one["cost_per_deal"], lang),
            None if ratio is None else t("sources.times", lang, ratio=f"{ratio:.1f}"),
        )
    )


def _chat(data: dict[str, Any], title: str, lang: str) -> list[str]:
    lines = [title]
    for one in data["sources"]:
        told = t(
            "sources.chat",
            lang,
            source=_called(one, lang),
            leads=one["leads"],
            deals=one["deals"],
            sales=parts.yuan(one["sales"], lang),
        )
        cost = parts.yuan(one["cost"], lang)
        lines.append(told + (t("sources.chat_cost", lang, cost=cost) if cost else ""))
    return lines
