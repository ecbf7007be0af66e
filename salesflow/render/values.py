"""How a value of each kind of column is written for people, in each language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from salesflow.render.gate import safe_all
from salesflow.tables import Report, Section
from salesflow.texts import t

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ABSENT = "-"
RIGHT = frozenset(("int", "money", "rate", "id", "trend", "spark"))
# Half of such a value is worse than none.
NEVER_CUT = frozenset(("phone", "date", "day", "time", "id", "int", "money", "rate", "trend", "spark"))
SPARKS, DIGITS = "▁▂▃▄▅▆▇█", "0123456789"


def show(value: Any, kind: str, lang: str) -> str:
    """The value as people read it; ``-`` where there is none, a text as it is."""
    return shower(kind, lang)(value)


def shower(kind: str, lang: str) -> Callable[[Any], str]:
    """What ``show`` does for one kind and language, ready for a whole column."""
    if kind in _LEVELS:
        return lambda value: value if isinstance(value, str) else trend(value, _LEVELS[kind])
    number, dated = _NUMBERS.get(kind, str), _DATED.get(kind)
    days = t("render.weekdays", lang).split() if kind == "day" else []

    def write(value: Any) -> str:
        if type(value) is int:
            return number(value)
        if isinstance(value, str):
            return dated(value, days) if dated else value
        if value is None:
            return ABSENT
        return other(value)

    def other(value: Any) -> str:
        if isinstance(value, bool):
            return t("render.yes" if value else "render.no", lang)
        if isinstance(value, (list, tuple)):
            return t("render.comma", lang).join([write(item) for item in value]) or ABSENT
        if isinstance(value, date):
            return write(value.isoformat())
        return number(value)

    return write


def trend(values: Sequence[float | None], levels: str) -> str:
    """The numbers as small bars, the largest the highest of ``levels``; nothing is the lowest, and it alone.

    Where one is below nothing the lowest stands for the lowest of them; a blank for what is not known.
    """
    known = [value for value in values or () if value is not None]
    if not known:
        return ABSENT
    least, steps = min(0, *known), len(levels) - 1
    room = max(known) - least

    def level(value: float) -> str:
        place = int((value - least) / room * steps + 0.5) if room else 0
        return levels[max(place, 1) if value > least else 0]

    return "".join(" " if value is None else level(value) for value in values)


def with_sparks(report: Report) -> Report:
    """The report with its trends drawn in blocks, for what can show them; elsewhere they are digits."""
    if not any(column.kind == "trend" for section in report.sections for column in section.columns):
        return report
    sections = [
        section._replace(
            columns=tuple(
                one._replace(kind="spark") if one.kind == "trend" else one for one in section.columns
            )
        )
        for section in report.sections
    ]
    return report._replace(sections=tuple(sections))


def align(kind: str) -> str:
    """``right`` for kinds that are figures or ids, else ``left``."""
    return "right" if kind in RIGHT else "left"


def amount(fen: int) -> str:
    """The amount in yuan, never in 万, so that a column can be compared: ``58,000``, ``1,000.10``."""
    return f"{fen / 100:,.2f}" if fen % 100 else f"{fen // 100:,}"


def percent(rate: float) -> str:
    """The share as a whole percentage, halves up: ``42%``."""
    # 0.285 is a little less than 28.5 % in binary; nobody would call it 28.
    return f"{int(abs(rate) * 100 + 0.5 + 1e-9) * (-1 if rate < 0 else 1)}%"


def day(text: str, days: Sequence[str]) -> str:
    """Month, day and weekday of an ISO date, its time after it where it has one."""
    try:
        weekday = days[date.fromisoformat(text[:10]).weekday()]
    except ValueError:
        return text
    return f"{text[5:10]} {weekday}" if len(text) == 10 else f"{text[5:10]} {weekday} {text[11:16]}"


def grid(
    section: Section, lang: str, group: bool = False, mask: Callable[[str], str] | None = None
) -> tuple[list[str], list[list[str]], list[str]]:
    """Titles, columns of safe cells and alignments of a section.

    ``group`` puts the rows' groups first as a column; ``mask`` is applied to phones.
    """
    titles = [column.title for column in section.columns]
    aligns = [align(column.kind) for column in section.columns]
    found = list(zip(*[row.cells for row in section.rows], strict=True)) or [()] * len(titles)
    cells = [
        _shown(values, column.kind, lang, mask) for column, values in zip(section.columns, found, strict=True)
    ]
    if group:
        titles, aligns = [section.group_title, *titles], ["left", *aligns]
        cells = [safe_all([row.group for row in section.rows]), *cells]
    return safe_all(titles), cells, aligns


def _shown(values: Sequence[Any], kind: str, lang: str, mask: Callable[[str], str] | None) -> list[str]:
    if kind == "phone" and mask:
        values = [_masked(value, mask) for value in values]
    types = set(map(type, values))
    if types == {str} and kind not in _DATED:
        return safe_all(list(values))
    write = shower(kind, lang)
    if types <= {str, int, type(None)}:
        # Values of a column repeat, and these are equal only where they look the same.
        known = {value: write(value) for value in set(values)}
        return safe_all([known[value] for value in values])
    return safe_all([write(value) for value in values])


def _masked(value: Any, mask: Callable[[str], str]) -> Any:
    if isinstance(value, (list, tuple)):
        return [_masked(item, mask) for item in value]
    return mask(value) if isinstance(value, str) else value


def _count(value: float) -> str:
    return f"{value:.1f}" if isinstance(value, float) else str(value)


def _time(text: str, _: Sequence[str]) -> str:
    return text.replace("T", " ") if text[4:5] == "-" else text


_LEVELS = {"trend": DIGITS, "spark": SPARKS}
_DATED: dict[str, Callable[[str, Sequence[str]], str]] = {"day": day, "time": _time}
_NUMBERS: dict[str, Callable[[Any], str]] = {
    "money": amount,
    "rate": percent,
    "int": _count,
    "id": "#{}".format,
}
