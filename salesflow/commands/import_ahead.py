"""Work made by a process of its own, while the one that asked for it goes on."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import IO, Any, NoReturn, TypeVar

from salesflow.errors import SalesflowError, Unusable

T = TypeVar("T")

FIRST = 500  # so many are made here: most files have no more
_AT_ONCE = 200
_HELD = 1 << 20


def ahead(items: Iterator[T], counts: dict[str, int], size: int = 1) -> Generator[T, None, None]:
    """The items, all but the first thousands made by a child process, which ``counts`` as it goes.

    An item may stand for ``size`` rows. Raises what making them raises, and Unusable where the child is
    gone. The items must not write to anything that both have, nor read a book.
    """
    first = list(islice(items, FIRST // size))
    yield from first
    if len(first) < FIRST // size:
        return
    if not hasattr(os, "fork"):
        yield from items
        return
    yield from elsewhere(items, counts, max(1, _AT_ONCE // size))


def elsewhere(items: Iterator[T], counts: dict[str, int], at_once: int) -> Generator[T, None, None]:
    """The items, made by a child process from the first on, ``at_once`` at a time; needs ``os.fork``.

    Raises what making them raises, and Unusable where the child is gone.
    """
    import pickle
    from signal import SIG_BLOCK, SIG_SETMASK, SIGHUP, SIGINT, SIGKILL, SIGTERM, pthread_sigmask

    reading, writing = _pipe()
    # the child's stack is the parent's, its open book in it: no signal may unwind that there
    before = pthread_sigmask(SIG_BLOCK, (SIGINT, SIGTERM, SIGHUP))
    child = os.fork()
    if not child:
        os.close(reading)
        _make(items, counts, at_once, writing, before)
    try:
        os.close(writing)
        with os.fdopen(reading, "rb", buffering=1 << 20) as stream:
            pthread_sigmask(SIG_SETMASK, before)
            while isinstance(batch := _received(stream), list):
                yield from batch
        if isinstance(batch, BaseException):
            raise batch
        counts.update(batch)
    except (EOFError, ValueError, TypeError, pickle.UnpicklingError):
        raise Unusable("imports.reader_gone") from None
    finally:
        os.kill(child, SIGKILL)
        os.waitpid(child, 0)


def _send(stream: IO[bytes], what: Any) -> None:
    """What is sent, behind its length and how it is written: plain tuples as marshal does it, all else pickled."""
    import marshal
    import pickle

    try:
        form, text = b"m", marshal.dumps(what)
    except ValueError:
        form, text = b"p", pickle.dumps(what, pickle.HIGHEST_PROTOCOL)
    stream.write(form + len(text).to_bytes(8, "big") + text)


def _received(stream: IO[bytes]) -> Any:
    """What was sent next. Raises EOFError where nothing more comes."""
    import marshal
    import pickle

    head = stream.read(9)
    text = stream.read(int.from_bytes(head[1:], "big"))
    if not head:
        raise EOFError
    return marshal.loads(text) if head[:1] == b"m" else pickle.loads(text)


def _pipe() -> tuple[int, int]:
    """A pipe that holds many batches, where the system lets it: each side goes on while the other is busy."""
    import fcntl

    reading, writing = os.pipe()
    with suppress(AttributeError, OSError):
        fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, _HELD)
    return reading, writing


def _make(
    items: Iterator[Any], counts: dict[str, int], at_once: int, writing: int, mask: Iterable[int]
) -> NoReturn:
    from signal import SIG_DFL, SIG_IGN, SIG_SETMASK, SIGHUP, SIGINT, SIGTERM, pthread_sigmask, signal

    try:
        signal(SIGINT, SIG_IGN)  # the parent is asked to stop, and stops this one
        signal(SIGTERM, SIG_DFL)
        signal(SIGHUP, SIG_DFL)
        pthread_sigmask(SIG_SETMASK, mask)
        with os.fdopen(writing, "wb", buffering=1 << 16) as stream:
            try:
                while batch := list(islice(items, at_once)):
                    _send(stream, batch)
                    if at_once == 1:
                        stream.flush()  # each is waited for
                _send(stream, dict(counts))
            except SalesflowError as error:
                _send(stream, error)
    finally:
        os._exit(0)
