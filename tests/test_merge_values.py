"""``merge``: what both leads know stands once, blanks are filled, what differs is remembered (F9)."""

from __future__ import annotations

from kit import Book


def two(book: Book) -> None:
    """Two leads that are one, told of in different words."""
    book(
        "add",
        "甲店",
        "--contact",
        "李姐 13900002222",
        "--set",
        "need=no",
        "--set",
        "note=老客户",
        "--area",
        "武侯区",
    )
    book("add", "乙店", "--anyway", "--contact", "李经理 13900002222", "--set", "need=yes", "--set", "note=要开票",
         "--area", "青羊区")  # fmt: skip
    book("contact", "1", "李姐", "--weight", "3", "--attitude", "帮我们说话", "--hobbies", "钓鱼")
    book(
        "contact",
        "2",
        "李经理",
        "--weight",
        "5",
        "--attitude",
        "中立",
        "--hobbies",
        "围棋",
        "--department",
        "采购部",
    )
    book("competitor", "1", "3M", "--price", "500", "--strengths", "名气大")
    book("competitor", "2", "3m", "--price", "600", "--strengths", "便宜", "--relation", "老同学")
    book("quote", "plan", "1", "--interests", "量")
    book("quote", "plan", "2", "--interests", "价", "--accepted", "360", "--from", "李经理")


def test_what_differs_is_kept_beside_what_stands(book: Book) -> None:
    two(book)
    book("edit", "1", "--goal", "10万")
    book(
        "edit",
        "2",
        "--goal",
        "12万",
        "--goal-on",
        "2026-12-31",
        "--set",
        "reference=yes",
        "--set",
        "key_target=yes",
    )
    done = book("merge", "1", "2", "--json").json
    assert done["custom"] == {
        "目标产值（另一份）": "12 万 (#2)",
        "目标日期（另一份）": "2026-12-31 (#2)",
        "联系人（另一份）": "李姐 中立 (#2); 李姐 5 (#2)",
        "名称（另一份）": "乙店 (#2)",
        "区域（另一份）": "青羊区 (#2)",
        "有没有需求（另一份）": "yes (#2)",
    }
    assert (done["need"], done["note"], done["area"]) == ("no", "老客户\n要开票", "武侯区")
    assert (done["reference"], done["key_target"]) == (True, True)
    assert (done["goal_value"], done["goal_on"]) == (100_000, None)
    (one,) = book("contact", "1", "--json").json
    assert (one["name"], one["title"], one["department"]) == ("李姐", "经理", "采购部")
    assert (one["weight"], one["attitude"], one["hobbies"]) == (3, "champion", "钓鱼; 围棋")
    (rival,) = book("competitor", "1", "--json").json
    assert (rival["name"], rival["price"], rival["strengths"], rival["relation"]) == (
        "3M", 500, "名气大; 便宜", "老同学",
    )  # fmt: skip
    plan = book("quote", "plan", "1", "--json").json
    assert (plan["interests"], plan["accepted"], plan["accepted_from"]) == ("量; 价", 360, "李姐")
    gone = [(row["kind"], row["text"]) for row in done["merged"]["dropped"]]
    assert ("competitor", "3M 600.0") in gone
    assert book("check").out == ""


def test_a_goal_that_was_taken_back_is_that_of_the_other_from_now_on(book: Book) -> None:
    two(book)
    book("edit", "1", "--goal", "10万", now="2026-11-24T10:06")
    book("edit", "1", "--goal", "-", now="2026-11-24T10:07")
    book("edit", "2", "--goal", "12万", "--goal-on", "2026-12-31", now="2026-11-24T10:08")
    done = book("merge", "1", "2", "--json", now="2026-11-24T10:09").json
    assert (done["goal_value"], done["goal_on"]) == (120_000, "2026-12-31")
    assert book.sql("SELECT at, field, old, new FROM field_change WHERE field LIKE 'goal%' ORDER BY id") == [
        ("2026-11-24T10:06", "goal_value", None, "10000000"),
        ("2026-11-24T10:07", "goal_value", "10000000", None),
        ("2026-11-24T10:09", "goal_value", None, "12000000"),
        ("2026-11-24T10:09", "goal_on", None, "2026-12-31"),
    ]
    assert book("check").out == ""


def test_two_next_dates_of_one_day_are_one_and_know_all_of_it(book: Book) -> None:
    two(book)
    book("next", "1", "2026-11-27", now="2026-11-24T10:06")
    book("next", "2", "2026-11-27", "15:30", "送样", "--via", "visit", now="2026-11-24T10:07")
    done = book("merge", "1", "2", "--json", now="2026-11-24T10:09").json
    assert [done[name] for name in ("next_date", "next_time", "next_reason", "next_via")] == [
        "2026-11-27", "15:30", "送样", "visit",
    ]  # fmt: skip
    assert book.sql("SELECT lead_id, ended_at FROM promise") == [(1, None)]
    assert book("check").out == ""


def test_a_need_nobody_knew_of_and_a_first_note_come_from_the_other(book: Book) -> None:
    book("add", "甲店")
    book("add", "乙店", "--set", "need=yes", "--set", "note=要开票")
    done = book("merge", "1", "2", "--json").json
    assert (done["need"], done["note"]) == ("yes", "要开票")
    assert set(done["merged"]["filled"]) >= {"need", "note"}
