"""Before and after are counted the same way, or the verdict says that they are not."""

import pytest

from cimodel_tui.model.agreement import RECKONED
from cimodel_tui.model.target import Promise
from cimodel_tui.workbook.measure import measure
from tests.samples.pen import Pen
from tests.workbook.stories import BETTER, measured

AGREED = {"measure": "median", "where": ["priority=1"], "zone": "UTC"}


def verdict(pen: Pen, recipe: dict[str, object]) -> tuple[str, str]:
    """Agree a baseline by one recipe, change that with a reason, and check the result."""
    measured(pen, size="M")
    pen.cells("baseline", "metrics", "hours", recipe=AGREED)
    pen.on("2026-03-30")
    pen.agree("baseline", "Grace")
    pen.rows("target", "targets", Promise, hours={"value": "5.0", "by": "2026-06-21"})
    pen.agree("target", "Grace")
    pen.cells("baseline", "metrics", "hours", because="another queue", recipe=recipe)
    pen.write("plan", result_from="2026-04-27")
    pen.on("2026-06-22")
    pen.read("hours", "2026-04-27", BETTER)
    found = measure(pen.improvement, pen.iteration, pen.clock.today()).of(pen.names["hours"])
    assert found is not None
    return str(found.case.verdict), found.case.sentence


@pytest.mark.parametrize(
    "change", [{"where": ["priority=1|2"]}, {"measure": "p90"}, {"zone": "Asia/Tokyo"}, {"hours": "mon-fri 8-18"}]
)
def test_another_way_of_counting_makes_a_target_that_is_met_unclear(pen: Pen, change: dict[str, object]) -> None:
    word, sentence = verdict(pen, AGREED | change)
    assert word == "met-unclear"
    assert "before and after are not counted the same way" in sentence


@pytest.mark.parametrize(
    "change",
    [{"dates": "dmy"}, {"settle": 7}, {"sheet": "Export"}, {"where": ["priority=1|2"], RECKONED: "2026-04-01"}],
)
def test_reading_otherwise_or_reckoning_anew_leaves_it_achieved(pen: Pen, change: dict[str, object]) -> None:
    word, sentence = verdict(pen, AGREED | change)
    assert word == "achieved"
    assert "not counted the same way" not in sentence


def test_a_recipe_that_was_taken_away_leaves_it_unclear(pen: Pen) -> None:
    assert verdict(pen, {})[0] == "met-unclear"
