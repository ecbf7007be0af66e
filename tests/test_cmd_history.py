"""``history LEAD``: each change by the name of what changed, and why."""

from __future__ import annotations

import pytest
from kit import Book


def told(book: Book, command: str, lang: str = "zh") -> str:
    """The newest line of ``history 1`` that this command made."""
    lines = book("history", "1", lang=lang).lines
    return next(line for line in lines if f" {command} " in line)


@pytest.fixture
def key(book: Book) -> Book:
    """A lead of a process with its own fields, checklists and titles."""
    book("add", "川西轧钢", "--process", "key-account", "--set", "project=二号线")
    return book


def test_a_goal_changes_with_its_trace_and_reason_e8(key: Book) -> None:
    """E8: value and date, what they were and why they changed, by the process's own titles."""
    done = key("edit", "1", "--goal", "160万", "--goal-on", "2026-12-30")
    assert "预计金额 160 万" in done.out and "预计签约日 12-30 周三" in done.out, "said back as understood"
    key("edit", "1", "--goal", "165万", "--why", "投标价定了")
    lines = [line for line in key("history", "1").lines if " edit " in line]
    assert "预计金额 160 万 > 165 万（投标价定了）" in lines[0]
    assert "预计金额 - > 160 万  预计签约日 - > 2026-12-30" in lines[1]
    assert "expected value 1,600,000 > 1,650,000 (投标价定了)" in told(key, "edit", "en")


def test_own_fields_change_one_by_one(key: Book) -> None:
    """L11: a field of the process by its title, one that did not change not at all."""
    key("edit", "1", "--set", "budget_sum=180万", "--set", "编号=K7")
    assert "预算 - > 180万  编号 - > K7" in told(key, "edit")
    assert "二号线" not in told(key, "edit")
    key("edit", "1", "--set", "编号=")
    assert "编号 K7 > -" in told(key, "edit")


def test_whose_attitude_and_which_item_changed(key: Book) -> None:
    """F14, L9: a change says of whom and of what it is."""
    key("contact", "1", "何科长", "buyer")
    key("contact", "edit", "1", "何科长", "--weight", "2")
    assert "何科长  分量 - > 2" in told(key, "contact edit")
    key("evaluate", "1", "opportunity", "budget=1")
    key("evaluate", "1", "opportunity", "budget=4", "--note", "批了")
    assert "机会评估 预算  分 1 > 4  备注 - > 批了" in told(key, "evaluate")
    key("competitor", "1", "北岭", "--price", "20")
    key("competitor", "edit", "1", "北岭", "--price", "21")
    assert "北岭  价 20 > 21" in told(key, "competitor edit")


def test_what_is_gone_and_back_still_has_its_name(key: Book) -> None:
    key("contact", "1", "何科长", "buyer")
    key("contact", "edit", "1", "何科长", "--weight", "2")
    key("contact", "remove", "1", "何科长")
    key("undo")
    key("contact", "edit", "1", "何科长", "--weight", "3")
    assert "何科长  分量 2 > 3" in told(key, "contact edit")


def test_a_goal_for_a_day_that_is_past_is_said(key: Book) -> None:
    """E8: an old goal may be written down; a slip is noticed."""
    assert "2026-11-23" in key("edit", "1", "--goal", "5万", "--goal-on", "昨天").err
    assert key("edit", "1", "--goal-on", "年底", "--why", "写错了").err == ""
