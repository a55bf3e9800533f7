"""Every field of the register entry, of the seven steps and of their tables says what it is for, and no other does."""

from collections.abc import Iterator
from dataclasses import fields
from typing import get_args, get_type_hints

import pytest

from cimodel_tui.content import _toml, field_help
from cimodel_tui.model.answer import Part, Row
from cimodel_tui.model.improvement import Improvement, Reading
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.step import STEP_KEYS

MACHINE_MADE = {
    "id", "ref", "was", "archived_on", "seal", "amendments", "measured", "verdict", "counts_to", "taken_over_by",
    "recipe", "imported_status",
}  # fmt: skip

EVERY = {each.name for each in fields(Part)}

_PARTS = get_type_hints(Iteration)
KINDS: dict[str, type] = {"register": Improvement, **{step: _PARTS[step] for step in STEP_KEYS}}


def _rows(hint: object) -> type | None:
    kinds = [kind for kind in get_args(hint) if isinstance(kind, type) and issubclass(kind, Row)]
    return kinds[0] if kinds else None


def _asked(kind: type) -> Iterator[str]:
    hints = get_type_hints(kind)
    for name in (each.name for each in fields(kind) if each.name not in MACHINE_MADE | EVERY):
        yield name
        rows = Reading if name == "readings" else _rows(hints[name])
        columns = (each.name for each in fields(rows)) if rows else ()
        yield from (f"{name}.{column}" for column in columns if column not in MACHINE_MADE)


@pytest.mark.parametrize("step", KINDS)
def test_sentences_and_attributes_match_one_to_one(step: str) -> None:
    assert set(_toml("fields")[step]) == set(_asked(KINDS[step]))


def test_what_all_steps_share_is_said_once() -> None:
    assert set(_toml("fields")["every"]) == EVERY
    assert set(_toml("fields")) == {"every", *KINDS}


@pytest.mark.parametrize(("step", "name"), [(step, name) for step, kind in KINDS.items() for name in _asked(kind)])
def test_sentence_is_short_and_whole(step: str, name: str) -> None:
    sentence = field_help(step, name)
    assert sentence == sentence.strip()
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert 1 <= len(sentence.split()) <= 20


def test_column_is_asked_for_by_table_and_name() -> None:
    assert field_help("plan", "actions", "due") == field_help("plan", "actions.due") != ""


def test_field_that_every_step_has_is_known_in_each() -> None:
    assert len({field_help(step, "still_true") for step in STEP_KEYS}) == 1
    assert field_help("vision", "still_true")


def test_unknown_field_says_nothing() -> None:
    assert field_help("vision", "no_such_field") == ""
    assert field_help("no such step", "vision") == ""
