"""The measures of any book, counted in a few passes, are those that go lead by lead and promise by promise."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from test_report_replay import SETTINGS, STARTS, Program, deed, environ, replayed, template

from salesflow import receivables
from salesflow.reports import figures, measures, promised
from salesflow.reports.period import Period, period
from salesflow.reports.processes import Processes
from salesflow.store import orders, payments
from salesflow.store.standing import Leads, Recent

__all__ = ["environ", "template"]  # fixtures


def slowly(connection: sqlite3.Connection, span: Period) -> dict[str, Any]:
    """(part, of) or the value of the measures that have a slower way to be counted."""
    book = figures.Book(connection, Processes(connection), Leads(connection))
    shifts = figures.Moves(book, span)
    won = figures.won(connection, shifts, span)
    codes = {(process.code, stage) for process in book.processes.all() for stage in process.won_codes}
    new = {lead.id for lead in book.leads.received(span.start, span.moment)}
    open_before = {
        lead.id
        for lead in book.leads.open_at(span.before)
        if lead.received_at and lead.received_at < span.start and (lead.process, lead.stage) not in codes
    }
    contact = figures.first_contact(book, span)
    outcomes = promised.outcomes(connection, span)
    day = "9" if span.complete else span.moment[:10]
    waiting = sum(outcome == "open" and one.date >= day for one, outcome in outcomes)
    everyone = [row[0] for row in connection.execute("SELECT id FROM lead")]
    terms = dict.fromkeys(everyone, 30)
    owing = receivables.balances(
        orders.orders_of(connection, everyone),
        payments.payments_of(connection, everyone),
        orders.dues_of(connection, everyone),
        span.day,
        terms,
    )
    sums = figures.counts(book, span, shifts)
    return {
        "sales": sums["sales"],
        "margin": sums["margin"],
        "orders": sums["orders"],
        "new_customers": sums["won"],
        "new_leads": sums["new_leads"],
        "visits": sums["visits"],
        "new_closing": (len(won & new), len(new)),
        "carried_closing": (len(won & open_before), len(open_before)),
        "first_contact": (contact["met"], contact["met"] + contact["missed"]),
        "promises_kept": (sum(outcome == "kept" for _, outcome in outcomes), len(outcomes) - waiting),
        "lost_known": sums["lost"],
        "outstanding": sum(one.outstanding_fen for one in owing.values()),
        "overdue": sum(one.overdue_fen for one in owing.values()),
    }


def fast(found: dict[str, measures.Counted]) -> dict[str, Any]:
    """The same of what the report counts."""
    pairs = ("new_closing", "carried_closing", "first_contact", "promises_kept")
    told = {name: (found[name].part, found[name].of) for name in pairs}
    return {
        name: told.get(name, found[name].of if name == "lost_known" else found[name].value)
        for name in (
            "sales", "margin", "orders", "new_customers", "new_leads", "visits", *pairs, "lost_known",
            "outstanding", "overdue",
        )
    }  # fmt: skip


@SETTINGS
@given(start=st.sampled_from(STARTS), deeds=st.lists(deed, min_size=20, max_size=40))
def test_the_measures_are_counted_right(
    template: Program, tmp_path: Path, environ: Callable[[str, str], None], start: str, deeds: list[Any]
) -> None:
    book = Program(Path(shutil.copy(template.book, tmp_path / "book.db")), environ)
    now = datetime.fromisoformat(start)
    for rep, _ in replayed(book, start, deeds, backdates=True):
        now = rep.clock
    connection = sqlite3.connect(book.book)
    try:
        for kind in ("day", "week", "month"):
            spans = measures.span(period(kind, now.date(), now))
            spans += measures.span(period(kind, now.date() - timedelta(days=3), now))[:1]
            mixed = figures.Book(connection, Processes(connection), Recent(connection, spans[0].start))
            for span, found in zip(spans, measures.count(mixed, spans), strict=True):
                assert fast(found) == slowly(connection, span), (kind, span.label)
    finally:
        connection.close()


def test_a_period_knows_the_four_before_it() -> None:
    """Of November 2026: October to July."""
    spans = measures.span(period("month", date(2026, 11, 24), datetime(2026, 11, 24, 9)))
    assert [one.label for one in spans] == ["2026-11", "2026-10", "2026-09", "2026-08", "2026-07"]
