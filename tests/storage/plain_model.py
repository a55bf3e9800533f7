"""The plain model of a workbook that a real one is compared with: answers and readings in dictionaries."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from cimodel_tui.model.improvement import Improvement, Reading

FIELDS = ("owner", "sponsor")
DAYS = ("2026-01-05", "2026-01-12", "2026-01-19")
WHOLE = "the whole document"


@dataclass(frozen=True)
class Parted:
    """What was changed on both sides."""

    where: str
    base: str | None = None
    ours: str | None = None
    theirs: str | None = None
    stays: tuple[bool, bool] = (True, True)
    """For a whole document: whether it is there with ours and with theirs."""


@dataclass(frozen=True)
class Doc:
    """An improvement as the model knows it: answers and readings by their names."""

    values: Mapping[str, str] = field(default_factory=dict)
    parted: tuple[Parted, ...] = ()

    def with_value(self, name: str, value: str | None) -> Doc:
        values = {key: each for key, each in {**self.values, name: value}.items() if each is not None}
        return replace(self, values=values)


Docs = dict[str, Doc]


def merged(base: Docs, ours: Docs, theirs: Docs) -> Docs:
    """Merge the plain way: value by value."""
    found = {key: merged_doc(base.get(key), ours.get(key), theirs.get(key)) for key in {**ours, **theirs}}
    return {key: each for key, each in found.items() if each is not None}


def merged_doc(base: Doc | None, ours: Doc | None, theirs: Doc | None) -> Doc | None:
    if theirs in (ours, base):
        return ours
    if ours == base:
        return theirs
    there = ours or theirs
    assert there is not None
    if ours is None or theirs is None:
        return replace(there, parted=(*there.parted, Parted(WHOLE, stays=(ours is not None, theirs is not None))))
    before, doc = base or Doc(), ours
    for name in {**ours.values, **theirs.values}:
        was, mine, others = (each.values.get(name) for each in (before, ours, theirs))
        if was == mine:
            doc = doc.with_value(name, others)
        elif others not in (mine, was):
            parted = Parted(name, was, mine, others)
            doc = replace(doc, parted=(*doc.parted, *([] if parted in doc.parted else [parted])))
    return doc


def doc_of(plain: Mapping[str, Any]) -> Doc:
    """Read a document of the file."""
    readings = {day: each["value"] for day, each in plain["readings"]["m"].items()}
    parted = (parted_of(each) for each in plain.get("conflicts", ()))
    return Doc({**{name: plain[name] for name in FIELDS}, **readings}, tuple(parted))


def parted_of(plain: Mapping[str, Any]) -> Parted:
    if not plain["place"]:
        return Parted(WHOLE, stays=("ours" in plain, "theirs" in plain))
    base, ours, theirs = (plain.get(side) for side in ("base", "ours", "theirs"))
    return Parted(plain["place"][-1], text_of(base), text_of(ours), text_of(theirs))


def text_of(side: Any) -> str | None:  # noqa: ANN401 - an answer, or a reading as JSON
    value = side["value"] if isinstance(side, dict) else side
    return None if value is None else str(value)


def docs_of(data: bytes) -> Docs:
    return {key: doc_of(each) for key, each in json.loads(data)["improvements"].items()}


def changed(one: Improvement, name: str, value: str | None) -> Improvement:
    if name in FIELDS:
        return replace(one, **{name: value or ""})  # type: ignore[arg-type]  # both are texts
    readings = {day: each for day, each in one.readings["m"].items() if day != name}
    return replace(one, readings={"m": readings | ({name: Reading(value)} if value else {})})


def values_of(one: Improvement) -> dict[str, str]:
    readings = {day: each.value for day, each in one.readings["m"].items()}
    return {"owner": one.owner, "sponsor": one.sponsor, **readings}
