"""The records that a process is made of.

They are named tuples: a dozen dataclasses cost more at start-up than today's whole list.
"""

from __future__ import annotations

from typing import NamedTuple

from salesflow.processes.lookup import Titles, find, short_title

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
    "shareholders",
    "industry",
    "size",
    "side",
    "parent",
    "referrer",
    "reference",
    "key_target",
    "helped_by",
    "credit",
    "approach",
    "from_list",
    "buying_step",
    "customer_class",
    "goal_value",
    "goal_on",
    "grade",
    "tags",
)


# What else stands in every lead's record, by names of its own.
RECORD = (
    "id",
    "uid",
    "name",
    "process",
    "stage",
    "status",
    "owner",
    "registered_by",
    "need",
    "note",
    "received_at",
    "credit_by",
    "credit_on",
    "next",
    "next_date",
    "next_time",
    "next_reason",
    "next_via",
    "contacts",
    "followups",
    "visits",
    "custom",
)


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
    """How soon a lead closes (``within`` days, None: no date) and how often to follow up.

    ``effort`` says what such a lead deserves (L8).
    """

    code: str
    titles: Titles
    every: int
    within: int | None = None
    effort: Titles = {}

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


EFFECTIVE = "effective"  # a follow-up that somebody answered, by whichever way


class Want(NamedTuple):
    """One thing that a gate wants.

    ``kind`` is one of the gate language's words (``processes.gates.WORDS``), ``value`` what of it
    (a role, a field, a checklist …), ``item`` what of that (an item, a purpose), ``times`` how many
    or how much. ``code`` and ``name`` are
    what JSON and lists call it when missing, ``ask`` is what to find out; ``name_reach`` and
    ``ask_reach`` stand in where the person (``who``, set by the rules) is known and not to be reached;
    ``now`` (set by the rules) is how many or how much there is of it.
    """

    kind: str
    code: str
    value: str = ""
    item: str = ""
    reach: bool = False
    times: int = 1
    name: Titles = {}
    ask: Titles = {}
    name_reach: Titles = {}
    ask_reach: Titles = {}
    who: str = ""
    now: int | None = None


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
    """A place in the funnel, the gate to it, and the guide for whoever works in it.

    ``work`` is the stage's main work, ``buying_step`` the buyer's own step that it goes with (L7),
    ``chance`` the share (0 to 1) of the leads standing here that close; None where the file says none.
    """

    code: str
    titles: Titles
    won: bool = False
    interval: int = 0
    gate: tuple[Want, ...] = ()
    guide: tuple[Item, ...] = ()
    work: Titles = {}
    buying_step: str = ""
    chance: float | None = None

    def title(self, lang: str) -> str:
        """The title in ``lang``."""
        return self.titles[lang]


class Point(NamedTuple):
    """One line of a checklist: answered by points, or by itself once ``until`` is not missing."""

    code: str
    titles: Titles
    weight: int = 1
    until: Want | None = None

    def title(self, lang: str) -> str:
        """The title in ``lang``."""
        return self.titles[lang]


class Checklist(NamedTuple):
    """Points with a score: evaluation, screening, fit, what an insider has to tell (L9, M7, M8, F13).

    Each point takes 0 to ``scale`` (1: a tick). ``rivals`` where each competitor gets points beside
    ours; ``role`` is who at the lead is asked, '' for nobody.
    """

    code: str
    titles: Titles
    points: tuple[Point, ...]
    scale: int = 1
    rivals: bool = False
    role: str = ""

    def title(self, lang: str) -> str:
        """The title in ``lang``."""
        return self.titles[lang]

    def point(self, word: str) -> Point:
        """The point of that code or title; Usage with the nearest where there is none."""
        return find("point", word, self.points)


class Information(NamedTuple):
    """One kind of information about a customer, and the points that make it whole (E4)."""

    code: str
    titles: Titles
    required: tuple[str, ...]

    def title(self, lang: str) -> str:
        """The title in ``lang``."""
        return self.titles[lang]


class Care(NamedTuple):
    """A visit or call that every order leads to, so many days after it (F17).

    ``via`` is how it is meant, '' as usual; ``referral`` where the customer is asked for other parties (E7).
    """

    code: str
    titles: Titles
    day: int
    via: str = ""
    referral: bool = False

    def title(self, lang: str) -> str:
        """The title in ``lang``."""
        return self.titles[lang]


class CustomerClass(NamedTuple):
    """A class of customers after the deal with its service plan: a contact ``every`` so many days (L1).

    ``via`` is how it is meant, '' as usual; ``what`` is due then.
    """

    code: str
    titles: Titles
    every: int
    via: str = ""
    what: Titles = {}

    def title(self, lang: str) -> str:
        """The title in ``lang``."""
        return self.titles[lang]


class Strategy(NamedTuple):
    """How to quote to and negotiate with one class of prospects (F15).

    It is for leads whose kind, size, side and industry are each among those named; none named: any.
    """

    code: str
    titles: Titles
    text: Titles
    kinds: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()

    def title(self, lang: str) -> str:
        """The title in ``lang``."""
        return self.titles[lang]

    def fits(self, kind: str | None, size: str | None, side: str | None, industry: str | None) -> bool:
        """Whether a lead of these is of the class; what is not known of the lead fits nothing that is named."""
        said = ((self.kinds, kind), (self.sizes, size), (self.sides, side), (self.industries, industry))
        return all(not named or one in named for named, one in said)


class Former(NamedTuple):
    """What an earlier version of the process called something that it has no more: old records name it.

    Of a stage, ``after`` is the stage before it and ``won`` what it was; ``counts`` is a reason's.
    """

    noun: str
    code: str
    titles: Titles
    after: str = ""
    won: bool = False
    counts: bool = True

    def title(self, lang: str) -> str:
        """The title in ``lang``."""
        return self.titles[lang]


def way_title(via: Via, incoming: bool, lang: str) -> str:
    """The short title of a way of following up, that of the incoming one where it has one."""
    return via.incoming[lang] if incoming and via.incoming else short_title(via, lang)
