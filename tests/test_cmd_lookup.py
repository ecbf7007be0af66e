"""``show list find history contact tag edit config process guide when``: what they answer."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from kit import Book, filled

LEAD = {
    "id", "uid", "name", "short", "process", "stage", "stage_title", "status", "owner", "registered_by", "grade",
    "kind", "need", "source", "passive", "area", "city", "province", "address", "lat", "lng", "phone", "brands",
    "supplier", "volume_month", "ownership", "goal_value", "goal_on", "next_date", "next_time", "next_reason",
    "next_via", "received_at", "first_followup_at", "last_followup_at", "followups", "visits", "reschedules",
    "completeness", "missing", "tags", "custom", "created_at", "updated_at",
}  # fmt: skip
SHOW = LEAD | {"contacts", "followup_list", "moves", "reschedule_list", "next_gate"}
CONTACT = {"id", "name", "roles", "phones", "wechat", "email", "attitude", "character", "hobbies", "birthday"}
FOLLOWUP = {
    "id", "at", "via", "incoming", "answered", "with", "note", "learned", "did", "feedback", "progress", "grade",
    "next_date", "next_reason", "by", "recorded_at",
}  # fmt: skip


def fill_shop(book: Book) -> None:
    """华星宝马 with a person, a visit and a promise; 锦泰奥迪 with nothing."""
    book("add", "华星宝马", "-a", "武侯区", "--brand", "宝马", "--contact", "王建国 13900001234 精品部", "-g", "A",
         "--phone", "028-85551234", "--address", "武侯大道1号", "--source", "street", "--kind", "4s")  # fmt: skip
    book("visit", "1", "见王建国 报了368，嫌贵 反馈：质保只有8年 下次周五送报价")
    book("add", "锦泰奥迪", "-a", "高新区")


@pytest.fixture
def shop(book: Book) -> Book:
    """华星宝马 with a person, a visit and a promise; 锦泰奥迪 with nothing."""
    return filled(book, fill_shop)


def test_the_keys_that_are_promised(shop: Book) -> None:
    one = shop.show()
    for record in (*shop("list", "--json").json, *shop("find", "宝马", "--json").json):
        assert LEAD - set(record) == set()
    assert SHOW - set(one) == set()
    assert CONTACT - set(one["contacts"][0]) == set()
    assert FOLLOWUP - set(one["followup_list"][0]) == set()
    assert set(one["moves"]) == set() and set(one["next_gate"]) >= {"stage", "missing"}
    assert (one["brands"], one["tags"], one["custom"]) == (["宝马"], [], {})


def test_codes_never_depend_on_the_language(shop: Book) -> None:
    def codes(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: codes(one) for key, one in value.items() if "title" not in key}
        return [codes(one) for one in value] if isinstance(value, list) else value

    zh, en = shop.show(), shop.show(lang="en")
    assert zh["stage_title"] != en["stage_title"] and codes(zh) == codes(en)


def test_completeness_counts_twelve_points_and_names_what_is_missing(shop: Book) -> None:
    one = shop.show()
    # address, area, brands and the buyer are known
    assert one["completeness"] == round(4 / 12, 4)
    assert one["missing"] == [
        "ownership",
        "need",
        "supplier",
        "volume_month",
        "decision_maker",
        "decision_maker.reach",
        "decision_maker.personal",
        "manager",
    ]
    shop("edit", "1", "--set", "supplier=无")
    assert "supplier" not in shop.show()["missing"]  # an answer and not a blank


def test_show_is_the_whole_file_on_one_screen(shop: Book) -> None:
    out = shop("show", "1", tty=True, COLUMNS="80").out
    for part in ("#1 华星宝马", "普通信息", "档案 4/12", "还缺", "下次  11-27 周五", "送报价", "有效信息", "王建国",
                 "13900001234", "报了368", "反馈", "salesflow edit 1 --set need=yes"):  # fmt: skip
        assert part in out, part
    assert out.count("\n") <= 30


def test_show_lists_five_follow_ups_newest_first_and_all_with_all(shop: Book) -> None:
    for number in range(2, 8):
        shop("log", "1", f"第{number}次")
    out = shop("show", "1").out
    assert (
        out.index("第7次") < out.index("第6次") and "第2次" not in out and "2" in shop("show", "1").lines[-1]
    )
    assert "第2次" in shop("show", "1", "--all").out


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ([], [1, 2]),
        (["--area", "高新区"], [2]),
        (["-a", "武侯区"], [1]),
        (["--stage", "info"], [1, 2]),
        (["--stage", "有效信息"], []),
        (["--stage", "info,qualified"], [1, 2]),
        (["--grade", "A"], [1]),
        (["--grade", "-"], [2]),
        (["--source", "street"], [1]),
        (["--kind", "4s"], [1]),
        (["--need", "unknown"], [1, 2]),
        (["--status", "open"], [1, 2]),
        (["--status", "parked,lost"], []),
        (["--process", "film-4s"], [1, 2]),
        (["--tag", "重点"], []),
        (["--where-missing", "address"], [2]),
        (["--where-missing", "buyer"], [2]),
        (["--where-missing", "goal_value"], [1, 2]),
        (["--unplanned"], []),
        (["--untouched"], []),
        (["--stale-grade"], []),
        (["--sort", "area"], [1, 2]),
        (["--sort", "visits", "--limit", "1"], [1]),
        (["--sort", "next"], [1, 2]),
    ],
)
def test_list_filters(shop: Book, words: list[str], ids: list[int]) -> None:
    assert sorted(one["id"] for one in shop("list", *words, "--json").json) == ids


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--stage", "x"], "普通信息"),
        (["--grade", "Q"], "H"),
        (["--source", "strt"], "street"),
        (["--kind", "4ss"], "4s"),
        (["--status", "gone"], "parked"),
        (["--process", "film"], "film-4s"),
        (["--need", "q"], "unknown"),
        (["--sort", "id; drop"], "id"),
        (["--where-missing", "adress"], "address"),
        (["--limit", "0"], "0"),
        (["-f", "xml"], "xml"),
    ],
)
def test_list_refuses_what_is_not_there(shop: Book, words: list[str], named: str) -> None:
    assert named in shop.refuse(2, "list", *words).err


def test_a_grade_is_stale_after_its_own_window(shop: Book) -> None:
    assert shop("list", "--stale-grade", "--json", now="2026-12-24T09:00").json == []
    assert len(shop("list", "--stale-grade", "--json", now="2026-12-25T09:00").json) == 1


def test_statuses_and_stages_have_titles_on_the_screen(shop: Book) -> None:
    shop("park", "2", "--reason", "season")
    assert "暂缓" in shop("list").out and "parked" not in shop("list").out
    assert "parked" in shop("list", lang="en").out


@pytest.mark.parametrize(
    ("word", "ids"),
    [("宝马", [1]), ("hxbm", [1]), ("huaxing", [1]), ("王建国", [1]), ("王建", [1]), ("0000123", [1]), ("8555", [1]),
     ("武侯大道", [1]), ("嫌贵", [1]), ("368", [1]), ("质保", [1]), ("送报价", [1]), ("奥迪", [2]),
     ("高新", [2]), ("%", []), ("_", []), ("没有的", []), ("'", [])],
)  # fmt: skip
def test_find_searches_everything(shop: Book, word: str, ids: list[int]) -> None:
    assert [one["id"] for one in shop("find", word, "--json").json] == ids


@pytest.mark.parametrize("fmt", ["table", "plain", "json", "jsonl", "csv", "tsv", "md", "chat"])
@pytest.mark.parametrize("words", ["today", "show 1", "list", "find 宝马", "history 1", "history", "contact 1", "order",
                                   "process list", "process show", "guide", "config"])  # fmt: skip
def test_every_format_of_every_reading_command(shop: Book, words: str, fmt: str) -> None:
    done = shop(*words.split(), "--format", fmt)
    assert (
        done.out or (words, fmt) == ("order", "jsonl") or (words, fmt) == ("today", "jsonl")
    ) and done.err == ""
    assert "\x1b" not in done.out
    if fmt == "json":
        json.loads(done.out)
    if fmt == "jsonl":
        assert all(json.loads(line) for line in done.lines)


def test_the_environment_says_the_format_of_reading_commands_alone(shop: Book) -> None:
    assert shop("list", SALESFLOW_FORMAT="json").json
    assert shop("list", "-f", "csv", SALESFLOW_FORMAT="json").lines[0].startswith("\ufeffid,")
    assert shop("add", "丙", SALESFLOW_FORMAT="json").out == "3\n"


# contact, tag, edit


def test_contacts(shop: Book) -> None:
    before = shop.steps()
    made = shop("contact", "1", "赵总", "13900005678", "决策人", "--wechat", "zhao8", "--birthday", "5月12日",
                "--attitude", "偏向我们", "--json").json  # fmt: skip
    assert (
        made["name"],
        made["roles"],
        made["phones"],
        made["wechat"],
        made["birthday"],
        made["attitude"],
    ) == (
        "赵总",
        ["decision_maker"],
        ["13900005678"],
        "zhao8",
        "05-12",
        "positive",
    )
    shop("contact", "edit", "1", "赵总", "--role", "manager", "--phone", "028-81112222", "--name", "赵大明")
    (_, zhao) = shop("contact", "1", "--json").json
    assert (zhao["name"], zhao["roles"], zhao["phones"]) == (
        "赵大明",
        ["decision_maker", "manager"],
        ["13900005678", "028-81112222"],
    )
    shop("contact", "remove", "1", "赵大明")
    assert len(shop("contact", "1", "--json").json) == 1
    assert shop.steps() == before + 3
    shop("undo", "3")
    assert len(shop("contact", "1", "--json").json) == 1


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (["1", "王建国"], 1, "王建国"),
        (["1", "李四", "--role", "buyr"], 2, "buyer"),
        (["1", "李四", "采购负"], 2, "采购负责人"),
        (["1", "李四", "--birthday", "13-40"], 2, "13-40"),
        (["1", "李四", "--attitude", "frendly"], 2, "frendly"),
        (["1", "李四", "--phone", "abc"], 2, "abc"),
        (["1", "李\x1b四"], 2, "控制字符"),
        (["1", "李四", "--wechat", "a\x1bb"], 2, "控制字符"),
        (["1", "13900009999"], 2, "姓名"),
        (["edit", "1", "没有的", "--role", "buyer"], 3, "王建国"),
        (["edit", "1", "王建国"], 2, "--phone"),
        (["remove", "1", "没有的"], 3, "王建国"),
        (["remove", "1"], 2, "salesflow contact"),
    ],
)
def test_what_contact_refuses(shop: Book, words: list[str], code: int, named: str) -> None:
    assert named in shop.refuse(code, "contact", *words).err


def test_a_removed_person_leaves_the_follow_ups(shop: Book) -> None:
    shop("contact", "remove", "1", "王建国")
    (followup,) = shop.show()["followup_list"]
    assert (followup["with"], followup["note"][:5]) == (None, "见王建国 ")
    assert shop("check").out == ""
    shop("undo")
    assert shop.show()["followup_list"][0]["with"] == "王建国"


def test_tags(shop: Book) -> None:
    assert shop("tag", "1", "重点", "年底", "--json").json == ["重点", "年底"]
    assert [one["id"] for one in shop("list", "--tag", "重点", "--json").json] == [1]
    assert "重点" in shop("tag", "1").out
    shop("edit", "1", "--tag", "新", "--untag", "年底")
    assert shop.show()["tags"] == ["重点", "新"]
    shop("tag", "remove", "1", "重点")
    assert shop.show()["tags"] == ["新"]
    shop.refuse(2, "tag", "1", "a\x1bb")
    shop.refuse(2, "tag", "add", "1")


def test_edit(shop: Book) -> None:
    before = shop.steps()
    words = ["--set", "月销量=120", "--set", "need=有", "--set", "brands=宝马、MINI", "--set", "编号=K7",
             "--goal", "12万", "--goal-on", "12月31日", "-g", "h", "--tag", "重点"]  # fmt: skip
    record = shop("edit", "1", *words, "--json").json
    expected = {"volume_month": 120, "need": "yes", "brands": ["宝马", "MINI"], "custom": {"编号": "K7"},
                "goal_value": 120000, "goal_on": "2026-12-31", "grade": "H", "tags": ["重点"]}  # fmt: skip
    assert {name: record[name] for name in expected} == expected
    assert shop.steps() == before + 1
    shop("edit", "1", "--set", "编号=", "--set", "volume_month=")
    assert (shop.show()["custom"], shop.show()["volume_month"]) == ({}, None)


def test_an_edit_that_changes_nothing_is_no_step(shop: Book) -> None:
    before = shop.dump()
    assert "没有要改的" in shop("edit", "1", "--set", "area=武侯区", now="2026-11-25T09:00").out
    assert shop.dump() == before


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--goal", "-5"], "-5"),
        (["--goal", "1.234"], "1.234"),
        (["--goal", "99999999999999"], "99999999999999"),
        (["--goal", "abc"], "abc"),
        (["--goal-on", "尽快"], "尽快"),
        (["--set", "grade=Q"], "Q"),
        (["--set", "stage=customer"], "advance"),
        (["--set", "nmae=x"], "name"),
        (["--set", "name="], "name"),
        (["--set", "name=a\x1bb"], "控制字符"),
        (["--set", "volume_month=-1"], "-1"),
        (["--set", "lat=95"], "95"),
        (["--set", "x"], "x"),
        (["--tag", ""], "tag"),
        (["-g", "Q"], "Q"),
        ([], "--help"),
    ],
)
def test_what_edit_refuses(shop: Book, words: list[str], named: str) -> None:
    assert named in shop.refuse(2, "edit", "1", *words).err


def test_edit_in_the_editor(shop: Book, tmp_path: Path) -> None:
    editor = tmp_path / "editor.sh"
    editor.write_text('#!/bin/sh\nsed -i "s/^area=.*/area=金牛区/" "$1"\n', "utf-8")
    editor.chmod(0o700)
    shop("edit", "1", tty=True, EDITOR=str(editor), VISUAL="")
    assert shop.show()["area"] == "金牛区"
    before = shop.dump()
    shop("edit", "1", tty=True, EDITOR="true", VISUAL="")
    shop("edit", "1", tty=True, EDITOR="false", VISUAL="", code=5)
    assert shop.dump() == before


# config, process, guide, when


def test_config(shop: Book) -> None:
    shop("config", "city", "成都市")
    shop("config", "workdays", "周一至周六")
    settings = shop("config", "--json").json
    assert (settings["city"], settings["workdays"], settings["rep"]) == (
        "成都市",
        "mon,tue,wed,thu,fri,sat",
        "陈磊",
    )
    shop("config", "city", "-")
    assert shop("config", "city", "--json").json == {"city": None}
    for words in (
        ["nope", "1"],
        ["lang", "fr"],
        ["workdays", "foo"],
        ["process", "x"],
        ["format", "xml"],
        ["rep", "a\x1bb"],
    ):
        shop.refuse(2, "config", *words)
    shop.refuse(3, "config", "calendar", "import", "no-such.csv")


def test_the_book_remembers_language_and_format(shop: Book) -> None:
    shop("config", "lang", "en")
    shop("config", "format", "csv")
    with shop.patch.context() as patch:
        patch.delenv("SALESFLOW_LANG", raising=False)
        shop.lang = ""
        assert shop("today").out.startswith("\ufefflead_id,")
        assert "overdue" in shop("today", "-f", "chat").out
        assert "逾期" in shop("--lang", "zh", "today", "-f", "chat").out


def test_every_writing_command_says_by_whom(shop: Book) -> None:
    shop("config", "rep", "李敏")
    shop("log", "2", "看了")
    assert shop.show(2)["followup_list"][0]["by"] == "李敏"
    assert (shop.show(2)["owner"], shop("history", "--json").json[0]["by"]) == ("陈磊", "李敏")


def test_process_and_guide(shop: Book, tmp_path: Path) -> None:
    assert shop("process", "list", "--json").json[0]["code"] == "film-4s"
    shown = shop("process", "show", "--json").json
    assert [one["code"] for one in shown["stages"]] == ["info", "qualified", "prospect", "customer"]
    assert "决策人" in shop("guide", "准客户").out or "对手" in shop("guide", "准客户").out
    assert any("a" <= c <= "z" for c in shop("guide", "prospect", lang="en").out)
    shop.refuse(2, "guide", "prspect")
    shop.refuse(2, "process", "show", "nope")
    good = tmp_path / "good.toml"
    shutil.copy(ROOT / "salesflow/data/processes/film-4s.toml", good)
    assert shop("process", "check", str(good)).out.count("\n") == 1


def test_process_check_names_every_mistake_with_its_line(shop: Book, tmp_path: Path) -> None:
    text = (ROOT / "salesflow/data/processes/film-4s.toml").read_text("utf-8")
    bad = tmp_path / "bad.toml"
    bad.write_text(
        text.replace("retry_days = 1 ", 'retry_days = "x" ').replace(
            'person = "insider"', 'person = "insidr"'
        ),
        "utf-8",
    )
    lines = bad.read_text("utf-8").splitlines()
    done = shop("process", "check", str(bad), code=2)
    for part in ('"x"', "insidr"):
        number = next(at for at, line in enumerate(lines, 1) if part in line)
        assert str(number) in done.err, (part, done.err)
    for content in (b"[[stage", b"", b"\xff\xfe\x00", b"code = 1\ncode = 2\n"):
        bad.write_bytes(content)
        assert "Traceback" not in shop("process", "check", str(bad), code=2).err
    shop("process", "check", str(tmp_path / "none.toml"), code=3)
    shop("process", "check", str(tmp_path), code=5)


def test_when(shop: Book) -> None:
    assert shop("when", "下周三", "明天15:30", "--json").json == [
        {"text": "下周三", "date": "2026-12-02", "time": None, "error": None},
        {"text": "明天15:30", "date": "2026-11-25", "time": "15:30", "error": None},
    ]
    assert shop("when", "周二", "--past", "--json").json[0]["date"] == "2026-11-17"
    wrong = shop("when", "-", "--json", stdin="周五\n尽快\n", code=2).json
    assert wrong[0]["date"] == "2026-11-27" and "尽快" in wrong[1]["error"]


def test_history(shop: Book) -> None:
    shop("edit", "1", "--set", "need=yes")
    zh, en = shop("history", "1").out, shop("history", "1", lang="en").out
    assert "有没有需求 需求不明 > 有需求" in zh and "None" not in zh
    assert "has a need" in en
    records = shop("history", "1", "--json").json
    assert [one["command"] for one in records] == ["edit", "visit", "add"]
    assert records[0]["changed"][0]["after"]["need"] == "yes"
    assert [one["command"] for one in shop("history", "--json").json] == [
        "edit",
        "add",
        "visit",
        "add",
        "init",
    ]


@pytest.mark.parametrize("fmt", ["chat", "md"])
@pytest.mark.parametrize(
    "words", ["show 1", "list", "find 宝马", "contact 1", "history 1", "today --date 2026-11-27"]
)
def test_what_goes_to_others_names_nobody_and_no_number(shop: Book, words: str, fmt: str) -> None:
    shop(
        "contact", "edit", "1", "王建国", "--wechat", "wjg8", "--hobbies", "钓鱼", "--birthday", "1980-05-12"
    )
    # the note names him: what a person wrote stays as written
    said = shop(*words.split(), "-f", fmt).out.replace("见王建国", "")
    for private in ("王建国", "13900001234", "wjg8", "钓鱼", "1980"):
        assert private not in said, said
    assert "王建国" in shop(*words.split()).out


def test_with_personal_says_all(shop: Book) -> None:
    shop("edit", "1", "--consent", "今天")
    for words in ("show 1", "contact 1"):
        said = shop(*words.split(), "-f", "chat", "--with-personal").out
        assert "王建国" in said and "13900001234" in said


def test_statuses_go_by_their_titles_too(shop: Book) -> None:
    shop("park", "2", "--reason", "season")
    for said in ("parked", "暂缓"):
        assert [one["id"] for one in shop("list", "--status", said, "--json").json] == [2]


def test_the_unit_may_stand_apart(shop: Book) -> None:
    made = shop("order", "1", "5.8", "万", "首批", "--json").json
    assert (made["amount"], made["note"]) == (58000, "首批")


def test_a_negative_amount_is_named_so(shop: Book) -> None:
    assert "负号" in shop.refuse(2, "order", "1", "-5").err
    assert "小于 0" in shop.refuse(2, "order", "1", "-5万").err


def test_a_word_that_no_process_knows_is_answered_out_of_all_of_them(book: Book) -> None:
    """E3, L11: two processes in one book, each with its industries."""
    book("add", "川西轧钢", "--process", "key-account", "--set", "industry=steel")
    book("add", "蓉达造价", "--process", "eight-steps", "--set", "industry=construction")
    assert "钢铁" in book.refuse(2, "list", "--industry", "钢铁铁").err
    listed = book("list", "--industry", "xyzxyz", code=2, lang="en").err
    assert all(code in listed for code in ("steel", "education", "new_cars")), "of each process some"
    assert [one["id"] for one in book("list", "--industry", "钢铁", "--json").json] == [1]
