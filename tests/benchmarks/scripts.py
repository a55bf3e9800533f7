"""What a command costs that opens no screen, against a console script that returns at once."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.lab import Lab
from tests.benchmarks.waits import Pair

_SCRIPT = """#!{python}
# -*- coding: utf-8 -*-
import re
import sys
from {module} import main
if __name__ == '__main__':
    sys.argv[0] = re.sub(r'(-script\\.pyw|\\.exe)?$', '', sys.argv[0])
    sys.exit(main())
"""
"""What an installer writes for an entry point."""


def answered(lab: Lab, option: str) -> Iterator[Pair]:
    """From the start of the process to its end."""
    _ = lab.environment
    floor = _script(lab, "at_once")
    floor.with_name("at_once.py").write_text("def main() -> int:\n    return 0\n", encoding="utf-8")
    program = _script(lab, "cimodel_tui.__main__")
    while True:
        yield _timed(lab, floor, option), _timed(lab, program, option)


def _script(lab: Lab, module: str) -> Path:
    path = lab.folder / f"script-{module.replace('.', '-')}"
    path.write_text(_SCRIPT.format(python=lab.python, module=module), encoding="utf-8")
    path.chmod(0o755)
    return path


def _timed(lab: Lab, script: Path, option: str) -> float:
    began = time.perf_counter()
    subprocess.run([str(script), option], env=lab.environment, check=True, capture_output=True)
    return time.perf_counter() - began
