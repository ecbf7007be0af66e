"""Steps taken back and done again, from the images that the triggers kept (P5)."""

from __future__ import annotations

from collections.abc import Sequence

from salesflow.actions.work import Work
from salesflow.errors import Refused
from salesflow.store import history
from salesflow.store.history import Step
from salesflow.store.rows import Connection


def undo(work: Work, steps: Sequence[Step]) -> None:
    """The steps taken back, newest first. Raises Refused where a row has changed since."""
    _apply(work, steps, backwards=True)


def redo(work: Work, steps: Sequence[Step]) -> None:
    """The steps done again, oldest first. Raises Refused where a row has changed since."""
    _apply(work, steps, backwards=False)


def _apply(work: Work, steps: Sequence[Step], *, backwards: bool) -> None:
    connection, operation = work.connection, work.operation
    history.defer_references(connection)
    history.file_by_hand(connection, operation.id)
    for step in steps:
        at_once = history.take_out_all if backwards else history.put_back_all
        if not at_once(connection, step.id):
            _one_by_one(connection, step, backwards=backwards)
        history.turned(connection, operation.id, step.id, backwards=backwards)
        history.mark_undone(connection, step.id, backwards)
    operation.lead_id = steps[0].lead_id if len(steps) == 1 else None


def _one_by_one(connection: Connection, step: Step, *, backwards: bool) -> None:
    for some in history.images(connection, step.id, backwards=backwards):
        if not history.apply(connection, some, backwards=backwards):
            raise Refused("undo.changed_since", id=step.id, command=step.command)
