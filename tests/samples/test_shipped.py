"""The file that ships is what the walk makes, and it is sound."""

from pathlib import Path

from cimodel_tui.model.agreement import seal_problems
from cimodel_tui.model.step import STEPS
from cimodel_tui.workbook.advice import all_findings
from cimodel_tui.workbook.workbook import Workbook
from tests.samples.conftest import entry, passes
from tests.samples.walk import SHIPPED, TITLE, walked


def test_walk_makes_the_shipped_file_byte_for_byte(tmp_path: Path) -> None:
    book = walked(tmp_path)
    book.store.close()
    assert (tmp_path / "sample.json").read_bytes() == SHIPPED.read_bytes()


def test_every_seal_of_the_sample_holds(shipped: Workbook) -> None:
    for improvement in shipped.improvements(archived=True):
        for iteration in shipped.iterations(improvement.id):
            assert seal_problems(improvement, iteration) == ()


def test_sample_has_a_title_eight_entries_and_six_iterations_of_three_stories(shipped: Workbook) -> None:
    assert shipped.title == TITLE
    assert [each.ref for each in shipped.improvements()] == [f"CI-{number:04d}" for number in range(1, 9)]
    assert [len(passes(shipped, f"CI-000{number}")) for number in (1, 2, 3)] == [1, 2, 3]


def test_nothing_in_the_sample_is_filler(shipped: Workbook) -> None:
    text = SHIPPED.read_text(encoding="utf-8").casefold()
    assert not [word for word in ("lorem", "ipsum", "todo", "foo ", "xxx") if word in text]
    for number in (1, 2, 3):
        first = passes(shipped, f"CI-000{number}")[0]
        assert all(first.part(step.key) != type(first.part(step.key))() for step in STEPS)


def test_every_chosen_option_is_one_of_the_options(shipped: Workbook) -> None:
    for improvement in shipped.improvements(archived=True):
        for iteration in shipped.iterations(improvement.id):
            assert iteration.plan.chosen in ("", *(row.name for row in iteration.plan.options))


def test_whatever_the_coach_still_finds_is_meant(shipped: Workbook) -> None:
    found = {
        (improvement.ref, iteration.number, finding.rule)
        for improvement in shipped.improvements()
        for iteration in shipped.iterations(improvement.id)
        for finding in all_findings(shipped, improvement, iteration)
    }
    assert found == {
        ("CI-0002", 2, "B1"),  # eight readings: provisional
        ("CI-0003", 3, "B1"),
        ("CI-0003", 3, "B7"),  # the gain of the pass before was still under way
        ("CI-0003", 3, "T4"),  # one good fortnight proves nothing
        ("CI-0004", 1, "S1"),
        ("CI-0006", 1, "T5"),
    }


def test_every_owner_is_one_role(shipped: Workbook) -> None:
    owners = {entry(shipped, f"CI-000{number}").owner for number in (1, 2, 3)}
    assert owners == {"incident manager", "service desk lead", "change manager"}
