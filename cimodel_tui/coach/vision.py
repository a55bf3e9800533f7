"""Rules of step 1 and of the title: a picture of the better state, and no answer before the question."""

from collections.abc import Iterator

from cimodel_tui.coach.finding import Finding, Rule, Situation
from cimodel_tui.coach.names import names_outsider
from cimodel_tui.coach.quantities import has_date, has_value
from cimodel_tui.coach.remedy import Remedy, RemedyKind
from cimodel_tui.coach.sentence_shape import acts_by_doing, is_imperative, names_solution, opens_with_action
from cimodel_tui.coach.words import is_foreign, sentences, shorten
from cimodel_tui.model.step import REGISTER

TEAM = "team"
"""The kind of stakeholder that does the work."""


def number_in_vision(situation: Situation) -> Iterator[Finding]:
    """V1: a number with a unit or a date belongs in step 3."""
    text = situation.iteration.vision.vision
    matches = [] if is_foreign(text) else [each for each in sentences(text) if _is_target(each)]
    if matches:
        place = situation.place("vision", "vision")
        yield Finding(
            "V1",
            place,
            f'"{shorten(matches[0])}" holds a number or a date, which makes it a target. Keep the picture here, so '
            "that it lasts longer than one iteration, and put the number in step 3.",
            text,
            Remedy("Move the number to step 3", RemedyKind.MOVE_TO_TARGET, place, "\n".join(matches)),
        )


def _is_target(sentence: str) -> bool:
    """Tell whether a sentence holds a number or a date; one that reads like an action is V2's."""
    return (has_value(sentence) or has_date(sentence)) and not _acts(sentence)


def _acts(sentence: str) -> bool:
    return opens_with_action(sentence) or acts_by_doing(sentence)


def action_as_goal(situation: Situation) -> Iterator[Finding]:
    """V2: vision and target name a destination, not something to do."""
    iteration = situation.iteration
    yield from _action_in(situation, "vision", "vision", iteration.vision.vision)
    yield from _action_in(situation, "target", "sentence", iteration.target.sentence)


def _action_in(situation: Situation, step: str, name: str, text: str) -> Iterator[Finding]:
    reads = _acts if step == "vision" and not is_foreign(text) else opens_with_action
    matches = [each for each in sentences(text) if reads(each)]
    if matches:
        place = situation.place(step, name)
        yield Finding(
            "V2",
            place,
            f'"{shorten(matches[0])}" reads like an action, not a destination: it can be done without anything getting '
            "better. Move it to step 4, and say here what will be better once it works.",
            text,
            Remedy("Move it to step 4 as an action", RemedyKind.MOVE_TO_PLAN, place, "\n".join(matches)),
        )


def solution_as_title(situation: Situation) -> Iterator[Finding]:
    """V2 and V4 of a title: it names what should get better, neither an action nor a solution."""
    title = situation.improvement.title
    if not names_solution(title):
        return
    place = situation.place(REGISTER, "title")
    acts = is_imperative(title)
    why = "is something to do" if acts else "is one answer"
    yield Finding(
        "V2" if acts else "V4",
        place,
        f'"{shorten(title)}" {why}, named before the question. What should it make better, and for whom? With that as '
        "the title, the options of step 4 stay open.",
        title,
        Remedy("Open the title", RemedyKind.OPEN, place),
    )


def value_for_team_only(situation: Situation) -> Iterator[Finding]:
    """V3: somebody outside the team gains by it."""
    part = situation.iteration.vision
    texts = [part.value, *(f"{row.name} ({row.kind})" for row in part.stakeholders)]
    if not any(text.strip(" ()") for text in texts) or (part.value.strip() and names_outsider(part.value)):
        return
    if any(row.kind != TEAM and (row.kind or names_outsider(row.name)) for row in part.stakeholders):
        return
    yield Finding(
        "V3",
        situation.place("vision", "value"),
        "Nobody who uses the service is named, here or among the stakeholders. Value is co-created with those who use "
        "it: who gains, and what can they do then?",
        "\n".join(texts),
        Remedy("Open the stakeholders", RemedyKind.OPEN, situation.place("vision", "stakeholders")),
    )


RULES: tuple[Rule, ...] = (number_in_vision, action_as_goal, value_for_team_only, solution_as_title)
"""The rules of step 1."""
