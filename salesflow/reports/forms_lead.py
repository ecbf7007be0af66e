"""The forms of one lead: the customer record (F1) and the follow-up record (F7)."""

from __future__ import annotations

from typing import Any

from salesflow import funnel
from salesflow.models import Contact, Followup
from salesflow.names import label
from salesflow.processes import Process, short_title
from salesflow.reports import forms, show
from salesflow.reports.forms import Asked
from salesflow.reports.show_base import File
from salesflow.store import care
from salesflow.store.rows import Connection
from salesflow.tables import Form, FormCell, FormRow
from salesflow.texts import t

_GRID = 12
_PEOPLE = 5  # rows that a page has for them at least
_PERSON = (
    ("person", 2),
    ("roles", 2),
    ("phone", 2),
    ("attitude", 1),
    ("character", 2),
    ("birthday", 1),
    ("family", 2),
)
# label and value, side by side; what is alone in its row is long
_PAIRS = (
    ("name", "short"), ("kind", "source"), ("brands",), ("area", "phone"), ("address",), ("ownership", "shareholders"),
    ("industry", "size"), ("side", "parent"), ("supplier", "need"), ("volume",), ("credit", "helped_by"),
)  # fmt: skip
# of other trades: shown where something is known
_OPTIONAL = frozenset(
    ("industry", "size", "side", "parent", "credit", "helped_by", "ownership", "shareholders")
)
_CODED = ("kind", "source", "industry", "size", "side", "credit")
_DAYS_A_MONTH, _MONTHS = 30, 12


def customer(connection: Connection, lead_id: int, asked: Asked) -> Form:
    """All that is known of a lead on one page, with room for what is not."""
    file = show.read(connection, lead_id, asked.lang, asked.today)
    name = label(file.lead)
    rows = [
        forms.title(asked.t("record"), _GRID),
        forms.notes(_about(file, asked), _GRID),
        *_record(file, asked),
        *_people(file, asked),
        *_progress(file, asked),
        *_own(file, asked),
        *_remarks(file, asked),
        *_signed(connection, file, asked),
    ]
    return Form(name, (7.6,) * _GRID, tuple(rows))


def _about(file: File, asked: Asked) -> list[str]:
    lead = file.lead
    return [
        asked.t("number", id=lead.id),
        asked.t("rep", name=lead.owner or lead.registered_by),
        asked.t("printed", on=asked.today.isoformat()),
    ]


def _record(file: File, asked: Asked) -> list[FormRow]:
    rows = []
    for names in _PAIRS:
        values = {name: _value(file, name, asked) for name in names}
        if not any(values.values()) and _OPTIONAL.issuperset(names) and not _required(file.process, names):
            continue
        spans = (2, 4) * 2 if len(names) == 2 else (2, 10)
        parts = [
            part for name in names for part in ((_label(file, name, asked), "label"), (values[name], "value"))
        ]
        rows.append(
            FormRow(
                tuple([FormCell(text, span, look) for (text, look), span in zip(parts, spans, strict=True)])
            )
        )
    return rows


def _required(process: Process, names: tuple[str, ...]) -> bool:
    return any(name in process.required for name in names)


def _label(file: File, name: str, asked: Asked) -> str:
    if name == "name":
        return asked.t("name")
    return forms.capital(file.process.field_title("volume_month" if name == "volume" else name, asked.lang))


def _value(file: File, name: str, asked: Asked) -> Any:
    lead, lang = file.lead, asked.lang
    if name == "volume":
        month = lead.volume_month
        return month and asked.t(
            "volume", day=f"{month / _DAYS_A_MONTH:.1f}", month=month, year=month * _MONTHS
        )
    if name == "need":
        return t(f"show.need_{lead.need}", lang)
    if name == "area":
        return " ".join(part for part in (lead.province, lead.city, lead.area) if part)
    if name == "phone":
        return asked.seen(lead.id, lead.phone, "phone", shop=True)
    if name == "parent":
        return file.data["parent_name"]
    found = getattr(lead, name)
    if name in _CODED:
        return file.process.known(name, found).title(lang) if found else None
    if isinstance(found, tuple):
        return t("show.comma", lang).join(found)
    return found if name in ("name", "short") else asked.seen(lead.id, found)


def _people(file: File, asked: Asked) -> list[FormRow]:
    spans = [span for _, span in _PERSON]
    known = [_person(file, one, asked) for one in file.people]
    held = {role for one in file.people for role in one.roles}
    lacking = [short_title(role, asked.lang) for role in file.process.roles if role.code not in held]
    known += [[None, role, *[None] * (len(spans) - 2)] for role in lacking[: max(0, _PEOPLE - len(known))]]
    return [
        forms.heading(asked.t("people"), _GRID),
        forms.head([asked.t(f"person_{key}") for key, _ in _PERSON], spans),
        *(forms.cells(each, spans, ["text"] * len(spans)) for each in known),
        *forms.blanks(_PEOPLE - len(known), spans),
    ]


def _person(file: File, one: Contact, asked: Asked) -> list[Any]:
    comma, lead_id, process = t("show.comma", asked.lang), file.lead.id, file.process

    def personal(*names: str) -> str | None:
        found = [asked.seen(lead_id, getattr(one, name), "personal") for name in names]
        return comma.join(text for text in found if text) or None

    return [
        "\n".join(part for part in (one.name, one.title or one.department) if part),
        comma.join(short_title(process.known("role", role), asked.lang) for role in one.roles) or None,
        "\n".join(asked.seen(lead_id, list(one.phones), "phone") or ()) or None,
        short_title(process.known("attitude", one.attitude), asked.lang) if one.attitude else None,
        personal("character", "hobbies"),
        personal("birthday"),
        personal("family", "friends"),
    ]


