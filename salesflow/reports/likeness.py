"""Which leads look alike, and by what: phone, name, sound, spelling, address. Nothing here is ever certain.

A character that differs and sounds otherwise makes another firm (宝悦 is not 宝源), one that sounds the
same may be a slip (先锋 is perhaps 先峰), and so may one too many. Shops told apart in brackets, and firms
of two cities, are two, however alike their names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations
from typing import NamedTuple

from salesflow.names import (
    address_key,
    addresses_contradict,
    cities_contradict,
    is_branch,
    name_key,
    similar_key,
)
from salesflow.pinyin import BRAND_ALIASES, spoken
from salesflow.store.likeness import Seen
from salesflow.store.rows import listed

PHONE, NAME, CORE, SOUND, SPELLING, ADDRESS = "phone", "name", "core", "sound", "spelling", "address"
REASONS = (PHONE, NAME, CORE, SOUND, SPELLING, ADDRESS)

# how far each reason goes towards one customer; several add up
_WEIGHTS = {PHONE: 0.7, NAME: 0.9, CORE: 0.6, SOUND: 0.5, SPELLING: 0.35, ADDRESS: 0.45}
_SHOWROOM = 0.45  # the same name at another address is most often another showroom,
_ELSEWHERE = 0.3  # in another city even more so
_SHARED = 0.35  # a phone of two shops of one firm, or of two cities
_OTHER_BRANDS = 0.6
_OTHER_PLACE = 0.7
_FEW = 4  # leads; a phone or address that more share is that of a group or a car mall
_MANY = 0.4
_ALL_PAIRS = 8  # leads; of more that share something each is paired with the first alone
_ANOTHER = frozenset(
    "一二三四五六七八九十0123456789东南西北中新老大小上下前后"
)  # one more of these is another shop
_PLACES = frozenset("省市区县旗州盟")


class Reason(NamedTuple):
    """By what two leads look alike: a code, and the value that both have or each of them."""

    code: str
    first: str
    second: str


class Pair(NamedTuple):
    """Two leads that may be one: how sure from 1 to 99, and why."""

    first: Seen
    second: Seen
    score: int
    reasons: tuple[Reason, ...]


class _Look(NamedTuple):
    lead: Seen
    core: str  # the name without company words, city and branch
    branch: str  # how what stands in brackets sounds
    short: str  # the same of the short name
    place: str  # the address without province, city and district; '' where it says no number
    city: str


_Found = tuple["_Look", "_Look", Reason, float]


def pairs(everyone: Iterable[Seen]) -> list[Pair]:
    """Every pair of leads that look alike, the surest first."""
    leads = list(everyone)
    cities = frozenset(lead.city_key for lead in leads if lead.city_key)
    looks = [_look(lead, cities) for lead in leads]
    found: dict[tuple[int, int], tuple[_Look, _Look, dict[str, tuple[Reason, float]]]] = {}
    for first, second, reason, weight in _candidates(looks):
        _, _, reasons = found.setdefault((first.lead.id, second.lead.id), (first, second, {}))
        reasons.setdefault(reason.code, (reason, weight))
    made = [_pair(first, second, list(reasons.values())) for first, second, reasons in found.values()]
    return sorted(made, key=lambda pair: (-pair.score, pair.first.id, pair.second.id))


def _pair(first: _Look, second: _Look, reasons: Sequence[tuple[Reason, float]]) -> Pair:
    doubt = 1.0
    for _, weight in reasons:
        doubt *= 1 - weight
    mine, theirs = ({_brand(brand) for brand in listed(one.lead.brands)} for one in (first, second))
    factor = _OTHER_BRANDS if mine and theirs and mine.isdisjoint(theirs) else 1.0
    order = sorted((reason for reason, _ in reasons), key=lambda reason: REASONS.index(reason.code))
    score = max(1, min(99, round(100 * (1 - doubt) * factor)))
    return Pair(first.lead, second.lead, score, tuple(order))


def groups(found: Sequence[Pair]) -> dict[int, int]:
    """For each lead of the pairs the number of its group, 1 for that of the surest pair."""
    head: dict[int, int] = {}

    def top(one: int) -> int:
        while head.setdefault(one, one) != one:
            head[one] = one = head[head[one]]
        return one

    for pair in found:
        head[top(pair.second.id)] = top(pair.first.id)
    numbers: dict[int, int] = {}
    for pair in found:
        numbers.setdefault(top(pair.first.id), len(numbers) + 1)
    return {one: numbers[top(one)] for one in head}


def _look(lead: Seen, cities: frozenset[str]) -> _Look:
    name, branch = _parted(lead.name_key)
    city = lead.city_key or next((name[:size] for size in (4, 3, 2) if name[:size] in cities), "")
    short = _core(_parted(lead.short_key)[0], city) if lead.short_key else ""
    core = _core(name, city)
    return _Look(lead, core, branch, "" if short == core else short, _place(lead.address or ""), city)


def _parted(key: str) -> tuple[str, str]:
    # 某某公司(红牌楼店): the brackets say which shop it is
    name, _, rest = key.partition("(")
    branch, _, after = rest.partition(")")
    if not name or not is_branch(branch):
        return (name + after) or key, ""
    return name + after, spoken(branch) or branch


def _core(name: str, city: str) -> str:
    key = similar_key(name, city)
    if key.isascii() or any("a" <= char <= "z" for char in key):
        for alias, brand in _aliases():
            key = key.replace(alias, brand)
    return key


@cache
def _aliases() -> tuple[tuple[str, str], ...]:
    known = {name_key(alias): brand for alias, brand in BRAND_ALIASES.items() if len(alias) > 2}
    return tuple(sorted(known.items(), key=lambda one: -len(one[0])))


@cache
def _brand(brand: str) -> str:
    key = name_key(brand)
    return BRAND_ALIASES.get(key, key)


def _place(address: str) -> str:
    plain = address.partition("(")[0].partition("（")[0]
    if not any(map(str.isdecimal, plain)):
        return ""
    key = address_key(plain)
    for _ in range(4):
        at = next((place for place, char in enumerate(key[:8]) if place and char in _PLACES), 0)
        if not at or len(key) - at < 6:
            break
        key = key[at + 1 :]
    return key if len(key) > 4 else ""


def _candidates(looks: Sequence[_Look]) -> Iterator[_Found]:
    yield from _by_phone(looks)
    yield from _by_name(looks)
    yield from _by_sound(looks)
    yield from _by_spelling(looks)
    yield from _by_address(looks)


def _phones(lead: Seen) -> list[str]:
    return [phone for phone in dict.fromkeys(lead.phones.split()) if len(phone) >= 7]


def _grouped(
    looks: Iterable[_Look], keys: Callable[[_Look], Iterable[str]]
) -> Iterator[tuple[str, list[_Look]]]:
    found: dict[str, list[_Look]] = {}
    for one in looks:
        for key in keys(one):
            found.setdefault(key, []).append(one)
    return ((key, group) for key, group in found.items() if len(group) > 1)


def _paired(group: Sequence[_Look]) -> Iterator[tuple[_Look, _Look]]:
    if len(group) <= _ALL_PAIRS:
        return combinations(group, 2)
    return ((group[0], one) for one in group[1:])


def _by_phone(looks: Sequence[_Look]) -> Iterator[_Found]:
    for phone, group in _grouped(looks, lambda one: _phones(one.lead)):
        weight = _WEIGHTS[PHONE] * (_MANY if len(group) > _FEW else 1)
        for first, second in _paired(group):
            apart = cities_contradict(first.city, second.city) or _two_shops(first, second)
            yield first, second, Reason(PHONE, phone, phone), min(weight, _SHARED) if apart else weight


def _by_address(looks: Sequence[_Look]) -> Iterator[_Found]:
    for _, group in _grouped(looks, lambda one: (one.place,) if one.place else ()):
        weight = _WEIGHTS[ADDRESS] * (_MANY if len(group) > _FEW else 1)
        for first, second in _paired(group):
            if not cities_contradict(first.city, second.city):
                addresses = (first.lead.address or "", second.lead.address or "")
                yield first, second, Reason(ADDRESS, *addresses), weight


def _by_name(looks: Sequence[_Look]) -> Iterator[_Found]:
    for _, group in _grouped(looks, lambda one: (one.lead.name_key,)):
        for first, second in _paired(group):
            yield first, second, Reason(NAME, first.lead.name, second.lead.name), _by_place(first, second)


def _by_place(first: _Look, second: _Look) -> float:
    if cities_contradict(first.city, second.city):
        return _ELSEWHERE
    return _SHOWROOM if _at_two_places(first, second) else _WEIGHTS[NAME]


def _at_two_places(first: _Look, second: _Look) -> bool:
    addresses = [address_key(one.lead.address or "") for one in (first, second)]
    one_place = first.place and first.place == second.place
    return not one_place and addresses_contradict(*addresses)


def _by_sound(looks: Sequence[_Look]) -> Iterator[_Found]:
    for _, group in _grouped(looks, _sounds):
        towns: dict[str, list[_Look]] = {}
        for one in group:
            towns.setdefault(one.city, []).append(one)
        nowhere = towns.pop("", [])
        for town in towns.values() if towns else ([],):
            for first, second in _paired(sorted([*nowhere, *town], key=lambda one: one.lead.id)):
                if first.lead.name_key != second.lead.name_key and first.branch == second.branch:
                    same = {first.core, first.short} & {second.core, second.short} - {""}
                    yield _alike(CORE if same else SOUND, first, second)


def _alike(code: str, first: _Look, second: _Look) -> _Found:
    factor = _OTHER_PLACE if _at_two_places(first, second) else 1
    return first, second, Reason(code, first.lead.name, second.lead.name), _WEIGHTS[code] * factor


def _sounds(one: _Look) -> set[str]:
    whole = (one.lead.py or "").partition(" ")[0]  # a slip may be in a company word
    return {whole, *(spoken(core) for core in (one.core, one.short) if len(core) > 1)} - {""}


def _two_shops(first: _Look, second: _Look) -> bool:
    # 某某公司 and 某某公司城西分公司, or the one in brackets; 宁枫宏略 and 宁枫宏山
    if first.core == second.core:
        return first.branch != second.branch
    less, more = sorted((first.core, second.core), key=len)
    return (len(more) > len(less) + 1 and more.startswith(less)) or (len(less) > 3 and less[:3] == more[:3])


def _by_spelling(looks: Sequence[_Look]) -> Iterator[_Found]:
    cores: dict[str, list[_Look]] = {}
    for one in looks:
        if len(one.core) > 2:
            cores.setdefault(one.core, []).append(one)
    for core, longer in cores.items():
        for less in _one_less(core) if len(core) > 3 else ():
            for first, second in _paired_with(longer, cores.get(less, [])):
                if not cities_contradict(first.city, second.city) and first.branch == second.branch:
                    yield _alike(SPELLING, first, second)


def _one_less(core: str) -> set[str]:
    return {core[:at] + core[at + 1 :] for at, char in enumerate(core) if char not in _ANOTHER}


def _paired_with(some: Sequence[_Look], others: Sequence[_Look]) -> Iterator[tuple[_Look, _Look]]:
    for one in some[:_ALL_PAIRS]:
        for other in others[:_ALL_PAIRS]:
            yield (one, other) if one.lead.id < other.lead.id else (other, one)
