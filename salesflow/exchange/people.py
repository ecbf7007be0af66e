"""People as sheets write them: several in one cell, with their phones and titles beside the names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from salesflow.exchange.places import Column
from salesflow.exchange.values import BLANKS, tidy
from salesflow.names import FAMILIAR, TITLES
from salesflow.phones import is_masked, split_phones

_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜"
    "崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊"
    "葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝"
    "骆路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司古吉缪车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全"
    "佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝傅肖萧阎佘封牧山鄢谌伏竺尧楚皮乌来练"
    "权由阿岩银漆揭帅敬钮储元晋凤奚宣樊匡都扈植经相火丰鹿鞠占粟"
)
_OF_TWO = (
    "欧阳", "上官", "司马", "司徒", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "端木", "东方", "南宫",
)  # fmt: skip
_NO_TITLES = (
    "总",
    "工",
    "姐",
    "哥",
    "叔",
    "董",
)  # of one character: they end names, and stand for nobody alone
_PARTS_OF_A_FIRM = ("部", "部门", "科", "处", "室", "组", "中心", "前台")
# what stands before a phone, and is nobody
_LABELS = (
    " 电话 手机 座机 固话 热线 总机 传真 销售 售后 服务 客服 救援 保险 前台 市场 办公 财务 采购 展厅 预约 投诉 咨询"
    " 配件 维修 微信 联系 备用 全国 门店 公司 店内 值班 夜间 白天 总部 分店 新车 二手 二手车 置换 金融 精品 钣喷 事故 "
)
_SEPARATORS = "、;；\n|/,，＆&"
_OPENING, _CLOSING = "(（[【", ")）]】"
_EDGES = " \t:：-—–()（）[]【】,，、;；/|.。+"
_DIGITS = str.maketrans("０１２３４５６７８９－＋", "0123456789-+")
_TITLE = re.compile(rf"(?:{'|'.join(sorted(TITLES, key=len, reverse=True))})$")
_CHINESE = re.compile("[一-鿿]")
_PHONE = re.compile(
    r"(?:(?:\+|00)?86[- ]?)?(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"
    r"|(?<!\d)\(?0\d{2,3}\)?[- ]?\d{7,8}(?!\d)(?: *(?:转|分机|ext\.?|-) *\d{1,6}(?!\d))?"
    r"|(?<!\d)[48]00[- ]?\d{3}[- ]?\d{4}(?!\d)"
    r"|(?<!\d)\d{7,8}(?!\d)"
    r"|(?<!\d)1\d{2}[*xX＊]{3,5}\d{3,4}(?!\d)"
)


Further = list[tuple[str, Column]]  # the columns of one person beside the first, by field


class Person(NamedTuple):
    """A person of a cell: name, title where one stands beside it, phones."""

    name: str
    title: str
    phones: tuple[str, ...]


@lru_cache(maxsize=1024)
def people_in(cell: str) -> tuple[Person, ...]:
    """The people of a cell in a column of people; one of no name holds phones that are nobody's.

    ``王建国/李总``, ``张三 13900001234、李四 13900005678``, ``王强（店长）``. What does not
    look like several names is the one name that it says.
    """
    whole = Person(_line(cell), "", ())
    pieces = _pieces(cell)
    found = _people(pieces)
    if len([one for one in found if one.name]) > 1 and not all(map(_is_plain, found)):
        return (whole,)
    return tuple(found) or (whole,)


def named_phones(cell: str) -> tuple[Person, ...]:
    """The people of a cell in a column of phones, where the names beside them are surely people's."""
    if not _CHINESE.search(cell):
        return ()
    found = _people(_pieces(cell))
    sure = all(one.phones and (not one.name or _is_somebody(one.name)) for one in found)
    return tuple(found) if sure and any(one.name for one in found) else ()


def put(values: dict[str, Any], found: Iterable[Person]) -> None:
    """The people among the ``values`` of a row: one as its columns would say, several in ``people``."""
    people: list[dict[str, Any]] = []
    for one in found:
        if one.name:
            said: dict[str, Any] = {"contact": one.name}
            if one.title:
                said["title"] = one.title
            if one.phones:
                said["contact_phone"] = list(one.phones)
            people.append(said)
        elif one.phones:
            values.setdefault("contact_phone", []).extend(one.phones)
    values.pop("contact", None)
    if people:
        values["contact"] = people[0]["contact"]
        values["people"] = people


