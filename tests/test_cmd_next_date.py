"""The next date after a follow-up (cli.md, The next date): each rule with its days worked out by hand.

November 2026: the 22nd is a Sunday, the 24th a Tuesday, the 27th a Friday, the 30th a Monday.
"""

from __future__ import annotations

import pytest
from kit import Book, filled


def fill_shop(book: Book) -> None:
    """One shop, known since Monday."""
    book("add", "华星宝马", now="2026-11-23T09:00")


@pytest.fixture
def shop(book: Book) -> Book:
    """One shop, known since Monday."""
    return filled(book, fill_shop)


def made(book: Book, *words: str, now: str = "2026-11-24T10:05") -> tuple[str | None, str | None]:
    """The next date and reason after ``log 1 WORDS``."""
    record = book("log", "1", *words, "--json", now=now).json
    return record["next_date"], record["next_reason"]


def test_what_next_says_comes_first(shop: Book) -> None:
    made(shop, "看了", "--next", "12月8日 送样")
    assert made(shop, "又看了", "下次周五签合同", "--next", "周四 送报价", "--no-next") == (
        "2026-11-26",
        "送报价",
    )


def test_the_mark_says_it_too_and_for_says_what(shop: Book) -> None:
    assert made(shop, "报了368 下次周五送第二份报价") == ("2026-11-27", "送第二份报价")
    assert made(shop, "报了368 下次：周四下午3点 送样", "--for", "送质保书") == ("2026-11-26", "送质保书")
    assert shop.show()["next_time"] == "15:00"


def test_a_mark_counts_from_the_follow_ups_own_day(shop: Book) -> None:
    # Monday the 23rd: 明天 is Tuesday, which is today
    assert made(shop, "看了 下次明天送样", "--at", "昨天") == ("2026-11-24", "送样")


def test_a_mark_that_is_no_date_sets_none_and_is_said(shop: Book) -> None:
    done = shop("log", "1", "看了 下次周五左右送样")
    assert done.err.count("\n") == 1
    assert shop.show()["next_date"] == "2026-12-01"  # the interval of no grade


def test_no_next_leaves_none(shop: Book) -> None:
    made(shop, "看了", "--next", "12月8日")
    assert made(shop, "又看了 下次周五送样", "--no-next") == (None, None)
    assert shop("today", "--json").json["counts"]["unplanned"] == 1


def test_a_visit_told_late_ends_no_promise_before_it_was_made(shop: Book) -> None:
    """On Friday a visit of Monday afternoon is told; the promise of Tuesday for 8 December stood since Tuesday."""
    shop("next", "1", "12月8日", now="2026-11-24T10:05")
    assert (
        made(shop, "去过", "--at", "11-23 15:00", "--next", "12月1日", now="2026-11-27T18:00")[0]
        == "2026-12-01"
    )
    assert shop.sql("SELECT date, made_at, ended_at FROM promise ORDER BY id") == [
        ("2026-12-08", "2026-11-24T10:05", "2026-11-24T10:05"),
        ("2026-12-01", "2026-11-24T10:05", None),
    ]


def test_the_promise_that_lies_ahead_stands(shop: Book) -> None:
    made(shop, "看了", "--next", "12月8日 14:30 送样")
    done = shop("log", "1", "顺路聊了聊")
    record = shop.show()
    assert (record["next_date"], record["next_time"], record["next_reason"], record["reschedules"]) == (
        "2026-12-08",
        "14:30",
        "送样",
        0,
    )
    assert "12-08" in done.out and "原来定的" in done.out


def test_the_promise_of_the_day_is_kept_and_a_new_one_made(shop: Book) -> None:
    made(shop, "看了", "--next", "12月8日 送样")
    # the 8th is a Tuesday; no grade: seven days on is Tuesday the 15th
    assert made(shop, "送到了", now="2026-12-08T16:00") == ("2026-12-15", None)


@pytest.mark.parametrize(
    ("grade", "day"),
    [
        ("H", "2026-11-26"),  # 2 days: Thursday
        ("A", "2026-12-01"),
        ("B", "2026-12-08"),
        ("C", "2026-12-24"),
        ("D", "2027-01-25"),  # 60 days is Saturday the 23rd: Monday
        (None, "2026-12-01"),
    ],
)
def test_the_interval_of_the_grade_counts_from_the_follow_ups_day(
    shop: Book, grade: str | None, day: str
) -> None:
    assert made(shop, "看了", *(["--grade", grade] if grade else [])) == (day, None)


