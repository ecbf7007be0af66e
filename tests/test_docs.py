"""The documents hold: all is in them, all that they name is there, and what they show is what is printed.

``SALESFLOW_REWRITE=1`` writes the answers shown in documents anew; read the difference before it is committed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from conftest import ROOT
from transcripts import Player, in_document, rewritten

from salesflow import errors
from salesflow.commands import registry
from tools import make_docs

PLAYED = (
    "README.md",
    "README.en.md",
    "docs/tutorial.md",
    "docs/tutorial.en.md",
    "docs/guide-customer.md",
    "docs/guide-customer.en.md",
    "docs/guide-exchange.md",
    "docs/guide-exchange.en.md",
    "docs/guide-money.md",
    "docs/guide-money.en.md",
    "docs/guide-phone.md",
    "docs/guide-phone.en.md",
    "docs/guide-team.md",
    "docs/guide-team.en.md",
)
DOCUMENTS = sorted([*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")])
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in DOCUMENTS}
REFERENCE = ROOT / "docs" / "reference"


@pytest.mark.parametrize("name", PLAYED)
def test_the_commands_of_the_document_print_what_it_shows(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    player = Player(tmp_path, monkeypatch, "en" if ".en." in name else "zh")
    if os.environ.get("SALESFLOW_REWRITE"):
        (ROOT / name).write_text(rewritten(TEXTS[name], player, document=True), encoding="utf-8")
        return
    played = in_document(TEXTS[name])
    assert len(played) >= 10
    for entry in played:
        assert player.play(entry) == entry.answer, entry.command


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """The reference as it would be written now."""
    return make_docs.documents()


def test_the_reference_is_what_the_code_says(made: dict[str, str]) -> None:
    there = {path.name: path.read_text("utf-8") for path in REFERENCE.iterdir()}
    stale = [name for name in sorted({*there, *made}) if there.get(name) != made.get(name)]
    assert not stale, f"run python tools/make_docs.py: {stale}"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_command_and_verb_is_documented(made: dict[str, str], lang: str) -> None:
    text = made[f"commands.{lang}.md"]
    for entry in registry.ENTRIES:
        assert f"### {entry.name}\n" in text
        for verb in entry.verbs:
            assert f"#### {entry.name} {verb}\n" in text


@pytest.mark.parametrize("name", ["exit-codes.zh.md", "exit-codes.en.md", "README.md", "README.en.md"])
def test_every_exit_code_is_documented(made: dict[str, str], name: str) -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    codes = {kind.exit_code for kind in kinds if issubclass(kind, errors.SalesflowError)}
    told = (made | TEXTS)[name]
    rows = re.findall(r"^\| ([\d ]+) \|", told, re.MULTILINE)
    listed = {int(code) for row in rows for code in row.split()}
    assert codes | {0, 128 + 1, 128 + 2, 128 + 15} <= listed


COMMAND = re.compile(r"(?:^\$ |`|^)salesflow((?: [^`\n|>]*)?)", re.MULTILINE)
GLOBAL = {"--db": 2, "--lang": 2, "--no-input": 1, "--version": 1, "--help": 1}


def named_commands(text: str) -> list[str]:
    """The commands that a document names after ``salesflow``."""
    found = []
    for words in COMMAND.findall(text):
        rest = words.split()
        while rest and rest[0] in GLOBAL:
            rest = rest[GLOBAL[rest[0]] :]
        if rest:
            found.append(rest[0])
    return found


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_every_command_that_a_document_names_is_there(name: str) -> None:
    placeholders = {"命令", "COMMAND", "WORD", "…", "..."}
    known = {*registry.list_names(), *registry.PHRASES, *placeholders}
    text = re.sub(r"^```text\n用法.*?^```$", "", TEXTS[name], flags=re.MULTILINE | re.DOTALL)
    unknown = {word for word in named_commands(text) if word not in known}
    assert not unknown


def test_a_command_that_is_none_would_be_noticed() -> None:
    text = "`salesflow --db x today` and `salesflow frobnicate`\n```sh\nsalesflow visit 1\n$ salesflow\n```"
    assert named_commands(text) == ["today", "frobnicate", "visit"]


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_every_link_leads_somewhere(name: str) -> None:
    here = (ROOT / name).parent
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", TEXTS[name]):
        assert (here / target).exists(), target


def test_each_document_for_people_is_there_in_both_languages() -> None:
    for name in TEXTS:
        if re.search(r"README|tutorial|guide-", name):
            other = name.replace(".en.md", ".md") if ".en.md" in name else name.replace(".md", ".en.md")
            assert other in TEXTS


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    decisions = TEXTS["docs/decisions.md"]
    for line in project["dependencies"]:
        assert re.split(r"[\[<>=]", line)[0] in decisions, line


# Spelt in halves: this file is one of those that are looked through.
FORBIDDEN = (
    *("/wo" + "rk/", "/ro" + "ot/", "/tmp/" + "dev", "/usr/local/bin/" + "sf"),
    *("py" + "pi.", "pythonho" + "sted", "artifact" + "ory"),
    *("cla" + "ude", "anthro" + "pic", "open" + "ai", "chat" + "gpt", "copi" + "lot"),
)


def tracked() -> list[str]:
    """The files of the repository; the test is skipped where it is no clone."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("no clone: nothing says which files are the project's")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


