"""One file on its way in: opened, its columns known, its rows as the importer takes them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salesflow.context import App
from salesflow.errors import SalesflowError, Usage

if TYPE_CHECKING:
    from datetime import date

    from salesflow.actions.import_lead import RowIn
    from salesflow.exchange.mapping import Plan
    from salesflow.exchange.tabular import Fault, Table, TableRow
    from salesflow.processes import Process

_SAMPLES = 500
_DATES = ("received", "created", "last_followup", "next", "goal_on")
_CODES = {"grade": "grade", "kind": "kind", "stage": "stage", "source": "source"}


@dataclass
class Said:
    """What was said of the files on the command line."""

    map: list[str]
    default: list[str]
    profile: str | None
    sheet: str | None
    encoding: str | None
    header: bool | None
    date_order: str | None


@dataclass
class Opened:
    """A file that can be imported: its table, its plan, the order of its dates, its rows."""

    name: str
    table: Table
    plan: Plan
    orders: dict[str, str]
    rows: Iterator[RowIn]


def open_file(app: App, work: Any, name: str, said: Said, process: Process) -> Opened:
    """The file, its header found and its columns known. Raises Usage, NotFound, Unusable."""
    from salesflow.exchange import mapping, tabular

    source = sys.stdin.buffer if name == "-" else Path(name)
    table = tabular.read_table(
        source,
        name=name,
        encoding=said.encoding,
        sheet=said.sheet,
        header=said.header,
        looks_like_header=mapping.known_columns,
    )
    rows = iter(table.rows)
    sample = list(islice(rows, _SAMPLES))
    cells = [row.cells for row in sample if row.fault is None]
    overrides = _profile(work, said) | _pairs(said.map, "--map")
    try:
        plan = mapping.plan(table.header, cells, "leads", overrides, _pairs(said.default, "--default"))
    except Usage as error:
        if error.key == "mapping.no_name" and sample:
            raise Usage(error.key, (" | ".join(sample[0].cells)[:200],), **error.values) from None
        raise
    plan = _without_foreign_codes(plan, cells, process)
    orders = _orders(plan, cells, said.date_order)
    taken = _rows(plan, chain(sample, rows), app.today)
    return Opened(name, table, plan, orders, taken)


def _profile(work: Any, said: Said) -> dict[str, str]:
    from salesflow.store import settings

    if said.profile is None:
        return {}
    found = settings.profile_mapping(work.connection, said.profile)
    if found is None:
        known = ", ".join(settings.profile_names(work.connection)) or "-"
        raise Usage("imports.no_profile", name=said.profile, known=known)
    return found


def _pairs(texts: Sequence[str], option: str) -> dict[str, str]:
    pairs = {}
    for text in texts:
        name, equals, value = text.rpartition("=") if option == "--map" else text.partition("=")
        if not equals or not name.strip():
            raise Usage("imports.no_equals", option=option, text=text[:60])
        pairs[name.strip()] = value.strip()
    return pairs


def _without_foreign_codes(plan: Plan, cells: Sequence[Sequence[str]], process: Process) -> Plan:
    # a column none of whose codes the process has (状态 of a company register) is kept as it is
    foreign = []
    for field, noun in _CODES.items():
        said = (
            {value for row in cells if (value := plan.record(row).values.get(field))}
            if plan.headers(field)
            else set()
        )
        if said and field not in plan.defaults and not any(_known(process, noun, value) for value in said):
            foreign.append(field)
    return plan.without(*foreign) if foreign else plan


def _known(process: Process, noun: str, value: str) -> bool:
    try:
        getattr(process, noun)(value)
    except SalesflowError:
        return False
    return True


def _orders(plan: Plan, cells: Sequence[Sequence[str]], said: str | None) -> dict[str, str]:
    # whether 3/4/2018 is the 3rd or the 4th is settled by the whole column, never by one cell
    if said is not None and said not in ("ymd", "dmy", "mdy"):
        raise Usage("errors.not_one_of", name="--date-order", value=said, known="ymd dmy mdy")
    found = {}
    for field in _DATES:
        if plan.headers(field):
            found[field] = said or _order(plan, field, cells)
    return found


def _order(plan: Plan, field: str, cells: Sequence[Sequence[str]]) -> str:
    from salesflow.dates import date_orders

    left = frozenset(("ymd", "dmy", "mdy"))
    example = ""
    for row in cells:
        text = plan.record(row).values.get(field)
        orders = date_orders(text) if text else frozenset()
        if orders:
            left &= orders
            example = example or str(text)
    if len(left) == 1 or not example or "ymd" in left:
        return "ymd" if "ymd" in left else next(iter(left), "")
    if not left:
        return ""
    raise Usage("imports.date_order", column=plan.headers(field)[0], text=example)


def _rows(plan: Plan, rows: Iterator[TableRow], today: date) -> Iterator[RowIn]:
    from salesflow.actions.import_lead import RowIn
    from salesflow.exchange.values import diary

    for row in rows:
        if row.fault is not None:
            yield RowIn(row.number, {}, {}, [], (_fault(row.fault),))
            continue
        record = plan.record(row.cells)
        note = record.values.get("note")
        lines = diary(note, today) if note and note[:200].strip() else []
        yield RowIn(row.number, record.values, record.custom, lines, record.faults)


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
