"""The card of a verified result: before and after in one line, the target, and the statements about it.

It is drawn in cells for a terminal, as text to copy, and as SVG for a slide; all three show the same.
"""

from collections.abc import Iterator

from cimodel_tui.charts import glyphs
from cimodel_tui.charts.canvas import Canvas, Line, Role
from cimodel_tui.charts.glyphs import cell_width, clean, fit, wrap
from cimodel_tui.charts.svg_elements import CELL, element, line, page, path, words
from cimodel_tui.record import dataclass

GOOD, BAD, UNSURE, PLAIN = "✓", "✗", "~", "·"
"""The mark of a row: as wished, not as wished, could be either, not judged."""

_MARKS = {GOOD: Role.FLAG_BETTER, BAD: Role.FLAG_WORSE, UNSURE: Role.FLAG, PLAIN: Role.AXIS}


@dataclass(frozen=True, slots=True)
class CardRow:
    """One statement of the card."""

    name: str
    """Target, Signal, Outlook or Side."""
    text: str
    """The statement."""
    mark: str
    """One of GOOD, BAD, UNSURE and PLAIN."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Everything on the card."""

    title: str
    """The improvement."""
    metric: str
    """The metric, its unit and the iteration."""
    before: str
    """The baseline, as it is shown."""
    after: str
    """The achieved value with its unit, as it is shown."""
    target: str
    """The target in words, empty where there is none."""
    reach: float | None
    """Where the target lies on the way from before, 0, to after, 1; None where it has no place there."""
    headline: str
    """Achieved, Partly, Not achieved, Cannot tell or Too early, with the precise word."""
    mark: str
    """The mark of the headline."""
    change: str
    """How far it moved."""
    rows: tuple[CardRow, ...]
    """Target, signal, outlook, side effects."""
    by: str
    """Who verified it, and when."""


_EDGE, _GAP, _NAME, _LEAST = 2, 3, 9, 24
_ROWS_FROM = 8
"""The line of the first statement, if nothing follows the headline."""


_MOST_BELOW = 2
"""Lines of the change, where it does not fit beside the headline."""


def card_lines(card: Card, width: int) -> tuple[Line, ...]:
    """Draw a card in so many cells; as many lines as it needs."""
    width = max(width, _LEAST)
    room, statements = width - 2 * _EDGE, list(_statement_lines(card, width))
    lead = fit(card.headline.upper(), room)
    beside = cell_width(lead) + _GAP + cell_width(clean(card.change)) <= room
    below = [] if beside else _clauses(card.change, room)
    canvas = Canvas(width, _ROWS_FROM + len(below) + len(statements) + 2)
    canvas.write(_EDGE, 0, fit(card.title, room), Role.LABEL)
    canvas.write(_EDGE, 1, fit(card.metric, room), Role.AXIS)
    _draw_way(canvas, card, 3)
    canvas.write(_EDGE, 6, lead, _MARKS.get(card.mark, Role.LABEL))
    if beside:
        canvas.write(_EDGE + cell_width(lead) + _GAP, 6, card.change, Role.LABEL)
    for y, text in enumerate(below, 7):
        canvas.write(_EDGE, y, text, Role.LABEL)
    for y, (name, text, mark) in enumerate(statements, _ROWS_FROM + len(below)):
        canvas.write(_EDGE, y, name, Role.AXIS)
        canvas.write(_EDGE + _NAME, y, text, Role.LABEL)
        canvas.write(width - _EDGE - 1, y, mark, _MARKS.get(mark, Role.AXIS))
    canvas.write(_EDGE, canvas.height - 1, fit(card.by, room), Role.AXIS)
    return canvas.lines()


def _clauses(text: str, room: int) -> list[str]:
    """Return a text in two lines at most, broken behind a semicolon where its parts fit: no figure loses its unit."""
    first, *others = text.split("; ")
    lines = [first]
    for each in others:
        if cell_width(f"{lines[-1]}; {each}") < room:
            lines[-1] += f"; {each}"
        else:
            lines[-1] += ";"
            lines.append(each)
    fits = len(lines) <= _MOST_BELOW and all(cell_width(line) <= room for line in lines)
    return lines if fits else wrap(text, room, _MOST_BELOW)


