"""Rules of step 1: a picture of the better state, for people outside the team, and no answer before the question."""

from collections.abc import Iterator

from cimodel_tui.coach.figures import has_date, has_value
from cimodel_tui.coach.finding import Finding, Rule, Situation
from cimodel_tui.coach.imperative import names_solution, opens_with_action
from cimodel_tui.coach.people import names_outsider
from cimodel_tui.coach.remedy import Remedy, RemedyKind
from cimodel_tui.coach.words import sentences, short
from cimodel_tui.model.place import REGISTER

TEAM = "team"
"""The kind of stakeholder that does the work."""


def no_number(situation: Situation) -> Iterator[Finding]:
    """V1: a number with a unit or a date belongs in step 3."""
    text = situation.iteration.vision.vision
    for sentence in sentences(text):
        if has_value(sentence) or has_date(sentence):
            place = situation.place("vision", "vision")
            yield Finding(
                "V1",
                place,
                f'"{short(sentence)}" holds a number or a date, which makes it a target. Keep the picture here, so '
                "that it lasts longer than one iteration, and put the number in step 3.",
                text,
                Remedy("Put the number in step 3", RemedyKind.MOVE_TO_TARGET, place, sentence),
            )
            return


def no_action(situation: Situation) -> Iterator[Finding]:
    """V2: vision, target and title name a destination, not something to do."""
    iteration = situation.iteration
    yield from _action_in(situation, "vision", "vision", iteration.vision.vision)
    yield from _action_in(situation, "target", "sentence", iteration.target.sentence)
    yield from _action_in(situation, REGISTER, "title", situation.improvement.title)


def _action_in(situation: Situation, step: str, name: str, text: str) -> Iterator[Finding]:
    sentence = next((each for each in sentences(text) if opens_with_action(each)), None)
    if sentence is None:
        return
    place = situation.place(step, name)
    titled = step == REGISTER
    kind = RemedyKind.COPY_TO_PLAN if titled else RemedyKind.MOVE_TO_PLAN
    label = "Note it in step 4 as an action" if titled else "Move it to step 4 as an action"
    yield Finding(
        "V2",
        place,
        f'"{short(sentence)}" reads like an action, not a destination: it can be done without anything getting better. '
        "Move it to step 4, and say here what will be better once it works?",
        text,
        Remedy(label, kind, place, sentence),
    )


def somebody_outside(situation: Situation) -> Iterator[Finding]:
    """V3: somebody outside the team gains by it."""
    part = situation.iteration.vision
    told = [part.value, *(f"{row.name} ({row.kind})" for row in part.stakeholders)]
    if not any(text.strip(" ()") for text in told) or names_outsider(part.value):
        return
    if any(row.kind != TEAM and (row.kind or names_outsider(row.name)) for row in part.stakeholders):
        return
    yield Finding(
        "V3",
        situation.place("vision", "value"),
        "Nobody outside the team is named here or among the stakeholders. Value arises with those who are served: who "
        "else gains, and what?",
        "\n".join(told),
        Remedy("Open the stakeholders", RemedyKind.OPEN, situation.place("vision", "stakeholders")),
    )


def question_first(situation: Situation) -> Iterator[Finding]:
    """V4: the title names what gets better, not the solution."""
    title = situation.improvement.title
    if names_solution(title):
        yield Finding(
            "V4",
            situation.place(REGISTER, "title"),
            "This title names the answer before the question. Name what should get better, and the options of step 4 "
            "stay open.",
            title,
        )


RULES: tuple[Rule, ...] = (no_number, no_action, somebody_outside, question_first)
"""The rules of step 1."""
