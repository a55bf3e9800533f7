"""What an attribute is called on the screen, in reports and in messages."""

_LABELS = {
    "agreed_by": "Agreed by",
    "chosen": "Chosen option",
    "definition": "What counts, what does not",
    "differently": "Do differently",
    "first_on": "Baseline from",
    "go_ahead_cost": "Up to what cost",
    "hypothesis_because": "... because",
    "hypothesis_if": "If we ...",
    "hypothesis_metric": "Seen in this metric",
    "hypothesis_then": "... then",
    "keep": "Lessons: keep",
    "last_on": "Baseline to",
    "limit": "Limit",
    "on": "On",
    "one_off_cost": "One-off cost",
    "result_from": "Result counts from",
    "rule_n": "Readings the rule takes",
    "said": "What they said",
    "sources": "Source",
    "stop": "Lessons: stop",
    "told": "Who was told, and when",
    "value": "Value",
    "what": "What",
    "who": "Who",
    "why": "Why",
}


def label(name: str) -> str:
    """Return the label of an attribute: its own words, or the name with its underscores read as blanks."""
    return _LABELS.get(name) or name.replace("_", " ").capitalize()
