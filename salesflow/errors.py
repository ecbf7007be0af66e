"""What can go wrong, each kind with the exit code that scripts see (cli.md, exit codes)."""

from __future__ import annotations

import os
from errno import ENOMEM


class SalesflowError(Exception):
    """A failure that a person can act on: a text key, its values, an exit code.

    ``key`` names a text of the catalogue (``errors.no_lead``); ``values`` fill it.
    ``lines`` are printed below it as they are (candidates, missing things).
    """

    exit_code = 1

    def __init__(self, key: str, /, lines: tuple[str, ...] = (), **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values
        self.lines = lines

    def __str__(self) -> str:
        return f"{self.key} {self.values}" if self.values else self.key


class Refused(SalesflowError):
    """A rule says no; nothing was changed."""

    exit_code = 1


class Usage(SalesflowError):
    """The command or a value in it cannot be read."""

    exit_code = 2


class NotFound(SalesflowError):
    """No such lead, record, file or book."""

    exit_code = 3


class Ambiguous(SalesflowError):
    """More than one lead matches; ``candidates`` are their ids."""

    exit_code = 4

    def __init__(
        self, key: str, /, lines: tuple[str, ...] = (), candidates: tuple[int, ...] = (), **values: object
    ) -> None:
        super().__init__(key, lines, **values)
        self.candidates = candidates


class Unusable(SalesflowError):
    """The book or a file cannot be used."""

    exit_code = 5


class NotShown(SalesflowError):
    """Saved, but the answer could not be written."""

    exit_code = 6


def not_written(path: os.PathLike[str] | str, error: OSError) -> Unusable:
    """The failure to write the file at ``path``; only where there was one is it said to be as it was."""
    if os.path.lexists(path):
        return Unusable("book.cannot_write", path=path, why=error)
    return Unusable("book.cannot_write_new", path=path, why=error)


def starved(error: BaseException) -> bool:
    """Whether what failed found no memory; what is loaded only when it is needed finds none either."""
    if isinstance(error, ImportError):
        return "failed to map" in str(error) or "allocate" in str(error)
    return isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == ENOMEM)


def nearest(word: str, known: list[str]) -> str:
    """The known word most like ``word``, or '' where none is near."""
    from difflib import get_close_matches

    found = get_close_matches(word.lower(), [k.lower() for k in known], n=1, cutoff=0.5)
    return next((k for k in known if found and k.lower() == found[0]), "")
