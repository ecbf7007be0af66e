"""The rules of the funnel as tables of cases: gates, completeness, what to ask, next dates."""

from __future__ import annotations

import shlex
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from salesflow import funnel, processes
from salesflow.errors import Usage
from salesflow.funnel import Facts, Person
from salesflow.models import Evidence
from salesflow.processes import Want
from salesflow.processes.gates import WORDS

FILM = processes.load(processes.builtin("film-4s"), "film-4s")

WANG = Person("王建国", ("buyer",), reachable=True)
ZHAO = Person("赵总", ("decision_maker",), reachable=True, personal=True)
SUN = Person("小孙", ("insider", "user"))

FIELDS: dict[str, object] = {
    "address": "武侯大道1号",
    "brands": ("宝马",),
    "supplier": "无",
    "volume_month": 120,
    "ownership": "独资",
    "area": "武侯区",
    "kind": "4s",
}
FULL = Facts("info", "yes", FIELDS, (WANG, ZHAO, SUN), effective=3, visits=1, goal=True)


def lacking(stage: str, facts: Facts) -> list[str]:
    """The codes that the gate to ``stage`` misses."""
    return [want.code for want in funnel.missing(FILM.stage(stage).gate, facts)]


# Gates


def with_fields(**values: object) -> dict[str, object]:
    """The full fields with some changed."""
    return {**FIELDS, **values}


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, []),
        ({"need": "unknown"}, ["need"]),
        ({"need": None}, ["need"]),
        ({"need": "no"}, ["need"]),
        ({"people": ()}, ["person"]),
        ({"people": (Person("前台"),)}, ["person"]),
        ({"people": (Person("前台"), WANG)}, []),
        ({"fields": with_fields(brands=())}, ["brands"]),
        ({"fields": with_fields(brands=[], address="  ")}, ["brands", "address"]),
        ({"fields": {}}, ["brands", "address"]),
        ({"effective": 0}, ["followup"]),
        (
            {"need": "no", "people": (), "fields": {}, "effective": 0},
            ["need", "person", "brands", "address", "followup"],
        ),
    ],
)
def test_the_gate_to_qualified(change: dict[str, Any], codes: list[str]) -> None:
    """F5, F6: need is yes, somebody to reach, brands, address, one follow-up that was answered."""
    assert lacking("qualified", FULL._replace(**change)) == codes


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, []),
        ({"fields": with_fields(supplier=None)}, ["supplier"]),
        ({"fields": with_fields(supplier="")}, ["supplier"]),
        ({"fields": with_fields(volume_month=0)}, []),
        ({"fields": with_fields(volume_month=None, ownership=None)}, ["volume_month", "ownership"]),
        ({"people": (WANG, ZHAO)}, ["insider"]),
        ({"people": (ZHAO, SUN)}, ["buyer"]),
        ({"people": (WANG._replace(reachable=False), ZHAO, SUN)}, ["buyer.reach"]),
        ({"people": (WANG._replace(reachable=False), WANG, ZHAO, SUN)}, []),
        ({"people": (SUN,)}, ["buyer", "decision_maker"]),
        ({"people": (WANG, ZHAO._replace(reachable=False), SUN)}, ["decision_maker.reach"]),
        ({"people": (Person("老板", ("buyer", "decision_maker", "insider"), True),)}, []),
        (
            {"people": (Person("老板", ("buyer", "decision_maker", "insider")),)},
            ["buyer.reach", "decision_maker.reach"],
        ),
        ({"visits": 0}, ["visit"]),
        ({"goal": False}, ["goal"]),
        ({"need": "no", "effective": 0}, []),
    ],
)
def test_the_gate_to_prospect(change: dict[str, Any], codes: list[str]) -> None:
    """F5, F13, F14, E8: 'none' is an answer; one person may be buyer and decision maker."""
    assert lacking("prospect", FULL._replace(**change)) == codes


def test_a_deal_asks_for_an_order_alone() -> None:
    """F17: a signed order or supply contract, whatever else is missing."""
    assert lacking("customer", Facts("info")) == ["order"]
    assert lacking("customer", Facts("info", order=True)) == []


def test_the_first_stage_wants_nothing_more_than_a_name() -> None:
    assert lacking("info", Facts("info")) == []


@pytest.mark.parametrize(
    ("start", "end", "asked"),
    [
        ("info", "qualified", ["qualified"]),
        ("info", "prospect", ["qualified", "prospect"]),
        ("qualified", "prospect", ["prospect"]),
        ("info", "customer", ["customer"]),
        ("prospect", "customer", ["customer"]),
        ("prospect", "qualified", []),
        ("customer", "info", []),
        ("info", "info", []),
    ],
)
def test_the_gates_on_the_way(start: str, end: str, asked: list[str]) -> None:
    """F5: every gate on the way, a won stage its own alone, none on the way back."""
    assert [stage.code for stage in funnel.gates_to(FILM, start, end)] == asked


