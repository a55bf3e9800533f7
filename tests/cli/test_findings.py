"""`cimodel-tui judge` as a script runs it: JSON in, JSON out, one line and exit code 2 where it cannot be read."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest

Done = subprocess.CompletedProcess[bytes]
Judge = Callable[[bytes], Done]

SHAPE: Mapping[str, Any] = {
    "baseline": {"n": 12, "mean": 6.9, "mean_moving_range": 1.01818, "lower_limit": 4.19164, "upper_limit": 9.60836},
    "after": {"n": 8, "mean": 4.7375},
    "achieved": 4.68333,
    "difference": {"low": -3.39869, "high": -0.92631},
    "limits": [[4.19164, 9.60836]] * 20,
    "signals": [
        {"rule": "run", "side": "better", "readings": [12, 13, 14, 15, 16, 17, 18, 19]},
        {"rule": "two-of-three", "side": "better", "readings": [13, 14, 15, 16, 17, 18, 19]},
    ],
    "level": "sustained-better",
    "provisional": False,
    "baseline_steady": True,
    "already_moving": False,
    "moving_within": False,
    "follow_one_another": False,
    "too_rare": False,
    "gaps": {"baseline": [], "after": []},
    "target_met": True,
    "gap_closed": 1.16667,
    "held": None,
    "outlook": "hit-and-miss",
    "verdict": "achieved",
    "sentence": "Achieved: from 6.9 to 4.7, target 5.0; more than the usual variation, "
    "over 8 readings, 1 Apr to 8 Apr 2026.",
}
"""What the sample story about store systems comes to."""
NEAR = ("baseline", "after", "difference")
"""Objects of figures that are no whole numbers."""


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    """Return how to run the judge in an empty folder, with a home that is not there."""

    def run(raw: bytes) -> Done:
        surroundings = {"HOME": str(tmp_path / "nowhere"), "PYTHONPATH": str(Path(__file__).parents[2])}
        command = [sys.executable, "-m", "cimodel_tui", "judge"]
        return subprocess.run(command, input=raw, capture_output=True, check=False, cwd=tmp_path, env=surroundings)

    return run


def rows(values: str, month: str) -> list[dict[str, str]]:
    return [{"date": f"2026-{month}-{at:02}", "value": text} for at, text in enumerate(values.split(), start=1)]


def story(**changes: object) -> bytes:
    """Return the question of the sample story, changed as asked for."""
    requests = {
        "better": "lower",
        "target": "5.0",
        "baseline": rows("7.1 6.2 7.9 6.6 5.9 7.4 6.9 8.1 6.3 6.7 7.2 6.5", "01"),
        "after": rows("5.1 4.7 5.2 4.4 4.8 4.3 4.9 4.5", "04"),
        "rule": {"kind": "mean-of-last", "n": 6},
        **changes,
    }
    return json.dumps(requests).encode()


def test_judge_prints_one_object_of_the_agreed_shape(judge: Judge) -> None:
    completed = judge(story())
    found = json.loads(completed.stdout)
    assert (completed.returncode, completed.stderr) == (0, b"")
    assert list(found) == list(SHAPE)
    assert found.pop("limits") == [[found["baseline"]["lower_limit"], found["baseline"]["upper_limit"]]] * 20
    for key, value in {key: value for key, value in SHAPE.items() if key != "limits"}.items():
        assert found[key] == (pytest.approx(value, abs=1e-5) if isinstance(value, float) or key in NEAR else value), key


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"target": "4"}, "better-not-there"),
        ({"better": "higher", "promise": "hold"}, "lost"),
        ({"after": []}, "too-early"),
        ({"baseline": []}, "cannot-tell"),
        ({"target": None}, None),
    ],
)
def test_exit_code_is_0_whatever_the_verdict(judge: Judge, changes: Mapping[str, object], verdict: str | None) -> None:
    completed = judge(story(**changes))
    assert (completed.returncode, completed.stderr) == (0, b"")
    assert json.loads(completed.stdout)["verdict"] == verdict


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        pytest.param(b"", "there is no input", id="nothing"),
        pytest.param(b"readings", "not JSON", id="not JSON"),
        pytest.param(b"[]", "must be an object", id="no object"),
        pytest.param(b'{"better": "\xff"}', "not UTF-8", id="invalid UTF-8"),
        pytest.param(b"[" * 300_000, "nested too deep", id="deep nesting"),
        pytest.param(b'{"a":' * 100_000, "nested too deep", id="deep objects"),
        pytest.param(b'{"better": "higher", "better": "lower"}', '"better" stands in it twice', id="duplicate key"),
        pytest.param(story(better="up"), "better must be one of", id="better"),
        pytest.param(story(promise="wish"), "promise must be", id="promise"),
        pytest.param(story(rule={"kind": "median"}), "a rule is one of", id="rule"),
        pytest.param(story(rule={"kind": "each-of-last", "n": "x"}), "rule n", id="rule n"),
        pytest.param(story(target={"low": "1", "high": "2"}), "a range goes with better = target", id="range"),
        pytest.param(story(target=True), "target: a number is wanted", id="boolean target"),
        pytest.param(story(target="1e4000000"), "target: ", id="endless exponent"),
        pytest.param(story(after=rows("1 NaN", "04")), "after row 2: ", id="NaN as text"),
        pytest.param(story().replace(b'"4.4"', b"NaN"), "after row 4: ", id="NaN of JSON"),
        pytest.param(story().replace(b'"4.4"', b"Infinity"), "after row 4: ", id="infinity"),
        pytest.param(story().replace(b'"4.4"', b"true"), "after row 4: ", id="boolean"),
        pytest.param(story().replace(b'"4.4"', b"null"), "after row 4: ", id="null"),
        pytest.param(story().replace(b'"4.4"', b'""'), "after row 4: ", id="empty"),
        pytest.param(story().replace(b'"4.4"', b'"1_000"'), "after row 4: ", id="underscore"),
        pytest.param(story().replace(b'"4.4"', b'"4,4"'), "after row 4: ", id="comma"),
        pytest.param(story().replace(b'"4.4"', b'"5%"'), "after row 4: ", id="per cent"),
        pytest.param(story().replace(b'"4.4"', '"\u0664"'.encode()), "after row 4: ", id="Arabic digit"),
        pytest.param(story().replace(b'"4.4"', b'"%s"' % (b"4" * 41)), "after row 4: ", id="41 characters"),
        pytest.param(story().replace(b'"2026-04-04"', b'"2026-W14"'), "after row 4: ", id="week"),
        pytest.param(story().replace(b'"2026-04-04"', b'"2026-04-31"'), "after row 4: ", id="no such day"),
        pytest.param(story().replace(b'"2026-04-04"', b'"2026-04-03"'), "after row 4: ", id="a day twice"),
        pytest.param(story().replace(b'"2026-04-04"', b'"2026-01-12"'), "after row 4: ", id="not later"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(judge: Judge, raw: bytes, words: str) -> None:
    completed = judge(raw)
    line = completed.stderr.decode()
    assert (completed.returncode, completed.stdout) == (2, b"")
    assert line.startswith("cimodel-tui: judge: ")
    assert line.count("\n") == 1
    assert words in line


def test_judge_needs_and_leaves_no_folder(judge: Judge, tmp_path: Path) -> None:
    assert judge(story()).returncode == 0
    assert not list(tmp_path.iterdir())


def test_judge_reads_a_name_in_any_script(judge: Judge) -> None:
    completed = judge(story(name="復旧時間", unit="h"))
    assert "復旧時間 from 6.9 to 4.7 h" in json.loads(completed.stdout.decode())["sentence"]


def test_a_hundred_thousand_readings_are_judged(judge: Judge) -> None:
    chance = Random(3)
    days = [
        f"{year}-{month:02}-{day:02}" for year in range(1700, 2000) for month in range(1, 13) for day in range(1, 29)
    ]
    readings = [{"date": day, "value": f"{chance.gauss(50, 5):.3f}"} for day in days[:100_000]]
    completed = judge(story(baseline=readings[:60_000], after=readings[60_000:]))
    found = json.loads(completed.stdout)
    assert (found["baseline"]["n"], found["after"]["n"]) == (60_000, 40_000)
    assert found["verdict"] is not None
