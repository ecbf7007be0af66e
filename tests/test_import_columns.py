"""Columns: dates decided by the whole column, codes by title, what is not known kept, what was said obeyed."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from kit import Book, Run


@pytest.fixture
def take(book: Book, tmp_path: Path) -> Any:
    """``take(text, options…)``: the import of a file that holds the text."""

    def run(text: str, *options: str, code: int = 0, lang: str = "en", name: str = "list.csv") -> Run:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return book("import", str(path), *options, code=code, lang=lang)

    return run


def days(book: Book) -> dict[str, str]:
    """The day of each lead's last follow-up."""
    return {lead["name"]: (lead["last_followup_at"] or "")[:10] for lead in book("list", "--json").json}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (
            ["03/04/2018", "13/02/2018"],
            ["2018-04-03", "2018-02-13"],
        ),  # 13 can be no month: the day comes first
        (["03/04/2018", "02/13/2018"], ["2018-03-04", "2018-02-13"]),
        (["2018-04-03", "2018/4/5", "20180406"], ["2018-04-03", "2018-04-05", "2018-04-06"]),
        (["2018年4月3日", "18年4月5日"], ["2018-04-03", "2018-04-05"]),
        (["2018-04-03 00:00:00", "2018-04-03T09:30"], ["2018-04-03", "2018-04-03"]),
        (["11-20", "11-25", "11月24日"], ["2026-11-20", "2025-11-25", "2026-11-24"]),  # the last one past
        (
            ["13/02/2018", "24/11", "3/10"],
            ["2018-02-13", "2026-11-24", "2026-10-03"],
        ),  # so it is without a year
        (["Apr 3, 2018", "3 April 2018"], ["2018-04-03", "2018-04-03"]),
    ],
)
def test_a_column_of_dates(book: Book, take: Any, cells: list[str], expected: list[str]) -> None:
    take("店名\t上次跟进\n" + "".join(f"店{n}\t{cell}\n" for n, cell in enumerate(cells)), name="x.tsv")
    assert days(book) == {f"店{n}": day for n, day in enumerate(expected)}


@pytest.mark.parametrize(
    ("cells", "readings"),
    [
        (["03/04/2018", "05/06/2018"], "2018-04-03 = dmy, 2018-03-04 = mdy"),
        (["2018-01-01", "03/04/18"], "2003-04-18 = ymd, 2018-04-03 = dmy, 2018-03-04 = mdy"),
        (["25/12/05", "03/04/18"], "2025-12-05 = ymd, 2005-12-25 = dmy"),
    ],
)
def test_two_readings_are_refused_and_named(book: Book, take: Any, cells: list[str], readings: str) -> None:
    text = "店名,上次跟进\n" + "".join(f"店{n},{cell}\n" for n, cell in enumerate(cells))
    done = take(text, code=2)
    assert "上次跟进" in done.err and readings in done.err and "--date-order" in done.err
    assert days(book) == {}


def test_said_once_it_is_settled(book: Book, take: Any) -> None:
    text = "店名,上次跟进\n甲,03/04/2018\n乙,05/06/2018\n"
    take(text, "--date-order", "dmy")
    assert days(book) == {"甲": "2018-04-03", "乙": "2018-06-05"}


def test_the_whole_column_is_read_before_it_is_refused(book: Book, take: Any) -> None:
    many = "".join(f"店{n},03/04/2018\n" for n in range(1200))
    take(f"店名,上次跟进\n{many}末,13/04/2018\n")
    assert set(days(book).values()) == {"2018-04-03", "2018-04-13"}


def test_what_contradicts_far_below_is_rejected_not_misread(book: Book, take: Any) -> None:
    many = "".join(f"店{n},13/04/2018\n" for n in range(700))
    done = take(f"店名,上次跟进\n{many}甲,04/13/2018\n乙,05/04/2018\n")
    assert "row 702: 上次跟进: '04/13/2018'" in done.err
    assert days(book)["乙"] == "2018-04-05"
    book("undo", "--yes")
    many = "".join(f"店{n},2018-03-04\n" for n in range(700))
    done = take(f"店名,上次跟进\n{many}甲,03/04/18\n乙,03/04/2018\n丙,2018-05-01\n")
    assert "row 702:" in done.err and "row 703:" in done.err
    assert days(book)["丙"] == "2018-05-01" and "甲" not in days(book)


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("2026-12-24,,", "'上次跟进' lies in the future: 2026-12-24"),
        (",2026-11-25,", "'收到日期' lies in the future: 2026-11-25"),
        (",,尽快", "尽快"),
        ("2026-02-30,,", "2026-02-30"),
        ("没去过,,", "没去过"),
    ],
)
def test_a_date_that_cannot_be_rejects_its_row(take: Any, row: str, what: str) -> None:
    done = take(f"店名,上次跟进,收到日期,下次跟进\n甲,{row}\n乙,2026-11-20,2026-11-19,2026-12-01\n")
    assert "rejected 1" in done.out and "row 2: " in done.err and what in done.err


