"""``review``: the end of the day: what is left, one by one; or spread over the next working days."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import typer

from salesflow.commands import common, options
from salesflow.context import App
from salesflow.errors import SalesflowError, Unusable, Usage

if TYPE_CHECKING:
    from salesflow.actions.spread import Shift

UNTOUCHED_DAYS = 7


def review(
    ctx: typer.Context,
    week: options.Week = False,
    spread: options.Spread = None,
    per_day: options.PerDay = None,
    why: options.Why = None,
    fmt: options.ReviewFormat = None,
    as_json: options.Json = False,
) -> None:
    """The day's end; ``--spread`` asks nothing, nor does ``--format`` where nobody can be asked."""
    app: App = ctx.obj
    if spread is not None:
        _spread(app, spread, per_day, why, as_json)
        return
    if not app.interactive and fmt is None:
        raise Usage("review.needs_terminal")
    left = _untouched(app) if week else [*_left(app), *_ungraded(app)]
    if not app.interactive:
        if left:
            app.warn("review.left", count=len(left))
        _close(app, fmt)
        return
    for place, item in enumerate(left, 1):
        if not _one(app, item, f"{place}/{len(left)}"):
            return
    app.say("review.done" if left else "review.nothing")
    _close(app, fmt)


def _spread(app: App, days: int, per_day: int | None, why: str | None, as_json: bool) -> None:
    from salesflow.actions import spread

    if not why:
        raise Usage("review.needs_why")
    with common.working(app, "review", why) as work:
        overdue = [item["lead_id"] for item in _today(app, work.connection) if item["bucket"] == "overdue"]
        done = spread.spread(work, overdue, days, per_day, why)
    if as_json:
        app.emit_json(
            [{"lead_id": one.lead_id, "from": one.before, "to": one.after.isoformat()} for one in done]
        )
        return
    _say_spread(app, done, len(overdue) - len(done))


def _say_spread(app: App, done: list[Shift], left: int) -> None:
    if not done:
        app.say("review.nothing_overdue")
        return
    for day, count in sorted(Counter(one.after for one in done).items()):
        names = app.t("lead.comma").join(f"#{one.lead_id} {one.name}" for one in done if one.after == day)
        app.write_lines(f"{common.day_text(app, day)}  {count}  {names}")
    if left:
        app.warn("review.left_over", count=left)


def _today(app: App, connection: Any) -> list[dict[str, Any]]:
    from salesflow.reports import today
    from salesflow.reports.today_screen import Ask

    items: list[dict[str, Any]] = today.build(connection, Ask(app.today, app.now, app.lang)).data["items"]
    return items


def _left(app: App) -> list[dict[str, Any]]:
    # what was due and is not done, and what was done today and has no next date
    with app.read() as connection:
        items = _today(app, connection)
    today = app.today.isoformat()
    return [item for item in items if item["bucket"] != "unplanned" or item["last_followup"] == today]


def _untouched(app: App) -> list[dict[str, Any]]:
    from salesflow.reports import lists
    from salesflow.store.leads import Filter

    since = (app.today - timedelta(days=UNTOUCHED_DAYS)).isoformat()
    with app.read() as connection:
        found = lists.build_list(
            connection, lists.Wanted(Filter(statuses=("open",))), app.lang, app.today
        ).data
    return [
        {
            "lead_id": one["id"],
            "short": one["short"] or one["name"],
            "reason": one["next_reason"],
            "grade": one["grade"],
            "phone": one["phone"],
            "contact": None,
            "days_late": 0,
        }
        for one in found
        if one["received_at"] and (one["last_followup_at"] or one["received_at"])[:10] < since
    ]


def _ungraded(app: App) -> list[dict[str, Any]]:
    # whose first contact was today, and nobody has said how near they are to a deal
    from salesflow.names import label
    from salesflow.reports.processes import Processes
    from salesflow.store import followups, leads

    today = app.today.isoformat()
    with app.read() as connection:
        done = followups.followups_between(connection, f"{today}T00:00", f"{today}T23:59")
        met = list(dict.fromkeys(one.lead_id for one in done if one.answered))
        found = leads.leads_by_id(connection, met)
        processes = Processes(connection)
        return [
            {
                "lead_id": one.id,
                "short": label(one),
                "grades": [grade.code for grade in processes[one.process].grades],
            }
            for one in (found[lead_id] for lead_id in met)
            if one.status == "open"
            and one.grade is None
            and (one.first_followup_at or "")[:10] == today
            and processes[one.process].grades
        ]


