"""A seal keeps a copy and its fingerprint; copy and amendments together give what stands now."""

import hashlib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cimodel_tui.model.answer import Json
from cimodel_tui.model.seal import Amendment, apply_amendments, broken_links, differences, digest, fingerprint

KEYS = st.sampled_from("abc")
LEAVES = st.one_of(st.text(max_size=3), st.integers(), st.booleans())
TREES: st.SearchStrategy[Any] = st.dictionaries(
    KEYS, st.recursive(LEAVES, lambda below: st.dictionaries(KEYS, below, max_size=3), max_leaves=8), max_size=3
)


def amendments(before: dict[str, Json], after: dict[str, Json]) -> list[Amendment]:
    return [
        Amendment(id="a", at="", on="", by="", path=path, before=old, after=new, why="so")
        for path, old, new in differences(before, after)
    ]


@given(TREES, TREES, TREES)
def test_copy_and_amendments_give_what_stands(
    first: dict[str, Json], second: dict[str, Json], third: dict[str, Json]
) -> None:
    rows = [*amendments(first, second)]
    rows += amendments(apply_amendments(first, rows), third)
    assert not list(differences(apply_amendments(first, rows), third))
    assert list(broken_links(first, rows)) == []


@given(TREES)
def test_amending_never_touches_the_copy(tree: dict[str, Json]) -> None:
    before = fingerprint(tree)
    apply_amendments(tree, amendments(tree, {"a": {"b": "new"}}))
    assert fingerprint(tree) == before


@given(TREES, TREES)
def test_fingerprints_differ_where_anything_does(one: dict[str, Json], other: dict[str, Json]) -> None:
    assert (fingerprint(one) == fingerprint(other)) == (repr_of(one) == repr_of(other))


def repr_of(tree: Json) -> str:
    if isinstance(tree, dict):
        return "{" + ",".join(f"{key!r}:{repr_of(tree[key])}" for key in sorted(tree)) + "}"
    return repr(tree)


def test_lone_surrogates_are_fingerprinted_too() -> None:
    assert fingerprint({"a": "\ud800"}) != fingerprint({"a": "\ud801"})


@given(st.binary(max_size=300))
def test_digest_is_the_sha_256(data: bytes) -> None:
    assert digest(data) == hashlib.sha256(data).hexdigest()
