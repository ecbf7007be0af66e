"""``report NAME --html --xlsx --md``: what leaves the house is whole in itself, escaped, masked, never half written."""

from __future__ import annotations

import os
import re
import stat
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from kit import Book
from python_calamine import CalamineWorkbook

from salesflow.commands.report_kinds import KINDS
from salesflow.money import show_money

EVIL = '<script>alert("x")</script>&amp;'
NAMES = tuple(KINDS)


@pytest.fixture
def shop(book: Book) -> Book:
    """Two shops, one of a name that is markup, with people, promises, a deal and targets."""
    person = ["--contact", "王建国 13900001234 buyer"]
    book("add", "华星宝马", "--grade", "H", "--source", "referral", *person, now="2026-11-10T09:00")
    book("add", EVIL, "--grade", "H", now="2026-11-16T09:00")
    book(
        "visit",
        "1",
        "谈价",
        "--next",
        "11-26",
        "--for",
        "王建国要报价，手机13900001234",
        now="2026-11-16T10:00",
    )
    book("visit", "2", "看样品", "--next", "11-20", "--for", EVIL, now="2026-11-17T10:00")
    book("order", "1", "5.8万", "--cost", "3.7万", "--no-advance", now="2026-11-24T09:00")
    book("target", "set", "visits", "20", "--period", "week")
    book("target", "set", "sales", "12万", "--period", "week")
    return book


