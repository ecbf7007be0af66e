"""Work made by a process of its own, while the one that asked for it goes on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from typing import Any, NoReturn, TypeVar

from salesflow.errors import SalesflowError, Unusable

T = TypeVar("T")

FIRST = 2_000  # so many are made here: most files have no more
_AT_ONCE = 200


def ahead(items: Iterator[T], counts: dict[str, int]) -> Iterator[T]:
    """The items, all but the first thousands made by a child process, which ``counts`` as it goes.

    Raises what making them raises, and Unusable where the child is gone. The items must not write to
    anything that both have, nor read a book.
    """
    first = list(islice(items, FIRST))
    yield from first
    if len(first) < FIRST:
        return
    if not hasattr(os, "fork"):
        yield from items
        return
    yield from _made_elsewhere(items, counts)


def _made_elsewhere(items: Iterator[T], counts: dict[str, int]) -> Iterator[T]:
    import pickle
    from signal import SIGKILL

    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _make(items, counts, writing)
    os.close(writing)
    try:
        with os.fdopen(reading, "rb", buffering=1 << 20) as stream:
            while isinstance(batch := pickle.load(stream), list):
                yield from batch
        if isinstance(batch, BaseException):
            raise batch
        counts.update(batch)
    except (EOFError, pickle.UnpicklingError):
        raise Unusable("imports.reader_gone") from None
    finally:
        os.kill(child, SIGKILL)
        os.waitpid(child, 0)


def _make(items: Iterator[Any], counts: dict[str, int], writing: int) -> NoReturn:
    import pickle
    from signal import SIG_IGN, SIGINT, signal

    signal(SIGINT, SIG_IGN)  # the parent is asked to stop, and stops this one
    try:
        with os.fdopen(writing, "wb", buffering=1 << 16) as stream:
            try:
                while batch := list(islice(items, _AT_ONCE)):
                    stream.write(pickle.dumps(batch, pickle.HIGHEST_PROTOCOL))
                stream.write(pickle.dumps(dict(counts)))
            except SalesflowError as error:
                stream.write(pickle.dumps(error))
    finally:
        os._exit(0)
