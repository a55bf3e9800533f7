"""Help: what can be done here, found by typing and run by Enter; below it the guidance of the step."""

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from cimodel_tui.content import guidance
from cimodel_tui.model.step import STEP_KEYS, STEPS, step_of
from cimodel_tui.record import dataclass
from cimodel_tui.widgets.containers import CachedStyles, Stack
from cimodel_tui.widgets.keys import Keys
from cimodel_tui.widgets.text import Words

_PAGES = {
    "register": "Every improvement of the workbook, how far it is and what it has achieved.\n"
    "One letter acts on the marked row; Enter opens it at its current step.",
    "dashboard": "Baseline, target and achieved side by side, with the run chart of one metric.\n"
    "The line on top is what a steering group reads.",
    "grid": "Effort against benefit: top left gives most for the least.\n"
    "Benefit and effort are set in the register entry.",
    "portfolio": "Every improvement of all saved workbooks, with totals.\nEnter opens the marked one in its workbook.",
    "history": "Every agreement, amendment, check and revisit of one improvement, oldest first.\n"
    "It is recorded automatically; Enter opens the step that a row comes from.",
    "lessons": "What all improvements have taught, so that each lesson is learned once.\n"
    "Type to filter; Enter goes to where a lesson was noted.",
    "search": "Everything that was typed in the workbook.\nType words; Enter goes to the field.",
    "backups": "The copies of the file that were made before changes were saved.\n"
    "Restoring one makes a backup of the current state first.",
    "knowledge": "The model itself: questions with the answer explained, the glossary, look-alikes.\n"
    "Missed questions are asked again.",
}
"""Two lines of what a page is for."""

_HOME = "The saved workbooks, and what is due in them today.\nEnter opens one where it was left."

_WINDOW = (
    "A window over a page; Esc closes it, and everything typed is kept.\nEnter in a line goes on to the next field."
)

_FIELD, _PAGE, _EVERYWHERE = "This field", "This page", "Everywhere"


@dataclass(frozen=True, slots=True)
class Act:
    """Something that a key does."""

    group: str
    """Where it works."""
    keys: str
    """The keys, as they are shown."""
    words: str
    """What it does."""
    active: ActiveBinding
    """What runs."""


