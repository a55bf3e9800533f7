"""The verdict of an iteration, what it closes as, what it cost, and when a person may say otherwise."""

from collections.abc import Callable, Mapping, Sequence

import pytest

from cimodel_tui.measurement import Balance, Judgement, OverrideError, Verdict, override, verdict_of_iteration
from cimodel_tui.measurement.sentences import LEADS

Judged = Callable[..., Judgement]

EVERY = tuple(word for word in LEADS if word != "partly")
"""Every verdict that one metric can have."""


def record(word: str | None, level: str = "no-signal") -> dict[str, object]:
    return {"verdict": word, "level": level, "sentence": f"{word}."}


def over(*words: str | None) -> Verdict:
    found = verdict_of_iteration([(f"metric {at}", record(word)) for at, word in enumerate(words)])
    assert found is not None
    return found


def balance(word: str, name: str = "reopened") -> tuple[str, Mapping[str, object]]:
    return name, {"word": word, "figures": f"{name} 7.9 %, limit 7.0"}


@pytest.mark.parametrize("word", EVERY)
def test_one_metric_gives_its_own_verdict_and_sentence(word: str) -> None:
    found = over(word)
    assert (found.word, found.sentence) == (word, f"{word}.")


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        (["achieved", "cannot-tell", "too-early", "worse"], "cannot-tell"),
        (["achieved", "too-early", "worse"], "too-early"),
        (["achieved", "achieved"], "achieved"),
        (["achieved", "held"], "held"),
        (["held", "held-slipping"], "held-slipping"),
        (["held-slipping", "met-unclear"], "met-unclear"),
        (["met-unclear", "met-not-shown"], "met-not-shown"),
        (["met-not-shown", "met-thin"], "met-thin"),
        (["already-there", "met-thin", "achieved"], "already-there"),
        (["achieved", "not-there"], "partly"),
        (["achieved", "worse"], "partly"),
        (["held", "lost"], "partly"),
        (["better-not-there", "not-shown"], "partly"),
        (["better-not-there", "achieved"], "partly"),
        (["better-not-there", "better-not-there"], "partly"),
        (["worse", "not-shown"], "worse"),
        (["lost", "unsettled"], "worse"),
        (["unsettled", "not-there"], "unsettled"),
        (["overshot", "not-shown"], "overshot"),
        (["not-shown", "not-shown"], "not-shown"),
        (["not-shown", "not-there"], "not-there"),
        (["not-there", "not-there"], "not-there"),
    ],
)
def test_several_metrics_together(words: list[str], verdict: str) -> None:
    assert over(*words).word == verdict
    assert over(*reversed(words)).word == verdict


def test_metrics_without_a_verdict_are_left_out() -> None:
    assert over(None, "achieved").word == "achieved"
    assert verdict_of_iteration([("a", record(None))]) is None
    assert verdict_of_iteration([]) is None


def test_partly_names_which_and_which_got_worse() -> None:
    found = verdict_of_iteration(
        [("speed", record("achieved")), ("cost", record("worse")), ("joy", record("not-there"))]
    )
    assert found is not None
    assert found.sentence == "Partly: speed achieved; joy target not met; worse: cost."


def test_metrics_of_one_name_are_all_looked_at() -> None:
    found = verdict_of_iteration([("speed", record("worse")), ("speed", record("achieved"))])
    assert found is not None
    assert found.word == "partly"


def test_what_got_worse_without_a_promise_is_not_named() -> None:
    found = verdict_of_iteration(
        [("speed", record("achieved")), ("cost", record("not-there")), ("joy", record(None, "sustained-worse"))]
    )
    assert found is not None
    assert found.sentence == "Partly: speed achieved; cost target not met."


def test_what_got_worse_is_named_whatever_its_verdict() -> None:
    found = verdict_of_iteration([("speed", record("achieved")), ("joy", record("already-there", "sustained-worse"))])
    assert found is not None
    assert "worse: joy" in found.sentence


@pytest.mark.parametrize(
    ("closes_as", "words"),
    [
        ("achieved", ["achieved", "held", "met-unclear"]),
        ("partly", ["met-not-shown", "met-thin", "held-slipping", "better-not-there"]),
        ("not verified", ["cannot-tell", "too-early", "already-there"]),
        ("not achieved", ["not-shown", "not-there", "unsettled", "overshot", "worse", "lost"]),
    ],
)
def test_what_a_verdict_closes_as(closes_as: str, words: Sequence[str]) -> None:
    assert {over(word).closes_as for word in words} == {closes_as}


def test_every_verdict_closes_as_something() -> None:
    assert {over(word).closes_as for word in EVERY} == {"achieved", "partly", "not verified", "not achieved"}
    assert over("achieved", "worse").closes_as == "partly"


def test_what_is_not_measured_is_no_cost_but_a_side_effect_not_known() -> None:
    found = verdict_of_iteration([("speed", record("achieved"))], [balance("not-measured"), balance("kept", "calls")])
    assert found is not None
    assert (found.at_a_cost, found.not_known, found.closes_as) == ((), ("reopened",), "partly")
    assert found.sentence == "achieved. Side effects not known: reopened 7.9 %, limit 7.0."
    assert "cost" not in found.sentence
    borne = verdict_of_iteration([("speed", record("achieved"))], [balance("not-measured")], ["reopened"])
    assert borne is not None
    assert (borne.not_known, borne.closes_as) == ((), "achieved")
    assert borne.sentence == "achieved. Side effects not known, which was accepted: reopened 7.9 %, limit 7.0."


