"""``add`` and ``next``: leads, who is the same, and the promise (cli.md, Commands)."""

from __future__ import annotations

import pytest
from kit import Book, filled


def test_off_a_terminal_the_id_alone_is_printed(book: Book) -> None:
    assert book("add", "华星宝马") == (0, "1\n", "")
    assert book("add", "锦泰", "奥迪") == (0, "2\n", "")
    assert book.show(2)["name"] == "锦泰 奥迪"


def test_on_a_terminal_it_says_what_is_missing(book: Book) -> None:
    done = book("add", "华星宝马", "--brand", "宝马", "--next", "周五送样", tty=True)
    assert "#1 华星宝马" in done.out and "11-27 周五" in done.out and "送样" in done.out
    assert "还缺 11 项" in done.out and "月销量" in done.out


def test_a_long_record_is_named_by_its_beginning(book: Book) -> None:
    """E4: with five kinds of information 25 things are wanted."""
    book("process", "use", "logistics")
    told = book("add", "锐捷电子", tty=True).out
    assert "还缺 25 项：电话、地址、区域" in told and "salesflow show 1" in told
    assert "内线" not in told


def test_every_option_lands_in_the_record(book: Book) -> None:
    book("add", "介绍人店")
    book(
        "add", "成都华星宝马汽车销售服务有限公司", "--short", "华星宝马", "--kind", "4s", "--brand", "宝马", "--brand",
        "MINI", "-a", "武侯区", "--address", "武侯大道1号", "--phone", "028-85551234", "--source", "扫街", "--referrer",
        "介绍人店", "--need", "yes", "-g", "a", "--received", "昨天", "-n", "周五 14:30", "--for", "送样", "--next-via",
        "phone", "--contact", "王建国 13900001234 精品部", "--contact", "赵总，13900005678，决策人",
        "--set", "volume_month=120", "--set", "编号=K7", "--set", "城市=成都", "--process", "film-4s",
    )  # fmt: skip
    record = book.show(2)
    expected = {
        "name": "成都华星宝马汽车销售服务有限公司",
        "short": "华星宝马",
        "kind": "4s",
        "brands": ["宝马", "MINI"],
        "area": "武侯区",
        "address": "武侯大道1号",
        "phone": "028-85551234",
        "source": "street",
        "passive": False,
        "need": "yes",
        "grade": "A",
        "received_at": "2026-11-23T00:00",
        "next_date": "2026-11-27",
        "next_time": "14:30",
        "next_reason": "送样",
        "next_via": "phone",
        "volume_month": 120,
        "custom": {"编号": "K7"},
        "city": "成都",
        "referrer": 1,
        "owner": "陈磊",
        "registered_by": "陈磊",
        "created_at": "2026-11-24T10:05",
        "reschedules": 0,
        "followups": 0,
    }
    assert {name: record[name] for name in expected} == expected
    people = [(one["name"], one["roles"], one["phones"]) for one in record["contacts"]]
    assert people == [("王建国", ["buyer"], ["13900001234"]), ("赵总", ["decision_maker"], ["13900005678"])]


def test_it_is_received_now_and_a_passive_source_is_passive(book: Book) -> None:
    book("add", "华星宝马", "--source", "enquiry")
    record = book.show()
    assert (record["received_at"], record["passive"]) == ("2026-11-24T10:05", True)


def test_a_note_is_the_first_follow_up_in_the_same_step(book: Book) -> None:
    before = book.steps()
    words = ["--contact", "王建国 13900001234", "--note", "扫街看到的 级别B 下次周五送样", "--via", "phone"]
    done = book("add", "华星宝马", *words, "--json").json
    (followup,) = done["followup_list"]
    assert (followup["via"], followup["with"], followup["grade"]) == ("phone", "王建国", "B")
    assert (done["grade"], done["next_date"], done["next_reason"]) == ("B", "2026-11-27", "送样")
    assert book.steps() == before + 1
    book("undo")
    assert book("list", "--json").json == []


def test_a_dash_reads_one_name_a_line_in_one_step(book: Book) -> None:
    before = book.steps()
    done = book("add", "-", "--area", "武侯区", stdin="华星宝马\n\n  锦泰奥迪 \r\n西部奔驰\n")
    assert done.lines == ["1", "2", "3"]
    assert [one["name"] for one in book("list", "--json").json] == ["华星宝马", "锦泰奥迪", "西部奔驰"]
    assert book.steps() == before + 1
    book.refuse(1, "add", "-", stdin="大众\n华星宝马\n")
    book.refuse(2, "add", "-", stdin="大众\n坏\x1b名\n")
    book.refuse(2, "add", "-", stdin="\n \n")


