"""What no phone book holds: too many cards, properties or lines end at once; a long one with pictures is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit import Book

from salesflow.exchange import vcard_lines, vcard_read

_GOOD = "BEGIN:VCARD\nVERSION:3.0\nFN:王建国\nORG:华星\nTEL;TYPE=CELL:13900001111\n{more}END:VCARD\n"


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that a test reaches: 3 cards, 30 properties, 40 lines, 100 characters held."""
    for name, most in (("_MOST_CARDS", 3), ("_MOST_PROPERTIES", 30), ("_MOST_LINES", 40)):
        monkeypatch.setattr(vcard_lines, name, most)
    monkeypatch.setattr(vcard_read, "_HELD", 100)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "text",
    [
        "BEGIN:VCARD\n" * 4,
        _GOOD.format(more="X-A:1\n" * 30),
        "BEGIN:VCARD\nVERSION:3.0\nFN:王" + "\n x" * 41 + "\nEND:VCARD\n",
    ],
    ids=["cards", "properties", "lines"],
)
def test_more_than_any_phone_book_is_one_clear_line(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, encoding: str
) -> None:
    monkeypatch.setattr(vcard_lines, "CHUNK", 16)
    file = tmp_path / "m.vcf"
    file.write_text(text, encoding=encoding)
    for words in ((), ("--dry-run",)):
        done = book("import", str(file), *words, code=5)
        assert done.out == ""
        assert done.err.splitlines() == [f"{file} 超过 3 张名片或 40 行，请拆成几个文件。"]


def test_a_picture_costs_its_lines_and_nothing_else(book: Book, tmp_path: Path) -> None:
    picture = "PHOTO;ENCODING=b;TYPE=JPEG:" + "/9j/" * 18 + ("\n " + "QUJD" * 18) * 30 + "\n"
    file = tmp_path / "book.vcf"
    file.write_text(_GOOD.format(more=picture), encoding="utf-8")
    assert book("import", str(file), "--json").json["added"] == 1
    assert book.show(1)["contacts"][0]["phones"] == ["13900001111"]


def test_a_book_that_says_more_than_is_held_is_read_all_the_same(book: Book, tmp_path: Path) -> None:
    file = tmp_path / "long.vcf"
    cards = [_GOOD.replace("华星", f"华星{number}").format(more=f"NOTE:{'长' * 60}\n") for number in range(3)]
    file.write_text("".join(cards), encoding="utf-8")
    assert book("import", str(file), "--json").json["added"] == 3
    assert [book.show(number)["name"] for number in (1, 2, 3)] == ["华星0", "华星1", "华星2"]