class HelpScreen(CachedStyles[None], ModalScreen[None]):
    """What can be done where one was, grouped; what is typed filters it, Enter does it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1", "dismiss(None)", "close", tooltip="Back to where you were", id="help.close"),
        Binding("down", "mark('cursor_down')", "next", show=False, tooltip="The next action", id="help.down"),
        Binding("up", "mark('cursor_up')", "previous", show=False, tooltip="The previous action", id="help.up"),
        Binding("end", "bottom", "end", show=False, tooltip="To the end", id="help.end", priority=True),
        Binding("pagedown", "scroll(1)", "page down", show=False, tooltip="A page down", id="help.page_down"),
        Binding("pageup", "scroll(-1)", "page up", show=False, tooltip="A page up", id="help.page_up"),
    ]

    def __init__(self, page: Screen[object], step: str = "") -> None:
        super().__init__(classes="window")
        self._page = page
        self._step = step
        self._acts = tuple(_acts(page))
        self._shown: tuple[Act | None, ...] = ()

    def compose(self) -> ComposeResult:
        """What the page is for, the filter, the keys, the guidance."""
        with Stack(classes="frame help") as frame:
            frame.border_title = Content("Help")
            yield Words(self._what_for(), classes="question")
            yield Input(placeholder="type to filter, Enter runs", compact=True, classes="control")
            with VerticalScroll(can_focus=False):
                acts = OptionList(classes="acts", compact=True, markup=False)
                acts.can_focus = False
                yield acts
                if self._step in STEP_KEYS:
                    yield Words(self._guidance(), classes="guidance-text")
                yield Words(_seven_steps(self._step), classes="guidance-text")
                yield Words(self._settings(), classes="guidance-text")
            yield Keys()

    def on_mount(self) -> None:
        """Show everything."""
        self._show("")
        self.query_one(Input).focus()

    def _what_for(self) -> str:
        if self._step in STEP_KEYS and self._step:
            step = step_of(self._step)
            return f"{step.heading}\n{step.question}"
        name = str(getattr(self._page, "page_name", ""))
        if name:
            return _PAGES.get(name, _WINDOW)
        return _WINDOW if self._page.is_modal else _HOME

    def _show(self, typed: str) -> None:
        """Show what holds the words that are typed, under the heading of where it works."""
        words = typed.casefold().split()
        acts = [each for each in self._acts if all(word in f"{each.words} {each.keys}".casefold() for word in words)]
        wide = max((len(each.keys) for each in acts), default=0)
        options: list[Option] = []
        shown: list[Act | None] = []
        group = ""
        for each in acts:
            if each.group != group:
                group = each.group
                options.append(Option(Content.styled(group, "bold $text-secondary"), disabled=True))
                shown.append(None)
            line = Content.assemble((f"{each.keys:>{wide}}  ", "bold $text-primary"), each.words)
            options.append(Option(line))
            shown.append(each)
        found = self.query_one(OptionList)
        found.clear_options()
        found.add_options(options or [Option(Content.styled("No action here matches.", "$muted"), disabled=True)])
        self._shown = tuple(shown)
        found.highlighted = next((at for at, each in enumerate(shown) if each), None)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._show(event.value)

    @on(Input.Submitted)
    def _run(self, event: Input.Submitted) -> None:
        event.stop()
        at = self.query_one(OptionList).highlighted
        act = self._shown[at] if at is not None and at < len(self._shown) else None
        self._do(act)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._do(self._shown[event.option_index])

    def _do(self, act: Act | None) -> None:
        if act:
            self.dismiss(None)
            self.app.call_later(self.app.run_action, act.active.binding.action, act.active.node)

    def action_mark(self, what: str) -> None:
        """Mark another act."""
        acts = self.query_one(OptionList)
        getattr(acts, f"action_{what}")()
        at = acts.highlighted or 0
        self.query_one(VerticalScroll).scroll_to(y=max(at - acts.screen.size.height // 2, 0), animate=False)

    def action_scroll(self, direction: int) -> None:
        """Scroll to the guidance and back."""
        side = self.query_one(VerticalScroll)
        side.scroll_relative(y=direction * max(side.size.height - 2, 1), animate=False)

    def action_bottom(self) -> None:
        """Scroll to the end."""
        self.query_one(VerticalScroll).scroll_end(animate=False)

    def _settings(self) -> Content:
        """Say how the keys of this page are set otherwise, in lines to be copied."""
        known: dict[str, list[str]] = {}
        for each in self._acts:
            known.setdefault(each.active.binding.id or "", []).append(each.active.binding.key)
        for key, active in _by_key(self._page):
            keys = known.get(active.binding.id or "")
            if keys is not None and key not in keys:
                keys.append(key)
        lines = (f'"{name}" = "{",".join(keys)}"' for name, keys in known.items() if name)
        title = Content.styled("\nOther keys: in config.toml (see `cimodel-tui where`)\n", "bold $text-secondary")
        return Content.assemble(title, "\n".join(("[keys]", *lines)))

    def _guidance(self) -> Content:
        page = guidance(self._step)
        parts = (("Why it is there", page.why), ("The trap", page.trap), ("Worked example", page.example))
        sections = [Content.assemble((f"\n{heading}\n", "bold $text-secondary"), text) for heading, text in parts]
        return Content("\n").join(sections)


def _by_key(page: Screen[object]) -> Iterator[tuple[str, ActiveBinding]]:
    """Yield the keys that work on a page just now."""
    yield from page.active_bindings.items()


def _acts(page: Screen[object]) -> Iterable[Act]:
    """Return what can be done, the field first, then the page, then what works everywhere; each once."""
    found: dict[tuple[str, str], list[ActiveBinding]] = {}
    for _, active in _by_key(page):
        binding = active.binding
        if active.enabled and binding.tooltip and binding.id:
            found.setdefault((_group(active, page), binding.tooltip), []).append(active)
    made = [Act(group, _names(page, actives), words, actives[0]) for (group, words), actives in found.items()]
    order = (_FIELD, _PAGE, _EVERYWHERE)
    return sorted(made, key=lambda each: (order.index(each.group), not each.active.binding.show))


def _names(page: Screen[object], actives: Sequence[ActiveBinding]) -> str:
    return " ".join(dict.fromkeys(page.app.get_key_display(each.binding) for each in actives))


def _group(active: ActiveBinding, page: Screen[object]) -> str:
    """Return where a key works."""
    if active.node is page:
        return _PAGE
    return _FIELD if isinstance(active.node, Widget) else _EVERYWHERE


def _seven_steps(current: str) -> Content:
    """Return the seven steps on one page, a line each."""
    lines = [Content.styled("\nThe seven steps", "bold $text-secondary")]
    for step in STEPS:
        mark = "●" if step.key == current else "·"
        anchor = " ◆ measurement" if step.anchor else ""
        lines.append(Content.assemble(f"{mark} {step.heading}{anchor} ", (step.question, "$muted")))
    lines.append(Content.styled("ITIL is a registered trade mark of PeopleCert.", "$muted"))
    return Content("\n").join(lines)
