"""A record behaves as a frozen dataclass of the standard library does."""

# ruff: noqa: ANN401 - a class that is made by either decorator is known to no type checker

import copy
import dataclasses
import pickle
from typing import Any

import pytest

from cimodel_tui.model.answer import Row
from cimodel_tui.model.plan import Action
from cimodel_tui.record import dataclass as record


def declared(decorator: Any) -> Any:
    """Declare the same class with either decorator."""

    @decorator(frozen=True, slots=True)
    class Thing:
        name: str
        count: int = 1
        parts: tuple[str, ...] = dataclasses.field(default_factory=tuple)

        def __post_init__(self) -> None:
            if self.count < 0:
                raise ValueError(self.name)

    return Thing


BOTH = pytest.mark.parametrize("thing", [declared(dataclasses.dataclass), declared(record)], ids=["standard", "record"])


@BOTH
def test_values_are_given_by_name_or_place_and_the_rest_by_default(thing: Any) -> None:
    assert dataclasses.astuple(thing("a", parts=("x",))) == ("a", 1, ("x",))
    assert dataclasses.astuple(thing(name="a", count=2)) == ("a", 2, ())


@BOTH
@pytest.mark.parametrize(
    ("placed", "given"),
    [((), {}), (("a", 1, (), 4), {}), (("a",), {"name": "b"}), (("a",), {"other": 1})],
    ids=["missing", "too many", "twice", "unknown"],
)
def test_wrong_values_are_refused(thing: Any, placed: tuple[object, ...], given: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        thing(*placed, **given)


def test_what_is_wrong_is_named() -> None:
    with pytest.raises(TypeError, match="unknown: colour; missing: id"):
        Action(what="x", colour="red")  # type: ignore[call-arg]  # that is what is tried


@BOTH
def test_what_is_equal_has_the_same_hash_and_what_is_of_another_kind_is_never_equal(thing: Any) -> None:
    assert thing("a") == thing("a", 1)
    assert hash(thing("a")) == hash(thing("a", 1))
    assert thing("a") != thing("b")
    assert thing("a") != ("a", 1, ())
    assert Row(id="x") != Action(id="x")


@BOTH
def test_nothing_is_changed_or_taken_away(thing: Any) -> None:
    one = thing("a")
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.name = "b"
    with pytest.raises(dataclasses.FrozenInstanceError):
        del one.name


def test_nothing_is_put_into_it_that_was_not_declared() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        declared(record)("a").other = 1


@BOTH
def test_another_one_is_made_from_it(thing: Any) -> None:
    assert dataclasses.replace(thing("a"), count=3) == thing("a", 3)
    assert copy.deepcopy(thing("a", parts=("x",))) == thing("a", parts=("x",))
    with pytest.raises(ValueError, match="a"):
        dataclasses.replace(thing("a"), count=-1)


def test_it_is_pickled() -> None:
    action = Action(id="one", what="pair up")
    assert pickle.loads(pickle.dumps(action)) == action  # noqa: S301 - pickled the line before


@BOTH
def test_it_shows_its_values(thing: Any) -> None:
    assert repr(thing("a")).endswith("Thing(name='a', count=1, parts=())")


def test_what_can_be_changed_is_no_record() -> None:
    with pytest.raises(TypeError):
        record(frozen=False)
