"""Points given to the items of checklists, ours and the competitors' (L9, M7, M8, F13)."""

from __future__ import annotations

from collections.abc import Mapping

from salesflow.actions import competitors
from salesflow.actions.work import Work
from salesflow.errors import Usage
from salesflow.models import Points
from salesflow.processes import Checklist, Process
from salesflow.store import competitors as store


def rate(
    work: Work,
    lead_id: int,
    checklist: Checklist,
    given: Mapping[str, int | None],
    *,
    competitor: str | None = None,
    note: str | None = None,
    clear: bool = False,
) -> None:
    """The items with these points, None for not answered; ``clear`` takes all earlier ones back first.

    A note that was given before stays where no new one is. Raises Usage for points outside the
    checklist's scale, NotFound for a competitor whom the lead does not have.
    """
    work.lead(lead_id)
    rival = competitors.pick(work, lead_id, competitor).id if competitor else None
    if competitor and not checklist.rivals:
        raise Usage("evaluate.no_rivals", code=checklist.code)
    before = {
        one.item: one
        for one in store.list_points(work.connection, lead_id)
        if (one.checklist, one.competitor_id) == (checklist.code, rival)
    }
    points = {item: None for item in before} if clear else {}
    for item, value in {**points, **given}.items():
        if value is None:
            store.drop_points(work.connection, lead_id, checklist.code, item, rival)
            continue
        if not 0 <= value <= checklist.scale:
            raise Usage("evaluate.outside", item=item, points=value, most=checklist.scale)
        said = note or (before[item].note if item in before else None)
        if item in before and (before[item].points, before[item].note) == (value, said):
            continue
        store.set_points(
            work.connection,
            Points(lead_id, checklist.code, item, rival, value, said, work.at, work.by),
        )


def carry_over(work: Work, lead_id: int, old: Process, new: Process) -> None:
    """Nothing; points of checklists that have another scale in ``new`` stand there in proportion, halves up."""
    scales = other_scales(old, new)
    for one in store.list_points(work.connection, lead_id) if scales else ():
        if one.checklist in scales:
            was, now = scales[one.checklist]
            points = (2 * one.points * now + was) // (2 * was)
            if points != one.points:
                store.set_points(work.connection, one._replace(points=points))


def other_scales(old: Process, new: Process) -> dict[str, tuple[int, int]]:
    """The scales before and now of the checklists that both have, where they differ."""
    before = {one.code: one.scale for one in old.checklists}
    return {
        one.code: (before[one.code], one.scale)
        for one in new.checklists
        if before.get(one.code, one.scale) != one.scale
    }
