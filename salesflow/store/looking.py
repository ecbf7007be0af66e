"""How a book is looked at that may be damaged: one state of it, any bytes as text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from salesflow.store.rows import Connection


@contextmanager
def reading(connection: Connection, *, wait: bool = True) -> Iterator[None]:
    """A block in which the book is read as it stands at its beginning, whatever others write meanwhile.

    Nobody can commit before its end. Without ``wait`` a book that somebody is about to commit in is an error at once.
    """
    if not wait:
        connection.execute("PRAGMA busy_timeout = 0")
    connection.execute("BEGIN")
    try:
        connection.execute("SELECT 1 FROM operation LIMIT 1").fetchone()
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


@contextmanager
def any_text(connection: Connection) -> Iterator[None]:
    """A block in which bytes that are no UTF-8 are read too (``surrogateescape``)."""
    before = connection.text_factory
    connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        connection.text_factory = before
