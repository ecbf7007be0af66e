"""Every format of a report: its shape, and that nothing in the data steers a terminal."""

from __future__ import annotations

import csv
import json
from io import StringIO
from unicodedata import category

import pytest

from salesflow.guard import unguard
from salesflow.render import FORMATS, as_html, render, terminal
from salesflow.render.gate import safe
from salesflow.tables import Column, Report, Row, Section

HOSTILE = [
    "[/]",
    "[/b]",
    "[red]x[/red]",
    "[link=http://evil]x[/link]",
    ":smile:",
    "电话:100:",
    "\x1b[31mred\x1b[0m",
    "\x1b]8;;http://evil\x1b\\x",
    "\x1b]52;c;aGk=\x07",
    "\x1b[2J\x1b[1A",
    "\x9b31m",
    "\x85",
    "real\rfake",
    "ab\b\bcd",
    "two\nlines",
    "a\tb",
    "nul\x00",
    "\x7f",
    "\u202eevil\u202c",
    "\u2066x\u2069",
    "张\u200b三",
    "\ufeffbom",
    "soft\u00adhyphen",
    "\u2028\u2029",
    "tag\U000e0041\U000e007f",
    "lone\ud800",
    "byte\udcff",
    "| a | b |",
    "=1+1",
    '"quoted", x',
]
# Not hostile: kept as they are.
KEPT = ["\ue000", "e\u0301", "𠮷", "　", "“”", "华星·宝马"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("\x1b[31m", "\\x1b[31m"),
        ("\u202e", "\\u202e"),
        ("\U000e0041", "\\U000e0041"),
        ("\ud800", "\\ud800"),
        ("\u2028", "\\u2028"),
        ("a\n\r\tb", "a\\n\\r\\tb"),
        ("\x00\x85", "\\x00\\x85"),
        *[(text, text) for text in KEPT],
    ],
)
def test_the_gate_writes_out_what_steers(text: str, written: str) -> None:
    assert safe(text) == written


def hostile_report(text: str) -> Report:
    """A report with ``text`` in every place that can hold one."""
    text = f"甲{text}乙"
    kinds = ("text", "phone", "day", "date", "time", "money", "id")
    section = Section(
        columns=tuple(Column(kind, text, kind, shrink=kind == "text") for kind in kinds),
        rows=(Row((text,) * 7, text, "late"), Row(([text, text], [text], *[None] * 5), text)),
        heading=text,
        before=(text,),
        after=(text,),
        grouped=True,
        group_title=text,
    )
    data = {"items": [{"name": text, text: [text], "in": {text: text}, "list": [{"a": text}]}]}
    return Report(data, (section, section), title=text, records="items")


def written(report: Report, fmt: str, lang: str) -> str:
    if fmt != "table":
        return render(report, fmt, lang)
    out = StringIO()
    terminal(report, lang, out, 80)
    return out.getvalue()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_the_data_steers_the_terminal(text: str, fmt: str, lang: str) -> None:
    out = written(hostile_report(text), fmt, lang)
    if fmt == "csv":
        out = out.removeprefix("\ufeff").replace("\r\n", "\n")
    body = out.replace("\n", "").replace("\t", "" if fmt == "tsv" else "\t")
    assert [c for c in body if category(c) in ("Cc", "Cf", "Zl", "Zp", "Cs")] == []
    assert "甲" in body and "乙" in body
    out.encode()


@pytest.mark.parametrize("fmt", ["plain", "chat", "table"])
@pytest.mark.parametrize("text", [*HOSTILE, *KEPT])
def test_the_text_is_still_there_to_read(text: str, fmt: str) -> None:
    assert f"甲{safe(text)}乙" in written(hostile_report(text), fmt, "zh")


@pytest.mark.parametrize("text", [*HOSTILE, *KEPT])
def test_json_says_exactly_what_the_data_say(text: str) -> None:
    report = hostile_report(text)
    assert json.loads(render(report, "json", "zh")) == report.data
    lines = render(report, "jsonl", "zh").splitlines()
    assert [json.loads(line) for line in lines] == report.data["items"]


@pytest.mark.parametrize("text", [*HOSTILE, *KEPT])
def test_csv_and_tsv_can_be_read_back(text: str) -> None:
    report = Report([{"name": text, "n": -1.5, "none": None}, {"name": "华星", "n": 2}])
    expected = [["name", "n", "none"], [safe(text), "-1.5", ""], ["华星", "2", ""]]
    for fmt, delimiter in (("csv", ","), ("tsv", "\t")):
        out = render(report, fmt, "zh").removeprefix("\ufeff")
        rows = csv.reader(StringIO(out, newline=""), delimiter=delimiter)
        assert [[unguard(cell) for cell in row] for row in rows] == expected


def small() -> Report:
    columns = (
        Column("id", "#", "id"),
        Column("name", "店"),
        Column("phone", "电话", "phone"),
        Column("next", "下次", "day"),
        Column("value", "目标", "money"),
    )
    rows = (
        Row((12, "华星宝马", "13900001234", "2026-11-27", 12000000), "有约", "strong"),
        Row((8, "亨孚DS", None, None, None), "逾期", "late"),
    )
    data = {
        "items": [
            {"id": 12, "name": "华星宝马", "tags": ["a", "b"], "open": True, "value": 120000, "in": {"x": 1}},
            {"id": 8, "name": "亨孚DS", "tags": [], "open": False, "value": None, "in": None},
        ]
    }
    section = Section(columns, rows, after=("还有 3 家",), grouped=True, group_title="组")
    return Report(data, (section,), title="11-24 周二", records="items")


