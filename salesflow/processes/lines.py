"""Where each value of a TOML file stands: tomllib reads it, and forgets the lines."""

from __future__ import annotations

from contextlib import suppress

Path = tuple[str | int, ...]


def line_of(lines: dict[Path, int], path: Path) -> int:
    """The line of ``path``, or of the nearest thing around it that has one."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def find_lines(text: str) -> dict[Path, int]:
    """The line of every table, key and list item, by its path (``("stage", 1, "gate", 0)``).

    ``text`` is TOML that tomllib has accepted; nothing is checked here.
    """
    scan = _Scan(text)
    with suppress(IndexError, RecursionError):
        scan.document()
    return scan.lines


class _Scan:
    """One pass over the tokens of a file."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}
        self.tokens = _tokens(text)
        self.at = 0

    def document(self) -> None:
        table: Path = ()
        while self.at < len(self.tokens):
            word, line = self.tokens[self.at]
            if word == "\n":
                self.at += 1
            elif word == "[":
                table = self.header(line)
            else:
                self.pair(table)

    def header(self, line: int) -> Path:
        depth = 0
        while self.tokens[self.at][0] == "[":
            depth += 1
            self.at += 1
        path = self.inside(self.keys(("]",)))
        self.at += depth
        if depth == 2:
            number = self.counts.get(path, -1) + 1
            self.counts[path] = number
            self.lines.setdefault(path, line)
            path = (*path, number)
        self.lines[path] = line
        return path

    def inside(self, keys: list[str]) -> Path:
        """The path of a header's keys: in a list of tables the last one is meant."""
        path: Path = ()
        for key in keys[:-1]:
            path = (*path, key)
            if path in self.counts:
                path = (*path, self.counts[path])
        return (*path, keys[-1])

    def keys(self, ends: tuple[str, ...]) -> list[str]:
        found = []
        while self.tokens[self.at][0] not in ends:
            word = self.tokens[self.at][0]
            if word != ".":
                found.append(word[1:-1] if word[0] in "\"'" else word)
            self.at += 1
        return found

    def pair(self, table: Path) -> None:
        line = self.tokens[self.at][1]
        path = table
        for key in self.keys(("=",)):
            path = (*path, key)
            self.lines.setdefault(path, line)
        self.at += 1
        self.value(path)

    def value(self, path: Path) -> None:
        word = self.tokens[self.at][0]
        if word == "[":
            self.items(path)
        elif word == "{":
            self.inline(path)
        else:
            while self.at < len(self.tokens) and self.tokens[self.at][0] not in ",]}\n":
                self.at += 1

    def items(self, path: Path) -> None:
        number = 0
        self.at += 1
        while self.tokens[self.at][0] != "]":
            word, line = self.tokens[self.at]
            if word in ",\n":
                self.at += 1
                continue
            self.lines[(*path, number)] = line
            self.value((*path, number))
            number += 1
        self.at += 1

    def inline(self, path: Path) -> None:
        self.at += 1
        while self.tokens[self.at][0] != "}":
            if self.tokens[self.at][0] in ",\n":
                self.at += 1
            else:
                self.pair(path)
        self.at += 1


def _tokens(text: str) -> list[tuple[str, int]]:
    import re

    strings = r'"""(?:\\.|[^\\])*?"""+' + r"|'''.*?'''+" + r'|"(?:\\.|[^"\\\n])*"' + r"|'[^'\n]*'"
    token = re.compile(strings + r"|\#[^\n]*|\n|[\[\]{}=,.]|[^\s\[\]{}=,.#\"']+", re.S)
    found = []
    line = 1
    for match in token.finditer(text):
        word = match[0]
        if word[0] != "#":
            found.append((word, line))
        line += word.count("\n")
    return found
