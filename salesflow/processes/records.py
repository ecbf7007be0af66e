"""The records that a process is made of, and the look-ups by code or title.

They are named tuples: a dozen dataclasses cost more at start-up than today's whole list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from salesflow.errors import SalesflowError, Usage, nearest
from salesflow.texts import LANGUAGES, has_text, t

Titles = Mapping[str, str]

# The fields of every lead that a gate may want; a process adds its own.
LEAD_FIELDS = (
    "short",
    "kind",
    "source",
    "area",
    "city",
    "province",
    "address",
    "lat",
    "lng",
    "phone",
    "brands",
    "supplier",
    "volume_month",
    "ownership",
    "goal_value",
    "goal_on",
    "grade",
    "tags",
)

if TYPE_CHECKING:
    from typing import Protocol

    class Coded(Protocol):
        """Whatever has a code and titles."""

        @property
        def code(self) -> str: ...
        @property
        def titles(self) -> Titles: ...


_T = TypeVar("_T", bound="Coded")


class Choice(NamedTuple):
    """A code with its titles: a kind of customer, a role, an attitude."""

    code: str
    titles: Titles

    def title(self, lang: str) -> str:
        """The title in ``lang``."""
        return self.titles[lang]


class Source(NamedTuple):
    """How a lead came to be known; ``passive`` where they asked us."""

    code: str
    titles: Titles
    passive: bool = False

    def title(self, lang: str) -> str:
        """The title in ``lang``."""
        return self.titles[lang]


class Via(NamedTuple):
    """A way of following up; ``incoming`` are its titles when they came to us."""

    code: str
    titles: Titles
    counts_as_visit: bool = False
    incoming: Titles = {}

    def title(self, lang: str, incoming: bool = False) -> str:
        """The title in ``lang``, that of the incoming way where it has one."""
        return (self.incoming if incoming and self.incoming else self.titles)[lang]


class Reason(NamedTuple):
    """Why a lead was lost or parked; ``needs`` names the option that must come with it.

    ``counts`` is false for what was no real lead (a wrong or double entry).
    """

    code: str
    titles: Titles
    needs: str = ""
    counts: bool = True

    def title(self, lang: str) -> str:
        """The title in ``lang``."""
        return self.titles[lang]


class Grade(NamedTuple):
    """How soon a lead closes (``within`` days, None: no date) and how often to follow up."""

    code: str
    titles: Titles
    every: int
    within: int | None = None

    def title(self, lang: str) -> str:
        """The title in ``lang``."""
        return self.titles[lang]


class Field(NamedTuple):
    """A field as this process names it; ``own`` where only this process has it."""

    code: str
    titles: Titles
    own: bool = False

    def title(self, lang: str) -> str:
        """The title in ``lang``."""
        return self.titles[lang]


class Want(NamedTuple):
    """One thing that a gate wants.

    ``kind`` is one of the gate language's words (need, person, field, followup, visits, goal,
    order), ``value`` what of it (a role, a field …), ``times`` how many. ``code`` and ``name`` are
    what JSON and lists call it when missing, ``ask`` is what to find out; ``name_reach`` and
    ``ask_reach`` stand in where the person (``who``, set by the rules) is known and not to be reached.
    """

    kind: str
    code: str
    value: str = ""
    reach: bool = False
    times: int = 1
    name: Titles = {}
    ask: Titles = {}
    name_reach: Titles = {}
    ask_reach: Titles = {}
    who: str = ""


class Item(NamedTuple):
    """One line of a stage's guide; an open point stays open while ``until`` is missing."""

    code: str
    part: str
    titles: Titles
    until: Want | None = None

    def title(self, lang: str) -> str:
        """The title in ``lang``."""
        return self.titles[lang]


