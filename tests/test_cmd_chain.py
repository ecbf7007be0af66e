"""The people of a lead: who decides in which order, what they weigh, who has not been met (F1, F13, F14, L7)."""

from __future__ import annotations

import pytest
from file_kit import use_trial
from kit import Book, filled


def fill_people(book: Book) -> None:
    """A shop of the trial process with three people, one of them met."""
    use_trial(book)
    book("add", "甲店", now="2026-11-01T09:00")
    book("contact", "1", "赵总", "老板", "--attitude", "热", "--weight", "5", "--department", "总经办", "--birthday",
         "11-30", "--family", "女儿高三", "--friends", "李局", "--title", "总经理")  # fmt: skip
    book("contact", "1", "小孙", "自己人", "13900001234")
    book("contact", "1", "王建国", "--chain", "1")
    book("log", "1", "见了", "-v", "meet", "--with", "小孙", "--at", "2026-11-13 10:00")


@pytest.fixture
def people(book: Book) -> Book:
    """A shop of the trial process with three people, one of them met."""
    return filled(book, fill_people)


def names(book: Book) -> list[str]:
    """The people in the order in which ``show`` gives them."""
    return [one["name"] for one in book.show()["contacts"]]


def test_every_option_of_a_person(people: Book) -> None:
    """F1, F14, E4: the keys that the JSON promises."""
    one = next(one for one in people.show()["contacts"] if one["name"] == "赵总")
    wanted = {"department": "总经办", "family": "女儿高三", "friends": "李局", "chain": None, "weight": 5,
              "attitude": "warm", "birthday": "11-30", "title": "总经理", "last_met": None}  # fmt: skip
    assert {name: one[name] for name in wanted} == wanted
    more = ("--chain", "2", "--weight", "4", "--department", "采购部")
    done = people("contact", "edit", "1", "赵总", *more, "--json").json
    assert (done["chain"], done["weight"], done["department"], done["family"]) == (2, 4, "采购部", "女儿高三")
    done = people("contact", "edit", "1", "赵总", "--chain", "0", "--json").json
    assert done["chain"] is None


def test_the_chain_comes_first_then_the_order_in_which_they_were_met(people: Book) -> None:
    """F14."""
    assert names(people) == ["王建国", "赵总", "小孙"]
    people("contact", "edit", "1", "小孙", "--chain", "3")
    assert names(people) == ["王建国", "小孙", "赵总"]
    table = people("show", "1").out.partition("\n人\n")[2]
    assert table.index("王建国") < table.index("小孙") < table.index("赵总")
    listed = [one["name"] for one in people("contact", "1", "--json").json]
    assert listed == ["王建国", "小孙", "赵总"]


def test_the_chain_is_set_by_names(people: Book) -> None:
    """F14, L7: those not named stand outside."""
    steps = people.steps()
    done = people("contact", "chain", "1", "小孙", "赵", "--json").json
    assert [(one["name"], one["chain"]) for one in done["people"]] == [
        ("小孙", 1),
        ("赵总", 2),
        ("王建国", None),
    ]
    assert people.steps() == steps + 1
    people("undo", "--yes")
    assert names(people) == ["王建国", "赵总", "小孙"]
    assert "决策链" in people("联系人", "决策链", "1", "#1", "#2").out
    assert names(people) == ["赵总", "小孙", "王建国"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["chain", "1", "钱总"], 3),
        (["chain", "1", "赵总", "赵"], 2),
        (["chain", "99", "赵总"], 3),
        (["edit", "1", "赵总", "--weight", "6"], 2),
        (["edit", "1", "赵总", "--weight", "0"], 2),
        (["edit", "1", "赵总", "--chain", "-1"], 2),
        (["edit", "1", "赵总", "--chain", "x"], 2),
        (["edit", "1", "赵总", "--department", ""], 2),
        (["edit", "1", "赵总", "--birthday", "11-31"], 2),
        (["edit", "1", "赵总", "--birthday", "2025-02-29"], 2),
        (["edit", "1", "赵总"], 2),
    ],
)
def test_what_contact_refuses(people: Book, words: list[str], code: int) -> None:
    """E4, F14: 31 November is no day, a birthday without a year is."""
    people.refuse(code, "contact", *words)


