"""SIGTERM, SIGHUP and SIGINT at any moment of every writing command: rolled back and said, or done."""

from __future__ import annotations

from collections.abc import Mapping

from .cases import CASES
from .frame import chance
from .stop import SIGNALS, figures, stops


def run(count: int) -> Mapping[str, float]:
    """The figures of ``count`` signals in each of the commands."""
    return figures(stops(CASES, SIGNALS, count, 300, chance("signals")))
