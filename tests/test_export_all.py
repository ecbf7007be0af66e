"""``export all`` and its way back: the same bytes, the same steps of undo, or nothing changed (F8, P9)."""

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kit import Book
from test_report_replay import STARTS, Program, deed, environ, replayed, template

from salesflow import schema
from salesflow.exchange import book_lines

__all__ = ["environ", "template"]  # fixtures
FIXTURES = ROOT / "tests" / "fixtures"


def another(book: Book, name: str = "other.db") -> Book:
    """An empty book beside this one, made by somebody else at another time."""
    other = Book(book.path.with_name(name), book.patch)
    other("init", "--rep", "别人", now="2026-12-31T23:59")
    return other


def whole(book: Book) -> str:
    """The whole book as lines."""
    return book("export", "all", "-f", "jsonl").out


def restored(book: Book, text: str | None = None, name: str = "other.db") -> Book:
    """A book made of the lines of this one."""
    other = another(book, name)
    file = book.path.with_name("whole.jsonl")
    file.write_text(whole(book) if text is None else text, "utf-8", newline="")
    other("import", str(file))
    return other


def all_the_way(book: Book, command: str) -> int:
    """How many steps were taken back, or done again, until there was none left."""
    count = 0
    while book(command, "--yes", code=None).code == 0:
        count += 1
        assert count < 200
    return count


def fill(book: Book) -> None:
    """A little of everything, and all that is hard to write down."""
    book(
        "add",
        "华星宝马",
        "--contact",
        "王建国 13900001234",
        "--note",
        "来过 下次周三 送样",
        "--brand",
        "宝马",
    )
    book("log", "1", "--literal", "-", stdin='第一行\n\t"引号" \\ \x1b[31m \u2028 \x7f 𠮷 😀 \u202e x')
    book("add", "第二家", "--set", "k=v", "--next", "明天 送样")
    book("order", "1", "12345.67", "全车膜")
    book("contact", "1", "李芳", "--phone", "13800138000")
    book("config", "city", "成都")
    book("edit", "2", "--grade", "A")
    book("add", "多余的店")
    book("undo")
    book("undo")
    book("redo")


@pytest.fixture
def full(book: Book) -> Book:
    """That book."""
    fill(book)
    return book


def all_but_days(book: Book) -> list[str]:
    """The book as SQL without the day on which its pages were last looked at."""
    return sorted(
        line for line in book.dump() if not line.startswith("INSERT INTO \"sqlite_sequence\" VALUES('looked'")
    )


def test_the_same_bytes_come_out_again(full: Book) -> None:
    text = whole(full)
    other = restored(full)
    assert whole(other) == text and other("check").out == ""
    assert all_but_days(other) == all_but_days(full)  # every row, every counter, every trigger
    assert other("show", "1").out == full("show", "1").out
    assert other("history", "--json").json == full("history", "--json").json


def test_every_line_is_a_record_with_its_type(full: Book) -> None:
    lines = [json.loads(line) for line in whole(full).splitlines()]
    head, *records, end = lines
    assert (head["type"], head["version"], head["made"]) == ("book", schema.VERSION, "2026-11-01T08:00")
    counts = {table: full.sql(f"SELECT count(*) FROM {table}")[0][0] for table in schema.TABLES}
    assert head["rows"] == {table: count for table, count in counts.items() if count}
    assert head["counters"] == {
        table: last
        for table, last in full.sql("SELECT name, seq FROM sqlite_sequence")
        if table in schema.TABLES
    }
    found = [record["type"] for record in records]
    assert {table: found.count(table) for table in set(found)} == head["rows"]
    assert (end["type"], end["records"]) == ("end", len(records))
    assert [record["name"] for record in records if record["type"] == "lead"] == ["华星宝马", "第二家"]


def test_values_are_typed_and_nothing_is_absent(full: Book) -> None:
    """A float keeps its last digit, a number stays one, a text of digits stays a text, NULL has no key."""
    full("add", "第三家", "--set", "lat=30.123456789012345", "--set", "lng=104.1", code=None)
    lead = next(json.loads(line) for line in whole(full).splitlines() if '"type":"lead"' in line)
    row = full.sql("SELECT lat, need, passive, followups, phone FROM lead WHERE id = 1")[0]
    assert [lead.get(name) for name in ("lat", "need", "passive", "followups", "phone")] == list(row)
    assert None not in lead.values() and lead["name"] == "华星宝马"


