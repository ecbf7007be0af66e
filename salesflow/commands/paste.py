"""``paste``: what was written on the phone becomes follow-ups, once it has been shown and accepted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from salesflow.commands import common, options
from salesflow.context import App
from salesflow.errors import Ambiguous, NotFound, SalesflowError, Usage
from salesflow.names import label, name_key

if TYPE_CHECKING:
    import sqlite3

    from salesflow.actions.pasting import Met, Pasted
    from salesflow.pasted import Entry

_PRINTED = (
    "today.chat_title", "today.chat_timed", "today.chat_first_contact", "today.chat_overdue", "today.chat_due",
    "today.chat_unplanned", "today.chat_answer", "today.need_unplanned", "today.reminders", "push.rest",
)  # fmt: skip
_LARGEST = 1 << 20  # characters: what a thumb writes in years


def paste(
    ctx: typer.Context,
    source: options.PasteFile = None,
    yes: options.Yes = False,
    as_json: options.Json = False,
) -> None:
    """Follow-ups out of a text."""
    app: App = ctx.obj
    text = _text(app, source)
    entries = _entries(app, text)
    if not entries:
        raise Usage("paste.nothing")
    if app.interactive and not yes:
        entries = _asked(app, entries, text)
        if not entries:
            app.say("paste.left")
            return
    done = _write(app, entries, keep=yes or app.interactive)
    if as_json:
        app.emit_json(_record(done))
    elif yes or app.interactive:
        _say(app, done)
    else:
        _show(app, done, text)
    if not (yes or app.interactive):
        raise Usage("paste.not_accepted")


def _text(app: App, source: str | None) -> str:
    from salesflow.exchange.encoding import scan
    from salesflow.exchange.source import Source

    if source is None:
        from salesflow.commands import clipboard

        return clipboard.read()
    if source == "-":
        text = app.stdin.read(_LARGEST + 1)
    else:
        file = Source(Path(source), source)
        text = "".join(file.lines(scan(file, None).encoding))
    if len(text) > _LARGEST:
        raise Usage("paste.too_long", file=source)
    return text


def _entries(app: App, text: str) -> list[Entry]:
    from salesflow import pasted
    from salesflow.store import find, leads

    keys, ids = pasted.heads(text)
    with app.read() as connection:
        called = find.called(connection, sorted(keys))
        numbered = leads.leads_by_id(connection, sorted(ids))
        asked = _questions(connection)
    names = {
        one.id: [name_key(name) for name in (one.name, one.short, label(one)) if name]
        for one in numbered.values()
    }
    words = app.t("paste.new_words").split(", ")
    found = pasted.entries(text, pasted.Known(called, names, asked), words, _printed)
    if all(one.leads or one.new for one in found):
        return found
    # whoever is not known by a name may be called as the screens call them: without city and legal form
    called |= _as_printed(app, keys - called.keys())
    return pasted.entries(text, pasted.Known(called, names, asked), words, _printed)


def _as_printed(app: App, keys: set[str]) -> dict[str, list[int]]:
    from salesflow.names import label_of
    from salesflow.store import find

    found: dict[str, list[int]] = {}
    with app.read() as connection:
        for lead_id, name, city in find.companies(connection):
            key = name_key(label_of(name, None, city))
            if key in keys:
                found.setdefault(key, []).append(lead_id)
    return found


def _questions(connection: sqlite3.Connection) -> list[str]:
    """What lines of `today -f chat` may ask at their end, in whichever language."""
    from salesflow.reports.processes import Processes
    from salesflow.texts import LANGUAGES, t

    found = {t("today.chat_ask", lang) for lang in LANGUAGES}
    for process in Processes(connection):
        for stage in process.stages:
            found.update(title for want in stage.gate for title in want.ask.values())
            found.update(title for item in stage.guide for title in item.titles.values())
    return sorted(found)


def _printed(line: str) -> bool:
    """Whether the line is one that `today -f chat` prints between its leads, in whichever language."""
    import re

    from salesflow.texts import LANGUAGES, t

    given = {"day": "\0", "count": "\0", "overdue": "\0"}
    texts = [t(key, lang, **given) for key in _PRINTED for lang in LANGUAGES]
    return any(re.fullmatch(re.escape(text).replace("\0", ".+"), line) for text in texts)


def _met(app: App) -> Met:
    from salesflow.actions.pasting import Met

    return Met(
        app.t("paste.met_words").split(), app.t("paste.verbs").split(), app.t("paste.rung_words").split()
    )


def _write(app: App, entries: Sequence[Entry], *, keep: bool) -> list[Pasted]:
    """What became of each entry, all in one step; without ``keep`` it is only tried."""
    from salesflow.actions import pasting
    from salesflow.actions.pasting import Pasted

    with common.trying(app, "paste", only=not keep) as work:
        met = _met(app)
        done = []
        for entry in entries:
            if len(entry.leads) == 1 or entry.new:
                found = pasting.paste(work, entry, met)
                if keep and found.error:
                    raise _refused(app, found.error, entry)
                done.append(found)
            else:
                done.append(Pasted(entry, "unmatched"))
        work.operation.lead_id = None
    return done


def _refused(app: App, error: SalesflowError, entry: Entry) -> SalesflowError:
    # the same refusal, with the line of the text that it is about; what it advises is for other commands
    why = app.t(error.key, **error.values).splitlines()[0]
    found = type(error)("paste.bad_line", line=entry.line, text=_short(entry.text), why=why)
    found.exit_code = error.exit_code
    return found


def _asked(app: App, entries: list[Entry], text: str) -> list[Entry]:
    """The entries that the person accepts, none to leave it."""
    entries = [one for entry in entries if (one := _named(app, entry))]
    while entries:
        done = _write(app, entries, keep=False)
        entries = [one.entry for one in done if one.became not in ("not taken", "unmatched")]
        _show(app, done, text)
        said = app.ask("paste.accept").strip()
        if said in ("", "q"):
            return entries if said == "" else []
        place = said.removeprefix("-")
        if not place.isdecimal() or not 1 <= int(place) <= len(entries):
            app.warn("paste.which", most=len(entries))
        elif said.startswith("-"):
            del entries[int(place) - 1]
        elif note := app.ask("paste.new_note", text=entries[int(place) - 1].note):
            entries[int(place) - 1] = entries[int(place) - 1]._replace(note=note)
    return []


def _named(app: App, entry: Entry) -> Entry | None:
    """The entry with the one lead that it is about, by asking; None to leave it out."""
    if len(entry.leads) == 1 or entry.new:
        return entry
    while said := app.ask("paste.whose", text=_short(entry.text)):
        try:
            return entry._replace(leads=(common.pick(app, said).id,))
        except (NotFound, Ambiguous, Usage) as error:
            app.warn(error.key, **error.values)
    return None


def _short(text: str, most: int = 24) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most] + ".."


def _counts(done: Sequence[Pasted]) -> dict[str, int]:
    return {
        "entries": sum(one.became not in ("unmatched", "not taken") for one in done),
        "logged": sum(one.became == "logged" for one in done),
        "added": len({one.lead.id for one in done if one.new and one.lead}),
        "skipped": sum(one.became == "skipped" for one in done),
        "unmatched": sum(one.became in ("unmatched", "not taken") for one in done),
    }


def _record(done: Sequence[Pasted]) -> dict[str, Any]:
    left = [one for one in done if one.became in ("unmatched", "not taken")]
    return {
        **_counts(done),
        "unmatched": [
            {"line": one.entry.line, "text": one.entry.text, "candidates": list(one.entry.leads)}
            for one in left
        ],
    }


def _say(app: App, done: Sequence[Pasted]) -> None:
    app.say("paste.done", **_counts(done))
    for one in done:
        if one.became == "unmatched":
            _warn_unmatched(app, one)
        for key, values in one.warnings:
            app.warn(key, **values)


def _warn_unmatched(app: App, one: Pasted) -> None:
    key = "paste.several" if one.entry.leads else "paste.unmatched"
    ids = " ".join(f"#{lead}" for lead in one.entry.leads[:5])
    app.warn(key, line=one.entry.line, text=_short(one.entry.text), ids=ids)


def _show(app: App, done: Sequence[Pasted], text: str) -> None:
    from salesflow.commands import paste_show

    counts = _counts(done)
    app.say("paste.preview", lines=len(text.splitlines()), **counts)
    app.show(paste_show.build(app, done), "table" if app.terminal else "plain")
    for one in done:
        if one.became == "unmatched":
            _warn_unmatched(app, one)
        elif isinstance(one.error, SalesflowError):
            why = app.t(one.error.key, **one.error.values)
            app.warn("paste.refused", line=one.entry.line, text=_short(one.entry.text), why=why)
        for key, values in one.warnings:
            app.warn(key, **values)
