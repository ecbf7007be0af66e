"""``report kpi``: a small book told by hand, every measure of it worked out, and what it stands beside (M2, M6)."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from kit import Book, filled

from salesflow.render.layout import width
from salesflow.reports import measures
from salesflow.reports.explained import NAMES
from salesflow.texts import t

LOG = (
    # week 46
    ("2026-11-09T09:00", "add 甲店"),  # 1
    ("2026-11-09T10:00", "call 1 谈了 --next 11-12"),
    ("2026-11-10T09:00", "add 乙店"),  # 2: the first contact is due on the 11th at 21:00
    ("2026-11-12T09:00", "call 2 补 --next 11-17"),  # too late
    ("2026-11-12T10:00", "visit 1 见了 --next 11-18"),
    ("2026-11-13T09:00", "add 丙店"),  # 3
    ("2026-11-13T10:00", "call 3 谈了 --next 11-20"),
    # week 47
    ("2026-11-16T09:00", "add 戊店"),  # 4
    ("2026-11-16T10:00", "call 4 谈了 --no-next"),
    ("2026-11-16T11:00", "call 4 他们来问 --in --no-next"),
    ("2026-11-17T10:00", "call 2 谈了 --next 11-19"),
    ("2026-11-18T16:00", "next 2 11-20 --why 他出差"),
    ("2026-11-19T09:00", "visit 1 见了 --next 11-24"),
    ("2026-11-19T11:00", "order 1 10万 --cost 6万 --due 11-20_6万 --due 12-20"),
    ("2026-11-20T09:00", "add 丁店"),  # 5
    ("2026-11-20T09:30", "call 5 谈了 --next 11-21"),
    ("2026-11-20T10:00", "lose 3 --reason other --why 要搬走"),
    ("2026-11-20T12:00", "lose 2 --reason price"),
    ("2026-11-20T14:00", "payment 1 4万"),
    ("2026-11-20T15:00", "order 5 5万"),
    ("2026-11-21T10:00", "visit 5 见了 --next 12-05"),
    # week 48
    ("2026-11-23T09:00", "add 己店"),  # 6
    ("2026-11-23T10:00", "call 6 谈了 --next 11-24"),
    ("2026-11-23T11:00", "order 1 3万 --cost 1万"),
    ("2026-11-24T09:00", "order cancel 3 --why 不要了"),
    ("2026-11-24T09:30", "order cancel 2 --why 退货"),
)


def fill(book: Book) -> None:
    """The log, and what a sheet tells: the fourth lead was lost on the 21st, nobody knows why."""
    for now, words in LOG:
        book(*[word.replace("_", " ") for word in words.split()], now=now)
    sheet = book.path.with_name("stages.csv")
    sheet.write_text("lead,status,at\n戊店,lost,2026-11-21\n", "utf-8")
    book("import", str(sheet), "--kind", "stages")


@pytest.fixture
def told(book: Book) -> Book:
    """The book of the log; it is Tuesday, 2026-11-24, 10:05."""
    return filled(book, fill)


def kpi(book: Book, *words: str) -> dict[str, Any]:
    """The report as data."""
    data: dict[str, Any] = book("report", "kpi", *words, "--json").json
    return data


def by_name(data: dict[str, Any]) -> dict[str, Any]:
    """Its measures by name."""
    return {one["name"]: one for one in data["measures"]}


def values(data: dict[str, Any], key: str = "value") -> dict[str, Any]:
    """One figure of each measure."""
    return {one["name"]: one[key] for one in data["measures"]}


WEEK_47 = {
    "sales": 150_000,  # 100,000 and 50,000; the second was cancelled in the week after
    "margin": 40_000,  # 100,000 less 60,000; what the second cost is not known
    "margin_per_order": 40_000,
    "orders": 2,
    "new_customers": 2,  # 1 and 5
    "new_leads": 2,  # 4 and 5
    "visits": 2,  # 1 on the 19th, 5 on the 21st
    "calls": 3,  # 4, 2, 5; that 4 called us is none of ours
    "collected": 40_000,
    "collection_rate": 0.6667,  # of the 60,000 that were due on the 20th
    "outstanding": 110_000,  # 150,000 less 40,000
    "overdue": 20_000,  # 60,000 less 40,000
    "first_contact": 1.0,  # 4 and 5
    # for days of the week: 2 on the 17th kept, on the 19th moved, on the 20th lost; 1 on the 18th a day late;
    # 3 on the 20th lost; 5 on the 21st kept
    "promises_kept": 0.3333,
    "new_closing": 0.5,  # 5 of 4 and 5
    "carried_closing": 0.3333,  # 1 of 1, 2 and 3
    "lost_known": 0.6667,  # 2 by the price, 3 as was told; not 4
}
WEEK_46 = {
    "sales": 0, "margin": None, "margin_per_order": None, "orders": 0, "new_customers": 0, "new_leads": 3,
    "visits": 1, "calls": 3, "collected": 0,
    "collection_rate": None,  # nothing was due
    "outstanding": 0, "overdue": 0,
    "first_contact": 0.6667,  # 1 and 3, not 2
    "promises_kept": 1.0,  # 1 on the 12th
    "new_closing": 0.0,
    "carried_closing": None,  # nobody was there
    "lost_known": None,
}  # fmt: skip


def test_a_week_that_is_over(told: Book) -> None:
    data = kpi(told, "--period", "week", "--date", "2026-11-22")
    assert (data["report"], data["from"], data["to"]) == ("kpi", "2026-11-16", "2026-11-22")
    assert (data["label"], data["complete"]) == ("2026-W47", True)
    assert values(data) == WEEK_47
    assert values(data, "previous") == WEEK_46
    # the book began in week 46: it is the only one of the four
    assert values(data, "average4") == WEEK_46
    assert list(values(data)) == [one.name for one in measures.MEASURES]


def test_what_each_rests_on(told: Book) -> None:
    found = by_name(kpi(told, "--period", "week", "--date", "2026-11-22"))
    bases = {
        "margin": (1, 2), "margin_per_order": (1, 2), "collection_rate": (40_000, 60_000),
        "first_contact": (2, 2), "promises_kept": (2, 6), "new_closing": (1, 2), "carried_closing": (1, 3),
        "lost_known": (2, 3),
    }  # fmt: skip
    for name, one in found.items():
        assert (one["basis"]["in"], one["basis"]["of"]) == bases.get(name, (None, None)), name


def test_a_week_that_runs_beside_two_that_are_over(told: Book) -> None:
    """The order of the 23rd is cancelled, and one of week 47; today's promises may still be kept."""
    data = kpi(told, "--period", "week")
    assert data["complete"] is False
    assert values(data) == {
        "sales": 0, "margin": None, "margin_per_order": None, "orders": 0, "new_customers": 0, "new_leads": 1,
        "visits": 0, "calls": 1, "collected": 0, "collection_rate": None,
        "outstanding": 60_000,  # the first order alone, less 40,000
        "overdue": 20_000,
        "first_contact": None,  # 6 has until 21:00
        "promises_kept": None,  # 1 and 6 for today
        "new_closing": 0.0,
        "carried_closing": None,  # of 1 to 5 two are won and three are lost
        "lost_known": None,
    }  # fmt: skip
    assert values(data, "previous") == WEEK_47
    assert values(data, "average4") == {
        "sales": 75_000,  # 150,000 in two weeks
        "margin": 40_000, "margin_per_order": 40_000,  # one week has them
        "orders": 1.0, "new_customers": 1.0, "new_leads": 2.5, "visits": 1.5, "calls": 3.0,
        "collected": 20_000, "collection_rate": 0.6667, "outstanding": 55_000, "overdue": 10_000,
        "first_contact": 0.8,  # 4 of 5
        "promises_kept": 0.4286,  # 3 of 7
        "new_closing": 0.2,  # 1 of 5
        "carried_closing": 0.3333,
        "lost_known": 0.6667,
    }  # fmt: skip


