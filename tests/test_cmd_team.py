"""``team sign`` and ``team unsigned``: the card, a week's new leads, and what is not signed (K3, F8)."""

from __future__ import annotations

import pytest
from kit import Book, filled
from other_process import add_process


def fill_weeks(book: Book) -> None:
    """Two leads of week 47, two of week 48, the last of another process that knows one signature of its own."""
    add_process(book, "oil", signoffs=[{"code": "boss", "titles": {"zh": "老板", "en": "boss"}}])
    book("add", "华星宝马", now="2026-11-16T09:00")
    book("add", "锦泰奥迪", now="2026-11-22T23:00")  # a Sunday
    book("add", "天府丰田", now="2026-11-23T08:00")
    book("add", "甲厂", "--process", "oil", now="2026-11-24T08:00")
    sheet = book.path.with_name("names.csv")
    sheet.write_text("name\n没收到的店\n", "utf-8")
    book("import", str(sheet))


@pytest.fixture
def weeks(book: Book) -> Book:
    """Four leads of two weeks and two processes, and a name on a list."""
    return filled(book, fill_weeks)


def missing(book: Book, *words: str) -> dict[int, list[str]]:
    return {one["lead_id"]: one["missing"] for one in book("team", "unsigned", *words, "--json").json}


def test_a_card_is_signed(weeks: Book) -> None:
    """K3: who signed stands beside who typed it; without --as it is the process's first."""
    before = weeks.steps()
    done = weeks("team", "sign", "华星", "--by", "李经理", "--note", "资料齐", "--json").json
    assert weeks.steps() == before + 1
    assert done == {"id": 1, "lead_id": 1, "kind": "verified", "title": "核实（助理）", "name": "李经理",
                    "at": "2026-11-24T10:05", "week": None, "note": "资料齐", "by": "陈磊"}  # fmt: skip
    weeks("team", "sign", "1", "--by", "王总", "--as", "存档")
    assert [(one["kind"], one["name"]) for one in weeks.show()["signoffs"]] == [
        ("verified", "李经理"), ("archived", "王总"),
    ]  # fmt: skip
    screen = weeks("show", "1").out
    assert "李经理 2026-11-24" in screen and "还没签  审核" in screen
    weeks("undo", "2")
    assert weeks.show()["signoffs"] == []


def test_signing_twice_by_the_same_kind_is_refused(weeks: Book) -> None:
    """K3: with who signed and when."""
    weeks("team", "sign", "1", "--by", "李经理", now="2026-11-20T10:00")
    said = weeks.refuse(1, "team", "sign", "1", "--by", "王总").err
    assert "核实（助理）" in said and "李经理" in said and "2026-11-20" in said


def test_a_week_is_signed_in_one_step(weeks: Book) -> None:
    """F8: week 47 holds 1 and 2, week 48 has 3; 4 follows a process without that signature."""
    weeks("team", "sign", "2", "--by", "李经理", "--as", "reviewed")
    before = weeks.steps()
    done = weeks(
        "team", "sign", "--week", "--date", "2026-11-22", "--by", "王总", "--as", "reviewed", "--json"
    ).json
    assert done == {"week": "2026-W47", "name": "王总", "kinds": ["reviewed"], "signed": 1, "leads": [1],
                    "already": 1, "without": 0}  # fmt: skip
    assert weeks.steps() == before + 1
    assert weeks.show(1)["signoffs"][0]["week"] == "2026-W47"
    done = weeks("team", "sign", "--week", "--by", "王总", "--as", "reviewed")
    assert "2026-W48" in done.out and "1 家：审核（总监）" in done.out and "1 家" in done.err
    assert weeks.show(3)["signoffs"][0]["kind"] == "reviewed" and weeks.show(4)["signoffs"] == []
    # without --as each process's first
    done = weeks("team", "sign", "--week", "--by", "王总", "--json").json
    assert (done["kinds"], done["leads"]) == (["verified", "boss"], [3, 4])
    before = weeks.steps()
    assert weeks("team", "sign", "--week", "--by", "王总", "--json").json["signed"] == 0
    assert weeks.steps() == before
    weeks("undo")
    assert weeks.show(4)["signoffs"] == []


def test_a_week_without_leads(weeks: Book) -> None:
    assert "没有要签的" in weeks("team", "sign", "--week", "--date", "2026-11-08", "--by", "王总").out


def test_what_is_not_signed_the_oldest_first(weeks: Book) -> None:
    """K3: a name on a list is no card yet."""
    every = ["verified", "reviewed", "archived"]
    assert list(missing(weeks).items()) == [(1, every), (2, every), (3, every), (4, ["boss"])]
    weeks("team", "sign", "2", "--by", "王总", "--as", "reviewed")
    weeks("team", "sign", "4", "--by", "老板")
    assert missing(weeks) == {1: every, 2: ["verified", "archived"], 3: every}
    assert list(missing(weeks, "--week", "--date", "2026-11-22")) == [1, 2]
    assert list(missing(weeks, "--week")) == [3]
    weeks("lose", "1", "--reason", "price")
    assert list(missing(weeks)) == [2, 3]
    assert list(missing(weeks, "--week", "--date", "2026-11-22")) == [1, 2]  # of a week: all that came
    assert [one["lead_id"] for one in weeks("team", "--json").json] == [2, 3]


def test_every_format(weeks: Book) -> None:
    for fmt in ("table", "plain", "md", "chat", "jsonl", "csv", "tsv"):
        out = weeks("team", "unsigned", "-f", fmt).out
        assert "华星宝马" in out and "甲厂" in out
    assert weeks("队伍", "没签").out == weeks("team", "unsigned").out
    assert "核实" in weeks("team", "unsigned").out


