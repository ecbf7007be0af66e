"""The JSON schema of every report, made of its description."""

from __future__ import annotations

from typing import Any

from salesflow.reports.shapes import ahead, customers, leads, periods
from salesflow.reports.shapes.language import schema

SHAPES: dict[str, Any] = {**periods.SHAPES, **ahead.SHAPES, **leads.SHAPES, **customers.SHAPES}
"""The description of every report by its name, of another form of one by ``name_form``."""


def document() -> dict[str, Any]:
    """The JSON schema of whatever ``report NAME --json`` answers; each report stands in ``$defs`` under its name."""
    shared: dict[str, Any] = {}
    reports = {name: schema(shape, shared) for name, shape in SHAPES.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "salesflow report NAME --json",
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in reports],
        "$defs": {**reports, **{name: shared[name] for name in sorted(shared)}},
    }
