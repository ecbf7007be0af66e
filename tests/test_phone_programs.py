"""Calendar and cards in the hands of those who read them: khal, khard, vdirsyncer, vobject; offline, in Chinese."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import icalendar
import pytest
from kit import Book

Program = Callable[..., str]

KHAL = """[calendars]
[[跟进]]
path = {home}/calendar
type = calendar
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = Asia/Shanghai
default_timezone = Asia/Shanghai
[sqlite]
path = {home}/khal.db
[default]
default_calendar = 跟进
"""
KHARD = """[addressbooks]
[[客户]]
path = {home}/contacts
[general]
default_action = list
[contact table]
display = formatted_name
localize_dates = no
[vcard]
preferred_version = 3.0
"""
VDIRSYNCER = """[general]
status_path = "{home}/status/"

[pair calendar]
a = "file"
b = "folder"
collections = null
conflict_resolution = "a wins"

[storage file]
type = "singlefile"
path = "{home}/week.ics"

[storage folder]
type = "filesystem"
path = "{home}/calendar"
fileext = ".ics"

[pair people]
a = "phone"
b = "laptop"
collections = null
conflict_resolution = "a wins"

[storage phone]
type = "filesystem"
path = "{home}/contacts"
fileext = ".vcf"

[storage laptop]
type = "filesystem"
path = "{home}/copy"
fileext = ".vcf"
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home of the test's own, with the settings of the three programs."""
    place = tmp_path / "home"
    for folder in ("calendar", "contacts", "copy", "status", "run"):
        (place / folder).mkdir(parents=True)
    for name, text in (("khal.conf", KHAL), ("khard.conf", KHARD), ("vdirsyncer.conf", VDIRSYNCER)):
        (place / name).write_text(text.format(home=place), encoding="utf-8")
    return place


@pytest.fixture
def run(home: Path) -> Program:
    """``run("khal", "list")``: what the program prints; skipped where it is not installed."""

    def program(name: str, *words: str, code: int = 0) -> str:
        beside = Path(sys.executable).parent / name
        found = str(beside) if beside.exists() else shutil.which(name)
        if not found:
            pytest.skip(f"{name} is not installed")
        folders = {
            f"XDG_{kind}_HOME": f"{home}/{kind.lower()}" for kind in ("DATA", "CONFIG", "CACHE", "STATE")
        }
        environ = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "LC_ALL": "C.UTF-8",
            "TZ": "Asia/Shanghai",
            "EDITOR": "true",
            "PYTHONWARNINGS": "ignore",
            **folders,
        }
        done = subprocess.run(
            [found, "-c", str(home / f"{name}.conf"), *words],
            env=environ,
            capture_output=True,
            text=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            timeout=120,
        )
        assert done.returncode == code, (words, done.stdout, done.stderr)
        for word in ("Traceback", "rror:", "nvalid", "CRITICAL"):
            assert word not in done.stderr, done.stderr
        return done.stdout

    return program


@pytest.fixture
def shop(book: Book) -> Book:
    """Three shops: one with two people and an appointment, one to call on a day, one without people."""
    book(
        "add", "华星宝马", "--area", "武侯区", "--address", "机场路1号", "--set", "city=成都市",
        "--set", "province=四川省", "--phone", "028-85551234", "--contact", "王建国 13900001111",
    )  # fmt: skip
    book(
        "contact", "edit", "1", "王建国", "--title", "总经理", "--birthday", "1980-11-30", "--wechat", "wang_jg",
        "--email", "wang@example.com", "--hobbies", "钓鱼、喝茶; 早上联系",
    )  # fmt: skip
    book("tag", "1", "重点")
    book("contact", "1", "欧阳娜娜", "决策人", "13900002222")
    book("contact", "edit", "1", "欧阳娜娜", "--birthday", "12-24", "--department", "采购部")
    book("next", "1", "周五", "15:00", "送样品，谈价; 带合同", "--effect", "请王总定下来" * 20)
    book("add", "星奥奥迪", "--next", "下周三 看车", "--contact", "张三 13900003333")
    book("contact", "edit", "2", "张三", "--birthday", "02-29")
    book("add", "远方汽车", "--phone", "021-55556666")
    return book


def listed(run: Program) -> str:
    """The days that khal has events on, from the middle of November on."""
    form = "{start-end-time-style}|{title}|{location}|{status}|{uid}|"
    return run("khal", "list", "--format", form, "2026-11-15", "60d")


def test_khal_reads_the_calendar(shop: Book, home: Path, run: Program) -> None:
    shop("export", "calendar", "-o", str(home / "week.ics"))
    run("khal", "import", "--batch", str(home / "week.ics"))
    found = listed(run)
    assert (
        "2026-11-27" in found
        and "15:00-16:00|拜访 华星宝马：送样品，谈价; 带合同|四川省成都市武侯区机场路1号|" in found
    )
    assert "2026-12-02" in found and "拜访 星奥奥迪：看车" in found
    said = run("khal", "list", "--format", "{description}", "2026-11-27", "1d")
    assert "请王总定下来" * 20 in said and "028-85551234" in said and "13900001111" not in said


def test_khal_follows_what_changes(shop: Book, home: Path, run: Program) -> None:
    week = home / "week.ics"
    shop("export", "calendar", "-o", str(week))
    run("khal", "import", "--batch", str(week))
    (before,) = (event for event in _events(week) if "华星" in event["SUMMARY"])
    shop("next", "1", "11-30", "10:00", "--why", "王总出差")
    shop("next", "2", "--no-next")
    shop("export", "calendar", "-o", str(week))
    run("khal", "import", "--batch", str(week))
    (after,) = (event for event in _events(week) if "华星" in event["SUMMARY"])
    assert after["UID"] == before["UID"] and after["SEQUENCE"] > before["SEQUENCE"]
    found = listed(run)
    assert found.count("华星宝马") == 1 and "2026-11-30\n10:00-11:00|拜访 华星宝马" in found.replace(
        "Monday, ", ""
    )
    assert "2026-11-27" not in found
    dropped = [line for line in found.splitlines() if "星奥" in line]
    assert all("CANCELLED" in line for line in dropped) and len(dropped) <= 1
    assert len(list((home / "calendar").glob("*.ics"))) == 2