@pytest.mark.parametrize(
    ("last", "cell", "day"),
    [
        ("", "11-20", "2026-11-20"),  # on the 24th it is four days late, not due in a year
        ("", "12-1", "2026-12-01"),
        ("2026-11-10", "11-20", "2026-11-20"),
        ("2026-11-10", "1月5日", "2027-01-05"),
        ("2026-06-10", "9-1", "2026-09-01"),
        ("", "下周三", "2026-12-02"),
        ("", "2026-11-01", "2026-11-01"),
    ],
)
def test_a_promise_without_a_year(book: Book, take: Any, last: str, cell: str, day: str) -> None:
    take(f"店名,上次跟进,下次跟进\n甲,{last},{cell}\n")
    assert book.show("甲")["next_date"] == day


def test_codes_by_code_or_title(book: Book, take: Any) -> None:
    take(
        "店名,级别,客户类型,来源,阶段,需求,角色,联系人\n"
        "甲,A级,4S店,扫街,准客户,有,内线,王\n"
        "乙,b,4S 店,互联网,普通信息,没有,决策人、财务,李\n"
        "丙,H,美容店,客户转介绍,info,不清楚,buyer,张\n"
    )
    found = [
        (lead["grade"], lead["kind"], lead["source"], lead["stage"], lead["need"], lead["passive"])
        for lead in book("list", "--json").json
    ]
    assert found == [
        ("A", "4s", "street", "prospect", "yes", False),
        ("B", "4s", "internet", "info", "no", False),
        ("H", "beauty", "referral", "info", "unknown", True),
    ]
    assert book.show("乙")["contacts"][0]["roles"] == ["decision_maker", "finance"]
    assert book.show("丙")["received_at"] == "2026-11-24T10:05"  # they asked: it counts from now


def test_one_unknown_code_rejects_its_row_with_the_nearest(book: Book, take: Any) -> None:
    done = take("店名,阶段,需求\n甲,准客护,有\n乙,准客户,有\n丙,,看看再说\n", lang="zh")
    assert "准客户" in next(line for line in done.err.splitlines() if line.startswith("第 2 行"))
    assert "第 4 行" in done.err
    assert list(days(book)) == ["乙"]


@pytest.mark.parametrize("column", ["状态", "级别", "类型", "来源", "需求", "status", "流程"])
def test_a_column_none_of_whose_values_is_known_is_kept(book: Book, take: Any, column: str) -> None:
    answer = take(f"店名,{column}\n甲,存续\n乙,在营\n", "--json").json
    assert (answer["added"], answer["custom"]) == (2, [column])
    assert book.show("甲")["custom"] == {column: "存续"}


def test_a_foreign_column_beside_ours_is_kept(book: Book, take: Any) -> None:
    answer = take("店名,阶段,状态\n甲,准客户,存续\n乙,,在营\n", "--json").json
    assert (answer["added"], answer["mapping"]["阶段"], answer["custom"]) == (2, "stage", ["状态"])
    assert [book.show(name)["stage"] for name in "甲乙"] == ["prospect", "info"]


def test_said_to_be_ours_it_is_asked(take: Any) -> None:
    done = take("店名,状态\n甲,存续\n", "--map", "状态=stage", code=1)
    assert "存续" in done.err


def test_nothing_in_a_row_is_dropped(book: Book, take: Any) -> None:
    take("店名,介绍人,序号,微信,经度\n甲,,1,wx1,104.06\n乙,甲,2,,\n丙,赵四,3,,\n")
    assert book.show("甲")["custom"] == {"序号": "1", "微信": "wx1", "经度": "104.06"}
    assert book.sql("SELECT referrer_id FROM lead ORDER BY id") == [(None,), (1,), (None,)]
    assert book.show("丙")["custom"] == {"介绍人": "赵四", "序号": "3"}


