"""What sheets write for grades, stages, sources, ways and roles, as the codes of one process."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from salesflow.errors import SalesflowError, Usage
from salesflow.processes import Process
from salesflow.processes.lookup import plain
from salesflow.processes.process import LISTS
from salesflow.texts import LANGUAGES, t

STATUSES = ("open", "parked", "lost")
# the fields that hold codes, by what the process calls them
NOUNS = {
    "grade": "grade",
    "kind": "kind",
    "stage": "stage",
    "source": "source",
    "role": "role",
    "via": "via",
    "next_via": "via",
}
# those of them that a process may leave open: any text goes where it lists none
OPEN_NOUNS = ("industry", "size", "side", "approach", "buying_step", "credit", "customer_class")
FLAGS = ("reference", "key_target")
FIELDS = (*NOUNS, *OPEN_NOUNS, *FLAGS, "status")
_LEAD_FIELDS = ("grade", "kind", "stage", "source", "status", *OPEN_NOUNS, *FLAGS)
_YES = ("yes", "y", "1", "true", "是", "对", "√", "✓", "有")
_NO = ("no", "n", "0", "false", "否", "不是", "×", "无")
_SHORTENED, _SHORTEST = ("source", "via", "kind", "role"), 3
_WITHIN = 2  # 打电话, 发了微信: how far into a note its way may begin


class Codes:
    """The process's codes for what sheets write; each spelling is looked up once."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self._known: dict[tuple[str, str], str] = {}
        self._ways = _ways(process)

    def code(self, noun: str, text: str) -> str:
        """The code of ``text``. Raises Usage with the nearest."""
        found = self._known.get((noun, text))
        if found is None:
            found = self._known[noun, text] = self._looked_up(noun, text)
        return found

    def _looked_up(self, noun: str, text: str) -> str:
        process = self.process
        try:
            one = process.choice(noun, text) if noun in OPEN_NOUNS else getattr(process, noun)(text)
            return str(one.code)
        except Usage:
            if found := self._nearly(noun, text):
                return found
            # a sheet of ours may hold what the process had when the lead was recorded
            if noun == "stage" or not process.formerly(noun, text):
                raise
            return text

    def _nearly(self, noun: str, text: str) -> str:
        # what a sheet says for short: 转介绍 where one source is 客户转介绍; 上门 for whatever way is a visit
        word = plain(text)
        if noun == "via" and self.process.meeting and word in _words("rows.way_meeting"):
            return self.process.meeting.code
        if noun not in _SHORTENED or len(word) < _SHORTEST:
            return ""
        options = getattr(self.process, LISTS[noun])
        found = [one.code for one in options if any(word in plain(title) for title in one.titles.values())]
        return str(found[0]) if len(found) == 1 else ""

    def knows(self, field: str, text: str) -> bool:
        """Whether the cell says something that this field can hold."""
        try:
            self.check(field, text)
        except SalesflowError:
            return False
        return True

    def lead(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The codes of one row by the lead's columns. Raises Usage for what the process does not know."""
        found: dict[str, Any] = {
            field: self.check(field, values[field]) for field in _LEAD_FIELDS if field in values
        }
        if "need" in values:
            found["need"] = values["need"]
        if "source" in found:
            passive = (one.code for one in self.process.sources if one.passive)
            found["passive"] = int(found["source"] in passive)
        return found

    def via(self, text: str) -> str:
        """The way that a note begins with (电话, 打电话, 微信：, 来访, phone), '' for none."""
        start = text[:40].casefold()
        first, found = _WITHIN + 1, ""
        for word, code in self._ways:
            place = start.find(word, 0, len(word) + (0 if word.isascii() else _WITHIN))
            if 0 <= place < first and not (word.isascii() and start[len(word) : len(word) + 1].isalpha()):
                first, found = place, code
        return found

    def check(self, field: str, text: str) -> str | int | None:
        """The code of a cell of this field, 1 or None for yes and no. Raises Usage with the nearest."""
        if field in NOUNS:
            return self.code(NOUNS[field], text)
        if field in OPEN_NOUNS:
            return self.code(field, text)
        if field in FLAGS:
            return _flag(text)
        return _status(text)


def _words(key: str) -> list[str]:
    return [plain(word) for lang in LANGUAGES for word in t(key, lang).split("|")]


def _status(text: str) -> str:
    # by its code, or by its title in a workbook of ours
    word = text.casefold()
    for status in STATUSES:
        if word == status or word in [t(f"lists.status_{status}", lang) for lang in LANGUAGES]:
            return status
    raise Usage("lists.unknown_status", text=text[:40])


def _flag(text: str) -> int | None:
    word = text.casefold()
    if word not in (*_YES, *_NO):
        raise Usage("imports.no_flag", text=text[:40])
    return 1 if word in _YES else None


def _ways(process: Process) -> list[tuple[str, str]]:
    # every part of every title (活动、饭局、展会), the longest first
    found: dict[str, str] = {}
    for way in process.ways:
        for title in (*way.titles.values(), *way.incoming.values()):
            for mark in "（）(),，;；/":
                title = title.replace(mark, "、")
            for part in title.casefold().split("、"):
                if part.strip():
                    found.setdefault(part.strip(), way.code)
    return sorted(found.items(), key=lambda pair: -len(pair[0]))
