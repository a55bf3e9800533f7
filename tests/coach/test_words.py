"""Reading words: sentences of long and odd texts, and how they open."""

import pytest

from cimodel_tui.coach.words import sentences, shorten


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two.", ("One.", "Two.")),
        ("- one\n- two", ("one", "two")),
        ("one  \r\n\r\n  two", ("one", "two")),
        ("e.g. this and that", ("e.g. this and that",)),
        ("... !", ()),
        ("", ()),
    ],
)
def test_sentences_end_at_their_stop_or_line(text: str, parts: tuple[str, ...]) -> None:
    assert sentences(text) == parts


def test_long_text_is_cut_at_a_word_and_stays_on_one_line() -> None:
    assert shorten("one two\nthree, four five", 16) == "one two three ..."
