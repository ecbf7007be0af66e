"""``forget``: a person gone from the book, its history and the bytes of its file (reliability.md, P10, J2, J10)."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from pathlib import Path

import canary
import pytest
from kit import Book, filled

from salesflow import db_compact
from salesflow.actions import forget as action
from salesflow.actions.forget_words import Veil, Wanted
from salesflow.store import forgetting

MARK = "〔已删除〕"
PERSON = (canary.PHONE, canary.NAME, "Jin Sique", "canary_wx", "canary@example.com", "13900007777")
PRIVATE = ("爱打高尔夫", "脾气急躁", "太太姓柳", "同学老白", "06-17")


def fill_bank(book: Book) -> None:
    """A person who stands in every corner of a book, in every spelling, under an earlier name and number too."""
    book("config", "city", "成都")
    book(
        "add",
        "华星宝马",
        "--phone",
        f"028-85551234 / {canary.PHONE}",
        "--contact",
        "金丝鸟 13900007777 buyer",
    )
    book("contact", "edit", "1", "金丝鸟", "--name", canary.NAME, "--phone", "139-0000-9999")
    book("contact", "edit", "1", canary.NAME, "--wechat", "canary_wx", "--email", "canary@example.com")
    book("contact", "edit", "1", canary.NAME, "--hobbies", PRIVATE[0], "--character", PRIVATE[1])
    book("contact", "edit", "1", canary.NAME, "--family", PRIVATE[2], "--friends", PRIVATE[3])
    book("contact", "edit", "1", canary.NAME, "--birthday", PRIVATE[4], "--attitude", "中立")
    book("contact", "1", "李梅", "13800001111", "--friends", f"{canary.NAME}的同学")
    book("log", "1", f"见了{canary.NAME}，打 139 0000 9999 或 １３９００００９９９９", "--with", canary.NAME)
    book(
        "log",
        "1",
        f"金 丝 雀说行 {canary.PHONE}",
        "--next",
        f"明天 找{canary.NAME}送样",
        "--key",
        f"k{canary.PHONE}",
    )
    book("contact", "1", "--json")
    book("edit", "1", "--set", f"联系窗口={canary.NAME} +86 {canary.PHONE}", "--key", "show-1", "--json")
    book(
        "next",
        "1",
        "后天",
        "--why",
        f"{canary.NAME}出差",
        "--keeper",
        canary.NAME,
        "--booked-by",
        canary.NAME,
    )
    book("objection", "1", "太贵", "--with", canary.NAME, "--answer", f"给{canary.NAME}算过账")
    book("competitor", "1", "乙膜", "--supporter", canary.NAME)
    book("quote", "plan", "1", "--accepted", "350", "--from", canary.NAME)
    book("incident", "1", f"{canary.NAME}投诉起泡", "--due", "后天")
    book("add", "锦泰奥迪", "--note", f"{canary.NAME}介绍来的，wx canary_WX，Jin Sique <canary@example.com>")
    book("add", f"{canary.NAME}际贸易", "--contact", f"{canary.NAME}儿 13700001111")
    book("undo", "--yes")
    book("redo", "--yes")
    sheet = book.path.with_name("people.csv")
    sheet.write_text(f"店名,{canary.PHONE}\n新开的店,jinsique\n", "utf-8")
    book("import", str(sheet), "--save-profile", "sheet")
    sheet.unlink()


@pytest.fixture
def bank(book: Book) -> Book:
    """The same, copied."""
    return filled(book, fill_bank)


def held(book: Book, *words: str) -> list[str]:
    """Which words stand in the bytes of the book or its journal."""
    journal = Path(f"{book.path}-journal")
    data = book.path.read_bytes() + (journal.read_bytes() if journal.exists() else b"")
    return canary.in_bytes(data, *words)


def without(text: str) -> str:
    """The text without the lines of those whose names are longer, who stay."""
    return text.replace(f"{canary.NAME}际贸易", "").replace(f"{canary.NAME}儿", "")


def test_no_byte_is_left_and_the_history_still_agrees(bank: Book) -> None:
    assert set(held(bank, *PERSON, *PRIVATE)) >= {canary.PHONE, canary.NAME, "13900007777", *PRIVATE}
    whole = bank("export", "all", "-f", "jsonl").out
    done = bank("forget", "1", canary.NAME, "--yes")
    assert "1" in done.out and bank("check").out == ""
    found = bank("export", "all", "-f", "jsonl").out
    assert canary.in_bytes(without(found).encode(), *PERSON, *PRIVATE) == []
    assert canary.in_bytes(without(whole).encode(), canary.NAME) == [canary.NAME]
    assert held(bank, *(word for word in (*PERSON, *PRIVATE) if word != canary.NAME)) == []
    data = bank.path.read_bytes()
    others = data.count(f"{canary.NAME}际".encode()) + data.count(f"{canary.NAME}儿".encode())
    assert others and data.count(canary.NAME.encode()) == others
    assert [one["name"] for one in bank("contact", "1", "--json").json] == ["李梅"]
    assert bank.show()["phone"] == "028-85551234"
    assert MARK in bank("show", "1").out and MARK in bank("show", "2").out
    assert bank.show("新开的店")["custom"] == {MARK: MARK}  # a number as a header, a name in Latin letters


def test_everything_else_stays(bank: Book) -> None:
    """Nobody whose name holds theirs is touched, nor a count."""
    before = bank.show(3), bank.show(1)
    bank("forget", "1", canary.NAME, "--yes")
    after = bank.show(3), bank.show(1)
    assert after[0] == before[0]
    for key in ("followups", "visits", "reschedules", "stage", "next_date", "status"):
        assert after[1][key] == before[1][key]
    assert len(after[1]["followup_list"]) == len(before[1]["followup_list"])


def test_the_steps_before_can_be_taken_back_and_check_stays_silent(bank: Book) -> None:
    bank("forget", "1", canary.NAME, "--yes")
    bank("undo", "99", "--yes")
    assert bank("check").out == "" and bank("list").out.strip() == "没有符合的客户。"
    bank("redo", "99", "--yes")
    assert bank("check").out == ""
    assert held(bank, *(word for word in (*PERSON, *PRIVATE) if word != canary.NAME)) == []


def test_it_is_no_step_and_ends_what_could_be_done_again(bank: Book) -> None:
    bank("undo", "--yes")
    steps = bank.steps()
    bank("forget", "1", canary.NAME, "--yes")
    assert bank.steps() == steps + 0 and "没有" in bank("redo", code=1).err
    said = bank("history", "1").out
    assert said.count("彻底删掉了 1 号") == 1 and canary.NAME not in said
    assert bank("history").out.count("forget") == 1


@pytest.mark.parametrize("words", [[canary.PHONE], ["139 0000 9999"], ["canary@example.com"], ["canary_wx"]])
def test_found_by_number_and_account(bank: Book, words: list[str]) -> None:
    bank("forget", *words, "--yes")
    assert held(bank, canary.PHONE, "canary_wx") == []


def test_contact_forget_is_the_same_and_stdin_keeps_the_name_to_itself(bank: Book) -> None:
    other = bank.path.with_name("other.db")
    shutil.copy(bank.path, other)
    bank("contact", "forget", "1", canary.NAME, "--yes")
    bank("--db", str(other), "forget", "-", "--yes", stdin=f"1 {canary.NAME}\n")
    both = [bank("--db", str(path), "export", "all", "-f", "jsonl").out for path in (bank.path, other)]
    assert both[0] == both[1]


def test_somebody_taken_out_before_is_still_in_the_history_until_forgotten(bank: Book) -> None:
    bank("contact", "remove", "1", canary.NAME)
    assert canary.NAME in held(bank)
    assert "早先在" in bank("forget", canary.NAME, "--dry-run").err
    bank("forget", canary.NAME, "--yes")
    assert held(bank, canary.PHONE, *PRIVATE) == [] and bank("check").out == ""


def test_without_yes_off_a_terminal_nothing_happens_and_what_would_go_is_said(bank: Book) -> None:
    before = bank.path.read_bytes()
    done = bank("forget", "1", canary.NAME, code=2)
    assert bank.path.read_bytes() == before
    assert canary.NAME in done.err and "不能撤销" in done.err and "--yes" in done.err
    dry = bank("forget", "1", canary.NAME, "--dry-run", "--json").json
    assert bank.path.read_bytes() == before
    assert dry["people"] == [{"id": 1, "lead_id": 1}] and dry["elsewhere"] == [2, 4] and dry["dry_run"]


def test_a_terminal_asks_and_no_is_no(bank: Book) -> None:
    before = bank.path.read_bytes()
    assert "不能撤销" in bank("forget", "1", canary.NAME, tty=True, answers=[""]).err
    assert bank.path.read_bytes() == before
    bank("forget", "1", canary.NAME, tty=True, answers=["y"])
    assert held(bank, canary.PHONE) == []


def test_several_are_shown_and_all_is_said(book: Book) -> None:
    book("add", "甲店", "--contact", f"{canary.NAME} {canary.PHONE}")
    book("add", "乙店", "--contact", f"{canary.NAME} {canary.PHONE}", "--anyway")
    done = book.refuse(4, "forget", canary.NAME, "--yes", lines=3)
    assert "#1 甲店" in done.err and "#2 乙店" in done.err and "--all" in done.err
    assert book.refuse(4, "forget", canary.PHONE, "--yes", lines=3)
    one = book("forget", "#1", canary.NAME, "--yes")
    assert "#2" in one.err and held(book, canary.PHONE) == [canary.PHONE]  # it is another's number too
    book("forget", canary.NAME, "--all", "--yes")
    assert held(book) == [] and book("check").out == ""


def test_several_on_a_terminal_are_chosen(book: Book) -> None:
    book("add", "甲店", "--contact", f"{canary.NAME} {canary.PHONE}")
    book("add", "乙店", "--contact", f"{canary.NAME} {canary.PHONE}", "--anyway")
    book("forget", canary.NAME, tty=True, answers=["3", "y"])
    assert held(book) == []


@pytest.mark.parametrize(
    ("code", "words"),
    [(2, []), (3, ["没有这个人"]), (3, ["1", "没有这个人"]), (3, ["华星宝马"]), (3, ["#99"])],
)
def test_refusals(bank: Book, code: int, words: list[str]) -> None:
    assert "salesflow" in bank.refuse(code, "forget", *words, "--yes", lines=3).err or code == 3


def test_the_landline_of_the_firm_is_not_theirs(book: Book) -> None:
    book("add", "甲店", "--phone", "028-85551234", "--contact", f"{canary.NAME} 028-85551234 {canary.PHONE}")
    book("forget", canary.NAME, "--yes")
    assert book.show()["phone"] == "028-85551234" and held(book) == []


def test_a_lead_that_is_called_so_is_named_and_can_be_forgotten_whole(book: Book) -> None:
    book("add", canary.NAME, "--phone", canary.PHONE, "--contact", "李梅 13800001111", "--note", "自己的车")
    book("order", "1", "5.8万", "--no-advance")
    book("payment", "1", "1万")
    book("add", "乙店", "--referrer", "1", "--note", f"{canary.NAME}介绍，{canary.PHONE}")
    book("referral", "2", "1", code=None)
    assert "#1" in book.refuse(3, "forget", canary.NAME, "--yes").err
    done = book("forget", "#1", "--yes", "--json").json
    assert done["leads"] == [1] and done["people"] == [{"id": 1, "lead_id": 1}]
    assert held(book, *PERSON, "13800001111", "自己的车", "李梅") == []
    assert book("check").out == "" and [one["id"] for one in book("list", "--json").json] == [2]
    book("show", "1", code=3)
    book("undo", "99", "--yes")
    assert book("check").out == ""


def test_the_files_that_still_hold_them_are_named(bank: Book) -> None:
    folder = bank.path.parent
    bank("backup", str(folder / "copy.db"))
    bank("export", "contacts", "-o", str(folder / "people.xlsx"), "--with-personal", code=None)
    bank("export", "contacts", "-o", str(folder / "people.vcf"))
    (folder / "old.csv").write_bytes(f"店,人\n华星,{canary.NAME}\n".encode("gb18030"))
    (folder / "wide.txt").write_bytes("电话 139-0000-9999".encode("utf-16"))
    (folder / "harmless.csv").write_text("店,人\n华星,李梅\n", "utf-8")
    half = bank.path.read_bytes()[:-4096]
    (folder / "book.db.aside-20261101-0900").write_bytes(half)
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file() and path != bank.path}
    done = bank("forget", "1", canary.NAME, "--yes", "--json").json
    named = {Path(path).name for path in done["copies"]}
    assert named >= {"copy.db", "people.vcf", "old.csv", "wide.txt", "book.db.aside-20261101-0900"}
    assert "harmless.csv" not in named and bank.path.name not in named
    assert {path: path.read_bytes() for path in before} == before  # only read
    bank("--db", str(folder / "copy.db"), "forget", "1", canary.NAME, "--yes")
    again = bank("--db", str(folder / "copy.db"), "check")
    assert again.out == "" and canary.in_bytes((folder / "copy.db").read_bytes(), canary.PHONE) == []


def test_a_failure_in_the_middle_leaves_it_as_it_was(bank: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    before = bank.dump()
    for name in ("rewrite", "remove", "close_history", "end_redo", "tombstone"):
        with monkeypatch.context() as patch:

            def fail(*_: object) -> None:
                raise sqlite3.OperationalError("disk I/O error")

            patch.setattr(forgetting, name, fail)
            bank("forget", "1", canary.NAME, "--yes", code=5)
        assert bank.dump() == before and bank("check").out == ""


def test_the_bytes_are_gone_before_the_file_is_written_anew(
    bank: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between the commit and VACUUM nothing is left either; without secure_delete this test would see it."""
    plain = bank.path.with_name("plain.db")
    shutil.copy(bank.path, plain)
    monkeypatch.setattr(db_compact, "compact", lambda path: "")
    bank("forget", "1", canary.NAME, "--yes")
    assert held(bank, *PRIVATE, canary.PHONE) == []
    connection = sqlite3.connect(plain, isolation_level=None)
    connection.execute("PRAGMA secure_delete = OFF")
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("DELETE FROM history")
    connection.execute("DELETE FROM followup")
    connection.close()
    assert canary.PHONE in canary.in_bytes(plain.read_bytes())


