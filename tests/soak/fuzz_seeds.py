"""Seeds of our own making for each target: what people write, and what has gone wrong elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

from .frame import ROOT

_CSV = (
    "店名,电话,地址,级别,下次跟进,备注\n华星,13900001234,人民路1号,A,2026-12-01,谈过\n",
    "公司名称;手机;联系人\n甲;138-0013-8000/028-85551234;王经理\n",
    '店名\t备注\n"甲""乙"\t"a\nb"\n',
    "客户名单\n\n店名,上次跟进,目标金额\n甲,3月5日,5.8万\n合计,,\n",
    "name,received,next,volume\nA,2026/11/1 9:30,45980,1e3\n",
)
_JSON = (
    '[{"name": "甲", "contacts": [{"name": "王", "phone": 13900001234}]}]',
    '{"1": {"店名": "甲", "a": {"b": [1, 2.5, null, true]}}}',
    '{"name": "甲"}\n{"name": "乙", "phones": ["1", "2"]}\n',
    '[[["a"]], NaN, 1e999, "\\ud800"]',
)
_VCF = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nN:王;建国;;;\r\nFN:王建国\r\nORG:华星;销售\r\nTEL;TYPE=CELL:13900001234\r\n"
    "NOTE:a\\nb\r\nBDAY:1980-02-29\r\nEND:VCARD\r\n",
    "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=8E=8B;;;;\r\n"
    "TEL;HOME:028-85551234\r\nPHOTO;ENCODING=BASE64:aGk=\r\n\r\nEND:VCARD\r\n",
    "BEGIN:VCARD\nitem1.TEL:110\nitem1.X-ABLabel:_$!<HomePage>!$_\nADR:;;路1号;成都;四川;610000;中国\nEND:VCARD\n",
)
_DATES = (
    "2026-12-01 09:00", "明天下午3点", "下周三", "十二月一日", "半个月后", "+3wd", "in 3 days", "3个工作日后",
    "2月29日", "月底前", "next wed 3pm", "20261201", "45980.5", "1604188800", "Dec 1, 2026", "２０２６年１２月１日",
    "上上周五", "12/1/26", "年底", "5.8",
)  # fmt: skip
_WORDS = (
    "5.8万", "¥58,000", "1.2亿", "13800138000", "028-85551234 转 8001", "+86 138 0013 8000", "1.38E+10",
    "138****1234", "成都华星宝马汽车销售服务有限公司", "欧阳建国", "=1+1", "'=1", "張\u200b三",
)  # fmt: skip
_NOTES = (
    "谈了价格。下次：周五 送样 级别A 了解：对手是某品牌 措施：报价",
    "#12 拜访 王经理\n新客户 甲店 电话\n陈磊 2026-11-24 10:05\n没接",
    "————— 2026-11-24 —————\n陈磊 10:05\n华星 见了\n",
    "3月5日 谈过\n2026-11-01：报价\n11.5 没人接\n",
)


def seeds(name: str) -> list[bytes]:
    """The seeds of a target."""
    if name == "process":
        folder = ROOT / "salesflow" / "data" / "processes"
        small = (
            b'code = "x"\ntitle = "X"\n[[stages]]\ncode = "a"\n',
            b"\xef\xbb\xbfa = 1\na = 2\n",
            b"[" * 50,
            b"a.b = 1\n",
        )
        return [*(path.read_bytes() for path in sorted(folder.glob("*.toml"))[:3]), *small]
    texts = {"csv": _CSV, "json": _JSON, "vcf": _VCF, "dates": _DATES, "words": _WORDS, "notes": _NOTES}
    found = [text.encode() for text in texts.get(name, ())]
    if name == "csv":
        found += [_CSV[0].encode(encoding) for encoding in ("gb18030", "utf-16", "utf-8-sig")]
    if name in ("gate", "words"):
        found += [one.encode("utf-8", "surrogatepass") for one in _hostile()]
    return found


def _hostile() -> list[str]:
    lines = Path(ROOT / "tests" / "hostile.txt").read_text("utf-8").split("\n")
    return [
        json.loads(line.partition("\t")[2]) for line in lines if "\t" in line and not line.startswith("#")
    ]


def words(name: str) -> list[bytes]:
    """What a mutation may put in: the parts that the target's readers know."""
    known = {
        "csv": '" , ; \t \r \n \0 店名 电话 级别 下次跟进 ，',
        "json": '{ } [ ] " : , null NaN \\u0000 \\ud800 name 1e999',
        "vcf": "BEGIN:VCARD END:VCARD N: TEL; ;ENCODING=QUOTED-PRINTABLE = \\n ;CHARSET= BDAY: item1.",
        "dates": "年 月 日 号 周 下 上 个 天 后 前 点 半 / - . : 2月30日 wd in days",
        "words": "万 亿 ¥ , . E+ **** - / 转 +86",
        "notes": "下次： 级别 了解： #1 新客户 \n — 没接 next:",
        "process": '[[stages]] = " code title gates [ ] \' """ \n # . inf nan 1979-05-27',
        "gate": "\x1b[ \x9b \u202e [/] <b> | ` \\ ' \" \ufeff \u2028",
    }
    return [word.encode() for word in known.get(name, "").split(" ") if word]
