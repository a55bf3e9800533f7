"""The questions of the knowledge check are well formed, and cannot be guessed from their form."""

from collections import Counter

import pytest

from cimodel_tui.content import Question, practices, principles, questions
from cimodel_tui.model.step import STEPS, step_of

OWN_RULES = "this workbook's rules, not ITIL"
"""The topic of what no Foundation candidate should take for ITIL."""

TOPICS = {
    "the order of the steps",
    "the two anchors",
    "the baseline",
    "target and plan",
    "the checkpoint",
    "keeping the momentum",
    "the value system",
    "look-alikes",
    "honest measurement",
    OWN_RULES,
}


def _right(question: Question) -> str:
    return question.options[question.answer]


def _others(question: Question) -> list[str]:
    return [option for place, option in enumerate(question.options) if place != question.answer]


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.id)
def test_question_has_three_or_four_different_options_and_an_explanation(question: Question) -> None:
    assert len(set(question.options)) == len(question.options)
    assert len(question.options) in (3, 4)
    assert question.answer in range(len(question.options))
    assert question.text[-1] in "?\"'"
    assert len(question.why.split()) >= 10
    assert question.why != _right(question)


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.id)
def test_no_option_is_empty_or_refers_to_the_others(question: Question) -> None:
    for option in question.options:
        assert option.strip()
        assert "of the above" not in option.lower()


def test_there_are_enough_questions_on_every_topic() -> None:
    assert len(questions()) >= 44
    found = Counter(question.topic for question in questions())
    assert set(found) == TOPICS
    assert min(found.values()) >= 4


def test_every_question_has_an_id_and_a_text_of_its_own() -> None:
    assert len({question.id for question in questions()}) == len(questions())
    assert len({question.text for question in questions()}) == len(questions())


def test_right_answers_are_spread_over_all_places() -> None:
    places = Counter(question.answer for question in questions())
    assert all(0.15 <= places[place] / len(questions()) <= 0.35 for place in range(4))


def test_length_of_an_option_does_not_give_the_answer_away() -> None:
    longest = sum(len(_right(each)) > max(map(len, _others(each))) for each in questions())
    shortest = sum(len(_right(each)) < min(map(len, _others(each))) for each in questions())
    assert longest <= len(questions()) / 3
    assert shortest <= len(questions()) / 2


def test_right_answers_agree_with_the_model() -> None:
    right = {question.id: _right(question) for question in questions()}
    titles = [step.title for step in STEPS]
    assert right["order-first"] == titles[0]
    assert right["order-last"].startswith(titles[-1])
    assert right["order-after-baseline"] == titles[step_of("baseline").number]
    assert right["order-action"] == right["alike-six"] == "Take action"
    assert right["anchors-which"] == " and ".join(str(step.number) for step in STEPS if step.anchor)
    assert right["check-number"] == f"{step_of('baseline').number}, {step_of('baseline').title}"
    assert right["check-lever"] == f"{step_of('plan').number}, {step_of('plan').title}"
    assert right["check-adoption"] == f"{step_of('action').number}, {step_of('action').title}"


@pytest.mark.parametrize(
    "words",
    [
        "make a run",
        "limits are firm",
        "sustain check",
        "sealed",
        "first check that a gain",
        "success rule",
        "result counts",
    ],
)
def test_rules_of_this_workbook_are_a_topic_of_their_own(words: str) -> None:
    own = [question.text for question in questions() if question.topic == OWN_RULES]
    assert any(words in text for text in own)
    assert not [question for question in questions() if words in question.text and question.topic != OWN_RULES]


def test_questions_of_the_seed_are_asked() -> None:
    right = {question.id: _right(question) for question in questions()}
    titles = [step.title for step in STEPS]
    assert right["order-three"] == " ".join(titles[:3])
    assert right["anchors-baseline"] == step_of("baseline").title
    assert right["anchors-verify-step"] == step_of("check").title
    assert "at all levels" in right["svs-relation"]


def test_model_practice_and_activity_are_told_apart() -> None:
    whys = {question.id: question.why for question in questions()}
    right = {question.id: _right(question) for question in questions()}
    assert "backlog" in right["svs-workflow"]
    assert "improve" in whys["svs-workflow"]
    names = [each.name.lower() for each in principles()]
    assert [name for name in names if name in right["svs-put-to-work"].lower()] == names[:3]


def test_right_answers_agree_with_the_lists() -> None:
    right = {question.id: _right(question) for question in questions()}
    assert right["svs-count"] == str(len(practices()))
    assert right["baseline-principle"] in {each.name for each in principles()}
    assert right["svs-group"] == next(each.group for each in practices() if each.name == "Continual improvement")
