"""``objection``: what they say against it, the answer given, whether it worked; earlier answers (L5)."""

from __future__ import annotations

import pytest
from kit import Book, filled

KEYS = {"id", "lead_id", "at", "with", "text", "answer", "worked", "by"}


def fill_shops(book: Book) -> None:
    """Three shops and five objections: an answer that worked two times of three, one that never did."""
    for name in ("华星宝马", "锦泰奥迪", "天府丰田"):
        book("add", name)
    book("contact", "1", "王建国", "13900001234")
    on = {"now": "2026-11-20T10:00"}
    book(
        "objection",
        "1",
        "价格太贵",
        "--answer",
        "按每台车的利润算账",
        "--worked",
        "yes",
        "--with",
        "王",
        **on,
    )
    book("objection", "2", "太贵了，", "比别家高", "--answer", "按每台车的 利润算账", "--worked", "no", **on)
    book("objection", "3", "ＦＩＬＭ　太贵", "--answer", "按每台车的利润算账", "--worked", "yes")
    book("objection", "3", "太贵", "--answer", "送一台试贴", "--worked", "no")
    book("objection", "2", "牌子没听过")


@pytest.fixture
def shops(book: Book) -> Book:
    """Three shops with five objections."""
    return filled(book, fill_shops)


def test_an_objection_is_logged_with_its_answer_and_whether_it_worked(book: Book) -> None:
    """L5."""
    book("add", "华星宝马")
    book("contact", "1", "王建国", "13900001234")
    before = book.steps()
    done = book("objection", "华星", "价格", "太贵", "--answer", "算账", "--worked", "yes", "--with", "王建国",
                "--at", "昨天 15:30")  # fmt: skip
    assert all(part in done.out for part in ("#1 华星宝马", "价格 太贵", "算账", "管用"))
    assert book.steps() == before + 1
    (one,) = book.show()["objections"]
    assert set(one) == KEYS
    assert one == one | {"at": "2026-11-23T15:30", "with": "王建国", "text": "价格 太贵", "answer": "算账",
                         "worked": True, "by": "陈磊", "lead_id": 1}  # fmt: skip
    book("undo")
    assert book.show()["objections"] == []


def test_without_an_answer_it_stays_open_and_edit_gives_one(shops: Book) -> None:
    """L5: in ``show`` stand the open ones, with no answer or none that worked."""
    assert "objection find" in shops("objection", "1", "没时间").out
    assert [one["text"] for one in shops.show()["objections"]] == ["没时间", "价格太贵"]
    screen = shops("show", "1").out
    assert "没时间" in screen and "价格太贵" not in screen
    edited = shops("objection", "edit", "1", "6", "--answer", "只要十分钟", "--json").json
    assert (edited["answer"], edited["worked"]) == ("只要十分钟", None)
    assert shops("objection", "edit", "1", "#6", "--worked", "yes", "--json").json["worked"] is True
    assert "没时间" not in shops("show", "1").out
    # another answer: whether that one worked nobody knows
    assert shops("objection", "edit", "1", "6", "--answer", "改天", "--json").json["worked"] is None
    assert shops("objection", "edit", "1", "6", "--answer", "", "--json").json["answer"] is None
    assert shops("objection", "edit", "1", "6", "--text", "没空", "--json").json["text"] == "没空"
    shops("undo")
    assert shops.show()["objections"][0]["text"] == "没时间"


def test_find_groups_earlier_answers_and_says_how_often_each_worked(shops: Book) -> None:
    """L5: of the answer by margin two of three worked, of the trial none of one; width and blanks do not count."""
    found = shops("objection", "find", "太贵", "--json").json
    assert [(one["answer"], one["given"], one["worked"], one["failed"], one["rate"]) for one in found] == [
        ("按每台车的利润算账", 3, 2, 1, 0.6667),
        ("送一台试贴", 1, 0, 1, 0.0),
    ]
    # the newest example of the answer by margin is the third shop's
    assert (found[0]["lead_id"], found[0]["name"], found[0]["text"]) == (3, "天府丰田", "ＦＩＬＭ　太贵")
    assert [one["answer"] for one in shops("objection", "find", "film", "太贵", "--json").json] == [
        "按每台车的利润算账"
    ]
    # what the answer says is found too, and a word that nowhere stands with the others finds nothing
    assert len(shops("objection", "find", "试贴", "--json").json) == 1
    assert shops("objection", "find", "太贵", "牌子", "--json").json == []
    assert "太贵牌子" not in shops("objection", "find", "太贵", "牌子").out
    # without an answer: last, null
    assert shops("objection", "find", "牌子", "--json").json == [
        {"answer": None, "given": 1, "worked": 0, "failed": 0, "rate": None, "text": "牌子没听过",
         "at": "2026-11-24T10:05", "lead_id": 2, "name": "锦泰奥迪", "short": "锦泰奥迪"}
    ]  # fmt: skip


