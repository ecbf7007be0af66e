"""``today``'s reminders: birthdays, incidents, appointments; needs without a plan; key targets (E4, F6, F11, M9)."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from kit import Book

from salesflow.store import reminders as store

KEYS = {"kind", "lead_id", "on", "text"}


def reminders(book: Book, *words: str, **more: str) -> list[dict[str, Any]]:
    """``reminders`` of today's list."""
    found: list[dict[str, Any]] = book("today", *words, "--json", **more).json["reminders"]
    assert all(set(one) == KEYS for one in found)
    return found


def said(book: Book, *words: str, **more: str) -> list[tuple[str, int, str]]:
    """(kind, lead, day) of today's reminders."""
    return [(one["kind"], one["lead_id"], one["on"]) for one in reminders(book, *words, **more)]


def born(book: Book, name: str, birthday: str, lead: str = "1") -> None:
    """A person at the lead, born on that day."""
    book("contact", lead, name, "13900001234")
    book("contact", "edit", lead, name, "--birthday", birthday)


# --- birthdays (E4)


def test_birthdays_within_a_week_from_the_day(book: Book) -> None:
    book("add", "华星宝马")
    for name, day in (("昨天", "11-23"), ("今天", "1980-11-24"), ("七天", "12-01"), ("八天", "12-02")):
        born(book, name, day)
    assert said(book) == [("birthday", 1, "2026-11-24"), ("birthday", 1, "2026-12-01")]
    assert said(book, "--date", "2026-11-25") == [
        ("birthday", 1, "2026-12-01"),
        ("birthday", 1, "2026-12-02"),
    ]


def test_the_text_names_person_lead_and_day_in_the_language(book: Book) -> None:
    book("add", "华星宝马")
    born(book, "王建国", "11-27")
    (one,) = reminders(book)
    for part in ("王建国", "华星宝马", "11-27 周五", "3 天"):
        assert part in one["text"]
    english = reminders(book, lang="en")[0]
    assert "birthday of 王建国" in english["text"] and "Fri" in english["text"]
    assert {**english, "text": ""} == {**one, "text": ""}


def test_the_turn_of_the_year(book: Book) -> None:
    book("add", "华星宝马")
    born(book, "老李", "01-02")
    born(book, "老张", "12-30")
    found = said(book, now="2026-12-28T09:00")
    assert found == [("birthday", 1, "2026-12-30"), ("birthday", 1, "2027-01-02")]


@pytest.mark.parametrize(
    ("day", "on"),
    [
        ("2026-02-21", ["2026-02-28"]),  # seven days before the 28th, in a common year
        ("2026-02-28", ["2026-02-28"]),
        ("2026-03-01", []),
        ("2028-02-21", []),  # 2028 is a leap year: the 29th is eight days off
        ("2028-02-22", ["2028-02-29"]),
        ("2028-02-29", ["2028-02-29"]),
    ],
)
def test_who_was_born_on_february_29th(book: Book, day: str, on: list[str]) -> None:
    book("add", "华星宝马", now="2025-01-01T09:00")
    born(book, "闰月", "1988-02-29")
    assert [one[2] for one in said(book, now=f"{day}T09:00")] == on


def test_a_lost_lead_is_nowhere_and_a_parked_one_is_greeted(book: Book) -> None:
    book("add", "甲店")
    book("add", "乙店")
    born(book, "王建国", "11-26", "1")
    born(book, "李总", "11-26", "2")
    book("lose", "1", "--reason", "price")
    book("park", "2", "--reason", "season")
    assert said(book) == [("birthday", 2, "2026-11-26")]


def test_a_birthday_that_is_no_day_is_refused(book: Book) -> None:
    book("add", "华星宝马")
    book("contact", "1", "王建国")
    book.refuse(2, "contact", "edit", "1", "王建国", "--birthday", "11-31")
    assert reminders(book) == []


# --- incidents (M9)


def test_open_incidents_stand_in_today_until_they_are_solved(book: Book) -> None:
    book("add", "华星宝马")
    book("incident", "1", "贴膜起泡", "--due", "2026-11-26")
    (one,) = reminders(book)
    assert (one["kind"], one["on"]) == ("incident", "2026-11-26")
    for part in ("贴膜起泡", "华星宝马", "11-24", "11-26"):
        assert part in one["text"]
    assert "2" in reminders(book, now="2026-11-28T09:00")[0]["text"]  # two days late
    book("incident", "solve", "1", "1", "换膜")
    assert reminders(book) == []


