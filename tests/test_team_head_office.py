"""A head office: two dozen small books made one by one command, looked at by rep, and taken back (F9, F10)."""

from __future__ import annotations

import pytest
from kit import Book
from team_kit import join, rep_book, sound, tables

REPS = 24
AREAS = ("武侯区", "金牛区", "青羊区", "成华区")


def fill_all(book: Book) -> None:
    """The book of each rep: three shops of their own and one that their neighbour has too.

    Each visited one on the 10th; those of even number sold for 1,000 yuan times their number and one.
    """
    book("init", "--rep", "总部", now="2026-11-01T08:00")
    for number in range(REPS):
        rep = rep_book(book, f"业务{number:02}")
        day = f"2026-11-{2 + number % 7:02}"
        for shop in range(3):
            rep("add", f"店{number}-{shop}", "--area", AREAS[number % 4], now=f"{day}T09:0{shop}")
        rep("add", f"同店{number // 2}", "--area", AREAS[number % 4], now=f"{day}T10:00")
        rep("log", "1", "去了", "--no-next", now="2026-11-10T10:00")
        if number % 2 == 0:
            rep("order", "1", str(1000 * (number + 1)), "--no-advance", now="2026-11-12T10:00")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The books, made once: name and bytes."""
    with pytest.MonkeyPatch.context() as patch:
        office = Book(tmp_path_factory.mktemp("reps") / "office.db", patch)
        fill_all(office)
        return {path.name: path.read_bytes() for path in sorted(office.path.parent.glob("*.db"))}


@pytest.fixture
def books(made: dict[str, bytes], book: Book) -> list[Book]:
    """The head office's empty book, then the reps'."""
    found = []
    for name, content in made.items():
        path = book.path.with_name(name)
        path.write_bytes(content)
        found.append(Book(path, book.patch))
    return sorted(found, key=lambda one: one.path.name != "office.db")


def test_two_dozen_books_become_one(books: list[Book]) -> None:
    """One step; 96 leads, 12 conflicts; `check` finds nothing; undo gives back the empty book."""
    office, *reps = books
    assert len(reps) == REPS
    before, steps = tables(office), office.steps()
    done = join(office, *reps)
    assert office.steps() == steps + 1
    assert [one["rep"] for one in done] == [f"业务{number:02}" for number in range(REPS)]
    assert [sum(int(str(one[name])) for one in done) for name in ("leads", "added", "merged", "conflicts")] == [
        96, 96, 0, 12,
    ]  # fmt: skip
    assert len(office("team", "conflicts", "--json").json) == 12
    sound(office)
    joined = office.dump()
    join(office, *reps)
    join(office, *reversed(reps))
    assert office.dump() == joined
    office("undo")
    assert tables(office) == before
    sound(office)


def test_reports_by_rep_are_those_of_each_book(books: list[Book]) -> None:
    """Each rep's row is what their own book says; by hand: four new leads, one visit, 1,000 yuan times so many."""
    office, *reps = books
    join(office, *reps)
    data = office("report", "month", "--by", "rep", "--json").json
    assert [one["rep"] for one in data["reps"]] == [f"业务{number:02}" for number in range(REPS)]
    for number, one in enumerate(data["reps"]):
        assert [one[name] for name in ("new_leads", "followups", "visits", "open")] == [4, 1, 1, 4]
        assert one["sales"] == (1000 * (number + 1) if number % 2 == 0 else 0)
        own = reps[number]("report", "month", "--json").json["totals"]
        assert all(one[name] == own[name] for name in ("new_leads", "followups", "visits", "orders", "sales"))
    # 1 + 3 + 5 + … + 23 thousand
    assert (data["totals"]["sales"], data["totals"]["new_leads"]) == (144_000, 96)


def test_the_office_settles_gives_out_and_joins_again(books: list[Book]) -> None:
    """What was decided here holds when the books come once more with news."""
    office, *reps = books
    join(office, *reps)
    for one in office("team", "conflicts", "--json").json:
        first = one["claims"][0]
        office("team", "settle", str(one["id"]), "--to", first["owner"], "--why", "先报备")
    assert len(office("list", "--json").json) == 84
    office("edit", "店0-0", "--set", "owner=")
    (given,) = office("team", "assign", "--json").json["given"]
    # 武侯区 is that of every fourth rep: those with four leads there have most, the first by name of equals
    assert given["why"] == "area" and given["to"] != "业务00"
    reps[0]("log", "1", "又去了", "--no-next", now="2026-11-24T10:06")
    reps[1]("log", "同店0", "也去了", "--no-next", now="2026-11-24T10:06")
    done = join(office, *reps, now="2026-11-24T10:10")
    assert [sum(int(str(one[name])) for one in done) for name in ("added", "updated", "records", "conflicts")] == [
        0, 2, 2, 0,
    ]  # fmt: skip
    assert office.show("店0-0")["owner"] == given["to"] and office.show("店0-0")["followups"] == 2
    assert office.show("同店0")["followups"] == 1
    sound(office)
