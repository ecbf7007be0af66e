"""``prepare``: one page before a visit or a call (F11, F12, F13, F15, K8, L5, L12)."""

from __future__ import annotations

import re
import tomllib
from html.parser import HTMLParser
from typing import Any

import pytest
from conftest import ROOT
from kit import Book, filled

KEYS = {
    "lead_id", "label", "name", "short", "process", "stage", "stage_title", "status", "grade", "need", "area", "city",
    "address", "phone", "kind", "brands", "supplier", "volume_month", "buying_step", "key_target", "helped_by", "owner",
    "goal_value", "goal_on", "appointment", "planned", "people", "promise", "said", "next_stage", "next_stage_title",
    "missing", "work", "guide", "objections", "worked", "competitors", "insiders", "incidents", "fields", "quotes",
    "effort", "customer_class", "care", "reorders", "service_plan", "negotiation", "strategies",
}  # fmt: skip
PROCESSES = sorted(path.stem for path in (ROOT / "salesflow" / "data" / "processes").glob("*.toml"))


def fill_shop(book: Book) -> None:
    """A shop of which much is known, and another that said the same."""
    people = ["--contact", "王建国 13900001234 buyer", "--contact", "孙小妹 13911112222 insider"]
    known = [
        "--set",
        "supplier=某膜",
        "--set",
        "volume_month=120",
        "--set",
        "difference=质保十年",
        "--need",
        "yes",
    ]
    where = [
        "--area",
        "武侯区",
        "--address",
        "武侯大道1号",
        "--phone",
        "028-85551234",
        "--brand",
        "宝马",
        "-g",
        "A",
    ]
    name = ["成都华星宝马汽车销售服务有限公司", "--short", "华星宝马"]
    book("add", *name, *where, *known, *people, now="2026-11-02T09:00")
    book("contact", "edit", "1", "王建国", "--hobbies", "钓鱼", "--birthday", "11-27", now="2026-11-02T09:00")
    for day, words in (
        ("05", ["visit", "1", "扫街"]),
        (
            "12",
            [
                "visit",
                "1",
                "见王建国，报了368，他的手机13900001234",
                "--result",
                "收下报价",
                "--hook",
                "带检测报告",
            ],
        ),
        ("19", ["call", "1", "孙小妹说对手给350", "--in"]),
    ):
        book(*words, "--no-next", now=f"2026-11-{day}T10:00")
    book("competitor", "1", "某膜", "--price", "350", "--strengths", "便宜", "--supporter", "王建国")
    book("objection", "1", "价格太贵了")
    book("incident", "1", "样膜起泡", "--due", "2026-11-30")
    book("quote", "1", "368", "--in-return", "首批50台")
    book("add", "锦泰奥迪")
    book("objection", "2", "你们太贵了", "--answer", "按每台利润算", "--worked", "yes")
    details = ["--purpose", "negotiate", "--place", "二楼", "--questions", "含不含施工"]
    book("next", "1", "周五", "14:30", "送第二份报价", *details)


@pytest.fixture
def shop(book: Book) -> Book:
    """A shop of which much is known, and another that said the same."""
    return filled(book, fill_shop)


def page(book: Book, *words: str, **more: str) -> dict[str, Any]:
    """``prepare --json``."""
    found: dict[str, Any] = book("prepare", "1", *words, "--json", **more).json
    return found


# --- what the page says


def test_the_json_has_all_of_it(shop: Book) -> None:
    found = page(shop)
    assert set(found) == KEYS
    assert (found["lead_id"], found["label"], found["goal_value"]) == (1, "华星宝马", None)
    assert [one["name"] for one in found["people"]] == ["王建国", "孙小妹"]
    person = found["people"][0]
    assert (person["role_titles"], person["last_contact"], person["phones"]) == (
        ["采购负责人"],
        "2026-11-12",
        ["13900001234"],
    )
    assert (found["promise"]["date"], found["promise"]["time"], found["promise"]["reason"]) == (
        "2026-11-27",
        "14:30",
        "送第二份报价",
    )
    assert found["appointment"]["place"] == "二楼"


def test_the_two_newest_follow_ups_with_their_hook(shop: Book) -> None:
    """F12, E9."""
    said = page(shop)["said"]
    assert [one["at"][:10] for one in said] == ["2026-11-19", "2026-11-12"]
    assert (said[1]["hook"], said[1]["result"], said[0]["incoming"]) == ("带检测报告", "收下报价", True)
    out = shop("prepare", "1").out
    assert "来电" in out and "由头：带检测报告" in out and "扫街" not in out


def test_what_the_next_gate_misses_and_how_to_ask(shop: Book) -> None:
    found = page(shop)
    gate = shop.show()["next_gate"]
    assert found["next_stage"] == gate["stage"]
    assert [one["code"] for one in found["missing"]] == gate["missing"]
    assert all(one["ask"] and one["command"].startswith("salesflow ") for one in found["missing"])


