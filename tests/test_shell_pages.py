"""Every command that is there explains itself, in both languages, without a book."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from salesflow.cli import main
from salesflow.commands import registry
from salesflow.commands.registry import Entry
from salesflow.render.layout import width

THERE = [entry for entry in registry.ENTRIES if find_spec(f"salesflow.commands.{entry.module}")]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("entry", THERE, ids=lambda entry: entry.name)
def test_a_command_explains_itself(
    entry: Entry, lang: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SALESFLOW_DB", "no-such-folder/no.db")
    monkeypatch.setenv("COLUMNS", "80")
    pages = []
    for words in ([entry.name], [entry.second[-1]], *([entry.name, verb] for verb in entry.verbs)):
        if words[0] in registry.PHRASES:
            continue
        assert main(["--lang", lang, *words, "--help"]) == 0
        pages.append(capsys.readouterr().out)
        assert pages[-1].startswith("用法" if lang == "zh" else "Usage")
        # an example is a line to copy, and keeps its length
        assert max(width(line) for line in pages[-1].splitlines() if "  salesflow" not in line) <= 80
    assert main(["--lang", lang, "help", entry.name]) == 0
    assert capsys.readouterr().out == pages[0]


def test_each_paragraph_of_a_page_begins_a_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["--lang", "zh", "export", "--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "xlsx" in next(line for line in lines if line.startswith("  -f, --format"))
    starts = [line for line in lines if line.startswith(("什么：", "工作簿", "手机日历：", "手机通讯录："))]
    assert len(starts) == 4 and min(map(width, starts)) > 60
