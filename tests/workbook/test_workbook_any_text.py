"""Whatever is typed into a day, a number or a text: every view of the workbook still works."""

from dataclasses import fields, replace

import pytest

from cimodel_tui.model.answer import Row
from cimodel_tui.model.baseline import KINDS
from cimodel_tui.model.improvement import Reading
from cimodel_tui.model.step import REGISTER, STEP_KEYS, Place
from cimodel_tui.workbook.actions import set_readings
from tests.samples.pen import Pen
from tests.workbook.stories import back_to, embedding
from tests.workbook.views import look_at_everything

MADE_BY_THE_APP = {
    *("id", "ref", "was", "archived_on", "seal", "amendments", "measured", "verdict", "counts_to", "taken_over_by"),
    "standing",
}
"""What nobody types; a standing is shown as the status that it is."""

STRANGE = ("[/] \x1b[31m", "0001-01-01", "9999-12-31", "9" * 400)


@pytest.mark.parametrize("day", ["", "soon", "0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("end", ["first_on", "last_on"])
def test_views_work_whatever_stands_for_the_ends_of_an_agreed_baseline(pen: Pen, end: str, day: str) -> None:
    back_to(pen, "plan")
    for each in reversed(pen.book.iterations(pen.improvement_id)):
        place = Place(pen.improvement_id, each.id, "baseline", end)
        if pen.book.may_change(place):
            pen.book.change(place, day, why="a slip of the pen")
            look_at_everything(pen.book)


def strange(row: Row, text: str) -> Row:
    names = [each.name for each in fields(row) if each.name not in MADE_BY_THE_APP]
    return replace(row, **{name: text for name in names if isinstance(getattr(row, name), str)})


@pytest.mark.parametrize("text", STRANGE)
def test_views_work_whatever_text_stands_in_every_field(pen: Pen, text: str) -> None:
    embedding(pen, size="M")
    for step in (REGISTER, *STEP_KEYS):
        holder = pen.improvement if step == REGISTER else pen.iteration.part(step)
        for name in (each.name for each in fields(holder) if each.name not in MADE_BY_THE_APP):
            place = Place(pen.improvement_id, "" if step == REGISTER else pen.iteration.id, step, name)
            value = getattr(holder, name)
            if pen.book.may_change(place) and isinstance(value, str):
                pen.book.change(place, text, why=text)
            elif pen.book.may_change(place) and value and isinstance(value[0], Row):
                pen.book.change(place, tuple(strange(row, text) for row in value), why=text)
    look_at_everything(pen.book)


@pytest.mark.parametrize("text", [*STRANGE, "1e300", "-1"])
@pytest.mark.parametrize("kind", KINDS)
def test_views_work_whatever_stands_for_a_reading(pen: Pen, text: str, kind: str) -> None:
    embedding(pen, size="M")
    part = pen.iteration.baseline
    metrics = tuple(replace(row, kind=kind, per=text) for row in part.metrics)
    pen.book.store.put([replace(pen.iteration, baseline=replace(part, metrics=metrics))])
    place = Place(pen.improvement_id, "", "baseline", "metrics", pen.named("hours"))
    odd = Reading(text, text, of=text)
    set_readings(pen.book, place, {"2026-02-02": odd, "2026-03-02": odd, "2026-05-04": odd}, why=text)
    look_at_everything(pen.book)