def test_map_default_and_profile(book: Book, take: Any) -> None:
    text = "编码,抬头,价,备用\n7,华星,=1,x\n8,先锋,,y\n"
    take(text, code=2)
    said = ("--map", "抬头=name", "--map", "编码=custom", "--map", "备用=-", "--default", "city=成都")
    answer = take(text, *said, "--save-profile", "厂家", "--default", "grade=B", "--json").json
    assert (answer["mapping"], answer["custom"]) == ({"抬头": "name"}, ["编码", "价"])
    lead = book.show("华星")
    assert (lead["city"], lead["grade"], lead["custom"]) == ("成都", "B", {"编码": "7", "价": "=1"})
    # next month's list lacks one column and has a new one
    answer = take("抬头,备用,电话\n锐达,x,13900001111\n", "--profile", "厂家", "--json").json
    assert (answer["mapping"], answer["custom"]) == ({"抬头": "name", "电话": "phone"}, [])
    done = take(text, "--profile", "厂商", code=2)
    assert "厂家" in done.err


@pytest.mark.parametrize(
    "words",
    [
        ("--map", "店=name"),
        ("--map", "店名=nmae"),
        ("--map", "店名"),
        ("--default", "grade=Q"),
        ("--default", "grad=A"),
        ("--default", "goal_value=很多"),
        ("--default", "need=也许"),
        ("--profile", "没有"),
        ("--on-duplicate", "merge"),
        ("--kind", "order"),
        ("--date-order", "ydm"),
        ("--process", "没有"),
        ("--encoding", "utf-7x"),
    ],
)
def test_what_cannot_be_meant(book: Book, tmp_path: Path, words: tuple[str, str]) -> None:
    path = tmp_path / "x.csv"
    path.write_text("店名,级别\n甲,A\n", encoding="utf-8")
    book.refuse(2, "import", str(path), *words)


def test_without_a_header(book: Book, take: Any) -> None:
    text = "华星宝马,13900001111\n先锋汽车,13900002222\n"
    done = take(text, code=2)
    assert "华星宝马 | 13900001111" in done.err and "--map" in done.err and "--no-header" in done.err
    done = take(text, "--no-header", code=2)
    assert "华星宝马 | 13900001111" in done.err
    answer = take(text, "--no-header", "--map", "1=name", "--map", "2=phone", "--json").json
    assert (answer["rows"], answer["added"]) == (2, 2)


def test_rejected_rows_come_back_as_they_stood(book: Book, take: Any, tmp_path: Path) -> None:
    out = tmp_path / "rejects.csv"
    text = '店名,级别,备注,序号\n甲,A,,1\n乙,AA,"=1\n两行",2\n,B,没有名字,3\n丁,A,,4,多了,\n'
    answer = take(text, "--rejects", str(out), "--json").json
    assert (answer["added"], [one["row"] for one in answer["rejects"]]) == (1, [3, 5, 6])
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    lines = out.read_bytes().decode("utf-8-sig").split("\r\n")
    assert lines[0] == "import_row,import_reason,店名,级别,备注,序号,5"
    assert lines[1].startswith("3,") and lines[1].endswith(',乙,AA,"\'=1\n两行",2,')
    assert lines[3].startswith("6,") and lines[3].endswith(",丁,A,,4,多了")
    corrected = out.read_text(encoding="utf-8-sig").replace("AA", "A").replace(",,B,", ",丙,B,")
    answer = take(corrected, "--json").json
    assert (answer["added"], answer["rejected"], answer["custom"]) == (3, 0, ["序号", "5"])
    assert book.show("乙")["note"] == "=1\n两行"


def test_strict_takes_nothing_and_still_writes_what_is_wrong(book: Book, take: Any, tmp_path: Path) -> None:
    out, before = tmp_path / "rejects.csv", book.dump()
    done = take("店名,级别\n甲,A\n乙,AA\n", "--strict", "--rejects", str(out), code=1)
    assert "row 3" in done.err and done.out == ""
    assert "乙,AA" in out.read_text(encoding="utf-8-sig")
    assert book.dump() == before
    take("店名,级别\n甲,A\n", "--strict")


def test_every_row_bad_is_refused(book: Book, take: Any) -> None:
    before = book.dump()
    done = take("店名,电话\n甲,1.38E+10\n,13900001111\n", code=1)
    assert "1.38E+10" in done.err
    assert book.dump() == before


