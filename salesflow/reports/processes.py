"""The book's processes for one report, each read once."""

from __future__ import annotations

from collections.abc import Iterator

from salesflow.errors import Unusable
from salesflow.processes import Process, from_json
from salesflow.store import settings
from salesflow.store.rows import Connection


class Processes:
    """Every process of the book by its code; the one that the book uses first."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, Process] = {}
        self.codes = settings.process_codes(connection)

    def __getitem__(self, code: str) -> Process:
        found = self._known.get(code)
        if found is None:
            data = settings.process_data(self._connection, code)
            if data is None:
                raise Unusable("book.process_missing", code=code)
            found = self._known[code] = from_json(data)
        return found

    def __iter__(self) -> Iterator[Process]:
        return (self[code] for code in self.codes)

    @property
    def default(self) -> Process:
        """The process that new leads follow."""
        return self[settings.get_setting(self._connection, "process") or self.codes[0]]