def join(values: dict[str, Any], found: Iterable[Person]) -> list[str]:
    """The people of a phone's cell beside those whom the row names already; the phones that are nobody's."""
    people = values.setdefault("people", [{"contact": values["contact"]}] if "contact" in values else [])
    nobodys: list[str] = []
    for one in found:
        if not one.name:
            nobodys += one.phones
            continue
        same = next((said for said in people if said["contact"] == one.name), None)
        if same is None:
            same = {"contact": one.name}
            people.append(same)
        if one.title:
            same.setdefault("title", one.title)
        same["contact_phone"] = list(dict.fromkeys([*same.get("contact_phone", ()), *one.phones]))
    values["contact"] = people[0]["contact"]
    return nobodys


def add(values: dict[str, Any], custom: dict[str, str], said: dict[str, Any]) -> None:
    """A further person of the row among its people; without a name their phones are the shop's."""
    if "contact" in said:
        if "contact" in values:
            values.setdefault("people", [{"contact": values["contact"]}]).append(said)
        else:
            values |= said
        return
    phones = said.pop("contact_phone", [])
    if phones:
        values["phone"] = list(dict.fromkeys([*values.get("phone", ()), *phones]))
    custom.update({field: str(text) for field, text in said.items()})


def share(values: dict[str, Any]) -> None:
    """What the row's own columns say of people, given to each of ``people``: one each, or all to the first."""
    people = values["people"]
    for field in ("title", "wechat", "email", "department", "birthday"):
        if field in values:
            _share(people, field, _split_as(values[field], len(people)))
    if "role" in values:
        roles = values["role"]
        each = [[role] for role in roles] if len(roles) == len(people) else [roles]
        _share(people, "role", each)
    _share_phones(people, values.pop("contact_phone", []))
    if len(people) == 1:
        values.update(people[0])
        del values["people"]


def _share(people: list[dict[str, Any]], field: str, parts: list[Any]) -> None:
    for said, part in zip(people, parts, strict=False):
        said.setdefault(field, part)


def _share_phones(people: list[dict[str, Any]], phones: list[str]) -> None:
    held = {phone for said in people for phone in said.get("contact_phone", ())}
    left = [phone for phone in phones if phone not in held]
    without = [said for said in people if "contact_phone" not in said]
    if left and len(left) == len(without):
        for said, phone in zip(without, left, strict=True):
            said["contact_phone"] = [phone]
    elif left:
        people[0]["contact_phone"] = [*people[0].get("contact_phone", ()), *left]


def _split_as(text: str, count: int) -> list[str]:
    parts = [part.strip() for part in _split(text)]
    return parts if len(parts) == count and all(parts) else [text]


def _line(cell: str) -> str:
    return tidy(cell)[0]


def _split(text: str) -> list[str]:
    """The parts of a text, parted by any separator that stands in no brackets."""
    parts, depth = [""], 0
    latin = text.isascii()
    for char in text:
        depth += (char in _OPENING) - (char in _CLOSING)
        if char in _SEPARATORS and depth <= 0 and not (latin and char in ",&"):
            parts.append("")
        else:
            parts[-1] += char
    return parts


def _pieces(cell: str) -> list[str]:
    """Names and phones of the cell in their order; a phone is told by its digits."""
    pieces: list[str] = []
    for part in _split(cell.translate(_DIGITS).replace("\r", "\n")):
        start = 0
        for found in _PHONE.finditer(part):
            pieces += [part[start : found.start()], found[0]]
            start = found.end()
        pieces.append(part[start:])
    cleaned = (_line(piece) for piece in pieces)
    return [piece for piece in cleaned if piece.strip(_EDGES) and piece not in BLANKS]


