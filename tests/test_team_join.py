"""``team join``: another rep's book in this one (F9)."""

from __future__ import annotations

import gzip
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT
from kit import Book, filled
from other_process import add_process
from team_kit import join, rep_book, sound, tables


def fill_li(li: Book) -> None:
    """A customer with everything that can hang on one, a branch of it, and another that it brought."""
    li("init", "--rep", "李想", now="2026-11-01T08:00")
    li("add", "成都华星宝马", "--area", "武侯区", "--grade", "B", "--source", "street",
       "--contact", "赵总 13900001202 decision_maker", "--contact", "小周 13900001203 insider",
       "--set", "会员号=88", now="2026-11-02T09:00")  # fmt: skip
    li("add", "锦泰奥迪", "--area", "金牛区", "--referrer", "1", "--set", "parent=1", now="2026-11-03T09:00")
    li(
        "log",
        "1",
        "谈了价",
        "--with",
        "赵总",
        "--grade",
        "A",
        "--next",
        "2026-11-10 送样品",
        now="2026-11-04T15:00",
    )
    li("next", "1", "2026-11-12", "--why", "样品没到", now="2026-11-05T09:00")
    li("log", "1", "送了样", "--with", "赵总", "--next", "2026-11-26 收反馈", now="2026-11-12T10:00")
    li("edit", "1", "--tag", "重点", "--goal", "5万", now="2026-11-12T10:30")
    li("competitor", "1", "某膜", "--price", "300", "--supporter", "赵总", now="2026-11-12T11:00")
    li("evaluate", "1", "fit", "price=2", "--competitor", "某膜", now="2026-11-12T11:05")
    li("evaluate", "1", "fit", "price=3", now="2026-11-12T11:06")
    li("objection", "1", "太贵", "--answer", "算每月", "--with", "赵总", now="2026-11-12T11:10")
    li("incident", "1", "起泡", "--due", "2026-11-30", now="2026-11-12T11:15")
    li("incident", "follow", "1", "1", "换膜了", now="2026-11-13T11:15")
    li("referral", "1", "天府丰田", "--as", "same_group", now="2026-11-13T12:00")
    li("team", "sign", "1", "--by", "李经理", now="2026-11-13T13:00")
    li("quote", "1", "6万", now="2026-11-13T14:00")
    li("order", "1", "5.8万", "--no-advance", now="2026-11-14T10:00")
    li("payment", "1", "2万", "--order", "1", now="2026-11-15T10:00")


@pytest.fixture
def li(book: Book) -> Book:
    """The book of 李想, beside the rep's own."""
    return filled(Book(book.path.with_name("李想.db"), book.patch), fill_li)


def shown(book: Book, lead: str) -> dict[str, object]:
    """The lead without what differs from book to book: numbers."""

    def plain(value: object) -> object:
        if isinstance(value, dict):
            return {name: plain(one) for name, one in value.items()
                    if not (name.endswith("id") or name in ("parent", "referrer", "row"))}  # fmt: skip
        return [plain(one) for one in value] if isinstance(value, list) else value

    found = plain(book.show(lead))
    assert isinstance(found, dict)
    return found