def test_what_is_due_on_the_last_day_is_not_overdue(book: Book) -> None:
    """Signed on 11-02 and thirty days to pay: due on 12-02; delivered on 11-05, the day is 12-05."""
    book("add", "甲店")
    book("order", "1", "1万", "--at", "2026-11-02")

    def owed(day: str) -> tuple[float, float]:
        found = by_name(
            json.loads(book("report", "kpi", "--period", "week", "--json", now=f"{day}T18:00").out)
        )
        return found["outstanding"]["value"], found["overdue"]["value"]

    assert [owed(day) for day in ("2026-12-02", "2026-12-03")] == [(10000, 0), (10000, 10000)]
    book("order", "deliver", "1", "--at", "2026-11-05")
    assert [owed(day) for day in ("2026-12-05", "2026-12-06")] == [(10000, 0), (10000, 10000)]


def test_a_month_before_the_book_began_is_no_past(told: Book) -> None:
    data = kpi(told)
    assert data["label"] == "2026-11"
    assert set(values(data, "previous").values()) == set(values(data, "average4").values()) == {None}
    found = values(data)
    # 100,000 of the first order is what is left of three
    assert (found["sales"], found["margin"], found["orders"], found["visits"]) == (100_000, 40_000, 1, 3)
    # 6 leads, of which 1 and 5 were won; nobody was there before
    assert (found["new_leads"], found["new_closing"], found["carried_closing"]) == (6, 0.3333, None)


