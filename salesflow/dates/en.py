"""How a day is said in English or in figures: one rule a line, on lower-case text."""

from __future__ import annotations

import datetime
import re

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
)

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SHIFTS = {"this": 0, "the": 0, "next": 1, "last": -1}

_END = r"(?![a-z0-9])"
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?(?![a-z])"
)
_WEEKDAY = (
    r"(mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)\.?(?![a-z])"
)
_NTH = r"([0-9]{1,2})(?:st|nd|rd|th)"
_D = r"([0-9]{1,2})(?:st|nd|rd|th)?"
_WORDS = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES)}))?|{'|'.join(_TEENS)}|{'|'.join(_ONES)})"
_COUNT = rf"([0-9]{{1,18}}|an?|half an?|{_WORDS})"
_UNIT = r"(days?|weeks?|fortnights?|months?|years?|workdays?|(?:work(?:ing)?|business) days?)"
_WHICH = r"(this|next|last)"


def _day_month(day: str, month: str, year: str | None, asked: Asked) -> datetime.date:
    index = _MONTHS.index(month[:3]) + 1
    return day_in(int(year), index, int(day)) if year else day_of_year(index, int(day), asked)


def _full(m: re.Match[str], _: Asked) -> datetime.date:
    return day_in(int(m[1]), int(m[2]), int(m[3]))


def _month_day(m: re.Match[str], asked: Asked) -> datetime.date:
    return day_of_year(int(m[1]), int(m[2]), asked)


def _month_name_first(m: re.Match[str], asked: Asked) -> datetime.date:
    return _day_month(m[2], m[1], m[3] if m.re.groups > 2 else None, asked)


def _day_first(m: re.Match[str], asked: Asked) -> datetime.date:
    return _day_month(m[1], m[2], m[3] if m.re.groups > 2 else None, asked)


def _nth(m: re.Match[str], asked: Asked) -> datetime.date:
    if m[2]:
        return day_of_shifted_month(_SHIFTS[m[2]], int(m[1]), asked)
    return day_of_month(int(m[1]), asked)


def _day_word(m: re.Match[str], asked: Asked) -> datetime.date:
    word = m[0]
    if "after" in word or "before" in word:
        days = 2 if "after" in word else -2
    else:
        days = -1 if word == "yesterday" else 0 if word in ("today", "tonight") else 1
    return asked.today + datetime.timedelta(days=days)


def _weekday(m: re.Match[str], asked: Asked) -> datetime.date:
    which = m[1] or m[3]
    return weekday(_DAYS.index(m[2][:3]), _SHIFTS[which] if which else None, asked)


def _weekend(m: re.Match[str], asked: Asked) -> datetime.date:
    return weekend(_SHIFTS[m[1]] if m[1] else None, asked)


def _short_end(m: re.Match[str], asked: Asked) -> datetime.date:
    if m[1] == "w":
        return weekday(6, 0, asked)
    if m[1] == "m":
        return edge_of_shifted_month(None, "end", asked)
    return edge_of_year(None, "end", asked)


def _edge(m: re.Match[str], asked: Asked) -> datetime.date:
    edge = "end" if m[1] == "end" else "start"
    year = asked.today.year + _SHIFTS[m[2]] if m[2] in ("this", "next", "last") else None
    if m[3] == "year":
        return edge_of_year(year, edge, asked)
    return edge_of_shifted_month(None if year is None else _SHIFTS[m[2]], edge, asked)


def _week_end(m: re.Match[str], asked: Asked) -> datetime.date:
    return weekday(6, _SHIFTS[m[1] or "this"], asked)


def _named_edge(m: re.Match[str], asked: Asked) -> datetime.date:
    edge = "end" if m[1] == "end" else "start"
    return edge_of_named_month(_MONTHS.index(m[2][:3]) + 1, int(m[3]) if m[3] else None, edge, asked)


def _number(text: str) -> int:
    if text in ("a", "an"):
        return 1
    if text.isdecimal():
        return number(text)
    tens, _, ones = text.replace("-", " ").partition(" ")
    small = (*_ONES, *_TEENS)
    if tens in _TENS:
        return 10 * (_TENS.index(tens) + 2) + (small.index(ones) + 1 if ones else 0)
    return small.index(text) + 1


def _units(text: str) -> tuple[int, str]:
    """How often which unit: a fortnight is two weeks."""
    if text.startswith("fortnight"):
        return 2, "w"
    if text.startswith(("work", "business")) or text == "wd":
        return 1, "wd"
    return 1, text[0]


