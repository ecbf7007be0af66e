"""``target``, and actual against target in the reports: one small book, every figure worked out by hand (K6)."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from kit import Book, filled

# November 2026 has 21 working days (2-6, 9-13, 16-20, 23-27, 30); on Tuesday the 24th 16 are gone and 5 are left.
# Week 48 runs from the 23rd to the 29th: 5 working days, on the 24th one is gone.


def fill_month(book: Book) -> None:
    """November of 陈磊 and 李想, until the 24th.

    陈磊: visits 11-03 11-12 11-23 11-24, one of them by the way that is none (a call, 11-23), so 4 visits, 5
    follow-ups, 1 call (they called on 11-24: no call of ours, a sixth follow-up). Orders 甲店 58,000 (cost 37,000)
    on 11-12, 乙店 58,000 on 11-23; paid 30,000 on 11-20 and 65,000 on 11-23.
    李想: one visit on 11-23, an order of 1,000.10 on 11-24.
    Whole: 5 visits (3 in week 48: 11-23 twice, 11-24), 7 follow-ups, sales 117,000.10, collected 95,000;
    week 48: sales 59,000.10, collected 65,000. Leads: 甲店 11-02, 乙店 11-23, 丙店 11-24: 3, two in week 48.
    """

    def by(rep: str, *words: str, now: str) -> None:
        book("config", "rep", rep, now=now)
        book(*words, now=now)

    by("陈磊", "add", "甲店", now="2026-11-02T09:00")
    by("陈磊", "log", "甲店", "去了", "--via", "visit", "--no-next", now="2026-11-03T10:00")
    by("陈磊", "log", "甲店", "又去", "--via", "visit", "--no-next", now="2026-11-12T10:00")
    by("陈磊", "order", "甲店", "58000", "--no-advance", now="2026-11-12T11:00")
    by("陈磊", "payment", "甲店", "30000", now="2026-11-20T10:00")
    by("陈磊", "add", "乙店", now="2026-11-23T08:00")
    by("陈磊", "log", "乙店", "去了", "--via", "visit", "--no-next", now="2026-11-23T09:00")
    by("李想", "log", "甲店", "也去了", "--via", "visit", "--no-next", now="2026-11-23T10:00")
    by("陈磊", "log", "乙店", "打了", "--via", "phone", "--no-next", now="2026-11-23T11:00")
    by("陈磊", "order", "乙店", "58000", "--no-advance", now="2026-11-23T12:00")
    by("陈磊", "payment", "甲店", "28000", now="2026-11-23T13:00")
    by("陈磊", "payment", "乙店", "37000", now="2026-11-23T14:00")
    by("李想", "add", "丙店", now="2026-11-24T08:00")
    by("李想", "order", "丙店", "1000.10", "--no-advance", now="2026-11-24T08:30")
    by("陈磊", "log", "乙店", "去了", "--via", "visit", "--no-next", now="2026-11-24T09:00")
    by("陈磊", "call", "乙店", "问货", "--in", "--no-next", now="2026-11-24T09:30")


@pytest.fixture
def month(book: Book) -> Book:
    """The book of November."""
    return filled(book, fill_month)


def by_metric(data: dict[str, Any]) -> dict[str, tuple[Any, ...]]:
    """target, actual, attainment, days left, needed a day of each metric."""
    keys = ("target", "actual", "attainment", "days_left", "needed_per_day")
    return {one["metric"]: tuple(one[key] for key in keys) for one in data["targets"]}


def test_the_month_against_its_targets(month: Book) -> None:
    """5 days are left: 95 visits in 5 days are 19; (300,000 - 117,000.10) / 5 = 36,599.98; 155,000 / 5 = 31,000."""
    for words in (
        ("visits", "100"), ("销售额", "30 万"), ("collected", "25万"), ("calls", "6"), ("followups", "7"),
        ("new_leads", "10"), ("deals", "2"), ("margin", "10万"),
    ):  # fmt: skip
        month("target", "set", *words[0:1], *words[1].split(), "每月")
    data = month("report", "month", "--json").json
    assert by_metric(data) == {
        "visits": (100, 5, 0.05, 5, 19),
        "calls": (6, 1, 0.1667, 5, 1),
        "followups": (7, 7, 1.0, 5, 0),
        "new_leads": (10, 3, 0.3, 5, 2),  # 7 in 5 days
        "deals": (2, 0, 0.0, 5, 1),
        "sales": (300000, 117000.1, 0.39, 5, 36599.98),
        "margin": (100000, None, None, 5, 20000),  # no cost is known
        "collected": (250000, 95000, 0.38, 5, 31000),
    }
    first = data["targets"][0]
    assert list(first)[:4] == ["metric", "target", "actual", "attainment"]
    assert (first["elapsed"], first["working_days"]) == (0.7619, 21)


def test_a_week_shows_the_week_s_targets_and_below_it_the_month(month: Book) -> None:
    """17 visits in the 4 days left are 4.25, upwards 5; sales 59,000.10 of 120,000."""
    month("target", "set", "visits", "20", "--period", "week")
    month("target", "set", "sales", "120000", "2026-W48")
    month("target", "set", "visits", "100", "month")
    assert by_metric(month("report", "week", "--json").json) == {
        "visits": (20, 3, 0.15, 4, 5),
        "sales": (120000, 59000.1, 0.4917, 4, 15249.98),  # 60,999.90 / 4 = 15,249.975
    }
    lines = month("report", "week").lines
    visits = next(line for line in lines if line.startswith("拜访")).split()
    assert (visits[:3], visits[4:7]) == (["拜访", "3", "0"], ["20", "15%", "##--------"])
    assert next(line for line in lines if line.startswith("跟进 ")).split()[4:6] == ["-", "-"]
    assert "工作日已过 1/5，还剩 4，每天还要：拜访 5   销售额 15,249.98" in lines
    at = lines.index("本月 2026-11   拜访 5/100")
    assert lines[at + 1] == "工作日已过 16/21，还剩 5，每天还要：拜访 19"
    assert "目标 拜访 3/20 15%　销售额 59,000.10/12 万 49%" in month("report", "week", "-f", "chat").lines


def test_a_week_that_is_over_says_what_it_reached_and_no_more(month: Book) -> None:
    """Week 46, 9 to 15 November: one visit."""
    month("target", "set", "visits", "20", "week")
    run = month("report", "week", "--date", "2026-11-15")
    assert "每天还要" not in run.out
    assert by_metric(month("report", "week", "--date", "2026-11-15", "--json").json) == {
        "visits": (20, 1, 0.05, 0, None)
    }


def test_the_day_as_a_message_names_its_target_and_the_month(month: Book) -> None:
    """As screens.md draws it."""
    for metric, value, period in (
        ("visits", "5", "day"), ("visits", "100", "month"), ("sales", "30万", "month"), ("collected", "25万", "month"),
    ):  # fmt: skip
        month("target", "set", metric, value, period)
    chat = month("report", "day", "-f", "chat").lines
    assert chat[1] == "拜访 1（目标 5）"
    assert chat[-1] == "本月 拜访 5/100　销售额 117,000.10/30 万　回款 9.5/25 万"
    # on the 23rd, told later: what was so then; 李想's order came a day after
    chat = month("report", "day", "-f", "chat", "--date", "2026-11-23").lines
    assert chat[1] == "拜访 2（目标 5）"
    assert chat[-1] == "本月 拜访 4/100　销售额 11.6/30 万　回款 9.5/25 万"
    english = month("report", "day", "-f", "chat", lang="en").lines
    assert english[1] == "Visits 1 (target 5)"
    assert english[-1] == "Month: visits 5/100  sales 117,000.10/300,000  collected 95,000/250,000"


def test_a_target_of_every_day_says_nothing_of_a_day_of_rest(month: Book) -> None:
    """The 22nd is a Sunday; a target for just that day counts all the same."""
    month("target", "set", "visits", "5", "day")
    sunday = ("report", "day", "--date", "2026-11-22", "--json")
    assert month(*sunday).json["targets"] == []
    assert "（目标" not in month("report", "day", "-f", "chat", "--date", "2026-11-22").out
    month("target", "set", "visits", "1", "2026-11-22")
    assert by_metric(month(*sunday).json) == {"visits": (1, 0, 0.0, 0, None)}


def test_the_list_on_a_day_of_rest_has_no_day_left(month: Book) -> None:
    """Sunday the 22nd is none of the days that are worked: none has run, none is left."""
    month("target", "set", "visits", "5", "day")
    sunday = "2026-11-22T09:00"
    (one,) = month("target", "--json", now=sunday).json
    assert (one["state"], one["actual"], one["needed_per_day"]) == ("rest", None, None)
    assert (one["working_days"], one["days_left"], one["elapsed"]) == (0, 0, None)
    line = next(line for line in month("target", now=sunday).lines if "11-22" in line)
    assert "今天休息" in line and "/" not in line


@pytest.mark.parametrize(
    ("lang", "none", "others"),
    [
        (
            "zh",
            "没有「2026-11 拜访」这个目标，拜访还没定过",
            "没有「2026-11 拜访」这个目标；拜访的有：每月、每天",
        ),
        (
            "en",
            "There is no target '2026-11 visits', nor any other of visits",
            "those of visits: monthly, daily",
        ),
    ],
)
def test_a_target_that_is_not_there_is_named_in_words(month: Book, lang: str, none: str, others: str) -> None:
    assert none in month("target", "remove", "visits", "2026-11", code=3, lang=lang).err
    month("target", "set", "visits", "100", "month")
    month("target", "set", "visits", "5", "day")
    assert others in month("target", "remove", "visits", "2026-11", code=3, lang=lang).err


def test_one_period_beats_every_one_and_undo_brings_it_back(month: Book) -> None:
    month("target", "set", "visits", "100", "每月")
    month("target", "set", "visits", "60", "本月")
    assert by_metric(month("report", "month", "--json").json)["visits"][0] == 60
    states = {one["period"]: (one["state"], one["actual"]) for one in month("target", "--json").json}
    assert states == {"month": ("replaced", None), "2026-11": ("running", 5)}
    month("undo", "--yes")
    assert by_metric(month("report", "month", "--json").json)["visits"][0] == 100
    month("redo", "--yes")
    month("target", "remove", "拜访", "本月")
    assert by_metric(month("report", "month", "--json").json)["visits"][0] == 100


def test_setting_says_what_was_understood_and_history_keeps_it(month: Book) -> None:
    assert (
        month("目标", "销售额", "30", "万", "每月").out == "每月 销售额 30 万   2026-11 还剩 5/21 个工作日\n"
    )
    changed = month("目标", "设", "销售额", "25万", "每月", "--why", "淡季").out
    assert changed == "每月 销售额 25 万（原来 30 万）   2026-11 还剩 5/21 个工作日\n"
    assert month("target", "set", "sales", "250000", "month", lang="en").out.startswith(
        "monthly sales is 250,000 already"
    )
    answer = month("target", "set", "sales", "260000", "month", "--json").json
    assert answer == {
        "metric": "sales", "period": "month", "rep": None, "target": 260000, "by": "陈磊",
        "recorded_at": "2026-11-24T10:05", "previous": 250000,
    }  # fmt: skip
    steps = month("history", "--json").json
    assert [one["command"] for one in steps[:2]] == [
        "target set sales 260000 month",
        "target set sales 250000 month",
    ]
    assert steps[1]["reason"] == "淡季"  # what changed nothing is no step
    assert "已经过去了" in month("target", "set", "visits", "5", "2026-10").out
    assert month.sql("SELECT count(*) FROM target") == [(2,)]


def test_the_list_shows_what_was_reached(month: Book) -> None:
    for words in (
        ("visits", "5", "day"), ("visits", "20", "week"), ("visits", "100", "month"), ("sales", "120000", "2026-12"),
        ("visits", "10", "2026-10"), ("visits", "60", "month", "--rep", "李想"),
    ):  # fmt: skip
        month("target", "set", *words)
    found = month("target", "--json").json
    keys = ("period", "rep", "actual", "attainment", "days_left", "needed_per_day", "state")
    assert [tuple(one[key] for key in keys) for one in found] == [
        ("day", None, 1, 0.2, 1, 4, "running"),
        ("week", None, 3, 0.15, 4, 5, "running"),
        ("2026-12", None, None, None, 23, 5217.4, "to_come"),  # 23 working days; 120,000 / 23 = 5,217.391
        ("month", None, 5, 0.05, 5, 19, "running"),
        ("month", "李想", 1, 0.0167, 5, 12, "running"),  # 59 in 5 days
    ]
    assert "过去的 1 个没列" in month("target").out
    assert len(month("target", "--all", "--json").json) == 6
    assert [one["rep"] for one in month("target", "--rep", "李想", "--json").json] == ["李想"]
    assert [one["period"] for one in month("target", "销售额", "--json").json] == ["2026-12"]
    assert [one["state"] for one in month("target", "list", "--period", "上月", "--json").json] == ["over"]
    rows = list(csv.DictReader(io.StringIO(month("target", "-f", "csv").out.lstrip("\ufeff"))))
    assert [row["target"] for row in rows] == ["5", "20", "120000", "100", "60"]
    for fmt in ("table", "plain", "md", "tsv", "jsonl", "chat"):
        for lang in ("zh", "en"):
            assert month("target", "-f", fmt, lang=lang).out


def test_an_empty_list_says_how_to_begin(book: Book) -> None:
    assert "salesflow target set" in book("target").out
    assert book("target", "--json").json == []


def test_by_rep(month: Book) -> None:
    """陈磊: 4 visits, 116,000 sold; 李想: 1 visit. Nobody has a target for the whole."""
    month("target", "set", "visits", "60", "month", "--rep", "陈磊")
    month("target", "set", "visits", "40", "month", "--rep", "李想")
    month("target", "set", "sales", "200000", "month", "--rep", "陈磊")
    data = month("report", "month", "--by", "rep", "--json").json
    keys = ("rep", "metric", "target", "actual", "needed_per_day")
    assert [tuple(one[key] for key in keys) for one in data["targets"]] == [
        ("李想", "visits", 40, 1, 8),  # 39 in 5
        ("陈磊", "visits", 60, 4, 12),  # 56 in 5
        ("陈磊", "sales", 200000, 116000, 16800),
    ]  # fmt: skip
    out = month("report", "month", "--by", "rep").out
    assert "各人目标" in out and "58%" in out
    # the book has no target of its own: those of the reps are added up, against what these reps did
    whole = month("report", "month", "--json").json["targets"]
    assert [(one["metric"], one["target"], one["actual"], one["reps"]) for one in whole] == [
        ("visits", 100, 5, ["李想", "陈磊"]),
        ("sales", 200000, 116000, ["陈磊"]),
    ]
    month("target", "set", "visits", "90", "month")
    assert month("report", "month", "--json").json["targets"][0]["target"] == 90


def test_a_rep_whom_nobody_knows_is_remarked(month: Book) -> None:
    run = month("target", "set", "visits", "60", "month", "--rep", "王五")
    assert "王五" in run.err and "undo" in run.err


def test_figures_of_every_format(month: Book) -> None:
    month("target", "set", "calls", "8", "week")
    rows = {row["metric"]: row for row in csv.DictReader(
        io.StringIO(month("report", "week", "-f", "csv").out.lstrip("\ufeff")))}  # fmt: skip
    assert (rows["calls"]["this"], rows["calls"]["target"], rows["calls"]["attainment"]) == (
        "1",
        "8",
        "0.125",
    )
    assert rows["visits"]["target"] == ""
    assert "电话" in month("report", "week", "-f", "md").out
    assert "calls" in month("report", "week", lang="en").out


def test_a_target_that_is_nearly_reached_is_not_shown_as_reached(month: Book) -> None:
    """117,000.10 of 117,001: 99.9992 %."""
    month("target", "set", "sales", "117001", "month")
    line = next(line for line in month("target").lines if "销售额" in line)
    assert "99%" in line and "#########-" in line


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (["set", "visits", "100"], 2, "--period"),
        (["visits", "100"], 2, "--period"),
        (["set", "sales", "30万"], 2, "300000 --period"),
        (["set", "早餐", "100", "month"], 2, "早餐"),
        (["set", "visits", "多", "month"], 2, "多"),
        (["set", "visits", "1.5", "month"], 2, "1.5"),
        (["set", "visits", "-5", "month"], 2, ""),
        (["set", "visits", "0", "month"], 2, "remove"),
        (["set", "visits", "100", "2026-13"], 2, "2026-13"),
        (["set", "visits", "100", "month", "--period", "week"], 2, "month"),
        (["set"], 2, "visits"),
        (["set", "visits"], 2, "set"),
        (["remove", "visits"], 2, "--period"),
        (["remove", "visits", "week"], 3, "week"),
        (["早餐"], 2, "早餐"),
    ],
)
def test_what_is_refused(month: Book, words: list[str], code: int, named: str) -> None:
    """Each in a line or two, nothing changed."""
    assert (
        named in month.refuse(code, "target", *words).err
        or named in month("target", *words, code=code, lang="en").err
    )


def test_on_a_terminal_what_is_missing_is_asked(month: Book) -> None:
    month("target", "set", tty=True, answers=("拜访", "100", "每月"))
    month("target", "set", "销售额", "30万", tty=True, answers=("本月",))
    assert month.sql("SELECT metric, period, value FROM target ORDER BY id") == [
        ("visits", "month", 100), ("sales", "2026-11", 30_000_000),
    ]  # fmt: skip


def test_today_says_what_the_day_still_wants(month: Book) -> None:
    """One visit on the 24th; five in November, of 100 with 5 days left: 19 a day."""
    assert "拜访" not in month("today").lines[-1]
    month("target", "set", "visits", "100", "month")
    assert month("today").lines[-1] == "本月拜访 5/100，还剩 5 个工作日，每天要 19"
    assert month("today", lang="en").lines[-1] == "Visits this month 5/100, 5 working days left: 19 a day"
    month("target", "set", "visits", "5", "day")
    assert month("today").lines[-1] == "今天拜访 1/5"
    before = month("today", "--json").json
    assert set(before) == {"date", "counts", "items", "reminders"}
    for narrowed in (("--date", "明天"), ("--grade", "A"), ("-f", "chat")):
        assert "1/5" not in month("today", *narrowed).out
    # on a Saturday every day's target says nothing, and of the month's 100 are 95 to go on Monday
    assert "本月拜访 5/100，还剩 1 个工作日，每天要 95" in month("today", now="2026-11-28T09:00").lines
    month("target", "set", "visits", "2", "month")
    month("target", "remove", "visits", "day")
    assert "本月拜访" not in month("today").out  # reached


def test_margin_is_of_what_stands(month: Book) -> None:
    """100,000 that cost 60,000: a margin of 40,000 of 50,000; cancelled, no cost is known again."""
    month("target", "set", "margin", "5万", "month")
    month("target", "set", "margin", "5万", "month", "--rep", "陈磊")
    number = month("order", "甲店", "10万", "--cost", "6万", "--no-advance", "--json").json["id"]
    found = month("target", "--json").json
    assert [(one["rep"], one["actual"], one["attainment"]) for one in found] == [
        (None, 40000, 0.8),
        ("陈磊", 40000, 0.8),
    ]
    assert by_metric(month("report", "month", "--json").json) == {"margin": (50000, 40000, 0.8, 5, 2000)}
    month("order", "cancel", str(number), "--why", "不要了")
    assert by_metric(month("report", "month", "--json").json) == {"margin": (50000, None, None, 5, 10000)}