def test_no_file_names_a_machine_a_registry_or_a_tool() -> None:
    found = []
    for name in tracked():
        text = (ROOT / name).read_bytes().decode("utf-8", "replace").lower()
        found += [f"{name}: {word}" for word in FORBIDDEN if word in text]
    assert not found


# --- what the README tells a shell -------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """A home like the README's, with an empty book, and cron's poor environment."""
    program = tmp_path / "salesflow" / ".venv" / "bin" / "salesflow"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m salesflow "$@"\n')
    program.chmod(0o755)
    environ = {"HOME": str(tmp_path), "PATH": f"{program.parent}:/usr/bin:/bin"}
    subprocess.run([str(program), "init"], env=environ, check=True, capture_output=True)
    return environ


def blocks(name: str, kind: str) -> list[str]:
    """The lines of every ``kind`` block of a document."""
    found = re.findall(rf"^```{kind}\n(.*?)^```$", TEXTS[name], re.MULTILINE | re.DOTALL)
    return [line for block in found for line in block.splitlines() if line]


@pytest.mark.skipif(os.name != "posix", reason="cron")
@pytest.mark.parametrize(("name", "words"), [("README.md", "今天没有要跟的"), ("README.en.md", "Nothing to")])
def test_the_crontab_line_works(name: str, words: str, home: dict[str, str]) -> None:
    (line,) = blocks(name, "crontab")
    minute, hour, *days, command = line.split(maxsplit=5)
    assert minute.isdecimal() and hour.isdecimal() and days == ["*"] * 3
    assert "%" not in command  # cron takes it for the end of the line
    cron = {"HOME": home["HOME"], "PATH": "/usr/bin:/bin"}
    subprocess.run(["/bin/sh", "-c", command], env=cron, check=True)
    assert words in (Path(home["HOME"]) / "today.txt").read_text("utf-8")


@pytest.mark.skipif(os.name != "posix" or not shutil.which("jq"), reason="no jq")
@pytest.mark.parametrize("name", ["README.md", "README.en.md"])
def test_the_lines_for_scripts_run(name: str, home: dict[str, str]) -> None:
    lines = [line for line in blocks(name, "sh") if line.startswith("salesflow ")]
    assert len(lines) == 3
    for line in lines:
        done = subprocess.run(["/bin/sh", "-c", line], env=home, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, ""), line


def test_the_two_commands_are_there_and_can_be_run() -> None:
    for name in ("README.md", "README.en.md"):
        for line in ("./try", "./test"):
            assert line in blocks(name, "sh")
            assert os.access(ROOT / line, os.X_OK)
