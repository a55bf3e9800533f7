"""The seven steps in their order and wording."""

import pytest

from cimodel_tui.model.step import STEP_KEYS, STEPS, neighbour, step_of


def test_steps_stand_in_this_order_and_wording() -> None:
    assert [step.heading for step in STEPS] == [
        "1 What is the vision?",
        "2 Where are we now?",
        "3 Where do we want to be?",
        "4 How do we get there?",
        "5 Take action",
        "6 Did we get there?",
        "7 How do we keep the momentum going?",
    ]


def test_steps_2_and_6_are_the_anchors() -> None:
    assert [step.number for step in STEPS if step.anchor] == [2, 6]


@pytest.mark.parametrize(
    ("key", "distance", "found"),
    [("vision", -1, "vision"), ("vision", 1, "baseline"), ("momentum", 1, "momentum"), ("plan", -2, "baseline")],
)
def test_the_model_has_a_first_and_a_last_step(key: str, distance: int, found: str) -> None:
    assert neighbour(key, distance).key == found


def test_every_step_is_found_by_its_key() -> None:
    assert [step_of(key).key for key in STEP_KEYS] == list(STEP_KEYS)
    with pytest.raises(KeyError):
        step_of("register")
