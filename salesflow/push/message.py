"""A text in messages of so many bytes, broken at line ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

MOST = 5  # messages of one push; a robot takes about twenty a minute
_LEAD = "#"  # what a lead's line begins with


def split(text: str, limit: int | None, rest: Callable[[int], str], most: int = MOST) -> list[str]:
    """The text as messages of ``limit`` bytes at most (UTF-8).

    What more than ``most`` messages would take is left out, and the last one ends with ``rest(n)``, n the
    number of leads that are not told.
    """
    text = text.strip("\n")
    if limit is None or len(text.encode()) <= limit:
        return [text] if text else []
    lines = list(_short(text.split("\n"), limit))
    parts, done = _packed(lines, limit, most)
    if done == len(lines):
        return parts
    while parts:  # room for the last line
        left = leads_in(lines[done:]) - leads_in(lines[:done])
        last = f"{parts[-1]}\n{rest(len(left))}"
        if len(last.encode()) <= limit or "\n" not in parts[-1]:
            return [*parts[:-1], last if len(last.encode()) <= limit else parts[-1]]
        parts[-1] = parts[-1].rpartition("\n")[0]
        done -= 1
    return parts


def leads_in(lines: Iterable[str]) -> set[str]:
    """The leads (#12) with which the lines begin; one may stand in the list and in a reminder."""
    return {line.split(None, 1)[0] for line in lines if line.startswith(_LEAD)}


def _packed(lines: list[str], limit: int, most: int) -> tuple[list[str], int]:
    parts: list[str] = []
    size = limit
    for place, line in enumerate(lines):
        cost = len(line.encode()) + 1
        if parts and size + cost <= limit:
            parts[-1] += f"\n{line}"
            size += cost
        elif len(parts) == most:
            return parts, place
        else:
            parts.append(line)
            size = cost - 1
    return parts, len(lines)


def _short(lines: list[str], limit: int) -> Iterator[str]:
    # a line that no message holds is broken between two characters
    for line in lines:
        rest = line
        while len(rest.encode()) > limit:
            end = len(rest.encode()[:limit].decode("utf-8", "ignore"))
            yield rest[:end]
            rest = rest[end:]
        yield rest
