"""``when`` as scripts call it: every text has its place in the answer, and the calendar's end is said."""

from __future__ import annotations

from kit import Book


def test_a_blank_argument_keeps_its_place(book: Book) -> None:
    answer = book("when", "明天", "", " ", "周五", "--json", code=2).json
    assert [one["date"] for one in answer] == ["2026-11-25", None, None, "2026-11-27"]
    assert answer[1]["error"] and answer[2]["error"]
    assert len(book("when", "-", "--json", stdin="明天\n\n周五\n").json) == 2


def test_working_days_past_the_last_year_known_are_said(book: Book) -> None:
    done = book("when", "+3wd", now="2026-12-30T09:00")
    assert "2027-01-04" in done.out  # 31 December, Friday the 1st, Monday
    assert "2027-01-04" in done.err and "calendar import" in done.err
    assert book("when", "+3wd").err == ""


def test_a_part_of_the_day_before_its_hour(book: Book) -> None:
    texts = ("tomorrow evening 7pm", "tomorrow evening at 7pm", "tomorrow morning 9am", "tomorrow afternoon")
    answer = book("when", *texts, "--json").json
    assert [one["time"] for one in answer] == ["19:00", "19:00", "09:00", None]
    assert {one["date"] for one in answer} == {"2026-11-25"}
