"""``--compare`` of the reports of a period: head figures beside the period before and the last four, by hand (K6)."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from kit import Book, filled

from salesflow.commands.report_kinds import COMPARING, KINDS
from salesflow.render.layout import width
from salesflow.reports.beside import HEADS
from salesflow.texts import t

NOW = "2026-11-24T10:00"  # a Tuesday, in week 48
LOG = (
    # week 46, the first of the book
    ("2026-11-09T09:00", "add 甲店 --area 武侯"),  # 1: its first contact is due on the 10th at 21:00
    ("2026-11-09T10:00", "call 1 谈了 --next 11-12"),
    ("2026-11-10T09:00", "add 乙店"),  # 2: due on the 11th
    ("2026-11-10T10:00", "call 2 谈了 --no-next"),
    ("2026-11-12T10:00", "visit 1 见了 --no-next"),
    ("2026-11-13T09:00", "lose 2 --reason price"),
    # week 47
    ("2026-11-16T09:00", "add 丙店"),  # 3: due on the 17th
    ("2026-11-16T10:00", "call 3 谈了 --next 11-18"),
    ("2026-11-17T09:00", "add 丁店"),  # 4: due on the 18th, nobody calls
    ("2026-11-19T10:00", "call 3 谈了 --no-next"),
    ("2026-11-19T11:00", "order 1 10万 --cost 6万"),
    ("2026-11-20T09:00", "lose 3 --reason price"),
    # week 48
    ("2026-11-23T09:00", "add 戊店"),  # 5: due tonight
    ("2026-11-23T09:30", "call 5 谈了 --next 11-25"),
    ("2026-11-24T09:00", "order 5 2万"),
)
# of each figure: week 48 so far, week 47, the average of 47 and 46; what is not told is 0, 0, 0
NONE = (0, 0, 0)
MOVED = {"advanced": (1, 1, 0.5), "won": (1, 1, 0.5), "lost": (0, 1, 1)}
EXPECTED: dict[str, dict[str, tuple[Any, ...]]] = {
    # received: 5; 3 and 4; 1 and 2
    "new": {"new_leads": (1, 2, 2)},
    # touched: 5; 3; 1 and 2
    "meeting": {"new_leads": (1, 2, 2), "leads_touched": (1, 1, 1.5), **MOVED},
    "funnel": {"new_leads": (1, 2, 2), **MOVED},
    # what the order of 5 cost is not known; the margin is an average of week 47 alone, as is what was spent
    "sources": {
        "leads": (1, 2, 2),
        "deals": (1, 1, 0.5),
        "orders": (1, 1, 0.5),
        "sales": (20_000, 100_000, 50_000),
        "margin": (None, 40_000, 40_000),
        "cost": (None, 700, 700),
    },
    # in time: none yet; 3, and not 4; 1 and 2. Of weeks 46 and 47 three in four
    "first-contact": {
        "due": (1, 2, 2),
        "met": (0, 1, 1.5),
        "missed": (0, 1, 0.5),
        "rate": (None, 0.5, 0.75),
    },
    "reasons": {"lost": (0, 1, 1)},
    # the visit of the 12th
    "coverage": {"visits": (0, 0, 0.5), "sales": (20_000, 100_000, 50_000)},
    # follow-ups: 1; 2; 3
    "team": {
        "new_leads": (1, 2, 2),
        "followups": (1, 2, 2.5),
        "visits": (0, 0, 0.5),
        **MOVED,
        "orders": (1, 1, 0.5),
        "sales": (20_000, 100_000, 50_000),
    },
    # 5 for the 25th; 3 for the 18th, a day late; 1 for the 12th
    "promises": {"due": (1, 1, 1), "kept": (0, 0, 0.5), "kept_late": (0, 1, 0.5), "open": (1, 0, 0)},
}
BY_PERIOD = ("--period", "week")


def fill(book: Book) -> None:
    """The log, and 700 spent in week 47."""
    for now, words in LOG:
        book(*words.split(), now=now)
    book("spend", "internet", "700", "2026-W47", now=NOW)


@pytest.fixture
def told(book: Book) -> Book:
    """The book of the log."""
    return filled(book, fill)


def report(book: Book, name: str, *words: str) -> dict[str, Any]:
    """The report as data; of a week where nothing else is said."""
    own = BY_PERIOD if "--date" not in words and KINDS[name].span != "week" else ()
    found: dict[str, Any] = book("report", name, "--compare", *own, *words, "--json", now=NOW).json
    return found


def three(data: dict[str, Any]) -> dict[str, tuple[Any, ...]]:
    """Each figure's three values."""
    keys = ("value", "previous", "average4")
    return {one["figure"]: tuple(one[key] for key in keys) for one in data["compared"]}


