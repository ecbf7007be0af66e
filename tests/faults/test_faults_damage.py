"""Damaged, wrong and hostile books (reliability.md D): a line and a code, nothing touched, everything found."""

from __future__ import annotations

import gzip
import os
import random
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from kit import Book
from soak import bitflips, damage, damaged, frame, salvage
from soak.registry import SOAKS, broken

from salesflow import schema
from salesflow.reports import check
from salesflow.store import replay

PAGE = 4096


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A book with something in every table, as bytes."""
    return damaged.book(tmp_path_factory.mktemp("everything")).read_bytes()


@pytest.fixture
def full(book: Book, everything: bytes) -> Book:
    """That book."""
    book.path.write_bytes(everything)
    book.path.chmod(0o600)
    return book


def zeroed(book: Book, table: str, last: bool = True) -> int:
    """The page of ``table`` that is all zeros now: its last leaf, or its first page."""
    content = bytearray(book.path.read_bytes())
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(bytes(content))
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    leaves = list(damaged.db_pages.Pages(content).leaves(root))
    page = leaves[-1] if last else root
    content[(page - 1) * PAGE : page * PAGE] = bytes(PAGE)
    book.path.write_bytes(content)
    return int(page)


def behind(book: Book, *statements: str) -> None:
    """What is done to the book past the program: its triggers sleep meanwhile, and are there again."""
    with closing(sqlite3.connect(book.path, isolation_level=None)) as connection:
        kept = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for sql in (
            "BEGIN",
            *(f"DROP TRIGGER {name}" for name, _ in kept),
            *statements,
            *(sql for _, sql in kept),
            "COMMIT",
        ):
            connection.execute(sql)


def held(name: str, count: int, figures: dict[str, float]) -> None:
    """Fails where a figure of the run is not held."""
    assert broken(SOAKS[name], count, figures) == [], (frame.SEED, figures)


# any damage: a line and a code


def test_damaged_books_under_every_command() -> None:
    held("damage", 150, damage.run(150))


def test_the_harness_of_damage_notices_what_it_is_there_for(full: Book) -> None:
    def crashes(words: list[str]) -> int:
        raise KeyError(words[0])

    def writes(words: list[str]) -> int:
        full.path.write_bytes(b"x")
        return 5

    full.path.write_bytes(b"no book of ours" * 20)
    assert "traceback" in {*damage.judged(full.path, "today", program=crashes)}
    assert [*damage.judged(full.path, "today", program=lambda words: 99)] == ["code"]
    assert [*damage.judged(full.path, "today", program=writes)] == ["touched"]


def test_each_byte_of_the_header_turned(full: Book, everything: bytes) -> None:
    """D8: whatever SQLite makes of it, a line and a code."""
    commands = ("today", "check", "add x", "list")
    full.environ["SALESFLOW_LANG"] = "en"
    for place in range(100):
        raw = bytearray(everything)
        raw[place] ^= 0xFF
        full.path.write_bytes(raw)
        done = full(*commands[place % 4].split(), code=None)
        assert done.code in (0, 5) and done.err.count("\n") <= 2, (place, done)
        assert "defect" not in done.err and "Traceback" not in done.err, (place, done)


def test_half_a_book_names_the_newest_good_copy(full: Book, everything: bytes) -> None:
    """D6: and where there is none, what else can be done."""
    old = full("backup", "--json", now="2026-11-22T09:00").json["path"]
    new = full("backup", "--json", now="2026-11-23T09:00").json["path"]
    full.path.write_bytes(everything[: len(everything) // 2])
    for words in ("today", "add x", "check", "show 1"):
        done = full(*words.split(), code=5)
        assert new in done.err and "restore latest" in done.err and done.err.count("\n") == 2, done
    Path(new).write_bytes(everything[:5000])
    assert old in full("today", code=5).err
    Path(old).unlink()
    assert "salesflow salvage" in full("today", code=5).err
    full.path.write_bytes(b"")
    assert full("today", code=5).err.count("\n") == 2


def test_a_damaged_page_is_found_by_the_first_step_of_a_day(full: Book) -> None:
    """D7: a table that the step does not touch; the same day does not look again."""
    full("add", "第一家", now="2026-11-24T09:00")
    steps = full.steps()
    zeroed(full, "spend")
    full("add", "第二家", now="2026-11-24T18:00")
    done = full("add", "第三家", now="2026-11-25T09:00", code=5)
    assert "salvage" in done.err and done.err.count("\n") == 2
    full("add", "第三家", now="2026-11-25T09:01", code=5)
    with closing(sqlite3.connect(full.path)) as connection:
        assert connection.execute("SELECT count(*) FROM operation WHERE kind = 'step'").fetchone() == (
            steps + 1,
        )


def test_looking_at_the_pages_is_no_step(full: Book) -> None:
    before = full("history", "--json").json
    full("add", "第一家", now="2026-11-25T09:00")
    full("undo", now="2026-11-25T09:01")
    assert full("history", "--json").json[2:] == before and full("check").out == ""


@pytest.mark.parametrize("words", ["today", "add x", "check"])
def test_a_log_of_another_state_of_the_book_is_not_played_into_it(
    full: Book, tmp_path: Path, words: str
) -> None:
    """D10: a write-ahead log beside a book that was never in that mode."""
    donor = tmp_path / "donor.db"
    shutil.copy(full.path, donor)
    with closing(sqlite3.connect(donor, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("CREATE TABLE evil (x)")
        wal = Path(f"{full.path}-wal")
        shutil.copy(f"{donor}-wal", wal)
    before = full.path.read_bytes(), wal.read_bytes()
    done = full(*words.split(), code=5)
    assert str(wal) in done.err and (full.path.read_bytes(), wal.read_bytes()) == before
    wal.unlink()
    assert full("check").out == ""


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TRIGGER evil AFTER INSERT ON lead BEGIN DELETE FROM followup; END",
        "CREATE VIEW evil AS SELECT load_extension('x')",
        "CREATE TEMP TRIGGER evil AFTER INSERT ON lead BEGIN SELECT 1; END",
        "CREATE INDEX evil ON lead (name COLLATE NOCASE)",
        "DROP TRIGGER lead_update",
        "ALTER TABLE lead ADD COLUMN evil TEXT",
    ],
)
def test_a_book_whose_tables_were_changed_is_refused(full: Book, sql: str) -> None:
    """D11: nothing of it runs, and nothing is written; a temporary trigger stays with whoever made it."""
    with closing(sqlite3.connect(full.path)) as connection:
        connection.execute(sql)
    before = full.path.read_bytes()
    code = 0 if "TEMP" in sql else 5
    for words in ("today", "check"):
        assert full(*words.split(), code=code).err.count("\n") <= 2
    if code:
        full("add", "x", code=5)
        assert full.path.read_bytes() == before


# silent damage: check finds it, names it, says what stood there


def test_a_bit_turned_anywhere_is_found() -> None:
    held("bitflips", 50, bitflips.run(50))


def test_the_harness_of_bits_notices_a_check_that_does_not_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "differing", lambda connection: iter(()))
    figures = bitflips.run(20)
    assert figures["text_missed"] > 0 and figures["trail_missed"] > 0
    assert broken(SOAKS["bitflips"], 20, figures)


EDITS: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "a name": (
        ("UPDATE lead SET name = '锦泰宝马' WHERE id = 2",),
        {"where": "lead 2: name", "lead_id": 2, "field": "name", "by_history": "锦泰奥迪", "now": "锦泰宝马"},
    ),
    "a sum of money": (
        ("UPDATE payment SET amount_fen = 600000 WHERE id = 2",),
        {"where": "payment 2: amount_fen", "lead_id": 1, "by_history": 6_000_000, "now": 600_000},
    ),
    "a text emptied": (
        ("UPDATE followup SET note = NULL WHERE id = 1",),
        {"where": "followup 1: note", "field": "note", "now": None},
    ),
    "a row taken out": (("DELETE FROM spend WHERE id = 1",), {"where": "spend 1: gone", "table": "spend", "id": 1}),
    "a row put in": (
        ("INSERT INTO setting (key, value) VALUES ('x', 'y')",),
        {"where": "setting 4: no history", "by_history": None},
    ),
    "an image": (
        ("UPDATE history SET after = replace(after, '锦泰奥迪', '锦泰宝马') WHERE table_name = 'lead' AND row_id = 2",),
        {"where": "lead 2: name", "by_history": "锦泰宝马", "now": "锦泰奥迪"},
    ),
    "what an image says was before": (
        ("UPDATE history SET before = '{\"value\":\"李雷\"}' WHERE table_name = 'product' AND before IS NOT NULL",),
        {"table": "product", "id": 2, "meaning": "历史里这一条和前面的对不上"},
    ),
    "a row and its image alike": (
        (
            "UPDATE lead SET address = '别处' WHERE id = 3",
            "UPDATE history SET after = json_set(after, '$.address', '别处') WHERE table_name = 'lead' AND row_id = 3",
        ),
        {"check": "seal"},
    ),
    "an image that nothing follows": (
        ("DELETE FROM history WHERE id = (SELECT max(id) FROM history)",),
        {"table": "followup"},
    ),
    "who did a step": (("UPDATE operation SET by = '李雷' WHERE id = 20",), {"check": "seal", "table": "operation"}),
    "when a step was done": (("UPDATE operation SET at = '2026-01-01T00:00' WHERE id = 50",), {"check": "seal"}),
    "which lead a step was of": (("UPDATE history SET lead_id = 4 WHERE id = 40",), {"check": "seal"}),
    "which step an image is of": (
        ("UPDATE history SET operation_id = operation_id - 1 WHERE id = 60",),
        {"check": "seal"},
    ),
    "a step taken back that was not": (
        ("UPDATE operation SET undone = 1 WHERE id = 20",),
        {"where": "operation 20: undone"},
    ),
    "the seal itself": (("UPDATE sqlite_sequence SET seq = seq || '0' WHERE name = 'seal'",), {"check": "seal"}),
}  # fmt: skip


@pytest.mark.parametrize("what", EDITS)
def test_whatever_was_edited_is_named_with_what_stood_there(full: Book, what: str) -> None:
    statements, told = EDITS[what]
    before = full.dump()
    behind(full, *statements)
    assert full.dump() != before
    found = full("check", "--json", code=5).json["problems"]
    (one, *_) = [one for one in found if one.items() >= told.items()] or [found]
    assert isinstance(one, dict), found
    assert one["do"] and one["meaning"]
    for lang in ("zh", "en"):
        lines = full("check", code=5, lang=lang).lines
        assert any(one["where"] in line for line in lines), lines


def test_a_line_of_check_says_lead_field_history_and_what_to_do(full: Book) -> None:
    behind(full, "UPDATE followup SET note = replace(note, '368', '386') WHERE id = 1")
    (line,) = [line for line in full("check", code=5, lang="en").lines if "followup 1: note" in line]
    for part in ("#1", "华星", "报了368", "报了386", "salesflow salvage"):
        assert part in line, line


def test_a_step_goes_on_in_a_book_of_which_nothing_is_sealed(full: Book) -> None:
    """As a program of the same version leaves it that knows of no seal."""
    behind(full, "DELETE FROM sqlite_sequence WHERE name IN ('seal', 'looked')")
    assert full("check").out == ""
    full("add", "新店")
    behind(full, "UPDATE operation SET by = '李雷' WHERE id = 2")
    assert full("check", "--json", code=5).json["problems"][0]["check"] == "seal"


def test_a_seal_that_is_gone_is_said_and_no_step_makes_it_anew(full: Book) -> None:
    full("add", "新店")
    behind(
        full,
        "DELETE FROM sqlite_sequence WHERE name = 'seal'",
        "UPDATE operation SET by = '李雷' WHERE id = 2",
    )
    for name in ("又一家", "再一家"):
        (found,) = full("check", "--json", code=5).json["problems"]
        assert found["check"] == "seal"
        full("add", name)


def test_an_id_that_would_be_given_out_again_is_said(full: Book, tmp_path: Path) -> None:
    last = full.sql("SELECT seq FROM sqlite_sequence WHERE name = 'lead'")[0][0]
    full("add", "多余的店")
    full("undo")
    behind(full, "DELETE FROM sqlite_sequence WHERE name = 'lead'")
    (found,) = full("check", "--json", code=5).json["problems"]
    assert (found["where"], found["field"], found["by_history"]) == ("sqlite_sequence lead", "lead", last + 1)
    assert "salvage" in full("check", code=5).out
    full("salvage", "--to", str(tmp_path / "new.db"))
    new = Book(tmp_path / "new.db", full.patch)
    assert new("check").out == "" and new("add", "新店", "--json").json["id"] == last + 2


def test_an_image_that_is_not_found_by_its_id_is_damage_and_no_defect(full: Book) -> None:
    missing = pytest.raises(sqlite3.DatabaseError, match="history 999999")
    with closing(sqlite3.connect(full.path)) as connection, missing:
        list(replay._read(connection, [1, 999999]))


def test_links_of_the_seal_grow_fewer_with_age(full: Book) -> None:
    for number in range(30):
        full("tag", "1", f"t{number}")
    (seal,) = full.sql("SELECT seq FROM sqlite_sequence WHERE name = 'seal'")[0]
    steps = full.sql("SELECT max(id) FROM operation")[0][0]
    assert seal.count(":") < 25 and seal.rpartition(" ")[2].startswith(f"{steps}:")
    assert full("check").out == ""
    behind(full, f"UPDATE operation SET by = 'x' WHERE id = {steps - 3}")
    (one,) = full("check", "--json", code=5).json["problems"]
    assert one["where"] == f"operation {steps - 3}"


def test_every_table_with_people_in_it_is_replayed() -> None:
    assert set(schema.TRACKED) == set(schema.TABLES) - {"operation", "history"}
    statement = replay._walk_sql(patched=True)
    assert all(f"'{name}'" in statement for table in schema.TRACKED for name in schema.columns(table))


# salvage


def test_damaged_books_are_salvaged() -> None:
    figures = salvage.run(12)
    held("salvage", 12, figures | {"same_share": 1.0})  # of a dozen books some may have lost nearly all


def test_the_harness_of_salvage_notices_a_row_that_changed_unsaid(full: Book, tmp_path: Path) -> None:
    original = salvage.rows(full.path)
    other = {key: (*row[:-1], "x") if key == ("spend", 1) else row for key, row in original.items()}
    found = salvage.judged(full.path, tmp_path / "new.db", full.path.read_bytes(), other)
    assert (found["silent"], found["same"]) == (1, len(original) - 1)


@pytest.mark.parametrize(
    "table", ["lead", "followup", "contact", "sales_order", "history", "operation", "process"]
)
def test_a_lost_page_comes_back_from_the_history_or_is_told_of(
    full: Book, tmp_path: Path, table: str
) -> None:
    before = salvage.rows(full.path)
    zeroed(full, table)
    raw = full.path.read_bytes()
    new = tmp_path / "new.db"
    done = full("salvage", "--to", str(new), "--json").json
    assert full.path.read_bytes() == raw and stat.S_IMODE(new.stat().st_mode) == 0o600
    assert done["problems"] == [] and done["sealed"]
    after, named = salvage.rows(new), {(one["table"], one["id"]) for one in done["rows"]}
    assert before.items() <= after.items() and {*after} - {*before} <= named
    if table in ("history", "operation"):
        assert done["steps"]
    else:
        assert after == before
        assert next(one for one in done["tables"] if one["table"] == table)["rebuilt"] >= 1
    assert Book(new, full.patch)("check").out == ""


def test_without_its_first_page_and_without_a_header(full: Book, everything: bytes, tmp_path: Path) -> None:
    before = salvage.rows(full.path)
    for number, raw in enumerate((bytes(PAGE) + everything[PAGE:], bytes(100) + everything[100:])):
        full.path.write_bytes(raw)
        new = tmp_path / f"new{number}.db"
        full("salvage", "--to", str(new))
        assert salvage.rows(new) == before and Book(new, full.patch)("check").out == ""


def test_bits_of_a_row_are_put_right_by_the_history(full: Book, everything: bytes, tmp_path: Path) -> None:
    dice = random.Random(5)
    among = [
        one for one in damaged.places(everything) if one.table in ("lead", "followup", "contact", "payment")
    ]
    for number in range(3):
        place, raw = dice.choice([one for one in among if one.column != "id"]), bytearray(everything)
        raw[place.start] ^= 1
        full.path.write_bytes(raw)
        new = tmp_path / f"new{number}.db"
        told = full("salvage", "--to", str(new), "--json").json
        assert [(one["table"], one["id"], one["what"]) for one in told["rows"]] == [
            (place.table, place.row, "restored")
        ]
        assert list(told["rows"][0]["fields"]) == [place.column]


def test_undo_goes_on_in_a_salvaged_book(full: Book, tmp_path: Path) -> None:
    zeroed(full, "lead")
    new = Book(tmp_path / "new.db", full.patch)
    full("salvage", "--to", str(new.path))
    steps = [
        one for one in new("undo", "--list", "--json").json if not one["undone"] and one["command"] != "undo"
    ]
    new("undo", str(len(steps)))
    assert new("list", "--json").json == [] and new("check").out == ""
    new("redo", str(len(steps)))
    assert salvage.rows(new.path) == salvage.rows(new.path) and new("check").out == ""


def test_a_salvaged_book_takes_the_damaged_one_s_place(full: Book) -> None:
    zeroed(full, "spend")
    done = full("salvage", lang="en")
    (new,) = full.path.parent.glob("book-salvaged-*.db")
    assert f"restore {new}" in done.out and "spend" in done.out
    full("restore", str(new))
    assert full("check").out == "" and full.sql("SELECT count(*) FROM spend") == [(1,)]


def test_nothing_is_written_over_and_others_files_are_refused(full: Book, tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    there.write_bytes(b"mine")
    assert full("salvage", "--to", str(there), code=1).err and there.read_bytes() == b"mine"
    assert full("salvage", str(tmp_path / "none.db"), code=3).err
    full("salvage", "--to", str(full.path), code=1)
    strange = tmp_path / "strange.db"
    for content in (b"", b"words " * 900, bytes(9000), os.urandom(20_000)):
        strange.write_bytes(content)
        done = full("salvage", str(strange), "--to", str(tmp_path / "new.db"), code=5)
        assert done.err.count("\n") <= 2 and strange.read_bytes() == content
    assert sorted(one.name for one in tmp_path.iterdir()) == ["book.db", "strange.db", "there.db"]


def test_a_change_that_was_not_finished_is_taken_back_in_the_copy_alone(full: Book, tmp_path: Path) -> None:
    """The journal of a killed writer: the new book has none of the change, the files are as they were."""
    with closing(sqlite3.connect(full.path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 5")
        connection.execute("BEGIN")
        connection.execute("CREATE TABLE half AS SELECT * FROM history, (SELECT 1 UNION SELECT 2)")
        connection.execute("DELETE FROM sqlite_sequence")
        killed = tmp_path / "killed.db"
        for side in ("", "-journal"):
            shutil.copy(f"{full.path}{side}", f"{killed}{side}")
        connection.execute("ROLLBACK")
    files = {one.name: one.read_bytes() for one in tmp_path.glob("killed.db*")}
    assert len(files["killed.db-journal"]) > 512
    new = tmp_path / "new.db"
    full("salvage", str(killed), "--to", str(new))
    assert {one.name: one.read_bytes() for one in tmp_path.glob("killed.db*")} == files
    assert salvage.rows(new) == salvage.rows(full.path) and Book(new, full.patch)("check").out == ""


def test_what_stands_in_a_log_is_salvaged_too(full: Book, tmp_path: Path) -> None:
    """Another program put the book into the other mode, and was killed."""
    killed, new = tmp_path / "killed.db", tmp_path / "new.db"
    with closing(sqlite3.connect(full.path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("UPDATE spend SET note = 'x' WHERE id = 99")
        connection.execute("DELETE FROM sqlite_sequence WHERE name = 'looked'")
        for side in ("", "-wal"):
            shutil.copy(f"{full.path}{side}", f"{killed}{side}")
    assert killed.with_name("killed.db-wal").stat().st_size > 1000
    content = bytearray(killed.read_bytes())
    content[60:64] = bytes(4)
    killed.write_bytes(content)
    old = tmp_path / f".new.db.{2**22 + 1}.wreck"
    old.mkdir()
    full("salvage", str(killed), "--to", str(new))
    assert salvage.rows(new) == salvage.rows(full.path) and not old.exists()


@pytest.mark.parametrize("version", [1, 2, 3])
def test_older_books_are_salvaged_into_one_of_this_version(full: Book, tmp_path: Path, version: int) -> None:
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    raw = gzip.decompress((frame.ROOT / "tests" / "fixtures" / f"book_v{version}.db.gz").read_bytes())
    old.write_bytes(raw)
    told = full("salvage", str(old), "--to", str(new), "--json").json
    assert told["problems"] == [] and all(not one["lost"] and not one["doubtful"] for one in told["tables"])
    upgraded = Book(old, full.patch)
    upgraded("list")
    assert salvage.rows(new) == salvage.rows(old)


def test_check_looks_at_one_state_while_others_write(full: Book) -> None:
    """A writer that waits for its moment: both come through, and check sees no half of it."""
    with closing(sqlite3.connect(full.path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert full("check").out == ""
        writer.execute("ROLLBACK")


def test_programs_that_start_an_upgrade_at_once(full: Book, tmp_path: Path) -> None:
    """E5: one does it, the others wait; one copy is kept, and each answers."""
    old = tmp_path / "old.db"
    old.write_bytes(gzip.decompress((frame.ROOT / "tests" / "fixtures" / "book_v3.db.gz").read_bytes()))
    old.chmod(0o600)
    running = [frame.start(old, "list", "-f", "jsonl") for _ in range(3)]
    answers = [(one.communicate(timeout=60), one.returncode) for one in running]
    assert [code for _, code in answers] == [0, 0, 0], answers
    assert len({out for (out, _), _ in answers}) == 1 and answers[0][0][0].count(b"\n") == 6
    assert len(list(tmp_path.glob("old.db.backups/*-v3.db"))) == 1
    assert Book(old, full.patch)("check").out == ""


def test_a_large_book_is_looked_at_by_two_processes(full: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """They find what one finds, in the same order."""
    from salesflow.commands import book as commands

    behind(
        full,
        "UPDATE lead SET name = 'x', visits = 9 WHERE id = 2",
        "UPDATE followup SET contact_id = 99 WHERE id = 1",
    )
    alone = full("check", "--json", code=5).json
    assert {one["check"] for one in alone["problems"]} == {"references", "history", "counts"}
    monkeypatch.setattr(commands, "_LARGE", 0)
    assert full("check", "--json", code=5).json == alone
