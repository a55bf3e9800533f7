"""A frozen dataclass that is cheap to declare: what its methods do is the same for all of them, so they share them.

The standard decorator writes and compiles six functions for each class, in one to two milliseconds; a hundred classes
took a seventh of a start. Classes of which there are as many objects as readings stay with the standard one, whose
constructor is quicker to call.
"""

import dataclasses
from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn, Protocol, TypeVar

Kind = TypeVar("Kind", bound=type)
Instance = TypeVar("Instance", bound="DataclassInstance")

__all__ = ["dataclass", "with_values"]

if TYPE_CHECKING:
    from dataclasses import dataclass

    from _typeshed import DataclassInstance
else:

    def dataclass(*, frozen: bool, slots: bool = False, kw_only: bool = False) -> Callable[[Kind], Kind]:
        """Make a class a frozen dataclass; raises TypeError where it is not to be frozen.

        `slots` is for the type checker. Nothing can be put into a record anyway, and for real slots every class would
        be made twice, which takes as long as all the rest.
        """
        if not frozen:
            raise TypeError("a record is frozen")
        del slots
        return lambda kind: _shared(dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=kw_only)(kind))


class _Shape:
    """What the methods need to know about a class."""

    def __init__(self, kind: type) -> None:
        known = dataclasses.fields(kind)
        self.names = tuple(each.name for each in known)
        self.by_place = tuple(each.name for each in known if not each.kw_only)
        self.every = frozenset(self.names)
        self.defaults = {each.name: each.default for each in known if each.default is not dataclasses.MISSING}
        self.makers = {
            each.name: each.default_factory for each in known if each.default_factory is not dataclasses.MISSING
        }
        self.values: Callable[[object], Any] = attrgetter(*self.names) if known else lambda _record: ()
        self.goes_on = hasattr(kind, "__post_init__")


class _Record(Protocol):
    """What the shared methods need of an object."""

    __shape__: _Shape

    def __post_init__(self) -> None:
        """Check or complete the values, where a class has something to check."""


def _shared(kind: Kind) -> Kind:
    for name, member in {**_METHODS, "__shape__": _Shape(kind)}.items():
        setattr(kind, name, member)
    return kind


def _init(self: _Record, /, *placed: object, **given: object) -> None:
    shape = self.__shape__
    named = dict(zip(shape.by_place, placed, strict=False)) if placed else {}
    values = {**shape.defaults, **named, **given}
    if len(values) < len(shape.names):
        values = {**{name: make() for name, make in shape.makers.items() if name not in values}, **values}
    if values.keys() != shape.every or (placed and (len(placed) > len(named) or named.keys() & given.keys())):
        raise TypeError(_wrong(type(self).__qualname__, shape, placed, given))
    self.__dict__.update(values)
    if shape.goes_on:
        self.__post_init__()


def _wrong(name: str, shape: _Shape, placed: tuple[object, ...], given: dict[str, object]) -> str:
    named = shape.by_place[: len(placed)]
    missing = sorted(shape.every - shape.defaults.keys() - shape.makers.keys() - given.keys() - set(named))
    parts = (
        ("unknown", sorted(given.keys() - shape.every)),
        ("missing", missing),
        ("given twice", sorted(given.keys() & set(named))),
        ("too many by place", [str(len(placed))] if len(placed) > len(shape.by_place) else []),
    )
    return f"{name}: " + "; ".join(f"{words}: {', '.join(names)}" for words, names in parts if names)


def _equal(self: _Record, other: object) -> object:
    if other is self:
        return True
    if other.__class__ is not self.__class__:
        return NotImplemented
    return self.__shape__.values(self) == self.__shape__.values(other)


def _hash(self: _Record) -> int:
    return hash(self.__shape__.values(self))


def _repr(self: _Record) -> str:
    values = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__shape__.names)
    return f"{type(self).__qualname__}({values})"


def _fixed(_self: object, name: str, *_value: object) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"{name} cannot be changed: make another one with dataclasses.replace")


_METHODS = {
    "__init__": _init,
    "__eq__": _equal,
    "__hash__": _hash,
    "__repr__": _repr,
    "__setattr__": _fixed,
    "__delattr__": _fixed,
}
"""What every record does."""


def with_values(record: Instance, values: Mapping[str, object]) -> Instance:
    """Return a copy of a dataclass with other values under names that are known at run time alone.

    Raises TypeError for a name that is none of its fields. Where the names are known, dataclasses.replace lets the type
    checker see the values as well.
    """
    return dataclasses.replace(record, **values)
