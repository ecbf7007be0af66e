"""Whatever is sold, cancelled and paid: billed = paid + outstanding, to the fen, in every report and format."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kit import Book, filled

LEADS = ("1", "2")
DAYS = [f"2026-11-{day:02d}" for day in range(2, 25)]  # Monday 2 to Tuesday 24, the clock's day
WEEKS = [("2026-11-08", 2, 8), ("2026-11-15", 9, 15), ("2026-11-22", 16, 22), ("2026-11-24", 23, 24)]


class Sold(NamedTuple):
    """An order as the test keeps it, in fen."""

    lead: str
    fen: int
    on: str
    cancelled: str | None = None


class Ledger:
    """The same sums, counted in a way of its own."""

    def __init__(self) -> None:
        self.orders: dict[int, Sold] = {}
        self.payments: dict[int, tuple[str, int, str]] = {}

    def billed(self, lead: str | None = None) -> int:
        """What the orders that stand come to."""
        return sum(one.fen for one in self.orders.values() if not one.cancelled and lead in (None, one.lead))

    def paid(self, lead: str | None = None) -> int:
        """What was paid."""
        return sum(fen for who, fen, _ in self.payments.values() if lead in (None, who))

    def sales(self, first: str, last: str) -> int:
        """What was signed from day to day and not cancelled by the last."""
        return sum(
            one.fen
            for one in self.orders.values()
            if first <= one.on <= last and not (one.cancelled and one.cancelled <= last)
        )


def fill_two(book: Book) -> None:
    """Two leads that have bought nothing."""
    book("add", "甲店")
    book("add", "乙店")


def fen(value: Any) -> int:
    """An amount of JSON or of a sheet, in fen; the text is read as it is, so that no float rounds."""
    whole, _, part = str(value or 0).partition(".")
    sign = -1 if whole.startswith("-") else 1
    return int(whole) * 100 + sign * int((part + "00")[:2])


def yuan(amount: int) -> str:
    """Fen as a person writes them."""
    return f"{amount // 100}.{amount % 100:02d}"


amounts = st.integers(1, 3_000_000)
steps = st.one_of(
    st.tuples(st.just("order"), st.sampled_from(LEADS), amounts, st.sampled_from(DAYS)),
    st.tuples(st.just("lines"), st.sampled_from(LEADS), st.integers(1, 9_999), st.sampled_from(DAYS)),
    st.tuples(st.just("pay"), st.sampled_from(LEADS), amounts, st.sampled_from(DAYS)),
    st.tuples(st.just("settle"), st.sampled_from(LEADS), amounts, st.sampled_from(DAYS)),
    st.tuples(st.just("cancel"), st.sampled_from(LEADS), st.integers(0, 5), st.sampled_from(DAYS)),
    st.tuples(st.just("undo"), st.just(""), st.just(0), st.just("")),
)


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(steps, min_size=2, max_size=9))
def test_billed_is_paid_and_outstanding(
    book: Book, tmp_path: Path, said: list[tuple[str, str, int, str]]
) -> None:
    filled(book, fill_two)
    ledger = Ledger()
    for what, lead, number, day in said:
        _do(book, ledger, what, lead, number, day)
    _agrees(book, ledger, tmp_path)


def _do(book: Book, ledger: Ledger, what: str, lead: str, number: int, day: str) -> None:
    if what == "order":
        made = book("order", lead, yuan(number), "--at", day, "--due", "2026-12-01 40%", "--json").json
        ledger.orders[made["id"]] = Sold(lead, number, day)
    elif what == "lines":
        # so many thousandths at 3.33, half a fen up, and two at 0.07
        quantity = f"{number // 1000}.{number % 1000:03d}"
        lines = ("--line", f"前挡膜 {quantity} 3.33", "--line", "侧挡 2 0.07")
        made = book("order", lead, *lines, "--at", day, "--json").json
        ledger.orders[made["id"]] = Sold(lead, (number * 333 + 500) // 1000 + 14, day)
    elif what in ("pay", "settle"):
        owed = max(ledger.billed(lead) - ledger.paid(lead), 0)
        amount = min(number, owed) if what == "settle" else number
        if amount:
            done = book("payment", lead, yuan(amount), "--at", day, "--json", code=None)
            assert done.code == (0 if amount <= owed else 1)
            if done.code == 0:
                ledger.payments[done.json["id"]] = (lead, amount, day)
    elif what == "cancel":
        standing = [key for key, one in ledger.orders.items() if one.lead == lead and not one.cancelled]
        if standing:
            key = standing[number % len(standing)]
            on = max(day, ledger.orders[key].on)
            book("order", "cancel", str(key), "--why", "不要了", "--at", on)
            ledger.orders[key] = ledger.orders[key]._replace(cancelled=on)
    elif ledger.orders or ledger.payments:
        # back and forward again changes no sum
        book("undo")
        book("redo")


def _records(book: Book, *words: str) -> Iterable[list[dict[str, Any]]]:
    # the same list as json, lines of json, csv and tsv
    yield json.loads(book(*words, "-f", "json").out, parse_float=str)
    yield [json.loads(line, parse_float=str) for line in book(*words, "-f", "jsonl").lines]
    for fmt, mark in (("csv", ","), ("tsv", "\t")):
        text = book(*words, "-f", fmt).out.lstrip("\ufeff")
        yield list(csv.DictReader(io.StringIO(text), delimiter=mark))


def _sum(records: Iterable[dict[str, Any]], key: str) -> int:
    return sum(fen(one[key]) for one in records)


def _agrees(book: Book, ledger: Ledger, folder: Path) -> None:
    billed, paid = ledger.billed(), ledger.paid()
    credit = sum(max(ledger.paid(lead) - ledger.billed(lead), 0) for lead in LEADS)
    for listed in _records(book, "order", "list"):
        standing = [one for one in listed if not one["cancelled_on"]]
        assert _sum(standing, "amount") == billed == _sum(listed, "paid") + _sum(listed, "outstanding")
        assert _sum(listed, "paid") == paid - credit
    for listed in _records(book, "payment", "list"):
        assert _sum(listed, "amount") == paid
    found = json.loads(book("payment", "due", "--json").out, parse_float=str)
    totals = {name: fen(value) for name, value in found["totals"].items()}
    assert (totals["billed"], totals["paid"], totals["credit"]) == (billed, paid, credit)
    assert totals["billed"] == totals["paid"] + totals["outstanding"]
    owed = sum(fen(value) for value in found["ageing"].values())
    assert owed == totals["owed"] == _sum(found["items"], "outstanding") == billed - paid + credit
    assert sum(fen(one["outstanding"]) for one in found["leads"]) == totals["outstanding"]
    for lead in LEADS:
        sums = json.loads(book("show", lead, "--json").out, parse_float=str)["receivable"]
        assert (fen(sums["billed"]), fen(sums["paid"])) == (ledger.billed(lead), ledger.paid(lead))
        assert fen(sums["outstanding"]) == ledger.billed(lead) - ledger.paid(lead)
    _reports(book, ledger)
    _exports(book, ledger, folder)


def _reports(book: Book, ledger: Ledger) -> None:
    for last, first_day, last_day in WEEKS:
        answer = book("report", "week", "--date", last, "--json").out
        totals = json.loads(answer, parse_float=str)["totals"]
        days = f"2026-11-{first_day:02d}", f"2026-11-{last_day:02d}"
        assert fen(totals["sales"]) == ledger.sales(*days)
        collected = sum(fen for _, fen, on in ledger.payments.values() if days[0] <= on <= days[1])
        assert fen(totals["collected"]) == collected
    totals = json.loads(book("report", "month", "--json").out, parse_float=str)["totals"]
    assert (fen(totals["sales"]), fen(totals["collected"])) == (ledger.billed(), ledger.paid())


def _exports(book: Book, ledger: Ledger, folder: Path) -> None:
    from python_calamine import CalamineWorkbook

    orders = json.loads(book("export", "orders", "-f", "json").out, parse_float=str)
    assert _sum([one for one in orders if not one["cancelled_on"]], "amount") == ledger.billed()
    dues = list(csv.DictReader(io.StringIO(book("export", "dues").out.lstrip("\ufeff"))))
    assert _sum(dues, "outstanding") == sum(max(ledger.billed(lead) - ledger.paid(lead), 0) for lead in LEADS)
    if not ledger.orders:
        return
    path = folder / "orders.xlsx"
    book("export", "orders", "-o", str(path))
    cells: list[list[Any]] = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    header, *rows = cells
    amount, gone = header.index("金额"), header.index("作废日期")
    known = [round(row[amount] * 100) for row in rows if not isinstance(row[gone], date) and not row[gone]]
    assert sum(known) == ledger.billed()