def test_a_history_that_was_changed_by_hand_is_said_before_it_is_sealed_anew(bank: Book) -> None:
    connection = sqlite3.connect(bank.path)
    connection.execute("UPDATE operation SET command = 'lob' WHERE command = 'log'")
    connection.commit()
    connection.close()
    assert "改动过" in bank("forget", "1", canary.NAME, "--yes").err
    assert bank("check").out == ""


def test_an_answer_kept_for_a_key_has_nothing_personal_left(bank: Book) -> None:
    bank("contact", "1", canary.NAME, "--title", "主管", "--key", "person", "--json")
    bank("forget", "1", canary.NAME, "--yes")
    kept = [json.loads(row[0])["out"] for row in bank.sql("SELECT answer FROM answered")]
    assert kept and canary.in_bytes("".join(kept).encode(), *PERSON, *PRIVATE) == []


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_the_file_written_anew_is_the_owners_alone(bank: Book) -> None:
    bank("forget", "1", canary.NAME, "--yes")
    assert bank.path.stat().st_mode & 0o077 == 0


def test_what_was_written_in_own_words_where_others_have_codes_is_gone_too(book: Book) -> None:
    book("add", "华星宝马", "--contact", f"{canary.NAME} {canary.PHONE}")
    book("competitor", "1", "龙膜", "--relation", f"老板是{canary.NAME}的表弟 {canary.PHONE}")
    book("forget", canary.NAME, "--yes")
    assert canary.in_bytes(book.path.read_bytes(), canary.NAME, canary.PHONE) == []
    assert book.show(1)["competitors"][0]["relation"] == f"老板是{MARK}的表弟 {MARK}"
    assert book("check").out == ""


