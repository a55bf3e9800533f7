"""Step 6, Did we get there?: the second measurement anchor, the checkpoint of the model, and its outcome."""

from collections.abc import Collection, Mapping
from dataclasses import field

from cimodel_tui.model.answer import Json, Part, starred
from cimodel_tui.record import dataclass

GO_ON, REVISIT, KEEP_MEASURING, STOP = "go on to 7", "revisit", "keep measuring", "stop"

DECISIONS = (GO_ON, REVISIT, KEEP_MEASURING, STOP)
"""What can follow from the check."""

REVISITABLE = ("vision", "baseline", "target", "plan", "action")
"""The steps to which a no can lead back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Part):
    """The answers of step 6, and from the day it is verified what was computed."""

    other_causes: str = starred()
    """What else changed that could have moved the numbers, or "none found"."""
    keep: str = ""
    """What to go on doing."""
    stop: str = ""
    """What to stop doing."""
    differently: str = ""
    """What to do differently."""
    override: str = ""
    """A verdict that a person puts in place of the computed one."""
    override_reason: str = ""
    """Why; an override without a reason does not count."""
    cost_accepted_by: str = ""
    """The sponsor who accepts that a balancing metric was broken or not measured."""
    cost_accepted_reason: str = ""
    """Why that is accepted."""
    cost_so_far: str = ""
    """What it has cost."""
    benefit_so_far: str = ""
    """What it has given."""
    how_reckoned: str = ""
    """How cost and benefit were computed."""
    verified_by: str = starred()
    """Who verified the result."""
    verified_on: str = starred()
    """The day on which it was verified."""
    decision: str = starred()
    """One of DECISIONS."""
    decision_reason: str = ""
    """Why; a revisit needs one."""
    revisit_step: str = ""
    """Key of the step to which the no leads back."""
    measure_until: str = ""
    """The day until which measuring goes on."""
    counts_to: str = ""
    """Last day of the result; fixed when it is verified."""
    measured: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    """What was computed when it was verified, by metric id."""
    verdict: Mapping[str, Json] = field(default_factory=dict)
    """The verdict of the iteration as it was computed when it was verified."""

    @property
    def verified(self) -> bool:
        """Whether the check was verified, with what was computed on record."""
        return bool(self.verified_on and self.verdict)

    @property
    def lessons(self) -> tuple[str, ...]:
        """What was learned, without the empty ones."""
        return tuple(text for text in (self.keep, self.stop, self.differently) if text.strip())


MET = ("achieved", "held", "held-slipping", "met-unclear", "met-not-shown", "met-thin", "already-there")
"""The verdicts of a metric that is where it was promised to be."""

GAINED = (*MET[:-1], "better-not-there")
"""The verdicts of a metric of which something has to be held on to."""

CLOSING = {
    "achieved": ("achieved", "held", "met-thin", "met-unclear"),
    "partly": ("met-not-shown", "held-slipping", "better-not-there", "partly"),
    "not verified": ("cannot-tell", "too-early", "already-there"),
}
"""What an iteration closes as, by its verdict; every other verdict is not achieved."""


def closing(word: str, open_costs: Collection[str] = (), *, thin_counts: bool = True) -> str:
    """Return what a verdict closes as; at a cost that nobody accepted it is partly at the most.

    So is `met-thin` where `thin_counts` is false, for fewer readings must not close better.
    """
    found = next((name for name, words in CLOSING.items() if word in words), "not achieved")
    held_back = open_costs or (word == "met-thin" and not thin_counts)
    return "partly" if held_back and found == "achieved" else found


def closes_as(check: Check) -> str:
    """Return what a check closes as, a person's own verdict and an accepted cost included; not verified before."""
    if not check.verified:
        return "not verified"
    accepted = check.cost_accepted_by.strip() and check.cost_accepted_reason.strip()
    costs = () if accepted else (*_names(check, "at_a_cost"), *_names(check, "not_known"))
    return closing(final_verdict(check), costs, thin_counts=check.verdict.get("thin_counts") is not False)


def _names(check: Check, key: str) -> list[str]:
    """Return the balancing metrics that the recorded verdict names."""
    names = check.verdict.get(key)
    return [str(each) for each in names] if isinstance(names, list) else []


def verdicts(check: Check) -> tuple[str, ...]:
    """Return the recorded verdict of every outcome metric that had a promise."""
    records = (record for record in check.measured.values() if record.get("role") in ("", "outcome"))
    return tuple(str(record["verdict"]) for record in records if record.get("verdict"))


def anything_gained(check: Check) -> bool:
    """Return whether anything was gained, also short of the target; nothing was before the check is verified."""
    return any(word in GAINED for word in verdicts(check))


def anything_missing(check: Check) -> bool:
    """Return whether something that was promised is still missing."""
    return any(word not in MET for word in verdicts(check))


def final_verdict(check: Check) -> str:
    """Return the verdict that counts: the person's where it has a reason, else the computed one; empty before."""
    computed = str(check.verdict.get("word") or "")
    if not check.verified or computed in ("", "cannot-tell"):
        return computed
    return check.override if check.override and check.override_reason.strip() else computed
