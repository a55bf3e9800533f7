"""The figures of the worked examples are those of the three improvements of the sample workbook."""

from fractions import Fraction

import pytest

from cimodel_tui.content import guidance, questions
from cimodel_tui.measurement import Aim, limits
from cimodel_tui.measurement.target import gap_closed

RESTORE_BEFORE = "7.1 6.2 7.9 6.6 5.9 7.4 6.9 8.1 6.3 6.7 7.2 6.5"
RESTORE_DURING = "6.4 6.0 5.8 5.5"
RESTORE_LAST_SIX = "5.2 4.4 4.8 4.3 4.9 4.5"
SOLVED_BEFORE = "58.2 60.1 57.4 59.0 61.2 58.8 57.9 60.5 59.6 58.3 59.4 58.6"
SOLVED_LAST_SIX = "62.2 63.4 62.9 63.0 62.6 63.1"
FAILED = ("23.7 22.9 24.4 19.4 22.5 21.6", "17.9 15.8 16.7 15.0 14.6 12.8", "10.9 10.2 8.0 9.6 7.3 7.5")


def _values(texts: str) -> list[Fraction]:
    return [Fraction(text) for text in texts.split()]


def _mean(texts: str) -> Fraction:
    return sum(_values(texts), Fraction()) / len(texts.split())


def _restore_limits() -> str:
    found = limits(_values(RESTORE_BEFORE))
    assert found.lower is not None
    assert found.upper is not None
    return f"limits {float(found.lower):.2f} to {float(found.upper):.2f}"


def _way(before: str, after: str, target: str, better: str) -> str:
    share = gap_closed(_mean(before), _mean(after), Aim.of(better, Fraction(target)), better)
    assert share is not None
    return f"{int(share * 100)} %"


def _one(texts: str) -> str:
    return f"{float(_mean(texts)):.1f}"


@pytest.mark.parametrize(
    ("step", "figure"),
    [
        ("vision", f"{_one(FAILED[0])} % failed changes, then {_one(FAILED[1])}, then {_one(FAILED[2])}"),
        ("baseline", f"mean {_one(RESTORE_BEFORE)}, {_restore_limits()}"),
        ("target", f"from {_one(SOLVED_BEFORE)} % to 68 %"),
        ("action", " and ".join(", ".join(RESTORE_DURING.split()).rsplit(", ", 1))),
        (
            "check",
            f"reached {_one(SOLVED_LAST_SIX)} %: {_way(SOLVED_BEFORE, SOLVED_LAST_SIX, '68', 'higher')} of the gap",
        ),
        ("momentum", f"From {_one(RESTORE_BEFORE)} to {_one(RESTORE_LAST_SIX)} hours"),
    ],
)
def test_example_tells_the_figures_of_the_sample(step: str, figure: str) -> None:
    assert figure in guidance(step).example


def test_questions_tell_the_figures_of_the_sample() -> None:
    texts = " ".join(question.text for question in questions())
    assert _restore_limits().removeprefix("limits ") in texts
    assert f"closed {_way(RESTORE_BEFORE, RESTORE_LAST_SIX, '5', 'lower')} of its gap" in texts
