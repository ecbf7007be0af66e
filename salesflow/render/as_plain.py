"""Aligned columns for pipes, files and mail: no colour, no box, no cut, one record a line."""

from __future__ import annotations

from salesflow.render.gate import safe, safe_all
from salesflow.render.layout import columns
from salesflow.render.values import grid
from salesflow.tables import Report, Section


def plain(report: Report, lang: str) -> str:
    """The report's sections as lines of text, a blank line between them."""
    blocks = [lines for section in report.sections if (lines := _section(section, lang))]
    if report.title:
        title = safe(report.title)
        if len(blocks) == 1:
            blocks[0].insert(0, title)
        else:
            blocks.insert(0, [title])
    return "\n\n".join(["\n".join(block) for block in blocks]) + "\n" if blocks else ""


def _section(section: Section, lang: str) -> list[str]:
    lines = [safe(section.heading)] if section.heading else []
    lines += safe_all(list(section.before))
    if section.columns and (section.rows or section.header):
        titles, cells, aligns = grid(section, lang, group=section.grouped)
        lines += columns(list(zip(*cells, strict=True)), aligns, titles if section.header else ())
    return lines + safe_all(list(section.after))
