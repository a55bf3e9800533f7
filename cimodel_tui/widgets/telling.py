"""Controls that tell of a change as it is made, and not by a message that is read after the paint."""

from collections.abc import Callable

from textual.message import Message
from textual.message_pump import MessagePump


class Telling(MessagePump):
    """A control whose change is taken before it is painted, so that a kill finds kept what a person has seen."""

    _kinds: tuple[type[Message], ...] = ()
    _taken: Callable[[], None] | None = None

    def tell(self, kinds: tuple[type[Message], ...], taken: Callable[[], None]) -> None:
        """Call `taken` from now on in place of messages of these kinds, unless they are prevented."""
        self._kinds, self._taken = kinds, taken

    def post_message(self, message: Message) -> bool:
        """Tell of a change; everything else is posted."""
        if self._taken is None or not isinstance(message, self._kinds):
            return super().post_message(message)
        if self.check_message_enabled(message):
            self._taken()
        return False
