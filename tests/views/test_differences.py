"""What changed between two states of a workbook, in the words of the model."""

import pytest

from cimodel_tui.model.plan import Action
from cimodel_tui.views.differences import Difference, Kind, differences, differing
from cimodel_tui.workbook.workbook import Workbook
from tests.samples.pen import Pen
from tests.workbook.memory import MemoryStore
from tests.workbook.stories import SHORT, acted, agreed, measured, verified


def as_it_was(pen: Pen) -> Workbook:
    """Return the workbook as it stands now; what is changed later does not reach it."""
    store = MemoryStore()
    known = pen.book.documents
    store.documents_by_id = {known.title.id: known.title, **known.improvements, **known.iterations}
    return Workbook(store, pen.clock)


def changes(old: Workbook, pen: Pen) -> tuple[Difference, ...]:
    (found,) = differences(old, pen.book).improvements
    return found.changes


def words(found: tuple[Difference, ...], kind: Kind) -> list[str]:
    return [each.words for each in found if each.kind is kind]


def test_same_state_has_no_difference(pen: Pen) -> None:
    verified(pen)
    assert differences(as_it_was(pen), pen.book).improvements == ()


def test_verdict_comes_first_and_is_named_from_and_to(pen: Pen) -> None:
    acted(pen)
    old = as_it_was(pen)
    verified_now(pen)
    found = changes(old, pen)
    assert [each.kind for each in found] == sorted((each.kind for each in found), key=list(Kind).index)
    assert words(found, Kind.VERDICT) == ["verifying -> embedding", "iteration 1: under way -> achieved"]


def verified_now(pen: Pen) -> None:
    pen.on("2026-06-22")
    pen.read("hours", "2026-04-27", "5.1 4.7 5.2 4.4 4.8 4.3 4.9 4.5")
    pen.write("check", other_causes="none found", keep="swarming", decision="go on to 7")
    pen.verify("Grace")


def test_added_readings_are_counted_with_their_days(pen: Pen) -> None:
    measured(pen)
    old = as_it_was(pen)
    pen.read("hours", "2026-04-06", "6.0 5.8 5.9")
    assert words(changes(old, pen), Kind.READINGS) == ["hours: 3 readings added, 2026-04-06 to 2026-04-20"]


def test_restated_reading_is_named_from_and_to(pen: Pen) -> None:
    measured(pen)
    old = as_it_was(pen)
    pen.read("hours", "2026-01-12", "6.4")
    assert words(changes(old, pen), Kind.READINGS) == ["hours: 1 restated: 2026-01-12 6.2 -> 6.4"]


def test_amendment_tells_from_to_why_and_who(pen: Pen) -> None:
    agreed(pen)
    old = as_it_was(pen)
    pen.cells("target", "targets", pen.names["hours"], because="the contract changed", value="5.5")
    (amended,) = words(changes(old, pen), Kind.AMENDED)
    assert amended == "target, value: from 5.0 to 5.5. the contract changed (Ada, 2026-03-30)"


def test_agreement_is_an_event(pen: Pen) -> None:
    measured(pen)
    old = as_it_was(pen)
    pen.agree("baseline", "Grace")
    assert words(changes(old, pen), Kind.EVENT) == ["agreed: the baseline of hours (12 readings) (Grace, 2026-01-05)"]


def test_action_is_new_moves_or_goes(pen: Pen) -> None:
    acted(pen)
    old = as_it_was(pen)
    rota, pages = pen.iteration.plan.actions
    pen.write("plan", actions=(rota, Action(id="n", what="Panel", owner="Ada")))
    assert words(changes(old, pen), Kind.ACTION) == ["new: Panel (Ada)", "removed: Pages"]
    assert pages.what == "Pages"


def test_changed_text_names_its_step_and_is_quoted_short(pen: Pen) -> None:
    measured(pen)
    old = as_it_was(pen)
    pen.write("vision", vision="x" * 200)
    (found,) = words(changes(old, pen), Kind.TEXT)
    assert found.startswith('step 1, vision: "A store is helped at once." -> "xxx')
    assert found.endswith('x…"')
    assert len(found) < 150


def test_new_iteration_is_named_with_the_step_it_was_opened_at(pen: Pen) -> None:
    verified(pen, values=SHORT, decision="revisit")
    pen.write("check", revisit_step="plan", decision_reason="wrong lever")
    old = as_it_was(pen)
    pen.on("2026-06-29")
    pen.revisit()
    assert "iteration 2 opened at step 4 How do we get there?" in words(changes(old, pen), Kind.VERDICT)


@pytest.mark.parametrize("side", ["old", "new"])
def test_file_that_is_not_there_is_an_empty_workbook(pen: Pen, side: str) -> None:
    measured(pen)
    found = differences(None, pen.book) if side == "old" else differences(pen.book, None)
    (improvement,) = found.improvements
    assert [each.words for each in improvement.changes] == ["added, assessing" if side == "old" else "removed"]


def test_improvements_with_another_verdict_stand_before_the_others(pen: Pen) -> None:
    measured(pen)
    first = pen.improvement_id
    acted(pen)
    second = pen.improvement_id
    old = as_it_was(pen)
    verified_now(pen)
    pen.improvement_id = first
    pen.entry(summary="more")
    found = differences(old, pen.book).improvements
    assert [each.ref for each in found] == [pen.book.improvement(second).ref, pen.book.improvement(first).ref]


def test_words_of_a_side_that_were_not_there_before_stand_out() -> None:
    pieces = differing("Stores sell on Saturdays.", "Stores can sell on  Saturdays.")
    assert "".join(each.text for each in pieces) == "Stores can sell on  Saturdays."
    assert [each.text.strip() for each in pieces if each.strong] == ["can"]
    assert not any(each.strong for each in differing("as it was", "as it was"))


def test_long_side_is_shown_as_it_is() -> None:
    long = "word " * 5000
    assert [each.text for each in differing("", long)] == [long]
