"""The charts of measures and forecasts: what they draw is what the tables say, inside their edges."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from kit import Book

from salesflow.render.as_svg import WIDE, svg
from salesflow.tables import Chart, Series

# Two months. October: an order of 50,000 that cost 30,000, of it 20,000 collected. November: one of 80,000 without
# a cost, 30,000 collected. A target of 100,000 a month: half of it in October, 80 % in November.
LOG = (
    ("2026-10-05T09:00", "add 华星宝马 --grade H"),
    ("2026-10-06T09:00", "visit 1 看样品 --next 10-12"),
    ("2026-10-12T09:00", "visit 1 谈价 --next 11-04"),
    ("2026-10-20T09:00", "order 1 5万 --cost 3万"),
    ("2026-10-25T09:00", "payment 1 2万"),
    ("2026-11-04T09:00", "visit 1 又订 --next 12-01"),
    ("2026-11-05T09:00", "order 1 8万"),
    ("2026-11-10T09:00", "payment 1 3万"),
    ("2026-11-11T09:00", "add 锦泰奥迪 --grade A"),
    ("2026-11-11T09:30", "target set sales 10万 --period month"),
)


@pytest.fixture
def told(book: Book) -> Book:
    """The book with all of it in."""
    for now, words in LOG:
        book(*words.split(), now=now)
    return book


def page(book: Book, folder: Path, *words: str, lang: str = "zh") -> str:
    """The page of a report."""
    file = folder / "page.html"
    book("report", *words, "--html", str(file), lang=lang)
    return file.read_text(encoding="utf-8")


def drawn(text: str, title: str) -> str:
    """The one chart of that title."""
    found = [one for one in re.findall(r"<svg role.*?</svg>", text, re.S) if f"<title>{title}</title>" in one]
    assert len(found) == 1, (title, re.findall("<title>(.*?)</title>", text))
    return found[0]


def test_the_measures_are_drawn_against_their_targets_and_over_the_months(told: Book, tmp_path: Path) -> None:
    text = page(told, tmp_path, "kpi")
    aims = drawn(text, "指标完成")
    assert "8 万/10 万  80%" in aims
    money = drawn(text, "这一期和前几期的钱")
    assert (
        ">2026-10<" in money and ">2026-11<" in money and ">2026-09<" not in money
    )  # the book began in October
    # sales of both months, the margin of October alone, what was collected in both: five columns
    assert (
        len(re.findall(r'<rect class="s\d" x="[^"]*" y="[^"]*" width="[^"]*" height="[^"]*"/>', money))
        == 5 + 3
    )
    shares = drawn(text, "这一期和前几期的比率")
    assert "承诺按时" in shares


def test_the_money_stands_in_the_workbook_as_numbers_beside_native_charts(told: Book, tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    told("report", "kpi", "--xlsx", str(tmp_path / "kpi.xlsx"))
    with ZipFile(tmp_path / "kpi.xlsx") as file:
        names = file.namelist()
        places = [
            int(one)
            for name in names
            if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name)
            for one in re.findall(rb"<xdr:from><xdr:col>(\d+)</xdr:col>", file.read(name))
        ]
    assert sum(name.startswith("xl/charts/chart") for name in names) == 3
    rows = CalamineWorkbook.from_path(tmp_path / "kpi.xlsx").get_sheet_by_name("图").to_python()
    at = next(place for place, row in enumerate(rows) if row[0] == "这一期和前几期的钱")
    assert [row[:4] for row in rows[at + 2 : at + 4]] == [
        ["2026-10", 50000, 20000, 20000],
        ["2026-11", 80000, "", 30000],
    ]
    widest = max(len([cell for cell in row if cell != ""]) for row in rows)
    assert min(places) >= widest  # no chart lies over the numbers


def test_a_forecast_draws_its_weeks_and_months(told: Book, tmp_path: Path) -> None:
    text = page(told, tmp_path, "forecast")
    data = told("report", "forecast", "--json").json
    weeks = drawn(text, "今后几周成交（家）")
    assert [f"{name}" in weeks for name in ("至少", "预计", "至多")] == [True] * 3
    assert weeks.count("<circle") == 3 * len(data["weeks"])
    months = drawn(text, "今后几月销售额")
    assert all(f">{one['label']}<" in months for one in data["months"])


def test_an_empty_book_draws_nothing(book: Book, tmp_path: Path) -> None:
    for name in ("kpi", "forecast"):
        assert "<svg role" not in page(book, tmp_path, name)


@pytest.mark.parametrize("count", [1, 2, 3, 5, 12])
@pytest.mark.parametrize("kind", ["columns", "line"])
def test_nothing_of_a_chart_reaches_over_its_edges(kind: str, count: int) -> None:
    labels = tuple(f"2026-{place:02}" for place in range(1, count + 1))
    series = tuple(Series(f"行{place}", tuple(range(10, 10 + count)), "yuan") for place in range(3))
    text = svg(Chart(kind, "图", labels, series), "zh")
    for left, wide in re.findall(r'<rect [^>]*x="([\d.-]+)"[^>]*width="([\d.]+)"', text):
        assert float(left) >= 0 and float(left) + float(wide) <= WIDE
    if kind == "columns":  # the columns of one label leave a gap to those of the next, and to the axis
        lefts = [float(x) for x in re.findall(r'<rect class="s1" x="([\d.]+)" y="[\d.]+" width', text)][1:]
        assert min(lefts) > 46
        assert len(lefts) == count


def test_an_axis_in_english_says_millions_shortly() -> None:
    chart = Chart("columns", "money", ("a", "b"), (Series("sales", (2_600_000, 1_000_000), "yuan"),))
    text = svg(chart, "en")
    assert ">3M<" in text and ">1.5M<" in text
    assert ">300 万<" in svg(chart, "zh")