def test_the_guide_of_the_stage_the_open_points_first(shop: Book) -> None:
    """L12: what to prepare, ask, present, answer, how to close."""
    parts = [one["part"] for one in page(shop)["guide"]]
    assert list(dict.fromkeys(parts)) == ["open", "prepare", "ask", "present", "answer", "close"]
    codes = {one["code"] for one in page(shop)["guide"]}
    assert "which_district" not in codes and "which_kind" in codes  # the area is known, the kind is not


def test_objections_that_stand_and_answers_that_worked(shop: Book) -> None:
    """L5: the answer of another lead that said much the same."""
    found = page(shop)
    (one,) = found["objections"]
    assert (one["text"], one["answer"], found["worked"]) == ("价格太贵了", None, [])
    assert one["answers"] == [{"answer": "按每台利润算", "lead_id": 2, "short": "锦泰奥迪"}]
    assert "在 #2 锦泰奥迪 管用：按每台利润算" in shop("prepare", "1").out
    shop("objection", "edit", "1", "1", "--answer", "试一台", "--worked", "yes")
    found = page(shop)
    assert found["objections"] == [] and [one["answer"] for one in found["worked"]] == ["试一台"]


def test_competitors_quotes_incidents_and_the_own_fields(shop: Book) -> None:
    """F13, F15, M9."""
    found = page(shop)
    (rival,) = found["competitors"]
    assert (rival["name"], rival["price"], rival["strengths"], rival["supporter"]) == (
        "某膜",
        350,
        "便宜",
        "王建国",
    )
    assert [(one["amount"], one["in_return"]) for one in found["quotes"]] == [(368, "首批50台")]
    assert [(one["text"], one["due_on"]) for one in found["incidents"]] == [("样膜起泡", "2026-11-30")]
    fields = {one["code"]: one["value"] for one in found["fields"]}
    assert fields["difference"] == "质保十年" and fields["present_price"] is None


def test_what_the_insider_still_has_to_tell(shop: Book) -> None:
    """F13: what is known by now is not asked again."""
    (one,) = page(shop)["insiders"]
    codes = [point["code"] for point in one["points"]]
    assert one["people"] == ["孙小妹"]
    assert "film_in_use" not in codes and "our_chance" in codes  # the film is the supplier, which is known
    shop("evaluate", "1", "insider_tells", "our_chance")
    assert "our_chance" not in [point["code"] for point in page(shop)["insiders"][0]["points"]]


def test_what_the_grade_deserves_stands_in_the_head(shop: Book) -> None:
    """L8."""
    shop("edit", "1", "--grade", "H")
    found = page(shop)
    assert "盯到签字" in found["effort"]
    assert found["effort"] in shop("prepare", "1").out
    assert "every other day" in shop("prepare", "1", lang="en").out.lower()
    assert shop("prepare", "2", "--json").json["effort"] is None  # no grade yet


def test_a_name_alone_has_a_page_too(book: Book) -> None:
    book("add", "甲店")
    found = page(book)
    assert found["promise"] is None and found["said"] == [] and found["guide"]
    assert "salesflow next 1" in book("prepare", "1").out
    book("lose", "1", "--reason", "invalid")
    assert page(book)["missing"] == []


def test_the_goal_key_target_and_helper_stand_on_top(shop: Book) -> None:
    """F11, K9, E8."""
    shop(
        "edit",
        "1",
        "--goal",
        "12万",
        "--goal-on",
        "12-31",
        "--set",
        "key_target=yes",
        "--set",
        "helped_by=周总监",
    )
    out = shop("prepare", "1").out
    for part in ("12 万", "重点客户", "周总监协助"):
        assert part in out


# --- formats


def test_eighty_columns_on_a_terminal(shop: Book) -> None:
    from salesflow.render.layout import width

    for lang in ("zh", "en"):
        screen = shop("prepare", "1", lang=lang, tty=True, COLUMNS="80", TERM="dumb")
        assert max(width(line) for line in screen.lines) <= 80


@pytest.mark.parametrize("fmt", ["md", "chat", "html"])
def test_what_goes_to_others_masks_phones_and_leaves_personal_fields_out(shop: Book, fmt: str) -> None:
    """K8: also where they stand in a note."""
    told = shop("prepare", "1", "-f", fmt).out
    for secret in (
        "13900001234",
        "13911112222",
        "王建国",
        "孙小妹",
        "钓鱼",
        "11-27）",
        "生日",
    ):
        assert secret not in told
    assert "王**" in told.replace("\\", "") and "送第二份报价" in told
    assert "028-85551234" in told  # the shop's own landline stays
    shop("edit", "1", "--consent", "今天")
    own = shop("prepare", "1", "-f", fmt, "--with-personal").out
    for known in ("13900001234", "王建国", "钓鱼"):
        assert known in own


