"""The share of caught mutants: what was not tried, or is not caught, cannot pass."""

from __future__ import annotations

import json
from pathlib import Path

from tools import mutants


def test_what_no_test_catches_is_named_and_what_was_not_tried_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "salesflow").mkdir()
    found = {"a.x_f__mutmut_1": 1, "a.x_f__mutmut_2": 0, "a.x_g__mutmut_1": 33, "a.x_g__mutmut_2": None}
    (tmp_path / "salesflow" / "a.py.meta").write_text(json.dumps({"exit_code_by_key": found}))
    tried = mutants.results("a", tmp_path)
    assert mutants.share(tried, list(tried)) == (3, ["a.x_f__mutmut_2", "a.x_g__mutmut_1"])
    assert mutants.results("b", tmp_path) == {}


def test_too_few_caught_or_none_tried_is_not_held() -> None:
    assert mutants.held(20, 3) and not mutants.held(20, 4) and not mutants.held(0, 0)


def test_the_same_seed_draws_the_same() -> None:
    names = [f"m{number}" for number in range(50)]
    assert mutants.drawn(names, 5, 7) == mutants.drawn(names[::-1], 5, 7) != mutants.drawn(names, 5, 8)
    assert mutants.drawn(names, None, 7) == sorted(names)
