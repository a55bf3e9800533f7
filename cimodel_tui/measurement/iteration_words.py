"""The sentences about an iteration: several metrics together, and what it cost elsewhere."""

from collections.abc import Collection, Mapping, Sequence

from cimodel_tui.measurement.leads import LEADS
from cimodel_tui.model.outcome import MET


def several_words(word: str, words: Sequence[tuple[str, str]], worse: Sequence[str]) -> str:
    """Return the verdict of several metrics, naming what each came to, the ones that got worse last."""
    others = sorted(((name, each) for name, each in words if name not in worse), key=lambda told: told[1] not in MET)
    parts = [f"{name} {LEADS[each].lower()}" for name, each in others]
    if worse:
        parts.append(f"worse: {', '.join(worse)}")
    return f"{LEADS[word]}: {'; '.join(parts)}."


def cost_words(sentence: str, costs: Mapping[str, str], accepted: Collection[str]) -> str:
    """Return a sentence with the balancing metrics that paid for it."""
    still_open = [figures for name, figures in costs.items() if name not in accepted]
    borne = [figures for name, figures in costs.items() if name in accepted]
    said = [("At a cost", still_open), ("At a cost that was accepted", borne)]
    return " ".join([sentence, *(f"{lead}: {'; '.join(each)}." for lead, each in said if each)])
