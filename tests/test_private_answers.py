"""What goes to others says nothing personal, whatever the command, kind or format (K8, J6, J9; cli.md, last lines).

One person with a word of their own in every personal field, and their numbers in every text of the book; every
command that reads, every report and every kind of export is asked for every format that goes to others.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import canary
import pytest
from kit import Book, Run, filled

from salesflow.commands import registry
from salesflow.commands.export import KINDS as EXPORTS
from salesflow.commands.report_kinds import KINDS as REPORTS

# what nobody else is to read, by the field that it stands in
SECRET = {
    "phones": canary.PHONE,
    "wechat": "canary_wx",
    "email": "canary@example.com",
    "character": "脾气急躁",
    "hobbies": "爱打高尔夫",
    "family": "太太姓柳",
    "friends": "同学老白",
    "birthday": "06-17",
}
WORDS = tuple(SECRET.values())
SAID = f"打 {canary.PHONE} 或 139-0000-9999 或 139 0000 9999"

# every command that reads, with the words that make it say something; {lead} is the lead
READS = {
    "today": (["today"],),
    "show": (["show", "1"], ["show", "1", "--all"]),
    "find": (["find", "华星"], ["find", canary.PHONE]),
    "list": (["list"],),
    "plan": (["plan"], ["plan", "week"]),
    "prepare": (["prepare", "1"],),
    "contact list": (["contact", "1"],),
    "contact chain": (["contact", "chain", "1"],),
    "objection list": (["objection", "1"], ["objection"]),
    "objection find": (["objection", "find", "贵"],),
    "quote list": (["quote", "1"], ["quote"]),
    "quote plan": (["quote", "plan", "1"],),
    "order list": (["order", "1"], ["order"]),
    "payment list": (["payment", "1"], ["payment"]),
    "payment due": (["payment", "due"],),
    "history": (["history", "1"], ["history"]),
    "guide": (["guide", "info"],),
    "incident list": (["incident", "1"], ["incident"]),
    "referral list": (["referral", "1"],),
    "competitor list": (["competitor", "1"], ["competitor"]),
    "evaluate": (["evaluate", "1"],),
    "action list": (["action"],),
    "tag list": (["tag"], ["tag", "1"]),
    "team unsigned": (["team", "unsigned"],),
    "team conflicts": (["team", "conflicts"],),
    "dupes": (["dupes"],),
    "undo": (["undo", "--list"],),
    "report": tuple(["report", name] for name in REPORTS),
}
# how an export is handed on: a sheet, a calendar, and with --mask what is for oneself otherwise
HANDED_ON = (["-o", "a.xlsx"], ["-o", "a.ics"], ["--mask", "-o", "a.csv"], ["--mask", "-o", "a.vcf"],
             ["--mask", "-o", "a.json"])  # fmt: skip
# these tell nothing of a customer: settings, processes, products, targets, files, dates, help
OTHERS = frozenset(
    ("product list", "target list", "target solve", "spend list", "process list", "process show", "process check",
     "config list", "schedule", "backup make", "backup list", "backup verify", "backup test", "check", "init",
     "restore", "salvage", "demo", "when", "completion", "help", "export", "forget", "contact forget")
)  # fmt: skip


def fill_all(book: Book) -> None:
    """One person in every field and text of a book."""
    book("add", "华星宝马", "--phone", canary.PHONE, "--contact", f"金大年 {canary.PHONE}", "--need", "yes",
         "--set", f"备用={SAID}", "--next", f"今天 {SAID}")  # fmt: skip
    values = [word for name in SECRET if name != "phones" for word in (f"--{name}", SECRET[name])]
    book(
        "contact",
        "edit",
        "1",
        "金大年",
        *values,
        "--role",
        "采购负责人",
        "--title",
        "经理",
        "--department",
        "采购部",
    )
    for words in (
        ["visit", "1", SAID, "--with", "金大年", "--learned", SAID, "--did", SAID, "--feedback", SAID,
         "--progress", SAID, "--result", SAID, "--hook", SAID, "--grade", "A", "--next", f"今天 {SAID}"],
        ["next", "1", "明天", SAID, "--why", SAID, "--place", SAID, "--keeper", SAID, "--booked-by", SAID,
         "--effect", SAID, "--questions", SAID, "--content", SAID],
        ["advance", "1", "qualified", "--force", "--why", SAID],
        ["objection", "1", f"太贵 {SAID}", "--answer", SAID, "--with", "金大年", "--worked", "yes"],
        ["incident", "1", SAID, "--due", "明天"],
        ["incident", "follow", "1", "1", SAID],
        ["competitor", "1", "乙膜", "--strengths", SAID, "--weaknesses", SAID, "--note", SAID, "--supporter", "金大年"],
        ["quote", "1", "368", "前挡", "--in-return", SAID],
        ["quote", "plan", "1", "--interests", SAID, "--open", SAID, "--fixed", SAID, "--alternatives", SAID],
        ["order", "1", "58000", "--due", "明天", "--no-advance"],
        ["payment", "1", "1万", "--method", SAID],
        ["evaluate", "1", "opportunity", "need", "--note", SAID],
        ["team", "sign", "1", "--by", "李总", "--note", SAID],
        ["action", "add", SAID, "--due", "明天"],
        ["tag", "1", "重点"],
        ["edit", "1", "--goal", "5万"],
        ["target", "set", "visits", "20", "--period", "month"],
        ["product", "add", "前挡", "--note", SAID],
        ["add", "华星宝马二店", "--contact", f"金大年 {canary.PHONE}", "--note", SAID, "--anyway"],
        ["lose", "2", "--reason", "other", "--why", SAID],
        ["edit", "1", "--set", f"address=武侯大道 {SAID}", "--set", f"shareholders={SAID}"],
    ):  # fmt: skip
        book(*words)


@pytest.fixture
def told(book: Book) -> Book:
    """The same, copied."""
    return filled(book, fill_all)


def leaked(data: bytes | str, *more: str) -> list[str]:
    """Which of the secrets stand there; the year and day of a birthday too."""
    return canary.in_bytes(
        data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"), *WORDS, *more
    )


def test_the_book_holds_every_secret_in_many_places(told: Book) -> None:
    """The looking itself: what the rep keeps has all of it, and so would an answer that hid nothing."""
    whole = told("export", "all", "-f", "jsonl").out
    assert leaked(whole) == list(WORDS)
    holding = {
        json.loads(line)["type"]
        for line in whole.splitlines()
        if canary.in_bytes(line.encode(), canary.PHONE)
    }
    assert holding >= {
        "lead",
        "contact",
        "followup",
        "promise",
        "move",
        "objection",
        "incident",
        "competitor",
        "quote",
    }
    assert leaked(told("show", "1", "--json").out) == list(WORDS)


def test_every_command_that_reads_is_in_the_table() -> None:
    names = set()
    for entry in registry.ENTRIES:
        for verb in entry.verbs or ("",):
            names.add(f"{entry.name} {verb}".strip())
    assert names - registry.WRITES - OTHERS - set(READS) - {"undo"} == set()


@pytest.mark.parametrize("fmt", ["md", "chat"])
@pytest.mark.parametrize("name", sorted(READS))
def test_no_command_says_it_where_others_read(told: Book, name: str, fmt: str) -> None:
    for words in READS[name]:
        done = told(*words, "-f", fmt, code=None)
        said = done.out + done.err.replace(words[-1], "")
        assert done.code in (0, 1, 2, 3) and leaked(said, "金大年") == [], (words, done.out)


@pytest.mark.parametrize("kind", sorted(REPORTS))
def test_no_report_says_it_on_a_page_or_in_a_workbook(told: Book, kind: str, tmp_path: Path) -> None:
    for option, name in (("--html", "page.html"), ("--xlsx", "book.xlsx")):
        path = tmp_path / name
        told("report", kind, option, str(path), code=None)
        if path.exists():
            assert leaked(path.read_bytes()) == [], option


def written(book: Book, folder: Path, *words: str) -> bytes:
    """What the command wrote into the file whose name is its last word; nothing where it has no such format."""
    folder.mkdir(exist_ok=True)
    path = folder / words[-1]
    done = book(*words[:-1], str(path), code=None)
    assert done.code in (0, 2) and leaked(done.out + done.err) == [], words
    data = path.read_bytes() if path.exists() else b""
    path.unlink(missing_ok=True)
    return data


@pytest.mark.parametrize("kind", sorted({*EXPORTS} - {"all"}))
def test_no_export_that_is_handed_on_says_it(told: Book, kind: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    of = [kind, "1"] if kind.endswith("-record") else [kind]
    data = [written(told, out, "export", *of, *words) for words in HANDED_ON]
    assert any(data) and [leaked(one) for one in data] == [[]] * len(data)


def test_what_the_rep_keeps_is_whole_and_would_be_noticed(told: Book, tmp_path: Path) -> None:
    for words in (["contacts", "-o", "a.csv"], ["contacts", "-o", "a.vcf"], ["all", "-o", "a.jsonl"]):
        done = tmp_path / words[-1]
        told("export", *words[:-1], str(done))
        assert canary.PHONE in leaked(done.read_bytes())
    assert (
        leaked(told("show", "1", "-f", "md", "--with-personal", "--no-input", code=None).out) == []
    )  # no consent yet
    told("edit", "1", "--consent", "今天", code=None)


@pytest.mark.parametrize("words", [["plan", "--html"], ["prepare", "1", "-f", "html", "-o"]], ids=" ".join)
def test_no_page_for_the_way_says_it(told: Book, words: list[str], tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    told(*words, str(path))
    assert leaked(path.read_bytes()) == []


def test_no_message_to_a_phone_says_it(told: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    from salesflow.push import web

    sent: list[Any] = []

    def keep(*given: Any, **more: Any) -> Any:
        sent.append((given, more))
        raise OSError("no network")

    for name in ("post", "send"):
        if hasattr(web, name):
            monkeypatch.setattr(web, name, keep)
    secrets = told.path.with_name("book.push.toml")
    url = f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=secret-{canary.PHONE}"
    secrets.write_text(f'[me]\nservice = "wecom"\nurl = "{url}"\n', "utf-8")
    secrets.chmod(0o600)
    done: Run = told("today", "--push", "me", code=None)
    assert sent and done.code, done
    bodies = b"".join(one for given, _ in sent for one in given if isinstance(one, bytes))
    # as JSON the words may be written by their numbers
    assert leaked(json.dumps(json.loads(bodies), ensure_ascii=False)) == []
    assert "secret" not in done.err and leaked(done.err) == []
