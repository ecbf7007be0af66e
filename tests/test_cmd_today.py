"""``today``: buckets, order, counts, filters, and its JSON (cli.md, today --json)."""

from __future__ import annotations

import pytest
from kit import Book, filled

KEYS = {
    "lead_id", "name", "bucket", "due", "time", "days_late", "reason", "via", "short", "ask", "ask_title", "last_note",
    "deadline", "value", "stage", "stage_title", "grade", "area", "contact", "phone", "followups", "visits",
    "last_followup", "passive", "purpose", "place", "need", "key_target",
}  # fmt: skip


def buckets(book: Book, *words: str, **more: str) -> list[tuple[int, str]]:
    """(lead, bucket) of today's list, in its order."""
    return [(one["lead_id"], one["bucket"]) for one in book("today", *words, "--json", **more).json["items"]]


def fill_day(book: Book) -> None:
    """Leads for every bucket on November 24th 2026, 10:05."""

    def followed(name: str, when: str, *more: str, area: str = "武侯区") -> None:
        book("add", name, "--area", area, now="2026-11-02T09:00")
        lead = book("list", "--json", "--sort", "id").json[-1]["id"]
        book(
            "log",
            str(lead),
            "看了",
            *(["--next", when] if when else ["--no-next"]),
            *more,
            now="2026-11-02T10:00",
        )

    followed("一", "11月24日 14:30 签合同", "-g", "C")  # 1 timed
    followed("二", "11月24日 10:00 送样", "-g", "D", area="高新区")  # 2 timed, earlier
    followed("三", "11月20日 谈价", "-g", "B")  # 3 overdue by 4
    followed("四", "11月23日", "-g", "H")  # 4 overdue by 1, hotter
    followed("五", "11月10日", "-g", "B")  # 5 overdue by 14
    followed("六", "11月24日", "-g", "A")  # 6 due
    followed("七", "11月26日", "-g", "A", area="高新区")  # 7 due with --days 2
    followed("八", "")  # 8 unplanned
    book("add", "九", "--source", "enquiry", now="2026-11-22T21:00")  # 9: deadline the 24th, 09:00
    book("add", "十", now="2026-11-23T09:30")  # 10: deadline the 24th, 21:30
    book("add", "十一", now="2026-11-24T10:00")  # 11: deadline the 25th, 22:00


@pytest.fixture
def day(book: Book) -> Book:
    """Leads for every bucket on November 24th 2026, 10:05."""
    return filled(book, fill_day)


def test_the_buckets_and_their_order(day: Book) -> None:
    """First what has a time that day, by time; then bucket, grade, most days late."""
    found = [(9, "first_contact"), (2, "due"), (1, "due"), (10, "first_contact"), (4, "overdue"), (5, "overdue"),
             (3, "overdue"), (6, "due"), (8, "unplanned")]  # fmt: skip
    # the deadlines of 9 (09:00) and 10 (21:30) are times of that day too
    assert buckets(day) == [found[0], found[1], found[2], found[3], *found[4:]]


def test_the_json_has_the_keys_that_are_promised(day: Book) -> None:
    answer = day("today", "--json").json
    assert set(answer) == {"date", "counts", "items", "reminders"}
    assert answer["date"] == "2026-11-24"
    assert answer["counts"] == {"first_contact": 2, "overdue": 3, "due": 3, "unplanned": 1, "untouched": 0}
    assert {frozenset(KEYS - set(item)) for item in answer["items"]} == {frozenset()}


def test_what_an_item_says(book: Book) -> None:
    book("add", "成都华星宝马汽车销售服务有限公司", "--set", "city=成都", "--area", "武侯区", "-g", "A",
         "--source", "referral", "--contact", "小孙", "--contact", "王建国 13900001234", "--set", "goal_value=12万",
         now="2026-11-18T09:00")  # fmt: skip
    book("visit", "1", "报了368", "--next", "周五 14:00 送样", "--next-via", "phone", now="2026-11-19T11:00")
    (item,) = book("today", "--json").json["items"]
    assert {name: item[name] for name in KEYS} == {
        "lead_id": 1,
        "name": "成都华星宝马汽车销售服务有限公司",
        "bucket": "overdue",
        "due": "2026-11-20",
        "time": "14:00",
        "days_late": 4,
        "reason": "送样",
        "via": "phone",
        "short": "华星宝马",
        "ask": "need",
        "ask_title": "有没有需求",
        "last_note": "报了368",
        "deadline": None,
        "value": 120000,
        "stage": "info",
        "stage_title": "普通信息",
        "grade": "A",
        "area": "武侯区",
        "contact": "王建国",
        "phone": "13900001234",
        "followups": 1,
        "visits": 1,
        "last_followup": "2026-11-19",
        "passive": True,
        "purpose": None,
        "place": None,
        "need": "unknown",
        "key_target": False,
    }
    english = book("today", "--json", lang="en").json["items"][0]
    assert {name for name in KEYS if english[name] != item[name]} == {"ask_title", "stage_title"}


