"""JSON and JSON Lines as a table: nested values flattened, one column a key."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from salesflow.errors import Unusable
from salesflow.exchange.encoding import Scan
from salesflow.exchange.headers import named_by_number
from salesflow.exchange.rows import Fault, RawRow
from salesflow.exchange.source import Source

LARGEST_JSON = 200 * 1024**2
_LINES = ("jsonl", "ndjson")
_ONLY_TEXT = {str}


def is_lines(source: Source, scan: Scan) -> bool:
    """Whether a text that begins with a brace is JSON Lines: one object a line."""
    if source.ending in _LINES:
        return True
    lines = (line for line in source.lines(scan.encoding) if line.strip())
    first, second = next(lines, ""), next(lines, "")
    if not second.lstrip().startswith("{"):
        return False
    return isinstance(_loaded(first), dict)


def read_lines(source: Source, scan: Scan) -> tuple[list[str], Iterator[RawRow]]:
    """The keys of all lines in the order first seen, and the rows, line by line.

    The file is read twice, so that it need not be held. A line that is no object is a row
    with a fault; raises Unusable where there is no object at all.
    """
    keys: dict[str, None] = {}
    last: list[str] = []
    for line in source.lines(scan.encoding):
        record = _loaded(line)
        if isinstance(record, dict):
            names = list(_flat(record))
            if names != last:
                keys.update(dict.fromkeys(names))
                last = names
    if not keys:
        raise Unusable("exchange.no_json_rows", file=source.name)
    _check_keys(keys, source)
    lines = enumerate(source.lines(scan.encoding), 1)
    records = ((number, _loaded(line)) for number, line in lines if not line.isspace())
    return named_by_number(list(keys)), _rows(records, list(keys))


def read_document(source: Source, scan: Scan) -> tuple[list[str], Iterator[RawRow]]:
    """The keys and rows of one JSON text: a list of objects, objects by id, or what holds one.

    Objects by id get their id as the column ``id`` unless they have one.
    Raises Unusable for what is no JSON or holds no rows.
    """
    records = _records(_document(source, scan))
    if not records:
        raise Unusable("exchange.no_json_rows", file=source.name)
    keys: dict[str, None] = {}
    for record in records:
        if isinstance(record, dict):
            keys.update(dict.fromkeys(_flat(record)))
    _check_keys(keys, source)
    return named_by_number(list(keys)), _rows(iter(enumerate(records, 1)), list(keys))


def _document(source: Source, scan: Scan) -> Any:
    size, parts = 0, []
    for line in source.lines(scan.encoding):
        size += len(line)
        if size > LARGEST_JSON:
            raise Unusable("exchange.too_large_json", file=source.name)
        parts.append(line)
    try:
        return _parse("".join(parts))
    except json.JSONDecodeError as error:
        raise Unusable("exchange.bad_json", file=source.name, line=error.lineno) from error
    except RecursionError as error:
        raise Unusable("exchange.no_json_rows", file=source.name) from error


def _records(value: Any) -> list[Any]:
    """The rows in a JSON value; [] where it holds none, or more than one list of them."""
    if isinstance(value, list):
        return value if any(isinstance(item, dict) for item in value) else []
    if not isinstance(value, dict):
        return []
    if _is_by_id(value):
        return [record if "id" in record else {"id": key, **record} for key, record in value.items()]
    found = [rows for rows in map(_records, _held(value)) if rows]
    if found:
        return found[0] if len(found) == 1 else []
    if len(value) == 1:
        return _alone(*next(iter(value.items())))
    return [value] if any(_text(cell) for cell in value.values() if not isinstance(cell, dict)) else []


def _alone(key: str, value: Any) -> list[Any]:
    """The one record under a key: by its id where the key has a digit, else merely wrapped."""
    if not isinstance(value, dict) or not value:
        return [{key: value}] if _text(value) else []
    return [{"id": key, **value}] if any(map(str.isdigit, key)) else [value]


def _held(value: dict[str, Any]) -> list[Any]:
    """The members that may hold rows: a member that is one plain record is none of them."""
    return [
        member
        for member in value.values()
        if isinstance(member, list)
        or (isinstance(member, dict) and any(isinstance(item, list | dict) for item in member.values()))
    ]


def _is_by_id(value: dict[str, Any]) -> bool:
    members = list(value.values())
    if len(members) < 2 or not all(isinstance(member, dict) and member for member in members):
        return False
    return bool(set.intersection(*(set(member) for member in members)))


def _rows(records: Iterator[tuple[int, Any]], keys: list[str]) -> Iterator[RawRow]:
    for number, record in records:
        if not isinstance(record, dict):
            yield RawRow(number, [], Fault("exchange.not_an_object", {}))
            continue
        flat = _flat(record)
        cells = list(flat.values()) if list(flat) == keys else [flat.get(key, "") for key in keys]
        if any(map(str.strip, cells)):
            yield RawRow(number, cells, _unwritable(cells))


def _check_keys(keys: Iterable[str], source: Source) -> None:
    if _unwritable(list(keys)):
        raise Unusable("exchange.bad_key", file=source.name)


def _unwritable(cells: list[str]) -> Fault | None:
    """JSON can escape what no text file holds: a NUL, half of a surrogate pair."""
    text = "".join(cells)
    if "\0" not in text and (text.isascii() or _encodes(text)):
        return None
    return Fault("exchange.bad_character", {})


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _loaded(line: str) -> Any:
    """What a line holds, or None where it is no JSON."""
    try:
        return _parse(line)
    except (ValueError, RecursionError):
        return None


def _flat(record: dict[str, Any], before: str = "") -> dict[str, str]:
    """One record as text by key; nested objects become ``a.b``."""
    if not before and {*map(type, record.values())} == _ONLY_TEXT:
        return record
    flat: dict[str, str] = {}
    for key, value in record.items():
        if type(value) is str:
            flat[before + key] = value
        elif isinstance(value, dict) and value:
            flat.update(_flat(value, f"{before}{key}."))
        else:
            flat[before + key] = _text(value)
    return flat


def _text(value: Any) -> str:
    """A JSON value as a cell: null and empty are '', the members of a list stand between ``/``."""
    if value is None or value == {}:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "/".join(text for text in map(_text, value) if text)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)


def _decimal(text: str) -> str:
    """A JSON number as text: ``13800138000.0`` and ``1e3`` without a point, others as written."""
    if "e" not in text and "E" not in text:
        whole, _, rest = text.partition(".")
        return text if rest.strip("0") else whole
    number = float(text)
    return str(int(number)) if abs(number) < 1e21 and number == int(number) else repr(number)


def _nothing(text: str) -> None:
    """NaN and Infinity are no values."""


_parse = json.JSONDecoder(parse_float=_decimal, parse_int=str, parse_constant=_nothing).decode