def test_the_reps_own_formats_are_whole(shop: Book) -> None:
    assert "13900001234" in shop("prepare", "1").out and "钓鱼" in shop("prepare", "1", "-f", "plain").out
    assert page(shop)["phone"] == "028-85551234"


class Reader(HTMLParser):
    """Reads a page: its tags in order, their attributes, and whether each is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """The tag noted."""
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """The tag closed, which must be the one opened last."""
        assert self.open.pop() == tag


def test_a_page_is_whole_in_itself_and_prints_to_a4(shop: Book) -> None:
    for lang, tag in (("zh", "zh-CN"), ("en", "en")):
        text = shop("prepare", "1", "-f", "html", lang=lang).out
        reader = Reader()
        reader.feed(text)
        assert reader.open == [] and text.startswith("<!doctype html>") and f'<html lang="{tag}">' in text
        assert not {"script", "link", "img", "iframe", "a", "object"} & set(reader.tags)
        assert not [value for name, value in reader.attributes if name in ("src", "href", "style")]
        assert "://" not in text and "url(" not in text and "@import" not in text
        assert "size: A4" in text and 'charset="utf-8"' in text


def test_no_text_of_the_data_is_a_tag(book: Book) -> None:
    book(
        "add",
        "<script>alert(1)</script>",
        "--contact",
        '<img src=x onerror="1">',
        "--set",
        "supplier=&amp;<b>",
    )
    book("visit", "1", "</p><script>x</script> {{ 7*7 }} {% if %}", "--no-next")
    for more in ([], ["--with-personal"]):
        text = book("prepare", "1", "-f", "html", *more).out
        reader = Reader()
        reader.feed(text)
        assert not {"script", "img", "b"} & set(reader.tags) and reader.open == []
        assert "{{ 7*7 }}" in text


def test_a_file_takes_its_format_from_its_ending(shop: Book) -> None:
    folder = shop.path.parent
    for name, begins in (("a.html", "<!doctype"), ("a.md", "# "), ("a.json", "{"), ("a.txt", "访前一页")):
        done = shop("prepare", "1", "-o", str(folder / name))
        written = (folder / name).read_text("utf-8")
        assert written.startswith(begins) and done.out == "" and name in done.err
        assert (folder / name).stat().st_mode & 0o777 == 0o600
    shop("prepare", "1", "-f", "md", "-o", str(folder / "b.html"))
    assert (folder / "b.html").read_text("utf-8").startswith("# ")
    assert shop("prepare", "1", "-f", "md", "-o", "-").out.startswith("# ")
    shop.refuse(2, "prepare", "1", "-o", str(folder / "a.pdf"))
    assert not (folder / "a.pdf").exists()
    shop.refuse(5, "prepare", "1", "-o", str(folder / "none" / "a.md"))


def test_html_is_for_this_command_alone(shop: Book) -> None:
    for words in (["today"], ["show", "1"], ["list"], ["report", "week"]):
        assert "html" in shop.refuse(2, *words, "-f", "html").err
    assert "html" in shop.refuse(2, "prepare", "1", "-f", "pdf").err
    assert shop("prepare", "1", SALESFLOW_FORMAT="html").out.startswith("<!doctype")
    shop.refuse(2, "today", SALESFLOW_FORMAT="html")


def test_names_and_the_choice_of_a_lead(shop: Book) -> None:
    assert shop("访前", "华星宝马").out == shop("prepare", "#1").out == shop("prepare", "王建国").out
    shop.refuse(3, "prepare", "南方大众")
    shop.refuse(2, "prepare")
    shop("next", "1", "今天", "--why", "x")
    assert "华星宝马" in shop("prepare", tty=True, answers=["1"]).out


def test_it_reads_and_writes_nothing(shop: Book) -> None:
    before = shop.path.read_bytes()
    for fmt in ("plain", "json", "jsonl", "csv", "tsv", "md", "chat", "html"):
        assert shop("prepare", "1", "-f", fmt).err == ""
    assert shop.path.read_bytes() == before


@pytest.mark.parametrize("code", PROCESSES)
def test_every_process_has_a_page_in_every_stage(book: Book, code: str) -> None:
    """L12: the guide of each stage is at hand; both languages."""
    path = ROOT / "salesflow" / "data" / "processes" / f"{code}.toml"
    stages = [stage["code"] for stage in tomllib.loads(path.read_text("utf-8"))["stage"]]
    book("add", "甲店", "--process", code)
    for place, stage in enumerate(stages):
        if place:
            book("advance", "1", stage, "--force", "--why", "试")
        for lang in ("zh", "en"):
            found = page(book, lang=lang)
            assert found["stage"] == stage and found["guide"], stage
            assert (
                re.search(r"[\u4e00-\u9fff]", "".join(one["title"] for one in found["guide"])) or lang == "en"
            )
            assert (
                book("prepare", "1", lang=lang, tty=True).out
                and book("prepare", "1", "-f", "html", lang=lang).out
            )