def test_a_book_with_nothing_in_it(book: Book) -> None:
    found = by_name(kpi(book, "--period", "day"))
    nothing = {name: one["value"] for name, one in found.items() if one["value"]}
    assert nothing == {}
    absent = {name for name, one in found.items() if one["value"] is None}
    assert absent == {name for name, one in found.items() if one["unit"] == "rate"} | {
        "margin",
        "margin_per_order",
    }
    assert all(one["previous"] is one["average4"] is None for one in found.values())


def test_targets_stand_beside_what_was_reached(told: Book) -> None:
    told("target", "set", "销售额", "30万", "2026-W47")
    told("target", "set", "成交", "4", "每周")
    found = by_name(kpi(told, "--period", "week", "--date", "2026-11-22"))
    assert (found["sales"]["target"], found["sales"]["attainment"]) == (300_000, 0.5)
    assert (found["new_customers"]["target"], found["new_customers"]["attainment"]) == (4, 0.5)
    assert found["visits"]["target"] is found["visits"]["attainment"] is None
    week = told("report", "week", "--date", "2026-11-22", "--json").json
    told_there = {one["metric"]: (one["target"], one["attainment"]) for one in week["targets"]}
    assert told_there == {"deals": (4, 0.5), "sales": (300_000, 0.5)}


@pytest.mark.parametrize("span", ["day", "week", "month"])
@pytest.mark.parametrize("day", ["2026-11-12", "2026-11-20", "2026-11-24"])
def test_it_says_what_the_other_reports_say(told: Book, span: str, day: str) -> None:
    found = by_name(kpi(told, "--period", span, "--date", day))
    other = told("report", span, "--date", day, "--compare", "--json").json
    names = {"new_customers": "won"} | {
        name: name for name in ("sales", "margin", "orders", "new_leads", "visits", "collected")
    }
    for mine, theirs in names.items():
        assert found[mine]["value"] == other["totals"][theirs], mine
        assert found[mine]["average4"] == other["average4"][theirs], mine
        assert found[mine]["previous"] in (None, other["previous"][theirs]), mine
    assert found["first_contact"]["value"] == other["first_contact"]["rate"]
    if other["complete"]:
        promised = other["promises"]
        assert found["promises_kept"]["basis"] == {"of": promised["due"], "in": promised["kept"]}
    assert found["lost_known"]["basis"]["of"] == other["totals"]["lost"]


