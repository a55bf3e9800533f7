"""Rules of the register entry: one accountable owner, and no entry that only grows old."""

from collections.abc import Iterator
from datetime import date, timedelta

from cimodel_tui.coach.finding import Finding, Rule, Situation
from cimodel_tui.coach.names import owners_in
from cimodel_tui.coach.remedy import Remedy, RemedyKind
from cimodel_tui.coach.words import shorten
from cimodel_tui.model.answer import is_placeholder
from cimodel_tui.model.status import is_stale
from cimodel_tui.model.step import REGISTER, Place

REVIEW_AFTER = timedelta(days=30)
"""The time after which a retained entry is reviewed again."""


def owner_not_one_person(situation: Situation) -> Iterator[Finding]:
    """R1: one person answers for an improvement."""
    owner = situation.improvement.owner
    parts = () if is_placeholder(owner) else owners_in(owner)
    if not parts:
        return
    place = situation.place(REGISTER, "owner")
    two = len(parts) > 1
    yield Finding(
        "R1",
        place,
        f'"{shorten(owner)}" stands for more than one person. Many can help; one accountable person decides and can be '
        "asked. Who is it?",
        owner,
        Remedy(f"Make it {parts[0]}", RemedyKind.SET, place, parts[0]) if two else _open(place),
    )


def _open(place: Place) -> Remedy:
    return Remedy("Open the owner", RemedyKind.OPEN, place)


def stale_entry(situation: Situation) -> Iterator[Finding]:
    """S1: an entry whose day of review has passed wants a decision."""
    improvement = situation.improvement
    if is_stale(improvement, situation.iteration, situation.today):
        place = situation.place(REGISTER, "review_on")
        again = min(situation.today, date.max - REVIEW_AFTER) + REVIEW_AFTER
        yield Finding(
            "S1",
            place,
            f"Its review was due on {improvement.review_on}, and nothing has begun. Decide: drop it, keep it, or do "
            "it. A register that only grows is no longer read.",
            improvement.review_on,
            Remedy(f"Keep it and review it on {again}", RemedyKind.SET, place, again.isoformat()),
        )


RULES: tuple[Rule, ...] = (owner_not_one_person, stale_entry)
"""The rules of the register entry."""
