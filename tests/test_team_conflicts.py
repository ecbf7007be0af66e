"""``team conflicts`` and ``team settle``: two claims on one lead (F9)."""

from __future__ import annotations

import csv
import io

import pytest
from kit import Book
from team_kit import join, rep_book, sound, tables


@pytest.fixture
def rivals(book: Book) -> Book:
    """陈磊 registered the shop first and met nobody; 李想 met who decides, twice, and phoned once in vain."""
    book(
        "add",
        "成都华星宝马",
        "--area",
        "武侯区",
        "--contact",
        "王经理 13900001201 buyer",
        now="2026-11-02T09:00",
    )
    book("log", "1", "问了前台", "--no-next", now="2026-11-10T09:00")
    li = rep_book(book, "李想")
    li("add", "成都华星宝马", "--contact", "赵总 13900001202 decision_maker", now="2026-11-05T09:00")
    li("log", "1", "见了赵总", "--with", "赵总", now="2026-11-06T09:00")
    li("log", "1", "谈价", "--with", "赵总", "--next", "2026-11-27 送样品", now="2026-11-12T09:00")
    li("log", "1", "没接", "--via", "phone", now="2026-11-13T09:00")
    li("add", "锦泰奥迪", now="2026-11-13T10:00")
    assert [one["conflicts"] for one in join(book, li)] == [1]
    return book


def test_two_claims_stand_side_by_side(rivals: Book) -> None:
    """Both leads stay; the first to register stands first; every figure by hand."""
    (one,) = rivals("team", "conflicts", "--json").json
    assert (one["id"], one["found_at"], one["settled_at"], one["by"]) == (1, "2026-11-24T10:05", None, "陈磊")
    first, other = one["claims"]
    assert {name: first[name] for name in first if name not in ("name", "short", "process", "status", "stage")} == {
        "lead_id": 1, "owner": "陈磊", "registered_by": "陈磊", "registered_at": "2026-11-02T09:00",
        "received_at": "2026-11-02T09:00", "created_at": "2026-11-02T09:00", "followups": 1, "answered": 1, "visits": 1,
        "people": 1, "met": 0, "deepest_role": None, "deepest_title": None, "last_contact": "2026-11-10T09:00",
        "stage_title": "普通信息", "orders": 0, "sales": 0,
    }  # fmt: skip
    counts = ("lead_id", "owner", "registered_at", "followups", "answered", "visits", "met")
    assert [other[name] for name in counts] == [2, "李想", "2026-11-05T09:00", 3, 2, 2, 1]
    assert (other["deepest_role"], other["last_contact"]) == ("decision_maker", "2026-11-13T09:00")
    assert one["hint"] == {"stronger": 1, "by": "first", "first": 1, "deeper": 2, "oftener": 2}
    screen = rivals("team", "conflicts").out
    for word in (
        "陈磊 先报备（2026-11-02）",
        "李想 接触更深（决策人）",
        "李想 跟得更勤（2 次）",
        "team settle 1 --to",
    ):
        assert word in screen
    assert "撞单 1 个" in screen


@pytest.mark.parametrize("fmt", ["table", "plain", "json", "jsonl", "csv", "tsv", "md", "chat"])
def test_every_format_tells_them(rivals: Book, fmt: str) -> None:
    """And the languages; what goes to others tells no whole name of a person."""
    for lang in ("zh", "en"):
        out = rivals("team", "conflicts", "-f", fmt, lang=lang).out
        assert "李想" in out and "陈磊" in out and "赵总" not in out


def test_a_sheet_has_a_line_a_claim(rivals: Book) -> None:
    """csv: the conflict beside each."""
    rows = list(csv.DictReader(io.StringIO(rivals("team", "conflicts", "-f", "csv").out.lstrip("\ufeff"))))
    assert [(row["id"], row["lead_id"], row["owner"], row["stronger"]) for row in rows] == [
        ("1", "1", "陈磊", "true"), ("1", "2", "李想", "false"),
    ]  # fmt: skip


def test_the_file_and_the_day_tell_it_in_a_line(rivals: Book) -> None:
    """`show` of both leads, and `today` where one of them stands in it."""
    for lead, other, first in ((1, 2, True), (2, 1, False)):
        (one,) = rivals.show(lead)["conflicts"]
        assert (one["other_id"], one["first"], one["settled_at"]) == (other, first, None)
        assert f"#{other}" in rivals("show", str(lead)).out.partition("撞单 1")[2].partition("\n")[0]
    assert rivals.show(3)["conflicts"] == []
    day = rivals("today", "--date", "2026-11-27", "--json").json
    told = [one for one in day["reminders"] if one["kind"] == "conflict"]
    assert [(one["lead_id"], one["on"]) for one in told] == [(1, "2026-11-24"), (2, "2026-11-24")]
    assert "撞单 1" in rivals("today", "--date", "2026-11-27").out
    mine = rivals("today", "--date", "2026-11-27", "--owner", "李想", "--json").json
    assert [one["lead_id"] for one in mine["reminders"] if one["kind"] == "conflict"] == [2]