def _progress(file: File, asked: Asked) -> list[FormRow]:
    lead, process, lang = file.lead, file.process, asked.lang
    share, missing = funnel.completeness(process, file.facts)
    lacks = t("show.comma", lang).join(funnel.point_name(process, point, lang) for point in missing)
    pairs: tuple[tuple[tuple[str, Any, str], ...], ...] = (
        (
            ("stage", process.known("stage", lead.stage).title(lang), "text"),
            ("grade", process.grade_title(lead.grade, lang), "text"),
        ),
        (
            ("goal_value", None if lead.goal_fen is None else lead.goal_fen / 100, "money"),
            ("goal_on", lead.goal_on, "date"),
        ),
        (
            ("received_at", lead.received_at and lead.received_at[:10], "date"),
            ("last", lead.last_followup_at and lead.last_followup_at[:10], "date"),
        ),
        (
            ("next_date", lead.next_date, "date"),
            ("next_reason", asked.seen(lead.id, lead.next_reason), "text"),
        ),
        (("missing", f"{share:.0%}   {lacks}", "text"),),
    )
    rows = [forms.heading(asked.t("progress"), _GRID)]
    for each in pairs:
        spans = (2, 4) * 2 if len(each) == 2 else (2, 10)
        parts = [
            part
            for name, value, kind in each
            for part in ((asked.t(name), "label", "text"), (value, "value", kind))
        ]
        rows.append(
            FormRow(
                tuple(
                    [
                        FormCell(value, span, look, kind)
                        for (value, look, kind), span in zip(parts, spans, strict=True)
                    ]
                )
            )
        )
    return rows


def _own(file: File, asked: Asked) -> list[FormRow]:
    # what this process asks beyond what every lead has, and what the sheet of this lead brought
    titles = {field.code: field.title(asked.lang) for field in file.process.fields if field.own}
    codes = [*titles, *(name for name in file.lead.custom if name not in titles)]
    if not codes:
        return []
    rows = [forms.heading(asked.t("own"), _GRID)]
    for code in codes:
        value = asked.seen(file.lead.id, file.lead.custom.get(code))
        rows.append(
            FormRow((FormCell(forms.capital(titles.get(code, code)), 3, "label"), FormCell(value, 9)))
        )
    return rows


def _remarks(file: File, asked: Asked) -> list[FormRow]:
    note = asked.seen(file.lead.id, file.lead.note)
    return [FormRow((FormCell(asked.t("note"), 2, "label"), FormCell(note, 10)), 3)]


def _signed(connection: Connection, file: File, asked: Asked) -> list[FormRow]:
    made = {one.kind: one for one in care.list_signoffs(connection, file.lead.id)}
    places: list[tuple[str, str | None, str | None]] = [(asked.t("filled_in"), None, None)]
    for kind, name in forms.kinds_of([file.process], asked.lang).items():
        one = made.get(kind)
        places.append((name, one.name, one.at[:10]) if one else (name, None, None))
    return forms.signatures(places, _GRID, asked, 2)


_FOLLOWUPS = (
    ("no", 5, "int"), ("at", 16, "time"), ("via", 9, "text"), ("with", 11, "text"), ("learned", 24, "text"),
    ("did", 20, "text"), ("feedback", 20, "text"), ("got", 24, "text"), ("next", 18, "text"), ("by", 9, "text"),
)  # fmt: skip
_EMPTY = 4  # rows to go on by hand


def followups(connection: Connection, lead_id: int, asked: Asked) -> Form:
    """Every contact with a lead, the first above, with room for the next ones."""
    file = show.read(connection, lead_id, asked.lang, asked.today)
    lead, process = file.lead, file.process
    width = len(_FOLLOWUPS)
    spans, kinds = [1] * width, [kind for _, _, kind in _FOLLOWUPS]
    about = [
        asked.t("customer_is", name=lead.name),
        asked.t("stage_is", stage=process.known("stage", lead.stage).title(asked.lang)),
        asked.t("printed", on=asked.today.isoformat()),
    ]
    done = list(reversed(file.followups))
    rows = [
        forms.title(asked.t("followups"), width),
        forms.notes(about, width),
        forms.head([asked.t(f"followup_{key}") for key, _, _ in _FOLLOWUPS], spans),
        *(
            forms.cells([number, *_followup(one, process, asked)], spans, kinds, 2)
            for number, one in enumerate(done, 1)
        ),
        *forms.blanks(_EMPTY, spans, 3),
        *forms.signatures(
            [(asked.t("filled_in"), None, None), (asked.t("read_by"), None, None)], width, asked
        ),
    ]
    return Form(label(lead), tuple(float(each) for _, each, _ in _FOLLOWUPS), tuple(rows), True, 3)


def _followup(one: Followup, process: Process, asked: Asked) -> list[Any]:
    way = process.known_via(one.via)
    via = way.incoming.get(asked.lang) if one.incoming else None  # 来电 says who called whom
    unanswered = "" if one.answered else asked.t("unanswered")
    # the note tells what was learned where nothing else does
    learned = "\n".join(part for part in (one.learned, one.note) if part)
    got = "\n".join(part for part in (one.progress, one.result, one.hook) if part)
    ahead = " ".join(part for part in (one.next_date, one.next_reason) if part)
    values = (one.contact, learned or None, one.did, one.feedback, got or None, ahead or None)
    seen = [asked.seen(one.lead_id, value) for value in values]
    return [one.at, (via or short_title(way, asked.lang)) + unanswered, *seen, one.by]
