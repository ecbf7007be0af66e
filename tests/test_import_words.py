"""What sheets made by hand call things: columns, ways, sources, metrics, periods."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from kit import Book


@pytest.fixture
def take(book: Book, tmp_path: Path) -> Any:
    """``take(kind, text)``: the answer of importing the text as rows of that kind."""

    def one(kind: str, text: str, **more: Any) -> Any:
        path = tmp_path / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        return book("import", str(path), "--kind", kind, "--json", **more).json

    return one


def test_the_short_word_for_next_and_for_a_source(book: Book, take: Any) -> None:
    answer = take("leads", "门店,来源,下次\n华星宝马,转介绍,2099-11-27\n锦泰奥迪,地图,\n")
    assert (answer["added"], answer["mapping"]["下次"]) == (2, "next")
    lead = book.show("华星宝马")
    assert (lead["source"], lead["next_date"]) == ("referral", "2099-11-27")


def test_a_visit_in_other_words_and_whom_it_was_with(book: Book, take: Any) -> None:
    book("add", "华星宝马")
    rows = "日期,客户,方式,对象,内容\n2026-03-05,华星宝马,上门,王建国,留样品\n2026-03-09,华星宝马,On site,王建国,x\n"
    answer = take("followups", rows)
    assert (answer["added"], answer["mapping"]["对象"]) == (2, "with")
    lead = book.show("华星宝马")
    assert (lead["visits"], [one["name"] for one in lead["contacts"]]) == (2, ["王建国"])


def test_the_unit_of_an_order_is_no_lead(book: Book, take: Any) -> None:
    book("add", "华星宝马")
    rows = "签约日期,单位,客户,金额,到期\n2026-06-01,套,华星宝马,58000,2026-07-01\n"
    answer = take("orders", rows)
    assert (answer["added"], answer["unused"]) == (1, ["单位"])
    # where no other column is the lead, it is
    assert take("orders", "签约日期,单位,金额\n2026-06-02,华星宝马,58000\n")["added"] == 1


def test_targets_as_the_report_calls_them_and_months_in_english(book: Book, take: Any) -> None:
    answer = take("targets", "月份,指标,目标\n2026-11,新线索,12\nNov 2026,拜访,40\nSept. 2026,拜访,40\n")
    assert (answer["added"], answer["rejected"]) == (3, 0)
    rows = "月份,指标,目标\n2026-11,喝酒,12\nFoo 2026,拜访,40\n2026-12,拜访,1\n"
    first, second = (one["reason"] for one in take("targets", rows)["rejects"])
    assert "销售额" in first and "visits" not in first
    assert "2026-11" in second


def test_the_hour_in_a_column_of_its_own(book: Book, take: Any) -> None:
    book("add", "华星宝马")
    rows = (
        "日期,时间,客户,方式,内容\n2026-03-05,10:30,华星宝马,拜访,一\n2026-03-06,下午3点,华星宝马,拜访,二\n"
        "2026-03-07,,华星宝马,拜访,三\n2026-03-08,9:05:00,华星宝马,拜访,四\n"
    )
    answer = take("followups", rows)
    assert (answer["added"], answer["mapping"]["时间"]) == (4, "at_time")
    found = {one["note"]: one["at"] for one in book.show("华星宝马")["followup_list"]}
    assert found == {
        "一": "2026-03-05T10:30", "二": "2026-03-06T15:00", "三": "2026-03-07T00:00", "四": "2026-03-08T09:05",
    }  # fmt: skip
    # alone it is the day, or the day and the hour
    assert take("followups", "时间,客户,内容\n2026-04-05 10:30,华星宝马,五\n")["mapping"]["时间"] == "at"
