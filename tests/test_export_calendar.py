"""The calendar for the phone: what stands in it, what a change does to an event, what others get to read."""

from __future__ import annotations

import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
from kit import Book

from salesflow.exchange.ical import Event, write_calendar


def events(book: Book, *words: str, **more: Any) -> list[dict[str, Any]]:
    """The events as ``--json`` gives them."""
    found: list[dict[str, Any]] = book("export", "calendar", *words, "--json", **more).json
    return found


def one(book: Book, *words: str, **more: Any) -> dict[str, Any]:
    """The only event."""
    (found,) = events(book, *words, **more)
    return found


def read(text: str | bytes) -> list[icalendar.Event]:
    """The events of an iCalendar text, read by the library."""
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


@pytest.fixture
def shop(book: Book) -> Book:
    """A shop with a person, to be visited on Friday at three."""
    book(
        "add", "成都华星宝马汽车销售服务有限公司", "--short", "华星宝马", "--area", "武侯区", "--address", "机场路1号",
        "--set", "city=成都市", "--set", "province=四川省", "--set", "lat=30.5", "--set", "lng=104.06",
        "--phone", "028-85551234", "--contact", "王建国 13900001111",
    )  # fmt: skip
    book("contact", "edit", "1", "王建国", "--title", "总经理")
    book("log", "1", "王建国要看样品，电话 13900001111", "--at", "2026-11-10", "--no-next", "-g", "A")
    book("next", "1", "周五", "15:00", "送样品给王建国")
    return book


# --- what stands in an event


def test_an_appointment_is_an_hour_of_the_wall_clock(shop: Book) -> None:
    (found,) = read(shop("export", "calendar").out)
    assert found["DTSTART"].dt == datetime(2026, 11, 27, 15, 0)  # no zone: the wall clock
    assert found["DTEND"].dt == datetime(2026, 11, 27, 16, 0)
    assert found["SUMMARY"] == "拜访 华星宝马：送样品给王**"
    assert found["LOCATION"] == "四川省成都市武侯区机场路1号"
    assert (found["GEO"].latitude, found["GEO"].longitude) == (30.5, 104.06)
    assert found["STATUS"] == "CONFIRMED"
    (alarm,) = found.walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(minutes=-30)
    text = shop("export", "calendar").out
    assert "DTSTART:20261127T150000\r\n" in text and "TZID" not in text and "METHOD" not in text
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_calendar_and_cards_name_the_language_they_are_written_in(shop: Book, lang: str) -> None:
    for words in (("export", "calendar"), ("export", "contacts", "-f", "vcf"), ("plan", "-f", "ics")):
        said = shop(*words, lang=lang).out
        assert f"PRODID:-//salesflow//NONSGML salesflow//{lang.upper()}" in said.replace("\r\n ", "").split(
            "\r\n"
        )


def test_a_day_without_a_time_is_a_whole_day_and_rings_at_nine(book: Book) -> None:
    book("add", "星奥奥迪", "--next", "下周三 看车")
    (found,) = read(book("export", "calendar").out)
    assert (found["DTSTART"].dt, found["DTEND"].dt) == (date(2026, 12, 2), date(2026, 12, 3))
    (alarm,) = found.walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(hours=9)
    assert "DTSTART;VALUE=DATE:20261202\r\n" in book("export", "calendar").out


def test_the_description_says_who_where_it_stands_and_what_was_last(shop: Book) -> None:
    shop(
        "next",
        "1",
        "周五",
        "15:00",
        "--purpose",
        "needs",
        "--effect",
        "约到店总",
        "--keeper",
        "李四",
        "--place",
        "茶楼",
    )
    found = one(shop)
    assert found["description"].splitlines() == [
        "联系人：王总经理 139****1111",
        "店里电话：028-85551234",  # a shop's own landline stays
        "阶段：普通信息，A 级",
        *[line for line in found["description"].splitlines() if line.startswith("目的：")],
        "李四去",
        "要的效果：约到店总",
        "上次 2026-11-10：王**要看样品，电话 139****1111",
    ]
    assert "目的：" in found["description"]
    # where another place was agreed, the shop's coordinates are not told
    assert (found["location"], found["lat"], found["lng"]) == ("茶楼", None, None)


