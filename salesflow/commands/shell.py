"""The command tree. Typer parses; only the command that runs is built, and the tree is built once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

import typer
from typer._click import Command as ClickCommand
from typer._click import Context as ClickContext
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command_from_info
from typer.models import CommandInfo

from salesflow.commands import options, registry
from salesflow.commands.registry import Entry
from salesflow.errors import Usage, nearest

HELP = ("--help", "-h")
COPY = "salesflow.copy"  # in a context's meta: --copy was said
KEY = "salesflow.key"  # and what --key said


class Command(TyperCommand):
    """A command, or one verb of a noun, with our own help page and errors."""

    may_write = False

    def get_help_option(self, ctx: ClickContext) -> TyperOption:
        """``--help``, which prints the page in the language of the run."""
        return _help_option()

    def parse_args(self, ctx: ClickContext, args: list[str]) -> list[str]:
        """What is left over, which is nothing: a word too many is refused by name."""
        ctx.allow_extra_args = True
        left = super().parse_args(ctx, args)
        if left:
            raise Usage("errors.extra_words", words=" ".join(left)[:80])
        return left

    def invoke(self, ctx: ClickContext) -> Any:
        """The command done; with ``--copy`` its answer is on the clipboard too, with ``--key`` it is done once."""
        ctx.obj.may_write = self.may_write
        if ctx.meta.get(COPY):
            from salesflow.commands import copying

            return copying.run(ctx, super().invoke)
        if KEY in ctx.meta:
            from salesflow.commands import keyed

            return keyed.run(ctx, ctx.meta[KEY], super().invoke)
        return super().invoke(ctx)


class Noun(TyperGroup):
    """A noun: its verbs, and what is meant where no verb is named."""

    entry: Entry

    def get_help_option(self, ctx: ClickContext) -> TyperOption:
        """``--help``, as every command has it."""
        return _help_option()

    def parse_args(self, ctx: ClickContext, args: list[str]) -> list[str]:
        """The words behind the verb, once it is known which verb is meant."""
        if args and args[0] in HELP:
            return super().parse_args(ctx, args)
        verb, ctx.args = self._routed(ctx, args)
        ctx._protected_args = [verb]
        return ctx.args

    def get_command(self, ctx: ClickContext, cmd_name: str) -> ClickCommand | None:
        """The verb ``cmd_name`` of this noun, built when first wanted."""
        verb = registry.find_verb(cmd_name, self.entry)
        if verb and verb not in self.commands:
            function = _function(self.entry.module, f"{self.entry.name}_{verb}")
            self.commands[verb] = _writing(build(verb, function), f"{self.entry.name} {verb}")
        return self.commands.get(verb)

    def list_commands(self, ctx: ClickContext) -> list[str]:
        """The verbs."""
        return list(self.entry.verbs)

    def _routed(self, ctx: ClickContext, args: list[str]) -> tuple[str, list[str]]:
        verb = registry.find_verb(args[0], self.entry) if args else ""
        if verb:
            return verb, args[1:]
        none, one, many = self.entry.routes
        words, means_many = self._shape(ctx, args)
        if words > 1 or (words == 1 and means_many):
            return many, args
        return (one if words else none), args

    def _shape(self, ctx: ClickContext, args: list[str]) -> tuple[int, bool]:
        # how many words stand there that are no option's value, and whether an option does
        # that only the verb for many words has (`order LEAD --framework` has no amount)
        none, one, many = self.entry.routes
        takes_value, listed = self._options(ctx, many), self._options(ctx, one)
        alone = self._options(ctx, none)
        words, means_many, tokens = 0, False, iter(args)
        for token in tokens:
            if token == "--":
                words += len(list(tokens))
            elif token == "-" or not token.startswith("-"):
                words += 1
            else:
                name = token.partition("=")[0] if token.startswith("--") else token[:2]
                means_many = means_many or (name in takes_value and name not in listed)
                if takes_value.get(name, listed.get(name, alone.get(name))) and name == token:
                    next(tokens, None)
        return words, means_many

    def _options(self, ctx: ClickContext, verb: str) -> dict[str, bool]:
        command = self.get_command(ctx, verb)
        params = command.params if command else []
        return {
            name: not param.is_flag
            for param in params
            if isinstance(param, TyperOption)
            for name in (*param.opts, *param.secondary_opts)
        }


class Root(TyperGroup):
    """``salesflow`` itself: options that stand before the command, then the command."""

    def get_help_option(self, ctx: ClickContext) -> TyperOption:
        """``--help``, as every command has it."""
        return _help_option()

    def parse_args(self, ctx: ClickContext, args: list[str]) -> list[str]:
        """The words behind the command; without a command, ``today``."""
        left = super().parse_args(ctx, args)
        app, said = ctx.obj, ctx.params
        app.db, app.lang_option, app.no_input = said["db"], said["lang"], said["no_input"]
        if said["version"]:
            from salesflow import __version__

            app.write_lines(f"salesflow {__version__}")
            raise typer.Exit
        app.said_lang()
        if app.db == "":
            raise Usage("errors.empty_value", name="--db")
        if not ctx._protected_args:
            app.bare = True
            if not app.named_book and not app.book_path.exists():
                app.say("shell.begin")
                raise typer.Exit
            ctx._protected_args = ["today"]
        return left

    def resolve_command(
        self, ctx: ClickContext, args: list[str]
    ) -> tuple[str | None, ClickCommand | None, list[str]]:
        """The command's name, the command, and its words."""
        args = [*registry.PHRASES.get(args[0], args[:1]), *args[1:]]
        command = self.get_command(ctx, args[0])
        if command is None:
            raise no_such_command(args[0])
        return command.name, command, args[1:]

    def get_command(self, ctx: ClickContext, cmd_name: str) -> ClickCommand | None:
        """The command of that name, built when first wanted; None where there is none."""
        entry = registry.find_entry(cmd_name)
        if entry is None:
            return None
        if entry.name not in self.commands:
            self.commands[entry.name] = _noun(entry) if entry.verbs else _plain(entry)
        return self.commands[entry.name]

    def list_commands(self, ctx: ClickContext) -> list[str]:
        """The commands by their English names."""
        return [entry.name for entry in registry.ENTRIES]