def test_rejects_that_cannot_be_written_stop_the_import(book: Book, take: Any, tmp_path: Path) -> None:
    before = book.dump()
    take("店名,级别\n甲,A\n乙,AA\n", "--rejects", str(tmp_path / "no" / "r.csv"), code=5)
    assert book.dump() == before


def test_a_trial_changes_nothing_and_tells(book: Book, take: Any) -> None:
    before = book.dump()
    done = take("店名,级别\n甲,A\n乙,AA\n", "--dry-run", "--save-profile", "p")
    assert "added 1" in done.out and "Only tried" in done.err and "row 3" in done.err
    assert book.dump() == before
    answer = take("店名\n甲\n", "--dry-run", "--json").json
    assert answer["added"] == 1 and book.dump() == before


def test_several_files_are_one_step(book: Book, tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"{number}.csv").write_text(f"店名\n店{number}\n共有\n", encoding="utf-8")
    paths = [str(tmp_path / f"{number}.csv") for number in (1, 2)]
    steps = book.steps()
    answer = book("import", *paths, "--json").json
    assert [(one["file"], one["added"], one["duplicates"]) for one in answer] == [
        (paths[0], 2, 0),
        (paths[1], 1, 1),
    ]
    assert book.steps() == steps + 1
    book("undo", "--yes")
    assert days(book) == {}
    book.refuse(3, "import", *paths, str(tmp_path / "none.csv"))
    assert days(book) == {}


def test_possible_doubles(book: Book, take: Any) -> None:
    answer = take(
        "店名,城市,地址,电话\n"
        "先锋汽车,成都,人民路1号,13900001111\n"
        "先峰汽车,成都,人民路2号,\n"  # sounds the same
        "成都先锋汽车销售服务有限公司,成都市,人民路3号,\n"  # the same without the company's endings
        "先锋汽车,重庆,,\n"  # the very name in another city
        "先烽汽车,西安,,\n"  # nearly the name, in another city: another company
        "锐达,成都,,139-0000-1111\n"  # the same phone
        "永昌,成都,,13900002222\n"
        "先锋汽车,成都,人民路1号,\n",  # the same lead
        "--json",
    ).json
    assert (answer["added"], answer["duplicates"], answer["possible_duplicates"]) == (7, 1, 4)
    # against the book too, and by a person's phone
    answer = take("店名,联系人,手机\n恒信,王,13900002222\n勇昌,李,13900003333\n利宝,赵,\n", "--json").json
    assert (answer["added"], answer["possible_duplicates"]) == (3, 2)


def test_the_same_names_of_a_real_list(book: Book, shared: Any) -> None:
    answer = book("import", str(shared("data/dealers/skoda_2019.xlsx")), "--json").json
    # 49 rows have the name of one above at another address; three more share a phone with one
    assert answer["possible_duplicates"] == 52


@pytest.mark.parametrize("policy", ["skip", "update", "add"])
def test_who_brought_a_lead_may_stand_below_it_by_name_or_by_the_files_own_id(
    book: Book, tmp_path: Path, policy: str
) -> None:
    book("add", "别的店")
    rows = [
        {"id": 7, "name": "甲店", "referrer": 9},
        {"id": 8, "name": "乙店", "referrer": "丙店"},
        {"id": 9, "name": "丙店", "referrer": 8},
        {"id": 10, "name": "丁店", "referrer": "赵四"},
        {"id": 11, "name": "戊店", "referrer": 1},
    ]
    path = tmp_path / "leads.json"
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    book("import", str(path), "--on-duplicate", policy)
    found = dict(book.sql("SELECT l.name, r.name FROM lead l LEFT JOIN lead r ON r.id = l.referrer_id"))
    # 乙 brought 丙, or 丙 brought 乙: of a circle one stays a word; 1 is nobody of this file
    assert (found["甲店"], found["丁店"], found["戊店"]) == ("丙店", None, None)
    assert sorted(str(found[name]) for name in ("乙店", "丙店")) == ["None", "丙店"]
    assert book.show("甲店")["custom"] == {}
    assert [book.show(name)["custom"] for name in ("丁店", "戊店")] == [
        {"referrer": "赵四"},
        {"referrer": "1"},
    ]
    assert book.show("丙店")["custom"] == {"referrer": "8"}
    if policy == "add":
        return
    again = book("import", str(path), "--on-duplicate", policy, "--json").json
    assert (again["added"], again["updated"]) == (0, 0)
    assert book("check").out == ""