def test_it_never_counts_from_the_day_that_was_planned(shop: Book) -> None:
    made(shop, "看了", "--grade", "A", "--next", "11月26日")
    # kept four days late, on Monday the 30th
    assert made(shop, "去晚了", now="2026-11-30T09:00") == ("2026-12-07", None)


def test_a_day_that_is_not_worked_becomes_the_next_that_is(shop: Book) -> None:
    # Thursday the 26th + 2 is Saturday; and 2026-10-01 to 07 are off: Sept 29th + 2 is Oct 1st, so Oct 8th
    assert made(shop, "看了", "--grade", "H", now="2026-11-26T10:00") == ("2026-11-30", None)


def test_the_national_holiday_is_passed_over(book: Book) -> None:
    book("add", "甲", now="2026-11-02T09:00")
    # December 30th + 2 is New Year's day 2027, past the calendar known: no shift without knowing, or the next workday
    record = book("log", "1", "看了", "--grade", "H", "--json", now="2026-12-29T10:00").json
    assert record["next_date"] == "2026-12-31"


def test_the_reps_own_working_days_are_obeyed(shop: Book) -> None:
    shop("config", "workdays", "周一至周六")
    assert made(shop, "看了", "--grade", "H", now="2026-11-26T10:00") == ("2026-11-28", None)


def test_an_imported_calendar_is_obeyed(shop: Book, tmp_path: object) -> None:
    file = shop.path.with_name("calendar.csv")
    file.write_text("date,work\n2026-11-26,off\n2026-11-28,work\n", "utf-8")
    shop("config", "calendar", "import", str(file))
    # Tuesday + 2 is Thursday, now off: Friday. Thursday + 2 is Saturday, now worked.
    assert made(shop, "看了", "--grade", "H") == ("2026-11-27", None)
    assert made(shop, "看了", now="2026-11-27T10:00") == ("2026-11-30", None)


def test_a_day_that_somebody_named_never_moves(shop: Book) -> None:
    assert made(shop, "看了", "--next", "周六 喝茶") == ("2026-11-28", "喝茶")


def test_a_call_nobody_answered_is_tried_again_three_times(shop: Book) -> None:
    """Friday, then Monday, Tuesday, Wednesday; after the fourth the interval (no grade: 7 days)."""
    assert made(shop, "没接", now="2026-11-27T10:00") == ("2026-11-30", None)
    assert made(shop, "没人接", now="2026-11-30T10:00") == ("2026-12-01", None)
    assert made(shop, "--no-answer", now="2026-12-01T10:00") == ("2026-12-02", None)
    assert made(shop, "没接", now="2026-12-02T10:00") == ("2026-12-09", None)


def test_an_answer_begins_the_count_anew(shop: Book) -> None:
    for day in ("23", "24", "25"):
        made(shop, "没接", now=f"2026-11-{day}T10:00")
    made(shop, "接了 下次11月30日", now="2026-11-26T10:00")
    assert made(shop, "没接", now="2026-11-30T10:00") == ("2026-12-01", None)


@pytest.mark.parametrize(
    ("note", "answered"),
    [
        ("没接", False),
        ("没接 下午再打", False),
        ("没接，下午再打", False),
        ("没接电话", False),
        ("没人接", False),
        ("没回微信", False),
        ("no answer", False),
        ("没回款", True),
        ("没接到货", True),
        ("他没接", True),
    ],
)
def test_which_notes_say_that_nobody_answered(shop: Book, note: str, answered: bool) -> None:
    record = shop("call", "1", note, "--json").json
    assert (record["followup"]["answered"], record["followups"], record["visits"]) == (answered, 1, 0)


def test_no_answer_counts_in_followups_not_in_visits_nor_gates_and_meets_the_deadline(shop: Book) -> None:
    shop("visit", "1", "没人接", now="2026-11-24T20:00")
    record = shop.show()
    assert (record["followups"], record["visits"], record["first_followup_at"]) == (1, 0, "2026-11-24T20:00")
    assert "followup" in record["next_gate"]["missing"]
    assert shop("today", "--json", "--date", "2026-11-25").json["counts"]["first_contact"] == 0


def test_no_answer_keeps_a_promise(shop: Book) -> None:
    made(shop, "看了", "--next", "周四 送样")
    assert made(shop, "没接", now="2026-11-26T10:00") == ("2026-11-27", "送样")
    assert shop.sql("SELECT ended FROM promise ORDER BY id") == [("followup",), (None,)]


