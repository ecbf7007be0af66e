"""Every word that people read, by key and language; nothing here knows which language is on."""

from __future__ import annotations

import errno
from importlib import import_module

LANGUAGES = ("zh", "en")
_areas: dict[tuple[str, str], dict[str, str]] = {}
_SYSTEM = {
    "ENOENT": "system.no_folder",
    "ENOTDIR": "system.not_a_folder",
    "EISDIR": "system.a_folder",
    "EACCES": "system.denied",
    "EPERM": "system.denied",
    "EROFS": "system.read_only",
    "ENOSPC": "system.full",
    "EDQUOT": "system.full",
    "EFBIG": "system.too_large",
    "ENAMETOOLONG": "system.name_too_long",
    "ELOOP": "system.circle",
    "EBUSY": "system.busy",
    "ETXTBSY": "system.busy",
    "EIO": "system.faulty",
    "EMFILE": "system.too_many_open",
    "ENFILE": "system.too_many_open",
    "ENOMEM": "system.no_memory",
    "EBADF": "system.closed",
    "EPIPE": "system.closed",
    "ECONNRESET": "system.cut_off",
    "ECONNABORTED": "system.cut_off",
    "ENETUNREACH": "system.unreachable",
    "EHOSTUNREACH": "system.unreachable",
    "ETIMEDOUT": "system.timeout",
}


def t(key: str, lang: str, /, **values: object) -> str:
    """The text of ``key`` (``area.name``) in ``lang``, filled with ``values``.

    The area is the catalogue's file: ``catalogue/zh/errors.py`` holds ``errors.*``.
    Raises KeyError for a key that no catalogue has.
    """
    text = _area(key.partition(".")[0], lang)[key.partition(".")[2]]
    if not values:
        return text
    for name, value in values.items():
        if isinstance(value, OSError):
            values = {**values, name: of_system(value, lang)}
    return text.format(**values)


def of_system(error: OSError, lang: str) -> str:
    """What the system refused, in ``lang``; in its own words where the catalogue has none for it."""
    key = _SYSTEM.get(errno.errorcode.get(error.errno or 0, ""))
    if error.errno == errno.ENOENT and "No usable temporary directory" in (error.strerror or ""):
        key = "system.no_temporary"  # Python says so of full disks too
    return t(key, lang) if key else error.strerror or type(error).__name__


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
