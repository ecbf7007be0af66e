"""The record of two leads as that of one: what is filled stays, blanks are filled, the first to register owns."""

from __future__ import annotations

from typing import Any

from salesflow.actions.keys import lead_keys
from salesflow.actions.leads import stored as as_columns
from salesflow.actions.merged import Merged
from salesflow.actions.work import Work
from salesflow.models import Lead
from salesflow.names import name_key
from salesflow.phones import digits
from salesflow.processes import LISTS, Process
from salesflow.store import followups, kin
from salesflow.store.rows import Connection

# fields that stand alone, and those that only mean something together
_ALONE = (
    "short", "kind", "area", "city", "province", "supplier", "volume_month", "ownership", "shareholders",
    "industry", "size", "side", "helped_by", "approach", "from_list", "buying_step", "customer_class", "owner",
)  # fmt: skip
_TOGETHER = (
    ("source", "passive"),
    ("address", "lat", "lng"),
    ("credit", "credit_by", "credit_on"),
)
_UNITED = ("brands", "tags")
_EITHER = ("reference", "key_target")


def joined(work: Work, done: Merged, lang: str) -> dict[str, Any]:
    """The columns of the lead kept after the merge, lists as tuples; what differs is said in ``done``."""
    kept, gone = done.kept, done.gone
    process = work.process(kept.process)
    values: dict[str, Any] = {"custom": dict(kept.custom)}
    if name_key(kept.name) != name_key(gone.name):
        done.differs(process.field_title("name", lang), kept.name, gone.name)
    for names in (*((name,) for name in _ALONE), *_TOGETHER):
        values |= _one(done, process, names, lang)
    values |= _need(done, process, lang)
    for name in _UNITED:
        values[name] = tuple(dict.fromkeys((*getattr(kept, name), *getattr(gone, name))))
        if values[name] != getattr(kept, name):
            done.filled.append((name, values[name]))
    for name in _EITHER:
        if getattr(gone, name) and not getattr(kept, name):
            values[name] = 1
            done.filled.append((name, True))
    values |= _phone(done) | _note(done) | _registered(kept, gone)
    values |= followups.counts(work.connection, kept.id)  # all that hung on either is the kept one's by now
    for name, text in gone.custom.items():
        if name not in kept.custom:
            values["custom"][name] = text
            done.filled.append((name, text))
        elif name_key(text) != name_key(kept.custom[name]):
            done.differs(name, kept.custom[name], text)
    return values


def stored(kept: Lead, values: dict[str, Any], own: dict[str, str], at: str) -> dict[str, Any]:
    """The columns as the book holds them, with the keys that follow from them."""
    row = as_columns({**values, "custom": own})
    named = {"name": kept.name, "short": values.get("short", kept.short), **row}
    return {**row, **lead_keys(named), "updated_at": at}


def stands_above(connection: Connection, lead_id: int, other_id: int, column: str) -> bool:
    """Whether the lead stands above the other one already, so that the other cannot stand above it."""
    return lead_id in kin.above(connection, other_id, column)


def _one(done: Merged, process: Process, names: tuple[str, ...], lang: str) -> dict[str, Any]:
    name = names[0]
    mine, theirs = getattr(done.kept, name), getattr(done.gone, name)
    if theirs is None:
        return {}
    if mine is None:
        done.filled.append((name, theirs))
        return {one: _plain(getattr(done.gone, one)) for one in names}
    if name_key(str(mine)) != name_key(str(theirs)):
        shown = [_shown(process, name, value, lang) for value in (mine, theirs)]
        done.differs(process.field_title(name, lang), *shown)
    return {}


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value


def _shown(process: Process, name: str, value: Any, lang: str) -> str:
    return process.known(name, str(value)).title(lang) if name in LISTS else str(value)


def _need(done: Merged, process: Process, lang: str) -> dict[str, Any]:
    mine, theirs = done.kept.need, done.gone.need
    if theirs in ("unknown", mine):
        return {}
    if mine == "unknown":
        done.filled.append(("need", theirs))
        return {"need": theirs}
    done.differs(process.field_title("need", lang), mine, theirs)
    return {}


def _phone(done: Merged) -> dict[str, Any]:
    numbers: dict[str, str] = {}
    for text in (done.kept.phone, done.gone.phone):
        for one in (text or "").split(" / "):
            if one:
                numbers.setdefault(digits(one), one)
    phone = " / ".join(numbers.values()) or None
    if phone == done.kept.phone:
        return {}
    done.filled.append(("phone", phone))
    return {"phone": phone}


def _note(done: Merged) -> dict[str, Any]:
    mine, theirs = done.kept.note, done.gone.note
    if not theirs or (mine and theirs in mine):
        return {}
    done.filled.append(("note", theirs))
    return {"note": f"{mine}\n{theirs}" if mine else theirs}


def _registered(kept: Lead, gone: Lead) -> dict[str, Any]:
    # whoever registered first has registered it (F9), be it the one that is gone
    first = min((kept, gone), key=lambda lead: min(lead.received_at or "9", lead.created_at))
    received = [lead.received_at for lead in (kept, gone) if lead.received_at]
    return {
        "registered_by": first.registered_by,
        "received_at": min(received, default=None),
        "created_at": min(kept.created_at, gone.created_at),
    }
