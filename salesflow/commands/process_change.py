"""A process changed: checked, what it does to leads shown, then done in one step."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from salesflow.commands import common
from salesflow.context import App
from salesflow.errors import Refused, Usage

if TYPE_CHECKING:
    from salesflow.actions.process_change import Version
    from salesflow.processes import Process


@dataclass
class Said:
    """What was said of a change: where leads go whose stage is gone, whether it is only to be shown."""

    command: str
    to: list[str] = field(default_factory=list)
    dry_run: bool = False
    as_json: bool = False
    default: bool = False  # new leads follow it from now on


def version(app: App, text: str, name: str, code: str | None = None) -> Version:
    """The process of a file's text. Raises Usage with every mistake, and where its code is not ``code``."""
    from salesflow import processes
    from salesflow.actions.process_change import Version

    found = processes.load(text, name, app.lang)
    if code is not None and found.code != code:
        raise Usage("process.other_code", name=name, found=found.code, code=code)
    return Version(found, text)


def apply(app: App, new: Version, said: Said) -> bool:
    """Whether it was done, or left on purpose: the process is one of the book's, or its next version, from now on.

    Raises Refused where a stage with leads in it is gone and nobody says where they go.
    """
    if not said.dry_run and not app.named_book and not app.book_path.exists():
        common.make_default(app)
    data, moved = _told(app, new, said)
    if said.dry_run:
        _answer(app, data, said)
        return True
    if data["changed"] and not _agreed(app, data):
        app.say("process.left")
        return False
    done = _do(app, new, moved, said, data)
    _answer(app, {**data, **done}, said)
    return True


def _told(app: App, new: Version, said: Said) -> tuple[dict[str, Any], dict[str, str]]:
    # what the change does, and where the leads go whose stage is gone
    from salesflow.reports import process_effects
    from salesflow.reports.processes import Processes

    code = new.process.code
    with app.read() as connection:
        book = Processes(connection)
        old = book[code] if code in book.codes else None
        default = said.default or (old is not None and book.default.code == code)
        moved = _moved(app, connection, old, new.process, said) if old else _nothing_to_move(said)
        data = process_effects.build(connection, old, new.process, moved, app.lang)
        same = old is not None and process_effects.is_same(connection, old, new.process, new.source)
    return {**data, "changed": not same, "default": default, "moved": 0, "dry_run": said.dry_run}, moved


def _nothing_to_move(said: Said) -> dict[str, str]:
    if said.to:
        raise Usage("process.nothing_gone", text=said.to[0][:60])
    return {}


def _moved(app: App, connection: Any, old: Process, new: Process, said: Said) -> dict[str, str]:
    from salesflow.actions import process_change
    from salesflow.processes.changes import compare
    from salesflow.store import usage

    moved = process_change.places(old, new, _pairs(said.to))
    standing = usage.standing(connection, old.code)
    homeless = [
        (stage, sum(standing[stage.code].values()))
        for stage in compare(old, new).stages()
        if stage.code in standing and stage.code not in moved
    ]
    if homeless and not app.interactive and not said.dry_run:
        lines = tuple(
            app.t("process.place_line", stage=stage.code, title=stage.title(app.lang), count=count)
            for stage, count in homeless
        )
        raise Refused("process.need_places", lines)
    for stage, count in homeless if app.interactive else ():
        moved[stage.code] = _asked(app, stage.title(app.lang), count, new)
    return moved


def _asked(app: App, title: str, count: int, new: Process) -> str:
    titles = [stage.title(app.lang) for stage in new.stages]
    chosen = app.choose("process.where_to", titles, stage=title, count=count)
    while chosen < 0:
        chosen = app.choose("process.where_to", titles, stage=title, count=count)
    return new.stages[chosen].code


def _pairs(texts: list[str]) -> dict[str, str]:
    found = {}
    for text in texts:
        old, equals, new = text.partition("=")
        if not (old.strip() and equals and new.strip()):
            raise Usage("process.no_pair", text=text[:60])
        found[old.strip()] = new.strip()
    return found


def _agreed(app: App, data: dict[str, Any]) -> bool:
    from salesflow.render.gate import safe
    from salesflow.reports import process_effects

    if not app.interactive or data["new"]:
        return True
    lines = process_effects.lines(data, app.lang)
    app.stderr.write("".join(f"{safe(line)}\n" for line in lines))
    return app.confirm("process.sure", process=data["process"])


def _do(app: App, new: Version, moved: dict[str, str], said: Said, data: dict[str, Any]) -> dict[str, Any]:
    from salesflow.actions import process_change, processes
    from salesflow.store import settings

    code, count = new.process.code, 0
    with common.working(app, said.command) as work:
        if code in settings.process_codes(work.connection):
            why = {one["code"]: app.t("process.why_moved", stage=one["title"]) for one in data["stages"]}
            count = process_change.change(work, new, moved, why)
        else:
            process_change.add(work, new)
        if said.default:
            processes.use(work, code)
    return {"moved": count}


def _answer(app: App, data: dict[str, Any], said: Said) -> None:
    from salesflow.reports import process_effects

    if said.as_json:
        app.emit_json(data)
        return
    if (said.dry_run or not app.interactive) and not data["new"] and data["changed"]:
        app.write_lines("\n".join(process_effects.lines(data, app.lang)))
    values = {"process": data["process"], "title": data["title"]}
    if said.dry_run:
        _say_what_would_be(app, data, said, values)
    elif data["new"]:
        app.say("process.taken_in", **values)
    elif data["changed"]:
        app.say(
            "process.changed_moved" if data["moved"] else "process.changed", moved=data["moved"], **values
        )
    else:
        app.say("process.same", **values)
    if said.default and not said.dry_run:
        app.say("process.now_default", **values)


def _say_what_would_be(app: App, data: dict[str, Any], said: Said, values: dict[str, Any]) -> None:
    if data["new"]:
        app.say("process.would_take", **values)
    elif not data["changed"]:
        app.say("process.same", **values)
    if said.default:
        app.say("process.would_default", **values)
    app.say("process.only_shown")
