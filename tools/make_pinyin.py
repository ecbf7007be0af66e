"""Writes salesflow/data/pinyin/*.txt from the data of pypinyin (MIT) and the lists below.

Run it with pypinyin installed: ``python tools/make_pinyin.py``. Three files come out:
``characters.txt`` (a syllable and its characters a line: one reading each, the likeliest in
names), ``phrases.txt`` (words whose reading is not that of their characters one by one) and
``readings.txt`` (every reading of the characters that have several, as surname first).
"""

from __future__ import annotations

from pathlib import Path

from pypinyin.contrib.tone_convert import to_normal
from pypinyin.phrases_dict import phrases_dict
from pypinyin.pinyin_dict import pinyin_dict

TARGET = Path(__file__).resolve().parent.parent / "salesflow" / "data" / "pinyin"

# The reading that names of firms, places and people have, where the dictionary's first is another.
LIKELIEST = """
长 chang 都 du 厦 xia 曾 zeng 薄 bo 佛 fo 似 si 给 gei 调 tiao 卜 bu 塞 sai 伽 jia 没 mei 还 hai
差 cha 校 xiao 仔 zai 朴 pu 露 lu 行 xing 勒 le 什 shi 泊 bo 粘 nian 覃 qin 贾 jia 车 che 翟 zhai
缪 miao 查 cha 仇 qiu 解 jie 尉 wei 色 se 模 mo 率 lv 重 zhong
長 chang 廈 xia 調 tiao 沒 mei 車 che 賈 jia 單 dan 還 hai 參 can 塲 chang 樂 le 覇 ba
"""

# Places, brands and words of the trade that the characters alone would read wrongly.
NAMES = """
万柏林 wan bai lin|繁峙 fan shi|洪洞 hong tong|调兵山 diao bing shan|珲春 hun chun|穆棱 mu ling
闵行 min hang|六合 lu he|六安 lu an|蚌埠 beng bu|蚌山 beng shan|涡阳 guo yang|马尾 ma wei
单县 shan xian|浚县 xun xian|南乐 nan le|漯河 luo he|召陵 shao ling|龙圩 long xu|丹棱 dan ling
筠连 jun lian|荥经 ying jing|荥阳 xing yang|浪卡子 lang ka zi|民乐 min le|崆峒 kong tong
宕昌 tan chang|红寺堡 hong si bu|乐亭 lao ting|乐陵 lao ling|大城县 dai cheng xian|蔚县 yu xian
东阿 dong e|长子县 zhang zi xian|番禺 pan yu|大埔 da bu|黄陂 huang pi|枞阳 zong yang|歙县 she xian
尉犁 yu li|莎车 sha che|伽师 jia shi|犍为 qian wei|阆中 lang zhong|郫都 pi du|牟平 mu ping
中牟 zhong mu|牟定 mou ding|宿迁 su qian|宿松 su song|宿州 su zhou|莘县 shen xian|莘庄 xin zhuang
井陉 jing xing|铅山 yan shan|乐清 yue qing|泌阳 bi yang|乐都 le du|吴堡 wu bu|柞水 zha shui
都江堰 du jiang yan|朝阳 chao yang|重庆 chong qing|长安 chang an|蕲春 qi chun|秭归 zi gui
猇亭 xiao ting|盱眙 xu yi|浒墅关 xu shu guan|甪直 lu zhi|宝坻 bao di|蠡县 li xian|栎阳 yue yang
鄱阳 po yang|弋阳 yi yang|会稽 kuai ji|龟兹 qiu ci|吐鲁番 tu lu fan|扎兰屯 zha lan tun
扎赉特 zha lai te|扎鲁特 zha lu te|扎囊 zha nang|台州 tai zhou|天台 tian tai|厦门 xia men
东莞 dong guan|丽水 li shui|嵊州 sheng zhou|儋州 dan zhou|百色 bai se|岢岚 ke lan|隰县 xi xian
十里堡 shi li pu|马家堡 ma jia pu|瓦窑堡 wa yao bu|柴沟堡 chai gou bu|乐山 le shan|西藏 xi zang
藏族 zang zu|大藏 da zang|阿坝 a ba|句容 ju rong|六盘水 liu pan shui|亳州 bo zhou|濮阳 pu yang
尉氏 wei shi|尉迟 yu chi|万俟 mo qi|长孙 zhang sun|单于 chan yu|澹台 tan tai|令狐 ling hu
重汽 zhong qi|车行 che hang|商行 shang hang|贸行 mao hang|五金行 wu jin hang|轮胎行 lun tai hang
修理行 xiu li hang|银行 yin hang|行长 hang zhang|分行 fen hang|支行 zhi hang|同行 tong hang
传祺 chuan qi|哪吒 ne zha|玛莎拉蒂 ma sha la di|店长 dian zhang|厂长 chang zhang|处长 chu zhang
科长 ke zhang|课长 ke zhang|组长 zu zhang|部长 bu zhang|局长 ju zhang|社长 she zhang|董事长 dong shi zhang
会长 hui zhang|校长 xiao zhang|队长 dui zhang|班长 ban zhang|所长 suo zhang|会计 kuai ji
大厦 da sha|广厦 guang sha|调漆 tiao qi|调音 tiao yin|调试 tiao shi|调度 diao du|调拨 diao bo
协调 xie tiao|空调 kong tiao|模具 mu ju|薄膜 bo mo|音乐 yin yue|重装 chong zhuang|重新 chong xin
"""

