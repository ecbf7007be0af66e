"""Promises out of sheets: what a next date has been, with its reschedules; figures worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from kit import Book, make

HEADER = "客户,日期,事项,约定时间,原定日期,原因,业务员,了结时间,怎么了结\n"
STORY = (
    HEADER + "甲店,2026-03-05,送样,2026-03-01 10:00,,,李四,2026-03-04 09:00,改期\n"
    "甲店,2026-03-10,送样,2026-03-04 09:00,2026-03-05,样品没到,李四,2026-03-08 09:00,moved\n"
    "甲店,2026-03-20,送样,2026-03-08 09:00,2026-03-10,,李四,2026-03-12 09:00,取消\n"
    "乙店,2026-12-01,签约,2026-11-20,,,李四,,\n"
)


@pytest.fixture
def take(book: Book, tmp_path: Path) -> Any:
    """``take(text)``: the answer of importing the text as promises of two leads."""
    book("add", "甲店", now="2026-03-01T09:00")
    book("add", "乙店", now="2026-03-01T09:00")

    def imported(text: str, *words: str, kind: str = "promises", **more: Any) -> Any:
        path = tmp_path / "sheet.csv"
        path.write_text(text, encoding="utf-8")
        answer = book("import", str(path), "--kind", kind, "--json", *words, **more).json
        parts = ("added", "updated", "unchanged", "duplicates", "rejected")
        assert answer["rows"] == sum(answer[part] for part in parts), answer
        return answer

    return imported


def test_what_a_next_date_has_been(book: Book, take: Any) -> None:
    """Two reschedules, one with a reason and one without; then it was dropped. The other stands."""
    before = book.dump()
    assert take(STORY)["added"] == 4
    lead = book.show("甲店")
    assert (lead["reschedules"], lead["next_date"]) == (2, None)
    told = [(one["from"], one["to"], one["why"], one["by"]) for one in lead["reschedule_list"]]
    assert told == [
        ("2026-03-10", "2026-03-20", None, "李四"),
        ("2026-03-05", "2026-03-10", "样品没到", "李四"),
    ]
    assert (book.show("乙店")["next_date"], book.show("乙店")["next_reason"]) == ("2026-12-01", "签约")
    march = book("report", "month", "--date", "2026-03-31", "--json").json
    # the 5th and the 10th were moved, of which the 10th without a reason; the 20th was dropped
    assert march["promises"] == {
        "due": 3, "kept": 0, "kept_late": 0, "rescheduled": 2, "without_why": 1, "dropped": 1, "open": 0,
    }  # fmt: skip
    assert march["totals"]["reschedules"] == 2
    again = book.dump()
    assert take(STORY)["duplicates"] == 4
    assert book.dump() == again
    book("undo")
    book("check")
    assert [line for line in book.dump() if 'INTO "promise"' in line or 'INTO "lead"' in line] == [
        line for line in before if 'INTO "promise"' in line or 'INTO "lead"' in line
    ]


def test_without_columns_of_an_end_the_next_one_ends_it(book: Book, take: Any) -> None:
    """Made on the 1st for the 5th, on the 4th for the 10th: moved; the follow-up of the 9th keeps the second."""
    take("客户,日期,约定时间\n甲店,2026-03-10,2026-03-04\n甲店,2026-03-05,2026-03-01 10:00\n")
    assert (book.show(1)["next_date"], book.show(1)["reschedules"]) == ("2026-03-10", 1)
    take("客户,日期,内容,下次\n甲店,2026-03-09,去了,2026-03-30\n", kind="followups")
    march = book("report", "month", "--date", "2026-03-31", "--json").json["promises"]
    assert (march["due"], march["rescheduled"], march["kept"], march["open"]) == (3, 1, 1, 1)
    assert book.show(1)["next_date"] == "2026-03-30"


def test_appointments_of_no_known_making_are_made_now(book: Book, take: Any) -> None:
    """The same day again is known; another day moves the one that stands; a past day is none."""
    text = "客户,日期,时刻,事项,地点\n甲店,2026-12-01,15:00,签约,总部\n乙店,2026-11-01,,,\n"
    answer = take(text)
    assert (answer["added"], answer["rejected"]) == (1, 1)
    assert (book.show(1)["next_date"], book.show(1)["next_time"]) == ("2026-12-01", "15:00")
    assert book.sql("SELECT place, made_at FROM promise") == [("总部", book.now)]
    assert take(text, now="2026-11-25T09:00")["duplicates"] == 1
    take("客户,日期\n甲店,2026-12-08\n", now="2026-11-26T09:00")
    lead = book.show(1)
    assert (lead["next_date"], lead["reschedules"]) == ("2026-12-08", 1)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("丙店,2026-03-05,,2026-03-01,,,,,", "丙店"),
        ("甲店,,,2026-03-01,,,,,", "日期"),
        ("甲店,2026-03-05,,2026-03-06,,,,,", "2026-03-05"),
        ("甲店,2026-03-05,,2026-12-06,,,,,", "2026-12-06"),
        ("甲店,2026-03-05,,2026-03-01,,,,2026-02-01,改期", "2026-02-01"),
        ("甲店,2026-03-05,,2026-03-01,,,,2026-03-04,随便", "随便"),
        ("甲店,2026-03-05,,2026-03-01,,,,,改期", "了结时间"),
        ("甲店,2026-03-05,,2026-03-01,,,,2026-03-04,", "怎么了结"),
    ],
)
def test_what_cannot_be_taken_is_rejected_by_name(book: Book, take: Any, row: str, said: str) -> None:
    answer = take(f"{HEADER}{row}\n乙店,2026-12-01,,2026-11-20,,,,,\n")
    assert (answer["added"], answer["rejected"]) == (1, 1)
    assert said in answer["rejects"][0]["reason"]


@pytest.mark.parametrize("first", ["promises", "followups"])
def test_out_and_into_another_book(book: Book, tmp_path: Path, first: str) -> None:
    """With the follow-ups, in either order, the other book has the same promises and reports the same."""
    book("add", "甲店", "--next", "2026-11-05 送样", now="2026-11-02T09:00")
    book("next", "1", "2026-11-06", "--why", "没货", now="2026-11-03T09:00")
    book("log", "1", "去了", "--next", "2026-11-12 收款", now="2026-11-06T09:00")
    book("next", "1", "2026-11-13", now="2026-11-10T09:00")
    book("next", "1", "--no-next", now="2026-11-11T09:00")
    book("next", "1", "2026-11-30", "--place", "总部", now="2026-11-12T09:00")
    other = make(tmp_path / "other.db", book.patch)
    kinds = ("leads", "promises", "followups") if first == "promises" else ("leads", "followups", "promises")
    for kind in kinds:
        path = tmp_path / f"{kind}.csv"
        book("export", kind, "-o", str(path))
        assert other("import", str(path), "--kind", kind, "--json").json["rejected"] == 0
    told = "SELECT date, reason, made_at, ended_at, ended, why, place FROM promise ORDER BY id"
    assert other.sql(told) == book.sql(told)
    assert other.show(1)["reschedule_list"] and [
        {name: one[name] for name in ("at", "from", "to", "why")} for one in other.show(1)["reschedule_list"]
    ] == [
        {name: one[name] for name in ("at", "from", "to", "why")} for one in book.show(1)["reschedule_list"]
    ]
    for words in (["week", "--date", "2026-11-08"], ["month"], ["promises"]):
        ours, theirs = (one("report", *words, "--json").json for one in (book, other))
        assert ours.get("promises") == theirs.get("promises")
    other("check")


def test_in_a_mixed_file(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    path.write_text(
        '{"type": "promise", "lead": "甲店", "date": "2026-12-01", "made_at": "2026-11-20T10:00"}\n'
        '{"type": "lead", "name": "甲店"}\n',
        "utf-8",
    )
    answer = book("import", str(path), "--json").json
    assert (answer["added"], [one["kind"] for one in answer["kinds"]]) == (2, ["leads", "promises"])
    assert book.show(1)["next_date"] == "2026-12-01"
    assert book("import", str(path), "--json").json["duplicates"] == 2