def _count(count: str, unit: str, back: bool, asked: Asked) -> datetime.date:
    times, code = _units(unit)
    if count.startswith("half"):
        if code == "m":
            return counted(15, "d", back, asked)
        if code == "y":
            return counted(6, "m", back, asked)
        raise DateError("not_a_date")
    return counted(times * _number(count), code, back, asked)


def _in_span(m: re.Match[str], asked: Asked) -> datetime.date:
    return _count(m[1], m[2], False, asked)


def _span(m: re.Match[str], asked: Asked) -> datetime.date:
    return _count(m[1], m[2], m[3] == "ago", asked)


def _signed(m: re.Match[str], asked: Asked) -> datetime.date:
    return _count(m[2], m[3], m[1] == "-", asked)


def _next_workday(_: re.Match[str], asked: Asked) -> datetime.date:
    return counted(1, "wd", False, asked)


_MONTH_START = "jfmasond"
_COUNT_START = "aotfsenth"  # a, half and the first letters of the numbers

FIGURES: tuple[Rule, ...] = (
    ("full", DIGITS, r"([0-9]{4}) *[-/.] *([0-9]{1,2}) *[-/.] *([0-9]{1,2})(?![0-9]|[-/.][0-9])", _full),
    ("full", DIGITS, r"([0-9]{4}) +([0-9]{1,2}) +([0-9]{1,2})(?![0-9]|[-/.:][0-9]|[点时])", _full),
    ("full", DIGITS, r"([0-9]{4})([0-9]{2})([0-9]{2})(?![0-9]|[-/.][0-9])", _full),
    ("date", DIGITS, r"([0-9]{1,2})[-/.]([0-9]{1,2})(?![0-9]|[-/.:][0-9])", _month_day),
    ("date", DIGITS, rf"{_D} *(?:of +)?{_MONTH}", _day_first),
    ("full", DIGITS, rf"{_D}[- ]*(?:of +)?{_MONTH}[-, ]*([0-9]{{4}}){_END}", _day_first),
    ("date", DIGITS, rf"{_NTH}{_END}(?: +(?:of +)?{_WHICH} +month{_END})?", _nth),
    ("span", DIGITS, rf"{_COUNT} +{_UNIT} +(ago|later|from now|from today){_END}", _span),
    ("span", DIGITS + "+-", rf"([+-]?)([0-9]{{1,18}}) ?(d|wd|w|m|y){_END}", _signed),
    ("span", "+-", rf"([+-]) ?([0-9]{{1,18}}) ?{_UNIT}{_END}", _signed),
)

RULES: tuple[Rule, ...] = (
    ("date", "td", rf"(?:the +)?day +(?:after +tomorrow|before +yesterday){_END}", _day_word),
    ("date", "ty", rf"(?:today|tonight|tomorrow|tmrw?|yesterday){_END}", _day_word),
    ("weekday", "tnlmwfs", rf"(?:{_WHICH} +(?:week +)?)?{_WEEKDAY}(?:,? +{_WHICH} +week{_END})?", _weekday),
    ("edge", "tnlw", rf"(?:{_WHICH} +)?weekend{_END}", _weekend),
    ("edge", "e", rf"eo([mwy]){_END}", _short_end),
    (
        "edge",
        "tebs",
        rf"(?:the +)?(end|beginning|start) +of +(?:(the|this|next|last) +)?(month|year){_END}",
        _edge,
    ),
    ("edge", "te", rf"(?:the +)?end +of +(?:(the|this|next|last) +)?week{_END}", _week_end),
    (
        "edge",
        "tebs",
        rf"(?:the +)?(end|beginning|start) +of +{_MONTH}(?:,? +([0-9]{{4}}){_END})?",
        _named_edge,
    ),
    ("date", _MONTH_START, rf"{_MONTH} *{_D}{_END}", _month_name_first),
    ("full", _MONTH_START, rf"{_MONTH}[- ]*{_D}(?:,| |-)+([0-9]{{4}}){_END}", _month_name_first),
    ("date", "t", rf"the +{_NTH}{_END}(?: +(?:of +)?{_WHICH} +month{_END})?", _nth),
    ("date", "t", rf"the +{_D} +(?:of +)?{_MONTH}", _day_first),
    ("span", "iw", rf"(?:in|within) +{_COUNT} +{_UNIT}{_END}", _in_span),
    ("span", _COUNT_START, rf"{_COUNT} +{_UNIT} +(ago|later|from now|from today){_END}", _span),
    ("span", "n", rf"next +(?:workday|(?:work(?:ing)?|business) +day){_END}", _next_workday),
)
