"""The words of section 10 of the method hold in every sentence that the program can produce.

Every sentence is made from a kind of baseline, a kind of result, a target, a rule, a promise and a better side. Of all
that can be made of them, those with one reading before and one after are taken, and of the others one in STRIDE; the
first test makes sure that no verdict, level or outlook is missing. With a STRIDE of 1 it takes two minutes.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from itertools import product

import pytest

from cimodel_tui.measurement import (
    OUTLOOKS,
    Aim,
    Judgement,
    Pace,
    Point,
    Question,
    Rule,
    balance,
    caveat_words,
    change_words,
    detectability_of,
    judge,
    level_words,
    steering_words,
    verdict_of_iteration,
)
from cimodel_tui.measurement.sentences import LEADS

FORBIDDEN = re.compile(
    r"significan|\bprov(e|ed|en|es|ing)\b|\bproof|\bcaus|\bconfiden|because of|thanks to", re.IGNORECASE
)
SIGNAL_OR_NOISE = re.compile(r"signal|noise|variation|without any change", re.IGNORECASE)

STRIDE = 13

BASELINES = (
    "",
    "10",
    "9 11 10",
    "10 10 10 10 10 10",
    "8.5 11.5 8.5 11.5 8.5 11.5",
    "8.5 11.5 8.5 11.5 8.5 11.5 8.5 11.5 8.5 11.5 8.5 11.5",
    "7.4 6.8 8.4 8.8 7 8.1 8.7 11.6 11.4 9.3 12.2 9.9",
    "8.5 11.5 8.5 30 8.5 11.5 8.5 11.5",
)
AFTERS = (
    "",
    "12",
    "18 9 10 10",
    "11 9 11 9 11 9 11 9.5",
    "18 2 13 13",
    "2 13 13 13",
    "12 13 12 13 12 13 12 13",
    "17 17 17 17 17 17 17 9 9 9 9 9 9 9 9",
    "8 7 8 7 8 7 8 7.5",
    "19 19.5 19 19.5 19 19.5 19 19.5 2",
)
SIDES = ("higher", "lower", "target", "none")
TARGETS = ("", "9", "12", "14", "9 to 11", "12 to 12.2")
RULES = (Rule(), Rule("mean-of-last", 4), Rule("each-of-last", 2), Rule("latest"))
DATES = (None, date(2026, 3, 1), date(2027, 6, 21))


def points(texts: str, first: date = date(2026, 1, 5)) -> tuple[Point, ...]:
    return tuple(Point(first + timedelta(days=7 * at), Fraction(text)) for at, text in enumerate(texts.split()))


def aim_of(better: str, target: str) -> Aim | None:
    low, _, high = target.partition(" to ")
    if high:
        return Aim.from_texts(better, low=low, high=high)
    return Aim.from_texts(better, value=low)


@cache
def cases() -> tuple[Judgement, ...]:
    """Return a judgement of every kind."""
    every = product(BASELINES, AFTERS, SIDES, TARGETS, RULES, ("move", "hold"))
    found = []
    for at, (before, after, better, target, rule, promise) in enumerate(every):
        if at % STRIDE and (before, after) != ("10", "12"):
            continue
        later = points(after, date(2026, 5, 25))
        agreed, by, unit = bool(at % 11), DATES[at % 3], ("%", "h", "")[at % 3]
        name = ("", "time to restore")[at % 2]
        aim = aim_of(better, target)
        found.append(judge(Question(better, promise, aim, rule, points(before), later, agreed, by, name, unit)))
    return tuple(found)


@cache
def sentences() -> frozenset[str]:
    """Return every sentence and part of a sentence about all of them."""
    return frozenset(text for case in cases() for text in about(case)) | set(OUTLOOKS.values())


def about(case: Judgement) -> Iterator[str]:
    """Yield every sentence and part of a sentence about one judgement."""
    question = case.question
    yield from (case.sentence, level_words(case), change_words(case), steering_words(case), *caveat_words(case))
    yield case.benefit
    aim = question.aim or Aim(high=Fraction(12))
    pace = Pace(date(2026, 6, 1), "weekly", question.by)
    yield detectability_of(question.baseline, aim, question.rule, question.better, pace).sentence
    other_side = balance(replace(question, name="reopened", unit="%"))
    yield other_side.sentence
    other: Mapping[str, object] = {"verdict": "worse", "level": "sustained-worse", "sentence": ""}
    alone: list[tuple[str, Judgement | Mapping[str, object]]] = [("speed", case)]
    for outcomes in (alone, [*alone, ("joy", other)]):
        for accepted in ((), ("reopened",)):
            found = verdict_of_iteration(outcomes, [("reopened", other_side)], accepted)
            yield found.sentence if found else ""


def test_every_verdict_level_and_outlook_is_among_the_cases() -> None:
    assert {case.verdict for case in cases()} == {None, *LEADS} - {"partly"}
    kinds = {f"{kind}-{side}" for kind in ("sustained", "early") for side in ("better", "worse", "up", "down")}
    assert {case.level for case in cases()} == kinds | {"too-few", "no-signal", "mixed"}
    assert {case.outlook for case in cases()} == {None, *OUTLOOKS}
    assert {case.heading for case in cases()} == {"towards", "away", ""}
    assert any(case.days_late for case in cases())


def test_no_sentence_claims_more_than_was_seen() -> None:
    assert not sorted(text for text in sentences() if FORBIDDEN.search(text))


def test_sentences_are_written_out_and_on_one_line() -> None:
    assert all(text.isprintable() for text in sentences())
    assert not sorted(text for text in sentences() if re.search(r"None|Fraction|  | [,.;:]|;;|\.\.|: ;", text))
    assert all(case.sentence.endswith(".") for case in cases())


def test_one_before_and_one_after_speak_neither_of_signal_nor_of_noise() -> None:
    single = [case for case in cases() if case.limits.n == 1 and case.after_limits.n == 1]
    assert {case.verdict for case in single} >= {"met-thin", "not-there", "held", "lost", "already-there", None}
    for case in single:
        assert not SIGNAL_OR_NOISE.search(case.sentence), case.sentence


def test_one_before_and_one_after_say_difference_target_and_gap() -> None:
    question = Question("higher", "move", aim_of("higher", "14"), Rule(), points("10"), points("12", date(2026, 2, 2)))
    assert judge(question).sentence == (
        "Target not met: from 10 to 12, target 14; one reading before and one after, a difference of +2 (+20 %), "
        "50 % of the gap."
    )


def test_more_than_the_usual_variation_is_said_of_a_level_with_a_side_only() -> None:
    for case in cases():
        if "more than the usual variation" in case.sentence.replace("no more than the usual variation", ""):
            assert case.level.startswith(("sustained", "early")), case.sentence


def test_a_benefit_is_possible_at_an_early_level_only() -> None:
    for case in cases():
        if "possible, if it lasts" in case.sentence:
            assert case.level.startswith("early")
            assert not case.caveats.already_moving
        if case.benefit == "claimed":
            assert case.level.startswith("sustained")
            assert not case.caveats.already_moving
        if case.yearly_figure_allowed:
            assert case.after_limits.n >= 8


def test_sentences_name_the_number_of_readings_and_their_dates() -> None:
    for case in cases():
        if case.verdict not in (None, "cannot-tell", "too-early") and case.after_limits.n > 1:
            assert f"{case.after_limits.n} readings, 25 May to " in case.sentence, case.sentence


@pytest.mark.parametrize(
    ("after", "target", "shown"),
    [
        ("67.96", "68", "from 10.00 to 67.96, target 68;"),
        ("67.9", "68", "from 10.0 to 67.9, target 68;"),
        ("67.9999", "68", "from 10.0000 to 67.9999, target 68;"),
        ("68", "68", "from 10 to 68, target 68;"),
        ("67 69", "68.00", "from 10 to 68, target 68.00;"),
    ],
)
def test_figures_have_enough_decimals_to_tell_achieved_from_target(after: str, target: str, shown: str) -> None:
    question = Question(
        "higher", "move", aim_of("higher", target), Rule(), points("10"), points(after, date(2026, 2, 2))
    )
    assert shown in judge(question).sentence


STEADY = "8.5 11.5 8.5 11.5 8.5 11.5 8.5 11.5 8.5 11.5 8.5 11.5"


@pytest.mark.parametrize(
    ("baseline", "after", "target", "sentence"),
    [
        (
            STEADY,
            "12 13 12 13 12 13 12 13",
            "12",
            (
                "Achieved: speed from 10.0 to 12.5 km, target 12; more than the usual variation, "
                "over 8 readings, 30 Mar to 18 May 2026."
            ),
        ),
        (
            STEADY,
            "11 9 11 9 11 9 11 9.5",
            "10.05",
            (
                "Target met: speed from 10.00 to 10.06 km, target 10.05; but the numbers move this much without any "
                "change, over 8 readings, 30 Mar to 18 May 2026."
            ),
        ),
        (
            STEADY,
            "11 9 11 9 11 9 11 9.5",
            "12",
            (
                "Target not met: speed from 10.0 to 10.1 km, target 12; no clear change in 8 readings, "
                "30 Mar to 18 May 2026."
            ),
        ),
        (
            STEADY,
            "12 13 12 13 12 13 12 13",
            "14",
            (
                "Better, target not met: speed from 10.0 to 12.5 km, target 14; 62 % of the gap, "
                "more than the usual variation, over 8 readings, 30 Mar to 18 May 2026."
            ),
        ),
        (
            STEADY,
            "18 2 13 13",
            "11",
            (
                "Unsettled: speed from 10.0 to 11.5 km, target 11; the target is met, but readings stand out on both "
                "sides: 30 Mar, 6 Apr, over 4 readings, 30 Mar to 20 Apr 2026."
            ),
        ),
        (
            "8.5 11.5 8.5 11.5",
            "11 9 12",
            "12",
            (
                "Target not met: speed from 10.0 to 10.7 km, target 12; moved towards the target, 33 % of the gap, "
                "2 of 3 readings better; 4 readings in the baseline are too few to claim more, "
                "over 3 readings, 2 Feb to 16 Feb 2026."
            ),
        ),
        (STEADY, "", "12", "Too early: no result reading of speed yet."),
        ("", "12", "12", "Cannot tell: the baseline of speed has no readings."),
    ],
)
def test_what_a_director_reads(
    judged: Callable[..., Judgement], baseline: str, after: str, target: str, sentence: str
) -> None:
    assert judged(baseline, after, target).sentence == sentence


def test_a_baseline_that_nobody_agreed_to(judged: Callable[..., Judgement]) -> None:
    found = judged(STEADY, "12", "12", agreed=False).sentence
    assert found == "Cannot tell: the baseline of speed was never agreed."


@pytest.mark.parametrize(
    ("target", "after", "words"),
    [
        ("12", "12 13 12 13 12 13 12 13", "achieved: 12.5 km, target 12 (125 % of the gap)"),
        ("14", "12 13 12 13 12 13 12 13", "better, target not met: 12.5 km, target 14 (62 % of the gap)"),
        ("12", "", "too early: no result yet, target 12"),
        ("", "11", "11.0 km"),
        ("", "", "no result yet"),
    ],
)
def test_the_line_to_steer_by(judged: Callable[..., Judgement], target: str, after: str, words: str) -> None:
    assert steering_words(judged(STEADY, after, target)) == words
