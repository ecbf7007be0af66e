"""Phone numbers as shops and sheets write them: told apart, shown one way, compared and masked.

``13900001234``, ``028-85551234``, ``400-800-1234``, ``028-85551234 转 8001``. What is not
recognisably a phone stays as written: a number that nobody can dial is still a hint.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from salesflow.errors import Usage

_SEPARATORS = "/、;,|\\\n\r\t"
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－ー~", "-") | {"（": "(", "）": ")", ".": "-", "·": "-"})
_HIDING = str.maketrans(
    dict.fromkeys("＊∗✱•●○◦■□█▇", "*") | dict.fromkeys("Ｘｘ×", "x") | dict.fromkeys("·—–－", "-")
)
_QUOTES = "\"'“”‘’`:：()（）-"
_LABELS = (
    "联系电话 办公电话 销售电话 服务电话 售后电话 客服电话 电话 手机号码 手机号 手机 座机 固话 热线 "
    "telephone phone mobile tel cell"
)
_ENDLESS = ("inf", "-inf", "+inf")  # what a workbook holds of a number with more digits than a number has
_EXTENSION_WORDS = ("分机", "转", "ext", "#", "*", "-", "x")


def split_phones(text: str) -> list[str]:
    """The phones in ``text``, each in its one form, in their order and once each.

    Raises Usage for a number that a spreadsheet has rounded (1.38E+10). A masked phone
    (138****1234) is left out; ``is_masked`` says so.
    """
    if stands_alone(text):
        return [text]
    if 10 <= len(text) <= 12 and text.isdecimal() and text.isascii():
        return [_base(text) or text]
    return _split(text)


def kept_phones(text: str) -> list[str]:
    """The phones in a text that the book holds: as ``split_phones``, and none where the number is a rounded one."""
    try:
        return split_phones(text)
    except Usage:  # it came in before such numbers were refused
        return []


def stands_alone(text: str) -> bool:
    """Whether the text is one phone in its one form, and nothing else: a mobile, or a landline with its area."""
    mobile = len(text) == 11 and text.isdecimal() and text.isascii() and text[0] == "1" and text[1] >= "3"
    return mobile or _is_plain_landline(text)


def is_masked(text: str) -> bool:
    """Whether digits of a phone have been hidden (``138****1234``, ``138xxxx1234``, ``138••••1234``)."""
    if "*" in text and ("**" in text or "*" in text.strip()[-1:] + text.strip()[:1]):
        return any(c.isdecimal() for c in text)
    if not text.isascii():
        text = text.translate(_HIDING)
    if "**" in text or "xxx" in text or "XXX" in text:
        return any(c.isdecimal() for c in text)
    # of four in a row these hide digits too, where what is left is no number
    hidden = "####" in text or "____" in text or "...." in text or "----" in text
    return hidden and 0 < sum(c.isdecimal() for c in text) < 10


def is_mobile(phone: str) -> bool:
    """Whether the phone is a person's: eleven digits from 13 to 19."""
    return len(phone) == 11 and phone.isdecimal() and phone[0] == "1" and phone[1] >= "3"


def digits(text: str) -> str:
    """The digits by which a phone is compared: no country, no extension; of other text all digits."""
    if _is_plain_landline(text):
        return text.replace("-", "", 1)
    if text.isascii() and text.isdecimal():
        return _national(text)
    return _digits_of(text)


@lru_cache(maxsize=1024)
def _digits_of(text: str) -> str:
    plain = _plain(text)
    found = _recognised(plain.replace(" ", ""))
    if found:
        return "".join([c for c in found.partition(" ")[0] if c.isdecimal()])
    return "".join([c for c in plain if c.isascii() and c.isdecimal()])


def mask(phone: str) -> str:
    """The phone for other people's eyes: ``138****8000``, ``028-******34``; never read again."""
    if is_mobile(phone):
        return f"{phone[:3]}****{phone[7:]}"
    number, _, rest = phone.partition(" 转 ")
    area, dash, local = number.partition("-")
    if dash and _is_area(area) and local.isdecimal():
        return f"{area}-{'*' * (len(local) - 2)}{local[-2:]}"
    count = sum(c.isdecimal() for c in number)
    seen = 0
    shown = []
    for char in number:
        if char.isdecimal():
            seen += 1
            char = char if seen <= min(3, count - 6) or seen > count - 2 else "*"
        shown.append(char)
    return "".join(shown)


