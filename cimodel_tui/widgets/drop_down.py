"""A choice of one, from a list that narrows to what is typed."""

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Blur, Click, Key
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList

from cimodel_tui.widgets.containers import StableLayout
from cimodel_tui.widgets.controls import ImmediateControl, Options

NONE = ("", "(none)")
"""The entry that clears the choice."""

_HIGHEST = 12
"""Rows of the list, its border among them."""

_LEAST = 5
"""Rows for which the list opens below the line; where there are fewer it opens above it."""

_BELOW = 3
"""Rows at the end of the page that the list leaves alone: what the field is for, and the keys."""


def _key(keys: str, action: str, words: str, name: str) -> Binding:
    return Binding(keys, action, words, show=False, tooltip=words, id=f"choice.{name}")


class DropDown(ImmediateControl, StableLayout, Widget, can_focus=True):
    """One line that shows what is chosen; Enter or a letter opens the list, and no key changes the choice before that.

    Letters narrow the list. What was typed is taken when the line is left (`don` and Tab choose "done"), by Enter or
    by a click; Esc leaves the choice as it was. The list is made when it is first opened.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "open", "open", tooltip="Open the list; typing narrows it", id="choice.open"),
        _key("down", "mark('cursor_down')", "The next choice", "down"),
        _key("up", "mark('cursor_up')", "The previous choice", "up"),
        _key("pagedown", "mark('page_down')", "A page down", "page_down"),
        _key("pageup", "mark('page_up')", "A page up", "page_up"),
        _key("home", "mark('first')", "The first choice", "first"),
        _key("end", "mark('last')", "The last choice", "last"),
        _key("escape", "close", "Close the list", "close"),
    ]

    class Changed(Message):
        """Another choice was made by a person."""

    def __init__(self, options: Options, *, nothing: str) -> None:
        """Offer these; `nothing` stands in the line while none of them is chosen."""
        super().__init__()
        self._offered = options
        self._nothing = nothing
        self._chosen = ""
        self._typed = ""
        self._found: Options = ()
        self._choices: OptionList | None = None

    def offer(self, options: Options) -> None:
        """Offer these from now on."""
        self._offered = options
        self.refresh()

    def choose(self, value: object) -> None:
        """Show a choice; what is no longer offered stays as an extra entry."""
        self._chosen = str(value)
        self.refresh()

    def chosen(self) -> str:
        """Return the choice, empty where there is none."""
        return self._chosen

    @property
    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self.has_class("-open")

    @property
    def choices(self) -> Options:
        """What is in the list when nothing is typed: nothing, what is offered, and a choice that no longer is."""
        extra = () if self._chosen in dict((NONE, *self._offered)) else ((self._chosen, self._chosen),)
        return (NONE, *self._offered, *extra)

    @property
    def marked(self) -> str:
        """What is marked in the open list, as it is shown; empty while it is closed."""
        at = self._choices.highlighted if self._choices and self.is_open else None
        return "" if at is None else self._found[at][1]

    def render(self) -> Content:
        """Draw what is chosen, or what is typed while the list is open."""
        if self._typed:
            words = Content.assemble(self._typed, ("▏", "$accent"))
        elif self._chosen:
            words = Content(dict(self.choices)[self._chosen])
        else:
            words = Content.styled(self._nothing, "$muted")
        room = max(self.content_size.width - 2, 1)
        arrow = "▲" if self.is_open else "▼"
        return Content.assemble(words.truncate(room, ellipsis=True, pad=True), (f" {arrow}", "$muted"))

    def _matching(self, typed: str) -> Options:
        """Return the choices that begin like this, then those that hold it."""
        wanted = typed.casefold()
        known = [each for each in self.choices if not typed or each is not NONE]
        begin = [each for each in known if each[1].casefold().startswith(wanted)]
        return (*begin, *(each for each in known if wanted in each[1].casefold() and each not in begin))

    def on_key(self, event: Key) -> None:
        """Narrow the list by a letter; one that no choice holds is no part of what is meant."""
        typed = self._typed + (event.character or "")
        if event.key == "backspace" and self._typed:
            typed = self._typed[:-1]
        elif not self.check_consume_key(event.key, event.character):
            return
        event.stop()
        event.prevent_default()
        if self._matching(typed):
            self._typed = typed
            self._show_list()

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Tell whether a key narrows the list, so that it means nothing else."""
        del key
        if character is None or not character.isprintable() or (not self._typed and not character.strip()):
            return False
        return self.is_open or bool(self._matching(character))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys of the open list to the page while it is closed."""
        opens = parameters in (("cursor_down",), ("cursor_up",))
        return self.is_open or opens if action in ("mark", "close") else super().check_action(action, parameters)

    def action_open(self) -> None:
        """Open the list, or take what is marked in it."""
        if self.is_open:
            self._take()
        else:
            self._show_list()

    def action_mark(self, what: str) -> None:
        """Mark another choice, of the list that is opened for that."""
        if not self.is_open:
            self._show_list()
        elif self._choices:
            getattr(self._choices, f"action_{what}")()

    def action_close(self) -> None:
        """Close the list; the choice stays as it was."""
        self._typed = ""
        self.remove_class("-open")
        self.refresh()

    def _show_list(self) -> None:
        """Show what matches; the first of it is marked, with nothing typed what is chosen."""
        self._found = self._matching(self._typed)
        if self._choices is None:
            self._choices = OptionList(markup=False)
            self._choices.can_focus = False
            self.mount(self._choices)
        self._choices.clear_options().add_options([Content(words) for _, words in self._found])
        values = [value for value, _ in self._found]
        self._choices.highlighted = values.index(self._chosen) if not self._typed else 0
        self._place(self._choices)
        self.add_class("-open")
        self.refresh()

    def _place(self, choices: OptionList) -> None:
        """Open the list below the line, or above it where there is more room."""
        below = self.screen.size.height - _BELOW - self.region.bottom
        above = self.region.y
        down = below >= min(_LEAST, len(self._found) + 2) or below >= above
        height = max(min(len(self._found) + 2, _HIGHEST, below if down else above), 1)
        choices.styles.height = height
        choices.styles.offset = (0, 1 if down else -height)

    def _take(self) -> None:
        """Choose what is marked."""
        at = self._choices.highlighted if self._choices else None
        self.action_close()
        if at is not None:
            self.take(self._found[at][0])

    def take(self, value: str) -> None:
        """Choose as a person does, and tell of it."""
        if value != self._chosen:
            self._chosen = value
            self.refresh()
            self.post_message(self.Changed())

    def on_blur(self, event: Blur) -> None:
        """Take what was typed when the line is left."""
        del event
        if self._typed:
            self._take()
        elif self.is_open:
            self.action_close()

    def on_click(self, event: Click) -> None:
        """Open the list by a click, or close it."""
        if event.widget is self:
            self.action_close() if self.is_open else self._show_list()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._take()

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
