"""The rules of the funnel at their edges: 'not now', what supplies each want, classes of customer, quartiles."""

from __future__ import annotations

import shlex
from datetime import date

import pytest

from salesflow import funnel, processes
from salesflow.facts import ANYONE
from salesflow.funnel import Facts, Person
from salesflow.processes import EFFECTIVE, Want

FILM = processes.load(processes.builtin("film-4s"), "film-4s")
CUSTOMER = next(stage.code for stage in FILM.stages if stage.won)
DAY = date(2026, 11, 24)


def test_who_said_not_now_is_asked_for_the_rest_first() -> None:
    """F6: the need comes last, and is asked again once nothing else is missing."""
    nobody = Facts("info", "no")
    asked = funnel.ask(FILM, nobody)
    assert asked is not None and asked[0] == "person"
    rest = {"brands": ("宝马",), "address": "武侯大道1号"}
    only_need = Facts("info", "no", rest, (Person("王建国", reachable=True),), effective=1)
    asked = funnel.ask(FILM, only_need)
    assert asked is not None and asked[0] == "need"


@pytest.mark.parametrize(
    ("want", "command"),
    [
        (Want("followup", "followup", EFFECTIVE), "log 12 记录"),
        (Want("followup", "followup", "phone"), "log 12 记录 --via phone"),
        (Want("followup", "followup", "visit", "close"), "log 12 记录 --via visit --purpose close"),
        (Want("field", "grade", "grade"), "edit 12 --grade 级别"),
        (Want("field", "area", "area"), "edit 12 --set area=内容"),
        (Want("order", "order", "grade"), "order 12 金额"),
        (Want("signoff", "signoff", "boss"), "team sign 12 --by 姓名 --as boss"),
        (Want("signoff", "signoff", ANYONE), "team sign 12 --by 姓名"),
        (Want("score", "score", "trust"), "evaluate 12 trust"),
        (Want("tick", "tick", "trust", "met_boss"), "evaluate 12 trust met_boss"),
        (Want("credit", "credit", "good"), "edit 12 --set credit=内容"),
        (Want("quote", "quote"), "quote 12 金额"),
        (Want("payment", "payment"), "payment 12 金额"),
        (Want("person", "person", ANYONE, reach=True), "contact 12 姓名 --phone 号码"),
        (Want("person", "buyer", "buyer"), "contact 12 姓名 --role buyer"),
    ],
)
def test_what_is_missing_names_the_command_that_supplies_it(want: Want, command: str) -> None:
    assert funnel.supply_command(want, 12, "zh") == f"salesflow {command}"


@pytest.mark.parametrize("name", ["a-b", "J.R", "snake_case", "王建国"])
def test_a_plain_name_stands_in_a_command_as_it_is(name: str) -> None:
    command = funnel.supply_command(Want("person", "buyer.reach", "buyer", reach=True, who=name), 12, "zh")
    assert command == f"salesflow contact edit 12 {name} --phone 号码"
    assert shlex.split(command)[4] == name


def next_for(stage: str, customer_class: str | None, run: int = 0) -> funnel.NextOn:
    """The next date after a follow-up on a Tuesday, every day being worked."""
    return funnel.next_on(
        FILM,
        stage=stage,
        grade="A",
        day=DAY,
        no_answer_run=run,
        workday=lambda day: day,
        today=DAY,
        customer_class=customer_class,
    )


def test_a_customer_is_called_as_often_as_its_class_says() -> None:
    """L1: the class goes before the stage's own interval; it is for customers alone."""
    found = next_for(CUSTOMER, "anchor_shop")
    assert (found.date, found.days) == (date(2026, 12, 8), 14)
    assert (found.origin, found.customer_class) == ("class", "anchor_shop")
    assert funnel.next_on_text(FILM, found, "zh") == "「主力店」每 14 天"
    assert next_for("info", "anchor_shop").origin == "grade"
    assert next_for(CUSTOMER, None).origin == "stage"
    assert next_for(CUSTOMER, "anchor_shop", run=1).origin == "retry"


@pytest.mark.parametrize(
    ("values", "middle"),
    [
        ([], None),
        ([4], (4, 4)),
        ([10, 2], (4, 8)),
        ([5, 1, 3, 2, 4], (2, 4)),
        ([1, 2, 3, 10], (1.75, 4.75)),
        ([0, 0, 0], (0, 0)),
    ],
)
def test_between_which_values_the_middle_half_lies(
    values: list[float], middle: tuple[float, float] | None
) -> None:
    """A quarter and three quarters of the way from the first to the last, in proportion between two."""
    assert funnel.middle_half(values) == middle


@pytest.mark.parametrize(
    ("on", "end", "outcome"),
    [("2026-11-17", "2026-11-18", "kept_late"), ("2026-11-17", "2026-11-17", "open")],
)
def test_a_follow_up_on_the_last_day_still_counts(on: str, end: str, outcome: str) -> None:
    """K4: the period ends with its last day, not before it."""
    made, late = ("2026-11-10T09:00", 5), ("2026-11-18T08:00", 6)
    assert funnel.promise_outcome(on, made, late, "followup", [late], end) == outcome
