"""How long something lasts, as people write it, in days."""

from __future__ import annotations

from unicodedata import normalize

from salesflow.dates.rules import DateError, number
from salesflow.errors import Usage

MOST = 3650

_MONTH, _YEAR = 30, 365
# the longer of two endings first
_UNITS = (
    ("个工作日", 0), ("工作日", 0), ("个星期", 7), ("个礼拜", 7), ("个季度", 91), ("个月", _MONTH),
    ("星期", 7), ("礼拜", 7), ("季度", 91), ("个季", 91), ("天", 1), ("日", 1), ("周", 7), ("月", _MONTH),
    ("年", _YEAR), ("days", 1), ("day", 1), ("weeks", 7), ("week", 7), ("months", _MONTH),
    ("month", _MONTH), ("quarters", 91), ("quarter", 91), ("years", _YEAR), ("year", _YEAR), ("d", 1),
    ("w", 7), ("m", _MONTH), ("y", _YEAR), ("", 1),
)  # fmt: skip
_HALVES = {"half a month": 15, "half a year": 182}


def parse_days(text: str) -> int:
    """The days in ``60`` ``60天`` ``2个月`` ``半年`` ``8 weeks``: a month is 30, a year 365, half a month 15.

    What is no length, 0 or more than ten years is refused by name.
    """
    said = normalize("NFKC", text).strip().lower()
    days = _HALVES.get(said) or _days(said.removeprefix("every ").removeprefix("每"))
    if not 1 <= days <= MOST:
        raise Usage("product.no_cycle", text=text.strip()[:40])
    return days


def _days(said: str) -> int:
    for ending, length in _UNITS:
        if said.endswith(ending):
            count = said.removesuffix(ending).strip()
            if count == "半":
                return length // 2
            try:
                return number(_plain(count)) * length if count else 0
            except (DateError, ValueError):
                return 0
    return 0


def _plain(count: str) -> str:
    # a sheet's `60.0` is 60; digits of other scripts are none
    whole, _, part = count.partition(".")
    return (
        whole if part and not part.strip("0") else count if count.isascii() or not count.isdecimal() else "?"
    )
