"""Text in cells of a terminal: a Chinese character is two wide, a combining mark none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from unicodedata import category, east_asian_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from salesflow.tables import Column

# tabulate gives every column two cells more than its title; plain output is as it writes.
TITLE_ROOM = 2
# Marks that no line begins with: one that would takes the character before it along.
_NEVER_FIRST = "，。、：；？！）》」"
_NEVER_LAST = "（《「"
# What a cut column keeps while others can still leave the terminal, and at the very least.
COMFORT, LEAST = 12, 6


class _Cells(dict[str, int]):
    def __missing__(self, character: str) -> int:
        wide = 2 if east_asian_width(character) in "WF" else 1
        cells = 0 if category(character) in ("Mn", "Me", "Cf") else wide
        self[character] = cells
        return cells


_cells = _Cells()
# In UTF-8, Chinese characters (U+4000 to U+9FFF) and these marks are three bytes and two
# cells, ASCII is one and one: where a column holds nothing else, cells follow from lengths.
_MARKS = "，。、：；？！（）《》「」　"
_COMMON = bytes([*range(0xC0), *range(0xE4, 0xEA)])


def width(text: str) -> int:
    """How many cells of a terminal the text takes."""
    return len(text) if text.isascii() else sum(map(_cells.__getitem__, text))


def widths(texts: list[str]) -> list[int]:
    """The width of each text, several times faster than one by one."""
    column = "".join(texts)
    if column.isascii():
        return list(map(len, texts))
    for mark in _MARKS:
        column = column.replace(mark, "")
    if column.encode(errors="surrogatepass").translate(None, _COMMON):
        return list(map(width, texts))
    return [len(t) if t.isascii() else (len(t) + len(t.encode())) // 2 for t in texts]


def pad(text: str, room: int, right: bool = False) -> str:
    """The text filled with blanks to ``room`` cells; ``right`` puts them before it."""
    blanks = " " * (room - width(text))
    return blanks + text if right else text + blanks


def cut(text: str, room: int) -> str:
    """The text in at most ``room`` cells, ``..`` at its end where something is left out."""
    if width(text) <= room:
        return text
    kept, used = [], 2
    for character in text:
        used += _cells[character]
        if used > room:
            break
        kept.append(character)
    return "".join(kept) + ".."[: max(room, 0)]


def fold(text: str, room: int) -> list[str]:
    """The text in lines of at most ``room`` cells, broken at blanks or between characters."""
    lines = []
    room = max(room, 2)
    while width(text) > room:
        end = _end(text, room)
        lines.append(text[:end].rstrip(" "))
        text = text[end:].lstrip(" ")
    return [*lines, text]


def _end(text: str, room: int) -> int:
    used = end = 0
    while end < len(text) and used + _cells[text[end]] <= room:
        used += _cells[text[end]]
        end += 1
    first = end
    while first > 1 and text[first] in _NEVER_FIRST:
        first -= 1
    if text[first] in _NEVER_FIRST or text[:first].isspace():
        return end
    # A break inside a Latin word moves before it, unless only the indent would be left.
    word = _start_of_word(text, first)
    while word > 1 and text[word - 1] in _NEVER_LAST:
        word -= 1
    return word if text[:word].strip() else first


def _start_of_word(text: str, place: int) -> int:
    if text[place] == " ":
        return place
    while place and text[place].isascii() and text[place - 1].isascii() and text[place - 1] != " ":
        place -= 1
    return place


def columns(rows: Sequence[Sequence[str]], aligns: Sequence[str], header: Sequence[str] = ()) -> list[str]:
    """Lines of aligned columns, as tabulate's ``plain`` writes them; nothing is cut.

    ``aligns`` is ``left`` or ``right`` for each column; the header stands as its column does.
    """
    if header:
        room = [width(title) + TITLE_ROOM for title in header]
        rows = [header, *rows]
    else:
        room = [0] * len(aligns)
    cells = zip(*rows, strict=True)
    return joined(map(fill, cells, [align == "right" for align in aligns], room), "  ")


def fill(cells: Sequence[str], right: bool, room: int = 0) -> list[str]:
    """The cells of one column, all as wide as the widest and at least ``room``."""
    # Cells of one column repeat (areas, stages, weekdays): each text is measured once.
    distinct = list(set(cells))
    texts = [cell.strip() for cell in distinct]
    taken = widths(texts)
    room = max(room, *taken) if taken else room
    put = str.rjust if right else str.ljust
    filled = {
        cell: put(text, room - used + len(text))
        for cell, text, used in zip(distinct, texts, taken, strict=True)
    }
    return [filled[cell] for cell in cells]


def joined(filled: Iterable[Sequence[str]], gap: str) -> list[str]:
    """The lines of columns that ``fill`` has made."""
    return [gap.join(line).rstrip() for line in zip(*filled, strict=True)]


def fitted(specs: Sequence[Column], naturals: Sequence[int], room: int, gap: int) -> dict[int, int]:
    """The columns that a terminal of ``room`` cells shows, by index, and how wide each is.

    First the columns go that want a wider terminal, then those that may be dropped, in their
    order; what may shrink is cut, widest first. Phones, dates and ids keep their width, so
    the sum may exceed ``room`` where nothing else is left to give.
    """
    kept = [i for i, spec in enumerate(specs) if spec.wide <= room]
    leaving = sorted((i for i in kept if specs[i].drop), key=lambda i: specs[i].drop)

    def least(i: int, floor: int) -> int:
        return min(naturals[i], floor) if specs[i].shrink else naturals[i]

    def over(floor: int) -> int:
        return sum(least(i, floor) + gap for i in kept) - gap - room

    while leaving and over(COMFORT) > 0:
        kept.remove(leaving.pop(0))
    floor = COMFORT if over(COMFORT) <= 0 else LEAST
    found = {i: naturals[i] for i in kept}
    excess = sum(found.values()) + gap * (len(kept) - 1) - room
    while excess > 0:
        givers = [i for i in kept if found[i] > least(i, floor)]
        if not givers:
            break
        found[max(givers, key=lambda i: found[i])] -= 1
        excess -= 1
    return found
