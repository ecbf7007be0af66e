"""Names as people type them in Latin letters: whole syllables, initials, short names of brands."""

from __future__ import annotations

from functools import lru_cache
from operator import add
from os.path import dirname, join

_HERE = join(dirname(__file__), "data", "pinyin")

# What reps type or write for a brand, and the brand as signs have it.
BRAND_ALIASES: dict[str, str] = {
    "bmw": "宝马", "benz": "奔驰", "mb": "奔驰", "mercedes": "奔驰", "mercedes-benz": "奔驰",
    "audi": "奥迪", "vw": "大众", "volkswagen": "大众", "byd": "比亚迪", "toyota": "丰田",
    "honda": "本田", "nissan": "日产", "mazda": "马自达", "lexus": "雷克萨斯", "infiniti": "英菲尼迪",
    "acura": "讴歌", "subaru": "斯巴鲁", "mitsubishi": "三菱", "suzuki": "铃木", "hyundai": "现代",
    "kia": "起亚", "ford": "福特", "lincoln": "林肯", "buick": "别克", "chevrolet": "雪佛兰",
    "chevy": "雪佛兰", "cadillac": "凯迪拉克", "jeep": "吉普", "tesla": "特斯拉", "volvo": "沃尔沃",
    "porsche": "保时捷", "skoda": "斯柯达", "jaguar": "捷豹", "landrover": "路虎",
    "land rover": "路虎", "mini": "迷你", "smart": "精灵", "bentley": "宾利", "ferrari": "法拉利",
    "maserati": "玛莎拉蒂", "lamborghini": "兰博基尼", "rollsroyce": "劳斯莱斯",
    "rolls-royce": "劳斯莱斯", "aston martin": "阿斯顿马丁", "peugeot": "标致", "citroen": "雪铁龙",
    "renault": "雷诺", "geely": "吉利", "chery": "奇瑞", "haval": "哈弗", "wey": "魏牌",
    "tank": "坦克", "ora": "欧拉", "gwm": "长城", "lynk": "领克", "lynkco": "领克", "zeekr": "极氪",
    "nio": "蔚来", "xpeng": "小鹏", "li auto": "理想", "aito": "问界", "xiaomi": "小米",
    "hongqi": "红旗", "faw": "一汽", "saic": "上汽", "gac": "广汽", "trumpchi": "传祺",
    "aion": "埃安", "roewe": "荣威", "mg": "名爵", "changan": "长安", "avatr": "阿维塔",
    "leapmotor": "零跑", "voyah": "岚图", "denza": "腾势", "exeed": "星途", "jetour": "捷途",
    "jetta": "捷达", "dongfeng": "东风", "wuling": "五菱", "baojun": "宝骏", "ds": "谛艾仕",
}  # fmt: skip


# What follows in the name of a firm that deals in cars is nearly always the same, and kept.
_MIDDLE = "汽车"


class _Syllables(dict[int, str]):
    """Syllable by code point, as ``str.translate`` asks; looked up in the file's text when first asked for.

    What the table lacks is taken as Latin letters and digits, or left out.
    """

    def __init__(self) -> None:
        super().__init__()
        self.text = _read("characters.txt")

    def __missing__(self, point: int) -> str:
        char = chr(point)
        at = -1 if char.isascii() else self.text.find(char)
        if at < 0:
            found = self._other(char)
        else:
            start = self.text.rfind("\n", 0, at) + 1
            found = self.text[start : self.text.index(" ", start)]
        self[point] = found
        return found

    def _other(self, char: str) -> str:
        from unicodedata import normalize

        plain = normalize("NFKC", char).casefold()
        if plain.isascii():
            return "".join(filter(str.isalnum, plain))
        return plain.translate(self) if plain != char else ""


class _Initials(dict[int, str]):
    """First letter by code point, of the same table."""

    def __missing__(self, point: int) -> str:
        found = self[point] = _syllables()[point][:1]
        return found


