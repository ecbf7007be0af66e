"""A book with a whole year in it, for the reports that reckon with all of it."""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from bench import books, measure
from salesflow import processes

LEADS, ORDERS = 100_000, 20_000
RUNS = 3  # of which the quickest counts: the machine does other things too
BACK = 400  # days ago that the oldest lead was received
STAY = 24  # days in a stage, on average
_ON, _LOST, _PARKED = 0.5, 0.3, 0.08  # what ends a stay: the next stage, no deal, set aside; else it goes on
_MADE = {
    "sales_order": "uid lead_id signed_on amount_fen cost_fen product delivered_on by recorded_at",
    "payment": "uid lead_id order_id paid_on amount_fen by recorded_at",
    "field_change": "lead_id field at old new by",
    "target": "uid metric period value by recorded_at",
}


class Year(books.Maker):
    """Leads that came in over a year and went their ways: on, out, into orders and payments.

    A lead's way is drawn stage by stage; ``move`` tells it, the lead's row says where it ended.
    """

    def __init__(self, leads: int, orders: int, process: processes.Process) -> None:
        super().__init__(leads, process)
        self.wanted = orders
        self.ways: dict[int, list[tuple[Any, ...]]] = {}
        self.deals: list[tuple[int, date]] = []
        self.sold: list[tuple[int, int, date, int]] = []  # order, lead, day, amount
        self._number = 0

    def _place(self) -> dict[str, Any]:
        self._number += 1
        draw = self.random
        row = super()._place()
        received = books.NOW - timedelta(days=draw.randrange(2, BACK), minutes=draw.randrange(480))
        stage, status, at = self._walk(received)
        last = max(received + timedelta(hours=20), at)
        row |= {
            "stage": stage,
            "status": status,
            "received_at": _instant(received),
            "first_followup_at": _instant(received + timedelta(hours=20)),
            "last_followup_at": _instant(last),
            "graded_at": _instant(received + timedelta(hours=20)),
            "created_at": _instant(received),
            "updated_at": _instant(last),
        }
        gone = status == "lost"
        return {**row, "next_date": None, "next_time": None, "next_reason": None} if gone else row

    def _walk(self, received: datetime) -> tuple[str, str, datetime]:
        draw, stages, at, place = self.random, self.process.stages, received, 0
        way = self.ways[self._number] = []
        while not stages[place].won:
            then = at + timedelta(days=1 + draw.expovariate(1 / STAY))
            if then >= books.NOW:
                break
            at, chance, code = then, draw.random(), stages[place].code
            if chance < _ON:
                place += 1
                way.append((_instant(at), code, stages[place].code, "open", "open", None))
                if stages[place].won:
                    self.deals.append((self._number, at.date()))
            elif chance < _ON + _LOST:
                way.append((_instant(at), code, code, "open", "lost", draw.choice(self.process.lost).code))
                return code, "lost", at
            elif chance < _ON + _LOST + _PARKED:
                way.append(
                    (_instant(at), code, code, "open", "parked", draw.choice(self.process.parked).code)
                )
                return code, "parked", at
        return stages[place].code, "open", at

    def moves(self, lead: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
        """The rows of ``move`` of one lead: its way."""
        for at, *moved in self.ways[lead["id"]]:
            yield (self._uid(), lead["id"], at, *moved, "rep", at)

    def orders(self) -> Iterator[tuple[Any, ...]]:
        """The rows of ``sales_order``: one a deal, then more of the same customers, a month apart."""
        deals, number = self.deals, 0
        while number < self.wanted and deals:
            for lead_id, day in deals[: self.wanted - number]:
                number += 1
                signed = min(day, books.NOW.date())
                amount = self.random.randrange(2, 40) * 250_000
                self.sold.append((number, lead_id, signed, amount))
                cost = amount * 6 // 10 if self.random.random() < 0.9 else None
                delivered = _day(signed + timedelta(days=7))
                at = f"{signed}T18:00"
                yield (self._uid(), lead_id, signed.isoformat(), amount, cost, None, delivered, "rep", at)
            ahead = [(lead_id, day + timedelta(days=30)) for lead_id, day in deals]
            deals = [(lead_id, day) for lead_id, day in ahead if day <= books.NOW.date()]

    def payments(self) -> Iterator[tuple[Any, ...]]:
        """The rows of ``payment``: four orders in five, in full."""
        for number, lead_id, signed, amount in self.sold:
            paid = signed + timedelta(days=self.random.randrange(10, 60))
            if self.random.random() < 0.8 and paid <= books.NOW.date():
                yield (self._uid(), lead_id, number, paid.isoformat(), amount, "rep", f"{paid}T18:00")

    def grades(self, lead: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
        """The rows of ``field_change`` of one lead: the grade that its first follow-up gave it."""
        if lead["grade"]:
            yield (lead["id"], "grade", lead["graded_at"], None, lead["grade"], "rep")

    def targets(self) -> Iterator[tuple[Any, ...]]:
        """The rows of ``target``: those of every month and week."""
        for metric, period, value in (("sales", "month", 3 * 10**9), ("visits", "week", 2000)):
            yield (self._uid(), metric, period, value, "rep", _instant(books.NOW))

    def _uid(self) -> str:
        return f"{self.random.getrandbits(64):016x}"


def make_year_book(path: Path, leads: int = LEADS, orders: int = ORDERS) -> Path:
    """A book of a year at ``path``, five follow-ups a lead; one that stands there already is kept."""
    return books.make(path, leads, lambda process: Year(leads, orders, process), _fill)


def _fill(connection: sqlite3.Connection, maker: Any) -> None:
    names = {
        **books.COLUMNS,
        "move": "uid lead_id at from_stage to_stage from_status to_status reason by recorded_at",
    }
    rows = books.fill(connection, maker, names)
    more = {
        "sales_order": maker.orders(),
        "payment": maker.payments(),
        "field_change": (one for row in rows for one in maker.grades(row)),
        "target": maker.targets(),
    }
    for table, records in more.items():
        books.insert(connection, table, _MADE[table].split(), records)


# the least that any program does which reckons with the whole book: it reads what the book tells of each lead
_FLOOR = """
import sqlite3, sys
book = sqlite3.connect(sys.argv[1])
for query in sys.argv[2].split(';'):
    for row in book.execute(query):
        pass
"""
_FLOORS = {
    "report forecast": "SELECT id, process, stage, status, grade, received_at, goal_fen FROM lead;"
    " SELECT lead_id, at, from_stage, to_stage, to_status, reason FROM move ORDER BY lead_id, at;"
    " SELECT lead_id, at FROM followup WHERE visit; SELECT lead_id, at, new FROM field_change ORDER BY lead_id, at;"
    " SELECT lead_id, signed_on, amount_fen FROM sales_order",
    # five months of it, and the state of every lead
    "report kpi": "SELECT id, process, stage, status, received_at, first_followup_at FROM lead;"
    " SELECT lead_id, at, from_stage, to_stage, from_status, to_status, reason FROM move WHERE at >= '2026-07';"
    " SELECT lead_id, date, made_at, ended_at, ended FROM promise WHERE date >= '2026-07';"
    " SELECT lead_id, at, via, visit FROM followup WHERE at >= '2026-07';"
    " SELECT lead_id, signed_on, amount_fen, cost_fen, delivered_on FROM sales_order;"
    " SELECT lead_id, paid_on, amount_fen FROM payment",
}
SECONDS, MEGABYTES = 1.5, 300
REPORTS = (
    "day", "week", "month", "quarter", "funnel", "meeting", "ageing", "coverage", "team", "visits", "promises", "hot",
    "sources", "new", "first-contact", "reasons", "service", "calendar",
)  # fmt: skip
ROUTES = ("plan", "plan week")
PAGE_KILOBYTES = 300
REPORT_SECONDS = 2.0
# the whole book once: what every lead is, and all that was done with it
_EVERYTHING = (
    "SELECT id, process, stage, status, grade, graded_at, goal_fen, created_at, received_at, first_followup_at"
    " FROM lead; SELECT id, name, short, city, owner, area FROM lead;"
    " SELECT lead_id, at, via, visit, answered FROM followup;"
    " SELECT lead_id, date, made_at, ended_at, ended FROM promise;"
    " SELECT lead_id, at, from_stage, to_stage, from_status, to_status, reason FROM move ORDER BY at, id"
)
TIMES = 1.7  # that floor


def lines(folder: Path, line: Callable[..., Any]) -> Iterator[Any]:
    """What each report that reckons with a whole year costs: processor time, memory, times its floor."""
    book = str(make_year_book(folder / "year.db"))
    for command, queries in _FLOORS.items():
        argv = [sys.executable, "-m", "salesflow", "--db", book, *command.split()]
        runs = [measure.usage(argv) for _ in range(RUNS)]
        least = min(_floor(book, queries) for _ in range(RUNS))
        took = min(one.seconds for one in runs)
        yield line(f"{command}, {LEADS:,} leads: processor time", took, SECONDS, " s")
        yield line(f"{command}: memory at the peak", runs[0].megabytes, MEGABYTES, " MB")
        yield line(
            f"{command}: its rows read and nothing else", took / least, 5, note=f"{took:.2f} / {least:.2f} s"
        )
    least = min(_floor(book, _EVERYTHING) for _ in range(RUNS))
    for command in (*(f"report {name}" for name in REPORTS), *ROUTES):
        argv = [sys.executable, "-m", "salesflow", "--db", book, *command.split()]
        runs = [measure.usage(argv) for _ in range(RUNS)]
        took = min(one.seconds for one in runs)
        yield line(f"{command}: processor time", took, REPORT_SECONDS, " s")
        note = f"{took:.2f} / {least:.2f} s"
        yield line(f"{command}: the book read and nothing else", took / least, TIMES, note=note)
        yield line(f"{command}: memory at the peak", runs[0].megabytes, MEGABYTES, " MB")
    yield from _pages(book, line)


def _pages(book: str, line: Callable[..., Any]) -> Iterator[Any]:
    # a page is cut where a list is long, be the book as large as it may
    with tempfile.TemporaryDirectory() as folder:
        for name in ("week", "month", "hot", "meeting"):
            file = Path(folder) / f"{name}.html"
            page = ["report", name, "--html", str(file), "-f", "chat"]
            measure.usage([sys.executable, "-m", "salesflow", "--db", book, *page])
            size = file.stat().st_size / 1000
            yield line(f"report {name} --html: the page", size, PAGE_KILOBYTES, " kB")


def _floor(book: str, queries: str) -> float:
    return measure.usage([sys.executable, "-c", _FLOOR, book, queries]).seconds


def _day(day: date) -> str | None:
    return day.isoformat() if day <= books.NOW.date() else None


def _instant(moment: datetime) -> str:
    return f"{min(moment, datetime.combine(books.NOW.date(), time(9))):%Y-%m-%dT%H:%M}"
