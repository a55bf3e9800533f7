"""How many decimals a sentence has."""

from collections.abc import Callable

import pytest

from cimodel_tui.measurement import Judgement, difference_words, figure

Judged = Callable[..., Judgement]


def test_mean_of_whole_numbers_keeps_its_half(judged: Judged) -> None:
    case = judged("7 8", "5 5", "4", better="lower")
    assert figure(case, case.limits.mean) == "7.5"


def test_mean_of_whole_numbers_that_is_whole_stays_whole(judged: Judged) -> None:
    case = judged("7 9", "5 5", "4", better="lower")
    assert figure(case, case.limits.mean) == "8"


def test_mean_has_the_decimals_of_its_readings(judged: Judged) -> None:
    case = judged("7.1 6.2 7.9", "5.1 4.7", "5.0", better="lower")
    assert figure(case, case.limits.mean) == "7.1"


def test_miss_by_a_hair_never_looks_like_the_target(judged: Judged) -> None:
    case = judged("7.1 6.2 7.9", "5.0 5.0 5.1", "5.0", better="lower")
    assert figure(case, case.achieved) == "5.03"


@pytest.mark.parametrize(
    ("after", "unit", "words"),
    [
        ("4.5 5.5 4.5 5.5 4.5 5.5 4.5 5.5", "h", "between 2.8 and 7.2 h shorter"),
        ("15.5 14.5 15.5 14.5 15.5 14.5 15.5 14.5", "km", "between 2.8 and 7.2 km higher"),
        ("11.5 10.5 11.5 10.5 11.5 10.5 11.5 10.5", "%", "higher, by up to 3.2 percentage points"),
        ("9.5 10.5 9.5 10.5 9.5 10.5 9.5 10.5", "days", "between 2.2 shorter and 2.2 days longer"),
        ("10.5 10.5 10.5 10.5 10.5", "h", ""),
    ],
)
def test_give_or_take_in_words(judged: Callable[..., Judgement], after: str, unit: str, words: str) -> None:
    """Half of the range is 2.66 * 20/11 * sqrt(1/12 + 1/8) = 2.207."""
    before = "8.5 10.5 9.5 11.5 8.5 11.5 9.5 10.5 11.5 9.5 8.5 10.5"
    assert difference_words(judged(before, after, unit=unit)) == words


def test_without_any_spread_nothing_is_left_open(judged: Callable[..., Judgement]) -> None:
    assert judged("9 9 9 9 9 9 9 9", "8 7 8 7 8 7 8 7").difference is None
