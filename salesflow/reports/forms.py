"""The manuals' own forms, ready to print and sign: rows of cells on a grid, whatever draws them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from salesflow.models import Contact
from salesflow.processes import Process, short_title
from salesflow.reports.discreet import Veil
from salesflow.tables import FormCell, FormRow
from salesflow.texts import t

LINE = "________________"


class Asked(NamedTuple):
    """How a form is wanted: the language, the day, who hands it in, what others do not read."""

    lang: str
    today: date
    rep: str
    veil: Veil

    def t(self, key: str, **values: object) -> str:
        """The text ``forms.<key>``."""
        return t(f"forms.{key}", self.lang, **values)

    def seen(self, lead_id: int, value: Any, kind: str = "text", *, shop: bool = False) -> Any:
        """The value as others may read it."""
        return self.veil.one(lead_id, value, kind, shop=shop)


def title(text: str, width: int) -> FormRow:
    """The form's name over its whole width."""
    return FormRow((FormCell(text, width, "title"),))


def notes(texts: Sequence[str], width: int) -> FormRow:
    """Texts side by side below the name, the last one flush right."""
    each = width // len(texts)
    spans = [each] * (len(texts) - 1) + [width - each * (len(texts) - 1)]
    looks = ["note"] * (len(texts) - 1) + ["right"]
    return FormRow(tuple(map(FormCell, texts, spans, looks)))


def heading(text: str, width: int) -> FormRow:
    """What the rows below are about."""
    return FormRow((FormCell(text, width, "heading"),))


def head(texts: Iterable[str], spans: Iterable[int]) -> FormRow:
    """The names of a table's columns."""
    return FormRow(tuple([FormCell(text, span, "head") for text, span in zip(texts, spans, strict=True)]))


def cells(values: Iterable[Any], spans: Iterable[int], kinds: Iterable[str], lines: int = 1) -> FormRow:
    """A row of a table."""
    each = zip(values, spans, kinds, strict=True)
    return FormRow(tuple([FormCell(value, span, "value", kind) for value, span, kind in each]), lines)


def blanks(count: int, spans: Sequence[int], lines: int = 1) -> list[FormRow]:
    """Empty rows to write in by hand."""
    return [cells([None] * len(spans), spans, ["text"] * len(spans), lines)] * max(count, 0)


def signatures(
    signed: Sequence[tuple[str, str | None, str | None]], width: int, asked: Asked, across: int = 4
) -> list[FormRow]:
    """A place for each signature: what for, by whom and when where it is made, lines to write on else."""
    found = []
    across = max(1, min(across, len(signed)))
    each = width // across
    spans = [each] * (across - 1) + [width - each * (across - 1)]
    for start in range(0, len(signed), across):
        texts = [
            asked.t("sign_here", title=capital(name), who=who or LINE, on=on or LINE[:12])
            for name, who, on in signed[start : start + across]
        ]
        texts += [""] * (across - len(texts))
        row = [FormCell(text, span, "sign") for text, span in zip(texts, spans, strict=True)]
        found.append(FormRow(tuple(row), 2))
    return found


def kinds_of(processes: Iterable[Process], lang: str) -> dict[str, str]:
    """The signatures that these processes ask for, by code, each with what it is called."""
    found: dict[str, str] = {}
    for process in processes:
        for one in process.signoffs:
            found.setdefault(one.code, short_title(one, lang))
    return found


def foremost(process: Process, people: Sequence[Contact]) -> Contact | None:
    """The person whom a list names: of the roles the first that the process lists."""
    order = {role.code: place for place, role in enumerate(process.roles)}
    return min(
        people, key=lambda one: min((order.get(role, 99) for role in one.roles), default=99), default=None
    )


def capital(text: str) -> str:
    """The text as a label begins: with a capital, where the script has any."""
    return text[:1].upper() + text[1:]
