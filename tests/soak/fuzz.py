"""Fuzzing, so many seconds a target: importer, dates, words, notes, process files, the output gate.

``SALESFLOW_FUZZ=dates,gate`` runs these targets alone. An input that is a finding is printed in base64: it
belongs into ``tests/test_fuzz_found.py`` once it is mended.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping

from .frame import ROOT, SEED, bar
from .fuzz_targets import TARGETS


def run(count: int) -> Mapping[str, float]:
    """The figures of ``count`` seconds for each target."""
    chosen = [name for name in os.environ.get("SALESFLOW_FUZZ", "").split(",") if name] or list(TARGETS)
    figures: dict[str, float] = {"findings": 0, "broken": 0, "inputs": 0, "guided": 0}
    for name in bar(chosen, len(chosen), "fuzz"):
        said = one(name, count, f"{SEED} {name}")
        figures["broken"] += said is None
        if said is None:
            continue
        figures["inputs"] += said["inputs"]
        figures[f"inputs_{name}"] = said["inputs"]
        figures["guided"] += said["engine"] == "atheris"
        if said["finding"] is not None:
            figures["findings"] += 1
            print(
                f"{name}: {said['error']} at {said['where']}\n{said['finding']}", file=sys.stderr, flush=True
            )
    return figures


def one(name: str, seconds: int, seed: str) -> dict[str, object] | None:
    """What came of one target; None where the run itself broke."""
    command = [sys.executable, "-m", f"{__package__}.fuzz_one", name, str(seconds), seed]
    given = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"}
    done = subprocess.run(
        command, cwd=ROOT, env=given, capture_output=True, text=True, errors="replace", timeout=seconds + 300
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if not lines:
        print(f"{name}: exit {done.returncode}: {done.stderr[-600:]}", file=sys.stderr, flush=True)
        return None
    found: dict[str, object] = json.loads(lines[-1])
    return found
