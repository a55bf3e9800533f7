"""A command line of plain words means the same whether the parser reads it or nothing has to."""

from types import SimpleNamespace

import pytest

from cimodel_tui.cli.arguments import parser_of
from cimodel_tui.cli.commands import COMMANDS, Command
from cimodel_tui.cli.parser import Parsed, parse

PLAIN = tuple(each for each in COMMANDS if all(name.isalpha() or name.startswith("-") for name, _ in each.arguments))
"""The commands whose words are all needed and free."""


def words_for(command: Command) -> list[str]:
    return [f"some {name}" for name, _ in command.arguments if not name.startswith("-")]


@pytest.mark.parametrize("command", PLAIN, ids=lambda command: command.name)
def test_plain_words_are_given_to_a_command_as_the_parser_gives_them(command: Command) -> None:
    words = words_for(command)
    parsed = parse([command.name, *words])
    assert isinstance(parsed, Parsed)
    assert parsed.command is command
    assert vars(parsed.values) == vars(parser_of(command).parse_intermixed_args(words, SimpleNamespace()))


@pytest.mark.parametrize("word", ["desk.json", "./list", "odd name.json"])
def test_word_that_is_no_command_is_a_file_to_open(word: str) -> None:
    parsed = parse([word])
    assert isinstance(parsed, Parsed)
    assert (parsed.command.name, parsed.values.file, parsed.values.new) == ("open", word, False)


def test_option_after_the_words_is_read_by_the_parser() -> None:
    parsed = parse(["desk.json", "--new"])
    assert isinstance(parsed, Parsed)
    assert (parsed.values.file, parsed.values.new) == ("desk.json", True)


@pytest.mark.parametrize("words", [[], ["one", "two"], ["one", ""]], ids=["too few", "too many", "an empty one"])
def test_wrong_number_of_words_is_one_line(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert parse(["backups", *words]) == 2
    assert capsys.readouterr().err.count("\n") == 1
