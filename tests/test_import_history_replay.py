"""History that is imported counts as if it had been typed on its day: typed into one book, imported into another.

What a rep did is typed line by line, each on its day; its follow-ups, moves and orders are then
written down as sheets and imported into a book that has only the leads. Every report must say the
same of both, whichever sheet comes first, and in one mixed file whose lines stand in any order.

What the sheets cannot carry, and the log therefore leaves out:

- without a sheet of promises, ``next`` and ``reopen --next``: a date set or moved by hand is no row of any
  other kind, so that ``reschedules`` and ``without_why`` cannot be told;
- ``log --no-next`` while a later day stands: a blank next date reads as 'it stands';
- ``edit --grade`` and ``edit --goal``: a grade comes with a follow-up or with the lead, a goal with the lead;
- ``reopen`` on the day of an order that came before it, and an order later on the day on which the lead was
  parked or lost: a sheet of orders has days without hours, and the order of a day on which the lead is open is
  a deal of that day;
- what was written down on another day than it took place: a sheet has the day it belongs to alone.

Left aside in the comparison: the ids of records, and when a row was written down
(``created_at updated_at recorded_at uid``).
"""

from __future__ import annotations

import csv
import json
import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.test_report_replay import Program, environ

__all__ = ["environ"]  # a fixture

START = "2026-01-05T09:00"  # a Monday
DEEDS = ("log", "log", "log", "log", "add", "advance", "park", "lose", "reopen", "order", "next", "next")
MINUTES = (1, 7, 300, 1440, 2 * 1440, 3 * 1440, 9 * 1440)
GRADES = (None, None, "H", "A", "B", None)
STAGES = ("info", "qualified", "prospect", "customer")

deed = st.tuples(
    st.sampled_from(DEEDS),
    st.integers(0, 3),
    st.sampled_from(MINUTES),
    st.integers(1, 12),
    st.integers(0, 23),
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, environ: Callable[[str, str], None]) -> Program:
    """A book with nothing in it yet."""
    empty = Program(tmp_path_factory.mktemp("history") / "empty.db", environ)
    empty("2025-01-01T08:00", "init", "--rep", "陈磊")
    return empty


class Typed:
    """Types what a rep did, each deed on its day."""

    def __init__(self, program: Program, promised: bool) -> None:
        self.run, self.clock, self.leads = program, datetime.fromisoformat(START), 0
        self.promised = promised
        self.ordered: set[tuple[int, date]] = set()
        self.closed: set[tuple[int, date]] = set()

    @property
    def now(self) -> str:
        """The clock."""
        return self.clock.isoformat(timespec="minutes")

    def do(self, kind: str, lead: int, minutes: int, ahead: int, choice: int) -> None:
        """One deed, where it makes sense."""
        self.clock += timedelta(minutes=minutes)
        day = (self.clock.date() + timedelta(days=ahead)).isoformat()
        if kind == "add" or not self.leads:
            if self.leads < 4:
                self.leads += 1
                words = ["--grade", GRADES[choice % 6]] if GRADES[choice % 6] else []
                words += ["--next", day] if choice % 2 else []
                self.run(self.now, "add", f"店{self.leads}", *words)
            return
        record = self.run.json(self.now, "show", str(1 + lead % self.leads))
        getattr(self, f"_{kind}")(record, day, choice)

    def _log(self, lead: dict[str, Any], day: str, choice: int) -> None:
        words = ["log", str(lead["id"]), f"第{choice}次", "--via", ("visit", "phone", "wechat")[choice % 3]]
        words += ["--grade", GRADES[choice % 6]] if GRADES[choice % 6] else []
        words += ["--next", day, "--for", "送样"] if choice % 4 == 0 else []
        words += ["--no-answer"] if choice % 7 == 2 else []
        words += ["--incoming"] if choice % 8 == 3 else []
        self.run(self.now, *words)

    def _advance(self, lead: dict[str, Any], day: str, choice: int) -> None:
        if lead["status"] == "open" and STAGES[choice % 4] != lead["stage"]:
            self.run(self.now, "advance", str(lead["id"]), STAGES[choice % 4], "--force", "--why", "so")

    def _park(self, lead: dict[str, Any], day: str, choice: int) -> None:
        if lead["status"] == "open":
            self.run(self.now, "park", str(lead["id"]), "--reason", "other", "--why", "so", "--until", day)
            self.closed.add((lead["id"], self.clock.date()))

    def _lose(self, lead: dict[str, Any], day: str, choice: int) -> None:
        if lead["status"] != "lost":
            reason = "other" if choice % 3 else "invalid"
            self.run(self.now, "lose", str(lead["id"]), "--reason", reason, "--why", "so")
            self.closed.add((lead["id"], self.clock.date()))

    def _reopen(self, lead: dict[str, Any], day: str, choice: int) -> None:
        if lead["status"] != "open" and (lead["id"], self.clock.date()) not in self.ordered:
            words = ["--next", day] if self.promised and choice % 2 else []
            self.run(self.now, "reopen", str(lead["id"]), *words)

    def _next(self, lead: dict[str, Any], day: str, choice: int) -> None:
        if not self.promised or lead["status"] == "lost":
            return
        words = ["--no-next"] if choice % 6 == 5 else [day]
        words += ["--why", "so"] if choice % 3 and choice % 6 != 5 else []
        self.run(self.now, "next", str(lead["id"]), *words)

    def _order(self, lead: dict[str, Any], day: str, choice: int) -> None:
        if lead["status"] != "open" and (lead["id"], self.clock.date()) in self.closed:
            return
        self.run(self.now, "order", str(lead["id"]), str(1000 + choice))
        self.ordered.add((lead["id"], self.clock.date()))


