"""What a verified check leaves behind: what was gained, what is missing, and how the iteration closes."""

from collections.abc import Collection

from cimodel_tui.model.check import Check

MET = ("achieved", "held", "held-slipping", "met-unclear", "met-not-shown", "met-thin", "already-there")
"""The verdicts of a metric that stands where it was promised to stand."""

GAINED = (*MET[:-1], "better-not-there")
"""The verdicts of a metric of which something has to be held on to."""

CLOSING = {
    "achieved": ("achieved", "held", "met-thin", "met-unclear"),
    "partly": ("met-not-shown", "held-slipping", "better-not-there", "partly"),
    "not verified": ("cannot-tell", "too-early", "already-there"),
}
"""What an iteration closes as, by its verdict; every other verdict is not achieved."""


def closing(word: str, open_costs: Collection[str] = ()) -> str:
    """Return what a verdict closes as; at a cost that nobody accepted it is partly at the most."""
    found = next((name for name, words in CLOSING.items() if word in words), "not achieved")
    return "partly" if open_costs and found == "achieved" else found


def closes_as(check: Check) -> str:
    """Return what a check closes as, a person's own verdict and an accepted cost included; not verified before."""
    if not check.verified:
        return "not verified"
    costs = check.verdict.get("at_a_cost")
    accepted = check.cost_accepted_by.strip() and check.cost_accepted_reason.strip()
    return closing(final_word(check), [str(each) for each in costs] if isinstance(costs, list) and not accepted else ())


def verdicts(check: Check) -> tuple[str, ...]:
    """Return the recorded verdict of every outcome metric that had a promise."""
    records = (record for record in check.measured.values() if record.get("role") in ("", "outcome"))
    return tuple(str(record["verdict"]) for record in records if record.get("verdict"))


def gained(check: Check) -> bool:
    """Tell whether anything was gained, also short of the target; nothing was before the check is verified."""
    return any(word in GAINED for word in verdicts(check))


def missing_something(check: Check) -> bool:
    """Tell whether something that was promised is still missing."""
    return any(word not in MET for word in verdicts(check))


def final_word(check: Check) -> str:
    """Return the verdict that counts: the person's where it has a reason, else the computed one; empty before."""
    computed = str(check.verdict.get("word") or "")
    if not check.verified or computed in ("", "cannot-tell"):
        return computed
    return check.override if check.override and check.override_reason.strip() else computed
