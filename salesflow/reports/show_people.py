"""The people of a customer's file (F13, F14)."""

from __future__ import annotations

from salesflow.models import Contact
from salesflow.processes import Process, short_title
from salesflow.reports.show_base import File
from salesflow.tables import Column, Row, Section
from salesflow.texts import t


def section(file: File, lang: str) -> Section:
    """The people at the lead."""
    keys = ("name", "roles", "attitude", "phone", "wechat", "known")
    columns = tuple(
        Column(
            key,
            t(f"show.person_{key}", lang),
            "phone" if key == "phone" else "text",
            drop=int(key == "known"),
        )
        for key in keys
    )
    rows = tuple(_person(one, file.process, lang) for one in file.people)
    return Section(columns=columns, rows=rows, heading=t("show.people", lang) if rows else "")


def _person(one: Contact, process: Process, lang: str) -> Row:
    roles = t("show.comma", lang).join(short_title(process.known("role", role), lang) for role in one.roles)
    personal = (one.character, one.hobbies, one.birthday)
    return Row(
        (
            f"{one.name} {one.title}" if one.title else one.name,
            roles or None,
            process.known("attitude", one.attitude).title(lang) if one.attitude else None,
            " ".join(one.phones) or None,
            one.wechat or one.email,
            t("show.comma", lang).join(part for part in personal if part) or None,
        )
    )
