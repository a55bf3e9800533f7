"""What a command costs that opens no screen, against a console script that returns at once."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from cimodel_tui.content import sample
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


def portfolio(lab: Lab, workbooks: int) -> Iterator[Pair]:
    """How long the portfolio of so many copies of the sample takes; the floor is ten times that of a tenth of them."""
    folder = lab.folder / "desks"
    folder.mkdir(exist_ok=True)
    for number in range(workbooks):
        (folder / f"desk-{number:03d}.cimodel.json").write_bytes(sample().read_bytes())
    program, tenth = lab.script(PROGRAM), map(str, sorted(folder.iterdir())[: workbooks // 10])
    few, all_of_them = ("portfolio", *tenth), ("portfolio", str(folder))
    while True:
        yield _timed(lab, program, *few) * 10, _timed(lab, program, *all_of_them)


def _timed(lab: Lab, script: Path, *words: str) -> float:
    began = time.perf_counter()
    subprocess.run([str(script), *words], env=lab.environment, check=True, capture_output=True)
    return time.perf_counter() - began
