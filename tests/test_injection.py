"""What is said in options or stands in data is never a statement (reliability.md, rows K1 to K4; K5 to K8 elsewhere).

K5 and K6 stand in ``test_export_kinds`` and ``test_guard``, K7 and K8 in ``test_attack_words``.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from kit import Book

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
