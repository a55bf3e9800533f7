"""Text that people typed, made ready for a report: its lines, one line of it, and JSON."""

import json

from cimodel_tui.escaping import UNSAFE, escaped


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of a text that are not empty, each of them escaped."""
    return tuple(escaped(line.strip().replace("\t", " ")) for line in text.splitlines() if line.strip())


def one_line(text: str) -> str:
    """Return a text on one line: line breaks and tabs become blanks, the rest is escaped."""
    return " ".join(lines_of(text))


def json_text(value: object) -> str:
    """Return a value as JSON of many lines; what a terminal would obey is written as an escape of JSON."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return UNSAFE.sub(lambda found: found[0] if found[0] == "\n" else f"\\u{ord(found[0]):04x}", text) + "\n"
