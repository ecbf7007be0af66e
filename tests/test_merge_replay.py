"""Merging in random books: the reports are those of one lead, nothing is lost, undo gives back every byte."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.diary import Lead
from tests.merged_diary import MergingLog
from tests.test_report_replay import (
    DAY,
    MONDAY,
    STARTS,
    Program,
    Rep,
    deed,
    environ,
    figures,
    rounded,
    template,
)  # fmt: skip

__all__ = ["environ", "template"]  # fixtures

SETTINGS = settings(
    max_examples=int(os.environ.get("REPLAY_EXAMPLES", "6")),
    derandomize="REPLAY_EXAMPLES" not in os.environ,  # the same each time, unless more are searched
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
SUMS = ("followups", "visits", "reschedules", "orders", "sales", "collected")


class Told(MergingLog):
    """Knows which leads were recorded with a grade."""

    def __init__(self) -> None:
        super().__init__()
        self.graded: set[int] = set()

    def add(self, now: str, **more: Any) -> Lead:
        """As always."""
        return self._known(super().add(now, **more))

    def take(self, now: str, **more: Any) -> Lead:
        """As always."""
        return self._known(super().take(now, **more))

    def _known(self, lead: Lead) -> Lead:
        if lead.grades:
            self.graded.add(lead.id)
        return lead


def rows(book: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but the operations and their images."""
    connection = sqlite3.connect(book)
    try:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = [name for name in names if name not in ("operation", "history", "sqlite_sequence")]
        return {name: connection.execute(f"SELECT * FROM {name} ORDER BY id").fetchall() for name in kept}
    finally:
        connection.close()


def weeks(rep: Rep, start: str) -> list[date]:
    """A day of each week of the book."""
    first = date.fromisoformat(start[:10]) - timedelta(days=7)
    count = (rep.clock.date() - first).days // 7 + 1
    return [min(first + timedelta(days=7 * week), rep.clock.date()) for week in range(count + 1)]


def promised(reports: list[dict[str, Any]]) -> int:
    """How many promises the reports tell of."""
    return sum(report["promises"]["due"] for report in reports)


ADDED, GRADED = ("add", 0, 0, -1, 1), ("add", 0, 0, 5, 3)
# the second was won before the first was parked; both promise a day
CROSSING = [
    ADDED, GRADED, DAY, ("order", 1, 0, 0, 2), DAY, ("park", 0, 0, 5, 1), ("lose", 1, 0, 0, 1), DAY,
    ("reopen", 0, 0, 3, 1), DAY,
]  # fmt: skip

# the same minute throughout: what took a promise's place is the next one of the same lead
SAME_MINUTE = [
    ("park", 0, 0, 6, 17), ("log", 0, 0, 3, 0), ("reopen", 0, 0, 0, 0), ("grade", 0, 0, 4, 12), ("log", 0, 0, 3, 22),
    ("log", 0, 0, 3, 0), ("log", 1, 0, 1, 0), ("order", 0, 0, 4, 0), ("log", 0, 0, 6, 22), ("log", 0, 0, 2, 0),
    ("log", 0, 0, 10, 0), ("log", 0, 0, 0, 0),
]  # fmt: skip
# one was graded hot by hand in the minute in which the other was recorded with a grade of its own
GRADED_THEN = [("import", 0, 0, 6, 0), ("log", 4, 0, 1, 12), ("add", 0, 0, -1, 22), ("add", 0, 0, 0, 0)]


@SETTINGS
@given(
    start=st.sampled_from(STARTS),
    deeds=st.lists(deed, min_size=15, max_size=35),
    which=st.tuples(st.integers(0, 9), st.integers(0, 9)),
)
@example(start=MONDAY, deeds=CROSSING, which=(0, 1))
@example(start=MONDAY, deeds=CROSSING, which=(1, 0))
@example(start=MONDAY, deeds=SAME_MINUTE, which=(0, 0))
@example(start=MONDAY, deeds=GRADED_THEN, which=(3, 1))
def test_two_leads_merged_are_reported_as_one(
    template: Program,
    tmp_path: Path,
    environ: Callable[[str, str], None],
    start: str,
    deeds: list[Any],
    which: tuple[int, int],
) -> None:
    book = Program(Path(shutil.copy(template.book, tmp_path / "book.db")), environ)
    rep = Rep(book, start, True)
    log = rep.log = Told()
    for kind, lead, minutes, day, choice in (ADDED, GRADED, *deeds):
        rep.clock += timedelta(minutes=minutes)
        rep.do(kind, lead, day, choice)
    kept = log.leads[which[0] % len(log.leads)]
    gone = [lead for lead in log.leads if lead is not kept][which[1] % (len(log.leads) - 1)]
    before = [book.json(rep.now, "report", "week", "--date", f"{day}") for day in weeks(rep, start)]
    apart = rows(book.book)

    done = book.json(rep.now, "merge", str(kept.id), str(gone.id))
    assert book(rep.now, "check") == ""
    log.merge(kept, gone, rep.now, log.graded)
    for then, day in zip(before, weeks(rep, start), strict=True):
        found = book.json(rep.now, "report", "week", "--date", f"{day}")
        assert figures(found) == rounded(log.report("week", day, rep.now)), day
        assert [found["totals"][name] for name in SUMS] == [then["totals"][name] for name in SUMS]
    assert done["followups"] == len(kept.followups) + len(gone.followups)
    assert done["reschedules"] == len(kept.reschedules) + len(gone.reschedules)
    together = rows(book.book)
    for table in ("followup", "contact", "sales_order", "quote", "payment"):
        assert len(together[table]) == len(apart[table])

    book(rep.now, "undo")
    assert rows(book.book) == apart
    assert book(rep.now, "check") == ""
    for then, day in zip(before, weeks(rep, start), strict=True):
        assert book.json(rep.now, "report", "week", "--date", f"{day}") == then
    book(rep.now, "redo")
    assert rows(book.book) == together
    assert book(rep.now, "check") == ""


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_lead_merged_twice_over(
    template: Program, tmp_path: Path, environ: Callable[[str, str], None], order: tuple[int, int]
) -> None:
    """Three leads become one in two steps; both are taken apart again, and joined again."""
    book = Program(Path(shutil.copy(template.book, tmp_path / "book.db")), environ)
    rep = Rep(book, MONDAY, True)
    log = rep.log = Told()
    for kind, lead, minutes, day, choice in (ADDED, GRADED, GRADED, *CROSSING[2:]):
        rep.clock += timedelta(minutes=minutes)
        rep.do(kind, lead, day, choice)
    states = [rows(book.book)]
    first, second = log.leads[order[0]], log.leads[order[1]]
    last = log.leads[2]
    book(rep.now, "merge", str(first.id), str(second.id))
    states.append(rows(book.book))
    log.merge(first, second, rep.now, log.graded)
    joined = next(one for one in log.leads if one.id == first.id)
    book(rep.now, "merge", str(last.id), str(first.id))
    states.append(rows(book.book))
    log.merge(last, joined, rep.now, log.graded - {joined.id})
    for day in weeks(rep, MONDAY):
        found = book.json(rep.now, "report", "week", "--date", f"{day}")
        assert figures(found) == rounded(log.report("week", day, rep.now)), day
    assert len(states[2]["former"]) == 2
    book(rep.now, "undo")
    assert rows(book.book) == states[1]
    book(rep.now, "undo")
    assert rows(book.book) == states[0]
    book(rep.now, "redo", "2")
    assert rows(book.book) == states[2]
    assert book(rep.now, "check") == ""