def test_every_lead_comes_with_all_that_hangs_on_it(book: Book, li: Book) -> None:
    """Three leads; nothing but numbers differs; who registered what and when is kept, the uids too."""
    book("add", "自己的店", now="2026-11-20T09:00")
    before = book.steps()
    done = join(book, li)
    assert len(done) == 1 and done[0]["file"] == str(li.path)
    told = ("rep", "leads", "added", "updated", "unchanged", "merged", "conflicts")
    assert [done[0][name] for name in told] == ["李想", 3, 3, 0, 0, 0, 0]
    assert book.steps() == before + 1
    for name in ("成都华星宝马", "锦泰奥迪", "天府丰田"):
        assert shown(book, name) == shown(li, name)
        assert book.show(name)["uid"] == li.show(name)["uid"]
    here = book.show("成都华星宝马")
    assert (here["owner"], here["registered_by"], here["created_at"]) == ("李想", "李想", "2026-11-02T09:00")
    assert here["custom"] == {"会员号": "88"} and here["tags"] == ["重点"] and here["reschedules"] == 1
    assert [one["by"] for one in here["followup_list"]] == ["李想", "李想"]
    audi = book.show("锦泰奥迪")
    assert audi["parent"] == audi["referrer"] == here["id"] == 2
    rows = (
        book.sql("SELECT count(*) FROM score WHERE competitor_id IS NOT NULL"),
        book.sql("SELECT count(*) FROM score"),
    )
    assert rows == ([(1,)], [(2,)])
    assert book.sql("SELECT order_id FROM payment") == book.sql("SELECT id FROM sales_order")
    sound(book)


def test_the_other_file_is_never_changed(book: Book, li: Book) -> None:
    """Byte for byte, and nothing lies beside it that was not there."""
    before, beside = li.path.read_bytes(), sorted(li.path.parent.glob("李想*"))
    li.path.chmod(0o400)
    join(book, li)
    assert li.path.read_bytes() == before
    assert sorted(li.path.parent.glob("李想*")) == beside


def test_joining_twice_changes_nothing(book: Book, li: Book) -> None:
    """No row, no step."""
    join(book, li)
    before = book.dump()
    again = join(book, li, now="2026-11-25T10:00")
    assert (again[0]["added"], again[0]["updated"], again[0]["unchanged"]) == (0, 0, 3)
    assert book.dump() == before


def test_undo_gives_back_the_book(book: Book, li: Book) -> None:
    """And redo the other one's leads."""
    book("add", "自己的店")
    before = tables(book)
    join(book, li)
    joined = tables(book)
    book("undo")
    assert tables(book) == before
    book("redo")
    assert tables(book) == joined
    sound(book)


def test_what_is_new_over_there_comes_with_the_next_join(book: Book, li: Book) -> None:
    """A follow-up ends the promise here too, a person's new phone, an objection's answer, a new lead."""
    join(book, li, now="2026-11-16T09:00")
    li("log", "1", "反馈不错", "--next", "2026-11-28 签合同", now="2026-11-17T10:00")
    li("contact", "edit", "1", "赵总", "--phone", "13900009999", now="2026-11-17T10:05")
    li("objection", "edit", "1", "1", "--worked", "yes", now="2026-11-17T10:06")
    li("edit", "2", "--set", "address=金牛大道1号", now="2026-11-17T10:07")
    li("add", "新来的店", now="2026-11-17T10:08")
    done = join(book, li)
    assert [done[0][name] for name in ("added", "updated", "unchanged")] == [1, 2, 1]
    for name in ("成都华星宝马", "锦泰奥迪", "天府丰田", "新来的店"):
        assert shown(book, name) == shown(li, name)
    assert (book.show("1")["next_date"], book.show("1")["followups"]) == ("2026-11-28", 3)
    sound(book)
    before = book.dump()
    join(book, li)
    assert book.dump() == before


def test_an_older_copy_takes_nothing_back(book: Book, li: Book) -> None:
    """What was mailed on Monday and joined after Tuesday's copy changes nothing."""
    older = Book(li.path.with_name("monday.db"), li.patch)
    older.path.write_bytes(li.path.read_bytes())
    li("contact", "edit", "1", "赵总", "--phone", "13900009999", now="2026-11-17T10:05")
    li("edit", "1", "--set", "address=武侯大道1号", now="2026-11-17T10:07")
    li("log", "1", "反馈不错", "--no-next", now="2026-11-17T11:00")
    join(book, older, now="2026-11-18T09:00")
    join(book, li, now="2026-11-18T09:01")
    before = tables(book)
    assert book.show("1")["address"] == "武侯大道1号" and book.show("1")["next_date"] is None
    join(book, older, now="2026-11-18T09:02")
    assert tables(book) == before


