"""The three streams of the program: their charsets, and what stands in for one that the caller closed."""

from __future__ import annotations

import os
import sys
from typing import BinaryIO, TextIO, cast

OWN_CHARSETS = ("gb", "cp936", "big5", "cp950")


def set_streams() -> None:
    """Nothing; afterwards stdin, stdout and stderr are there, and speak what is on their other end."""
    # A pipe or file always gets UTF-8. A terminal keeps a Chinese charset of its own; another
    # charset could not show the answer, and terminals have spoken UTF-8 for long.
    # A stream that the caller closed keeps its number, so that no file gets it; an answer into it is lost, which
    # is said like any other that is. What is typed or piped in
    # and is no text arrives as lone surrogates, as in argv; the book takes none of them.
    sys.stdin = sys.stdin or _nowhere("r")
    sys.stdout = sys.stdout or _closed()
    sys.stderr = sys.stderr or _nowhere("w")
    streams = (
        (sys.stdin, "surrogateescape"),
        (sys.stdout, "backslashreplace"),
        (sys.stderr, "backslashreplace"),
    )
    for stream, errors in streams:
        charset = (stream.encoding or "").lower()
        own = (stream.isatty() or stream is sys.stdin) and charset.startswith(OWN_CHARSETS)
        stream.reconfigure(encoding=charset if own else "utf-8", errors=errors)  # type: ignore[union-attr]


def _nowhere(mode: str) -> TextIO:
    return cast("TextIO", open(os.devnull, mode, encoding="utf-8"))


def _closed() -> TextIO:
    import errno
    from io import FileIO, TextIOWrapper

    class Closed(FileIO):
        """A stream that takes nothing."""

        def write(self, data: object) -> int:
            """Raises OSError, as writing to what is closed does."""
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))

    return TextIOWrapper(cast("BinaryIO", Closed(os.devnull, "w")), encoding="utf-8", write_through=True)