def test_an_incident_without_a_day_is_dated_by_its_opening(book: Book) -> None:
    book("add", "华星宝马")
    book("incident", "1", "少发两卷")
    assert said(book, now="2026-11-30T09:00") == [("incident", 1, "2026-11-24")]


# --- appointments (M4)


def test_appointments_stand_with_their_time(book: Book) -> None:
    book("add", "甲店")
    book("add", "乙店")
    book("add", "丙店")
    book("next", "1", "今天", "14:30", "签合同", "--place", "二楼", "--purpose", "needs", "--keeper", "李四")
    book("next", "2", "今天", "10:00")
    book("next", "3", "周四", "09:00")
    found = reminders(book)
    assert [(one["lead_id"], one["on"]) for one in found] == [(2, "2026-11-24"), (1, "2026-11-24")]
    for part in ("14:30", "甲店", "签合同", "二楼", "了解需求", "李四"):
        assert part in found[1]["text"]
    assert [one["lead_id"] for one in reminders(book, "--days", "2")] == [2, 1, 3]
    book("visit", "1", "签了", "--no-next")
    book("next", "2", "周五", "--why", "改期")
    assert reminders(book) == []


def test_an_item_has_the_purpose_and_the_place(book: Book) -> None:
    """F11, F12."""
    book("add", "甲店")
    book("add", "乙店")
    book("next", "1", "今天", "送样", "--purpose", "needs", "--place", "二楼")
    book("next", "2", "今天", "送样")
    items = {one["lead_id"]: one for one in book("today", "--json").json["items"]}
    assert (items[1]["purpose"], items[1]["place"], items[1]["reason"]) == ("needs", "二楼", "送样")
    assert (items[2]["purpose"], items[2]["place"]) == (None, None)
    assert reminders(book) == []  # a day without a time is no appointment


# --- the block, the filters, the formats


def fill(book: Book) -> None:
    """A reminder of each kind at one shop, and a second shop elsewhere."""
    book("add", "华星宝马", "--area", "武侯区", "-g", "A", "--contact", "王建国 13900001234")
    book("contact", "edit", "1", "王建国", "--birthday", "11-27")
    book("incident", "1", "贴膜起泡")
    book("next", "1", "今天", "14:30", "签合同", "--place", "二楼")
    book("add", "锦泰奥迪", "--area", "高新区", "-g", "B")
    book("incident", "2", "少发两卷")


def test_the_list_ends_with_a_block_of_its_own(book: Book) -> None:
    before = book("today").out
    assert "提醒" not in before
    fill(book)
    for tty in (True, False):
        lines = book("today", tty=tty, TERM="dumb").lines
        (place,) = (number for number, line in enumerate(lines) if "提醒" in line)
        assert [line.partition(" ")[0] for line in lines[place + 1 : place + 5]] == ["#1", "#1", "#1", "#2"]
    assert "Reminders" in book("today", lang="en").lines


def test_an_appointment_that_says_no_more_than_the_list_has_no_line_of_its_own(book: Book) -> None:
    book("add", "甲店")
    book("next", "1", "今天", "14:30", "签合同")
    assert len(reminders(book)) == 1
    assert "提醒" not in book("today").out


def test_chat_names_people_by_surname_and_title_and_no_phone(book: Book) -> None:
    """K8."""
    fill(book)
    book("contact", "edit", "1", "王建国", "--title", "经理")
    told = book("today", "-f", "chat").out
    assert "提醒" in told and "生日" not in told and "王建国" not in told and "13900001234" not in told
    book("edit", "1", "--consent", "今天")
    whole = book("today", "-f", "chat", "--with-personal").out
    assert "王建国 经理 生日" in whole


def test_the_filters_hold_for_reminders_too(book: Book) -> None:
    fill(book)
    assert [one[0] for one in said(book, "--area", "武侯区")] == ["appointment", "birthday", "incident"]
    assert said(book, "--area", "高新区") == [("incident", 2, "2026-11-24")]
    assert said(book, "--grade", "B") == [("incident", 2, "2026-11-24")]
    assert len(said(book, "--limit", "1")) == 4