def veil(*names: str, phones: tuple[str, ...] = (), longer: tuple[str, ...] = ()) -> Veil:
    """What looks for these."""
    return Veil(Wanted(names=set(names), phones=set(phones)), MARK, longer)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("找王建国谈", f"找{MARK}谈"),
        ("找王 建国 谈", f"找{MARK} 谈"),
        ("王建国际贸易的王建国", f"王建国际贸易的{MARK}"),
        ("WANG Jianguo, jianguo wang", f"{MARK}, {MARK}"),
        ("wangjianguo@qq.com", f"{MARK}@qq.com"),
        ("awangjianguo", "awangjianguo"),
        ("打13900009999或139-0000-9999", f"打{MARK}或{MARK}"),
        ("+86 139 0000 9999", MARK),
        ("合同号 2139000099991", "合同号 2139000099991"),
        ('{"a": "王建国", "b": [1, "x"]}', f'{{"a":"{MARK}","b":[1,"x"]}}'),
        ("[没接] 王建国", f"[没接] {MARK}"),
    ],
)
def test_what_a_text_becomes(text: str, left: str) -> None:
    shown = veil("王建国", phones=("13900009999",), longer=("王建国际贸易",)).text(text, own=False)
    assert shown == left


def test_a_name_that_tells_nobody_is_only_looked_for_at_home() -> None:
    for name in ("王经理", "老王", "Li"):
        shown = veil(name)
        assert shown.text(f"见{name} ", own=False) == f"见{name} "
        assert MARK in shown.text(f"见 {name} ", own=True)


def test_every_column_for_people_is_gone_through() -> None:
    """A new column of text is prose until somebody says that it is a code."""
    assert {"note", "learned", "did", "feedback", "progress", "result", "hook"} <= set(
        forgetting.prose("followup")
    )
    assert {"name", "short", "address", "phone", "custom", "tags", "note"} <= set(forgetting.prose("lead"))
    assert forgetting.references("followup") == [("lead_id", "lead", True), ("contact_id", "contact", False)]
    assert action.Plan.__doc__
