"""What was written on the phone, taken apart: which lines begin an entry, of whom, when (cli.md, ``paste``)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from salesflow.names import name_key, narrow_digits

_LONGEST_NAME = 60
_MOST_LINES = 5_000
_MOST_WORDS = 4  # of a name written small
_SMALL = ("of", "the", "and", "de", "&", "+")
_RULE = re.compile(r"^[-—–_=~·•\s]{3,}(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[^\w]*$")
_DAY = r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?"
_CLOCK = r"(?P<hour>\d{1,2})[:：](?P<minute>\d{2})(?:[:：]\d{2})?"
_STAMP = re.compile(
    rf"^(?P<who>[^\s#:：,，。()（）]{{1,20}})\s*[(（]?\s*{_DAY}\s+{_CLOCK}\s*[)）]?\s*[:：]?$"
)
_STAMP_FIRST = re.compile(rf"^\[?{_DAY}\s+{_CLOCK}\]?\s*(?P<who>[^\s#:：,，。()（）]{{0,20}})\s*[:：]?$")
_CLOCKED = re.compile(rf"^(?P<who>[^\s#:：,，。()（）]{{1,20}})\s+{_CLOCK}\s*[:：]?$")
_NUMBER = re.compile(r"^[#＃]\s*(\d{1,15})(?!\d)")
_AFTER_NAME = " \t\u3000,，、:：;；.。|｜-—"
_PRINTED = "▸"  # stands in each line of a printed list, before its question
_OURS = re.compile(r"｜|\d\*{2,}\d")  # between the number with its name and what follows: a list's line too


class Entry(NamedTuple):
    """One entry: the line on which it begins, of whom it is, what was written, and when.

    ``leads`` are the ids that its beginning may mean, none where it means none; ``new`` the name of
    a lead to add. ``day`` and ``time`` are those of the chat, None where it tells none.
    """

    line: int
    text: str
    leads: tuple[int, ...]
    new: str
    note: str
    day: date | None
    time: str | None


class Known(NamedTuple):
    """The leads that a text may mean: ids by the key of a name, and the keys that each id is called by.

    ``questions`` are those with which lines of a printed list end.
    """

    names: Mapping[str, Sequence[int]]
    ids: Mapping[int, Sequence[str]]
    questions: Sequence[str] = ()


class _Line(NamedTuple):
    number: int
    text: str
    day: date | None
    time: str | None
    first: bool  # the first of a message


def heads(text: str) -> tuple[set[str], set[int]]:
    """The keys of names with which lines of the text may begin, and the ids that they name."""
    keys: set[str] = set()
    ids: set[int] = set()
    for line in text.splitlines()[:_MOST_LINES]:
        number = _NUMBER.match(line.strip())
        if number:
            ids.add(int(narrow_digits(number[1])))
            continue
        keys.update(key for _, key in _prefixes(line.strip()))
    return keys - {""}, ids


def _prefixes(line: str) -> Iterator[tuple[int, str]]:
    # from the longest on; the key of a beginning is what the book is asked for
    for end in range(min(len(line), _LONGEST_NAME), 1, -1):
        if line[end - 1] not in _AFTER_NAME:
            yield end, name_key(line[:end])


def entries(text: str, known: Known, new_words: Sequence[str], printed: Callable[[str], bool]) -> list[Entry]:
    """The entries of the text, those of no lead among them, in its order.

    ``new_words`` stand before the name of a lead to add; ``printed`` says of a line that a list of
    this program holds it between its entries, and nobody wrote it.
    """
    found: list[Entry] = []
    for line in _lines(text):
        if printed(line.text):
            continue
        begun = _begun(line, known, new_words)
        if begun:
            found.append(begun)
        elif _PRINTED in line.text:
            continue  # of a list, between its leads
        elif found and not line.first:
            last = found[-1]
            found[-1] = last._replace(
                text=f"{last.text}\n{line.text}", note=f"{last.note}\n{line.text}".strip()
            )
        else:
            found.append(Entry(line.number, line.text, (), "", line.text, line.day, line.time))
    return [one for one in found if one.note or one.new]


def _begun(line: _Line, known: Known, new_words: Sequence[str]) -> Entry | None:
    text = line.text
    for word in new_words:
        if text.lower().startswith(word) and text[len(word) : len(word) + 1] in (*_AFTER_NAME, ""):
            name, rest = _first_words(text[len(word) :].lstrip(_AFTER_NAME))
            return Entry(line.number, text, (), name, rest, line.day, line.time) if name else None
    number = _NUMBER.match(text)
    if number:
        lead_id = int(narrow_digits(number[1]))
        called = known.ids.get(lead_id)
        rest = _without_name(text[number.end() :].lstrip(_AFTER_NAME), called or (), known.questions)
        return Entry(line.number, text, (lead_id,) if called else (), "", rest, line.day, line.time)
    for end, key in _prefixes(text):
        if key in known.names and _ends_there(text, end, key):
            rest = _written(text[end:].lstrip(_AFTER_NAME), known.questions)
            return Entry(line.number, text, tuple(known.names[key]), "", rest, line.day, line.time)
    return None


def _first_words(text: str) -> tuple[str, str]:
    name = re.split(r"[\s,，:：;；。|｜]", text, maxsplit=1)[0]
    if name.isascii():
        name = _english_name(text) or name
    return name, text[len(name) :].lstrip(_AFTER_NAME)


def _english_name(text: str) -> str:
    """The words of a name at the beginning: as far as they are written large, or up to a mark that comes soon."""
    stop = re.search(r"[,，:：;；。|｜\n]|\s[-—–]|(?<=\w\w\w)\.(?:\s|$)", text)
    words = re.findall(r"\S+", text[: stop.start()] if stop else text)
    large = _run(words)
    count = len(words) if stop and len(words) <= _MOST_WORDS and not large else large
    found = re.match(rf"\S+(?:\s+\S+){{{count - 1}}}", text) if count else None
    return found[0].rstrip(_AFTER_NAME) if found else ""


def _run(words: Sequence[str]) -> int:
    # how many belong to a name written large: Bank of China, 3M Wuhan, A & B Motors
    count = 0
    for place, word in enumerate(words[:_LONGEST_NAME], 1):
        if word.isascii() and (word[0].isupper() or word[0].isdigit()):
            count = place
        elif word not in _SMALL or not count:
            break
    return count


def _without_name(rest: str, called: Sequence[str], questions: Sequence[str]) -> str:
    # behind #12 its name may stand, as a list prints it
    for end, key in _prefixes(rest):
        if key in called and _ends_there(rest, end, key):
            after = rest[end:].lstrip(_AFTER_NAME)
            ours = _PRINTED not in after and _OURS.search(after)
            return "" if ours else _written(after, questions)
    return _written(rest, questions)


def _ends_there(text: str, end: int, key: str) -> bool:
    # dictated text has no spaces behind a name; two characters alone, or letters, are no name in the middle of a word
    after = text[end : end + 1]
    if not after or after in _AFTER_NAME:
        return True
    return len(key) > 2 and not (key[-1].isascii() and after.isascii() and after.isalnum())


def _written(rest: str, questions: Sequence[str]) -> str:
    """What somebody wrote behind the name: of a list's line only what stands behind its question."""
    _, printed, after = rest.rpartition(_PRINTED)
    if not printed:
        return rest
    asked = max((one for one in questions if after.startswith(one)), key=len, default=None)
    return after[len(asked) :].lstrip(_AFTER_NAME) if asked else ""


