"""Rows of targets: what is to be reached in which day, week or month, by whom."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from salesflow.actions.import_cells import Cells
from salesflow.errors import Usage
from salesflow.store import incoming
from salesflow.store.bulk import Bulk
from salesflow.store.rows import new_uid
from salesflow.targets import read_metric, read_period, read_value


class Targets:
    """The targets of one file on their way into the book."""

    def __init__(self, cells: Cells, bulk: Bulk) -> None:
        self._cells = cells
        self._bulk = bulk
        self._known = incoming.targets(cells.work.connection)
        self._changed: dict[int, dict[str, Any]] = {}
        self.reckoned: dict[str, str] = {}  # periods that were counted from today, as the sheet calls them

    def take(self, values: dict[str, Any], policy: str, key: str) -> tuple[str, list[str]]:
        """What became of the row (``added updated unchanged duplicates``), and the fields changed."""
        metric = read_metric(self._cells.needed(values, "metric"))
        period = self._period(values)
        value = read_value(metric, self._cells.needed(values, "target"), self._cells.header("target"))
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

    def _period(self, values: dict[str, Any]) -> str:
        # a month without a year is that of its row's year, else the next one to come
        text, year = str(self._cells.needed(values, "period")), str(values.get("year") or "").rstrip("年 ")
        if year:
            with suppress(Usage):
                return read_period(f"{year}年{text.strip().rstrip('月份')}月")
        try:
            return read_period(text)
        except Usage:
            found = self.reckoned[text] = read_period(text, self._cells.work.today)
            return found

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