def test_khal_keeps_birthdays_each_year(shop: Book, home: Path, run: Program) -> None:
    shop("export", "calendar", "--with-personal", "--consent", "今天", "-o", str(home / "week.ics"))
    run("khal", "import", "--batch", str(home / "week.ics"))
    for first, name in (
        ("2026-11-30", "王建国"),
        ("2027-11-30", "王建国"),
        ("2027-02-28", "张三"),
        ("2028-02-29", "张三"),
    ):
        assert f"生日 {name}" in run("khal", "list", "--format", "{title}", first, "1d")


def test_vdirsyncer_takes_the_calendar_apart_and_follows(shop: Book, home: Path, run: Program) -> None:
    shop("export", "calendar", "-o", str(home / "week.ics"))
    run("vdirsyncer", "discover", "calendar")
    run("vdirsyncer", "sync", "calendar")
    before = {path.name for path in (home / "calendar").glob("*.ics")}
    assert len(before) == 2
    shop("next", "1", "11-30", "10:00", "--why", "王总出差")
    shop("export", "calendar", "-o", str(home / "week.ics"))
    run("vdirsyncer", "sync", "calendar")
    after = list((home / "calendar").glob("*.ics"))
    assert {path.name for path in after} == before
    assert sum("DTSTART:20261130T100000" in path.read_text(encoding="utf-8") for path in after) == 1
    # nothing has changed since: nothing is written
    times = {path: path.stat().st_mtime_ns for path in after}
    shop("export", "calendar", "-o", str(home / "week.ics"), now="2026-11-24T20:00")
    run("vdirsyncer", "sync", "calendar")
    assert {path: path.stat().st_mtime_ns for path in after} == times


def test_khard_reads_the_cards(shop: Book, home: Path, run: Program) -> None:
    _spread(shop, home)
    rows = run("khard", "list", "-p").splitlines()
    assert len(rows) == 4
    names = " ".join(rows)
    assert all(name in names for name in ("王建国", "欧阳娜娜", "张三", "远方汽车"))
    shown = run("khard", "show", "王建国")
    for text in (
        "13900001111",
        "028-85551234",
        "wang@example.com",
        "华星宝马",
        "总经理",
        "钓鱼、喝茶; 早上联系",
    ):
        assert text in shown, shown
    assert "1980-11-30" in shown and "机场路1号" in shown and "重点" in shown
    assert "13900002222" in run("khard", "phone", "-p", "欧阳娜娜")
    assert "wang@example.com" in run("khard", "email", "-p", "王建国")
    assert "1980.11.30\t王建国" in run("khard", "birthdays", "-p")
    assert ".12.24\t欧阳娜娜" in run("khard", "birthdays", "-p")  # of no known year


def test_vdirsyncer_carries_the_cards(shop: Book, home: Path, run: Program) -> None:
    _spread(shop, home)
    run("vdirsyncer", "discover", "people")
    run("vdirsyncer", "sync", "people")
    here = sorted(path.read_bytes() for path in (home / "contacts").glob("*.vcf"))
    there = sorted(path.read_bytes() for path in (home / "copy").glob("*.vcf"))
    assert len(here) == 4 and [one.strip() for one in here] == [one.strip() for one in there]


def test_vobject_reads_both(shop: Book, home: Path) -> None:
    vobject = pytest.importorskip("vobject")
    shop("export", "contacts", "-f", "vcf", "-o", str(home / "all.vcf"))
    text = (home / "all.vcf").read_bytes().decode()
    cards = list(vobject.readComponents(text, validate=True))
    assert [card.fn.value for card in cards] == ["王建国", "欧阳娜娜", "张三", "远方汽车"]
    assert (cards[1].n.value.family, cards[1].n.value.given) == ("欧阳", "娜娜")
    assert cards[1].org.value == ["华星宝马", "采购部"]
    assert cards[0].note.value == "爱好：钓鱼、喝茶; 早上联系"
    assert [tel.value for tel in cards[0].tel_list] == ["13900001111", "028-85551234"]
    assert cards[0].adr.value.city == "成都市" and cards[0].adr.value.street == "机场路1号"
    for card in cards:
        card.serialize()
    shop("export", "calendar", "-o", str(home / "week.ics"))
    (calendar,) = vobject.readComponents((home / "week.ics").read_bytes().decode(), validate=True)
    assert [event.summary.value for event in calendar.vevent_list][0] == "拜访 华星宝马：送样品，谈价; 带合同"
    calendar.serialize()


def test_icalendar_gives_back_what_it_reads(shop: Book, home: Path) -> None:
    shop("export", "calendar", "-o", str(home / "week.ics"))
    data = (home / "week.ics").read_bytes()
    assert icalendar.Calendar.from_ical(data).to_ical() == data


def _events(path: Path) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT"))


def _spread(book: Book, home: Path) -> None:
    """The cards as a folder of files, as these programs keep them."""
    book("export", "contacts", "-f", "vcf", "-o", str(home / "all.vcf"))
    for card in (home / "all.vcf").read_bytes().split(b"END:VCARD\r\n")[:-1]:
        uid = next(line for line in card.split(b"\r\n") if line.startswith(b"UID:"))[4:].decode()
        (home / "contacts" / f"{uid}.vcf").write_bytes(card + b"END:VCARD\r\n")
