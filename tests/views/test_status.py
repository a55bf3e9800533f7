"""What is due and what comes next say what holds today: a target day that has passed, a gain that has slipped."""

from cimodel_tui.views.due import due_in
from cimodel_tui.views.status import next_of, status_of
from tests.samples.pen import Pen
from tests.workbook.stories import agreed, embedding, verified


def kinds(pen: Pen) -> list[tuple[str, int]]:
    return [(each.kind, each.days) for each in due_in(pen.book)]


def test_day_of_a_target_that_has_passed_unverified_is_overdue(pen: Pen) -> None:
    agreed(pen, size="M")
    pen.on("2026-07-03")
    assert ("target", -12) in kinds(pen)


def test_day_of_a_target_is_due_no_longer_once_it_is_verified(pen: Pen) -> None:
    verified(pen)
    pen.on("2026-07-03")
    assert "target" not in dict(kinds(pen))


def test_relapse_is_what_comes_next(pen: Pen) -> None:
    embedding(pen, size="M")
    pen.write(
        "momentum",
        relapse_metric=pen.names["hours"],
        relapse_side="above",
        relapse_limit="5.5",
        relapse_count="3",
    )
    assert "slipped" not in next_of(pen.book, pen.improvement)
    pen.on("2026-07-20")
    pen.read("hours", "2026-06-29", "6.0 6.1 6.2")
    assert "relapsed" in status_of(pen.book, pen.improvement)
    assert next_of(pen.book, pen.improvement).startswith(
        "open an iteration at step 2: the gain has slipped since 2026-"
    )
