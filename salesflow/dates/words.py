"""Reads a day and its time at a place in a text, and says what may not follow it.

The longest rule that fits decides; where that one names no day (2月30日), nothing does.
"""

from __future__ import annotations

import datetime
import re

from salesflow.dates.base import When, add_months
from salesflow.dates.clock import read_clock
from salesflow.dates.rules import Asked, DateError, Rule

_TRADITIONAL = "後週號個兩內點這過時鐘禮裡裏級饋進瞭沒電話當來間訊為總經圓塊臺廳門樓館櫃節國慶盡隨從萬億別"
_SIMPLIFIED = "后周号个两内点这过时钟礼里里级馈进了没电话当来间讯为总经元块台厅门楼馆柜节国庆尽随从万亿别"
_BOUND = 80
_TEN_YEARS = 120

_BY = r"(?:by|on) +"
_BEFORE = r" *[之以]?前(?![后往去台面])"
# 5.8万, 12.1折: figures of money and measure; 12.31元旦 is a day all the same.
_MEASURE = (
    r"[折台辆套箱个份%]| 折(?!扣)| ?(?:元(?![旦宵])|块|[万千亿](?!总|经理|主管|店长|先生|女士|老板|姐|哥))"
)
_PLACE = r"[厅店门楼馆仓院桌柜]"
_JOINED_FIGURES = r" ?[-–—~/.:、到至] ?[0-9]"
_INEXACT = r" *(?:左右|前后|上下|[以之过]?后|[之以]?前(?![往去台面])|或)| +or(?![a-z])|-?ish"
_RANGE = r"[到至]"
# Kinds that no second name of the day goes with.
_ALONE = ("span", "edge")
_JOINT = r" *(?:[到至~、和及与跟/–—-]|and |to |until |till )? *"


class Found:
    """A day that was read: where it ends, of which kind it is, and its time."""

    __slots__ = ("clock_trouble", "date", "end", "kind", "time")

    def __init__(self, date: datetime.date, end: int, kind: str) -> None:
        self.date = date
        self.end = end
        self.kind = kind
        self.time: str | None = None
        self.clock_trouble = ""

    def when(self, asked: Asked) -> When:
        """The answer."""
        return When(self.date, self.time, asked.beyond)


def _fold_table() -> dict[int, int]:
    table = {0xFF01 + i: 0x21 + i for i in range(94)}
    table.update({ord(a): ord(b) for a, b in zip(_TRADITIONAL, _SIMPLIFIED, strict=True)})
    table.update({ord(space): 0x20 for space in "\t\u3000\u00a0"})
    table.update({i: i + 32 for i in range(0x41, 0x5B)})
    table.update({0xFF21 + i: 0x61 + i for i in range(26)})
    return table


_fold: dict[int, int] = {}


def fold(text: str) -> str:
    """The text in simplified characters, half width and lower case, each in its own place."""
    if not _fold:
        _fold.update(_fold_table())
    return text.translate(_fold)


def scan(text: str, asked: Asked) -> Found | None:
    """The longest day (with its time) at the beginning of folded text; DateError where it is none."""
    text = text[:_BOUND]
    start = _end_of(_BY, text, 0)
    found, clock = _day(text, start, asked), None
    if found is None:
        clock = read_clock(text, start)
        if clock is None or (clock.time is None and not clock.trouble):
            return None  # a part of the day alone begins no date
        found = _day(text, _end_of(r",? *(?:on +)?的?", text, clock.end), asked)
        if found is None or clock.trouble:
            raise DateError(clock.trouble or "time_alone")
    _take_second_name(found, text, asked)
    if clock:
        found.time = clock.time
    else:
        _take_clock(found, text)
    if found.kind != "span" or found.time:
        found.end = _end_of(_BEFORE, text, found.end)
    return found


def _end_of(pattern: str, text: str, position: int) -> int:
    m = re.compile(pattern).match(text, position)
    return m.end() if m else position


def _day(text: str, position: int, asked: Asked) -> Found | None:
    """The day at that place by the rule that reaches farthest; DateError where that one fails."""
    best: tuple[int, str, re.Match[str], Rule] | None = None
    first = text[position : position + 1]
    for rule in _rules(first):
        m = re.compile(rule[2]).match(text, position) if first in rule[1] else None
        if m and (best is None or m.end() > best[0]):
            best = (m.end(), rule[0], m, rule)
    if best is None:
        return None
    end, kind, match, rule = best
    try:
        date = rule[3](match, asked)
        far = kind != "full" and not _near(date, asked.today)
    except OverflowError:
        far = True
    except DateError as trouble:
        trouble.text = match[0].strip()
        raise
    if far:
        raise DateError("too_far", text=match[0].strip())
    return Found(date, end, kind)


def _rules(first: str) -> tuple[Rule, ...]:
    if not first:
        return ()
    from salesflow.dates import en, zh

    if "0" <= first <= "9" or first in ("+", "-"):
        return (*en.FIGURES, *zh.RULES)
    return en.RULES if first.isascii() else zh.RULES


def _near(date: datetime.date, today: datetime.date) -> bool:
    return add_months(today, -_TEN_YEARS) <= date <= add_months(today, _TEN_YEARS)