class Stage(NamedTuple):
    """A place in the funnel, the gate to it, and the guide for whoever works in it."""

    code: str
    titles: Titles
    won: bool = False
    interval: int = 0
    gate: tuple[Want, ...] = ()
    guide: tuple[Item, ...] = ()

    def title(self, lang: str) -> str:
        """The title in ``lang``."""
        return self.titles[lang]


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
    visits_to_deal: tuple[int, int] = (4, 11)
    sources: tuple[Source, ...] = ()
    kinds: tuple[Choice, ...] = ()
    roles: tuple[Choice, ...] = ()
    attitudes: tuple[Choice, ...] = ()
    lost: tuple[Reason, ...] = ()
    parked: tuple[Reason, ...] = ()
    fields: tuple[Field, ...] = ()
    required: tuple[str, ...] = ()

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

    def source(self, word: str) -> Source:
        """The source of that code or title."""
        return find("source", word, self.sources)

    def via(self, word: str) -> Via:
        """The way of that code or title, its incoming titles included."""
        try:
            return find("via", word, self.ways)
        except Usage:
            for way in self.ways:
                if _plain(word) in (_plain(title) for title in way.incoming.values()):
                    return way
            raise

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
        """The reason of that code or title; ``which`` is ``lost`` or ``parked``."""
        return find(which, word, self.lost if which == "lost" else self.parked)

    def field_title(self, code: str, lang: str) -> str:
        """What a person calls a field: the process's own word, else the general one."""
        for field in self.fields:
            if field.code == code:
                return field.titles[lang]
        return t(f"gate.{code}", lang) if has_text(f"gate.{code}", lang) else code

    @property
    def first_stage(self) -> Stage:
        """The stage that a new lead stands in."""
        return self.stages[0]

    @property
    def hottest(self) -> str:
        """The code of the grade that closes first, '' without grades."""
        return self.grades[0].code if self.grades else ""

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

    def grade_rank(self, code: str | None) -> int:
        """The place of a grade, 0 the hottest; after the last for none."""
        for rank, grade in enumerate(self.grades):
            if grade.code == code:
                return rank
        return len(self.grades)


def short_title(one: Coded, lang: str) -> str:
    """A title's first part, for a narrow column: without its bracket and its second names."""
    title = one.titles[lang]
    for mark in "（(、，,":
        title = title.partition(mark)[0]
    return title.strip()


def way_title(via: Via, incoming: bool, lang: str) -> str:
    """The short title of a way of following up, that of the incoming one where it has one."""
    return via.incoming[lang] if incoming and via.incoming else short_title(via, lang)


def find(noun: str, word: str, options: Sequence[_T]) -> _T:
    """The option that ``word`` means: a code, a title, or a part of one that is the only such.

    Raises Usage ``process.unknown`` with the nearest; ``noun`` says what was looked for.
    """
    for one in options:
        if one.code == word:
            return one
    wanted = _plain(word)
    for names in (_whole, _first_parts, _all_parts):
        found = [one for one in options if wanted and wanted in names(one)]
        if len(found) == 1:
            return found[0]
    raise _unknown(noun, word, options)


def _plain(text: str) -> str:
    from unicodedata import normalize

    return "".join(normalize("NFKC", text).casefold().split())


def _whole(one: Coded) -> list[str]:
    return [_plain(name) for name in (one.code, *one.titles.values())]


def _first_parts(one: Coded) -> list[str]:
    return [_plain(short_title(one, lang)) for lang in one.titles]


def _all_parts(one: Coded) -> list[str]:
    text = "、".join(_plain(title) for title in one.titles.values())
    for mark in "(),;":
        text = text.replace(mark, "、")
    return [part.strip() for part in text.split("、")]


def _unknown(noun: str, word: str, options: Sequence[Coded]) -> SalesflowError:
    known: list[str] = []
    for one in options:
        known += [one.code, *one.titles.values(), *(short_title(one, lang) for lang in one.titles)]
    near = nearest(word[:60], known)
    values: dict[str, Any] = {"text": word[:60]}
    for lang in LANGUAGES:
        names = (one.code if lang == "en" else short_title(one, lang) for one in options)
        listed = t("process.list_comma", lang).join(names)
        values[f"noun_{lang}"] = t(f"process.noun_{noun}", lang)
        values[f"hint_{lang}"] = (
            t("process.hint_near", lang, near=near) if near else t("process.hint_list", lang, known=listed)
        )
    return Usage("process.unknown", **values)