SHEETS = {
    "followups": """SELECT l.name AS lead, f.at, f.via, f.incoming, f.answered, f.note, g.new AS grade,
        p.date AS next_date, p.time AS next_time, p.reason AS next_reason, p.via AS next_via, f.by
        FROM followup f JOIN lead l ON l.id = f.lead_id
        LEFT JOIN field_change g ON g.followup_id = f.id LEFT JOIN promise p ON p.followup_id = f.id""",
    "stages": """SELECT l.name AS lead, m.at, m.to_stage AS stage, m.to_status AS status, m.reason, m.until, m.why,
        m.forced, m.by FROM move m JOIN lead l ON l.id = m.lead_id""",
    "orders": """SELECT l.name AS lead, o.signed_on, o.amount_fen / 100 AS amount, o.by
        FROM sales_order o JOIN lead l ON l.id = o.lead_id""",
    "promises": """SELECT l.name AS lead, p.date, p.time, p.reason, p.via, p.made_at, m.date AS moved_from, p.why,
        p.by, p.ended_at, p.ended FROM promise p JOIN lead l ON l.id = p.lead_id
        LEFT JOIN promise m ON m.id = p.moved_from""",
}
# what a lead was recorded with: its grade and its first promise
LEADS = """SELECT l.name, l.received_at AS received, json_extract(h.after, '$.grade') AS grade,
    (SELECT date FROM promise p WHERE p.lead_id = l.id AND p.made_at = l.created_at AND p.followup_id IS NULL) AS next
    FROM lead l JOIN history h ON h.table_name = 'lead' AND h.row_id = l.id AND h.before IS NULL ORDER BY l.id"""


def rows(book: Path, sql: str) -> list[dict[str, Any]]:
    """The rows of a query, shuffled by nobody."""
    connection = sqlite3.connect(book)
    connection.row_factory = sqlite3.Row
    try:
        return [dict(row) for row in connection.execute(sql)]
    finally:
        connection.close()


