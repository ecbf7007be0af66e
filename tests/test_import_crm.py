"""A public CRM's pipeline, two reps and dates in US order: leads, stages and orders out of one file, by ``--map``.

The file has a row an opportunity: 658, of which 309 won, 180 lost, 114 engaging and 55 prospecting;
108 of those still open name no account. 73 accounts, one lead each. The sums of won deals by month
were added up from the file with a spreadsheet.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kit import Book

PROCESS = """\
code = "crm"
title = { zh = "CRM", en = "CRM" }
default_via = "phone"

[[stage]]
code = "prospecting"
title = { zh = "Prospecting", en = "Prospecting" }
gate = []
[[stage]]
code = "engaging"
title = { zh = "Engaging", en = "Engaging" }
gate = []
[[stage]]
code = "won"
title = { zh = "Won", en = "Won" }
won = true
gate = [{ order = "signed" }]

[grade_none]
every = 30

[via]
phone = { zh = "电话", en = "phone" }
"""
NOW = "2018-01-05T09:00"
# month: deals won, their values
WON = {
    "2017-03": (32, 69225), "2017-04": (27, 42656), "2017-05": (29, 39175), "2017-06": (44, 63975),
    "2017-07": (19, 22666), "2017-08": (33, 51790), "2017-09": (34, 78100), "2017-10": (14, 30817),
    "2017-11": (32, 45085), "2017-12": (45, 93198),
}  # fmt: skip


@pytest.fixture
def pipeline(book: Book, shared: Callable[[str], Path]) -> Callable[..., Any]:
    """``pipeline("stages", "close_date=at")``: the answer of importing the file as that kind, so read."""
    file = shared("data/crm/pipeline_two_reps_us_dates.csv")
    process = book.path.with_name("crm.toml")
    process.write_text(PROCESS, "utf-8")
    book("process", "use", str(process), now="2016-01-02T08:00")

    def take(kind: str, *maps: str, default: str = "") -> Any:
        words = [word for one in maps for word in ("--map", one)]
        words += ["--default", default] if default else []
        answer = book("import", str(file), "--kind", kind, *words, "--json", now=NOW).json
        parts = ("added", "updated", "unchanged", "duplicates", "rejected")
        assert answer["rows"] == sum(answer[part] for part in parts) == 658
        return answer

    return take


def leads(pipeline: Callable[..., Any]) -> Any:
    """The accounts, each received with the first of its rows."""
    aside = [f"{name}=-" for name in ("deal_stage", "close_date", "close_value", "product", "opportunity_id")]
    return pipeline("leads", "account=name", "engage_date=received", *aside)


def test_leads_stages_and_orders_of_one_file(book: Book, pipeline: Callable[..., Any]) -> None:
    answer = leads(pipeline)
    assert (answer["added"], answer["duplicates"], answer["rejected"]) == (73, 658 - 108 - 73, 108)
    # every opportunity with an account and a day of engagement: 309 + 180 + 37
    engaged = pipeline(
        "stages", "account=lead", "engage_date=at", "deal_stage=-", "close_date=-", default="stage=Engaging"
    )
    assert (engaged["added"], engaged["rejected"]) == (526, 132)
    closed = pipeline("stages", "account=lead", "close_date=at", "deal_stage=stage", "engage_date=-")
    assert (closed["added"], closed["rejected"]) == (309 + 180, 658 - 489)
    # an order without an amount is none: lost deals are written down with 0
    orders = pipeline("orders", "account=lead", "engage_date=-")
    assert (orders["added"], orders["rejected"]) == (309, 349)
    assert orders["mapping"]["close_date"] == "signed_on" and orders["mapping"]["sales_agent"] == "by"

    for month, (count, value) in WON.items():
        totals = book("report", "month", "--date", f"{month}-15", "--json", now=NOW).json["totals"]
        assert (totals["orders"], totals["sales"]) == (count, value), month
    by = dict(book.sql("SELECT by, count(*) FROM sales_order GROUP BY by"))
    assert by == {"Anna Snelling": 208, "Boris Faz": 101}

    # Ron-tech, told from its 14 rows; who stands there already goes nowhere
    lead = book.show("Ron-tech", now=NOW)
    assert [(one["at"][:10], one["to"]) for one in lead["moves"]] == [
        ("2016-10-29", "engaging"), ("2017-03-01", "won"), ("2017-03-22", "engaging"), ("2017-04-25", "won"),
        ("2017-05-11", "engaging"), ("2017-05-30", "won"), ("2017-07-20", "engaging"), ("2017-07-21", "won"),
        ("2017-09-07", "engaging"), ("2017-10-20", "won"), ("2017-10-21", "engaging"), ("2017-12-07", "won"),
        ("2017-12-10", "engaging"), ("2017-12-12", "won"),
    ]  # fmt: skip
    turned = "lead_id = ? AND from_status <> to_status ORDER BY id"
    statuses = f"SELECT substr(at, 1, 10), to_status FROM move WHERE {turned}"
    assert book.sql(statuses, lead["id"]) == [
        ("2017-08-03", "lost"), ("2017-08-03", "open"), ("2017-10-08", "lost"), ("2017-10-09", "open"),
        ("2017-10-27", "lost"), ("2017-12-07", "open"), ("2017-12-19", "lost"),
    ]  # fmt: skip
    assert (lead["stage"], lead["status"]) == ("won", "lost")  # the last word of 2017-12-19
    march = book("report", "month", "--date", "2017-03-15", "--json", now=NOW).json
    assert march["totals"]["won"] == 23  # accounts whose first deal was won that month


def test_the_file_again_adds_nothing(book: Book, pipeline: Callable[..., Any]) -> None:
    leads(pipeline)
    first = pipeline("orders", "account=lead", "engage_date=-")
    assert first["added"] == 309
    # no stages yet: each account is won with its first order
    assert book.sql("SELECT count(*) FROM move WHERE to_stage = 'won'") == book.sql(
        "SELECT count(DISTINCT lead_id) FROM sales_order"
    )
    before = book.dump()
    again = pipeline("orders", "account=lead", "engage_date=-")
    assert (again["added"], again["duplicates"]) == (0, 309)
    assert book.dump() == before


def test_us_dates_are_settled_by_the_column(book: Book, pipeline: Callable[..., Any]) -> None:
    leads(pipeline)
    assert book.show("Opentech", now=NOW)["received_at"] == "2016-11-20T00:00"  # 11/20/2016


def test_what_is_no_deal_yet_is_no_order(book: Book, tmp_path: Path) -> None:
    """Deals as a CRM exports them: one won, one lost, one open with the day on which it may close."""
    path = tmp_path / "deals.csv"
    path.write_text(
        "Deal Name,Deal Stage,Close Date,Amount,Associated Company\n"
        "Renewal,Closed won,2017-03-15 10:22,49,Ron-tech\n"
        "New,Closed lost,2017-03-30 00:00,60,Gogozoom\n"
        "Upsell,Appointment scheduled,2017-04-30 00:00,1200.5,Bioholding\n",
        "utf-8",
    )
    book("import", str(path))
    answer = book("import", str(path), "--kind", "orders", "--json", lang="en").json
    assert (answer["added"], answer["rejected"]) == (1, 2)
    assert "Appointment scheduled" in answer["rejects"][1]["reason"]
    assert [one["amount"] for one in book("order", "--json").json] == [49]


def test_a_kind_without_its_column_names_it_by_its_title(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("客户,阶段\n甲,有效信息\n", "utf-8")
    said = book.refuse(2, "import", str(path), "--kind", "stages", lines=3).err
    assert "「日期」" in said or "「时间」" in said
    assert "=at" in said
