"""What a rep's note says besides its words: the marks in it, and who of the lead is named.

A mark is obeyed and stays in the text. It counts at the start, or after a space or punctuation.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from salesflow.dates import When, WorkCalendar, longest_when
from salesflow.dates.words import fold
from salesflow.names import FAMILIAR, TITLES

# A text key and the values that fill it.
NoteWarning = tuple[str, dict[str, str]]

_MARK = (
    r"(?<!\w)(?:(?P<next>下次 *:?|next *:)|(?P<grade>级别 *:?|grade *:)"
    r"|(?P<learned>(?:了解|learned) *:)|(?P<did>(?:措施|did) *:)"
    r"|(?P<feedback>(?:反馈|feedback) *:)|(?P<progress>(?:进展|progress) *:))\s*"
)
_PARTS = ("learned", "did", "feedback", "progress")
_NO_ANSWER = r"(?:没人接|没接|没回|no answer)(?:$|(?=电话|微信|消息|信息|[^\w]|_))"
_RUNG = r"(?:没人接|没接)(?!微信|消息|信息)"
_AWAY = r".{2,4}?(?:不在(?![乎意])|没在|没来|出差|休假|请假)"  # behind somebody's name: they were not there
_SENTENCE_END = r"[。！？!?；;\n]|\.(?=\s|$)"
_AFTER_DAY = " \t,，、:：-—"
_AFTER_PART = " \t\r\n,，、;；"
_SHOWN = 20

# 王总共, 王工作: the title is part of another word.
_TITLE = rf"({'|'.join(TITLES)})(?<!总(?=[共是部体算价结额量数会的]))(?<!工(?=[作程厂资人地]))"
_DOUBLE_SURNAMES = (
    "欧阳", "司马", "上官", "诸葛", "司徒", "东方", "夏侯", "皇甫", "尉迟", "公孙", "慕容",
    "令狐", "端木", "南宫",
)  # fmt: skip


@dataclass(frozen=True)
class Note:
    """A note and what its marks say; what was not said is None or empty.

    ``warnings`` are text keys with their values, for what a mark asked and was not done.
    """

    text: str
    when: When | None = None
    what: str = ""
    grade: str | None = None
    learned: str | None = None
    did: str | None = None
    feedback: str | None = None
    progress: str | None = None
    no_answer: bool = False
    warnings: tuple[NoteWarning, ...] = ()


def parse_note(
    text: str, day: datetime.date, grades: Sequence[str], calendar: WorkCalendar | None = None
) -> Note:
    """The note with its marks read; ``day`` is the follow-up's own, from which dates count."""
    text = text.strip()
    folded = fold(text)
    segments = list(_segments(text, folded))
    warnings: list[NoteWarning] = []
    when, what = _promise([s for k, s in segments if k == "next"], day, calendar, warnings)
    grade = _grade([s for k, s in segments if k == "grade"], grades, warnings)
    parts = {name: _part([s for k, s in segments if k == name]) for name in _PARTS}
    return Note(
        text,
        when,
        what,
        grade,
        parts["learned"],
        parts["did"],
        parts["feedback"],
        parts["progress"],
        says_no_answer(text),
        tuple(warnings),
    )


def says_no_answer(text: str) -> bool:
    """Whether the text begins with what means that nobody answered: 没接, 没人接, 没回, no answer."""
    return re.match(_NO_ANSWER, fold(text.strip())) is not None


def says_nobody_picked_up(text: str) -> bool:
    """Whether the text begins with what is said of a telephone alone: 没接, 没人接."""
    return says_no_answer(text) and re.match(_RUNG, fold(text.strip())) is not None


def _segments(text: str, folded: str) -> Iterator[tuple[str, str]]:
    """Each mark's name and the text behind it, up to the next mark."""
    marks = list(re.finditer(_MARK, folded))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    for mark, end in zip(marks, ends, strict=False):
        yield str(mark.lastgroup), text[mark.end() : end]


def _promise(
    segments: list[str], day: datetime.date, calendar: WorkCalendar | None, warnings: list[NoteWarning]
) -> tuple[When | None, str]:
    """The day of the next contact and what it is for; none where two marks disagree."""
    read = [(s, longest_when(s, day, calendar=calendar)) for s in segments]
    found = [(when[0], _what(s[when[1] :])) for s, when in read if when]
    if len({when for when, _ in found}) > 1:
        warnings.append(("notes.two_dates", {}))
        return None, ""
    if found:
        return found[0][0], next((what for _, what in found if what), "")
    if segments:
        warnings.append(("notes.no_date", {"text": _shown(segments[0])}))
    return None, ""


