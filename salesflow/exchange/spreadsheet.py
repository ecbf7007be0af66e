"""Workbooks, read in a child process: a hostile one may crash it or run into its limits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from salesflow.errors import Unusable, Usage
from salesflow.exchange.rows import RawRow
from salesflow.exchange.source import Source

PATIENCE = 60
_CHILD = Path(__file__).with_name("spreadsheet_child.py")
_REASONS = ("password", "bomb", "not_a_workbook", "no_rows")


def read_workbook(source: Source, sheet: str | None) -> tuple[str, list[str], Iterator[RawRow]]:
    """The sheet that was read, those with rows that were not, and its rows that are not blank.

    Without ``sheet`` the first visible one with rows. Raises Usage for a sheet that there is
    not, Unusable for what is no workbook, is locked, or breaks the reader.
    """
    from tempfile import TemporaryFile

    answer = TemporaryFile()  # noqa: SIM115  (the rows are read from it later)
    try:
        head = _answered(source, sheet, answer)
    except BaseException:
        answer.close()
        raise
    return head["sheet"], head["others"], _rows(answer, head["width"])


def _answered(source: Source, sheet: str | None, answer: IO[bytes]) -> dict[str, Any]:
    """The first line of the child's answer, after it ended well."""
    _run(source, sheet, answer)
    answer.seek(0)
    try:
        head: dict[str, Any] = json.loads(answer.readline())
    except ValueError as error:
        raise Unusable("exchange.workbook_failed", file=source.name) from error
    problem = head.get("error")
    if problem == "unknown_sheet":
        sheets = ", ".join(head["sheets"])
        raise Usage("exchange.unknown_sheet", file=source.name, sheet=sheet, sheets=sheets)
    if problem:
        key = problem if problem in _REASONS else "workbook_failed"
        raise Unusable(f"exchange.{key}", file=source.name)
    return head


def _run(source: Source, sheet: str | None, answer: IO[bytes]) -> None:
    import subprocess
    import sys

    # -P: the folder of the script must not come before the standard library.
    command = [sys.executable, "-P", str(_CHILD), *([] if sheet is None else [f"={sheet}"])]
    try:
        with source.open() as handle:
            subprocess.run(
                command, stdin=handle, stdout=answer, stderr=subprocess.DEVNULL, timeout=PATIENCE, check=True
            )
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        raise Unusable("exchange.workbook_failed", file=source.name) from error


def _rows(answer: IO[bytes], width: int) -> Iterator[RawRow]:
    with answer:
        for line in answer:
            number, cells = json.loads(line)
            yield RawRow(number, cells + [""] * (width - len(cells)))
