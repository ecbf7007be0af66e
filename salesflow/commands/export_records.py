"""Records written out, one kind at a time: csv for Excel, tsv, json, jsonl, or a workbook to hand in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from salesflow.commands import lists
from salesflow.commands.export_asked import format_of
from salesflow.context import App
from salesflow.errors import Unusable, Usage

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from typing import BinaryIO

    from salesflow.commands.export_asked import Asked
    from salesflow.reports.discreet import Veil
    from salesflow.reports.outgoing import Sheet
    from salesflow.store.rows import Connection

SHEETS = ("csv", "tsv")
WORKBOOK = "xlsx"
FORMATS = (*SHEETS, "json", "jsonl", WORKBOOK)
CARDS = "vcf"  # of people alone
_TOLD_EVERY = 1000
_KEPT_IN_MEMORY = 16_000_000


def write(app: App, asked: Asked) -> None:
    """The records of a kind that the filters choose, in the format of ``-f`` or of the file's ending."""
    from salesflow.commands.consent import allowed
    from salesflow.reports.discreet import Veil

    if asked.lead:
        raise Usage("errors.extra_words", words=asked.lead[:80])
    cards = asked.kind == "contacts"
    fmt = format_of(asked, (*FORMATS, CARDS) if cards else FORMATS, "csv")
    if fmt == CARDS:
        from salesflow.commands import export_phone

        export_phone.cards(app, asked)
        return
    if fmt == WORKBOOK and asked.output in (None, "-"):
        raise Usage("sheets.wants_file", kind=asked.kind)
    parent_id = lists.parent_of(app, asked.filters)
    # what the rep keeps is whole; a workbook is handed in
    asks = asked.personal and (fmt == WORKBOOK or bool(asked.consent))
    whole = allowed(app, _ids(app, asked, parent_id), asks, asked.consent, asked.why)
    veil = Veil(whole) if fmt == WORKBOOK or asked.mask else None
    with _target(app, asked) as file, app.read() as connection:
        done = _Writer(app, asked, fmt, veil, connection).write(file, parent_id)
    _say(app, asked, done)


def _ids(app: App, asked: Asked, parent_id: int | None) -> list[int] | None:
    if not asked.personal:
        return []
    from salesflow.reports import outgoing

    with app.read() as connection:
        wanted = lists.wanted_of(connection, asked.filters, parent_id)
        return outgoing.lead_ids(connection, wanted, app.today)


def _target(app: App, asked: Asked) -> AbstractContextManager[BinaryIO]:
    from pathlib import Path

    from salesflow.commands.files import spooled, writing

    if asked.output is None or asked.output == "-":
        return spooled(app, _KEPT_IN_MEMORY)
    return writing(Path(asked.output))


class _Done:
    """What was written: how many records, and what is to be said of them."""

    def __init__(self, title: str, veil: Veil | None) -> None:
        self.title = title
        self.veil = veil
        self.rows = 0
        self.cut = 0
        self.people_left = 0


class _Writer:
    """One export while the book is open."""

    def __init__(self, app: App, asked: Asked, fmt: str, veil: Veil | None, connection: Connection) -> None:
        self._app = app
        self._asked = asked
        self._fmt = fmt
        self._connection = connection
        self._done = _Done(app.t(f"sheets.kind_{asked.kind}"), veil)

    def write(self, file: BinaryIO, parent_id: int | None) -> _Done:
        """What was written into ``file``."""
        from salesflow.commands.progress import counting
        from salesflow.reports import outgoing
        from salesflow.reports.lists import EVERY
        from salesflow.store import contacts

        app, done = self._app, self._done
        wanted = lists.wanted_of(self._connection, self._asked.filters, parent_id)
        plain = wanted.chosen == EVERY and not wanted.later
        leads = self._asked.kind == "leads"
        ids = None if plain and not leads else outgoing.lead_ids(self._connection, wanted, app.today)
        people = self._fmt in (*SHEETS, WORKBOOK)
        how = outgoing.Asked(app.lang, app.today, self._fmt == WORKBOOK, people, done.veil)
        sheet = outgoing.sheet(self._connection, self._asked.kind, ids, how)
        if leads and people:
            done.people_left = contacts.count_further(self._connection, ids or ())
        with counting(app, "sheets.writing") as advance:
            counted = sheet._replace(records=_counted(sheet.records, advance, done))
            self._into(file, counted)
        return done

    def _into(self, file: BinaryIO, sheet: Sheet) -> None:
        if self._fmt == WORKBOOK:
            self._workbook(file, sheet)
            return
        from salesflow.commands import export_text

        pieces = export_text.pieces(sheet.columns, sheet.records, self._fmt)
        for piece in pieces:
            file.write(piece)

    def _workbook(self, file: BinaryIO, sheet: Sheet) -> None:
        from salesflow.exchange import workbook

        app = self._app
        look = workbook.Look(
            self._done.title, *(app.t(f"sheets.{word}") for word in ("page", "yes", "no", "comma"))
        )
        columns = named(sheet.columns) if self._asked.kind == "leads" else sheet.columns
        try:
            self._done.cut = workbook.write_table(file, columns, gated(sheet.records), look).cut
        except Unusable as error:
            if error.key != "exchange.too_many_rows":
                raise
            raise Usage("sheets.too_many", kind=self._asked.kind, most=workbook.MOST_ROWS) from None


def _counted(
    records: Iterator[dict[str, Any]], advance: Callable[[int], None], done: _Done
) -> Iterator[dict[str, Any]]:
    for record in records:
        done.rows += 1
        if done.rows % _TOLD_EVERY == 0:
            advance(done.rows)
        yield record


def named(columns: Any) -> list[Any]:
    """The columns of one's own by their bare names, where import does not take these for others."""
    from salesflow.exchange.recognise import find_field

    def bare(column: Any) -> Any:
        name = column.title.removeprefix("custom.")
        known = name == column.title or find_field(name, "leads")
        return column if known else column._replace(title=name)

    return [bare(column) for column in columns]


def gated(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The records without what steers a screen."""
    from salesflow.commands.export_text import safe_lines

    def clean(value: Any) -> Any:
        if isinstance(value, str):
            return safe_lines(value)
        return [clean(one) for one in value] if isinstance(value, list) else value

    for record in records:
        yield {name: clean(value) for name, value in record.items()}


def _say(app: App, asked: Asked, done: _Done) -> None:
    if asked.output not in (None, "-"):
        app.warn("sheets.done", title=done.title, count=done.rows, file=asked.output)
    if done.cut:
        app.warn("sheets.cut", count=done.cut)
    left_out(app, done.veil, asked.personal)
    if done.people_left:
        app.warn("sheets.people_left", count=done.people_left)


def left_out(app: App, veil: Veil | None, personal: bool = False) -> None:
    """Nothing; what others do not get to read is said on stderr, and how they would, unless that was asked for."""
    if veil and (veil.phones or veil.fields):
        app.warn(
            "sheets.kept_back" if personal else "sheets.left_out", phones=veil.phones, fields=veil.fields
        )