def test_what_steers_a_terminal_is_written_out_and_comes_back(full: Book) -> None:
    text = whole(full)
    assert "华星宝马" in text and "𠮷" in text
    assert not {"\x1b", "\u2028", "\u202e", "\x7f", "\t", "\r"} & set(text)
    query = "SELECT note FROM followup WHERE note LIKE '%引号%'"
    ((note,),) = restored(full).sql(query)
    assert [(note,)] == full.sql(query) and "\x1b" in note and "\u2028" in note


def test_undo_and_redo_go_on_in_the_restored_book(full: Book) -> None:
    other = restored(full)
    assert all_the_way(full, "undo") == all_the_way(other, "undo") > 5
    assert whole(other) == whole(full) and other("list", "--json").json == []
    assert all_the_way(full, "redo") == all_the_way(other, "redo") > 5
    assert whole(other) == whole(full) and other("check").out == ""


def test_no_id_is_given_out_twice(full: Book) -> None:
    other = restored(full)
    for words in (["add", "新的一家", "--contact", "赵敏"], ["log", "1", "又去了"], ["order", "2", "1万"]):
        assert full(*words).out == other(*words).out
    for table in schema.TRACKED:
        assert other.sql(f"SELECT max(id) FROM {table}") == full.sql(f"SELECT max(id) FROM {table}")
    # of the one that was undone, too
    assert other.sql("SELECT id FROM lead WHERE name = '新的一家'") == [(4,)]


@pytest.mark.parametrize("version", [1, 2])
def test_a_book_that_was_upgraded(book: Book, version: int) -> None:
    book.path.write_bytes(gzip.decompress((FIXTURES / f"book_v{version}.db.gz").read_bytes()))
    other = restored(book)
    assert whole(other) == whole(book) and other("check").out == ""
    assert all_the_way(book, "undo") == all_the_way(other, "undo") > 5
    assert whole(other) == whole(book)


def lines_of(path: Path, version: int) -> bytes:
    """The lines of a book as a program of an older version would have written them."""
    connection = sqlite3.connect(path)
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    tables = [name for name in names if name != "sqlite_sequence"]
    counters = {
        name: last
        for name, last in connection.execute("SELECT name, seq FROM sqlite_sequence")
        if name in tables
    }
    records = []
    connection.row_factory = sqlite3.Row
    for table in tables:
        for row in connection.execute(f"SELECT * FROM {table} ORDER BY id"):
            held = zip(row.keys(), row, strict=True)
            records.append((table, {key: value for key, value in held if value is not None}))
    connection.close()
    head = book_lines.Head(version, "2026-01-01T00:00", counters, {})
    return b"".join(book_lines.written(head, records))


