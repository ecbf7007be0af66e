"""Steps taken back and done again, from the images that the triggers kept (P5)."""

from __future__ import annotations

from collections.abc import Sequence

from salesflow.actions.work import Work
from salesflow.errors import Refused
from salesflow.store import history
from salesflow.store.history import Step


def undo(work: Work, steps: Sequence[Step]) -> None:
    """The steps taken back, newest first. Raises Refused where a row has changed since."""
    _apply(work, steps, backwards=True)


def redo(work: Work, steps: Sequence[Step]) -> None:
    """The steps done again, oldest first. Raises Refused where a row has changed since."""
    _apply(work, steps, backwards=False)


def _apply(work: Work, steps: Sequence[Step], *, backwards: bool) -> None:
    connection = work.connection
    history.defer_references(connection)
    for step in steps:
        for image in history.images(connection, step.id, backwards=backwards):
            if not history.apply(connection, image, backwards=backwards):
                raise Refused("undo.changed_since", id=step.id, command=step.command)
        history.mark_undone(connection, step.id, backwards)
    work.operation.lead_id = steps[0].lead_id if len(steps) == 1 else None
