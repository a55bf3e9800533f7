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
    return closing(final_word(check), costs, thin_counts=check.verdict.get("thin_counts") is not False)


def _names(check: Check, key: str) -> list[str]:
    """Return the balancing metrics that the recorded verdict names."""
    names = check.verdict.get(key)
    return [str(each) for each in names] if isinstance(names, list) else []


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