@pytest.mark.parametrize("name", EXPECTED)
def test_the_head_figures_stand_beside_those_before(told: Book, name: str) -> None:
    found = three(report(told, name))
    assert {figure: EXPECTED[name].get(figure, NONE) for figure in found} == found
    assert set(EXPECTED[name]) <= set(found)


def test_they_are_those_that_the_reports_tell(told: Book) -> None:
    # the same figures as without --compare, of this period and of the one before
    promises = report(told, "promises")
    for figure, (value, previous, _) in three(promises).items():
        assert (value, previous) == (promises["promises"][figure], promises["previous"][figure])
    contacts = report(told, "first-contact")
    for figure, (value, previous, _) in three(contacts).items():
        assert (value, previous) == (contacts["first_contact"][figure], contacts["previous"][figure])
    for name in ("sources", "coverage", "team"):
        data = report(told, name)
        for figure, (value, previous, _) in three(data).items():
            assert value == data["totals"][figure]
            before = report(told, name, "--period", "week", "--date", "2026-11-20")
            assert previous == before["totals"][figure], (name, figure)
    reasons = report(told, "reasons")
    for figure, (value, _, _) in three(reasons).items():
        assert value == reasons["counts"][figure]
    new = report(told, "new")
    assert three(new)["new_leads"][:2] == (new["counts"]["received"], new["previous"])


@pytest.mark.parametrize("name", EXPECTED)
def test_before_the_book_there_is_nothing_to_stand_beside(told: Book, name: str) -> None:
    found = three(report(told, name, "--period", "week", "--date", "2026-11-13"))
    assert {(previous, average) for _, previous, average in found.values()} == {(None, None)}
    assert " - " in told("report", name, "--compare", "--period", "week", "--date", "2026-11-13", now=NOW).out


def test_a_city_alone_is_counted_where_one_was_asked_for(told: Book) -> None:
    told("edit", "1", "--set", "city=成都", now=NOW)
    told("edit", "5", "--set", "city=重庆", now=NOW)
    # of 1 alone: the order of the 19th and the visit of the 12th
    found = three(report(told, "coverage", "--city", "成都"))
    assert found == {"visits": (0, 0, 0.5), "sales": (0, 100_000, 50_000)}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", EXPECTED)
def test_every_format_tells_them(told: Book, tmp_path: Path, name: str, lang: str) -> None:
    words = ("report", name, "--compare", "--explain", *(BY_PERIOD if KINDS[name].span != "week" else ()))
    heading = t("parts.heading_compared", lang)
    for form in ("plain", "md", "chat"):
        assert heading in told(*words, "-f", form, lang=lang, now=NOW).out, form
    page, book = tmp_path / "x.html", tmp_path / "x.xlsx"
    told(*words, "--html", str(page), "--xlsx", str(book), lang=lang, now=NOW)
    assert heading in page.read_text("utf-8")
    with ZipFile(book) as parts:
        cells = "".join(parts.read(one).decode() for one in parts.namelist() if one.endswith(".xml"))
    assert all(t(head.title, lang) in cells for head in HEADS[name].figures)
    plain = told(*words, lang=lang, now=NOW).out
    assert t("kpi.def_previous", lang) in plain and t("kpi.def_average4", lang) in plain
    for head in HEADS[name].figures:
        assert t(head.title, lang) in plain
    shown = told(*words[:3], lang=lang, now=NOW, tty=True, COLUMNS="80", TERM="dumb").lines
    assert all(width(line.rstrip()) <= 80 for line in shown)
    assert "compared" not in told("report", name, "--json", now=NOW).json


def test_reports_of_a_moment_say_which_compare(book: Book) -> None:
    comparing = [name for name, kind in KINDS.items() if "--compare" in kind.takes]
    assert comparing == [name for name in KINDS if name in COMPARING or name in HEADS]
    for name in sorted(set(KINDS) - set(comparing)):
        said = book("report", name, "--compare", code=2, lang="en").err
        assert said.startswith(f"report {name} takes no --compare; these do: day week month")
