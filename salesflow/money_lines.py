"""A line of an order as people write it: ``前挡膜 50 368``, ``前挡膜 x50 @368``, ``前挡膜 50台 368 成本 210``."""

from __future__ import annotations

from typing import NamedTuple
from unicodedata import normalize

from salesflow.errors import Usage
from salesflow.money import currency, parse_amount

MOST = 10**9 * 1000  # thousandths
_COSTS = ("成本", "进价", "cost")
_PRICES = ("单价", "售价", "price", "@")
_TIMES = ("×", "x")
_MONEY_UNITS = ("元", "万", "千", "亿", "块", "w")


class Line(NamedTuple):
    """A product, how much of it in thousandths, and its price and cost of one in fen where they were said."""

    product: str
    quantity: int
    price_fen: int | None = None
    cost_fen: int | None = None


def parse_line(text: str) -> Line:
    """The line that ``text`` says: product, quantity, price of one, cost of one; the last two may be left out.

    Raises Usage for what is no line, for a quantity or a price of 0 and for one that is no number.
    """
    words = _words(normalize("NFKC", text).strip())
    cost, price = _marked(words, _COSTS), _marked(words, _PRICES)
    quantity, plain = _counted(words, 3 - (price is not None) - (cost is not None))
    if price is None and plain:
        price = plain.pop(0)
    if cost is None and plain:
        cost = plain.pop(0)
    if not words or quantity is None or plain or all(map(_number, words)):
        raise Usage("lines.not_a_line", text=text.strip()[:60])
    count = parse_quantity(quantity)
    line = Line(" ".join(words), count, _of_one(price), _of_one(cost))
    return checked(line, text)


def _counted(words: list[str], most: int) -> tuple[str | None, list[str]]:
    # the quantity and the bare numbers behind it, taken out of the words; `x50` says that what is before is a name
    for place in range(1, len(words)):
        if words[place][:1] in _TIMES and _number(words[place][1:]):
            plain = [one.lstrip("".join(_TIMES)) for one in words[place + 1 :]]
            quantity = words[place][1:]
            del words[place:]
            return quantity, plain
    plain = []
    while len(plain) < most and len(words) > 1 and _number(words[-1]):
        plain.insert(0, words.pop())
        if _unit(plain[0]) and not _unit(plain[0]).startswith(_MONEY_UNITS) and not currency(plain[0]):
            break  # `50台` is the quantity, whatever number stands before it
    return (plain[0], plain[1:]) if plain else (None, [])


def checked(line: Line, text: str) -> Line:
    """The line. Raises Usage where its price is 0."""
    if line.price_fen == 0:
        raise Usage("lines.zero_price", text=text.strip()[:60])
    return line


def parse_quantity(text: str) -> int:
    """The quantity in thousandths: ``50``, ``1,000``, ``2.5``, ``1万``, with what it is counted in or not (``50台``).

    Raises Usage for what is no number, 0, or finer than a thousandth.
    """
    folded = normalize("NFKC", text).strip()
    number, unit = _split(folded.replace(",", ""))
    whole, _, part = number.partition(".")
    part = part.rstrip("0")
    if not (whole.isdecimal() and whole.isascii() and (not part or part.isdecimal())):
        raise Usage("lines.no_quantity", text=text.strip()[:60])
    times = 10000 if unit.startswith("万") else 1
    scaled = int(whole[:20] + part[:20]) * 1000 * times
    parts: int = 10 ** len(part[:20])
    found, finer = divmod(scaled, parts)
    if finer or not 0 < found <= MOST:
        raise Usage("lines.no_quantity", text=text.strip()[:60])
    return found


def line_sum(quantity: int, fen: int) -> int:
    """What so many thousandths come to at ``fen`` for one, rounded half up to the fen."""
    return (quantity * fen + 500) // 1000


def show_quantity(quantity: int) -> str:
    """The quantity as people write it: ``50``, ``2.5``."""
    whole, rest = divmod(quantity, 1000)
    return f"{whole}.{rest:03d}".rstrip("0") if rest else str(whole)


def _words(text: str) -> list[str]:
    # `50x368`, `前挡膜*50*368`, `50@368`, `前挡膜,50,368`: marks and commas part words, a comma of thousands does not
    for mark in ("、", ";", "\t", "|"):
        text = text.replace(mark, " ")
    text = text.replace("*", "×").replace("×", " ×").replace("× ", "×").replace("@ ", "@").replace("@", " @")
    found: list[str] = []
    for piece in text.split():
        for word in [piece] if _number(piece.lstrip("×x@¥")) else piece.split(","):
            left, mark, right = word.partition("x")
            found += [left, right] if mark and _number(left) and _number(right) else [word]
    return [word for word in found if word]


def _marked(words: list[str], marks: tuple[str, ...]) -> str | None:
    # the number behind one of the marks, taken out of the words: `@368`, `成本 210`, `成本:210`
    for place in range(1, len(words)):
        word = words[place].lower()
        mark = next((one for one in marks if word.startswith(one)), None)
        if mark is None:
            continue
        said = word[len(mark) :].lstrip(":= ")
        if not said and place + 1 < len(words) and _number(words[place + 1]):
            said = words.pop(place + 1)
        if said and _number(said):
            del words[place]
            return said
    return None


def _split(word: str) -> tuple[str, str]:
    # the number in front, and what it is counted in
    end = next((at for at, sign in enumerate(word) if not (sign.isdecimal() or sign in ".,-")), len(word))
    return word[:end], word[end:].strip()


def _unit(word: str) -> str:
    return _split(word.lstrip("¥"))[1]


def _number(word: str) -> bool:
    if currency(word):
        return True
    number, unit = _split(word.lstrip("¥"))
    return number[-1:].isdecimal() and len(unit) <= 6 and not any(map(str.isdecimal, unit))


def _of_one(text: str | None) -> int | None:
    if text is None:
        return None
    # `368/台`, `368元一台`: the price of one, whatever it is counted in
    number, unit = _split(text.lstrip("¥"))
    unit = unit.partition("/")[0].partition("一")[0]
    return parse_amount(number + unit if not unit or unit.startswith(_MONEY_UNITS) else text)
