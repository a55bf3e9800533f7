"""What a verified check leaves behind: gained, missing, and how it closes."""

import pytest

from cimodel_tui.model.check import Check, anything_gained, anything_missing, closes_as, closing, final_verdict


def verified(word: str, *metrics: str, **answers: object) -> Check:
    measured = {str(at): {"role": "outcome", "verdict": each} for at, each in enumerate(metrics or (word,))}
    return Check(verified_on="2026-06-22", measured=measured, verdict={"word": word, "at_a_cost": []}, **answers)  # type: ignore[arg-type]  # names are those of the check


@pytest.mark.parametrize(
    ("word", "closes"),
    [
        ("achieved", "achieved"),
        ("held", "achieved"),
        ("met-thin", "achieved"),
        ("met-unclear", "achieved"),
        ("met-not-shown", "partly"),
        ("held-slipping", "partly"),
        ("better-not-there", "partly"),
        ("partly", "partly"),
        ("cannot-tell", "not verified"),
        ("too-early", "not verified"),
        ("already-there", "not verified"),
        ("not-shown", "not achieved"),
        ("not-there", "not achieved"),
        ("unsettled", "not achieved"),
        ("worse", "not achieved"),
        ("lost", "not achieved"),
        ("overshot", "not achieved"),
    ],
)
def test_each_verdict_closes_in_one_way(word: str, closes: str) -> None:
    assert closing(word) == closes_as(verified(word)) == closes


def test_at_a_cost_nothing_closes_as_achieved() -> None:
    assert closing("achieved", ["reopened"]) == "partly"
    assert closing("worse", ["reopened"]) == "not achieved"


def test_short_of_the_target_something_is_gained_and_something_missing() -> None:
    check = verified("better-not-there")
    assert anything_gained(check)
    assert anything_missing(check)


def test_where_one_metric_got_there_and_one_did_not_both_are_asked_for() -> None:
    check = verified("partly", "achieved", "worse")
    assert anything_gained(check)
    assert anything_missing(check)


def test_where_all_was_met_nothing_is_missing() -> None:
    assert not anything_missing(verified("met-thin"))
    assert anything_gained(verified("met-thin"))


@pytest.mark.parametrize("word", ["worse", "not-shown", "cannot-tell", "too-early", "already-there"])
def test_where_nothing_was_gained_nothing_is_to_be_held(word: str) -> None:
    assert not anything_gained(verified(word))


def test_process_metrics_gain_nothing() -> None:
    check = Check(verified_on="x", verdict={"word": "x"}, measured={"m": {"role": "process", "verdict": "achieved"}})
    assert not anything_gained(check)


def test_before_it_is_verified_nothing_closes() -> None:
    assert closes_as(Check(verdict={"word": "achieved"})) == "not verified"
    assert final_verdict(Check(verdict={"word": "achieved"}, override="worse", override_reason="so")) == "achieved"


def test_persons_verdict_counts_with_a_reason_and_never_past_cannot_tell() -> None:
    assert final_verdict(verified("not-shown", override="achieved", override_reason="so")) == "achieved"
    assert final_verdict(verified("not-shown", override="achieved", override_reason=" ")) == "not-shown"
    assert final_verdict(verified("cannot-tell", override="achieved", override_reason="so")) == "cannot-tell"
