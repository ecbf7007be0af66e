"""Rows made by a process of their own come out as if they had been made here."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from salesflow.commands.import_ahead import FIRST, ahead
from salesflow.errors import Unusable, Usage

MANY = FIRST * 3


def numbers(upto: int, counts: dict[str, int]) -> Iterator[tuple[int, int]]:
    """A number and the process that made it."""
    for number in range(upto):
        counts["made"] = counts.get("made", 0) + 1
        yield number, os.getpid()


@pytest.mark.parametrize("upto", [0, 1, FIRST - 1, FIRST, FIRST + 1, MANY])
def test_every_item_comes_once_and_in_order(upto: int) -> None:
    counts: dict[str, int] = {}
    assert [number for number, _ in ahead(numbers(upto, counts), counts)] == list(range(upto))
    assert counts.get("made", 0) == upto


def test_a_short_file_divides_no_process_and_a_long_one_does() -> None:
    assert {maker for _, maker in ahead(numbers(FIRST, {}), {})} == {os.getpid()}
    makers = {maker for _, maker in ahead(numbers(MANY, {}), {})}
    assert len(makers) == 2 and os.getpid() in makers


def test_what_goes_wrong_there_is_raised_here_with_its_words() -> None:
    def broken() -> Iterator[int]:
        yield from range(MANY)
        raise Usage("fields.no_need", text="也许")

    items = ahead(broken(), {})
    with pytest.raises(Usage) as raised:
        list(items)
    assert (raised.value.key, raised.value.values) == ("fields.no_need", {"text": "也许"})


def test_a_maker_that_is_killed_is_told() -> None:
    def dies() -> Iterator[int]:
        yield from range(MANY)
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(Unusable):
        list(ahead(dies(), {}))


def test_no_process_is_left_behind_when_nobody_wants_the_rest() -> None:
    items = ahead(numbers(10**9, {}), {})
    maker = next(maker for number, maker in items if number >= FIRST)
    items.close()
    with pytest.raises(ProcessLookupError):
        os.kill(maker, 0)


def test_a_signal_in_the_first_moment_of_the_maker_never_runs_the_parent_s_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The maker's stack is the parent's, the open book in it: a signal must not unwind that there."""
    here, fork = os.getpid(), os.fork
    unwound, tell = os.pipe()

    class StopError(Exception):
        """What the program's own handler raises."""

    def stop(number: int, frame: object) -> None:
        raise StopError

    def hit() -> int:
        child = fork()
        if not child:
            os.kill(os.getpid(), signal.SIGTERM)
        return child

    monkeypatch.setattr(os, "fork", hit)
    before = signal.signal(signal.SIGTERM, stop)
    try:
        with pytest.raises(Unusable):
            list(ahead(numbers(MANY, {}), {}))
    finally:
        if os.getpid() != here:
            os.write(tell, b"!")
            os._exit(1)
        signal.signal(signal.SIGTERM, before)
    os.close(tell)
    assert os.read(unwound, 1) == b""
    os.close(unwound)
