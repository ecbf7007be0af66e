"""Another rep's book into this one: every lead with all that hangs on it, known ones brought up to date (F9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from salesflow.actions import join_actions, join_lead, join_moves, join_products, join_spends, settle
from salesflow.actions.join_rows import Rows
from salesflow.actions.work import Work
from salesflow.errors import Refused
from salesflow.models import Lead
from salesflow.names import elsewhere
from salesflow.processes import from_json
from salesflow.store import conflicts, find, history, joining, leads, merging, settings, stored
from salesflow.store.rows import Connection, insert, update
from salesflow.store.stored import Row


class Other(NamedTuple):
    """The other book: open, whose it is, and what its reps are called here (old name: new name)."""

    connection: Connection
    rep: str
    renamed: Mapping[str, str] = {}


@dataclass
class Joined:
    """What came of one book: its leads are those added, updated and unchanged.

    Of the leads added, ``merged`` are one with a lead that was here, ``conflicts`` were registered by
    somebody else here too; ``records`` is how many rows came with them.
    """

    rep: str
    leads: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    merged: int = 0
    conflicts: int = 0
    records: int = 0
    targets: int = 0
    products: int = 0
    actions: int = 0
    spends: int = 0
    processes: list[str] = field(default_factory=list)


def whose(connection: Connection, called: str | None = None) -> Other:
    """The other book with its rep's name, who is ``called`` so here."""
    written = joining.operators(connection)
    rep = settings.get_setting(connection, "rep") or (written[0] if written else "")
    if not called:
        return Other(connection, rep)
    return Other(connection, called, dict.fromkeys([rep, *written], called))


def join(work: Work, other: Other) -> Joined:
    """All of the other book's leads are in this one. Raises Refused where a stage is not known here.

    Settings, holidays and import profiles stay with the other book.
    """
    done = Joined(other.rep)
    _take_processes(work, other, done)
    history.defer_references(work.connection)
    rows = Rows(work, other.connection, other.renamed)
    fresh, met = _placed(work, other, rows)
    grades = joining.first_grades(other.connection) if fresh else {}
    for lead_id, theirs in fresh.items():
        _add(work, rows, lead_id, theirs, grades.get(theirs["id"]))
    before = {lead_id: join_lead.standing(work, lead_id) for lead_id in {one.lead_id for one in met}}
    rows.take(frozenset(fresh))
    for lead_id in before.keys() & rows.moved.keys():
        join_moves.order(work, other.connection, rows, lead_id)
    for one in met:
        if join_lead.bring_up(work, other.connection, rows, one, before[one.lead_id]):
            rows.changed.add(one.lead_id)
    _count(done, rows, fresh, met)
    of_both = frozenset(one.lead_id for one in met)
    for lead_id in fresh:
        _compare(work, lead_id, frozenset(fresh), of_both, done)
    done.targets = _targets(work, other)
    done.products = join_products.take(work, other.connection, other.renamed)
    done.actions = join_actions.take(work, other.connection, other.rep, other.renamed)
    done.spends = join_spends.take(work, other.connection, other.renamed)
    work.operation.lead_id = None  # a step about many leads is about none
    return done


def _count(done: Joined, rows: Rows, fresh: Mapping[int, Row], met: list[join_lead.Met]) -> None:
    done.leads, done.added = len(fresh) + len(met), len(fresh)
    done.updated = sum(one.lead_id in rows.changed for one in met)
    done.unchanged = len(met) - done.updated
    done.records = rows.added


def _take_processes(work: Work, other: Other, done: Joined) -> None:
    # a process of the same code is ours, whatever the other book has under it: its stages must be there
    here = settings.process_codes(work.connection)
    missing = []
    for code, stage, count in joining.stages_held(other.connection):
        if code in here and all(one.code != stage for one in work.process(code).stages):
            missing.append((code, stage, count))
    if missing:
        process, stage, count = missing[0]
        theirs = from_json(settings.process_data(other.connection, process) or "{}")
        title = theirs.known("stage", stage)
        raise Refused(
            "join.stage_missing",
            process=process,
            stage=stage,
            stage_zh=title.title("zh"),
            stage_en=title.title("en"),
            count=count,
        )
    for code in sorted(joining.processes_told(other.connection) - set(here)):
        data, source = (get(other.connection, code) for get in _PROCESS)
        if data is not None:
            settings.insert_process(work.connection, code, data, source or "")
            done.processes.append(code)