@pytest.mark.parametrize("version", [1, 2])
def test_the_lines_of_an_older_version_become_a_book_of_this_one(book: Book, version: int) -> None:
    book.path.write_bytes(gzip.decompress((FIXTURES / f"book_v{version}.db.gz").read_bytes()))
    file = book.path.with_name("old.jsonl")
    file.write_bytes(lines_of(book.path, version))
    other = another(book)
    other("import", str(file))
    assert other("check").out == ""
    assert whole(other) == whole(book)  # which is upgraded now
    assert all_the_way(book, "undo") == all_the_way(other, "undo") > 5


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of the demo book."""
    with pytest.MonkeyPatch.context() as patch:
        made = Book(tmp_path_factory.mktemp("demo") / "demo.db", patch)
        made("demo")
        return made.path.read_bytes()


def test_the_demo_book(book: Book, demo: bytes) -> None:
    book.path.write_bytes(demo)
    other = restored(book)
    assert whole(other) == whole(book) and other("check").out == ""
    assert other("today").out == book("today").out


@settings(
    max_examples=int(os.environ.get("WHOLE_EXAMPLES", "6")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    start=st.sampled_from(STARTS),
    deeds=st.lists(deed, min_size=10, max_size=25),
    back=st.integers(0, 6),
    forth=st.integers(0, 3),
)
def test_whatever_was_done(
    template: Program,
    tmp_path: Path,
    environ: Callable[[str, str], None],
    start: str,
    deeds: list[Any],
    back: int,
    forth: int,
) -> None:
    book = Program(Path(shutil.copy(template.book, tmp_path / "book.db")), environ)
    for rep, _ in replayed(book, start, deeds, backdates=True):
        now = rep.now
    for command in ["undo"] * min(back, len(json.loads(book(now, "undo", "--list", "--json")))):
        book(now, command)
    for _ in range(min(back, forth)):
        book(now, "redo")
    file = tmp_path / "whole.jsonl"
    book(now, "export", "all", "-o", str(file))
    other = Program(Path(shutil.copy(template.book, tmp_path / "other.db")), environ)
    other(now, "import", str(file))
    assert other(now, "export", "all").encode() == file.read_bytes()
    assert other(now, "check") == ""
    steps = sum(not step["undone"] for step in json.loads(book(now, "undo", "--list", "--json")))
    for program in (book, other):
        program(now, "undo", str(max(steps, 1)))
    assert other(now, "export", "all") == book(now, "export", "all")
    for program in (book, other):
        program(now, "redo", str(max(steps, 1)))
    assert other(now, "export", "all") == book(now, "export", "all")
    assert book(now, "add", "又一家") == other(now, "add", "又一家")


# --- where it goes


def test_only_its_owner_can_read_the_file(full: Book) -> None:
    file = full.path.with_name("whole.jsonl")
    file.write_text("before")
    file.chmod(0o666)
    done = full("export", "all", "-o", str(file))
    assert file.stat().st_mode & 0o777 == 0o600 and done.out == "" and str(file) in done.err
    assert file.read_text("utf-8") == whole(full)


def test_never_over_a_book(full: Book) -> None:
    full.refuse(1, "export", "all", "-f", "jsonl", "-o", str(full.path))


def test_where_no_book_is_yet_it_is_made(full: Book, tmp_path: Path) -> None:
    file = tmp_path / "whole.jsonl"
    full("export", "all", "-o", str(file))
    home = {"XDG_DATA_HOME": str(tmp_path / "home"), "SALESFLOW_DB": ""}
    full("import", str(file), "--dry-run", **home)
    assert not list((tmp_path / "home").rglob("*.db"))
    full("import", str(file), **home)
    (made,) = (tmp_path / "home").rglob("*.db")
    assert made.stat().st_mode & 0o777 == 0o600 and made.parent.stat().st_mode & 0o777 == 0o700
    assert all_but_days(Book(made, full.patch)) == all_but_days(full)
    # half a file leaves none behind
    file.write_text(file.read_text("utf-8")[:-200], "utf-8")
    made.unlink()
    full("import", str(file), code=5, **home)
    assert list(made.parent.glob("*.db")) == [] and list(made.parent.glob(".*")) == []
    # and a book that was named and is not there is a slip of the keyboard
    done = full("import", str(file), code=3, SALESFLOW_DB=str(tmp_path / "nowhere.db"))
    assert not (tmp_path / "nowhere.db").exists() and "init" in done.err


def test_what_was_set_in_the_empty_book_is_put_aside(full: Book) -> None:
    file = full.path.with_name("whole.jsonl")
    full("export", "all", "-o", str(file))
    other = another(full)
    other("config", "city", "绵阳")
    before = other.dump()
    other("import", str(file), "--dry-run")
    assert other.dump() == before
    answer = other("import", str(file), "--json").json
    assert Book(Path(answer["aside"]), full.patch).dump() == before
    assert all_but_days(other) == all_but_days(full)


def test_into_a_book_with_leads_it_is_refused(full: Book) -> None:
    file = full.path.with_name("whole.jsonl")
    full("export", "all", "-o", str(file))
    assert "team join" in full.refuse(1, "import", str(file)).err
    other = another(full)
    other("add", "一家")
    done = other.refuse(1, "import", str(file))
    assert "team join" in done.err
    other.refuse(1, "import", str(file), "--dry-run")


def test_what_it_answers(full: Book) -> None:
    file = full.path.with_name("whole.jsonl")
    full("export", "all", "-o", str(file))
    head = json.loads(file.read_text("utf-8").splitlines()[0])
    other = another(full)
    before = other.dump()
    tried = other("import", str(file), "--dry-run", "--json")
    assert tried.json["types"] == head["rows"] and not tried.json["restored"] and other.dump() == before
    done = other("import", str(file), "--json")
    assert done.json == tried.json | {"restored": True} and done.json["rows"] == sum(head["rows"].values())
    assert done.err == "" and tried.err != ""


@pytest.mark.parametrize("words", [["--kind", "leads"], ["--map", "a=b"], ["--on-duplicate", "add"]])
def test_it_comes_alone_and_as_it_is(full: Book, words: list[str]) -> None:
    file = full.path.with_name("whole.jsonl")
    full("export", "all", "-o", str(file))
    other = another(full)
    assert words[0] in other.refuse(2, "import", str(file), *words).err
    sheet = full.path.with_name("list.csv")
    sheet.write_text("店名\n甲\n", "utf-8")
    other.refuse(2, "import", str(sheet), str(file))


def test_through_a_pipe(full: Book) -> None:
    class Bytes(io.BytesIO):
        def peek(self, size: int = 0) -> bytes:
            return self.getvalue()[self.tell() :]

    text, other = whole(full), another(full)
    stdin = io.TextIOWrapper(Bytes(text.encode()))
    with full.patch.context() as patch:
        for name, value in {"SALESFLOW_DB": str(other.path), "SALESFLOW_LANG": "zh"}.items():
            patch.setenv(name, value)
        patch.setattr("sys.stdin", stdin)
        from salesflow.cli import main

        assert main(["import", "-"]) == 0
    assert whole(other) == text


def test_a_named_pipe_is_told_to_come_by_standard_input(full: Book) -> None:
    import threading

    text, pipe, other = whole(full), full.path.with_name("pipe"), another(full)
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(text.encode(),))
    writer.start()
    done = other("import", str(pipe), code=2)
    writer.join()
    assert "import -" in done.err and other("list", "--json").json == []


@pytest.mark.parametrize("fmt", ["csv", "tsv", "md", "vcf", "ics", "plain"])
def test_other_formats_say_which_to_take(full: Book, fmt: str) -> None:
    assert "jsonl" in full.refuse(2, "export", "all", "-f", fmt).err


def test_a_part_or_a_mask_is_no_whole_book(full: Book) -> None:
    for words in (
        ["--mask"],
        ["--grade", "A"],
        ["--limit", "1"],
        ["--key-target"],
        ["--until", "明天"],
        ["--owner", "陈磊"],
    ):
        full.refuse(2, "export", "all", *words)


def test_one_object_by_type(full: Book) -> None:
    found = full("export", "all", "--json").json
    assert found["type"] == "book" and [lead["name"] for lead in found["lead"]] == ["华星宝马", "第二家"]
    assert {table: len(found[table]) for table in found["rows"]} == found["rows"]
    file = full.path.with_name("whole.json")
    full("export", "all", "-o", str(file))
    assert json.loads(file.read_text("utf-8")) == found
    assert "jsonl" in another(full).refuse(5, "import", str(file)).err


def test_a_workbook_has_a_sheet_a_kind(full: Book) -> None:
    from openpyxl import load_workbook

    file = full.path.with_name("whole.xlsx")
    full("export", "all", "-o", str(file))
    sheets = load_workbook(file)
    assert sheets.sheetnames == ["客户", "联系人", "跟进", "阶段变化", "订单", "约定"]
    rows = {name: [[cell.value for cell in row] for row in sheets[name]] for name in sheets.sheetnames}
    assert [len(rows[name]) - 1 for name in ("客户", "联系人", "跟进", "订单")] == [2, 2, 2, 1]
    cells = [str(cell) for row in rows["联系人"] for cell in row]
    assert "13900001234" in cells and "13800138000" in cells  # it is the rep's own
    assert file.stat().st_mode & 0o777 == 0o600
    full("export", "all", "-o", str(file), "--mask")
    cells = [str(cell.value) for sheet in load_workbook(file) for row in sheet for cell in row]
    assert not {"13900001234", "13800138000"} & set(cells)
    full.refuse(2, "export", "all", "-f", "xlsx")


def test_a_list_of_leads_is_not_taken_for_it(full: Book) -> None:
    listed = full("export", "leads", "-f", "jsonl").out
    file = full.path.with_name("leads.jsonl")
    file.write_text(listed, "utf-8")
    other = another(full)
    assert other("import", str(file), "--json").json["added"] == 2
    book_shop = (
        json.dumps({"name": "书店", "type": "book"}) + "\n" + json.dumps({"type": "book", "name": "书店二"})
    )
    file.write_text(book_shop, "utf-8")
    other("import", str(file), code=None)
    assert "整本" not in other("import", str(file), code=None).err


# --- what is no whole book, or no longer one


def broken(full: Book, text: str | bytes, code: int = 5) -> str:
    """What is said of a file that was changed; the empty book stays as it was."""
    file = full.path.with_name("broken.jsonl")
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    other = another(full, f"b{len(list(full.path.parent.glob('*.db')))}.db")
    return other.refuse(code, "import", str(file)).err


def test_a_changed_word_is_found_with_its_line(full: Book) -> None:
    lines = whole(full).splitlines(keepends=True)
    place = next(n for n, line in enumerate(lines, 1) if '"type":"followup"' in line and "第一行" in line)
    lines[place - 1] = lines[place - 1].replace("第一行", "第二行")
    said = broken(full, "".join(lines))
    assert f" {place} " in said and "followup" in said


def test_any_changed_byte_is_found(full: Book) -> None:
    raw = whole(full).encode()
    step = max(1, len(raw) // 60)
    for place in range(0, len(raw) - 1, step):
        changed = bytearray(raw)
        changed[place] = ord("7") if changed[place : place + 1] != b"7" else ord("8")
        said = broken(full, bytes(changed), 5) if place > 40 else ""
        assert "Traceback" not in said


def test_a_line_taken_out_or_doubled_is_found(full: Book) -> None:
    lines = whole(full).splitlines(keepends=True)
    for place in range(1, len(lines), max(1, len(lines) // 12)):
        broken(full, "".join(lines[:place] + lines[place + 1 :]))
        broken(full, "".join([*lines[: place + 1], lines[place], *lines[place + 1 :]]))


def test_a_file_that_breaks_off(full: Book) -> None:
    raw = whole(full).encode()
    for end in (len(raw) // 3, len(raw) // 2, len(raw) - 30):
        line = raw[:end].count(b"\n") + 1
        assert f" {line} " in broken(full, raw[:end])
    whole_lines = raw.splitlines(keepends=True)
    assert f" {len(whole_lines) - 1} " in broken(full, b"".join(whole_lines[:-1]))
    broken(full, whole_lines[0])
    broken(full, raw + b"{}\n")


def test_the_line_ends_of_another_system_are_no_change(full: Book) -> None:
    text = whole(full)
    other = restored(full, "\ufeff" + text.replace("\n", "\r\n"))
    assert whole(other) == text
    assert whole(restored(full, text.removesuffix("\n"), "third.db")) == text


def summed(lines: list[str]) -> str:
    """These lines with a sum at the end that fits them."""
    body = "".join(lines[:-1])
    end = {"type": "end", "records": len(lines) - 2, "sha256": sha256(body.encode()).hexdigest()}
    return body + json.dumps(end, separators=(",", ":")) + "\n"


def test_a_file_whose_sum_was_made_anew_is_checked_all_the_same(full: Book) -> None:
    lines = whole(full).splitlines(keepends=True)
    assert summed(lines) == "".join(lines)
    place = next(n for n, line in enumerate(lines) if '"type":"lead"' in line)
    cases = {
        '"华星宝马"': '"华星宝马2"',  # no history of that
        '"followups":2': '"followups":"two"',
        '"id":1,': '"id":99999999999999999999,',
        '"need":"unknown"': '"need":["unknown"]',
        '"type":"lead"': '"type":"elephant"',
        '"status":"open"': '"status":"open","mood":"fine"',
    }
    for old, new in cases.items():
        assert old in lines[place], (old, lines[place])
        changed = [*lines[:place], lines[place].replace(old, new), *lines[place + 1 :]]
        said = broken(full, summed(changed))
        assert f" {place + 1} " in said or "check" in said, (old, said)
    twice = [*lines[: place + 1], lines[place].replace('"id":1,', '"id":77,'), *lines[place + 1 :]]
    broken(full, summed(twice))  # two leads of one uid


def test_a_newer_version_is_refused(full: Book) -> None:
    newer = f'"version":{schema.VERSION + 1}'
    text = whole(full).replace(f'"version":{schema.VERSION}', newer, 1)
    said = broken(full, summed(text.splitlines(keepends=True)))
    assert str(schema.VERSION + 1) in said
    broken(full, summed(text.replace(newer, '"version":0', 1).splitlines(keepends=True)))


def test_a_book_that_was_not_sound_says_so(full: Book) -> None:
    connection = sqlite3.connect(full.path)
    connection.executescript("DROP TRIGGER followup_update; UPDATE followup SET note = 'x';")
    connection.execute(schema.history_triggers("followup")[1])
    connection.commit()
    connection.close()
    said = broken(full, whole(full))
    assert "check" in said
