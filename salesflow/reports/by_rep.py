"""``report day|week|month --by rep``: a row a rep, and beneath them the whole (K6, M5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from salesflow.money import show_money
from salesflow.reports import figures
from salesflow.reports.period import Period
from salesflow.reports.processes import Processes
from salesflow.reports.records import money
from salesflow.reports.weekly_screen import day_text
from salesflow.store import reps
from salesflow.store.rows import Connection
from salesflow.store.standing import Leads
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

COUNTS = ("new_leads", "followups", "visits", "advanced", "won", "lost", "orders")
MONEY = ("sales", "collected")
KEYS = (*COUNTS, *MONEY, "open")

Sums = dict[str, Counter[str | None]]


def build(connection: Connection, name: str, period: Period, lang: str) -> Report:
    """What each rep did in the period. New and open leads are their owner's, all else is whose name it bears.

    The rows of ``data["reps"]`` add up to ``totals``; ``rep`` is null for leads that nobody owns.
    """
    book = figures.Book(connection, Processes(connection), Leads(connection))
    shifts = figures.Moves(book, period)
    sums = _events(book, period) | _moved(connection, shifts, period)
    names = sorted(
        {rep for each in sums.values() for rep in each if each[rep]}, key=lambda rep: (rep is None, rep)
    )
    whole = figures.totals(book, period, shifts)
    whole["open"] = len(book.leads.open_at(period.moment))
    data = {
        "report": name,
        "by": "rep",
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "label": period.label,
        "complete": period.complete,
        "reps": [{"rep": rep} | {key: _value(key, sums[key][rep]) for key in KEYS} for rep in names],
        "totals": {key: whole[key] for key in KEYS},
    }
    return _report(data, period, lang)


def _value(key: str, count: int) -> Any:
    return money(count) if key in MONEY else count


def _events(book: figures.Book, period: Period) -> Sums:
    connection, days = book.connection, (period.first.isoformat(), period.moment[:10])
    owners = reps.owners(connection)
    done = reps.followups(connection, period.start, period.moment)
    sold = reps.orders(connection, *days)
    return {
        "new_leads": Counter(owners[one.id] for one in book.leads.received(period.start, period.moment)),
        "open": Counter(owners[one.id] for one in book.leads.open_at(period.moment)),
        "followups": _counter({by: one[0] for by, one in done.items()}),
        "visits": _counter({by: one[1] for by, one in done.items()}),
        "orders": _counter({by: one[0] for by, one in sold.items()}),
        "sales": _counter({by: one[1] for by, one in sold.items()}),
        "collected": _counter(reps.collected(connection, *days)),
    }


def _counter(found: Mapping[str, int]) -> Counter[str | None]:
    return Counter(dict(found))


def _moved(connection: Connection, shifts: figures.Moves, period: Period) -> Sums:
    won: dict[int, str] = {}
    entered = figures.won(connection, shifts, period)
    for move in shifts.all:
        moved = move.to_stage != move.from_stage or move.from_process
        if (
            move.lead_id in entered
            and moved
            and move.to_stage in shifts.won_stages(shifts.process(move).code)
        ):
            won.setdefault(move.lead_id, move.by)
    return {
        "advanced": Counter(move.by for move, step in shifts.steps() if step > 0),
        "won": Counter(won.values()),
        "lost": Counter(move.by for move in shifts.lost()),
    }


def _report(data: dict[str, Any], period: Period, lang: str) -> Report:
    title = t(
        f"reps.title_{data['report']}",
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
    return Report(data, (section,), title, tuple(chat), "reps", fields=("rep", *KEYS))


def _row(one: Mapping[str, Any], name: str, lang: str) -> Row:
    return Row((name, *(_shown(key, one[key], lang) for key in KEYS)))


def _shown(key: str, value: Any, lang: str) -> Any:
    return show_money(round(value * 100), lang) if key in MONEY else value


def _chat(one: Mapping[str, Any], name: str, lang: str) -> str:
    told = [
        f"{t(f'reps.column_{key}', lang)} {_shown(key, one[key], lang)}"
        for key in KEYS
        if one[key] or key in ("visits", "followups")
    ]
    return t("reps.chat", lang, rep=name, told=t("week.comma", lang).join(told))