_PROCESS = (settings.process_data, settings.process_source)


def _placed(work: Work, other: Other, rows: Rows) -> tuple[dict[int, Row], list[join_lead.Met]]:
    """The leads to be by the id that each gets, and those that are here, each known by uid."""
    now, gone = joining.leads_by_uid(work.connection)
    _, theirs_gone = joining.leads_by_uid(other.connection)
    earlier: dict[int, list[str]] = {}
    for uid, lead_id in theirs_gone.items():
        earlier.setdefault(lead_id, []).append(uid)
    fresh: dict[int, Row] = {}
    met: list[join_lead.Met] = []
    for theirs in stored.rows(other.connection, "lead"):
        uids = (theirs["uid"], *earlier.get(theirs["id"], ()))
        known = [found for uid in uids if (found := now.get(uid) or gone.get(uid))]
        lead_id = known[0] if known else rows.next_id("lead")
        if parts := {*known} - {lead_id}:
            rows.parts[lead_id] = sorted(parts)
        if known:
            met.append(join_lead.Met(lead_id, theirs, part=theirs["uid"] not in now))
        else:
            fresh[lead_id] = theirs
        rows.ids["lead"][theirs["id"]] = lead_id
    return fresh, met


def _add(
    work: Work, rows: Rows, lead_id: int, theirs: Row, first: tuple[str | None, str | None] | None
) -> None:
    row = {**rows.mapped("lead", theirs), "id": lead_id}
    present = (row["grade"], row["graded_at"])
    if first and first[0] and first != present:
        # reports of an older week read the grade that a lead came with out of its making
        insert(work.connection, "lead", {**row, "grade": first[0], "graded_at": first[1]})
        update(work.connection, "lead", lead_id, {"grade": present[0], "graded_at": present[1]})
    else:
        insert(work.connection, "lead", row)


def _compare(work: Work, lead_id: int, fresh: frozenset[int], of_both: frozenset[int], done: Joined) -> None:
    """The lead that came in is one with its own, and in conflict with another rep's, where it is the same."""
    lead = work.lead(lead_id)
    same = [one for one in _same(work, lead) if one.id not in fresh]
    # two that the other book itself keeps apart are two, whenever they came
    own = next((one for one in same if one.id not in of_both and _one_claim(one, lead)), None)
    if own is not None:
        lead = settle.unite(work, own.id, lead.id, own.owner or lead.owner)
        done.merged += 1
    rival = next((one for one in same if one != own and not _one_claim(one, lead)), None)
    if rival is None or conflicts.between(work.connection, lead.id, rival.id):
        return
    if own is None or lead.owner != own.owner:
        settle.link(work, lead, rival)
        done.conflicts += 1


def _one_claim(one: Lead, two: Lead) -> bool:
    # what nobody owns nobody claims
    return one.process == two.process and (one.owner == two.owner or not one.owner or not two.owner)


def _same(work: Work, lead: Lead) -> list[Lead]:
    """The other leads that this one is (cli.md, Who is the same), by id; not those of which somebody said no."""
    key, *mine = joining.keys_of(work.connection, lead.id)
    found = []
    for lead_id, city, address in find.same_name(work.connection, key):
        if lead_id == lead.id or elsewhere(mine[0], mine[1], city, address):
            continue
        if not merging.not_same(work.connection, lead.id, lead_id):
            found.append(lead_id)
    by_id = leads.leads_by_id(work.connection, found)
    return [by_id[lead_id] for lead_id in found]


def _targets(work: Work, other: Other) -> int:
    """How many targets are new or newer: those of the other book's whole are its rep's here."""
    here = joining.targets(work.connection)
    count = 0
    for (metric, period, rep), theirs in joining.targets(other.connection).items():
        rep = other.renamed.get(rep, rep) or other.rep
        by = other.renamed.get(theirs["by"], theirs["by"])
        values: dict[str, Any] = {**theirs, "rep": rep, "by": by}
        del values["id"]
        mine = here.get((metric, period, rep))
        if mine is None:
            insert(work.connection, "target", values)
            count += 1
        elif theirs["recorded_at"] > mine["recorded_at"] and theirs["value"] != mine["value"]:
            update(work.connection, "target", mine["id"], {**values, "uid": mine["uid"]})
            count += 1
    return count
