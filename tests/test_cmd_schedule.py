"""``schedule``: what is printed is read here as those who will run it read it, and run where that can be done."""

from __future__ import annotations

import configparser
import os
import plistlib
import re
import shlex
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import datetime
from pathlib import Path

import pytest
from conftest import ROOT
from kit import Book

TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
TODAY = ["--no-input", "today", "--once", "--workdays", "--ahead"]


@pytest.fixture
def awkward(book: Book) -> Book:
    """A book whose path holds what every one of the four quotes in its own way."""
    folder = book.path.parent / "客户 100% 'a' $HOME"
    folder.mkdir()
    book.path = Path(shutil.move(book.path, folder / "我的 book.db"))
    return book


def program(words: list[str]) -> list[str]:
    """The words behind the program, which must be there and be named from the root."""
    first = 3 if words[1:3] == ["-m", "salesflow"] else 1
    assert os.path.isabs(words[0]) and os.access(words[0], os.X_OK)
    return words[first:]


def cron_of(text: str) -> tuple[list[str], str]:
    """The five fields of a crontab's line, and the command that cron hands to sh."""
    (line,) = text.splitlines()
    *fields, command = line.split(None, 5)
    assert re.search(r"(?<!\\)%", command) is None  # cron ends the command there
    return fields, command.replace(r"\%", "%")


def test_cron_runs_the_program_on_the_book_at_half_past_six(awkward: Book) -> None:
    fields, command = cron_of(awkward("schedule", "cron").out)
    assert fields == ["30", "18,19,20", "*", "*", "*"]
    words = shlex.split(command)
    assert words[:2] == ["umask", "077;"]
    end = words.index(">>")
    said = ["--db", str(awkward.path), "--lang", "zh", *TODAY, "-f", "chat"]
    assert program(words[2:end]) == said
    assert words[end + 1] == str(awkward.path.with_name("我的 book-today.txt"))


def test_what_cron_runs_tells_the_list_once(awkward: Book) -> None:
    awkward("add", "华星宝马", "--next", "12-01 送样")
    _, command = cron_of(awkward("schedule", "cron").out)
    environ = {"PYTHONPATH": str(ROOT), "SALESFLOW_NOW": "2026-11-30T18:30", "HOME": str(awkward.path.parent)}
    for _ in range(2):
        subprocess.run(["/bin/sh", "-c", command], env=environ, cwd="/", check=True)
    log = awkward.path.with_name("我的 book-today.txt")
    assert log.read_text("utf-8").splitlines()[0] == "【12-01 周二】要办 1 件，逾期 0"
    assert log.read_text("utf-8").count("华星宝马") == 1  # once, however often called, and in UTF-8
    assert log.stat().st_mode & 0o777 == 0o600
    subprocess.run(
        ["/bin/sh", "-c", command], env={**environ, "SALESFLOW_NOW": "2026-12-05T18:30"}, check=True
    )
    assert "12-0" in log.read_text("utf-8") and log.read_text("utf-8").count("【") == 1  # a Saturday


@pytest.mark.parametrize(
    ("at", "fields"),
    [
        ("07:30", ["30", "7,8,9"]),
        ("11:15", ["15", "11"]),  # after noon it would be another day's list
        ("12:00", ["0", "12,13,14"]),
        ("22:05", ["5", "22,23"]),
        ("晚上11点半", ["30", "23"]),
        ("6pm", ["0", "18,19,20"]),
    ],
)
def test_at_any_time_of_day(book: Book, at: str, fields: list[str]) -> None:
    assert cron_of(book("schedule", "cron", "--at", at).out)[0][:2] == fields


def test_a_push_is_named_and_is_there(book: Book) -> None:
    book.refuse(3, "schedule", "cron", "--push", "phone")
    book("config", "push.phone", "wecom")
    book.refuse(2, "schedule", "cron", "--push", "phone")  # its address lacks
    path = book.path.with_name("book.push.toml")
    path.write_text('[phone]\nurl = "https://127.0.0.1/secret-key"\n', "utf-8")
    path.chmod(0o600)
    for kind in ("cron", "systemd", "launchd", "windows"):
        done = book("schedule", kind, "--push", "Phone")
        assert "phone" in done.out and "secret-key" not in done.out + done.err
    assert shlex.split(cron_of(book("schedule", "cron", "--push", "phone").out)[1])[-5:-3] == [
        "--push",
        "phone",
    ]
    path.write_text("", "utf-8")
    done = book(
        "schedule", "cron", "--push", "phone", SALESFLOW_PUSH_PHONE_URL="https://127.0.0.1/secret-key"
    )
    assert "book.push.toml" in done.err and "secret-key" not in done.out + done.err


def units_of(text: str, folder: Path) -> list[Path]:
    """The two units, each written into the file that its comment names."""
    found = []
    for part in text.split("# ~/.config/systemd/user/")[1:]:
        name, _, body = part.partition("\n")
        (folder / name).write_text(body, "utf-8")
        found.append(folder / name)
    return found


