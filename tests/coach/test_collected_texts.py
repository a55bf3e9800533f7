"""Precision and recall of the coach on collected texts, by rule and by kind of text, as they are today.

What each round gave when the rules met it for the first time stands in the README.

The tables: `pytest tests/coach/test_collected_texts.py -n 0 -s -k table`.
"""

from collections import Counter

import pytest

from tests.coach.collected import FILES, PLACES, Judged, Text, judge, tallies, texts

TEXTS = tuple(texts())
PARTS = tuple(part for parts in FILES.values() for part in parts)


@pytest.fixture(name="judged", scope="module")
def _judged() -> dict[str, list[Judged]]:
    return {part: [judge(text) for text in TEXTS if text.part == part] for part in PARTS}


@pytest.mark.parametrize("by", ["rule", "kind", "all"])
def test_table_of_collected_texts(judged: dict[str, list[Judged]], by: str) -> None:
    counted = {part: tallies(judged[part], by) for part in PARTS}
    lines = ["", f"{by:<10}" + "".join(f"{part:>12}: n  precision  recall" for part in PARTS)]
    for key in sorted({key for found in counted.values() for key in found}):
        row = f"{key:<10}"
        for part in PARTS:
            tally = counted[part].get(key)
            row += f"{tally.due:>15}{tally.precision:>11.2f}{tally.recall:>8.2f}" if tally else " " * 34
        lines.append(row)
    print(*lines, sep="\n")  # noqa: T201 - the table that is asked for
    assert len(lines) > 2


@pytest.mark.parametrize(
    ("part", "precision", "recall"),
    [
        ("shared", 0.98, 0.98),
        ("own", 0.98, 0.98),
        ("later", 0.98, 0.98),
        ("kept back", 0.95, 0.9),
        ("last", 0.98, 0.98),
        ("round a", 0.98, 0.98),
        ("round b", 0.98, 0.98),
        ("round c", 0.98, 0.98),
        ("round d", 0.98, 0.98),
        ("round e", 0.98, 0.98),
        ("round f", 0.98, 0.98),
        ("round g", 0.98, 0.98),
    ],
)
def test_coach_is_right_on_collected_texts(
    judged: dict[str, list[Judged]], part: str, precision: float, recall: float
) -> None:
    tally = tallies(judged[part], "all")["all"]
    assert tally.precision >= precision
    assert tally.recall >= recall


@pytest.mark.parametrize("by", ["rule", "kind"])
def test_no_rule_and_no_kind_of_text_falls_behind(judged: dict[str, list[Judged]], by: str) -> None:
    every = tallies([each for part in PARTS for each in judged[part]], by)
    behind = {key: tally for key, tally in every.items() if tally.due and min(tally.precision, tally.recall) < 0.95}
    assert not behind


def test_foreign_texts_draw_nothing(judged: dict[str, list[Judged]]) -> None:
    foreign = [each for part in PARTS for each in judged[part] if "foreign" in each.text.kinds]
    assert len(foreign) >= 100
    assert not [each.text.text for each in foreign if each.wrong]


def test_own_texts_are_300_and_a_third_is_kept_back() -> None:
    own = [text for text in TEXTS if text.part in FILES["own"]]
    assert len(own) >= 300
    assert 0.3 <= sum(text.part == "kept back" for text in own) / len(own) <= 0.36


def test_every_kind_of_text_is_among_them() -> None:
    tags = Counter(tag for text in TEXTS if text.part != "shared" for tag in text.tags)
    assert min(tags[tag] for tag in ("short", "typo", "nonnative", "de", "fr", "es", "nl")) >= 5
    assert {text.field for text in TEXTS} == set(PLACES)


def test_no_collected_text_stands_twice() -> None:
    assert len({(text.field, text.text) for text in TEXTS}) == len(TEXTS)


@pytest.mark.parametrize(
    ("expect", "fires", "right", "wrong", "missing"),
    [
        (("V4|V2",), ["V2"], ("V4",), (), ()),
        (("V4|V2",), ["V2", "V4"], ("V4",), ("V4",), ()),
        (("T1",), ["T3"], (), ("T3",), ("T1",)),
        ((), ["T1"], (), ("T1",), ()),
    ],
)
def test_what_fires_is_compared_with_what_should(
    monkeypatch: pytest.MonkeyPatch,
    expect: tuple[str, ...],
    fires: list[str],
    right: tuple[str, ...],
    wrong: tuple[str, ...],
    missing: tuple[str, ...],
) -> None:
    monkeypatch.setattr("tests.coach.collected.fired", lambda _text: fires)
    judged = judge(Text("title", "A title", expect))
    assert (judged.right, judged.wrong, judged.missing) == (right, wrong, missing)
