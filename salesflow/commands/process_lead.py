"""``edit LEAD --process P``: the lead follows another process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salesflow.commands import common
from salesflow.context import App
from salesflow.errors import Usage

if TYPE_CHECKING:
    from salesflow.actions.work import Work
    from salesflow.models import Lead
    from salesflow.processes import Process


def process_of(app: App, lead_id: int, word: str | None, stage: str | None) -> Process:
    """The process that the lead follows, or that ``word`` wants it to. Raises Usage."""
    from salesflow.reports.processes import Processes
    from salesflow.store import leads

    if stage is not None and word is None:
        raise Usage("process.stage_without_process", id=lead_id, stage=stage[:40])
    with app.read() as connection:
        processes = Processes(connection)
        if word is not None:
            return processes.named(word)
        found = leads.find_lead(connection, lead_id)
        assert found is not None
        return processes[found.process]


def follow(work: Work, lead_id: int, word: str | None, stage: str | None, why: str | None) -> None:
    """Nothing; where a process is named, the lead follows it now, in that stage or where it fits."""
    from salesflow.actions import follow as actions

    if word is not None:
        actions.follow(work, lead_id, word, stage, why)


def say(app: App, after: Lead, process: Process) -> None:
    """Print which process the lead follows now, and where it stands in it."""
    stage = process.stage(after.stage).title(app.lang)
    app.say("process.followed", process=process.title(app.lang), stage=stage, **common.named(after))
