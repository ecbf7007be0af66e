"""Signatures on a lead's card, and on the sheet of a week's new leads (K3, F8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from salesflow.actions.work import Work
from salesflow.dates import week_label, week_of
from salesflow.errors import Refused, Usage
from salesflow.models import Signoff
from salesflow.names import label
from salesflow.processes import Choice, Process, ships
from salesflow.store import care, signing
from salesflow.texts import LANGUAGES


class Week(NamedTuple):
    """A week's new leads after the signature: those signed now, those that were, those that know no such one."""

    label: str
    kinds: tuple[Choice, ...]
    signed: tuple[int, ...]
    already: int
    without: int


def kind_of(process: Process, word: str | None) -> str:
    """The code of the signature that ``word`` means; the process's first where None. Raises Usage."""
    if word:
        return process.choice("signoff", word).code
    if not process.signoffs:
        raise Usage(
            "team.update_first" if ships(process.code, "signoffs") else "team.no_kind", process=process.code
        )
    return process.signoffs[0].code


def sign(work: Work, lead_id: int, word: str | None, name: str, note: str | None = None) -> Signoff:
    """The card signed. Raises Refused where it has this signature already: by whom and when."""
    lead = work.lead(lead_id)
    process = work.process(lead.process)
    kind = kind_of(process, word)
    known = signing.find_signoff(work.connection, lead_id, kind)
    if known:
        titles: dict[str, Any] = {
            f"kind_{lang}": process.known("signoff", kind).title(lang) for lang in LANGUAGES
        }
        raise Refused(
            "team.signed_already", id=lead.id, lead=label(lead), name=known.name, at=known.at[:10], **titles
        )
    _write(work, lead_id, kind, name, note, None)
    found = signing.find_signoff(work.connection, lead_id, kind)
    assert found is not None
    return found


def sign_week(work: Work, day: date, word: str | None, name: str, note: str | None = None) -> Week:
    """Every lead received in the week of ``day`` that lacks this signature has it now.

    A lead whose process knows no such signature is left out; Usage where none knows it.
    """
    first, last = week_of(day)
    if first > work.today:
        raise Refused("team.week_to_come", date=day.isoformat())
    cards = signing.cards(work.connection, f"{first}T00:00", f"{last}T23:59")
    kinds = _kinds(work, list(dict.fromkeys(card.process for card in cards)), word)
    known = signing.signed(work.connection, [card.id for card in cards])
    wanted = [card for card in cards if card.process in kinds]
    lacking = [card for card in wanted if kinds[card.process] not in known.get(card.id, ())]
    week = week_label(day)
    for card in lacking:
        _write(work, card.id, kinds[card.process], name, note, week)
    work.operation.lead_id = lacking[0].id if len(lacking) == 1 else None
    signed = tuple([card.id for card in lacking])
    used = {kind: work.process(code).known("signoff", kind) for code, kind in kinds.items()}
    return Week(week, tuple(used.values()), signed, len(wanted) - len(lacking), len(cards) - len(wanted))


def _kinds(work: Work, codes: Sequence[str], word: str | None) -> dict[str, str]:
    kinds: dict[str, str] = {}
    trouble: Usage | None = None
    for code in codes:
        try:
            kinds[code] = kind_of(work.process(code), word)
        except Usage as error:
            trouble = trouble or error
    if trouble and not kinds:
        raise trouble
    return kinds


def _write(work: Work, lead_id: int, kind: str, name: str, note: str | None, week: str | None) -> None:
    row = {
        "lead_id": lead_id,
        "kind": kind,
        "name": name,
        "week": week,
        "at": work.at,
        "note": note,
        "by": work.by,
    }
    care.insert_signoff(work.connection, row)