def test_the_average_of_the_last_four_in_the_week(told: Book) -> None:
    """Weeks 46 and 47: orders 0 and 2, follow-ups 4 and 6, sales 0 and 150,000, margin only 40,000."""
    week = told("report", "week", "--compare", "--json").json
    average = week["average4"]
    assert list(average) == list(week["totals"])
    assert (average["orders"], average["followups"], average["sales"]) == (1.0, 5.0, 75_000)
    assert average["margin"] == 40_000
    assert "average4" not in told("report", "day", "--json").json
    text = told("report", "week", "--compare", lang="en").out
    assert "4-week avg" in text.splitlines()[2]
    rows = list(
        csv.DictReader(io.StringIO(told("report", "week", "--compare", "-f", "csv").out.lstrip("\ufeff")))
    )
    assert {row["metric"]: row["average4"] for row in rows}["orders"] == "1.0"


def test_compare_tells_each_of_the_last_four(told: Book) -> None:
    data = kpi(told, "--period", "week", "--compare")
    assert [one["label"] for one in data["earlier"]] == ["2026-W47", "2026-W46"]
    assert data["earlier"][0]["values"] == WEEK_47
    assert data["earlier"][1]["values"] == WEEK_46
    text = told("report", "kpi", "--period", "week", "--compare", lang="en").out
    assert "2026-W47" in text and "2026-W46" in text


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["day", "week", "month", "funnel", "kpi"])
def test_explain_tells_how_each_is_counted(told: Book, name: str, lang: str) -> None:
    text = told("report", name, "--explain", lang=lang).out
    data = told("report", name, "--explain", "--json", lang=lang).json
    assert list(data["definitions"]) == list(NAMES[name])
    for one, definition in data["definitions"].items():
        assert definition == t(f"kpi.def_{one}", lang)
        assert definition in text
    assert "definitions" not in told("report", name, "--json", lang=lang).json


def test_every_measure_is_explained() -> None:
    assert {one.name for one in measures.MEASURES} <= set(NAMES["kpi"])


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("words", [(), ("--compare",), ("--explain",)])
def test_it_fits_a_terminal_of_eighty(told: Book, lang: str, words: tuple[str, ...]) -> None:
    told("target", "set", "销售额", "30万", "2026-W47")
    out = told(
        "report", "kpi", "--period", "week", *words, lang=lang, tty=True, COLUMNS="80", TERM="dumb"
    ).out
    assert all(width(line.rstrip()) <= 80 for line in out.splitlines())
    assert "150,000" in out if lang == "en" else "15 万" in out


def test_every_format_says_the_same(told: Book) -> None:
    words = ("report", "kpi", "--period", "week", "--date", "2026-11-22")
    lines = [json.loads(line) for line in told(*words, "-f", "jsonl").lines]
    assert {one["name"]: one["value"] for one in lines} == WEEK_47
    rows = list(csv.DictReader(io.StringIO(told(*words, "-f", "csv").out.lstrip("\ufeff"))))
    assert {one["name"]: (one["in"], one["of"]) for one in rows}["margin"] == ("1", "2")
    plain = told(*words, lang="en").out
    markdown = told(*words, "-f", "md", lang="en").out
    for text in ("150,000", "40,000", "40,000/60,000", "33%", "2/6"):
        assert text in plain and text in markdown
    chat = told(*words, "-f", "chat", lang="zh").out
    assert "销售额 15 万" in chat and "承诺按时 33% (2/6)" in chat and "回款率 67%" in chat


def test_the_chinese_names_find_it(told: Book) -> None:
    assert told("report", "指标").out == told("report", "kpi").out


def test_bad_words_are_refused_in_a_line(told: Book) -> None:
    told.refuse(2, "report", "kpi", "--date", "2026-12-05")
    told.refuse(2, "report", "kpi", "--period", "decade")
    told.refuse(2, "report", "kpi", "--by", "rep")
    told.refuse(2, "report", "kpi", "--date", "尽快")
    told.refuse(2, "report", "week", "--by", "rep", "--compare")
    told.refuse(2, "report", "hot", "--compare")
