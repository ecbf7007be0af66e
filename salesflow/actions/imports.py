"""Leads out of any list, thousands at once: known ones told apart, every row accounted for (K8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from salesflow.actions.import_known import Known
from salesflow.actions.import_lead import Codes, Reading, RowIn, read_lead
from salesflow.actions.import_write import Writer
from salesflow.actions.leads import default_process
from salesflow.actions.work import Work
from salesflow.errors import SalesflowError

POLICIES = ("skip", "update", "add")


@dataclass
class Outcome:
    """What became of every row; ``rejects`` are (row, what is wrong)."""

    rows: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicates: int = 0
    possible_duplicates: int = 0
    rejects: list[tuple[int, SalesflowError]] = field(default_factory=list)


@dataclass(frozen=True)
class Wanted:
    """How to import: what to do with leads that are there, the process, the order of numeric dates by field."""

    on_duplicate: str = "skip"
    process: str | None = None
    orders: dict[str, str] = field(default_factory=dict)
    progress: Callable[[int], None] = lambda rows: None


class Importer:
    """Takes row after row of one or more files into one step."""

    def __init__(self, work: Work, wanted: Wanted) -> None:
        process = default_process(work, wanted.process)
        self._reading = Reading(Codes(process), work.now, work.by, wanted.orders)
        self._known = Known(work.connection)
        self._writer = Writer(work, process)
        self._policy = wanted.on_duplicate
        self._progress = wanted.progress

    def take(self, rows: Iterable[RowIn]) -> Outcome:
        """What became of the rows; all of them are in the book afterwards, or counted as something else."""
        done = Outcome()
        for row in rows:
            done.rows += 1
            if row.faults:
                done.rejects.append((row.number, row.faults[0]))
                continue
            try:
                self._one(row, done)
            except SalesflowError as error:
                done.rejects.append((row.number, error))
            if not done.rows % 1000:
                self._progress(done.rows)
        self._writer.flush()
        return done

    def _one(self, row: RowIn, done: Outcome) -> None:
        lead = read_lead(self._reading, row)
        same = self._known.same(lead)
        if same is None or self._policy == "add":
            lead_id = self._writer.add(lead, row.values.get("uid") if same is None else None)
            done.possible_duplicates += self._known.remember(lead_id, lead)
            done.added += 1
        elif self._policy == "skip":
            done.duplicates += 1
        elif self._writer.update(same, lead):
            done.updated += 1
        else:
            done.unchanged += 1
