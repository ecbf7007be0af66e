"""Targets set, changed and taken away (K6)."""

from __future__ import annotations

from typing import NamedTuple

from salesflow.actions.work import Work
from salesflow.errors import NotFound, Usage
from salesflow.models import Target
from salesflow.store import targets


class Put(NamedTuple):
    """A target as it now stands, and the value that it had before (None where it is new)."""

    target: Target
    before: int | None


def put(work: Work, metric: str, period: str, rep: str, value: int) -> Put:
    """The target set, or set anew: there is one value for one metric, period and rep."""
    if value == 0:
        raise Usage("target.zero", metric=metric, period=period)
    known = targets.find_target(work.connection, metric, period, rep)
    row = {"value": value, "by": work.by, "recorded_at": work.at}
    if known is None:
        what = {"metric": metric, "period": period, "rep": rep}
        targets.insert_target(work.connection, {**what, **row})
    elif known.value != value:
        targets.update_target(work.connection, known.id, row)
    return Put(get(work, metric, period, rep), known.value if known else None)


def get(work: Work, metric: str, period: str, rep: str) -> Target:
    """The target of the metric, period and rep. Raises NotFound with the periods that have one."""
    found = targets.find_target(work.connection, metric, period, rep)
    if found is None:
        all_ = targets.list_targets(work.connection)
        known = [one.period for one in all_ if (one.metric, one.rep) == (metric, rep)]
        raise NotFound("target.none", what=f"{period} {metric}", metric=metric, known=" ".join(known))
    return found


def remove(work: Work, found: Target) -> None:
    """The target gone."""
    targets.delete_target(work.connection, found.id)