def test_what_was_changed_here_later_stays(book: Book, li: Book) -> None:
    """The record is that of the side that wrote it last; rows of both sides stand together."""
    join(book, li, now="2026-11-16T09:00")
    li("edit", "1", "--set", "supplier=甲膜", now="2026-11-17T10:00")
    book("edit", "1", "--set", "supplier=乙膜", now="2026-11-18T10:00")
    book("log", "1", "这边也打了电话", "--via", "phone", "--next", "2026-11-29 再打", now="2026-11-18T11:00")
    li("log", "1", "那边拜访", "--next", "2026-11-27 再去", now="2026-11-18T10:30")
    join(book, li)
    lead = book.show("1")
    assert (lead["supplier"], lead["followups"], lead["next_date"]) == ("乙膜", 4, "2026-11-29")
    sound(book)


def test_whoever_said_last_whose_it_is_is_believed(book: Book, li: Book) -> None:
    """A lead given to another rep here does not go back when its record changes over there."""
    join(book, li, now="2026-11-16T09:00")
    book("edit", "1", "--set", "owner=陈磊", now="2026-11-17T09:00")
    li("edit", "1", "--set", "supplier=甲膜", now="2026-11-18T10:00")
    join(book, li)
    assert (book.show("1")["supplier"], book.show("1")["owner"]) == ("甲膜", "陈磊")
    li("edit", "1", "--set", "owner=王芳", now="2026-11-24T10:06")
    join(book, li, now="2026-11-24T11:00")
    assert book.show("1")["owner"] == "王芳"


def test_what_was_taken_away_here_does_not_come_back(book: Book, li: Book) -> None:
    """A person removed here stays away; an undone join brings all again."""
    join(book, li)
    book("contact", "remove", "1", "小周")
    before = book.dump()
    join(book, li)
    assert book.dump() == before
    book("undo", "2")
    assert join(book, li)[0]["added"] == 3


def test_reports_of_past_weeks_are_those_of_the_other_book(book: Book, li: Book) -> None:
    """History that came by a join counts as if it had been typed here."""
    join(book, li)
    for words in (["week", "--date", "2026-11-08"], ["week", "--date", "2026-11-15"], ["month"]):
        here, there = (one("report", *words, "--json").json for one in (book, li))
        assert here == there


def test_targets_come_as_their_rep_s(book: Book, li: Book) -> None:
    """What is for the whole of the other book is for its rep here; a newer one wins."""
    connection = sqlite3.connect(li.path)
    # no command sets targets yet: through the rows that it would write
    connection.execute(
        "INSERT INTO operation (at, command, by, kind, open) VALUES ('2026-11-01T09:00', 'x', '李想', 'step', 1)"
    )
    connection.execute(
        "INSERT INTO target (uid, metric, period, value, by, recorded_at)"
        " VALUES ('t1', 'visits', '2026-11', 40, '李想', '2026-11-01T09:00')"
    )
    connection.execute("UPDATE operation SET open = NULL")
    connection.commit()
    connection.close()
    assert join(book, li)[0]["targets"] == 1
    assert book.sql("SELECT metric, period, rep, value FROM target") == [("visits", "2026-11", "李想", 40)]
    before = book.dump()
    join(book, li)
    assert book.dump() == before


def test_settings_stay_with_their_book(book: Book, li: Book) -> None:
    """Language, city, profiles."""
    li("config", "city", "重庆")
    settings = book.sql("SELECT key, value FROM setting ORDER BY key")
    join(book, li)
    assert book.sql("SELECT key, value FROM setting ORDER BY key") == settings


def test_a_process_that_is_not_here_comes_with_its_leads(book: Book) -> None:
    """And goes with undo."""
    wang = rep_book(book, "王芳")
    add_process(wang, "oil", signoffs=[{"code": "boss", "titles": {"zh": "老板", "en": "boss"}}])
    wang("add", "甲厂", "--process", "oil")
    assert join(book, wang)[0]["processes"] == ["oil"]
    assert book.show("甲厂")["process"] == "oil"
    sound(book)
    book("undo")
    assert book.sql("SELECT count(*) FROM process WHERE code = 'oil'") == [(0,)]


