"""The book: made, opened, undone, checked, backed up, restored (cli.md; reliability.md B, D, G, H)."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from pathlib import Path

import pytest
from kit import Book, filled

from salesflow import db_step

posix = pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")


def fill_shop(book: Book) -> None:
    """A shop with a person, a visit, a promise and an order."""
    book("add", "华星宝马", "--contact", "王建国 13900001234", "-g", "A")
    book("visit", "1", "报了368 下次周五送报价")
    book("order", "1", "5.8万")


@pytest.fixture
def shop(book: Book) -> Book:
    """A shop with a person, a visit, a promise and an order."""
    return filled(book, fill_shop)


def mode(path: Path) -> int:
    """The permission bits of a file."""
    return stat.S_IMODE(path.stat().st_mode)


def damage(path: Path, *statements: str) -> None:
    """Change the book as a disk or another program would: behind the back of its triggers."""
    connection = sqlite3.connect(path, isolation_level=None)
    kept = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in kept:
        connection.execute(f"DROP TRIGGER {name}")
    for sql in statements:
        connection.execute(sql)
    for _, sql in kept:
        connection.execute(sql)
    connection.close()


# every writing command is one step

STEPS = [
    ["add", "锦泰奥迪"],
    ["log", "1", "聊了聊"],
    ["visit", "1", "看了"],
    ["call", "1", "没接"],
    ["next", "1", "下周三"],
    ["next", "1", "--no-next"],
    ["advance", "1", "--force", "--why", "x"],
    ["park", "1", "--reason", "season"],
    ["lose", "1", "--reason", "price"],
    ["edit", "1", "--set", "area=武侯区", "--goal", "5万"],
    ["contact", "1", "李四", "13900009999"],
    ["contact", "edit", "1", "王建国", "--role", "buyer"],
    ["contact", "remove", "1", "王建国"],
    ["tag", "1", "重点"],
    ["order", "1", "1万"],
    ["config", "city", "成都"],
]


@pytest.mark.parametrize("words", STEPS, ids=" ".join)
def test_every_writing_command_is_one_step_that_undo_and_redo_walk(shop: Book, words: list[str]) -> None:
    def rows() -> list[str]:
        # all but what keeps the history itself
        return [line for line in shop.dump() if not line.startswith(('INSERT INTO "operation"', 'INSERT INTO "history"',
                                                                     'INSERT INTO "sqlite_sequence"'))]  # fmt: skip

    if words[0] == "advance":
        shop("undo")  # the order made it a customer
    before, steps = rows(), shop.steps()
    shop(*words)
    after = rows()
    assert after != before and shop.steps() == steps + 1
    assert shop.sql("SELECT count(*) FROM operation WHERE open IS NOT NULL") == [(0,)]
    assert (
        shop.sql("SELECT count(*) FROM history WHERE operation_id = (SELECT max(id) FROM operation)")[0][0]
        >= 1
    )
    assert shop("check").out == ""
    shop("undo")
    assert rows() == before
    assert shop("check").out == ""
    shop("redo")
    assert rows() == after
    assert shop("check").out == ""


@pytest.mark.parametrize("words", STEPS, ids=" ".join)
def test_every_writing_command_answers_in_json_with_the_record(shop: Book, words: list[str]) -> None:
    if words[0] == "advance":
        shop("undo")
    answer = shop(*words, "--json").json
    if words[0] in ("add", "log", "visit", "call", "next", "advance", "park", "lose", "edit"):
        assert answer == answer | shop.show(answer["id"])


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("words", STEPS, ids=" ".join)
def test_answers_speak_one_language(shop: Book, words: list[str], lang: str) -> None:
    if words[0] == "advance":
        shop("undo")
    shop("config", "rep", "Chen")
    done = shop(*words, lang=lang, tty=True, answers=["", "", ""])
    ours = done.out + done.err
    for theirs in ("华星宝马", "锦泰奥迪", "王建国", "李四", "武侯区", "重点", "成都", "送报价", "汽车膜进"):
        ours = ours.replace(theirs, "")
    chinese = any("\u4e00" <= char <= "\u9fff" for char in ours)
    assert chinese == (lang == "zh") or ours.strip() == "city =", done


def test_undo_takes_back_n_steps_and_goes_further(shop: Book) -> None:
    shop("undo")
    assert shop.show()["stage"] == "info"
    shop("undo", "2")
    assert shop("list", "--json").json == []
    shop("redo", "3")
    assert shop.show()["stage"] == "customer"
    shop.refuse(1, "redo")


def test_undo_stops_where_nothing_is_left(book: Book) -> None:
    book.refuse(1, "undo")
    book.refuse(2, "undo", "0")
    book.refuse(2, "undo", "-1")
    book.refuse(2, "undo", "x")


def test_undo_of_more_than_there_is_takes_all(shop: Book) -> None:
    shop("undo", "99")
    assert shop("list", "--json").json == []


def test_a_new_step_ends_what_could_be_redone(shop: Book) -> None:
    shop("undo")
    shop("log", "1", "又聊了")
    shop.refuse(1, "redo")
    shop("undo")
    shop("redo")  # the newer one alone
    assert (shop.show()["followups"], shop.show()["stage"]) == (2, "info")
    shop.refuse(1, "redo")


def test_ids_are_not_given_twice(shop: Book) -> None:
    shop("add", "锦泰奥迪")
    shop("undo")
    assert shop("add", "西部奔驰").out == "3\n"


def test_undo_shows_what_it_will_reverse_and_asks_on_a_terminal(shop: Book) -> None:
    before = shop.dump()
    done = shop("undo", "2", tty=True, answers=["n"])
    assert "order" in done.err and "visit" in done.err and "华星宝马" in done.err
    assert shop.dump() == before
    shop("undo", tty=True, answers=["y"])
    shop("undo", "--yes", tty=True)
    assert shop.show()["followups"] == 0


def test_undo_list_and_history_show_the_steps(shop: Book) -> None:
    shop("undo")
    steps = shop("undo", "--list", "--json").json
    assert [(one["command"], one["undone"]) for one in steps] == [
        ("undo", False),
        ("order", True),
        ("visit", False),
        ("add", False),
    ]
    every = shop("history", "--json").json
    assert every[:-1] == steps and every[-1]["command"] == "init"


def test_undo_refuses_when_a_row_has_changed_since(shop: Book) -> None:
    damage(shop.path, "UPDATE lead SET stage = 'prospect' WHERE id = 1")
    assert "order" in shop.refuse(1, "undo").err


def test_backup_check_and_export_are_no_steps(shop: Book) -> None:
    steps = shop.steps()
    shop("backup")
    shop("check")
    shop("export", "leads", "-f", "csv")
    assert shop.steps() == steps


# check

DAMAGE = {
    "history": ("UPDATE lead SET name = '华星宝骏' WHERE id = 1", "lead 1: name"),
    "history of a note": ("UPDATE followup SET note = '报了386 下次周五送报价'", "followup 1: note"),
    "history of an order": ("UPDATE sales_order SET amount_fen = 5900000", "sales_order 1: amount_fen"),
    "history of a row that is gone": ("DELETE FROM sales_order", "sales_order 1"),
    "references": ("PRAGMA foreign_keys = OFF; UPDATE followup SET contact_id = 99", "followup 1"),
    "operations": ("UPDATE operation SET open = 1 WHERE id = 1", "operation 1"),
    "counts": ("UPDATE lead SET visits = 7", "lead 1"),
    "promises": ("UPDATE lead SET next_date = '2026-11-26'", "lead 1"),
    "stages": ("UPDATE lead SET stage = 'nowhere'", "nowhere"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_check_finds_damage_and_names_it(shop: Book, name: str) -> None:
    sql, where = DAMAGE[name]
    damage(shop.path, *sql.split("; "))
    done = shop("check", "--json", code=5).json
    assert done["ok"] is False
    found = [one for one in done["problems"] if one["check"] == name.split()[0]]
    assert any(where in one["where"] for one in found), done
    assert where in shop("check", code=5).out
    assert where in shop("check", code=5, lang="en").out


def test_check_names_all_failures_at_once(shop: Book) -> None:
    damage(shop.path, "UPDATE lead SET visits = 7, stage = 'nowhere', next_date = '2026-11-26'")
    found = {one["check"] for one in shop("check", "--json", code=5).json["problems"]}
    assert {"history", "counts", "promises", "stages"} <= found


def test_a_flipped_byte_in_a_text_is_found(shop: Book) -> None:
    raw = bytearray(shop.path.read_bytes())
    places = [at for at in range(len(raw)) if raw.startswith("报了368".encode(), at)]
    for place in places:
        flipped = bytearray(raw)
        flipped[place + 6] ^= 1  # 3 is 2 now
        shop.path.write_bytes(flipped)
        assert shop("check", code=5).out
    shop.path.write_bytes(raw)
    assert shop("check") == (0, "", "")


def test_invalid_utf_8_in_a_cell_is_found_and_not_a_defect(shop: Book) -> None:
    raw = shop.path.read_bytes()
    shop.path.write_bytes(raw.replace("报了368".encode(), b"\xe6\x8a\xff\xe4\xba\x86368"))
    done = shop("check", code=5)
    assert "defect" not in done.err and "程序出错" not in done.err
    for words in ("show 1", "today", "find 368", "history 1"):
        assert "程序出错" not in shop(*words.split(), code=None).err


def test_check_is_silent_when_all_is_well(shop: Book) -> None:
    assert shop("check") == (0, "", "")
    found = shop("check", "--json").json
    assert (found["ok"], found["problems"]) == (True, [])


# made and opened


@posix
def test_the_book_is_its_owners_alone(book: Book, tmp_path: Path) -> None:
    os.umask(0)
    try:
        book.path = tmp_path / "new.db"
        book("init")
        assert mode(book.path) == 0o600
        book("backup")
        folder = tmp_path / "new.db.backups"
        assert mode(folder) == 0o700 and {mode(path) for path in folder.iterdir()} == {0o600}
        book("backup", str(tmp_path / "copy.db"))
        assert mode(tmp_path / "copy.db") == 0o600
    finally:
        os.umask(0o022)


@posix
def test_the_first_writing_command_makes_the_default_book(book: Book, tmp_path: Path) -> None:
    home = tmp_path / "home"
    where = {"SALESFLOW_DB": "", "XDG_DATA_HOME": str(home)}
    assert "import" in book(**where).out
    book("list", **where, code=3)
    made = book("add", "华星宝马", **where)
    assert made.out == "1\n" and "salesflow.db" in made.err
    path = home / "salesflow" / "salesflow.db"
    assert (mode(path), mode(path.parent)) == (0o600, 0o700)
    assert book("add", "锦泰", **where).err == ""


@posix
def test_an_import_that_is_only_tried_makes_no_book(book: Book, tmp_path: Path) -> None:
    home = tmp_path / "home"
    file = tmp_path / "list.csv"
    file.write_text("店名\n锦泰\n", "utf-8")
    done = book("import", str(file), "--dry-run", code=3, SALESFLOW_DB="", XDG_DATA_HOME=str(home))
    assert "init" in done.err and not home.exists()


@posix
def test_log_new_makes_the_default_book_too(book: Book, tmp_path: Path) -> None:
    where = {"SALESFLOW_DB": "", "XDG_DATA_HOME": str(tmp_path / "home")}
    done = book("call", "华星宝马", "问价格 下次周五报价", "--new", **where)
    assert "#1 华星宝马" in done.out and "11-27 周五" in done.out and "salesflow.db" in done.err
    book("call", "锦泰奥迪", "问价格", **where, code=3)


def test_a_named_book_that_is_not_there_is_three(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "typo.db"
    for words in ("today", "add x", "log 1 x", "list", "check", "backup", "undo", "config lang en"):
        done = book("--db", str(path), *words.split(), code=3)
        assert "init" in done.err and not path.exists()


def test_init_touches_no_book_that_is_there(shop: Book) -> None:
    assert str(shop.path) in shop.refuse(1, "init").err


def test_init_below_a_file_says_that_no_folder_is_there(book: Book, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x", "utf-8")
    result = book("--db", str(file / "x.db"), "init", code=5)
    assert str(file / "x.db") in result.err and "不是文件夹" in result.err
    assert file.read_text("utf-8") == "x"


def test_the_rep_is_named_with_init(book: Book, tmp_path: Path) -> None:
    book.path = tmp_path / "new.db"
    book("init", "--rep", "李敏")
    assert book("config", "rep", "--json").json == {"rep": "李敏"}
    assert [one["command"] for one in book("history", "--json").json] == ["init"]


BAD_FILES = {
    "text": b"just some words, not a database at all, but long enough to have a hundred bytes in it " * 3,
    "short text": b"hello",
    "zero": b"",
    "random": bytes(range(256)) * 16,
    "header only": b"SQLite format 3\0",
}


@pytest.mark.parametrize("name", BAD_FILES)
@pytest.mark.parametrize("words", ["today", "add x", "check", "backup"])
def test_a_file_that_is_no_book_is_refused_untouched(
    book: Book, tmp_path: Path, name: str, words: str
) -> None:
    path = tmp_path / "bad.db"
    path.write_bytes(BAD_FILES[name])
    for lang in ("zh", "en"):
        done = book("--db", str(path), *words.split(), code=5, lang=lang)
        assert done.out == "" and 1 <= done.err.count("\n") <= 2 and "Traceback" not in done.err
    assert path.read_bytes() == BAD_FILES[name]
    assert os.listdir(tmp_path).count("bad.db-journal") == 0


def test_a_foreign_and_a_newer_book_are_refused_untouched(shop: Book, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.db"
    connection = sqlite3.connect(foreign)
    connection.execute("CREATE TABLE lead (id)")
    connection.close()
    newer = tmp_path / "newer.db"
    shutil.copy(shop.path, newer)
    connection = sqlite3.connect(newer)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    for path, part in ((foreign, "foreign"), (newer, "99")):
        raw = path.read_bytes()
        for words in ("today", "add x"):
            assert part in shop("--db", str(path), *words.split(), code=5).err
        assert path.read_bytes() == raw


def test_a_book_that_is_no_file_is_refused(shop: Book, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(shop.path)
    for path in (tmp_path, link, Path("/dev/null")):
        assert shop("--db", str(path), "today", code=5).err.count("\n") <= 2


def test_an_injected_trigger_is_noticed(shop: Book) -> None:
    connection = sqlite3.connect(shop.path)
    connection.execute("CREATE TRIGGER evil AFTER INSERT ON lead BEGIN DELETE FROM followup; END")
    connection.close()
    shop("add", "x", code=5)
    shop("today", code=5)


def test_half_a_book_and_a_zeroed_page_are_five(shop: Book) -> None:
    raw = shop.path.read_bytes()
    for content in (raw[: len(raw) // 2], raw[:8192] + bytes(4096) + raw[12288:]):
        shop.path.write_bytes(content)
        for words in ("today", "check", "add x", "show 1"):
            done = shop(*words.split(), code=None)
            assert done.code in (0, 5) and "程序出错" not in done.err and "Traceback" not in done.err
        assert shop("check", code=None).code == 5


def test_every_flipped_header_byte_is_no_defect(shop: Book) -> None:
    raw = shop.path.read_bytes()
    for place in range(0, 100, 3):
        flipped = bytearray(raw)
        flipped[place] ^= 0xFF
        shop.path.write_bytes(flipped)
        for words in ("today", "list"):
            done = shop(*words.split(), code=None)
            assert done.code in (0, 5) and "程序出错" not in done.err, (place, done)


def test_a_locked_book_is_waited_for_and_then_named(shop: Book) -> None:
    shop.patch.setattr(db_step, "WAIT_SECONDS", 0.1)
    holder = sqlite3.connect(shop.path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        for lang in ("zh", "en"):
            done = shop("add", "x", code=5, lang=lang)
            assert str(shop.path) in done.err and done.err.count("\n") <= 2
        assert shop("today", code=5).out == ""
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    shop("add", "x")


def test_nothing_that_was_read_is_held_while_it_is_printed(shop: Book) -> None:
    before = os.stat(shop.path).st_mtime_ns
    holder = sqlite3.connect(shop.path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")  # somebody is about to write: reading goes on
    try:
        assert shop("today").code == shop("show", "1").code == 0
    finally:
        holder.close()
    assert os.stat(shop.path).st_mtime_ns == before


def test_a_clock_behind_the_book_is_said_and_not_refused(shop: Book) -> None:
    done = shop("log", "1", "x", now="2026-11-20T09:00")
    assert "2026-11-24 10:05" in done.err


# backup and restore


def test_a_backup_is_verified_and_listed(shop: Book) -> None:
    assert "1 家" in shop("backup").out
    made = shop("backup", "--json").json
    assert made["leads"] == 1 and Path(made["path"]).exists()
    listed = shop("backup", "--list", "--json").json
    assert len(listed) == 2 and [one["why"] for one in listed] == ["hand", "hand"]
    Path(listed[0]["path"]).write_bytes(b"")
    states = [one["state"] for one in shop("backup", "--list", "--verify", "--json").json]
    assert sorted(states) == ["bad", "good"]
    shop("backup", "--verify", listed[1]["path"])
    shop("backup", "--verify", listed[0]["path"], code=5)


def test_a_backup_overwrites_nothing(shop: Book, tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    there.write_text("mine")
    shop.refuse(1, "backup", str(there))
    assert there.read_text() == "mine"


def test_restore_makes_the_same_book_at_a_new_place(shop: Book, tmp_path: Path) -> None:
    shop("backup", str(tmp_path / "copy.db"))
    new = tmp_path / "new.db"
    shop("--db", str(new), "restore", str(tmp_path / "copy.db"))
    before = shop.dump()
    shop.path = new
    assert shop.dump() == before and mode(new) == 0o600
    shop("undo")
    assert shop.show()["stage"] == "info"


def test_restore_touches_no_sound_book_and_sets_a_damaged_one_aside(shop: Book, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    shop("backup", str(copy))
    shop("log", "1", "later")
    shop.refuse(1, "restore", str(copy))
    raw = shop.path.read_bytes()[:5000]
    shop.path.write_bytes(raw)
    done = shop("restore", str(copy), "--json").json
    assert Path(done["aside"]).read_bytes() == raw
    assert shop.show()["followups"] == 1


@pytest.mark.parametrize("name", BAD_FILES)
def test_restore_takes_no_bad_file(book: Book, tmp_path: Path, name: str) -> None:
    bad, new = tmp_path / "bad.db", tmp_path / "new.db"
    bad.write_bytes(BAD_FILES[name])
    book("--db", str(new), "restore", str(bad), code=5)
    book("--db", str(new), "restore", str(tmp_path / "none.db"), code=3)
    book("--db", str(new), "restore", code=2)
    assert not new.exists()


def test_restore_refuses_while_a_journal_lies_beside(shop: Book, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    shop("backup", str(copy))
    target = tmp_path / "gone.db"
    Path(f"{target}-journal").write_bytes(b"x" * 600)
    shop("--db", str(target), "restore", str(copy), code=5)
    assert not target.exists()


def test_a_copy_that_is_not_there_is_named(book: Book, tmp_path: Path) -> None:
    target = tmp_path / "fresh.db"
    said = book.refuse(3, "--db", str(target), "restore", str(tmp_path / "nix.db"))
    assert "backup --list" in said.err and not target.exists()
