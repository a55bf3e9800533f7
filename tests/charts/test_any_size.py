"""Whatever the values and the size: no crash, never wider or higher than asked, and never by colour alone."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from cimodel_tui.charts import (
    Cells,
    Change,
    Dumbbell,
    Measured,
    Phase,
    Point,
    Role,
    RunChart,
    Staircase,
    Step,
    describe,
    draw,
    dumbbell_rows,
    glyphs,
    plain,
    svg,
)
from cimodel_tui.charts.run_chart import FLAGS

QUIET = settings(deadline=None, database=None, max_examples=60)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-100, 100).map(float)
MAYBE = st.none() | NUMBERS
GOALS = st.lists(NUMBERS, max_size=2).map(sorted).map(tuple)
NAMES = st.text(max_size=12) | st.sampled_from(["baseline", "日本語の名前", "🙂🙂", "\x1b[2J", "\u202eabc", "[/]"])
BETTER = st.sampled_from(["higher", "lower", "target", "none"])
SIDES = st.sampled_from(["", "better", "worse"])
CELLS = st.sampled_from(Cells)
DAYS = st.integers(0, 400).map(lambda at: date(2026, 1, 1) + timedelta(days=at))

DUMBBELLS = st.builds(
    Dumbbell,
    name=NAMES,
    unit=NAMES,
    better=BETTER,
    baseline=MAYBE,
    achieved=MAYBE,
    target=GOALS,
    limit=GOALS,
    decimals=st.none() | st.integers(0, 3),
)
STAIRCASES = st.builds(
    Staircase,
    name=NAMES,
    unit=NAMES,
    better=BETTER,
    baseline=MAYBE,
    steps=st.lists(st.builds(Step, name=NAMES, achieved=MAYBE, target=MAYBE), max_size=20).map(tuple),
    aim=MAYBE,
)


def by_day(rows: list[Point]) -> tuple[Point, ...]:
    return tuple(sorted({row.day: row for row in rows}.values(), key=lambda row: row.day))


RUN_CHARTS = st.builds(
    RunChart,
    name=NAMES,
    unit=NAMES,
    better=BETTER,
    points=st.lists(
        st.builds(Point, day=DAYS, value=NUMBERS, flagged=st.booleans(), side=SIDES, set_aside=st.booleans()),
        max_size=120,
    ).map(by_day),
    phases=st.lists(
        st.builds(
            Phase, name=NAMES, first=DAYS, last=st.none() | DAYS, mean=MAYBE, lower=MAYBE, upper=MAYBE, target=GOALS
        ),
        max_size=4,
    ).map(lambda rows: tuple(sorted(rows, key=lambda row: row.first))),
    changes=st.lists(st.builds(Change, day=DAYS, name=NAMES), max_size=4).map(
        lambda rows: tuple(sorted(rows, key=lambda row: row.day))
    ),
    least=st.none() | st.just(0.0),
    most=st.none() | st.just(100.0),
)
CHARTS = DUMBBELLS | STAIRCASES | RUN_CHARTS


@QUIET
@given(CHARTS, st.integers(0, 120), st.integers(0, 24), CELLS)
def test_a_picture_stays_within_its_size(chart: Measured, width: int, height: int, cells: Cells) -> None:
    lines = draw(chart, width, height, cells)
    assert len(lines) <= height
    assert all(cell_len(line) <= width for line in plain(lines).split("\n"))


@QUIET
@given(CHARTS, st.integers(1, 120), st.integers(1, 24))
def test_nothing_harmful_reaches_the_terminal(chart: Measured, width: int, height: int) -> None:
    text = plain(draw(chart, width, height)) + describe(chart)
    assert all(char == "\n" or char.isprintable() for char in text)


@QUIET
@given(CHARTS, st.integers(20, 120), st.integers(5, 24), CELLS)
def test_a_shape_belongs_to_one_role(chart: Measured, width: int, height: int, cells: Cells) -> None:
    typed = f"{chart.name}{chart.unit}"
    seen: dict[str, set[Role]] = {}
    for line in draw(chart, width, height, cells):
        for span in line:
            for char in span.text:
                seen.setdefault(char, set()).add(span.role)
    public = {name: value for name, value in vars(glyphs).items() if name.isupper() and not name.startswith("_")}
    shapes = {char for value in public.values() for char in value} - {glyphs.TRACK, glyphs.ELLIPSIS}
    assert all(len(seen.get(shape, ())) <= 1 for shape in shapes - set(typed))


@QUIET
@given(CHARTS, st.integers(0, 900), st.integers(0, 500))
def test_a_vector_picture_can_be_made_of_anything(chart: Measured, width: int, height: int) -> None:
    text = svg(chart, width, height)
    assert text.startswith("<svg ")
    assert "nan" not in text.replace(describe(chart), "") or "nan" in chart.name + chart.unit


@QUIET
@given(st.lists(DUMBBELLS, max_size=5), st.integers(0, 120), st.booleans())
def test_a_table_has_a_line_for_each_metric_and_stays_in_its_width(
    charts: list[Dumbbell], width: int, names: bool
) -> None:
    lines = dumbbell_rows(charts, width, names=names)
    assert len(lines) == len(charts)
    assert all(cell_len(line) <= width for line in plain(lines).split("\n"))


@QUIET
@given(RUN_CHARTS, st.integers(20, 120), st.integers(7, 24), CELLS)
def test_readings_are_drawn_and_one_that_is_flagged_is_seen(
    chart: RunChart, width: int, height: int, cells: Cells
) -> None:
    flagged = any(point.flagged and not point.set_aside for point in chart.points)
    drawn = {span.role for line in draw(chart, width, height, cells) for span in line}
    if chart.points:
        assert drawn & {Role.POINT, Role.THREAD, Role.HOLLOW, *FLAGS}
    if flagged:
        assert drawn & set(FLAGS)
