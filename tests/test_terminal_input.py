"""Bytes of a terminal become keys: none is lost to the one before, and nothing a terminal reports ends the app."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser

from cimodel_tui.textual_compat.terminal import ESCAPE_KEY, TerminalInput

UP, ALT_UP, PASTE, END_OF_PASTE = "\x1b[A", "\x1b[1;3A", "\x1b[200~", "\x1b[201~"


def read(*parts: bytes | float, escape_ms: float = 25) -> str:
    """Feed bytes, with pauses in milliseconds between them, until nothing is waited for."""
    terminal, now, found = TerminalInput(escape_ms), 0.0, ""
    for part in (*parts, 1000.0):
        if isinstance(part, bytes):
            found += terminal.feed(part, now)
            continue
        end = now + part / 1000
        while (wait := terminal.patience(now)) is not None and now + wait <= end:
            now += wait
            found += terminal.tick(now)
        now = end
    return found


@pytest.mark.parametrize("gap", [0, 10, 24, 26, 60, 80, 110, 250])
@pytest.mark.parametrize("key", ["r", "\t", "\r", "1", "\x11", "é"])
def test_key_after_escape_is_that_key_however_soon_it_comes(gap: float, key: str) -> None:
    assert read(b"\x1b", float(gap), key.encode()) == ESCAPE_KEY + key
    assert read(b"\x1b" + key.encode()) == ESCAPE_KEY + key


@pytest.mark.parametrize("sequence", [UP, ALT_UP, "\x1bOP", "\x1b[15~", "\x1b[<0;10;20M", "\x1b[97;5u", "\x1b[[A"])
@pytest.mark.parametrize("at", [1, 2])
@pytest.mark.parametrize("gap", [0, 10, 20])
def test_sequence_that_comes_in_two_parts_stays_one(sequence: str, at: int, gap: float) -> None:
    data = sequence.encode()
    understood = "" if sequence == "\x1b[[A" else sequence
    assert read(data[:at], float(gap), data[at:], b"x") in (sequence + "x", understood + "x")


def test_slow_line_is_given_more_time() -> None:
    assert read(b"\x1b", 150.0, b"[A", escape_ms=200) == UP
    assert read(b"\x1b", 150.0, b"[A") == ESCAPE_KEY + "[A"


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("\x1b\x1b", ESCAPE_KEY * 2),
        ("\x1b\x1b[A", ESCAPE_KEY + UP),
        ("\x1bPart of the form", ESCAPE_KEY + "Part of the form"),
        ("\x1b]0;x", ESCAPE_KEY + "]0;x"),
        ("\x1b", ESCAPE_KEY),
        ("\x1b[", ESCAPE_KEY + "["),
        ("\x1bO", ESCAPE_KEY + "O"),
        ("\x1bb", "\x1bb"),
        ("x\x1bb", "x" + ESCAPE_KEY + "b"),
        ("früh", "früh"),
    ],
)
def test_escape_byte_begins_only_what_is_known(sent: str, meant: str) -> None:
    assert read(sent.encode()) == meant


@pytest.mark.parametrize(
    ("report", "taken"),
    [
        ("\x1b[48;99999;99999;0;0t", "\x1b[48;500;1000;500;1000t"),
        ("\x1b[48;0;0;0;0t", "\x1b[48;1;1;1;1t"),
        ("\x1b[48;24;80;480;800t", "\x1b[48;24;80;480;800t"),
        ("\x1b[99999999999999u", ""),
        ("\x1b[55296u", ""),
        ("\x1b[97;1;99999999u", ""),
        ("\x1b[" + "9" * 60 + "u", ""),
        ("\x1b[<0;99999999999;1M", ""),
        ("\x1b[?1;2c", ""),
        ("\x1b[1;2;3;4;5A", ""),
        ("\x1b[:u", "\x1b[u"),
        ("\x1b[97:65;2:1u", "\x1b[97;2u"),
        ("\x1b[97:65;2;65:66u", "\x1b[97;2;65:66u"),
        ("\x1b[1;2:1A", "\x1b[1;2A"),
        ("\x1b[97;1:3u", ""),
        ("\x1b[4836409C", ""),
        ("\x1b[55296;1~", ""),
    ],
)
def test_report_that_no_terminal_sends_is_limited_or_dropped(report: str, taken: str) -> None:
    assert read(report.encode() + b"x") == taken + "x"


def test_text_that_is_pasted_is_taken_as_text_wherever_it_is_cut() -> None:
    data = f"{PASTE}a\x1b[201b\x1bOP\r{END_OF_PASTE}x".encode()
    wanted = f"{PASTE}a␛[201b␛OP\r{END_OF_PASTE}x"
    for at in (0, *range(len(PASTE), len(data))):
        assert read(data[:at], 300.0, data[at:]) == wanted


def test_byte_that_is_no_text_becomes_a_mark_and_a_letter_in_two_parts_stays_one() -> None:
    assert read(b"a\xffb") == "a\ufffdb"
    assert read("é".encode()[:1], 50.0, "é".encode()[1:]) == "é"


@given(st.lists(st.one_of(st.binary(max_size=12), st.sampled_from([0.0, 30.0, 300.0])), max_size=8))
@example([b"\x1b[M\n\n\n"])
@example([b"\x1b[1114112u"])
@example([b"\x1b[0;0;0u"])
def test_whatever_a_terminal_sends_the_parser_takes_it(parts: list[bytes | float]) -> None:
    messages = list(XTermParser().feed(read(b"\x1b[48;0;0;0;0t", *parts, b"\x1b[<0;1;1M") or " "))
    for each in messages:
        if isinstance(each, events.Key) and each.character:
            each.character.encode()


@given(st.text(max_size=12) | st.text("0123456789:;<?", max_size=12), st.sampled_from("u~ABCDEFHPQRSMmtIOyc"))
@example(":", "u")
@example("4836409", "C")
def test_whatever_follows_a_control_sequence_introducer_the_parser_takes_it(text: str, end: str) -> None:
    list(XTermParser().feed(read(f"\x1b[{text}{end}".encode(errors="replace")) or " "))
