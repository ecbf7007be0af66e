"""Workbooks written: a sheet of records, ready to be read, filtered and printed.

Text is always text (no formula, no link, no number out of a phone), days are days, amounts are
numbers. Rows go to the file as they come, so that a hundred thousand need no memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import east_asian_width

from salesflow.errors import Unusable
from salesflow.guard import visible
from salesflow.tables import Column

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

MOST_ROWS = 1_048_575  # below the header
LONGEST = 32_767  # characters of a cell
A4 = 9
_SAMPLE = 1000
_LEGIBLE = 215  # characters across an A4 page
_NARROWEST, _WIDEST = 5, 34
_NUMBERS = {
    "int": "0",
    "number": "#,##0.##",
    "float": "0.0#####",
    "money": "#,##0.00",
    "rate": "0%",
    "date": "yyyy-mm-dd",
    "time": "yyyy-mm-dd hh:mm",
}
_CENTRED = frozenset(("int", "rate", "date", "time"))
_FIXED_WIDTH = {"date": 11, "time": 17, "money": 13, "rate": 8}


class Look(NamedTuple):
    """What a sheet is called, and what it says in the words of a language: its footer, yes and no, between items."""

    title: str
    footer: str
    yes: str
    no: str
    comma: str


class Written(NamedTuple):
    """How many rows were written, and how many cells were longer than a cell may be."""

    rows: int
    cut: int


@contextmanager
def workbook(file: BinaryIO, *, rows_in_order: bool = True) -> Iterator[Any]:
    """A workbook that is in ``file`` at the end of the block. Raises Unusable where it cannot be written."""
    from tempfile import TemporaryDirectory

    import xlsxwriter
    from xlsxwriter.exceptions import XlsxFileError

    with TemporaryDirectory(prefix="salesflow-") as folder:  # readable by the owner alone
        options = {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "constant_memory": rows_in_order,
            "tmpdir": folder,
        }
        book = xlsxwriter.Workbook(file, options)
        book.worksheet_class = type("Sheet", (book.worksheet_class,), {"write_string": _write_visible})
        try:
            yield book
        except BaseException:
            _forget(book)
            raise
        try:
            book.close()
        except XlsxFileError as error:
            _forget(book)
            cause = error.args[0] if error.args else error
            raise cause if isinstance(cause, OSError) else OSError(str(error)) from None


def _write_visible(sheet: Any, row: int, place: int, text: str, look: Any = None) -> Any:
    # every text of every sheet comes by here
    return sheet._write_string(row, place, visible(text), look)


def _forget(book: Any) -> None:
    # or it would complain, when it is thrown away, that it was not closed
    book.fileclosed = 1


def write_table(
    file: BinaryIO, columns: Sequence[Column], records: Iterable[Any], look: Look, *, blank: bool = False
) -> Written:
    """The records as one sheet; what has no value in any of them is hidden, and what is for machines (``drop``).

    With ``blank`` columns without a value are shown too.

    Raises Unusable where there are more of them than a sheet has rows.
    """
    with workbook(file) as book:
        return _written(book, columns, records, look, blank)


def write_tables(
    file: BinaryIO, tables: Iterable[tuple[Sequence[Column], Iterable[Any], Look]]
) -> list[Written]:
    """Several kinds, each as a sheet of one workbook, one after the other."""
    with workbook(file) as book:
        return [_written(book, *table) for table in tables]


def _written(
    book: Any, columns: Sequence[Column], records: Iterable[Any], look: Look, blank: bool = False
) -> Written:
    table = _Table(book, columns, look, blank)
    rows = iter(records)
    sample = list(islice(rows, _SAMPLE))
    table.head(sample)
    for record in chain(sample, rows):
        table.add(record)
    table.end()
    return Written(table.rows, table.cut)


class _Table:
    """A sheet while it is written."""

    def __init__(self, book: Any, columns: Sequence[Column], look: Look, blank: bool) -> None:
        self.rows = 0
        self.cut = 0
        self._columns = columns
        self._look = look
        self._blank = blank
        self._filled = [False] * len(columns)
        self._widths = [0] * len(columns)
        self._sheet = book.add_worksheet(look.title[:31])
        self._head = book.add_format(
            {"bold": True, "bg_color": "#DDE6F0", "border": 1, "valign": "vcenter", "text_wrap": True}
        )
        plain = {"valign": "vcenter", "text_wrap": True}
        text = book.add_format({**plain, "num_format": "@"})
        made = {
            kind: book.add_format(
                {"valign": "vcenter", "num_format": shown, "align": "center" if kind in _CENTRED else "right"}
            )
            for kind, shown in _NUMBERS.items()
        }
        self._formats = [made.get(column.kind, text) for column in columns]
        self._text = text
        self._day = made["date"]
        for_print(self._sheet, look.footer, landscape=True)

    def head(self, sample: Sequence[Any]) -> None:
        """The header, frozen, and the widths of the columns by the first records."""
        for place, column in enumerate(self._columns):
            self._sheet.write_string(0, place, column.title, self._head)
            shown = [self._shown(record.get(column.key)) for record in sample]
            widest = max((longest_line(one) for one in shown), default=0)
            self._widths[place] = _FIXED_WIDTH.get(column.kind) or min(
                max(widest, longest_line(column.title), _NARROWEST - 2) + 2, _WIDEST
            )
        self._sheet.freeze_panes(1, 0)
        self._sheet.repeat_rows(0)

    def add(self, record: Any) -> None:
        """One record below the others."""
        if self.rows >= MOST_ROWS:
            raise Unusable("exchange.too_many_rows", most=MOST_ROWS)
        self.rows += 1
        for place, column in enumerate(self._columns):
            value = record.get(column.key)
            if value is not None and value != "" and value != []:
                self._filled[place] = self._filled[place] or value is not False
                self._cell(place, column.kind, value)

    def end(self) -> None:
        """The filter over all rows; columns without a value hidden."""
        last = max(self.rows, 1)
        self._sheet.autofilter(0, 0, last, len(self._columns) - 1)
        printed, used = 0, 0
        for place, width in enumerate(self._widths):
            blank = bool(self.rows) and not self._filled[place] and not self._blank
            hidden = bool(self._columns[place].drop) or blank
            self._sheet.set_column(place, place, width, None, {"hidden": hidden})
            used += 0 if hidden else width
            printed = place if used <= _LEGIBLE else printed
        # what does not fit a page that can be read is on the screen alone
        self._sheet.print_area(0, 0, last, printed)

    def _cell(self, place: int, kind: str, value: Any) -> None:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if number and kind in _NUMBERS:
            self._sheet.write_number(self.rows, place, value, self._formats[place])
            return
        moment = as_moment(value) if kind in ("date", "time") else None
        if moment:
            look = self._day if day_alone(value) else self._formats[place]
            self._sheet.write_datetime(self.rows, place, moment, look)
            return
        text = self._shown(value)
        if len(text) > LONGEST:
            self.cut += 1
            text = text[: LONGEST - 1] + "…"
        self._sheet.write_string(self.rows, place, text, self._text)

    def _shown(self, value: Any) -> str:
        if isinstance(value, bool):
            return self._look.yes if value else self._look.no
        if isinstance(value, list | tuple):
            return self._look.comma.join(map(str, value))
        return "" if value is None else str(value)


def as_moment(text: Any) -> date | datetime | None:
    """The day or moment of an ISO text, None for any other, and for what a workbook cannot count from 1900."""
    try:
        found = (
            date.fromisoformat(text) if len(text) == 10 else datetime.strptime(text[:16], "%Y-%m-%dT%H:%M")
        )
    except (TypeError, ValueError):
        return None
    return found if found.year > 1900 else None


def day_alone(text: Any) -> bool:
    """Whether a moment has no hour: midnight is what is written where only the day is known."""
    return str(text)[10:16] == "T00:00"


def cells(text: str) -> int:
    """How wide a text is: a Chinese character is two."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(one) in "WFA" else 1 for one in text)


def longest_line(text: str) -> int:
    """How wide the widest line of a text is."""
    return max(map(cells, text.split("\n")))


def for_print(sheet: Any, footer: str, *, landscape: bool) -> None:
    """A4, as wide as the page, numbered."""
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(0)  # lines on paper too
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.set_footer(f"&C{footer}")