def test_a_conflict_is_settled(rivals: Book) -> None:
    """One lead, the one registered first, of the rep named; all follow-ups; why, when and by whom is kept."""
    before = tables(rivals)
    steps = rivals.steps()
    lead = rivals("team", "settle", "1", "--to", "李想", "--why", "见过决策人", "--json").json
    assert rivals.steps() == steps + 1
    assert (lead["id"], lead["owner"], lead["registered_by"]) == (1, "李想", "陈磊")
    assert (lead["received_at"], lead["followups"], lead["next_date"]) == (
        "2026-11-02T09:00",
        4,
        "2026-11-27",
    )
    assert sorted({one["by"] for one in lead["followup_list"]}) == ["李想", "陈磊"]
    (one,) = lead["conflicts"]
    assert (one["settled_at"], one["settled_to"], one["why"]) == ("2026-11-24T10:05", "李想", "见过决策人")
    assert rivals("team", "conflicts", "--json").json == []
    assert "没有撞单" in rivals("team", "conflicts").out
    assert (
        "见过决策人" in rivals("team", "conflicts", "--all").out and "见过决策人" in rivals("show", "1").out
    )
    assert "#2" in rivals("show", "2").err
    sound(rivals)
    rivals("undo")
    assert tables(rivals) == before
    sound(rivals)


def test_what_is_settled_stays_settled_when_the_book_comes_again(rivals: Book) -> None:
    """The other rep's later follow-ups come to the one lead; it does not change hands, nothing doubles."""
    li = Book(rivals.path.with_name("李想.db"), rivals.patch)
    rivals("team", "settle", "1", "--to", "陈磊", "--why", "先报备")
    before = rivals.dump()
    join(rivals, li)
    assert rivals.dump() == before
    li("log", "1", "又去了一次", "--with", "赵总", "--next", "2026-11-30 签约", now="2026-11-24T10:10")
    li("edit", "1", "--set", "supplier=甲膜", now="2026-11-24T10:11")
    (done,) = join(rivals, li, now="2026-11-24T11:00")
    assert (done["updated"], done["conflicts"], done["records"]) == (1, 0, 2)
    lead = rivals.show(1)
    assert (lead["owner"], lead["followups"], lead["supplier"]) == ("陈磊", 5, None)
    assert [one["name"] for one in lead["contacts"]] == ["王经理", "赵总"]
    sound(rivals)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["team", "settle"], 2),
        (["team", "settle", "1"], 2),
        (["team", "settle", "1", "--to", "李想"], 1),
        (["team", "settle", "9", "--to", "李想", "--why", "x"], 3),
        (["team", "settle", "一", "--to", "李想", "--why", "x"], 2),
    ],
)
def test_settling_says_what_it_lacks(rivals: Book, words: list[str], code: int) -> None:
    """A reason is wanted."""
    rivals.refuse(code, *words)


def test_settling_twice_is_refused(rivals: Book) -> None:
    """With when and to whom."""
    rivals("team", "settle", "1", "--to", "李想", "--why", "见过决策人")
    assert "李想" in rivals.refuse(1, "team", "settle", "1", "--to", "陈磊", "--why", "先报备").err


def test_on_a_terminal_settling_asks(rivals: Book) -> None:
    """Whose, and why."""
    rivals("team", "settle", "1", tty=True, answers=["李想", "见过决策人"])
    assert rivals.show(1)["owner"] == "李想"


def test_a_later_first_day_makes_the_other_the_first(book: Book) -> None:
    """The other book's lead was registered before ours: it stands first, and it is the one that stays."""
    book("add", "华星", now="2026-11-09T09:00")
    li = rep_book(book, "李想")
    li("add", "华星", now="2026-11-03T09:00")
    join(book, li)
    (one,) = book("team", "conflicts", "--json").json
    assert [claim["lead_id"] for claim in one["claims"]] == [2, 1] and one["hint"]["stronger"] == 2
    book("team", "settle", "1", "--to", "陈磊", "--why", "让给他")
    lead = book.show("华星")
    assert (lead["id"], lead["owner"], lead["registered_by"], lead["received_at"]) == (
        2,
        "陈磊",
        "李想",
        "2026-11-03T09:00",
    )


