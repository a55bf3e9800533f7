"""A round of the knowledge check: the first try counts, and a missed question comes again until it is right."""

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, order=True)
class Score:
    """How a round went. Scores are ordered by their share, then by how many questions were answered."""

    percent: int
    """Right at the first try, in whole per cent, rounded down: a miss never reads as 100."""
    answered: int
    """How many questions were answered at least once."""
    right: int
    """How many of them were right at the first try."""

    @classmethod
    def of(cls, right: int, answered: int) -> "Score":
        """Return the score of this many right answers; nothing answered is 0 %."""
        return cls(100 * right // answered if answered else 0, answered, right)


@dataclass(frozen=True, slots=True)
class Round:
    """The state of a round. It ends when every question was right once."""

    questions: tuple[str, ...]
    """Ids of the questions of this round."""
    waiting: tuple[str, ...]
    """Ids that are still to be asked, the next one first."""
    missed: tuple[str, ...] = ()
    """Ids that were wrong at the first try, in the order in which that happened."""
    tried: frozenset[str] = frozenset()
    """Ids that were answered at least once."""

    @property
    def next(self) -> str | None:
        """The id of the question to ask now, none once the round is over."""
        return self.waiting[0] if self.waiting else None

    @property
    def is_repeat(self) -> bool:
        """Whether the question to ask now was missed before."""
        return self.next in self.tried

    @property
    def score(self) -> Score:
        """The score so far."""
        return Score.of(len(self.tried) - len(self.missed), len(self.tried))


def start_round(questions: Iterable[str]) -> Round:
    """Return a new round of these questions in this order; one that is named twice is asked once."""
    ids = tuple(dict.fromkeys(questions))
    return Round(questions=ids, waiting=ids)


def answer_next(round_: Round, *, right: bool) -> Round:
    """Return the round after an answer to its next question; a wrong one puts that question last in the line.

    Raises ValueError where the round is over.
    """
    if round_.next is None:
        raise ValueError("the round is over: there is no question to answer")
    question, *rest = round_.waiting
    newly_missed = not right and question not in round_.tried
    return replace(
        round_,
        waiting=tuple(rest) if right else (*rest, question),
        missed=(*round_.missed, question) if newly_missed else round_.missed,
        tried=round_.tried | {question},
    )


def repeat_missed(round_: Round) -> Round:
    """Return a new round of what was missed in this one; where nothing was, it is over from the start."""
    return start_round(round_.missed)
