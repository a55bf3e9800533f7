"""The word lists of the coach: lower case, sorted, without doubles, and apart where they must be."""

from pathlib import Path

import pytest

from cimodel_tui import coach
from cimodel_tui.content import root, words

NAMES = sorted(path.stem for path in (root() / "words").iterdir())

SOURCES = "".join(path.read_text(encoding="utf-8") for path in Path(coach.__path__[0]).glob("*.py"))


@pytest.mark.parametrize("name", NAMES)
def test_coach_reads_every_list_by_its_name(name: str) -> None:
    assert f'"{name}"' in SOURCES or f"'{name}'" in SOURCES


@pytest.mark.parametrize("name", NAMES)
def test_list_is_lower_case_sorted_and_without_doubles(name: str) -> None:
    found = words(name)
    assert len(found) >= 10
    assert list(found) == sorted(set(found))
    assert all(word == " ".join(word.lower().split()) for word in found)


@pytest.mark.parametrize("name", NAMES)
def test_list_says_what_it_is_for(name: str) -> None:
    first = (root() / "words" / f"{name}.txt").read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# ")
    assert not any(word.startswith("#") for word in words(name))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("action_verbs", "action_verbs_or_nouns"),
        ("action_verbs", "outcome_verbs"),
        ("action_verbs", "direction_words"),
        ("team_words", "role_words"),
        ("unit_words", "time_words"),
        ("vague_words", "vague_after_is"),
        ("solution_words", "action_nouns"),
        ("insider_words", "outsider_words"),
        ("harmless_phrases", "absolute_words"),
    ],
)
def test_lists_that_must_not_overlap_do_not(one: str, other: str) -> None:
    assert not set(words(one)) & set(words(other))


@pytest.mark.parametrize("verb", ["implement", "roll out", "upgrade", "publish", "train", "hire", "write", "automate"])
def test_verb_of_the_specification_opens_an_action(verb: str) -> None:
    assert verb in {*words("action_verbs"), *words("action_verbs_or_nouns")}
