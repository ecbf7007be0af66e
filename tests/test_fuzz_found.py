"""What fuzzing has found, each input as it was; and that the fuzzing finds what is planted."""

from __future__ import annotations

import base64
import random
from collections.abc import Callable

import pytest
from soak.fuzz_one import mutated
from soak.fuzz_seeds import seeds, words
from soak.fuzz_targets import TARGETS, WrongError

from salesflow.render import gate

# target, the input as the run prints it, what it was
FOUND = (
    (
        "vcf",
        "QkVHSU46VkNBUkQNClZFUlNJT046Mi4xDQpOO0NIQVJTRVQ9VWYAAAA7RU5DTz1JUUdETuFVT1RFRC1QUklOVEFCTEU6PUU3PThFPThCOzs7Ow"
        "0KVEVMO0hPTUWyu8WpvL6tsw0K",
        "a card whose encoding has a NUL in its name",
    ),
)


@pytest.mark.parametrize(("target", "data", "what"), FOUND)
def test_what_was_found_stays_mended(target: str, data: str, what: str) -> None:
    TARGETS[target](base64.b64decode(data))


@pytest.mark.parametrize("target", TARGETS)
def test_each_target_takes_its_seeds_and_some_of_their_kind(target: str) -> None:
    dice, pool = random.Random(target), seeds(target)
    assert pool
    for data in [*pool[:40], *(mutated(dice.choice(pool), words(target), dice) for _ in range(30))]:
        TARGETS[target](data)


def tries(target: Callable[[bytes], None], name: str) -> int:
    """How many inputs it takes until one is a finding; 0 where 500 are none."""
    dice, pool = random.Random(name), seeds(name)
    for number in range(1, 500):
        try:
            target(mutated(dice.choice(pool), words(name), dice))
        except Exception:
            return number
    return 0


def test_a_planted_mistake_in_a_reader_is_found(monkeypatch: pytest.MonkeyPatch) -> None:

    def careless(text: str, *args: object, **more: object) -> object:
        if "30" in text:
            raise ValueError("day is out of range for month")
        return None

    monkeypatch.setattr("salesflow.dates.longest_when", careless)
    assert tries(TARGETS["dates"], "dates")


def test_a_gate_that_stands_open_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "UNSAFE", frozenset())
    with pytest.raises(WrongError):
        TARGETS["gate"](b"a\x1b[2J")
