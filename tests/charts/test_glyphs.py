"""How wide text is in a terminal, and what of it may reach one."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from cimodel_tui.charts.glyphs import cell_width, clean, fit, graphemes, pad, wrap
from cimodel_tui.escaping import escaped

QUIET = settings(deadline=None, database=None)


@pytest.mark.parametrize(
    ("text", "cells"),
    [("abc", 3), ("日本", 4), ("🙂", 2), ("e\u0301x", 2), ("ｱ", 1), ("", 0), ("\u1112\u1161\u11ab", 2)],
)
def test_width_counts_cells_not_characters(text: str, cells: int) -> None:
    assert cell_width(clean(text)) == cells


@pytest.mark.parametrize("char", ["\x1b", "\x00", "\x01", "\x7f", "\x9b", "\u202e"])
def test_what_a_terminal_would_obey_is_drawn_as_everywhere_else(char: str) -> None:
    assert clean(f"a{char}b") == escaped(f"a{char}b")


@pytest.mark.parametrize("char", ["\x9b", "\u202e", "\u2066", "\u200f", "\ud800", "\ufffe", "\u061c"])
def test_what_breaks_a_line_is_replaced(char: str) -> None:
    assert clean(f"a{char}b") == "a\ufffdb"


def test_line_breaks_become_blanks() -> None:
    assert clean("a\r\nb\tc\u2028d") == "a  b c d"


def test_joiners_skin_tones_and_selectors_are_left_out() -> None:
    assert clean("👩\u200d👧 👍\U0001f3fd ❤\ufe0f") == "👩👧 👍 ❤"


def test_a_mark_without_a_letter_before_it_is_left_out() -> None:
    assert clean("\u0301a") == "a"


def test_marks_do_not_pile_up() -> None:
    assert clean("x" + "\u0337" * 50) == "x" + "\u0337" * 3


@QUIET
@given(st.text(st.characters(codec=None)))
def test_cleaned_text_is_as_wide_as_the_terminal_library_paints_it(text: str) -> None:
    drawn = clean(text)
    newer = any(unicodedata.category(char) in {"Mc", "Lo"} or "\U0001f1e6" <= char <= "\U0001f1ff" for char in drawn)
    if not newer:
        assert cell_width(drawn) == cell_len(drawn)


@QUIET
@given(st.text(), st.integers(0, 12))
def test_fitted_text_is_never_wider_than_its_room(text: str, room: int) -> None:
    assert cell_width(fit(text, room)) <= room
    assert cell_width(pad(text, room)) == room
    assert clean(fit(text, room)) == fit(text, room)


@QUIET
@given(st.text(), st.integers(0, 12), st.integers(0, 5))
def test_wrapped_text_stays_in_its_box(text: str, room: int, lines: int) -> None:
    found = wrap(text, room, lines)
    assert len(found) <= lines
    assert all(cell_width(line) <= room for line in found)


def test_a_wide_character_is_not_cut_in_half() -> None:
    assert fit("日本語", 4) == "日…"


def test_what_was_cut_shows_as_an_ellipsis() -> None:
    assert fit("baseline", 5) == "base…"


@QUIET
@given(st.text())
def test_glyphs_put_together_are_the_text(text: str) -> None:
    assert "".join(glyph for glyph, _ in graphemes(text)) == text


def test_words_that_fit_share_a_line() -> None:
    assert wrap("paste a column of dates", 10, 3) == ["paste a", "column of", "dates"]