def pinyin(text: str) -> tuple[str, str]:
    """The syllables of ``text`` run together, and their initials: 成都宝马 is chengdubaoma, cdbm.

    Latin letters and digits stay, in lower case; every other character is left out.
    """
    if text.isascii():
        kept = "".join(filter(str.isalnum, text)).lower()
        return kept, kept
    at = text.find(_MIDDLE)
    if at < 1:
        return _spelt(text)
    full, initials = _spelt(text[:at])
    full_end, initials_end = _ending(text[at:])
    return full + full_end, initials + initials_end


def spoken(text: str) -> str:
    """The syllables of ``pinyin`` alone."""
    if text.isascii() or not _phrases().keys().isdisjoint(map(add, text, text[1:])):
        return pinyin(text)[0]
    return text.translate(_syllables())


def _spelt(text: str) -> tuple[str, str]:
    syllables = _syllables()
    phrases = _phrases()
    if phrases.keys().isdisjoint(map(add, text, text[1:])):
        return text.translate(syllables), text.translate(_initials())
    parts = _with_phrases(text, syllables, phrases)
    return "".join(parts), "".join([part[:1] for part in parts])


@lru_cache(maxsize=4096)
def _ending(text: str) -> tuple[str, str]:
    return _spelt(text)


def _with_phrases(
    text: str, syllables: _Syllables, phrases: dict[str, list[tuple[str, list[str]]]]
) -> list[str]:
    parts: list[str] = []
    at = 0
    while at < len(text):
        for phrase, reading in phrases.get(text[at : at + 2], ()):
            if text.startswith(phrase, at):
                parts += reading
                at += len(phrase)
                break
        else:
            parts.append(syllables[ord(text[at])])
            at += 1
    return parts


def person_initials(name: str) -> tuple[tuple[str, str], ...]:
    """Every way to type a person's name, as (syllables, initials), the surname's first.

    Many surnames have an everyday reading too: 曾总 is zengzong and cengzong.
    """
    name = name.strip()
    full, initials = pinyin(name)
    known = _readings().get(name[:1])
    if not known:
        return ((full, initials),) if full else ()
    rest, rest_initials = pinyin(name[1:])
    ways = [(reading + rest, reading[:1] + rest_initials) for reading in known]
    if (full, initials) not in ways:
        ways.insert(0, (full, initials))
    return tuple(ways)


def expand_aliases(query: str) -> tuple[str, ...]:
    """The query, and the same with each brand in its other name: ``成都bmw`` is 成都宝马 too."""
    lower = query.casefold()
    found = [query]
    for alias, brand in BRAND_ALIASES.items():
        if alias in lower and _stands_alone(alias, lower):
            found.append(lower.replace(alias, brand))
        elif brand in lower:
            found.append(lower.replace(brand, alias))
    return tuple(dict.fromkeys(found))


def _stands_alone(alias: str, text: str) -> bool:
    start = text.index(alias)
    around = text[start - 1 : start] + text[start + len(alias) :][:1]
    return not any(c.isascii() and c.isalpha() for c in around)


def _read(name: str) -> str:
    with open(join(_HERE, name), encoding="utf-8") as file:
        return file.read()


@lru_cache(maxsize=1)
def _syllables() -> _Syllables:
    return _Syllables()


@lru_cache(maxsize=1)
def _initials() -> _Initials:
    return _Initials()


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[tuple[str, list[str]]]]:
    """Words with a reading of their own by their first two characters, the longest first."""
    table: dict[str, list[tuple[str, list[str]]]] = {}
    for line in _read("phrases.txt").splitlines():
        phrase, *reading = line.split(" ")
        table.setdefault(phrase[:2], []).append((phrase, reading))
    for known in table.values():
        if len(known) > 1:
            known.sort(key=lambda entry: -len(entry[0]))
    return table


@lru_cache(maxsize=1)
def _readings() -> dict[str, list[str]]:
    return {line[0]: line[2:].split(" ") for line in _read("readings.txt").splitlines()}
