"""Copies under two writers (H1), a few of the twenty of every pull request; and that ``cp`` would be noticed."""

from __future__ import annotations

import os

import pytest
from soak import backups

pytestmark = pytest.mark.skipif(os.name != "posix", reason="processes that are killed")


def test_copies_taken_while_two_programs_write_are_sound() -> None:
    found = backups.run(3)
    assert (found["made"], found["bad"], found["errors"]) == (3, 0, 0) and found["moments"] >= 1


def test_the_run_notices_what_cp_makes_of_a_book_that_is_written() -> None:
    assert backups.run(4, backups.by_cp)["bad"] > 0
