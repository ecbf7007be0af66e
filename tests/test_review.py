"""``review --spread``: what is overdue goes to the next working days, in the order of today, with its reason (K4)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from salesflow.cli import main

# 2026-11-20 is a Friday: the next working days are Monday the 23rd and Tuesday the 24th
FRIDAY = "2026-11-20T19:00"


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "book.db"
    monkeypatch.setenv("SALESFLOW_DB", str(path))
    monkeypatch.setenv("SALESFLOW_LANG", "zh")
    monkeypatch.setenv("SALESFLOW_NOW", "2026-11-02T09:00")
    assert main(["init"]) == 0
    # two days late, three days late ...: the order of today is most days late first, one grade for all
    for day in (16, 17, 18, 13, 12):
        note = f"来过 下次11-{day} 送样"
        assert main(["add", f"店{day}", "--grade", "A", "--note", note]) == 0
    monkeypatch.setenv("SALESFLOW_NOW", FRIDAY)
    return path


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> object:
    capsys.readouterr()
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_latest_come_first_and_the_days_are_working_days(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    moved = asked(capsys, "review", "--spread", "2", "--why", "出差")
    assert moved == [
        {"lead_id": 5, "from": "2026-11-12", "to": "2026-11-23"},
        {"lead_id": 4, "from": "2026-11-13", "to": "2026-11-23"},
        {"lead_id": 1, "from": "2026-11-16", "to": "2026-11-23"},
        {"lead_id": 2, "from": "2026-11-17", "to": "2026-11-24"},
        {"lead_id": 3, "from": "2026-11-18", "to": "2026-11-24"},
    ]
    lead = asked(capsys, "show", "5")
    assert isinstance(lead, dict)
    assert (lead["next_date"], lead["next_reason"], lead["reschedules"]) == ("2026-11-23", "送样", 1)
    assert lead["reschedule_list"][0]["why"] == "出差"


def test_what_does_not_fit_stays_and_is_said(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["review", "--spread", "2", "--per-day", "1", "--why", "出差"]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == ["11-23 周一  1  #5 店12", "11-24 周二  1  #4 店13"]
    assert "3 家放不下" in said.err
    found = asked(capsys, "today")
    assert isinstance(found, dict) and found["counts"]["overdue"] == 3


def test_it_is_one_step_of_undo(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "--spread", "3", "--why", "出差"]) == 0
    assert main(["undo"]) == 0
    found = asked(capsys, "today")
    assert isinstance(found, dict) and found["counts"]["overdue"] == 5


def test_a_reason_is_wanted_and_a_terminal_without_it(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "--spread", "3"]) == 2
    assert main(["review"]) == 2
    assert "review --spread" in capsys.readouterr().err


def test_nothing_overdue_is_said_and_is_no_step(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "--spread", "1", "--why", "出差"]) == 0
    capsys.readouterr()
    assert main(["review", "--spread", "1", "--why", "出差"]) == 0
    assert capsys.readouterr().out == "没有逾期的。\n"
    steps = asked(capsys, "undo", "--list")
    assert isinstance(steps, list) and steps[0]["command"] == "review" and steps[1]["command"] == "add"
