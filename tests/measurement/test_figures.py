"""How many decimals a sentence has."""

from collections.abc import Callable

from cimodel_tui.measurement import Judgement, figure

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
