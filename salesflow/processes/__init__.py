"""One company's process as data: stages, gates, grades, sources, ways, roles and reasons.

Nothing in the code knows a stage, a grade or a role by name: they come from a process file
(``data/processes/*.toml``) or from the book, which keeps each process it uses as JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from salesflow.errors import Unusable, Usage, nearest
from salesflow.processes.lookup import Titles, find, short_title
from salesflow.processes.process import LISTS, Process
from salesflow.processes.records import (
    EFFECTIVE,
    LEAD_FIELDS,
    Care,
    Checklist,
    Choice,
    CustomerClass,
    Field,
    Former,
    Grade,
    Information,
    Item,
    Point,
    Reason,
    Source,
    Stage,
    Strategy,
    Via,
    Want,
    way_title,
)
from salesflow.texts import LANGUAGES

__all__ = [
    "EFFECTIVE",
    "LEAD_FIELDS",
    "LISTS",
    "Care",
    "Checklist",
    "Choice",
    "CustomerClass",
    "Field",
    "Former",
    "Grade",
    "Information",
    "Item",
    "Point",
    "Process",
    "Reason",
    "Source",
    "Stage",
    "Strategy",
    "Titles",
    "Via",
    "Want",
    "builtin",
    "builtin_names",
    "builtin_titles",
    "find",
    "from_json",
    "load",
    "meant",
    "ships",
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
        for name in raw.keys() & _RECORDS.keys():
            raw[name] = tuple([_RECORDS[name](**one) for one in raw[name]])
        raw["required"] = tuple(raw.get("required", ()))
        raw["visits_to_deal"] = tuple(raw.get("visits_to_deal", (4, 11)))
        return Process(**raw)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as why:
        raise Unusable("process.damaged") from why


def _checklist(points: list[dict[str, Any]], **raw: Any) -> Checklist:
    made = [Point(**{**one, "until": Want(**one["until"])} if one.get("until") else one) for one in points]
    return Checklist(points=tuple(made), **raw)


def _information(required: list[str], **raw: Any) -> Information:
    return Information(required=tuple(required), **raw)


def _strategy(**raw: Any) -> Strategy:
    made: dict[str, Any] = {name: tuple(one) if isinstance(one, list) else one for name, one in raw.items()}
    return Strategy(**made)


_RECORDS: dict[str, Any] = {
    "ways": Via,
    "grades": Grade,
    "sources": Source,
    "lost": Reason,
    "parked": Reason,
    "fields": Field,
    "checklists": _checklist,
    "information": _information,
    "former": Former,
    "strategies": _strategy,
    "care": Care,
    "classes": CustomerClass,
} | dict.fromkeys(
    (
        "kinds",
        "roles",
        "attitudes",
        "industries",
        "sizes",
        "sides",
        "approaches",
        "buying_steps",
        "credits",
        "purposes",
        "relations",
        "signoffs",
    ),
    Choice,
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


def builtin_titles(name: str) -> Titles:
    """The titles of a process that comes with salesflow; its stages and lists are not read."""
    import tomllib

    head = builtin(name).partition("\n[")[0]
    return dict(tomllib.loads(head)["title"])


def ships(code: str, name: str) -> bool:
    """Whether the process of this code that comes with salesflow has the list ``name``: an older book may not."""
    return code in builtin_names() and bool(getattr(load(builtin(code), code), name))


def meant(word: str, held: Iterable[str], titles: Callable[[str], Titles]) -> str:
    """The code of the process that ``word`` names by code or title: the book's (``held``), else a built-in one.

    ``titles`` gives those of one that is held. Raises Usage with the nearest.
    """
    codes = list(held)
    shipped = [name for name in builtin_names() if name not in codes]
    if word in codes or word in shipped:
        return word
    options = [Choice(code, titles(code)) for code in codes]
    options += [Choice(name, builtin_titles(name)) for name in shipped]
    try:
        return find("process", word, options).code
    except Usage:
        if nearest(word[:60], [name for one in options for name in (one.code, *one.titles.values())]):
            raise
    raise Usage("lead.no_process", text=word[:60], known=", ".join(one.code for one in options))


def _as_choices(names: Iterable[str]) -> list[Choice]:
    return [Choice(name, dict.fromkeys(LANGUAGES, name)) for name in names]


def _folder() -> str:
    import os

    return os.path.join(os.path.dirname(os.path.dirname(__file__)), "data", "processes")
