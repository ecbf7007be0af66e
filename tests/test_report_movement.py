"""``report meeting``, ``new``, ``first-contact``, ``ageing``, ``reasons``, ``sources``: one small book, by hand.

It is Tuesday, 2026-11-24, 10:05; week 47 are the days from the 16th to the 22nd.

 1 甲店  received 11-02, effective call 11-02, visit 11-09, promise for 11-20; qualified since 11-10
 2 乙店  received 11-03, call 11-05 (due on the 4th at 21:00), no answer on 11-15, nothing promised
 3 丙店  received 11-10, call 11-10, lost on 11-18 to 某膜
 4 丁店  received 11-16, call 11-18 at 9:00 (due on the 17th at 21:00: 12 hours late)
 5 戊店  received 11-17, visit 11-17, order of 50,000 on 11-19: a customer after 2 days
 6 己店  received 11-23, they asked; nobody has called, due 11-24 at 21:00
 7 庚店  received 11-20 at 20:00, nobody has called, due 11-22 at 8:00
 8 辛店  received 11-16, call 11-16, a wrong entry
 9 壬店  received 11-04, call 11-04, parked on 11-19
10 癸店  received 11-06, call 11-06, promise for 11-30
11 子店  received 11-02, visit 11-03, goal 100,000, lost on 11-12 for the price
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from kit import Book, filled

from salesflow.render.layout import width
from salesflow.reports import explained
from salesflow.texts import t

LOG = (
    ("2026-11-02T09:00", "add 甲店 --source exhibition"),
    ("2026-11-02T10:00", "call 1 谈了 --next 11-09"),
    ("2026-11-02T12:00", "add 子店"),
    ("2026-11-03T09:00", "add 乙店 --source association"),
    ("2026-11-03T10:00", "visit 子店 见了 --no-next"),
    ("2026-11-03T10:30", "edit 子店 --goal 10万 --goal-on 2026-12-31"),
    ("2026-11-04T09:00", "add 壬店 --source internet"),
    ("2026-11-04T10:00", "call 壬店 谈了 --no-next"),
    ("2026-11-05T09:00", "call 乙店 谈了 --no-next"),
    ("2026-11-06T09:00", "add 癸店 --source press"),
    ("2026-11-06T10:00", "call 癸店 谈了 --next 2026-11-30"),
    ("2026-11-09T10:00", "visit 甲店 见了 --next 11-20"),
    ("2026-11-10T09:00", "advance 甲店 --force --why 急"),
    ("2026-11-10T09:30", "add 丙店 --source exhibition"),
    ("2026-11-10T10:00", "call 丙店 谈了 --no-next"),
    ("2026-11-12T10:00", "lose 子店 --reason price"),
    ("2026-11-15T09:00", "call 乙店 没接 --no-next"),
    ("2026-11-16T09:00", "add 丁店 --source street"),
    ("2026-11-16T10:00", "add 辛店"),
    ("2026-11-16T11:00", "call 辛店 谈了 --no-next"),
    ("2026-11-16T12:00", "lose 辛店 --reason invalid"),
    ("2026-11-17T09:00", "add 戊店 --source exhibition"),
    ("2026-11-17T15:00", "visit 戊店 见了 --next 11-27"),
    ("2026-11-18T09:00", "call 丁店 谈了 --no-next"),
    ("2026-11-18T10:00", "lose 丙店 --reason competitor --to 某膜"),
    ("2026-11-19T10:00", "order 戊店 5万"),
    ("2026-11-19T11:00", "park 壬店 --reason season --until 2027-03-01"),
    ("2026-11-20T20:00", "add 庚店 --source street"),
    ("2026-11-21T09:00", "team sign 丁店 --by 王主任 --as verified"),
    ("2026-11-23T09:00", "add 己店 --source enquiry"),
    ("2026-11-23T10:00", "spend exhibition 3000 2026-11"),
)  # fmt: skip
MINE = ("meeting", "new", "sources", "first-contact", "reasons", "ageing", "coverage", "team")


def fill(book: Book) -> None:
    """The log."""
    for now, words in LOG:
        book(*words.split(), now=now)


@pytest.fixture
def told(book: Book) -> Book:
    """The book of the log."""
    return filled(book, fill)


def data(book: Book, *words: str) -> dict[str, Any]:
    """A report as data."""
    found: dict[str, Any] = book("report", *words, "--json").json
    return found


def names(lines: list[dict[str, Any]]) -> list[str]:
    """The names of the leads, in order."""
    return [one["name"] for one in lines]


def test_the_meeting_goes_from_the_stuck_to_the_lost(told: Book) -> None:
    """甲店 has had no answer for 13 days of 7, 乙店 for 17 of 5; 癸店 has promised; 辛店 was none."""
    found = data(told, "meeting", "--date", "2026-11-22")
    assert [(one["name"], one["movement"]) for one in found["leads"]] == [
        ("乙店", "stuck"), ("甲店", "stuck"), ("癸店", "still"), ("丁店", "new"), ("庚店", "new"),
        ("戊店", "won"), ("壬店", "parked"), ("丙店", "lost"),
    ]  # fmt: skip
    assert (
        found["counts"]["open"] + found["counts"]["untouched"]
        == data(told, "week", "--date", "2026-11-22")["stock"]["end"]
    )
    assert {key: found["counts"][key] for key in ("open", "touched", "stuck", "new", "won", "lost")} == {
        "open": 6, "touched": 2, "stuck": 2, "new": 2, "won": 1, "lost": 1,
    }  # fmt: skip
    won = found["leads"][5]
    assert (won["from"], won["stage"], won["followups"], won["visits"], won["note"]) == (
        "info", "customer", 1, 1, "见了",
    )  # fmt: skip
    assert [found["leads"][1][key] for key in ("days", "limit", "next_date")] == [13, 7, "2026-11-20"]


def test_the_stuck_are_those_beyond_their_stage_without_a_promise_to_come(told: Book) -> None:
    """From info went on: 甲店 after 8 days, 戊店 after 2, so that its median is 5. Nobody has left qualified: 7,
    what the process says of leads without a grade. A call that nobody answered ends no silence.

    Days on the 22nd: 甲 13 (09), 乙 17 (05), 丁 4 (18), 庚 2 (received on the 20th), 癸 16 (06, promised).
    """
    found = data(told, "ageing", "--date", "2026-11-22")
    assert found["counts"] == {"open": 5, "stuck": 2, "silenced": 1, "never": 0}
    assert [(one["name"], one["days"], one["limit"], one["over"]) for one in found["leads"]] == [
        ("乙店", 17, 5, 12), ("甲店", 13, 7, 6),
    ]  # fmt: skip
    assert [(one["days_in_stage"], one["followups"], one["visits"]) for one in found["leads"]] == [
        (19, 2, 0), (12, 2, 1),
    ]  # fmt: skip
    keys = ("stage", "open", "stuck", "silenced", "days", "median_days")
    assert [tuple(one[key] for key in keys) for one in found["stages"]] == [
        ("info", 4, 1, 1, 10, 5), ("qualified", 1, 1, 0, 13, None),
    ]  # fmt: skip
    assert [(one["from"], one["open"], one["stuck"]) for one in found["bands"]] == [
        (0, 2, 0), (8, 1, 1), (15, 2, 1), (31, 0, 0), (61, 0, 0), (91, 0, 0),
    ]  # fmt: skip


def test_a_promise_to_come_silences_and_one_that_is_past_does_not(told: Book) -> None:
    """On the 20th 甲店 was promised for that day; on the 8th of December 癸店's day has passed."""
    assert names(data(told, "ageing", "--date", "2026-11-20")["leads"]) == ["乙店"]
    late = told("report", "ageing", "--json", now="2026-12-08T09:00").json
    assert "癸店" in names(late["leads"])