def test_a_first_contact_is_due_at_its_deadline(book: Book) -> None:
    book("add", "华星宝马", now="2026-11-22T21:00")
    assert buckets(book, now="2026-11-23T23:59") == []  # 36 hours on is the 24th, 09:00
    (item,) = book("today", "--json").json["items"]
    assert (item["bucket"], item["due"], item["time"], item["deadline"], item["days_late"]) == (
        "first_contact",
        "2026-11-24",
        "09:00",
        "2026-11-24T09:00",
        0,
    )
    assert book("today", "--json", now="2026-11-26T08:00").json["items"][0]["days_late"] == 2


def test_a_first_contact_due_before_the_next_morning_is_named_the_day_before(book: Book) -> None:
    """K1: what is about to be missed; it stands in no bucket yet."""
    book("add", "华星宝马", now="2026-11-22T15:00")  # until the 24th, 03:00
    book("add", "锦泰奥迪", now="2026-11-23T15:00", lang="zh")  # until the 25th: not yet
    done = book("today", now="2026-11-23T18:00")
    assert "第二天就到点的首次跟进：#1 华星宝马 03:00" in done.out and "锦泰奥迪" not in done.out
    assert "#1 华星宝马 03:00" in book("today", "-f", "chat", now="2026-11-23T18:00").out
    assert "the day after: #1" in book("today", now="2026-11-23T18:00", lang="en").out
    assert book("today", "--json", now="2026-11-23T18:00").json["counts"]["first_contact"] == 0
    assert "第二天" not in book("today", "--area", "武侯区", now="2026-11-23T18:00").out
    for number in range(6):
        book("add", f"店{number}", now="2026-11-22T16:00")
    named = next(line for line in book("today", now="2026-11-23T18:00").lines if "第二天" in line)
    assert named.count("#") == 5 and named.endswith("等")


def test_a_received_date_alone_counts_from_midnight(book: Book) -> None:
    book("add", "华星宝马", "--received", "昨天")
    assert book("today", "--json").json["items"][0]["deadline"] == "2026-11-24T12:00"


def test_a_lead_stands_in_one_bucket(book: Book) -> None:
    book("add", "华星宝马", "--next", "11月23日", now="2026-11-22T09:00")
    assert buckets(book) == [(1, "first_contact")]
    book("add", "锦泰", "--next", "11月25日")
    assert buckets(book, "--days", "1") == [(1, "first_contact"), (2, "due")]


def test_a_name_on_a_list_stands_nowhere(book: Book, tmp_path: object) -> None:
    file = book.path.with_name("list.csv")
    file.write_text("店名,区域\n甲,武侯区\n乙,武侯区\n", "utf-8")
    book("import", str(file), now="2026-11-01T08:00")
    answer = book("today", "--json").json
    assert answer["items"] == [] and answer["counts"]["untouched"] == 2
    assert [one["id"] for one in book("list", "--untouched", "--json").json] == [1, 2]
    # the line names what takes some of them along on the way, and what lists them
    assert "2 家没碰过：salesflow plan 顺路带几家，全部 salesflow list --untouched" in book("today").out
    assert {one["lead_id"] for one in book("plan", "--json").json["stops"]} == {1, 2}
    book("log", "1", "看了", "--no-next")
    assert book("today", "--json").json["counts"] == answer["counts"] | {"untouched": 1, "unplanned": 1}


