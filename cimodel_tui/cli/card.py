"""`cimodel-tui card`: before and after of one improvement on one card, as text or as SVG."""

from pathlib import Path
from typing import TYPE_CHECKING

from cimodel_tui.charts.card import card_svg, card_text
from cimodel_tui.cli import output
from cimodel_tui.cli.shell import Shell, Values, WrongUseError, improvement_of
from cimodel_tui.views.card import card_of

if TYPE_CHECKING:
    from cimodel_tui.charts.card import Card
    from cimodel_tui.model.improvement import Improvement
    from cimodel_tui.workbook import Workbook

FORMATS = ("md", "svg")
"""What a card can be written as; md is plain text."""


def run_card(shell: Shell, values: Values) -> int:
    """Print the card of the latest verified check, else of the result as it is now."""
    (chosen,) = output.formats_of("card", values.format, values.out, FORMATS)
    book = shell.look(Path(values.file))
    card = latest_card(book, improvement_of(book, values.ref))
    if card is None:
        raise WrongUseError(f"card: {values.ref} has no metric with a target, a baseline and a result yet")
    text = card_svg(card) if chosen == "svg" else card_text(card)
    output.send("card", values.out, chosen, f"{text}\n".encode("utf-8", "replace"))
    return 0


def latest_card(book: "Workbook", improvement: "Improvement") -> "Card | None":
    """Return the card of the latest iteration that was verified, else of the latest one; none without a result."""
    iterations = book.iterations(improvement.id)
    verified = [each for each in iterations if each.check.verified]
    return card_of(book, improvement, (verified or iterations)[-1])
