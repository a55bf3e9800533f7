"""The words of the verdicts, and how the sentence of each begins."""

LEADS = {
    "cannot-tell": "Cannot tell",
    "too-early": "Too early",
    "achieved": "Achieved",
    "held": "Held",
    "held-slipping": "Held, but slipping",
    "met-unclear": "Target met",
    "met-not-shown": "Target met",
    "met-thin": "Target met",
    "already-there": "Already there",
    "better-not-there": "Better, not there",
    "partly": "Partly",
    "not-shown": "Not there",
    "not-there": "Not there",
    "unsettled": "Unsettled",
    "overshot": "Overshot",
    "worse": "Worse",
    "lost": "Lost",
}
"""How the sentence of each verdict begins."""
