"""Amounts as people write them, in whole fen."""

from __future__ import annotations

import pytest

from salesflow.errors import Usage
from salesflow.money import parse_amount, show_money, yuan
from salesflow.texts import t


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("58000", 5_800_000),
        ("58,000", 5_800_000),
        ("1,234,567.89", 123_456_789),
        ("1000.10", 100_010),
        ("1000.1", 100_010),
        ("1000.100", 100_010),
        ("58000.0", 5_800_000),
        ("¥58000", 5_800_000),
        ("￥ 58000", 5_800_000),
        ("5.8万", 5_800_000),
        ("5.8 万元", 5_800_000),
        ("5.8萬", 5_800_000),
        ("1.2亿", 12_000_000_000),
        ("5.80001万", 5_800_010),
        ("5.8w", 5_800_000),
        ("3千", 300_000),
        ("58000元", 5_800_000),
        ("５８０００元", 5_800_000),
        ("５．８万", 5_800_000),
        ("RMB 58,000", 5_800_000),
        ("0", 0),
        ("0.29", 29),
        ("1.15", 115),
        ("1000000000000", 10**14),
    ],
)
def test_amounts(text: str, fen: int) -> None:
    assert parse_amount(text) == fen


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "names.not_an_amount"),
        ("很多", "names.not_an_amount"),
        ("五万八", "names.not_an_amount"),
        ("1e5", "names.not_an_amount"),
        ("5,8", "names.not_an_amount"),
        ("58,00", "names.not_an_amount"),
        ("5.", "names.not_an_amount"),
        ("1.2.3", "names.not_an_amount"),
        ("nan", "names.not_an_amount"),
        ("inf", "names.not_an_amount"),
        ("万", "names.not_an_amount"),
        ("--5", "names.not_an_amount"),
        ("9" * 5000, "names.not_an_amount"),
        ("$5000", "names.other_currency"),
        ("＄5000", "names.other_currency"),
        ("US$5.8万", "names.other_currency"),
        ("USD 5,000", "names.other_currency"),
        ("5000美元", "names.other_currency"),
        ("5万 欧元", "names.other_currency"),
        ("€30", "names.other_currency"),
        ("HK$1,000", "names.other_currency"),
        ("1000港币", "names.other_currency"),
        ("日元", "names.other_currency"),
        ("usdcargo", "names.not_an_amount"),
        ("-5", "names.negative_amount"),
        ("-5.8万", "names.negative_amount"),
        ("¥-5", "names.negative_amount"),
        ("－5", "names.negative_amount"),
        ("1000.105", "names.too_precise"),
        ("0.0000001万", "names.too_precise"),
        ("1000000000000.01", "names.absurd_amount"),
        ("1000万亿", "names.not_an_amount"),
        ("10001亿", "names.absurd_amount"),
        ("99999999999999999999", "names.absurd_amount"),
    ],
)
def test_amounts_refused(text: str, key: str) -> None:
    with pytest.raises(Usage) as caught:
        parse_amount(text)
    assert caught.value.key == key
    for lang in ("zh", "en"):
        assert len(t(key, lang, **caught.value.values)) < 200


@pytest.mark.parametrize(("fen", "value"), [(5_800_000, 58000), (100_010, 1000.1), (29, 0.29), (0, 0)])
def test_yuan(fen: int, value: float) -> None:
    assert yuan(fen) == value
    assert isinstance(yuan(fen), int) is (fen % 100 == 0)


@pytest.mark.parametrize(
    ("fen", "zh", "en"),
    [
        (5_800_000, "5.8 万", "58,000"),
        (12_000_000_000, "1.2 亿", "120,000,000"),
        (100_010, "1,000.10", "1,000.10"),
        (5_812_345, "58,123.45", "58,123.45"),
        (1_000_000, "1 万", "10,000"),
        (36_800, "368", "368"),
        (0, "0", "0"),
        (-5_800_000, "-5.8 万", "-58,000"),
    ],
)
def test_shown(fen: int, zh: str, en: str) -> None:
    assert show_money(fen, "zh") == zh
    assert show_money(fen, "en") == en
