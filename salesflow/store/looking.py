"""How a book is looked at that may be damaged: one state of it, any bytes as text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from salesflow.store.rows import Connection


@contextmanager
def reading(connection: Connection) -> Iterator[None]:
    """A block in which the book is read as it stands at its beginning: nobody can commit before its end.

    Inside a block of that kind it is the same one.
    """
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        connection.execute("SELECT 1 FROM operation LIMIT 1").fetchone()
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def roomy(connection: Connection) -> None:
    """Nothing; pages that are looked up in no order, as those of an index beside its table, are read once."""
    connection.execute("PRAGMA cache_size = -128000")


@contextmanager
def any_text(connection: Connection) -> Iterator[None]:
    """A block in which bytes that are no UTF-8 are read too (``surrogateescape``)."""
    before = connection.text_factory
    connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        connection.text_factory = before
