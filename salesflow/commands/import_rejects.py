"""Rows that were not taken: why, in which column, and the file in which they can be corrected."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from salesflow.commands.files import writing
from salesflow.context import App
from salesflow.errors import SalesflowError, Usage
from salesflow.tables import Column

if TYPE_CHECKING:
    from typing import BinaryIO

    from salesflow.actions.imports import Outcome
    from salesflow.commands.import_file import Opened


_NAMES = ("lead", "lead_uid", "lead_id")  # what is wrong with these says so itself
_FOREIGN = ("process.unknown", "names.other_currency")
_MOST = 1000


def reasons(app: App, opened: Opened, outcome: Outcome, most: int | None = None) -> list[tuple[int, str]]:
    """Row and reason of the rows that were not taken, each on one line; the column is named where it can be."""
    return [
        (row, _reason(app, error, opened, cells))
        for (row, error), cells in zip(outcome.rejects[:most], outcome.rejected[:most], strict=True)
    ]


def _foreign_column(opened: Opened, outcome: Outcome, keys: Sequence[str]) -> tuple[str, str]:
    """The column, and its field, in which the first rejected row has a word or a currency that is not ours; or ''."""
    for (_, error), cells in zip(outcome.rejects[:_MOST], outcome.rejected[:_MOST], strict=True):
        column = _column(error, opened, cells) if error.key in keys else ""
        if column:
            return column, opened.plan.mapping[column]
    return "", ""


def hint(app: App, opened: Opened, outcome: Outcome) -> str:
    """What to do about a column of other words or another currency; '' where no row was rejected for one."""
    kept = opened.plan.kind == "leads"
    column, field = _foreign_column(opened, outcome, _FOREIGN if kept else _FOREIGN[1:])
    if not column:
        return ""
    if kept:
        return app.t("imports.as_it_is", column=column, field=field)
    return app.t("imports.in_yuan", field=field)


def _reason(app: App, error: SalesflowError, opened: Opened, cells: Sequence[str]) -> str:
    said = app.t(error.key, **error.values).replace("\n", " ")
    column = _column(error, opened, cells)
    return app.t("imports.in_column", column=column, reason=said) if column and column not in said else said


def _column(error: SalesflowError, opened: Opened, cells: Sequence[str]) -> str:
    """The column of the cell that the error speaks of, '' where it speaks of none."""
    text = str(error.values.get("text", "")).strip()
    if not text or "column" in error.values:
        return ""
    pairs = list(zip(opened.plan.header, (cell.strip() for cell in cells), strict=False))
    fields = opened.plan.mapping
    read = [(name, cell) for name, cell in pairs if name in fields and fields[name] not in _NAMES]
    whole = [name for name, cell in read if cell[:40] == text[:40]]
    return next(iter(whole), "") or next((name for name, cell in read if text in cell), "")


def write_rejects(app: App, name: str, done: list[tuple[Opened, Outcome]]) -> None:
    """The rejected rows as they stood, with file, row and reason, as a file to be corrected and imported.

    Its ending says of which kind it is: csv, tsv, json, jsonl, xlsx; csv for any other.
    """
    from salesflow.exchange.columns import REJECTED
    from salesflow.exchange.recognise import any_of

    aside = [app.t("imports.column_file")] if len(done) > 1 else []
    aside += [app.t("imports.column_row"), app.t("imports.column_reason")]
    columns: dict[str, None] = {}
    found = []
    for opened, outcome in done:
        for (row, reason), cells in zip(reasons(app, opened, outcome), outcome.rejected, strict=True):
            said = [opened.name, str(row), reason][-len(aside) :]
            found.append((said, _by_column(opened.plan.header, cells)))
        columns |= dict.fromkeys(opened.plan.header)
    # a row that is too long keeps its cells, in columns without a name of their own
    columns |= dict.fromkeys(column for _, cells in found for column in cells)
    # a file of rejects that is corrected in part has said already why its rows were not taken
    kept = [column for column in columns if not any_of([column], REJECTED)]
    rows = [[*said, *(_sound(cells.get(column, "")) for column in kept)] for said, cells in found]
    with writing(Path(name)) as file:
        _write(app, file, Path(name).suffix[1:].lower(), [*aside, *kept], rows)


def check_ending(name: str) -> None:
    """Nothing; raises Usage for a workbook of a kind that is read alone."""
    ending = Path(name).suffix.lower()
    if ending in (".xls", ".xlsm", ".xlsb", ".ods", ".et"):
        raise Usage("errors.not_one_of", name="--rejects", value=ending, known=".xlsx .csv .tsv .json .jsonl")


def _write(app: App, file: BinaryIO, kind: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from salesflow.commands import export_text
    from salesflow.exchange import workbook
    from salesflow.exchange.delimited import write_delimited

    if kind not in ("xlsx", "json", "jsonl"):
        file.writelines(write_delimited(header, rows, "\t" if kind in ("tsv", "tab") else ","))
        return
    columns = [Column(name, name) for name in header]
    records = (dict(zip(header, row, strict=True)) for row in rows)
    if kind == "xlsx":
        words = (app.t(f"sheets.{word}") for word in ("page", "yes", "no", "comma"))
        look = workbook.Look(app.t("imports.column_reason"), *words)
        workbook.write_table(file, columns, records, look, blank=True)
    else:
        file.writelines(export_text.pieces(columns, records, kind))


def _sound(cell: str) -> str:
    # half of a character cannot be written
    return cell.encode("utf-8", "backslashreplace").decode()


def _by_column(header: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    found = dict(zip(header, cells, strict=False))
    return found | {str(place): cell for place, cell in enumerate(cells, 1) if place > len(header) and cell}