def test_a_stage_that_is_not_here_is_refused_by_name(book: Book, tmp_path: Path) -> None:
    """With what to do; nothing is joined, not even the sound book before it."""
    li = rep_book(book, "李想")
    li("add", "好的店")
    wang = rep_book(book, "王芳")
    own = tmp_path / "own.toml"
    text = wang("process", "show", "film-4s", "--toml").out
    own.write_text(text.replace('code = "qualified"', 'code = "checked"', 1), "utf-8")
    wang("process", "edit", "film-4s", str(own), code=None)
    wang("add", "甲店")
    wang("advance", "1", "--force", "--why", "试", code=None)
    assert wang.show("1")["stage"] == "checked"
    said = book.refuse(1, "team", "join", str(li.path), str(wang.path)).err
    assert "checked" in said and "film-4s" in said and "process edit" in said


def test_a_rep_of_the_same_name_is_told_apart(book: Book) -> None:
    """--as: owner and author of all that the other rep wrote; without it both count as one, which is said."""
    other = rep_book(book, "陈磊", "laptop")
    other("add", "甲店")
    other("log", "1", "去过了", "--no-next")
    assert "陈磊" in book("team", "join", str(other.path), "--dry-run").err
    assert book.sql("SELECT count(*) FROM lead") == [(0,)]
    done = book("team", "join", str(other.path), "--as", "小陈", "--json")
    assert (done.json["rep"], done.err) == ("小陈", "")
    lead = book.show("1")
    assert (lead["owner"], lead["registered_by"], lead["followup_list"][0]["by"]) == ("小陈", "小陈", "小陈")
    before = book.dump()
    book("team", "join", str(other.path), "--as", "小陈")
    assert book.dump() == before
    book.refuse(2, "team", "join", "a.db", "b.db", "--as", "小陈")


