"""Province, city and district of an address: what it says of them at its beginning, and no more than that."""

from __future__ import annotations

import re
from functools import lru_cache
from os.path import dirname, join
from typing import NamedTuple

from salesflow.names import city_key

_FILE = join(dirname(__file__), "data", "divisions.txt")
_BETWEEN = " \t\n　-－—_/\\|,，、;；:：·•>()（）[]【】"
_PREFIXES = ("中华人民共和国", "中国大陆", "中国")
# a name of a place that is the beginning of a street's: 南京东路, 中山一路, 唐山道
_STREET = re.compile(
    "[东西南北中一二三四五六七八九十环上下前后外内]{0,2}(?:路|街|大道|道|大街|巷|里|弄|胡同|桥|村|镇|线|段)"
)
_NUMBER = re.compile("[0-9]")
_ZONE = re.compile(
    r"[一-鿿]{0,6}?(?:高新技术产业开发区|高新技术开发区|高新技术产业园区|高新园区|高新产业开发区|高新区|经济技术开发区|经济开发区|经开区|技术开发区|"
    r"开发区|工业园区|自贸试验区|自由贸易试验区|自贸区|综合保税区|保税区|保税港区|示范区|度假区|合作区|管理区|新区|新城区)"
)
_NO_ZONE = re.compile("[市省路街道段号镇乡村桥口]")
_OTHER = re.compile(r"[一-鿿]{1,3}?(?:自治县|自治旗|区|县|旗)")
_NO_AREAS = (
    "小区", "社区", "园区", "校区", "厂区", "库区", "景区", "片区", "街区", "宅区", "活区", "业区", "务区",
    "院区", "营区", "管区", "新区", "辖区", "市区", "学区", "牧区", "林区", "矿区", "港区", "郊区", "东区", "西区",
    "南区", "北区", "中区", "全区", "地区", "县城区", "主城区", "心城区",
)  # fmt: skip
# zones that name their city without it
_ZONES_OF = {
    "天府新区": "成都市", "两江新区": "重庆市", "西咸新区": "西安市", "郑东新区": "郑州市", "郑州航空港区": "郑州市",
    "苏州工业园区": "苏州市", "东湖新技术开发区": "武汉市", "东湖高新区": "武汉市", "武汉开发区": "武汉市",
    "光谷": "武汉市",
    "雄安新区": "保定市", "前海": "深圳市", "亦庄": "北京市", "北京经济技术开发区": "北京市", "西海岸新区": "青岛市",
    "贵安新区": "贵阳市", "湘江新区": "长沙市", "江北新区": "南京市", "金普新区": "大连市", "赣江新区": "南昌市",
    "兰州新区": "兰州市", "滇中新区": "昆明市", "舟山群岛新区": "舟山市", "曹妃甸": "唐山市",
}  # fmt: skip
_ZONE_STARTS = frozenset(zone[:2] for zone in _ZONES_OF)


class Place(NamedTuple):
    """Where an address is, '' for what it does not say."""

    province: str
    city: str
    area: str


class _City(NamedTuple):
    province: str
    name: str
    short: str
    areas: tuple[str, ...]  # the longest name first
    listed: tuple[str, ...]
    starts: frozenset[str]  # of these names


class _Table:
    """The divisions by their names and the beginnings of these."""

    def __init__(self) -> None:
        with open(_FILE, encoding="utf-8") as file:
            lines = [line.split() for line in file]
        cities = [
            _City(
                p,
                c,
                city_key(c),
                tuple(sorted(areas, key=len, reverse=True)),
                tuple(areas),
                frozenset(area[:2] for area in areas),
            )
            for p, c, *areas in lines
        ]
        self.provinces: dict[str, tuple[str, str]] = {}
        self.cities: dict[str, list[_City]] = {}
        self.areas: dict[str, list[tuple[_City, str]]] = {}
        self.by_key: dict[str, _City] = {}
        for one in cities:
            self.cities.setdefault(one.short[:2], []).append(one)
            self.by_key.setdefault(one.short, one)
            self.provinces[one.province[:2]] = (one.province, _short(one.province))
            for area in one.areas:
                self.areas.setdefault(area[:2], []).append((one, area))
        self._starts = {*self.provinces, *self.cities, *self.areas, *_ZONE_STARTS}

    def may_name(self, text: str) -> bool:
        """Whether the text could begin with a place: most addresses in a column of their own do not."""
        return text[:2] in self._starts or "区" in text or "县" in text or "旗" in text

    def province(self, text: str) -> tuple[str, str]:
        """The province with which the text begins, and as it is written there; '' for none."""
        name, short = self.provinces.get(text[:2], ("", ""))
        if name and text.startswith(name):
            return name, name
        if name and text.startswith(short):
            return name, short + (text[len(short)] if text[len(short) :][:1] in ("省", "市") else "")
        return "", ""


