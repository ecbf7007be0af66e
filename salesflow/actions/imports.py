"""Leads out of any list, thousands at once: known ones told apart, every row accounted for (K8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from typing import Any, NamedTuple

from salesflow.actions import processes
from salesflow.actions.import_codes import Codes
from salesflow.actions.import_known import Known, traits
from salesflow.actions.import_later import Later
from salesflow.actions.import_lead import LeadIn, Reading, RowIn, read_lead
from salesflow.actions.import_plain import Batch, Pack, Plain, Ready, as_lead, traits_of, unpacked
from salesflow.actions.import_write import Writer
from salesflow.actions.leads import default_process
from salesflow.actions.work import Work
from salesflow.errors import Refused, SalesflowError, Usage
from salesflow.processes import Process
from salesflow.store import bulk, settings
from salesflow.store.rows import as_json

SHOWN = 1000


@dataclass
class Outcome:
    """What became of every row; ``rejects`` are (row, what is wrong), ``rejected`` the cells of these rows.

    ``changes`` are row, lead and fields of the first that were updated; ``completed`` counts the
    duplicates whose people or phones the lead of a row above took in; ``became`` are numbers of leads
    that are part of another now, and of which; ``reckoned`` are periods that were counted from today.
    """

    rows: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicates: int = 0
    possible_duplicates: int = 0
    completed: int = 0
    rejects: list[tuple[int, SalesflowError]] = field(default_factory=list)
    rejected: list[Sequence[str]] = field(default_factory=list)

    changes: list[tuple[int, int, list[str]]] = field(default_factory=list)
    became: dict[int, int] = field(default_factory=dict)
    reckoned: dict[str, str] = field(default_factory=dict)

    def reject(self, row: RowIn, error: SalesflowError) -> None:
        """The row is not taken, for this reason."""
        self.rejects.append((row.number, error))
        self.rejected.append(row.cells)


@dataclass(frozen=True)
class Wanted:
    """How to import: what to do with leads that are there, and the process of those to be.

    Of the file: the order of dates and the header by field, and its name.
    """

    on_duplicate: str = "skip"
    process: str | None = None
    orders: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    file: str = ""
    progress: Callable[[int], None] = lambda rows: None


def all_codes(work: Work, process: str | None = None) -> dict[str, Codes]:
    """The codes of every process of the book by its code, and under '' those for rows that name none."""
    default = default_process(work, process).code
    codes = {code: Codes(work.process(code)) for code in settings.process_codes(work.connection)}
    codes[""] = codes[default]
    return codes


Read = Pack | tuple[RowIn, LeadIn | None]
Ahead = Callable[[Iterator[Any]], Iterator[Any]]
AT_ONCE = 500  # lines of a sheet of which the plain ones are read together
_LONG = 5_000  # rows of a list that is long
_WORTH = 100  # rows that are worth statements of their own


class Many(NamedTuple):
    """The lines of a long sheet, how one is read, and how the cells of many are, by columns."""

    lines: Iterator[Any]
    read: Callable[[Any], RowIn]
    batch: Callable[[Sequence[Sequence[str]]], Batch]


class _BookNeededError(Exception):
    """The row names a process that the book has not; to be read where the book is."""


def _elsewhere(text: str) -> Process:
    raise _BookNeededError(text)


class Importer:
    """Takes row after row of one or more files into one step."""

    def __init__(self, work: Work, wanted: Wanted) -> None:
        codes = all_codes(work, wanted.process)
        self._work = work
        find = partial(processes.named, work)
        self._reading = Reading(codes, work.now, work.by, wanted.orders, wanted.headers, find)
        self._held = set(codes)
        self._known = Known(work.connection)
        self._writer = Writer(work, self._process, self._known.written)
        self._known.before_search = self._writer.find_names
        self._later = Later(work, self._known, wanted.headers, wanted.on_duplicate != "update")
        self._why = wanted.file
        self._policy = wanted.on_duplicate
        self._progress = wanted.progress
        self._is_long = False

    def take(self, rows: Iterable[RowIn], ahead: Ahead = iter) -> Outcome:
        """What became of the rows; all of them are in the book afterwards, or counted as something else.

        ``ahead`` may read them in another place while what was read is written.
        """
        return self._take(ahead(self._ready(rows)))

    def take_many(self, many: Many, ahead: Ahead = iter) -> Outcome:
        """The same of the lines of a sheet, of which ``AT_ONCE`` are read at once, and so come ahead."""
        return self._take(chain.from_iterable(ahead(self._ready_many(many))))

    def _take(self, items: Iterator[Read]) -> Outcome:
        done, told = Outcome(), 0
        self._known.more_come()
        for item in items:
            if len(item) == 2:
                done.rows += 1
                self._single(item, done)
            else:
                done.rows += item[0]
                self._many(item, done)
            if done.rows >= told + 1000:
                told = done.rows
                self._progress(told)
        self._known.all_came()
        self._writer.complete()
        self._finish(done)
        return done

    def _single(self, item: tuple[RowIn, LeadIn | None], done: Outcome) -> None:
        row, lead = item
        if row.faults:
            done.reject(row, row.faults[0])
            return
        try:
            self._one(row, self._referred(lead) if lead else self._read(row), done)
        except SalesflowError as error:
            done.reject(row, error)

    def _many(self, pack: Pack, done: Outcome) -> None:
        rows, marks, *_ = pack
        if rows >= _WORTH and self._known.are_new(marks):
            done.possible_duplicates += self._known.remember_new(marks)
            self._writer.put_many(pack)
            done.added += rows
        else:
            for ready in unpacked(pack):
                self._plain(ready, done)
        if done.added >= _LONG and not self._is_long:
            self._is_long = True
            self._writer.put_off(done.added)

    def _plain(self, ready: Ready, done: Outcome) -> None:
        traits = traits_of(ready)
        same = self._known.alike(traits)
        if same is not None and self._policy == "skip":
            done.duplicates += 1
            self._again(same, as_lead(ready))
            return
        done.possible_duplicates += self._known.remember(self._writer.put(ready), traits)
        done.added += 1

    def _ready_many(self, many: Many) -> Iterator[list[Read]]:
        plain = Plain(self._reading, self._work.at)
        while lines := list(islice(many.lines, AT_ONCE)):
            whole = [line for line in lines if line.fault is None]
            packs = plain.packs(many.batch([line.cells for line in whole])) if whole else {}
            yield list(self._in_order(lines, packs, many.read))

    def _in_order(
        self, lines: Sequence[Any], packs: Mapping[int, Pack], read: Callable[[Any], RowIn]
    ) -> Iterator[Read]:
        place = packed = 0  # among the whole lines, of which so many more are in the last pack
        for line in lines:
            if line.fault is None:
                if place in packs:
                    yield packs[place]
                    packed = packs[place][0]
                place += 1
                if packed:
                    packed -= 1
                    continue
            yield from self._ready((read(line),))

    def _ready(self, rows: Iterable[RowIn]) -> Iterator[Read]:
        # what can be read without the book; the rest of a row that is read is left behind
        alone = self._reading._replace(find=_elsewhere)
        for row in rows:
            lead = None
            if not row.faults:
                with suppress(SalesflowError, _BookNeededError):
                    lead = read_lead(alone, row)
            if lead and self._policy != "update":
                row = row._replace(values={}, custom={}, diary=[])
            yield row, lead

    def _finish(self, done: Outcome) -> None:
        self._later.take()
        done.completed = self._later.people
        for row, lead_id, counted, fields in self._later.placed():
            if counted == "unchanged":
                done.unchanged -= 1
                self._updated(done, row, lead_id, fields)

    def _updated(self, done: Outcome, row: int, lead_id: int, changed: list[str]) -> None:
        done.updated += 1
        if done.updated <= SHOWN:
            done.changes.append((row, lead_id, changed))

    def _again(self, lead_id: int, lead: LeadIn) -> None:
        # a sheet with a row for each person of a shop: none of them is lost
        says_more = lead.people or lead.columns["phone"]
        if says_more and self._writer.is_new(lead_id) and self._later.again(lead_id, lead):
            self._writer.flush()
            self._later.take()

    def _one(self, row: RowIn, lead: LeadIn, done: Outcome) -> None:
        same = self._known.same(lead, self._policy == "update")
        if same is not None and self._policy == "update" and len(self._held) > 2:  # '' is one of them
            lead = self._of_its_process(row, lead, same)
        if same is None or self._policy != "skip":
            self._take_in(lead)
        if same is None or self._policy == "add":
            lead_id = self._writer.add(lead, lead.uid if same is None else None)
            done.possible_duplicates += self._known.remember(lead_id, traits(lead), lead.uid)
            done.added += 1
            self._later.met(lead_id, lead)
            self._later.place(row.number, lead_id, lead, "added")
            return
        self._later.met(same, lead)
        if self._policy == "skip":
            done.duplicates += 1
            self._again(same, lead)
        elif changed := self._writer.update(same, lead, self._why):
            self._updated(done, row.number, same, changed)
            self._later.place(row.number, same, lead, "updated")
        else:
            done.unchanged += 1
            self._later.place(row.number, same, lead, "unchanged")

    def _read(self, row: RowIn) -> LeadIn:
        try:
            return self._referred(read_lead(self._reading, row))
        except Usage:
            # its codes may be those of the process that the lead follows
            named = row.values.get("name")
            known = self._known.named(named) if named and self._policy == "update" else None
            if known is None or row.values.get("process"):
                raise
            return self._within(row, self._follows(known))

    def _of_its_process(self, row: RowIn, lead: LeadIn, lead_id: int) -> LeadIn:
        # a row that names no process speaks of the one that the lead follows
        follows = self._follows(lead_id)
        if follows == lead.process:
            return lead
        if row.values.get("process"):
            raise Refused("imports.other_process", id=lead_id, process=follows)
        return self._within(row, follows)

    def _follows(self, lead_id: int) -> str:
        self._writer.flush()  # it may stand in a row above
        return self._work.lead(lead_id).process

    def _within(self, row: RowIn, process: str) -> LeadIn:
        values = {**row.values, "process": process}
        return self._referred(read_lead(self._reading, row._replace(values=values)))

    def _take_in(self, lead: LeadIn) -> None:
        if lead.process not in self._held:
            processes.take_in(self._work, self._process(lead.process))
            self._held.add(lead.process)

    def _process(self, code: str) -> Process:
        return self._reading.processes[code].process

    def _referred(self, lead: LeadIn) -> LeadIn:
        # who is not in the book (yet) stays a word of the row
        if lead.referrer is None or self._policy == "update":
            return lead
        found = self._known.named(lead.referrer)
        if found is not None:
            lead.columns["referrer_id"] = found
        else:
            column = self._reading.headers.get("referrer", "referrer")
            lead.columns["custom"] = bulk.merged_custom(
                lead.columns["custom"], as_json({column: lead.referrer})
            )
        return lead
