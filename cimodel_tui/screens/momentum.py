"""Step 7: How do we keep the momentum going."""

from collections.abc import Callable

from cimodel_tui.forms.answers import Answers
from cimodel_tui.forms.choices import Choice, Reference, late_sustain_check, metrics, open_actions
from cimodel_tui.forms.fields import Day, Field, Line, Number, Prose
from cimodel_tui.forms.rows import Rows
from cimodel_tui.model.answer import YES_NO
from cimodel_tui.model.check import anything_missing
from cimodel_tui.model.momentum import (
    CARRY,
    CONTROL_KINDS,
    NEXT,
    NONE,
    ON_A_DATE,
    SIDES,
    Carried,
    Control,
    SustainCheck,
)
from cimodel_tui.screens.step import StepScreen
from cimodel_tui.workbook.sustain import fill_in_sustain_checks

_CONTROL = (
    Line(name="what"),
    Choice(name="kind", options=CONTROL_KINDS),
    Line(name="owner", known="person"),
    Choice(name="done", options=YES_NO),
)

_SUSTAIN = (
    Day(name="due"),
    Reference(name="metric", rows=metrics),
    Number(name="limit", hint="default: half-way between baseline and achieved"),
    Number(name="result", hint="not recorded yet"),
    Day(name="recorded_on"),
    Line(name="recorded_by", known="person"),
    Prose(name="waived", label="Waived because"),
)


def _chosen(*choices: str) -> Callable[[Answers], bool]:
    """Tell whether one of these was chosen for the next iteration."""
    return lambda answers: answers.get("next") in choices


def _falls_short(answers: Answers) -> bool:
    """Return whether the check says that something is missing still."""
    return anything_missing(answers.book.of(answers.place)[1].check)


class MomentumScreen(StepScreen):
    """What holds the gain, what is still missing, and the next iteration."""

    step = page_name = "momentum"
    _looked_at = False

    async def on_screen_resume(self) -> None:
        """Fill in the sustain checks of a verified gain; whoever removed them does not find them back."""
        if not self._looked_at and self.book.has(self.place):
            _, iteration = self.book.of(self.place)
            if iteration.check.verified:
                self._looked_at = True
                if fill_in_sustain_checks(self.book, iteration):
                    self.notify("Sustain checks filled in. ctrl+z undoes it.", markup=False)
        await super().on_screen_resume()

    def declare(self) -> tuple[Field, ...]:
        """For what was gained, for what is missing, and what comes next."""
        return (
            Rows(
                name="controls",
                row=Control,
                columns=_CONTROL,
                shown=("what", "kind", "owner", "done"),
            ),
            Line(name="daily_owner", label="Owner in daily work", known="person"),
            Rows(
                name="sustain_checks",
                row=SustainCheck,
                columns=_SUSTAIN,
                shown=("due", "metric", "limit", "result", "recorded_on", "waived"),
                late=late_sustain_check,
            ),
            Reference(name="relapse_metric", section="Relapse alarm", label="Metric", rows=metrics),
            Choice(name="relapse_side", label="Side", options=SIDES),
            Number(name="relapse_limit", label="Limit"),
            Number(name="relapse_count", label="Readings in a row"),
            Line(name="story_audience", section="Story", label="Audience"),
            Prose(name="story_message", label="Message"),
            Line(name="story_channel", label="Channel"),
            Day(name="story_sent_on", label="Sent on"),
            Prose(name="remaining_gap", section="What is missing", when=_falls_short),
            Prose(name="why_short", label="Why it fell short", when=_falls_short),
            Prose(name="told", when=_falls_short),
            Prose(name="lessons_shared", section="Lessons", label="Lessons shared with"),
            Rows(
                name="carried",
                section="Next iteration",
                label="Open actions",
                row=Carried,
                columns=(Choice(name="decision", options=CARRY), Line(name="reason")),
                shown=("decision", "reason"),
                keyed=open_actions,
                nothing="no action is open",
            ),
            Choice(name="next", label="Next iteration", options=NEXT),
            Day(name="next_on", label="It starts on", when=_chosen(ON_A_DATE)),
            Prose(name="next_reason", label="Because", when=_chosen(NONE, ON_A_DATE)),
            Line(name="decided_by", known="person", hint="default: you"),
            Day(name="decided_on"),
            Prose(name="where_else", more=True),
        )
