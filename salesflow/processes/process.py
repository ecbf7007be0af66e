"""A process, whole, with the look-ups by code or title."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from salesflow.errors import Usage
from salesflow.processes.lookup import Titles, find, plain
from salesflow.processes.records import (
    EFFECTIVE,
    Care,
    Checklist,
    Choice,
    CustomerClass,
    Field,
    Former,
    Grade,
    Information,
    Reason,
    Source,
    Stage,
    Strategy,
    Via,
    Want,
)
from salesflow.texts import LANGUAGES, has_text, t

# A list of choices: what one of them is called in texts, and the attribute of Process that holds it.
LISTS = {
    "stage": "stages",
    "grade": "grades",
    "source": "sources",
    "via": "ways",
    "role": "roles",
    "kind": "kinds",
    "attitude": "attitudes",
    "lost": "lost",
    "parked": "parked",
    "industry": "industries",
    "size": "sizes",
    "side": "sides",
    "approach": "approaches",
    "buying_step": "buying_steps",
    "credit": "credits",
    "purpose": "purposes",
    "relation": "relations",
    "signoff": "signoffs",
    "checklist": "checklists",
    "customer_class": "classes",
}


class Process(NamedTuple):
    """A company's standard process, whole. Every look-up takes a code or a title."""

    code: str
    titles: Titles
    stages: tuple[Stage, ...]
    ways: tuple[Via, ...]
    default_via: str
    grades: tuple[Grade, ...] = ()
    grade_none_every: int = 7
    first_contact_hours: int = 36
    retry_days: int = 1
    retry_times: int = 3
    park_days: int = 90
    new_customer_days: int = 60
    reorder_days: int = 7
    payment_days: int = 30
    visits_to_deal: tuple[int, int] = (4, 11)
    sources: tuple[Source, ...] = ()
    kinds: tuple[Choice, ...] = ()
    roles: tuple[Choice, ...] = ()
    attitudes: tuple[Choice, ...] = ()
    lost: tuple[Reason, ...] = ()
    parked: tuple[Reason, ...] = ()
    fields: tuple[Field, ...] = ()
    required: tuple[str, ...] = ()
    industries: tuple[Choice, ...] = ()
    sizes: tuple[Choice, ...] = ()
    sides: tuple[Choice, ...] = ()
    approaches: tuple[Choice, ...] = ()
    buying_steps: tuple[Choice, ...] = ()
    credits: tuple[Choice, ...] = ()
    purposes: tuple[Choice, ...] = ()
    relations: tuple[Choice, ...] = ()
    signoffs: tuple[Choice, ...] = ()
    referral_source: str = ""
    checklists: tuple[Checklist, ...] = ()
    information: tuple[Information, ...] = ()
    care: tuple[Care, ...] = ()
    classes: tuple[CustomerClass, ...] = ()
    former: tuple[Former, ...] = ()
    strategies: tuple[Strategy, ...] = ()
    concessions: int = 3

    def title(self, lang: str) -> str:
        """The title in ``lang``."""
        return self.titles[lang]

    def stage(self, word: str) -> Stage:
        """The stage of that code or title; Usage with the nearest where there is none."""
        return find("stage", word, self.stages)

    def grade(self, word: str) -> Grade:
        """The grade of that code or title (``A``, ``A级``)."""
        try:
            return find("grade", word, self.grades)
        except Usage:
            if not word.strip().endswith("级"):
                raise
            return find("grade", word.strip().removesuffix("级"), self.grades)

    def grade_title(self, code: str | None, lang: str) -> str:
        """What a lead's grade is called, without 级, which texts add; '' for none."""
        return self.known("grade", code).title(lang).removesuffix("级") if code else ""

    def source(self, word: str) -> Source:
        """The source of that code or title."""
        return find("source", word, self.sources)

    def via(self, word: str) -> Via:
        """The way of that code or title, its incoming titles included."""
        try:
            return find("via", word, self.ways)
        except Usage:
            for way in self.ways:
                if plain(word) in (plain(title) for title in way.incoming.values()):
                    return way
            raise

    def way_called(self, words: Iterable[str]) -> Via | None:
        """The first way of which one of the words is the code or a title."""
        known = {plain(name): way for way in self.ways for name in (*way.titles.values(), way.code)}
        return next((known[word] for word in map(plain, words) if word in known), None)

    @property
    def meeting(self) -> Via | None:
        """The first way that counts as a visit, if any does."""
        return next((way for way in self.ways if way.counts_as_visit), None)

    def came_to_us(self, word: str) -> bool:
        """Whether a word for a way says that they came to us: 来电."""
        return any(plain(word) in map(plain, way.incoming.values()) for way in self.ways)

    def role(self, word: str) -> Choice:
        """The role of that code or title."""
        return find("role", word, self.roles)

    def kind(self, word: str) -> Choice:
        """The kind of customer of that code or title."""
        return find("kind", word, self.kinds)

    def attitude(self, word: str) -> Choice:
        """The attitude of that code or title."""
        return find("attitude", word, self.attitudes)

    def reason(self, which: str, word: str) -> Reason:
        """The reason of that code or title; ``which`` is ``lost`` or ``parked``.

        Where the process lists none, the word itself is taken: a lead must have a way out.
        """
        options = self.lost if which == "lost" else self.parked
        return find(which, word, options) if options else Reason(word, dict.fromkeys(LANGUAGES, word))

    def choice(self, noun: str, word: str) -> Choice:
        """The choice of one of ``LISTS`` of that code or title; Usage with the nearest for none.

        Where the process lists none at all, the word itself is taken.
        """
        options = getattr(self, LISTS[noun])
        if not options:
            return Choice(word, dict.fromkeys(LANGUAGES, word))
        found: Choice = find(noun, word, options)
        return found

    def known(self, noun: str, code: str) -> Choice:
        """What a code in an old record is called: now, in an earlier version, or else the code itself."""
        for one in getattr(self, LISTS[noun]):
            if one.code == code:
                return Choice(code, one.titles)
        before = self._before(noun, code)
        return Choice(code, before.titles if before else dict.fromkeys(LANGUAGES, code))

    def known_via(self, code: str) -> Via:
        """The way that an old record names; one that is no more has no incoming title."""
        for way in self.ways:
            if way.code == code:
                return way
        return Via(code, self.known("via", code).titles)

    def known_reason(self, which: str, code: str) -> Reason:
        """The reason that an old record names, whether it counts included."""
        for one in self.lost if which == "lost" else self.parked:
            if one.code == code:
                return one
        before = self._before(which, code)
        return Reason(code, self.known(which, code).titles, counts=before is None or before.counts)

    def formerly(self, noun: str, code: str) -> bool:
        """Whether an earlier version had this code, and this one has not."""
        return self._before(noun, code) is not None

    def _before(self, noun: str, code: str) -> Former | None:
        return next((one for one in self.former if (one.noun, one.code) == (noun, code)), None)

    @property
    def places(self) -> dict[str, int]:
        """The place of each stage, those of earlier versions among them where they stood."""
        codes = [stage.code for stage in self.stages]
        waiting = [one for one in self.former if one.noun == "stage"]
        while waiting:
            ready = [one for one in waiting if one.after in codes] or waiting[:1]
            for one in ready:
                codes.insert(codes.index(one.after) + 1 if one.after in codes else 0, one.code)
            waiting = [one for one in waiting if one not in ready]
        return {code: place for place, code in enumerate(codes)}

    @property
    def won_codes(self) -> frozenset[str]:
        """The codes of the won stages, those of earlier versions too."""
        former = (one.code for one in self.former if one.noun == "stage" and one.won)
        return frozenset((*former, *(stage.code for stage in self.stages if stage.won)))

    def field_title(self, code: str, lang: str) -> str:
        """What a person calls a field: the process's own word, else the general one."""
        for field in self.fields:
            if field.code == code:
                return field.titles[lang]
        before = self._before("field", code)
        if before:
            return before.titles[lang]
        return t(f"gate.{code}", lang) if has_text(f"gate.{code}", lang) else code

    @property
    def words(self) -> frozenset[str]:
        """The words of the gate language that this process uses, wherever a want stands.

        A follow-up of any way is counted by the lead itself and is no word to look up.
        """
        wants = [want for stage in self.stages for want in stage.gate]
        wants += [item.until for stage in self.stages for item in stage.guide if item.until]
        wants += [point.until for one in self.checklists for point in one.points if point.until]
        return frozenset(want.kind for want in wants if want.kind != "followup" or not _any_way(want))

    @property
    def first_stage(self) -> Stage:
        """The stage that a new lead stands in."""
        return self.stages[0]

    @property
    def hottest(self) -> str:
        """The code of the grade that closes first, '' without grades."""
        return self.grades[0].code if self.grades else ""

    def chance(self, code: str) -> float:
        """The share of the leads standing in a stage that close, as the process has it; 1 where it is won.

        A process that says nothing has an even ladder: of three stages before the deal 1/4, 2/4, 3/4.
        """
        if code in self.won_codes:
            return 1.0
        before = [stage for stage in self.stages if not stage.won]
        for place, stage in enumerate(before, 1):
            if stage.code == code:
                return place / (len(before) + 1) if stage.chance is None else stage.chance
        places = self.places
        found = [one for one in before if places[one.code] <= places.get(code, 0)]
        return self.chance((found or before)[-1 if found else 0].code) if before else 1.0

    def signoffs_due(self, stage: str) -> tuple[Choice, ...]:
        """The signatures that a lead in ``stage`` may lack: one that a gate asks for is due before that gate."""
        first: dict[str, int] = {}
        for place, one in enumerate(self.stages):
            for want in one.gate:
                if want.kind == "signoff":
                    first.setdefault(want.value, place)
        here = self.stage_index(stage)
        return tuple([one for one in self.signoffs if first.get(one.code, 0) <= here + 1])

    def stage_index(self, code: str) -> int:
        """The place of a stage, 0 the first; Usage for none of the process."""
        for index, stage in enumerate(self.stages):
            if stage.code == code:
                return index
        return self.stages.index(self.stage(code))

    def next_stage(self, code: str) -> Stage | None:
        """The stage after that one, None after the last."""
        index = self.stage_index(code) + 1
        return self.stages[index] if index < len(self.stages) else None


def _any_way(want: Want) -> bool:
    return want.value == EFFECTIVE and not want.item