def test_a_gate_to_an_unknown_stage_is_refused() -> None:
    with pytest.raises(Usage):
        funnel.gates_to(FILM, "info", "prospct")


def test_the_next_gate() -> None:
    gate = funnel.next_gate(FILM, FULL)
    assert gate is not None and (gate[0].code, gate[1]) == ("qualified", ())
    assert funnel.next_gate(FILM, FULL._replace(stage="customer")) is None


@pytest.mark.parametrize(
    ("value", "need", "met"),
    [("known", "yes", True), ("known", "no", True), ("known", "unknown", False), ("yes", "no", False)],
)
def test_need_may_be_wanted_as_yes_or_as_known(value: str, need: str, met: bool) -> None:
    """F6"""
    assert (funnel.missing([Want("need", "need", value)], Facts("x", need)) == ()) is met


@pytest.mark.parametrize(("kind", "count"), [("followup", "effective"), ("visits", "visits")])
def test_more_than_one_may_be_wanted(kind: str, count: str) -> None:
    """L4: a number of visits."""
    want = Want(kind, kind, "effective", times=3)
    few, enough = (Facts("x")._replace(**{count: times}) for times in cast(Any, (2, 3)))
    left = funnel.missing([want], few)
    assert left == (want._replace(now=2),), "how many there are is said"
    assert funnel.want_title(left[0]._replace(name={"zh": "上门 3 次"}), "zh") == "上门 3 次（现在 2）"
    assert funnel.missing([want], enough) == ()


def test_every_word_of_the_gate_language_has_its_rule() -> None:
    for word in WORDS:
        funnel.missing([Want(word, word)], Facts("x"))


# What to ask, and how complete


@pytest.mark.parametrize(
    ("facts", "code", "zh"),
    [
        (Facts("info"), "need", "有没有需求"),
        (Facts("info", "yes"), "person", "谁管，怎么联系"),
        (Facts("info", "yes", FIELDS, (Person("前台"),), effective=1), "person", "怎么联系他"),
        (FULL._replace(fields={**FIELDS, "area": None}), "which_district", "店在哪个区"),
        (FULL._replace(fields={**FIELDS, "kind": None}), "which_kind", "是 4S 店、综合店还是卖场"),
        (FULL, "shops_nearby", "附近还有哪几家店"),
        (FULL._replace(stage="qualified", people=(WANG, ZHAO)), "insider", "内线是谁"),
        (
            FULL._replace(stage="qualified", people=(WANG._replace(reachable=False), ZHAO, SUN)),
            "buyer.reach",
            "采购负责人怎么联系",
        ),
        (FULL._replace(stage="qualified"), "head_of_shop", "店总是谁"),
        (FULL._replace(stage="prospect"), "order", "离签约还差什么"),
        (FULL._replace(stage="customer"), "whom_to_settle_with", "对账、付款找谁"),
    ],
)
def test_the_one_thing_to_find_out(facts: Facts, code: str, zh: str) -> None:
    """The first that the next gate misses, else the guide's first open point."""
    found = funnel.ask(FILM, facts)
    assert found is not None
    assert (found[0], found[1]["zh"]) == (code, zh)
    assert found[1]["en"].isascii()


def test_a_stage_without_a_guide_has_nothing_to_ask() -> None:
    bare = FILM._replace(stages=tuple(stage._replace(guide=()) for stage in FILM.stages))
    assert funnel.ask(bare, FULL) is None


@pytest.mark.parametrize(
    ("facts", "filled", "missing"),
    [
        (FULL, 11, ["manager"]),
        (FULL._replace(need="no"), 11, ["manager"]),
        (FULL._replace(need="unknown"), 10, ["need", "manager"]),
        (
            FULL._replace(people=(WANG,)),
            8,
            ["decision_maker", "decision_maker.reach", "decision_maker.personal", "manager"],
        ),
        (
            FULL._replace(people=(Person("老板", ("decision_maker", "manager", "buyer")),)),
            10,
            ["decision_maker.reach", "decision_maker.personal"],
        ),
        (Facts("info"), 0, list(FILM.required)),
    ],
)
def test_completeness(facts: Facts, filled: int, missing: list[str]) -> None:
    """F1, F4: twelve points, named when missing."""
    share, names = funnel.completeness(FILM, facts)
    assert share == pytest.approx(filled / 12)
    assert list(names) == missing


