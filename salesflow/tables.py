"""What every list and report returns: data for scripts, columns and rows for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple


class Column(NamedTuple):
    """One column: its key (csv header), title (already in the language) and kind of value.

    ``kind`` says once how a value is shown: text, int, money (fen), rate (0 to 1), date
    (``YYYY-MM-DD``), day (month, day, weekday), time, phone, id (``#12``), trend (numbers one
    after the other, drawn as a line of small bars; the last column, for their characters may
    be one cell wide or two); a value that is a text already is shown as it is. ``shrink``
    marks what may be cut on a narrow terminal, ``drop`` the order in which columns leave it
    (1 first, 0 never), ``wide`` the terminal width from which the column is shown.
    """

    key: str
    title: str = ""
    kind: str = "text"
    shrink: bool = False
    drop: int = 0
    wide: int = 0


class Row(NamedTuple):
    """One record: cells in the order of the columns, the group it stands in, a style word.

    ``style`` is '', 'late' (red) or 'strong' (bold); nothing is said by colour alone.
    """

    cells: tuple[Any, ...]
    group: str = ""
    style: str = ""


class Section(NamedTuple):
    """Columns and rows under a heading, with lines before and after.

    ``grouped``: on a terminal each new ``Row.group`` is a heading line with its count
    (``有约 2``), elsewhere a first column titled ``group_title``. ``group_totals`` are the
    counts where a group holds more than the rows given, ``group_limits`` the rows at most
    that a terminal lists of a group. ``only`` are the formats that show the section ('' for all):
    table (a terminal), plain, md, chat, html, xlsx; a picture has its columns in the others.
    ``labels`` are the keys of columns whose title stands before each value in a message; with any, a column
    without a title is left out of it.
    """

    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    heading: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    grouped: bool = False
    header: bool = True
    group_title: str = ""
    group_totals: Mapping[str, int] = {}
    group_limits: Mapping[str, int] = {}
    only: str = ""
    labels: tuple[str, ...] = ()


class Series(NamedTuple):
    """One row of figures of a chart: what they are, a number for each label (None: not known), of which kind."""

    name: str
    values: tuple[float | None, ...]
    kind: str = "int"


class Chart(NamedTuple):
    """Figures to be drawn, on a page as SVG, in a workbook as a chart of its own.

    ``kind`` is line (figures over time), columns (the same as columns), bars (a bar for each label),
    funnel (bars, ``notes`` the words between each and the next), aims (shares of what was aimed at,
    ``notes`` the words beside each) or strip (the parts of one whole).
    """

    kind: str
    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    notes: tuple[str, ...] = ()


class Report(NamedTuple):
    """One analysis, ready for any output: ``data`` is the JSON, sections are for people.

    ``records`` names the list in ``data`` whose items are the lines of jsonl, csv and tsv
    ('' where ``data`` itself is the list), ``fields`` the columns of csv and tsv (else the
    keys of the first record). ``chat`` are the lines of the format chat. ``terminal_limit``
    is how many rows a terminal lists at most: 0 all, -1 as many as it has lines for.
    ``open_phones`` are those that everybody may read: a shop's own landlines. ``charts`` are
    drawn where the report becomes a page or a workbook.
    """

    data: Any
    sections: tuple[Section, ...] = ()
    title: str = ""
    chat: tuple[str, ...] = ()
    records: str = ""
    terminal_limit: int = 0
    fields: tuple[str, ...] = ()
    open_phones: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()

    def items(self) -> Sequence[Any]:
        """The records of the report, one a line of jsonl and csv."""
        found = self.data[self.records] if self.records else self.data
        return found if isinstance(found, list) else [found]


class FormCell(NamedTuple):
    """One cell of a form: its value, how many columns of the grid it spans, its look, the kind of value.

    ``look`` is title, note, right, heading, head, label, value or sign; ``kind`` as of a Column.
    """

    value: Any
    span: int = 1
    look: str = "value"
    kind: str = "text"


class FormRow(NamedTuple):
    """Cells side by side that fill the grid; ``lines`` is how high the row is at least."""

    cells: tuple[FormCell, ...]
    lines: int = 1


class Form(NamedTuple):
    """A page to print and to sign: the widths of the grid's columns in characters, and its rows.

    ``name`` is what the sheet is called; the first ``repeated`` rows stand on every page.
    """

    name: str
    widths: tuple[float, ...]
    rows: tuple[FormRow, ...]
    landscape: bool = False
    repeated: int = 0


def of_format(report: Report, fmt: str) -> Report:
    """The report with those of its sections that this format shows."""
    if not any(section.only for section in report.sections):
        return report
    kept = [one for one in report.sections if not one.only or fmt in one.only.split()]
    return report._replace(sections=tuple(kept))


def shortened(report: Report, most: int, said: Callable[[int], str]) -> Report:
    """The report with so many rows or lines of each list at most, beneath it what ``said`` of how many are left out."""

    def lines(texts: tuple[str, ...]) -> tuple[str, ...]:
        return texts if len(texts) <= most else (*texts[:most], said(len(texts) - most))

    sections = []
    for one in report.sections:
        left = (said(len(one.rows) - most),) if len(one.rows) > most else ()
        sections.append(
            one._replace(before=lines(one.before), rows=one.rows[:most], after=(*left, *lines(one.after)))
        )
    return report._replace(sections=tuple(sections))


def mapped(report: Report, change: Callable[[str], str]) -> Report:
    """The same report with each text that people read after ``change``; columns of phones stay as they are."""
    sections = [_mapped(section, change) for section in report.sections]
    chat, charts = tuple(map(change, report.chat)), tuple(_redrawn(one, change) for one in report.charts)
    return report._replace(sections=tuple(sections), title=change(report.title), chat=chat, charts=charts)


def _redrawn(chart: Chart, change: Callable[[str], str]) -> Chart:
    labels, notes = tuple(map(change, chart.labels)), tuple(map(change, chart.notes))
    return chart._replace(labels=labels, notes=notes)


def _mapped(section: Section, change: Callable[[str], str]) -> Section:
    kept = {place for place, column in enumerate(section.columns) if column.kind == "phone"}

    def cell(place: int, value: Any) -> Any:
        # an amount is written as a text that knows its number, and has nothing to hide
        return change(value) if type(value) is str and place not in kept else value

    rows = [row._replace(cells=tuple([cell(*one) for one in enumerate(row.cells)])) for row in section.rows]
    before, after = tuple(map(change, section.before)), tuple(map(change, section.after))
    return section._replace(rows=tuple(rows), heading=change(section.heading), before=before, after=after)
