"""``merge``: two leads become one with all that hangs on them, and undo takes them apart (F9)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from kit import Book, filled
from other_process import add_process

from salesflow import schema
from salesflow.store import merging
from salesflow.texts import t
from tests.test_merge_replay import rows


def fill_two(book: Book) -> None:
    """1 华星 has what was found on a list, 2 华星宝马 what a rep has done since; 3 is another lead."""
    book(
        "add", "成都华星宝马汽车销售有限公司", "--short", "华星", "--phone", "028-85551234", "--brand", "宝马",
        "--contact", "王经理 13900001111", "--source", "internet", "--set", "编号=A1", "--set", "区号=1",
        "-n", "2026-11-27 送样品", now="2026-11-10T09:00",
    )  # fmt: skip
    book(
        "add", "华星宝马", "--phone", "028-85551235", "--address", "武侯大道1号", "--brand", "宝马", "--brand", "MINI",
        "--contact", "王建国 13900001111 buyer", "--contact", "李姐 13900002222", "-g", "A", "--set", "编号=B7",
        "-n", "2026-11-26 报价", "--anyway", "--received", "2026-11-02", now="2026-11-12T09:00",
    )  # fmt: skip
    book("add", "天府丰田", "--referrer", "2", now="2026-11-12T09:30")
    book("visit", "2", "看了样品", "-w", "王建国", "-n", "2026-11-28 再报价", now="2026-11-13T10:00")
    book("call", "1", "约了时间", now="2026-11-14T10:00")
    book("advance", "2", "qualified", "--force", "--why", "急", now="2026-11-14T11:00")
    book("competitor", "1", "3M", "--price", "500", "--supporter", "王经理")
    book("competitor", "2", "3m", "--strengths", "便宜")
    book("competitor", "2", "龙膜")
    book("objection", "2", "嫌贵", "--answer", "算十年")
    book("incident", "2", "开裂", "--due", "2026-12-01")
    book("quote", "2", "3680")
    book("order", "2", "5万", "--no-advance")
    book("payment", "2", "2万")
    book("team", "sign", "2", "--by", "张经理")
    book("edit", "2", "--tag", "重点", "--goal", "12万")


@pytest.fixture
def two(book: Book) -> Book:
    """Two leads that are one, and one more."""
    return filled(book, fill_two)


def test_all_that_hangs_on_the_second_is_the_first_s(two: Book) -> None:
    before = {lead: two.show(lead) for lead in (1, 2)}
    apart = rows(two.path)
    done = two("merge", "1", "2", "--json").json
    assert two("check").out == ""
    assert (done["id"], done["name"], done["short"]) == (1, "成都华星宝马汽车销售有限公司", "华星")
    # filled from the second, the first's own kept
    assert done["address"] == "武侯大道1号" and done["source"] == "internet"
    assert done["phone"] == "028-85551234 / 028-85551235"
    assert done["brands"] == ["宝马", "MINI"] and done["tags"] == ["重点"] and done["goal_value"] == 120000
    # the newest grade, the stage that is further, the first received
    assert (done["grade"], done["stage"], done["received_at"]) == ("A", "qualified", "2026-11-02T00:00")
    # the first's promise stands, the other is given up
    assert (done["next_date"], done["next_reason"]) == ("2026-11-27", "送样品")
    assert two.sql("SELECT lead_id, date, ended FROM promise WHERE ended_at IS NULL") == [
        (1, "2026-11-27", None),
        *two.sql("SELECT lead_id, date, ended FROM promise WHERE ended_at IS NULL AND lead_id <> 1"),
    ]
    assert two.sql("SELECT ended FROM promise WHERE date = '2026-11-28'") == [("dropped",)]
    # what was done, once each
    assert (done["followups"], done["visits"]) == (2, 1)
    assert {one["id"] for one in done["followup_list"]} == {
        one["id"] for lead in before.values() for one in lead["followup_list"]
    }
    assert [one["name"] for one in done["contacts"]] == ["王建国", "李姐"]
    assert done["contacts"][0]["roles"] == ["buyer"] and done["contacts"][0]["title"] == "经理"
    assert [one["amount"] for one in done["orders"]] == [50000]
    assert sorted(one["name"] for one in done["competitors"]) == ["3M", "龙膜"]
    assert next(one for one in done["competitors"] if one["name"] == "3M")["strengths"] == "便宜"
    # what differs is kept beside
    assert done["custom"] == {
        "编号": "A1", "区号": "1", "编号（另一份）": "B7 (#2)", "名称（另一份）": "华星宝马 (#2)",
    }  # fmt: skip
    assert two.show(3)["referrer"] == 1
    together = rows(two.path)
    for table in apart:
        lost = len(apart[table]) - len(together[table])
        expected = {
            "lead": 1,
            "contact": 1,
            "competitor": 1,
            "former": -1,
            "field_change": -1,
        }  # its first grade
        assert lost == expected.get(table, 0), table
    assert two("show", "2", "--json").json["id"] == 1
    assert two.show("华星宝马")["id"] == 1  # the old name still finds it


def test_undo_takes_it_apart_to_the_byte_and_redo_joins_it_again(two: Book) -> None:
    apart, steps = rows(two.path), two.steps()
    two("merge", "1", "2")
    together = rows(two.path)
    assert two.steps() == steps + 1
    two("undo")
    assert rows(two.path) == apart and two("check").out == ""
    two("redo")
    assert rows(two.path) == together and two("check").out == ""


def test_the_other_way_round_the_other_s_words_count(two: Book) -> None:
    done = two("merge", "2", "1", "--json").json
    assert (done["id"], done["name"], done["short"]) == (2, "华星宝马", "华星")
    assert (done["next_date"], done["registered_by"]) == ("2026-11-28", "陈磊")
    assert done["custom"]["编号"] == "B7" and done["custom"]["编号（另一份）"] == "A1 (#1)"
    assert done["merged"]["id"] == 1
    assert two("check").out == ""


def test_it_is_shown_and_asked_for_on_a_terminal(two: Book) -> None:
    before = two.dump()
    shown = two("merge", "1", "2", tty=True, answers=["n"])
    assert two.dump() == before
    for word in ("028-85551234 / 028-85551235", "武侯大道1号", "王经理", "2026-11-28 再报价", "普通信息"):
        assert word in shown.out
    two("merge", "1", "2", tty=True, answers=["y"])
    assert two.sql("SELECT count(*) FROM lead") == [(2,)]


def test_a_dry_run_tells_and_changes_nothing(two: Book) -> None:
    before = two.dump()
    for lang in ("zh", "en"):
        assert "武侯大道1号" in two("merge", "1", "2", "--dry-run", lang=lang).out
    told = two("merge", "1", "2", "--dry-run", "--json").json
    assert two.dump() == before
    done = two("merge", "1", "2", "--json").json
    assert told["merged"] == done["merged"]
    assert {key: told[key] for key in told if key != "moves"} == {
        key: done[key] for key in done if key != "moves"
    }


def test_off_a_terminal_it_is_done_at_once_and_answers_in_a_line(two: Book) -> None:
    answer = two("merge", "1", "2").out
    assert answer.count("\n") == 1 and "#2" in answer and "#1" in answer


def test_what_cannot_be_merged_says_what_to_do(two: Book) -> None:
    assert "#1" in two.refuse(1, "merge", "1", "1").err
    add_process(two, "retail")
    two("edit", "3", "--process", "retail")
    assert "edit 3 --process" in two.refuse(1, "merge", "1", "3").err
    two("dupes", "1", "2", "--not-same")
    assert "--anyway" in two.refuse(1, "merge", "2", "1").err
    two.refuse(2, "merge", "1")
    two.refuse(3, "merge", "1", "99")
    two("merge", "1", "2", "--anyway")
    assert two.sql("SELECT count(*) FROM not_same") == [(0,)]


def test_the_old_number_of_a_merged_lead_still_means_it(book: Book, tmp_path: Path) -> None:
    """``show``, ``log`` and sheets of other kinds say that it is part of another; merged on, it is that one's."""
    for name in ("甲店", "乙店", "丙店"):
        book("add", name)
    uid = book.show(2)["uid"]
    book("merge", "1", "2", "--yes")
    book("merge", "3", "1", "--yes")
    done = book("show", "2", "--json")
    assert (done.json["id"], done.err) == (3, "#2 已经并进 #3。\n")
    assert book("show", "#1", "--json", lang="en").err == "#1 is part of #3 now.\n"
    book("log", "2", "又去了", "--no-next")
    sheet = tmp_path / "拜访.csv"
    sheet.write_text(
        f"客户编号,日期,内容\n1,2026-11-02,去过\n2,2026-11-03,又去\n{uid},2026-11-04,再去\n", "utf-8"
    )
    done = book("import", str(sheet), "--kind", "followups", "--json")
    assert (done.json["added"], book.show(3)["followups"]) == (3, 4)
    assert "#1 = #3、#2 = #3" in done.err
    # taken apart again each is itself; a number that never was is none
    book("undo", "4")
    assert book.show(2)["name"] == "乙店"
    book.refuse(3, "show", "9", "--json")


