"""By which leads are chosen: the options that ``list`` and ``export`` share, spelt once."""

from __future__ import annotations

from collections.abc import Callable
from inspect import Parameter, signature
from typing import Any, NamedTuple

from salesflow.commands import common, options
from salesflow.context import App


class Filters(NamedTuple):
    """The options by which leads are chosen, as they were written; days are read."""

    stage: options.Stage = None
    grade: options.Grade = None
    area: options.Area = None
    source: options.Source = None
    status: options.Status = None
    process: options.Process = None
    kind: options.Kind = None
    need: options.Need = None
    tag: options.Tag = None
    industry: options.Industry = None
    size: options.Size = None
    side: options.Side = None
    parent: options.Parent = None
    key: options.Key = False
    reference: options.ReferenceOnly = False
    new_customers: options.NewCustomers = False
    where_missing: options.WhereMissing = None
    untouched: options.Untouched = False
    unplanned: options.Unplanned = False
    stale_grade: options.StaleGrade = False
    sort: options.Sort = None
    limit: options.Limit = None
    owner: options.Owner = None
    pool: options.Pool = False
    customer_class: options.CustomerClass = None
    goal_before: options.GoalBefore = None


def filtered(run: Callable[..., None]) -> Callable[..., None]:
    """``run`` with these options in the place of its ``**chosen``; they stand where its ``*`` does."""
    own = list(signature(run).parameters.values())
    first = [one for one in own if one.kind is Parameter.POSITIONAL_OR_KEYWORD]
    last = [one for one in own if one.kind is Parameter.KEYWORD_ONLY]
    described = {
        name: getattr(found, "__forward_arg__", found) for name, found in Filters.__annotations__.items()
    }
    shared = [
        Parameter(
            name, Parameter.KEYWORD_ONLY, default=Filters._field_defaults[name], annotation=described[name]
        )
        for name in Filters._fields
    ]
    run.__signature__ = signature(run).replace(parameters=[*first, *shared, *last])  # type: ignore[attr-defined]
    run.__annotations__ = {**described, **run.__annotations__}
    return run


def chosen_by(app: App, chosen: dict[str, Any]) -> Filters:
    """What was chosen. Raises Usage for a day that is none."""
    found = Filters(**chosen)
    if found.goal_before is None:
        return found
    return found._replace(goal_before=common.day(app, found.goal_before).isoformat())
