"""JSON and JSON Lines: Chinese as it is, what steers a terminal as ``\\uXXXX``."""

from __future__ import annotations

from salesflow.render.gate import UNSAFE
from salesflow.tables import Report

_PART = 500  # records

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


def as_json(report: Report) -> str:
    """The report's data as indented JSON."""
    return dumped(report.data, indent=2) + "\n"


def as_jsonl(report: Report) -> str:
    """The report's records as compact JSON, one a line."""
    return "".join([dumped(item) + "\n" for item in report.items()])


def dumped(data: Any, indent: int | None = None) -> str:
    """The data as JSON in which control and format characters are written out."""
    texts = _indented(data, "\n", " " * indent) if indent else [_written(data)]
    return "".join([_safe(text) for text in texts])


def _safe(text: str) -> str:
    # Between its tokens JSON has line ends only; inside strings they are written out.
    if text.replace("\n", "").isprintable():
        return text
    return "\n".join([line if line.isprintable() else _escaped(line) for line in text.split("\n")])


def _indented(data: Any, start: str, indent: str) -> Iterator[str]:
    # ``start`` is what begins a line as deep as the data; json indents in Python, value by value
    deeper = start + indent
    if _are_records(data):
        yield from _records(data, deeper, indent)
        yield start + "]"
    elif isinstance(data, dict) and any(map(_are_records, data.values())):
        for place, (key, value) in enumerate(data.items()):
            yield f"{',' if place else '{'}{deeper}{_written(key)}: "
            yield from _indented(value, deeper, indent)
        yield start + "}"
    else:
        yield _written(data, ",", ": ", indent).replace("\n", start)


def _records(data: list[Any], start: str, indent: str) -> Iterator[str]:
    # a part at a time: the text of very many takes much memory
    deeper = start + indent
    for at in range(0, len(data), _PART):
        text = _written(data[at : at + _PART], "," + deeper, ": ")[2:-2]
        # no string has a line end in it that could be one of these
        text = text.replace(f"}},{deeper}{{", f"{start}}},{start}{{{deeper}")
        yield f"{',' if at else '['}{start}{{{deeper}{text}{start}}}"


def _are_records(data: Any) -> bool:
    # objects of texts, numbers and the like, with nothing deeper
    if not isinstance(data, list) or not data or not all(isinstance(one, dict) and one for one in data):
        return False
    kinds = {type(value) for one in data for value in one.values()}
    return not any(issubclass(kind, dict | list | tuple) for kind in kinds)


def _written(data: Any, between: str = ",", after: str = ":", indent: str | None = None) -> str:
    from json import dumps

    return dumps(data, ensure_ascii=False, indent=indent, separators=(between, after), allow_nan=False)


def _escaped(line: str) -> str:
    from unicodedata import category

    return "".join([_units(c) if category(c) in UNSAFE else c for c in line])


def _units(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join([f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4)])
