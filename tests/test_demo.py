"""The demonstration book: on any day there is a day and a week to look at, and nobody's book is touched."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from kit import Book

from salesflow.actions import demo

WEEK = [date(2026, 11, 23) + timedelta(days=days) for days in range(7)]
HOURS = ("07:00", "09:00", "13:30", "21:00")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """``made("2026-11-24T09:00")``: the demonstration book made at that moment."""
    folder = tmp_path_factory.mktemp("demo")

    def make(now: str) -> Path:
        path = folder / f"{now.replace(':', '')}.db"
        if not path.exists():
            with pytest.MonkeyPatch.context() as patch:
                Book(path, patch)("demo", now=now)
        return path

    return make


@pytest.fixture
def opened(
    made: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Book]:
    """``opened(now)``: a copy of that book, at that moment."""

    def open_(now: str) -> Book:
        path = tmp_path / "demo.db"
        shutil.copy(made(now), path)
        return Book(path, monkeypatch, now=now)

    return open_


@pytest.mark.parametrize("day", WEEK, ids=str)
@pytest.mark.parametrize("hour", HOURS)
def test_every_day_has_a_day_to_look_at(opened: Callable[..., Book], day: date, hour: str) -> None:
    today = opened(f"{day}T{hour}")("today", "--json").json
    assert min(today["counts"].values()) >= 1, today["counts"]
    timed = [item for item in today["items"] if item["bucket"] == "due" and item["time"]]
    assert len(timed) >= 2
    assert today["counts"]["overdue"] < 10


@pytest.mark.parametrize("day", WEEK, ids=str)
def test_every_day_has_a_week_to_look_at(opened: Callable[..., Book], day: date) -> None:
    week = opened(f"{day}T09:00")("report", "week", "--json").json
    lines = (
        "new_leads",
        "followups",
        "visits",
        "leads_touched",
        "advanced",
        "won",
        "lost",
        "orders",
        "sales",
    )
    for totals in (week["totals"], week["previous"]):
        assert all(totals[name] > 0 for name in (*lines, "reschedules")), totals
    assert week["previous"]["parked"] and week["previous"]["reopened"]
    assert week["hot"] and week["hot_last"]["won"] and week["hot_last"]["slipped"]
    assert all(stage["at_end"] for stage in week["funnel"])
    assert week["funnel"][0]["median_days"] is not None and week["funnel"][0]["conversion"]


def test_a_whole_week_tells_of_promises_kept_late_moved_and_dropped(opened: Callable[..., Book]) -> None:
    book = opened("2026-11-29T21:00")
    before = book("report", "week", "--date", "2026-11-22", "--json").json
    kept = before["promises"]
    assert all(kept[name] for name in ("kept", "kept_late", "rescheduled", "without_why"))
    assert kept["rescheduled"] > kept["without_why"]  # one was moved with its reason
    assert before["first_contact"]["missed"] == 1  # the call at 21:40, twelve hours and more too late
    assert before["first_contact"]["met"] >= 1


def test_the_book_is_sound_and_every_gate_was_passed(opened: Callable[..., Book]) -> None:
    book = opened("2026-11-25T10:00")
    assert book("check").out == ""
    moves = [move for lead in book("list", "--json").json for move in book.show(lead["id"])["moves"]]
    assert moves and not any(move["forced"] for move in moves)


def test_the_same_clock_gives_the_same_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = []
    for name in ("one.db", "two.db"):
        book = Book(tmp_path / name, monkeypatch)
        book("demo")
        leads = book("list", "--json").json
        answers.append([{key: value for key, value in lead.items() if key != "uid"} for lead in leads])
    assert answers[0] == answers[1]
    assert 25 <= len(answers[0]) <= 40


def test_a_book_that_is_there_is_not_touched(book: Book) -> None:
    before = book.path.read_bytes()
    book.refuse(1, "demo")
    assert book.path.read_bytes() == before


def test_without_a_name_it_lies_beside_the_default_book(tmp_path: Path, book: Book) -> None:
    home = {"SALESFLOW_DB": "", "XDG_DATA_HOME": str(tmp_path / "data"), "HOME": str(tmp_path)}
    answer = book("demo", **home)
    found = list((tmp_path).rglob("demo.db"))
    assert len(found) == 1 and str(found[0]) in answer.out
    assert found[0].stat().st_mode & 0o777 == 0o600
    assert found[0].parent.stat().st_mode & 0o777 == 0o700
    assert not list(tmp_path.rglob("salesflow.db"))
    book("demo", code=1, **home)


def test_undo_leaves_the_demonstration_as_it_was_made(opened: Callable[..., Book]) -> None:
    book = opened("2026-11-24T09:00")
    before = book("list", "--json").out
    book("undo", "--yes", code=None)
    assert book("list", "--json").out == before


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-7 10:20", "2026-11-18T10:20"),
        ("0 08:00", "2026-11-25T08:00"),
        ("w-1.3 15:00", "2026-11-18T15:00"),
        ("w0.1 09:00", "2026-11-23T09:00"),
        ("now-25", "2026-11-25T09:35"),
        ("w0.5 16:00", "2026-11-27T16:00"),  # lies ahead: has not happened
        ("w0.5 16:00 now-35", "2026-11-25T09:25"),
        ("w0.1 16:00 now-35", "2026-11-23T16:00"),
    ],
)
def test_moments_are_told_from_now(text: str, expected: str) -> None:
    now = datetime(2026, 11, 25, 10, 0)  # a Wednesday
    assert demo.moment(text, now).isoformat(timespec="minutes") == expected
