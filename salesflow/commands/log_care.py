"""What a follow-up did for a customer after the deal: the care visit that it was, and whom to ask for (F17, E7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from salesflow.context import App
from salesflow.processes import Process

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salesflow.actions.followups import Logged
    from salesflow.actions.work import Work
    from salesflow.reports.customers import Care


class Cared(NamedTuple):
    """The care visits that a follow-up was the first to do for, and the related parties not asked for yet."""

    visits: Sequence[Care]
    parties: Sequence[dict[str, str]]


def done_by(work: Work, done: Logged, process: Process, lang: str) -> Cared | None:
    """What this follow-up did after the deal; None for most."""
    from salesflow.store import service

    day = done.at.date()
    if not done.answered or not process.care or not service.bought(work.connection, done.lead.id):
        return None
    if service.answered_on(work.connection, done.lead.id, day.isoformat()) > 1:
        return None
    from salesflow.reports.customers import Customers, parties

    care = Customers(work.connection, [done.lead.id], work.today).care(done.lead.id, process)
    visits = [one for one in care if one.done == day]
    linked = service.relations(work.connection, [done.lead.id]).get(done.lead.id, set())
    asks = any(one.visit.point.referral for one in visits)
    return Cared(visits, parties(process, linked, lang) if asks else ())


def say(app: App, lead_id: int, cared: Cared | None) -> None:
    """Nothing; the care visits are named, and after one that asks for referrals the parties not asked for yet."""
    if not cared or not cared.visits:
        return
    titles = dict.fromkeys(one.visit.point.title(app.lang) for one in cared.visits)
    app.warn("care.was", titles=app.t("show.comma").join(titles))
    if cared.parties:
        from salesflow.reports.after_deal import short

        app.warn("care.ask_for", names=" / ".join(short(one["title"]) for one in cared.parties))
        app.warn("care.ask_how", id=lead_id, code=cared.parties[0]["code"])
