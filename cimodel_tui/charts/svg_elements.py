"""The SVG elements of charts.

An SVG stands alone, holds no script and no address, and the same chart gives the same bytes. Colours are CSS variables
(`--ci-target` and so on, one for each role) over `currentColor`, so that a page around it does light and dark. Without
one the defaults read on white and on dark paper. Shapes and dashes differ as well as colours.
"""

from cimodel_tui.charts.canvas import Role
from cimodel_tui.charts.glyphs import cell_width, clean

_REFERENCES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})
"""What stands for a character of markup; `html` would load two thousand more with every picture on a screen."""

CELL = 7.2
"""About how many pixels a character of 12 pixel type takes."""

_COLOURS = {
    Role.POINT: "currentColor",
    Role.FLAG: "#b25c00",
    Role.FLAG_BETTER: "#0b8457",
    Role.FLAG_WORSE: "#d6336c",
    Role.HOLLOW: "currentColor",
    Role.MEAN: "currentColor",
    Role.LIMIT: "currentColor",
    Role.TARGET: "#7a4fd0",
    Role.CHANGE: "#b5479a",
    Role.BASELINE: "currentColor",
    Role.ACHIEVED: "#2f74c0",
    Role.WORSE: "#d6336c",
}

_FONT = 'system-ui,"DejaVu Sans",sans-serif'

_RULES = (
    ("text", "fill:currentColor;stroke:none;unicode-bidi:isolate"),
    (".ci-title", "font-size:14px;font-weight:600"),
    (".ci-soft", "opacity:.75"),
    (".ci-axis", "stroke:currentColor;opacity:.16;fill:none"),
    (".ci-base", "stroke:currentColor;opacity:.5;fill:none"),
    (".ci-thread", "stroke:currentColor;opacity:.4;fill:none"),
    (".ci-phase", "stroke:currentColor;stroke-dasharray:2 3;opacity:.7;fill:none"),
    (".ci-band", "fill:currentColor;opacity:.06;stroke:none"),
    (".ci-hollow", "fill:none;stroke-width:1.4"),
    (".ci-mean", "stroke-width:1.4;fill:none"),
    (".ci-limit", "stroke-width:1.2;stroke-dasharray:5 4;fill:none"),
    (".ci-target", "stroke-width:2.4;fill:none"),
    (".ci-point,.ci-chart .ci-flag,.ci-chart .ci-flag-better,.ci-chart .ci-change", "stroke:none"),
    (".ci-flag-worse", "stroke-width:2;fill:none"),
    (".ci-worse", "stroke-dasharray:5 3"),
    (".ci-open", "stroke-width:2;stroke-dasharray:2 4;fill:none"),
    (".ci-thick", "stroke-width:3"),
    (".ci-tip", "stroke-dasharray:none;stroke-width:1.4"),
    (".ci-worse.ci-tip", "fill:none"),
    (".ci-aim", "stroke-dasharray:9 3 2 3;stroke-width:1.8"),
)


def _style() -> str:
    """Return the style sheet; a plain colour precedes each variable, for viewers without CSS variables."""
    colours = (
        f".ci-chart .ci-{role}{{fill:{colour};fill:var(--ci-{role},{colour});"
        f"stroke:{colour};stroke:var(--ci-{role},{colour})}}"
        for role, colour in _COLOURS.items()
    )
    base = f".ci-chart{{font-family:{_FONT};font-family:var(--ci-font,{_FONT});font-size:12px}}"
    rules = (f".ci-chart {selector}{{{rule}}}" for selector, rule in _RULES)
    return "\n".join(("", base, *colours, *rules, ""))


def number(value: float) -> str:
    """Return a coordinate with at most two decimals."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def _escaped(text: str) -> str:
    return text.translate(_REFERENCES)


def element(name: str, *content: str, **attributes: str | float) -> str:
    """Return an element; attributes are escaped, content is markup already. `kind` becomes `class`, `_` becomes `-`."""
    written = "".join(
        f" {'class' if key == 'kind' else key.replace('_', '-')}="
        f'"{_escaped(value) if isinstance(value, str) else number(value)}"'
        for key, value in attributes.items()
    )
    inner = "".join(content)
    return f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>"


def words(x: float, y: float, text: str, kind: str = "", *, anchor: str = "start") -> str:
    """Return a line of text; its anchor is start, middle or end."""
    styled = {"kind": kind} if kind else {}
    return element("text", _escaped(clean(text)), x=x, y=y, text_anchor=anchor, **styled)


def tooltip(text: str) -> str:
    """Return the note that a browser shows when a pointer rests on an element."""
    return element("title", _escaped(clean(text)))


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    """Return a straight line."""
    return element("line", kind=kind, x1=x1, y1=y1, x2=x2, y2=y2)


def path(kind: str, *points: tuple[float, float], closed: bool = False, note: str = "") -> str:
    """Return a line through points, or the shape that they enclose."""
    steps = " ".join(f"{'L' if index else 'M'}{number(x)} {number(y)}" for index, (x, y) in enumerate(points))
    return element("path", note, kind=kind, d=f"{steps} Z" if closed else steps)


def dot(x: float, y: float, role: Role, *, size: float = 3.2, note: str = "") -> str:
    """Return the mark of a reading: a disc; flagged a diamond, on the worse side a cross; set aside a ring."""
    far = size * 1.5
    if role is Role.FLAG_WORSE:
        return path("ci-flag-worse", (x - size, y - size), (x + size, y + size), note=note) + path(
            "ci-flag-worse", (x - size, y + size), (x + size, y - size)
        )
    if role in {Role.FLAG, Role.FLAG_BETTER}:
        corners = ((x, y - far), (x + far, y), (x, y + far), (x - far, y))
        return path(f"ci-{role}", *corners, closed=True, note=note)
    return element("circle", note, kind=f"ci-{role}", cx=x, cy=y, r=size)


def text_width(text: str) -> float:
    """Return about how many pixels a text takes."""
    return cell_width(clean(text)) * CELL


def page(
    width: float, height: float, inner: tuple[float, float], name_and_words: tuple[str, str], body: list[str]
) -> str:
    """Return the whole SVG: its size in pixels, the space that it was laid out in, name and description, and pieces."""
    name, description = name_and_words
    return element(
        "svg",
        "\n",
        element("title", _escaped(clean(name))),
        "\n",
        element("desc", _escaped(clean(description))),
        "\n",
        element("style", _style()),
        "\n",
        "\n".join(body),
        "\n",
        xmlns="http://www.w3.org/2000/svg",
        kind="ci-chart",
        role="img",
        width=max(width, 1),
        height=max(height, 1),
        viewBox=f"0 0 {number(inner[0])} {number(inner[1])}",
    )
