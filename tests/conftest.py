"""What every test may ask for: the files that lie beside the repository."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

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
