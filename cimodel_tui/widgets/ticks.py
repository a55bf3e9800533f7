"""What can be ticked: a tick where it is, a blank where it is not, so that colour is not the only sign."""

from rich.segment import Segment
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Checkbox, SelectionList

_TICKED, _NOT = "✓", " "
_PLACE_OF_THE_TICK = 1


class TickBox(Checkbox):
    """One question that is answered by a tick."""

    def render(self) -> Content:
        """Draw the tick only where there is one."""
        self.BUTTON_INNER = _TICKED if self.value else _NOT
        return super().render()


class TickList(SelectionList[str]):
    """A list in which any number of lines can be ticked."""

    def render_line(self, y: int) -> Strip:
        """Draw the tick only where there is one."""
        segments = list(super().render_line(y))
        index = self.scroll_offset.y + y
        if index < self.option_count and len(segments) > _PLACE_OF_THE_TICK:
            ticked = self.get_option_at_index(index).value in self.selected
            _, style, control = segments[_PLACE_OF_THE_TICK]
            segments[_PLACE_OF_THE_TICK] = Segment(_TICKED if ticked else _NOT, style, control)
        return Strip(segments)
