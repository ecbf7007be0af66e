"""Money: what people write for an amount, in whole fen; never a binary fraction inside."""

from __future__ import annotations

from unicodedata import normalize

from salesflow.errors import Usage

LARGEST = 10**12 * 100  # fen; a trillion yuan

_UNITS = {"千": 10**3, "万": 10**4, "萬": 10**4, "w": 10**4, "亿": 10**8, "億": 10**8}
_SIGNS = ("人民币", "人民幣", "rmb", "cny", "¥")
_ENDINGS = ("人民币", "人民幣", "rmb", "cny", "元整", "元", "圆", "块")


def parse_amount(text: str) -> int:
    """The amount in fen: ``58000`` ``58,000`` ``1000.10`` ``¥58000`` ``5.8万`` ``1.2亿``, 元 or not.

    What is no amount, negative, finer than a fen or above a trillion yuan is refused by name.
    """
    number = _without_signs(normalize("NFKC", text).strip().lower())
    if number[:1] in {"-", "−", "–"} and _is_number(_without_unit(number[1:].strip())[0]):
        raise Usage("names.negative_amount", text=text.strip()[:60])
    number, unit = _without_unit(number)
    if not _is_number(number):
        raise Usage("names.not_an_amount", text=text.strip()[:60])
    whole, _, part = number.replace(",", "").partition(".")
    if len(whole.lstrip("0")) > 15:
        raise Usage("names.absurd_amount", text=text.strip()[:60])
    part = part.rstrip("0")
    scaled = int(whole + part) * unit * 100
    parts: int = 10 ** len(part)
    fen, rest = divmod(scaled, parts)
    if rest:
        raise Usage("names.too_precise", text=text.strip()[:60])
    if fen > LARGEST:
        raise Usage("names.absurd_amount", text=text.strip()[:60])
    return fen


def _without_signs(number: str) -> str:
    minus = number[:1] if number[:1] in {"-", "−", "–"} else ""
    number = number[len(minus) :].strip()
    for sign in _SIGNS:
        if number.startswith(sign):
            number = number.removeprefix(sign).strip()
            break
    for ending in _ENDINGS:
        if number.endswith(ending):
            number = number.removesuffix(ending).strip()
            break
    return minus + number


def _without_unit(number: str) -> tuple[str, int]:
    unit = _UNITS.get(number[-1:])
    return (number[:-1].strip(), unit) if unit else (number, 1)


def _is_number(number: str) -> bool:
    if not number.isascii() or len(number) > 60:
        return False
    whole, point, part = number.partition(".")
    if point and not part.isdigit():
        return False
    first, *groups = whole.split(",")
    return first.isdigit() and (not groups or (len(first) <= 3 and all(map(_is_group, groups))))


def _is_group(digits: str) -> bool:
    return len(digits) == 3 and digits.isdigit()


def yuan(fen: int) -> int | float:
    """The amount in yuan for JSON: a whole number where it is one, else two decimals at most."""
    whole, rest = divmod(fen, 100)
    return fen / 100 if rest else whole


def show_money(fen: int, lang: str) -> str:
    """The amount for people: ``58,000``, ``1,000.10``; in Chinese from 10,000 yuan on ``5.8 万``.

    万 and 亿 are used only where nothing is lost by two decimals.
    """
    if lang == "zh":
        for unit, word in ((10**10, "亿"), (10**6, "万")):
            if abs(fen) >= unit and fen % (unit // 100) == 0:
                return f"{_decimal(fen * 100 // unit)} {word}"
    return _decimal(fen, grouped=True)


def _decimal(hundredths: int, *, grouped: bool = False) -> str:
    whole, rest = divmod(abs(hundredths), 100)
    shown = f"{whole:,}" if grouped else str(whole)
    if rest:
        shown += f".{rest:02d}" if grouped else f".{rest:02d}".rstrip("0")
    return "-" + shown if hundredths < 0 else shown
