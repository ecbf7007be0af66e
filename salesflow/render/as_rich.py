"""Tables on a terminal: fitted to its width, in few colours; rich writes them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

from salesflow.render.gate import safe
from salesflow.render.layout import cut, fill, fitted, fold, joined, width, widths
from salesflow.render.values import NEVER_CUT, grid, with_sparks
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

# A line and its style: '', 'late' or 'strong', as in Row.
Line = tuple[str, str]


def write(report: Report, lang: str, file: TextIO, room: int, height: int = 0, *, fine: bool = False) -> None:
    """Write the report to ``file``, a terminal of ``room`` cells and ``height`` lines.

    ``fine``: one that knows more characters than ASCII's and the language's.
    rich decides about colour (NO_COLOR, TERM=dumb, a file that is no terminal).
    """
    from rich.console import Console
    from rich.segment import Segment, Segments
    from rich.style import Style

    styles = {"late": Style(color="red"), "strong": Style(bold=True)}
    lines = drawn(with_sparks(report) if fine else report, lang, room, height)
    segments = [Segment(text, styles.get(style)) for text, style in _joined(lines)]
    console = Console(
        file=file, width=room, height=height or 25, markup=False, emoji=False, highlight=False, soft_wrap=True
    )
    console.print(Segments(segments), end="")


def uncoloured(report: Report, lang: str, room: int = 0) -> str:
    """The same tables as text for a file: all rows, no colour, any width where ``room`` is 0."""
    return "".join([line + "\n" for line, _ in drawn(report, lang, room or sys.maxsize, whole=True)])


def drawn(report: Report, lang: str, room: int, height: int = 0, whole: bool = False) -> list[Line]:
    """The report's lines and their styles for a terminal of ``room`` cells; ``whole``: no row left out."""
    left = 0 if whole else report.terminal_limit
    if left < 0:
        left = _lines_for_rows(report, room, height) if height else 0
    left = left or sum(len(section.rows) for section in report.sections)
    lines = _folded([report.title], room, "strong") if report.title else []
    for section in report.sections:
        if lines and (len(report.sections) > 1 or section.heading):
            lines.append(("", ""))
        listed = list(section.rows) if whole else _listed(section, left)
        left -= len(listed)
        lines += _section(section, listed, lang, room)
    return lines


def _lines_for_rows(report: Report, room: int, height: int) -> int:
    """What the terminal has left for rows when all else and the prompt have their line."""
    texts = [report.title] if report.title else []
    others = 1 + (len(report.sections) if len(report.sections) > 1 else 0)
    for section in report.sections:
        texts += [*([section.heading] if section.heading else []), *section.before, *section.after]
        groups = {row.group for row in section.rows} if section.grouped else ()
        others += len(groups) + bool(section.columns and section.header)
    return max(height - others - len(_folded(texts, room)), 3)


def _listed(section: Section, limit: int) -> list[Row]:
    """The rows that are shown: the first of each group up to its limit, ``limit`` in all."""
    taken: dict[str, int] = {}
    listed: list[Row] = []
    for row in section.rows:
        taken[row.group] = taken.get(row.group, 0) + 1
        if len(listed) < limit and taken[row.group] <= section.group_limits.get(row.group, limit):
            listed.append(row)
    return listed


def _section(section: Section, listed: Sequence[Row], lang: str, room: int) -> list[Line]:
    lines = _folded([section.heading], room, "strong") if section.heading else []
    lines += _folded(section.before, room)
    if section.columns and (section.rows or section.header):
        header, texts = _table(section, listed, lang, room)
        lines += [(header, "")] if header else []
        lines += _body(section, listed, texts, lang, room)
        hidden = len(section.rows) - len(listed)
        if hidden and not section.grouped:
            lines.append((t("render.more", lang, count=hidden), ""))
    return lines + _folded(section.after, room)


def _body(
    section: Section, listed: Sequence[Row], texts: Iterable[list[str]], lang: str, room: int
) -> Iterator[Line]:
    """The rows' lines, each group under its heading with its count."""
    by_group: dict[str, list[Line]] = {}
    counts: dict[str, int] = {}
    shown: dict[str, int] = {}
    for row in section.rows if section.grouped else ():
        by_group.setdefault(row.group, [])
        counts[row.group] = counts.get(row.group, 0) + 1
    for row, lines in zip(listed, texts, strict=True):
        group = row.group if section.grouped else ""
        shown[group] = shown.get(group, 0) + 1
        by_group.setdefault(group, []).extend([(line, row.style) for line in lines])
    for group, body in by_group.items():
        if section.grouped:
            count = section.group_totals.get(group, counts[group])
            yield from _folded([_heading(group, count, shown.get(group, 0), lang)], room, "strong")
        yield from body


def _heading(group: str, count: int, shown: int, lang: str) -> str:
    key = "render.group" if shown == count else "render.group_cut"
    return t(key, lang, group=group, count=count, shown=shown)


def _table(section: Section, listed: Sequence[Row], lang: str, room: int) -> tuple[str, list[list[str]]]:
    """The header line and each row's lines: one, or several where the terminal is too narrow."""
    part = Section(columns=section.columns, rows=tuple(listed))
    titles, cells, aligns = grid(part, lang)
    if not section.header:
        titles = [""] * len(titles)
    columns = [[title, *texts] for title, texts in zip(titles, cells, strict=True)]
    naturals = [max(widths(texts)) for texts in columns]
    gap, kept = _gap(section.columns, naturals, room)
    if sum(kept.values()) + gap * (len(kept) - 1) > room:
        rows = zip(*cells, strict=True)
        return "", [_stacked(section.columns, row, kept, room) for row in rows]
    for i in kept:
        if kept[i] < naturals[i]:
            columns[i] = [cut(text, kept[i]) for text in columns[i]]
    filled = [fill(columns[i], aligns[i] == "right") for i in kept]
    header, *lines = joined(filled, " " * gap)
    return header, [[line] for line in lines]


def _gap(specs: Sequence[Column], naturals: Sequence[int], room: int) -> tuple[int, dict[int, int]]:
    """Two blanks between columns where everything fits so, else one; and the widths."""
    asked = [natural for spec, natural in zip(specs, naturals, strict=True) if spec.wide <= room]
    gap = 2 if sum(asked) + 2 * (len(asked) - 1) <= room else 1
    return gap, fitted(specs, naturals, room, gap)


def _stacked(specs: Sequence[Column], row: Sequence[str], kept: dict[int, int], room: int) -> list[str]:
    """The cells of one record in as many lines as they need, the further ones indented."""
    lines: list[str] = []
    for i in kept:
        pieces = [row[i]] if specs[i].kind in NEVER_CUT else fold(cut(row[i], kept[i]), room - 2)
        for piece in pieces:
            if lines and width(lines[-1]) + 1 + width(piece) <= room:
                lines[-1] += " " + piece
            else:
                lines.append("  " + piece if lines else piece)
    return lines


def _folded(texts: Iterable[str], room: int, style: str = "") -> list[Line]:
    return [(line, style) for text in texts for line in fold(safe(text), room)]


def _joined(lines: Iterable[Line]) -> Iterator[Line]:
    """The same text in as few pieces as the changes of style need."""
    text, last = "", ""
    for line, style in lines:
        if style != last and text:
            yield text, last
            text = ""
        text, last = text + line + "\n", style
    if text:
        yield text, last
