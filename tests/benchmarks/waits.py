"""What a person waits for, measured in a real pseudo-terminal; each yields pairs: the floor, and the program."""

import json
from collections.abc import Iterator
from pathlib import Path

from cimodel_tui.model.answer import label
from cimodel_tui.model.step import STEP_KEYS, Place, step_of
from tests.benchmarks import floors, workbooks
from tests.benchmarks.lab import Lab
from tests.benchmarks.terminal import Terminal
from tests.benchmarks.widgets import counted
from tests.look.test_keystrokes import READINGS, TITLE, VISION

Pair = tuple[float, float]
"""What the floor took, and what the program took."""

KEYS = 24
"""How many keys are typed into a field."""

BETWEEN = 0.08
"""Seconds between two keys: a save comes every fourth key or so."""

SETTLED = 1.2
"""Seconds after which a program has done everything that follows its first screen."""

FIRST_FIELDS = {
    "vision": "objective",
    "baseline": "current_state",
    "target": "targets",
    "plan": "approach",
    "action": "progress",
    "check": "other_causes",
    "momentum": "controls",
}
LABELS = {**{step: label(field) for step, field in FIRST_FIELDS.items()}, "action": "Actions", "check": "What else"}
"""The label of the first field of each step: once it is drawn, the form is there."""

_F3, _F9, _ESC, _QUIT = "\x1bOR", "\x1b[20~", "\x1b[27u", "\x11"
WALK = (
    *("n", "Walked\r", "a", f"{TITLE}\r", _F3),
    *("\t", VISION, _F3),
    *("\t\t", "a", "solved at once", "\t", "%", "\t", "h", _F9, f"\x1b[200~{READINGS}\x1b[201~", _F9, _F3),
    *("\r", "68\r", "+90", _ESC, _QUIT),
)
"""A new workbook, an improvement with its vision, a metric with twelve readings, and its target."""

CI_1 = Place(workbooks.improvement_id(1), workbooks.iteration_id(1, 1))
"""The first improvement of a workbook that was made, in its first iteration."""


def at_latest(lab: Lab, size: str) -> Place:
    """Return the first improvement in its latest iteration."""
    lineage = json.loads(lab.workbook(size).read_bytes())["iterations"]
    last = max(number for number in range(1, 9) if workbooks.iteration_id(1, number) in lineage)
    return Place(CI_1.improvement, workbooks.iteration_id(1, last))


def floor_start(lab: Lab) -> float:
    """Return how long the smallest app takes to its title."""
    with lab.floor("title") as floor:
        return floor.since_start(floors.TITLE)


def start_form(lab: Lab) -> Iterator[Pair]:
    """From the start to a plain form of as many widgets as the step at which the 1 MB workbook was left."""
    path = lab.workbook("1 MB")
    widgets = counted(path, at_latest(lab, "1 MB"), "baseline").widgets
    while True:
        floor = floor_start(lab)
        with lab.floor("form", widgets) as form:
            yield floor, form.since_start("label 1 of form 0.")


def start_home(lab: Lab) -> Iterator[Pair]:
    """From the start to the title of the home screen."""
    while True:
        floor = floor_start(lab)
        with lab.run() as app:
            yield floor, app.since_start("the continual improvement model")


def start_sample(lab: Lab) -> Iterator[Pair]:
    """From the start to the step at which the sample workbook was left."""
    said = _leave_sample_at(lab, "baseline")
    while True:
        floor = floor_start(lab)
        with lab.run(lab.sample) as app:
            yield floor, app.since_start(said)


def _leave_sample_at(lab: Lab, page: str) -> str:
    """Have the sample open at a page of an iteration with a baseline; returns how what its step 2 says begins."""
    iterations = json.loads(lab.sample.read_bytes())["iterations"]
    iteration_id, iteration = next(each for each in iterations.items() if each[1]["baseline"].get("current_state"))
    lab.leave_at(lab.sample, page, Place(iteration["improvement"], iteration_id))
    return str(iteration["baseline"]["current_state"][:20])


def start_file(lab: Lab, size: str) -> Iterator[Pair]:
    """From the start to the step at which a large workbook was left."""
    lab.leave_at(lab.workbook(size), "baseline", at_latest(lab, size))
    while True:
        floor = floor_start(lab)
        with lab.run(lab.workbook(size)) as app:
            yield floor, app.since_start(workbooks.NOW)


def whole_walk(lab: Lab) -> Iterator[Pair]:
    """From the start to the end of a program in which a metric, its readings and its target were typed meanwhile.

    The keys are those of `tests/look/test_keystrokes.py`, all of them typed ahead.
    """
    made = lab.places.data / "walked.json"
    while True:
        floor = floor_start(lab)
        with lab.run() as app:
            app.since_start("the continual improvement model")
            taken = app.to_the_end("".join(WALK))
        if '"value": "68"' not in made.read_text(encoding="utf-8"):
            raise EOFError("what was typed did not all arrive")
        made.unlink()
        yield floor, taken


