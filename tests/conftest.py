"""What every test may ask for: the files that lie beside the repository."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from kit import Book, make

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="no folder 'shared' beside the repository")


@pytest.fixture(scope="session")
def shared() -> Callable[[str], Path]:
    """``shared("data/dates/dates.tsv")``: that file; the test is skipped where it is not there."""

    def find(name: str) -> Path:
        path = SHARED / name
        if not path.exists():
            pytest.skip(f"no ../shared/{name} beside the repository")
        return path

    return find


@pytest.fixture(scope="session")
def empty_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty book, to be copied."""
    path = tmp_path_factory.mktemp("template") / "book.db"
    with pytest.MonkeyPatch.context() as patch:
        make(path, patch)
    return path


@pytest.fixture
def book(empty_book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    """A book of the test's own; ``book("add", "华星宝马")`` runs a command on it."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "SALESFLOW_FORMAT", "NO_COLOR", "TERM", "LINES"):
        monkeypatch.delenv(name, raising=False)
    path = tmp_path / "book.db"
    shutil.copy(empty_book, path)
    return Book(path, monkeypatch)
