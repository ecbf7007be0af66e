"""``dupes``: possible doubles in groups, the surest first, each with what speaks for it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from salesflow.names import label_of
from salesflow.phones import kept_phones
from salesflow.reports import likeness as alike
from salesflow.reports.likeness import Pair, Reason
from salesflow.store import likeness
from salesflow.store.likeness import NotSame, Seen
from salesflow.store.rows import Connection
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

FIELDS = (
    "cluster", "score", "lead_id", "name", "other_id", "other_name", "reasons", "why", "not_same", "city", "address",
    "other_city", "other_address", "stage", "other_stage", "owner", "other_owner",
)  # fmt: skip


class Wanted(NamedTuple):
    """Which pairs: of these leads, of one area or process, for one reason; ``every``: those parted before, too."""

    leads: Collection[int] = ()
    area: str | None = None
    process: str | None = None
    reason: str | None = None
    every: bool = False
    limit: int | None = None


class Double(NamedTuple):
    """A possible double: the lead that would stay, the other one, and what was said of them."""

    group: int
    kept: Seen
    other: Seen
    score: int
    reasons: tuple[Reason, ...]
    mark: NotSame | None


def look(connection: Connection, wanted: Wanted) -> tuple[list[Double], int, int]:
    """The doubles wanted, by group; how many there are without the limit, and how many marks hide."""
    marks = likeness.marked(connection)
    found = [pair for pair in alike.pairs(likeness.everyone(connection)) if _chosen(pair, wanted)]
    hidden = sum((pair.first.id, pair.second.id) in marks for pair in found)
    if not wanted.every:
        found = [pair for pair in found if (pair.first.id, pair.second.id) not in marks]
    groups = alike.groups(found)
    doubles = [_double(pair, groups[pair.first.id], marks) for pair in found]
    doubles.sort(key=lambda one: one.group)
    return doubles[: wanted.limit], len(doubles), 0 if wanted.every else hidden


def _chosen(pair: Pair, wanted: Wanted) -> bool:
    both = (pair.first, pair.second)
    if wanted.leads and not _among(pair, wanted.leads):
        return False
    if wanted.area and all(one.area != wanted.area for one in both):
        return False
    if wanted.process and all(one.process != wanted.process for one in both):
        return False
    return not wanted.reason or any(one.code == wanted.reason for one in pair.reasons)


def _among(pair: Pair, leads: Collection[int]) -> bool:
    # one lead: all its doubles; several: what speaks for these being one
    inside = (pair.first.id in leads) + (pair.second.id in leads)
    return inside >= min(2, len(leads))


def _double(pair: Pair, group: int, marks: dict[tuple[int, int], NotSame]) -> Double:
    # the lead of which more is known would stay, else the one that was there first
    kept, other = sorted((pair.first, pair.second), key=lambda one: (-one.followups, one.id))
    turned = kept is not pair.first
    reasons = tuple(Reason(one.code, one.second, one.first) if turned else one for one in pair.reasons)
    return Double(group, kept, other, pair.score, reasons, marks.get((pair.first.id, pair.second.id)))


def build(connection: Connection, wanted: Wanted, lang: str) -> Report:
    """Every possible double that is wanted."""
    doubles, count, hidden = look(connection, wanted)
    rows = tuple(_row(one, lang) for one in doubles)
    keys = ("cluster", "score", "kept", "perhaps", "why")
    kinds = {"cluster": "int", "score": "int"}
    columns = tuple(
        Column(
            key,
            t(f"dupes.column_{key}", lang),
            kinds.get(key, "text"),
            shrink=key in ("kept", "perhaps", "why"),
        )
        for key in keys
    )
    after = tuple(_after(doubles, count, hidden, lang))
    section = Section(columns, rows, header=bool(rows), after=after)
    data = [record(one, lang) for one in doubles]
    title = (
        t("dupes.title", lang, groups=len({one.group for one in doubles}), pairs=len(doubles)) if rows else ""
    )
    chat = tuple(_chat(one, lang) for one in doubles)
    most = 0 if wanted.limit else -1
    return Report(data, (section,), title, chat=chat, terminal_limit=most, fields=FIELDS)


def record(one: Double, lang: str) -> dict[str, Any]:
    """A double as JSON has it."""
    return {
        "cluster": one.group,
        "score": one.score,
        "lead_id": one.kept.id,
        "name": one.kept.name,
        "other_id": one.other.id,
        "other_name": one.other.name,
        "reasons": [reason.code for reason in one.reasons],
        "values": {reason.code: [_value(reason.code, text) for text in reason[1:]] for reason in one.reasons},
        "why": why(one, lang),
        "not_same": one.mark is not None,
        "not_same_why": one.mark.why if one.mark else None,
        **_place("", one.kept),
        **_place("other_", one.other),
    }


def _place(before: str, lead: Seen) -> dict[str, Any]:
    names = ("short", "city", "address", "stage", "status", "owner", "followups")
    return {f"{before}{name}": getattr(lead, name) for name in names}


def why(one: Double, lang: str) -> str:
    """What speaks for one customer, and what the two have that differs."""
    told = [_told(reason, lang) for reason in one.reasons]
    if (
        one.kept.address
        and one.other.address
        and not any(reason.code == alike.ADDRESS for reason in one.reasons)
    ):
        told.append(t("dupes.other_address", lang, first=one.kept.address, second=one.other.address))
    if one.mark:
        told.append(
            t("dupes.marked", lang, by=one.mark.by, date=one.mark.created_at[:10], why=one.mark.why or "-")
        )
    return t("dupes.comma", lang).join(told)


def _told(reason: Reason, lang: str) -> str:
    first, second = (_value(reason.code, text) for text in reason[1:])
    return t(f"dupes.reason_{reason.code}", lang, first=first, second=second)


def _value(code: str, text: str) -> str:
    return (kept_phones(text) or [text])[0] if code == alike.PHONE else text


def _name(lead: Seen) -> str:
    return f"#{lead.id} {label_of(lead.name, lead.short, lead.city)}"


def _row(one: Double, lang: str) -> Row:
    cells = (one.group, one.score, _name(one.kept), _name(one.other), why(one, lang))
    return Row(cells)


def _chat(one: Double, lang: str) -> str:
    return t("dupes.chat", lang, kept=_name(one.kept), other=_name(one.other), why=why(one, lang))


def _after(doubles: Sequence[Double], count: int, hidden: int, lang: str) -> list[str]:
    lines = []
    if not doubles:
        lines.append(t("dupes.none", lang))
    if count > len(doubles):
        lines.append(t("dupes.more", lang, count=count - len(doubles)))
    if doubles:
        first = next((one for one in doubles if not one.mark), doubles[0])
        lines.append(t("dupes.how", lang, id=first.kept.id, other_id=first.other.id))
    if hidden:
        lines.append(t("dupes.hidden", lang, count=hidden))
    return lines