# Words left out: in names the next word begins within them (成都市|长安汽车, 有限公司|长沙分公司).
LEFT_OUT = """
市长 县长 区长 镇长 乡长 省长 州长 司长 村长 车长 公差 中都 都会 都市 车削 行东 大都 大率 中长 连长 台长
外长 里长 道长 工长 见长 次长 重行 成行 武行 段长 股长 官长 户长
"""

# What a surname sounds like, where the character has another everyday reading.
SURNAMES = """
曾 zeng 单 shan 解 xie 查 zha 仇 qiu 区 ou 任 ren 盖 ge 朴 piao 乐 yue 葛 ge 纪 ji 宁 ning 曲 qu
缪 miao 覃 qin 翟 zhai 盛 sheng 折 she 种 chong 员 yun 洗 xian 宿 su 都 du 那 na 隗 wei 贾 jia
卜 bu 祭 zhai 繁 po 召 shao 谌 chen 车 che 秘 bi 逄 pang 费 fei 过 guo 尉 wei 令 ling 华 hua
万 wan 俞 yu 石 shi 叶 ye 柏 bai 冯 feng 郇 xun 黑 he 訾 zi 撒 sa 长 chang 行 xing 艾 ai 沈 shen
尹 yin 牟 mou 庞 pang 藏 zang 臧 zang 晟 cheng 佘 she 厍 she 阚 kan 芮 rui 适 kuo 钭 tou 哈 ha
"""


def pairs(text: str) -> dict[str, str]:
    """Each character of a list like ``长 chang 都 du`` with its reading."""
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


def plain(syllable: str) -> str:
    """A syllable as people type it: no tone, ``lv`` and ``nv``, but ``lue`` and ``nue``."""
    return str(to_normal(syllable)).replace("ü", "v").replace("ê", "e").replace("ve", "ue")


def in_range(char: str) -> bool:
    """Whether the table has this character (the common block, extension A and 〇)."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or char == "〇"


def all_readings() -> dict[str, list[str]]:
    """Every toneless reading of every character, the likeliest first."""
    first = pairs(LIKELIEST)
    found: dict[str, list[str]] = {}
    for code, text in pinyin_dict.items():
        char = chr(code)
        if in_range(char):
            readings = [plain(part) for part in text.split(",")]
            found[char] = list(dict.fromkeys([first.get(char, readings[0]), *readings]))
    return found


def differing(readings: dict[str, list[str]]) -> dict[str, list[str]]:
    """Words of two or three characters, and the names above, that need an entry of their own.

    Longer words of the dictionary are idioms, which no shop is called.
    """
    words = {
        word: [plain(part[0]) for part in parts]
        for word, parts in phrases_dict.items()
        if 2 <= len(word) <= 3 and word not in LEFT_OUT.split() and all(char in readings for char in word)
    }
    names = {}
    for entry in NAMES.replace("\n", "|").strip("|").split("|"):
        name, *parts = entry.split()
        names[name] = parts
    words.update(names)
    needed = {w: p for w, p in words.items() if any(readings[c][0] != s for c, s in zip(w, p, strict=True))}
    inside = {w: p for w, p in names.items() if any(w[i : i + 2] in needed for i in range(len(w) - 1))}
    return {word: needed.get(word) or inside[word] for word in sorted({*needed, *inside})}


def several(readings: dict[str, list[str]]) -> dict[str, list[str]]:
    """The characters of GB 2312 with several readings, each with the surname's first."""
    surnames = pairs(SURNAMES)
    found = {}
    for char, known in sorted(readings.items()):
        ordered = list(dict.fromkeys([surnames.get(char, known[0]), *known]))
        if len(ordered) > 1 and char.encode("gb2312", "ignore"):
            found[char] = ordered
    return found


def main() -> None:
    """Writes the three files."""
    readings = all_readings()
    syllables: dict[str, list[str]] = {}
    for char, known in sorted(readings.items()):
        syllables.setdefault(known[0], []).append(char)
    TARGET.mkdir(parents=True, exist_ok=True)
    write("characters.txt", [f"{key} {''.join(chars)}" for key, chars in sorted(syllables.items())])
    write("phrases.txt", [f"{word} {' '.join(parts)}" for word, parts in differing(readings).items()])
    write("readings.txt", [f"{char} {' '.join(known)}" for char, known in several(readings).items()])


def write(name: str, lines: list[str]) -> None:
    """Writes one file of the table."""
    (TARGET / name).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
