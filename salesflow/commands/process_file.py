"""Process files as text: read from a file or stdin, copied under another code."""

from __future__ import annotations

from pathlib import Path

from salesflow.context import App
from salesflow.errors import NotFound, Unusable, Usage

MOST = 500_000  # bytes; the longest that is shipped has a tenth of it


def read(app: App, name: str) -> str:
    """The text of a process file, of stdin for ``-``. Raises NotFound, Unusable, Usage."""
    return text_of(_typed(app) if name == "-" else _bytes(name), name)


def text_of(raw: bytes, name: str) -> str:
    """The text that these bytes are. Raises Usage for too many, and for what is no UTF-8."""
    if len(raw) > MOST:
        raise Usage("process.too_big", name=name, most=MOST // 1000)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Usage("process.not_text", name=name) from None


def _typed(app: App) -> bytes:
    try:
        return app.stdin.read(MOST + 1).encode(errors="surrogateescape")
    except UnicodeDecodeError:
        raise Usage("process.not_text", name="-") from None


def _bytes(name: str) -> bytes:
    try:
        with open(name, "rb") as file:
            return file.read(MOST + 1)
    except FileNotFoundError:
        raise NotFound("exchange.not_found", file=name) from None
    except OSError as error:
        raise Unusable("book.cannot_read", path=name, why=error) from None


def is_file(word: str) -> bool:
    """Whether ``word`` can only be a file, and no code or title of a process."""
    return word == "-" or word.endswith(".toml") or "/" in word or "\\" in word or Path(word).is_file()


def renamed(source: str, code: str, title: str) -> str:
    """The same process file with another code and title, its comments kept. Raises Usage where it cannot be done."""
    from salesflow import processes
    from salesflow.processes.lines import find_lines

    places = find_lines(source)
    lines = source.splitlines(keepends=True)
    new = {("code",): code, ("title", "zh"): title, ("title", "en"): title}
    for path, value in new.items():
        place = places.get(path, 1) - 1
        lines[place] = _replaced(lines[place], path[-1], value)
    text = "".join(lines)
    found = processes.load(text, code)
    if found.code != code or set(found.titles.values()) != {title}:
        raise Usage("process.cannot_copy", code=code)
    return text


def _replaced(line: str, key: str, value: str) -> str:
    import json
    import re

    said = json.dumps(value, ensure_ascii=False)
    string = r'"(?:\\.|[^"\\])*"' + r"|'[^']*'"
    start = rf"((?:^|[\s{{,.\"']){key}[\"']?\s*=\s*)"
    return re.sub(f"{start}(?:{string})", lambda found: found[1] + said, line, count=1)
