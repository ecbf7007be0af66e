"""``export``: what the book holds, out."""

from __future__ import annotations

import typer

from salesflow.commands import common, options
from salesflow.context import App

KINDS = ("leads",)


def export(
    ctx: typer.Context,
    kind: options.ExportKind = None,
    output: options.Output = None,
    stage: options.Stage = None,
    grade: options.Grade = None,
    area: options.Area = None,
    status: options.Status = None,
    mask: options.Mask = False,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """The leads as csv, tsv, json or jsonl."""
    from salesflow.commands import export_file

    app: App = ctx.obj
    common.one_of(kind or "leads", KINDS, "export")
    export_file.write(app, output, "json" if as_json else fmt, mask, stage, grade, area, status)
