"""The shell around every command: names, help, complaints, exit codes, in both languages."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable, Iterator
from random import Random
from types import ModuleType
from typing import Any

import pytest
import typer

from salesflow.cli import main
from salesflow.commands import options, registry, shell
from salesflow.commands.registry import Entry
from salesflow.errors import Refused
from salesflow.render.layout import width
from salesflow.texts import has_text

CAPS = pytest.CaptureFixture[str]
seen: dict[str, Any] = {}


def log(
    ctx: typer.Context,
    lead: options.Lead = None,
    note: options.NoteWords = None,
    via: options.Via = None,
    people: options.With = None,
    days: options.Days = None,
    no_next: options.NoNext = False,
) -> None:
    """Keeps what it was called with."""
    seen.update(lead=lead, note=note, via=via, people=people, days=days, no_next=no_next)


def tag_add(
    ctx: typer.Context,
    lead: options.Lead = None,
    words: options.Words = None,
    at: options.At = None,
    framework: options.Framework = False,
) -> None:
    """Keeps what it was called with."""
    seen.update(verb="add", lead=lead, words=words, at=at, framework=framework)


def tag_list(ctx: typer.Context, lead: options.Lead = None, as_json: options.Json = False) -> None:
    """Keeps what it was called with."""
    seen.update(verb="list", lead=lead, as_json=as_json)


def tag_remove(ctx: typer.Context, lead: options.Lead = None) -> None:
    """Keeps what it was called with."""
    seen.update(verb="remove", lead=lead)


def fail(ctx: typer.Context) -> None:
    """Fails as the test told it to."""
    seen["fail"](ctx)


@pytest.fixture(autouse=True)
def probe(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A small program of our own in the real shell: ``log``, ``tag``, ``fail``."""
    module = ModuleType("salesflow.commands.probe")
    for function in (log, tag_add, tag_list, tag_remove, fail):
        setattr(module, function.__name__, function)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    entries = [
        Entry("log", ("l", "记"), "day", "probe", "log"),
        Entry("call", ("c",), "day", "probe", "log"),
        Entry("report", ("报表", "日报"), "figures", "probe", "log"),
        Entry("tag", ("标签",), "file", "probe", verbs=("add", "list", "remove")),
        Entry("fail", ("败",), "book", "probe", "fail"),
        Entry("today", ("t", "今天"), "day", "probe", "log"),
    ]
    names = {name: entry for entry in entries for name in (entry.name, *entry.second)}
    monkeypatch.setattr(registry, "_BY_NAME", {**names, "help": registry.find_entry("help")})
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "SALESFLOW_LANG", "SALESFLOW_DB", "SALESFLOW_NOW"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SALESFLOW_DB", "no-such-folder/no.db")
    shell.tree.cache_clear()
    seen.clear()
    yield
    shell.tree.cache_clear()


@pytest.fixture
def failing() -> Callable[[BaseException], None]:
    """``failing(error)``: the command ``fail`` raises it."""

    def set_error(error: BaseException) -> None:
        def act(ctx: typer.Context) -> None:
            raise error

        seen["fail"] = act

    return set_error


@pytest.mark.parametrize("name", ["log", "l", "记"])
def test_every_name_means_the_command(name: str) -> None:
    assert main([name, "华星", "看了", "样品", "-v", "phone", "-w", "王", "-w", "李", "--no-next"]) == 0
    assert seen == {
        "lead": "华星",
        "note": ["看了", "样品"],
        "via": "phone",
        "people": ["王", "李"],
        "days": None,
        "no_next": True,
    }


def test_a_phrase_brings_its_first_words() -> None:
    assert main(["日报", "week"]) == 0
    assert (seen["lead"], seen["note"]) == ("day", ["week"])


def test_no_command_is_today() -> None:
    assert main([]) == 0
    assert seen["lead"] is None


