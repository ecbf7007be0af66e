"""Cells of a row of records: its days, yes and no, codes of the lead's process; each text is read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import blake2b
from typing import Any

from salesflow.actions.import_codes import Codes
from salesflow.actions.import_lead import RowIn
from salesflow.actions.work import Work
from salesflow.dates import When, parse_cell
from salesflow.errors import Refused, SalesflowError, Usage

_YES = frozenset(("yes", "y", "1", "true", "是", "对", "√", "✓", "有", "已", "接通", "已接通"))
_NO = frozenset(("no", "n", "0", "false", "否", "不是", "×", "无", "没", "未", "未接", "未接通", "没接"))


class Cells:
    """What the cells of one file say, with the clock, the order of its dates and the processes of the book."""

    def __init__(self, work: Work, orders: Mapping[str, str], headers: Mapping[str, str]) -> None:
        self.work = work
        self._orders = orders
        self._headers = headers
        self._codes: dict[str, Codes] = {}
        self._days: dict[tuple[str, str], When | SalesflowError] = {}
        self._ways: dict[tuple[str, str], tuple[str, bool, bool]] = {}

    def codes(self, process: str) -> Codes:
        """The codes of a process of the book."""
        found = self._codes.get(process)
        if found is None:
            found = self._codes[process] = Codes(self.work.process(process))
        return found

    def way(self, process: str, text: str | None, note: str | None) -> tuple[str, bool, bool]:
        """The way that a cell or else the note's beginning names, whether they came to us, whether it is a visit."""
        codes = self.codes(process)
        if text is None:
            text = codes.via(note or "") or codes.process.default_via
        found = self._ways.get((process, text))
        if found is None:
            via = codes.code("via", text)
            visit = codes.process.known_via(via).counts_as_visit
            found = self._ways[process, text] = via, codes.process.came_to_us(text), visit
        return found

    def reads(self, field: str) -> bool:
        """Whether the sheet has a column of that field."""
        return field in self._headers

    def header(self, field: str) -> str:
        """The column that the field is read from."""
        return self._headers.get(field, field)

    def needed(self, values: Mapping[str, Any], field: str) -> Any:
        """What the row says there. Raises Usage where it says nothing."""
        found = values.get(field)
        if found is None:
            raise Usage("mapping.row_without", column=self.header(field))
        return found

    def instant(self, values: Mapping[str, Any], field: str) -> str:
        """When it was, as it is stored; a day alone counts from 00:00. Raises Usage, Refused for a day to come."""
        found = self._past(values, field)
        at = f"{found.date.isoformat()}T{found.time or '00:00'}"
        if at > self.work.at:
            raise Refused("imports.in_future", column=self.header(field), at=at.replace("T", " "))
        return at

    def day(self, values: Mapping[str, Any], field: str) -> str:
        """The day on which it was, as it is stored. Raises Usage, Refused for a day to come."""
        return self.instant(values, field)[:10]

    def _past(self, values: Mapping[str, Any], field: str) -> When:
        text = self.needed(values, field)
        found = self._days.get((field, text))
        if found is None:
            try:
                found = parse_cell(text, self._orders.get(field, ""), self.work.today, past=True)
            except Usage as error:
                found = error
            self._days[field, text] = found
        if isinstance(found, SalesflowError):
            raise found
        return found

    def promised(self, text: str, field: str, since: str) -> When:
        """A day to come after ``since`` (cells without a year are counted from that day). Raises Usage."""
        return parse_cell(text, self._orders.get(field, ""), date.fromisoformat(since[:10]), past=False)

    def flag(self, values: Mapping[str, Any], field: str, usual: bool) -> bool:
        """Yes or no; ``usual`` where the cell is blank. Raises Usage for another word."""
        text = values.get(field)
        if text is None:
            return usual
        word = text.strip().casefold()
        if word not in _YES | _NO:
            raise Usage("imports.no_flag", text=text[:40])
        return word in _YES


# what a row is read as: another column of the same row is another record
_MEANS = ("at", "stage", "status", "signed_on", "on", "amount")


class Keys:
    """The keys of one file's rows: all that a row says, and which of the equal ones it is in its file."""

    def __init__(self, kind: str, header: Sequence[str], aside: Sequence[str]) -> None:
        """``aside`` are columns that say why a row was rejected before."""
        self._kind = kind
        self._places = sorted((name, place) for place, name in enumerate(header) if name not in set(aside))
        self._seen: dict[str, int] = {}

    def of(self, row: RowIn) -> str:
        """The key of the row; blank cells and the order of the columns say nothing."""
        cells, values = row.cells, row.values
        said = [f"{name}\x1f{text}" for name, place in self._places if (text := cells[place].strip())]
        said += [f"{field}\x1f{values[field]}" for field in _MEANS if field in values]
        text = "\x1e".join(said)
        digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
        count = self._seen[digest] = self._seen.get(digest, 0) + 1
        return f"{self._kind}:{digest}:{count}"
