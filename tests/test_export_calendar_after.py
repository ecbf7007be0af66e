"""Care visits and re-orders in the calendar: stable uids, moved with the delivery, cancelled with the order."""

from __future__ import annotations

from typing import Any

import pytest
from kit import Book


@pytest.fixture
def shop(book: Book) -> Book:
    """A shop that ordered on Monday 2026-03-02; Monday to Friday are worked.

    Its care visits: March 5 (day 3), April 1 (day 30, a Wednesday), June 1 (day 90 is Sunday May 31).
    """
    book.now = "2026-03-02T09:00"
    book("config", "set", "workdays", "mon-fri", now="2026-03-01T08:00")
    book("add", "华星宝马", "--phone", "028-85551234", "--contact", "王建国 13900001111")
    book("order", "1", "5.8万", "--no-advance")
    return book


def events(book: Book, kind: str, now: str = "2026-03-02T10:00", days: str = "40") -> list[dict[str, Any]]:
    """The events of that kind from 30 days before to so many after."""
    found = book("export", "calendar", "--days", days, "--json", now=now).json
    return [one for one in found if one["kind"] == kind]


def told(found: list[dict[str, Any]]) -> list[tuple[str, str, bool]]:
    """Day, status and alarm of each."""
    return [(one["start"][5:], one["status"], one["alarm"]) for one in found]


def test_care_visits_are_events_of_a_whole_day(shop: Book) -> None:
    found = events(shop, "care")
    assert told(found) == [("03-05", "CONFIRMED", True), ("04-01", "CONFIRMED", True)]
    assert found[0]["summary"] == "回访 华星宝马：头几台车贴得怎么样"
    assert "139" not in found[0]["description"].replace("139****", "")
    assert len({one["uid"] for one in found}) == 2


def test_a_delivery_moves_the_event_and_raises_its_sequence(shop: Book) -> None:
    """Delivered on Wednesday March 4: day 3 is Saturday 7, so Monday 9; day 30 is April 3."""
    before = events(shop, "care")
    shop("order", "deliver", "1", "--at", "2026-03-04", now="2026-03-04T18:00")
    after = events(shop, "care", now="2026-03-04T19:00")
    assert told(after) == [("03-09", "CONFIRMED", True), ("04-03", "CONFIRMED", True)]
    assert [one["uid"] for one in after] == [one["uid"] for one in before]
    assert all(new["sequence"] > old["sequence"] for old, new in zip(before, after, strict=True))


def test_a_visit_made_before_its_day_is_cancelled_and_one_made_on_it_stays(shop: Book) -> None:
    """The window of March 5 begins on March 4 (day 2 of 3)."""
    shop("call", "1", "早一天问了", now="2026-03-04T10:00")
    assert told(events(shop, "care", now="2026-03-04T11:00"))[0] == ("03-05", "CANCELLED", False)
    shop("undo", "--yes", now="2026-03-04T12:00")
    shop("call", "1", "当天问的", now="2026-03-05T10:00")
    assert told(events(shop, "care", now="2026-03-05T11:00"))[0] == ("03-05", "CONFIRMED", False)


@pytest.mark.parametrize("how", ["cancel", "undo", "lose"])
def test_what_is_cancelled_undone_or_lost_is_cancelled_on_the_phone(shop: Book, how: str) -> None:
    uids = {one["uid"] for one in events(shop, "care")}
    if how == "cancel":
        shop("order", "cancel", "1", "--why", "不要了")
    elif how == "undo":
        shop("undo", "--yes")
    else:
        shop("lose", "1", "--reason", "price")
    found = events(shop, "care")
    assert {one["uid"] for one in found} == uids
    assert {one["status"] for one in found} == {"CANCELLED"}
    assert not any(one["alarm"] for one in found)
    text = shop("export", "calendar", "--days", "40").out
    assert text.count("STATUS:CANCELLED") == 2


def test_an_order_that_is_redone_stands_in_the_calendar_again(shop: Book) -> None:
    before = {one["uid"] for one in events(shop, "care")}
    shop("undo", "--yes")
    shop("redo", "--yes")
    found = events(shop, "care")
    assert {one["uid"] for one in found} == before
    assert {one["status"] for one in found} == {"CONFIRMED"}


def test_the_day_to_ask_for_the_next_order(shop: Book) -> None:
    """30 days from March 2 are April 1; 7 days before is Wednesday March 25. The order of March 20 makes it needless,
    and lasts until April 19 (called to mind on Sunday 12, so Friday April 10)."""
    shop("product", "add", "前挡膜", "--cycle", "30天")
    shop("order", "edit", "1", "--line", "前挡膜 50 368", "--amount", "5.8万")
    (first,) = events(shop, "reorder")
    assert told([first]) == [("03-25", "CONFIRMED", True)]
    assert first["summary"] == "问再订 华星宝马：前挡膜"
    assert "用到 2026-04-01" in first["description"]
    shop("order", "1", "--line", "前挡膜 20 368", "--no-advance", now="2026-03-20T10:00")
    found = events(shop, "reorder", now="2026-03-20T11:00")
    assert told(found) == [("03-25", "CANCELLED", False), ("04-10", "CONFIRMED", True)]
    assert found[0]["uid"] == first["uid"]
    shop("order", "cancel", "2", "--why", "重复了", now="2026-03-21T10:00")
    found = events(shop, "reorder", now="2026-03-21T11:00")
    assert told(found) == [("03-25", "CONFIRMED", True), ("04-10", "CANCELLED", False)]


def test_a_reminder_that_did_its_work_stays(shop: Book) -> None:
    """Called to mind on March 25, ordered on March 26."""
    shop("product", "add", "前挡膜", "--cycle", "30天")
    shop("order", "edit", "1", "--line", "前挡膜 50 368", "--amount", "5.8万")
    shop("order", "1", "--line", "前挡膜 20 368", "--no-advance", now="2026-03-26T10:00")
    assert told(events(shop, "reorder", now="2026-03-26T11:00"))[0] == ("03-25", "CONFIRMED", False)


def test_two_products_of_one_order_are_two_events(shop: Book) -> None:
    """30 and 60 days from March 2: April 1 and May 1, called to mind on March 25 and Friday April 24."""
    shop("product", "add", "前挡膜", "--cycle", "30天")
    shop("product", "add", "侧窗膜", "--cycle", "60天")
    shop("order", "edit", "1", "--line", "前挡膜 50 368", "--line", "侧窗膜 50 200", "--amount", "5.8万")
    found = events(shop, "reorder", days="60")
    assert [one["start"][5:] for one in found] == ["03-25", "04-24"]
    assert len({one["uid"] for one in found}) == 2


def test_the_calendar_of_one_lead_holds_its_own_alone(shop: Book) -> None:
    shop("add", "锦泰奥迪")
    shop("order", "2", "1万", "--no-advance")
    found = shop("export", "calendar", "锦泰", "--json").json
    assert {one["lead_id"] for one in found} == {2}
    assert [one["kind"] for one in found] == ["care", "care"]


def test_a_product_that_lasts_longer_moves_the_event_on_the_phone(shop: Book) -> None:
    """30 days from March 2 are called to mind on March 25, 45 days (April 16) on Thursday April 9."""
    shop("product", "add", "前挡膜", "--cycle", "30天")
    shop("order", "edit", "1", "--line", "前挡膜 50 368", "--amount", "5.8万")
    (before,) = events(shop, "reorder")
    shop("product", "edit", "前挡膜", "--cycle", "45天")
    (after,) = events(shop, "reorder")
    assert (before["start"], after["start"]) == ("2026-03-25", "2026-04-09")
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