def test_an_answer_with_a_better_share_comes_before_one_given_oftener(shops: Book) -> None:
    """L5: 1 of 1 is before 2 of 3; what nobody has seen work or fail comes after both, no answer last."""
    shops("objection", "1", "太贵", "--answer", "先贴一台", "--worked", "yes")
    shops("objection", "1", "太贵", "--answer", "再想想")
    shops("objection", "2", "太贵")
    found = shops("objection", "find", "太贵", "--json").json
    assert [(one["answer"], one["rate"]) for one in found] == [
        ("先贴一台", 1.0), ("按每台车的利润算账", 0.6667), ("送一台试贴", 0.0), ("再想想", None), (None, None),
    ]  # fmt: skip


def test_without_a_lead_what_is_said_most_often(shops: Book) -> None:
    """L5: 太贵 was said once by itself, then twice more by other shops."""
    shops("objection", "1", "太贵")
    shops("objection", "2", "太 贵", "--answer", "送一台试贴", "--worked", "yes")
    found = shops("objection", "--json").json
    assert (found[0]["times"], found[0]["leads"], found[0]["answered"], found[0]["worked"]) == (3, 3, 2, 1)
    assert sum(one["times"] for one in found) == 7
    assert "太 贵" in shops("objection").out


def test_of_a_lead_in_every_format_and_people_by_their_surnames_for_others(shops: Book) -> None:
    assert [one["id"] for one in shops("objection", "3", "--json").json] == [4, 3]
    assert shops("objection", "1", "-f", "csv").out.splitlines()[0].lstrip("\ufeff") == (
        "id,lead_id,at,with,text,answer,worked,by"
    )
    for fmt in ("table", "plain", "md", "chat", "jsonl", "tsv"):
        out = shops("objection", "1", "-f", fmt).out
        assert "价格太贵" in out
        assert ("王建国" in out) == (fmt not in ("md", "chat"))
        assert shops("objection", "-f", fmt).out and shops("objection", "find", "太贵", "-f", fmt).out
    assert shops("objection", "list", "1", "-f", "csv").code == 0
    assert shops("异议", "列", "1", "--json").json == shops("objection", "1", "--json").json


def test_an_objection_is_taken_away(shops: Book) -> None:
    assert "价格太贵" in shops("objection", "remove", "1", "1").out
    assert shops.show()["objections"] == []
    shops("undo")
    assert len(shops.show()["objections"]) == 1


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (["objection", "1", "太贵", "--worked", "yes"], 2, "--answer"),
        (["objection", "1", "太贵", "--answer", "x", "--worked", "maybe"], 2, "maybe"),
        (["objection", "1", "太贵", "--at", "明天"], 1, "2026-11-25"),
        (["objection", "1", "太贵", "--at", "尽快"], 2, "尽快"),
        (["objection", "1", "太贵", "--with", "没这人"], 3, "没这人"),
        (["objection", "1", "太贵", "--with", "王", "--with", "李"], 2, "一个人"),
        (["objection", "1", "a\x1bb"], 2, "TEXT"),
        (["objection", "add", "1"], 2, "salesflow objection 1"),
        (["objection", "edit", "1", "2", "--answer", "x"], 3, "2"),  # the second is another lead's
        (["objection", "edit", "1", "x", "--answer", "x"], 2, "salesflow objection 1"),
        (["objection", "edit", "1", "--answer", "x"], 2, "salesflow objection 1"),
        (["objection", "edit", "1", "1"], 2, "--answer"),
        (["objection", "edit", "2", "5", "--worked", "yes"], 2, "--answer"),  # nothing was answered yet
        (["objection", "remove", "1", "99"], 3, "99"),
        (["objection", "find"], 2, "salesflow objection find"),
        (["objection", "没这家", "太贵"], 3, "没这家"),
    ],
)
def test_what_is_refused(shops: Book, words: list[str], code: int, named: str) -> None:
    assert named in shops.refuse(code, *words, lines=6).err


def test_on_a_terminal_what_is_left_out_is_asked(book: Book) -> None:
    book("add", "华星宝马")
    book("objection", "add", "1", tty=True, answers=["太贵", "算账", "yes"])
    (one,) = book.show()["objections"]
    assert (one["text"], one["answer"], one["worked"]) == ("太贵", "算账", True)
    book("objection", "add", "1", tty=True, answers=["没空", ""])
    assert book.show()["objections"][0]["answer"] is None


def test_what_nobody_answered_has_no_share(shops: Book) -> None:
    """L5."""
    line = next(line for line in shops("objection", "find", "牌子").lines if "牌子没听过" in line)
    assert "0/1" not in line and "还没答" in line
