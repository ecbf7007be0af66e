"""``action``: the improvement plan by hand: what it is for, what that was and is, what reports and today tell of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from kit import Book
from team_kit import join, rep_book, sound

from salesflow.improvement import FIGURES, figure_title, read_figure
from salesflow.texts import LANGUAGES

LOG = (
    # week 45 (11-02 to 11-08)
    ("2026-11-02T09:00", "add 华星宝马 --grade B --source enquiry"),  # 1, until 11-03 21:00
    ("2026-11-02T10:00", "call 1 谈了 --next 11-05"),  # in time
    ("2026-11-03T10:00", "next 1 11-06"),  # moved, no reason: 1 of week 45
    # week 46 (11-09 to 11-15)
    ("2026-11-09T09:00", "visit 1 看样品 --next 11-12"),
    ("2026-11-10T09:00", "add 锦泰奥迪 --grade B --source enquiry"),  # 2, until 11-11 21:00
    ("2026-11-10T10:00", "call 2 谈了 --next 11-13"),  # in time
    ("2026-11-11T09:00", "add 三和凯迪拉克 --grade B --source enquiry"),  # 3, until 11-12 21:00
    ("2026-11-12T09:00", "next 1 11-13"),  # moved, no reason
    ("2026-11-13T09:00", "next 1 11-14"),  # moved, no reason
    ("2026-11-13T10:00", "next 2 11-14"),  # moved, no reason
    ("2026-11-13T22:30", "call 3 谈了 --next 11-20"),  # too late
    # week 47 (11-16 to 11-22)
    ("2026-11-17T09:00", "visit 1 再谈 --next 11-19"),
    ("2026-11-19T09:00", "next 1 11-20"),  # moved, no reason
)
MONDAY, TUESDAY = "2026-11-16T09:00", "2026-11-24T10:05"
CALL = "新客户当天打第一个电话 --measure first_contact --due 周五 --from 上周"
SAY = "改期必须写理由 --measure 没写理由 --who 小李"


def decide(book: Book, words: str, now: str = MONDAY) -> dict[str, Any]:
    """The action as it was decided."""
    found: dict[str, Any] = book("action", *words.split(), "--json", now=now).json
    return found


def plan(book: Book, *words: str, now: str = TUESDAY) -> list[dict[str, Any]]:
    """The actions of a report."""
    found: list[dict[str, Any]] = book("report", *words, "--json", now=now).json["actions"]
    return found


def told(one: dict[str, Any], *keys: str) -> tuple[Any, ...]:
    """Some of what is known of an action."""
    return tuple(one[key] for key in keys)


@pytest.fixture
def weeks(book: Book) -> Book:
    """Three weeks; on the Monday of the third two actions were decided, one from the report of the second."""
    for now, words in LOG:
        if now > MONDAY and not book.sql("SELECT 1 FROM action"):
            decide(book, CALL)
            decide(book, SAY)
        book(*words.split(), now=now)
    return book


def test_what_the_figure_was_is_kept_with_the_action(weeks: Book) -> None:
    first, second = weeks("action", "list", "--json", now=MONDAY).json
    # week 46: of two deadlines one was met
    assert told(first, "id", "due", "who", "made", "report") == (
        1,
        "2026-11-20",
        None,
        "2026-11-16",
        "2026-W46",
    )
    assert told(first, "measure", "unit", "baseline", "baseline_of") == (
        "first_contact",
        "rate",
        0.5,
        "2026-W46",
    )
    # no report named: the last week that is over; three dates of its days were moved without a reason
    assert told(second, "measure", "unit", "baseline", "baseline_of") == (
        "without_why",
        "count",
        3,
        "2026-W46",
    )
    assert told(second, "who", "due", "report", "state", "now") == ("小李", None, None, "open", None)


def test_the_report_in_which_it_was_decided_lists_it(weeks: Book) -> None:
    (only,) = plan(weeks, "week", "--date", "2026-11-15")
    assert told(only, "id", "state", "baseline", "now", "previous") == (1, "open", 0.5, 0.5, 1)
    shown = weeks("report", "week", "--date", "2026-11-15").out
    assert "改进措施" in shown and "首次跟进按时 50%，上周 100%" in shown
    shown = weeks("report", "week", "--date", "2026-11-15", lang="en").out
    assert "Improvement plan" in shown and "first contact in time 50%, last week 100%" in shown


def test_each_week_lists_it_until_it_is_done(weeks: Book) -> None:
    weeks("action", "done", "2", "--note", "开会说了", now="2026-11-23T09:00")
    weeks("action", "done", "1", "--at", "昨天", now=TUESDAY)
    # week 47 as it was: nothing done, the first late since Friday; it had no deadline of a first contact
    late, still = plan(weeks, "week", "--date", "2026-11-22")
    assert told(late, "id", "state", "done", "now", "previous") == (1, "late", None, None, 0.5)
    assert told(still, "id", "state", "note", "baseline", "now", "previous") == (2, "open", None, 3, 1, 3)
    assert "没写理由 3 -> 1" in weeks("report", "week", "--date", "2026-11-22", now=TUESDAY).out
    # week 48: both done on its Monday, one of them three days late
    done, note = plan(weeks, "week")
    assert told(done, "id", "state", "done") == (1, "done", "2026-11-23")
    assert told(note, "id", "state", "note", "now", "previous") == (2, "done", "开会说了", 0, 1)
    shown = weeks("report", "week", now=TUESDAY).out
    assert "[x]" in shown and "11-23 周一 做完，迟 3 天" in shown and "没写理由 3 -> 0" in shown
    assert (
        "[x] 改期必须写理由 11-23 周一 做完 小李 没写理由 3 -> 0"
        in weeks("report", "week", "-f", "chat", now=TUESDAY).lines
    )
    # and no week after
    assert plan(weeks, "week", now="2026-12-01T09:00") == []
    # a month lists it, beside the last week that is over
    assert [told(one, "id", "state", "now_of", "now") for one in plan(weeks, "month")] == [
        (1, "done", "2026-W47", None),
        (2, "done", "2026-W47", 1),
    ]


def test_a_month_s_figure_waits_for_the_next_month_s(weeks: Book) -> None:
    now = "2026-12-02T09:00"
    # visits of November: 11-09 and 11-17
    made = decide(weeks, "add 每周多跑 --measure 拜访 --from 上月", now)
    assert told(made, "report", "baseline", "now", "now_of") == ("2026-11", 2, None, None)
    assert told(plan(weeks, "week", now=now)[-1], "id", "now") == (3, None)
    assert told(plan(weeks, "month", now=now)[-1], "id", "now", "previous") == (3, 0, 2)
    assert "拜访 2（2026-11）" in weeks("action", now=now).out
    # before the book began nothing is known
    assert decide(weeks, "add 多签 --measure 销售额 --from 2026-10", now)["baseline"] is None


def test_a_day_s_report_shows_what_is_due_or_was_done_on_it(weeks: Book) -> None:
    weeks("action", "edit", "2", "--due", "2026-11-30", now=TUESDAY)
    shown = weeks("report", "day", now=TUESDAY).out
    assert "新客户当天" in shown and "改期必须" not in shown
    assert len(plan(weeks, "day")) == 2


def test_the_list_by_state(weeks: Book) -> None:
    weeks("action", "drop", "2", "--why", "小李走了", now=TUESDAY)
    weeks("action", "每天多跑一家", now=TUESDAY)

    def ids(*words: str) -> list[int]:
        return [one["id"] for one in weeks("action", "list", *words, "--json", now=TUESDAY).json]

    assert ids() == [1, 3, 2] and ids("--late") == [1] and ids("--open") == [1, 3] and ids("--done") == []
    (dropped,) = [one for one in weeks("action", "--json", now=TUESDAY).json if one["id"] == 2]
    assert told(dropped, "state", "dropped", "note") == ("dropped", "2026-11-24", "小李走了")
    assert (
        weeks("措施", "-f", "chat", now=TUESDAY, lang="en")
        .lines[0]
        .startswith("[ ] 新客户当天打第一个电话 4d late")
    )
    assert len(weeks("action", "-f", "csv", now=TUESDAY).lines) == 4


def test_an_action_is_changed(weeks: Book) -> None:
    one = weeks(
        "action", "edit", "1", "--measure", "visits", "--due", "-", "--text", "多跑", "--json", now=TUESDAY
    ).json
    # it was decided on 11-16 from the report of week 46, which had one visit
    assert told(one, "text", "measure", "baseline", "due", "now", "now_of") == (
        "多跑",
        "visits",
        1,
        None,
        1,
        "2026-W47",
    )
    one = weeks("action", "edit", "1", "--measure", "-", "--json", now=TUESDAY).json
    assert told(one, "measure", "unit", "baseline", "now") == (None, None, None, None)


def test_each_is_one_step_of_undo(weeks: Book) -> None:
    for words in (
        "action 多跑 --due 明天",
        "action done 1",
        "action drop 2 --why 算了",
        "action edit 2 --who 老张",
    ):
        before, steps = weeks.sql("SELECT * FROM action"), weeks.steps()
        weeks(*words.split(), now=TUESDAY)
        assert weeks.steps() == steps + 1
        assert weeks("history", now=TUESDAY).lines[1].split()[3] == "action"
        weeks("undo", now=TUESDAY)
        assert weeks.sql("SELECT * FROM action") == before
    assert weeks("check").out == ""


@pytest.mark.parametrize(
    ("code", "words", "said"),
    [
        (2, "action add", "Say what is to be done"),
        (2, "action 3", "salesflow action done 3"),
        (2, "action 多跑 --measure 空气", "no figure '空气'"),
        (1, "action 多跑 --due 2026-11-01", "before 2026-11-24"),
        (2, "action 多跑 --due 尽快", "尽快"),
        (2, "action 多跑 --from 2027-01", "has not come yet"),
        (2, "action 多跑 --from 哪天", "哪天"),
        (1, "action 改期必须写理由", "stands open already"),
        (3, "action done 9", "open ones: 1, 2"),
        (2, "action done", "number"),
        (2, "action done x", "number"),
        (1, "action done 1 --at 2026-11-25", "has not come yet"),
        (1, "action done 1 --at 2026-11-15", "before 2026-11-16"),
        (2, "action drop 1", "--why"),
        (2, "action edit 1", "What is to change"),
        (1, "action edit 1 --due 2026-11-15", "before 2026-11-16"),
    ],
)
def test_what_cannot_be_is_refused(weeks: Book, code: int, words: str, said: str) -> None:
    assert (
        said in weeks.refuse(code, *words.split(), now=TUESDAY).err
        or said in weeks(*words.split(), code=code, lang="en", now=TUESDAY).err
    )


def test_what_is_over_is_over(weeks: Book) -> None:
    weeks("action", "done", "1", now=TUESDAY)
    weeks("action", "drop", "2", "--why", "算了", now=TUESDAY)
    assert "2026-11-24" in weeks.refuse(1, "action", "drop", "1", "--why", "晚了", now=TUESDAY).err
    assert "2026-11-24" in weeks.refuse(1, "action", "done", "2", now=TUESDAY).err
    # the same words may be decided on again
    assert decide(weeks, "改期必须写理由", TUESDAY)["id"] == 3


def test_today_reminds_of_what_is_due(weeks: Book) -> None:
    def reminded(now: str, *words: str) -> list[dict[str, Any]]:
        found = weeks("today", "--json", *words, now=now).json["reminders"]
        return [one for one in found if one["kind"] == "action"]

    assert reminded("2026-11-19T09:00") == []
    (one,) = reminded("2026-11-20T09:00")
    assert told(one, "lead_id", "on") == (None, "2026-11-20") and "新客户当天" in one["text"]
    assert len(reminded("2026-11-19T09:00", "--days", "1")) == 1
    assert reminded("2026-11-20T09:00", "--area", "武侯区") == []  # an action is of no area
    for fmt in ("plain", "chat", "md"):
        assert "迟 3 天" in weeks("today", "-f", fmt, now="2026-11-23T09:00").out
    weeks("action", "done", "1", now=TUESDAY)
    assert reminded(TUESDAY) == []


def test_the_plan_of_a_joined_book_comes_as_its_rep_s(book: Book) -> None:
    li = rep_book(book, "李想")
    li("action", "多跑", "--due", "2026-12-01", now="2026-11-02T09:00")
    li("action", "多打电话", "--who", "小周", now="2026-11-02T09:05")
    assert join(book, li)[0]["actions"] == 2
    assert book.sql("SELECT text, who, by FROM action") == [
        ("多跑", "李想", "李想"),
        ("多打电话", "小周", "李想"),
    ]
    assert join(book, li)[0]["actions"] == 0
    li("action", "done", "2", "--note", "成了", now="2026-11-20T09:00")
    assert join(book, li)[0]["actions"] == 1
    assert book.sql("SELECT done_on, note FROM action WHERE id = 2") == [("2026-11-20", "成了")]
    sound(book)


def test_it_goes_out_and_comes_back(weeks: Book, tmp_path: Path) -> None:
    first, second = weeks("export", "actions", "-f", "json").json
    assert told(first, "text", "measure", "baseline", "due") == (
        "新客户当天打第一个电话",
        "first_contact",
        0.5,
        "2026-11-20",
    )
    assert told(second, "who", "baseline") == ("小李", 3)
    whole = tmp_path / "all.jsonl"
    weeks("export", "all", "-o", str(whole))
    other = Book(tmp_path / "other.db", weeks.patch)
    other("init", now="2026-11-01T08:00")
    other("import", str(whole))
    assert other.sql("SELECT * FROM action") == weeks.sql("SELECT * FROM action")


def test_every_figure_has_a_name_in_both_languages_and_a_value(weeks: Book) -> None:
    for place, name in enumerate(FIGURES):
        assert read_figure(name) == name
        for lang in LANGUAGES:
            assert read_figure(figure_title(name, lang)) == name
        assert decide(weeks, f"多跑{place} --measure {name}", TUESDAY)["measure"] == name
    assert read_figure("promises.without_why") == "without_why"
    assert read_figure("first_contact.rate") == "first_contact"
    assert read_figure("单均") == "margin_per_order"
    for lang in LANGUAGES:
        assert len(weeks("report", "week", now="2026-11-30T09:00", lang=lang).out.splitlines()) > len(FIGURES)


def test_the_figure_is_the_one_of_the_reports(weeks: Book) -> None:
    """Each action's figure of a week is what the week's report and the measures of the week say."""
    for place, name in enumerate(FIGURES):
        decide(weeks, f"多跑{place} --measure {name}", TUESDAY)
    week = weeks("report", "week", "--date", "2026-11-22", "--json", now=TUESDAY).json
    measures = weeks("report", "kpi", "--period", "week", "--date", "2026-11-22", "--json", now=TUESDAY).json[
        "measures"
    ]
    known = {one["name"]: one["value"] for one in measures} | week["totals"]
    known |= {name: week[name] for name in ("stale_grades", "overdue_at_end")}
    known |= {"stock": week["stock"]["end"], "without_why": week["promises"]["without_why"]}
    known |= {"promises_open": week["promises"]["open"]}
    made = [one for one in weeks("action", "--json", now=TUESDAY).json if one["id"] > 2]
    assert {one["measure"]: one["baseline"] for one in made} == {name: known[name] for name in FIGURES}
