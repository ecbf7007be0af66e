"""``python -m salesflow``."""

from __future__ import annotations

from salesflow.cli import run

run()
