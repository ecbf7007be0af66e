"""``list`` and ``find``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from salesflow.commands import common, consent, options
from salesflow.commands.filters import Filters, chosen_by, filtered
from salesflow.context import App
from salesflow.errors import Usage, nearest
from salesflow.names import LONGEST
from salesflow.processes import LISTS
from salesflow.processes import find as find_choice
from salesflow.texts import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salesflow.processes import Process
    from salesflow.reports.lists import Wanted
    from salesflow.reports.processes import Processes
    from salesflow.store.rows import Connection
    from salesflow.tables import Report

STATUSES = ("open", "parked", "lost")
FOUND = 200
BY_SCORE = "score:"


@filtered
def list_(
    ctx: typer.Context,
    *,
    personal: options.WithPersonal = False,
    fmt: options.Format = None,
    as_json: options.Json = False,
    **chosen: Any,
) -> None:
    """The leads that fit every filter."""
    from salesflow.reports import lists

    app: App = ctx.obj
    filters = chosen_by(app, chosen)
    parent_id = parent_of(app, filters)

    def build(others: bool) -> Report:
        with app.read() as connection:
            wanted = wanted_of(connection, filters, parent_id)
            full = app.for_scripts(fmt, as_json)
            return lists.build_list(connection, wanted, app.lang, app.today, others=others, records=full)

    report, personal = consent.whole_report(app, build, personal, fmt, as_json)
    app.show(report, fmt, as_json, personal=personal)


def parent_of(app: App, filters: Filters) -> int | None:
    """The id of the lead that ``--parent`` names."""
    return common.pick(app, filters.parent).id if filters.parent else None


def wanted_of(connection: Connection, asked: Filters, parent_id: int | None) -> Wanted:
    """What the options choose, every word read; the parent is found before. Raises Usage."""
    from salesflow.reports import lists
    from salesflow.reports.processes import Processes
    from salesflow.store.leads import Filter

    processes = Processes(connection)
    score = _score(processes, asked.sort)
    within = list(processes) if asked.process is None else [processes.named(asked.process)]
    later = asked.where_missing or asked.stale_grade or asked.new_customers or score
    chosen = Filter(
        stages=_stages(within, asked.stage),
        grades=_grades(within, asked.grade),
        area=common.area_of(connection, asked.area),
        source=_code(within, "source", asked.source),
        statuses=statuses_of(asked.status),
        process=None if asked.process is None else within[0].code,
        kind=_code(within, "kind", asked.kind),
        need=_need(asked.need),
        tag=asked.tag,
        industry=_choice(within, "industry", asked.industry),
        size=_choice(within, "size", asked.size),
        side=_choice(within, "side", asked.side),
        parent=parent_id,
        key_target=asked.key,
        reference=asked.reference,
        untouched=asked.untouched,
        unplanned=asked.unplanned,
        limit=None if later else asked.limit,
        sort="id" if score else _sort(asked.sort),
        owner="" if asked.pool else owner_of(connection, asked.owner),
        goal_before=asked.goal_before,
        customer_class=_choice(within, "customer_class", asked.customer_class),
    )
    missing = _field(processes, asked.where_missing)
    return lists.Wanted(chosen, missing, asked.stale_grade, asked.new_customers, score, asked.limit)


def owner_of(connection: Connection, text: str | None) -> str | None:
    """The rep meant, by name or a part of it; '' for ``-``, the pool. Raises Usage with those who own leads."""
    from salesflow.store import assigning

    if text is None or text == "-":
        return text and ""
    known = assigning.owners(connection)
    found = [name for name in known if name == text] or [name for name in known if text in name]
    if len(found) != 1:
        raise Usage("assign.no_such_rep", text=text[:40], known="  ".join((found or known)[:12]) or "-")
    return found[0]


def find(
    ctx: typer.Context,
    words: options.Words = None,
    limit: options.Limit = None,
    personal: options.WithPersonal = False,
    fmt: options.Format = None,
    as_json: options.Json = False,
) -> None:
    """The leads whose record, people or notes hold the words."""
    from salesflow.reports import lists

    app: App = ctx.obj
    text = common.joined(words)
    if not text:
        raise Usage("lists.no_words")
    if len(text) > LONGEST:
        raise Usage("names.too_long", what="WORDS", length=len(text), most=LONGEST)

    def build(others: bool) -> Report:
        with app.read() as connection:
            full, most = app.for_scripts(fmt, as_json), limit or FOUND
            return lists.build_find(connection, text, app.lang, most, app.today, others=others, records=full)

    report, personal = consent.whole_report(app, build, personal, fmt, as_json)
    app.show(report, fmt, as_json, personal=personal)


def _stages(processes: Iterable[Process], text: str | None) -> list[str] | None:
    if text is None:
        return None
    return [code for part in _parts(text, "--stage") for code in _codes(processes, "stage", part)]


def _grades(processes: Iterable[Process], text: str | None) -> list[str] | None:
    return None if text is None else grades_of(processes, text)


def grades_of(processes: Iterable[Process], text: str) -> list[str]:
    """The grades that ``H,A`` names; '' for ``-``, the leads without one. Raises Usage."""
    found: list[str] = []
    for part in _parts(text, "--grade"):
        found += [""] if part == "-" else _codes(processes, "grade", part)
    return found


def _parts(text: str, option: str) -> list[str]:
    parts = text.replace(",", " ").replace("，", " ").split()
    if not parts:
        raise Usage("errors.empty_value", name=option)
    return parts


def _code(processes: Iterable[Process], noun: str, text: str | None) -> str | None:
    if text is None:
        return None
    return _codes(processes, noun, text)[0]


def _choice(processes: Iterable[Process], noun: str, text: str | None) -> str | None:
    # the code in the first process that lists such choices and knows the word; as it stands where none lists any
    if text is None:
        return None
    listing = [process for process in processes if getattr(process, LISTS[noun])]
    for process in listing:
        try:
            return str(process.choice(noun, text).code)
        except Usage:
            continue
    if listing and len(listing) == len(list(processes)):
        # none knows the word: what all of them list is named
        known = {one.code: one for process in listing for one in getattr(process, LISTS[noun])}
        return str(find_choice(noun, text, list(known.values())).code)
    return text


def _codes(processes: Iterable[Process], noun: str, text: str) -> list[str]:
    # what the word means in each process that knows it; what the last one says where none does
    found: dict[str, None] = {}
    unknown: Usage | None = None
    for process in processes:
        try:
            found[getattr(process, noun)(text).code] = None
        except Usage as error:
            unknown = error
    if unknown and not found:
        raise unknown
    return list(found)


def statuses_of(text: str | None) -> list[str] | None:
    """The statuses that ``--status`` names. Raises Usage."""
    if text is None:
        return None
    return [_status(part) for part in _parts(text, "--status")]


def _status(text: str) -> str:
    from salesflow.texts import t

    for status in STATUSES:
        if text in (status, t(f"lists.status_{status}", "zh"), t(f"lists.status_{status}", "en")):
            return status
    raise Usage("lists.unknown_status", text=text)


def _need(text: str | None) -> str | None:
    from salesflow.commands.fields import read_need

    return None if text is None else read_need(text)


def _score(processes: Processes, text: str | None) -> str | None:
    # score:CHECKLIST, by a checklist of any process
    if text is None or not text.startswith(BY_SCORE):
        return None
    known = {one.code: one for process in (processes.default, *processes) for one in process.checklists}
    return str(find_choice("checklist", text.removeprefix(BY_SCORE), list(known.values())).code)


def _sort(text: str | None) -> str:
    from salesflow.store.leads import SORTS

    if text is not None and text not in SORTS:
        near = nearest(text, list(SORTS))
        raise Usage("lists.unknown_sort", text=text, known=near or " ".join((*SORTS, f"{BY_SCORE}...")))
    return text or "id"


def _field(processes: Processes, text: str | None) -> str | None:
    from salesflow import funnel
    from salesflow.reports.lists import points_of

    if text is None:
        return None
    titles: dict[str, str] = {}
    known: list[str] = []
    for process in (processes.default, *processes):
        for point in points_of(process):
            known.append(point)
            for lang in LANGUAGES:
                titles.setdefault(funnel.point_name(process, point, lang), point)
    if text in known:
        return text
    if text not in titles:
        near = nearest(text[:60], [*known, *titles])
        raise Usage("lists.unknown_field", text=text[:60], known=near or " ".join(processes.default.required))
    return titles[text]
