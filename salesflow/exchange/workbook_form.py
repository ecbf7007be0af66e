"""Forms drawn as worksheets: ready to print on A4 and to sign."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from salesflow.exchange.workbook import as_moment, cells, day_alone, for_print, workbook
from salesflow.tables import Form, FormCell, FormRow

if TYPE_CHECKING:
    from typing import BinaryIO

_LINE = 15.5  # points
_TALLEST = 400.0
_HEIGHTS = {"title": 34.0, "note": 20.0, "heading": 20.0}
_BOX = {"border": 1, "border_color": "#7F7F7F", "text_wrap": True, "valign": "vcenter"}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 18, "align": "center", "valign": "vcenter"},
    "note": {"align": "left", "valign": "vcenter"},
    "right": {"align": "right", "valign": "vcenter"},
    "heading": {**_BOX, "bold": True, "bg_color": "#DDE6F0"},
    "head": {**_BOX, "bold": True, "bg_color": "#DDE6F0", "align": "center"},
    "label": {**_BOX, "bg_color": "#F2F2F2", "align": "center"},
    "value": {**_BOX, "indent": 1},
    "sign": {"align": "left", "valign": "bottom", "text_wrap": True},
}
_SHOWN = {"int": "0", "money": "#,##0.00", "date": "yyyy-mm-dd", "time": "yyyy-mm-dd hh:mm"}
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def write_forms(file: BinaryIO, forms: Iterable[Form], footer: str) -> int:
    """How many forms were drawn, each on a sheet of its own. Raises OSError where it cannot be written."""
    count = 0
    with workbook(file, rows_in_order=False) as book:
        names: set[str] = set()
        formats: dict[tuple[str, str], Any] = {}
        for form in forms:
            count += 1
            _draw(book, book.add_worksheet(_sheet_name(form.name, names)), form, formats, footer)
    return count


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name that a sheet may have and no other has, whatever its case."""
    plain = name.translate(_FORBIDDEN).strip()[:28] or "1"
    found, number = plain, 1
    while found.casefold() in taken:
        number += 1
        found = f"{plain[:25]} {number}"
    taken.add(found.casefold())
    return found


def _draw(book: Any, sheet: Any, form: Form, formats: dict[tuple[str, str], Any], footer: str) -> None:
    for_print(sheet, footer, landscape=form.landscape)
    sheet.hide_gridlines(2)
    sheet.center_horizontally()
    for place, width in enumerate(form.widths):
        sheet.set_column(place, place, width)
    for number, row in enumerate(form.rows):
        sheet.set_row(number, _height(row, form.widths))
        place = 0
        for cell in row.cells:
            _cell(sheet, number, place, cell, _format(book, formats, cell))
            place += cell.span
    if form.repeated:
        sheet.repeat_rows(0, form.repeated - 1)
        sheet.freeze_panes(form.repeated, 0)
    sheet.print_area(0, 0, max(len(form.rows) - 1, 0), len(form.widths) - 1)


def _format(book: Any, formats: dict[tuple[str, str], Any], cell: FormCell) -> Any:
    kind = "date" if cell.kind == "time" and day_alone(cell.value) else cell.kind
    key = (cell.look, kind)
    if key not in formats:
        look = dict(_LOOKS[cell.look])
        if kind in _SHOWN:
            look.pop("indent", None)
            look |= {"num_format": _SHOWN[kind], "align": "right" if kind == "money" else "center"}
        else:
            look |= {"num_format": "@"}
        formats[key] = book.add_format(look)
    return formats[key]


def _cell(sheet: Any, row: int, place: int, cell: FormCell, look: Any) -> None:
    if cell.span > 1:
        # a merged cell is written twice: once for its borders, once for its value
        sheet.merge_range(row, place, row, place + cell.span - 1, "", look)
    value = cell.value
    moment = as_moment(value) if cell.kind in ("date", "time") else None
    if value is None or value == "":
        sheet.write_blank(row, place, None, look)
    elif moment:
        sheet.write_datetime(row, place, moment, look)
    elif isinstance(value, int | float) and cell.kind in _SHOWN:
        sheet.write_number(row, place, value, look)
    else:
        sheet.write_string(row, place, str(value), look)


def _height(row: FormRow, widths: Sequence[float]) -> float:
    """As many lines as the fullest cell needs."""
    least = max((_HEIGHTS.get(cell.look, 0.0) for cell in row.cells), default=0.0)
    place, lines = 0, row.lines
    for cell in row.cells:
        room = sum(widths[place : place + cell.span])
        place += cell.span
        if cell.kind in _SHOWN or cell.look in ("title", "note", "right"):
            continue
        # an indent, and what a font is wider than another
        margin = 2.0 if cell.look == "value" else 0.5
        lines = max(lines, _lines(str(cell.value or ""), room - margin))
    return min(max(least, lines * _LINE + 3), _TALLEST)


def _lines(text: str, room: float) -> int:
    fit = max(1, int(room))
    return sum(max(1, -(-cells(line) // fit)) for line in text.split("\n"))
