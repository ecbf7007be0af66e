"""The texts that the code asks for, and what is wrong with the two catalogues (tests/test_house.py)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from string import Formatter
from typing import NamedTuple

from tools.house import SQL_ROOMS, Source, literal, strings

Catalogue = Mapping[str, str]

# What takes a text's key first and the values that fill it as keywords.
ERRORS = frozenset({"SalesflowError", "Refused", "Usage", "NotFound", "Ambiguous", "Unusable", "NotShown"})
SAYERS = frozenset({"t", "say", "warn", "tell"})
KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_{}-]+)+")


class Use(NamedTuple):
    """One place that names a text; ``given`` are the values there, None where nobody can tell."""

    node: ast.AST
    key: str
    given: frozenset[str] | None


def read_catalogues(root: Path, languages: Sequence[str]) -> dict[str, dict[str, str]]:
    """All texts by language and key."""
    found: dict[str, dict[str, str]] = {}
    for language in languages:
        texts = found.setdefault(language, {})
        for path in sorted((root / "salesflow" / "catalogue" / language).glob("[a-z]*.py")):
            module = import_module(f"salesflow.catalogue.{language}.{path.stem}")
            texts.update({f"{path.stem}.{name}": text for name, text in module.TEXTS.items()})
    return found


def fields(text: str) -> frozenset[str]:
    """The names of the values that fill the text; '' stands for one without a name."""
    names = (name for _, name, _, _ in Formatter().parse(text) if name is not None)
    return frozenset(re.split(r"[.\[]", name)[0] for name in names)


def differences(first: Catalogue, second: Catalogue) -> list[str]:
    """Keys that one catalogue lacks, texts that cannot be filled, values that only one language shows.

    A value that is itself in a language is given in each: ``{title_zh}`` and ``{title_en}`` are the same.
    """
    found = [f"{key}: only in one language" for key in sorted(first.keys() ^ second.keys())]
    for key in sorted(first.keys() & second.keys()):
        try:
            values = _neutral(first[key]), _neutral(second[key])
        except ValueError as error:
            found.append(f"{key}: {error}")
            continue
        if values[0] != values[1]:
            found.append(f"{key}: {sorted(values[0])} in one language, {sorted(values[1])} in the other")
        if "" in values[0] | values[1]:
            found.append(f"{key}: a value without a name")
        if not first[key].strip() or not second[key].strip():
            found.append(f"{key}: empty")
    return found


def _neutral(text: str) -> frozenset[str]:
    return frozenset(re.sub(r"_(zh|en)$", "", name) for name in fields(text))


def uses(source: Source, areas: frozenset[str]) -> Iterator[Use]:
    """Every text that the module names: in a call that says it, or as a string ``area.name``."""
    called: set[int] = set()
    for node in ast.walk(source.tree):
        name = _name(node.func) if isinstance(node, ast.Call) else ""
        if isinstance(node, ast.Call) and node.args and name in ERRORS | SAYERS:
            key = literal(node.args[0])
            if key is not None and KEY.fullmatch(key):
                called.add(id(node.args[0]))
                yield Use(node, key, _given(node))
            elif key is not None and name in ERRORS:
                yield Use(node, key, None)
    if source.room in SQL_ROOMS:  # 'leads.name' is a column there
        return
    for node, text in strings(source):
        if id(node) not in called and KEY.fullmatch(text) and text.partition(".")[0] in areas:
            yield Use(node, text, None)


def missing(source: Source, catalogue: Catalogue, exempt: Mapping[str, str]) -> list[str]:
    """Texts that the module names and the catalogue lacks, or that the module does not fill."""
    areas = frozenset(key.partition(".")[0] for key in catalogue)
    found = []
    for node, key, given in uses(source, areas):
        if key in exempt:
            continue
        pattern = re.compile(re.escape(key).replace(r"\{\}", ".*"))
        if not (key in catalogue or any(pattern.fullmatch(known) for known in catalogue)):
            found.append(source.at(node, f"no text {key}"))
        elif given is not None and key in catalogue and not fields(catalogue[key]) <= given:
            lacking = sorted(fields(catalogue[key]) - given)
            found.append(source.at(node, f"{key} is not given {', '.join(lacking)}"))
    return found


def _name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _given(node: ast.Call) -> frozenset[str] | None:
    names = [keyword.arg for keyword in node.keywords]
    return None if None in names else frozenset(name for name in names if name)
