"""``advance park lose reopen order``: stages through gates, leads set aside, closed, brought back."""

from __future__ import annotations

import pytest
from kit import Book, filled

QUALIFIED = ["--set", "need=yes", "--set", "brands=宝马", "--set", "address=武侯大道1号"]


def fill_shop(book: Book) -> None:
    """A shop of which only the name is known."""
    book("add", "华星宝马")


@pytest.fixture
def shop(book: Book) -> Book:
    """A shop of which only the name is known."""
    return filled(book, fill_shop)


def qualify(book: Book) -> None:
    """What the gate of ``qualified`` wants."""
    book("edit", "1", *QUALIFIED)
    book("contact", "1", "王建国", "13900001234")
    book("call", "1", "聊了聊")


def prospect(book: Book) -> None:
    """What the gate of ``prospect`` wants besides."""
    book("edit", "1", "--set", "supplier=无", "--set", "volume_month=120", "--set", "ownership=独资")
    book("edit", "1", "--goal", "12万", "--goal-on", "12月31日")
    book("contact", "edit", "1", "王建国", "--role", "精品部", "--role", "决策人")
    book("contact", "1", "小孙", "内线")
    book("visit", "1", "看了样品")


def test_a_shut_gate_names_each_thing_and_the_command_that_supplies_it(shop: Book) -> None:
    done = shop.refuse(1, "advance", "1", lines=7)
    want = ["有需求", "--set need=yes", "联系人", "salesflow contact 1", "主营品牌", "--set brands=", "--set address=",
            "salesflow log 1", "--force"]  # fmt: skip
    assert [part for part in want if part not in done.err] == []
    assert shop.show()["next_gate"]["stage"] == "qualified"
    assert shop.show()["next_gate"]["missing"] == ["need", "person", "brands", "address", "followup"]


def test_an_open_gate_lets_the_lead_in(shop: Book) -> None:
    qualify(shop)
    assert shop.show()["next_gate"] == shop.show()["next_gate"] | {"stage": "qualified", "missing": []}
    before = shop.steps()
    done = shop("advance", "1")
    record = shop.show()
    assert "有效信息" in done.out and record["stage"] == "qualified"
    (move,) = record["moves"]
    assert move == {
        "from": "info",
        "to": "qualified",
        "at": "2026-11-24T10:05",
        "why": None,
        "forced": False,
        "by": "陈磊",
        "process": "film-4s",
        "from_process": "film-4s",
    }
    assert shop.steps() == before + 1


@pytest.mark.parametrize(
    ("lacking", "code"),
    [
        (["edit", "1", "--set", "supplier="], "supplier"),
        (["edit", "1", "--set", "volume_month="], "volume_month"),
        (["edit", "1", "--set", "ownership="], "ownership"),
        (["contact", "remove", "1", "小孙"], "insider"),
        (["edit", "1", "--set", "goal_on="], "goal"),
        (["contact", "remove", "1", "王建国"], "buyer"),
    ],
)
def test_each_want_of_the_gate_to_prospect(shop: Book, lacking: list[str], code: str) -> None:
    qualify(shop)
    prospect(shop)
    shop("advance", "1")
    assert shop.show()["next_gate"]["missing"] == []
    shop(*lacking)
    assert code in shop.show()["next_gate"]["missing"]
    shop("advance", "1", code=1)
    shop("undo")
    assert shop("advance", "1", "--json").json["stage"] == "prospect"


def test_every_gate_on_the_way_is_asked_but_a_won_stage_its_own_alone(shop: Book) -> None:
    done = shop.refuse(1, "advance", "1", "准客户", lines=16)
    assert "主营品牌" in done.err and "月销量" in done.err
    won = shop.refuse(1, "advance", "1", "customer", lines=4)
    assert "salesflow order 1" in won.err and "主营品牌" not in won.err
    shop("order", "1", "5.8万", "--no-advance")
    assert shop.show()["stage"] == "info"
    record = shop("advance", "1", "customer", "--json").json
    assert (record["stage"], record["moves"][0]["forced"]) == ("customer", False)
    assert "brands" in record["missing"]  # what else is missing stays named


def test_force_needs_a_reason_and_is_recorded(shop: Book) -> None:
    assert "--why" in shop.refuse(1, "advance", "1", "--force").err
    shop("advance", "1", "--force", "--why", "老板亲口说的")
    (move,) = shop.show()["moves"]
    assert (move["to"], move["forced"], move["why"]) == ("qualified", True, "老板亲口说的")


def test_going_back_needs_a_reason(shop: Book) -> None:
    shop("advance", "1", "--force", "--why", "x")
    assert "--why" in shop.refuse(1, "advance", "1", "info").err
    shop("advance", "1", "普通信息", "--why", "需求没了")
    assert [(one["from"], one["to"]) for one in shop.show()["moves"]][-1] == ("qualified", "info")


