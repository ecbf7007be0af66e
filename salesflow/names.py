"""Names, cities and addresses: made clean on the way in, and compared (cli.md, Who is the same)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import category, is_normalized, normalize

from salesflow.errors import Usage

if TYPE_CHECKING:
    from typing import Protocol

    class Named(Protocol):
        """A lead, as far as its name goes."""

        @property
        def name(self) -> str: ...
        @property
        def short(self) -> str | None: ...
        @property
        def city(self) -> str | None: ...


# what stands behind a surname where the given name is not said: 王经理, 刘工
TITLES = (
    "总经理", "副总经理", "副经理", "经理", "总监", "副总", "董事长", "老板娘", "老板", "店长", "主管",
    "主任", "部长", "厂长", "处长", "科长", "局长", "站长", "队长", "组长", "师傅", "顾问", "会计", "出纳",
    "采购", "助理", "秘书", "老师", "先生", "女士", "小姐", "大姐", "大哥", "阿姨", "店总", "工程师", "书记", "董",
    "总", "工", "姐", "哥", "叔",
)  # fmt: skip

NOBODY = "公海"  # what sheets write for nobody's
FAMILIAR = "老小阿"  # 老王, 小李

LONGEST = 1000  # characters of a one-line field; what is longer is a note in the wrong place

_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
_BRACKETS = str.maketrans("[]{}〔〕【】〖〗《》〈〉「」『』⟨⟩«»", "()" * 11)
_OTHER_BRACKETS = frozenset(map(chr, _BRACKETS))

_NATIONALITIES = (
    "哈萨克", "柯尔克孜", "蒙古", "塔吉克", "锡伯", "维吾尔", "朝鲜族", "土家族", "傈僳族",
    "景颇族", "布依族", "哈尼族", "纳西族", "拉祜族", "蒙古族", "傣族", "回族", "藏族", "彝族",
    "苗族", "侗族", "壮族", "白族", "羌族", "瑶族", "黎族", "满族", "佤族", "怒族", "独龙族",
)  # fmt: skip

# Longest first: what is left must still tell one firm of a group from another.
_COMPANY_ENDINGS = (
    "汽车销售服务有限责任公司", "汽车销售服务有限公司", "汽车销售有限公司", "汽车贸易有限公司",
    "汽车服务有限公司", "有限责任公司", "股份有限公司", "有限公司", "总公司", "分公司", "公司",
    "汽车销售服务", "销售服务", "汽车销售", "汽车贸易", "汽车服务", "汽车科技", "汽车商贸", "汽贸",
    "汽销", "汽车4s店", "4s专营店", "4s店", "4s", "特约店", "授权经销商", "授权店", "专营店",
    "经销商", "经销店", "专卖店", "旗舰店", "体验中心", "展厅", "汽车",
)  # fmt: skip

_ENDINGS_ALONE = frozenset((*_COMPANY_ENDINGS, "集团", "总部", "本部", "总店"))
_LAST_OF_ENDINGS = frozenset([ending[-1] for ending in _COMPANY_ENDINGS])

# What screens leave out of a company's legal name: the trade, then the legal form.
_TRADES = (
    "汽车销售服务", "汽车销售", "汽车贸易", "汽车服务", "汽车科技", "汽车商贸", "汽贸", "汽销",
    "销售服务", "汽车", "贸易", "商贸", "",
)  # fmt: skip
_FORMS = ("有限责任公司", "股份有限公司", "有限公司", "总公司", "分公司", "公司")


def narrow_digits(text: str) -> str:
    """The text with the digits of a Chinese keyboard (１２) as 12; digits of other scripts stay what they are."""
    return text.translate(_WIDE)


def clean_line(text: str, what: str) -> tuple[str, bool]:
    """The text of a one-line field without outer blanks, and whether invisible characters were dropped.

    ``what`` is what the person wrote it for (``name``, ``--short``): an empty text, control
    characters and line breaks are refused by that name.
    """
    cleaned = text.strip()
    dropped = False
    if not cleaned.isprintable():
        visible = "".join([c for c in cleaned if c.isprintable() or category(c) != "Cf"])
        dropped = visible != cleaned
        cleaned = visible.strip()
        if any(category(c) in {"Cc", "Cs", "Zl", "Zp"} for c in cleaned):
            raise Usage("names.control", what=what)
    if not cleaned:
        raise Usage("names.empty_name" if what == "name" else "names.empty", what=what)
    if len(cleaned) > LONGEST:
        raise Usage("names.too_long", what=what, length=len(cleaned), most=LONGEST)
    return cleaned, dropped


def name_key(name: str) -> str:
    """What two equal names have in common: width, case, white space and kinds of brackets gone."""
    if name.isalnum() and is_normalized("NFKC", name):
        return name.casefold()
    plain = normalize("NFKC", normalize("NFKC", name).casefold())
    if not _OTHER_BRACKETS.isdisjoint(plain):
        plain = plain.translate(_BRACKETS)
    key = "".join(plain.split())
    if not key.isprintable():
        key = "".join([c for c in key if category(c) not in {"Cf", "Cc"}])
    return normalize("NFKC", key)


def is_nobody(owner: str) -> bool:
    """Whether the owner written there is none: the lead is in the pool, for whoever takes it."""
    return owner.strip().lower() in (NOBODY, "pool", "-", "")


def label(lead: Named) -> str:
    """What screens print for a lead: the short name, else the whole one without city and legal form.

    A name that is no company's is printed as it is written, and one of which nothing would be left.
    """
    return label_of(lead.name, lead.short, lead.city)


def label_of(name: str, short: str | None, city: str | None) -> str:
    """``label`` of a lead of which only these are at hand."""
    if short or "公司" not in name:
        return short or name
    label = name
    for form in _FORMS:
        for trade in _TRADES:
            label = label.replace(trade + form, "")
    place = city_key(city or "")
    if place and label.startswith(place):
        label = label.removeprefix(place).removeprefix("市")
    return label if len(label) > 1 else name


@lru_cache(maxsize=8192)
def city_key(city: str) -> str:
    """A city without 市, 地区, 盟, 州 and nationalities; '' for none or a number."""
    key = name_key(city)
    if not key or key.replace(".", "").replace("-", "").isdecimal():
        return ""
    for province in ("自治区", "省"):
        before, _, after = key.partition(province)
        key = after if after and before else key
    if key.endswith("自治州"):
        return _without_nationalities(key.removesuffix("自治州"))
    for ending in ("市", "地区", "盟", "州"):
        if key.endswith(ending) and len(key) - len(ending) >= 2:
            return key.removesuffix(ending)
    return key


def is_branch(text: str) -> bool:
    """Whether what stands in brackets behind a name says which of several shops it is (红牌楼店), as 4S店 does not."""
    return bool(text) and text not in _ENDINGS_ALONE


def _without_nationalities(place: str) -> str:
    again = True
    while again:
        again = False
        for people in _NATIONALITIES:
            if place.endswith(people) and len(place) > len(people) + 1:
                place = place.removesuffix(people)
                again = True
    return place


def address_key(address: str) -> str:
    """An address as letters and digits alone, full and half width alike."""
    if not address.isalnum() or not is_normalized("NFKC", address):
        address = "".join(filter(str.isalnum, normalize("NFKC", address)))
    return address.casefold()


def cities_contradict(first: str, second: str) -> bool:
    """Whether two city keys are both known and name different cities."""
    return first != second and bool(first) and bool(second)


def addresses_contradict(first: str, second: str) -> bool:
    """Whether two address keys are both known and neither ends with the other."""
    return (
        bool(first)
        and bool(second)
        and first != second
        and not first.endswith(second)
        and not second.endswith(first)
    )


def elsewhere(city: str, address: str, other_city: str, other_address: str) -> bool:
    """Whether two companies of one name are two: their city keys or their address keys contradict each other."""
    return cities_contradict(city, other_city) or addresses_contradict(address, other_address)


def similar_key(name: str, city: str = "") -> str:
    """What is left of a name without company endings, for *possible* doubles alone.

    A branch in brackets stays (红牌楼店 is another shop than 机场路店), the brackets go; a
    leading city goes where it is given. Never the same as equal: ask before anything is merged.
    """
    key = name_key(name)
    for ending in _COMPANY_ENDINGS:
        if ending in key:
            key = key.replace(ending, "")
            if _LAST_OF_ENDINGS.isdisjoint(key):
                break
    key = key.replace("(", "").replace(")", "")
    place = city_key(city)
    if place and key.startswith(place):
        key = key.removeprefix(place).removeprefix("市") or key
    return key or name_key(name)


_OF_TWO = (
    "欧阳", "上官", "司马", "司徒", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "端木", "太史", "东方",
    "独孤", "南宫", "万俟", "闻人", "公羊", "赫连", "澹台", "宗政", "濮阳", "公冶", "太叔", "申屠", "仲孙", "钟离",
    "长孙", "宇文", "鲜于", "司空", "闾丘", "司寇", "巫马", "拓跋", "夹谷", "轩辕", "段干", "百里", "呼延", "东郭",
    "西门", "南门", "羊舌", "淳于", "单于", "乐正", "漆雕", "公良", "颛孙", "谷梁", "第五", "梁丘", "左丘",
)  # fmt: skip
_LONGEST_PERSON = 4  # characters of a Chinese name with two of them for the surname


def family_and_given(name: str) -> tuple[str, str]:
    """Surname and given name (欧阳, 建国); what is no such name is given whole: (老王 → '', 老王)."""
    if name.isascii():
        given, _, family = name.rpartition(" ")
        return (family, given) if given else ("", name)
    if len(name) > _LONGEST_PERSON or not name.isalpha() or name[0] in FAMILIAR:
        return "", name
    length = 2 if name.startswith(_OF_TWO) and len(name) > 2 else 1
    return name[:length], name[length:]


def called(name: str, title: str | None) -> str:
    """A person as others may read of them: surname and title where one is known (王经理), else the surname alone."""
    if not title or name.isascii():
        return surname(name)
    return (name[:2] if name.startswith(_OF_TWO) and len(name) > 2 else name[0]) + title


def shortened(names: Sequence[str], most: int = 8) -> list[str]:
    """The names of a chain, the middle of a long one left out."""
    return list(names) if len(names) <= most else [*names[: most - 2], "..", names[-1]]


def surname(name: str | None) -> str:
    """A person by surname and title: what a message to others may say (王建国 is 王**)."""
    if not name:
        return ""
    if name.isascii():
        return name.split()[-1]
    plain = name.partition("(")[0].partition("（")[0].strip()
    if len(plain) < 2 or plain[1:] in TITLES or (len(plain) == 2 and plain[0] in FAMILIAR):
        return plain or name
    return plain[0] + "**"[: len(plain) - 1]
