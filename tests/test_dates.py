"""WHEN: what people write for a day is read as cli.md says, or refused by name."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from salesflow.dates import When, longest_when, longest_words, parse_when
from salesflow.errors import Usage
from salesflow.texts import has_text

PHRASES = Path(__file__).parent / "data" / "dates_phrases.tsv"
SUNDAY = datetime.date(2026, 11, 22)


def _read(text: str, today: datetime.date, past: bool) -> str:
    """The day, with its time where there is one, or the name of the trouble."""
    try:
        when = parse_when(text, today, past=past)
    except Usage as refused:
        return refused.key.removeprefix("dates.")
    return f"{when.date}T{when.time}" if when.time else str(when.date)


def _phrases() -> Iterator[list[str]]:
    for line in PHRASES.read_text(encoding="utf-8").splitlines()[1:]:
        if not line.startswith("#"):
            yield line.split("\t")


@pytest.mark.parametrize(("today", "reading", "text", "expected"), list(_phrases()))
def test_a_phrase_means_the_day_or_is_refused(today: str, reading: str, text: str, expected: str) -> None:
    assert _read(text, datetime.date.fromisoformat(today), reading == "past") == expected


def test_the_cases_of_other_projects(shared: Callable[[str], Path]) -> None:
    with shared("data/dates/dates.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    wrong = []
    for row in rows:
        today = datetime.date.fromisoformat(row["reference_date"])
        for past, column in ((False, "expected_date"), (True, "alt_expected")):
            if row[column] and _read(row["text"], today, past) != row[column]:
                wrong.append((row["text"], row["reference_date"], past))
    assert len(rows) == 156
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("。", "empty"),
        ("x" * 5000, "not_a_date"),
        ("明天" * 60, "not_a_date"),
    ],
)
def test_nothing_and_too_much_are_refused(text: str, key: str) -> None:
    assert _read(text, SUNDAY, False) == key


def test_a_full_stop_of_dictation_is_no_trouble() -> None:
    assert parse_when("下周三。", SUNDAY) == When(datetime.date(2026, 11, 25))


def test_the_part_that_is_wrong_is_named_and_long_text_is_cut() -> None:
    with pytest.raises(Usage) as refused:
        parse_when("2月30日下午3点", SUNDAY)
    assert refused.value.values == {"text": "2月30日"}
    with pytest.raises(Usage) as refused:
        parse_when("很" * 70, SUNDAY)
    assert len(str(refused.value.values["text"])) < 50


_PIECES = """
下 上 本 这 个 周 月 年 日 号 天 三 十 两 半 百 廿 后 前 内 以 之 底 末 初 今 明 大 工作日 点 分 刻 早 晚
上午 下午 或 到 左右 过 再 星期 礼拜 周末 ３ 週 後 2026 12 31 30 29 2 0 99999 - / . : , ( ) + 3d +2wd eom
next last this the of in by on at dec friday wed day week month years ago later from now am pm t
"""
_WORDS = st.lists(st.sampled_from(_PIECES.split()), max_size=8).flatmap(
    lambda words: st.sampled_from(["", " "]).map(lambda space: space.join(words))
)


@settings(deadline=None)  # how long it takes depends on what else the machine does
@given(
    text=st.one_of(st.text(max_size=90), _WORDS),
    today=st.dates(datetime.date(1930, 1, 1), datetime.date(2200, 1, 1)),
    past=st.booleans(),
)
@example(text="一百零天后", today=SUNDAY, past=False)
@example(text="²号", today=SUNDAY, past=False)
@example(text="\ud800", today=SUNDAY, past=False)
def test_no_text_makes_anything_but_a_day_or_usage(text: str, today: datetime.date, past: bool) -> None:
    try:
        when = parse_when(text, today, past=past)
    except Usage as refused:
        assert has_text(refused.key, "zh") and has_text(refused.key, "en")
    else:
        assert parse_when(f"{when.date}T{when.time or '00:00'}", today).date == when.date
    found = longest_when(text, today, past=past)
    if found:
        assert 0 < found[1] <= len(text)
    words = text.split()
    with suppress(Usage):
        assert 0 < longest_words(words, today, past=past)[1] <= len(words)


@pytest.mark.parametrize(
    ("text", "date", "rest"),
    [
        ("周五送第二份报价", "2026-11-27", "送第二份报价"),
        ("12.1 5万", "2026-12-01", " 5万"),
        ("12.31元旦前送", "2026-12-31", "元旦前送"),
        ("周五前往送样", "2026-11-27", "前往送样"),
        ("周五前送到", "2026-11-27", "送到"),
        ("周五 到店谈", "2026-11-27", " 到店谈"),
        ("周五和王总谈", "2026-11-27", "和王总谈"),
        ("明天 3号厅", "2026-11-23", " 3号厅"),
        ("明天3点见", "2026-11-23", "3点见"),
        ("周五 3.5米膜", "2026-11-27", " 3.5米膜"),
        ("3号见", "2026-12-03", "见"),
        ("12月3号店庆", "2026-12-03", "店庆"),
        ("Dec 1 send quote", "2026-12-01", " send quote"),
        ("周三一起去", "2026-11-25", "一起去"),
        ("周五下班前送", "2026-11-27", "下班前送"),
        ("fri to sign", "2026-11-27", " to sign"),
        ("月底结账", "2026-11-30", "结账"),
    ],
)
def test_the_longest_date_of_a_text(text: str, date: str, rest: str) -> None:
    found = longest_when(text, SUNDAY)
    assert found is not None
    assert (str(found[0].date), text[found[1] :]) == (date, rest)


@pytest.mark.parametrize(
    "text",
    [
        "5.8万的单", "5.8 万的单", "5.8千", "5.8元", "8.5折", "3号厅", "3号店", "3号门", "周五或周六",
        "周五到周六", "周五 到 周六", "周五至周日", "周五左右", "周五 左右", "周五后", "周五前后",
        "明天或后天", "周三四都行",
        "12.1-12.3", "2026-12-01~03", "13800138000", "12.5.1", "2月30日", "0天后", "money", "sunny", "再说",
        "fri or mon", "fri-ish", "fri to sat", "mon, wed", "周五 周六", "明天下午3点到5点",
        "明天 15:30-16:30", "周五下午3点多", "",
    ],
)  # fmt: skip
def test_what_follows_makes_it_no_date(text: str) -> None:
    assert longest_when(text, SUNDAY) is None


def test_a_long_text_is_read_no_farther_than_a_date_can_be() -> None:
    found = longest_when("周五下午3点" + "送样，" * 2_000_000, SUNDAY)
    assert found == (When(datetime.date(2026, 11, 27), "15:00"), len("周五下午3点"))


@pytest.mark.parametrize(
    ("words", "when", "count"),
    [
        ("周五 送样 品", "2026-11-27", 1),
        ("周五 下午 3点 送样", "2026-11-27 15:00", 3),
        ("2026 12 01 送样", "2026-12-01", 3),
        ("明天 上午送样", "2026-11-23", 1),
        ("the day after tomorrow call", "2026-11-24", 4),
        ("in 3 days call him", "2026-11-25", 3),
        ("周五 5.8万 的单", "2026-11-27", 1),
        ("12月 1日", "2026-12-01", 2),
    ],
)
def test_as_many_words_as_read_as_one_date(words: str, when: str, count: int) -> None:
    found, taken = longest_words(words.split(), SUNDAY)
    assert (f"{found.date} {found.time or ''}".strip(), taken) == (when, count)


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("送样 周五", "not_a_date"),
        ("明天 或 后天 送样", "two_dates"),
        ("周五 左右 送样", "vague"),
        ("周五 3点 送样", "unclear_time"),
        ("明天 25:00 送样", "bad_time"),
        ("2月 30日 送样", "no_such_day"),
        ("5.8 万", "not_a_date"),
        ("下周 送样", "week_alone"),
        ("下午3点 送样", "time_alone"),
        ("", "not_a_date"),
    ],
)
def test_words_that_are_no_date_are_refused(words: str, key: str) -> None:
    with pytest.raises(Usage) as refused:
        longest_words(words.split(), SUNDAY)
    assert refused.value.key == f"dates.{key}"
