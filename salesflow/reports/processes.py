"""The book's processes for one report, each read once."""

from __future__ import annotations

from collections.abc import Iterator

from salesflow import processes
from salesflow.errors import Unusable, Usage
from salesflow.processes import Process, from_json
from salesflow.store import settings
from salesflow.store.rows import Connection


class Processes:
    """The processes of the book by code; going through them meets those in use alone."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, Process] = {}
        self._followed: list[str] | None = None
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
        return (self[code] for code in self.used)

    @property
    def used(self) -> list[str]:
        """The codes of the processes that a lead follows, and of the one for new leads."""
        wanted = {*self.followed, self._default}
        return [code for code in self.codes if code in wanted]

    @property
    def followed(self) -> list[str]:
        """The codes of the processes that a lead follows."""
        if self._followed is None:
            self._followed = settings.processes_followed(self._connection)
        return self._followed

    def all(self) -> Iterator[Process]:
        """Every process of the book, the first made first."""
        return (self[code] for code in self.codes)

    def named(self, word: str) -> Process:
        """The process of that code or title: the book's, else a built-in one. Raises Usage with the nearest."""
        code = processes.meant(word, self.codes, lambda held: self[held].titles)
        return self[code] if code in self.codes else processes.load(processes.builtin(code), code)

    def with_stage(self, word: str) -> Process:
        """The process that has the stage of that code or title: that of new leads before any other.

        Raises Usage where none has it, or several others have.
        """
        try:
            self.default.stage(word)
            return self.default
        except Usage:
            found = [one for one in self.all() if one.code != self._default and _has_stage(one, word)]
            if not found:
                raise
        if len(found) > 1:
            known = " ".join(one.code for one in found)
            raise Usage("process.stage_in_several", text=word[:60], known=known, process=found[0].code)
        return found[0]

    @property
    def default(self) -> Process:
        """The process that new leads follow."""
        return self[self._default]

    @property
    def _default(self) -> str:
        return settings.get_setting(self._connection, "process") or self.codes[0]


def _has_stage(process: Process, word: str) -> bool:
    try:
        process.stage(word)
    except Usage:
        return False
    return True
