"""What is looked for when somebody is to be forgotten, and what a text, a list or an object is without it (K8)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from unicodedata import normalize

from salesflow.names import FAMILIAR, TITLES
from salesflow.phones import digits, is_mobile, mask

# of a record whose name is gone nothing else that says who it was stays
PERSONAL = (
    "phones", "phone", "wechat", "email", "title", "department", "attitude", "character", "hobbies", "family",
    "friends", "birthday", "roles", "py", "phone_digits",
)  # fmt: skip
_GAP = r"[ \t\-.·‐‑‒–—－()（）　\u00a0]{0,2}"
_BLANK = r"[ \t　\u00a0]*"
_SPELT = r"[ \t_.·\-　\u00a0]*"
_LEAST = 6  # characters of an account that cannot be an everyday word
_UNTYPED = 4  # Latin letters of a name of one word that may be looked for in the whole book


@dataclass
class Wanted:
    """What tells the forgotten: names, numbers and accounts, as the book has or had them."""

    names: set[str] = field(default_factory=set)
    common: set[str] = field(default_factory=set)  # of the names those that others have too
    phones: set[str] = field(default_factory=set)
    accounts: set[str] = field(default_factory=set)

    def tells(self) -> set[str]:
        """The names by which somebody is known beyond their own firm."""
        return {name for name in self.names - self.common if is_whole(name)}


def is_whole(name: str) -> bool:
    """Whether a name tells who is meant in the whole book: 王建国, Li Wei; not 王经理, 老王, Li."""
    plain = normalize("NFKC", name).strip()
    if plain.isascii():
        return len(plain.split()) > 1 or (plain.isalpha() and len(plain) > _UNTYPED)
    if len(plain) < 2 or (plain[0] in FAMILIAR and len(plain) == 2):
        return False
    return not any(plain[1:] == title or plain[2:] == title for title in TITLES)


class Veil:
    """Texts without those who are forgotten: ``mark`` stands where they stood.

    In their own firms every name of theirs goes; elsewhere what tells them alone. ``longer`` are
    names of others in which one of theirs stands (王建国 in 王建国际): these stay as they are.
    """

    def __init__(self, wanted: Wanted, mark: str, longer: Iterable[str] = ()) -> None:
        self.mark = mark
        self.phones = frozenset(wanted.phones)
        wide = [
            *map(_phone, sorted(wanted.phones)),
            *_accounts(wanted.accounts, _LEAST),
            *_names(wanted.tells()),
        ]
        near = [*wide, *_accounts(wanted.accounts, 1), *_names(wanted.names)]
        near += [Sought(re.escape(mask(phone))) for phone in sorted(wanted.phones) if is_mobile(phone)]
        others = [re.escape(name) for name in sorted(set(longer), key=len, reverse=True)]
        self._wide, self._near = _pattern(others, wide), _pattern(others, near)
        self._wide_quick, self._near_quick = _quick(wide), _quick(near)
        self.near = not wide  # nothing tells them beyond their own firm: 王经理 without a number

    def finds(self, text: str, *, own: bool) -> bool:
        """Whether one of them stands in the text; ``own``: it is of their own firm."""
        if not any(one.search(text) for one in (self._near_quick if own else self._wide_quick)):
            return False
        return any(found.lastgroup == "gone" for found in (self._near if own else self._wide).finditer(text))

    def text(self, text: str, *, own: bool) -> str:
        """The text without them; of JSON its texts, and of its records that are theirs nothing personal."""
        if text[:1] in ("{", "["):
            try:
                held = json.loads(text)
            except ValueError:
                return self._plain(text, own)
            new = self.value(held, own=own)
            return text if new == held else json.dumps(new, ensure_ascii=False, separators=(",", ":"))
        return self._plain(text, own)

    def value(self, value: Any, *, own: bool) -> Any:
        """A value of JSON without them."""
        if isinstance(value, str):
            return self.text(value, own=own)
        if isinstance(value, list):
            return [self.value(one, own=own) for one in value]
        if not isinstance(value, dict):
            return value
        done: dict[str, Any] = {}
        for key, one in value.items():
            said = self._plain(key, own)
            while said in done:
                said += "'"
            done[said] = self.value(one, own=own)
        if done.get("name") != value.get("name"):
            done |= {key: [] if isinstance(value[key], list) else None for key in PERSONAL if key in done}
        return done

    def cell(self, text: str, *, own: bool) -> str | None:
        """A cell of phones without theirs; None where no other is left."""
        parts = [part for part in text.split(" / ") if digits(part) not in self.phones]
        return " / ".join(self._plain(part, own) for part in parts) or None

    def _plain(self, text: str, own: bool) -> str:
        pattern = self._near if own else self._wide
        return pattern.sub(lambda found: self.mark if found.lastgroup == "gone" else found[0], text)


class Sought(NamedTuple):
    """The pattern of one thing that is looked for; ``before`` and ``after`` say what it must stand between."""

    core: str
    before: str = ""
    after: str = ""

    @property
    def whole(self) -> str:
        """All of it."""
        return self.before + self.core + self.after


def _pattern(others: list[str], wanted: list[Sought]) -> re.Pattern[str]:
    # a name of somebody else in which theirs stands is taken first, and left
    parts = [f"(?P<kept>{'|'.join(others)})"] if others else []
    gone = "|".join(dict.fromkeys(one.whole for one in wanted)) or r"(?!)"
    return re.compile("|".join([*parts, f"(?P<gone>{gone})"]))


def _quick(wanted: list[Sought]) -> list[re.Pattern[str]]:
    # a pattern that begins with characters goes through a book ten times as fast as one that looks behind itself
    return [re.compile(core) for core in dict.fromkeys(one.core for one in wanted)]


def _char(char: str) -> str:
    # in either case; on a Chinese keyboard letters and digits have a wide form too
    if char.isascii() and char.isalnum():
        both = dict.fromkeys((char.lower(), char.upper()))
        return f"[{''.join(one + chr(ord(one) + 0xFEE0) for one in both)}]"
    return re.escape(char)


def _phone(phone: str) -> Sought:
    # the zero of an area may be missing behind the country's number
    zero = "" if not phone.startswith("0") else f"{_char('0')}?{_GAP}"
    number = _GAP.join(map(_char, phone.removeprefix("0") if zero else phone))
    return Sought(number, rf"(?<!\d)(?:(?:[+＋]|00)?86{_GAP})?{zero}", r"(?!\d)")


def _names(names: Iterable[str]) -> list[Sought]:
    found: list[Sought] = []
    for name in sorted({normalize("NFKC", one).strip() for one in names}, key=lambda one: (-len(one), one)):
        if name.isascii():
            words = name.split()
            orders = [words, words[::-1]] if len(words) == 2 else [words]
            found += [
                _word(_SPELT.join("".join(map(_char, word)) for word in order)) for order in orders if order
            ]
        elif len(name) > 1:
            found.append(Sought(_BLANK.join(_char(char) for char in name if not char.isspace())))
            found += _typed(name)
    return found


def _typed(name: str) -> list[Sought]:
    # wangjianguo, WANG Jian Guo, Jianguo Wang: a whole name of three characters as people type it
    from salesflow.pinyin import person_initials, spoken

    if len(name) < 3 or not is_whole(name):
        return []
    given = spoken(name[1:])
    ways = [full for full, _ in person_initials(name)]
    ways += [given + full.removesuffix(given) for full in ways]
    spelt = {full for full in ways if len(full) >= _LEAST and full.isascii() and full.isalnum()}
    return [_word(_SPELT.join(map(_char, full))) for full in sorted(spelt)]


def _accounts(accounts: Iterable[str], least: int) -> list[Sought]:
    return [_word("".join(map(_char, one))) for one in sorted(accounts) if len(one) >= least]


def _word(pattern: str) -> Sought:
    return Sought(pattern, r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])")
