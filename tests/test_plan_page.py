"""What ``plan`` hands out: a page with a map, a calendar, a message; masked, escaped, whole or not at all (K8)."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from kit import Book

from salesflow.render.as_map import HIGH, WIDE, Dot, drawing

EARLY = "2026-11-24T08:00"
EVIL = '<script>alert("x")</script>&amp;'


@pytest.fixture
def shops(book: Book) -> Book:
    """Two due, one of them at two o'clock, with people; one has a name that is markup."""
    given = ["--note", "扫街", "--area", "武侯区"]
    person = ["--contact", "王建国 13900001234 buyer"]
    where = ["--set", "lat=30.61", "--set", "lng=104"]
    book("add", "华星宝马", *given, *person, *where, now="2026-11-02T09:00")
    book("add", EVIL, *given, "--address", "武侯大道<b>1号", now="2026-11-02T09:00")
    book("next", "1", "2026-11-24", "14:00", "王建国", "手机13900001234", now="2026-11-02T09:05")
    book("next", "2", "2026-11-24", EVIL, now="2026-11-02T09:05")
    return book


class _Page(HTMLParser):
    """The tags of a page, what they fetch, and whether each is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.fetched += [value or "" for name, value in attrs if name in ("src", "href", "xlink:href")]
        if tag not in ("meta", "link", "br", "rect", "circle", "path", "polyline"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def page_of(book: Book, tmp: Path, *words: str, **more: Any) -> str:
    """The page of the plan."""
    path = tmp / "way.html"
    book("plan", *words, "--from", "30.60,104", "--html", str(path), now=EARLY, **more)
    return path.read_text("utf-8")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("words", [(), ("week",)])
def test_the_page_is_whole_in_itself_and_every_value_is_escaped(
    shops: Book, tmp_path: Path, lang: str, words: tuple[str, ...]
) -> None:
    text = page_of(shops, tmp_path, *words, lang=lang)
    page = _Page()
    page.feed(text)
    assert page.open == []
    assert "script" not in page.seen
    assert "b" not in page.seen
    assert {"svg", "table", "circle"} <= page.seen
    assert page.fetched == []
    assert re.findall(r"https?://[^\"' <]+", text) == ["http://www.w3.org/2000/svg"]
    assert "default-src 'none'" in text
    assert "size: A4" in text


def test_what_goes_to_others_names_nobody_whole(shops: Book, tmp_path: Path) -> None:
    texts = [
        page_of(shops, tmp_path),
        *(shops("plan", "-f", name, now=EARLY).out for name in ("md", "chat", "ics")),
    ]
    for text in texts:
        assert "13900001234" not in text.replace("\r\n ", "")
        assert "王建国" not in text.replace("\r\n ", "")
    assert "139****1234" in texts[0]
    whole = shops("plan", "-f", "json", now=EARLY).out + shops("plan", now=EARLY).out
    assert "13900001234" in whole


def test_a_customer_who_agreed_may_be_handed_on_whole(shops: Book, tmp_path: Path) -> None:
    done = shops("plan", "-f", "md", "--with-personal", now=EARLY)
    assert "13900001234" not in done.out
    assert done.err
    for lead in ("1", "2"):
        shops("edit", lead, "--consent", "2026-11-20")
    assert "13900001234" in shops("plan", "-f", "md", "--with-personal", now=EARLY).out


def test_the_message_begins_each_line_with_the_lead_s_number(shops: Book) -> None:
    lines = shops("plan", "--from", "30.60,104", "-f", "chat", now=EARLY).lines
    assert [line[:2] for line in lines[1:3]] in (["#1", "#2"], ["#2", "#1"])
    assert "14:00" in "".join(lines)


# --- the calendar


def test_the_calendar_holds_each_stop_at_its_hour(shops: Book, tmp_path: Path) -> None:
    path = tmp_path / "way.ics"
    shops("plan", "--from", "30.60,104", "--ics", str(path), now=EARLY)
    events = {str(one["UID"]): one for one in Calendar.from_ical(path.read_bytes()).walk("VEVENT")}
    stops = {
        one["lead_id"]: one for one in shops("plan", "--from", "30.60,104", "--json", now=EARLY).json["stops"]
    }
    by_hour = {f"{one['DTSTART'].dt:%H:%M}": one for one in events.values()}
    assert set(by_hour) == {"14:00", stops[2]["arrive"]}
    assert all(
        one["DTEND"].dt - one["DTSTART"].dt == by_hour["14:00"]["DTEND"].dt - by_hour["14:00"]["DTSTART"].dt
        for one in events.values()
    )
    assert (by_hour["14:00"]["DTEND"].dt - by_hour["14:00"]["DTSTART"].dt).seconds == 45 * 60
    assert by_hour["14:00"]["GEO"].to_ical() == "30.61;104.0"
    # the appointment is the very event of `export calendar`, the other one of its own
    told = Calendar.from_ical(shops("export", "calendar", now=EARLY).out.encode())
    assert str(by_hour["14:00"]["UID"]) in {str(one["UID"]) for one in told.walk("VEVENT")}
    assert str(by_hour[stops[2]["arrive"]]["UID"]).startswith("visit-2026-11-24-")


def test_a_later_plan_moves_the_events_of_the_earlier_one(shops: Book) -> None:
    def event(now: str) -> Any:
        found = Calendar.from_ical(shops("plan", "-f", "ics", now=now).out.encode()).walk("VEVENT")
        return next(one for one in found if str(one["UID"]).startswith("visit-"))

    first, second = event(EARLY), event("2026-11-24T09:40")
    assert first["UID"] == second["UID"]
    assert second["SEQUENCE"] > first["SEQUENCE"]
    assert second["DTSTART"].dt > first["DTSTART"].dt


# --- files


@pytest.mark.parametrize("option", ["--html", "--ics", "-o"])
def test_a_path_that_cannot_be_written_leaves_what_was_there(
    shops: Book, tmp_path: Path, option: str
) -> None:
    shops.refuse(5, "plan", option, str(tmp_path / "none" / "way.html"), lines=1, now=EARLY)
    path = tmp_path / "way.html"
    path.write_text("alt")
    tmp_path.chmod(0o500)
    try:
        if not _writable(tmp_path):
            shops.refuse(5, "plan", option, str(path), lines=1, now=EARLY)
            assert path.read_text() == "alt"
    finally:
        tmp_path.chmod(0o700)
    shops("plan", option, str(path), now=EARLY)
    assert path.read_text("utf-8") != "alt"


def _writable(folder: Path) -> bool:
    try:
        (folder / "probe").touch()
    except OSError:
        return False
    (folder / "probe").unlink()
    return True


def test_a_book_is_never_overwritten(shops: Book) -> None:
    shops.refuse(1, "plan", "--html", str(shops.path), lines=2, now=EARLY)


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("w.html", "<!doctype"),
        ("w.ics", "BEGIN:VCALENDAR"),
        ("w.md", "# "),
        ("w.json", "{"),
        ("w.csv", "\ufeffdate"),
    ],
)
def test_the_ending_says_what_is_written(shops: Book, tmp_path: Path, name: str, begins: str) -> None:
    done = shops("plan", "-o", str(tmp_path / name), now=EARLY)
    assert done.out == ""
    assert (tmp_path / name).read_bytes().decode().startswith(begins)
    assert (tmp_path / name).stat().st_mode & 0o077 == 0


def test_the_page_and_the_calendar_come_besides_the_answer(shops: Book, tmp_path: Path) -> None:
    done = shops("plan", "--html", str(tmp_path / "a.html"), "--ics", str(tmp_path / "a.ics"), now=EARLY)
    assert "华星宝马" in done.out
    assert done.err.count("\n") == 2


# --- the map


def coordinates(svg: str) -> list[tuple[float, float]]:
    """Where the circles stand."""
    return [(float(x), float(y)) for x, y in re.findall(r'<circle cx="([\d.-]+)" cy="([\d.-]+)"', svg)]


def test_the_map_keeps_directions_and_proportions() -> None:
    # at 60 degrees a degree of longitude is half as long as one of latitude
    svg = drawing(
        [Dot(60.0, 10.0, "1", "a"), Dot(60.1, 10.0, "2", "b"), Dot(60.0, 10.2, "3", "c")], None, "t", "N"
    )
    (x1, y1), (x2, y2), (x3, y3) = coordinates(svg)
    assert x1 == x2
    assert y1 == y3
    assert y2 < y1
    assert x3 > x1
    assert (y1 - y2) / (x3 - x1) == pytest.approx(1, abs=0.01)
    assert all(0 < x < WIDE and 0 < y < HIGH for x, y in coordinates(svg))


def test_stops_at_one_place_stand_beside_each_other() -> None:
    points = coordinates(drawing([Dot(30.6, 104.0, str(one), "x") for one in range(5)], None, "t", "N"))
    assert len(set(points)) == 5


def test_a_map_of_nothing_is_none_and_texts_are_escaped() -> None:
    assert drawing([], None, "t", "N") == ""
    svg = drawing([Dot(30.6, 104.0, "1", EVIL + "\x1b")], Dot(30.6, 104.1, "<", ""), "<t>", "<N>")
    assert "<script" not in svg
    assert "\x1b" not in svg
    assert "<t>" not in svg


@pytest.mark.skipif(not shutil.which("chromium"), reason="no chromium on this machine")
def test_a_browser_draws_the_page_without_a_word(shops: Book, tmp_path: Path) -> None:
    page_of(shops, tmp_path)
    shot = tmp_path / "way.png"
    run = subprocess.run(
        [
            "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--log-level=0",
            f"--user-data-dir={tmp_path / 'profile'}", f"--screenshot={shot}", "--window-size=820,1160",
            (tmp_path / "way.html").as_uri(),
        ],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert "CONSOLE" not in run.stderr
    assert shot.stat().st_size > 10_000
