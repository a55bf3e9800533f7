"""`cimodel-tui judge`: the judge of the measurements, for scripts. It needs no workbook and no folder."""

import sys

from cimodel_tui.cli.shell import Shell, Values, WrongUseError
from cimodel_tui.measurement import JudgeInputError, judge_bytes


def run_judge(shell: Shell, _values: Values) -> int:
    """Judge the readings on standard input and print one JSON object; raises WrongUseError that names the row."""
    try:
        answer = judge_bytes(sys.stdin.buffer.read())
    except JudgeInputError as problem:
        raise WrongUseError(f"judge: {problem}") from None
    shell.say(answer)
    return 0
