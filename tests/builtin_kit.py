"""The processes that come with salesflow, loaded once, with short ways to look into them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from salesflow import processes
from salesflow.processes import Checklist, Process, Stage, Want

NAMES = processes.builtin_names()
LOADED = {name: processes.load(processes.builtin(name), name) for name in NAMES}
FILM, LUBRICANT, KEY = LOADED["film-4s"], LOADED["lubricant"], LOADED["key-account"]
OURS = ("film-4s", "lubricant", "key-account")

each = pytest.mark.parametrize("name", NAMES)
ours = pytest.mark.parametrize("name", OURS)


def wants(process: Process) -> Iterator[tuple[Stage, Want]]:
    """Every want of every gate, with the stage that it leads to."""
    return ((stage, want) for stage in process.stages for want in stage.gate)


def codes(process: Process, noun: str) -> list[str]:
    """The codes of one list, in its order."""
    return [one.code for one in getattr(process, processes.LISTS[noun])]


def checklist(process: Process, code: str) -> Checklist:
    """The checklist of that code."""
    found = process.choice("checklist", code)
    assert isinstance(found, Checklist)
    return found