def before_every_command(
    db: options.Db = None,
    lang: options.Lang = None,
    no_input: options.NoInput = False,
    version: options.Version = False,
) -> None:
    """Nothing; its signature is what may stand before a command."""


@cache
def tree() -> ClickCommand:
    """The whole program, ready to parse; made once in a process."""
    root: ClickCommand = build("salesflow", before_every_command, Root)
    return root


def build(name: str, function: Callable[..., Any], cls: type[Any] = Command) -> Any:
    """``function`` as a command named ``name``."""
    function.__annotations__ = {
        parameter: _described(annotation, function)
        for parameter, annotation in function.__annotations__.items()
    }
    signed = getattr(function, "__signature__", None)
    if signed:
        said = [
            one.replace(annotation=function.__annotations__[one.name]) for one in signed.parameters.values()
        ]
        function.__signature__ = signed.replace(parameters=said)  # type: ignore[attr-defined]
    info = CommandInfo(name=name, cls=cls, callback=function, help="")
    command = get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)
    if any(one.name == "fmt" and getattr(one, "help", "") == "format" for one in command.params):
        command.params.append(_copy_option())  # what is shown in a format can be copied in it
    return command


def no_such_command(word: str) -> Usage:
    """The error that names the nearest command, or says how to look at a lead."""
    near = nearest(word, [name for name in registry.list_names() if len(name) > 1])
    if near:
        return Usage("errors.no_such_command_near", name=word[:40], near=near)
    return Usage("errors.no_such_command", name=word[:40])


def _described(annotation: Any, function: Callable[..., Any]) -> Any:
    # an annotation is text (PEP 563), and what it names in options.py is text again
    found = eval(annotation, function.__globals__) if isinstance(annotation, str) else annotation
    return eval(found, vars(options)) if isinstance(found, str) else found


def _function(module: str, name: str) -> Callable[..., Any]:
    found: Callable[..., Any] = getattr(import_module(f"salesflow.commands.{module}"), name)
    return found


def _plain(entry: Entry) -> Command:
    return _writing(build(entry.name, _function(entry.module, entry.function)), entry.name)


def _writing(command: Command, name: str) -> Command:
    command.may_write = name in registry.WRITES or name in registry.MARKS
    if name in registry.WRITES:
        command.params.append(_key_option())
    return command


def _noun(entry: Entry) -> Noun:
    noun = Noun(name=entry.name, rich_markup_mode=None)
    noun.entry = entry
    return noun


@cache
def _help_option() -> TyperOption:
    return TyperOption(
        param_decls=list(HELP),
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_show_help,
        help="help",
    )


@cache
def _copy_option() -> TyperOption:
    return TyperOption(
        param_decls=["--copy"], is_flag=True, expose_value=False, callback=_set_copy, help="copy"
    )


@cache
def _key_option() -> TyperOption:
    return TyperOption(
        param_decls=["--key"], metavar="text", expose_value=False, callback=_set_key, help="call_key"
    )


def _set_key(ctx: ClickContext, param: Any, value: str | None) -> None:
    if value is not None:
        ctx.meta[KEY] = value


def _set_copy(ctx: ClickContext, param: Any, value: bool) -> None:
    ctx.meta[COPY] = ctx.meta.get(COPY) or value


def _show_help(ctx: ClickContext, param: Any, value: bool) -> None:
    if value:
        from salesflow.commands import pages

        ctx.obj.write_lines(pages.page(ctx, ctx.obj.help_lang, ctx.obj.width))
        raise typer.Exit
