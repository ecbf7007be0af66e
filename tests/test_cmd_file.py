"""The customer file: its fields, kinds of information, head office and branches, marks (E3, E4, E5, F4, F6, L3, L4)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from file_kit import use_trial
from kit import Book, filled

NEW = {
    "industry", "size", "side", "shareholders", "parent", "reference", "key_target", "helped_by", "credit", "credit_by",
    "credit_on", "approach", "from_list", "buying_step", "new_customer", "referrer",
}  # fmt: skip


def fill_file(book: Book) -> None:
    """A book of the trial process with three leads: a shop, its group, another shop."""
    use_trial(book)
    book("add", "甲店", "--received", "2026-11-01")
    book("add", "甲集团")
    book("add", "乙店")


@pytest.fixture
def trial(book: Book) -> Book:
    """A book of the trial process with three leads: a shop, its group, another shop."""
    return filled(book, fill_file)


def put(book: Book, lead: int, *fields: str, **more: Any) -> None:
    """``edit LEAD --set`` with each of the fields."""
    book("edit", str(lead), *(word for field in fields for word in ("--set", field)), **more)


def test_every_field_is_in_the_json_of_show_and_list(trial: Book) -> None:
    """E3, E5, F1, K9, L3, L9."""
    put(trial, 1, "industry=出租车", "size=group", "side=甲方", "shareholders=张三60%、李四40%", "helped_by=李经理",
        "approach=陌生拜访", "from_list=车展名单", "buying_step=定标准", "reference=是", "key_target=yes")  # fmt: skip
    wanted = {"industry": "taxi", "size": "group", "side": "buyer", "shareholders": "张三60%、李四40%",
              "helped_by": "李经理", "approach": "cold", "from_list": "车展名单", "buying_step": "choose",
              "reference": True, "key_target": True, "credit": None, "parent": None, "new_customer": False}  # fmt: skip
    for record in (trial.show(), trial("list", "--json").json[0]):
        assert set(record) >= NEW
        assert {name: record[name] for name in wanted} == wanted
    put(trial, 1, "industry=", "reference=no", "helped_by=")
    one = trial.show()
    assert (one["industry"], one["reference"], one["helped_by"], one["size"]) == (None, False, None, "group")


def test_add_takes_every_field(trial: Book) -> None:
    """E3, E5, L3."""
    words = (
        "industry=bus",
        "parent=甲集团",
        "referrer=乙店",
        "credit=好",
        "reference=yes",
        "fleet=30",
        "车队=30",
    )
    trial("add", "丙店", *(part for word in words for part in ("--set", word)))
    one = trial.show("丙店")
    assert (one["industry"], one["parent"], one["referrer"], one["reference"]) == ("bus", 2, 3, True)
    assert (one["credit"], one["credit_by"], one["credit_on"]) == ("good", "陈磊", "2026-11-24")
    assert one["custom"] == {"fleet": "30"}  # by its title too


def test_a_field_that_looks_like_one_of_the_process_is_named(book: Book) -> None:
    """L11: what the gate asks for is not filled beside it without a word."""
    book("add", "锐捷电子", "--process", "logistics")
    done = book("edit", "1", "--set", "线路=成都到上海")
    assert "lanes (主要线路)" in done.err
    assert book.show()["custom"] == {"线路": "成都到上海"}
    assert book("edit", "1", "--set", "线路=").err == ""  # taken back: nothing to tell
    assert book("edit", "1", "--set", "编号=K7").err == ""  # like none of them
    assert "lanes" in book.refuse(2, "edit", "1", "--set", "lane=x").err
    book("edit", "1", "--set", "主要线路=成都到上海")
    assert book.show()["custom"] == {"编号": "K7", "lanes": "成都到上海"}


@pytest.mark.parametrize(
    ("field", "named"),
    [
        ("industry=taxy", "taxi"),
        ("size=集", "集团"),
        ("credit=excellent", "好"),
        ("approach=热", "陌生拜访"),
        ("buying_step=付款", "签约"),
        ("reference=maybe", "maybe"),
        ("key_target=-", "-"),
        ("indutsry=taxi", "industry"),
        ("credit_on=31.2.2026", "31.2.2026"),
    ],
)
def test_a_code_that_is_none_names_the_nearest(trial: Book, field: str, named: str) -> None:
    """E3, L3, L9: and nothing changes."""
    assert named in trial.refuse(2, "edit", "1", "--set", field).err


def test_where_the_process_lists_none_any_text_goes(book: Book) -> None:
    """E3."""
    book("add", "甲店")
    book("process", "new", "bare", "--from", "film-4s")
    process = book("process", "show", "film-4s", "--toml").out
    assert "[industries]" in process  # else the default process would be the one to try
    from other_process import add_process

    add_process(book, "open", without="industries")
    book("add", "乙店", "--process", "open", "--set", "industry=宠物 店")
    assert book.show("乙店")["industry"] == "宠物 店"


def test_credit_says_who_gave_it_and_when_and_leaves_a_trace(trial: Book) -> None:
    """L3."""
    put(trial, 1, "credit=好", now="2026-11-10T09:00")
    put(trial, 1, "credit=poor", "credit_by=王会计", now="2026-11-12T09:00")
    one = trial.show()
    assert (one["credit"], one["credit_by"], one["credit_on"]) == ("poor", "王会计", "2026-11-12")
    changes = trial.sql("SELECT field, old, new, by FROM field_change WHERE field = 'credit' ORDER BY id")
    assert changes == [("credit", None, "good", "陈磊"), ("credit", "good", "poor", "陈磊")]
    history = trial("history", "1").out
    assert "资信 好 > 差" in history and "陈磊" in history
    assert "资信 差" in trial("show", "1").out and "王会计" in trial("show", "1").out
    put(trial, 1, "credit=poor", now="2026-11-20T09:00")  # looked at once more
    assert trial.show()["credit_on"] == "2026-11-20"
    put(trial, 1, "credit=good", "credit_on=11-15")
    assert trial.show()["credit_on"] == "2026-11-15"
    trial.refuse(1, "edit", "1", "--set", "credit=good", "--set", "credit_on=2026-12-01")
    put(trial, 1, "credit=")
    one = trial.show()
    assert (one["credit"], one["credit_by"], one["credit_on"]) == (None, None, None)


def test_a_field_is_one_step_and_undo_takes_it_back(trial: Book) -> None:
    """L3, E3."""
    before = trial.show()
    steps = trial.steps()
    put(trial, 1, "credit=good", "parent=2", "key_target=yes")
    assert trial.steps() == steps + 1
    trial("undo", "--yes")
    after = trial.show()
    assert {**before, "updated_at": ""} == {**after, "updated_at": ""}


def test_edit_names_what_it_changed(trial: Book) -> None:
    out = trial("edit", "1", "--set", "parent=甲集团", "--set", "referrer=乙店", "--set", "车队=30").out
    for part in ("上级公司", "介绍人", "车队"):
        assert part in out
    out = trial("edit", "1", "--set", "parent=甲集团", lang="en").out
    assert "nothing to change" in out


def test_the_editor_holds_every_field(trial: Book, tmp_path: Path) -> None:
    """F1, E3, L3."""
    editor = tmp_path / "editor.sh"
    editor.write_text(
        '#!/bin/sh\nsed -i -e "s/^industry=.*/industry=公交/" -e "s/^parent=.*/parent=#2/"'
        ' -e "s/^reference=no/reference=yes/" -e "s/^fleet=.*/fleet=12/" "$1"\n',
        "utf-8",
    )
    editor.chmod(0o700)
    trial("edit", "1", tty=True, EDITOR=str(editor), VISUAL="")
    one = trial.show()
    assert (one["industry"], one["parent"], one["reference"], one["custom"]) == (
        "bus",
        2,
        True,
        {"fleet": "12"},
    )
    before = trial.dump()
    trial("edit", "1", tty=True, EDITOR="true", VISUAL="")
    assert trial.dump() == before


# Head office and branches, circles


def test_the_parent_lists_its_branches_and_how_many_are_customers(trial: Book) -> None:
    """E3."""
    put(trial, 1, "parent=甲集团")
    put(trial, 3, "parent=#2")
    trial("order", "1", "100")
    top = trial.show(2)
    assert [(one["lead_id"], one["short"], one["won"]) for one in top["branches"]] == [
        (1, "甲店", True),
        (3, "乙店", False),
    ]
    assert "下属 2 家，客户 1 家：#1 甲店、#3 乙店" in trial("show", "2").out
    assert "branches 2, customers 1: #1 甲店, #3 乙店" in trial("show", "2", lang="en").out
    assert trial.show(1)["parent_name"] == "甲集团" and "上级 #2 甲集团" in trial("show", "1").out
    assert [one["id"] for one in trial("list", "--parent", "甲集团", "--json").json] == [1, 3]


def test_many_branches_are_counted(trial: Book) -> None:
    """E3."""
    for number in range(12):
        trial("add", f"分店{number}", "--set", "parent=#2")
    out = trial("show", "2").out
    assert "下属 12 家" in out and "#11 分店7" in out and "分店8" not in out
    assert "salesflow list --parent 2" in out


@pytest.mark.parametrize("field", ["parent", "referrer"])
def test_a_circle_of_any_depth_is_refused_and_the_chain_named(trial: Book, field: str) -> None:
    """E3, E5."""
    trial("add", "丁店")
    assert "自己" in trial.refuse(1, "edit", "1", "--set", f"{field}=1").err
    put(trial, 1, f"{field}=2")
    put(trial, 2, f"{field}=3")
    put(trial, 3, f"{field}=4")
    done = trial.refuse(1, "edit", "4", "--set", f"{field}=1")
    assert "甲店 < 甲集团 < 乙店 < 丁店" in done.err
    trial.refuse(1, "edit", "2", "--set", f"{field}=1")
    put(trial, 3, f"{field}=")
    put(trial, 4, f"{field}=1")  # no circle any more


@pytest.mark.parametrize("field", ["parent", "referrer"])
def test_a_lead_that_is_none_or_several_is_refused(trial: Book, field: str) -> None:
    trial.refuse(3, "edit", "1", "--set", f"{field}=没有这家店", lines=5)
    trial.refuse(4, "edit", "3", "--set", f"{field}=甲", lines=4)
    trial.refuse(3, "add", "丁店", "--set", f"{field}=#99")


# Kinds of information, need


def test_each_kind_of_information_has_its_share_and_what_is_missing(trial: Book) -> None:
    """E4, F4."""
    trial("contact", "1", "赵老板", "13900001234", "老板", "--attitude", "热", "--birthday", "11-30")
    put(trial, 1, "supplier=无", "need=yes")
    found = {one["code"]: one for one in trial.show()["information"]}
    assert list(found) == ["reach", "money", "decision", "need", "trust"]
    assert [(one["share"], one["missing"]) for one in found.values()] == [
        (0.5, ["address"]),
        (0.5, ["credit"]),
        (0.5, ["keeper"]),
        (0.5, ["fleet"]),
        (1.0, []),
    ]
    out = trial("show", "1").out
    for line in ("怎么联系 1/2　还缺 地址", "谁定 1/2　还缺 库管", "要什么 1/2　还缺 车队", "信任 2/2"):
        assert line in out, line
    assert "how to reach 1/2  missing address" in trial("show", "1", lang="en").out


def test_of_somebody_unknown_it_is_enough_to_say_who(trial: Book) -> None:
    """E4: not five times what is unknown of the boss."""
    line = next(line for line in trial("show", "1").lines if line.startswith("信任"))
    assert line == "信任 0/2　还缺 老板"
    assert trial.show()["information"][4]["missing"] == ["boss.personal", "boss.attitude"]


@pytest.mark.parametrize(
    ("point", "ids"),
    [
        ("keeper", [2, 3]),
        ("库管", [2, 3]),
        ("boss.personal", [1, 2, 3]),
        ("车队", [1, 3]),
        ("fleet", [1, 3]),
        ("credit", [1, 2]),
        ("need", [1, 2]),
        ("note", [1, 2, 3]),
    ],
)
def test_list_finds_what_is_missing_of_any_kind_of_information(
    trial: Book, point: str, ids: list[int]
) -> None:
    """E4, F4."""
    trial("contact", "1", "钱库管", "--role", "keeper")
    put(trial, 2, "fleet=3")
    put(trial, 3, "credit=good", "need=no")
    assert [one["id"] for one in trial("list", "--where-missing", point, "--json").json] == ids


def test_what_another_process_asks_for_is_missing_in_none_of_its_leads(trial: Book) -> None:
    """F4: lists keep processes apart."""
    trial("add", "膜店", "--process", "film-4s")
    found = trial("list", "--where-missing", "decision_maker", "--json").json
    assert [one["name"] for one in found] == ["膜店"]
    assert "keeper" in trial.refuse(2, "list", "--where-missing", "keeperr").err


def test_without_a_need_what_is_missing_comes_before_the_promise(trial: Book) -> None:
    """F6."""
    trial("next", "1", "明天", "打电话")

    def order(**more: Any) -> bool:
        out = trial("show", "1", **more).out
        return out.index("进「第二步」") < out.index("下次")

    assert order()
    put(trial, 1, "need=no")
    assert order()
    put(trial, 1, "need=yes")
    assert not order()


# Marks


def test_a_new_customer_is_marked_so_many_days_from_the_first_order(trial: Book) -> None:
    """M9: ten days in this process."""
    trial("order", "1", "100", now="2026-11-05T09:00")
    trial("order", "1", "100", now="2026-11-20T09:00")  # the first one counts
    assert trial.show(now="2026-11-15T09:00")["new_customer"] is True
    assert trial.show(now="2026-11-16T09:00")["new_customer"] is False
    assert "新客户" in trial("show", "1", now="2026-11-06T09:00").lines[0]
    assert "新客户" not in trial("show", "1").lines[0]
    ids = [one["id"] for one in trial("list", "--new-customers", "--json", now="2026-11-15T09:00").json]
    assert ids == [1]
    assert trial("list", "--new-customers", "--json").json == []


def test_key_targets_and_reference_customers_are_marked(trial: Book) -> None:
    """F11, E3, K9."""
    put(trial, 1, "key_target=yes", "helped_by=李经理")
    put(trial, 3, "reference=是", "industry=bus", "size=单店", "side=agent")
    assert "重点" in trial("show", "1").lines[0] and "标杆" not in trial("show", "1").lines[0]
    assert "李经理 协助" in trial("show", "1").out
    assert "reference" in trial("show", "3", lang="en").lines[0]
    for words, ids in (
        (["--key-target"], [1]),
        (["--reference"], [3]),
        (["--industry", "公交"], [3]),
        (["--industry", "taxi"], []),
        (["--size", "single"], [3]),
        (["--side", "中间人"], [3]),
        (["--key-target", "--reference"], []),
    ):
        assert [one["id"] for one in trial("list", *words, "--json").json] == ids, words
    assert "taxi" in trial.refuse(2, "list", "--industry", "taxy", "--process", "trial").err


def test_past_the_last_usual_visit_without_moving_on_is_marked(trial: Book) -> None:
    """L4: deals come by the third visit in this process."""
    for day in (3, 4, 5):
        trial("log", "1", f"第{day}天", "-v", "meet", now=f"2026-11-0{day}T09:00")
    assert trial.show()["stuck"] is False
    assert "成交多在第 2 到 3 次拜访" in trial("show", "1").out
    trial("log", "1", "又去", "-v", "meet", now="2026-11-06T09:00")
    assert trial.show()["stuck"] is True and "过了第 3 次拜访还没往前走" in trial("show", "1").out
    trial("log", "1", "打了电话", now="2026-11-06T10:00")
    trial("advance", "1", "--force", "--why", "经理说行", now="2026-11-07T09:00")
    assert trial.show()["stuck"] is False
    trial("undo", "--yes")
    assert trial.show()["stuck"] is True
    trial("order", "1", "100")
    assert trial.show()["stuck"] is False  # won


def test_visits_nobody_answered_do_not_count(trial: Book) -> None:
    """L4."""
    for day in (3, 4, 5, 6):
        trial("log", "1", "没人", "-v", "meet", "--no-answer", now=f"2026-11-0{day}T09:00")
    assert trial.show()["stuck"] is False


def test_others_see_neither_phones_nor_what_is_personal(trial: Book) -> None:
    """K8."""
    trial("contact", "1", "赵建国", "13900001234", "老板", "--family", "女儿高三", "--friends", "李局", "--birthday",
          "11-30", "--hobbies", "钓鱼", "--wechat", "zjg")  # fmt: skip
    trial("competitor", "1", "红牌", "--supporter", "赵建国")
    for fmt in ("md", "chat"):
        out = trial("show", "1", "-f", fmt).out
        for part in ("赵建国", "13900001234", "女儿高三", "李局", "11-30", "钓鱼", "zjg"):
            assert part not in out, (fmt, part)
        assert "红牌" in out and "赵" in out
    trial("edit", "1", "--consent", "今天")
    out = trial("show", "1", "-f", "chat", "--with-personal").out
    assert "赵建国" in out and "13900001234" in out and "女儿高三" in out


@pytest.mark.parametrize("width", ["60", "80", "120"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_whole_file_fits_the_terminal(trial: Book, width: str, lang: str) -> None:
    """F4, F14, M8."""
    from salesflow.render.layout import width as cells

    trial(
        "contact",
        "1",
        "赵建国",
        "13900001234",
        "老板",
        "--weight",
        "5",
        "--department",
        "总经办",
        "--title",
        "店总",
    )
    trial("contact", "1", "小孙", "自己人", "--wechat", "sunsun")
    trial("contact", "chain", "1", "小孙", "赵建国")
    trial(
        "competitor",
        "1",
        "红牌",
        "--price",
        "350",
        "--strengths",
        "牌子响、导购熟、货快",
        "--weaknesses",
        "质保短",
    )
    trial("evaluate", "1", "fit", "price=2", "speed=4")
    trial("evaluate", "1", "fit", "price=5", "speed=1", "--competitor", "红牌")
    put(
        trial,
        1,
        "industry=taxi",
        "size=group",
        "credit=good",
        "helped_by=李经理",
        "buying_step=look",
        "parent=2",
    )
    for words in (["show", "1"], ["contact", "1"], ["contact", "chain", "1"], ["evaluate", "1", "fit", "-f", "table"],
                  ["evaluate", "1"], ["competitor", "1"], ["list"]):  # fmt: skip
        out = trial(*words, tty=True, COLUMNS=width, TERM="dumb", lang=lang).out
        assert max(cells(line) for line in out.splitlines()) <= int(width), words
        assert "13900001234" in out or words[0] != "show"


@pytest.mark.parametrize(
    ("said", "kept"),
    [("90", 90), ("90台/月", 90), ("3/天", 90), ("３／天", 90), ("每天2.5台", 75), ("日均3", 90), ("1,000/年", 83),
     ("一年1080", 90), ("850升", 850), ("3 a day", 90), ("1200/year", 100), ("0", 0)],
)  # fmt: skip
def test_cars_sold_a_day_a_month_or_a_year_are_one_figure(trial: Book, said: str, kept: int) -> None:
    """F1: thirty days a month, twelve months a year."""
    trial("edit", "1", "--set", "volume_month=7")
    assert f" {kept}\n" in trial("edit", "1", "--set", f"volume_month={said}").out
    assert trial.show()["volume_month"] == kept


def test_the_figure_of_a_day_or_a_year_is_named_so(trial: Book) -> None:
    """F1: no field of the rep's own is made of it."""
    trial("edit", "1", "--set", "volume_day=3")
    assert trial.show()["volume_month"] == 90
    trial("edit", "1", "--set", "volume_year=1000")
    assert (trial.show()["volume_month"], trial.show()["custom"].get("volume_year")) == (83, None)
    trial("edit", "1", "--set", "volume_year=")
    assert trial.show()["volume_month"] is None
    for text in ("很多", "3/天/年x", "-3", "1.2.3", "9999999/天"):
        trial.refuse(2, "edit", "1", "--set", f"volume_month={text}")


@pytest.mark.parametrize(
    ("typed", "meant"), [("adress", "address"), ("indusrty", "industry"), ("brand", "brands")]
)
def test_a_mistyped_field_is_no_field_of_ones_own(book: Book, typed: str, meant: str) -> None:
    """E3, F1: what a gate asks for is not filled beside it."""
    book("add", "甲店")
    assert meant in book.refuse(2, "edit", "1", "--set", f"{typed}=x").err
    book("edit", "1", "--set", "phone2=x", "--set", "fleet=30")
    assert book.show()["custom"] == {"phone2": "x", "fleet": "30"}


def test_key_targets_come_first_in_a_list_sorted_so(book: Book) -> None:
    """F11: 乙 is a key target; behind it the graded lead, then the one without a grade."""
    book("add", "甲店")
    book("add", "乙店")
    book("add", "丙店", "--grade", "A")
    book("edit", "2", "--set", "key_target=yes")
    listed = book("list", "--sort", "key", "--json").json
    assert [lead["name"] for lead in listed] == ["乙店", "丙店", "甲店"]