def test_two_parked_or_lost_leads_stay_so_and_an_open_one_keeps_both_open(book: Book) -> None:
    for name in ("甲店", "乙店", "丙店"):
        book("add", name, now="2026-11-02T09:00")
    book("lose", "1", "--reason", "invalid", now="2026-11-03T09:00")
    book("park", "2", "--reason", "other", "--why", "等", "--until", "2026-12-20", now="2026-11-04T09:00")
    done = book("merge", "1", "2", "--json").json
    assert (done["status"], done["next_date"]) == ("parked", "2026-12-20")
    done = book("merge", "1", "3", "--json").json
    assert (done["status"], done["next_date"]) == ("open", "2026-12-20")  # nobody forgets the day
    assert book("check").out == ""
    # nothing was lost and nothing parked: it has been open all the time
    report = book("report", "week", "--date", "2026-11-04", "--json").json["totals"]
    assert (report["new_leads"], report["lost"], report["parked"]) == (1, 0, 0)


def test_pairs_of_leads_follow_and_no_lead_stands_above_itself(book: Book) -> None:
    for name in ("甲店", "乙店", "丙店", "丁店"):
        book("add", name)
    book("referral", "1", "#3", "--as", "same_group")
    book("referral", "2", "#3", "--as", "neighbour")
    book("referral", "1", "#2", "--as", "neighbour")
    book("edit", "4", "--set", "referrer=2")
    book("edit", "1", "--set", "parent=4")
    book("edit", "4", "--set", "parent=2")
    book("dupes", "2", "4", "--not-same")
    book("merge", "1", "2")
    assert book("check").out == ""
    assert book.sql("SELECT lead_id, other_id, relation FROM link") == [(1, 3, "same_group")]
    assert book.sql("SELECT lead_id, other_id FROM not_same") == [(1, 4)]
    assert book.sql("SELECT id, referrer_id, parent_id FROM lead ORDER BY id") == [
        (1, None, None), (3, 1, None), (4, 1, 1),
    ]  # fmt: skip
    book("undo")
    assert book.sql("SELECT id, referrer_id, parent_id FROM lead WHERE id IN (1, 4)") == [
        (1, None, 4),
        (4, 2, 2),
    ]