def test_first_contacts_are_missed_by_hours(told: Book) -> None:
    """Deadlines in week 47: 丁 and 辛 on the 17th, 戊 on the 18th, 庚 on the 22nd at 8:00, 15 hours before its end.

    To the first follow-up it took 48, 1 and 6 hours.
    """
    found = data(told, "first-contact", "--date", "2026-11-22")
    assert found["first_contact"] == {"due": 4, "met": 2, "missed": 2, "rate": 0.5}
    assert found["first_contact"] == data(told, "week", "--date", "2026-11-22")["first_contact"]
    assert found["previous"] == {"due": 1, "met": 1, "missed": 0, "rate": 1.0}
    assert found["median_hours"] == 6
    assert [(one["name"], one["hours_late"], one["first_followup_at"]) for one in found["missed"]] == [
        ("庚店", 15, None), ("丁店", 12, "2026-11-18T09:00"),
    ]  # fmt: skip
    assert found["reps"] == [{"rep": "陈磊", "due": 4, "met": 2, "missed": 2, "rate": 0.5}]
    assert found["ahead"] == []


def test_first_contacts_to_come_stand_in_the_running_week(told: Book) -> None:
    """己店 has until 21:00: ten hours and 55 minutes; its deadline falls in this week, so that nothing is missed."""
    found = data(told, "first-contact")
    assert found["first_contact"] == {"due": 1, "met": 0, "missed": 0, "rate": None}
    assert [(one["name"], one["hours_left"], one["deadline"], one["passive"]) for one in found["ahead"]] == [
        ("己店", 10, "2026-11-24T21:00", True)
    ]


def test_reasons_count_no_wrong_entry(told: Book) -> None:
    """丙店 was lost after 8 days and no visit, 子店 after 10 days and one; both stood in info."""
    found = data(told, "reasons")
    assert found["counts"] == {"lost": 2, "previous": 0, "wrong": 1, "to_known": 1, "without_reason": 0}
    assert found["counts"]["lost"] == data(told, "month")["totals"]["lost"]
    assert (found["value"], found["median_days"]) == (100000, 9)
    keys = ("reason", "count", "share", "value", "median_days", "visits")
    assert [tuple(one[key] for key in keys) for one in found["reasons"]] == [
        ("competitor", 1, 0.5, 0, 8, 0.0), ("price", 1, 0.5, 100000, 10, 1.0),
    ]  # fmt: skip
    assert found["competitors"] == [{"name": "某膜", "count": 1, "value": 0}]
    assert [(one["stage"], one["count"]) for one in found["stages"]] == [("info", 2)]