def _short(province: str) -> str:
    for ending in ("壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "特别行政区", "省", "市"):
        if province.endswith(ending):
            return province.removesuffix(ending)
    return province


@lru_cache(maxsize=1)
def _table() -> _Table:
    return _Table()


def locate(address: str, province: str = "", city: str = "", *, loose: bool = False) -> Place:
    """Province, city and district that the address names; nothing where it contradicts those that are known.

    A name without 省, 市 or 州 counts where what follows is a place within it (成都武侯区), unless
    ``loose``: then the text is no address but a place alone (四川 成都).
    """
    # no name of a place has a number in it: many a list has the same few streets
    return _located(_NUMBER.split(address, 1)[0], province, city, loose)


@lru_cache(maxsize=8192)
def _located(address: str, province: str, city: str, loose: bool) -> Place:
    text = _without(address, *_PREFIXES)
    if not _table().may_name(text):
        return Place("", "", "")
    found = _read(text, loose, city)
    if not found.city and city:
        found = _within_known(text, found, city)
    if _contradicts(found.province, province):
        return Place("", "", "")
    if _contradicts(found.city, city):
        # 昆山 in the column of cities is the district of the address
        return Place(found.province, "", "") if city_key(found.area) == city_key(city) else Place("", "", "")
    return found


def _contradicts(found: str, known: str) -> bool:
    return bool(found and known) and city_key(_short(found)) != city_key(_short(known))


def _without(text: str, *heads: str) -> str:
    text = text.lstrip(_BETWEEN)
    for head in heads:
        if head and text.startswith(head):
            text = text[len(head) :].lstrip(_BETWEEN)
    return text


def _read(text: str, loose: bool, known: str) -> Place:
    table = _table()
    province, written = table.province(text)
    whole = bool(written) and written == province
    if province:
        rest = _without(text, written)
        found = _city_of(table, rest, province, whole or loose or not province.endswith("市"))
        if found is None and (whole or loose or _named_zone(rest)):
            found = _alone(rest, province)
        if found:
            return found
    if not province or not whole:
        found = _city_of(table, text, "", loose)
        if found:
            return found
    return _by_area(table, text, known)


def _city_of(table: _Table, text: str, province: str, sure: bool) -> Place | None:
    """What a text says that begins with a city, of this province where one is given."""
    if province and province.endswith("市"):
        city = table.by_key[city_key(province)]
        rest = _without(
            text, province, city.short if not _STREET.match(text[len(city.short) :]) else "", "市辖区"
        )
        area = _area(city, rest)
        return Place(province, city.name, area) if area or sure else None
    for one in table.cities.get(text[:2], ()):
        written = _written(one, text) if province in ("", one.province) else ""
        county = next((area for area in one.areas if len(area) > len(written) and text.startswith(area)), "")
        if county and (province or len(written) < 3):
            break  # 长沙县, 大理市
        if not written:
            continue
        rest = _without(text[len(written) :], "市辖区")
        area = _area(one, rest)
        named = written != one.short or len(written) > 4
        fits = sure and not _STREET.match(rest)
        if named or area or fits:
            return Place(one.province, one.name, area)
    if province:
        for one, area in table.areas.get(text[:2], ()):
            if one.province == province and text.startswith(area):
                return Place(one.province, one.name, area)
    return None


def _alone(text: str, province: str) -> Place:
    area = "" if province.endswith("市") else _zone(text, province, "")
    return Place(province, _ZONES_OF.get(area, ""), area)


def _written(city: _City, text: str) -> str:
    """How the text names the city at its beginning: 成都市, 凉山州, 成都; '' where it does not."""
    if not text.startswith(city.short):
        return ""
    if text.startswith(city.name):
        return city.name
    follows = text[len(city.short) :]
    for ending in ("市", "自治州", "地区", "州", "盟"):
        if follows.startswith(ending) and city.name.endswith("市") == (ending == "市"):
            return city.short + ending
    return city.short


def _area(city: _City, text: str) -> str:
    """The district with which the text begins: one of the city's, a zone, an old one by its ending."""
    if text[:2] in city.starts:
        for area in city.areas:
            if text.startswith(area):
                return area
    zone = _zone(text, city.province, city.name)
    found = _OTHER.match(text)
    other = found[0] if found and len(found[0]) > 2 and not found[0].endswith(_NO_AREAS) else ""
    return other if other and zone.startswith(other) else zone or other


def _zone(text: str, province: str, city: str) -> str:
    name = _named_zone(text)
    if name:
        return name
    found = _ZONE.match(text)
    if not found or _NO_ZONE.search(found[0]):
        return ""
    zone = found[0]
    for head in (_short(province), city_key(city)):
        if head and zone.startswith(head) and len(zone) - len(head) > 2:
            zone = zone.removeprefix(head)
    return zone


def _within_known(text: str, found: Place, city: str) -> Place:
    one = _table().by_key.get(city_key(city))
    if one is None or (found.province and found.province != one.province):
        return found
    area = found.area or _area(one, text)
    return Place(found.province, "", area)


def _by_area(table: _Table, text: str, known: str) -> Place:
    """A district without its city: the one of that name, or where there are several the district alone."""
    hits = [(one, area) for one, area in table.areas.get(text[:2], ()) if text.startswith(area)]
    longest = max((len(area) for _, area in hits), default=0)
    hits = [(one, area) for one, area in hits if len(area) == longest and longest > 2]
    if known and hits:
        hits = [hit for hit in hits if hit[0].short == city_key(known)] or hits
    if len(hits) == 1:
        one, area = hits[0]
        return Place(one.province, one.name, area)
    if hits:
        return Place("", "", hits[0][1])
    zone = _named_zone(text)
    if zone:
        return Place(table.by_key[city_key(_ZONES_OF[zone])].province, _ZONES_OF[zone], zone)
    return Place("", "", "")


def _named_zone(text: str) -> str:
    if text[:2] not in _ZONE_STARTS:
        return ""
    return next((zone for zone in _ZONES_OF if text.startswith(zone)), "")


def districts(city: str) -> tuple[str, tuple[str, ...]] | None:
    """The city's whole name and its districts, in the order of the official list; None where there is no such city."""
    found = _table().by_key.get(city_key(city))
    return (found.name, found.listed) if found else None


def cities_of(area: str) -> tuple[str, ...]:
    """The keys of the cities that have a district of this name, with or without its 区, 县 or 市."""
    plain = area.strip()
    found = _table().areas.get(plain[:2], ())
    return tuple(dict.fromkeys(one.short for one, name in found if plain in (name, name[:-1])))