@pytest.mark.parametrize(
    ("name", "more", "same"),
    [
        ("华星宝马", [], True),
        (" 华星 宝马", [], True),
        ("华星宝马\u200b", [], True),
        ("华星宝马", ["--set", "city=成都"], True),
        ("华星宝马", ["--set", "city=绵阳市"], False),
        ("华星宝马", ["--address", "四川省成都市武侯大道1号"], True),
        ("华星宝马", ["--address", "武侯大道２号"], False),
        ("华星宝马店", [], False),
    ],
)
def test_who_is_the_same(book: Book, name: str, more: list[str], same: bool) -> None:
    book("add", "华星宝马", "--set", "city=成都市", "--address", "武侯大道1号")
    if same:
        done = book.refuse(1, "add", name, *more, lines=3)
        assert "#1" in done.err and "华星宝马" in done.err and "--anyway" in done.err
        assert book("add", name, *more, "--anyway").out == "2\n"
    else:
        assert book("add", name, *more).out == "2\n"


@pytest.mark.parametrize(
    "words",
    [
        ["--phone", "13900001234"],
        ["--phone", "028-85551234"],
        ["--contact", "李四 139 0000 1234".replace(" 0000 ", "0000")],
    ],
)
def test_a_phone_that_another_lead_has_shows_both(book: Book, words: list[str]) -> None:
    book("add", "华星宝马", "--phone", "028-85551234", "--contact", "王建国 13900001234")
    done = book.refuse(1, "add", "锦泰奥迪", *words, lines=3)
    assert all(part in done.err for part in ("#1", "华星宝马", "锦泰奥迪", "--anyway"))
    assert book("add", "锦泰奥迪", *words, "--anyway").out == "2\n"


def test_a_double_on_a_terminal_is_a_choice(book: Book) -> None:
    book("add", "华星宝马")
    assert "#1" in book("add", "华星宝马", tty=True, answers=["1"]).out
    assert len(book("list", "--json").json) == 1
    book("add", "华星宝马", tty=True, answers=["2"])
    assert len(book("list", "--json").json) == 2
    book("add", "华星宝马", tty=True, answers=[""], code=1)


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        ([""], 2, "名称是空的"),
        (["  "], 2, "名称是空的"),
        (["\u200b"], 2, "名称是空的"),
        ([], 2, "salesflow add"),
        (["a\x07b"], 2, "控制字符"),
        (["a\nb"], 2, "控制字符"),
        (["x" * 1001], 2, "1001"),
        (["x", "--source", "strt"], 2, "street"),
        (["x", "--grade", "Q"], 2, "H、A、B、C、D"),
        (["x", "--kind", "4ss"], 2, "4s"),
        (["x", "--contact", "李四 采购负"], 2, "采购负责人"),
        (["x", "--contact", "13900001234"], 2, "姓名"),
        (["x", "--role", "buyer"], 2, "--contact"),
        (["x", "--process", "nope"], 2, "film-4s"),
        (["x", "--received", "明天"], 1, "2026-11-25"),
        (["x", "--received", "尽快"], 2, "尽快"),
        (["x", "--next", "昨天"], 1, "--anyway"),
        (["x", "--next", "尽快"], 2, "尽快"),
        (["x", "--next", ""], 2, "--next"),
        (["x", "--next", "周五送\x1b样"], 2, "控制字符"),
        (["x", "--phone", "abc"], 2, "abc"),
        (["x", "--need", "maybe"], 2, "maybe"),
        (["x", "--set", "volume_month=-3"], 2, "-3"),
        (["x", "--set", "nmae=y"], 2, "name"),
        (["x", "--set", "goal_value=-5"], 2, "-5"),
        (["x", "--set", "编号=a\x1bb"], 2, "控制字符"),
        (["x", "--set", "nothing"], 2, "nothing"),
        (["x", "--note", "看了 下次昨天"], 1, "--anyway"),
    ],
)
def test_what_cannot_be_taken_changes_nothing(book: Book, words: list[str], code: int, named: str) -> None:
    assert named in book.refuse(code, "add", *words).err


def test_invisible_characters_are_lost_and_that_is_said(book: Book) -> None:
    done = book("add", "华\u202e星\u200b宝马")
    assert (done.out, done.err.count("\n")) == ("1\n", 1)
    assert book.show()["name"] == "华星宝马"


# next


def fill_shop(book: Book) -> None:
    """A shop without a promise."""
    book("add", "华星宝马")


@pytest.fixture
def shop(book: Book) -> Book:
    """A shop without a promise."""
    return filled(book, fill_shop)


@pytest.mark.parametrize(
    ("words", "date", "time", "what"),
    [
        (["周五"], "2026-11-27", None, None),
        (["周五", "送", "样品"], "2026-11-27", None, "送 样品"),
        (["周五送样品"], "2026-11-27", None, "送样品"),
        (["明天", "下午3点", "送样"], "2026-11-25", "15:00", "送样"),
        (["2026", "12", "01", "送样"], "2026-12-01", None, "送样"),
        (["next", "wed", "send", "it"], "2026-12-02", None, "send it"),
        (["3天后"], "2026-11-27", None, None),
        (["月底前签合同"], "2026-11-30", None, "签合同"),
    ],
)
def test_when_is_as_many_words_as_read_as_one(
    shop: Book, words: list[str], date: str, time: str | None, what: str | None
) -> None:
    record = shop("next", "1", *words, "--json").json
    assert (record["next_date"], record["next_time"], record["next_reason"]) == (date, time, what)


