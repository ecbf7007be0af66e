"""Every word that people read, by key and language; nothing here knows which language is on."""

from __future__ import annotations

from importlib import import_module

LANGUAGES = ("zh", "en")
_areas: dict[tuple[str, str], dict[str, str]] = {}


def t(key: str, lang: str, /, **values: object) -> str:
    """The text of ``key`` (``area.name``) in ``lang``, filled with ``values``.

    The area is the catalogue's file: ``catalogue/zh/errors.py`` holds ``errors.*``.
    Raises KeyError for a key that no catalogue has.
    """
    text = _area(key.partition(".")[0], lang)[key.partition(".")[2]]
    return text.format(**values) if values else text


def has_text(key: str, lang: str) -> bool:
    """Whether the catalogue of ``lang`` holds ``key``."""
    area, _, name = key.partition(".")
    try:
        return name in _area(area, lang)
    except ModuleNotFoundError:
        return False


def _area(area: str, lang: str) -> dict[str, str]:
    found = _areas.get((lang, area))
    if found is None:
        module = import_module(f"salesflow.catalogue.{lang}.{area}")
        found = _areas[lang, area] = module.TEXTS
    return found