def key_to_paint(lab: Lab, size: str) -> Iterator[Pair]:
    """From a key to its letter on the screen, in a form whose every change is saved; the floor saves nothing."""
    path, place = lab.workbook(size), at_latest(lab, size)
    widgets = counted(path, place, "vision").widgets
    while True:
        lab.leave_at(path, "vision", Place(*_ids(place), step="vision", field="objective"))
        with lab.floor("form", widgets) as floor, lab.run(path) as app:
            floor.since_start("label 1 of form 0.")
            app.since_start(LABELS["vision"])
            floor.rest(SETTLED)
            app.rest(SETTLED)
            app.after("\x15", " ")
            yield from zip(_typed(floor), _typed(app), strict=True)


def _ids(place: Place) -> tuple[str, str]:
    return place.improvement, place.iteration


def _typed(program: Terminal) -> Iterator[float]:
    for at in range(1, KEYS + 1):
        yield program.after("z", "z" * at)
        program.rest(BETWEEN)


def turning(lab: Lab, *, again: bool) -> Iterator[Pair]:
    """From step to step and back: the sum over six turns, the floor being forms of as many widgets in plain Textual."""
    path, place = lab.workbook("10 MB"), at_latest(lab, "10 MB")
    counts = [counted(path, place, step).widgets for step in STEP_KEYS]
    while True:
        lab.leave_at(path, "vision", place)
        with lab.floor("screens", *counts) as floor, lab.run(path) as app:
            floor.since_start("label 1 of form 0.")
            app.since_start(LABELS["vision"])
            first = _turn(floor, app, forward=True)
            there = _turn(floor, app, forward=False) if again else (0.0, 0.0)
            yield (first[0], there[1]) if again else first


def _turn(floor: Terminal, app: Terminal, *, forward: bool) -> Pair:
    """Turn through all the steps; going back, the page is there once its name is marked on the rail."""
    taken = [0.0, 0.0]
    for at in range(1, 7) if forward else range(5, -1, -1):
        floor.rest(SETTLED / 2)
        app.rest(SETTLED / 2)
        key, step = "\x1bOR" if forward else "\x1bOQ", STEP_KEYS[at]
        taken[0] += floor.after(key, f"label 1 of form {at}.")
        taken[1] += app.after(key, LABELS[step] if forward else f"● {step_of(step).heading}")
    return taken[0], taken[1]


def dashboard(lab: Lab) -> Iterator[Pair]:
    """From the key to the dashboard of an improvement with 2,000 readings."""
    path = lab.workbook("2,000 readings")
    widgets = counted(path, CI_1, "dashboard").widgets
    while True:
        lab.leave_at(path, "baseline", CI_1)
        with lab.floor("cells", widgets) as floor, lab.run(path) as app:
            floor.since_start(floors.TITLE)
            app.since_start(workbooks.NOW)
            floor.rest(SETTLED)
            app.rest(SETTLED)
            yield floor.after("\x1bOS", floors.DRAWN), app.after("\x1bOS", "Minutes to restore 0")


def register_opened(lab: Lab, size: str) -> Iterator[Pair]:
    """From the key to the first rows of the register; the floor is the register of 100 improvements."""
    while True:
        yield _opened(lab, "100"), _opened(lab, size)


def _opened(lab: Lab, size: str) -> float:
    path = lab.workbook(size)
    lab.leave_at(path, "vision", CI_1)
    with lab.run(path) as app:
        app.since_start(LABELS["vision"])
        app.rest(SETTLED)
        return app.after("\x1b[15~", "CI-0003")


def register_filtered(lab: Lab, size: str) -> Iterator[Pair]:
    """From a key in the filter to the rows that are left."""
    with _filtering(lab, "100") as floor, _filtering(lab, size) as app:
        while True:
            found = []
            for program in (floor, app):
                found.append(program.after(workbooks.RARE[0], "CI-0050"))
                program.rest(SETTLED / 2)
                program.after("\x7f", "CI-0003")
                program.rest(SETTLED / 2)
            yield found[0], found[1]


def _filtering(lab: Lab, size: str) -> Terminal:
    path = lab.workbook(size)
    lab.leave_at(path, "register", Place())
    program = lab.run(path)
    program.since_start("CI-0003")
    program.rest(SETTLED)
    program.after("/", "filter")
    program.rest(SETTLED / 2)
    return program


def memory_of_sample(lab: Lab, page: str) -> Iterator[Pair]:
    """How much memory is resident with the sample open at a page."""
    _leave_sample_at(lab, page)
    yield from memory(lab, lab.sample)


def memory(lab: Lab, path: Path) -> Iterator[Pair]:
    """How much memory is resident once everything has settled."""
    while True:
        with lab.floor("title") as floor, lab.run(path) as app:
            floor.since_start(floors.TITLE)
            app.since_start("›")
            floor.rest(SETTLED)
            app.rest(SETTLED)
            yield floor.resident(), app.resident()


def memory_added(lab: Lab, size: str) -> Iterator[Pair]:
    """How much more than the smallest app is resident, against eight times the file."""
    allowed = 8 * lab.workbook(size).stat().st_size
    for floor, found in memory(lab, lab.workbook(size)):
        yield allowed, found - floor