def test_dry_run_only_tells(shop: Book) -> None:
    before = shop.dump()
    assert "差 5 项" in shop("advance", "1", "--dry-run").out
    told = shop("advance", "1", "--dry-run", "--json").json
    assert (told["stage"], told["open"], len(told["missing"])) == ("qualified", False, 5)
    assert shop.dump() == before
    qualify(shop)
    before = shop.dump()
    assert shop("advance", "1", "--dry-run", "--json").json["open"] is True
    assert shop.dump() == before


def test_at_says_when(shop: Book) -> None:
    shop("advance", "1", "--force", "--why", "x", "--at", "昨天 16:00")
    assert shop.show()["moves"][0]["at"] == "2026-11-23T16:00"
    shop.refuse(1, "advance", "1", "--force", "--why", "x", "--at", "明天")


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (["advance", "1", "custmer"], 2, "customer"),
        (["advance", "1", "info"], 1, "info"),
        (["park", "1"], 2, "--reason"),
        (["park", "1", "--reason", "seasn"], 2, "season"),
        (["park", "1", "--reason", "contract"], 2, "--until"),
        (["park", "1", "--reason", "other"], 2, "--why"),
        (["park", "1", "--reason", "season", "--until", "昨天"], 1, "2026-11-23"),
        (["park", "1", "--reason", "season", "--until", "2026-11-20"], 1, "2026-11-20"),
        (["park", "1", "--reason", "season", "--until", "尽快"], 2, "尽快"),
        (["lose", "1"], 2, "--reason"),
        (["lose", "1", "--reason", "pric"], 2, "price"),
        (["lose", "1", "--reason", "competitor"], 2, "--to"),
        (["lose", "1", "--reason", "other"], 2, "--why"),
        (["lose", "1", "--reason", "price", "--why", "a\x1bb"], 2, "--why"),
        (["reopen", "1"], 1, "#1"),
        (["order", "1", "0"], 2, "--framework"),
        (["order", "1", "abc"], 2, "abc"),
        (["order", "1", "5万", "--at", "明天"], 1, "2026-11-25"),
        (["order", "1", "--", "-5"], 2, "-5"),
        (["order", "1", "99999999999999"], 2, "99999999999999"),
    ],
)
def test_what_is_refused(shop: Book, words: list[str], code: int, named: str) -> None:
    assert named in shop.refuse(code, *words).err


def test_park_until_a_day_and_by_default_for_the_processs_days(shop: Book) -> None:
    shop("next", "1", "周五", "送样")
    before = shop.steps()
    assert "2027-03-01" in shop("park", "1", "--reason", "contract", "--until", "2027年3月1日").out
    assert shop.steps() == before + 1
    record = shop.show()
    assert (record["status"], record["next_date"], record["moves"]) == ("parked", "2027-03-01", [])
    (away,) = record["status_moves"]
    assert (away["to"], away["reason"], away["until"]) == ("parked", "contract", "2027-03-01")
    shop("reopen", "1", "--next", "周四 看看")
    record = shop.show()
    assert (record["status"], record["next_date"], record["next_reason"]) == ("open", "2026-11-26", "看看")
    # 90 days on from November 24th
    assert shop("park", "1", "--reason", "season", "--json").json["next_date"] == "2027-02-22"


def test_parked_until_the_very_day_promised_what_was_agreed_for_it_stays(shop: Book) -> None:
    """Hour, way, place and what for; of another day what for and the way alone."""
    names = ("date", "time", "reason", "via", "place")
    for day, kept in (
        ("2026-12-01", ("15:00", "送样", "visit", "总部")),
        ("2026-12-08", (None, "送样", "visit", None)),
    ):
        shop("next", "1", "2026-12-01 15:00", "送样", "--via", "visit", "--place", "总部")
        shop("park", "1", "--reason", "contract", "--until", day)
        (standing,) = shop.sql(f"SELECT {', '.join(names)} FROM promise WHERE ended_at IS NULL")
        assert standing == (day, *kept)
        assert shop.show()["next_time"] == kept[0]
        shop("undo", "2")


def test_a_parked_lead_stands_in_due_when_its_day_has_come(shop: Book) -> None:
    shop("park", "1", "--reason", "season", "--until", "12月1日")
    assert shop("today", "--json", "--date", "2026-11-30").json["items"] == []
    for day in ("2026-12-01", "2026-12-05"):
        (item,) = shop("today", "--json", "--date", day).json["items"]
        assert (item["bucket"], item["due"]) == ("due", "2026-12-01")