def test_no_command_and_no_book_says_how_to_begin(
    capsys: CAPS, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.delenv("SALESFLOW_DB")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert main([]) == 0
    text = capsys.readouterr().out
    assert [word in text for word in ("import", "add", "demo")] == [True] * 3
    assert seen == {}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["tag"], {"verb": "list", "lead": None, "as_json": False}),
        (["tag", "--json"], {"verb": "list", "lead": None, "as_json": True}),
        (["tag", "华星"], {"verb": "list", "lead": "华星", "as_json": False}),
        (["tag", "华星", "--json"], {"verb": "list", "lead": "华星", "as_json": True}),
        (["标签", "列", "华星"], {"verb": "list", "lead": "华星", "as_json": False}),
        (["tag", "remove", "华星"], {"verb": "remove", "lead": "华星"}),
        (["tag", "删", "华星"], {"verb": "remove", "lead": "华星"}),
        (["tag", "华星", "5.8万"], {"words": ["5.8万"], "at": None, "framework": False}),
        (["tag", "加", "华星", "5.8万"], {"words": ["5.8万"], "at": None, "framework": False}),
        (["tag", "华星", "--at", "昨天", "1", "2"], {"words": ["1", "2"], "at": "昨天", "framework": False}),
        (["tag", "--at=昨天", "华星", "1"], {"words": ["1"], "at": "昨天", "framework": False}),
        (["tag", "华星", "--framework"], {"words": None, "at": None, "framework": True}),
        (["tag", "--", "华星", "-1"], {"words": ["-1"], "at": None, "framework": False}),
    ],
)
def test_a_noun_knows_which_verb_is_meant(words: list[str], expected: dict[str, Any]) -> None:
    assert main(words) == 0
    assert seen == ({"verb": "add", "lead": "华星"} if "words" in expected else {}) | expected


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["lgo"], "log"),
        (["xyzzy"], "xyzzy"),
        (["log", "--vai", "phone"], "--via"),
        (["log", "--qqqqqqqq"], "--qqqqqqqq"),
        (["log", "--via"], "--via"),
        (["log", "--no-next=3"], "--no-next"),
        (["log", "--days", "zwei"], "zwei"),
        (["log", "--days", "-1"], "-1"),
        (["log", "--days", "9" * 5000], "--days"),
        (["log", "--days", "1_0"], "1_0"),
        (["log", "--db", "x"], "--db"),
        (["log", "-z"], "-z"),
        (["fail", "word"], "word"),
        (["tag", "remove", "a", "b"], "b"),
        (["tag", "华星", "--frmework"], "--frmework"),
        (["--lang", "xx", "fail"], "xx"),
        (["--lang"], "--lang"),
        (["--db", "", "log"], "--db"),
        (["--bogus"], "--bogus"),
        (["help", "xyzzy"], "xyzzy"),
        ([""], "salesflow help"),
        (["log", "\udce4\udcb8"], "UTF-8"),
        (["\udcff"], "UTF-8"),
        (["log", "--\udcff"], "UTF-8"),
        (["--db", "\udcff", "log"], "UTF-8"),
        (["\x1b[31mred"], "\\x1b"),
        (["log", "--\u202eevil"], "\\u202e"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_wrong_usage_is_a_line_or_two_on_stderr(
    words: list[str], named: str, lang: str, capsys: CAPS, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SALESFLOW_LANG", lang)
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert named in err
    assert 1 <= err.count("\n") <= 2
    assert "\x1b" not in err and "Traceback" not in err and "Usage:" not in err
    assert any("\u4e00" <= c <= "\u9fff" for c in err.replace("华星", "")) == (lang == "zh")


@pytest.mark.parametrize(
    ("environ", "words", "chinese"),
    [
        ({}, [], True),
        ({"LANG": "C"}, [], True),
        ({"LANG": "C.UTF-8"}, [], True),
        ({"LC_ALL": "POSIX", "LANG": "en_US.UTF-8"}, [], True),
        ({"LANG": "zh_CN.GB18030"}, [], True),
        ({"LANG": "zh_TW.UTF-8"}, [], True),
        ({"LANG": "en_US.UTF-8"}, [], False),
        ({"LANG": "de_DE"}, [], False),
        ({"LC_MESSAGES": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, [], True),
        ({"LC_ALL": "en_GB.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, [], False),
        ({"LANG": "zh_CN.UTF-8", "SALESFLOW_LANG": "en"}, [], False),
        ({"SALESFLOW_LANG": "en"}, ["--lang", "zh"], True),
        ({"SALESFLOW_LANG": "en"}, ["--lang=zh"], True),
        ({"LANG": "C"}, ["--db", "zh", "--lang", "en"], False),
    ],
)
def test_the_language_is_option_then_environment_then_locale(
    environ: dict[str, str], words: list[str], chinese: bool, capsys: CAPS, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    for asked in (["--help"], ["log", "--help"], ["log", "-h"], ["tag", "--help"], ["help", "log"]):
        assert main([*words, *asked]) == 0
        out, err = capsys.readouterr()
        assert (out.startswith("用法"), out.startswith("Usage"), err) == (chinese, not chinese, "")


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (Refused("errors.needs_terminal", lines=("first line", "second\x07line")), 1, "second\\x07line"),
        (KeyboardInterrupt(), 130, "nothing was changed"),
        (MemoryError(), 5, "memory"),
        (FileNotFoundError(errno.ENOENT, "No such file", "gone.csv"), 3, "gone.csv"),
        (PermissionError(errno.EACCES, "Permission denied", "mine.csv"), 5, "mine.csv"),
        (IsADirectoryError(errno.EISDIR, "Is a directory", "folder"), 5, "folder"),
        (OSError(errno.ENOSPC, "No space left on device"), 5, "disk is full"),
        (ZeroDivisionError("secret of the book"), 5, "report"),
        (RecursionError(), 5, "report"),
        (SystemExit(7), 5, "report"),
        (typer.Exit(1), 1, ""),
    ],
)
def test_a_failure_is_its_exit_code_and_a_line(
    error: BaseException, code: int, words: str, failing: Callable[[BaseException], None], capsys: CAPS
) -> None:
    failing(error)
    assert main(["--lang", "en", "fail"]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err
    assert "Traceback" not in err and "secret" not in err and err.count("\n") <= 4


def test_a_traceback_is_shown_only_when_asked_for(
    failing: Callable[[BaseException], None], capsys: CAPS, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SALESFLOW_DEBUG", "1")
    failing(ZeroDivisionError("one"))
    assert main(["fail"]) == 5
    assert "Traceback" in capsys.readouterr().err


def test_what_is_lost_after_saving_is_six(capsys: CAPS) -> None:
    for error, quiet in (
        (OSError(errno.ENOSPC, "No space"), False),
        (BrokenPipeError(), True),
        (KeyboardInterrupt(), False),
    ):

        def act(ctx: typer.Context, error: BaseException = error) -> None:
            ctx.obj.saved = True
            raise error

        seen["fail"] = act
        assert main(["--lang", "en", "fail"]) == 6
        assert ("Saved" in capsys.readouterr().err) is not quiet


def test_no_words_whatever_are_a_defect(capsys: CAPS) -> None:
    pool = [
        "log",
        "tag",
        "add",
        "-v",
        "--via",
        "--via=",
        "-w",
        "--",
        "-",
        "---",
        "-=",
        "--=",
        "华星",
        "",
        " ",
    ]
    pool += [
        "--days",
        "３",
        "-1",
        "--help",
        "help",
        "--lang",
        "en",
        "--db",
        "\x00",
        "\ud800",
        "\u200b",
        "A" * 9999,
    ]
    chance = Random(1)
    for _ in range(600):
        words = chance.choices(pool, k=chance.randint(0, 6))
        code = main(words)
        out, err = capsys.readouterr()
        assert code in (0, 2), words
        assert (err == "") == (code == 0), words
        assert err.count("\n") <= 2 and "ZeroDivision" not in err and "\x00" not in out + err, words


def test_a_closed_pipe_ends_a_reading_command_quietly(
    failing: Callable[[BaseException], None], capsys: CAPS
) -> None:
    failing(BrokenPipeError())
    assert main(["fail"]) == 0
    assert capsys.readouterr() == ("", "")


def test_the_version(capsys: CAPS) -> None:
    from salesflow import __version__

    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"salesflow {__version__}\n"


def test_options_mean_one_thing() -> None:
    """No two descriptions share a name but those that cli.md itself uses twice."""
    kinds: dict[str, list[str]] = {}
    for alias, text in vars(options).items():
        if isinstance(text, str) and text.startswith("Annotated[") and ("option(" in text or "flag(" in text):
            for name in text.split('"'):
                if name.startswith("-"):
                    kinds.setdefault(name, []).append(alias)
    twice = {name: sorted(aliases) for name, aliases in kinds.items() if len(aliases) > 1}
    assert (
        twice
        == {
            # how a report is shown (in review the day's, which its help says), and as what export writes a file
            "--format": ["FileFormat", "Format", "ReviewFormat"],
            "-f": ["FileFormat", "Format", "ReviewFormat"],
            "--due": ["Due", "OrderDues"],  # an incident has one day, an order as many as it is paid on
            "--to": [
                "NewBook",
                "To",
                "ToDay",
                "ToReps",
            ],  # lose says to whom it went, team settle and assign which rep gets it, salvage where the new book goes
            "--by": ["By", "SignedBy"],  # today groups by it, team sign says by whom
            "--week": ["SheetWeek", "Week"],  # review's week without contact, the sheet's week of new leads
            "--stage": ["Stage", "ToStage"],  # list chooses by it, edit --process says where the lead stands
            "--name": ["Name", "ProcessTitle"],  # of a person, of a process
            "--kind": ["Kind", "RowKind"],
            "--phone": ["PersonPhone", "Phone"],
            "--tag": ["AddTag", "Tag"],
            "--price": ["Price", "ProductPrice"],  # a competitor's, a product's own
            "--days": ["Days", "FactorDays"],  # so many days ahead, so many working days of the value formula
            "--month": ["OfMonth", "SheetMonth"],  # which month to solve, the sheet of a month
            "--order": ["FactorOrder", "OrderId"],  # the average order, the order that is paid
            "--period": ["Span", "TargetPeriod"],  # how long a report is, which period a target is for
            "--rep": ["ForRep", "Rep"],  # whose target, one's own name
            "--visits": ["FactorVisits", "Visits"],  # visits a day of the formula, how many a plan lays out
            "--from": [
                "AcceptedFrom",
                "DecidedIn",
                "From",
                "FromDay",
                "FromPlace",
            ],  # who says it, in which report, begun as, first day, set out from
            "--open": ["OpenPoints", "StillOpen"],  # what is still to be agreed, actions not done
            "--html": ["HtmlFile", "PageFile"],  # a page of a way, of a report
            "--at": ["At", "AtTime"],  # when it happened; of schedule the hour
            "--until": ["Until", "UntilTime"],  # a day to come; of a plan the hour
        }
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_option_is_explained(lang: str) -> None:
    known = {**vars(options)}
    for alias, text in list(known.items()):
        if isinstance(text, str) and text.startswith("Annotated["):
            info = eval(text, known).__metadata__[0]
            assert has_text(f"options.{info.help}", lang), alias
            assert info.metavar is None or has_text(f"options.m_{info.metavar}", lang), alias


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_command_is_explained(lang: str) -> None:
    for entry in registry.ENTRIES:
        keys = [f"s_{entry.name}", entry.name, f"{entry.name}_examples"]
        keys += [f"{entry.name}_{verb}" for verb in entry.verbs]
        assert [key for key in keys if not has_text(f"help.{key}", lang)] == []
        assert set(entry.verbs) <= set(registry.VERBS)


def test_no_name_means_two_commands() -> None:
    names = [name for entry in registry.ENTRIES for name in (entry.name, *entry.second)]
    assert sorted(names) == sorted(set(names))
    assert {name for name in names if len(name) == 1 and name.isascii()} == set("tvclpnarsfu")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_root_page_is_eighty_wide_and_aligned(lang: str, capsys: CAPS) -> None:
    assert main(["--lang", lang, "help", "--all"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(width, lines)) <= 80
    rows = {line.split()[0]: line for line in lines if line.startswith("  ")}
    assert {entry.name for entry in registry.ENTRIES} <= set(rows)
    from salesflow.texts import t

    starts = {
        width(row.rpartition(t(f"help.s_{entry.name}", lang))[0])
        for entry in registry.ENTRIES
        if (row := rows[entry.name])
    }
    assert len(starts) == 1


def test_a_hundred_runs_take_one_tree() -> None:
    main(["log", "12", "x"])
    first = shell.tree()
    for _ in range(100):
        assert main(["log", "12", "x"]) == 0
    assert shell.tree() is first
