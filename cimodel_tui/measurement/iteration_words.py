"""The sentences about an iteration: several metrics together, and what it cost elsewhere."""

from collections.abc import Collection, Mapping, Sequence

from cimodel_tui.measurement.leads import LEADS
from cimodel_tui.model.outcome import MET


def several_words(word: str, words: Mapping[str, str], worse: Sequence[str]) -> str:
    """Return the verdict of several metrics, naming what each came to, the ones that got worse last."""
    good = [name for name, each in words.items() if each in MET and name not in worse]
    rest = [name for name in words if name not in good and name not in worse]
    parts = [f"{name} {LEADS[words[name]].lower()}" for name in (*good, *rest)]
    if worse:
        parts.append(f"worse: {', '.join(worse)}")
    return f"{LEADS[word]}: {'; '.join(parts)}."


def cost_words(sentence: str, costs: Mapping[str, str], accepted: Collection[str]) -> str:
    """Return a sentence with the balancing metrics that paid for it."""
    still_open = [figures for name, figures in costs.items() if name not in accepted]
    borne = [figures for name, figures in costs.items() if name in accepted]
    said = [("At a cost", still_open), ("At a cost that was accepted", borne)]
    return " ".join([sentence, *(f"{lead}: {'; '.join(each)}." for lead, each in said if each)])