def masked(text: str) -> str:
    """The phones of a cell for other people's eyes, parted as they were."""
    return " / ".join(" ".join(map(mask, part.split(" "))) for part in text.split(" / "))


def mask_people(text: str, *, landlines: bool) -> str:
    """The phones of a cell with those of people masked; a shop's own ``landlines`` may stay."""
    parts = [part if not landlines and _is_landline(part) else masked(part) for part in text.split(" / ")]
    return " / ".join(parts)


def shop_phone(text: str | None) -> str | None:
    """A shop's own phones for other people's eyes: its landlines stay, mobiles are somebody's."""
    return mask_people(text, landlines=False) if text else None


def landlines(text: str | None) -> tuple[str, ...]:
    """The landlines of a cell of phones, as they stand there."""
    return tuple([part for part in (text or "").split(" / ") if part and _is_landline(part)])


def _is_landline(text: str) -> bool:
    # with an extension, 400 and 800 and short service numbers too: whatever is no person's mobile
    found = kept_phones(text)
    return bool(found) and not any(is_mobile(one) for one in found)


def found_in(text: str) -> int:
    """How many phones stand in a text, as ``hidden`` finds them."""
    import re

    return 0 if sum(map(str.isdecimal, text)) < 10 else len(re.findall(_IN_TEXT, text))


def hidden(text: str, keep: Sequence[str] = ()) -> str:
    """The text with each phone in it masked, mobiles and landlines with their area code, but those to ``keep``."""
    import re

    if sum(map(str.isdecimal, text)) < 10:
        return text
    return re.sub(_IN_TEXT, lambda found: found[0] if found[0] in keep else mask(found[0]), text)


# no dash but in its usual places, so that a day with a number behind it is no phone
_IN_TEXT = (
    r"(?<!\d)(?:(?:\+?86|0086)[- ]?)?"
    r"(?:[1１][3-9３-９]\d(?:[- ]?\d{4}){2}|[0０][12１２]\d[- ]?\d{7,8}|[0０][3-9３-９]\d\d[- ]?\d{7,8})(?!\d)"
)


def _is_plain_landline(text: str) -> bool:
    area, dash, local = text.partition("-")
    return (
        bool(dash)
        and len(local) in (7, 8)
        and local.isdecimal()
        and local.isascii()
        and local[0] > "0"
        and _is_area(area)
    )


def _split(text: str) -> list[str]:
    plain = _plain(text)
    if not plain:
        return []
    for separator in _SEPARATORS[1:]:
        plain = plain.replace(separator, "/")
    found: list[str] = []
    area = ""
    for piece in _glued([part.strip(" " + _QUOTES[:8]) for part in plain.split("/")]):
        piece = _whole(piece)
        if _is_rounded(piece):
            raise Usage("names.phone_rounded", text=piece[:40])
        if is_masked(piece):
            continue
        for phone in _numbers(piece):
            if _is_local(phone) and area:
                phone = f"{area}-{phone}"
            elif _is_area(phone.partition("-")[0]):
                area = phone.partition("-")[0]
            found.append(phone)
    return list(dict.fromkeys(found))


def _glued(pieces: list[str]) -> list[str]:
    """The pieces, with what is too short to be a phone (another extension) put back to the one before."""
    glued: list[str] = []
    for piece in pieces:
        if glued and piece and piece.isdecimal() and len(piece) < 5:
            glued[-1] += "/" + piece
        elif piece:
            glued.append(piece)
    return glued


def _numbers(piece: str) -> list[str]:
    """The phones of one piece; spaces part two phones or stand within one."""
    whole = _recognised(piece.replace(" ", ""))
    if whole:
        return [whole]
    words = piece.split()
    found = []
    start = 0
    while start < len(words):
        for end in range(len(words), start, -1):
            phone = _recognised("".join(words[start:end]))
            if phone:
                found.append(phone)
                start = end
                break
        else:
            return [" ".join(words)]
    return found


def _plain(text: str) -> str:
    from unicodedata import normalize

    plain = normalize("NFKC", text)
    plain = "".join([c if c.isprintable() or c in "\n\r\t" else " " for c in plain])
    plain = plain.strip().strip("\"'“”‘’`")
    return plain[:-2] if plain.endswith(".0") and plain[:-2].isdecimal() else plain