def test_a_lost_lead_stands_nowhere(shop: Book) -> None:
    shop("next", "1", "周五")
    record = shop("lose", "1", "--reason", "competitor", "--to", "某品牌", "--why", "返利高", "--json").json
    assert (record["status"], record["next_date"]) == ("lost", None)
    (away,) = record["status_moves"]
    assert (away["reason"], away["competitor"], away["why"]) == ("competitor", "某品牌", "返利高")
    found = shop("today", "--json", "--date", "2027-06-01").json
    assert (found["items"], set(found["counts"].values())) == ([], {0})
    shop.refuse(1, "lose", "1", "--reason", "price")
    shop.refuse(1, "park", "1", "--reason", "season")
    shop.refuse(1, "advance", "1", "--force", "--why", "x")
    assert shop("reopen", "1", "--json").json["status"] == "open"


def test_on_a_terminal_the_reason_is_chosen_and_its_need_asked(shop: Book) -> None:
    done = shop("lose", "1", tty=True, answers=["3", "某品牌"])
    assert "选了别家" in done.err
    assert shop.show()["status_moves"][0]["competitor"] == "某品牌"


def test_the_answer_says_to_whom_it_was_lost(shop: Book) -> None:
    """F15: the competitor is told with the reason, in both languages."""
    words = ("lose", "1", "--reason", "competitor", "--to", "某品牌")
    assert "选了别家，给了 某品牌" in shop(*words).out
    shop("undo")
    assert ", to 某品牌" in shop(*words, lang="en").out


def test_an_order_enters_the_won_stage_in_the_same_step(shop: Book) -> None:
    before = shop.steps()
    made = shop("order", "1", "5.8万", "首批", "--json").json
    assert (made["amount"], made["signed_on"], made["stage"], made["note"]) == (
        58000,
        "2026-11-24",
        "customer",
        "首批",
    )
    assert shop.steps() == before + 1
    shop("order", "1", "1000.10", "--at", "上周五")
    assert [(one["amount"], one["signed_on"]) for one in shop("order", "1", "--json").json] == [
        (58000, "2026-11-24"),
        (1000.1, "2026-11-20"),
    ]
    assert "5.9 万" in shop("order").out or "59,000.10" in shop("order").out
    shop("undo", "2")
    assert shop.show()["stage"] == "info"


def test_an_order_that_is_told_late_enters_the_won_stage_on_its_own_day(shop: Book) -> None:
    shop("order", "1", "1000", "--at", "上周五")  # 11-20
    assert shop.show()["stage"] == "customer"
    assert shop.sql("SELECT substr(at, 1, 10) FROM move ORDER BY id DESC LIMIT 1") == [("2026-11-20",)]


def test_a_supply_contract_needs_no_sum(shop: Book) -> None:
    made = shop("order", "1", "--framework", "--json").json
    assert (made["amount"], made["framework"], made["stage"]) == (None, True, "customer")
    assert "框架协议" in shop("order", "1").out


def test_an_order_of_a_closed_lead_moves_nothing(shop: Book) -> None:
    shop("lose", "1", "--reason", "price")
    assert "reopen 1" in shop("order", "1", "5万").out
    assert shop.show()["stage"] == "info"


def test_a_move_cannot_lie_before_the_last_one(shop: Book) -> None:
    shop("advance", "1", "--force", "--why", "老板特批", "--at", "昨天 15:00")
    said = shop.refuse(1, "advance", "1", "--force", "--why", "特批", "--at", "昨天 14:59")
    assert "15:00" in said.err
    shop("advance", "1", "--force", "--why", "特批", "--at", "昨天 15:00")
    assert [one["at"] for one in shop.show()["moves"]] == ["2026-11-23T15:00"] * 2


def test_what_was_to_be_done_stays_when_a_lead_comes_back(book: Book) -> None:
    """L1: parked with its promise; brought back for another day, it is still the same promise."""
    book("add", "甲店", "--next", "明天 送样品")
    book("park", "1", "--reason", "contract", "--until", "2026-12-20")
    done = book("reopen", "1", "--next", "后天")
    assert "送样品" in done.out
    assert (book.show(1)["next_date"], book.show(1)["next_reason"]) == ("2026-11-26", "送样品")
    book("park", "1", "--reason", "contract", "--until", "2026-12-20")
    assert "谈合同" in book("reopen", "1", "--next", "后天 谈合同").out


def test_a_reason_is_told_without_the_hint_of_what_to_write(book: Book) -> None:
    book("add", "甲店")
    done = book("park", "1", "--reason", "contract", "--until", "2026-12-20")
    assert "合同没到期" in done.out and "写到哪天" not in done.out
    assert "写哪家" not in book("lose", "1", "--reason", "competitor", "--to", "某品牌").out


def test_what_two_gates_on_the_way_want_is_named_once(book: Book) -> None:
    """E1: a decision maker, later one who can be reached: one line, with the phone."""
    book("add", "甲店", "--process", "eight-steps")
    out = book("advance", "1", "closing", "--dry-run").out
    assert out.count("--role decision_maker") == 1
    assert "salesflow contact 1 姓名 --phone 号码 --role decision_maker" in out