def test_side_effects_are_not_spoken_of_before_there_is_a_verdict() -> None:
    found = verdict_of_iteration([("speed", record("too-early"))], [balance("not-measured")])
    assert found is not None
    assert (found.not_known, found.sentence) == ((), "too-early.")


@pytest.mark.parametrize(
    ("level", "small", "closes_as"),
    [
        ("no-signal", False, "partly"),
        ("no-signal", True, "achieved"),
        ("early-better", False, "achieved"),
        ("too-few", False, "partly"),
        ("sustained-better", False, "partly"),
    ],
)
def test_fewer_readings_never_close_better(level: str, small: bool, closes_as: str) -> None:
    found = verdict_of_iteration([("speed", record("met-thin", level))], small=small)
    assert found is not None
    assert found.closes_as == closes_as
    said_so = override(found, "met-thin", "as it is", agreed=True, verified=True)
    assert said_so.closes_as == closes_as


def test_of_several_thin_ones_all_must_have_first_readings_that_are_better() -> None:
    two = [("speed", record("met-thin", "early-better")), ("joy", record("met-thin", "no-signal"))]
    found = verdict_of_iteration(two)
    assert found is not None
    assert (found.word, found.closes_as) == ("met-thin", "partly")


def test_what_is_broken_is_a_cost_that_is_named() -> None:
    found = verdict_of_iteration([("speed", record("achieved"))], [balance("broken"), balance("kept", "calls")])
    assert found is not None
    assert (found.word, found.at_a_cost, found.closes_as) == ("achieved", ("reopened",), "partly")
    assert found.sentence == "achieved. At a cost: reopened 7.9 %, limit 7.0."


@pytest.mark.parametrize("word", ["kept", "slipping"])
def test_what_is_kept_or_slipping_is_no_cost(word: str) -> None:
    found = verdict_of_iteration([("speed", record("achieved"))], [balance(word)])
    assert found is not None
    assert (found.at_a_cost, found.closes_as, found.sentence) == ((), "achieved", "achieved.")


def test_an_accepted_cost_is_still_said_and_holds_nothing_back() -> None:
    found = verdict_of_iteration(
        [("speed", record("achieved"))], [balance("broken"), balance("broken", "calls")], ["calls"]
    )
    assert found is not None
    assert (found.at_a_cost, found.closes_as) == (("reopened",), "partly")
    assert found.sentence.endswith(
        "At a cost: reopened 7.9 %, limit 7.0. At a cost that was accepted: calls 7.9 %, limit 7.0."
    )
    all_accepted = verdict_of_iteration([("speed", record("held"))], [balance("broken")], ["reopened"])
    assert all_accepted is not None
    assert (all_accepted.at_a_cost, all_accepted.closes_as) == ((), "achieved")


@pytest.mark.parametrize(("word", "closes_as"), [("not-there", "not achieved"), ("too-early", "not verified")])
def test_a_cost_makes_nothing_close_better(word: str, closes_as: str) -> None:
    found = verdict_of_iteration([("speed", record(word))], [balance("broken")])
    assert found is not None
    assert found.closes_as == closes_as


def test_judgements_and_their_records_come_to_the_same(judged: Judged) -> None:
    case = judged("8.5 11.5 8.5 11.5 8.5 11.5 8.5 11.5 8.5 11.5 8.5 11.5", "12 13 12 13 12 13 12 13", "12")
    paid = Balance("broken", None, None, "", 3, "reopened 7.9 %, limit 7.0")
    direct = verdict_of_iteration([("speed", case)], [("reopened", paid)])
    stored = verdict_of_iteration([("speed", case.as_json())], [("reopened", paid.as_json())])
    assert direct == stored
    assert direct is not None
    assert direct.sentence == f"{case.sentence} At a cost: reopened 7.9 %, limit 7.0."


def test_a_person_may_say_otherwise_with_a_reason() -> None:
    found = override(over("met-thin"), "not-there", "the summer is always like this", agreed=True, verified=True)
    assert (found.word, found.suggested, found.closes_as) == ("not-there", "met-thin", "not achieved")
    assert found.reason == "the summer is always like this"
    again = override(found, "achieved", "on second thoughts", agreed=True, verified=True)
    assert (again.word, again.suggested) == ("achieved", "met-thin")
    assert again.as_json()["suggested"] == "met-thin"


def test_an_override_does_not_do_away_with_a_cost() -> None:
    paid = verdict_of_iteration([("speed", record("not-there"))], [balance("broken")])
    assert paid is not None
    assert override(paid, "achieved", "we agreed so", agreed=True, verified=True).closes_as == "partly"


@pytest.mark.parametrize(
    ("computed", "word", "reason", "agreed", "verified", "why"),
    [
        ("cannot-tell", "achieved", "because", True, True, "cannot tell"),
        ("met-thin", "achieved", "because", False, True, "agreed baseline"),
        ("met-thin", "achieved", "because", True, False, "verify the check"),
        ("met-thin", "achieved", "  ", True, True, "a reason"),
        ("met-thin", "splendid", "because", True, True, "one of"),
    ],
)
def test_an_override_that_is_not_theirs_to_say(
    computed: str, word: str, reason: str, agreed: bool, verified: bool, why: str
) -> None:
    with pytest.raises(OverrideError, match=why):
        override(over(computed), word, reason, agreed=agreed, verified=verified)
