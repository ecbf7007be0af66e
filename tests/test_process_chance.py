"""The share of a stage's leads that close, as a process file says it (L8)."""

from __future__ import annotations

import pytest

from salesflow import processes
from salesflow.errors import Usage


def built(old: str = "", new: str = "") -> processes.Process:
    """The process of a new book, with one thing changed in its file."""
    name = processes.builtin_names()[0]
    text = processes.builtin(name)
    assert old in text
    return processes.load(text.replace(old, new, 1) if old else text, name, "en")


@pytest.mark.parametrize("name", processes.builtin_names())
def test_every_process_says_it_and_it_rises(name: str) -> None:
    process = processes.load(processes.builtin(name), name)
    said = [stage.chance for stage in process.stages if not stage.won]
    assert all(one is not None and 0 < one < 1 for one in said)
    chances = [process.chance(stage.code) for stage in process.stages]
    assert chances == sorted(chances) and chances[-1] == 1
    assert processes.from_json(processes.to_json(process)) == process


def test_a_process_that_says_nothing_has_an_even_ladder() -> None:
    process = built()
    silent = process._replace(stages=tuple(stage._replace(chance=None) for stage in process.stages))
    # three stages before the deal: 1/4, 2/4, 3/4, and the deal
    assert [silent.chance(stage.code) for stage in silent.stages] == [0.25, 0.5, 0.75, 1.0]


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ("chance = 1.5", "takes a number from 0 to 1"),
        ("chance = true", "takes a number from 0 to 1"),
        ("chance = 0.01", "is lower than the 0.05 before it"),
    ],
)
def test_what_is_no_share_is_named(new: str, told: str) -> None:
    with pytest.raises(Usage) as caught:
        built("chance = 0.20", new)
    (line,) = caught.value.lines
    assert told in line


def test_a_deal_has_no_other_chance_than_one() -> None:
    assert built("won = true", "won = true\nchance = 1").chance("customer") == 1
    with pytest.raises(Usage) as caught:
        built("won = true", "won = true\nchance = 0.9")
    assert "is 1" in caught.value.lines[0]
