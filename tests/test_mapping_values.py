"""Cells that say more than they look: needs, numbers, places, notes with dated lines."""

from __future__ import annotations

import datetime

import pytest

from salesflow.exchange.diary import diary
from salesflow.exchange.values import location, need_code, whole_number

TODAY = datetime.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("11-05 去了，没见到人", [("2026-11-05", "去了，没见到人")]),
        ("2026.11.5：送样品", [("2026-11-05", "送样品")]),
        ("11月5日 电话，约下周", [("2026-11-05", "电话，约下周")]),
        ("11/5去了", [("2026-11-05", "去了")]),
        ("11.5 去了\n11.12 又去", [("2026-11-05", "去了"), ("2026-11-12", "又去")]),
        ("【11-05】去了", [("2026-11-05", "去了")]),
        ("20261105 去了", [("2026-11-05", "去了")]),
        ("2025年12月1号，拜访", [("2025-12-01", "拜访")]),
        ("25年12月1日 拜访", [("2025-12-01", "拜访")]),
        # without a year: the last one past, today among them
        ("12-01 拜访", [("2025-12-01", "拜访")]),
        ("11-22 拜访", [("2026-11-22", "拜访")]),
        ("11-23 拜访", [("2025-11-23", "拜访")]),
        ("2-29 拜访", [("2024-02-29", "拜访")]),
        # a line without a date goes on, one before the first date stands alone
        ("11-05 去了\n没见到人\n11-06 又去", [("2026-11-05", "去了\n没见到人"), ("2026-11-06", "又去")]),
        ("老板姓王\n11-05 去了", [("", "老板姓王"), ("2026-11-05", "去了")]),
        ("11-05", [("2026-11-05", "")]),
        ("3.15 a", [("2026-03-15", "a")]),
        ("3/15 a\n2026.3.16 b\n26.3.17 c", [("2026-03-15", "a"), ("2026-03-16", "b"), ("2026-03-17", "c")]),
        (
            "1、3.15 a\n2、3月16日 b\n- 3.17 c",
            [("2026-03-15", "a"), ("2026-03-16", "b"), ("2026-03-17", "c")],
        ),
        # several in a line; a day to come within one is none of its own
        ("3.15 a；3.16 b；3.20前答复", [("2026-03-15", "a"), ("2026-03-16", "b；3.20前答复")]),
        ("2026.3.15 a 2026.3.16 b", [("2026-03-15", "a"), ("2026-03-16", "b")]),
        ("3.15 去了。4.2万一台", [("2026-03-15", "去了。4.2万一台")]),
        # years turn where the dates would stand neither upwards nor downwards
        ("3.15 a\n12.20 b\n1.5 c", [("2025-03-15", "a"), ("2025-12-20", "b"), ("2026-01-05", "c")]),
        (
            "11.3 a\n12.20 b\n1.5 c\n11.20 d\n2.1 e",
            [
                ("2024-11-03", "a"),
                ("2024-12-20", "b"),
                ("2025-01-05", "c"),
                ("2025-11-20", "d"),
                ("2026-02-01", "e"),
            ],
        ),
        (
            "2.1 a\n11.20 b\n1.5 c\n12.20 d",
            [
                ("2026-02-01", "a"),
                ("2025-11-20", "b"),
                ("2025-01-05", "c"),
                ("2024-12-20", "d"),
            ],
        ),
        ("2025.11.3 a\n11.10 b\n2026.1.5 c", [("2025-11-03", "a"), ("2025-11-10", "b"), ("2026-01-05", "c")]),
        (
            "2024.3.1 a\n2026.1.1 b\n2025.1.1 c",
            [("2024-03-01", "a"), ("2026-01-01", "b"), ("2025-01-01", "c")],
        ),
        # no dates
        ("重点客户", []),
        ("5.8万一年", []),
        ("5.5折拿货", []),
        ("3.5 亿产值", []),
        ("13-45 去了", []),
        ("2-30 去了", []),
        ("028-85551234", []),
        ("11-12-13-14", []),
        ("1.5.2 版", []),
        ("", []),
    ],
)
def test_diary(text: str, entries: list[tuple[str, str]]) -> None:
    assert diary(text, TODAY) == entries


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("有", "yes"), ("是", "yes"), ("YES", "yes"), ("需要", "yes"), ("无", "no"), ("暂无", "no"),
        ("no", "no"), ("没有", "no"), ("不清楚", "unknown"), ("unknown", "unknown"),
        ("再说", None), ("", None),
    ],
)  # fmt: skip
def test_need(text: str, code: str | None) -> None:
    assert need_code(text) == code


@pytest.mark.parametrize(
    ("text", "number"),
    [("30", 30), ("３０台", 30), ("30.6", 31), ("1,200 台/月", 1200), ("²", 2), ("-3", None), ("", None)],
)
def test_whole_number(text: str, number: int | None) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("102.775, 24.949", (24.949, 102.775)),
        ("24.949；102.775", (24.949, 102.775)),
        ("[102.775,24.949]", (24.949, 102.775)),
        ("102.775", None),
        ("1,2,3", None),
        ("a,b", None),
    ],
)
def test_location(text: str, place: tuple[float, float] | None) -> None:
    assert location(text) == place
