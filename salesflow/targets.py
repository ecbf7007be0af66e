"""Targets, pure: what may be one, how a metric, a period and a value are written, what a day must bring (K6)."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import normalize

from salesflow.dates import (
    WorkCalendar,
    add_months,
    month_label,
    month_of,
    parse_date_cell,
    week_label,
    week_of,
)
from salesflow.errors import SalesflowError, Usage
from salesflow.money import parse_amount
from salesflow.texts import LANGUAGES, t

if TYPE_CHECKING:
    from collections.abc import Iterable

METRICS = ("visits", "calls", "followups", "new_leads", "deals", "sales", "margin", "collected")
MONEY = ("sales", "margin", "collected")
KINDS = ("day", "week", "month")
_EVERY = {
    "day": ("day", "daily", "every day", "a day", "per day", "每天", "每日", "日", "天"),
    "week": ("week", "weekly", "every week", "a week", "per week", "每周", "每星期", "周"),
    "month": ("month", "monthly", "every month", "a month", "per month", "每月", "每个月", "月"),
}
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_THIS = {
    "month": (("上月", "上个月", "last month"), ("本月", "这个月", "this month"), ("下月", "下个月", "next month")),
    "week": (("上周", "上个周", "last week"), ("本周", "这周", "当周", "this week"), ("下周", "下个周", "next week")),
    "day": (("昨天", "昨日", "yesterday"), ("今天", "今日", "当天", "today"), ("明天", "明日", "tomorrow")),
}  # fmt: skip
_MOST = 10**9
_YEARS = range(1900, 3000)  # as of any date


def _plain(text: str) -> str:
    return normalize("NFKC", text).strip().casefold()


def read_metric(text: str) -> str:
    """The code of the metric that ``text`` names in either language. Raises Usage with all that there are."""
    plain = _plain(text).partition("(")[0].removesuffix("目标").strip()
    for code in METRICS:
        called = f"{t(f'rows.metric_{code}', 'zh')} | {t(f'rows.metric_{code}', 'en')}"
        if plain == code or plain in called.casefold().split(" | "):
            return code
    known: dict[str, Any] = {f"known_{lang}": _titles(lang) for lang in LANGUAGES}
    raise Usage("rows.no_metric", text=text[:40], **known)


def _titles(lang: str) -> str:
    return t("lead.comma", lang).join(metric_title(code, lang) for code in METRICS)


def metric_title(code: str, lang: str) -> str:
    """What people call the metric; one that an import brought and nobody knows is called by its code."""
    return t(f"rows.metric_{code}", lang).partition(" | ")[0] if code in METRICS else code


def read_period(text: str, today: date | None = None) -> str:
    """``2026-11``, ``2026-W47``, ``2026-11-22``; ``day week month`` where it is each of them. Raises Usage.

    With ``today`` the words counted from it are read too: 本月, 下周, 明天, and a month without its year.
    """
    plain = _plain(text)
    for code, words in _EVERY.items():
        if plain in words:
            return code
    found = _numbered(plain) or (_counted(plain, today) if today else "")
    if found:
        return found
    try:
        return parse_date_cell(text).date.isoformat()
    except SalesflowError:
        raise Usage("rows.no_period", text=text[:40]) from None


def _numbered(plain: str) -> str:
    import re

    month = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?", plain) or re.fullmatch(
        r"(\d{4})(\d{2})", plain
    )
    if month and int(month[1]) in _YEARS and 1 <= int(month[2]) <= 12:
        return f"{month[1]}-{int(month[2]):02d}"
    english = re.fullmatch(r"([a-z]{3})[a-z]*\.?,?\s+(\d{4})", plain)
    if english and int(english[2]) in _YEARS and english[1] in _MONTHS:
        return f"{english[2]}-{_MONTHS.index(english[1]) + 1:02d}"
    week = re.fullmatch(r"(\d{4})\s*[-年]?\s*(?:(?:w|第)\s*(\d{1,2})\s*周?|(\d{1,2})\s*周)", plain)
    number = int(week[2] or week[3]) if week else 0
    if week and int(week[1]) in _YEARS and 1 <= number <= _weeks(int(week[1])):
        return f"{week[1]}-W{number:02d}"
    return ""


def _counted(plain: str, today: date) -> str:
    for kind, said in _THIS.items():
        for step, words in zip((-1, 0, 1), said, strict=True):
            if plain in words:
                return label_of(kind, _stepped(kind, today, step))
    number = plain.removesuffix("份").removesuffix("月")
    if number != plain and number.isascii() and number.isdecimal() and 1 <= int(number) <= 12:
        year = today.year + (int(number) < today.month)  # the next one to come, this month counts
        return f"{year}-{int(number):02d}"
    return ""


def _stepped(kind: str, day: date, step: int) -> date:
    if kind == "month":
        return add_months(day.replace(day=1), step)
    return day + timedelta(days=step * (7 if kind == "week" else 1))


def _weeks(year: int) -> int:
    return date(year, 12, 28).isocalendar()[1]


def label_of(kind: str, day: date) -> str:
    """The period of that kind in which the day lies, as it is stored."""
    return {"month": month_label, "week": week_label}.get(kind, date.isoformat)(day)


def kind_of(period: str) -> str:
    """``day``, ``week`` or ``month``: how long a stored period is."""
    if period in KINDS:
        return period
    return "week" if "W" in period else "month" if len(period) == 7 else "day"


def span(period: str) -> tuple[date, date]:
    """The first and the last day of one stored period; not for each day, week or month."""
    kind = kind_of(period)
    if kind == "week":
        year, _, week = period.partition("-W")
        return week_of(date.fromisocalendar(int(year), int(week), 1))
    first = date.fromisoformat(f"{period}-01" if kind == "month" else period)
    return month_of(first) if kind == "month" else (first, first)


def read_value(metric: str, text: str, column: str) -> int:
    """Fen where the metric is money, else a count: ``30万``, ``20 家``. Raises Usage that names ``column``."""
    if metric in MONEY:
        return parse_amount(text)
    plain = _plain(text).replace(",", "").removesuffix(".0")
    for unit in ("家", "次", "个", "台", "单", "天"):
        plain = plain.removesuffix(unit).strip()
    # a number of thousands of digits is none that Python reads
    if not plain.isascii() or not plain.isdecimal() or len(plain) > 20 or int(plain) > _MOST:
        raise Usage("rows.no_count", column=column, text=text[:40])
    return int(plain)


class Run(NamedTuple):
    """How far a period has run: its working days, and how many are left, today's among them."""

    days: int
    left: int

    @property
    def elapsed(self) -> float | None:
        """The share of the working days that lie before today; None where none is worked."""
        return round((self.days - self.left) / self.days, 4) if self.days else None


def run(kind: str, first: date, last: date, today: date, calendar: WorkCalendar) -> Run:
    """How far the period from ``first`` to ``last`` has run on ``today``; a day is one day, worked or not."""
    if kind == "day":
        return Run(1, int(today <= last))
    worked = working_days(first, last, calendar)
    return Run(len(worked), sum(day >= today for day in worked))


def working_days(first: date, last: date, calendar: WorkCalendar) -> list[date]:
    """The days from ``first`` to ``last`` that are worked."""
    days = (first + timedelta(days=count) for count in range((last - first).days + 1))
    return [day for day in days if calendar.is_workday(day)]


def needed(target: int, actual: int, left: int) -> int | None:
    """What each day that is left must bring, rounded up; 0 once reached, None with no day left."""
    if actual >= target:
        return 0
    return upwards(Fraction(target - actual, left)) if left else None


def upwards(value: Fraction) -> int:
    """The whole number that is not less."""
    return -(-value.numerator // value.denominator)


def nearest(value: Fraction) -> int:
    """The whole number next to it, halves up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def in_order(metrics: Iterable[str]) -> list[str]:
    """Each metric once, as ``METRICS`` orders them."""
    found = set(metrics)
    return [code for code in METRICS if code in found]
