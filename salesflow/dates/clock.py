"""The time of day after a day, or before it: 下午3点半, 15:30, 3pm; a part of the day gives none."""

from __future__ import annotations

import re

from salesflow.dates.rules import DIGITS, DateError, number

_CN = "〇零一二三四五六七八九十"
_PART = (
    r"(凌晨|清晨|早晨|早上|上午|中午|正午|午后|下午|傍晚|晚上|晚间|夜里|夜间|深夜|半夜|一大早|一早"
    r"|早(?![点些])|晚(?![点些]))"
)
_MINUTES = (
    rf"(半|[一三13] *刻|[0-9]{{1,2}} *分|[{_CN}]{{1,3}}分"
    rf"|(?:[0-9]{{2}}|[{_CN}]{{2,3}})(?![0-9{_CN}日号月]))"
)
_POINT = rf"(?:{_PART} *的? *)?([0-9]{{1,2}}|[{_CN}两廿]{{1,3}}) *[点时](?:整|钟)? ?{_MINUTES}?"
_HALF = r"([ap])\.?m(?![a-z0-9])\.?"
_FIGURES = (
    rf"(?:{_PART} *|(morning|afternoon|evening|night),? +(?:at +)?|at +)?([0-9]{{1,2}}):([0-9]{{2}})"
    rf"(?::[0-9]{{2}})?(?![0-9:])(?: *{_HALF})?"
)
_AM_PM = rf"(?:(?:in the +)?(?:morning|afternoon|evening|night),? +)?(?:at +)?([0-9]{{1,2}}) *{_HALF}"
_ENGLISH_PART = r"(?:in the +|at +)?(morning|afternoon|evening|night|noon)(?![a-z])"

_PART_START = "凌清早上中正午下傍晚夜深半一"

_MORNING = ("清晨", "早晨", "早上", "上午", "一大早", "一早", "早", "morning")
_MIDDAY = ("中午", "正午")
_AFTERNOON = ("午后", "下午", "afternoon")
_BEFORE_DAWN = ("凌晨",)


class Clock:
    """Where a time of day ends, and what it is: "HH:MM", None for a part of the day, or a trouble."""

    __slots__ = ("end", "time", "trouble")

    def __init__(self, end: int, time: str | None, trouble: str = "") -> None:
        self.end = end
        self.time = time
        self.trouble = trouble


def read_clock(text: str, position: int) -> Clock | None:
    """The longest time of day that stands there, or None."""
    found: Clock | None = None
    first = text[position : position + 1]
    for starts, pattern, reckon in _READINGS:
        m = re.compile(pattern).match(text, position) if first and first in starts else None
        if m and (found is None or m.end() > found.end):
            try:
                found = Clock(m.end(), reckon(m))
            except DateError as trouble:
                found = Clock(m.end(), None, trouble.key)
    return found


def _clock(hour: int, minute: int) -> str:
    if hour > 23 or minute > 59:
        raise DateError("bad_time")
    return f"{hour:02d}:{minute:02d}"


def _point(m: re.Match[str]) -> str:
    hour = number(m[2])
    if not m[1] and 1 <= hour <= 6:
        raise DateError("unclear_time")
    return _clock(_hour(m[1] or "", hour), _minutes(m[3] or ""))


def _minutes(text: str) -> int:
    if text == "半":
        return 30
    if text.endswith("刻"):
        return 15 * number(text[:-1].strip())
    return number(text.removesuffix("分").strip()) if text else 0


def _figures(m: re.Match[str]) -> str:
    hour, minute = int(m[3]), int(m[4])
    if m[5]:
        return _clock(_twelve(hour, m[5]), minute)
    return _clock(_hour(m[1] or m[2] or "", hour), minute)


def _am_pm(m: re.Match[str]) -> str:
    return _clock(_twelve(int(m[1]), m[2]), 0)


def _twelve(hour: int, half: str) -> int:
    if not 1 <= hour <= 12:
        raise DateError("bad_time")
    return hour % 12 + (12 if half == "p" else 0)


def _hour(part: str, hour: int) -> int:
    """The hour of the day's 24 that is meant by an hour of that part of the day."""
    if not part or hour > 23:
        return hour
    if part in _MORNING:
        return _within(hour, 4, 12)
    if part in _BEFORE_DAWN:
        return _within(hour, 0, 6)
    if part in _MIDDAY:
        return _within(hour + 12 if hour < 4 else hour, 11, 15)
    if part in _AFTERNOON:
        return _within(hour + 12 if 0 < hour < 12 else hour, 12, 23)
    if hour < 5 or hour == 12:  # 晚上12点, 夜里2点: which of the two days?
        raise DateError("unclear_time")
    return _within(hour + 12 if hour < 12 else hour, 17, 23)


def _within(hour: int, first: int, last: int) -> int:
    if not first <= hour <= last:
        raise DateError("bad_time")
    return hour


def _part(_: re.Match[str]) -> None:
    return None


def _english_part(m: re.Match[str]) -> str | None:
    return "12:00" if m[1] == "noon" else None


_READINGS = (
    (DIGITS + _CN + "两廿" + _PART_START, _POINT, _point),
    (DIGITS + _PART_START + "maen", _FIGURES, _figures),
    (DIGITS + "imaen", _AM_PM, _am_pm),
    (_PART_START, _PART, _part),
    ("imaen", _ENGLISH_PART, _english_part),
)
