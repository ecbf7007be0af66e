"""How a day is said in Chinese: one rule a line, on text folded to simplified and half width."""

from __future__ import annotations

import datetime
import re

from salesflow.dates.base import add_months
from salesflow.dates.rules import (
    DIGITS,
    Asked,
    DateError,
    Rule,
    counted,
    day_in,
    day_of_month,
    day_of_shifted_month,
    day_of_year,
    edge_of_named_month,
    edge_of_shifted_month,
    edge_of_year,
    number,
    weekday,
    weekend,
    year_number,
)

_NUMERALS = "〇零一二三四五六七八九十廿卅"
_N = rf"([0-9]{{1,2}}|[{_NUMERALS}]{{1,3}})"
_COUNT = rf"([0-9]{{1,18}}|[{_NUMERALS}两百]{{1,7}})"
_DAY_END = rf"(?: *[日号]|(?![0-9{_NUMERALS}]))"
_YEAR = r"([0-9]{4}|[〇零一二三四五六七八九]{4}) *年"
_YEAR_WORD = r"(今年|本年|明年|后年|去年|前年)"
_WHICH = r"(本|这个?|上{1,2}个?|下{1,2}个?)"
_EDGE = r"(底|末|初(?![一二三四五六七八九十]))"
_UNIT = r"(天|日|个? *周|个? *星期|个? *礼拜|个 *月|年|个? *工作日)"
_TURN = r" *((?:[以之]|过(?=后))? ?[后内前])"

_YEAR_START = "今本明后去前"

_YEARS = {"今年": 0, "本年": 0, "明年": 1, "后年": 2, "去年": -1, "前年": -2}
_DAYS = {"今": 0, "明": 1, "后": 2, "大后": 3, "昨": -1, "前": -2, "大前": -3}
_WEEKDAYS = "一二三四五六日"
_UNITS = {"天": "d", "日": "d", "周": "w", "星期": "w", "礼拜": "w", "月": "m", "年": "y", "工作日": "wd"}


def _shift(which: str) -> int:
    """How many weeks or months 上 下 本 这 lie from this one."""
    return which.count("下") - which.count("上")


def _edge(word: str) -> str:
    return "start" if word == "初" else "end"


def _unit(text: str) -> str:
    return _UNITS[text.replace("个", "").replace(" ", "")]


def _full(m: re.Match[str], _: Asked) -> datetime.date:
    return day_in(year_number(m[1]), number(m[2]), number(m[3]))


def _short_year(m: re.Match[str], _: Asked) -> datetime.date:
    return day_in(2000 + int(m[1]), number(m[2]), number(m[3]))


def _year_word(m: re.Match[str], asked: Asked) -> datetime.date:
    return day_in(asked.today.year + _YEARS[m[1]], number(m[2]), number(m[3]))


def _month_day(m: re.Match[str], asked: Asked) -> datetime.date:
    return day_of_year(number(m[1]), number(m[2]), asked)


def _day(m: re.Match[str], asked: Asked) -> datetime.date:
    return day_of_month(number(m[1]), asked)


def _which_month_day(m: re.Match[str], asked: Asked) -> datetime.date:
    return day_of_shifted_month(_shift(m[1]), number(m[2]), asked)


def _month_edge(m: re.Match[str], asked: Asked) -> datetime.date:
    return edge_of_shifted_month(_shift(m[1]) if m[1] else None, _edge(m[2]), asked)


def _year_of(digits: str | None, word: str | None, asked: Asked) -> int | None:
    if digits:
        return year_number(digits)
    return asked.today.year + _YEARS[word] if word else None


def _named_month_edge(m: re.Match[str], asked: Asked) -> datetime.date:
    return edge_of_named_month(number(m[3]), _year_of(m[1], m[2], asked), _edge(m[4]), asked)


def _year_edge(m: re.Match[str], asked: Asked) -> datetime.date:
    return edge_of_year(_year_of(m[1], m[2], asked), _edge(m[3]), asked)


def _weekday(m: re.Match[str], asked: Asked) -> datetime.date:
    said = m[2].replace("天", "日")
    index = int(said) - 1 if said.isdecimal() else _WEEKDAYS.index(said)
    return weekday(index, _shift(m[1]) if m[1] else None, asked)


