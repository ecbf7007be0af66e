"""The book as a forecast sees it on a day: the open leads, the cases before them, the pace of deals and orders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from salesflow import forecast
from salesflow.forecast import DEFAULT_CASES, FAR, History, Places, Seen, Way
from salesflow.forecast_sums import Pace, swing
from salesflow.reports.forecast_ways import Stages, Ways
from salesflow.reports.processes import Processes
from salesflow.store import forecast as store
from salesflow.store.rows import Connection

USUAL_WINDOW = 90  # days, where no grade of the process has a closing window
PACE_DAYS, LEAST_DAYS, YEAR = 182, 28, 365
USUAL_DEALS = 5
PLENTY = 40_000  # leads whose past tells as much as that of all
LATEST = 200  # deals that tell what goals are worth
ENOUGH = 100  # leads seen in a stage: a lead's own goal date says no more than they do


class Open(NamedTuple):
    """A lead that stands open on the day: what is known of it, how many days it has stood in its stage."""

    lead: int
    seen: Seen
    days: int
    won: int  # the day of the deal that it made since, FAR where it made none


class View:
    """What was known on a day, and nothing that came later."""

    def __init__(self, book: Book, day: int) -> None:
        self.book = book
        self.day = day
        self.open: list[Open] = []
        self._deals: list[tuple[int, int, int]] = []  # the day of the deal, how long it had taken, the lead
        self._met: list[tuple[int, int]] = []  # what a deal brought, and what its goal had been
        self.first = FAR
        every = book.every
        noted = (
            (way for way in self._noted(book.ways) if not way[0] % every)
            if every > 1
            else self._noted(book.ways)
        )
        counted = forecast.cases(noted, day, book.places)
        self.history = History(counted, book.places)
        self.cases = sum(counted.values())
        self._before = self._changed()
        self.goals = self._goals([one.lead for one in self.open])
        self.pace = self._pace()

    def _noted(self, ways: Iterable[Way]) -> Iterator[Way]:
        day, places, customers = self.day, self.book.places, self.book.customers
        for way in ways:
            lead, stays, won, void, _, _ = way
            if stays or won < FAR:
                began = stays[0].start if stays else won
                if began < self.first:
                    self.first = began
                if won <= day:
                    self._deals.append((won, won - began, lead))
                elif day < void and stays[-1][3] > day:
                    for stay in stays:
                        if stay.start <= day < stay.end:
                            known = forecast.seen(way, stay, day, places)
                            self.open.append(Open(lead, known, day - stay.entered, won))
                            break
            else:
                customers.add(lead)
            yield way

    def _changed(self) -> dict[tuple[int, str], str | None]:
        return store.goals_before(self.book.connection, self._evening)

    @property
    def _evening(self) -> str:
        return f"{date.fromordinal(self.day)}T23:59"

    def _goals(self, leads: Sequence[int]) -> dict[int, tuple[int | None, int | None]]:
        """(fen, days ahead) of the goal of each of these leads that had one."""
        found, before, evening = {}, self._before, self._evening
        known = store.goals(self.book.connection, leads)
        for lead in {lead for lead, _ in before}.intersection(leads).difference(known):
            known[lead] = (None, None, "")  # it had one then
        for lead, (fen, on, made) in known.items():
            if before:
                fen = _fen(before[lead, "goal_value"]) if (lead, "goal_value") in before else fen
                on = before.get((lead, "goal_on"), on)
            if made <= evening:
                found[lead] = (fen, date.fromisoformat(on).toordinal() - self.day if on else None)
        return found

    @property
    def days(self) -> int:
        """How many days the book had been kept, to the day."""
        return max(self.day - self.first, 0) if self.first < FAR else 0

    def _pace(self) -> Pace:
        days = max(min(self.days, PACE_DAYS), LEAST_DAYS)
        recent = [lag for won, lag, _ in self._deals if won > self.day - days]
        firsts, others = self._orders(self.day - YEAR)
        again = [amount for on, amount in others if on > self.day - days]
        amounts = [amount for _, amount in firsts] or [amount for _, amount in others]
        return Pace(days, len(recent), recent, amounts, len(again), again, swing(self._by_month()))

    def _by_month(self) -> list[int]:
        # the deals of every four weeks, the last year's
        blocks = min(self.days // LEAST_DAYS, 13)
        counts = [0] * blocks
        for won, _, _ in self._deals:
            back = (self.day - won) // LEAST_DAYS
            if back < blocks:
                counts[back] += 1
        return counts

    def _orders(self, since: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        # (day, fen) of those orders that came with a deal, and of those beyond; the year's, else all
        left = Counter(lead for _, _, lead in self._deals)
        met: list[tuple[int, int]] = []
        taken: set[int] = set()
        firsts: list[tuple[int, int]] = []
        others: list[tuple[int, int]] = []
        for lead, on, amount, cancelled in self.book.orders:
            if on > self.day:
                break
            if cancelled <= self.day:
                continue
            # each deal has an order; the first order of a lead under way comes before its deal is written down
            beyond = not left[lead] and (lead in taken or lead in self.book.customers)
            taken.add(lead)
            left[lead] -= left[lead] > 0
            if not beyond:
                met.append((lead, amount))
            (others if beyond else firsts).append((on, amount))
        goals = self._goals([lead for lead, _ in met[-LATEST:]])
        self._met = [(amount, fen) for lead, amount in met[-LATEST:] if (fen := goals.get(lead, (0, 0))[0])]
        recent = [one for one in firsts if one[0] > since]
        return recent or firsts, others

    def deals(self, first: int) -> int:
        """How many deals were made from the day ``first`` up to this one."""
        return sum(won >= first for won, _, _ in self._deals)

    @property
    def deals_ever(self) -> int:
        """How many deals had been made."""
        return len(self._deals)

    # Chances

    def curve(self, one: Open) -> tuple[float, ...]:
        """The chance of an open lead to have closed by the end of each week to come."""
        return self.history.curve(one.seen, self.default(one))

    def default(self, one: Open) -> tuple[float, ...]:
        """The weekly chances that the process's percentage alone gives it."""
        place, grade = one.seen.place, one.seen.grade
        _, ahead = self.goals.get(one.lead, (None, None))
        if ahead is None or ahead < 0 or self.history.leads_of(place) >= ENOUGH:
            return self.book.default(place, grade, None)
        return self.book.default(place, grade, ahead)

    def doubts(self) -> list[float]:
        """By what share of itself the chance of each stage may be off: the fewer leads were seen there, the more."""
        found = []
        for place, (process, stage) in enumerate(self.book.stages.all):
            cell = self.history.cell((1, place))
            rate = process.chance(stage)
            rate = (cell.won + DEFAULT_CASES * rate) / (cell.cases + DEFAULT_CASES)
            rate = min(max(rate, 0.01), 0.99)
            found.append(((1 - rate) / rate / (cell.most + DEFAULT_CASES)) ** 0.5)
        return found

    def goal(self, one: Open) -> int | None:
        """The goal of the lead in fen, None where it has none."""
        return self.goals.get(one.lead, (None, None))[0]

    @property
    def goal_share(self) -> float:
        """What deals brought of their goals so far; ``USUAL_DEALS`` that bring all of it count with them."""
        brought, hoped = (sum(values) for values in zip(*self._met, strict=True)) if self._met else (0, 0)
        usual = USUAL_DEALS * hoped / len(self._met) if hoped else 1.0
        return float((brought + usual) / (hoped + usual))


