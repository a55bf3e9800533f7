import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cimodel_tui.storage.codec import Encoder, encode
from cimodel_tui.storage.file import parse_file

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
TREES = st.dictionaries(st.text(), st.dictionaries(st.text(), st.dictionaries(st.text(), JSON, max_size=3), max_size=3))
ANY_TEXT = st.text(st.characters(exclude_categories=()))


def whole(tree: dict[str, dict[str, dict[str, object]]]) -> bytes:
    return b"".join(Encoder().pieces(tree))  # type: ignore[arg-type]  # drawn JSON


@given(TREES)
def test_pieces_are_what_the_whole_tree_encodes_to(tree: dict[str, dict[str, dict[str, object]]]) -> None:
    text = json.dumps(tree, ensure_ascii=False, indent=2, sort_keys=True)
    assert json.loads(whole(tree)) == json.loads(text)
    assert whole(tree).count(b"\n") == text.count("\n") + 1
    assert whole(tree).endswith(b"}\n")


@given(TREES)
def test_same_content_in_another_order_gives_the_same_bytes(tree: dict[str, dict[str, dict[str, object]]]) -> None:
    turned = {name: dict(reversed(table.items())) for name, table in reversed(tree.items())}
    assert whole(tree) == whole(turned)


@given(ANY_TEXT)
def test_every_text_survives_lone_surrogates_included(text: str) -> None:
    tree = {"workbook": {"w": {"format": 1, "title": text, "x": {text: [text]}}}}
    back = parse_file(whole(tree)).tree
    joined = json.loads(json.dumps(text))  # two halves that stand side by side are one character in JSON
    assert back["workbook"]["w"]["title"] == joined
    assert back["workbook"]["w"]["x"] == {joined: [joined]}


def test_one_changed_field_is_one_changed_line() -> None:
    tree = {"workbook": {"w": {"format": 1, "title": "a", "tags": ["x", "y"]}}}
    before = whole(tree).splitlines()
    tree["workbook"]["w"]["title"] = "b"
    assert sum(a != b for a, b in zip(before, whole(tree).splitlines(), strict=True)) == 1


def test_encoder_writes_a_forgotten_document_anew_and_no_other() -> None:
    encoder, tree = Encoder(), {"t": {"a": {"v": 1}, "b": {"v": 1}}}
    encoder.pieces(tree)  # type: ignore[arg-type]  # JSON
    tree["t"]["a"]["v"] = tree["t"]["b"]["v"] = 2
    encoder.forget(("t", "a"))
    written = json.loads(b"".join(encoder.pieces(tree)))  # type: ignore[arg-type]  # JSON
    assert written == {"t": {"a": {"v": 2}, "b": {"v": 1}}}


def test_no_number_at_all_is_refused_by_the_slow_way_too() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        encode({"a": "\ud800", "b": float("nan")})


def test_what_is_nested_too_deep_is_refused() -> None:
    value: object = "deep"
    for _ in range(300):
        value = {"": value}
    with pytest.raises(ValueError, match="250 levels"):
        encode(value)  # type: ignore[arg-type]  # JSON
