"""Cells made clean: blanks known as blanks, lists, numbers, coordinates, dated lines of a note."""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import Any
from unicodedata import category

from salesflow.errors import Usage

BLANKS = frozenset(
    (
        "", "-", "--", "---", "—", "——", "/", "\\", "[]", "{}", "()", ".", "无", "暂无", "无数据", "空",
        "NaN", "nan", "NAN", "null", "NULL", "Null", "None", "none", "NONE", "Select", "select",
        "N/A", "n/a", "NA", "#N/A", "undefined", "(blank)", "(空白)", "请选择",
    )
)  # fmt: skip

_YES = frozenset("有 是 要 需要 有需求 有需要 yes y true 1 √ ✓ 对".split(" "))  # noqa: SIM905
_NO = frozenset("无 否 没有 不要 不需要 无需求 没需求 暂无 暂无需求 no n false 0 × not_now".split(" "))  # noqa: SIM905
_UNKNOWN = frozenset("unknown 未知 不知道 不清楚 不详 待定 待确认 ?".split(" "))  # noqa: SIM905

_LINE_BREAKS = str.maketrans("\n\r\t\x0b\x0c\x85\u2028\u2029", " " * 8)


@lru_cache(maxsize=1)
def _date_patterns() -> tuple[Any, Any]:
    import re

    rest = r"[\s:：,，、。;；-]*(?P<text>.*)"
    eight = r"\s*(?P<year>20\d{2})(?P<short>)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)" + rest
    other = (
        r"\s*[\[(【（]?(?:(?P<year>\d{4})\s*[-./年]\s*|(?P<short>\d{2})年\s*)?"
        r"(?P<month>\d{1,2})\s*[-./月]\s*(?P<day>\d{1,2})(?!\d)\s*[日号]?\s*[\])】）]?"
        r"(?![-./]?\d|\s*[万千亿元折%％台辆套米厘]|天(?!气)|个(?!人)|年(?![底前后初])|次|倍|岁|层|小时|分钟|公里|公分|家店)"
    )
    return re.compile(eight, re.DOTALL), re.compile(other + rest, re.DOTALL)


def tidy(cell: str) -> tuple[str, bool, bool]:
    """A one-line cell without line breaks, whether invisible characters went, whether others stay.

    The last says that control characters are left, for which the row is to be refused.
    """
    text = cell.translate(_LINE_BREAKS)
    kept = "".join([c for c in text if c.isprintable() or category(c) != "Cf"])
    bad = any(category(c) in {"Cc", "Cs"} for c in kept)
    return kept.strip(), len(kept) != len(text), bad


def tidy_lines(cell: str) -> str:
    """A cell of several lines without invisible and control characters, line breaks as LF."""
    text = cell.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\t", " ")
    kept = "".join([c for c in text if c == "\n" or category(c) not in {"Cf", "Cc", "Cs"}])
    return "\n".join([line.rstrip() for line in kept.split("\n")]).strip()


@lru_cache(maxsize=4096)
def split_list(cell: str) -> tuple[str, ...]:
    """The members of a cell like ``宝马、奔驰/MINI``; a JSON list is one too."""
    cell = cell.strip() if cell.isprintable() else tidy(cell.replace("\n", "/"))[0]
    if cell in BLANKS:
        return ()
    if cell.startswith("[") and cell.endswith("]"):
        cell = cell[1:-1].replace('"', "").replace("'", "")
    for separator in "、,，;；|":
        cell = cell.replace(separator, "/")
    parts = [part.strip() for part in cell.split("/")]
    return tuple(dict.fromkeys([part for part in parts if part not in BLANKS]))


def need_code(text: str) -> str | None:
    """``yes``, ``no`` or ``unknown`` for what people write in a column of needs, or None."""
    plain = text.strip().lower()
    if plain in _YES:
        return "yes"
    if plain in _NO:
        return "no"
    return "unknown" if plain in _UNKNOWN else None


def read_need(text: str) -> str:
    """The code of a need as people write it. Raises Usage."""
    found = need_code(text)
    if found is None:
        raise Usage("fields.no_need", text=text[:40])
    return found


def whole_number(text: str) -> int | None:
    """The number in ``约30台``, ``1,200``, ``30.0``; None where there is none or a range."""
    from unicodedata import normalize

    plain = normalize("NFKC", text).strip().replace(",", "").replace(" ", "")
    plain = plain.removeprefix("约").removeprefix("大概").lstrip("~")
    for unit in ("左右", "多", "+", "/月", "/年", "/天", "每月", "台", "辆", "部"):
        plain = plain.removesuffix(unit)
    whole, _, part = plain.partition(".")
    if not whole.isascii() or not whole.isdecimal() or len(whole) > 9 or not (part + "0").isdecimal():
        return None
    return round(float(plain))


def coordinates(first: str, second: str) -> tuple[float, float, bool] | None:
    """Latitude, longitude, and whether they stood the wrong way round; None for no place in China.

    ``first`` is written as the latitude. China lies within 73 to 135 E and 3 to 54 N, so that
    the two can always be told apart.
    """
    if not first or not second:
        return None
    try:
        lat, lng = float(first), float(second)
    except ValueError:
        return None
    if 3 <= lat <= 54 and 73 <= lng <= 135:
        return lat, lng, False
    if 3 <= lng <= 54 and 73 <= lat <= 135:
        return lng, lat, True
    return None


def location(cell: str) -> tuple[float, float] | None:
    """Latitude and longitude of a cell ``a,b`` in whichever order they stand."""
    for separator in "，;；、 /|\t[]()":
        cell = cell.replace(separator, ",")
    parts = [part for part in cell.split(",") if part]
    found = coordinates(*parts) if len(parts) == 2 else None
    return found[:2] if found else None


def diary(text: str, today: datetime.date) -> list[tuple[str, str]]:
    """The entries of a note whose lines begin with dates, as (``YYYY-MM-DD``, text), as they stand.

    A date without a year is the last one past, counted from ``today``. Lines without a date
    continue the entry above; those before the first date come as ("", text). A note without a
    dated line gives [].
    """
    entries: list[tuple[str, list[str]]] = [("", [])]
    for line in text.splitlines():
        found = _dated(line, today)
        if found:
            entries.append((found[0], [found[1]]))
        else:
            entries[-1][1].append(line)
    if len(entries) == 1:
        return []
    joined = [(date, "\n".join(lines).strip()) for date, lines in entries]
    return [entry for entry in joined if entry[0] or entry[1]]


def _dated(line: str, today: datetime.date) -> tuple[str, str] | None:
    start = line.lstrip()[:1]
    if not (start.isdecimal() or start in {"[", "(", "【", "（"}):
        return None
    eight, other = _date_patterns()
    found = eight.match(line) or other.match(line)
    if not found:
        return None
    parts = found.groupdict()
    year = parts["year"] or (parts["short"] and "20" + parts["short"])
    date = _past(int(parts["month"]), int(parts["day"]), int(year) if year else 0, today)
    return (date.isoformat(), parts["text"].strip()) if date else None


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