class Book:
    """What every view is made from; ``now`` where it is of today alone: the ways are then read as it goes.

    Of very many leads every second, third … is looked at for the cases, and those under way all the same.
    """

    def __init__(self, connection: Connection, now: bool = False) -> None:
        self.connection = connection
        self.processes = Processes(connection)
        self.stages = Stages(self.processes)
        self.every = -(-max(store.count_leads(connection), 1) // PLENTY)
        part = store.Part(self.every, self.stages.won) if now else store.Part()
        made = Ways(connection, self.stages, part)
        self.ways: Iterable[Way] = made if now else list(made)
        bounds = [process.visits_to_deal for process, _ in self.stages.all]
        self.places = Places(bounds, len(self.stages.grades))
        self.orders = [
            (one.lead, _number(one.signed_on), one.amount_fen, _number(one.cancelled_on or "9999-12-31"))
            for one in store.orders(connection)
        ]
        self.customers: set[int] = set()  # recorded as such: none of their orders is a deal here
        self._defaults: dict[tuple[int, int, int | None], tuple[float, ...]] = {}

    def default(self, place: int, grade: int, goal: int | None) -> tuple[float, ...]:
        """The weekly chances of the process's percentage for a stage, by grade, or by the days to a goal."""
        key = (place, grade, None if goal is None else min(goal // 7, 30))
        if key not in self._defaults:
            process, stage = self.stages.all[place]
            windows = {one.code: one.within for one in process.grades if one.within is not None}
            usual = max(windows.values(), default=USUAL_WINDOW)
            within = windows.get(self.stages.grades[grade] or "", usual)
            ahead = None if key[2] is None else 7 * key[2]
            self._defaults[key] = forecast.default(process.chance(stage), within, ahead)
        return self._defaults[key]


def _number(day: str) -> int:
    return date.fromisoformat(day[:10]).toordinal()


def _fen(text: str | None) -> int | None:
    return int(text) if text else None
