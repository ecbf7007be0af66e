"""Who brought whom, as a tree with what it brought in; and what related leads are to each other (E5, E7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from salesflow.models import Lead, Link
from salesflow.money import show_money
from salesflow.names import label_of, shortened
from salesflow.processes import Process
from salesflow.reports.heads import heads
from salesflow.reports.processes import Processes
from salesflow.reports.records import money
from salesflow.reports.shown import fen_of, yuan_text
from salesflow.reports.weekly_screen import brief
from salesflow.store import care, kin
from salesflow.store.kin import Kin
from salesflow.store.rows import Connection
from salesflow.tables import Column, Report, Row, Section
from salesflow.texts import t

FIELDS = (
    "depth", "lead_id", "name", "short", "referred_by", "relation", "process", "stage", "stage_title", "status", "won",
    "sales", "count", "count_won", "brought_sales",
)  # fmt: skip


class Tree(Report):
    """A report of trees whose records are their leads, one a line, with how deep each stands."""

    def items(self) -> list[dict[str, Any]]:
        """Every lead of the trees, each before those that it brought."""
        trees = self.data if isinstance(self.data, list) else [self.data]
        return [{name: one[name] for name in FIELDS} for tree in trees for one in _walk(tree)]


SHOWN = 8  # related leads in the file of one
DEEPEST = 100  # levels of a tree that are listed; sums go to its end


def _walk(tree: dict[str, Any]) -> Iterator[dict[str, Any]]:
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += reversed(one["brought"])


def trees(connection: Connection, roots: Sequence[int], lang: str) -> list[dict[str, Any]]:
    """The tree below each of these leads: everyone with stage, sales, and the sums of all whom they brought."""
    found = kin.brought(connection, roots)
    processes = Processes(connection)
    below: dict[int, list[Kin]] = {}
    for one in found:
        if one.referrer_id is not None:
            below.setdefault(one.referrer_id, []).append(one)
    by_id = {one.id: one for one in found}
    return [_grown(by_id[root], below, processes, lang) for root in roots]


def _grown(root: Kin, below: Mapping[int, Sequence[Kin]], processes: Processes, lang: str) -> dict[str, Any]:
    # those below come before those above, so that sums are at hand
    made: dict[int, dict[str, Any]] = {}
    sold: dict[int, int] = {}
    for one, depth in reversed(_downwards(root, below)):
        known = [child.id for child in below.get(one.id, ()) if child.id in made]
        brought = [made[child] for child in known]
        fen = sum(sold[child] for child in known)
        sold[one.id] = one.sales_fen + fen
        made[one.id] = _record(one, depth, brought, fen, processes[one.process], lang)
    return made[root.id]


def _downwards(root: Kin, below: Mapping[int, Sequence[Kin]]) -> list[tuple[Kin, int]]:
    # everyone with how deep they stand; a circle of an older book ends where it comes round
    found, waiting, seen = [], [(root, 0)], {root.id}
    while waiting:
        one, depth = waiting.pop()
        found.append((one, depth))
        fresh = [child for child in below.get(one.id, ()) if child.id not in seen]
        seen.update(child.id for child in fresh)
        waiting += [(child, depth + 1) for child in fresh]
    return found


def _record(
    one: Kin, depth: int, brought: list[dict[str, Any]], fen: int, process: Process, lang: str
) -> dict[str, Any]:
    return {
        "depth": depth,
        "lead_id": one.id,
        "name": one.name,
        "short": label_of(one.name, one.short, one.city),
        "referred_by": one.referrer_id,
        "relation": one.relation,
        "process": one.process,
        "stage": one.stage,
        "stage_title": process.known("stage", one.stage).title(lang),
        "status": one.status,
        "won": is_won(process, one.stage),
        "sales": money(one.sales_fen),
        "count": len(brought) + sum(child["count"] for child in brought),
        "count_won": sum(child["won"] + child["count_won"] for child in brought),
        "brought_sales": money(fen),
        "brought": brought if depth < DEEPEST else [],
    }


def is_won(process: Process, stage: str) -> bool:
    """Whether the process marks this stage as won."""
    return any(one.code == stage and one.won for one in process.stages)


def of_lead(connection: Connection, lead_id: int, lang: str) -> Report:
    """The tree of whom the lead brought, and who stands above it."""
    (tree,) = trees(connection, [lead_id], lang)
    up = kin.above(connection, lead_id, "referrer_id")
    known = heads(connection, up)
    tree["above"] = [known[one].record for one in up if one != lead_id]
    chain = t("referral.from", lang).join(shortened([known[one].text for one in up]))
    before = (t("referral.above", lang, chain=chain),) if up else ()
    after = _sum(tree, lang) if tree["brought"] else (t("referral.list_none", lang, id=lead_id),)
    return Tree(data=tree, sections=(_section([tree], connection, lang, before, after),), fields=FIELDS)


def of_book(connection: Connection, lang: str) -> Report:
    """Every tree of referrals, the one that brought most first."""
    found = trees(connection, kin.first_referrers(connection), lang)
    found.sort(key=lambda tree: (-tree["brought_sales"], -tree["count"], tree["lead_id"]))
    after = () if found else (t("referral.book_none", lang),)
    return Tree(data=found, sections=(_section(found, connection, lang, (), after),), fields=FIELDS)


def _sum(tree: dict[str, Any], lang: str) -> tuple[str, ...]:
    amount = yuan_text(tree["brought_sales"], lang)
    whole = show_money(fen_of(tree["brought_sales"]) + fen_of(tree["sales"]), lang)
    return (t("referral.sum", lang, count=tree["count"], won=tree["count_won"], amount=amount, whole=whole),)


def _section(
    found: Sequence[dict[str, Any]],
    connection: Connection,
    lang: str,
    before: tuple[str, ...],
    after: tuple[str, ...],
) -> Section:
    processes = Processes(connection)
    rows = tuple(_row(one, processes, lang) for tree in found if tree["brought"] for one in _walk(tree))
    keys = ("lead", "relation", "stage", "status", "sales", "count", "brought_sales")
    kinds = {"sales": "int", "count": "int", "brought_sales": "int"}
    columns = tuple(
        Column(key, t(f"referral.column_{key}", lang), kinds.get(key, "text"), shrink=key == "lead")
        for key in keys
    )
    return Section(columns=columns, rows=rows, header=bool(rows), before=before, after=after)


def _row(one: dict[str, Any], processes: Processes, lang: str) -> Row:
    process = processes[one["process"]]
    relation = brief(process.known("relation", one["relation"]).title(lang)) if one["relation"] else None
    status = t(f"show.status_{one['status']}", lang) if one["status"] != "open" else None
    return Row(
        (
            f"{'-' * one['depth']} {_head(one)}".strip(),
            relation if one["depth"] else None,
            one["stage_title"],
            t("referral.won", lang) if one["won"] else status,
            yuan_text(one["sales"], lang) if one["sales"] else None,
            one["count"] or None,
            yuan_text(one["brought_sales"], lang) if one["brought_sales"] else None,
        )
    )


# In the file of one lead


def records(connection: Connection, lead: Lead, process: Process, lang: str) -> dict[str, Any]:
    """``referrals`` and ``links`` of ``show --json``: who brought it, whom it brought, who is what to whom."""
    (tree,) = trees(connection, [lead.id], lang)
    links = care.list_links(connection, lead.id)
    others = [link.other_id if link.lead_id == lead.id else link.lead_id for link in links]
    known = heads(connection, [*others, *([lead.referrer_id] if lead.referrer_id else [])])
    processes = Processes(connection)
    names = ("lead_id", "name", "short", "stage", "stage_title", "status", "won", "sales")
    return {
        "referrals": {
            "referrer": known[lead.referrer_id].record if lead.referrer_id else None,
            "brought": [{name: one[name] for name in names} for one in tree["brought"]],
            "count": tree["count"],
            "won": tree["count_won"],
            "sales": tree["brought_sales"],
        },
        "links": [
            known[other].record
            | _relations(links, lead.id, other, process, processes[known[other].process], lang)
            for other in dict.fromkeys(others)
        ],
    }


def _relations(
    links: Sequence[Link], lead_id: int, other_id: int, ours: Process, theirs: Process, lang: str
) -> dict[str, Any]:
    # a link says what the other is to the lead, in the words of the lead's own process
    they = next((one for one in links if (one.lead_id, one.other_id) == (lead_id, other_id)), None)
    we = next((one for one in links if (one.lead_id, one.other_id) == (other_id, lead_id)), None)
    return {
        "they_are": they.relation if they else None,
        "they_are_title": ours.known("relation", they.relation).title(lang) if they else None,
        "we_are": we.relation if we else None,
        "we_are_title": theirs.known("relation", we.relation).title(lang) if we else None,
    }


def section(data: dict[str, Any], lead_id: int, process: Process, lang: str) -> Section:
    """Who brought the lead, whom it brought with what came of it, and what related leads are."""
    found, lines = data["referrals"], []
    if found["referrer"]:
        lines.append(t("referral.line_referrer", lang, lead=_head(found["referrer"])))
    if found["count"]:
        amount = yuan_text(found["sales"], lang)
        each = t("show.comma", lang).join(shortened([_head(one) for one in found["brought"]]))
        values = {"count": found["count"], "won": found["won"], "amount": amount, "each": each}
        direct = len(found["brought"])
        key = "referral.line_brought" if direct == found["count"] else "referral.line_brought_more"
        lines.append(t(key, lang, direct=direct, **values))
    for one in data["links"][:SHOWN]:
        if one["they_are"]:
            lines.append(
                t("referral.line_they_are", lang, lead=_head(one), relation=brief(one["they_are_title"]))
            )
        if one["we_are"]:
            lines.append(
                t("referral.line_we_are", lang, lead=_head(one), relation=brief(one["we_are_title"]))
            )
    hidden = len(data["links"][SHOWN:])
    lines += [t("referral.more", lang, count=hidden, id=lead_id)] if hidden else []
    return Section(before=tuple(lines), heading=t("referral.heading", lang) if lines else "")


def _head(one: dict[str, Any]) -> str:
    return f"#{one['lead_id']} {one['short']}"
