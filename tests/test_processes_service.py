"""What a process file says of customers after the deal: care visits, classes, the days before stock ends."""

from __future__ import annotations

import pytest
from kit import Book
from process_kit import SMALL, data, take, write

from salesflow import processes
from salesflow.errors import Usage
from salesflow.processes.changes import compare, succeed

AFTER = """
[[care]]
code = "heard"
day = 3
title = { zh = "问一声", en = "a call" }
via = "walk"
[[care]]
code = "seen"
day = 30
title = { zh = "看一眼", en = "a look" }
referral = true

[[classes]]
code = "big"
title = { zh = "大的", en = "big" }
every = 10
via = "walk"
what = { zh = "看库存", en = "the stock" }
[[classes]]
code = "tiny"
title = { zh = "小的", en = "tiny" }
every = 60
"""
WHOLE = "reorder_days = 5\n" + SMALL + AFTER


def load(text: str) -> processes.Process:
    """The process of a text."""
    return processes.load(text, "test", "en")


def test_care_visits_and_classes_are_read_and_kept() -> None:
    process = load(WHOLE)
    assert [(one.code, one.day, one.via, one.referral) for one in process.care] == [
        ("heard", 3, "walk", False),
        ("seen", 30, "", True),
    ]
    assert [(one.code, one.every, one.via, one.what.get("zh")) for one in process.classes] == [
        ("big", 10, "walk", "看库存"),
        ("tiny", 60, "", None),
    ]
    assert (process.reorder_days, load(SMALL).reorder_days) == (5, 7)
    assert processes.from_json(processes.to_json(process)) == process
    assert process.choice("customer_class", "大的").code == "big"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("day = 30", "day = 3", "3 is not after 3"),
        ("day = 30", "day = 0", "whole number"),
        ("day = 3\n", "", "day is missing"),
        ('code = "seen"', 'code = "heard"', "'heard' stands twice"),
        (
            'day = 3\ntitle = { zh = "问一声", en = "a call" }\nvia = "walk"',
            'day = 3\nvia = "fly"',
            "no way 'fly'",
        ),
        ("referral = true", "referral = 1", "true or false"),
        ("every = 60", "every = 0", "whole number"),
        ("every = 60", "", "every is missing"),
        ('zh = "小的"', 'zh = "大的"', "'大的' stands twice"),
        ("every = 60", "evry = 60", "every"),
        ("reorder_days = 5", "reorder_days = -1", "whole number"),
        ('[[classes]]\ncode = "tiny"', '[[classes]]\ncode = "t y"', "the code 't y'"),
    ],
)
def test_what_is_wrong_is_named(old: str, new: str, said: str) -> None:
    assert WHOLE.count(old) >= 1
    with pytest.raises(Usage) as found:
        load(WHOLE.replace(old, new, 1) if not old.startswith("day = 3\n") else WHOLE.replace(old, new))
    assert said in "\n".join(found.value.lines)


def test_a_table_for_a_list_is_said() -> None:
    with pytest.raises(Usage):
        load(SMALL + '\n[care]\ncode = "x"\n')


def test_other_days_are_told_and_a_class_that_is_gone_stays_readable() -> None:
    old = load(WHOLE)
    new = load(
        WHOLE.replace("every = 60", "every = 30").replace("day = 30", "day = 40").replace('"big"', '"huge"')
    )
    found = compare(old, new)
    assert [(one.noun, one.code) for one in found.gone] == [("customer_class", "big")]
    assert [(one.noun, one.code) for one in found.added] == [("customer_class", "huge")]
    assert {(one.what, one.code, one.old, one.new) for one in found.intervals} == {
        ("classes_every", "tiny", 60, 30),
        ("care_day", "seen", 30, 40),
    }
    assert succeed(old, new).known("customer_class", "big").title("zh") == "大的"


def test_a_changed_process_says_what_becomes_of_classes(book: Book) -> None:
    """A class that is gone is counted with the customers that have it, and has no service plan any more."""
    take(book, WHOLE)
    book("add", "甲", "--process", "ours", "--set", "customer_class=大的")
    changed = WHOLE.replace('"big"', '"huge"').replace('zh = "大的", en = "big"', 'zh = "很大", en = "huge"')
    told = book("process", "edit", "ours", write(book, changed), "--dry-run", "--json").json
    assert [(one["noun"], one["code"], one["records"]) for one in told["gone"]] == [
        ("customer_class", "big", 1)
    ]
    book("process", "edit", "ours", write(book, changed))
    assert [one["code"] for one in data(book, "ours")["classes"]] == ["huge", "tiny"]
    record = book.show(1)
    assert (record["customer_class"], record["service_plan"]) == ("big", None)
    assert "大的" in book("show", "1").out


def test_the_drawing_tells_of_care_and_classes(book: Book) -> None:
    take(book, WHOLE)
    shown = book("process", "show", "ours").out
    assert "heard  第 3 天   问一声   走访" in shown
    assert "seen   第 30 天   看一眼   顺便请他介绍" in shown
    assert "big   大的   每 10 天一次   走访   看库存" in shown
    assert "货用完前 5 天提醒再订" in shown
    english = book("process", "show", "ours", lang="en").out
    assert "seen   day 30   a look   asks for referrals" in english


@pytest.mark.parametrize("name", processes.builtin_names())
def test_every_built_in_process_has_care_visits_that_ask_for_referrals_once(name: str) -> None:
    """F17, E7: dated care visits in every trade, referrals asked for among them."""
    process = load(processes.builtin(name))
    assert len(process.care) == 3
    assert sum(one.referral for one in process.care) == 1
    assert all(one.via in [way.code for way in process.ways] for one in process.care)


def test_where_the_manuals_class_customers_each_class_has_a_plan() -> None:
    """L1: classes of customers, a service plan each; end users and dealers."""
    lubricant = load(processes.builtin("lubricant"))
    assert [one.title("zh")[-4:] for one in lubricant.classes] == [
        "终端客户",
        "终端客户",
        "经销商客户"[-4:],
        "经销商客户"[-4:],
    ]
    assert all(one.what["zh"] and one.every for one in lubricant.classes)
