"""Cells that say more than a day and a word, and cells that nobody can read: taken, or named by their row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from kit import Book


@pytest.fixture
def take(book: Book, tmp_path: Path) -> Any:
    """``take("followups", text)``: the answer of importing the rows for 甲店, 乙店 and 丙店."""
    for name in ("甲店", "乙店", "丙店"):
        book("add", name, "--area", name, now="2026-11-01T09:00")

    def import_(kind: str, text: str) -> Any:
        path = tmp_path / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        return book("import", str(path), "--kind", kind, "--json", code=None)

    return import_


def test_what_a_follow_up_reached_and_the_hours_in_columns_of_their_own(book: Book, take: Any) -> None:
    rows = [
        "客户,日期,时刻,方式,内容,是否达成,目的,下次跟进,下次跟进时刻,下次跟进方式,接通,来电",
        "甲店,2026-11-02,09:30,电话,谈了,成了,谈价,2026-11-30,15:30,拜访,是,是",
        "乙店,2026-11-03,,拜访,看了,部分达成,,,,,否,否",
        "丙店,2026-11-04,,电话,问了,N,,2026-12-02,,,,",
        "丙店,2026-11-05,,电话,又问,也许,,,,,,",
        "丙店,2026-11-06,,电话,再问,,,,,,说不清,",
        "丙店,2026-11-07,,电话," + "长" * 65_537 + ",,,,,,,",
        "丙店,2026-11-08,,电话,问,,,2026-11-07,,,,",
    ]
    done = take("followups", "\n".join(rows) + "\n").json
    assert (done["added"], [one["row"] for one in done["rejects"]]) == (3, [5, 6, 7, 8])
    for one, said in zip(done["rejects"], ("也许", "说不清", "65537", "2026-11-07"), strict=True):
        assert said in one["reason"].replace(",", "")
    columns = "at, via, visit, answered, incoming, goal_met, purpose"
    assert book.sql(f"SELECT {columns} FROM followup ORDER BY at") == [
        ("2026-11-02T09:30", "phone", 0, 1, 1, "yes", "negotiate"),
        ("2026-11-03T00:00", "visit", 0, 0, 0, "partly", None),
        ("2026-11-04T00:00", "phone", 0, 1, 0, "no", None),
    ]
    assert book.sql("SELECT date, time, via FROM promise WHERE lead_id IN (1, 3) ORDER BY lead_id") == [
        ("2026-11-30", "15:30", "visit"),
        ("2026-12-02", None, None),
    ]


def test_a_person_with_a_mind_of_their_own_and_two_who_cannot_be_weighed(book: Book, take: Any) -> None:
    rows = [
        "客户,姓名,电话,态度,weight",
        "甲店,赵总,13900001111,中立,4",
        "甲店,李姐,13900002222,飘忽,",
        "甲店,王姐,,,6",
    ]
    done = take("contacts", "\n".join(rows) + "\n").json
    assert (done["added"], [one["row"] for one in done["rejects"]]) == (1, [3, 4])
    assert "飘忽" in done["rejects"][0]["reason"]
    (one,) = book("contact", "1", "--json").json
    assert (one["name"], one["attitude"], one["weight"]) == ("赵总", "neutral", 4)


def test_why_a_lead_was_left_is_one_of_the_reasons_or_a_word_of_its_own(book: Book, take: Any) -> None:
    rows = ["客户,日期,状态,丢单原因,原因", "甲店,2026-11-10,lost,competitor,价低", "乙店,2026-11-11,飞了,,"]
    done = take("stages", "\n".join(rows) + "\n").json
    assert (done["added"], [one["row"] for one in done["rejects"]]) == (1, [3])
    assert "飞了" in done["rejects"][0]["reason"]
    assert book.sql("SELECT to_status, reason, why FROM move") == [("lost", "competitor", "价低")]


def test_the_hour_of_the_next_date_may_stand_in_a_column_of_its_own(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_text(
        "店名,下次,下次跟进时刻\n甲店,2026-12-01,15:30\n乙店,2026-12-02 09:00,15:30\n", encoding="utf-8"
    )
    assert book("import", str(path), "--json").json["added"] == 2
    assert [(book.show(lead)["next_date"], book.show(lead)["next_time"]) for lead in (1, 2)] == [
        ("2026-12-01", "15:30"),
        ("2026-12-02", "09:00"),
    ]
