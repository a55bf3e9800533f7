"""What a command costs that opens no screen, against a console script that returns at once."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.lab import PROGRAM, Lab
from tests.benchmarks.waits import Pair


def answered(lab: Lab, option: str) -> Iterator[Pair]:
    """From the start of the process to its end."""
    _ = lab.environment
    floor = lab.script("at_once")
    floor.with_name("at_once.py").write_text("def main() -> int:\n    return 0\n", encoding="utf-8")
    program = lab.script(PROGRAM)
    while True:
        yield _timed(lab, floor, option), _timed(lab, program, option)


def _timed(lab: Lab, script: Path, option: str) -> float:
    began = time.perf_counter()
    subprocess.run([str(script), option], env=lab.environment, check=True, capture_output=True)
    return time.perf_counter() - began
