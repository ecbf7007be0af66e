"""Two leads that are one customer made one, with all that hangs on them (F9). Nothing is counted twice."""

from __future__ import annotations

from typing import Any

from salesflow.actions import merge_past, merge_people, merge_record
from salesflow.actions.merged import Merged
from salesflow.actions.work import Work
from salesflow.errors import Refused
from salesflow.models import Lead
from salesflow.names import label
from salesflow.store import leads, merging, stored
from salesflow.store.rows import insert, update
from salesflow.texts import t


def merge(
    work: Work, keep_id: int, gone_id: int, *, why: str | None = None, anyway: bool = False, lang: str = "zh"
) -> Merged:
    """The lead ``keep_id`` with all that was known of ``gone_id``, which is no more.

    What both say differently stays as the lead kept has it; the other's words are kept among its own fields,
    their headers in ``lang``. Raises Refused for a lead and itself, leads of different processes, and
    leads of which somebody said that they are not the same, unless ``anyway``.
    """
    gone, kept = work.lead(gone_id), work.lead(keep_id)
    _refuse(work, kept, gone, anyway)
    done = Merged(kept, gone, kept)
    past = merge_past.join(work, done, lang)
    merge_people.join(work, done, work.process(kept.process), lang)
    for table in merging.CARRIED:
        count = merging.carry(work.connection, table, gone.id, kept.id)
        if count:
            done.carried[table] = done.carried.get(table, 0) + count
    _pairs(work, done, why)
    insert(
        work.connection,
        "former",
        {"lead_id": kept.id, "uid": gone.uid, "name": gone.name, "by": work.by, "created_at": work.at},
    )
    values = merge_record.joined(work, done, lang) | past
    _above(work, done, values)
    stored.drop(work.connection, "lead", gone.id)
    own = {**values.pop("custom"), **_remembered(done, {**kept.custom, **gone.custom}, lang)}
    leads.update_lead(work.connection, kept.id, merge_record.stored(kept, values, own, work.at))
    done.lead = work.lead(kept.id)
    return done


def _refuse(work: Work, kept: Lead, gone: Lead, anyway: bool) -> None:
    if kept.id == gone.id:
        raise Refused("merge.same", id=kept.id, name=label(kept))
    if kept.process != gone.process:
        raise Refused(
            "merge.other_process", id=gone.id, name=label(gone), process=gone.process, wanted=kept.process
        )
    if not anyway and merging.not_same(work.connection, kept.id, gone.id):
        raise Refused("merge.not_same", id=kept.id, name=label(kept), other_id=gone.id, other=label(gone))


def _pairs(work: Work, done: Merged, why: str | None) -> None:
    # pairs that name the one gone name the one kept; a pair of the two is none any more
    kept, gone = done.kept.id, done.gone.id
    for table in merging.PAIRS:
        known = {(row["lead_id"], row["other_id"]) for row in stored.pairs(work.connection, table, kept)}
        for row in stored.pairs(work.connection, table, gone):
            first, second = (kept if one == gone else one for one in (row["lead_id"], row["other_id"]))
            if table == "not_same":
                first, second = sorted((first, second))
            if table == "conflict":
                done.carried[table] = done.carried.get(table, 0) + 1
                update(work.connection, table, row["id"], _conflict(work, done, row, first, second, why))
            elif first == second or (first, second) in known:
                stored.drop(work.connection, table, row["id"])
                if table == "link":
                    done.dropped.append((table, f"#{row['lead_id']} #{row['other_id']} {row['relation']}"))
            else:
                update(work.connection, table, row["id"], {"lead_id": first, "other_id": second})
                known.add((first, second))
                done.carried[table] = done.carried.get(table, 0) + 1


def _conflict(
    work: Work, done: Merged, row: dict[str, Any], first: int, second: int | None, why: str | None
) -> dict[str, Any]:
    # two claims on one lead are settled once the two are one: whoever has the lead keeps it
    if first != second:
        return {"lead_id": first, "other_id": second}
    settled = {"settled_at": work.at, "settled_to": done.kept.owner or done.gone.owner, "why": why}
    return {"lead_id": first, "other_id": None, **({} if row["settled_at"] else settled)}


def _above(work: Work, done: Merged, values: dict[str, Any]) -> None:
    # whoever came through the one gone came through the one kept; nobody stands above themselves
    kept, gone = done.kept.id, done.gone.id
    for column in merging.ABOVE:
        for other in merging.below(work.connection, column, gone):
            if other != kept:
                leads.update_lead(work.connection, other, {column: kept})
                done.carried[column] = done.carried.get(column, 0) + 1
        own = (getattr(done.kept, column), getattr(done.gone, column))
        above = [one for one in own if one not in (None, kept, gone)]
        free = [one for one in above if not merge_record.stands_above(work.connection, kept, one, column)]
        values[column] = free[0] if free else None
        if own[0] == gone:  # nothing may name the one gone when it goes
            leads.update_lead(work.connection, kept, {column: values[column]})
        done.dropped += [(column, f"#{one}") for one in dict.fromkeys(above) if one != values[column]]
        if own[0] is None and free:
            done.filled.append((column, free[0]))


def _remembered(done: Merged, own: dict[str, str], lang: str) -> dict[str, str]:
    # the other's words under the header with a mark, beside those of an earlier merge
    found: dict[str, str] = {}
    for title, _, text in done.other:
        header = t("merge.other_header", lang, name=title)
        before = found.get(header) or own.get(header)
        told = t("merge.other_value", lang, text=text, id=done.gone.id)
        found[header] = f"{before}; {told}" if before else told
    return found
