"""One file on its way in: opened, its columns known, its rows as the importer takes them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
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


@dataclass
class Opened:
    """A file that can be imported: its table, its plan, the order of its dates, its rows."""

    name: str
    table: Table
    plan: Plan
    orders: dict[str, str]
    rows: Iterator[RowIn]

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


def open_file(app: App, work: Any, name: str, said: Said, codes: dict[str, Codes]) -> Opened:
    """The file, its header found and its columns known. Raises Usage, NotFound, Unusable."""
    from salesflow.commands import import_columns as columns
    from salesflow.exchange import mapping, tabular

    table = tabular.read_table(
        sys.stdin.buffer if name == "-" else Path(name),
        name=name,
        encoding=said.encoding,
        sheet=said.sheet,
        header=said.header,
        looks_like_header=mapping.known_columns,
    )
    rows = iter(table.rows)
    sample = list(islice(rows, _SAMPLES))
    cells = [row.cells for row in sample if row.fault is None]
    settled = columns.overrides(work, said, table.header)
    defaults = columns.pairs(said.default, "--default")
    try:
        plan = mapping.plan(table.header, cells, "leads", settled, defaults)
    except Usage as error:
        if error.key == "mapping.no_name" and table.header_row == 0:
            raise Usage(error.key, (), **{**error.values, "row": _first_row(sample)}) from None
        raise
    columns.check_defaults(defaults, codes)
    plan = columns.without_foreign(plan, cells, codes, settled)
    orders = columns.date_orders(plan, sample, rows, said.date_order)
    plan.counts.clear()  # the sample has been read, and will be read again
    return Opened(name, table, plan, orders, _rows(plan, chain(sample, rows), app.today))


def _first_row(sample: Sequence[TableRow]) -> str:
    return " | ".join(sample[0].cells)[:200] if sample else ""


def _rows(plan: Plan, rows: Iterator[TableRow], today: date) -> Iterator[RowIn]:
    from salesflow.actions.import_lead import RowIn
    from salesflow.exchange.values import diary

    for row in rows:
        if row.fault is not None:
            yield RowIn(row.number, {}, {}, [], (_fault(row.fault),), row.cells)
            continue
        record = plan.record(row.cells)
        note = record.values.get("note")
        lines = diary(note, today) if note and note[:200].strip() else []
        yield RowIn(row.number, record.values, record.custom, lines, record.faults, row.cells)


def _fault(fault: Fault) -> SalesflowError:
    return SalesflowError(fault.key, (), **fault.values)


@contextmanager
def progress(app: App) -> Iterator[Callable[[int], None]]:
    """A function to call with the count of rows; on a terminal it moves a line on stderr."""
    if not app.stderr.isatty():
        yield lambda rows: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn("line"), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=Console(file=app.stderr), transient=True) as bar:
        task = bar.add_task(app.t("imports.reading", rows=0), total=None)
        yield lambda rows: bar.update(task, description=app.t("imports.reading", rows=rows))
