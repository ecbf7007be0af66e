"""What is said after an import: counts of every row, how columns were read, what was set right, what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salesflow.commands.import_rejects import hint, reasons
from salesflow.context import App

if TYPE_CHECKING:
    from salesflow.actions.imports import Outcome
    from salesflow.commands.import_file import Opened

SHOWN = 10


def say(
    app: App, done: list[tuple[Opened, Outcome]], as_json: bool, dry_run: bool, shown: bool = False
) -> None:
    """The answer: JSON as cli.md promises it, or lines for people; rejected rows and notes on stderr.

    ``shown`` says that somebody has just agreed to the columns, and need not read them again.
    """
    if as_json:
        records = _records(app, done)
        app.emit_json(records if len(records) > 1 else records[0])
    for opened, outcome in done:
        if not as_json:
            _lines(app, opened, outcome, shown)
        _notes(app, opened, outcome)
    if dry_run:
        app.warn("imports.dry_run")
    elif not as_json:
        _due(app)


_COUNTS = ("rows", "added", "updated", "unchanged", "duplicates", "rejected", "possible_duplicates")


def _records(app: App, done: list[tuple[Opened, Outcome]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for opened, outcome in done:
        record = _record(app, opened, outcome)
        if not opened.mixed:
            found.append(record)
        elif found and "kinds" in found[-1] and found[-1]["file"] == opened.name:
            _join(found[-1], record)
        else:
            found.append(record | {"kind": "mixed", "kinds": [record]})
    return found


def _join(whole: dict[str, Any], record: dict[str, Any]) -> None:
    # one file, one answer; each kind's own stands in ``kinds``
    for name in _COUNTS:
        whole[name] += record[name]
    whole["mapping"] |= record["mapping"]
    whole["changes"] = sorted((*whole["changes"], *record["changes"]), key=lambda one: one["row"])
    whole["rejects"] = sorted((*whole["rejects"], *record["rejects"]), key=lambda one: one["row"])
    whole["kinds"].append(record)


def _record(app: App, opened: Opened, outcome: Outcome) -> dict[str, Any]:
    leads = opened.plan.kind == "leads"
    return {
        "file": opened.name.removesuffix(f" [{opened.sheet}]"),
        **({"sheet": opened.sheet} if opened.sheet else {}),
        "kind": opened.plan.kind,
        "encoding": opened.table.encoding,
        "rows": outcome.rows,
        "added": outcome.added,
        "updated": outcome.updated,
        "unchanged": outcome.unchanged,
        "duplicates": outcome.duplicates,
        "rejected": len(outcome.rejects),
        "possible_duplicates": outcome.possible_duplicates,
        "mapping": dict(opened.plan.mapping),
        "custom": list(opened.plan.custom) if leads else [],
        **({} if leads else {"unused": list(opened.plan.custom)}),
        "changes": [
            dict(zip(("row", "lead_id", "fields"), one, strict=True)) for one in _changes(opened, outcome)
        ],
        "rejects": [{"row": row, "reason": said} for row, said in reasons(app, opened, outcome)],
    }


def _lines(app: App, opened: Opened, outcome: Outcome, shown: bool) -> None:
    read = app.t("lead.comma").join(f"{header}={field}" for header, field in opened.plan.mapping.items())
    app.say(
        "imports.done",
        file=f"{opened.name} ({app.t(f'rows.{opened.plan.kind}')})" if opened.mixed else opened.name,
        rows=outcome.rows,
        added=outcome.added,
        updated=outcome.updated,
        unchanged=outcome.unchanged,
        duplicates=outcome.duplicates,
        rejected=len(outcome.rejects),
    )
    if not shown:
        app.say("imports.read_as", mapping=read)
    if opened.plan.custom and not shown:
        key = "imports.custom" if opened.plan.kind == "leads" else "rows.unused"
        app.say(key, names=app.t("lead.comma").join(opened.plan.custom))
    for row, lead_id, fields in _changes(opened, outcome)[:SHOWN]:
        app.say("imports.changed", row=row, id=lead_id, fields=app.t("lead.comma").join(fields))
    if outcome.updated > SHOWN:
        app.say("imports.more_changed", count=outcome.updated - SHOWN)
    if outcome.possible_duplicates:
        app.say("imports.possible", count=outcome.possible_duplicates)


def _changes(opened: Opened, outcome: Outcome) -> list[tuple[int, int, list[str]]]:
    # the first thousand rows that were updated; targets belong to no lead
    return [] if opened.plan.kind == "targets" else outcome.changes


def _notes(app: App, opened: Opened, outcome: Outcome) -> None:
    counts = opened.plan.counts
    for name in ("swapped_coordinates", "bad_coordinates", "masked_phones", "invisible"):
        if counts.get(name):
            app.warn(f"imports.{name}", count=counts[name])
    if outcome.completed:
        app.warn("imports.completed", count=outcome.completed)
    _meant(app, outcome)
    if opened.table.other_sheets and not opened.sheet:
        others = app.t("lead.comma").join(opened.table.other_sheets)
        app.warn("imports.other_sheets", sheet=opened.table.sheet, others=others)
    alone = len(opened.table.alone) or counts.get("alone", 0)
    if alone:
        app.warn("imports.alone", count=alone)
    if outcome.rejects:
        app.warn("imports.rejected", count=len(outcome.rejects))
        for row, said in reasons(app, opened, outcome, SHOWN):
            app.warn("imports.reject_line", row=row, reason=said)
        if len(outcome.rejects) > SHOWN:
            app.warn("imports.more_rejects", count=len(outcome.rejects) - SHOWN)
        if told := hint(app, opened, outcome):
            app.warn("imports.hint", hint=told)


def _meant(app: App, outcome: Outcome) -> None:
    # what a cell says and what it means now
    became = [f"#{was} = #{now}" for was, now in sorted(outcome.became.items())]
    if became:
        app.warn("imports.became", count=len(became), pairs=app.t("lead.comma").join(became[:SHOWN]))
    reckoned = sorted(outcome.reckoned.items(), key=lambda one: one[1])
    if reckoned:
        pairs = [f"{text} = {period}" for text, period in reckoned[:SHOWN]]
        app.warn("imports.reckoned", pairs=app.t("lead.comma").join(pairs))


def _due(app: App) -> None:
    from salesflow.reports import today
    from salesflow.reports.today_screen import Ask

    with app.read() as connection:
        counts = today.build(connection, Ask(app.today, app.now, app.lang, limit=0)).data["counts"]
    due = counts["first_contact"] + counts["overdue"] + counts["due"]
    app.say("imports.due_today", count=due, untouched=counts["untouched"])
