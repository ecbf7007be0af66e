"""Report -> text, in every format; each format is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from salesflow.tables import Report, of_format

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

FORMATS = ("table", "plain", "json", "jsonl", "csv", "tsv", "md", "chat")


def render(
    report: Report, fmt: str, lang: str, *, width: int = 0, mask: Callable[[str], str] | None = None
) -> str:
    """The report as text of format ``fmt``, line ends included, ready to be written.

    ``mask`` hides the cells of phone columns in ``md`` and ``chat``, which go to others.
    ``table`` is fitted to ``width`` cells (0: as wide as it is) and has no colour; on a
    terminal ``terminal`` writes it.
    """
    report = of_format(report, fmt)
    if fmt == "plain":
        from salesflow.render.as_plain import plain

        return plain(report, lang)
    if fmt == "table":
        from salesflow.render.as_rich import uncoloured

        return uncoloured(report, lang, width)
    if fmt in ("md", "chat"):
        return _for_others(report, fmt, lang, mask)
    return _for_machines(report, fmt)


def page(report: Report, lang: str, *, mask: Callable[[str], str] | None = None, drawing: str = "") -> str:
    """The report as a page for a browser or a printer; ``mask`` hides the cells of phone columns.

    ``drawing`` is SVG that stands below the title (``as_map``), its texts escaped already.
    """
    from salesflow.render.as_html import html

    return html(of_format(report, "html"), lang, mask, drawing)


def terminal(
    report: Report, lang: str, file: TextIO, width: int, height: int = 0, *, old: bool = False
) -> None:
    """Write the report to a terminal of ``width`` cells, in colour where it may be.

    An ``old`` terminal draws no small bars: it gets digits.
    """
    from salesflow.render.as_rich import write

    write(of_format(report, "table"), lang, file, width, height, fine=not old)


def is_old(environ: Mapping[str, str], encoding: str | None) -> bool:
    """Whether a terminal of this environment knows the plain characters alone: no blocks, no boxes."""
    lang = next((found for name in ("LC_ALL", "LC_CTYPE", "LANG") if (found := environ.get(name))), "")
    if environ.get("SALESFLOW_ASCII") or (encoding or "utf-8").lower().replace("-", "") not in (
        "utf8",
        "utf16le",
    ):
        return True
    if environ.get("OS") == "Windows_NT":  # the old console draws them two cells wide
        return not any(environ.get(name) for name in ("WT_SESSION", "TERM_PROGRAM", "ConEmuANSI", "TERM"))
    return environ.get("TERM") in (None, "", "dumb", "linux", "vt100") or lang.lower() in ("", "c", "posix")


def _for_others(report: Report, fmt: str, lang: str, mask: Callable[[str], str] | None) -> str:
    if fmt == "md":
        from salesflow.render.as_markdown import markdown

        return markdown(report, lang, mask)
    from salesflow.render.as_chat import chat

    return chat(report, lang, mask)


def _for_machines(report: Report, fmt: str) -> str:
    if fmt in ("json", "jsonl"):
        from salesflow.render import as_json

        return as_json.as_json(report) if fmt == "json" else as_json.as_jsonl(report)
    if fmt in ("csv", "tsv"):
        from salesflow.render import as_delimited

        return as_delimited.as_csv(report) if fmt == "csv" else as_delimited.as_tsv(report)
    raise ValueError(f"no format {fmt!r}")
