"""Text that people typed, made harmless: what a terminal, a page or a reader's eye would obey is drawn instead."""

import json
import re

_OBEYED = "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]"


def harmless(text: str) -> str:
    """Return a text on one line, with every control and bidirectional character and every bare surrogate drawn."""
    return re.sub(_OBEYED, _drawn, text)


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of a text that are not empty, each of them harmless."""
    return tuple(harmless(line.strip().replace("\t", " ")) for line in text.splitlines() if line.strip())


def one_line(text: str) -> str:
    """Return a text on one line: line breaks and tabs become blanks, the rest is made harmless."""
    return " ".join(lines_of(text))


def _drawn(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else "\ufffd"  # noqa: PLR2004 - the pictures of control codes


def json_text(value: object) -> str:
    """Return a value as JSON of many lines; what a terminal would obey is written as an escape of JSON."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return re.sub(_OBEYED, lambda found: found[0] if found[0] == "\n" else f"\\u{ord(found[0]):04x}", text) + "\n"