def test_a_process_that_requires_nothing_is_complete() -> None:
    assert funnel.completeness(FILM._replace(required=()), Facts("info")) == (1.0, ())


def test_the_names_of_what_a_record_lacks() -> None:
    zh = [funnel.point_name(FILM, point, "zh") for point in FILM.required]
    assert zh == [
        "地址",
        "区域",
        "主营品牌",
        "股份结构",
        "有没有需求",
        "现用膜",
        "月销量",
        "决策人",
        "决策人的电话或微信",
        "决策人的性格、爱好或生日",
        "经理人",
        "采购负责人",
    ]
    assert all(funnel.point_name(FILM, point, "en").isascii() for point in FILM.required)


@pytest.mark.parametrize(
    ("stage", "facts", "code", "title", "command"),
    [
        ("qualified", {"need": "no"}, "need", "有需求", "salesflow edit 12 --set need=yes"),
        ("qualified", {"people": ()}, "person", "一个联系人", "salesflow contact 12 姓名 --phone 号码"),
        ("qualified", {"effective": 0}, "followup", "说上话的跟进 1 次", "salesflow log 12 记录"),
        ("prospect", {"fields": {}}, "supplier", "现用膜", "salesflow edit 12 --set supplier=内容"),
        ("prospect", {"people": (WANG, ZHAO)}, "insider", "内线", "salesflow contact 12 姓名 --role insider"),
        (
            "prospect",
            {"people": (SUN, WANG)},
            "decision_maker",
            "决策人",
            "salesflow contact 12 姓名 --phone 号码 --role decision_maker",
        ),
        (
            "prospect",
            {"people": (SUN, WANG, ZHAO._replace(reachable=False))},
            "decision_maker.reach",
            "决策人的电话或微信",
            "salesflow contact edit 12 赵总 --phone 号码",
        ),
        ("prospect", {"visits": 0}, "visit", "上门 1 次", "salesflow visit 12 记录"),
        (
            "prospect",
            {"goal": False},
            "goal",
            "目标产值和日期",
            "salesflow edit 12 --goal 金额 --goal-on 日期",
        ),
        ("customer", {}, "order", "签下的订单或供货协议", "salesflow order 12 金额"),
    ],
)
def test_a_missing_thing_has_a_name_and_a_command(
    stage: str, facts: dict[str, Any], code: str, title: str, command: str
) -> None:
    want = funnel.missing(FILM.stage(stage).gate, FULL._replace(**facts))[0]
    assert want.code == code
    assert funnel.want_title(want, "zh") == title
    assert funnel.want_title(want, "en").isascii()
    assert funnel.supply_command(want, 12, "zh") == command
    assert funnel.supply_command(want, 12, "en").replace("赵总", "").isascii()


@pytest.mark.parametrize("name", ["O'Hara; rm", "$(x)", "王 建国", "-x", "a\\b"])
def test_a_name_in_a_command_is_safe_to_paste(name: str) -> None:
    person = Person(name, ("buyer",))
    want = next(
        w for w in funnel.missing(FILM.stage("prospect").gate, Facts("info", people=(person,))) if w.who
    )
    assert shlex.split(funnel.supply_command(want, 12, "en"))[4] == name


def test_facts_of_a_lead() -> None:
    """A goal is value and date; a field of the process's own comes from the custom ones."""
    row: dict[str, Any] = dict.fromkeys(processes.LEAD_FIELDS)
    row |= {"stage": "info", "need": "yes", "custom": {"wing": "有"}, "answered": 2, "visits": 1}
    row |= {"parent_id": None, "referrer_id": 7}
    lead: Any = SimpleNamespace(**row, goal_fen=12_000_000)
    lead.goal_on = "2026-12-31"
    person: Any = SimpleNamespace(name="王", roles=("buyer",), reachable=True, personal=False, attitude=None)
    found = funnel.facts(FILM, lead, [person], Evidence(order=True))
    assert found.people == (Person("王", ("buyer",), True, False),)
    assert (found.effective, found.visits, found.goal, found.order) == (2, 1, True, True)
    assert (found.fields["wing"], found.fields["goal_value"], found.fields["area"]) == (
        "有",
        12_000_000,
        None,
    )
    assert found.fields["referrer"] == 7
    lead.goal_on = None
    assert not funnel.facts(FILM, lead, [], Evidence()).goal


# The next date

OFF = {date(2026, 11, 28), date(2026, 11, 29), date(2026, 12, 5), date(2026, 12, 6)}


def workday(day: date) -> date:
    """The day, or the next that is worked."""
    while day in OFF:
        day += timedelta(days=1)
    return day


