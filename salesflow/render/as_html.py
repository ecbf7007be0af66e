"""One page for a browser or a printer: whole in itself, nothing fetched, A4 on paper."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import TYPE_CHECKING

from salesflow.render.gate import safe
from salesflow.render.values import NEVER_CUT, grid
from salesflow.tables import Column, Report, Section

if TYPE_CHECKING:
    from typing import Any

_TAGS = {"zh": "zh-CN"}  # Chinese fonts differ by country

_PAGE = """<!doctype html>
<html lang="{{ lang }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>{{ title }}</title>
<style>
@page { size: A4; margin: 12mm 14mm; }
:root { --ink: #111; --soft: #555; --rule: #ddd; --edge: #999; --paper: #fff; --track: #e6eaef; --late: #b00;
  --c1: #1864ab; --c2: #d9480f; --c3: #2b8a3e; --c4: #862e9c; --c5: #5c3d2e; --c6: #0b7285;
  --pale: #a5c5e3; --on: #fff; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #e8e8e8; --soft: #a8b0b8; --rule: #3a3f45; --edge: #6c757d; --paper: #16191c; --track: #2c3238;
    --late: #ff8787; --c1: #4dabf7; --c2: #ff922b; --c3: #69db7c; --c4: #da77f2; --c5: #d0a98a; --c6: #66d9e8;
    --pale: #2f5d86; --on: #0b1620; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 190mm; padding: 4mm; color: var(--ink); background: var(--paper);
  font: 11pt/1.45 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif;
  print-color-adjust: exact; -webkit-print-color-adjust: exact; }
h1 { font-size: 15pt; margin: 0 0 2mm; white-space: pre-wrap; }
h2 { font-size: 11.5pt; margin: 4mm 0 1mm; padding-bottom: .5mm; border-bottom: .3mm solid var(--edge);
  break-after: avoid; }
p { margin: .4mm 0; white-space: pre-wrap; overflow-wrap: anywhere; break-inside: avoid; }
table { border-collapse: collapse; width: 100%; font-size: 10pt; }
th, td { padding: .5mm 2mm .5mm 0; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { font-weight: normal; color: var(--soft); }
thead { display: table-header-group; }
tr { break-inside: avoid; border-bottom: .1mm solid var(--rule); }
section + section { margin-top: 3mm; }
.right { text-align: right; white-space: nowrap; }
.whole { white-space: nowrap; }
.late { color: var(--late); }
.strong { font-weight: bold; }
svg { display: block; width: 100%; height: auto; margin: 2mm 0; break-inside: avoid; }
svg.spark { display: inline-block; width: 20mm; height: 4mm; margin: 0; vertical-align: middle; }
svg text { font-size: 12px; } svg .name { font-weight: bold; font-size: 13px; } svg .small { font-size: 11px; }
svg .end { text-anchor: end; } svg .mid { text-anchor: middle; }
.ink { fill: var(--ink); } .soft { fill: var(--soft); } .on { fill: var(--on); } .pale { fill: var(--pale); }
.track { fill: var(--track); } .rule { stroke: var(--rule); } .line { fill: none; stroke-width: 2; }
.s1 { fill: var(--c1); } .s2 { fill: var(--c2); } .s3 { fill: var(--c3); } .s4 { fill: var(--c4); }
.s5 { fill: var(--c5); } .s6 { fill: var(--c6); }
.l1 { stroke: var(--c1); } .l2 { stroke: var(--c2); } .l3 { stroke: var(--c3); }
.l4 { stroke: var(--c4); } .l5 { stroke: var(--c5); } .l6 { stroke: var(--c6); }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(75mm, 1fr)); gap: 3mm 8mm; margin: 2mm 0; }
figure { margin: 0; break-inside: avoid; }
@media print { body { padding: 0; max-width: none; font-size: 9.5pt; line-height: 1.35; } table { font-size: 9pt; } }
@media print, (min-width: 180mm) { .narrow { columns: 2; column-gap: 8mm; } }
.narrow section { display: flow-root; break-inside: avoid; margin-top: 0; }
</style>
</head>
<body>
{% if title %}<h1>{{ title }}</h1>
{% endif %}{{ drawing }}{% for narrow, parts in blocks %}<div{% if narrow %} class="narrow"{% endif %}>
{% for part in parts %}<section>
{% if part.heading %}<h2>{{ part.heading }}</h2>
{% endif %}{% for line in part.before %}<p>{{ line }}</p>
{% endfor %}{% if part.rows or part.titles %}<table>
{% if part.titles %}<thead><tr>{% for title in part.titles %}\
<th class="{{ part.aligns[loop.index0] }}">{{ title }}</th>{% endfor %}</tr></thead>
{% endif %}<tbody>
{% for style, cells in part.rows %}<tr{% if style %} class="{{ style }}"{% endif %}>{% for cell in cells %}\
<td class="{{ part.aligns[loop.index0] }}">{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</tbody></table>
{% endif %}{% for line in part.after %}<p>{{ line }}</p>
{% endfor %}</section>
{% endfor %}</div>
{% endfor %}</body>
</html>
"""


def html(report: Report, lang: str, mask: Callable[[str], str] | None = None, drawing: str = "") -> str:
    """The report as one page of HTML; every text of the data is escaped, and that of the ``drawing`` was."""
    from jinja2 import Environment
    from markupsafe import Markup

    page = Environment(autoescape=True, keep_trailing_newline=True).from_string(_PAGE)
    blocks = [
        (narrow and len(parts) > 1 and all(part["heading"] for part in parts), parts)
        for narrow, sections in groupby(report.sections, _is_narrow)
        if (parts := [_part(section, lang, mask) for section in sections])
    ]
    charts = ""
    if report.charts:
        from salesflow.render.as_svg import figures

        charts = figures(report.charts, lang)
    drawn = Markup(drawing + charts)  # each text in it was escaped where it was drawn
    return page.render(lang=_TAGS.get(lang, lang), title=safe(report.title), blocks=blocks, drawing=drawn)


def _is_narrow(section: Section) -> bool:
    # two such sections have room beside each other, where each has a heading to begin with
    return len(section.columns) <= 2


def _part(section: Section, lang: str, mask: Callable[[str], str] | None) -> dict[str, Any]:
    titles, cells, aligns = grid(section, lang, group=section.grouped, mask=mask)
    for place, column in enumerate(section.columns):
        if column.kind == "trend":
            cells[place + section.grouped] = [_spark(row.cells[place]) for row in section.rows]
    rows = list(zip(*cells, strict=True)) if section.rows else []
    columns = [*([Column("")] if section.grouped else []), *section.columns]
    kinds = list(zip(columns, aligns, strict=True))
    return {
        "heading": safe(section.heading),
        "before": [safe(line) for line in section.before],
        "titles": titles if section.columns and section.header else [],
        "aligns": [
            "left whole" if one.kind in NEVER_CUT and align == "left" else align for one, align in kinds
        ],
        "rows": list(zip((row.style for row in section.rows), rows, strict=True)),
        "after": [safe(line) for line in section.after],
    }


def _spark(values: Any) -> str:
    from markupsafe import Markup

    from salesflow.render.as_svg import spark

    return Markup(spark(values)) if values and not isinstance(values, str) else ""
