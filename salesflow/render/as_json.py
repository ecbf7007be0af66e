"""JSON and JSON Lines: Chinese as it is, what steers a terminal as ``\\uXXXX``."""

from __future__ import annotations

from salesflow.render.gate import UNSAFE
from salesflow.tables import Report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def as_json(report: Report) -> str:
    """The report's data as indented JSON."""
    return dumped(report.data, indent=2) + "\n"


def as_jsonl(report: Report) -> str:
    """The report's records as compact JSON, one a line."""
    return "".join([dumped(item) + "\n" for item in report.items()])


def dumped(data: Any, indent: int | None = None) -> str:
    """The data as JSON in which control and format characters are written out."""
    from json import dumps

    separators = (",", ": " if indent else ":")
    text = dumps(data, ensure_ascii=False, indent=indent, separators=separators, allow_nan=False)
    # Between its tokens JSON has line ends only; inside strings dumps has written them out.
    return "\n".join([line if line.isprintable() else _escaped(line) for line in text.split("\n")])


def _escaped(line: str) -> str:
    from unicodedata import category

    return "".join([_units(c) if category(c) in UNSAFE else c for c in line])


def _units(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join([f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4)])
