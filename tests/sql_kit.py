"""The statements that the program gives to SQLite, as it gives them: their text, without the values."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch


class _Cursor(sqlite3.Cursor):
    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        getattr(self.connection, "said", []).append(sql)
        return super().execute(sql, *values)

    def executemany(self, sql: str, *values: Any) -> sqlite3.Cursor:
        getattr(self.connection, "said", []).append(sql)
        return super().executemany(sql, *values)


def _recording(kind: type[Any], said: list[str]) -> type[Any]:
    """A class of connections like ``kind`` that note what they are told."""

    class Recording(kind):  # the base is known when it is made
        def cursor(self, factory: Any = _Cursor) -> Any:
            return super().cursor(factory)

        def execute(self, sql: str, *values: Any) -> Any:
            said.append(sql)
            return super().execute(sql, *values)

        def executemany(self, sql: str, *values: Any) -> Any:
            said.append(sql)
            return super().executemany(sql, *values)

        def executescript(self, sql: str) -> Any:
            said.append(sql)
            return super().executescript(sql)

    Recording.said = said
    return Recording


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements of every connection that is opened in the block, in their order."""
    said: list[str] = []
    connect = sqlite3.connect

    def recording(*args: Any, factory: type[Any] = sqlite3.Connection, **more: Any) -> Any:
        return connect(*args, factory=_recording(factory, said), **more)

    with patch("sqlite3.connect", recording):
        yield said