def test_a_process_without_signatures(book: Book) -> None:
    """K3: any kind goes where the process lists none, but it must be named."""
    add_process(book, "oil", without="signoffs")
    book("add", "甲厂", "--process", "oil")
    assert "--as" in book.refuse(2, "team", "sign", "1", "--by", "老板").err
    book("team", "sign", "1", "--by", "老板", "--as", "批准")
    assert book.show()["signoffs"][0]["title"] == "批准"
    assert book("team", "unsigned", "--json").json == []
    assert "signoffs" in book("team", "unsigned").out


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (["team", "sign", "1"], 2, "--by"),
        (["team", "sign", "--week"], 2, "--by"),
        (["team", "sign", "--by", "王总"], 2, "是哪一家"),
        (["team", "sign", "1", "--by", "王总", "--as", "reviewd"], 2, "reviewed"),
        (["team", "sign", "--week", "--by", "王总", "--as", "reviewd"], 2, "reviewed"),
        (["team", "sign", "1", "--week", "--by", "王总"], 2, "--week"),
        (["team", "sign", "1", "--date", "昨天", "--by", "王总"], 2, "--week"),
        (["team", "unsigned", "--date", "昨天"], 2, "--week"),
        (["team", "sign", "--week", "--date", "2026-11-30", "--by", "王总"], 1, "2026-11-30"),
        (["team", "sign", "99", "--by", "王总"], 3, "99"),
        (["team", "sign", "1", "--by", "a\x1bb"], 2, "--by"),
    ],
)
def test_what_is_refused(weeks: Book, words: list[str], code: int, named: str) -> None:
    assert named in weeks.refuse(code, *words, lines=6).err


def test_a_gate_that_wants_a_signature_opens_with_it(book: Book) -> None:
    """K3: the gate names the command, and the command opens the gate."""
    gate = [{"kind": "signoff", "code": "signoff", "value": "reviewed", "name": {"zh": "审核", "en": "reviewed"},
             "ask": {"zh": "还没审核", "en": "not reviewed"}}]  # fmt: skip
    stages = [
        {"code": "one", "titles": {"zh": "一", "en": "one"}},
        {"code": "two", "titles": {"zh": "二", "en": "two"}, "gate": gate},
    ]
    add_process(book, "oil", stages=stages)
    book("add", "甲厂", "--process", "oil")
    assert "salesflow team sign 1 --by" in book.refuse(1, "advance", "1", lines=4).err
    book("team", "sign", "1", "--by", "王总", "--as", "reviewed")
    assert book("advance", "1", "--json").json["stage"] == "two"


@pytest.mark.parametrize(("value", "shown"), [("second", "还没签  乙"), ("any", "还没签  甲、乙")])
def test_a_card_that_nobody_signed_names_what_the_next_gate_wants(book: Book, value: str, shown: str) -> None:
    """K3: a signature that nobody asks for yet is no news; once one was made, the others are."""
    want = {"kind": "signoff", "code": "signoff", "value": value, "name": {"zh": "签字", "en": "signed"},
            "ask": {"zh": "还没签", "en": "not signed"}}  # fmt: skip
    stages = [
        {"code": "one", "titles": {"zh": "一", "en": "one"}},
        {"code": "two", "titles": {"zh": "二", "en": "two"}},
        {"code": "three", "titles": {"zh": "三", "en": "three"}, "gate": [want]},
    ]
    kinds = [
        {"code": "first", "titles": {"zh": "甲", "en": "A"}},
        {"code": "second", "titles": {"zh": "乙", "en": "B"}},
    ]
    add_process(book, "oil", stages=stages, signoffs=kinds)
    book("add", "甲厂", "--process", "oil")
    assert "还没签" not in book("show", "1").out
    book("advance", "1", "two")
    assert shown in book("show", "1").out.splitlines()
    book("team", "sign", "1", "--by", "王总", "--as", "first")
    lines = book("show", "1").out.splitlines()
    assert any(line.startswith("签字  甲 王总") for line in lines) and "还没签  乙" in lines


def test_a_signature_of_a_later_gate_is_not_lacking_yet(book: Book) -> None:
    """K3, L7: the contract is approved where there is one; until then the card lacks its review alone."""
    book("add", "川西轧钢", "--process", "key-account")
    assert [one["missing"] for one in book("team", "unsigned", "--json").json] == [["reviewed"]]
    book("team", "sign", "1", "--by", "郑总监", "--as", "reviewed")
    assert book("team", "unsigned", "--json").json == []
    assert "还没签" not in book("show", "1").out
    book("advance", "1", "negotiation", "--force", "--why", "试")
    assert [one["missing"] for one in book("team", "unsigned", "--json").json] == [["contract_approved"]]
    assert "还没签  合同审批" in book("show", "1").out
    assert book("report", "promises", "--json").json["counts"]["unsigned_all"] == 1
    book("advance", "1", "implementation", "--force", "--why", "试")
    assert [one["missing"] for one in book("team", "unsigned", "--json").json] == [
        ["contract_approved", "project_closed"]
    ]


def test_a_card_that_the_first_gate_asks_for_is_lacking_from_the_start(book: Book) -> None:
    """K3."""
    book("add", "李女士", "--process", "showroom")
    assert [one["missing"] for one in book("team", "unsigned", "--json").json] == [["manager"]]
