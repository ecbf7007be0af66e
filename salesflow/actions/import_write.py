"""Imported leads into the tables, many at a time, with their people, follow-ups and promises."""

from __future__ import annotations

from collections.abc import Callable

from salesflow.actions import import_update
from salesflow.actions.import_lead import LeadIn, Past, PersonIn
from salesflow.actions.import_plain import LEAD, PERSON, Pack, Ready
from salesflow.actions.work import Work
from salesflow.processes import Process
from salesflow.store import bulk, followups
from salesflow.store.rows import as_json, new_uid

_BATCH = 500
_SEALED = 5_000  # leads after which the seal goes on
_LEAD = ("id", *LEAD)
_PERSON = ("id", "lead_id", *PERSON)


class Writer:
    """Collects rows and writes them in batches; ids are given out here, above all that were ever used.

    ``process`` gives the process of a code, ``written`` is called whenever every row is in its table.
    """

    def __init__(self, work: Work, process: Callable[[str], Process], written: Callable[[], None]) -> None:
        self._work = work
        self._process = process
        self._written = written
        self._at = work.at
        self._bulk = bulk.Bulk(work.connection)
        self._first = self._unsealed = 0
        self._visits: dict[tuple[str, str], int] = {}
        self._common = {
            "status": "open",
            "need": "unknown",
            "passive": 0,
            "reschedules": 0,
            "updated_at": self._at,
        }

    def is_new(self, lead_id: int) -> bool:
        """Whether the lead was written by this very writer."""
        return 0 < self._first <= lead_id

    def add(self, lead: LeadIn, uid: str | None) -> int:
        """The id of the lead, written with the next batch."""
        lead_id = self._bulk.next_id("lead")
        self._first = self._first or lead_id
        row = {
            **self._common,
            "stage": self._process(lead.process).first_stage.code,
            **lead.columns,
            "id": lead_id,
            "uid": uid or new_uid(),
            "followups": len(lead.past),
            "answered": len(lead.past),
            "visits": sum([self._visit(lead, one) for one in lead.past]) if lead.past else 0,
            "created_at": lead.columns["created_at"] or self._at,
        }
        if lead.past:
            row["first_followup_at"], row["last_followup_at"] = lead.past[0].at, lead.past[-1].at
        if row.get("grade"):
            row["graded_at"] = row.get("last_followup_at") or row["received_at"] or self._at
        if lead.next:
            row["next_date"], row["next_time"] = lead.next.date.isoformat(), lead.next.time
            row["next_reason"], row["next_via"] = lead.next_reason, lead.next_via
        if row.get("credit"):
            row["credit_by"] = row.get("credit_by") or self._work.by
            row["credit_on"] = row.get("credit_on") or self._at[:10]
        self._bulk.add("lead", row)
        self._around(lead_id, lead, row["owner"] or self._work.by)
        if self._bulk.waiting >= _BATCH:
            self.flush()
        return lead_id

    def put(self, ready: Ready) -> int:
        """The id of the lead of a plain row, written with the next batch."""
        lead, person = ready
        lead_id = self._bulk.next_id("lead")
        self._first = self._first or lead_id
        self._bulk.put("lead", _LEAD, (lead_id, *lead))
        if person:
            self._bulk.put("contact", _PERSON, (self._bulk.next_id("contact"), lead_id, *person))
        if self._bulk.waiting >= _BATCH:
            self.flush()
        return lead_id

    def put_many(self, pack: Pack) -> None:
        """Nothing; the leads of the pack and their people are in their tables, behind all that was collected."""
        rows, _, leads, people = pack
        self.flush()
        first = self._bulk.write("lead", leads, rows)
        self._first = self._first or first
        if people:
            names, parts = people
            width, at = len(names), names.index("lead_id")
            for part in parts:
                part[at::width] = [first + place for place in part[at::width]]
            self._bulk.write("contact", people, sum(map(len, parts)) // width)
        self._unsealed += rows
        if self._unsealed >= _SEALED:
            self._work.operation.seal(self._work.connection)
            self._unsealed = 0

    def _around(self, lead_id: int, lead: LeadIn, by: str) -> None:
        for person in lead.people:
            self._person(lead_id, person)
        newest = 0
        for one in lead.past:
            newest = self._followup(lead_id, lead, one, by)
        if lead.next:
            self._promise(lead_id, lead, newest, by)

    def _person(self, lead_id: int, person: PersonIn) -> None:
        self._bulk.add(
            "contact",
            {
                "uid": new_uid(),
                "lead_id": lead_id,
                "name": person.name,
                "title": person.title,
                "roles": as_json(list(person.roles)),
                "phones": as_json(list(person.phones)),
                "wechat": person.wechat,
                "email": person.email,
                "department": person.department,
                "birthday": person.birthday,
                "by": self._work.by,
                "created_at": self._at,
                **person.keys,
            },
        )

    def _visit(self, lead: LeadIn, one: Past) -> int:
        key = (lead.process, one.via)
        if key not in self._visits:
            self._visits[key] = int(self._process(lead.process).known_via(one.via).counts_as_visit)
        return self._visits[key]

    def _followup(self, lead_id: int, lead: LeadIn, one: Past, by: str) -> int:
        followup_id = self._bulk.next_id("followup")
        self._bulk.add(
            "followup",
            {
                "id": followup_id,
                "uid": new_uid(),
                "lead_id": lead_id,
                "at": one.at,
                "via": one.via,
                "visit": self._visit(lead, one),
                "incoming": 0,
                "answered": 1,
                "note": one.note,
                "by": by,
                "recorded_at": self._at,
            },
        )
        return followup_id

    def _promise(self, lead_id: int, lead: LeadIn, newest: int, by: str) -> None:
        assert lead.next is not None
        self._bulk.add(
            "promise",
            {
                "uid": new_uid(),
                "lead_id": lead_id,
                "date": lead.next.date.isoformat(),
                "time": lead.next.time,
                "reason": lead.next_reason,
                "via": lead.next_via,
                "made_at": lead.past[-1].at if lead.past else lead.columns["received_at"] or self._at,
                "followup_id": newest or None,
                "after_followup": newest,
                "by": by,
            },
        )

    def update(self, lead_id: int, lead: LeadIn, why: str) -> list[str]:
        """The fields of the lead that the row changed; ``why`` is kept with a move to another stage."""
        self.flush()
        changed = import_update.update(self._work, lead_id, lead, why)
        fresh = import_update.fresh(self._work, lead_id, lead)
        newest = 0
        for one in fresh:
            newest = self._followup(lead_id, lead, one, lead.columns["owner"] or self._work.by)
        if fresh:
            self.flush()
            followups.recount(self._work.connection, lead_id)
            changed.append("followups")
        changed += import_update.promise(self._work, lead_id, lead, newest or None)
        self._work.operation.lead_id = None  # a step about many leads is about none
        return changed

    def put_off(self, rows: int) -> None:
        """Nothing; of a long list, ``rows`` of which have come, some indexes wait for ``complete``."""
        self._bulk.put_off(rows)

    def find_names(self) -> None:
        """Nothing; leads are found by their names, if they have to be."""
        self._bulk.complete(("lead_name",))

    def complete(self) -> None:
        """All that was collected is in the tables, and their indexes are whole."""
        self.flush()
        self._bulk.complete()

    def flush(self) -> None:
        """All that was collected is in the tables."""
        self._bulk.flush()
        self._written()
