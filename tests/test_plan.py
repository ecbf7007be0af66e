"""``plan``: a day's and a week's visits laid out (E6, F11, M3, M4, K8)."""

from __future__ import annotations

from itertools import permutations
from math import asin, cos, radians, sin, sqrt
from typing import Any

import pytest
from kit import Book

KEYS = {
    "plan", "from", "to", "label", "area", "area_chosen", "start", "speed", "visit_minutes", "most_visits", "until",
    "days", "stops", "calls", "left_out", "left_out_counts", "unvisited_left", "leads",
}  # fmt: skip
STOP = {
    "date", "order", "kind", "lead_id", "name", "short", "arrive", "leave", "time", "wait_minutes", "late_minutes",
    "km", "km_known", "minutes", "due", "days_late", "deadline", "reason", "via", "purpose", "place", "grade", "value",
    "key_target", "stage", "stage_title", "process", "area", "city", "address", "lat", "lng", "located", "contact",
    "phone", "ask", "ask_title", "followups", "visits", "last_followup",
}  # fmt: skip
EARLY = "2026-11-24T08:00"  # a Tuesday, before the day begins


def lead(book: Book, name: str, when: str | None = None, *words: str, lat: float | None = None) -> int:
    """A lead that was visited on the 2nd, on the meridian 104 where a latitude is given; its id."""
    where = ["--set", f"lat={lat}", "--set", "lng=104"] if lat is not None else []
    said = book("add", name, "--note", "扫街", *where, *words, now="2026-11-02T09:00")
    if when:
        book("next", said.out.strip(), *when.split(), now="2026-11-02T09:05")
    return int(said.out)


def listed(book: Book, tmp: Any, *rows: str) -> None:
    """Names on a list, that nobody has touched: name, area, address, lat, lng."""
    path = tmp / "list.csv"
    path.write_text("店名,区,地址,lat,lng\n" + "\n".join(rows) + "\n", "utf-8")
    book("import", str(path))


def plan(book: Book, *words: str, now: str = EARLY, **more: Any) -> dict[str, Any]:
    """``plan --json``."""
    found: dict[str, Any] = book("plan", *words, "--json", now=now, **more).json
    assert set(found) == KEYS
    assert all(set(one) == STOP for one in found["stops"])
    return found


def names(found: dict[str, Any]) -> list[str]:
    """Whom the plan visits, in order."""
    return [one["short"] for one in found["stops"]]


def out(found: dict[str, Any]) -> list[tuple[str, str]]:
    """Who was left out and why."""
    return [(one["short"], one["why"]) for one in found["left_out"]]


# --- the order, the distances, the hours


def test_a_day_by_hand(book: Book) -> None:
    # 0.01 degree of latitude is 1.11195 km through the air, times 1.4 for streets: 1.557 km, at 25 km/h 224 s.
    # Three promises north of the start, a hundredth apart; 45 minutes each, set out at nine:
    # 9:03:44 to 9:48:44, 9:52:28 to 10:37:28, 10:41:12 to 11:26:12; minutes are rounded up.
    for name, lat in (("丙", 30.63), ("甲", 30.61), ("乙", 30.62)):
        lead(book, name, "2026-11-24 送样", lat=lat)
    found = plan(book, "--from", "30.60,104")
    assert names(found) == ["甲", "乙", "丙"]
    assert [one["km"] for one in found["stops"]] == [1.557] * 3
    assert [(one["arrive"], one["leave"]) for one in found["stops"]] == [
        ("09:04", "09:49"),
        ("09:53", "10:38"),
        ("10:42", "11:27"),
    ]
    assert [one["minutes"] for one in found["stops"]] == [4, 4, 4]  # 224 s
    (day,) = found["days"]
    assert (day["begin"], day["end"], day["visits"]) == ("09:00", "11:27", 3)
    assert (day["km"], day["minutes"]) == (4.671, 11)  # 3 * 1.557; 672 s
    assert all(one["km_known"] for one in found["stops"])


def test_the_settings_say_how_long_it_takes(book: Book) -> None:
    lead(book, "甲", "2026-11-24 送样", lat=30.61)
    for key, value in (
        ("speed", "50"),
        ("visit_minutes", "30"),
        ("day_start", "8点半"),
        ("home", "30.60,104"),
    ):
        book("config", key, value)
    (stop,) = plan(book)["stops"]
    assert (stop["arrive"], stop["leave"]) == ("08:32", "09:02")  # 1557 m at 50 km/h: 112 s
    assert plan(book)["start"]["label"] == "出发地"