def _one(app: App, item: dict[str, Any], place: str) -> bool:
    # false: the rep wants to stop
    app.write_lines("  ".join(part for part in (place, *_told(app, item)) if part))
    while True:
        try:
            said = app.ask("review.prompt_grade" if "grades" in item else "review.prompt")
        except KeyboardInterrupt:  # what was answered is in the book: this only stops
            return False
        if said in ("", "q"):
            return said == ""
        try:
            _do(app, item, said)
            return True
        except SalesflowError as error:
            app.warn(error.key, **error.values)


def _told(app: App, item: dict[str, Any]) -> list[str]:
    head = f"#{item['lead_id']} {item['short']}"
    if "grades" in item:
        return [head, app.t("review.no_grade", grades=" ".join(item["grades"]))]
    late = app.t("today.late", days=item["days_late"]) if item["days_late"] else ""
    what = " ".join(part for part in (_way(app, item), item["reason"]) if part)
    who = " ".join(part for part in (item["contact"], item["phone"]) if part)
    return [head, item["grade"] or "", late or _bucket(app, item), what, who]


def _bucket(app: App, item: dict[str, Any]) -> str:
    # why it stands here where it is not late
    bucket = item.get("bucket")
    return app.t(f"review.{bucket}") if bucket in ("due", "unplanned", "first_contact") else ""


def _way(app: App, item: dict[str, Any]) -> str:
    if not item.get("via"):
        return ""
    from salesflow.processes import short_title
    from salesflow.reports.processes import Processes

    with app.read() as connection:
        return short_title(Processes(connection)[item["process"]].known("via", item["via"]), app.lang)


def _do(app: App, item: dict[str, Any], said: str) -> None:
    # each answer is a command of its own, and so one step of undo
    from salesflow.commands.shell import tree

    lead = str(item["lead_id"])
    word, _, rest = said.partition(" ")
    if word == "n":
        words = ["next", lead, *rest.split()]
    elif word == "p":
        words = ["park", lead]
    elif word == "x":
        words = ["lose", lead]
    elif "grades" in item and said.upper() in (code.upper() for code in item["grades"]):
        words = ["edit", lead, "--grade", said]
    else:
        # what was planned is what was done: a call that was due is no visit
        # and what was typed is the whole answer, without a further question
        via = ["--via", _kept_by(app, item, said)] if item.get("via") else []
        words = ["log", lead, *via, "--result", "", "--hook", "", "--", said]
    root = tree()
    before = ["--db", str(app.book_path), "--lang", app.lang]
    with root.make_context("salesflow", [*before, *words], obj=app) as ctx:
        root.invoke(ctx)


def _kept_by(app: App, item: dict[str, Any], said: str) -> str:
    from salesflow.actions.pasting import kept_by
    from salesflow.reports.processes import Processes

    with app.read() as connection:
        process = Processes(connection)[item["process"]]
    return kept_by(process, item["via"], said, app.t("paste.rung_words").split())


def _close(app: App, fmt: str | None) -> None:
    """Nothing; the day's report is shown and on the clipboard, and the next working day's list sent where asked."""
    from salesflow.commands import copying
    from salesflow.reports import weekly
    from salesflow.reports.period import period

    with app.read() as connection:
        worked = common.calendar(app, connection)
        day = period("day", app.today, app.now)
        report = weekly.build(connection, "day", day, app.lang, app.rep, worked)
    with copying.captured(app) as out:
        app.show(report, "plain" if fmt == "table" else fmt or "chat")
    app.stdout.write(out.getvalue())
    try:
        copying.put(app, out.getvalue(), "review.copied")
    except Unusable as error:  # the report stands above all the same
        app.warn(error.key, **error.values)
    _hand_over(app, worked.next_workday(app.today + timedelta(days=1)))


def _hand_over(app: App, day: date) -> None:
    from salesflow.commands import push

    names = push.names(app)
    if not names:
        return
    if not app.interactive:  # nobody is here to say that it may go out
        app.warn("review.send_later", day=f"{day}", name=names[0])
        return
    from salesflow.reports import today
    from salesflow.reports.today_screen import Ask

    with app.read() as connection:
        report = today.build(connection, Ask(day, app.now, app.lang, others=True))
    counts = report.data["counts"]
    count = counts["first_contact"] + counts["overdue"] + counts["due"]
    said = {"day": common.day_text(app, day), "count": count}
    if len(names) == 1:
        if not app.confirm("review.send", name=names[0], **said):
            return
        chosen = 0
    else:
        chosen = app.choose("review.send_where", names, **said)
    if chosen >= 0:
        push.say(app, push.send(app, push.find(app, names[chosen]), report))
