"""The iterations of an improvement as steps: where it began, how far each got, and what the vision aims at."""

from collections.abc import Iterator

from cimodel_tui.charts.cells import cleaned
from cimodel_tui.charts.dumbbell import side
from cimodel_tui.charts.number_format import decimals_for, finite, shown, stated
from cimodel_tui.record import dataclass

NOTHING_YET = "no baseline yet"
"""Stands where the first step would be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One iteration."""

    name: str
    """What stands below it, for example its number."""
    achieved: float | None = None
    """What it achieved; none while it is open."""
    target: float | None = None
    """What it is to reach; shown while it is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staircase:
    """The same metric through all iterations."""

    name: str
    """The metric."""
    unit: str = ""
    """Its unit."""
    better: str = "none"
    """The better side: higher, lower, target or none."""
    baseline: float | None = None
    """The baseline of the first iteration; none while there is none."""
    steps: tuple[Step, ...] = ()
    """The iterations, the first one first."""
    aim: float | None = None
    """The aim of the vision, where it is a number."""
    decimals: int | None = None
    """Decimals of measured values; without it, enough to tell them apart."""

    def __post_init__(self) -> None:
        finite(baseline=[self.baseline], aim=[self.aim])
        finite(steps=[value for step in self.steps for value in (step.achieved, step.target)])

    @property
    def measured(self) -> tuple[float, ...]:
        """Baseline and achieved values."""
        values = (self.baseline, *(step.achieved for step in self.steps))
        return tuple(value for value in values if value is not None)

    def figure(self, value: float) -> str:
        """Return a measured value as text."""
        wanted = decimals_for(self.measured) if self.decimals is None else self.decimals
        return shown(value, wanted)

    def extent(self) -> tuple[float, ...]:
        """Return every value that must be on the scale."""
        targets = [step.target for step in self.steps if step.achieved is None]
        return (*self.measured, *(value for value in (self.aim, *targets) if value is not None))


@dataclass(frozen=True, slots=True)
class Tread:
    """One step as it is drawn."""

    name: str
    """What stands below it."""
    value: float | None
    """Its height; none where nothing has been measured yet."""
    figure: str
    """What stands above it."""
    worse: bool = False
    """Whether it is the wrong way from the step before."""
    open: bool = False
    """Whether it has no result yet; it is then as high as the step before."""
    target: float | None = None
    """What an open step is to reach."""


def treads(chart: Staircase) -> Iterator[Tread]:
    """Yield the steps as they are drawn, the first baseline first."""
    height = chart.baseline
    yield Tread("baseline", height, NOTHING_YET if height is None else chart.figure(height))
    for step in chart.steps:
        if step.achieved is None:
            yield Tread(step.name, height, "open", open=True, target=step.target)
            continue
        worse = height is not None and _worse(chart, height, step.achieved)
        height = step.achieved
        yield Tread(step.name, height, chart.figure(height) + (" worse" if worse else ""), worse)


def named(tread: Tread, index: int, cells: int) -> str:
    """Return what stands below a step: the word iteration before its number where that has room."""
    whole = f"iteration {tread.name}"
    return whole if index and tread.name.isdigit() and len(whole) <= cells else tread.name


def _worse(chart: Staircase, before: float, after: float) -> bool:
    if chart.better == "target" and chart.aim is not None:
        return abs(after - chart.aim) > abs(before - chart.aim)
    return after < before if chart.better == "higher" else chart.better == "lower" and after > before


def direction(chart: Staircase) -> str:
    """Return in words which way is better."""
    return side(chart.better)


def heading(chart: Staircase) -> str:
    """Return metric and unit."""
    return f"{chart.name}, {chart.unit}" if chart.unit else chart.name


def aim_of(chart: Staircase) -> str:
    """Return the aim of the vision in words, nothing where it is no number."""
    return "" if chart.aim is None else f"aim {stated(chart.aim)}"


def brief(chart: Staircase) -> str:
    """Return the steps as one line of figures."""
    steps = " → ".join(tread.figure for tread in treads(chart))
    return f"{steps}, {aim_of(chart)}" if chart.aim is not None else steps


def in_words(chart: Staircase) -> str:
    """Return the picture in one sentence, for those who do not see it."""
    unit = f" {chart.unit}" if chart.unit else ""
    first, *rest = treads(chart)
    start = NOTHING_YET if first.value is None else f"first baseline {first.figure}{unit}"
    told = [start, *(f"iteration {_told(tread, unit)}" for tread in rest)]
    if chart.aim is not None:
        told.append(f"{aim_of(chart)}{unit}")
    told.append(direction(chart))
    return cleaned(f"{heading(chart)}: {', '.join(part for part in told if part)}.")


def _told(tread: Tread, unit: str) -> str:
    if not tread.open:
        figure, _, worse = tread.figure.partition(" ")
        return f"{tread.name} {figure}{unit}" + (f" ({worse})" if worse else "")
    towards = "" if tread.target is None else f", target {stated(tread.target)}{unit}"
    return f"{tread.name} open{towards}"