def _weekend(m: re.Match[str], asked: Asked) -> datetime.date:
    return weekend(_shift(m[1]) if m[1] else None, asked)


def _day_word(m: re.Match[str], asked: Asked) -> datetime.date:
    return asked.today + datetime.timedelta(days=_DAYS[m[1]])


def _span(m: re.Match[str], asked: Asked) -> datetime.date:
    return counted(number(m[1]), _unit(m[2]), m[3].endswith("前"), asked)


def _passing(m: re.Match[str], asked: Asked) -> datetime.date:
    if m[1] == "两" and m[2] in "天日":  # 过两天 is 'one of these days'
        raise DateError("vague")
    return counted(number(m[1]), _unit(m[2]), False, asked)


def _half(m: re.Match[str], asked: Asked) -> datetime.date:
    back = m[2].endswith("前")
    return counted(6, "m", back, asked) if m[1] == "年" else counted(15, "d", back, asked)


def _and_half(m: re.Match[str], asked: Asked) -> datetime.date:
    back, count = m[3].endswith("前"), number(m[1])
    if m[2].startswith("年"):
        return counted(12 * count + 6, "m", back, asked)
    if not 0 < count <= 120:
        raise DateError("too_far" if count else "zero")
    days = datetime.timedelta(days=-15 if back else 15)
    return add_months(asked.today, -count if back else count) + days


def _next_workday(_: re.Match[str], asked: Asked) -> datetime.date:
    return counted(1, "wd", False, asked)


_NUMBER_START = DIGITS + _NUMERALS
_WHICH_START = "本这上下"

RULES: tuple[Rule, ...] = (
    ("full", _NUMBER_START, rf"{_YEAR} *{_N} *月份? *{_N}{_DAY_END}", _full),
    ("date", DIGITS, rf"([0-9]{{2}}) *年 *{_N} *月份? *{_N}{_DAY_END}", _short_year),
    ("date", _YEAR_START, rf"{_YEAR_WORD}的? *{_N} *月份? *{_N}{_DAY_END}", _year_word),
    ("date", _NUMBER_START, rf"{_N} *月份? *{_N}{_DAY_END}", _month_day),
    ("span", _NUMBER_START + "两百", rf"{_COUNT} *{_UNIT}{_TURN}", _span),
    ("span", _NUMBER_START + "两百", rf"{_COUNT} *(个 *半 *月|年 *半){_TURN}", _and_half),
    ("span", "半", rf"半 *(?:个? *月|(年)){_TURN}", _half),
    ("span", "再过", rf"再?过 *{_COUNT} *{_UNIT}(?: *[以之]?后)?", _passing),
    ("day", _NUMBER_START, rf"{_N} *[日号]", _day),
    ("date", _WHICH_START, rf"{_WHICH} *月份?的? *{_N}{_DAY_END}", _which_month_day),
    ("edge", _WHICH_START + "月", rf"(?:{_WHICH} *月的? *月?|月) *{_EDGE}", _month_edge),
    (
        "edge",
        _NUMBER_START + _YEAR_START,
        rf"(?:{_YEAR} *|{_YEAR_WORD}的? *)?{_N} *月份? *{_EDGE}",
        _named_month_edge,
    ),
    ("edge", _NUMBER_START + _YEAR_START + "年", rf"(?:{_YEAR}年?|{_YEAR_WORD}年?|年) *{_EDGE}", _year_edge),
    (
        "weekday",
        _WHICH_START + "周星礼",
        rf"(?:{_WHICH} *)?(?:周|星期|礼拜) *([一二三四五六日]|天(?!气)|[1-7](?![0-9点:.]))",
        _weekday,
    ),
    ("edge", _WHICH_START + "周", rf"(?:{_WHICH} *)?周末", _weekend),
    ("date", "大今明后昨前", r"(大后|大前|今|明|后|昨|前)[天日儿]", _day_word),
    ("date", "今明昨", r"([今明昨])(?=[早晚](?![点些]))", _day_word),
    ("date", "下", r"下一?个?工作日", _next_workday),
)