def test_the_first_date_is_no_reschedule_and_a_move_is(shop: Book) -> None:
    assert shop("next", "1", "周五", "送样").err == ""
    done = shop("next", "1", "下周三")
    record = shop.show()
    assert (record["reschedules"], record["next_date"], record["next_reason"]) == (1, "2026-12-02", "送样")
    assert "12-02 周三" in done.out and "--why" in done.err
    assert shop("next", "1", "下周四", "--why", "何总开会").err == ""
    moved = [(one["from"], one["to"], one["why"]) for one in shop.show()["reschedule_list"]]
    assert moved == [("2026-12-02", "2026-12-03", "何总开会"), ("2026-11-27", "2026-12-02", None)]
    assert shop.show()["reschedules"] == 2


def test_why_is_asked_on_a_terminal(shop: Book) -> None:
    assert "为什么" not in shop("next", "1", "周五", tty=True).err
    assert "为什么" in shop("next", "1", "周四", tty=True, answers=["他出差"]).err
    assert shop.show()["reschedule_list"][0]["why"] == "他出差"


def test_the_same_day_again_is_no_move(shop: Book) -> None:
    shop("next", "1", "周五", "送样")
    shop("next", "1", "周五", "15:00", "送报价")
    record = shop.show()
    assert (record["reschedules"], record["next_time"], record["next_reason"]) == (0, "15:00", "送报价")


def test_a_promise_is_dropped(shop: Book) -> None:
    shop("next", "1", "周五", "送样")
    shop("next", "1", "--no-next")
    record = shop.show()
    assert (record["next_date"], record["next_reason"], record["reschedules"]) == (None, None, 0)
    assert shop("next", "1", "周四").err == ""
    assert shop.show()["reschedules"] == 0


def test_how_stays_and_can_be_changed(shop: Book) -> None:
    shop("next", "1", "周五", "送样", "--via", "电话")
    assert shop("next", "1", "周四", "--json").json["next_via"] == "phone"
    assert shop("next", "1", "周四", "--via", "wechat", "--json").json["next_via"] == "wechat"


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (["昨天"], 1, "--anyway"),
        (["尽快"], 2, "尽快"),
        (["明天或后天"], 2, "明天或后天"),
        (["2月30日"], 2, "2月30日"),
        (["明天", "25点"], 2, "25点"),
        (["下周"], 2, "下周"),
        ([], 2, "salesflow next"),
        (["周五", "--via", "fone"], 2, "phone"),
        (["周五", "--why", "a\x1bb"], 2, "控制字符"),
        (["2046-01-01x"], 2, "2046"),
    ],
)
def test_what_next_refuses(shop: Book, words: list[str], code: int, named: str) -> None:
    assert named in shop.refuse(code, "next", "1", *words).err
    assert shop("next", "1", "昨天", "--anyway", "--json").json["next_date"] == "2026-11-23"


def test_a_lost_lead_has_no_next(shop: Book) -> None:
    shop("lose", "1", "--reason", "price")
    assert "reopen 1" in shop.refuse(1, "next", "1", "周五").err


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["add", "甲店", "--industry", "x"], "--set industry=值"),
        (["edit", "1", "--key-target", "yes"], "--set key_target=值"),
        (["add", "甲店", "--kindd", "4s"], "--kind"),
        (["show", "1", "--industry", "x"], "--help"),
    ],
)
def test_a_field_that_is_no_option_says_how_it_is_set(book: Book, words: list[str], named: str) -> None:
    """E3."""
    assert named in book.refuse(2, *words).err


def test_a_name_that_another_lead_goes_by_is_said(book: Book) -> None:
    """F9: two names of one shop are a possible double, never the same by themselves."""
    book("add", "成都华星宝马汽车销售服务有限公司", "--short", "华星宝马")
    done = book("add", "华星 宝马")
    assert done.out == "2\n" and "#1" in done.err and "undo" in done.err
    assert "#1 #2" in book("add", "另一家", "--short", "华星宝马").err
    assert book("add", "锦泰奥迪").err == ""
    assert book("add", "华星宝马", "--anyway").err == ""


def test_a_lead_with_a_referrer_came_by_referral(book: Book) -> None:
    """E5: unless something else is said."""
    book("add", "华星宝马")
    book("add", "锦泰奥迪", "--referrer", "华星宝马")
    book("add", "三和丰田", "--referrer", "华星宝马", "--source", "street")
    assert [(book.show(n)["source"], book.show(n)["passive"]) for n in (2, 3)] == [
        ("referral", True),
        ("street", False),
    ]
