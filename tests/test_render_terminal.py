"""Tables on a terminal: fitted to its width, coloured where it may be, and nothing else."""

from __future__ import annotations

import re
from io import StringIO

import pytest

from salesflow.render import render, terminal
from salesflow.render.layout import width
from salesflow.tables import Column, Report, Row, Section

COLUMNS = (
    Column("id", "#", "id"),
    Column("grade", "", "text"),
    Column("name", "店", shrink=True),
    Column("time", "时间", "time"),
    Column("area", "区", drop=1),
    Column("via", "方式", drop=2),
    Column("reason", "做什么", shrink=True),
    Column("contact", "找谁"),
    Column("phone", "电话", "phone"),
    Column("ask", "顺便问", shrink=True, wide=100),
)
DAY = """\
有约|strong|12|A|华星宝马|10:00|武侯|拜访|送报价单|王经理|13900001234|内线
新线索||181|-|双流捷豹路虎|剩13时|双流|电话|问价|李姐|13908081234|地址
逾期|late|8|A|三和凯迪拉克|迟1天|武侯|拜访|送样品|周主管|13900000801|月销
逾期|late|33|B|西部奔驰之星|迟3天|高新|电话|谈账期|何总|13900003301|
"""


def rows() -> tuple[Row, ...]:
    found = []
    for line in DAY.splitlines():
        group, style, number, *cells = line.split("|")
        found.append(Row((int(number), *cells), group, style))
    return tuple(found)


def today() -> Report:
    section = Section(COLUMNS, rows(), after=("还有 3 家没定下次：sf list",), grouped=True)
    return Report({}, (section,), title="11-24 周二")


class Terminal(StringIO):
    """A file that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLUMNS", "LINES", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def on_terminal(report: Report, room: int = 80, height: int = 0, lang: str = "zh") -> str:
    out = Terminal()
    terminal(report, lang, out, room, height)
    return out.getvalue()


def lines(report: Report, room: int = 80, height: int = 0, lang: str = "zh") -> list[str]:
    return re.sub(r"\x1b\[[0-9;]*m", "", on_terminal(report, room, height, lang)).splitlines()


def test_today_at_80() -> None:
    assert lines(today(), 80) == [
        "11-24 周二",
        "   #     店            时间    区    方式  做什么    找谁    电话",
        "有约 1",
        " #12  A  华星宝马      10:00   武侯  拜访  送报价单  王经理  13900001234",
        "新线索 1",
        "#181  -  双流捷豹路虎  剩13时  双流  电话  问价      李姐    13908081234",
        "逾期 2",
        "  #8  A  三和凯迪拉克  迟1天   武侯  拜访  送样品    周主管  13900000801",
        " #33  B  西部奔驰之星  迟3天   高新  电话  谈账期    何总    13900003301",
        "还有 3 家没定下次：sf list",
    ]


def test_a_narrow_terminal_gets_one_blank_then_fewer_columns() -> None:
    assert lines(today(), 64)[5] == "#181 - 双流捷豹路虎 剩13时 双流 电话 问价     李姐   13908081234"
    assert lines(today(), 62)[5] == "#181 - 双流捷豹路虎 剩13时 电话 问价     李姐   13908081234"
    assert lines(today(), 50)[7] == "  #8 A 三和凯.. 迟1天  送样品   周主管 13900000801"


def test_a_wide_terminal_gets_more_columns() -> None:
    assert "顺便问" not in lines(today(), 99)[1]
    assert lines(today(), 100)[1].endswith("电话         顺便问")


@pytest.mark.parametrize("room", [20, 25, 30, 36, 40, 48, 60, 64, 80, 100, 120, 200, 5000])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_line_is_wider_than_the_terminal(room: int, lang: str) -> None:
    found = lines(today(), room, lang=lang)
    assert [line for line in found if width(line) > room] == []
    for whole in ("13900001234", "13908081234", "#181"):
        assert any(whole in line for line in found)


@pytest.mark.parametrize("room", [1, 2, 5, 11])
def test_an_absurd_terminal_crashes_nothing(room: int) -> None:
    assert any("13900001234" in line for line in lines(today(), room))


def test_colour_is_red_and_bold_only() -> None:
    out = on_terminal(today())
    assert set(re.findall(r"\x1b\[[0-9;]*[A-Za-z]", out)) == {"\x1b[0m", "\x1b[1m", "\x1b[31m"}
    assert "\x1b" not in re.sub(r"\x1b\[[0-9;]*m", "", out)


def test_no_colour_where_it_is_not_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    coloured = lines(today())
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[31m" not in on_terminal(today())
    assert lines(today()) == coloured
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b" not in on_terminal(today())
    assert on_terminal(today()).splitlines() == coloured


def test_a_dumb_terminal_of_20_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "20")
    out = on_terminal(today(), 20)
    assert "\x1b" not in out
    assert max(width(line) for line in out.splitlines()) <= 20


def test_a_table_in_a_file_is_whole_and_without_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    section = today().sections[0]._replace(group_limits={"逾期": 1})
    limited = today()._replace(sections=(section,), terminal_limit=1)
    assert render(limited, "table", "zh").splitlines() == lines(today(), 500)
    assert render(today(), "table", "zh", width=62).splitlines() == lines(today(), 62)


def test_no_box_and_no_character_of_ambiguous_width() -> None:
    assert not set(on_terminal(today())) & set("–…·→★─│┃━┏")


def test_a_group_lists_its_limit_and_counts_the_rest() -> None:
    section = today().sections[0]._replace(group_limits={"逾期": 1}, group_totals={"有约": 7})
    report = today()._replace(sections=(section,))
    assert [line for line in lines(report) if not line.startswith((" ", "#"))] == [
        "11-24 周二",
        "有约 7（列 1）",
        "新线索 1",
        "逾期 2（列 1）",
        "还有 3 家没定下次：sf list",
    ]
    assert "逾期 2 (1 shown)" in lines(report, lang="en")
    assert not any("西部" in line for line in lines(report))


def test_a_report_lists_its_limit() -> None:
    assert "逾期 2（列 0）" in lines(today()._replace(terminal_limit=2))
    flat = today().sections[0]._replace(grouped=False, after=())
    found = lines(today()._replace(sections=(flat,), terminal_limit=3))
    assert found[-1] == "还有 1 条" and len(found) == 6


@pytest.mark.parametrize("height", [10, 11, 12, 24, 50])
def test_a_report_can_fill_the_terminal_and_no_more(height: int) -> None:
    many = tuple(rows()[i % 4]._replace(group=rows()[i // 10].group) for i in range(40))
    section = today().sections[0]._replace(rows=many)
    report = today()._replace(sections=(section,), terminal_limit=-1)
    found = lines(report, 80, height)
    assert len(found) == min(height - 1, 40 + 6)
    assert found[-1] == "还有 3 家没定下次：sf list"


def test_sections_have_headings_and_blank_lines() -> None:
    columns = (Column("a", "阶段"), Column("n", "本周", "int"))
    first = Section(columns, (Row(("普通信息", 7)), Row(("客户", 121))))
    second = Section(heading="承诺", before=("到期 31",))
    assert lines(Report({}, (first, second), title="周报")) == [
        "周报",
        "",
        "阶段      本周",
        "普通信息     7",
        "客户       121",
        "",
        "承诺",
        "到期 31",
    ]
