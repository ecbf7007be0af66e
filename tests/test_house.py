"""Both catalogues say the same things, and say everything that the code asks them for."""

from __future__ import annotations

import re
import tomllib

import pytest
from conftest import ROOT

from salesflow.texts import LANGUAGES
from tools import keys
from tools.house import Source, read_package

SOURCES = [source for source in read_package(ROOT) if source.room != "catalogue"]
CATALOGUES = keys.read_catalogues(ROOT, LANGUAGES)

# Strings that look like a text's key and are none, each with what it is.
EXEMPT: dict[str, str] = {
    "salesflow.db": "the book's usual file name",
    "demo.db": "the demo book's file name",
}


def test_both_languages_have_the_same_texts_with_the_same_values() -> None:
    zh, en = (CATALOGUES[language] for language in ("zh", "en"))
    assert len(zh) > 20
    broken = keys.differences(zh, en)
    assert not broken, "\n" + "\n".join(broken)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_every_text_that_the_module_asks_for_is_there_and_gets_its_values(source: Source) -> None:
    broken = sorted({line for texts in CATALOGUES.values() for line in keys.missing(source, texts, EXEMPT)})
    assert not broken, "\n" + "\n".join(broken)


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ({"a.x": "一"}, {}),
        ({}, {"a.x": "one"}),
        ({"a.x": "{n} 个"}, {"a.x": "some"}),
        ({"a.x": "{n} 个"}, {"a.x": "{m} of them"}),
        ({"a.x": "{} 个"}, {"a.x": "{} of them"}),
        ({"a.x": "{n 个"}, {"a.x": "{n} of them"}),
        ({"a.x": "好"}, {"a.x": " "}),
    ],
)
def test_a_difference_between_the_languages_is_found(zh: dict[str, str], en: dict[str, str]) -> None:
    assert len(keys.differences(zh, en)) == 1


def test_two_catalogues_that_agree_differ_in_nothing() -> None:
    assert keys.differences({"a.x": "{n:,} 个 {{}}"}, {"a.x": "{{}} {n} of them"}) == []
    assert keys.differences({"a.x": "阶段 {stage_zh}"}, {"a.x": "stage {stage_en}"}) == []


TEXTS = {"dates.none": "{text} is no date", "dates.today": "today", "stage.one": "1", "stage.two": "2"}


@pytest.mark.parametrize(
    "code",
    [
        "t('dates.nothing', lang)",
        "t('nowhere.today', lang)",
        "raise Usage('dates.nothing', text=text)",
        "raise errors.Usage('dates.none')",
        "raise Usage('not a key')",
        "t('dates.none', lang)",
        "app.say('dates.none', words=text)",
        "f(title='dates.tomorrow')",
        "TITLES = {'a': ('dates.tomorrow',)}",
        "t(f'dates.{name}_on', lang)",
        "t(f'place.{name}', lang)",
    ],
)
def test_a_text_that_is_not_there_or_not_filled_is_found(code: str) -> None:
    assert len(keys.missing(Source("salesflow.funnel", "funnel.py", code), TEXTS, {})) == 1


@pytest.mark.parametrize(
    "code",
    [
        "t('dates.today', lang)",
        "raise Usage('dates.none', text=text)",
        "raise Usage('dates.none', **values)",
        "t(f'stage.{code}', lang)",
        "t(key, lang)",
        "open('other.txt')",
        "'''See dates.nothing.'''",
    ],
)
def test_a_text_that_is_there_and_filled_is_fine(code: str) -> None:
    assert keys.missing(Source("salesflow.funnel", "funnel.py", code), TEXTS, {}) == []


def test_a_string_is_exempt_by_name_only() -> None:
    source = Source("salesflow.funnel", "funnel.py", "NAME = 'dates.db'")
    assert keys.missing(source, TEXTS, {})
    assert keys.missing(source, TEXTS, {"dates.db": "a file"}) == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-test.lock"])
def test_the_lock_names_no_host_and_every_package_has_a_version_and_hashes(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert "://" not in text
    entries = re.split(r"\n(?=\S)", text.strip())
    assert len(entries) > 10
    assert [entry for entry in entries if not re.match(r"[a-z0-9-]+==\S+ ", entry)] == []
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize(
    ("name", "groups"), [("requirements.lock", ["build"]), ("requirements-test.lock", ["build", "test"])]
)
def test_the_lock_holds_all_that_the_project_names(name: str, groups: list[str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [*project["project"]["dependencies"]]
    for group in groups:
        wanted += project["dependency-groups"][group]
    locked = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / name).read_text("utf-8"), re.MULTILINE))
    names = {re.split(r"[<>=\[]", line)[0].lower() for line in wanted}
    assert sorted(names - locked) == []