def _whole(piece: str) -> str:
    """A number that a spreadsheet wrote with a power of ten and all its digits, as it was: 1.3800138001E+10."""
    number, e, power = piece.lower().partition("e")
    first, _, rest = number.partition(".")
    power = power.lstrip("+")
    exact = e and len(first) == 1 and (first + rest + power).isdecimal() and str(len(rest)) == power
    return first + rest if exact else piece


def _is_rounded(plain: str) -> bool:
    if plain.lower() in _ENDLESS:
        return True
    number, e, power = plain.lower().partition("e")
    return bool(e) and number.replace(".", "", 1).isdecimal() and power.lstrip("+").isdecimal()


def _recognised(text: str) -> str:
    """The one form of the phone that ``text`` (without spaces) is, or ''."""
    number = _without_label(text.translate(_DASHES).lower()).strip("-").rstrip("\"'“”‘’`:，,。")
    return _base(number) or _with_extension(number)


def _without_label(text: str) -> str:
    if text[:1].isdecimal() or text[:1] in {"+", "("}:
        return text
    for label in _LABELS.split():
        if text.startswith(label):
            return text.removeprefix(label).lstrip(":：-")
    return text


def _with_extension(number: str) -> str:
    head = number.rstrip("0123456789/")
    extension = number[len(head) :]
    if not extension or not all(0 < len(part) <= 6 for part in extension.split("/")):
        return ""
    head = head.rstrip("-:")
    for word in _EXTENSION_WORDS:
        head = head.removesuffix(word)
    base = _base(head.strip("-:"))
    return f"{base} 转 {extension}" if base else ""


def _base(number: str) -> str:
    """The form of a phone without extension, or ''."""
    compact = number.replace("-", "").replace("(", "").replace(")", "")
    abroad = compact.startswith(("+86", "0086"))
    if abroad:
        compact = compact.removeprefix("+86").removeprefix("0086")
    if not compact.isdecimal() or not compact.isascii() or len(compact) > 13:
        return ""
    compact = _national(compact)
    if is_mobile(compact):
        return compact
    if len(compact) == 10 and compact.startswith(("400", "800")):
        return f"{compact[:3]}-{compact[3:6]}-{compact[6:]}"
    if compact[:1] == "0":
        return _landline(compact)
    if abroad or "-" in number:
        return _dropped_zero(compact, number, abroad) or (_short(compact) if not abroad else "")
    return _lost_zero(compact) or _short(compact)


def _national(compact: str) -> str:
    """The digits without 86 or a 0 before a mobile."""
    if len(compact) < 12:
        return compact
    for prefix in ("0086", "86", "0"):
        if compact.startswith(prefix) and is_mobile(compact.removeprefix(prefix)):
            return compact.removeprefix(prefix)
    return compact


def _landline(compact: str) -> str:
    area = compact[:3] if compact[1:2] in {"1", "2"} else compact[:4]
    local = compact[len(area) :]
    return f"{area}-{local}" if _is_area(area) and len(local) in (7, 8) and local[0] > "0" else ""


def _dropped_zero(compact: str, number: str, abroad: bool) -> str:
    """A landline whose area code lost its 0: ``+86-28-85551234``, ``28-85551234``."""
    area, _, local = number.partition("-")
    if not abroad and not (area.isdecimal() and len(area) in (2, 3) and len(local) in (7, 8)):
        return ""
    return _landline("0" + compact)


def _lost_zero(compact: str) -> str:
    """A landline that a spreadsheet took for a number: ``2885551234`` was 02885551234."""
    of_two = compact.startswith(("10", "2"))
    mobile = compact[0] == "1" and not of_two  # one with a digit too few
    if len(compact) not in ((10,) if of_two else (10, 11)) or mobile or compact.startswith(("400", "800")):
        return ""
    local = compact[2 if of_two else 3 :]
    return _landline("0" + compact) if local[0] in "2345678" else ""


def _short(compact: str) -> str:
    """A number without an area: seven or eight digits, or a service number (95588, 10086, 12315)."""
    service = len(compact) in range(5, 9) and compact.startswith(("95", "96", "10", "12"))
    return compact if service or (len(compact) in (7, 8) and compact[0] > "1") else ""


def _is_local(phone: str) -> bool:
    number = phone.partition(" ")[0]
    return len(number) in (7, 8) and number.isdecimal() and number[:2] not in {"95", "96"}


def _is_area(area: str) -> bool:
    if area[:1] != "0" or not area.isdecimal() or not area.isascii():
        return False
    return len(area) == (3 if area[1:2] in {"1", "2"} else 4) and area[1:2] > "0"