def test_a_won_stage_has_its_own_interval_whatever_the_grade(shop: Book) -> None:
    shop("order", "1", "5.8万")
    # 30 days on is Thursday, December 24th
    assert made(shop, "回访", "--grade", "H") == ("2026-12-24", None)


def test_a_follow_up_older_than_the_newest_changes_no_promise(shop: Book) -> None:
    made(shop, "看了", "--next", "周五 送样")
    done = shop("log", "1", "补记 下次明天打电话", "--at", "昨天 16:00")
    record = shop.show()
    assert (record["next_date"], record["next_reason"]) == ("2026-11-27", "送样")
    assert (record["followups"], record["last_followup_at"]) == (2, "2026-11-24T10:05")
    assert record["first_followup_at"] == "2026-11-23T16:00"
    assert "下次不变" in done.out


def test_a_date_reckoned_into_the_past_becomes_today(shop: Book) -> None:
    # a follow-up of November 2nd, entered now: 7 days on is long past
    assert made(shop, "补记", "--at", "2026-11-02") == ("2026-11-24", None)


@pytest.mark.parametrize(
    ("words", "status"),
    [(["park", "1", "--reason", "season"], "parked"), (["lose", "1", "--reason", "price"], "lost")],
)
def test_a_closed_leads_follow_up_is_recorded_and_reopen_named(
    shop: Book, words: list[str], status: str
) -> None:
    shop(*words)
    before = shop.show()["next_date"]
    done = shop("log", "1", "还是问了一句 下次周五")
    record = shop.show()
    assert (record["status"], record["followups"], record["next_date"]) == (status, 1, before)
    assert "salesflow reopen 1" in done.out


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        (["看了", "--next", "周五"], "按你说的", "as you said"),
        (["看了"], "没定级别", "7"),
        (["看了", "-g", "A"], "A 级", "grade A"),
        (["没接"], "没接", "no answer"),
    ],
)
def test_the_answer_names_the_day_its_weekday_and_where_it_came_from(
    shop: Book, words: list[str], zh: str, en: str
) -> None:
    done = shop("log", "1", *words)
    weekday = {"周五": "11-27 周五", "没接": "11-25 周三"}.get(words[-1], "12-01 周二")
    assert f"下次 {weekday}" in done.out and zh in done.out
    shop("undo")
    english = shop("log", "1", *words, lang="en").out
    assert en in english and any(day in english for day in ("Fri", "Tue", "Wed"))


def test_on_a_terminal_it_asks_whether_the_promise_holds(shop: Book) -> None:
    made(shop, "看了", "--next", "周五 送样", "--grade", "A")
    held = shop("log", "1", "路过", tty=True, answers=[""])
    assert "11-27 周五" in held.err and "送样" in held.err
    shop("log", "1", "路过", tty=True, answers=["尽快", "周四 送报价"])
    record = shop.show()
    assert (record["next_date"], record["next_reason"], record["followups"]) == ("2026-11-26", "送报价", 3)


def test_the_first_follow_up_without_a_grade_asks_for_one_on_a_terminal(shop: Book) -> None:
    done = shop("log", "1", "看了", tty=True, answers=["Q", "b"])
    assert "H A B C D" in done.err
    record = shop.show()
    assert (record["grade"], record["next_date"]) == ("B", "2026-12-08")
    assert shop("log", "1", "又看了", tty=True, answers=[""]).err.count("级别") == 0


def test_a_follow_up_in_the_future_and_a_next_date_in_the_past_are_refused(shop: Book) -> None:
    for words in (
        ["--at", "明天"],
        ["--at", "2026-11-24 10:06"],
        ["--next", "昨天"],
        ["--next", "2026-11-23 送样"],
    ):
        shop.refuse(1, "log", "1", "看了", *words)
    assert made(shop, "看了", "--next", "昨天", "--anyway") == ("2026-11-23", None)


def test_who_was_not_reached_is_tried_the_same_way_for_the_same_reason(shop: Book) -> None:
    """K10: a call that nobody answered is a call again, and what it was for stands."""
    shop("next", "1", "today", "约试贴", now="2026-11-27T09:00")
    done = shop("call", "1", "没接", now="2026-11-27T10:00")
    assert "约试贴" in done.out
    found = shop.show(1)
    assert (found["next_date"], found["next_via"], found["next_reason"]) == ("2026-11-30", "phone", "约试贴")
    shop("call", "1", "打通了，周主管在开会", now="2026-11-30T10:00")
    assert shop.show(1)["next_via"] is None, "who answered is seen by the usual way"
