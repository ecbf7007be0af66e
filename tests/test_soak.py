"""The frame of the long runs: a figure that is not held, or not measured, is exit 1."""

from __future__ import annotations

import importlib
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import pytest
from soak.__main__ import main
from soak.registry import SOAKS, Soak, all_of, at_least


def soaks(monkeypatch: pytest.MonkeyPatch, figures: Mapping[str, float]) -> dict[str, Soak]:
    """One run that answers ``figures``."""
    module = ModuleType("soak.made_up")
    vars(module)["run"] = lambda count: figures
    monkeypatch.setitem(sys.modules, module.__name__, module)
    held = {"lost": 0, "seconds": 3, "found": at_least(5), "done": all_of()}
    return {"try": Soak("made_up", "tries", 10, 100, held)}


GOOD = {"lost": 0, "seconds": 3, "found": 5, "done": 10, "more": 7}


def test_figures_that_are_held(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["try"], soaks(monkeypatch, GOOD)) == 0
    out, err = capsys.readouterr()
    record = json.loads(out)
    assert record.items() >= {"soak": "try", "count": 10, "held": True, **GOOD}.items()
    assert "lost 0 (must be 0) ok" in err and "held" in err


@pytest.mark.parametrize("wrong", [{"lost": 1}, {"seconds": 3.1}, {"found": 4}, {"done": 9}, {"done": 99}])
def test_a_figure_that_is_not_held_is_exit_1(
    monkeypatch: pytest.MonkeyPatch, wrong: dict[str, float]
) -> None:
    release = wrong.get("done") == 99
    assert main(["all", "--release" if release else "--pr"], soaks(monkeypatch, GOOD | wrong)) == 1


def test_a_figure_that_was_not_measured_is_not_held(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["try", "--count", "3"], soaks(monkeypatch, {"lost": 0, "seconds": 1, "found": 9})) == 1
    assert "done was not measured" in capsys.readouterr().err


def test_the_list_names_every_run_and_its_counts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    out = capsys.readouterr().out
    for name, soak in SOAKS.items():
        assert name in out and soak.what in out
        assert callable(importlib.import_module(f"soak.{soak.module}").run)
        assert 0 < soak.pr <= soak.release and soak.holds, name


@pytest.mark.parametrize("words", [["nothing"], ["all", "--count", "0"], ["all", "--pr", "--release"]])
def test_wrong_words(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2


@pytest.mark.parametrize("page", ["promises.md", "promises.en.md"])
def test_the_page_of_promises_names_tests_and_runs_that_are_there(page: str) -> None:
    here = Path(__file__).parent
    rows = (here.parent / "docs" / page).read_text("utf-8").splitlines()
    promised = [row.strip("|").split("|") for row in rows if re.match(r"\| P\d+ ", row)]
    assert len(promised) == 13
    for row in promised:
        tests, runs = re.findall(r"`([^`]+)`", row[4]), re.findall(r"`([^`]+)`", row[5])
        assert runs and set(runs) <= set(SOAKS), row[0]
        for name in tests:
            named = name if "test_" in name else f"**/test_*{name}"
            assert list(here.glob(f"{named}.py")), f"{row[0]}: {name}"
