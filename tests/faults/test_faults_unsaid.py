"""What went wrong where even the words for it cannot be loaded: one line, and no more than is known."""

from __future__ import annotations

import errno
import subprocess
import sys
from types import ModuleType

import pytest
from conftest import ROOT
from kit import Book

from salesflow.context import App

UNLOADED = (
    (ImportError("libz.so: failed to map segment from shared object"), "memory"),
    (MemoryError(), "memory"),
    (OSError(errno.ENOMEM, "Cannot allocate memory"), "memory"),
    (ModuleNotFoundError("No module named 'salesflow.commands.trouble'"), "No module named"),
    (OSError(errno.EMFILE, "Too many open files"), "Too many open files"),
    (OSError(errno.EIO, "\x1b]0;x\x07"), "x1b"),
)


class Gone(ModuleType):
    """A module of which nothing can be had."""

    why: BaseException = ImportError()

    def __getattr__(self, name: str) -> object:
        """Never returns."""
        raise AttributeError(name) if name.startswith("__") else self.why


@pytest.mark.parametrize(("why", "word"), UNLOADED, ids=[repr(why) for why, _ in UNLOADED])
@pytest.mark.parametrize("saved", [False, True])
def test_one_true_line(
    book: Book, capfd: pytest.CaptureFixture[str], why: BaseException, word: str, saved: bool
) -> None:
    gone = Gone("salesflow.commands.trouble")
    gone.why = why
    with book.patch.context() as patch:
        patch.setitem(sys.modules, gone.__name__, gone)
        if saved:
            patch.setattr(App, "flush", _fails)
        code = 6 if saved else 5
        book("add", "华星宝马", *([] if saved else ["--grade", "none"]), code=code)
    said = capfd.readouterr().err
    assert said.count("\n") == 1 and word in said and "\x1b" not in said
    assert ("memory" in said) == (word == "memory")
    assert ("Saved" in said, "othing was changed" in said) == (saved, not saved)
    assert len(book("list", "--json").json) == saved


def _fails(app: App) -> None:
    raise OSError(errno.ENOSPC, "full")


def test_nothing_is_loaded_before_ctrl_c_is_heard() -> None:
    # a module that is loaded where nothing catches Ctrl-C would be a window for a traceback
    words = "import os, sys; had = {*sys.modules}; import salesflow.__main__; print(*sorted({*sys.modules} - had))"
    done = subprocess.run([sys.executable, "-c", words], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["salesflow", "salesflow.__main__"]