def _what(rest: str) -> str:
    rest = rest.lstrip(_AFTER_DAY)
    end = re.search(_SENTENCE_END, rest)
    return (rest[: end.start()] if end else rest).rstrip(_AFTER_PART)


def _grade(segments: list[str], grades: Sequence[str], warnings: list[NoteWarning]) -> str | None:
    """The grade that the marks say; none where they say no grade, or two."""
    found = [g for g in (_grade_at(s, grades) for s in segments) if g]
    if len(set(found)) > 1:
        warnings.append(("notes.two_grades", {"grades": " ".join(dict.fromkeys(found))}))
        return None
    if segments and not found:
        warnings.append(("notes.no_grade", {"text": _shown(segments[0]), "grades": " ".join(grades)}))
    return found[0] if found else None


def _grade_at(segment: str, grades: Sequence[str]) -> str | None:
    folded = fold(segment)
    for grade in sorted(grades, key=len, reverse=True):
        code = fold(grade)
        after = folded[len(code) : len(code) + 1]
        whole_word = not (code[-1:].isascii() and after.isascii() and after.isalnum())
        if code and folded.startswith(code) and whole_word:
            return grade
    return None


def _part(segments: list[str]) -> str | None:
    said = [s.strip(_AFTER_PART) for s in segments]
    return "; ".join(s for s in said if s) or None


def _shown(segment: str) -> str:
    said = _what(segment) or segment.strip(_AFTER_PART)
    return said if len(said) <= _SHOWN else said[:_SHOWN] + ".."


def people_named(text: str, people: Sequence[tuple[int, str, Sequence[str]]]) -> list[int]:
    """The ids of the persons named in the note, in its order, who was not there last: 王建国, 王经理, 老王, Mr Wang.

    ``people`` are id, name and what else they are called (the titles of their roles). A
    surname with a title names somebody only where it fits one person.
    """
    names = [(person, name.strip()) for person, name, _ in people if len(name.strip()) > 1]
    found: dict[int, int] = {}
    left = text
    for _, name in sorted(names, key=lambda n: len(n[1]), reverse=True):
        at = _place(name, left)
        if at < 0:
            continue
        bearers = [person for person, other in names if other == name]
        if len(bearers) == 1:
            found[bearers[0]] = at
        left = left.replace(name, " " * len(name))
    for at, candidates in (*_by_title(left, people), *_by_given_name(left, people)):
        if len(candidates) == 1:
            found[candidates[0]] = min(at, found.get(candidates[0], at))
    away = {person for person, at in found.items() if re.match(_AWAY, text[at:])}
    return sorted(found, key=lambda person: (person in away, found[person]))


def _place(name: str, text: str) -> int:
    if not name.isascii():
        return text.find(name)
    m = re.search(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", text, re.IGNORECASE)
    return m.start() if m else -1


def _surname(name: str) -> str:
    """The surname of a Chinese name as it was written down: 王建国, 王经理, 老王; '' of others."""
    if name[:1] in FAMILIAR and len(name) == 2:
        name = name[1:]
    elif len(name) < 2:
        return ""
    if name[:2] in _DOUBLE_SURNAMES:
        return name[:2]
    return name[0] if "\u4e00" <= name[0] <= "\u9fff" else ""


def _by_title(text: str, people: Sequence[tuple[int, str, Sequence[str]]]) -> Iterator[tuple[int, list[int]]]:
    """Where a surname stands with a title, and whom that can mean."""
    for surname in {_surname(name.strip()) for _, name, _ in people} - {""}:
        bearers = [p for p in people if _surname(p[1].strip()) == surname]
        for m in re.finditer(rf"([{FAMILIAR}]){surname}|{surname}{_TITLE}", text):
            called = m[1] or m[2]
            told = [p[0] for p in bearers if any(called in word for word in p[2])]
            yield m.start(), told or [p[0] for p in bearers if _own_title(p[1].strip()) in ("", called)]


def _own_title(name: str) -> str:
    """The title that stands in for a given name: 经理 of 王经理, 老 of 老王."""
    surname = _surname(name)
    rest = name.removeprefix(surname)
    if name[:1] in FAMILIAR and name.endswith(surname):
        return name[0]
    return rest if rest in TITLES else ""


def _by_given_name(
    text: str, people: Sequence[tuple[int, str, Sequence[str]]]
) -> Iterator[tuple[int, list[int]]]:
    """Where a part of a Latin name stands as a word of its own, and whose it is."""
    for word in {w for _, name, _ in people if name.isascii() for w in name.split() if len(w) > 1}:
        m = re.search(rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])", text)
        if m:
            yield m.start(), [person for person, name, _ in people if word in name.split()]
