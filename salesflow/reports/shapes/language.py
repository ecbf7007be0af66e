"""What the JSON of every report holds: one description of each, from which its JSON schema is made.

A description names the keys and what stands under each: a word of TYPES, with ``?`` where it may be null; a list
of one description; an object; a tuple of the words that can stand there (with ``None``: or null); a ``Named`` that
several share. A key that ends with ``?`` may be absent. A report's object has these keys and no others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

DAY = r"^\d{4}-\d{2}-\d{2}$"
INSTANT = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$"
TYPES: dict[str, dict[str, Any]] = {
    "count": {"type": "integer", "minimum": 0},
    "int": {"type": "integer"},
    "number": {"type": "number"},
    "money": {"type": "number", "description": "yuan, two decimals at most"},
    "rate": {"type": "number", "minimum": 0, "maximum": 1},
    "flag": {"type": "boolean"},
    "text": {"type": "string"},
    "code": {"type": "string", "description": "the same in every language"},
    "title": {"type": "string", "description": "in the language of the answer"},
    "day": {"type": "string", "pattern": DAY},
    "time": {"type": "string", "pattern": INSTANT},
}
"""The words of descriptions."""


class Named(NamedTuple):
    """A description that several reports share, under the name that it has in the schema."""

    name: str
    shape: Any


def optional(shape: Any) -> Any:
    """The description, or null."""
    return Named("", shape)


def schema(shape: Any, shared: dict[str, Any]) -> dict[str, Any]:
    """The JSON schema of a description; those with a name are put into ``shared``, and referred to."""
    if isinstance(shape, str):
        return _word(shape)
    if isinstance(shape, tuple) and not isinstance(shape, Named):
        return {"enum": list(shape)}
    if isinstance(shape, Named):
        if not shape.name:
            return {"anyOf": [schema(shape.shape, shared), {"type": "null"}]}
        if shape.name not in shared:
            shared[shape.name] = {}  # its place, before those that it names itself
            shared[shape.name] = schema(shape.shape, shared)
        return {"$ref": f"#/$defs/{shape.name}"}
    if isinstance(shape, list):
        return {"type": "array", "items": schema(shape[0], shared)}
    return _object(shape, shared)


def _word(shape: str) -> dict[str, Any]:
    found = dict(TYPES[shape.removesuffix("?")])
    if shape.endswith("?"):
        found["type"] = [found["type"], "null"]
    return found


def _object(shape: Mapping[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {key.removesuffix("?"): schema(one, shared) for key, one in shape.items()},
        "required": [key for key in shape if not key.endswith("?")],
        "additionalProperties": False,
    }
