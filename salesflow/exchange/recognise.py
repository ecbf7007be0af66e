"""Which field a column is, by its header alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from unicodedata import normalize

from salesflow.exchange import columns

_DROPPED = str.maketrans(dict.fromkeys("*:_-/.'\"\ufeff", ""))
# the characters that names of columns are made of, as Taiwan and Hong Kong write them
_TRADITIONAL = (
    "專業東丟個為麼爭產從價會傳體內冊決況幾劃創別辦務動協單歷廳縣發號後員響週團國圖場處備頭實對導屬崗應庫"
    "廢開歸錄徑總態戶報據擱數無時機權桿來構標檔檻沒溝註潛熱愛狀現電碼稱種競簽簡類約級緯線組細終紹經結給絡"
    "編網職聯節薦獲營見規計訂認議訊講記訪評識話詢詳說諾誰負責敗帳賬貨質購資蹤車轉輸轄達過進選郵鐘鋪鏈銷長"
    "門閉問間階際項順顧預額饋驗雙龍萬億與舉書買賣稅鎖鋒證設試費贈輛運還遠連適遞採繫"
)
_SIMPLE = (
    "专业东丢个为么争产从价会传体内册决况几划创别办务动协单历厅县发号后员响周团国图场处备头实对导属岗应库"
    "废开归录径总态户报据搁数无时机权杆来构标档槛没沟注潜热爱状现电码称种竞签简类约级纬线组细终绍经结给络"
    "编网职联节荐获营见规计订认议讯讲记访评识话询详说诺谁负责败账账货质购资踪车转输辖达过进选邮钟铺链销长"
    "门闭问间阶际项顺顾预额馈验双龙万亿与举书买卖税锁锋证设试费赠辆运还远连适递采系"
)
_SIMPLIFIED = str.maketrans(_TRADITIONAL, _SIMPLE)
_NUMBERS = "123456789一二三四五六七八九"
_OF_A_PLACE = ("province", "city", "area", "address", "lat", "lng")
_NEVER_NUMBERED = ("uid", "id")
_ASIDE = ("(必填)", "(选填)", "(可选)", "(非必填)", "(required)", "(optional)")


@lru_cache(maxsize=2048)
def folded(header: str) -> str:
    """A header as it is compared: width, case, blanks and ``* : _ - . /`` gone, its characters the simple ones."""
    text = "".join(normalize("NFKC", header).lower().split()).translate(_DROPPED)
    if not text.isascii():
        text = text.translate(_SIMPLIFIED)
    for aside in _ASIDE:
        text = text.replace(aside, "")
    return text


def find_field(header: str, kind: str) -> tuple[str, int] | None:
    """The field that the header names in this kind of sheet, and how far down its list; or None.

    A remark in brackets (``月销量（台）``) and a number at the end (``电话2``) may follow.
    """
    names = known_names(kind)
    plain = folded(header)
    shorter = plain.partition("(")[0] or plain
    for form in (plain, shorter):
        if form in names:
            return names[form]
    stem, number = numbered(header)
    if "." in header and kind == "leads" and not header.startswith("custom."):
        # a place within a place: addr.city in a JSON file; custom.city is a field of our own
        inner = names.get(folded(header.rpartition(".")[2]))
        if inner and inner[0] in _OF_A_PLACE:
            return inner
    found = names.get(shorter.rstrip("0123456789")) or (names.get(stem) if number else None)
    if found and found[0] not in _NEVER_NUMBERED:
        return found
    if kind == "leads":
        for ending, field in columns.ENDINGS.items():
            if shorter.endswith(ending):
                return field, 1000
    return None


@lru_cache(maxsize=512)
def numbered(header: str) -> tuple[str, int]:
    """The header without the number in it, and that: 联系人2电话, 第二联系人, contact 2 name; 0 for none."""
    plain = folded(header)
    for char in plain:
        at = _NUMBERS.find(char)
        if at >= 0 and not (char.isascii() and sum(map(str.isdecimal, plain)) > 1):
            around = plain.partition(char)
            if char.isascii() or around[0].endswith("第") or not around[2]:
                stem = around[0].removesuffix("第") + around[2].removeprefix("位").removeprefix("个")
                return stem.replace("()", ""), at % 9 + 1
    return plain, 0


def known_columns(cells: Sequence[str]) -> int:
    """How many of the cells are the name of a column in any kind of sheet."""
    names = _all_names()
    return sum(1 for cell in cells if cell and len(cell) < 40 and _is_known(folded(cell), names))


def _is_known(plain: str, names: frozenset[str]) -> bool:
    shorter = plain.partition("(")[0]
    return (
        plain in names
        or shorter in names
        or bool(shorter.rstrip("0123456789"))
        and (shorter.rstrip("0123456789") in names)
    )


@lru_cache(maxsize=8)
def known_names(kind: str) -> dict[str, tuple[str, int]]:
    """Field and place in its list by folded header; the first field that claims a name has it."""
    names: dict[str, tuple[str, int]] = {}
    for field, text in columns.KINDS[kind].items():
        for place, name in enumerate(text.split("|")):
            names.setdefault(folded(name), (field, place))
    return names


@lru_cache(maxsize=1)
def _all_names() -> frozenset[str]:
    return frozenset(name for kind in columns.KINDS for name in known_names(kind))


def any_of(headers: Iterable[str], names: str) -> bool:
    """Whether one of the headers is one of ``names`` (parted by ``|``)."""
    wanted = _folded_set(names)
    return any(folded(header) in wanted for header in headers)


@lru_cache(maxsize=16)
def _folded_set(names: str) -> frozenset[str]:
    return frozenset(folded(name) for name in names.split("|"))
