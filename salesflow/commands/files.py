"""Files that commands write: whole or not at all, readable by their owner alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from salesflow.errors import Refused, not_written

if TYPE_CHECKING:
    from typing import BinaryIO

    from salesflow.context import App

_PIECE = 1 << 16


def write_file(path: Path, data: bytes) -> None:
    """The file written whole or not at all, readable by its owner alone; what was there stays on failure.

    Raises Refused where a book stands: years of work are not to be lost by a slip in a name.
    """
    with writing(path) as file:
        file.write(data)


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """A file to write into, which takes the place of ``path`` once the block has ended well; 0600.

    A device or a pipe is written to, never replaced. Raises Refused where a book stands, Unusable
    where the file cannot be written; then what was there stays as it was.
    """
    if path.exists() and not path.is_file():
        with _told(path), path.open("wb") as through:
            yield through
        return
    from salesflow.db import sync_folder
    from salesflow.db_copy import is_book

    if is_book(path):
        raise Refused("book.kept", path=path)
    path = path.resolve()  # a link stays one
    half = path.with_name(f".{path.name}.{os.getpid()}.part")
    with _told(path):
        half.unlink(
            missing_ok=True
        )  # a killed run with the same number, as in a container, may have left one
        handle = os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with _told(path):
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            os.replace(half, path)
            sync_folder(path.parent)
    except BaseException:
        half.unlink(missing_ok=True)
        raise


@contextmanager
def spooled(app: App, in_memory: int) -> Iterator[BinaryIO]:
    """A file to write into, whose text goes to stdout once the block has ended well.

    Nothing is half answered where reading fails, and the book is closed before a slow reader reads.
    More than ``in_memory`` bytes wait in a file without a name.
    """
    from codecs import getincrementaldecoder
    from tempfile import SpooledTemporaryFile

    with SpooledTemporaryFile(max_size=in_memory) as file:
        yield file  # type: ignore[misc]
        file.seek(0)
        decoder = getincrementaldecoder("utf-8")()
        while piece := file.read(_PIECE):
            app.stdout.write(decoder.decode(piece))


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise not_written(path, error) from None
