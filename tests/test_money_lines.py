"""A line of an order, in the ways in which people write one."""

from __future__ import annotations

import pytest

from salesflow.errors import Usage
from salesflow.money_lines import Line, line_sum, parse_line, parse_quantity, show_quantity
from salesflow.texts import t

FILM = Line("前挡膜", 50_000, 36_800, None)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("前挡膜 50 368", FILM),
        ("前挡膜 x50 @368", FILM),
        ("前挡膜 ×50 ¥368", FILM),
        ("前挡膜*50*368", FILM),
        ("前挡膜 50x368", FILM),
        ("前挡膜 50@368", FILM),
        ("前挡膜，５０，３６８", FILM),
        ("前挡膜 50台 368元/台", FILM),
        ("前挡膜 50 368 210", FILM._replace(cost_fen=21_000)),
        ("前挡膜 50台 368 成本 210", FILM._replace(cost_fen=21_000)),
        ("前挡膜 x50 @368 cost 210", FILM._replace(cost_fen=21_000)),
        ("前挡膜 50", FILM._replace(price_fen=None)),
        ("3M 前挡 50 368", FILM._replace(product="3M 前挡")),
        ("前挡 70 x50 @368", FILM._replace(product="前挡 70")),
        ("机油 18L 20桶 560", Line("机油 18L", 20_000, 56_000)),
        ("侧挡 2.5卷 1,000.50", Line("侧挡", 2_500, 100_050)),
        ("垫片 1.2万 0.05", Line("垫片", 12_000_000, 5)),
    ],
)
def test_lines(text: str, line: Line) -> None:
    assert parse_line(text) == line


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "lines.not_a_line"),
        ("前挡膜", "lines.not_a_line"),
        ("50 368", "lines.not_a_line"),
        ("前挡膜 50 0", "lines.zero_price"),
        ("前挡膜 0 368", "lines.no_quantity"),
        ("前挡膜 -5 368", "lines.no_quantity"),
        ("前挡膜 1.2345 3", "lines.no_quantity"),
        ("前挡膜 50 $5", "names.other_currency"),
        ("前挡膜 50 5美元", "names.other_currency"),
    ],
)
def test_what_is_no_line(text: str, key: str) -> None:
    with pytest.raises(Usage) as caught:
        parse_line(text)
    assert caught.value.key == key
    for lang in ("zh", "en"):
        assert len(t(key, lang, **caught.value.values)) < 200


def test_sums_are_rounded_half_up_to_the_fen() -> None:
    """0.5 of 0.01 is half a fen, a fen; 0.333 of 1.00 is 33.3 fen; 2.5 of 1,000.50 is 2,501.25."""
    assert (line_sum(500, 1), line_sum(333, 100), line_sum(2_500, 100_050)) == (1, 33, 250_125)


@pytest.mark.parametrize("text", ["50", "2.5", "0.001", "12000"])
def test_a_quantity_is_shown_as_it_is_written(text: str) -> None:
    assert show_quantity(parse_quantity(text)) == text