@pytest.mark.parametrize(
    ("said", "kept"), [("02-29", "02-29"), ("11月30日", "11-30"), ("1980.5.2", "1980-05-02")]
)
def test_a_birthday_without_a_year_is_fine(people: Book, said: str, kept: str) -> None:
    """E4."""
    assert people("contact", "edit", "1", "小孙", "--birthday", said, "--json").json["birthday"] == kept


def test_the_day_they_last_answered_and_who_was_never_met(people: Book) -> None:
    """F14: a call that nobody took is no meeting."""
    people("log", "1", "没接", "--with", "赵总", "--no-answer")
    found = {one["name"]: one["last_met"] for one in people.show()["contacts"]}
    assert found == {"王建国": None, "赵总": None, "小孙": "2026-11-13"}
    lines = [line for line in people("show", "1").lines if line.strip().startswith(("-", "1"))]
    assert any("赵总" in line and "没见过" in line for line in lines)
    assert any("小孙" in line and "11-13" in line for line in lines)
    assert any("2026-11-13" in line for line in people("show", "1", now="2027-01-05T09:00").lines)
    assert "not met" in people("show", "1", lang="en").out
    people("log", "1", "通了", "--with", "赵总")
    assert people.show()["contacts"][1]["last_met"] == "2026-11-24"


def test_who_is_missing_and_who_was_not_met(people: Book) -> None:
    """F14, L7: the record wants boss and keeper, the gate the boss."""
    one = people.show()
    assert (one["roles_missing"], one["roles_unmet"]) == (["keeper"], ["boss"])
    assert "还没有：库管   还没见过：赵总（老板）" in people("show", "1").out
    people("contact", "edit", "1", "小孙", "--role", "keeper")
    people("log", "1", "见了", "--with", "赵总")
    assert (people.show()["roles_missing"], people.show()["roles_unmet"]) == ([], [])
    assert "还没有" not in people("show", "1").out
    people("contact", "edit", "1", "王建国", "--role", "boss")
    assert people.show()["roles_unmet"] == []  # one of the bosses was met


def test_where_the_customer_stands_in_its_own_buying(people: Book) -> None:
    """L7, L9: beside the step that our stage goes with."""
    assert people.show()["buying_step"] is None
    people("edit", "1", "--set", "buying_step=定标准")
    assert people.show()["buying_step"] == "choose"
    for words in (["show", "1"], ["contact", "chain", "1"]):
        assert "采购到：定标准（第 2 步，共 3 步）　我们这阶段对着：找供应商" in people(*words).out
    people("edit", "1", "--set", "buying_step=look")
    assert "采购到：找供应商（第 1 步，共 3 步）" in people("show", "1").out
    assert "对着" not in people("show", "1").out
    assert "step 1 of 3" in people("show", "1", lang="en").out


def test_the_chain_is_shown_in_every_format(people: Book) -> None:
    """F14."""
    out = people("contact", "chain", "1").out
    for part in ("决策链", "王建国", "总经办", "热", "5", "还没有：库管"):
        assert part in out
    people("contact", "edit", "1", "王建国", "--chain", "0")
    assert "salesflow contact chain 1" in people("contact", "chain", "1").out
    chat = people("contact", "chain", "1", "-f", "chat").out
    assert "王建国" not in chat and "13900001234" not in chat
    assert people("contact", "chain", "1", "-f", "csv").out.count("\n") == 4
    assert set(people("contact", "chain", "1", "--json").json) >= {"people", "roles_missing", "roles_unmet"}


def test_personal_things_stand_in_a_line_of_their_own(people: Book) -> None:
    """E4, F1."""
    assert "赵总：生日 11-30   家里 女儿高三   跟谁熟 李局" in people("show", "1").out


def test_a_lead_without_people(people: Book) -> None:
    """F14."""
    people("add", "乙店")
    assert "还没有联系人" in people("contact", "2").out
    done = people("contact", "chain", "2", "--json").json
    assert (done["people"], done["roles_missing"]) == ([], ["boss", "keeper"])
    out = people("contact", "chain", "2").out
    assert "还没有：老板、库管" in out and "还没有联系人" in out and "contact chain" not in out
