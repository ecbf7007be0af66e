"""The people of a customer's file: who decides in which order, who was met when, who is missing (F13, F14)."""

from __future__ import annotations

from datetime import date

from salesflow.models import Contact
from salesflow.reports import chain
from salesflow.reports.show_base import File
from salesflow.tables import Section
from salesflow.texts import t

_KEYS = (
    "chain", "name", "title", "roles", "department", "attitude", "weight", "phone", "wechat", "last_met",
)  # fmt: skip
_PERSONAL = ("character", "hobbies", "birthday", "family", "friends")


def section(file: File, lang: str, today: date) -> Section:
    """The people at the lead, what is known of them, and who is missing or was never met."""
    columns, rows = chain.table(file.people, file.process, file.met, lang, today, _KEYS)
    buying = chain.buying_line(file.process, file.lead, lang)
    if not rows:
        return Section(before=(buying,) if buying else ())
    after = [text for one in file.people if (text := _personal(one, lang))]
    after += chain.gap_lines(file.process, file.people, file.met, lang)
    after += [buying] if buying else []
    return Section(columns=columns, rows=rows, heading=t("show.people", lang), after=tuple(after))


def _personal(one: Contact, lang: str) -> str:
    known = [(name, getattr(one, name)) for name in _PERSONAL]
    said = "   ".join(f"{t(f'show.{name}', lang)} {value}" for name, value in known if value)
    return t("show.personal", lang, name=one.name, said=said) if said else ""
