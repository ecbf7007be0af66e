"""``--compare`` of the reports of a period: their head figures beside the period before and the last four (K6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from salesflow.reports import figures, measures, promised, trend
from salesflow.reports.measures import Counted
from salesflow.reports.period import Period
from salesflow.reports.processes import Processes
from salesflow.reports.records import money
from salesflow.reports.shown import COUNT, MONEY, RATE, averaged, shown
from salesflow.store import metrics, moves
from salesflow.store.rows import Connection
from salesflow.store.standing import Recent
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

Sums = dict[str, Counted]
Scope = str | None  # a city alone


class Head(NamedTuple):
    """A head figure: its name, what its value is, and the text that titles it."""

    name: str
    unit: str
    title: str


class Heads(NamedTuple):
    """The head figures of a report, and what counts them in all the periods together."""

    figures: tuple[Head, ...]
    tally: Callable[[figures.Book, Sequence[Period], Scope], list[Sums]]


def add(found: Report, connection: Connection, period: Period, lang: str, city: Scope = None) -> Report:
    """The report with its head figures in its period, in the one before, and on average in the last four."""
    heads = HEADS[found.data["report"]]
    periods, processes = measures.span(period), Processes(connection)
    book = figures.Book(connection, processes, Recent(connection, _since(periods[-1], processes)))
    known = measures.begun(connection, periods[1:])
    now, *past = heads.tally(book, [period, *known], city)
    before = past[0] if known[:1] == periods[1:2] else {}
    lines = [_line(one, now, before, past) for one in heads.figures]
    section = _section(heads, lines, period, lang)
    if "definitions" in found.data:
        section = section._replace(after=tuple(_explained(heads, found.data["definitions"], lang)))
    chat = found.chat
    if chat:
        chat = (chat[0], *_chat(heads, lines, period, lang), *chat[1:])
    data = found.data | {"compared": lines}
    return found._replace(data=data, sections=(section, *found.sections), chat=chat)


def _since(oldest: Period, processes: Processes) -> str:
    # whose first contact was due in it had been received before
    return figures.shifted(oldest.start, -max(one.first_contact_hours for one in processes.all()))


def _line(one: Head, now: Sums, before: Sums, past: Sequence[Sums]) -> dict[str, Any]:
    average = measures.average(one.name, one.unit, list(past))
    earlier = before[one.name].value if before else None
    return {
        "figure": one.name,
        "unit": one.unit,
        "value": _told(now[one.name].value, one.unit),
        "previous": _told(earlier, one.unit),
        "average4": _told(average, one.unit),
    }


def _told(value: float | None, unit: str) -> float | None:
    return money(int(value)) if unit == MONEY and value is not None else value


# What is counted


def _totals(book: figures.Book, periods: Sequence[Period], _: Scope) -> list[Sums]:
    # the figures of the week's report
    return [{name: Counted(one[name]) for name in figures.TOTALS} for one in trend.counts(book, periods)]


_SOLD = ("orders", "sales", "margin")


def _brought(book: figures.Book, periods: Sequence[Period], _: Scope) -> list[Sums]:
    from salesflow.reports import sources

    found = []
    for one, shifts in zip(periods, figures.deals(book, periods), strict=True):
        last = one.moment[:10]
        told = {
            "leads": len(book.leads.received(one.start, one.moment)),
            "deals": len(figures.won(book.connection, shifts, one)),
            **dict(zip(_SOLD, metrics.order_sums(book.connection, f"{one.first}", last), strict=True)),
            "cost": sources.cost(book.connection, one),
        }
        found.append({name: Counted(value) for name, value in told.items()})
    return found


def _lost(book: figures.Book, periods: Sequence[Period], _: Scope) -> list[Sums]:
    spans = [(one.start, one.moment) for one in periods]
    found = []
    for lost in moves.count_lost(book.connection, spans, book.processes.followed):
        real = [one for one in lost if book.processes[one.process].known_reason("lost", one.reason).counts]
        every = sum(one.cases for one in real)
        found.append(
            {
                "lost": Counted(every),
                "to_known": Counted(sum(one.cases for one in real if one.to)),
                "without_reason": Counted(sum(one.cases for one in real if not one.reason)),
            }
        )
    return found


def _contacts(book: figures.Book, periods: Sequence[Period], _: Scope) -> list[Sums]:
    found = []
    for one in periods:
        told = figures.first_contact(book, one)
        met, past = told["met"], told["met"] + told["missed"]
        sums = {name: Counted(told[name]) for name in ("due", "met", "missed")}
        found.append(sums | {"rate": Counted(told["rate"], met, past)})
    return found


def _promises(book: figures.Book, periods: Sequence[Period], _: Scope) -> list[Sums]:
    return [
        {name: Counted(count) for name, count in promised.counted(tally).items()}
        for tally in promised.tallies(book.connection, periods)
    ]


def _places(book: figures.Book, periods: Sequence[Period], city: Scope) -> list[Sums]:
    from salesflow.reports import coverage

    return [
        {"visits": Counted(visits), "sales": Counted(sales)}
        for visits, sales in coverage.sums(book.connection, periods, city)
    ]


def _heads(area: str, kind: str, names: str, units: dict[str, str] | None = None) -> tuple[Head, ...]:
    kinds = dict.fromkeys(figures.MONEY, MONEY) | (units or {})
    return tuple(Head(name, kinds.get(name, COUNT), f"{area}.{kind}{name}") for name in names.split())


_COLUMNS = ("previous", "average4")
_MOVED = "advanced moved_back won lost parked reopened"
HEADS = {
    "meeting": Heads(_heads("kpi", "name_", f"new_leads leads_touched {_MOVED}"), _totals),
    "funnel": Heads(_heads("kpi", "name_", f"new_leads {_MOVED}"), _totals),
    "new": Heads(_heads("kpi", "name_", "new_leads"), _totals),
    "sources": Heads(
        (
            *_heads("sources", "name_", "leads deals"),
            *_heads("kpi", "name_", "orders sales margin"),
            *_heads("sources", "name_", "cost", {"cost": MONEY}),
        ),
        _brought,
    ),
    "first-contact": Heads(
        _heads("first_contact", "column_", "due met missed rate", {"rate": RATE}), _contacts
    ),
    "reasons": Heads(_heads("reasons", "head_", "lost to_known without_reason"), _lost),
    "coverage": Heads(_heads("coverage", "name_", "visits sales"), _places),
    "team": Heads(
        _heads("kpi", "name_", "new_leads followups visits advanced won lost orders sales collected"), _totals
    ),
    "promises": Heads(
        _heads("honesty", "", "due kept kept_late rescheduled without_why dropped open"), _promises
    ),
}


# On the screen


def _section(heads: Heads, lines: Sequence[dict[str, Any]], period: Period, lang: str) -> Section:
    columns = (
        Column("figure", t("week.figure", lang)),
        Column("value", t(f"week.this_{period.kind}", lang), "int"),
        Column("previous", t(f"week.previous_{period.kind}", lang), "int"),
        Column("average4", t(f"kpi.average_{period.kind}", lang), "int"),
    )
    rows = [
        Row(
            (
                t(head.title, lang),
                shown(one["value"], head.unit, lang),
                shown(one["previous"], head.unit, lang),
                averaged(one["average4"], head.unit, lang),
            )
        )
        for head, one in zip(heads.figures, lines, strict=True)
    ]
    return Section(columns=columns, rows=tuple(rows), heading=t("parts.heading_compared", lang))


def _chat(heads: Heads, lines: Sequence[dict[str, Any]], period: Period, lang: str) -> list[str]:
    found = [t("parts.heading_compared", lang)]
    for head, one in zip(heads.figures, lines, strict=True):
        values = {
            "value": shown(one["value"], head.unit, lang),
            "previous": shown(one["previous"], head.unit, lang),
            "average": averaged(one["average4"], head.unit, lang),
        }
        told = {key: "-" if value is None else value for key, value in values.items()}
        names = {
            "before": t(f"week.previous_{period.kind}", lang),
            "four": t(f"kpi.average_{period.kind}", lang),
        }
        found.append(t("parts.chat_compared", lang, name=t(head.title, lang), **told, **names))
    return found


def _explained(heads: Heads, told: Mapping[str, str], lang: str) -> list[str]:
    # the two columns, and the figures of which the report itself does not tell it
    names = [head.name for head in heads.figures if head.title.startswith("kpi.") and head.name not in told]
    lines = [(t(f"kpi.name_{name}", lang), t(f"kpi.def_{name}", lang)) for name in (*names, *_COLUMNS)]
    return [t("kpi.explained", lang, name=name, text=text) for name, text in lines]