def test_systemd_s_units(awkward: Book, tmp_path: Path) -> None:
    service, timer = units_of(awkward("schedule", "systemd", "--at", "18:45").out, tmp_path)
    read = configparser.RawConfigParser(strict=False)
    read.read_string(service.read_text("utf-8"))
    assert read["Service"]["Type"] == "oneshot" and read["Service"]["UMask"] == "0077"
    command = read["Service"]["ExecStart"].replace("%%", "%").replace("$$", "$")
    assert program(shlex.split(command)) == ["--db", str(awkward.path), "--lang", "zh", *TODAY, "-f", "chat"]
    times = [
        line.partition("=")[2] for line in timer.read_text("utf-8").splitlines() if line.startswith("OnC")
    ]
    assert times == ["*-*-* 18:45:00", "*-*-* 19:45:00", "*-*-* 20:45:00"]
    assert "Persistent=true" in timer.read_text("utf-8")  # a machine that slept tells it when it wakes


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here to read its units")
def test_systemd_takes_its_units(awkward: Book, tmp_path: Path) -> None:
    units = units_of(awkward("schedule", "systemd").out, tmp_path)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--user", *map(str, units)],
        capture_output=True,
        text=True,
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},
    )
    told = [line for line in done.stderr.splitlines() if "salesflow" in line]
    assert told == []
    days = subprocess.run(["systemd-analyze", "calendar", "*-*-* 18:30:00"], capture_output=True, text=True)
    assert days.returncode == 0


def test_launchd_s_property_list(awkward: Book) -> None:
    made = plistlib.loads(awkward("schedule", "launchd").out.encode())
    said = ["--db", str(awkward.path), "--lang", "zh", *TODAY, "-f", "chat"]
    assert program(made["ProgramArguments"]) == said
    assert made["StartCalendarInterval"] == [{"Hour": hour, "Minute": 30} for hour in (18, 19, 20)]
    assert made["StandardOutPath"] == made["StandardErrorPath"] and made["Umask"] == 0o077


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-16"]
)  # cmd and PowerShell write what is printed differently
def test_windows_task(awkward: Book, encoding: str) -> None:
    root = ET.fromstring(awkward("schedule", "windows").out.encode(encoding))
    trigger = root.find(f"{TASK}Triggers/{TASK}CalendarTrigger")
    assert trigger is not None
    begin = trigger.findtext(f"{TASK}StartBoundary")
    assert begin and datetime.fromisoformat(begin) == datetime(2026, 11, 24, 18, 30)
    assert trigger.findtext(f"{TASK}ScheduleByDay/{TASK}DaysInterval") == "1"
    assert trigger.findtext(f"{TASK}Repetition/{TASK}Interval") == "PT1H"
    assert root.findtext(f"{TASK}Settings/{TASK}StartWhenAvailable") == "true"
    assert root.findtext(f"{TASK}Actions/{TASK}Exec/{TASK}Command") == "cmd.exe"
    line = root.findtext(f"{TASK}Actions/{TASK}Exec/{TASK}Arguments") or ""
    assert line.startswith('/d /s /c "') and line.endswith('"')
    words, _, log = line.removeprefix('/d /s /c "').removesuffix('"').partition(" >> ")
    found = re.findall(r'"([^"]*)"', words)
    assert program(found) == ["--db", str(awkward.path), "--lang", "zh", *TODAY, "-f", "chat"]
    assert log == f'"{awkward.path.with_name("我的 book-today.txt")}" 2>&1'


def test_a_relative_book_is_named_from_the_root(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(book.path.parent)
    _, command = cron_of(book("--db", "book.db", "schedule", "cron").out)
    assert str(book.path) in shlex.split(command)


def test_the_installed_program_is_called_by_its_own_path(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "bin" / "salesflow"
    script.parent.mkdir()
    script.write_text("#!/bin/sh\n")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "argv", [str(script)])
    assert str(script) in shlex.split(cron_of(book("schedule", "cron").out)[1])
    monkeypatch.setattr(sys, "argv", ["salesflow"])
    monkeypatch.setenv("PATH", str(script.parent))
    assert str(script) in shlex.split(cron_of(book("schedule", "cron").out)[1])


def test_what_cannot_be_done_is_refused_in_a_line(book: Book) -> None:
    book.refuse(2, "schedule")
    book.refuse(2, "schedule", "anacron")
    book.refuse(2, "schedule", "cron", "--at", "25:00")
    book.refuse(2, "schedule", "cron", "--at", "明天")
    assert book("schedule", "cron", code=3, SALESFLOW_DB="none/no.db").out == ""
    assert book("定时", "cron", lang="en").err.startswith("Next: crontab -e")


def test_nothing_is_installed_and_the_book_stays_as_it_is(book: Book) -> None:
    before = book.dump()
    for kind in ("cron", "systemd", "launchd", "windows"):
        book("schedule", kind)
    assert book.dump() == before
