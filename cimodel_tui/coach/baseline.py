"""Rules of step 2: enough readings, honestly known, from before the change, and something that must not get worse."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from cimodel_tui.coach.finding import Finding, Rule, Situation
from cimodel_tui.coach.quantities import has_figure
from cimodel_tui.coach.remedy import Remedy, RemedyKind
from cimodel_tui.coach.words import held, is_foreign, listed, singular, words_of
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.day import as_day
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.stretch import first_start

FEWEST, FIRM = 6, 12
"""Baseline readings from which luck can be told from change, and from which limits are firm."""

GUESSED = ("estimated", "assumed")
"""Ways of knowing a number that are no measuring."""


def enough_readings(situation: Situation) -> Iterator[Finding]:
    """B1: from fewer than 6 readings nothing can be told, from fewer than 12 only provisionally."""
    for metric in situation.iteration.baseline.metrics:
        count = len(situation.baselines[metric.id])
        if metric.is_outcome and metric.name.strip() and count < FIRM:
            yield _too_few(situation, metric, count)


def _too_few(situation: Situation, metric: Metric, count: int) -> Finding:
    place = situation.place("baseline", "metrics", metric.id, "readings")
    many = f"{metric.name.strip()} has {count} baseline {'reading' if count == 1 else 'readings'}"
    if count < FEWEST:
        message = (
            f"{many}: too few to tell luck from change. {FEWEST} are the least, {FIRM} make it firm; older ones often "
            "lie in a report."
        )
    else:
        message = f"{many}: its limits are provisional until there are {FIRM}, so a verdict stays careful."
    return Finding("B1", place, message, f"{metric.id} {count}", Remedy("Open the readings", RemedyKind.OPEN, place))


def one_reading_each(situation: Situation) -> Iterator[Finding]:
    """S2: a small improvement is told once what one reading on each side can show."""
    metrics = [metric for metric in situation.iteration.baseline.metrics if metric.is_outcome]
    counts = [count for metric in metrics if (count := len(situation.baselines[metric.id]))]
    if situation.improvement.size == "S" and counts and min(counts) < FEWEST:
        yield Finding(
            "S2",
            situation.place("baseline", "metrics"),
            "For a small improvement this will do. One reading before and one after show a difference, not that it "
            "lasts.",
            "size S",
        )


def no_guess(situation: Situation) -> Iterator[Finding]:
    """B2: a number that nobody measured is a guess."""
    for metric in situation.iteration.baseline.metrics:
        if metric.how_known not in GUESSED or _measured_first(situation, metric):
            continue
        what = f"Measure {metric.name.strip() or 'the metric'}"
        yield Finding(
            "B2",
            situation.place("baseline", "metrics", metric.id, "how_known"),
            f"{metric.name.strip() or 'This metric'} is {metric.how_known}: a guess, and it should be marked as one. "
            "What is compared with a guess stays a guess, so make measuring it the first action.",
            f"{metric.id} {metric.how_known}",
            Remedy(
                f'Add "{what}" as the first action', RemedyKind.MEASURE_FIRST, situation.place("plan", "actions"), what
            ),
        )


def _measured_first(situation: Situation, metric: Metric) -> bool:
    actions = situation.iteration.plan.actions
    first = actions[0].what.casefold() if actions else ""
    return first.startswith("measure ") and metric.name.strip().casefold() in first


def before_the_change(situation: Situation) -> Iterator[Finding]:
    """B3: a baseline that reaches into the first action measures the change, not the start."""
    part = situation.iteration.baseline
    last, start = as_day(part.last_on), first_start(_without_old_actions(situation))
    if last and start and last >= start:
        place = situation.place("baseline", "last_on")
        yield Finding(
            "B3",
            place,
            f"The baseline runs to {last}, and the first action began or begins on {start}. Readings from then on "
            "measure the change, not where you started: end the baseline before it.",
            f"{last} {start}",
            Remedy("Open the last day of the baseline", RemedyKind.OPEN, place),
        )


def _without_old_actions(situation: Situation) -> Iteration:
    """Actions that an earlier pass began are part of where this one starts."""
    old = {row.id for each in situation.earlier for row in each.plan.actions}
    iteration = situation.iteration
    plan = replace(iteration.plan, actions=tuple(row for row in iteration.plan.actions if row.id not in old))
    acting = replace(iteration.action, progress=tuple(row for row in iteration.action.progress if row.id not in old))
    return replace(iteration, plan=plan, action=acting)


def figures_for_words(situation: Situation) -> Iterator[Finding]:
    """B4: poor, slow and many say nothing without a figure."""
    text = situation.iteration.baseline.current_state
    word = _vague_word(text)
    if word and not has_figure(text) and not is_foreign(text):
        yield Finding(
            "B4",
            situation.place("baseline", "current_state"),
            f'"{word}" means something else to everybody. How many, how slow, how often? A figure here can be compared '
            "later, a word cannot.",
            text,
        )


def _vague_word(text: str) -> str:
    """Return a word that judges without a figure.

    Some judge only after "is", "too" and the like, or before what is measured: `is late`, `high turnover`, `Few people`.
    """
    tokens, soft = words_of(text), listed("vague_after_is")
    if tokens[:1] == ["few"]:
        return "few"
    judged = (word for before, word in pairwise(tokens) if word in soft and before in listed("copulas"))
    nouns = listed("outcome_nouns", "quantity_words") | {"queue", "turnover", "quality"}
    measured = (word for word, of_what in pairwise(tokens) if word in soft and singular(of_what) in nouns)
    return next(held(text, listed("vague_words")), "") or next(judged, "") or next(measured, "")


def something_to_protect(situation: Situation) -> Iterator[Finding]:
    """B5: what gets better must not be paid for by what gets worse unseen."""
    metrics = situation.iteration.baseline.metrics
    if metrics and not any(metric.role == "balancing" for metric in metrics):
        place = situation.place("baseline", "metrics")
        yield Finding(
            "B5",
            place,
            "What must not get worse while this gets better? A balancing metric, with its limit in step 3, keeps a "
            "gain from being paid for elsewhere.",
            " ".join(metric.id for metric in metrics),
            Remedy("Open the metrics", RemedyKind.OPEN, place),
        )


RULES: tuple[Rule, ...] = (
    figures_for_words,
    enough_readings,
    one_reading_each,
    no_guess,
    before_the_change,
    something_to_protect,
)
"""The rules of step 2."""
