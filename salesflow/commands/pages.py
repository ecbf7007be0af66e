"""Help pages as text: what the program can do, and how one command is used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from typer._click import Context as ClickContext
from typer._click import Parameter
from typer.core import TyperGroup, TyperOption

from salesflow.commands import registry
from salesflow.render.layout import fold, pad, width
from salesflow.texts import has_text, t

NARROWEST, WIDEST = 60, 100
NAME_ROOM, SECOND_ROOM, TERM_ROOM = 11, 20, 26


def page(ctx: ClickContext, lang: str, room: int) -> str:
    """The help page of the command that ``ctx`` is about."""
    room = min(max(room, NARROWEST), WIDEST)
    if ctx.parent is None:
        return root_page(lang, room)
    if isinstance(ctx.command, TyperGroup):
        return "\n".join(_noun_page(ctx, ctx.command, lang, room))
    return "\n".join(_command_page(ctx, lang, room))


def root_page(lang: str, room: int, everything: bool = False) -> str:
    """All commands in their groups; with ``everything`` the rare ones too."""
    lines = [t("help.usage", lang)]
    for group in (*registry.GROUPS, *([""] if everything else [])):
        entries = [entry for entry in registry.ENTRIES if entry.group == group]
        if entries:
            lines.append(t(f"help.group_{group or 'rare'}", lang))
            lines += [line for entry in entries for line in _entry_lines(entry, lang, room)]
    lines += ["", t("help.before", lang)]
    lines += _table(
        [
            ("--db " + t("options.m_file", lang), t("options.db", lang)),
            ("--lang zh|en", t("options.lang", lang)),
            ("--no-input", t("options.no_input", lang)),
        ],
        room,
    )
    return "\n".join([*lines, "", t("help.foot_all" if everything else "help.foot", lang)])


def summary(entry: registry.Entry, lang: str) -> str:
    """What the command does, in one short line."""
    return t(f"help.s_{entry.name}", lang)


def _entry_lines(entry: registry.Entry, lang: str, room: int) -> list[str]:
    names = pad(entry.name, max(NAME_ROOM, len(entry.name) + 1))
    head = "  " + pad(names + " ".join(entry.second), NAME_ROOM + SECOND_ROOM)
    return _hung(head, summary(entry, lang), room)


def _command_page(ctx: ClickContext, lang: str, room: int) -> Iterator[str]:
    key = _key(ctx)
    params = ctx.command.params
    arguments = [param for param in params if param.param_type_name == "argument"]
    words = " ".join(_argument(param, lang) for param in arguments)
    options = t("help.options_word", lang)
    yield t("help.usage_of", lang, words=" ".join(filter(None, [ctx.command_path, words, options])))
    yield from _second_names(ctx, lang)
    yield ""
    yield from _paragraphs(t(f"help.{key}", lang), room)
    if arguments:
        yield from ("", t("help.arguments", lang))
        yield from _table([(_takes(p, lang), _meaning(p, lang)) for p in arguments], room)
    yield from ("", t("help.options", lang))
    rows = [(_names(p, lang), _meaning(p, lang)) for p in params if isinstance(p, TyperOption)]
    yield from _table([*rows, ("-h, --help", t("options.help", lang))], room)
    yield from _examples(key, lang)


def _noun_page(ctx: ClickContext, noun: TyperGroup, lang: str, room: int) -> Iterator[str]:
    verbs = noun.list_commands(ctx)
    yield t("help.usage_of", lang, words=f"{ctx.command_path} {'|'.join(verbs)} ...")
    yield from _second_names(ctx, lang)
    yield ""
    yield from _paragraphs(t(f"help.{_key(ctx)}", lang), room)
    yield from ("", t("help.verbs", lang))
    noun_name = ctx.command.name or ""
    titles = {verb: registry.verb_title(noun_name, verb) for verb in verbs}
    rows = [(f"{verb} {titles[verb]}", t(f"help.{_key(ctx)}_{verb}", lang)) for verb in verbs]
    yield from _table(rows, room)
    yield from _examples(_key(ctx), lang)
    yield from ("", t("help.noun_foot", lang, words=f"{ctx.command_path} {verbs[0]} --help"))


def _paragraphs(text: str, room: int) -> list[str]:
    return [line for one in text.split("\n") for line in fold(one, room)]


def _key(ctx: ClickContext) -> str:
    # `contact add` is help.contact_add
    return "_".join(ctx.command_path.split()[1:])


def _second_names(ctx: ClickContext, lang: str) -> list[str]:
    entry = registry.find_entry(ctx.command.name or "")
    verb = ctx.command.name or ""
    is_verb = ctx.parent is not None and ctx.parent.parent is not None
    noun = ctx.parent.command.name or "" if is_verb and ctx.parent else ""
    names = (
        [registry.verb_title(noun, verb)]
        if is_verb and verb in registry.VERBS
        else list(entry.second)
        if entry and not is_verb
        else []
    )
    return [t("help.also", lang, names=" ".join(names))] if names else []


def _examples(key: str, lang: str) -> list[str]:
    name = f"help.{key}_examples"
    if not has_text(name, lang):
        return []
    return ["", t("help.examples", lang), *("  " + line for line in t(name, lang).split("\n"))]


def _argument(param: Parameter, lang: str) -> str:
    words = _takes(param, lang) + ("..." if param.nargs == -1 else "")
    return words if param.required else f"[{words}]"


def _takes(param: Parameter, lang: str) -> str:
    return t(f"options.m_{param.metavar}", lang)


def _names(param: TyperOption, lang: str) -> str:
    names = sorted(param.opts, key=len) if len(param.opts[0]) > 2 else param.opts
    shown = ", ".join(sorted(names, key=lambda name: name.startswith("--")))
    if param.secondary_opts:
        shown += "/" + ", ".join(param.secondary_opts)
    return f"{shown} {_takes(param, lang)}" if param.metavar else shown


def _meaning(param: Parameter, lang: str) -> str:
    text = t(f"options.{getattr(param, 'help', '')}", lang)
    return text + t("help.repeat", lang) if param.multiple else text


def _table(rows: Sequence[tuple[str, str]], room: int) -> list[str]:
    widest = max((width(term) for term, _ in rows), default=0)
    indent = min(widest, TERM_ROOM) + 4
    return [line for term, text in rows for line in _hung("  " + pad(term, indent - 2), text, room)]


def _hung(head: str, text: str, room: int) -> list[str]:
    # the text beside its head, or below it where the head leaves no blank between them
    indent = width(head)
    if not head.endswith(" "):
        rows = fold(text, room - TERM_ROOM - 4)
        return [head, *(" " * (TERM_ROOM + 4) + row for row in rows)]
    first, *more = fold(text, room - indent)
    return [head + first, *(" " * indent + row for row in more)]
