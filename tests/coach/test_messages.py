"""Messages are short, plain, end in a full stop or a question, and quote what they mean."""

import re
from collections.abc import Callable
from typing import TypeAlias

import pytest

from cimodel_tui.coach.finding import Finding, Situation
from cimodel_tui.coach.rules import findings
from cimodel_tui.model.baseline import Baseline, Metric
from cimodel_tui.model.vision import Vision
from tests.coach.plans import plan_of

MakeSituation: TypeAlias = Callable[..., Situation]
Found: TypeAlias = Callable[[Situation, str], tuple[Finding, ...]]

NEVER = re.compile(
    r"\b(?:significant|proved|proves|caused|confidence|wrong of you|you should|you must)\b", re.IGNORECASE
)
QUOTING = {"V1", "V2", "V4", "T1", "P1", "P6", "P8", "A1", "A3", "B4", "R1"}
LONGEST = 75


@pytest.fixture(name="messages", scope="module")
def _messages() -> dict[str, set[str]]:
    """The messages of each rule on generated plans."""
    messages: dict[str, set[str]] = {}
    for seed in range(300):
        for finding in findings(plan_of(seed)):
            messages.setdefault(finding.rule, set()).add(finding.message)
    return messages


def test_message_is_whole_and_short(messages: dict[str, set[str]]) -> None:
    for message in set().union(*messages.values()):
        assert message[-1] in ".?!"
        assert "  " not in message
        assert len(message.split()) <= LONGEST, message


def test_message_imputes_nothing_and_claims_no_more_than_it_can(messages: dict[str, set[str]]) -> None:
    assert not [message for message in set().union(*messages.values()) if NEVER.search(message)]


def test_message_about_words_quotes_them(messages: dict[str, set[str]]) -> None:
    for rule in QUOTING & messages.keys():
        assert all('"' in message or message.startswith("This action") for message in messages[rule]), rule


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Tickets are often misrouted", "How often"),
        ("Restores are slow", "How long does it take"),
        ("Users are unhappy", "What score, from how many answers?"),
        ("Poor ticket descriptions", "In a sample of twenty, how many are wrong?"),
        ("Lots of repeat calls", "How many, out of how many?"),
    ],
)
def test_figure_is_asked_for_by_the_word_that_was_used(
    situation_with: MakeSituation, found: Found, text: str, question: str
) -> None:
    (finding,) = found(situation_with(baseline=Baseline(current_state=text)), "B4")
    assert question in finding.message


def test_guess_is_thanked_for(situation_with: MakeSituation, found: Found) -> None:
    metric = Metric(id="m1", name="Wait", how_known="estimated")
    (finding,) = found(situation_with(baseline=Baseline(metrics=(metric,))), "B2")
    assert finding.message.startswith("Wait is estimated: thank you for saying so.")


def test_value_is_co_created_with_those_who_use_the_service(situation_with: MakeSituation, found: Found) -> None:
    (finding,) = found(situation_with(vision=Vision(value="We save time.")), "V3")
    assert "co-created with those who use it" in finding.message
