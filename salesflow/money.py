"""Money: what people write for an amount, in whole fen; never a binary fraction inside."""

from __future__ import annotations

from unicodedata import normalize

from salesflow.errors import Usage

LARGEST = 10**12 * 100  # fen; a trillion yuan

_UNITS = {"千": 10**3, "万": 10**4, "萬": 10**4, "w": 10**4, "亿": 10**8, "億": 10**8}
_SIGNS = ("人民币", "人民幣", "rmb", "cny", "¥")
# the book counts in yuan: whoever names other money is told so, by the name that people use
_OTHERS = {
    "USD": ("us$", "usd", "$", "美元", "美金", "美刀", "dollars", "dollar"),
    "HKD": ("hk$", "hkd", "港币", "港幣", "港元", "港纸"),
    "EUR": ("eur", "€", "欧元", "歐元", "euros", "euro"),
    "GBP": ("gbp", "£", "英镑", "英鎊", "pounds"),
    "JPY": ("jpy", "日元", "日圆", "日圓", "円", "yen"),
    "TWD": ("nt$", "twd", "台币", "台幣", "新台币"),
    "MOP": ("mop$", "mop", "澳门币", "澳门元"),
    "KRW": ("krw", "₩", "韩元", "韓元"),
    "SGD": ("s$", "sgd", "新加坡元", "新币"),
    "AUD": ("a$", "aud", "澳元", "澳币"),
    "CAD": ("c$", "cad", "加元"),
    "THB": ("thb", "฿", "泰铢"),
    "RUB": ("rub", "₽", "卢布"),
    "USDT": ("usdt",),
}
_ENDINGS = ("人民币", "人民幣", "rmb", "cny", "元整", "元", "圆", "块")


def parse_amount(text: str) -> int:
    """The amount in fen: ``58000`` ``58,000`` ``1000.10`` ``¥58000`` ``5.8万`` ``1.2亿``, 元 or not.

    What is no amount, other money, negative, finer than a fen or above a trillion yuan is refused by name.
    """
    folded = normalize("NFKC", text).strip().lower()
    number = _without_signs(folded)
    if number[:1] in {"-", "−", "–"} and _is_number(_without_unit(number[1:].strip())[0]):
        raise Usage("names.negative_amount", text=text.strip()[:60])
    number, unit = _without_unit(number)
    if not _is_number(number):
        other = currency(folded)
        if other:
            raise Usage("names.other_currency", text=text.strip()[:60], currency=other)
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


def currency(text: str) -> str | None:
    """The code of the money other than yuan that ``text`` is an amount in or the name of; None for none."""
    folded = normalize("NFKC", text).strip().lower().lstrip("-−– ")
    for code, words in _OTHERS.items():
        for word in words:
            # a word that only begins or ends so is none: what is left must be a number, or nothing
            for rest in (folded.removeprefix(word), folded.removesuffix(word)):
                if rest != folded and (not rest.strip() or _is_number(_without_unit(rest.strip())[0])):
                    return code
    return None


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


class Money(str):
    """An amount as people read it, which still knows how many fen it is."""

    __slots__ = ("fen",)
    fen: int


def show_money(fen: int, lang: str) -> Money:
    """The amount for people: ``58,000``, ``1,000.10``; in Chinese from 10,000 yuan on ``5.8 万``.

    万 and 亿 are used only where nothing is lost by two decimals.
    """
    shown = Money(_shown(fen, lang))
    shown.fen = fen
    return shown


def _shown(fen: int, lang: str) -> str:
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
