"""A report as a workbook: its tables on one sheet, its charts, drawn by the program that opens it, on another.

Figures are numbers, text is always text. A table's trend is a sparkline; its numbers stand on a sheet of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from salesflow.exchange.workbook import as_moment, cells, day_alone, for_print, workbook
from salesflow.money import Money
from salesflow.tables import Chart, Column, Report, Section

if TYPE_CHECKING:
    from typing import BinaryIO

_NUMBERS = {
    "int": "0",
    "part": "0.0#",
    "yuan": "#,##0",
    "fen": "#,##0.00",
    "rate": "0%",
    "id": '"#"0',
    "date": "yyyy-mm-dd",
    "time": "yyyy-mm-dd hh:mm",
}
_RIGHT = frozenset(("int", "money", "rate", "id"))
_NARROWEST, _WIDEST, _ACROSS = 7, 26, 92  # characters of a column, and of all of them together on a page
_LINE, _HIGH = 15.5, 17  # points of a line of text; rows that a chart is high
_TYPES = {"line": "line", "columns": "column"}  # all others are bars that lie
_COLOURS = ("#1864AB", "#D9480F", "#2B8A3E", "#862E9C", "#5C3D2E")


class Words(NamedTuple):
    """What the sheets are called, and what they say in the words of a language."""

    tables: str
    charts: str
    numbers: str
    footer: str
    yes: str
    no: str
    comma: str


def write_report(
    file: BinaryIO, report: Report, words: Words, mask: Callable[[str], str] | None = None
) -> None:
    """The report as a workbook in ``file``; ``mask`` hides the cells of phone columns."""
    with workbook(file, rows_in_order=False) as book:
        tables = _Sheet(book, report, words, mask)
        if report.charts:
            _draw_charts(book, report.charts, words)
        tables.draw()  # the numbers behind the trends are the last sheet


class _Sheet:
    """The sheet of the tables while it is written."""

    def __init__(self, book: Any, report: Report, words: Words, mask: Callable[[str], str] | None) -> None:
        self._book = book
        self._report = report
        self._words = words
        self._mask = mask
        self._row = 0
        self._sheet = book.add_worksheet(words.tables)
        self._trends = _Trends(book, words.numbers, words.footer)
        self._widths = _widths(report.sections)
        self._look = _looks(book)

    def draw(self) -> None:
        """Title and sections, one below the other."""
        for place, width in enumerate(self._widths):
            self._sheet.set_column(place, place, width)
        for_print(self._sheet, self._words.footer, landscape=sum(self._widths) > _ACROSS)
        self._sheet.hide_gridlines(2)
        if self._report.title:
            self._say(self._report.title, "title")
        for section in self._report.sections:
            self._row += 1
            self._section(section)

    def _section(self, section: Section) -> None:
        if section.heading:
            self._say(section.heading, "heading")
        for line in section.before:
            self._say(line, "text")
        columns = [Column("", section.group_title), *section.columns] if section.grouped else section.columns
        if section.columns and (section.rows or section.header):
            if section.header:
                for place, column in enumerate(columns):
                    look = "head right" if column.kind in _RIGHT else "head"
                    self._sheet.write_string(self._row, place, column.title, self._look[look])
                self._row += 1
            for row in section.rows:
                group = (row.group,) if section.grouped else ()
                self._record(columns, (*group, *row.cells), row.style)
        for line in section.after:
            self._say(line, "text")

    def _record(self, columns: Sequence[Column], values: Sequence[Any], style: str) -> None:
        for place, (column, value) in enumerate(zip(columns, values, strict=True)):
            if column.kind == "trend":
                self._trend(place, values[0], value)
                continue
            if column.kind == "phone" and self._mask:
                value = _masked(value, self._mask)
            self._cell(place, column.kind, value, style)
        self._row += 1

    def _cell(self, place: int, kind: str, value: Any, style: str) -> None:
        number, look = _number(kind, value)
        moment = as_moment(value) if kind in ("date", "day", "time") else None
        if number is not None:
            self._sheet.write_number(self._row, place, number, self._look[look])
        elif moment:
            look = "date" if kind != "time" or day_alone(value) else "time"
            self._sheet.write_datetime(self._row, place, moment, self._look[look])
        elif value is None or value == "":
            self._sheet.write_blank(self._row, place, None, self._look["cell"])
        else:
            self._sheet.write_string(self._row, place, self._shown(value), self._look[style or "cell"])

    def _trend(self, place: int, name: Any, values: Any) -> None:
        self._sheet.write_blank(self._row, place, None, self._look["cell"])
        if values and not isinstance(values, str):
            where = self._trends.add(str(name), values)
            least = {} if any((value or 0) < 0 for value in values) else {"min": 0}
            self._sheet.add_sparkline(
                self._row, place, {"range": where, "type": "column", "series_color": _COLOURS[0], **least}
            )

    def _say(self, text: str, look: str) -> None:
        last = max(len(self._widths) - 1, 1)
        room = max(sum(self._widths), 40)
        lines = max(1, -(-cells(text) // int(room * 0.95)))
        high = {"title": 26, "heading": 20}.get(look, _LINE)
        self._sheet.set_row(self._row, max(high, lines * _LINE + 2))
        self._sheet.merge_range(self._row, 0, self._row, last, "", self._look[look])
        self._sheet.write_string(self._row, 0, text, self._look[look])
        self._row += 1

    def _shown(self, value: Any) -> str:
        if isinstance(value, bool):
            return self._words.yes if value else self._words.no
        if isinstance(value, list | tuple):
            return self._words.comma.join(map(str, value))
        return str(value)


class _Trends:
    """The sheet of numbers behind the sparklines; it comes with the first of them."""

    def __init__(self, book: Any, name: str, footer: str) -> None:
        self._book = book
        self._name = name
        self._footer = footer
        self._sheet: Any = None
        self._row = 0

    def add(self, name: str, values: Sequence[float | None]) -> str:
        """The range in which the numbers stand now."""
        from xlsxwriter.utility import xl_range_abs

        if self._sheet is None:
            self._sheet = self._book.add_worksheet(self._name)
            self._sheet.set_column(0, 0, 22)
            for_print(self._sheet, self._footer, landscape=True)
        self._sheet.write_string(self._row, 0, name)
        for place, value in enumerate(values, 1):
            if value is not None:
                self._sheet.write_number(self._row, place, value)
        self._row += 1
        where = xl_range_abs(self._row - 1, 1, self._row - 1, max(len(values), 1))
        return f"'{self._name}'!{where}"


def _widths(sections: Sequence[Section]) -> list[int]:
    found: list[int] = []
    for section in sections:
        titles = [section.group_title] if section.grouped else []
        titles += [column.title for column in section.columns]
        rows = [((row.group,) if section.grouped else ()) + row.cells for row in section.rows[:500]]
        for place, title in enumerate(titles):
            shown = [cells(title), *(cells(str(row[place])) for row in rows if isinstance(row[place], str))]
            width = min(max([*shown, _NARROWEST - 2]) + 2, _WIDEST)
            if place == len(found):
                found.append(width)
            found[place] = max(width, found[place])
    return found or [_WIDEST]


def _looks(book: Any) -> dict[str, Any]:
    line = {"valign": "vcenter", "bottom": 4, "bottom_color": "#BFBFBF"}
    wrapped = {**line, "text_wrap": True, "num_format": "@"}
    head = {"bold": True, "bg_color": "#DDE6F0", "border": 1, "text_wrap": True, "valign": "vcenter"}
    made = {
        "title": {"bold": True, "font_size": 15, "valign": "vcenter"},
        "heading": {"bold": True, "font_size": 12, "valign": "vcenter", "bottom": 1},
        "text": {"text_wrap": True, "valign": "vcenter"},
        "head": head,
        "head right": {**head, "align": "right"},
        "cell": wrapped,
        "late": {**wrapped, "font_color": "#BB0000"},
        "strong": {**wrapped, "bold": True},
    }
    made |= {name: {**line, "num_format": shown, "align": "right"} for name, shown in _NUMBERS.items()}
    return {name: book.add_format(look) for name, look in made.items()}


def _number(kind: str, value: Any) -> tuple[float | None, str]:
    """A cell's value as a number and how it is written, None for what is none."""
    if isinstance(value, Money):
        return _paid(value.fen)
    if isinstance(value, bool):
        return None, ""
    if isinstance(value, int | float):
        if kind == "money":
            return _paid(int(value))
        whole = isinstance(value, int) or value == int(value)
        return value, kind if kind in ("rate", "id") else "int" if whole else "part"
    if isinstance(value, str) and kind in ("int", "rate"):
        return _read(value)
    return None, ""


