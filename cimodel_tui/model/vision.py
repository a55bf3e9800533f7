"""Step 1, What is the vision?: the better state in the users' terms, and the aim that it serves."""

from cimodel_tui.model.answer import Part, Row, starred, starred_rows
from cimodel_tui.record import dataclass

GAINS = ("gains", "loses", "both", "neither")
"""What a stakeholder has of it."""

STAKEHOLDERS = ("customer", "user", "sponsor", "team", "supplier", "regulator", "other")
"""Kinds of stakeholders."""

VALUE_TYPES = ("time", "quality", "cost", "risk", "experience", "compliance", "capacity")
"""In what the value is felt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakeholder(Row):
    """Somebody whom the improvement touches."""

    name: str = starred()
    """Person, role or group."""
    kind: str = ""
    """One of STAKEHOLDERS."""
    effect: str = ""
    """One of GAINS."""
    what: str = ""
    """What they gain or lose."""
    consulted: str = ""
    """`yes` once they were asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrincipleUsed(Row):
    """A guiding principle, and how it is followed here."""

    principle: str = starred()
    """One of the seven guiding principles."""
    how: str = ""
    """What following it means here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vision(Part):
    """The answers of step 1."""

    objective: str = starred()
    """The organization's aim that is served."""
    vision: str = starred()
    """The better state, in the users' terms."""
    value: str = starred()
    """For whom, what they gain, and how that serves the aim."""
    stakeholders: tuple[Stakeholder, ...] = starred_rows("M")
    """Who is touched by it."""
    principles: tuple[PrincipleUsed, ...] = ()
    """Guiding principles that are followed."""
    objective_link: str = ""
    """Where the objective is written down."""
    value_types: tuple[str, ...] = ()
    """Some of VALUE_TYPES."""
    scope_in: str = ""
    """What belongs to it."""
    scope_out: str = ""
    """What does not."""
    why_now: str = ""
    """What happens if nothing is done."""
    constraints: str = ""
    """What has to be respected."""