def test_what_is_no_book_is_refused(book: Book, li: Book, tmp_path: Path) -> None:
    """Its own file, none, a text, another program's database, a damaged one, one that is in use: by name."""
    book.refuse(2, "team", "join")
    assert "没有动它" in book.refuse(1, "team", "join", str(book.path)).err
    link = tmp_path / "same.db"
    os.link(book.path, link)
    book.refuse(1, "team", "join", str(link))
    link.unlink()
    book.refuse(3, "team", "join", str(tmp_path / "none.db"))
    text = tmp_path / "text.db"
    text.write_text("没有账本" * 100, "utf-8")
    book.refuse(5, "team", "join", str(li.path), str(text))
    text.write_bytes(b"")
    book.refuse(5, "team", "join", str(text))
    foreign = tmp_path / "foreign.db"
    connection = sqlite3.connect(foreign)
    connection.execute("CREATE TABLE lead (id INTEGER)")
    connection.close()
    book.refuse(5, "team", "join", str(foreign))
    sound_bytes = li.path.read_bytes()
    half = tmp_path / "half.db"
    half.write_bytes(sound_bytes[: len(sound_bytes) // 2])
    book.refuse(5, "team", "join", str(li.path), str(half))
    rotten = tmp_path / "rotten.db"
    rotten.write_bytes(sound_bytes.replace("送了样".encode(), "送了羊".encode(), 1))
    book.refuse(5, "team", "join", str(rotten))
    (tmp_path / "李想.db-journal").write_bytes(b"x" * 600)
    book.refuse(5, "team", "join", str(li.path))


@pytest.mark.parametrize("version", [1, 2])
def test_an_older_book_is_brought_up_in_a_copy(book: Book, version: int, tmp_path: Path) -> None:
    """The file stays of its version."""
    path = tmp_path / "older.db"
    path.write_bytes(gzip.decompress((ROOT / "tests" / "fixtures" / f"book_v{version}.db.gz").read_bytes()))
    before = path.read_bytes()
    assert book("team", "join", str(path), "--json").json["added"] > 0
    assert path.read_bytes() == before
    sound(book)


def test_a_dry_run_tells_and_changes_nothing(book: Book, li: Book) -> None:
    """The same figures."""
    before = book.dump()
    tried = book("team", "join", str(li.path), "--dry-run", "--json").json
    assert book.dump() == before
    assert join(book, li) == [tried]


def test_a_kill_in_the_middle_leaves_nothing(book: Book) -> None:
    """kill -9 while a dozen books come in: the book is as it was."""
    others = []
    for number in range(12):
        other = rep_book(book, f"业务{number}")
        sheet = other.path.with_suffix(".csv")
        rows = [f"店{number}-{row},武侯区,2026-11-0{row % 9 + 1},聊过" for row in range(150)]
        sheet.write_text("\n".join(["名称,区域,上次跟进,备注", *rows]), "utf-8")
        other("import", str(sheet))
        others.append(str(other.path))
    before = tables(book)
    environ = {
        **os.environ,
        "SALESFLOW_DB": str(book.path),
        "SALESFLOW_NOW": book.now,
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "salesflow", "team", "join", *others, "--json"]
    journal = Path(f"{book.path}-journal")
    running = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while running.poll() is None and not (journal.exists() and journal.stat().st_size):
        time.sleep(0.005)
    time.sleep(0.2)
    assert running.poll() is None, "it was over before it could be killed"
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert tables(book) == before
    sound(book)
    done = subprocess.run(command, env=environ, capture_output=True, check=True)
    assert sum(one["added"] for one in json.loads(done.stdout)) == 1800
    sound(book)


def test_what_was_merged_over_there_is_counted_once_here(book: Book) -> None:
    """Two leads of the other book, both here, became one there: none of what hung on them comes twice."""
    li = rep_book(book, "李想")
    li("add", "华星", "--grade", "B", now="2026-11-02T09:00")
    li("add", "华星宝马", "--contact", "赵总 13900001202", "--anyway", now="2026-11-02T09:00")
    li("visit", "2", "去了", "--next", "2026-12-05 送样", now="2026-11-03T09:00")
    li("order", "2", "3万", "--no-advance", now="2026-11-03T10:00")
    join(book, li)
    book("visit", "2", "又去了", now="2026-11-04T09:00")
    li("merge", "1", "2", "--yes", now="2026-11-05T09:00")
    li("visit", "1", "还去了", now="2026-11-06T09:00")
    join(book, li)
    sound(book)
    assert book.sql("SELECT id, followups FROM lead") == [(1, 1), (2, 2)]
    for table in ("followup", "contact", "promise", "sales_order"):
        assert book.sql(f"SELECT uid FROM {table} GROUP BY uid HAVING count(*) > 1") == []
    before = tables(book)
    join(book, li)
    assert tables(book) == before


@pytest.mark.parametrize("later", ["here", "there"])
def test_a_lead_that_both_books_moved_is_where_the_last_move_brought_it(book: Book, later: str) -> None:
    li = rep_book(book, "李四")
    li("add", "蓝天奥迪", "--next", "2026-11-20", now="2026-11-02T09:00")
    join(book, li, now="2026-11-03T09:00")
    lost, parked = ("2026-11-10T09:00", "2026-11-12T09:00")[:: 1 if later == "here" else -1]
    li("lose", "1", "--reason", "price", now=lost)
    book("park", "1", "--reason", "other", "--why", "等", "--until", "2026-12-01", now=parked)
    li("edit", "1", "--tag", "甲", now="2026-11-14T09:00")  # whoever wrote last moved nothing with it
    join(book, li, now="2026-11-15T09:00")
    lead = book.show(1)
    there = ("lost", None)
    assert (lead["status"], lead["next_date"]) == (("parked", "2026-12-01") if later == "here" else there)
    assert lead["tags"] == ["甲"]
    sound(book)


def test_moves_of_two_books_stand_in_the_order_of_time(book: Book) -> None:
    """So a sheet of stages finds its place among them, whichever book told of them.

    Here it went on on the 9th and was lost on the 12th, there parked on the 5th and open again on the 7th:
    info (5) parked (7) open (9) qualified (12) lost. A sheet of stages adds the 15th: open, and so it stays open.
    """
    li = rep_book(book, "李四")
    li("add", "蓝天奥迪", now="2026-11-02T09:00")
    join(book, li, now="2026-11-03T09:00")
    book("advance", "1", "--force", "--why", "试", now="2026-11-09T09:00")
    book("lose", "1", "--reason", "price", now="2026-11-12T09:00")
    li("park", "1", "--reason", "other", "--why", "等", "--until", "2026-12-01", now="2026-11-05T09:00")
    li("reopen", "1", now="2026-11-07T09:00")
    join(book, li, now="2026-11-13T09:00")
    first, second = (stage for (stage,) in book.sql("SELECT DISTINCT to_stage FROM move ORDER BY id"))
    moves = "SELECT at, from_stage, to_stage, from_status, to_status FROM move ORDER BY id"
    told = [
        ("2026-11-05T09:00", first, first, "open", "parked"),
        ("2026-11-07T09:00", first, first, "parked", "open"),
        ("2026-11-09T09:00", first, second, "open", "open"),
        ("2026-11-12T09:00", second, second, "open", "lost"),
    ]
    assert book.sql(moves) == told
    assert (book.show(1)["stage"], book.show(1)["status"]) == (second, "lost")
    sound(book)
    before = book.dump()
    join(book, li)
    assert book.dump() == before
    sheet = book.path.with_name("stages.csv")
    sheet.write_text("lead,status,at\n蓝天奥迪,open,2026-11-15\n", "utf-8")
    book("import", str(sheet), "--kind", "stages")
    assert book.sql(moves) == [*told, ("2026-11-15T00:00", second, second, "lost", "open")]
    assert (book.show(1)["stage"], book.show(1)["status"]) == (second, "open")
    sound(book)
    book("undo", "2")
    assert book.show(1)["status"] == "lost" and len(book.sql(moves)) == 2
    book("redo")
    assert book.sql(moves) == told


def test_a_deal_told_late_stays_behind_what_was_told_before_it(book: Book) -> None:
    """A lead went on on the 10th; its order of the 5th, told on the 11th, is the last that the book knows.

    Here it was parked on the 4th, before both.
    """
    li = rep_book(book, "李四")
    li("add", "蓝天奥迪", now="2026-11-02T09:00")
    join(book, li, now="2026-11-03T09:00")
    li("advance", "1", "--force", "--why", "试", now="2026-11-10T09:00")
    li("order", "1", "5万", "--at", "2026-11-05", now="2026-11-11T09:00")
    book("park", "1", "--reason", "other", "--why", "等", now="2026-11-04T09:00")
    join(book, li, now="2026-11-13T09:00")
    assert [at[8:10] for (at,) in book.sql("SELECT at FROM move ORDER BY id")] == ["04", "10", "05"]
    assert (book.show(1)["stage"], book.show(1)["status"]) == (li.show(1)["stage"], "parked")
    sound(book)


@pytest.mark.parametrize(("lang", "line"), [("zh", "2 家，新 1，"), ("en", "2 leads, new 1, ")])
def test_a_lead_that_becomes_one_with_ours_is_not_told_as_new(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, line: str
) -> None:
    other = Book(tmp_path / "other.db", monkeypatch)
    other("init")
    for one in (book, other):
        one("config", "rep", "李想")
        one("add", "华星宝马")
    other("add", "乙店")
    told = book("team", "join", str(other.path), lang=lang).out
    assert line in told and told.rstrip().endswith(" 1")