def _paid(fen: int) -> tuple[float, str]:
    return fen / 100, "fen" if fen % 100 else "yuan"


def _read(text: str) -> tuple[float | None, str]:
    # a share or an average that was written for people
    try:
        if text.endswith("%"):
            return int(text[:-1]) / 100, "rate"
        return float(text), "part" if "." in text else "int"
    except ValueError:
        return None, ""


def _masked(value: Any, mask: Callable[[str], str]) -> Any:
    if isinstance(value, list | tuple):
        return [_masked(one, mask) for one in value]
    return mask(value) if isinstance(value, str) else value


def _draw_charts(book: Any, charts: Sequence[Chart], words: Words) -> None:
    # the numbers of each chart stand to the left of it
    sheet = book.add_worksheet(words.charts)
    sheet.set_column(0, 0, 20)
    # beside the numbers of the widest of them
    left = max([5, *(len(chart.series) + bool(chart.notes) + 2 for chart in charts)])
    sheet.set_column(1, left - 2, 11)
    for_print(sheet, words.footer, landscape=True)
    sheet.hide_gridlines(2)
    bold, row = book.add_format({"bold": True}), 0
    formats = {name: book.add_format({"num_format": _NUMBERS[name]}) for name in ("int", "yuan", "rate")}
    breaks = []
    for number, chart in enumerate(charts):
        if number and number % 2 == 0:  # two of them fill a page
            breaks.append(row)
        _numbers_of(sheet, row, chart, bold, formats)
        sheet.insert_chart(row, left, _chart(book, chart, words.charts, row))
        row += max(_HIGH, len(chart.labels) + 3)
    sheet.set_h_pagebreaks(breaks)


