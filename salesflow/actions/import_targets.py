"""Rows of targets: what is to be reached in which day, week or month, by whom."""

from __future__ import annotations

import re
from typing import Any
from unicodedata import normalize

from salesflow.actions.import_cells import Cells
from salesflow.dates import parse_date_cell
from salesflow.errors import SalesflowError, Usage
from salesflow.money import parse_amount
from salesflow.store import incoming
from salesflow.store.bulk import Bulk
from salesflow.store.rows import new_uid
from salesflow.texts import LANGUAGES, t

METRICS = ("visits", "calls", "followups", "new_leads", "deals", "sales", "margin", "collected")
MONEY = ("sales", "margin", "collected")
_EVERY = {
    "day": ("day", "daily", "每天", "每日", "日"),
    "week": ("week", "weekly", "每周", "周"),
    "month": ("month", "monthly", "每月", "月"),
}
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MOST = 10**9


class Targets:
    """The targets of one file on their way into the book."""

    def __init__(self, cells: Cells, bulk: Bulk) -> None:
        self._cells = cells
        self._bulk = bulk
        self._known = incoming.targets(cells.work.connection)
        self._changed: dict[int, dict[str, Any]] = {}

    def take(self, values: dict[str, Any], policy: str, key: str) -> tuple[str, list[str]]:
        """What became of the row (``added updated unchanged duplicates``), and the fields changed."""
        metric = _metric(self._cells.needed(values, "metric"))
        period = _period(self._cells.needed(values, "period"))
        value = _value(metric, self._cells.needed(values, "target"), self._cells.header("target"))
        what = (metric, period, values.get("rep") or "")
        known = self._known.get(what)
        if known is None:
            self._add(what, value, key)
            return "added", []
        if policy != "update":  # there is one number for one metric, period and rep
            return "duplicates", []
        if known[1] == value:
            return "unchanged", []
        self._known[what] = (known[0], value)
        work = self._cells.work
        self._changed[known[0]] = {"value": value, "by": work.by, "recorded_at": work.at}
        return "updated", ["target"]

    def _add(self, what: tuple[str, str, str], value: int, key: str) -> None:
        work = self._cells.work
        row: dict[str, Any] = {
            "id": self._bulk.next_id("target"),
            "uid": new_uid(),
            "metric": what[0],
            "period": what[1],
            "rep": what[2],
            "value": value,
            "by": work.by,
            "recorded_at": work.at,
            "source_key": key,
        }
        self._known[what] = (row["id"], value)
        self._bulk.add("target", row)

    def finish(self) -> None:
        """Nothing; every row is in the book."""
        self._bulk.flush()
        for target_id, values in self._changed.items():
            incoming.change(self._cells.work.connection, "target", target_id, values)
        self._changed.clear()


def _plain(text: str) -> str:
    return normalize("NFKC", text).strip().casefold()


def _metric(text: str) -> str:
    plain = _plain(text).partition("(")[0].removesuffix("目标").strip()
    for code in METRICS:
        called = f"{t(f'rows.metric_{code}', 'zh')} | {t(f'rows.metric_{code}', 'en')}"
        if plain == code or plain in called.casefold().split(" | "):
            return code
    known: dict[str, Any] = {f"known_{lang}": _metrics(lang) for lang in LANGUAGES}
    raise Usage("rows.no_metric", text=text[:40], **known)


def _metrics(lang: str) -> str:
    return t("lead.comma", lang).join(t(f"rows.metric_{code}", lang).partition(" | ")[0] for code in METRICS)


def _period(text: str) -> str:
    plain = _plain(text)
    for code, words in _EVERY.items():
        if plain in words:
            return code
    month = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?", plain) or re.fullmatch(
        r"(\d{4})(\d{2})", plain
    )
    if month and 1 <= int(month[2]) <= 12:
        return f"{month[1]}-{int(month[2]):02d}"
    english = re.fullmatch(r"([a-z]{3})[a-z]*\.?,?\s+(\d{4})", plain)
    if english and english[1] in _MONTHS:
        return f"{english[2]}-{_MONTHS.index(english[1]) + 1:02d}"
    week = re.fullmatch(r"(\d{4})\s*[-年]?\s*(?:(?:w|第)\s*(\d{1,2})\s*周?|(\d{1,2})\s*周)", plain)
    number = int(week[2] or week[3]) if week else 0
    if week and 1 <= number <= _weeks(int(week[1])):
        return f"{week[1]}-W{number:02d}"
    try:
        return parse_date_cell(text).date.isoformat()
    except SalesflowError:
        raise Usage("rows.no_period", text=text[:40]) from None


def _weeks(year: int) -> int:
    import datetime

    return datetime.date(year, 12, 28).isocalendar()[1]


def _value(metric: str, text: str, column: str) -> int:
    if metric in MONEY:
        return parse_amount(text)
    plain = _plain(text).replace(",", "").removesuffix(".0")
    for unit in ("家", "次", "个", "台", "单", "天"):
        plain = plain.removesuffix(unit).strip()
    if not plain.isascii() or not plain.isdecimal() or int(plain) > _MOST:
        raise Usage("rows.no_count", column=column, text=text[:40])
    return int(plain)
