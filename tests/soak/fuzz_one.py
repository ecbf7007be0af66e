"""One target fuzzed for so many seconds, in a process of its own: ``python -m tests.soak.fuzz_one NAME SECONDS SEED``.

With atheris where it is installed (guided by coverage), else by mutation of the seeds. The last line on
stdout is JSON: ``{"inputs": …, "engine": …, "finding": base64 or null, "error": …}``. Exit 0 either way.
"""

from __future__ import annotations

import base64
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .fuzz_seeds import seeds, words
from .fuzz_targets import TARGETS

LONGEST = 4000
_SLOW = 5.0  # seconds that one input may take


class SlowError(AssertionError):
    """One input took too long."""


def answer(
    inputs: int, engine: str, finding: bytes | None = None, error: BaseException | None = None
) -> None:
    """Nothing; the result is on stdout."""
    said = {
        "inputs": inputs,
        "engine": engine,
        "finding": None if finding is None else base64.b64encode(finding).decode(),
        "error": "" if error is None else f"{type(error).__name__}: {error}"[:300],
        "where": "" if error is None else _where(error),
    }
    print(json.dumps(said), flush=True)


def _where(error: BaseException) -> str:
    place, trace = "", error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if "salesflow" in code.co_filename:
            place = f"{Path(code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def mutated(data: bytes, known: list[bytes], dice: random.Random) -> bytes:
    """Another input, made of this one."""
    made = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 4, 8))):
        at = dice.randrange(len(made) + 1)
        kind = dice.randrange(6)
        if kind == 0 and made:
            made[at % len(made)] = dice.randrange(256)
        elif kind == 1:
            made[at:at] = dice.choice(known) if known else b"\0"
        elif kind == 2:
            del made[at : at + dice.choice((1, 2, 3, 8, 40))]
        elif kind == 3:
            made[at:at] = made[at : at + dice.randrange(1, 40)] * dice.choice((1, 2, 5))
        elif kind == 4:
            made[at:at] = chr(
                dice.choice((0x20, 0x3000, 0x200B, 0x661, 0xFF11, 0x1F600, 0x4E00, 0xB2, 0x85))
            ).encode()
        else:
            made[at:at] = str(dice.choice((0, -1, 99, 2**31, 2**63, 10**30, 0.1))).encode()
    return bytes(made[:LONGEST])


def by_mutation(name: str, seconds: float, seed: str, one: Callable[[bytes], None]) -> None:
    """Nothing; inputs are tried until the time is over or one is a finding."""
    dice, until, inputs = random.Random(seed), time.monotonic() + seconds, 0
    pool, known = seeds(name) or [b""], words(name)
    while time.monotonic() < until:
        data = mutated(dice.choice(pool), known, dice) if inputs >= len(pool) else pool[inputs]
        inputs += 1
        if dice.random() < 0.02 and len(pool) < 500:
            pool.append(data)
        try:
            one(data)
        except Exception as error:
            answer(inputs, "mutation", data, error)
            return
    answer(inputs, "mutation")


def by_coverage(name: str, seconds: int, seed: str, one: Callable[[bytes], None], atheris: Any) -> None:
    """Never returns where there is no finding: atheris ends the process."""
    found = {"inputs": 0}

    def counted(data: bytes) -> None:
        found["inputs"] += 1
        if time.monotonic() >= until:
            answer(found["inputs"], "atheris")
            os._exit(0)
        try:
            one(data)
        except Exception as error:
            answer(found["inputs"], "atheris", data, error)
            os._exit(0)

    with tempfile.TemporaryDirectory() as folder:
        for number, data in enumerate(seeds(name)):
            (Path(folder) / f"{number}").write_bytes(data)
        known = Path(folder).with_suffix(".dict")
        known.write_text("".join(f'"{_escaped(word)}"\n' for word in words(name)))
        options = [
            f"-seed={abs(hash(seed)) % 2**31 or 1}",
            f"-max_len={LONGEST}",
            f"-dict={known}",
            "-rss_limit_mb=0",
        ]
        until = time.monotonic() + seconds
        atheris.Setup([sys.argv[0], *options, "-verbosity=0", "-timeout=60", folder], counted)
        atheris.Fuzz()


def _escaped(word: bytes) -> str:
    return "".join([f"\\x{byte:02x}" for byte in word])


def main(name: str, seconds: int, seed: str) -> None:
    """Nothing; the target has been fuzzed."""
    one = TARGETS[name]

    def timed(data: bytes) -> None:
        begun = time.monotonic()
        one(data)
        took = time.monotonic() - begun
        if took > _SLOW:
            raise SlowError(f"{took:.1f} s")

    try:
        import atheris
    except ImportError:
        by_mutation(name, seconds, seed, timed)
        return
    with atheris.instrument_imports(include=["salesflow"]):
        one(seeds(name)[0] if seeds(name) else b"x")  # what it imports is instrumented
    by_coverage(name, seconds, seed, timed, atheris)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