class _Page(HTMLParser):
    """The tags of a page, what they fetch, and whether each is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.fetched += [value or "" for name, value in attrs if name in ("src", "href", "xlink:href")]
        if tag not in ("meta", "link", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(path: Path) -> _Page:
    """The page at the path, read."""
    page = _Page()
    page.feed(path.read_text("utf-8"))
    return page


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_every_report_is_a_page_a_workbook_and_markdown(
    shop: Book, tmp_path: Path, name: str, lang: str
) -> None:
    html, xlsx, md = (tmp_path / f"r.{form}" for form in ("html", "xlsx", "md"))
    words = ("--html", str(html), "--xlsx", str(xlsx), "--md", str(md))
    shown = shop("report", name, *words, lang=lang)
    assert shown.out == shop("report", name, lang=lang).out
    page, text = read(html), html.read_text("utf-8")
    assert page.open == []
    assert "script" not in page.seen
    assert page.fetched == []
    assert set(re.findall(r"https?://[^\"' <]+", text)) <= {"http://www.w3.org/2000/svg"}
    assert "default-src 'none'" in text
    assert "size: A4" in text
    assert f'lang="{"zh-CN" if lang == "zh" else "en"}"' in text
    assert len(text.encode()) < 300_000
    assert CalamineWorkbook.from_filelike(BytesIO(xlsx.read_bytes())).sheet_names
    assert "<script" not in md.read_text("utf-8")
    for path in (html, xlsx, md):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_week_s_page_draws_the_funnel_the_trend_the_targets_and_the_sources(
    shop: Book, tmp_path: Path
) -> None:
    path = tmp_path / "week.html"
    shop("report", "week", "--date", "2026-11-22", "--html", str(path))
    text = path.read_text("utf-8")
    titles = re.findall(r'<svg role="img"[^>]*>\n<title>([^<]*)</title>', text)
    # nothing was sold in those weeks, so no money is drawn
    assert titles == ["漏斗：期末各阶段多少家", "近 12 周：新线索、拜访", "目标", "新线索从哪来"]
    assert text.count('<svg class="spark"') >= 12
    assert "2/20  10%" in text  # of twenty visits two were made in that week


def figures(path: Path) -> dict[str, list[Any]]:
    """The rows of the first sheet by their first cell."""
    sheet = CalamineWorkbook.from_filelike(BytesIO(path.read_bytes())).get_sheet_by_index(0)
    return {str(row[0]): row[1:] for row in sheet.to_python() if row and row[0] != ""}


def test_the_workbook_holds_numbers_and_charts_of_its_own(shop: Book, tmp_path: Path) -> None:
    path = tmp_path / "week.xlsx"
    shop("report", "week", "--xlsx", str(path))
    found = figures(path)
    # this week, the one before, the average of the weeks 46 and 47 that the book tells of, target, attained
    assert found["拜访"][:5] == [0, 2, 1.0, 20, 0]
    assert found["销售额"][:5] == [58000, 0, 0, 120000, 0.48]
    assert found["毛利"][0] == 21000
    with ZipFile(path) as file:
        names = file.namelist()
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
    assert (
        sum(name.startswith("xl/charts/chart") for name in names) == 4
    )  # no lead is new this week, so no sources
    assert sheet.count("<x14:sparkline>") >= 12
    assert not any("external" in name.lower() for name in names)


def test_a_formula_in_a_name_stays_a_text(book: Book, tmp_path: Path) -> None:
    book("add", '=HYPERLINK("http://x","y")', "--grade", "H", now="2026-11-23T09:00")
    path = tmp_path / "hot.xlsx"
    book("report", "week", "--xlsx", str(path))
    with ZipFile(path) as file:
        assert "<f>" not in file.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize("form", ["html", "md", "xlsx"])
def test_phones_and_given_names_stay_at_home_unless_told(shop: Book, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"w.{form}"

    def written(*more: str) -> str:
        shop("report", "week", f"--{form}", str(path), *more)
        if form != "xlsx":
            return path.read_text("utf-8")
        with ZipFile(path) as file:
            return file.read("xl/sharedStrings.xml").decode()

    assert "要报价" in written()
    assert "13900001234" not in written()
    assert "王建国" not in written()
    # before a deal it takes the customer's consent, even then
    assert "13900001234" not in written("--with-personal")
    shop("edit", "1", "--consent", "2026-11-20")
    shop("edit", "2", "--consent", "2026-11-20")
    assert "13900001234" in written("--with-personal")
    assert "王建国" in written("--with-personal")


def test_the_screen_of_whoever_owns_the_book_is_whole(shop: Book, tmp_path: Path) -> None:
    shown = shop("report", "week", "--html", str(tmp_path / "w.html"))
    assert "王建国要报价，手机13900001234" in shown.out
    assert "w.html" in shown.err
    assert "王建国" not in shop("report", "week", "-f", "md").out


def test_what_cannot_be_written_leaves_what_was_there(shop: Book, tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    old = folder / "week.html"
    old.write_text("old")
    if os.geteuid() != 0:
        folder.chmod(0o500)
        shop("report", "week", "--html", str(old), code=5)
        folder.chmod(0o700)
    shop("report", "week", "--html", str(folder), code=5)
    shop("report", "week", "--xlsx", str(tmp_path / "none" / "week.xlsx"), code=5)
    shop("report", "week", "--html", str(shop.path), code=1)  # a book is no page
    assert old.read_text() == "old"
    assert sorted(one.name for one in folder.iterdir()) == ["week.html"]


def test_files_that_are_no_names_are_refused_before_anything_is_written(shop: Book, tmp_path: Path) -> None:
    same = str(tmp_path / "same")
    assert "same" in shop("report", "week", "--html", same, "--md", same, code=2).err
    shop("report", "week", "--html", " ", code=2)
    shop("report", "--html", same, code=2)
    shop("report", "week", "--date", "2027-11-01", "--html", same, code=2)
    assert not Path(same).exists()


def test_a_page_goes_to_stdout_alone(shop: Book) -> None:
    found = shop("report", "week", "--html", "-").out
    assert found.startswith("<!doctype html>")
    assert found.endswith("</html>\n")


def test_an_empty_book_has_its_pages_too(book: Book, tmp_path: Path) -> None:
    for name in ("week", "funnel", "calendar"):
        html, xlsx = tmp_path / f"{name}.html", tmp_path / f"{name}.xlsx"
        book("report", name, "--html", str(html), "--xlsx", str(xlsx))
        assert read(html).open == []


def test_an_amount_is_a_text_that_knows_its_number() -> None:
    shown = show_money(5_800_000, "zh")
    assert (shown, shown.fen, f"{shown}!") == ("5.8 万", 5_800_000, "5.8 万!")


def test_the_calendar_counts_what_lies_on_each_day(book: Book) -> None:
    book("add", "华星宝马", now="2026-11-02T09:00")
    book("add", "锦泰奥迪", now="2026-11-02T09:00")
    book("next", "1", "11-05", now="2026-11-02T09:05")
    book("next", "2", "11-05", now="2026-11-02T09:05")
    book("visit", "1", "去了", "--next", "11-20", now="2026-11-05T10:00")  # 11-05: one kept, one still owed
    book("next", "1", "12-03", "--why", "他出差", now="2026-11-19T09:00")  # 11-20: moved away
    days = {one["date"]: one for one in book("report", "calendar", "--json").json["days"]}
    assert len(days) == 30
    assert days["2026-11-05"] == {"date": "2026-11-05", "promises": 2, "kept": 1, "open": 1, "workday": True}
    assert days["2026-11-20"]["promises"] == 0
    assert not days["2026-11-21"]["workday"]
    assert sum(one["promises"] for one in days.values()) == 2
    to_come = book("report", "calendar", "--date", "2026-12-01", "--json").json
    assert (to_come["label"], to_come["promises"]) == ("2026-12", 1)
    drawn = book("report", "calendar", tty=True, COLUMNS="80").lines
    assert any("5  2!1" in line for line in drawn)
    assert any(">24" in line for line in drawn)
    assert "2026-11-05  周四         2       1         1" in book("report", "calendar").out
    assert "5  2!1" in book("report", "month", tty=True, COLUMNS="80").out


def test_the_funnel_is_drawn_on_a_terminal_and_stands_in_columns_elsewhere(shop: Book) -> None:
    drawn = shop("report", "funnel", tty=True).lines
    place = next(place for place, line in enumerate(drawn) if line.startswith("普通信息"))
    assert drawn[place].split() == ["普通信息", "2", "#" * 40]
    assert drawn[place + 1].split() == ["|", "0%"]
    assert "#" * 40 not in shop("report", "funnel").out
