"""Every command that writes is one step: taken back to the byte, done again, and found sound (G1 to G4)."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from kit import Book
from undo_machine import Machine, look, start
from undo_words import POOLS, WORDS, pools_of, words

from salesflow.commands import registry


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
    before = look(filled)
    done = filled(*words(line, given))
    after = look(filled)
    (number, kind, changes), older = after.operations[:2]
    assert (kind, older) == ("step", before.operations[0]) and changes >= 1, (number, done)
    assert after.rows != before.rows and after.problems == []
    for word, there in (("undo", before), ("redo", after)):
        filled(word)
        seen = look(filled)
        assert (seen.rows, seen.problems) == (there.rows, [])


def test_any_sequence_of_steps() -> None:
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=20, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
