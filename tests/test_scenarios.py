"""A rep's week as transcripts: what people type and what they read, compared line by line.

``SALESFLOW_REWRITE=1`` writes the answers anew instead; read the difference before it is committed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import ROOT
from transcripts import Player, entries, rewritten

FILES = sorted((ROOT / "scenarios").glob("*.txt"))


def lang_of(path: Path) -> str:
    """The language in the name: ``week.en.txt`` is English."""
    return "en" if ".en" in path.suffixes else "zh"


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_the_scenario_runs_as_it_is_written(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    player = Player(tmp_path, monkeypatch, lang_of(path))
    text = path.read_text(encoding="utf-8")
    if os.environ.get("SALESFLOW_REWRITE"):
        path.write_text(rewritten(text, player, document=False), encoding="utf-8")
        return
    for entry in entries(text):
        assert player.play(entry) == entry.answer, entry.command


def test_there_is_a_scenario_in_each_language() -> None:
    assert {lang_of(path) for path in FILES} == {"zh", "en"}
