"""One company's process as data: stages, gates, grades, sources, ways, roles and reasons.

Nothing in the code knows a stage, a grade or a role by name: they come from a process file
(``data/processes/*.toml``) or from the book, which keeps each process it uses as JSON.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from salesflow.errors import Unusable, Usage
from salesflow.processes.records import (
    LEAD_FIELDS,
    Choice,
    Field,
    Grade,
    Item,
    Process,
    Reason,
    Source,
    Stage,
    Titles,
    Via,
    Want,
    find,
    short_title,
    way_title,
)
from salesflow.texts import LANGUAGES

__all__ = [
    "LEAD_FIELDS",
    "Choice",
    "Field",
    "Grade",
    "Item",
    "Process",
    "Reason",
    "Source",
    "Stage",
    "Titles",
    "Via",
    "Want",
    "builtin",
    "builtin_names",
    "find",
    "from_json",
    "load",
    "short_title",
    "way_title",
    "to_json",
]


def to_json(process: Process) -> str:
    """The process as compact JSON, to be kept in the book; ``from_json`` reads it back."""
    import json

    return json.dumps(_bare(process), ensure_ascii=False, separators=(",", ":"))


def _bare(value: Any) -> Any:
    if hasattr(value, "_asdict"):
        defaults = value._field_defaults
        pairs = value._asdict().items()
        return {key: _bare(one) for key, one in pairs if key not in defaults or one != defaults[key]}
    return [_bare(one) for one in value] if isinstance(value, tuple) else value


def from_json(text: str) -> Process:
    """The process that ``to_json`` wrote; Unusable where the text is none."""
    import json

    try:
        raw = json.loads(text)
        raw["stages"] = tuple(_stage(one) for one in raw["stages"])
        for name, make in _RECORDS:
            raw[name] = tuple([make(**one) for one in raw.get(name, ())])
        raw["required"] = tuple(raw.get("required", ()))
        raw["visits_to_deal"] = tuple(raw.get("visits_to_deal", (4, 11)))
        return Process(**raw)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as why:
        raise Unusable("process.damaged") from why


_RECORDS: tuple[tuple[str, Any], ...] = (
    ("ways", Via),
    ("grades", Grade),
    ("sources", Source),
    ("kinds", Choice),
    ("roles", Choice),
    ("attitudes", Choice),
    ("lost", Reason),
    ("parked", Reason),
    ("fields", Field),
)


def _stage(raw: dict[str, Any]) -> Stage:
    raw["gate"] = tuple([Want(**want) for want in raw.get("gate", ())])
    raw["guide"] = tuple([_item(item) for item in raw.get("guide", ())])
    return Stage(**raw)


def _item(raw: dict[str, Any]) -> Item:
    if raw.get("until"):
        raw["until"] = Want(**raw["until"])
    return Item(**raw)


def load(text: str, name: str, lang: str = "zh") -> Process:
    """The process that a TOML file says; Usage with every mistake and its line where it errs."""
    from salesflow.processes.read import read

    process, mistakes = read(text)
    if mistakes or process is None:
        lines = tuple(mistake.text(lang) for mistake in mistakes)
        raise Usage("process.mistakes", lines=lines, name=name, count=len(lines))
    return process


def builtin_names() -> tuple[str, ...]:
    """The names of the processes that come with salesflow, that of a new book first."""
    import os

    with open(os.path.join(_folder(), "default.txt"), encoding="utf-8") as file:
        first = file.read().strip()
    names = (name[:-5] for name in os.listdir(_folder()) if name.endswith(".toml"))
    return tuple(sorted(names, key=lambda name: (name != first, name)))


def builtin(name: str) -> str:
    """The TOML text of a process that comes with salesflow."""
    import os

    found = find("process", name, _as_choices(builtin_names()))
    with open(os.path.join(_folder(), f"{found.code}.toml"), encoding="utf-8") as file:
        return file.read()


def _as_choices(names: Iterable[str]) -> list[Choice]:
    return [Choice(name, dict.fromkeys(LANGUAGES, name)) for name in names]


def _folder() -> str:
    import os

    return os.path.join(os.path.dirname(os.path.dirname(__file__)), "data", "processes")
