"""One run's clock, book, format and questions."""

from __future__ import annotations

from datetime import date, datetime
from io import StringIO
from pathlib import Path

import pytest

from salesflow.context import App
from salesflow.errors import Usage


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def at_terminal(typed: str = "", **environ: str) -> App:
    """A run with a person in front of it who types ``typed``."""
    return App(lang="en", environ=environ, stdin=Terminal(typed), stdout=Terminal(), stderr=Terminal())


def off_terminal(**environ: str) -> App:
    """A run in a pipe."""
    return App(lang="en", environ=environ, stdin=StringIO(), stdout=StringIO(), stderr=StringIO())


def test_the_clock_is_what_the_environment_says() -> None:
    app = off_terminal(SALESFLOW_NOW="2026-11-22T09:00")
    assert app.now == datetime(2026, 11, 22, 9, 0)
    assert app.today == date(2026, 11, 22)


def test_the_clock_stands_still_during_a_run_and_has_no_seconds() -> None:
    app = off_terminal()
    assert app.now is app.now
    assert (app.now.second, app.now.microsecond, app.now.tzinfo) == (0, 0, None)


@pytest.mark.parametrize(
    "text",
    ["now", "2026-11-22", "2026-11-22 09:00", "2026-02-30T09:00", "2026-11-22T09:00:00", "2026-11-22T9:00"],
)
def test_a_clock_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Usage):
        _ = off_terminal(SALESFLOW_NOW=text).now


def test_the_book_is_the_one_named_or_the_default() -> None:
    assert App(db="a.db", environ={"SALESFLOW_DB": "b.db"}).book_path == Path("a.db")
    assert App(environ={"SALESFLOW_DB": "b.db"}).book_path == Path("b.db")
    assert App(db="a.db", environ={}).named_book
    assert not App(environ={"SALESFLOW_DB": ""}).named_book
    with pytest.raises(Usage):
        _ = App(environ={}).book_path


def test_the_default_book_is_in_the_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    path = App().book_path
    assert path.parts[-2:] == ("salesflow", "salesflow.db")


@pytest.mark.parametrize(
    ("terminal", "environ", "fmt", "as_json", "expected"),
    [
        (True, {}, None, False, "table"),
        (False, {}, None, False, "plain"),
        (True, {"SALESFLOW_FORMAT": "csv"}, None, False, "csv"),
        (True, {"SALESFLOW_FORMAT": "csv"}, "md", False, "md"),
        (True, {"SALESFLOW_FORMAT": "csv"}, None, True, "json"),
        (False, {"SALESFLOW_FORMAT": ""}, None, False, "plain"),
        (False, {}, "TABLE", False, "table"),
    ],
)
def test_the_format_is_option_then_environment_then_what_the_stream_is(
    terminal: bool, environ: dict[str, str], fmt: str | None, as_json: bool, expected: str
) -> None:
    app = at_terminal(**environ) if terminal else off_terminal(**environ)
    assert app.format(fmt, as_json) == expected


def test_an_unknown_format_names_the_nearest() -> None:
    with pytest.raises(Usage) as caught:
        off_terminal().format("jsno")
    assert caught.value.values["near"] == "json"


def test_an_answer_is_written_through_the_gate() -> None:
    app = off_terminal()
    app.write_lines("a\x1b[31m\nb\u202e")
    app.emit_json({"name": "华星\u202e"})
    assert isinstance(app.stdout, StringIO)
    assert app.stdout.getvalue() == 'a\\x1b[31m\nb\\u202e\n{\n  "name": "华星\\u202e"\n}\n'


def test_a_question_is_asked_on_stderr() -> None:
    app = at_terminal(" 周五 \n")
    assert app.ask("errors.interrupted") == "周五"
    assert isinstance(app.stdout, Terminal) and app.stdout.getvalue() == ""


@pytest.mark.parametrize(
    ("typed", "default", "expected"),
    [
        ("\n", True, True),
        ("\n", False, False),
        ("y\n", False, True),
        ("不\n", True, False),
        ("?\nn\n", True, False),
    ],
)
def test_yes_and_no(typed: str, default: bool, expected: bool) -> None:
    assert at_terminal(typed).confirm("errors.interrupted", default=default) is expected


@pytest.mark.parametrize(("typed", "expected"), [("2\n", 1), ("\n", -1), ("9\nx\n0\n1\n", 0)])
def test_a_choice_is_a_number(typed: str, expected: int) -> None:
    assert at_terminal(typed).choose("errors.interrupted", ["one", "two"]) == expected


def test_the_end_of_input_stops_the_run() -> None:
    with pytest.raises(KeyboardInterrupt):
        at_terminal("").ask("errors.interrupted")


def test_nobody_is_asked_in_a_pipe_or_with_no_input() -> None:
    silent = at_terminal("y\n")
    silent.no_input = True
    for app in (off_terminal(), silent):
        with pytest.raises(Usage):
            app.confirm("errors.interrupted")


@pytest.mark.parametrize(
    ("environ", "colour"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False), ({"NO_COLOR": ""}, True)],
)
def test_colour_is_refused_by_the_environment(environ: dict[str, str], colour: bool) -> None:
    assert at_terminal(**environ).colour is colour
    assert off_terminal(**environ).colour is False


def test_the_width_is_the_terminals() -> None:
    assert at_terminal(COLUMNS="132").width == 132
    assert at_terminal(COLUMNS="wide").width == 80
