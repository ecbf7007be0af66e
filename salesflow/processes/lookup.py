"""What is meant by a word: the choice of a list by its code, its title or a part of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from salesflow.errors import SalesflowError, Usage, nearest
from salesflow.texts import LANGUAGES, t

Titles = Mapping[str, str]

if TYPE_CHECKING:
    from typing import Protocol

    class Coded(Protocol):
        """Whatever has a code and titles."""

        @property
        def code(self) -> str: ...
        @property
        def titles(self) -> Titles: ...


_T = TypeVar("_T", bound="Coded")


def short_title(one: Coded, lang: str) -> str:
    """A title's first part, for a narrow column: without its bracket and its second names."""
    title = one.titles[lang]
    for mark in "（(、，,":
        title = title.partition(mark)[0]
    return title.strip()


def find(noun: str, word: str, options: Sequence[_T]) -> _T:
    """The option that ``word`` means: a code, a title, or a part of one that is the only such.

    Raises Usage ``process.unknown`` with the nearest, or with those of which the word is a part;
    ``noun`` says what was looked for.
    """
    for one in options:
        if one.code == word:
            return one
    wanted, several = plain(word), list[_T]()
    for names in (_whole, _first_parts, _all_parts):
        found = [one for one in options if wanted and wanted in names(one)]
        if len(found) == 1:
            return found[0]
        several = several or found
    raise _unknown(noun, word, several) if several else _unknown(noun, word, options, guess=True)


def plain(text: str) -> str:
    """``text`` as it is compared: half width, without case and blanks."""
    from unicodedata import normalize

    return "".join(normalize("NFKC", text).casefold().split())


def _whole(one: Coded) -> list[str]:
    return [plain(name) for name in (one.code, *one.titles.values())]


def _first_parts(one: Coded) -> list[str]:
    return [plain(short_title(one, lang)) for lang in one.titles]


def _all_parts(one: Coded) -> list[str]:
    text = "、".join(plain(title) for title in one.titles.values())
    for mark in "(),;":
        text = text.replace(mark, "、")
    return [part.strip() for part in text.split("、")]


def _unknown(noun: str, word: str, options: Sequence[Coded], *, guess: bool = False) -> SalesflowError:
    known: list[str] = []
    for one in options:
        known += [one.code, *one.titles.values(), *(short_title(one, lang) for lang in one.titles)]
    near = nearest(word[:60], known) if guess else ""
    values: dict[str, Any] = {"text": word[:60]}
    for lang in LANGUAGES:
        values[f"noun_{lang}"] = t(f"process.noun_{noun}", lang)
        values[f"hint_{lang}"] = _hint(near, options, lang)
    return Usage("process.unknown", **values)


def _hint(near: str, options: Sequence[Coded], lang: str) -> str:
    if near:
        return t("process.hint_near", lang, near=near)
    if not options:
        return t("process.hint_none", lang)
    names = [one.code if lang == "en" else short_title(one, lang) for one in options]
    if len(set(names)) < len(names):
        names = [one.code for one in options]
    return t("process.hint_list", lang, known=t("process.list_comma", lang).join(names))
