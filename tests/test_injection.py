"""What is said in options or stands in data is never a statement (reliability.md, rows K1 to K4; K5 to K8 elsewhere).

K5 and K6 stand in ``test_export_kinds`` and ``test_guard``, K7 and K8 in ``test_attack_words``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_commands import WAYS
from kit import Book
from option_kit import MARK, PAYLOADS, Option, options, tried
from sql_kit import statements

from salesflow import db

ORACLE = "(CASE WHEN (SELECT count(*) FROM setting) > 0 THEN id ELSE name END)"
UNION = "name' UNION SELECT sql FROM sqlite_master --"


@pytest.fixture
def two(book: Book) -> Book:
    """A book with two leads."""
    book("add", "百分之百 100% 车行", "--area", "武侯区", "--note", "a_b")
    book("add", "一千 1000元 车行", "--area", "锦江区", "--note", "axb")
    return book


@pytest.mark.parametrize(
    "said", [ORACLE, "id; DROP TABLE lead", "id DESC", "1", "name COLLATE NOCASE", UNION]
)
@pytest.mark.parametrize("command", [["list"], ["export", "leads"]])
def test_k1_sort_is_one_of_the_names_that_are_known(two: Book, command: list[str], said: str) -> None:
    """K1: an expression, a subselect or a second statement is no order."""
    assert two.refuse(2, *command, "--sort", said).err


FILTERS = ("--stage", "--grade", "--area", "--source", "--status", "--kind", "--need", "--tag", "--owner",
           "--where-missing", "--process", "--industry")  # fmt: skip


@pytest.mark.parametrize("option", FILTERS)
@pytest.mark.parametrize("said", [UNION, "x' OR '1'='1", '" OR ""="', "x) OR (1=1"])
def test_k2_a_filter_is_a_value(two: Book, option: str, said: str) -> None:
    """K2: none of them gives a row that it does not name, nor the text of a table."""
    before = two.dump()
    done = two("list", option, said, "--json", code=None)
    assert done.code in (0, 2, 3) and "CREATE TABLE" not in done.out + done.err
    assert done.code or done.json == []
    assert two.dump() == before


def test_k3_no_other_file_is_opened(two: Book, tmp_path: Path) -> None:
    """K3: ATTACH in a name, a note, a search, a filter or a sheet makes no file."""
    there = tmp_path / "attached.db"
    said = f"x'; ATTACH DATABASE '{there}' AS other; CREATE TABLE other.t (a); --"
    two("add", said)
    two("log", "1", said)
    two("find", said, code=None)
    two("list", "--tag", said)
    sheet = tmp_path / "list.csv"
    sheet.write_text(f'店名,备注\n"{said}2","{said}"\n', "utf-8")
    two("import", str(sheet))
    assert not there.exists()
    assert len(two("list", "--json").json) == 4
    two("check")


@pytest.mark.parametrize(
    ("word", "found"),
    [("100%", [1]), ("a_b", [1]), ("%", [1]), ("_", [1]), ("a%b", []), ("\\", []), ("1000", [2])],
)
def test_k4_wildcards_are_characters(two: Book, word: str, found: list[int]) -> None:
    """K4: 100% is not 1000元, a_b is not axb."""
    answer = two("find", word, "--json", code=None)
    assert [one["id"] for one in (answer.json if answer.out else [])] == found


# What is said to SQLite, word for word: no word of a person's stands in it, and nothing opens another file.

EVERY = options()
ONCE = list({one.name: one for one in EVERY}.values())  # the long run tries each at every command


@pytest.fixture(scope="module")
def plain(empty_book: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A book with two leads, in a folder where files may be written."""
    folder = tmp_path_factory.mktemp("injection")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        path = folder / "book.db"
        path.write_bytes(empty_book.read_bytes())
        book = Book(path, patch)
        for name in ("甲店", "乙店"):
            book(
                "add",
                name,
                "--contact",
                f"王建国 1390000123{len(name)}",
                "--anyway",
                "--next",
                "今天 x",
                "--note",
                "n",
            )
        yield path


def test_no_option_is_forgotten() -> None:
    assert len(EVERY) > 400 and {one.name for one in ONCE} >= {
        "--sort",
        "--by",
        "--columns",
        "--tag",
        "--map",
    } - {"--columns"}
    assert {one.key.split()[0] for one in EVERY} <= {key.split()[0] for key in WAYS} | {"export", "report"}


@pytest.mark.parametrize("place", range(4))
def test_k1_k2_what_is_said_in_an_option_is_no_statement(plain: Path, place: int) -> None:
    for number, option in enumerate(ONCE[place::4]):
        assert tried(plain, option, PAYLOADS[number % len(PAYLOADS)]) == [], option


def test_a_statement_made_of_what_was_said_is_seen(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from salesflow.store import leads

    def careless(connection: sqlite3.Connection, text: str) -> list[str]:
        connection.execute(f"SELECT area FROM lead WHERE area = '{text}' OR 1").fetchall()
        return []

    monkeypatch.setattr(leads, "areas_like", careless)
    assert tried(plain, Option("list", "--area"), MARK)


def test_k3_nothing_is_said_that_opens_another_file_or_loads_code(two: Book, tmp_path: Path) -> None:
    sheet = tmp_path / "list.csv"
    sheet.write_text("店名,备注\n丙店,x\n", "utf-8")
    words = ("list", "today", "check", f"import {sheet}", f"backup {tmp_path / 'copy.db'}", "undo --yes", "show 1",
             "report week", "export all -f jsonl", "log 1 x --no-next", "find 车")  # fmt: skip
    with statements() as said:
        for one in words:
            two(*one.split())
    assert len(said) > 100
    for sql in said:
        first = sql.split(None, 1)[0].upper()
        assert first not in ("ATTACH", "DETACH"), sql
        assert "load_extension" not in sql and "writable_schema" not in sql, sql
        assert "store_directory" not in sql, sql


def test_k3_the_connection_refuses_another_file(two: Book, tmp_path: Path) -> None:
    """Were a statement made of somebody's words after all, it would reach no other file."""
    for write in (False, True):
        connection = db.open_book(two.path, write=write)
        try:
            for sql in ("ATTACH DATABASE ? AS other", "ATTACH ? AS other"):
                with pytest.raises(sqlite3.DatabaseError):
                    connection.execute(sql, (str(tmp_path / "other.db"),))
        finally:
            connection.close()
    assert not (tmp_path / "other.db").exists()