def _statement_lines(card: Card, width: int) -> Iterator[tuple[str, str, str]]:
    """Yield the lines of the rows: name and mark stand on the first line of each."""
    room = width - 2 * _EDGE - _NAME - 2
    for row in card.rows:
        for index, text in enumerate(wrap(row.text, room, 3)):
            yield ("" if index else row.name), text, ("" if index else row.mark)


def _draw_way(canvas: Canvas, card: Card, y: int) -> None:
    """Draw before and after with an arrow between them, and below it where the target lies."""
    before, after = clean(card.before), clean(card.after)
    start = _EDGE + cell_width(before) + 2
    stop = canvas.width - _EDGE - cell_width(after) - 2
    canvas.write(_EDGE, y, before, Role.BASELINE)
    for x in range(start, stop - 1):
        canvas.mark(x, y, glyphs.ACHIEVED, Role.ACHIEVED)
    canvas.mark(stop - 1, y, glyphs.ACHIEVED_RIGHT, Role.ACHIEVED)
    canvas.write(stop + 1, y, after, Role.ACHIEVED)
    if card.target:
        _draw_target(canvas, card, y + 1, range(start, stop))


def _draw_target(canvas: Canvas, card: Card, y: int, way: range) -> None:
    text = fit(card.target, canvas.width - 2 * _EDGE - 2)
    if card.reach is None:
        canvas.write(way.start, y, text, Role.TARGET)
        return
    at = min(max(way.start + round(card.reach * (len(way) - 1)), _EDGE), canvas.width - _EDGE - 1)
    canvas.mark(at, y, glyphs.CHANGE, Role.TARGET)
    behind = at + 2 + cell_width(text) <= canvas.width - _EDGE
    canvas.write(at + 2 if behind else at - 1 - cell_width(text), y, text, Role.TARGET)


def card_text(card: Card, width: int = 76) -> str:
    """Return a card as plain text, without blanks at the end of its lines."""
    return "\n".join("".join(span.text for span in each).rstrip() for each in card_lines(card, width))


_WIDTH, _LINE, _LEFT = 760.0, 24.0, 28.0


def card_svg(card: Card) -> str:
    """Return a card as SVG that stands alone."""
    rows = [(row, wrap(row.text, int((_WIDTH - 190) / CELL), 3)) for row in card.rows]
    height = 232 + _LINE * sum(len(lines) for _, lines in rows)
    body = [
        element("rect", kind="ci-axis", x=6, y=6, width=_WIDTH - 12, height=height - 12, rx=10),
        words(_LEFT, 40, card.title, "ci-title"),
        words(_LEFT, 60, card.metric, "ci-soft"),
        *_svg_way(card),
        words(_LEFT, 172, card.headline.upper(), f"ci-title ci-{_MARKS.get(card.mark, Role.LABEL)}"),
        words(_WIDTH - _LEFT, 172, card.change, anchor="end"),
    ]
    y = 206.0
    for row, lines in rows:
        body += [words(_LEFT, y, row.name, "ci-soft"), words(_WIDTH - _LEFT, y, row.mark, anchor="end")]
        for text in lines:
            body.append(words(_LEFT + 90, y, text))
            y += _LINE
    body.append(words(_LEFT, height - 22, card.by, "ci-soft"))
    name_and_words = (
        f"{card.title}: {card.headline}",
        f"{card.before} to {card.after}, {card.target}. {card.change}".strip(),
    )
    return page(int(_WIDTH), int(height), (_WIDTH, height), name_and_words, body)


def _svg_way(card: Card) -> list[str]:
    """Return before and after with an arrow between them, and the target below it."""
    start, stop, y = _LEFT + 90, _WIDTH - _LEFT - 130, 100.0
    body = [
        words(start - 14, y + 5, card.before, "ci-title", anchor="end"),
        line(start, y, stop - 10, y, "ci-achieved ci-thick"),
        path("ci-achieved ci-tip", (stop, y), (stop - 12, y - 7), (stop - 12, y + 7), closed=True),
        words(stop + 12, y + 5, card.after, "ci-title"),
    ]
    if card.target and card.reach is not None:
        x = min(max(start + card.reach * (stop - start), _LEFT), _WIDTH - _LEFT)
        body += [line(x, y - 12, x, y + 12, "ci-target"), words(x, y + 32, card.target, anchor="middle")]
    elif card.target:
        body.append(words(start, y + 32, card.target))
    return body
