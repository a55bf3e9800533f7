"""A round of the knowledge check: the first try counts, what was missed comes again until it is right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cimodel_tui.model.quiz import Round, Score, answer_next, repeat_missed, start_round


def _play(questions: str, answers: str) -> Round:
    """Answer in turn: `+` is right, `-` is wrong."""
    round_ = start_round(questions)
    for answer in answers:
        round_ = answer_next(round_, right=answer == "+")
    return round_


def test_questions_come_in_the_order_given() -> None:
    assert start_round("abc").next == "a"
    assert _play("abc", "+").next == "b"


def test_question_named_twice_is_asked_once() -> None:
    assert start_round("aba").waiting == ("a", "b")


def test_missed_question_comes_again_after_the_others() -> None:
    round_ = _play("abc", "-++")
    assert round_.next == "a"
    assert round_.is_repeat


def test_question_asked_for_the_first_time_is_no_repeat() -> None:
    assert not _play("abc", "-").is_repeat


def test_question_missed_twice_comes_a_third_time() -> None:
    assert _play("ab", "-+-").next == "a"
    assert _play("ab", "-+-+").next is None


def test_right_answer_at_the_second_try_does_not_raise_the_score() -> None:
    assert _play("ab", "-++").score == Score(50, 2, 1)


def test_question_missed_twice_counts_once() -> None:
    assert _play("abc", "-++--+").missed == ("a",)


def test_score_counts_what_was_asked_so_far() -> None:
    assert _play("abcd", "+-").score == Score(50, 2, 1)


def test_score_before_the_first_answer_is_nothing_of_nothing() -> None:
    assert start_round("abc").score == Score(0, 0, 0)


def test_one_miss_in_many_never_reads_as_100_percent() -> None:
    assert Score.of(999, 1000).percent == 99
    assert Score.of(1000, 1000).percent == 100


def test_better_score_is_the_greater_one() -> None:
    assert max(Score.of(8, 10), Score.of(9, 10), Score.of(10, 20)) == Score.of(9, 10)
    assert max(Score.of(5, 5), Score.of(50, 50)) == Score.of(50, 50)


def test_answer_after_the_end_is_refused() -> None:
    with pytest.raises(ValueError, match="round is over"):
        answer_next(_play("a", "+"), right=True)


def test_next_round_asks_what_was_missed() -> None:
    assert repeat_missed(_play("abc", "-+-++")).questions == ("a", "c")


def test_next_round_after_a_clean_one_is_over_at_once() -> None:
    assert repeat_missed(_play("ab", "++")).next is None


@given(st.sets(st.integers(), max_size=12), st.lists(st.booleans(), max_size=60))
def test_round_ends_when_every_question_was_right_once(ids: set[int], answers: list[bool]) -> None:
    round_, solved = start_round(map(str, ids)), set()
    for right in answers:
        if round_.next is None:
            break
        solved |= {round_.next} if right else set()
        round_ = answer_next(round_, right=right)
    assert set(round_.waiting) == set(round_.questions) - solved
    assert len(round_.waiting) == len(set(round_.waiting))
    assert round_.score.right + len(round_.missed) == round_.score.answered <= len(ids)
