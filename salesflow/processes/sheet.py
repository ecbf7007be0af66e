"""A TOML file's tables read one value at a time; mistakes are collected with their lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from salesflow.errors import nearest
from salesflow.processes.lines import Path, find_lines, line_of
from salesflow.processes.lookup import Titles
from salesflow.texts import LANGUAGES, t

LONGEST = 3650
LONGEST_CODE = 40  # characters
LONGEST_TEXT = 1000
MOST = 300  # mistakes that are told; more of them are one mistake that is made everywhere


class TooMany(Exception):
    """Raised in the middle of a file that has more mistakes than anybody wants to read."""


class Mistake(NamedTuple):
    """One mistake of a process file: its line and the text that names it."""

    line: int
    key: str
    values: dict[str, object]

    def text(self, lang: str) -> str:
        """The mistake in one line."""
        near = self.values.get("near")
        said = t(f"process.{self.key}", lang, **self.values)
        hint = t("process.hint_near", lang, near=near) if near else ""
        return t("process.at_line", lang, line=self.line, said=(said + hint).rstrip())


class Sheet:
    """The tables of one file; what cannot be read is noted, and a stand-in is given back."""

    def __init__(self, text: str, data: dict[str, Any]) -> None:
        self.text = text
        self.data = data
        self.lines: dict[Path, int] = {}
        self.mistakes: list[Mistake] = []

    def wrong(self, path: Path, key: str, /, **values: object) -> None:
        """A mistake more, at the line of ``path``."""
        if not self.lines:
            self.lines = find_lines(self.text) or {(): 1}
        line = line_of(self.lines, path)
        if len(self.mistakes) >= MOST:
            self.mistakes.append(
                Mistake(max(line, *(one.line for one in self.mistakes)), "many_mistakes", {})
            )
            raise TooMany
        self.mistakes.append(Mistake(line, key, values))

    def table(
        self, path: Path, value: object, known: Iterable[str], needed: Iterable[str] = ()
    ) -> dict[str, Any]:
        """``value`` as a table with no key but the known ones; {} where it is none."""
        if not isinstance(value, dict):
            self.wrong(path, "not_table", name=name_of(path))
            return {}
        for key in value:
            if key not in known:
                self.wrong((*path, key), "unknown_key", text=key[:40], near=nearest(key[:60], list(known)))
        for key in needed:
            if key not in value:
                self.wrong(path, "missing_key", key=key)
        return value

    def rows(self, path: Path, value: object) -> list[Any]:
        """``value`` as a list; [] where it is none."""
        if isinstance(value, list):
            return value
        tables = isinstance(value, dict) and len(path) == 1  # [stage] for [[stage]]
        self.wrong(path, "not_tables" if tables else "not_list", name=name_of(path))
        return []

    def number(self, path: Path, value: object, most: int = LONGEST) -> int:
        """``value`` as a whole number from 1 to ``most``."""
        if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= most:
            return value
        self.wrong(path, "not_number", name=name_of(path), text=_short(value), most=most)
        return 1

    def share(self, path: Path, value: object) -> float | None:
        """``value`` as a share from 0 to 1; None where it is none."""
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
            return float(value)
        self.wrong(path, "not_share", name=name_of(path), text=_short(value))
        return None

    def flag(self, path: Path, value: object) -> bool:
        """``value`` as true or false."""
        if not isinstance(value, bool):
            self.wrong(path, "not_flag", name=name_of(path), text=_short(value))
        return value is True

    def word(self, path: Path, value: object, known: Iterable[str], key: str) -> str:
        """``value`` as one of the known words; the mistake ``key`` names the nearest."""
        words = list(dict.fromkeys(known))
        if isinstance(value, str) and value in words:
            return value
        near = nearest(str(value)[:60], words)
        key = key if words else "none_listed"
        self.wrong(path, key, text=_short(value), known=", ".join(words), near=near)
        return ""

    def code(self, path: Path, table: dict[str, Any]) -> str:
        """The code of a table that carries one."""
        if "code" in table:
            self.check_code((*path, "code"), table["code"])
        return str(table.get("code", ""))

    def check_code(self, path: Path, value: object) -> None:
        """Notes a code that is more than letters, digits, ``_`` and ``-``, or too long."""
        if not is_code(value):
            self.wrong(path, "bad_code", text=_short(value), most=LONGEST_CODE)

    def titles(self, path: Path, value: object) -> Titles:
        """Titles in every language, none of them blank."""
        found = value if isinstance(value, dict) else {}
        if value is not None and not isinstance(value, dict):
            self.wrong(path, "not_titles", name=name_of(path), text=_short(value))
            return dict.fromkeys(LANGUAGES, _short(value))
        for lang in LANGUAGES:
            if not isinstance(found.get(lang), str) or not found[lang].strip():
                self.wrong(path, "no_title", name=name_of(path), lang=lang)
            elif len(found[lang]) > LONGEST_TEXT or _steers(found[lang]):
                self.wrong(path, "bad_title", name=name_of(path), lang=lang, most=LONGEST_TEXT)
        return {lang: str(found.get(lang, "")) for lang in LANGUAGES}

    def once(self, path: Path, taken: set[str], names: Iterable[str]) -> None:
        """Notes each name that another of the same list has already."""
        for name in dict.fromkeys(names):
            if name and name in taken:
                self.wrong(path, "twice", text=name)
            taken.add(name)

    def named(self, path: Path, *keys: str) -> Iterator[tuple[Path, str, dict[str, Any], Titles]]:
        """The entries of a table of ``code = { zh = …, en = … }``, with their titles."""
        value: Any = self.data
        for step in path:
            value = value.get(step, {}) if isinstance(value, dict) else {}
        taken: set[str] = set()
        for code, entry in self.table(path, value, value).items():
            here = (*path, code)
            self.check_code(here, code)
            row = self.table(here, entry, (*LANGUAGES, *keys)) if isinstance(entry, dict) else {}
            titles = self.titles(here, entry)
            self.once(here, taken, titles.values())
            yield here, code, row, titles


def is_code(value: object) -> bool:
    """Whether ``value`` can be a code: a word of the command line that is no option."""
    if not isinstance(value, str) or len(value) > LONGEST_CODE or value.startswith("-"):
        return False
    plain = value.replace("_", "").replace("-", "")
    return plain.isascii() and plain.isalnum()


def _steers(text: str) -> bool:
    # control and invisible format characters: a title stands in one line, and says what is seen
    from unicodedata import category

    return not text.isprintable() and any(category(char) in _STEERING for char in text)


_STEERING = frozenset(("Cc", "Cf", "Zl", "Zp", "Cs"))


def name_of(path: Path) -> str:
    """A path as people write it: ``stage.2.gate``."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)


def _short(value: object) -> str:
    # true and false as the file writes them
    return (str(value).lower() if isinstance(value, bool) else str(value))[:40]
