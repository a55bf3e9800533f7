"""Rules of step 2 about words and metrics: words that need a figure, guesses, and something that must not get worse."""

import re
from collections.abc import Iterator
from itertools import pairwise

from cimodel_tui.coach.finding import Finding, Rule, Situation
from cimodel_tui.coach.promises import and_list, name_of
from cimodel_tui.coach.quantities import has_figure
from cimodel_tui.coach.remedy import Remedy, RemedyKind
from cimodel_tui.coach.words import entries_in, is_foreign, is_plural, singular, word_list, words_of
from cimodel_tui.model.baseline import Metric

GUESSED = ("estimated", "assumed")
"""Ways of knowing a number that are no measuring."""

_JUDGING = re.compile(
    r"(?!.*(?:ly|[aeo]ry|ady|ity|day|phy)$)[a-z]{3,}y|un\w+(?:able|ible|ed|ful|y)|over\w{3,}(?:ed|run)"
)
_BARE = 3
"""Words that a judgement without a verb has at most."""
_LASTING = frozenset(["last", "lasts", "need", "needs", "take", "takes", "taking", "took", "wait", "waits"])
_QUESTIONS = (
    (
        r"often|^ke[ep]+t? |always|now and|frequent|regular|rare|seldom|constant|sometimes|usual|all the time|most",
        "How often: how many times a week?",
    ),
    (
        r"slow|long|late|forever|ages|^(?:last|need|tak|took|wait)|lengthy|sluggish|time-consuming|too soon",
        "How long does it take, and how long at worst?",
    ),
    (
        r"happy|satisf|frustrat|annoy|disappoint|complain|overwhelm|painful|confus|nightmare|disaster",
        "What score, from how many answers?",
    ),
    (
        r"poor|bad|wrong|inaccurate|incomplete|unreliable|inconsistent|outdated|out of date|quality|better|messy|not ",
        "In a sample of twenty, how many are wrong?",
    ),
    (r"expensive|costly|inefficient", "What does it cost, in money or in hours?"),
)
"""Which figure a word asks for; the others ask how many."""


def word_without_figure(situation: Situation) -> Iterator[Finding]:
    """B4: poor, slow and many say nothing without a figure."""
    text = situation.iteration.baseline.current_state
    word = "" if is_foreign(text) else _vague_word(text)
    if word and not has_figure(text):
        place = situation.place("baseline", "current_state")
        yield Finding(
            "B4",
            place,
            f'"{word}" means something different to everybody. {_question(word)} A figure can be compared later, a '
            "word cannot.",
            text,
            Remedy("Open the current state", RemedyKind.OPEN, place),
        )


def _question(word: str) -> str:
    fitting = (question for pattern, question in _QUESTIONS if re.search(pattern, word))
    return next(fitting, "How many, out of how many?")


def _vague_word(text: str) -> str:
    """Return a word that judges without a figure.

    Some judge only after "is", "too" and the like, or before what is measured: `is late`, `high turnover`, `Few staff`.
    """
    tokens, soft = words_of(text), word_list("vague_after_is")
    if tokens[:1] in (["few"], ["little"]) or _is_bare_judgement(tokens):
        return tokens[0]
    judging = (word for before, word in pairwise(tokens) if before in word_list("copulas") and _is_judging(word))
    measuring = (word for at, word in enumerate(tokens) if word in soft and _is_measured(tokens[at + 1 : at + 4]))
    vague = next(entries_in(text, word_list("vague_words")), "") or next(judging, "") or next(measuring, "")
    return vague or _again_or_long(tokens)


def _is_bare_judgement(tokens: list[str]) -> bool:
    """`Late deliveries`, `Weak passwords`: some words with a judgement first, and no verb."""
    bare = 1 < len(tokens) <= _BARE and tokens[0] in word_list("vague_after_is") and is_plural(tokens[-1])
    return bare and not word_list("finite_verbs", "head_ends").intersection(tokens)


def _is_judging(word: str) -> bool:
    """Tell whether a word after "is" judges: `late`, `always`, and by its shape `noisy`, `unusable`, `overworked`."""
    return word in word_list("vague_after_is") or _JUDGING.fullmatch(word) is not None


def _again_or_long(tokens: list[str]) -> str:
    """Return the words that say how often or how long without a figure: `keep failing`, `takes weeks`, `for months`."""
    for before, word in pairwise(tokens):
        again = before in ("keep", "keeps", "kept") and word.endswith("ing")
        lasting = before in _LASTING and word in word_list("time_words") and is_plural(word)
        if again or lasting:
            return f"{before} {word}"
    return ""


def _is_measured(tokens: list[str]) -> bool:
    """Tell whether a noun phrase names what is measured: `turnover`, `ticket volume`, not `availability cluster`."""
    nouns = word_list("outcome_nouns", "quantity_words") | {"queue", "turnover", "quality"}
    end = next((at for at, token in enumerate(tokens) if token in word_list("head_ends", "finite_verbs")), len(tokens))
    thing = [singular(token) for token in tokens[:end]] or [""]
    return thing[-1] in nouns - ({"share", "number", "level"} if len(thing) > 1 else set())


def guessed_baseline(situation: Situation) -> Iterator[Finding]:
    """B2: a number that nobody measured is a guess."""
    guessed = [each for each in situation.iteration.baseline.metrics if _is_guess(situation, each)]
    if not guessed:
        return
    names = and_list(map(name_of, guessed))
    verb, pronoun = ("is", "it") if len(guessed) == 1 else ("are", "them")
    actions = "\n".join(f"Measure {each.name.strip() or 'the metric'}" for each in guessed)
    yield Finding(
        "B2",
        situation.place("baseline", "metrics", guessed[0].id, "how_known"),
        f"{names} {verb} {guessed[0].how_known}: thank you for saying so. What is compared with a guess stays a guess, "
        f"so make measuring {pronoun} the first action.",
        " ".join(f"{each.id} {each.how_known}" for each in guessed),
        Remedy(
            f'Add "{actions}" as the first action' if len(guessed) == 1 else "Add measuring them as the first actions",
            RemedyKind.MEASURE_FIRST,
            situation.place("plan", "actions"),
            actions,
        ),
    )


def _is_guess(situation: Situation, metric: Metric) -> bool:
    """Tell whether a number is guessed, and no action sets out to measure it."""
    name = metric.name.strip().casefold()
    planned = (row.what.casefold() for row in situation.iteration.plan.actions)
    return metric.how_known in GUESSED and not any(what.startswith("measure ") and name in what for what in planned)


def no_balancing_metric(situation: Situation) -> Iterator[Finding]:
    """B5: what gets better must not be paid for by what gets worse unseen."""
    metrics = situation.iteration.baseline.metrics
    if metrics and not any(metric.role == "balancing" for metric in metrics):
        place = situation.place("baseline", "metrics")
        yield Finding(
            "B5",
            place,
            "What must not get worse while this gets better? A balancing metric, with its limit in step 3, shows "
            "whether a gain is paid for elsewhere.",
            " ".join(metric.id for metric in metrics),
            Remedy("Open the metrics", RemedyKind.OPEN, place),
        )


RULES: tuple[Rule, ...] = (word_without_figure, guessed_baseline, no_balancing_metric)
"""The rules of step 2 about words and metrics."""