def test_personal_data_are_in_it_where_the_customer_agreed(shop: Book) -> None:
    shop("contact", "edit", "1", "王建国", "--birthday", "1980-02-29", "--hobbies", "钓鱼")
    masked = shop("export", "calendar")
    assert "13900001111" not in masked.out and "钓鱼" not in masked.out and "生日" not in masked.out
    assert "--with-personal" in masked.err
    unasked = shop("export", "calendar", "--with-personal")
    assert "13900001111" not in unasked.out  # nobody asked the customer yet
    birthday, visit = events(shop, "--with-personal", "--consent", "2026-11-20")
    assert visit["summary"] == "拜访 华星宝马：送样品给王建国"
    assert "13900001111" in visit["description"] and "钓鱼" in visit["description"]
    assert birthday["summary"] == "生日 王建国 总经理（华星宝马）" and birthday["yearly"]
    first, _ = read(shop("export", "calendar", "--with-personal").out)
    assert first["DTSTART"].dt == date(1980, 2, 29)
    assert first["RRULE"] == {"FREQ": ["YEARLY"], "BYMONTH": [2], "BYMONTHDAY": [-1]}


def test_an_incident_is_in_it_on_the_day_it_is_due(shop: Book) -> None:
    shop("incident", "1", "膜起泡，找王建国", "--due", "11-26")
    incident, _ = events(shop)
    assert (incident["kind"], incident["start"], incident["status"]) == (
        "incident",
        "2026-11-26",
        "CONFIRMED",
    )
    assert "膜起泡，找王**" in incident["summary"] and incident["alarm"]
    shop("incident", "solve", "1", "1", "换了", now="2026-11-25T10:00")
    solved, _ = events(shop, now="2026-11-25T10:00")
    assert solved["status"] == "CANCELLED" and solved["uid"] == incident["uid"]
    assert solved["sequence"] > incident["sequence"]


# --- what a change does


def test_a_move_is_the_same_event_with_a_higher_sequence(shop: Book) -> None:
    before = one(shop)
    shop("next", "1", "11-30", "10:00", "--why", "王总出差")
    after = one(shop)
    assert after["uid"] == before["uid"] and after["uid"].endswith("@salesflow")
    assert after["start"] == "2026-11-30T10:00" and after["sequence"] > before["sequence"]
    shop("next", "1", "12-02", "--why", "又出差")
    third = one(shop)
    assert (third["uid"], third["start"]) == (before["uid"], "2026-12-02")
    assert third["sequence"] > after["sequence"]
    # undone, it is where it was, and newer than what the phone has
    shop("undo", "--yes")
    back = one(shop)
    assert (back["uid"], back["start"]) == (before["uid"], "2026-11-30T10:00")
    assert back["sequence"] > third["sequence"]


def test_what_is_moved_out_of_the_days_is_still_told(shop: Book) -> None:
    shop("next", "1", "2027-03-01", "--why", "年后")
    found = one(shop, "--days", "7")
    assert (found["start"], found["status"]) == ("2027-03-01", "CONFIRMED")


@pytest.mark.parametrize(
    "words",
    [
        ("next", "1", "--no-next"),
        ("lose", "1", "--reason", "wrong_number"),
        ("log", "1", "提前谈过了", "--next", "12-10"),  # kept three days before the day
        ("undo", "--yes"),
    ],
    ids=lambda words: words[0],
)
def test_what_falls_away_is_cancelled(shop: Book, words: tuple[str, ...]) -> None:
    before = one(shop)
    if words[0] == "lose":
        words = ("lose", "1", "--reason", "competitor", "--to", "3M")
    shop(*words)
    found = {event["uid"]: event for event in events(shop)}
    gone = found[before["uid"]]
    assert gone["status"] == "CANCELLED" and gone["sequence"] > before["sequence"] and not gone["alarm"]
    if words[0] == "log":
        assert [event["start"] for event in found.values() if event["status"] == "CONFIRMED"] == [
            "2026-12-10"
        ]
    # after the window of thirty days nobody needs to be told any more
    assert before["uid"] not in {event["uid"] for event in events(shop, now="2027-02-01T10:00")}


def test_a_lead_that_was_undone_takes_its_events_along(book: Book) -> None:
    book("add", "星奥奥迪", "--next", "下周三 看车 13900001111")
    before = one(book)
    book("undo", "--yes")
    gone = one(book)
    assert (gone["uid"], gone["status"], gone["start"]) == (before["uid"], "CANCELLED", "2026-12-02")
    assert gone["sequence"] > before["sequence"] and "139****1111" in gone["summary"]
    book("redo")
    again = one(book)
    assert again["status"] == "CONFIRMED" and again["sequence"] > gone["sequence"]


def test_what_was_kept_stays_on_its_day_without_an_alarm(shop: Book) -> None:
    before = one(shop)
    shop("log", "1", "去了，留下", "--next", "12-10", now="2026-11-27T16:00")
    kept, following = events(shop, now="2026-11-27T16:00")
    assert (kept["uid"], kept["status"], kept["start"]) == (before["uid"], "CONFIRMED", before["start"])
    assert not kept["alarm"] and following["start"] == "2026-12-10" and following["uid"] != kept["uid"]