def test_a_goal_set_after_the_loss_is_not_what_was_lost(told: Book) -> None:
    """丙店 was lost without a goal; 子店's was changed later."""
    told("edit", "丙店", "--goal", "9万", "--goal-on", "2026-12-31")
    told("edit", "子店", "--goal", "20万")
    assert data(told, "reasons")["value"] == 100000


def test_sources_add_up_to_the_month_and_costs_fall_by_days(told: Book) -> None:
    """exhibition brought 甲, 丙, 戊 and one deal after 2 days; of its 3,000 for 30 days 24 have been: 2,400.

    street 丁, 庚; association 乙; enquiry 己; internet 壬; press 癸; 辛 and 子 came from nobody knows where.
    """
    found = data(told, "sources")
    by_code = {one["source"]: one for one in found["sources"]}
    assert {code: one["leads"] for code, one in by_code.items()} == {
        "exhibition": 3, "street": 2, "association": 1, "enquiry": 1, "internet": 1, "press": 1, None: 2,
    }  # fmt: skip
    fair = by_code["exhibition"]
    keys = ("deals", "closed", "rate", "median_days", "orders", "sales", "margin", "cost", "cost_per_lead")
    assert [fair[key] for key in keys] == [1, 1, 0.3333, 2, 1, 50000, None, 2400, 800]
    assert (fair["cost_per_deal"], fair["sales_per_cost"], by_code["street"]["cost"]) == (2400, 20.83, None)
    month = data(told, "month")["totals"]
    ours = {"leads": "new_leads", "deals": "won", "orders": "orders", "sales": "sales", "margin": "margin"}
    assert {key: found["totals"][key] for key in ours} == {key: month[name] for key, name in ours.items()}
    assert found["sources"][0]["source"] == "exhibition" and by_code["enquiry"]["passive"]
    assert [one["source"] for one in found["nothing"]] == ["relations", "other", "referral"]


def test_the_cost_of_a_past_month_is_whole(told: Book) -> None:
    """On the 5th of December November has brought all of its 3,000."""
    later = told("report", "sources", "--date", "2026-11-30", "--json", now="2026-12-05T09:00").json
    assert later["totals"]["cost"] == 3000


def test_new_leads_with_how_they_stand_and_who_signed(told: Book) -> None:
    """Received in week 47: 丁, 辛, 戊, 庚; 庚 was not called, 戊 is a customer, 辛 lost; 王主任 verified 丁."""
    found = data(told, "new", "--date", "2026-11-22")
    assert names(found["leads"]) == ["丁店", "辛店", "戊店", "庚店"]
    assert found["previous"] == 1  # 丙
    assert found["counts"] == {
        "received": 4, "passive": 0, "followed_up": 3, "open": 3, "parked": 0, "lost": 1, "won": 1, "signed": 0,
        "unsigned": 4,
    }  # fmt: skip
    first = found["leads"][0]
    assert [(one["kind"], one["name"]) for one in first["signed"]] == [("verified", "王主任")]
    assert first["missing"] == ["reviewed", "archived"]
    assert [(one["source"], one["count"]) for one in found["sources"]] == [
        ("street", 2), ("exhibition", 1), (None, 1),
    ]  # fmt: skip


@pytest.mark.parametrize("name", MINE)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_is_readable_everywhere(told: Book, name: str, lang: str) -> None:
    """On a terminal of 80 columns, in a pipe, as a message; --explain tells of each figure in its data."""
    wide = told("report", name, tty=True, lang=lang, COLUMNS="80", TERM="dumb").out
    assert max(map(width, wide.splitlines())) <= 80
    assert told("report", name, "-f", "chat", lang=lang).out.strip()
    told("report", name, "-f", "csv", lang=lang)
    told("report", name, "-f", "md", lang=lang)
    explained_ = told("report", name, "--explain", "--json", lang=lang).json["definitions"]
    assert tuple(explained_) == explained.NAMES[name]
    assert all(text.strip() for text in explained_.values())
    plain = told("report", name, "--explain", lang=lang).out
    assert t("kpi.heading_explained", lang) in plain


@pytest.mark.parametrize("name", MINE)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_empty_book_is_told_how_to_have_one(book: Book, name: str, lang: str) -> None:
    """Counts are 0, figures without a basis null, and one line says what is missing."""
    assert t("parts.no_leads", lang) in book("report", name, lang=lang).out
    assert json.loads(book("report", name, "--json", lang=lang).out)["report"] == name


@pytest.mark.parametrize("name", MINE)
def test_any_period_and_any_range(told: Book, name: str) -> None:
    """A quarter, a month, a day, two weeks."""
    for words in (["--period", "month"], ["--period", "day"], ["--from", "2026-11-01", "--to", "2026-11-14"]):
        if words[-1] != {"meeting": "week"}.get(name):
            told("report", name, *words, "--json")
    told.refuse(2, "report", name, "--from", "2026-11-14", "--to", "2026-11-01")
    told.refuse(2, "report", name, "--date", "2027-02-01")
