"""``--with-personal``: what goes to others whole, and the customer's yes that it takes before a deal (K8)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from salesflow.commands import common
from salesflow.context import App
from salesflow.errors import Refused, Usage
from salesflow.names import label_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from salesflow.store.consents import Asked
    from salesflow.tables import Report

FOR_OTHERS = ("md", "chat")
_NAMED = 3
_BACK = ("-", "no", "none", "否", "无", "不同意", "收回")


def allowed(
    app: App,
    lead_ids: Sequence[int] | None,
    personal: bool,
    given: str | None = None,
    purpose: str | None = None,
) -> frozenset[int]:
    """Which of these leads (None: all) others may read whole.

    Without ``personal`` none. Before a deal the customer must have agreed: ``given`` is the day on
    which they did, which is written down; without it a terminal asks, and elsewhere such leads stay
    masked, which is said.
    """
    if given and not personal:
        raise Usage("consent.without_personal")
    return _settled(app, lead_ids, given, purpose)[0] if personal else frozenset()


def whole(
    app: App,
    lead_ids: Sequence[int] | None,
    personal: bool,
    fmt: str | None,
    as_json: bool = False,
    more: tuple[str, ...] = (),
) -> bool:
    """Whether an answer about these leads (None: all) may be whole where it goes to others; else as ``personal``.

    ``more`` are formats of this command that go to others, besides those of all.
    """
    if not personal or app.format(fmt, as_json, more=more) not in (*FOR_OTHERS, *more):
        return personal
    return not _settled(app, lead_ids, None, None)[1]


def whole_report(
    app: App, build: Callable[[bool], Report], personal: bool, fmt: str | None, as_json: bool
) -> tuple[Report, bool]:
    """The report that ``build`` makes (of others or not), and whether it may be whole, by the leads in it."""
    if not personal or not app.for_others(fmt, as_json):
        return build(app.for_others(fmt, as_json, personal)), personal
    report = build(False)
    if whole(app, _leads_in(report), personal, fmt, as_json):
        return report, True
    return build(True), False


def _leads_in(report: Report) -> list[int]:
    items = report.data.get("items", ()) if isinstance(report.data, dict) else ()
    found = [item["lead_id"] for item in items]
    for section in report.sections:
        places = [place for place, column in enumerate(section.columns) if column.kind == "id"]
        found += [row.cells[place] for row in section.rows for place in places[:1]]
    return list(dict.fromkeys(found))


def _settled(
    app: App, lead_ids: Sequence[int] | None, given: str | None, purpose: str | None
) -> tuple[frozenset[int], int]:
    """The leads that may be whole, and how many may not."""
    from salesflow.reports import consents

    on = day_given(app, given) if given else None
    purpose = common.line(app, purpose, "--why")
    with app.read() as connection:
        free, waiting = consents.standing(connection, lead_ids)
    if not waiting:
        return free, 0
    if on is None and app.interactive and _asked(app, waiting):
        on = app.today
    if on is None:
        app.warn("consent.lacking", count=len(waiting), names=_names(app, waiting), id=waiting[0].id)
        return free, len(waiting)
    from salesflow.actions import consent

    ids = [one.id for one in waiting]
    app.may_write = True  # a command that reads writes this one thing: what was agreed to
    with common.working(app, "consent", purpose) as work:
        consent.give(work, ids, on, purpose)
    app.warn("consent.given", count=len(ids), on=on.isoformat())
    return free | frozenset(ids), 0


def note(app: App, lead_id: int, text: str, purpose: str | None, as_json: bool) -> None:
    """The lead's consent written down as given on that day, or taken back where ``text`` is ``-`` or no."""
    from salesflow.actions import consent

    back = text.strip().casefold() in _BACK
    on = None if back else day_given(app, text)
    with common.working(app, "edit", purpose) as work:
        named = common.named(work.lead(lead_id))
        had = consent.take_back(work, lead_id) if on is None else True
        if on is not None:
            consent.give(work, [lead_id], on, purpose)
    if as_json:
        app.emit_json(common.lead_answer(app, lead_id))
    elif on is not None:
        app.say("consent.noted", on=common.day_text(app, on), **named)
    else:
        app.say("consent.withdrawn" if had else "consent.none", **named)


def day_given(app: App, text: str) -> date:
    """The day of ``--consent``. Raises Usage, Refused for a day to come."""
    on = common.day(app, text, past=True)
    if on > app.today:
        raise Refused("consent.in_future", on=on.isoformat())
    return on


def _asked(app: App, waiting: Sequence[Asked]) -> bool:
    return app.confirm("consent.ask", default=False, count=len(waiting), names=_names(app, waiting))


def _names(app: App, waiting: Sequence[Asked]) -> str:
    named = [f"#{one.id} {label_of(one.name, one.short, one.city)}" for one in waiting[:_NAMED]]
    return app.t("lead.comma").join([*named, "..."] if len(waiting) > _NAMED else named)
