"""What every report tells a newcomer: how its figures are counted, what an empty book lacks, which day is today."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from kit import Book

from salesflow.commands.report_kinds import KINDS
from salesflow.funnel import middle_half
from salesflow.reports import explained
from salesflow.texts import t


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", [name for name in KINDS if name != "forecast"])
def test_an_empty_book_is_told_once_how_to_have_a_report(book: Book, name: str, lang: str) -> None:
    said = t("parts.no_leads", lang)
    for words in ((), ("-f", "chat")):
        assert book("report", name, *words, lang=lang).out.count(said) == 1, words
    book("add", "甲店")
    assert said not in book("report", name, lang=lang).out


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["promises", "visits", "hot", "forecast", "calendar", "service"])
def test_every_figure_of_its_own_is_explained(book: Book, name: str, lang: str) -> None:
    book("add", "甲店")
    told = book("report", name, "--explain", "--json", lang=lang).json["definitions"]
    assert tuple(told) == explained.NAMES[name] and all(told.values())
    text = book("report", name, "--explain", lang=lang).out
    assert t("kpi.heading_explained", lang) in text
    assert all(line in text for line in told.values())
    assert "definitions" not in book("report", name, "--json").json


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_trial_of_the_forecast_says_how_it_is_counted(book: Book, lang: str) -> None:
    book("add", "甲店")
    told = book("report", "forecast", "--backtest", "--explain", "--json", lang=lang).json["definitions"]
    assert tuple(told) == explained.NAMES["backtest"]
    text = book("report", "forecast", "--backtest", "--explain", lang=lang).out
    assert all(line in text for line in told.values())


def test_every_report_takes_explain() -> None:
    assert [name for name, kind in KINDS.items() if "--explain" not in kind.takes] == []


@pytest.mark.parametrize(("lang", "mark"), [("zh", ">24 今天"), ("en", ">24 today")])
def test_the_calendar_explains_today_s_mark_where_it_stands(book: Book, lang: str, mark: str) -> None:
    book("add", "甲店")

    def drawn(month: str) -> str:
        words = ("report", "calendar", "--date", month)
        return book(*words, lang=lang, tty=True, now="2026-11-24T09:00", COLUMNS="80", TERM="dumb").out

    assert drawn("2026-11-01").rstrip().endswith(mark)
    assert "!2" in drawn("2026-10-01") and ">" not in drawn("2026-10-01")


def test_the_funnel_says_between_which_days_the_middle_half_lies(book: Book) -> None:
    # they stay 1, 2, 4, 9 and 30 days in the first stage: the quartiles are the second and the fourth
    for number, days in enumerate((1, 2, 4, 9, 30), 1):
        book("add", f"店{number}", now="2026-10-01T09:00")
        day = f"2026-10-{1 + days:02d}T09:00"
        book("advance", str(number), "--force", "--why", "急", now=day)
    found = book("report", "funnel", "--json").json["funnel"]
    assert [found[0][key] for key in ("median_days", "low_days", "high_days")] == [4, 2, 9]
    assert found[-1]["low_days"] is None and found[-1]["high_days"] is None
    assert "low_days" not in book("report", "week", "--json").json["funnel"][0]
    for lang, said in (("zh", "停留中位 4 天（中间一半 2-9）"), ("en", "median days 4 (middle half 2-9)")):
        assert said in book("report", "funnel", "-f", "chat", lang=lang).out
        assert " 2-9 " in book("report", "funnel", lang=lang).out


def test_the_middle_half_lies_between_two_values_by_proportion() -> None:
    assert middle_half([]) is None and middle_half([7]) == (7, 7)
    assert middle_half([4, 1, 2, 3]) == (1.75, 3.25)


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "zh",
            (
                "承诺   到期 1   按时 0",
                "上一期：承诺   到期 0",
                "这一期的改期 1",
                "#1 甲店 2026-11-24 > 2026-12-01 开会",
            ),
        ),
        (
            "en",
            (
                "Promises   due 1  kept 0",
                "Before: Promises   due 0",
                "period: 1",
                "#1 甲店 2026-11-24 > 2026-12-01 开会",
            ),
        ),
    ],
)
def test_a_message_names_the_figures_of_the_promises(book: Book, lang: str, lines: tuple[str, ...]) -> None:
    book("add", "甲店", "--next", "2026-11-24", now="2026-11-23T09:00")
    book("next", "1", "2026-12-01", "--why", "开会", now="2026-11-23T10:00")
    said = book("report", "promises", "-f", "chat", lang=lang, now="2026-11-24T10:00").out
    places = [said.find(line) for line in lines]
    assert -1 not in places and places == sorted(places), said


@pytest.mark.parametrize(
    ("lang", "why"), [("zh", "磁盘满了，原来的没有动"), ("en", "the disk is full; what was")]
)
def test_a_workbook_that_finds_no_room_is_named_and_the_old_one_stays(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, why: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("salesflow.exchange.workbook_report.write_report", full)
    old = tmp_path / "week.xlsx"
    old.write_bytes(b"old")
    said = book("report", "week", "--xlsx", str(old), lang=lang, code=5)
    assert str(old) in said.err and why in said.err and not said.out
    assert old.read_bytes() == b"old"
