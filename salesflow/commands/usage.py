"""Typer's own complaints, as ours: in the language chosen, one line, with what to do."""

from __future__ import annotations

from typer import TyperException
from typer._click import Command, Context
from typer._click import exceptions as click

from salesflow.errors import Usage, nearest
from salesflow.texts import t

BEFORE = ("--db", "--lang", "--no-input", "--version")


def as_usage(error: TyperException, lang: str) -> Usage:
    """The same complaint as a ``Usage``."""
    if isinstance(error, click.NoSuchOption):
        return _no_such_option(error)
    if isinstance(error, click.BadOptionUsage):
        flag = _is_flag(error.ctx, error.option_name)
        return Usage("errors.takes_no_value" if flag else "errors.needs_value", name=error.option_name)
    if isinstance(error, click.MissingParameter):
        return Usage("errors.missing", name=_called(error, lang), command=_path(error.ctx))
    if isinstance(error, click.BadParameter):
        return Usage("errors.bad_value", name=_called(error, lang), value=error.message)
    return Usage("errors.bad_usage", what=error.message)


def _no_such_option(error: click.NoSuchOption) -> Usage:
    name = error.option_name
    if name[1:2].isdecimal():
        # -5 is no option anywhere: an amount or a count was meant
        return Usage("errors.negative")
    if name in BEFORE:
        return Usage("errors.option_before", name=name)
    field = name.lstrip("-").replace("-", "_")
    if "--set" in _known(error.ctx) and field in _fields():
        return Usage("errors.field_not_option", name=name, field=field)
    known = [option.lstrip("-") for option in _known(error.ctx) if option.startswith("--")]
    near = nearest(name.lstrip("-"), known)
    if near:
        return Usage("errors.no_such_option_near", name=name, near=f"--{near}")
    return Usage("errors.no_such_option", name=name, command=_path(error.ctx))


def _fields() -> tuple[str, ...]:
    from salesflow.commands.fields import FIELDS

    return FIELDS


def _known(ctx: Context | None) -> list[str]:
    command: Command | None = ctx.command if ctx else None
    params = command.get_params(ctx) if ctx and command else []
    return [name for param in params for name in (*param.opts, *param.secondary_opts)]


def _is_flag(ctx: Context | None, name: str) -> bool:
    params = ctx.command.params if ctx else []
    return any(getattr(param, "is_flag", False) and name in param.opts for param in params)


def _called(error: click.BadParameter, lang: str) -> str:
    param = error.param
    if param is None:
        return str(error.param_hint or "")
    return t(f"options.m_{param.metavar}", lang) if param.param_type_name == "argument" else param.opts[0]


def _path(ctx: Context | None) -> str:
    return ctx.command_path if ctx else "salesflow"
