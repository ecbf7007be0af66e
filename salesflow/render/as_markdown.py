"""Markdown for wikis and group chats: headings, and tables as GitHub reads them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from salesflow.render.gate import safe
from salesflow.render.values import grid, with_sparks
from salesflow.tables import Report, Section


def markdown(report: Report, lang: str, mask: Callable[[str], str] | None = None) -> str:
    """The report as Markdown; marks in the data are escaped."""
    blocks = [f"# {_escaped(safe(report.title))}"] if report.title else []
    for section in with_sparks(report).sections:
        blocks += _section(section, lang, mask)
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _section(section: Section, lang: str, mask: Callable[[str], str] | None) -> list[str]:
    blocks = [f"## {_escaped(safe(section.heading))}"] if section.heading else []
    blocks += _paragraph(section.before)
    if section.columns and (section.rows or section.header):
        blocks.append(_table(section, lang, mask))
    return blocks + _paragraph(section.after)


def _paragraph(lines: Sequence[str]) -> list[str]:
    # Two blanks at the end keep the line break inside a paragraph.
    return ["  \n".join([_begun(_escaped(safe(line))) for line in lines])] if lines else []


def _begun(line: str) -> str:
    # what would make a line a heading, a quotation, a rule, a fence or a link's address at its beginning
    text = line.lstrip(" ")
    marks = text.startswith((">", "~~~", "#", "[")) or (
        text[:1] in ("-", "=", "_") and not text.strip("-=_ ")
    )
    return f"{line[: len(line) - len(text)]}\\{text}" if marks else line


def _table(section: Section, lang: str, mask: Callable[[str], str] | None) -> str:
    from tabulate import tabulate

    titles, cells, aligns = grid(section, lang, group=section.grouped, mask=mask)
    rows = [[_escaped(cell) for cell in row] for row in zip(*cells, strict=True)]
    headers = [_escaped(title) for title in titles]
    if not rows:
        aligns = []
    return tabulate(rows, headers, tablefmt="github", disable_numparse=True, colalign=aligns or None)


def _escaped(text: str) -> str:
    # A masked phone (138****8000) must not turn into bold, nor a name into a link, a tag, code or another character.
    if "|" in text:
        text = text.replace("\\", "\\\\").replace("|", "\\|")
    text = text.replace("*", "\\*").replace("](", "]\\(").replace("`", "\\`")
    if "&" in text:
        import re

        text = re.sub(r"&(?=#?\w+;)", "&amp;", text)
    return text.replace("<", "&lt;")
