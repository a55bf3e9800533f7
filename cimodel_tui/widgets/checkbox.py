"""What can be ticked: a tick where it is, a blank where it is not, so that colour is not the only sign."""

from rich.segment import Segment
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Checkbox, SelectionList

from cimodel_tui.widgets.controls import ImmediateControl, Options, compact

_TICKED, _NOT = "✓", " "
_PLACE_OF_THE_TICK = 1


class TickBox(Checkbox):
    """One question that is answered by a tick."""

    def render(self) -> Content:
        """Draw the tick only where there is one."""
        self.BUTTON_INNER = _TICKED if self.value else _NOT
        return super().render()


class TickList(ImmediateControl, SelectionList[str]):
    """A list in which any number of lines can be ticked."""

    def __init__(self, options: Options) -> None:
        super().__init__(*_shown(options))
        compact(self)

    def offer(self, options: Options) -> None:
        """Offer these from now on."""
        if self._offered() != [value for value, _ in options]:
            self.clear_options()
            self.add_options(_shown(options))

    def choose(self, value: object) -> None:
        """Tick what was chosen, as far as it is offered."""
        self.deselect_all()
        for each in value if isinstance(value, tuple) else ():
            if each in self._offered():
                self.select(each)

    def chosen(self) -> tuple[str, ...]:
        """Return what is ticked, in the order of the list."""
        return tuple(each for each in self._offered() if each in self.selected)

    def _offered(self) -> list[str]:
        return [self.get_option_at_index(index).value for index in range(self.option_count)]

    def render_line(self, y: int) -> Strip:
        """Draw the tick only where there is one."""
        segments = list(super().render_line(y))
        index = self.scroll_offset.y + y
        if index < self.option_count and len(segments) > _PLACE_OF_THE_TICK:
            ticked = self.get_option_at_index(index).value in self.selected
            _, style, control = segments[_PLACE_OF_THE_TICK]
            segments[_PLACE_OF_THE_TICK] = Segment(_TICKED if ticked else _NOT, style, control)
        return Strip(segments)


def _shown(options: Options) -> list[tuple[Content, str]]:
    return [(Content(words), value) for value, words in options]
