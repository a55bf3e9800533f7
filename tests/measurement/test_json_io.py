"""The judge as JSON: its exact shape, numbers by their text, and refusals that name the row."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from cimodel_tui.measurement import JudgeInputError, judge_bytes, judge_document, judge_text
from cimodel_tui.measurement.sentences import BAD_TIME

Payload = dict[str, Any]  # what JSON holds

SWINGING = ("8.5", "11.5") * 6


def rows(values: tuple[object, ...], month: int = 1) -> list[dict[str, object]]:
    return [{"date": f"2026-{month:02}-{at:02}", "value": value} for at, value in enumerate(values, start=1)]


def question_with(**changes: object) -> Payload:
    """Return a question that can be judged, changed as asked for."""
    return {
        "better": "higher",
        "target": "12",
        "baseline": rows(SWINGING),
        "after": rows(("12", "13") * 4, month=2),
        **changes,
    }


def judged(**changes: object) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(judge_text(json.dumps(question_with(**changes))))
    return found


def refused(**changes: object) -> str:
    with pytest.raises(JudgeInputError) as problem:
        judge_text(json.dumps(question_with(**changes)))
    message = str(problem.value)
    assert message.isprintable()
    return message


def test_the_answer_has_exactly_this_shape() -> None:
    found = judged()
    assert list(found) == [
        "baseline",
        "after",
        "achieved",
        "difference",
        "limits",
        "signals",
        "level",
        "provisional",
        "baseline_steady",
        "already_moving",
        "moving_within",
        "follow_one_another",
        "too_rare",
        "gaps",
        "target_met",
        "gap_closed",
        "held",
        "outlook",
        "verdict",
        "sentence",
    ]
    assert found["baseline"] == {
        "n": 12,
        "mean": 10.0,
        "mean_moving_range": 3.0,
        "lower_limit": 2.02,
        "upper_limit": 17.98,
    }
    assert found["after"] == {"n": 8, "mean": 12.5}
    assert found["signals"] == [{"rule": "run", "side": "better", "readings": list(range(12, 20))}]
    assert (found["achieved"], found["gap_closed"], found["held"]) == (12.5, 1.25, None)
    assert (found["level"], found["verdict"], found["target_met"]) == ("sustained-better", "achieved", True)
    assert (found["provisional"], found["baseline_steady"], found["already_moving"]) == (False, True, False)
    assert found["outlook"] == "hit-and-miss"
    assert found["sentence"].startswith("Achieved: from 10.0 to 12.5, target 12;")


def test_one_reading_before_and_one_after_leave_nothing_but_the_gap() -> None:
    found = judged(baseline=rows(("8",)), after=rows(("10",), month=2))
    assert found["baseline"] == {
        "n": 1,
        "mean": 8.0,
        "mean_moving_range": None,
        "lower_limit": None,
        "upper_limit": None,
    }
    nothing = ("provisional", "baseline_steady", "already_moving", "held", "outlook")
    assert [found[key] for key in nothing] == [None] * 5
    assert (found["signals"], found["level"], found["verdict"]) == ([], "too-few", "not-there")
    assert found["gap_closed"] == 0.5


def test_without_a_target_there_is_level_and_sentence_only() -> None:
    for found in (judged(target=None), json.loads(judge_text(json.dumps({**question_with(), "target": None})))):
        nothing = ("target_met", "gap_closed", "held", "outlook", "verdict")
        assert [found[key] for key in nothing] == [None] * 5
        assert found["level"] == "sustained-better"
        assert "target" not in found["sentence"]


def test_without_readings_nobody_can_tell() -> None:
    found = json.loads(judge_text('{"better": "higher"}'))
    assert found["verdict"] == "cannot-tell"
    assert found["baseline"]["mean"] is None
    assert found["after"] == {"n": 0, "mean": None}


def test_achieved_goes_by_the_rule_and_the_mean_by_all_readings() -> None:
    found = judged(rule={"kind": "mean-of-last", "n": 2}, after=rows(("1", "2", "3"), month=2))
    assert (found["achieved"], found["after"]["mean"]) == (2.5, 2.0)


@pytest.mark.parametrize(
    ("better", "side"), [("higher", "better"), ("lower", "worse"), ("target", "up"), ("none", "up")]
)
def test_a_signal_says_its_side_in_the_words_of_the_metric(better: str, side: str) -> None:
    found = judged(better=better, after=rows(("18", "17", "17", "12"), month=2))
    assert found["signals"] == [
        {"rule": "outside", "side": side, "readings": [12]},
        {"rule": "two-of-three", "side": side, "readings": [12, 13, 14, 15]},
    ]


def test_positions_are_those_in_date_order() -> None:
    found = judged(after=list(reversed(rows(("18", "10", "10"), month=2))), baseline=list(reversed(rows(SWINGING))))
    assert found["signals"] == [{"rule": "outside", "side": "better", "readings": [12]}]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        (" 12 ", 12),
        ("+12", 12),
        ("-0", 0),
        (".5", 0.5),
        ("1e3", 1000),
        ("1E-2", 0.01),
        ("-1.5e+001", -15),
        ("0" * 38 + "12", 12),
        ("1e308", 1e308),
        ("1e-999", 0),
    ],
)
def test_numbers_that_are_read(text: str, value: float) -> None:
    found = judged(after=[{"date": "2026-02-01", "value": text}])
    assert found["achieved"] == value
    assert str(found["achieved"]) != "-0.0"


WORDS = ("", " ", "NaN", "inf", "-Infinity", "+", "½", "١٢", "１２", "1\n2")
SLIPS = ("1_000", "12,5", "5%", "5.", "0x10", "--1", "1 2", "1e1000", "1e999", "1e4000000", "1" * 41)


@pytest.mark.parametrize("text", [*WORDS, *SLIPS])
def test_numbers_that_are_refused(text: str) -> None:
    assert refused(after=[{"date": "2026-02-01", "value": text}]).startswith("after row 1: ")
    assert refused(target=text).startswith("target: ")


@pytest.mark.parametrize("number", ["7.10", "0.1", "-0", "12345678901234567890.5", "1E2"])
def test_json_numbers_are_read_by_their_text(number: str) -> None:
    text = f'{{"better": "higher", "baseline": [{{"date": "2026-01-01", "value": {number}}}]}}'
    assert json.loads(judge_text(text))["baseline"]["mean"] == float(number) + 0


def test_json_numbers_never_go_through_a_float() -> None:
    tenths = [{"date": f"2026-02-{at:02}", "value": 0.1} for at in range(1, 11)]
    assert judged(after=tenths, better="lower", target=0.1)["target_met"] is True
    long = '{"better": "lower", "target": 0.30000000000000000001, "baseline": [{"date": "2026-01-01", "value": 1}], '
    after = '"after": [{"date": "2026-02-01", "value": 0.30000000000000000002}]}'
    assert json.loads(judge_text(long + after))["target_met"] is False


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity", "true", "null", "[]", "{}"])
def test_json_values_that_are_no_numbers_are_refused(constant: str) -> None:
    text = f'{{"better": "higher", "baseline": [{{"date": "2026-01-01", "value": {constant}}}]}}'
    with pytest.raises(JudgeInputError, match="baseline row 1: "):
        judge_text(text)


@pytest.mark.parametrize(
    "day",
    ["2026-W05", "2026-01", "2026-Q1", "05.01.2026", "2026-1-5", " 2026-01-05", "2026-02-30", "today", "", None, 7],
)
def test_a_date_is_year_month_day_and_nothing_else(day: object) -> None:
    assert refused(after=[{"date": day, "value": "1"}]).startswith("after row 1: ")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"better": "up"}, "better must be one of higher, lower, target, none"),
        ({"better": None}, "better must be one of"),
        ({"better": ["higher"]}, "better must be one of"),
        ({"promise": "wish"}, "promise must be move or hold"),
        ({"baseline": {}}, "baseline must be a list of readings"),
        ({"after": "12"}, "after must be a list of readings"),
        ({"after": [[]]}, "after row 1 must be an object"),
        ({"baseline": [*rows(("1", "2")), 3]}, "baseline row 3 must be an object"),
        ({"baseline": [*rows(("1", "2")), {"date": "2026-01-09"}]}, "baseline row 3: there is not a number"),
        ({"baseline": [*rows(("1", "2")), {"value": "1"}]}, "baseline row 3: nothing readable is not a date"),
        ({"baseline": [*rows(("1", "2")), *rows(("3",))]}, "baseline row 3: 2026-01-01 is there already, in row 1"),
        ({"after": [*rows(("1",), month=2), *rows(("3",), month=2)]}, "after row 2: 2026-02-01 is there already"),
        ({"after": [*rows(("1",), month=2), *rows(("3",))]}, "after row 2: 2026-01-01 is not later than the last"),
        ({"after": [{"date": "2026-01-12", "value": "1"}]}, "after row 1: 2026-01-12 is not later than the last"),
        ({"after": [{"date": "2026-02-01", "value": True}]}, "after row 1: a number is wanted, not true or false"),
        ({"target": True}, "target: a number is wanted, not true or false"),
        ({"target": []}, "target: a number is wanted, not a list"),
        ({"target": {"low": "1", "high": "2"}}, "a range goes with better = target"),
        ({"target": {"low": "1"}, "better": "target"}, "target high: there is not a number"),
        ({"target": {"low": "3", "high": "2"}, "better": "target"}, "low end of a range lies above its high end"),
        ({"rule": "mean"}, "rule must be an object"),
        ({"rule": {"kind": "median"}}, "a rule is one of mean, mean-of-last, each-of-last, latest"),
        ({"rule": {"kind": 7}}, "rule kind must be a word"),
        ({"rule": {"kind": "mean-of-last"}}, "needs a whole number n"),
        ({"rule": {"kind": "mean-of-last", "n": 0}}, "rule n must be a whole number of at least 1"),
        ({"rule": {"kind": "mean-of-last", "n": 1.5}}, "rule n must be a whole number of at least 1"),
        ({"rule": {"kind": "mean-of-last", "n": True}}, "rule n: a number is wanted"),
    ],
)
def test_refusals_name_what_is_wrong(changes: Payload, words: str) -> None:
    assert words in refused(**changes)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "there is no input"),
        (" \n", "there is no input"),
        ("{", "this is not JSON"),
        ("{} {}", "this is not JSON"),
        ("[]", "the input must be an object"),
        ("7", "the input must be an object"),
        ("[" * 100_000, "nested too deep"),
        ('{"better": "higher", "better": "lower"}', 'the input: "better" stands in it twice'),
        (
            '{"better": "higher", "after": [{"date": "2026-01-01", "value": 1, "value": 2}]}',
            'after row 1: "value" stands in it twice',
        ),
        ('{"better": "higher", "target": NaN}', "target: "),
    ],
)
def test_text_that_cannot_be_judged(text: str, words: str) -> None:
    with pytest.raises(JudgeInputError) as problem:
        judge_text(text)
    assert words in str(problem.value)
    assert str(problem.value).isprintable()


def test_bytes_that_are_no_utf_8_are_refused() -> None:
    with pytest.raises(JudgeInputError, match="not UTF-8 text: byte 2 "):
        judge_bytes(b"{\xff}")


def test_a_byte_order_mark_is_no_problem() -> None:
    assert json.loads(judge_bytes(b'\xef\xbb\xbf{"better": "none"}'))["verdict"] == "cannot-tell"


def test_floats_that_were_decoded_elsewhere_are_refused_as_inexact() -> None:
    with pytest.raises(JudgeInputError, match="inexact"):
        judge_document(question_with(target=0.1))


def test_a_rule_may_be_left_out_and_a_promise_to_hold_given() -> None:
    assert judged(rule=None)["verdict"] == judged()["verdict"] == "achieved"
    assert judged(promise="hold", target="9")["verdict"] == "held"
    assert judged(promise="hold", target="9")["held"] == "held"


def test_name_and_unit_are_used_in_the_sentence_and_made_harmless() -> None:
    sentence = judged(name="time\x1b[2J to\n restore", unit="h")["sentence"]
    assert sentence.startswith("Achieved: time [2J to restore from 10.0 to 12.5 h, target 12;")


def test_what_floats_cannot_hold_is_the_largest_number_there_is() -> None:
    found = judged(baseline=rows(("-1.7e308", "1.7e308") * 6), target="1e308")
    assert found["baseline"]["upper_limit"] == 1.7976931348623157e308
    single = judged(baseline=rows(("-1.7e308",)), after=rows(("1.7e308",), month=2), target="1e308")
    assert "a difference of +1.79769e+308" in single["sentence"]
    far = judged(baseline=rows(("1e-999",)), after=rows(("1.7e308",), month=2), target="2e-999")
    assert far["gap_closed"] == 1.7976931348623157e308


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"Baseline": []}, 'the input: "Baseline" is not a known key: better, target, baseline'),
        ({"after": [{"date": "2026-02-01", "value": "1", "Of": "2"}]}, 'after row 1: "Of" is not a known key'),
        (
            {"after": [{"date": "2026-02-01", "value": "1", "set_aside": "x"}]},
            'after row 1: "set_aside" is not a known key',
        ),
        ({"rule": {"kind": "mean", "N": 3}}, 'rule: "N" is not a known key'),
        ({"target": {"low": "1", "high": "2", "mid": "1"}, "better": "target"}, 'target: "mid" is not a known key'),
        ({"kind": "ratio"}, "kind must be one of value, share, rate, mean, events"),
        ({"kind": 7}, "kind must be one of"),
        ({"per": "1000"}, "per goes with kind = rate"),
        ({"kind": "rate", "per": "0"}, "per: a rate is per a number above 0"),
        ({"kind": "share"}, "baseline row 1: the total is missing"),
        ({"after": [{"date": "2026-02-01", "value": "1", "of": "9"}]}, "after row 1: a total goes with share"),
        ({"to": "2026-01-01"}, "to goes with kind = events"),
    ],
)
def test_a_key_that_is_not_known_or_does_not_fit_is_refused_by_name(changes: Payload, words: str) -> None:
    assert words in refused(**changes)


def test_a_note_beside_a_reading_and_keys_of_null_are_taken() -> None:
    row = {"date": "2026-02-01", "value": "12", "of": None, "note": "a quiet week"}
    assert judged(after=[row], kind=None, per=None, rule=None)["achieved"] == 12


def test_every_reading_has_its_limits_and_below_two_there_are_none() -> None:
    assert judged()["limits"] == [[2.02, 17.98]] * 20
    assert judged(baseline=rows(("8",)))["limits"] is None


def test_the_difference_is_told_from_six_readings_on_both_sides() -> None:
    half = 2.66 * 3 * (1 / 12 + 1 / 8) ** 0.5
    assert judged()["difference"] == pytest.approx({"low": 2.5 - half, "high": 2.5 + half})
    assert judged(after=rows(("12",) * 5, month=2))["difference"] is None
    assert judged(baseline=rows(("8", "9") * 2))["difference"] is None


def test_gaps_rareness_and_movement_are_told_and_said() -> None:
    holes = [row for at, row in enumerate(rows(SWINGING)) if at != 4]
    found = judged(baseline=holes)
    assert found["gaps"] == {"baseline": ["2026-01-05"], "after": []}
    assert "No reading within the baseline for 5 Jan 2026." in found["sentence"]
    varied = judged(baseline=rows(("8", "12", "9", "11", "7", "10")))
    assert (found["too_rare"], varied["too_rare"]) == (True, False)
    assert "Half of the baseline readings are alike" in judged()["sentence"]
    assert (found["moving_within"], found["follow_one_another"]) == (False, False)
    nothing = judged(better="none")
    assert (nothing["moving_within"], nothing["follow_one_another"]) == (None, None)


def before(values: tuple[object, ...]) -> list[dict[str, object]]:
    return [{"date": f"2025-11-{at:02}", "value": value} for at, value in enumerate(values, start=1)]


def test_earlier_readings_say_whether_the_baseline_was_picked_at_a_bad_time() -> None:
    found = judged(earlier=before(("14", "15") * 3))
    assert (found["bad_time"], found["verdict"]) == (True, "met-unclear")
    assert BAD_TIME in found["sentence"]
    usual = judged(earlier=before(("8.5", "11.5") * 3))
    assert (usual["bad_time"], usual["verdict"]) == (False, "achieved")
    assert judged(earlier=before(("14", "15") * 2))["bad_time"] is None
    assert judged(earlier=before(("14", "15") * 3), better="none", target=None)["bad_time"] is None
    assert "bad_time" not in judged()
    assert "bad_time" not in judged(earlier=None)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"earlier": rows(("8",))}, "earlier row 1: 2026-01-01 is not before the baseline, which begins 2026-01-01"),
        ({"earlier": before(("8", "x"))}, 'earlier row 2: "x"'),
        ({"earlier": [*before(("8",)), *before(("9",))]}, "2025-11-01"),
        ({"earlier": {}}, "earlier must be a list"),
        ({"earlier": before((1,)), "kind": "events", "target": None}, "earlier does not go with kind = events"),
    ],
)
def test_earlier_readings_that_cannot_be_are_refused(changes: Payload, words: str) -> None:
    if changes.get("kind") == "events":
        changes = {**changes, "baseline": rows((1, 1)), "after": rows((1,), month=2)}
    assert words in refused(**changes)


@pytest.mark.parametrize("rule", [{"n": 6}, {"kind": "mean", "n": "6"}, {"kind": "latest", "n": 1}])
def test_a_number_that_the_rule_would_ignore_is_refused(rule: dict[str, object]) -> None:
    kind = rule.get("kind", "mean")
    assert refused(rule=rule) == f"rule n goes with kind = mean-of-last or each-of-last; {kind} takes no number"
