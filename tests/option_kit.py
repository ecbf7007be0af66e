"""Every option of every command that takes a value, and what comes of a value that would be a statement."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import typer
from hostile_book import MODES, run
from hostile_commands import TEXT, WAYS
from sql_kit import statements
from typer.core import TyperOption

from salesflow.commands import registry
from salesflow.commands.shell import tree
from salesflow.context import App

MARK = "zq9' UNION SELECT sql FROM sqlite_master --"
PAYLOADS = (
    MARK,
    "(CASE WHEN (SELECT count(*) FROM setting) > 0 THEN zq9 ELSE name END)",
    "name; DROP TABLE lead; -- zq9",
    "zq9) OR (1=1",
    'zq9" OR ""="',
)
_LEAD = ("1",)


class Option(NamedTuple):
    """An option of a command."""

    key: str
    name: str


def options() -> list[Option]:
    """Every option that takes a value, at every command and verb."""
    root, found = tree(), []
    assert isinstance(root, typer.core.TyperGroup)
    with root.make_context("salesflow", ["list"], obj=App()) as ctx:
        for entry in registry.ENTRIES:
            command = root.get_command(ctx, entry.name)
            for verb in entry.verbs or ("",):
                at = command.get_command(ctx, verb) if isinstance(command, typer.core.TyperGroup) else command
                assert at is not None
                found += [Option(f"{entry.name} {verb}".strip(), max(one.opts, key=len)) for one in at.params
                          if isinstance(one, TyperOption) and not one.is_flag]  # fmt: skip
    return found


def words_for(option: Option) -> tuple[str, ...]:
    """The command's words without the option."""
    way = WAYS.get(option.key) or next(
        (ways for key, ways in WAYS.items() if key.split()[0] == option.key), ()
    )
    words = way[0].words if way else (*option.key.split(), *_LEAD)
    if option.name in words:
        at = words.index(option.name)
        words = words[:at] + words[at + 2 :]
    return tuple("x" if word == TEXT else word for word in words)


def tried(book: Path, option: Option, payload: str) -> list[str]:
    """What is wrong with a run in which the option has this value; the book is put back."""
    raw, files = book.read_bytes(), set(book.parent.iterdir())
    with statements() as said:
        done = run(book, [*words_for(option), f"{option.name}={payload}"], MODES["pipe"])
    found = [f"in a statement: {sql[:200]}" for sql in said if "zq9" in sql]
    if "CREATE TABLE" in done.out + done.err:
        found.append("a table's own text came out")
    if done.code not in (0, 1, 2, 3, 4, 5) or "程序出错" in done.err or "Traceback" in done.err:
        found.append(f"exit {done.code}: {done.err[:200]}")
    book.write_bytes(raw)
    for other in set(book.parent.iterdir()) - files:
        if other.is_file():
            other.unlink()
    return found
