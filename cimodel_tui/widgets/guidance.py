"""What stands beside a form: what the focused field is for, what the coach says, and why the step is there."""

from collections.abc import Sequence

from textual.containers import VerticalScroll
from textual.content import Content

from cimodel_tui.content import field_help, guidance
from cimodel_tui.widgets.containers import StableLayout
from cimodel_tui.widgets.text import Words

NEEDED = "* required"
"""Said of the focused field while it has no answer; the same sign stands beside the label of every such field."""


class GuidancePanel(StableLayout, VerticalScroll, can_focus=False):
    """The column beside the form; under it where the terminal is narrow."""

    def __init__(self, step: str) -> None:
        super().__init__(classes="guidance")
        self._step = step
        self._text = Words(classes="guidance-text")
        self._field = ""
        self._findings: tuple[str, ...] = ()

    def on_mount(self) -> None:
        """Show the step's guidance."""
        self._draw()

    on_show = on_mount

    def show_field(self, called: str, step: str, name: str, *, needed: bool) -> None:
        """Show what a field is for, and whether it is still needed."""
        lines = (called, NEEDED if needed else "", field_help(step, name))
        self._field = "\n".join(words for words in lines if words)
        self._draw()

    def show_words(self, words: str) -> None:
        """Show what something is for that is no field: a button, a fold."""
        self._field = words
        self._draw()

    def show_findings(self, findings: Sequence[str]) -> None:
        """Show what the coach says."""
        self._findings = tuple(findings)
        self._draw()

    def _draw(self) -> None:
        if not (self.is_attached and self.display):
            return  # there is no room beside the form; once there is, it is shown
        if not self._text.is_attached:
            self.mount(self._text)
        page = guidance(self._step)
        parts = [(self._field, "$text-primary")] if self._field else []
        parts += (
            [("The coach\n" + "\n".join(f"◇ {each}" for each in self._findings), "$text-warning")]
            if self._findings
            else []
        )
        sections = (
            ("Why it is there", page.why),
            ("The trap", page.trap),
            ("Worked example", page.example),
            ("Inputs", page.takes_in),
            ("Outputs", page.gives_out),
            ("Guiding principle", page.principle),
        )
        content = [Content.styled(text, style) for text, style in parts]
        content += [Content.assemble((f"{title}\n", "bold $text-secondary"), text) for title, text in sections]
        self._text.say(Content("\n\n").join(content))


class HintLine(Words):
    """Where nothing stands beside the form: what the focused field is for, and how much the coach has to say."""

    def __init__(self) -> None:
        super().__init__(classes="hint")
        self._field = ""
        self._findings = 0

    def show_field(self, called: str, step: str, name: str, column: str = "", *, needed: bool) -> None:
        """Show whether a field is still needed, and what it is for, or a column of its table."""
        self._field = f"{NEEDED} · " * needed + (field_help(step, name, column) or called)
        self._draw()

    def show_words(self, words: str) -> None:
        """Show what something is for that is no field: a button, a fold."""
        self._field = words
        self._draw()

    def show_findings(self, count: int) -> None:
        """Show how much the coach has to say."""
        self._findings = count
        self._draw()

    def _draw(self) -> None:
        coach = f"◇ {self._findings} from the coach: F6 " if self._findings else ""
        self.say(Content.assemble((coach, "$text-warning"), (self._field, "$muted")))