def test_points_of_one_item_stand_once(book: Book) -> None:
    for name in ("甲店", "乙店"):
        book("add", name)
    book("evaluate", "1", "fit", "price=3")
    book("evaluate", "2", "fit", "price=1", "terms=4")
    done = book("merge", "1", "2", "--json").json["merged"]
    assert done["carried"]["score"] == 1 and [one["kind"] for one in done["dropped"]] == ["score"]
    assert book.sql("SELECT item, points FROM score ORDER BY id") == [("price", 3), ("terms", 4)]
    assert book("check").out == ""


def test_every_table_that_belongs_to_a_lead_is_carried() -> None:
    """A table made later is noticed here, before a merge leaves its rows behind."""
    known = {*merging.CARRIED, *merging.JOINED, *merging.PAIRS}
    belongs = {name for name in schema.TRACKED if "lead_id" in schema.columns(name)}
    assert belongs == known
    pointing = {
        (table, column)
        for table, ddl in schema.TABLES.items()
        for column in re.findall(r"^  (\w+) INTEGER.*REFERENCES lead ", ddl, re.MULTILINE)
    }
    other = {(table, column) for table, column in pointing if column != "lead_id"}
    assert other == {("lead", one) for one in merging.ABOVE} | {(one, "other_id") for one in merging.PAIRS}
    people = {
        (table, column)
        for table, ddl in schema.TABLES.items()
        for column in re.findall(r"^  (\w+) INTEGER.*REFERENCES contact ", ddl, re.MULTILINE)
    }
    assert people == set(merging.PEOPLE)


@pytest.mark.parametrize("field", ["referrer", "parent"])
def test_who_brought_or_heads_a_lead_goes_into_it(book: Book, field: str) -> None:
    for name in ("甲店", "乙店", "丙店"):
        book("add", name)
    book("edit", "2", "--set", f"{field}=3")
    book("edit", "3", "--set", f"{field}=1")
    before = book.dump()
    book("merge", "2", "3")  # 乙 came through 丙, and is 丙: it came through 甲
    assert book.show(2)[field] == 1
    assert book("check").out == ""
    book("undo", "--yes")
    assert (book.show(2)[field], book.show(3)[field]) == (3, 1)
    assert [line for line in book.dump() if '"lead"' in line] == [line for line in before if '"lead"' in line]
    book("merge", "1", "3")
    assert book.show(1)[field] is None and book.show(2)[field] == 1


def test_an_order_comes_with_its_lines_and_days_of_payment_and_all_is_owed_once(book: Book) -> None:
    # 10 x 368 + 2 x 1500 = 6,680, of which 1,000 was paid
    book("add", "华星宝马")
    book("add", "华星宝马二店")
    lines = ("--line", "前挡 10 368", "--line", "全车 2 1500")
    book("order", "2", *lines, "--due", "12-20 30%", "--due", "12-31", "--no-advance")
    book("payment", "2", "1000", "--order", "1")
    assert "order" in book("merge", "1", "2", "--dry-run", lang="en").out
    said = book("merge", "1", "2").out
    assert "订单明细 2" in said and "分期 2" in said and "回款 1" in said
    owed = book("payment", "due", "--json").json
    assert [(one["lead_id"], one["outstanding"]) for one in owed["leads"]] == [(1, 5680)]
    assert [(one["due_on"], one["outstanding"]) for one in owed["items"]] == [
        ("2026-12-20", 1004),
        ("2026-12-31", 4676),
    ]
    book("undo")
    assert [one["lead_id"] for one in book("payment", "due", "--json").json["leads"]] == [2]


def test_whatever_is_carried_along_has_a_name() -> None:
    kinds = (*merging.CARRIED, *merging.JOINED, *merging.PAIRS, *merging.ABOVE)
    for lang in ("zh", "en"):
        for kind in kinds:
            assert "3" in t(f"merge.kind_{kind}", lang, count=3), kind