def test_a_terminal_shows_a_few_and_counts_the_rest(book: Book) -> None:
    book("add", "华星宝马")
    for number in range(1, 12):
        book("incident", "1", f"第{number}起")
    assert sum("起" in line for line in book("today").lines) == 11
    screen = book("today", tty=True)
    assert sum("事故" in line for line in screen.lines) == 8 and "3" in screen.lines[-1]
    assert sum("事故" in line for line in book("today", "--all", tty=True).lines) == 11


def test_rows_for_sheets_are_items_alone(book: Book) -> None:
    fill(book)
    lines = book("today", "-f", "csv").lines
    assert len(lines) == 2 and "key_target" in lines[0]  # the head and shop 1; shop 2 has a day left


# --- a need without a plan (F6), key targets (F11)


def test_a_need_without_a_next_date_is_named(book: Book) -> None:
    """F6: 'yes' gets a follow-up plan."""
    for name, need in (("甲店", "yes"), ("乙店", "no"), ("丙店", "yes")):
        book("add", name, "--need", need)
        book("log", name, "看了", "--no-next")
    book("next", "3", "周五")
    items = {one["lead_id"]: one for one in book("today", "--json").json["items"]}
    assert {lead: one["need"] for lead, one in items.items()} == {1: "yes", 2: "no"}
    assert items[1]["reason"] is None
    assert [line for line in book("today").lines if "有需求，没定下次" in line and "甲店" in line]
    assert not [line for line in book("today").lines if "有需求" in line and "乙店" in line]
    assert "need, no next date" in book("today", lang="en").out
    told = book("today", "-f", "chat").lines
    assert told[told.index("有需求，没定下次") + 1].startswith("#1 甲店")


def test_a_need_behind_the_few_that_a_terminal_lists_is_named_below(book: Book) -> None:
    for number in range(1, 8):
        book("add", f"第{number}家", "--need", "yes" if number == 7 else "unknown")
        book("log", str(number), "看了", "--no-next")
    assert [line for line in book("today", tty=True).lines if "有需求" in line and "#7 第7家" in line]
    assert not [line for line in book("today").lines if "也没定下次" in line]


def test_a_key_target_is_marked_and_the_order_stays(book: Book) -> None:
    """F11: the mark; who comes first is the contract's order."""
    for name in ("甲店", "乙店"):
        book("add", name, "-g", "A")
        book("next", name, "今天", "送样")
    book("edit", "2", "--set", "key_target=yes")
    items = book("today", "--json").json["items"]
    assert [(one["lead_id"], one["key_target"]) for one in items] == [(1, False), (2, True)]
    done = book("today")
    assert "*乙店" in done.out and "*甲店" not in done.out and "* 重点客户" in done.out
    assert "* key target" in book("today", lang="en").out
    assert "乙店（重点）" in book("today", "-f", "chat").out


def test_reminders_are_found_through_indexes(book: Book) -> None:
    """``today`` stays cheap: nothing is walked through, whatever the queries call their tables."""
    fill(book)
    connection = sqlite3.connect(book.path)
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    assert len(store.birthdays(connection, ["11-27"])) == 1
    assert len(store.incidents(connection, "2026-11-24")) == 2
    assert len(store.appointments(connection, "2026-11-24", "2026-11-24")) == 1
    assert store.planned(connection, [1, 2]) == {1: (None, "二楼")}
    connection.set_trace_callback(None)
    plans = [row[3] for sql in asked for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
    connection.close()
    assert len(asked) == 4 and not [step for step in plans if step.startswith("SCAN")]


def test_the_time_of_a_first_contact_is_told_beside_its_deadline(book: Book) -> None:
    """M4, K1: the list shows until when, so the appointment is a line of its own."""
    book("add", "甲店", "--source", "street", "--next", "明天9点 交流")
    out = book("today", "--date", "明天").out
    assert "09:00  甲店  交流" in out
    book("call", "甲店", "打过了")
    out = book("today", "--date", "明天").out
    assert "09:00  甲店  交流" not in out and "09:00" in out, "once in the list is enough"
