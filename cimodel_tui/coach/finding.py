"""What a rule looks at, and what it finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from cimodel_tui.coach.remedy import Remedy
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.place import REGISTER, Place


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a good coach would ask about."""

    rule: str
    """Id of the rule, for example `V1`."""
    place: Place
    """Where it stands."""
    message: str
    """What does not fit yet, and why that matters."""
    looked_at: str
    """What the rule read; an answer to the finding holds while this is the same."""
    remedy: Remedy | None = None
    """What one key can do about it."""

    @property
    def fingerprint(self) -> str:
        """Twelve hexadecimal characters that stand for the rule and what it looked at."""
        import hashlib  # noqa: PLC0415 - costs 5 ms at a start that needs no fingerprint

        text = f"{self.rule}\n{self.looked_at}".encode("utf-8", "surrogatepass")
        return hashlib.sha256(text).hexdigest()[:12]


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """All that the rules may look at."""

    improvement: Improvement
    """The register entry with its readings."""
    iteration: Iteration
    """The pass that is looked at."""
    earlier: tuple[Iteration, ...] = ()
    """The passes before it."""
    names: frozenset[str] = field(default_factory=frozenset)
    """Every owner, collector and verifier that the workbook names."""
    today: date
    """The day that the workbook takes for today."""

    def place(self, step: str, name: str, row: str = "", column: str = "") -> Place:
        """Return a place in this iteration, or in the register entry."""
        iteration = "" if step == REGISTER else self.iteration.id
        return Place(self.improvement.id, iteration, step, name, row, column)


Rule: TypeAlias = Callable[[Situation], Iterator[Finding]]
"""Yields what it finds; most rules find one thing at most."""
