"""A note that is a diary: lines that begin with dates, each of which tells of its own day."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import NamedTuple

_MARKED = re.compile(r"\s*(?:\d{1,2}[、)）]|[①-⑳]|[-*•·●■◆])\s*(?=[\[(【（]?\d)")


class _Dated(NamedTuple):
    """A line that begins with a date: year (0 where it says none), month, day, what follows."""

    year: int
    month: int
    day: int
    text: str


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    rest = r"[\s:：,，、。;；-]*(?P<text>.*)"
    eight = r"\s*(?P<year>20\d{2})(?P<short>)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)" + rest
    six = (
        r"\s*[\[(【（]?(?P<year>)(?P<short>[12]\d)[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})(?!\d)"
        r"\s*[日号]?\s*[\])】）]?(?![-./]?\d)"
    )
    other = (
        r"\s*[\[(【（]?(?:(?P<year>\d{4})\s*[-./年]\s*|(?P<short>\d{2})年\s*)?"
        r"(?P<month>\d{1,2})\s*[-./月]\s*(?P<day>\d{1,2})(?!\d)\s*[日号]?\s*[\])】）]?"
        r"(?![-./]?\d|\s*[万千亿元折%％台辆套米厘]|天(?!气)|个(?!人)|年(?![底前后初])|次|倍|岁|层|小时|分钟|公里|公分|家店)"
    )
    return tuple(re.compile(pattern, re.DOTALL) for pattern in (eight, six + rest, other + rest))


@lru_cache(maxsize=1)
def _within() -> re.Pattern[str]:
    # 3.15 拜访；3.20 电话: after such a mark a date begins an entry; after a blank only one with its year
    return re.compile(
        r"[；;。]\s*(?=(?:20\d{2}\s*[-./年]\s*)?\d{1,2}\s*[-./月]\s*\d{1,2}(?!\d)[日号]?"
        r"(?!\s*(?:之?前|以前|之?后|以后|左右|再|要|约|计划|准备|将|下|到|至)))"
        r"|\s+(?=20\d{2}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}(?!\d))"
    )


def diary(text: str, today: datetime.date) -> list[tuple[str, str]]:
    """The entries of a note whose lines begin with dates, as (``YYYY-MM-DD``, text), as they stand.

    A date without a year is the last one past, counted from ``today``; where the dates then stand
    neither upwards nor downwards, years turn among them. Lines without a date continue the entry
    above; those before the first date come as ("", text). A note without a dated line gives [].
    """
    heads: list[_Dated | None] = [None]
    texts: list[list[str]] = [[]]
    for line in text.splitlines():
        for part in _parts(line, today):
            found = _dated(part, today)
            if found:
                heads.append(found)
                texts.append([found.text])
            else:
                texts[-1].append(part)
    dated = [head for head in heads if head]
    if not dated:
        return []
    days = ["", *(day.isoformat() for day in _days(dated, today))]
    joined = [(day, "\n".join(lines).strip()) for day, lines in zip(days, texts, strict=True)]
    return [entry for entry in joined if entry[0] or entry[1]]


def _parts(line: str, today: datetime.date) -> list[str]:
    """The line, parted where another dated entry begins within it."""
    plain = _MARKED.sub("", line, count=1) if _MARKED.match(line) else line
    start = plain.lstrip()[:1]
    if not (start.isdecimal() or start in {"[", "(", "【", "（"}) or len(plain) < 10:
        return [plain if plain != line and _dated(plain, today) else line]
    begins = [found.end() for found in _within().finditer(plain) if _dated(plain[found.end() :], today)]
    if not begins or not _dated(plain, today):
        return [plain]
    parts = zip([0, *begins], [*begins, len(plain)], strict=True)
    return [plain[begin:end].rstrip("；; ") for begin, end in parts]


def _dated(line: str, today: datetime.date) -> _Dated | None:
    start = line.lstrip()[:1]
    if not (start.isdecimal() or start in {"[", "(", "【", "（"}):
        return None
    found = next((m for pattern in _patterns() if (m := pattern.match(line))), None)
    if not found:
        return None
    parts = found.groupdict()
    year = int(parts["year"] or (parts["short"] and "20" + parts["short"]) or 0)
    month, day = int(parts["month"]), int(parts["day"])
    if _past(month, day, year, today) is None:
        return None
    return _Dated(year, month, day, parts["text"].strip())


def _days(found: list[_Dated], today: datetime.date) -> list[datetime.date]:
    """The day of each entry."""
    alone = [_past(one.month, one.day, one.year, today) or today for one in found]
    if alone in (sorted(alone), sorted(alone, reverse=True)):
        return alone
    upwards = _chained(found[::-1], today)
    downwards = _chained(found, today)
    if upwards and (not downwards or upwards[-1] >= downwards[-1]):
        return upwards[::-1]
    return downwards or alone


def _chained(found: list[_Dated], today: datetime.date) -> list[datetime.date] | None:
    """The days, the newest first, each the last one not after the one before it; None where years say otherwise."""
    days: list[datetime.date] = []
    for one in found:
        bound = days[-1] if days else today
        day = _past(one.month, one.day, one.year, bound)
        if day is None or day > bound:
            return None
        days.append(day)
    return days


def _past(month: int, day: int, year: int, today: datetime.date) -> datetime.date | None:
    """The day itself where the year is known, else the last one past, today among them."""
    for candidate in (year,) if year else range(today.year, today.year - 8, -1):
        try:
            date = datetime.date(candidate, month, day)
        except ValueError:
            continue
        if year or date <= today:
            return date
    return None
