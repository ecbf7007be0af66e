"""Every command that writes is one step: taken back to the byte, done again, and found sound (G1 to G4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from kit import Book
from soak import undo
from soak.registry import SOAKS, broken
from undo_machine import Machine, look, start
from undo_words import POOLS, WORDS, pools_of, words

from salesflow.commands import registry

QUICK: dict[str, Any] = {
    "deadline": None,
    "database": None,
    "report_multiple_bugs": False,
    "suppress_health_check": list(HealthCheck),
}


@pytest.fixture
def filled(book: Book) -> Book:
    """The book in which the first words of each command are accepted."""
    return start(book.path.parent, book.patch)


def test_the_model_knows_every_command_that_writes() -> None:
    assert set(WORDS) | {"undo", "redo"} == registry.WRITES


@pytest.mark.parametrize("name", sorted(WORDS))
def test_a_command_is_one_step_that_is_taken_back_to_the_byte(filled: Book, name: str) -> None:
    line = WORDS[name][0]
    given = {pool: POOLS[pool][0] for pool in pools_of(line)} | {"folder": str(filled.path.parent)}
    before = look(filled, checked=False)
    done = filled(*words(line, given))
    after = look(filled, checked=False)
    (number, kind, changes), older = after.operations[:2]
    assert (kind, older) == ("step", before.operations[0]) and changes >= 1, (number, done)
    assert after.rows != before.rows
    filled("undo")
    seen = look(filled)
    assert (seen.rows, seen.problems) == (before.rows, [])


class Quick(Machine):
    """The model; the long runs (``python -m tests.soak undo``) ask ``check`` after every step."""

    check_every = 6


def test_any_sequence_of_steps() -> None:
    run_state_machine_as_test(Quick, settings=settings(max_examples=10, stateful_step_count=30, **QUICK))


BREAKS: dict[str, tuple[str, Callable[..., Any]]] = {
    "undo forgets a table": ("salesflow.store.history.take_out_all", lambda *_: True),
    "nobody looks at the key": ("salesflow.store.answers.find", lambda *_: None),
}


@pytest.mark.parametrize("what", BREAKS)
def test_the_model_notices(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """A program that is broken on purpose."""
    monkeypatch.setattr(*BREAKS[what])
    with pytest.raises((AssertionError, ExceptionGroup)):
        run_state_machine_as_test(
            Quick,
            settings=settings(max_examples=60, stateful_step_count=20, phases=[Phase.generate], **QUICK),
        )


class Broken(Machine):
    """The model beside a program that is broken on purpose, in whatever process it runs."""

    def __init__(self) -> None:
        super().__init__()
        self.patch.setattr(*BREAKS["undo forgets a table"])


@pytest.mark.parametrize(("machine", "found"), [(Machine, []), (Broken, ["broken"])])
def test_the_long_run_is_split_and_counts_what_every_part_did(
    monkeypatch: pytest.MonkeyPatch, machine: type[Machine], found: list[str]
) -> None:
    for name, value in {"JOBS": "2", "STEPS": "12"}.items():
        monkeypatch.setenv(f"SALESFLOW_{name}", value)
    figures = undo.run(3, machine, shrinks=False)
    assert figures["processes"] == 2
    assert [name for name in broken(SOAKS["undo"], 3, figures) if name != "never"] == found
    if not found:
        assert (figures["sequences"], figures["steps"]) == (3, 36)
