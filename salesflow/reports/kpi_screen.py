"""The measures as people see them: against the target, the period before, the average of four."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from salesflow.reports import explained
from salesflow.reports.measures import MEASURES
from salesflow.reports.period import Period
from salesflow.reports.shown import MONEY, RATE, averaged, shown
from salesflow.reports.weekly_screen import day_text
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

RECORD = ("name", "value", "unit", "target", "attainment", "previous", "average4", "in", "of")
_BASES = {one.name: one.basis for one in MEASURES}


class Measures(Report):
    """A report whose records are its measures, what each rests on beside it."""

    def items(self) -> list[dict[str, Any]]:
        """The measures, with no object in them."""
        return [{name: {**one, **one["basis"]}[name] for name in RECORD} for one in self.data["measures"]]


def report(data: dict[str, Any], period: Period, lang: str, rep: str) -> Report:
    """The measures with their screen: beside each of the last four periods where the data have them."""
    title = t(
        "kpi.title",
        lang,
        label=data["label"],
        first=day_text(data["from"], lang),
        last=day_text(data["to"], lang),
        rep=rep,
        state=t(f"week.{'complete' if data['complete'] else 'running'}", lang),
    )
    sections = [_compared(data, period, lang) if "earlier" in data else _table(data, period, lang)]
    if "definitions" in data:
        sections.append(explained.section(data["definitions"], lang))
    chat = tuple(_chat(data, title, lang))
    return Measures(data, tuple(sections), title, chat, "measures", fields=RECORD)


def _table(data: dict[str, Any], period: Period, lang: str) -> Section:
    columns = (
        Column("name", t("week.figure", lang)),
        Column("value", t(f"week.this_{period.kind}", lang), "int"),
        Column("target", t("kpi.target", lang), "int"),
        Column("attainment", t("kpi.attainment", lang), "rate"),
        Column("previous", t(f"week.previous_{period.kind}", lang), "int"),
        Column("average4", t(f"kpi.average_{period.kind}", lang), "int"),
        Column("basis", t("kpi.basis", lang), "int"),
    )
    rows = [
        Row(
            (
                _title(one, lang),
                shown(one["value"], one["unit"], lang),
                shown(one["target"], one["unit"], lang),
                one["attainment"],
                shown(one["previous"], one["unit"], lang),
                averaged(one["average4"], one["unit"], lang),
                _basis(one, lang),
            )
        )
        for one in data["measures"]
    ]
    return Section(columns=columns, rows=tuple(rows))


def _compared(data: dict[str, Any], period: Period, lang: str) -> Section:
    earlier = data["earlier"]
    columns = (
        Column("name", t("week.figure", lang)),
        Column("value", t(f"week.this_{period.kind}", lang), "int"),
        *(Column(one["label"], _short_label(one["label"]), "int") for one in earlier),
        Column("average4", t(f"kpi.average_{period.kind}", lang), "int"),
    )
    rows = []
    for one in data["measures"]:
        before = [shown(each["values"][one["name"]], one["unit"], lang) for each in earlier]
        average = averaged(one["average4"], one["unit"], lang)
        rows.append(Row((_title(one, lang), shown(one["value"], one["unit"], lang), *before, average)))
    return Section(columns=columns, rows=tuple(rows))


def _short_label(label: str) -> str:
    # days without their year
    first, to, last = label.partition("..")
    return f"{first[5:]}{to}{last[5:]}" if len(first) == 10 else label


def _title(one: dict[str, Any], lang: str) -> str:
    return t(f"kpi.name_{one['name']}", lang)


def _basis(one: dict[str, Any], lang: str) -> str | None:
    part, of = one["basis"]["in"], one["basis"]["of"]
    if of is None:
        return None
    if _BASES[one["name"]] == MONEY:
        return f"{averaged(part, MONEY, lang)}/{averaged(of, MONEY, lang)}".replace(" ", "")
    return f"{part}/{of}"


def _chat(data: dict[str, Any], title: str, lang: str) -> Sequence[str]:
    lines = [title]
    for one in data["measures"]:
        value = shown(one["value"], one["unit"], lang)
        if value is None:
            continue
        line = f"{_title(one, lang)} {value}"
        if one["attainment"] is not None:
            line += t(
                "kpi.of_target",
                lang,
                target=shown(one["target"], one["unit"], lang),
                share=shown(one["attainment"], RATE, lang),
            )
        elif one["unit"] == RATE:
            line += f" ({_basis(one, lang)})"
        lines.append(line)
    return lines