def test_two_exports_of_the_same_book_are_the_same_bytes(shop: Book, tmp_path: Path) -> None:
    shop("incident", "1", "膜起泡", "--due", "11-26")
    first, second = tmp_path / "a.ics", tmp_path / "b.ics"
    shop("export", "calendar", "-o", str(first))
    shop("export", "calendar", "-o", str(second), now="2026-11-24T18:30")
    assert first.read_bytes() == second.read_bytes()
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    for event in read(first.read_bytes()):
        assert event["DTSTAMP"].dt == datetime(2026, 11, 24, 2, 5, tzinfo=UTC)  # 10:05 in China


def test_a_change_of_the_shop_raises_the_sequence(shop: Book) -> None:
    before = one(shop)
    shop("edit", "1", "--set", "address=天府大道2号")
    after = one(shop)
    assert "天府大道2号" in after["location"] and after["sequence"] > before["sequence"]


# --- which events


def test_days_until_and_filters_choose(shop: Book) -> None:
    shop("add", "星奥奥迪", "--area", "锦江区", "--next", "12-20 看车")
    shop("add", "远方汽车", "--next", "2027-02-01")
    assert [event["lead_id"] for event in events(shop)] == [1, 2]
    assert "--days" in shop("export", "calendar").err  # one more later
    assert [event["lead_id"] for event in events(shop, "--days", "7")] == [1]
    assert [event["lead_id"] for event in events(shop, "--until", "2027-02-01")] == [1, 2, 3]
    assert [event["lead_id"] for event in events(shop, "--area", "锦江")] == [2]
    assert [event["lead_id"] for event in events(shop, "-g", "A", "--days", "999")] == [1]
    assert [event["lead_id"] for event in events(shop, "星奥")] == [2]
    shop.refuse(2, "export", "calendar", "--days", "3", "--until", "周五")
    shop.refuse(2, "export", "calendar", "--until", "昨天")
    shop.refuse(2, "export", "calendar", "-f", "xlsx")


def test_an_overdue_promise_stands_on_its_day(shop: Book) -> None:
    late = one(shop, now="2026-12-05T09:00")
    assert (late["start"], late["status"], late["alarm"]) == ("2026-11-27T15:00", "CONFIRMED", True)


def test_an_empty_book_has_an_empty_calendar(book: Book) -> None:
    text = book("export", "calendar").out
    assert text.startswith("BEGIN:VCALENDAR\r\n") and text.endswith("END:VCALENDAR\r\n")
    assert read(text) == []


# --- the bytes


def test_lines_are_folded_at_75_bytes_and_no_character_is_split() -> None:
    long = "送样品，看现场；带\\价目表, 再说一遍\n第二行𠮷野家🚗" * 20
    data = write_calendar(
        [Event("fu-1@salesflow", "2026-11-27", long, "CONFIRMED", 3, "2026-11-24T10:05", description=long)],
        "陈磊的跟进",
    )
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75 and b"\n" not in data.replace(b"\r\n", b"")
    for line in lines:
        line.decode("utf-8")
    (found,) = read(data)
    assert found["SUMMARY"] == long and found["DESCRIPTION"] == long


def test_control_characters_stay_out() -> None:
    data = write_calendar(
        [Event("fu-1@salesflow", "2026-11-27", "a\x07b\tc\r\nd\x00", "CONFIRMED", 0, "2026-11-24T10:05")],
        "x\x1b",
    )
    (found,) = read(data)
    assert found["SUMMARY"] == "ab c\nd" and b"\x07" not in data and b"\x1b" not in data


def test_both_languages(shop: Book) -> None:
    found = one(shop, lang="en")
    assert found["summary"].startswith("visit 华星宝马: ") or "华星宝马" in found["summary"]
    assert "Contact: " in found["description"]


def test_what_was_joined_undone_and_joined_again_is_one_event(book: Book, tmp_path: Path) -> None:
    other = Book(tmp_path / "other.db", book.patch)
    other("init", "--rep", "李四")
    other("add", "蓝天奥迪", "--next", "2026-12-01")
    book("team", "join", str(other.path))
    first = one(book)
    book("undo", "--yes")
    gone = one(book)
    assert (gone["uid"], gone["status"]) == (first["uid"], "CANCELLED")
    book("team", "join", str(other.path))
    again = one(book)
    assert (again["uid"], again["status"]) == (first["uid"], first["status"])
    assert first["sequence"] < gone["sequence"] < again["sequence"]