def _lines(text: str) -> Iterator[_Line]:
    day: date | None = None
    ruled: date | None = None
    time: str | None = None
    first = True
    for number, raw in enumerate(text.splitlines()[:_MOST_LINES], 1):
        line = raw.strip().strip("\ufeff\u200b")
        stamp = _stamped(line, ruled)
        if stamp:
            day, time = stamp
            ruled = day if time is None else ruled
            first = True
        elif line:
            yield _Line(number, line, day, time, first)
            first = False


def _stamped(line: str, ruled: date | None) -> tuple[date, str | None] | None:
    """Day and time of a chat's own line; None for one that somebody wrote."""
    rule = _RULE.match(line)
    if rule:
        found = _day(rule[1], rule[2], rule[3])
        return (found, None) if found else None
    match = _STAMP.match(line) or _STAMP_FIRST.match(line)
    if match:
        found = _day(match["year"], match["month"], match["day"])
        return (found, _clock(match)) if found else None
    clocked = _CLOCKED.match(line) if ruled else None
    return (ruled, _clock(clocked)) if ruled and clocked else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _clock(match: re.Match[str]) -> str | None:
    hour, minute = int(match["hour"]), int(match["minute"])
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def way(note: str, words: Callable[[str], bool], verbs: Sequence[str] = ()) -> tuple[str, str, str]:
    """The word for the way with which the note begins, the note without it where it stands alone, what follows it.

    ``words`` says whether a beginning is such a word; 见 is one where somebody was met. One of ``verbs`` may stand
    before it (打了个电话), and then the note stays whole.
    """
    for verb in ("", *verbs):
        start = len(verb)
        for end in range(min(len(note), start + 12), start, -1) if note.startswith(verb) else ():
            word, after = note[start:end], note[end : end + 1]
            whole = not (word[-1].isascii() and after.isascii() and after.isalnum())
            short = end - start == 1
            if words(word.lower()) and whole and not (short and (verb or after in ("", "不", "没", "过"))):
                alone = not short and not verb and (not after or after in _AFTER_NAME or after == "\n")
                rest = note[end:].lstrip(f"{_AFTER_NAME}\n")
                return word, rest if alone else note, rest
    return "", note, note
