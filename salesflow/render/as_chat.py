"""Short lines for a message to a phone or a group: no columns, no markup."""

from __future__ import annotations

from collections.abc import Callable

from salesflow.render.gate import safe
from salesflow.render.values import ABSENT, grid
from salesflow.tables import Report, Section

_NOTHING = ("", ABSENT)


def chat(report: Report, lang: str, mask: Callable[[str], str] | None = None) -> str:
    """The report's own chat lines, or its sections with each record as one short line."""
    lines = [safe(line) for line in report.chat]
    if not lines:
        lines = [safe(report.title)] if report.title else []
        for section in report.sections:
            lines += _section(section, lang, mask)
    return "\n".join(lines) + "\n" if lines else ""


def _section(section: Section, lang: str, mask: Callable[[str], str] | None) -> list[str]:
    lines = [safe(section.heading)] if section.heading else []
    lines += [safe(line) for line in section.before]
    titles, cells, _ = grid(section, lang, mask=mask)
    for place, column in enumerate(section.columns if section.labels else ()):
        if column.key in section.labels:
            cells[place] = [text if text in _NOTHING else f"{titles[place]} {text}" for text in cells[place]]
        elif not column.title:
            cells[place] = [""] * len(section.rows)
    group = ""
    for row, texts in zip(section.rows, zip(*cells, strict=True), strict=True):
        if section.grouped and row.group != group:
            group = row.group
            lines.append(safe(group))
        lines.append(("  " if section.labels else " ").join([text for text in texts if text not in _NOTHING]))
    return lines + [safe(line) for line in section.after]