def _numbers_of(sheet: Any, row: int, chart: Chart, bold: Any, formats: dict[str, Any]) -> None:
    sheet.write_string(row, 0, chart.title, bold)
    for place, series in enumerate(chart.series, 1):
        sheet.write_string(row + 1, place, series.name, bold)
        for number, value in enumerate(series.values):
            if value is not None:
                look = formats.get(series.kind, formats["int"])
                sheet.write_number(row + 2 + number, place, value, look)
    for number, label in enumerate(chart.labels):
        sheet.write_string(row + 2 + number, 0, label)
    for number, note in enumerate(chart.notes):
        sheet.write_string(row + 2 + number, len(chart.series) + 1, note)


def _chart(book: Any, chart: Chart, sheet: str, row: int) -> Any:
    kind = _TYPES.get(chart.kind, "bar")
    drawn = book.add_chart({"type": kind})
    first, last = row + 2, row + 1 + len(chart.labels)
    for place in range(1, len(chart.series) + 1):
        colour = {"color": _COLOURS[(place - 1) % len(_COLOURS)]}
        look = {"line": {**colour, "width": 2}, "marker": {"type": "circle", "size": 4}}
        drawn.add_series(
            {
                "name": [sheet, row + 1, place],
                "categories": [sheet, first, 0, last, 0],
                "values": [sheet, first, place, last, place],
                **(look if kind == "line" else {"fill": colour, "gap": 60}),
                "data_labels": {"value": kind == "bar"},
            }
        )
    drawn.set_title({"name": chart.title, "name_font": {"size": 11}, "overlay": False})
    drawn.set_size({"width": 560, "height": 310})
    if kind == "bar":
        drawn.set_y_axis({"reverse": True})
        drawn.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    drawn.set_legend({"none": True} if len(chart.series) == 1 else {"position": "bottom"})
    return drawn