def test_the_filters_and_the_counts_that_obey_them(day: Book) -> None:
    assert buckets(day, "--area", "高新区") == [(2, "due")]
    assert buckets(day, "--area", "高新区", "--days", "2") == [(2, "due"), (7, "due")]
    assert buckets(day, "--grade", "h") == [(4, "overdue")]
    assert buckets(day, "--grade", "A,H") == [(4, "overdue"), (6, "due")]
    assert [lead for lead, _ in buckets(day, "--grade", "-")] == [9, 10, 8]
    few = day("today", "--json", "--limit", "2").json
    assert [one["lead_id"] for one in few["items"]] == [9, 2]
    assert few["counts"]["overdue"] == 3
    assert day("today", "--json", "--area", "高新区").json["counts"] == {
        "first_contact": 0,
        "overdue": 0,
        "due": 1,
        "unplanned": 0,
        "untouched": 0,
    }
    day.refuse(2, "today", "--grade", "Q")
    day.refuse(2, "today", "--date", "尽快")
    day.refuse(2, "today", "--date", "")
    day.refuse(2, "today", "--grade", "")
    day.refuse(2, "list", "--grade", " ")
    day.refuse(2, "today", "--by", "grade")
    day.refuse(2, "today", "--days", "-1")
    day.refuse(2, "today", "--limit", "0")


def test_another_day(day: Book) -> None:
    assert (7, "due") in buckets(day, "--date", "周四")
    assert (7, "overdue") in buckets(day, "--date", "周五")
    assert day("today", "--json", "--date", "昨天").json["date"] == "2026-11-23"


def test_by_area_groups(day: Book) -> None:
    lines = day("today", "--by", "area").lines
    assert any(line.strip().startswith("武侯区") for line in lines)


def test_the_exit_code_says_whether_anything_is_late(book: Book) -> None:
    book("add", "华星宝马", now="2026-11-24T09:00")
    book("today", "--exit-code")
    book("today", "--exit-code", now="2026-11-25T20:59")  # the deadline passes at 21:00
    book("today", "--exit-code", now="2026-11-25T21:01", code=1)
    book("log", "1", "看了", "--next", "周四")
    book("today", "--exit-code", now="2026-11-26T09:00")
    book("today", "--exit-code", now="2026-11-27T09:00", code=1)
    book("today", now="2026-11-27T09:00")


def test_once_a_day_however_often_called_and_no_step(book: Book) -> None:
    book("add", "华星宝马", "--next", "周五")
    assert book("today", "--once").out != ""
    assert book("today", "--once").out == ""
    assert book("t", "--once", now="2026-11-25T07:00").out != ""
    book("undo")
    assert book("list", "--json").json == []
    book("redo")
    assert len(book("list", "--json").json) == 1
    assert book("check").out == ""


def test_the_bare_program_is_today(day: Book) -> None:
    assert day().out == day("today").out == day("今天").out == day("t").out


def test_in_a_pipe_everything_on_a_terminal_five_of_unplanned(book: Book) -> None:
    for number in range(1, 9):
        book("add", f"第{number}家")
        book("log", str(number), "看了", "--no-next")
    assert sum("家" in line and "#" in line for line in book("today").lines) == 8
    screen = book("today", tty=True)
    assert sum("#" in line and "第" in line for line in screen.lines) == 5
    assert "8" in screen.lines[-1] and "--unplanned" in screen.lines[-1]
    assert sum("#" in line and "第" in line for line in book("today", "--all", tty=True).lines) == 8


def test_chat_masks_phones_and_says_people_by_surname(book: Book) -> None:
    book("add", "华星宝马", "--contact", "王建国 13900001234", "--next", "今天 送样")
    said = book("today", "-f", "chat").out
    assert "13900001234" not in said and "王建国" not in said and "王" in said and "送样" in said
    book("edit", "1", "--consent", "今天")
    assert "13900001234" in book("today", "-f", "chat", "--with-personal").out


def test_a_reading_command_writes_nothing(day: Book) -> None:
    before = day.path.read_bytes()
    for words in (
        "today",
        "today --json",
        "show 1",
        "list",
        "find 看了",
        "history 1",
        "undo --list",
        "guide",
        "check",
    ):
        day(*words.split())
    assert day.path.read_bytes() == before


def test_an_area_is_named_by_its_beginning(book: Book) -> None:
    for name, area in (("甲店", "武侯区"), ("乙店", "武侯区"), ("丙店", "武清区"), ("丁店", "金牛区")):
        book("add", name, "--area", area, "--received", "2026-11-01")
    assert book("today", "--area", "武侯", "--json").json["counts"]["first_contact"] == 2
    assert [one["name"] for one in book("list", "--area", "金牛", "--json").json] == ["丁店"]
    assert "武侯区" in book.refuse(2, "today", "--area", "武").err
    assert book("today", "--area", "青羊", "--json").json["items"] == []