def test_appointments_stand_at_their_times_and_the_rest_lies_round_them(book: Book) -> None:
    lead(book, "约十点", "2026-11-24 10:00 看样", lat=30.70)
    lead(book, "近", "2026-11-24 送样", lat=30.61)
    found = plan(book, "--from", "30.60,104")
    # near first (there 9:04, away 9:49); then 0.09 degrees, 14.011 km, 2018 s: 10:22, too late. So the other way round.
    assert names(found) == ["约十点", "近"]
    first = found["stops"][0]
    assert (first["kind"], first["time"], first["arrive"]) == ("appointment", "10:00", "10:00")
    assert found["days"][0]["begin"] == "09:22"  # 15.567 km take 2242 s: who need not wait sets out later
    assert (first["wait_minutes"], first["late_minutes"]) == (0, 0)


def test_an_hour_that_is_over_is_told_and_visited_all_the_same(book: Book) -> None:
    lead(book, "约十点", "2026-11-24 10:00 看样", lat=30.60)
    (stop,) = plan(book, "--from", "30.60,104", now="2026-11-24T11:02")["stops"]
    assert (stop["arrive"], stop["late_minutes"]) == ("11:05", 65)  # set out on the next five minutes


def air(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres by street between two points."""
    north, east = radians(other[0] - one[0]) / 2, radians(other[1] - one[1]) / 2
    share = sin(north) ** 2 + cos(radians(one[0])) * cos(radians(other[0])) * sin(east) ** 2
    return 1.4 * 2 * 6371.009 * asin(sqrt(share))


def test_the_way_is_the_shortest_of_all_orders(book: Book) -> None:
    places = [
        (30.61, 104.09),
        (30.68, 104.02),
        (30.59, 103.98),
        (30.66, 104.10),
        (30.64, 104.01),
        (30.57, 104.05),
    ]
    for number, (lat, lng) in enumerate(places):
        one = lead(book, f"店{number}", "2026-11-24 送样", lat=lat)
        book("edit", str(one), "--set", f"lng={lng}")
    start = (30.65, 104.06)
    best = min(
        sum(air(one, other) for one, other in zip((start, *order), order, strict=False))
        for order in permutations(places)
    )
    found = plan(book, "--from", "30.65,104.06")
    assert found["days"][0]["km"] == pytest.approx(best, abs=0.01)


def test_without_coordinates_area_and_street_order_the_day_and_are_told(book: Book) -> None:
    for name, area, address in (
        ("甲", "武侯区", "武侯大道1号"),
        ("子", "金牛区", "羊西路3号"),
        ("乙", "武侯区", "武侯大道9号"),
        ("丑", "金牛区", "羊西路8号"),
    ):
        lead(book, name, "2026-11-24 送样", "--area", area, "--address", address)
    found = plan(book)
    areas = [one["area"] for one in found["stops"]]
    assert areas in (["武侯区"] * 2 + ["金牛区"] * 2, ["金牛区"] * 2 + ["武侯区"] * 2)
    # 300 m in a street and 10 m a number, 8 km to another area
    assert sorted(one["km"] for one in found["stops"][1:]) == [0.35, 0.38, 8.0]
    assert found["stops"][0]["km"] is None
    assert "~8.0" in book("plan", now=EARLY).out
    assert "~" in book("plan", now=EARLY).lines[-1]


# --- who is visited, who is not


def test_promises_go_by_worth_and_lateness(book: Book) -> None:
    lead(book, "凉", "2026-11-10 二访", "-g", "C", lat=30.60)
    lead(book, "热", "2026-11-24 送样", "-g", "A", lat=30.60)
    lead(book, "热而大", "2026-11-24 送样", "-g", "A", lat=30.60)
    book("edit", "3", "--goal", "12万")
    lead(book, "热而迟", "2026-11-20 送样", "-g", "A", lat=30.60)
    lead(book, "重点", "2026-11-24 送样", "-g", "D", lat=30.60)
    book("edit", "5", "--set", "key_target=yes")
    order = ["重点", "热而大", "热而迟", "热", "凉"]  # key target; grade A by value, then days late; C
    for count in range(1, 5):
        found = plan(book, "--visits", str(count))
        assert set(names(found)) == set(order[:count])
        assert out(found) == [(name, "no_room") for name in order[count:]]
    assert plan(book, "--visits", "4")["stops"][0]["days_late"] in (0, 4)


def test_unvisited_leads_nearby_fill_the_day(book: Book, tmp_path: Any) -> None:
    lead(book, "到期", "2026-11-24 送样", "--area", "武侯区", lat=30.600)
    near = [f"近{number},武侯区,,{30.601 + number / 1000},104" for number in range(3)]
    listed(book, tmp_path, *near, "远,武侯区,,30.700,104", "别区,金牛区,,30.601,104", "没坐标,武侯区,,,")
    found = plan(book, "--from", "30.6,104", "--visits", "4")
    assert names(found) == ["到期", "近0", "近1", "近2"]
    assert [one["kind"] for one in found["stops"]] == ["due"] + ["unvisited"] * 3
    assert found["unvisited_left"] == 2  # 远 and 没坐标
    # 远 adds 15 km: that is no longer beside the way
    assert set(names(plan(book, "--from", "30.6,104"))) == {"到期", "近0", "近1", "近2", "没坐标"}
    assert "远" in names(plan(book, "--from", "30.6,104", "--area", "武侯区"))


def test_a_day_with_nothing_due_goes_to_the_area_with_most_unvisited(book: Book, tmp_path: Any) -> None:
    listed(book, tmp_path, "甲,金牛区,,,", "乙,武侯区,,,", "丙,武侯区,,,")
    found = plan(book)
    assert (set(names(found)), found["area"], found["area_chosen"]) == ({"乙", "丙"}, "武侯区", True)
    assert "武侯区" in book("plan", now=EARLY).out


def test_parked_and_lost_leads_are_never_visited(book: Book) -> None:
    for name in ("停", "丢", "在"):
        lead(book, name, "2026-11-24 送样", lat=30.6)
    book("park", "1", "--reason", "other", "--why", "装修", "--until", "2026-11-24", now="2026-11-03T09:00")
    book("lose", "2", "--reason", "other", "--why", "关店", now="2026-11-03T09:00")
    found = plan(book)
    assert names(found) == ["在"]
    assert out(found) == []


def test_phone_promises_are_calls_beside_the_way(book: Book) -> None:
    one = lead(book, "打电话", "2026-11-24 谈账期", "--phone", "13900003301", lat=30.6)
    book("next", str(one), "2026-11-24", "谈账期", "--via", "phone", "--why", "改", now="2026-11-02T10:00")
    lead(book, "去", "2026-11-24 送样", lat=30.6)
    found = plan(book)
    assert names(found) == ["去"]
    assert [(call["short"], call["phone"]) for call in found["calls"]] == [("打电话", "13900003301")]
    assert "139****3301" in book("plan", "-f", "chat", now=EARLY).out
    assert "13900003301" in book("plan", now=EARLY).out


def test_who_has_no_address_is_named_with_the_command_that_helps(book: Book) -> None:
    lead(book, "无址", "2026-11-24 送样")
    found = plan(book)
    assert out(found) == [("无址", "no_place")]
    assert "salesflow edit 1 --set address=" in book("plan", now=EARLY).out


def test_an_appointment_without_an_address_is_kept(book: Book) -> None:
    lead(book, "无址", "2026-11-24 10:00 见面")
    assert names(plan(book)) == ["无址"]


def test_until_leaves_out_what_there_is_no_time_for(book: Book) -> None:
    for number in range(4):
        lead(book, f"店{number}", "2026-11-24 送样", lat=30.6)
    found = plan(book, "--until", "10:30")  # an hour and a half: two visits
    assert len(found["stops"]) == 2
    assert [why for _, why in out(found)] == ["no_time"] * 2
    assert found["days"][0]["end"] == "10:30"


def test_an_area_leaves_others_out_but_no_appointment(book: Book) -> None:
    lead(book, "这里", "2026-11-24 送样", "--area", "武侯区")
    lead(book, "那里", "2026-11-24 送样", "--area", "金牛区")
    lead(book, "那里约好", "2026-11-24 15:00 见面", "--area", "金牛区")
    found = plan(book, "--area", "武侯")
    assert names(found) == ["这里", "那里约好"]
    assert found["left_out_counts"] == {"elsewhere": 1}


def test_an_appointment_that_somebody_else_keeps_is_theirs(book: Book) -> None:
    lead(book, "李四的", "2026-11-24 10:00 见面", lat=30.6)
    book("next", "1", "--keeper", "李四")
    lead(book, "我的", "2026-11-24 11:00 见面", lat=30.6)
    book("next", "2", "--keeper", "陈磊")
    found = plan(book)
    assert names(found) == ["我的"]
    assert out(found) == [("李四的", "keeper")]


def test_a_first_contact_comes_before_promises_and_is_called_where_there_is_no_way(book: Book) -> None:
    book("add", "新来", "--area", "武侯区", now="2026-11-24T07:00")
    book("add", "没地方", "--phone", "13900001234", now="2026-11-24T07:00")
    lead(book, "到期", "2026-11-24 送样", "--area", "武侯区")
    found = plan(book, "明天", "--visits", "1")
    assert [(one["short"], one["kind"]) for one in found["stops"]] == [("新来", "first_contact")]
    assert [one["short"] for one in found["calls"]] == ["没地方"]


def test_what_has_a_day_of_its_own_before_that_is_not_taken_again(book: Book) -> None:
    lead(book, "今天", "2026-11-24 送样", lat=30.6)
    lead(book, "周五", "2026-11-27 送样", lat=30.6)
    lead(book, "逾期", "2026-11-20 送样", lat=30.6)
    assert set(names(plan(book, "周五"))) == {"周五", "逾期"}
    # in the evening what was not done today is due the next day
    assert set(names(plan(book, now="2026-11-24T19:00"))) == {"今天", "逾期"}


# --- the place to set out from


def test_a_day_begins_at_a_lead_an_area_an_address_or_coordinates(book: Book) -> None:
    lead(book, "华星", "2026-11-24 送样", "--area", "武侯区", lat=30.60)
    lead(book, "锦泰", None, "--area", "高新区", lat=30.50)
    starts = {
        words: plan(book, "--from", words)["start"]
        for words in ("锦泰", "高新区", "高新区天府大道1号", "30.5,104")
    }
    assert {(one["lat"], one["lng"]) for one in starts.values()} == {(30.5, 104.0)}
    assert starts["锦泰"]["lead_id"] == 2
    assert (starts["30.5,104"]["km_known"], starts["高新区"]["km_known"]) == (True, False)


def test_the_home_of_config_is_where_the_day_begins(book: Book) -> None:
    lead(book, "华星", "2026-11-24 送样", "--area", "武侯区", lat=30.60)
    assert plan(book)["start"] is None
    book("config", "home", "武侯区武侯大道1号")
    assert plan(book)["start"]["area"] == "武侯区"
    book("config", "home", "火星")
    book.refuse(2, "plan", now=EARLY)


# --- bad input


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--until", "08:30"), "09:00"),
        (("--until", "晚饭"), "晚饭"),
        (("--area", "武候区"), "武侯区"),
        (("--area", "火星"), "武侯区"),
        (("--area", ""), "武侯区"),
        (("--visits", "0"), "0"),
        (("--visits", "31"), "31"),
        (("--from", "火星"), "火星"),
        (("--from", "200,300"), "200,300"),
        (("--from", "2"), "#2"),
        (("--from", ""), "--from"),
        (("尽快",), "尽快"),
        (("-f", "xlsx"), "xlsx"),
        (("-o", "way.pdf"), ".pdf"),
        (("--html", ""), "--html"),
        (("昨天", "--until", "08:00"), "08:00"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(book: Book, words: tuple[str, ...], said: str) -> None:
    lead(book, "华星", "2026-11-24 送样", "--area", "武侯区")
    lead(book, "无址")
    done = book.refuse(2, "plan", *words, lines=1, now=EARLY)
    assert said in done.err


def test_a_start_that_several_leads_are_is_asked_for(book: Book) -> None:
    for name in ("华星一店", "华星二店"):
        lead(book, name, lat=30.6)
    assert "华星二店" in book("plan", "--from", "华星", code=4, now=EARLY).err


def test_a_day_that_is_over_is_planned_with_a_word(book: Book) -> None:
    lead(book, "华星", "2026-11-23 送样", lat=30.6)
    done = book("plan", "2026-11-23", now=EARLY)
    assert "华星" in done.out
    assert done.err.count("\n") == 1
    assert "11-23" in done.err


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-11-24T19:00", "2026-11-25"),  # the day is over
        ("2026-11-28T10:00", "2026-11-30"),  # a Saturday
        ("2026-11-24T10:00", "2026-11-24"),
    ],
)
def test_without_a_day_it_is_the_working_day_that_is_left(book: Book, now: str, day: str) -> None:
    lead(book, "华星", "2026-11-24 送样", lat=30.6)
    assert plan(book, now=now)["from"] == day


def test_an_empty_book_says_what_is_missing(book: Book) -> None:
    for words in ((), ("week",)):
        done = book("plan", *words, now=EARLY)
        assert "salesflow import" in done.out
    assert plan(book)["stops"] == []
    assert book("plan", "-f", "csv", now=EARLY).lines[0].startswith("\ufeffdate,order,kind,lead_id")


def test_it_writes_nothing(book: Book) -> None:
    lead(book, "华星", "2026-11-24 送样", lat=30.6)
    before = book.dump()
    book("plan", now=EARLY)
    book("plan", "week", now=EARLY)
    assert book.dump() == before


# --- a week


def test_a_week_serves_a_district_a_day(book: Book) -> None:
    # twelve overdue in four areas, three a day: each working day from Tuesday to Friday has one area
    for number in range(12):
        lead(
            book,
            f"店{number}",
            "2026-11-20 送样",
            "--area",
            ("武侯区", "金牛区", "高新区", "双流区")[number % 4],
        )
    found = plan(book, "week", "--visits", "3")
    assert [one["date"] for one in found["days"]] == [f"2026-11-{day}" for day in (24, 25, 26, 27)]
    assert [(one["visits"], len(one["areas"])) for one in found["days"]] == [(3, 1)] * 4
    assert found["label"] == "2026-W48"


def test_a_week_s_promises_stand_on_their_day_or_before_it(book: Book) -> None:
    lead(book, "周四", "2026-11-26 送样", "--area", "武侯区")
    lead(book, "周三约", "2026-11-25 10:00 见面", "--area", "武侯区")
    lead(book, "周五", "2026-11-27 送样", "--area", "金牛区")
    lead(book, "周六约", "2026-11-28 10:00 见面", "--area", "金牛区")
    lead(book, "下周", "2026-11-30 送样", "--area", "金牛区")
    found = plan(book, "week")
    assert {one["short"]: one["date"] for one in found["stops"]} == {
        "周三约": "2026-11-25",
        "周四": "2026-11-25",  # the same district, a day before
        "周五": "2026-11-27",
        "周六约": "2026-11-28",  # no working day, but agreed
    }


def test_a_promise_on_a_day_that_is_not_worked_goes_to_the_nearest_working_day(book: Book) -> None:
    lead(book, "周日", "2026-11-29 送样", "--area", "武侯区")
    assert [one["date"] for one in plan(book, "week")["stops"]] == ["2026-11-27"]
    book("config", "workdays", "周一至周六")
    assert [one["date"] for one in plan(book, "week")["stops"]] == ["2026-11-28"]
    # the day before is given to another district: the nearest that is free
    lead(book, "周六", "2026-11-28 送样", "--area", "金牛区")
    found = plan(book, "week")
    assert {one["short"]: one["date"] for one in found["stops"]} == {
        "周六": "2026-11-28",
        "周日": "2026-11-27",
    }


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "排在约好的日子前面 1 家，去之前说一声：#1 周四 11-26"),
        ("en", "Before the day promised: 1. Tell them first: #1 周四 11-26"),
    ],
)
def test_a_week_names_who_is_visited_before_the_day_promised(book: Book, lang: str, said: str) -> None:
    lead(book, "周四", "2026-11-26 送样", "--area", "武侯区")
    lead(book, "周三约", "2026-11-25 10:00 见面", "--area", "武侯区")
    lead(book, "迟了", "2026-11-20 送样", "--area", "金牛区")
    assert said in book("plan", "week", lang=lang, now=EARLY).out
    assert said.split("1")[0] not in book("plan", lang=lang, now=EARLY).out


def test_a_week_says_who_has_no_room(book: Book) -> None:
    for number in range(6):
        lead(book, f"店{number}", "2026-11-20 送样", "--area", "武侯区")
    lead(book, "无址", "2026-11-20 送样")
    found = plan(book, "week", "--visits", "1")
    assert [one["visits"] for one in found["days"]] == [1] * 4
    assert found["left_out_counts"] == {"no_room": 2, "no_place": 1}


@pytest.mark.parametrize("words", [("下周",), ("next", "week")])
def test_the_week_to_come(book: Book, words: tuple[str, ...]) -> None:
    lead(book, "华星", "2026-12-02 送样", "--area", "武侯区")
    found = plan(book, *words)
    assert (found["from"], found["to"]) == ("2026-11-30", "2026-12-06")
    assert [one["date"] for one in found["stops"]] == ["2026-12-02"]


def test_the_rep_s_own_week_counts(book: Book) -> None:
    book("config", "workdays", "周一至周六")
    lead(book, "华星", "2026-11-20 送样", "--area", "武侯区")
    assert len(plan(book, "week")["days"]) == 5
