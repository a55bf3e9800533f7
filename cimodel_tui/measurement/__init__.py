"""Measurement: what "Did we get there?" may honestly say. Pure, exact, standard library only.

Three statements stand beside each other and are never merged into one tick: was the target met, is the change more
than the usual variation (the level), and will single readings keep meeting it (the outlook). The way through `judge`:
`readings` (exact values, totals and gaps), `xmr` (mean, limits, zones), `signals` (rules and level), `baseline_checks`
(caveats, among them whether each reading resembles the one before), `target` (aim, rule, gap, outlook),
`events` (rare ones, by counts) and `verdict`; `iteration` puts several metrics together. Every sentence is made in
`sentences` and `figures`; `json_io` is the shell's `judge`.
"""

from cimodel_tui.measurement.baseline_checks import Caveats
from cimodel_tui.measurement.detectability import (
    Detectability,
    Pace,
    detectability_of,
    detectability_of_events,
    most_events_beyond_luck,
    readings_needed_for_share,
)
from cimodel_tui.measurement.events import Counts
from cimodel_tui.measurement.figures import (
    achieved_figure,
    change_words,
    difference_words,
    figure,
    late_words,
    unit_of,
)
from cimodel_tui.measurement.iteration import (
    Balance,
    OverrideError,
    Verdict,
    balance,
    override,
    verdict_of_iteration,
)
from cimodel_tui.measurement.json_io import JudgeInputError, judge_bytes, judge_document, judge_text
from cimodel_tui.measurement.judge import judge
from cimodel_tui.measurement.readings import Point, ReadingsError
from cimodel_tui.measurement.sentences import OUTLOOKS, caveat_words, level_words, sentence_of, steering_words
from cimodel_tui.measurement.signals import Signal, first_relapse
from cimodel_tui.measurement.target import Aim, AimError, Rule, RuleError, percent_words
from cimodel_tui.measurement.verdict import Judgement, Question, QuestionError, reading_of
from cimodel_tui.measurement.xmr import FACTOR, Limits, clip_limits, ends_of, limits

__all__ = [
    "FACTOR",
    "OUTLOOKS",
    "Aim",
    "AimError",
    "Balance",
    "Caveats",
    "Counts",
    "Detectability",
    "JudgeInputError",
    "Judgement",
    "Limits",
    "OverrideError",
    "Pace",
    "Point",
    "Question",
    "QuestionError",
    "ReadingsError",
    "Rule",
    "RuleError",
    "Signal",
    "Verdict",
    "achieved_figure",
    "balance",
    "caveat_words",
    "change_words",
    "clip_limits",
    "detectability_of",
    "detectability_of_events",
    "difference_words",
    "ends_of",
    "figure",
    "first_relapse",
    "judge",
    "judge_bytes",
    "judge_document",
    "judge_text",
    "late_words",
    "level_words",
    "limits",
    "most_events_beyond_luck",
    "override",
    "percent_words",
    "reading_of",
    "readings_needed_for_share",
    "sentence_of",
    "steering_words",
    "unit_of",
    "verdict_of_iteration",
]
