"""A page names so many leads of a list and says which command names them all; its figures are those of all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from kit import Book

from salesflow.commands.report_files import ON_PAGE
from salesflow.tables import Column, Report, Row, Section, shortened

HOT = 1500  # leads, each graded the hottest and promised
KILOBYTES = 300


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sheet of so many hot leads, received on the two days before the report's."""
    file = tmp_path_factory.mktemp("sheet") / "hot.csv"
    lines = ["名称,级别,收到日期,下次,下次做什么,目标产值"]
    lines += [
        f"成都第{number}汽车销售服务公司,H,2026-11-{23 - number % 2},2026-11-26,送样品和报价单,{number}00"
        for number in range(1, HOT + 1)
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


@pytest.fixture
def told(book: Book, sheet: Path) -> Book:
    """The book with these leads in it."""
    book("import", str(sheet), "--map", "下次做什么=next_reason", "--map", "目标产值=goal_value")
    return book


def rows(page: str) -> int:
    """How many lines the tables of the page have."""
    return len(re.findall("<tr>|<tr class", page))


@pytest.mark.parametrize("name", ["week", "month", "hot", "meeting", "new"])
def test_the_page_of_a_book_with_very_many_hot_leads_is_small(told: Book, tmp_path: Path, name: str) -> None:
    page = tmp_path / "page.html"
    told("report", name, "--html", str(page))
    text = page.read_text(encoding="utf-8")
    assert len(text.encode()) < KILOBYTES * 1000
    left = (HOT // 2 if name == "new" else HOT) - ON_PAGE  # half of them were received in this week
    first = "2026-11-24" if name == "hot" else "2026-11-01" if name == "month" else "2026-11-23"
    assert f"还有 {left} 行没列在这里，全部：salesflow report {name} --date {first} -f plain" in text


def test_the_figures_of_the_page_are_those_of_all_and_the_command_lists_them(
    told: Book, tmp_path: Path
) -> None:
    # 1,500 received on 11-22 (Sunday, of the week before) and 11-23 (Monday), half and half
    page = tmp_path / "page.html"
    screen = told("report", "week", "--html", str(page)).out
    text = page.read_text(encoding="utf-8")
    assert re.search(r"新线索</td><td[^>]*>750</td><td[^>]*>750</td>", text)
    assert screen.count("送样品和报价单") == HOT  # what a pipe shows is whole
    assert text.count("送样品和报价单") == ON_PAGE
    command = re.search(r"全部：salesflow (report week --date 2026-11-23 -f plain)<", text)
    assert command
    assert told(*command[1].split()).out.count("送样品和报价单") == HOT


def test_a_workbook_and_a_message_leave_nothing_out(told: Book, tmp_path: Path) -> None:
    told("report", "week", "--md", str(tmp_path / "week.md"))
    assert (tmp_path / "week.md").read_text(encoding="utf-8").count("送样品和报价单") == HOT


def test_the_command_says_the_days_of_the_page(told: Book, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    told("report", "meeting", "--from", "2026-11-20", "--to", "2026-11-24", "--html", str(page))
    assert "salesflow report meeting --from 2026-11-20 --to 2026-11-24 -f plain" in page.read_text(
        encoding="utf-8"
    )
    told(
        "report", "ageing", "--period", "week", "--html", str(page)
    )  # nobody is stuck yet: nothing is left out
    assert "没列在这里" not in page.read_text(encoding="utf-8")


def test_what_is_left_out_is_counted_under_its_own_list() -> None:
    # three rows of which two stay; four lines before them of which two stay
    section = Section(
        (Column("a"),), tuple(Row((number,)) for number in range(3)), before=("1", "2", "3", "4")
    )
    short = Section((Column("a"),), (Row((1,)),), after=("end",))
    found = shortened(Report(None, (section, short)), 2, lambda count: f"+{count}").sections
    assert found[0].rows == section.rows[:2]
    assert found[0].before == ("1", "2", "+2")
    assert found[0].after == ("+1",)
    assert found[1] == short
