"""A file to read: opened as often as needed, refused by name where it cannot be."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import IO, cast

from salesflow.errors import NotFound, Unusable

LARGEST_FILE = 2 * 1024**3
CHUNK = 1 << 20


class Source:
    """The bytes of one file, to be read from the start as often as needed.

    A stream (a pipe, standard input) is first copied into a temporary file without a name.
    Raises NotFound or Unusable where there is no such file or it cannot be read.
    """

    def __init__(self, source: Path | IO[bytes], name: str) -> None:
        self.name = name
        self._path: Path | None = None
        self._copy: IO[bytes] | None = None
        if isinstance(source, Path):
            self._take_path(source)
        else:
            self._copy = self._copied(source)

    @property
    def ending(self) -> str:
        """The end of the file's name: lower case, without the dot."""
        return self.name.rpartition(".")[2].lower() if "." in self.name else ""

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """The bytes from the start."""
        if self._copy is not None:
            self._copy.seek(0)
            yield self._copy
            return
        assert self._path is not None
        with _refusals(self.name):
            handle = self._path.open("rb")
        with handle:
            try:
                yield handle
            except OSError as error:
                raise Unusable("exchange.cannot_read", file=self.name) from error

    def lines(self, encoding: str) -> Iterator[str]:
        """The text by lines; CR, LF and CRLF all end one and come out as LF."""
        with self.open() as handle:
            text = TextIOWrapper(handle, encoding, newline=None)
            try:
                for line in text:  # noqa: UP028  (`yield from` would close the file at the first stop)
                    yield line
            except UnicodeDecodeError as error:  # it was sound a moment ago: somebody writes to it
                raise Unusable("exchange.cannot_read", file=self.name) from error
            finally:
                if not handle.closed:
                    text.detach()

    def _take_path(self, path: Path) -> None:
        with _refusals(self.name):
            info = path.stat()
        if stat.S_ISDIR(info.st_mode):
            raise Unusable("exchange.is_a_folder", file=self.name)
        if not stat.S_ISREG(info.st_mode):
            with _refusals(self.name), path.open("rb") as stream:
                self._copy = self._copied(stream)
        elif info.st_size > LARGEST_FILE:
            raise Unusable("exchange.too_large", file=self.name)
        self._path = path
        with self.open():
            pass

    def _copied(self, stream: IO[bytes]) -> IO[bytes]:
        from tempfile import TemporaryFile

        # Not a `with`: the copy lives as long as this source and has no name to clean up.
        copy = cast("IO[bytes]", TemporaryFile())  # noqa: SIM115
        size = 0
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > LARGEST_FILE:
                copy.close()
                raise Unusable("exchange.too_large", file=self.name)
            copy.write(chunk)
        copy.flush()
        return copy

    def __del__(self) -> None:
        copy = getattr(self, "_copy", None)
        if copy is not None:
            copy.close()


@contextmanager
def _refusals(name: str) -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise NotFound("exchange.not_found", file=name) from error
    except PermissionError as error:
        raise Unusable("exchange.no_permission", file=name) from error
    except OSError as error:
        raise Unusable("exchange.cannot_read", file=name) from error