def _people(pieces: list[str]) -> list[Person]:
    """Who the pieces are: a phone is the name's before it, or, where phones come first, behind it."""
    phones_first = bool(pieces) and _is_phone(pieces[0])
    people: list[Person] = []
    waiting: tuple[str, ...] = ()
    for piece in pieces:
        if _is_phone(piece):
            phones = tuple(split_phones(piece))
            if phones_first or not people:
                waiting += phones
            else:
                people[-1] = people[-1]._replace(phones=people[-1].phones + phones)
            continue
        name, title = _with_title(piece)
        if people and not title and _is_title(name):
            one = people[-1]
            people[-1] = one._replace(title=f"{one.title}/{name}".lstrip("/"))
        else:
            people.append(Person(name, title, waiting))
            waiting = ()
    return _merged([*people, *([Person("", "", waiting)] if waiting else [])])


def _merged(people: list[Person]) -> list[Person]:
    found: dict[str, Person] = {}
    for one in people:
        same = found.get(one.name)
        if same:
            phones = tuple(dict.fromkeys(same.phones + one.phones))
            one = Person(one.name, same.title or one.title, phones)
        found[one.name] = one
    return list(found.values())


def _is_phone(piece: str) -> bool:
    return _PHONE.fullmatch(piece) is not None


def _name(piece: str) -> str:
    """The piece without what parts it from others; brackets stay where they stand around a part of it."""
    text = piece.strip(" \t:：-—,，、;；/|。+")
    paired = sum(text.count(mark) for mark in _OPENING) == sum(text.count(mark) for mark in _CLOSING)
    return text if paired and text[:1] not in _OPENING else text.strip(_EDGES)


def _with_title(piece: str) -> tuple[str, str]:
    """Name and title of ``王强（店长）``, ``王强 店长``, ``店长：王强``; of anything else the name alone."""
    text = _name(piece)
    for opening, closing in zip(_OPENING, _CLOSING, strict=True):
        head, mark, rest = text.partition(opening)
        if mark and rest.endswith(closing) and head.strip() and any(map(_is_title, _split(rest[:-1]))):
            return head.strip(), rest[:-1].strip()
    first, space, second = text.replace("：", " ").replace(":", " ").partition(" ")
    second = second.strip()
    if space and second and " " not in second:
        if _is_title(second) and not _is_title(first):
            return first, second
        if _is_title(first) and _is_somebody(second):
            return second, first
    return text, ""


def _is_title(piece: str) -> bool:
    """Whether the words are a title or a part of a firm, and nobody's name: ``店长``, ``销售经理``, ``市场部``."""
    text = _name(piece)
    if text.endswith(_PARTS_OF_A_FIRM) and len(text) > 1:
        return not _is_chinese_name(text)
    found = _TITLE.search(text)
    if not found or text in _NO_TITLES:
        return False
    head = text[: found.start()]
    return not _is_surname(head) and not head.startswith(tuple(FAMILIAR))


def _is_surname(text: str) -> bool:
    return text in _OF_TWO or (len(text) == 1 and text in _SURNAMES)


def _is_chinese_name(text: str) -> bool:
    if text.startswith(_OF_TWO):
        return 3 <= len(text) <= 4
    return 2 <= len(text) <= 3 and text[0] in _SURNAMES


def _is_somebody(text: str) -> bool:
    """Whether the text surely names a person: by a surname, 老王, a title behind a surname, 阿迪力·买买提."""
    if not text or text.isascii() or f" {text.removesuffix('电话')} " in _LABELS or is_masked(text):
        return False
    found = _TITLE.search(text)
    if found and found.start() and _is_surname(text[: found.start()]):
        return True
    if text[0] in FAMILIAR and len(text) in (2, 3) and text[1] in _SURNAMES:
        return True
    return _is_chinese_name(text) or ("·" in text and text.replace("·", "").isalpha())


def _is_plain(one: Person) -> bool:
    """Whether one of several may well be a person: nobody's phones, a name with its phone, or a sure name."""
    if not one.name or one.phones:
        return len(one.name) < 20
    if one.name.isascii():
        return one.name.replace(" ", "").replace(".", "").isalpha() and len(one.name) < 40
    return _is_somebody(one.name) or (bool(_TITLE.search(one.name)) and len(one.name) < 9)