def _take_second_name(found: Found, text: str, asked: Asked) -> None:
    """Take in 周五 after 11-27, or 11-27 after 周五; DateError where the two disagree."""
    opened = re.compile(r",? *(\(?) *(?=[0-9a-z周星礼])").match(text, found.end)
    if not opened or found.kind in _ALONE:
        return
    other = _quiet_day(text, opened.end(), asked)
    if other is None or other.kind in _ALONE or (found.kind == "weekday") == (other.kind == "weekday"):
        return
    if _other_thing(text, other):
        return
    if found.date != other.date and found.kind == "weekday" and "." in text[opened.end() : other.end]:
        return  # 周五 3.5米: a figure, not a day
    if not _agree(found, other, text):
        raise DateError("weekday_differs", text=text[: other.end].strip())
    if found.kind == "weekday":
        found.date, found.kind = other.date, other.kind
    found.end = _end_of(r" *\)", text, other.end) if opened[1] else other.end


def _agree(found: Found, other: Found, text: str) -> bool:
    """Whether day and weekday are one day; 下周五 names its week too, 周五 does not."""
    if found.kind == "weekday" and re.match(r"(?:by +|on +)?(?:[上下本这]|this|next|last)", text):
        return found.date == other.date
    return found.date.weekday() == other.date.weekday()


def _quiet_day(text: str, position: int, asked: Asked) -> Found | None:
    try:
        return _day(text, position, asked)
    except DateError:
        return None


def _take_clock(found: Found, text: str) -> None:
    apart = re.compile(r"t(?=[0-9])" if text[found.end : found.end + 1] == "t" else r",? *的? *")
    m = apart.match(text, found.end)
    if not m or (m[0] == "t" and found.kind != "full"):
        return
    clock = read_clock(text, m.end())
    if clock is None:
        return
    if clock.trouble:
        found.clock_trouble = clock.trouble
    else:
        found.end, found.time = clock.end, clock.time


def blocked(text: str, found: Found, asked: Asked) -> bool:
    """Whether what follows in the folded text makes the day none: 5.8万, 3号厅, 周五到周六, 或, 左右."""
    rest = text[found.end : found.end + _BOUND]
    if _other_thing(text, found):
        return True
    if found.time and re.match(r"[多来]", rest):
        return True
    if re.match(_INEXACT, rest) or re.match(_RANGE, rest):
        return True
    if found.kind == "weekday" and _weekday_next(found, rest, asked):
        return True
    joint = re.match(_JOINT, rest)
    if not joint or not joint[0].strip():
        return False
    return follows(rest[joint.end() :], asked)


def _weekday_next(found: Found, rest: str, asked: Asked) -> bool:
    """Whether another weekday stands beside it: 周五 周六, 周三四, mon, wed."""
    index = found.date.weekday()
    if rest[:1] == "一二三四五六日"[index + 1 : index + 2] != "" and not found.clock_trouble:
        return True
    start = _end_of(r"[ ,]*", rest, 0)
    if rest[start : start + 1] not in set("周星礼mtwfs"):
        return False
    other = _quiet_day(rest, start, asked)
    return other is not None and other.kind == "weekday"


def _other_thing(text: str, found: Found) -> bool:
    """Whether it is a figure of money, a number that goes on, or a place: 5.8万, 12.1-3, 3号厅."""
    rest, last = text[found.end : found.end + _BOUND], text[found.end - 1]
    figure = "0" <= last <= "9"
    bare = figure or (found.kind not in ("weekday", "span") and last in "一二三四五六七八九十")
    if bare and found.time is None and re.match(_MEASURE, rest):
        return True
    if figure and re.match(rf"[0-9]|{_JOINED_FIGURES}", rest):
        return True
    return found.kind == "day" and last in "日号" and re.match(_PLACE, rest) is not None


def follows(text: str, asked: Asked) -> bool:
    """Whether folded text begins with a day or a time, even one that is none."""
    try:
        return _day(text, 0, asked) is not None or read_clock(text, 0) is not None
    except DateError:
        return True


def whole(text: str, asked: Asked) -> Found:
    """The day that the whole folded text is; DateError with the reason where it is none."""
    if len(text) > _BOUND:
        raise DateError("not_a_date")
    if not text:
        raise DateError("empty")
    found = scan(text, asked)
    if found is None:
        raise DateError(_why_none(text))
    if found.end == len(text):
        return found
    raise DateError(found.clock_trouble or _why_more(text[found.end :], asked))


_BARE = (
    (r"(?:[下上]{1,2}|本|这)一?个?(?:周|星期|礼拜)|(?:next|this|last) week", "week_alone"),
    (r"(?:[下上]{1,2}|本|这|当)一?个?月|(?:next|this|last) month", "month_alone"),
    (r"(?:[0-9]{4}年)?[0-9一二三四五六七八九十]{1,3}月份?", "month_alone"),
    (r"[今明后去前]年|(?:next|this|last) year|[0-9]{4}年?", "month_alone"),
    (
        r".*(?:国庆|春节|元旦|中秋|端午|清明|五一|双十一|过年|年前|年后|节前|节后|农历|正月|腊月|"
        r"初[一二三四五六七八九十]).*",
        "holiday",
    ),
    (
        r"(?:尽快|尽早|马上|回头|改天|有空|过几|过两|过些|几天|几个|这几|最近|近期|随时|以后|之后|晚点|"
        r"大概|大约|可能|估计|差不多|soon|asap|later|some).*",
        "vague",
    ),
)


def _why_none(text: str) -> str:
    if read_clock(text, 0):
        return "time_alone"
    return next((key for pattern, key in _BARE if re.fullmatch(pattern, text)), "not_a_date")


def _why_more(rest: str, asked: Asked) -> str:
    if re.match(r" *(?:左右|前后|上下|[以之过]?后|或者?者?$|起)", rest):
        return "vague"
    joint = re.match(r"[ ,，。]*(?:或者?|还是|or )?" + _JOINT, rest)
    return "two_dates" if joint and follows(rest[joint.end() :], asked) else "not_a_date"
