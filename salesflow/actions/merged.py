"""What two leads became, gathered part by part while they are made one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from salesflow.models import Lead


@dataclass
class Merged:
    """What two leads became.

    ``kept`` and ``gone`` are they as they were, ``lead`` is the one that they are now. ``filled`` are the
    fields that came from the one gone (field, value), ``other`` those in which they differ (title, the value
    kept, the other one, which stands among the lead's own fields since), ``people`` those who were one
    person (name kept, other name), ``carried`` how many records of each kind changed their lead,
    ``dropped`` what is no more: (kind, in a few words).
    """

    kept: Lead
    gone: Lead
    lead: Lead
    filled: list[tuple[str, Any]] = field(default_factory=list)
    other: list[tuple[str, str, str]] = field(default_factory=list)
    people: list[tuple[str, str]] = field(default_factory=list)
    carried: dict[str, int] = field(default_factory=dict)
    dropped: list[tuple[str, str]] = field(default_factory=list)

    def differs(self, title: str, kept: object, gone: object) -> None:
        """The two differ here: the value kept stands, the other one is remembered."""
        self.other.append((title, str(kept), str(gone)))
