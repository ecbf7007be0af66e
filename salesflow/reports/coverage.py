"""``report coverage``: areas against leads, customers, visits and value; blank areas; territories (F11, E6, M3)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from salesflow import divisions
from salesflow.errors import NotFound
from salesflow.names import city_key
from salesflow.reports import figures, parts, territories
from salesflow.reports.period import Period
from salesflow.reports.processes import Processes
from salesflow.reports.records import money
from salesflow.reports.territories import Held
from salesflow.store import coverage
from salesflow.store.coverage import Placed
from salesflow.store.rows import Connection
from salesflow.store.standing import Leads
from salesflow.tables import Report, Row, Section
from salesflow.texts import t

FIELDS = (
    "city", "area", "leads", "customers", "potential", "untouched", "deals", "visits", "unvisited", "sales", "value",
    "reps",
)  # fmt: skip
_ENDINGS = ("自治县", "自治旗", "新区", "区", "县", "市", "旗")
Key = tuple[str, str]  # of a city and an area, '' where not said


class Where(NamedTuple):
    """The areas as the leads write them, told apart by keys, and the key of the city with most leads."""

    main: str
    names: dict[Key, tuple[str | None, str | None]]
    leads: dict[Key, list[Placed]]


def build(
    connection: Connection,
    period: Period,
    lang: str,
    rep: str,
    explain: bool = False,
    city: str | None = None,
) -> Report:
    """The areas of the book, or of one city, the most leads first; districts without a lead; what each rep has.

    Raises NotFound for a city that is in no list of divisions and has no lead.
    """
    book = figures.Book(connection, Processes(connection), Leads(connection))
    found = coverage.placed(connection, period.moment)
    where = _where(found, city)
    official = divisions.districts(city or where.main)
    if city is not None and official is None and not where.leads:
        raise NotFound("coverage.no_city", city=city[:40])
    stands = {one.id: one for one in book.leads.open_at(period.moment)}
    won = {(one.code, stage) for one in book.processes.all() for stage in one.won_codes}
    visits = coverage.visits(connection, period.start, period.moment)
    sales = coverage.sales(connection, period.first.isoformat(), period.moment[:10])
    lines = []
    held: list[Held] = []
    for key, mine in where.leads.items():
        for one in mine:
            now = stands.get(one.id)
            if now and (now.received_at or one.visits or (now.process, now.stage) in won):
                point = (one.lat, one.lng) if one.lat is not None and one.lng is not None else None
                held.append(Held(where.names[key], one.owner, (now.process, now.stage) in won, point))
        lines.append(_area(where.names[key], mine, stands, won, visits, sales))
    lines.sort(key=lambda one: (one["area"] is None, -one["leads"], one["city"] or "", one["area"] or ""))
    data: dict[str, Any] = {
        **parts.head("coverage", period),
        "city": official[0] if official else city,
        "totals": {key: sum(one[key] for one in lines) for key in FIELDS[2:-1]},
        "areas": lines,
        "blank": _blank(official, where, lines, city is None),
        "territories": territories.balance(held),
        "shared": territories.shared(held),
        "proposal": territories.proposal(held),
    }
    sections = _sections(data, lang, parts.without_leads(connection, lang))
    if explain:
        data["definitions"], told = parts.explaining("coverage", lang)
        sections += (told,)
    title = parts.title("coverage", period, lang, rep)
    chat = tuple(_chat(data, title, lang))
    return Report(data, sections, title, chat, "areas", terminal_limit=-1, fields=FIELDS)


def sums(connection: Connection, periods: Sequence[Period], city: str | None) -> list[tuple[int, int]]:
    """(visits, sales in fen) of each period, of the leads known by the end of the first, or those of one city."""
    found = _where(coverage.placed(connection, periods[0].moment), city).leads
    inside = {one.id for mine in found.values() for one in mine}
    lines = []
    for one in periods:
        visits = coverage.visits(connection, one.start, one.moment)
        sales = coverage.sales(connection, one.first.isoformat(), one.moment[:10])
        told = (sum(fen for lead, fen in each.items() if lead in inside) for each in (visits, sales))
        lines.append((next(told), next(told)))
    return lines


def area_key(area: str) -> str:
    """An area without 区, 县, 市 at its end, so that 武侯 and 武侯区 are the same."""
    plain = area.strip()
    for ending in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= 2:
            return plain.removesuffix(ending)
    return plain


def _where(found: Sequence[Placed], city: str | None) -> Where:
    places = Counter((one.city or None, one.area or None) for one in found)
    keys = {place: (_city(*place), area_key(place[1] or "")) for place in places}
    cities: Counter[str] = Counter()
    for place, count in places.items():
        cities[keys[place][0]] += count
    del cities[""]
    main = max(cities, key=lambda key: (cities[key], key), default="")
    wanted = None if city is None else city_key(city) or city
    inside = {
        place: key for place, key in keys.items() if wanted is None or _within(place, key, wanted, main)
    }
    spelled: dict[Key, Counter[tuple[str | None, str | None]]] = defaultdict(Counter)
    for place, key in inside.items():
        spelled[key][place] += places[place]
    leads: dict[Key, list[Placed]] = defaultdict(list)
    for one in found:
        at = inside.get((one.city or None, one.area or None))
        if at is not None:
            leads[at].append(one)
    return Where(main, {key: counted.most_common(1)[0][0] for key, counted in spelled.items()}, leads)


def _city(city: str | None, area: str | None) -> str:
    # an area that one city alone has tells the city
    if city:
        return city_key(city)
    cities = divisions.cities_of(area or "")
    return cities[0] if len(cities) == 1 else ""


def _within(place: tuple[str | None, str | None], key: Key, wanted: str, main: str) -> bool:
    if key[0]:
        return key[0] == wanted
    # 高新区 without a city is taken to be in the city of most leads
    cities = divisions.cities_of(place[1] or "")
    return wanted in cities or (wanted == main and not cities)


def _area(
    name: tuple[str | None, str | None],
    mine: Sequence[Placed],
    stands: Mapping[int, Any],
    won: set[tuple[str, str]],
    visits: Mapping[int, int],
    sales: Mapping[int, int],
) -> dict[str, Any]:
    now = [stands[one.id] for one in mine if one.id in stands]
    customers = sum((one.process, one.stage) in won for one in now)
    known = {one.id for one in now if one.received_at or (one.process, one.stage) in won}
    reps = Counter(one.owner for one in mine if one.id in known and one.owner)
    return {
        "city": name[0],
        "area": name[1],
        "leads": len(mine),
        "customers": customers,
        "potential": len(known) - customers,
        "untouched": len(now) - len(known),
        "deals": sum((one.process, one.stage) in won for one in mine),
        "visits": sum(visits.get(one.id, 0) for one in mine),
        "unvisited": sum(one.id in stands and not one.visits for one in mine),
        "sales": money(sum(sales.get(one.id, 0) for one in mine)),
        "value": money(sum(one.goal_fen or 0 for one in now if (one.process, one.stage) not in won)),
        "reps": [rep for rep, _ in reps.most_common()],
    }


def _blank(
    official: tuple[str, tuple[str, ...]] | None,
    where: Where,
    lines: Sequence[Mapping[str, Any]],
    every: bool,
) -> dict[str, Any]:
    # of the city the districts that no lead is known in; of all areas shown those without a deal
    at = city_key(official[0]) if official else ""
    known = {place for city, place in where.leads if city in (at, "")}  # '': nobody said which city
    unknown = [one for one in official[1] if area_key(one) not in known] if official else []
    no_deal = [
        {"city": one["city"], "area": one["area"], "leads": one["leads"]}
        for one in lines
        if one["area"] and not one["deals"]
    ]
    return {
        "districts": len(official[1]) if official else None,
        "unknown": unknown if official else None,
        "no_deal": no_deal,
    }


# On the screen


def _sections(data: dict[str, Any], lang: str, empty: Sequence[str]) -> tuple[Section, ...]:
    cities = len({one["city"] for one in data["areas"]}) > 1
    rows = [_row(one, _named(one, cities, lang), lang) for one in data["areas"]]
    if len(rows) > 1:
        rows.append(_row(data["totals"], t("parts.all", lang), lang)._replace(style="strong"))
    keys = "area~ leads:int customers:int potential:int untouched:int visits:int unvisited:int sales:int value:int"
    found: tuple[Section, ...] = (parts.table("coverage", keys, rows, lang, after=empty),)
    if data["areas"] or (data["blank"]["unknown"] and not empty):
        found += (
            Section(heading=t("coverage.heading_blank", lang), before=tuple(_blanks(data, cities, lang))),
        )
    if data["proposal"] is not None:
        found += (_reps(data, lang), _moves(data, cities, lang))
    return found


def _named(one: Mapping[str, Any], cities: bool, lang: str) -> str:
    area = one["area"] or t("parts.none", lang)
    return f"{one['city']} {area}" if cities and one["city"] else str(area)


def _row(one: Mapping[str, Any], name: str, lang: str) -> Row:
    counts = ("leads", "customers", "potential", "untouched", "visits", "unvisited")
    sums = [parts.yuan(one[key] or None, lang) for key in ("sales", "value")]
    return Row((name, *(one[key] for key in counts), *sums))


def _blanks(data: Mapping[str, Any], cities: bool, lang: str) -> list[str]:
    blank, comma = data["blank"], t("week.comma", lang)
    if blank["unknown"] is None:
        lines = [t("coverage.no_list", lang)]
    elif blank["unknown"]:
        each = comma.join(blank["unknown"])
        lines = [t("coverage.unknown", lang, city=data["city"], count=len(blank["unknown"]), each=each)]
    else:
        lines = [t("coverage.all_known", lang, city=data["city"], count=blank["districts"])]
    if blank["no_deal"]:
        each = comma.join(f"{_named(one, cities, lang)} {one['leads']}" for one in blank["no_deal"])
        lines.append(t("coverage.no_deal", lang, count=len(blank["no_deal"]), each=each))
    return lines


def _reps(data: Mapping[str, Any], lang: str) -> Section:
    rows = [
        Row(
            (
                one["rep"] or t("reps.pool", lang),
                one["existing"],
                one["potential"],
                one["areas"],
                one["share"],
                None if one["load"] is None else f"{one['load']:.2f}",
                one["spread_km"],
            )
        )
        for one in data["territories"]
    ]
    keys = "rep~ customers:int potential:int areas:int share:rate load:int spread:int"
    shown = parts.table("coverage", keys, rows, lang, t("coverage.heading_territories", lang))
    lines = [
        t(
            "coverage.shared",
            lang,
            area=_named(one, False, lang),
            each="  ".join(f"{each['rep']} {each['leads']}" for each in one["reps"]),
        )
        for one in data["shared"]
    ]
    return shown._replace(after=tuple(lines))


def _moves(data: Mapping[str, Any], cities: bool, lang: str) -> Section:
    moves, comma = data["proposal"]["moves"], t("week.comma", lang)
    if not moves:
        return Section(before=(t("coverage.even", lang),))
    lines = []
    for one in moves:
        whose = [*one["from"], *([t("reps.pool", lang)] if one["unowned"] else [])]
        lines.append(
            t(
                "coverage.move",
                lang,
                area=_named(one, cities, lang),
                count=one["leads"],
                whose=comma.join(whose),
                rep=one["to"],
            )
        )
    loads = "  ".join(f"{one['rep']} {one['load']:.2f}" for one in data["proposal"]["loads"])
    after = (t("coverage.loads", lang, each=loads),)
    return Section(heading=t("coverage.heading_proposal", lang), before=tuple(lines), after=after)


def _chat(data: dict[str, Any], title: str, lang: str) -> list[str]:
    cities = len({one["city"] for one in data["areas"]}) > 1
    lines = [title]
    for one in data["areas"]:
        counts = {key: one[key] for key in ("leads", "customers", "visits")}
        lines.append(t("coverage.chat", lang, area=_named(one, cities, lang), **counts))
    return lines + (_blanks(data, cities, lang) if data["areas"] else [])
