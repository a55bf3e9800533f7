"""A button takes every push, however soon it follows the one before."""

from textual.app import App, ComposeResult
from textual.widgets import Button

from cimodel_tui.widgets.controls import PushButton
from tests.waiting import until


class Pushed(App[None]):
    """One button, and how often it was pushed."""

    count = 0

    def compose(self) -> ComposeResult:
        yield PushButton("Agree")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.count += 1


async def test_enter_that_follows_at_once_is_a_push_of_its_own() -> None:
    app = Pushed()
    async with app.run_test() as pilot:
        await pilot.press("enter", "enter", "enter")
        await until(lambda: app.count == 3, lambda: f"{app.count} of 3 pushes")
