"""Measurement: what "Did we get there?" may honestly say. Pure, exact, standard library only.

Three statements stand beside each other and are never merged into one tick: was the target met, is the change more
than the usual variation (the level), and will single readings keep meeting it (the outlook). Values are fractions
throughout; floats appear in records only. The way through: `xmr` (mean and limits) and `zones`, `signals`, `level`
and `caveats`, `rule`, `gap` and `outlook`, then `verdict` of a metric and `iteration` over several of them. Every
sentence is made in `words`, `endings`, `beside` and `iteration_words`; `document` is the shell's `judge`.
"""

from cimodel_tui.measurement.aim import Aim, AimError
from cimodel_tui.measurement.balance import Balance, judge_balance
from cimodel_tui.measurement.beside import OUTLOOKS, caveat_words, level_words, steering_words
from cimodel_tui.measurement.caveats import Caveats
from cimodel_tui.measurement.decoding import JudgeInputError
from cimodel_tui.measurement.document import judge_bytes, judge_document, judge_text
from cimodel_tui.measurement.figures import change_words, figure
from cimodel_tui.measurement.gap import percent_words
from cimodel_tui.measurement.iteration import OverrideError, Verdict, override, verdict_of_iteration
from cimodel_tui.measurement.judgement import Judgement, Question, QuestionError
from cimodel_tui.measurement.judging import judge
from cimodel_tui.measurement.luck import Luck, Pace, could_you_tell, readings_needed_for_share
from cimodel_tui.measurement.point import Point, ReadingsError
from cimodel_tui.measurement.relapse import relapsed
from cimodel_tui.measurement.rule import Rule, RuleError
from cimodel_tui.measurement.signals import Signal
from cimodel_tui.measurement.words import sentence_of
from cimodel_tui.measurement.xmr import FACTOR, Limits, clipped, ends_of, limits

__all__ = [
    "FACTOR",
    "OUTLOOKS",
    "Aim",
    "AimError",
    "Balance",
    "Caveats",
    "JudgeInputError",
    "Judgement",
    "Limits",
    "Luck",
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
    "caveat_words",
    "change_words",
    "clipped",
    "could_you_tell",
    "ends_of",
    "figure",
    "judge",
    "judge_balance",
    "judge_bytes",
    "judge_document",
    "judge_text",
    "level_words",
    "limits",
    "override",
    "percent_words",
    "readings_needed_for_share",
    "relapsed",
    "sentence_of",
    "steering_words",
    "verdict_of_iteration",
]
