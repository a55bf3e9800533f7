"""Practices, principles, glossary and look-alikes: whole, well formed, without doubles."""

import pytest

from cimodel_tui.content import (
    LookAlike,
    Term,
    glossary,
    look_alikes,
    mix_ups,
    practices,
    principles,
    whereabouts,
)
from cimodel_tui.model.step import STEPS

GROUPS = {"General management practices": 14, "Service management practices": 17, "Technical management practices": 3}

ASKED_FOR = {
    "Amendment", "Balancing metric", "Baseline", "Continual improvement practice", "Gap closed", "Improve",
    "Improvement (entry)", "Improvement (result)", "Iteration", "Limits", "Moving range", "Outcome", "Outcome metric",
    "Outlook", "Process metric", "Reading", "Register", "Relapse", "Run", "Seal", "Signal", "Sustain check", "Target",
    "Verdict",
}  # fmt: skip


def test_there_are_34_practices_in_three_groups() -> None:
    assert len({each.name for each in practices()}) == len(practices()) == 34
    assert {group: sum(each.group == group for each in practices()) for group in GROUPS} == GROUPS


@pytest.mark.parametrize("group", GROUPS)
def test_practices_stand_in_alphabetical_order_within_their_group(group: str) -> None:
    names = [each.name for each in practices() if each.group == group]
    assert names == sorted(names, key=str.casefold)


def test_there_are_seven_guiding_principles_from_value_to_automation() -> None:
    names = [each.name for each in principles()]
    assert len(set(names)) == 7
    assert (names[0], names[-1]) == ("Focus on value", "Optimize and automate")


def test_glossary_has_the_words_that_the_screens_use() -> None:
    names = {each.name for each in glossary()}
    assert names >= ASKED_FOR
    assert 40 <= len(names) == len(glossary()) <= 70


def test_glossary_is_in_alphabetical_order() -> None:
    names = [each.name for each in glossary()]
    assert names == sorted(names, key=str.casefold)


@pytest.mark.parametrize("term", [*glossary(), *principles(), *whereabouts(), *mix_ups()], ids=lambda term: term.name)
def test_term_is_explained_in_few_words(term: Term) -> None:
    assert 10 <= len(term.meaning.split()) <= 60
    assert term.meaning == " ".join(term.meaning.split())
    assert term.meaning.endswith(".")


@pytest.mark.parametrize("term", glossary(), ids=lambda term: term.name)
def test_term_points_at_other_terms_of_the_glossary(term: Term) -> None:
    assert set(term.see) <= {each.name for each in glossary()} - {term.name}
    assert len(set(term.see)) == len(term.see)


@pytest.mark.parametrize("alike", look_alikes(), ids=lambda alike: alike.name)
def test_look_alike_says_what_it_is_and_how_it_differs(alike: LookAlike) -> None:
    assert len(alike.what.split()) >= 10
    assert len(alike.differs.split()) >= 10
    assert len(set(alike.steps)) == len(alike.steps) >= 4


def test_six_questions_of_v3_are_the_model_without_take_action() -> None:
    (six,) = (each for each in look_alikes() if "approach" in each.name)
    assert six.steps == tuple(step.title for step in STEPS if step.title != "Take action")


def test_phases_of_cobit_begin_with_drivers_and_never_take_action() -> None:
    (cobit,) = (each for each in look_alikes() if "COBIT" in each.name)
    assert cobit.steps[0] == "What are the drivers?"
    assert len(cobit.steps) == 7
    assert "Take action" not in cobit.steps


def test_principles_among_the_look_alikes_are_the_seven() -> None:
    (seven,) = (each for each in look_alikes() if "principles" in each.name)
    assert seven.steps == tuple(each.name for each in principles())


def test_continual_improvement_appears_as_component_practice_and_activity() -> None:
    names = " ".join(each.name for each in whereabouts())
    assert all(word in names for word in ("component", "practices", "activities", "model"))
    assert len(mix_ups()) == 3


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Sponsor", "In ITIL 4: the role that authorizes the budget"),
        ("Value", "perceived benefits, usefulness and importance"),
        ("Co-creation of value", "value does not come from the provider alone"),
        ("Service value system", "so that value can be co-created"),
        ("Four dimensions", "partners and suppliers, value streams and processes"),
        ("Lifecycle activities (ITIL Version 5)", "In ITIL Version 5, and not in ITIL 4"),
        ("Input", "hours of training"),
        ("Sustain check", "the first comes 30 days after"),
    ],
)
def test_glossary_says_it_as_itil_does(name: str, words: str) -> None:
    assert words in next(each.meaning for each in glossary() if each.name == name)
