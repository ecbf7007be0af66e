"""How values of each kind are shown, in both languages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from salesflow.render.values import align, show


@pytest.mark.parametrize(
    ("value", "kind", "zh", "en"),
    [
        (None, "text", "-", "-"),
        (None, "rate", "-", "-"),
        ("", "text", "", ""),
        ("王经理", "text", "王经理", "王经理"),
        (12, "id", "#12", "#12"),
        (7, "int", "7", "7"),
        (20.5, "int", "20.5", "20.5"),
        (6.0, "int", "6.0", "6.0"),
        (5800000, "money", "58,000", "58,000"),
        (100010, "money", "1,000.10", "1,000.10"),
        (-5, "money", "-0.05", "-0.05"),
        (0, "money", "0", "0"),
        (0.42, "rate", "42%", "42%"),
        (0.285, "rate", "29%", "29%"),
        (-0.125, "rate", "-13%", "-13%"),
        (1, "rate", "100%", "100%"),
        ("2026-11-27", "date", "2026-11-27", "2026-11-27"),
        (date(2026, 11, 27), "date", "2026-11-27", "2026-11-27"),
        ("2026-11-27", "day", "11-27 周五", "11-27 Fri"),
        (date(2026, 11, 22), "day", "11-22 周日", "11-22 Sun"),
        ("2026-11-24T10:05", "day", "11-24 周二 10:05", "11-24 Tue 10:05"),
        ("没定", "day", "没定", "没定"),
        ("2026-11-24T10:05", "time", "2026-11-24 10:05", "2026-11-24 10:05"),
        ("10:05", "time", "10:05", "10:05"),
        ("剩13时", "time", "剩13时", "剩13时"),
        (["宝马", "奥迪"], "text", "宝马、奥迪", "宝马, 奥迪"),
        ((), "text", "-", "-"),
        (True, "text", "是", "yes"),
        (False, "int", "否", "no"),
        ("-0.00", "money", "-0.00", "-0.00"),
    ],
)
def test_show(value: Any, kind: str, zh: str, en: str) -> None:
    assert show(value, kind, "zh") == zh
    assert show(value, kind, "en") == en


def test_figures_and_ids_stand_right() -> None:
    assert [align(kind) for kind in ("int", "money", "rate", "id")] == ["right"] * 4
    assert [align(kind) for kind in ("text", "phone", "date", "day", "time")] == ["left"] * 5
