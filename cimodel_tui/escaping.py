"""The one filter for text that people typed: what a terminal, a page or a reader's eye would obey is drawn instead.

Control characters become their pictures (U+2400 and following), bidirectional marks, line and paragraph separators and
lone surrogates become U+FFFD. So a title that holds an escape sequence shows it, and never sends it.
"""

import json
import re

UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]"
)
"""Every character that is drawn and not sent."""

REPLACED = "\ufffd"
"""Stands for a character that has no picture."""

_PICTURES, _BLANK, _DELETE = 0x2400, 0x20, 0x7F


def escaped(text: str) -> str:
    """Return a text on one line, with every unsafe character drawn."""
    return UNSAFE.sub(lambda found: picture(found[0]), text)


def picture(char: str) -> str:
    """Return the picture of a control character, REPLACED for any other."""
    code = ord(char)
    return chr(_PICTURES + code) if code < _BLANK else "␡" if code == _DELETE else REPLACED


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
