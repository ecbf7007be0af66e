"""Names in Latin letters: readings, people, brands, and the comparison with the full dictionary."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

import pytest

from salesflow.pinyin import expand_aliases, person_initials, pinyin

DEALERS = Path(__file__).resolve().parents[2] / "shared" / "data" / "dealers"


@pytest.mark.parametrize(
    ("text", "full", "initials"),
    [
        ("成都宝马", "chengdubaoma", "cdbm"),
        ("华星BMW（红牌楼店）", "huaxingbmwhongpailoudian", "hxbmwhpld"),
        ("ＡＢＣ 4S店", "abc4sdian", "abc4sd"),
        ("BMW 4S", "bmw4s", "bmw4s"),
        ("绿地女人", "lvdinvren", "ldnr"),
        ("略阳", "lueyang", "ly"),
        ("㙟汽", "langqi", "lq"),
        ("二〇二", "erlinger", "ele"),
        ("【】·-—", "", ""),
        ("", "", ""),
        ("🚗", "", ""),
        ("重庆", "chongqing", "cq"),
        ("長城汽車", "changchengqiche", "ccqc"),
    ],
)
def test_pinyin(text: str, full: str, initials: str) -> None:
    assert pinyin(text) == (full, initials)


PLACES = """
重庆 cq 长沙 cs 长安 ca 六安 la 乐山 ls 厦门 xm 蚌埠 bb 台州 tz 阆中 lz 犍为 qw 郫都 pd 荥经 yj 荥阳 xy
单县 sx 朝阳 cy 珲春 hc 漯河 lh 洪洞 ht 乐清 yq 乐亭 lt 番禺 py 莘县 sx 莘庄 xz 什邡 sf 会稽 kj 铅山 ys
长治 cz 长春 cc 成都 cd 都江堰 djy 西藏 xz 阿勒泰 alt 库尔勒 kel 锡林郭勒 xlgl 大埔 db 泊头 bt 佛山 fs
尉犁 yl 尉氏 ws 曾都 zd 万柏林 wbl 中牟 zm 牟平 mp 筠连 jl 宿迁 sq 涡阳 gy 浚县 xx 调兵山 dbs 崆峒 kt
长城 cc 中国重汽 zgzq 广汽传祺 gqcq 玛莎拉蒂 msld 哪吒 nz 车行 ch 五金行 wjh 空调 kt 大厦 ds 店长 dz
成都市长安汽车 cdscaqc 湖南有道公司长沙店 hnydgscsd 大连长城 dlcc 市长城路 sccl 行长 hz
"""


@pytest.mark.parametrize(
    ("word", "initials"), list(zip(PLACES.split()[::2], PLACES.split()[1::2], strict=True))
)
def test_places_and_words_of_the_trade(word: str, initials: str) -> None:
    assert pinyin(word)[1] == initials


@pytest.mark.parametrize(
    ("name", "first", "also"),
    [
        ("曾总", "zz", "cz"),
        ("单经理", "sjl", "djl"),
        ("解经理", "xjl", "jjl"),
        ("查工", "zg", "cg"),
        ("仇姐", "qj", "cj"),
        ("区小姐", "oxj", "qxj"),
        ("任师傅", "rsf", "rsf"),
        ("李总", "lz", "lz"),
    ],
)
def test_people(name: str, first: str, also: str) -> None:
    ways = [initials for _, initials in person_initials(name)]
    assert ways[0] == first
    assert also in ways


def test_people_in_other_letters() -> None:
    assert person_initials("Tom Li") == (("tomli", "tomli"),)
    assert person_initials(" ") == ()
    assert ("yuchigong", "ycg") in person_initials("尉迟恭")


@pytest.mark.parametrize(
    ("query", "also"),
    [
        ("bmw", "宝马"),
        ("成都BMW", "成都宝马"),
        ("宝马", "bmw"),
        ("MB", "奔驰"),
        ("奔驰", "benz"),
        ("vw 4s", "大众 4s"),
        ("byd", "比亚迪"),
    ],
)
def test_brands_have_two_names(query: str, also: str) -> None:
    assert expand_aliases(query)[0] == query
    assert also in expand_aliases(query)


@pytest.mark.parametrize("query", ["xmbx", "华星", "cdbm", ""])
def test_no_brand_in_it(query: str) -> None:
    assert expand_aliases(query) == (query,)


def _dealers() -> Iterator[str]:
    calamine = pytest.importorskip("python_calamine")
    for book in ("skoda_2019", "skoda_2020", "wey_2020"):
        rows = calamine.CalamineWorkbook.from_path(str(DEALERS / f"{book}.xlsx")).get_sheet_by_index(0)
        header, *body = rows.to_python()
        at = header.index("公司名称")
        yield from (str(row[at]) for row in body)
    with open(DEALERS / "ford.jsonl", encoding="utf-8") as file:
        yield from (json.loads(line)["dealer_name"] for line in file)


# Characters that the dictionary, which knows no names, reads otherwise than the names do:
# 洪都 华美都 (dou), 长菱 长福 长治 (zhang), 漯河 (ta), 朝阳 (zhao), 锡林郭勒 (lei), 泊士 (po), 宏略 (lve).
EXPLAINED = set("都长漯朝勒泊略")


def test_agrees_with_the_dictionary() -> None:
    dictionary = pytest.importorskip("pypinyin")
    if not DEALERS.exists():
        pytest.skip("the real lists are not here")
    names = sorted(set(_dealers()))
    differing = [name for name in names if pinyin(name)[0] != _by_dictionary(dictionary, name)]
    assert len(names) > 1300
    assert len(differing) / len(names) < 0.03
    assert [name for name in differing if not EXPLAINED & set(name)] == []


def _by_dictionary(dictionary: object, name: str) -> str:
    parts = dictionary.lazy_pinyin(name)  # type: ignore[attr-defined]
    return "".join(c for part in parts for c in normalize("NFKC", part).casefold() if c.isalnum())
