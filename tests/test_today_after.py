"""Today's list looks for care visits and re-orders through indexes: it finds just those that the report finds."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from kit import Book

SHOPS = 25
FIRST = date(2025, 9, 1)


def days(count: int, seed: int) -> list[date]:
    """So many days from September 2025 to the end of October 2026, the first first."""
    draw = random.Random(seed)
    return sorted(FIRST + timedelta(days=draw.randrange(420)) for _ in range(count))


def filled(book: Book, seed: int) -> None:
    """Shops with up to six orders each, a third of them with a product, and follow-ups that some did not answer."""
    draw = random.Random(seed)
    names = [f"店{number}" for number in range(SHOPS)]
    book("add", "-", stdin="\n".join(names), now="2025-09-01T08:00")
    orders, told = ["lead,signed_on,amount,product"], ["lead,at,via,note"]
    for number in range(1, SHOPS + 1):
        for on in days(draw.randrange(7), seed * 100 + number):
            orders.append(f"{number},{on},1000,{draw.choice(['前挡膜', '', ''])}")
        for on in days(draw.randrange(9), seed * 200 + number):
            told.append(f"{number},{on},phone,{draw.choice(['没接', '说好', '够用'])}")
    for kind, lines in (("orders", orders), ("followups", told)):
        path = book.path.parent / f"{kind}.csv"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        book("import", str(path), "--kind", kind, now="2026-11-01T08:00")
    book("product", "add", "前挡膜", "--cycle", "45天", now="2026-11-01T08:00")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_today_and_the_report_agree_whatever_happened(book: Book, seed: int) -> None:
    filled(book, seed)
    seen = set()
    for step in range(0, 60, 4):
        now = f"{date(2026, 9, 20) + timedelta(days=45 + step)}T09:00"
        listed = book("today", "--json", now=now).json["reminders"]
        report = book("report", "service", "--json", now=now).json
        for kind, name in (("care", "care"), ("reorder", "reorders")):
            wanted = {one["lead_id"] for one in report[name] if one["state"] in ("due", "late")}
            assert {one["lead_id"] for one in listed if one["kind"] == kind} == wanted, (now, kind)
            seen |= {(kind, one) for one in wanted}
    assert {kind for kind, _ in seen} == {"care", "reorder"}
