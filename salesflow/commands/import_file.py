"""One file on its way in: opened, its columns known, its rows as the importer takes them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salesflow.commands.import_columns import Said
from salesflow.context import App
from salesflow.errors import SalesflowError, Usage

if TYPE_CHECKING:
    from datetime import date

    from salesflow.actions.import_codes import Codes
    from salesflow.actions.import_lead import RowIn
    from salesflow.exchange.mapping import Plan
    from salesflow.exchange.tabular import Fault, Table, TableRow

_SAMPLES = 500
_ALL = (["all"], ["全部"])
# what says that a sheet is none of the kind wanted
NOT_OF_ITS_KIND = ("mapping.no_name", "mapping.no_firm", "mapping.no_key_column", "mapping.no_key_field")
_TEXT = ("csv", "tsv", "jsonl")


@dataclass
class Opened:
    """A file that can be imported: its table, its plan, the order of its dates, its rows.

    ``mixed``: these are the lines of one kind in a file that holds several; ``date_order`` is the
    order of dates that was said, and need not be found.
    """

    name: str
    table: Table
    plan: Plan
    orders: dict[str, str]
    lines: Iterator[TableRow]
    today: date
    mixed: bool = False
    sample: Sequence[Sequence[str]] = ()
    sheet: str = ""  # where several of the file are read
    date_order: str | None = None

    @property
    def rows(self) -> Iterator[RowIn]:
        """The rows as they are taken in, one by one."""
        return map(self.row, self.lines)

    def row(self, line: TableRow) -> RowIn:
        """The row that a line of the table is."""
        from salesflow.actions.import_lead import RowIn
        from salesflow.exchange.diary import diary

        if line.fault is not None:
            return RowIn(line.number, {}, {}, [], (_fault(line.fault),), line.cells)
        record = self.plan.record(line.cells)
        note = record.values.get("note") if self.plan.kind == "leads" else None
        lines = diary(note, self.today) if note and note[:200].strip() else []
        return RowIn(line.number, record.values, record.custom, lines, record.faults, line.cells)

    @property
    def headers(self) -> dict[str, str]:
        """The column that each field is read from."""
        return {field: header for header, field in reversed(self.plan.mapping.items())}

    @property
    def profile(self) -> dict[str, str]:
        """Every column's field, those kept as they are and those left aside too."""
        return {
            **self.plan.mapping,
            **dict.fromkeys(self.plan.custom, "custom"),
            **dict.fromkeys(self.plan.unused, "-"),
        }


def open_file(
    app: App,
    work: Any,
    name: str,
    said: Said,
    codes: dict[str, Codes],
    kind: str = "leads",
    table: Table | None = None,
) -> Opened:
    """The file, its header found and its columns known. Raises Usage, NotFound, Unusable.

    ``table`` is what the file holds, where it has been read already.
    """
    from salesflow.commands import import_columns as columns

    settled_by = partial(columns.overrides, work, said)
    defaults = columns.defaults(said)
    table, sample, rows, plan = _planned(name, said, settled_by, defaults, kind, table)
    cells = [row.cells for row in sample if row.fault is None]
    if kind == "leads":
        columns.check_defaults(defaults, codes)
        plan = columns.without_foreign(plan, cells, codes, settled_by(table.header))
    order = columns.order_said(work, said, table.header)
    orders = columns.date_orders(plan, sample, rows, order)
    plan.counts.clear()  # the sample has been read, and will be read again
    one_of = table.sheet if said.several else ""
    lines = chain(sample, rows)
    found = Opened(said.called(name), table, plan, orders, lines, app.today, sample=cells, sheet=one_of)
    return replace(found, date_order=order)


def _planned(
    name: str,
    said: Said,
    settled_by: Callable[[Sequence[str]], dict[str, str]],
    defaults: dict[str, str],
    kind: str,
    table: Table | None,
) -> tuple[Table, list[TableRow], Iterator[TableRow], Plan]:
    """The table, its first rows, the rest, and its plan; of a workbook the first sheet that has names."""
    from salesflow.exchange import mapping

    table = first = table or read_file(name, said, said.sheet)
    refused: Usage | None = None
    for sheet in (first.sheet, *(() if name == "-" else first.other_sheets)):
        if sheet != first.sheet:
            others = tuple(one for one in (first.sheet, *first.other_sheets) if one != sheet)
            table = replace(read_file(name, said, sheet), other_sheets=others)
        rows = iter(table.rows)
        sample = list(islice(rows, _SAMPLES))
        cells = [row.cells for row in sample if row.fault is None]
        try:
            settled = settled_by(table.header)
            plan = mapping.plan(table.header, cells, kind, settled, defaults, alone=said.people)
            return table, sample, rows, plan
        except Usage as error:
            refused = refused or _with_first_row(error, table, sample)
            if error.key not in NOT_OF_ITS_KIND:
                break
    assert refused is not None
    raise refused


def read_file(name: str, said: Said, sheet: str | None) -> Table:
    """What the file holds, as a table. Raises Usage, NotFound, Unusable."""
    from salesflow.commands import import_columns as columns
    from salesflow.exchange import mapping, tabular

    named = columns.pairs(said.default, "--default").keys() & {"name", "lead"}
    return tabular.read_table(
        sys.stdin.buffer if name == "-" else Path(name),
        name=name,
        encoding=said.encoding,
        sheet=sheet,
        header=said.header,
        looks_like_header=mapping.known_columns,
        alone="lead" if said.people else "blank" if named else "aside",
    )


def sheets(name: str, said: Said, wanted: Sequence[str]) -> list[Said]:
    """What was said of the file, once for each sheet of it that is wanted; ``all`` are those with rows."""
    if len(wanted) < 2 and list(wanted) not in _ALL:
        return [replace(said, sheet=wanted[0] if wanted else None)]
    if name == "-":
        raise Usage("columns.sheets_once")
    if list(wanted) in _ALL:
        first = read_file(name, said, None)
        wanted = (first.sheet, *first.other_sheets)
    return [replace(said, sheet=sheet or None, several=len(wanted) > 1) for sheet in wanted]


def _with_first_row(error: Usage, table: Table, sample: Sequence[TableRow]) -> Usage:
    if error.key != "mapping.no_name" or table.header_row:
        return error
    return Usage(error.key, (), **{**error.values, "row": _first_row(sample)})


def _first_row(sample: Sequence[TableRow]) -> str:
    return " | ".join(sample[0].cells)[:200] if sample else ""


def ahead_of(opened: Opened, size: int = 1) -> Callable[[Iterator[Any]], Iterator[Any]]:
    """How the rows of the file may be read ahead, ``size`` at a time: text by a process of its own."""
    from salesflow.commands.import_ahead import ahead

    return partial(ahead, counts=opened.plan.counts, size=size) if opened.table.format in _TEXT else iter


def _fault(fault: Fault) -> SalesflowError:
    return SalesflowError(fault.key, (), **fault.values)


def progress(app: App) -> AbstractContextManager[Callable[[int], None]]:
    """A function to call with the count of rows; on a terminal it moves a line on stderr."""
    from salesflow.commands.progress import counting

    return counting(app, "imports.reading")