def test_one_rep_s_two_books_become_one_lead_at_once(book: Book) -> None:
    """No conflict with oneself: all follow-ups, the earlier registration; joining again adds nothing."""
    book("add", "华星", now="2026-11-09T09:00")
    book("log", "1", "去了", "--no-next", now="2026-11-10T09:00")
    old = rep_book(book, "陈磊", "old")
    old("add", "华星", now="2026-11-03T09:00")
    old("log", "1", "早先去过", "--no-next", now="2026-11-04T09:00")
    (done,) = join(book, old)
    assert (done["added"], done["merged"], done["conflicts"]) == (1, 1, 0)
    assert book.sql("SELECT count(*) FROM lead") == [(1,)]
    lead = book.show("华星")
    assert (lead["id"], lead["followups"], lead["received_at"]) == (1, 2, "2026-11-03T09:00")
    sound(book)
    before = book.dump()
    join(book, old)
    assert book.dump() == before


@pytest.mark.parametrize("said", [False, True], ids=["added anyway", "said to be two"])
def test_two_of_one_name_that_the_other_book_keeps_apart_stay_two(book: Book, said: bool) -> None:
    """Whether the second came with the first join or with a later one; the join is never refused for it."""
    li = rep_book(book, "李想")
    li("add", "华星", now="2026-11-02T09:00")
    join(book, li)
    li("add", "华星", "--anyway", now="2026-11-03T09:00")
    if said:
        li("dupes", "1", "2", "--not-same")
    [done] = join(book, li)
    assert (done["added"], done["merged"], done["conflicts"]) == (1, 0, 0)
    assert book.sql("SELECT id, name FROM lead") == [(1, "华星"), (2, "华星")]
    sound(book)
    before = tables(book)
    join(book, li)
    assert tables(book) == before


def test_two_claims_that_somebody_parted_are_no_conflict(book: Book) -> None:
    """The other book knows both, and says that they are not the same."""
    book("init", "--rep", "王一", code=None)
    book("add", "华星", now="2026-11-02T09:00")
    li = rep_book(book, "李想")
    join(li, book)
    li("add", "华星", "--anyway", now="2026-11-03T09:00")
    li("dupes", "1", "2", "--not-same")
    [done] = join(book, li)
    assert (done["added"], done["merged"], done["conflicts"]) == (1, 0, 0)


def test_a_lead_that_nobody_owns_is_nobody_s_rival(book: Book) -> None:
    """It becomes one with the one that somebody owns, and is theirs."""
    book("add", "华星")
    book("edit", "1", "--set", "owner=")
    li = rep_book(book, "李想")
    li("add", "华星")
    (done,) = join(book, li)
    assert (done["merged"], done["conflicts"], book.show(1)["owner"]) == (1, 0, "李想")


def test_who_is_the_same_is_told_as_everywhere(book: Book) -> None:
    """Another city or address is another shop; width, brackets and blanks are none."""
    book("add", "华星（南区）", "--set", "city=成都", "--address", "武侯大道1号")
    li = rep_book(book, "李想")
    li("add", "华星(南区)", "--set", "city=重庆")
    li("add", "华星 ( 南区 )", "--set", "city=成都市", "--address", "成都市武侯大道1号", "--anyway")
    li("add", "华星(南区)", "--set", "city=成都", "--address", "人民路9号", "--anyway")
    join(book, li)
    (one,) = book("team", "conflicts", "--json").json
    assert [claim["lead_id"] for claim in one["claims"]] == [1, 3]


def test_three_reps_with_one_shop(book: Book) -> None:
    """Each is told with the first that was here; settling one after the other leaves one lead."""
    book("add", "华星", now="2026-11-02T09:00")
    for rep, day in (("李想", "03"), ("王芳", "04")):
        other = rep_book(book, rep)
        other("add", "华星", now=f"2026-11-{day}T09:00")
        join(book, other)
    found = book("team", "conflicts", "--json").json
    assert [[claim["owner"] for claim in one["claims"]] for one in found] == [
        ["陈磊", "李想"],
        ["陈磊", "王芳"],
    ]
    assert len(book("team", "conflicts", "--owner", "王芳", "--json").json) == 1
    book("team", "settle", "1", "--to", "李想", "--why", "常去")
    (left,) = book("team", "conflicts", "--json").json
    assert [claim["owner"] for claim in left["claims"]] == ["李想", "王芳"]
    book("team", "settle", "2", "--to", "王芳", "--why", "谈下来了")
    assert [one["owner"] for one in book("list", "--json").json] == ["王芳"]
    sound(book)
    book("undo", "4")
    assert [one["name"] for one in book("list", "--json").json] == ["华星"]
    sound(book)


def test_a_name_that_owns_nothing_may_be_a_slip(rivals: Book) -> None:
    done = rivals("team", "settle", "1", "--to", "李相", "--why", "见过决策人")
    assert "李相" in done.err and "undo" in done.err
    rivals("undo")
    assert rivals("team", "settle", "1", "--to", "李想", "--why", "见过决策人").err == ""