@pytest.mark.parametrize(
    ("stage", "grade", "run", "day", "origin", "days", "expected"),
    [
        ("info", "H", 0, "11-24", "grade", 2, "11-26"),
        ("info", "A", 0, "11-24", "grade", 7, "12-01"),
        ("info", "B", 0, "11-24", "grade", 14, "12-08"),
        ("info", "C", 0, "11-24", "grade", 30, "12-24"),
        ("info", "D", 0, "11-24", "grade", 60, "2027-01-23"),
        ("info", None, 0, "11-24", "grade_none", 7, "12-01"),
        ("info", "gone", 0, "11-24", "grade_none", 7, "12-01"),
        ("customer", "H", 0, "11-24", "stage", 30, "12-24"),
        ("customer", None, 0, "11-24", "stage", 30, "12-24"),
        ("info", "H", 1, "11-24", "retry", 1, "11-25"),
        ("customer", "H", 2, "11-24", "retry", 1, "11-25"),
        ("info", "B", 3, "11-24", "retry", 1, "11-25"),
        ("info", "B", 4, "11-24", "grade", 14, "12-08"),
        ("customer", "B", 4, "11-24", "stage", 30, "12-24"),
    ],
)
def test_the_interval_that_makes_the_next_date(
    stage: str, grade: str | None, run: int, day: str, origin: str, days: int, expected: str
) -> None:
    """K2: no answer is tried again three times; else the stage's interval, else the grade's."""
    start = date.fromisoformat(f"2026-{day}")
    found = funnel.next_on(
        FILM, stage=stage, grade=grade, day=start, no_answer_run=run, workday=workday, today=start
    )
    full = expected if len(expected) == 10 else f"2026-{expected}"
    assert (found.date.isoformat(), found.origin, found.days) == (full, origin, days)
    assert not found.moved and not found.late


@pytest.mark.parametrize(
    ("grade", "run", "day", "today", "expected", "text"),
    [
        ("A", 0, "11-24", "11-24", "12-01", "A 级每 7 天"),
        ("A", 0, "11-28", "11-28", "12-07", "A 级每 7 天，遇休息日顺延"),
        ("A", 1, "11-27", "11-27", "11-30", "没接，1 天后再打（第 1 次没接），遇休息日顺延"),
        ("A", 3, "11-28", "11-28", "11-30", "没接，1 天后再打（第 3 次没接），遇休息日顺延"),
        ("A", 0, "11-10", "11-24", "11-24", "A 级每 7 天，已经过了，改成今天"),
        ("A", 0, "11-17", "11-24", "11-24", "A 级每 7 天"),
        ("H", 0, "11-26", "11-30", "11-30", "H 级每 2 天，遇休息日顺延"),
        (None, 0, "11-24", "11-24", "12-01", "还没定级别，每 7 天"),
    ],
)
def test_a_day_off_moves_the_date_and_the_past_is_today(
    grade: str | None, run: int, day: str, today: str, expected: str, text: str
) -> None:
    """K2: what an interval makes falls on a working day and never lies behind us."""
    found = funnel.next_on(
        FILM,
        stage="info",
        grade=grade,
        day=date.fromisoformat(f"2026-{day}"),
        no_answer_run=run,
        workday=workday,
        today=date.fromisoformat(f"2026-{today}"),
    )
    assert found.date.isoformat() == f"2026-{expected}"
    assert funnel.next_on_text(FILM, found, "zh") == text
    assert funnel.next_on_text(FILM, found, "en").isascii()


def test_the_stage_that_made_the_date_is_named() -> None:
    day = date(2026, 11, 24)
    found = funnel.next_on(
        FILM, stage="customer", grade="A", day=day, no_answer_run=0, workday=workday, today=day
    )
    assert funnel.next_on_text(FILM, found, "zh") == "「客户」每 30 天"
    assert funnel.next_on_text(FILM, found, "en") == "stage 'Customer', every 30 days"


def test_the_first_contact_deadline_runs_in_clock_hours() -> None:
    """K1: 36 hours."""
    assert funnel.deadline(datetime(2026, 11, 20, 17, 30), 36) == datetime(2026, 11, 22, 5, 30)


@pytest.mark.parametrize(
    ("grade", "days", "stale"),
    [
        ("H", 7, False),
        ("H", 8, True),
        ("A", 31, True),
        ("C", 999, False),
        ("gone", 99, False),
        (None, 99, False),
    ],
)
def test_a_grade_older_than_its_window_is_stale(grade: str | None, days: int, stale: bool) -> None:
    day = date(2026, 11, 24)
    assert funnel.is_stale(FILM, grade, day - timedelta(days=days), day) is stale
