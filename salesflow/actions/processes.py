"""The processes of the book: a built-in one is taken in when it is first used (L11)."""

from __future__ import annotations

from salesflow import processes
from salesflow.actions.work import Work
from salesflow.processes import Process
from salesflow.store import settings

DEFAULT = "process"  # the setting that names the process of new leads


def named(work: Work, word: str) -> Process:
    """The process that ``word`` names: the book's, else a built-in one, which is not taken in yet.

    Raises Usage with the nearest.
    """
    codes = settings.process_codes(work.connection)
    code = processes.meant(word, codes, lambda held: work.process(held).titles)
    return work.process(code) if code in codes else processes.load(processes.builtin(code), code)


def taken_in(work: Work, word: str) -> Process:
    """The process that ``word`` names, one of the book's from now on. Raises Usage with the nearest."""
    return take_in(work, named(work, word))


def take_in(work: Work, process: Process) -> Process:
    """The same process, which is one of the book's now: a built-in one is copied into it at its first use."""
    if settings.process_data(work.connection, process.code) is None:
        source = processes.builtin(process.code)
        settings.insert_process(work.connection, process.code, processes.to_json(process), source)
    return process


def default(work: Work) -> Process:
    """The process that new leads follow."""
    codes = settings.process_codes(work.connection)
    return work.process(settings.get_setting(work.connection, DEFAULT) or codes[0])


def use(work: Work, word: str) -> Process:
    """The process that ``word`` names, which new leads follow from now on."""
    process = taken_in(work, word)
    settings.set_setting(work.connection, DEFAULT, process.code)
    return process
