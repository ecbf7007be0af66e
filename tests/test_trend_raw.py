"""The twelve weeks and the average of four, counted again from the raw rows of small random books.

What counts it here knows the tables alone: no function of the program, one row after the other.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from kit import Book

BEGINS, WEEKS = date(2026, 8, 24), 14  # a Monday; the books are of so many weeks
NAMES = ("华星宝马", "锦泰奥迪", "新元素奔驰", "港宏本田", "三和丰田", "天合大众")
STEPS = 70

Rows = dict[str, list[sqlite3.Row]]


def deed(draw: Random, leads: int, orders: int) -> str:
    """One thing that a rep does, as words of a command; some of them the program refuses."""
    lead = draw.randrange(1, leads + 1)
    day = draw.choice(["+3d", "+1w", "+2w"])
    return draw.choice(
        [
            f"visit {lead} 谈价 --next {day}",
            f"visit {lead} 看样品 --no-next",
            f"call {lead} 问价 --next {day}",
            f"log {lead} 没接 --no-answer",
            f"next {lead} {day} 送样品 --why 他出差",
            f"next {lead} {day} 送样品",
            f"advance {lead} --force --why 急",
            f"advance {lead} info --why 弄错了",
            f"lose {lead} --reason other --why 关门",
            f"lose {lead} --reason invalid",
            f"park {lead} --reason other --why 装修 --until +2m",
            f"reopen {lead} --next +1w",
            f"order {lead} {draw.randrange(1, 90)}000.{draw.randrange(100):02}",
            f"order {lead} {draw.randrange(20, 90)}000 --cost {draw.randrange(1, 30)}001.5",
            f"order cancel {draw.randrange(1, orders + 2)} --why 不要了",
            f"payment {lead} {draw.randrange(1, 20)}000 --anyway",
        ]
    )


def played(book: Book, seed: int) -> datetime:
    """The book after some weeks of it; when its last thing was done."""
    draw, leads, orders = Random(seed), 0, 0
    now = datetime.combine(BEGINS, datetime.min.time()) + timedelta(hours=9, days=draw.randrange(20))
    ends = datetime.combine(BEGINS, datetime.min.time()) + timedelta(weeks=WEEKS)
    for step in range(STEPS):
        words = (
            f"add {NAMES[leads % len(NAMES)]}{leads} --grade H"
            if step % 9 == 0
            else deed(draw, leads, orders)
        )
        done = book(*words.split(), now=f"{now:%Y-%m-%dT%H:%M}", code=None)
        assert done.code in (0, 1, 2, 3), (words, done)
        leads += done.code == 0 and words.startswith("add")
        orders += done.code == 0 and words.startswith("order") and "cancel" not in words
        now = min(now + timedelta(minutes=draw.choice([0, 7, 600, 1500, 2400])), ends)
    return now


def rows_of(path: Path) -> Rows:
    """The raw rows of the tables that say what was done."""
    with sqlite3.connect(path) as connection:
        connection.row_factory = sqlite3.Row
        names = ("lead", "followup", "move", "promise", "sales_order", "payment", "process")
        found = {
            name: connection.execute(f"SELECT * FROM {name} ORDER BY id").fetchall() for name in names[:-1]
        }
        found["process"] = connection.execute("SELECT * FROM process").fetchall()
    connection.close()
    return found


def weeks(last: date, count: int) -> Iterator[tuple[str, str]]:
    """The first and the last instant of each week, the oldest first."""
    monday = last - timedelta(days=last.weekday())
    for ago in range(count - 1, -1, -1):
        first = monday - timedelta(weeks=ago)
        yield f"{first}T00:00", f"{first + timedelta(days=6)}T23:59"


def counted(rows: Rows, first: str, last: str) -> dict[str, Any]:
    """The totals from one instant to another; money in fen."""
    process = json.loads(rows["process"][0]["data"])
    order = [one["code"] for one in process["stages"]]
    won = {one["code"] for one in process["stages"] if one.get("won")}
    none = {one["code"] for one in process["lost"] if one.get("counts") is False}
    moves = [one for one in rows["move"] if first <= one["at"] <= last]
    done = [one for one in rows["followup"] if first <= one["at"] <= last]
    steps = [order.index(one["to_stage"]) - order.index(one["from_stage"]) for one in moves]
    changed = [one for one in moves if one["from_status"] != one["to_status"]]
    entered: dict[int, str] = {}
    for one in rows["move"]:
        if one["to_stage"] in won and one["from_stage"] not in won:
            entered[one["lead_id"]] = min(one["at"], entered.get(one["lead_id"], one["at"]))
    signed = [
        one
        for one in rows["sales_order"]
        if first[:10] <= one["signed_on"] <= last[:10]
        and not (one["cancelled_on"] and one["cancelled_on"] <= last[:10])
    ]
    margins = [one["amount_fen"] - one["cost_fen"] for one in signed if one["cost_fen"] is not None]
    paid = [one["amount_fen"] for one in rows["payment"] if first[:10] <= one["paid_on"] <= last[:10]]
    return {
        "new_leads": sum(first <= (one["received_at"] or "") <= last for one in rows["lead"]),
        "followups": len(done),
        "visits": sum(one["visit"] for one in done),
        "leads_touched": len({one["lead_id"] for one in done}),
        "advanced": sum(step > 0 for step in steps),
        "moved_back": sum(step < 0 for step in steps),
        "won": sum(first <= at <= last for at in entered.values()),
        "lost": sum(one["to_status"] == "lost" and one["reason"] not in none for one in changed),
        "parked": sum(one["to_status"] == "parked" for one in changed),
        "reopened": sum(one["to_status"] == "open" for one in changed),
        "reschedules": sum(
            one["moved_from"] is not None and first <= one["made_at"] <= last for one in rows["promise"]
        ),
        "orders": len(signed),
        "sales": sum(one["amount_fen"] for one in signed),
        "margin": sum(margins) if margins else None,
        "collected": sum(paid),
    }


MONEY = ("sales", "margin", "collected")


def told(name: str, value: Any) -> Any:
    """The value as JSON says it: yuan."""
    return value / 100 if name in MONEY and value is not None else value


def average(rows: Rows, spans: Sequence[tuple[str, str]], name: str) -> Any:
    """That of the four periods before, of those that had not ended before the book began."""
    began = min(
        *(one["at"] for one in (*rows["followup"], *rows["move"])),
        *(min(one["received_at"] or "9", one["created_at"]) for one in rows["lead"]),
    )
    values = [counted(rows, *span)[name] for span in spans if span[1] >= began]
    values = [value for value in values if value is not None]
    if not values:
        return None
    if name in MONEY:  # halves of a fen up
        return (2 * sum(values) + len(values)) // (2 * len(values)) / 100
    return round(sum(values) / len(values), 2)


@pytest.mark.parametrize("seed", range(3))
def test_the_twelve_weeks_and_the_average_are_those_of_the_raw_rows(book: Book, seed: int) -> None:
    now = played(book, seed)
    rows = rows_of(book.path)
    some: set[str] = set()
    for day in (now.date(), now.date() - timedelta(weeks=3), now.date() - timedelta(weeks=8)):
        found = book("report", "week", "--date", f"{day}", "--json", now=f"{now:%Y-%m-%dT%H:%M}").json
        spans = list(weeks(day, 12))
        naive = [counted(rows, first, min(last, f"{now:%Y-%m-%dT%H:%M}")) for first, last in spans]
        for name, numbers in found["trend"].items():
            assert numbers == [told(name, one[name]) for one in naive], (seed, day, name)
            assert found["average4"][name] == average(rows, spans[-5:-1], name), (seed, day, name)
            some |= {name} if any(numbers) else set()
        assert found["totals"] == {name: told(name, value) for name, value in naive[-1].items()}
        assert found["previous"] == {name: told(name, value) for name, value in naive[-2].items()}
    assert len(some) >= 12, some  # most of the figures were ever anything


def test_those_of_a_month_with_compare_too(book: Book) -> None:
    now = played(book, 10)
    rows, instant = rows_of(book.path), f"{now:%Y-%m-%dT%H:%M}"
    found = book("report", "month", "--compare", "--json", now=instant).json
    ends = {"2026-07": 31, "2026-08": 31, "2026-09": 30, "2026-10": 31, "2026-11": 30}
    months = [(f"{one}-01T00:00", f"{one}-{last}T23:59") for one, last in ends.items() if one <= instant]
    naive = counted(rows, months[-1][0], min(months[-1][1], instant))
    assert found["totals"] == {name: told(name, value) for name, value in naive.items()}
    for name, value in found["average4"].items():
        assert value == average(rows, months[-5:-1], name), name


def test_what_counts_here_can_fail(book: Book) -> None:
    now = played(book, 0)
    rows = rows_of(book.path)
    span = "2026-08-24T00:00", f"{now:%Y-%m-%dT%H:%M}"
    before = counted(rows, *span)
    for name, figure in (("followup", "followups"), ("sales_order", "sales"), ("lead", "new_leads")):
        fewer = counted(rows | {name: rows[name][: len(rows[name]) // 2]}, *span)
        assert 0 < fewer[figure] < before[figure], name