def imported(typed: Typed, into: Program, shuffle: random.Random, mixed: bool) -> None:
    """The leads of the typed book and then its sheets, in any order of sheets and rows."""
    folder = into.book.parent
    leads = rows(typed.run.book, LEADS)
    kinds = [kind for kind in SHEETS if typed.promised or kind != "promises"]
    sheets = {kind: rows(typed.run.book, SHEETS[kind]) for kind in kinds}
    for found in sheets.values():
        shuffle.shuffle(found)
    if mixed:
        lines = [{"type": kind[:-1], **row} for kind, found in sheets.items() for row in found]
        shuffle.shuffle(lines)
        lines[shuffle.randint(0, len(lines)) :] += [{"type": "lead", **row} for row in leads]
        file = folder / "all.jsonl"
        file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
        answer = into.json(typed.now, "import", str(file))
        # promises that another line makes are known, or told of twice
        assert answer["added"] + (answer["duplicates"] if typed.promised else 0) == len(lines), answer
        assert into.json(typed.now, "import", str(file))["duplicates"] == len(lines)
        return
    # where a sheet says how promises ended, those of stages must not say but half of it
    whole = ("promises", "stages") if typed.promised else ()
    parts = [part for kind, found in sheets.items() for part in halves(kind, found, shuffle, kind in whole)]
    shuffle.shuffle(parts)
    for kind, found in [("leads", leads), *parts]:
        file = folder / f"{kind}.csv"
        with file.open("w", newline="") as out:
            writer = csv.DictWriter(out, list(found[0]))
            writer.writeheader()
            writer.writerows(found)
        answer = into.json(typed.now, "import", str(file), "--kind", kind)
        known = answer["duplicates"] if kind == "promises" else 0
        assert answer["added"] + known == len(found), (kind, answer)
        assert into.json(typed.now, "import", str(file), "--kind", kind)["added"] == 0, kind


def halves(kind: str, found: list[Any], shuffle: random.Random, whole: bool) -> list[tuple[str, list[Any]]]:
    """The rows in two files, which follow one another or not."""
    place = 0 if whole else shuffle.randint(0, len(found))
    return [(kind, part) for part in (found[:place], found[place:]) if part]


ASIDE = {"created_at", "updated_at", "recorded_at", "uid", "followup_id"}


def told(found: Any) -> Any:
    """An answer without what a sheet cannot carry."""
    if isinstance(found, dict):
        return {key: told(value) for key, value in found.items() if key not in ASIDE}
    return [told(one) for one in found] if isinstance(found, list) else found


def answers(program: Program, now: str) -> dict[str, Any]:
    """Everything that the two books must agree on."""
    first, last = date.fromisoformat(START[:10]), date.fromisoformat(now[:10])
    found = {"list": told(program.json(now, "list"))}
    day = first
    while day <= last + timedelta(days=7):
        for name in ("week", "promises"):
            found[f"{name} {day}"] = told(program.json(now, "report", name, "--date", str(min(day, last))))
        day += timedelta(days=7)
    for name in ("month", "funnel", "visits"):
        found[f"{name} {last}"] = told(program.json(now, "report", name, "--date", str(last)))
        found[f"{name} {first}"] = told(program.json(now, "report", name, "--date", str(first)))
    return found


@settings(
    max_examples=int(os.environ.get("REPLAY_EXAMPLES", "6")),
    derandomize="REPLAY_EXAMPLES" not in os.environ,  # the same each time, unless more are searched
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    deeds=st.lists(deed, min_size=10, max_size=30),
    seed=st.integers(0, 10**6),
    mixed=st.booleans(),
    promised=st.booleans(),
)
def test_imported_history_counts_as_typed(
    template: Program,
    tmp_path: Path,
    environ: Callable[[str, str], None],
    deeds: list[Any],
    seed: int,
    mixed: bool,
    promised: bool,
) -> None:
    typed = Typed(Program(Path(shutil.copy(template.book, tmp_path / "typed.db")), environ), promised)
    for one in deeds:
        typed.do(*one)
    typed.clock += timedelta(minutes=seed % 5000 + 1)
    second = Program(Path(shutil.copy(template.book, tmp_path / "imported.db")), environ)
    imported(typed, second, random.Random(seed), mixed)
    expected, found = answers(typed.run, typed.now), answers(second, typed.now)
    differing = [name for name, value in expected.items() if found[name] != value]
    for name in differing:
        assert found[name] == expected[name], (name, differing)