def test_plain() -> None:
    assert render(small(), "plain", "zh").splitlines() == [
        "11-24 周二",
        "组      #  店        电话         下次           目标",
        "有约  #12  华星宝马  13900001234  11-27 周五  120,000",
        "逾期   #8  亨孚DS    -            -                 -",
        "还有 3 家",
    ]


def test_plain_parts_its_sections_with_a_blank_line() -> None:
    first = Section(heading="甲", before=("一",))
    second = Section((Column("n", "数", "int"),), (Row((1,)),), header=False)
    assert render(Report({}, (first, Section(), second), title="题"), "plain", "zh") == "题\n\n甲\n一\n\n1\n"
    assert render(Report({}), "plain", "zh") == ""
    assert render(Report({}, title="题"), "plain", "zh") == "题\n"


def test_json_is_indented_and_chinese() -> None:
    report = Report({"name": "华星", "n": None, "at": "\u200b\x7f\U000e0041"})
    assert render(report, "json", "zh") == (
        '{\n  "name": "华星",\n  "n": null,\n  "at": "\\u200b\\u007f\\udb40\\udc41"\n}\n'
    )


def test_jsonl_has_a_record_a_line() -> None:
    report = Report({"items": [{"a": 1, "b": "华"}, {"a": 2, "b": None}]}, records="items")
    assert render(report, "jsonl", "zh") == '{"a":1,"b":"华"}\n{"a":2,"b":null}\n'
    assert render(Report([]), "jsonl", "zh") == ""
    assert render(Report({"a": 1}), "jsonl", "zh") == '{"a":1}\n'


def test_csv_is_for_excel_and_tsv_for_tools() -> None:
    assert render(small(), "csv", "zh") == (
        "\ufeffid,name,tags,open,value,in\r\n"
        '12,华星宝马,a、b,true,120000,"{""x"":1}"\r\n'
        "8,亨孚DS,,false,,\r\n"
    )
    named = Report([{"a": 1, "b": 2}], fields=("b", "c"))
    assert render(named, "tsv", "zh") == "b\tc\n2\t\n"
    assert render(Report([], fields=("b", "c")), "tsv", "zh") == "b\tc\n"
    assert render(Report([]), "tsv", "zh") == ""
    assert render(Report(["x", "y"]), "tsv", "zh") == "value\nx\ny\n"


def test_markdown() -> None:
    assert render(small(), "md", "zh", mask=lambda phone: phone[:3] + "****" + phone[-4:]).splitlines() == [
        "# 11-24 周二",
        "",
        "| 组   |   # | 店       | 电话            | 下次       |    目标 |",
        "|------|-----|----------|-----------------|------------|---------|",
        "| 有约 | #12 | 华星宝马 | 139\\*\\*\\*\\*1234 | 11-27 周五 | 120,000 |",
        "| 逾期 |  #8 | 亨孚DS   | -               | -          |       - |",
        "",
        "还有 3 家",
    ]


def test_markdown_keeps_its_table_whole() -> None:
    section = Section((Column("a", "x|y"), Column("b", "z")), (Row(("a|b\\|c", "1\n2 [x](http://evil)")),))
    lines = render(Report({}, (section,)), "md", "zh").splitlines()
    assert [len(line.replace("\\\\", "").replace("\\|", "").split("|")) for line in lines] == [4, 4, 4]
    assert "](" not in lines[2] and "1\\n2" in lines[2]
    empty = Section((Column("a", "甲"), Column("b", "乙")), ())
    assert "甲" in render(Report({}, (empty,)), "md", "zh")


def test_chat_has_short_lines_and_masks() -> None:
    assert render(small(), "chat", "zh", mask=lambda phone: "***").splitlines() == [
        "11-24 周二",
        "有约",
        "#12 华星宝马 *** 11-27 周五 120,000",
        "逾期",
        "#8 亨孚DS",
        "还有 3 家",
    ]
    assert render(Report({}, title="题", chat=("一\x1b", "二")), "chat", "zh") == "一\\x1b\n二\n"


def test_an_unknown_format_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError):
        render(small(), "html", "zh")


def test_a_message_says_what_a_bare_figure_is_where_it_is_asked_to() -> None:
    columns = (Column("name", "店"), Column("count", "拜访", "int"), Column("due", "该"), Column("bar"))
    rows = (Row(("甲", 2, None, "##")),)
    plain = Report(data={}, sections=(Section(columns, rows),))
    assert render(plain, "chat", "zh") == "甲 2 ##\n"
    told = Report(data={}, sections=(Section(columns, rows, labels=("count", "due")),))
    assert render(told, "chat", "zh") == "甲  拜访 2\n"


def test_only_sections_that_begin_with_a_heading_stand_beside_each_other() -> None:
    told, headless = Section(heading="甲", before=("一",)), Section(before=("二",))
    for sections, beside in (((told, told), True), ((told,), False), ((told, headless), False)):
        page = as_html.html(Report(data={}, sections=sections), "zh")
        assert ('class="narrow"' in page) is beside
