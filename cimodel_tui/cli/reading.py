"""`cimodel-tui reading add` and `reading from`: one reading, a table of them, or what a ticket export comes to."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

from cimodel_tui import storage
from cimodel_tui.cli.local_zone import local_zone
from cimodel_tui.cli.progress import Progress
from cimodel_tui.cli.shell import Shell, Values, WrongUseError, complain, day_of, improvement_of
from cimodel_tui.model.agreement import counting
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.day import UnreadableDayError, read_day
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.number import UnreadableNumberError, quoted, read_number
from cimodel_tui.model.place import Place
from cimodel_tui.record import dataclass, with_values
from cimodel_tui.sources.comparison import Comparison, Restated, in_words
from cimodel_tui.sources.hours import read_holidays
from cimodel_tui.sources.question import SourceError
from cimodel_tui.sources.readings import FoundReading, Understood
from cimodel_tui.sources.recipe import Recipe
from cimodel_tui.workbook import ReasonNeededError, Workbook
from cimodel_tui.workbook.incoming import (
    ANEW,
    KEEP,
    How,
    Taking,
    compare_with,
    facts_of,
    later_days,
    recount,
    saved_recipe,
    take_readings,
    understand,
)

LEFT_FOR_A_PERSON = 1
"""The exit code where something was left out that a person has to look at."""

_MOST_ROWS = 20
"""So many rows that cannot be read are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What a file comes to for one metric."""

    improvement: Improvement
    """The improvement."""
    metric: Metric
    """The metric."""
    recipe: Recipe
    """How it was read."""
    understood: Understood
    """What was understood."""
    comparison: Comparison
    """What of it is new."""
    baseline: str = ""
    """What becomes of a baseline that was agreed by another recipe."""

    @property
    def name(self) -> str:
        """The improvement and the metric in words."""
        unit = f" ({self.metric.unit})" if self.metric.unit else ""
        return f"{self.improvement.ref} {self.metric.name}{unit}"


def run_reading(shell: Shell, values: Values) -> int:
    """Add one reading, or many from a table or an export in one write."""
    try:
        if values.what == "from":
            return _from(shell, values)
        if values.day == "-" and values.number is None:
            return _table(shell, values)
        return _one(shell, values)
    except SourceError as problem:
        raise WrongUseError(f"reading {values.what}: {problem}; nothing was stored") from None


def metric_of(book: Workbook, improvement: Improvement, wanted: str) -> Metric:
    """Return the metric that is meant: by id, name (case aside), or m1, m2 ...; raises WrongUseError."""
    latest, *earlier = reversed(book.iterations(improvement.id))
    metrics = latest.baseline.metrics
    text = " ".join(wanted.split()).casefold()
    for each in (latest, *earlier):
        found = [row for row in each.baseline.metrics if wanted == row.id or _named(row) == text]
        if len({row.id for row in found}) > 1:
            raise WrongUseError(
                f"{improvement.ref} has several metrics named {quoted(wanted)}: give its id or m1, m2 ..."
            )
        if found:
            return found[0]
    at = int(text[1:]) if text[:1] == "m" and text[1:].isascii() and text[1:].isdecimal() else 0
    if 1 <= at <= len(metrics):
        return metrics[at - 1]
    known = ", ".join(f"m{number} {row.name}" for number, row in enumerate(metrics, 1)) or "none yet"
    raise WrongUseError(f"{improvement.ref} has no metric {quoted(wanted)}: there is {known}")


def _named(metric: Metric) -> str:
    return " ".join(metric.name.split()).casefold()


def place_of(book: Workbook, improvement: Improvement, metric: Metric) -> Place:
    """Return the place of a metric in the latest iteration."""
    return Place(improvement.id, book.latest(improvement.id).id, "baseline", "metrics", metric.id)


def _one(shell: Shell, values: Values) -> int:
    """Add the reading that was typed."""
    if values.number is None:
        raise WrongUseError("reading add: a day needs its value; - instead of the day takes a table")
    found = _typed(shell, values)
    with shell.changing(values.file) as book:
        improvement = improvement_of(book, values.ref)
        metric = metric_of(book, improvement, values.metric)
        seen = compare_with(book, improvement, metric, [found], 0)
        if seen.restated and not values.restate:
            raise WrongUseError(f"{seen.restated[0].words}: it holds another value already; --restate replaces it")
        if seen.sealed and not values.why:
            raise WrongUseError(f"{found.day} lies in a baseline that was agreed; give the reason with --why")
        changed = _take(book, place_of(book, improvement, metric), seen, _taking(values, "the shell"))
    shell.say(f"{improvement.ref} {metric.name}: {told(seen, changed)}")
    _warn_of_the_future(shell, [found])
    return 0


def _typed(shell: Shell, values: Values) -> FoundReading:
    try:
        day = read_day(values.day, shell.clock.today())
        read_number(values.number)
        if values.total:
            read_number(values.total)
    except (UnreadableDayError, UnreadableNumberError) as problem:
        raise WrongUseError(str(problem)) from None
    total = values.total.strip() or None
    return FoundReading(0, day.isoformat(), values.number.strip(), total, values.note.strip())


def _taking(values: Values, source: str, recipe: Recipe | None = None) -> Taking:
    return Taking(restate=values.restate, why=values.why, source=source, recipe=recipe)


def _take(book: Workbook, place: Place, seen: Comparison, taking: Taking) -> int:
    try:
        return take_readings(book, place, seen, taking)
    except ReasonNeededError as problem:
        raise WrongUseError(f"{problem}; give it with --why") from None


def told(seen: Comparison, changed: int) -> str:
    """Say what was stored."""
    added = len(seen.new)
    parts = [f"{added} reading{'' if added == 1 else 's'} added"]
    more = changed - added
    restated = min(more, len(seen.settling) + len(seen.restated) + len(seen.sealed))
    parts += [f"{restated} restated"] if restated else []
    parts += [f"{more - restated} noted anew"] if more > restated else []
    known = len(seen.same) - (more - restated)
    parts += [f"{known} there already"] if known else []
    return ", ".join(parts)


def _warn_of_the_future(shell: Shell, found: Sequence[FoundReading]) -> None:
    if ahead := later_days(found, shell.clock.today()):
        complain(f"{ahead[0]} lies in the future")


def _table(shell: Shell, values: Values) -> int:
    """Add the readings of a table on standard input, which needs no consent."""
    data = shell.input_bytes()
    if not data.strip():
        raise WrongUseError("there is no reading on standard input: write date,value a line")
    return _stored(shell, values, data, "standard input")


def _from(shell: Shell, values: Values) -> int:
    """Show what a file comes to, and store it where that is wanted."""
    data = shell.input_bytes() if values.day == "-" else read_file(values.day)
    name = "standard input" if values.day == "-" else Path(values.day).name
    came = _came(shell.look(values.file), values, data)
    refuse_open(came)
    if values.json and (values.preview or not values.yes):
        shell.say_json(json_of(came))
    elif not values.json:
        for each in came:
            shell.say_lines(_preview(each))
    if values.preview:
        return _code(came, values)
    if not (values.yes or all(_is_known(shell, values, each) for each in came) or consents("Store this?")):
        raise WrongUseError("nothing is stored yet: --yes stores it")
    return _stored(shell, values, data, name, quiet=bool(values.json and not values.yes))


def _is_known(shell: Shell, values: Values, came: Came) -> bool:
    """Tell whether the metric has a recipe that was used on this machine before; another's is shown first."""
    known = storage.consent.consents(shell.places, Path(values.file).expanduser())
    return bool(came.metric.recipe) and known.get(f"recipe {came.metric.id}") == saved_recipe(came.metric).digest


def _remember(shell: Shell, values: Values, came: Came) -> None:
    """Remember that the recipe which the metric has now was looked at."""
    recipe = came.recipe if values.save else saved_recipe(came.metric)
    if values.save or came.metric.recipe:
        with suppress(OSError):
            storage.consent.consent(
                shell.places, Path(values.file).expanduser(), f"recipe {came.metric.id}", recipe.digest
            )


def _stored(shell: Shell, values: Values, data: bytes, source: str, *, quiet: bool = False) -> int:
    """Read the file for the workbook as it is now, and store it as one write."""
    with shell.changing(values.file) as book:
        came = _came(book, values, data)
        refuse_open(came)
        if not any(each.understood.readings for each in came):
            raise SourceError("there is no reading in it")
        lines = []
        for each in came:
            recipe = each.recipe if values.save else None
            taking = replace(_taking(values, source, recipe), baseline=each.baseline)
            changed = _take(book, place_of(book, each.improvement, each.metric), each.comparison, taking)
            lines.append(f"{each.improvement.ref} {each.metric.name}: {told(each.comparison, changed)}")
    if values.json and not quiet:
        shell.say_json(json_of(came))
    elif not values.json:
        shell.say_lines(lines)
    for each in came:
        _remember(shell, values, each)
        say_what_was_left(each, restate=values.restate, why=values.why)
        _warn_of_the_future(shell, each.understood.readings)
    return _code(came, values)


def _code(came: Sequence[Came], values: Values) -> int:
    """Return 1 where something was left for a person, else 0."""
    restated = any(each.comparison.restated for each in came) and not values.restate
    skipped = any(left.why.startswith("unreadable") for each in came for left in each.understood.left_out)
    return LEFT_FOR_A_PERSON if restated or skipped else 0


def say_what_was_left(came: Came, *, restate: bool, why: str) -> None:
    """List on standard error what was left out, and what would take it."""
    for row in came.understood.left_out:
        complain(f"row {row.row} is left out: {row.why}")
    seen = came.comparison
    if seen.restated and not restate:
        words = "; ".join(each.words for each in seen.restated[:_MOST_ROWS])
        complain(f"{len(seen.restated)} restated and left out: {words}: --restate takes them")
    if seen.sealed and not why:
        complain(sealed_words(seen))


def sealed_words(seen: Comparison) -> str:
    """Say what differs inside a stretch that was agreed, where no file writes."""
    new = len(seen.sealed) - len(seen.sealed_differences)
    parts = []
    if seen.sealed_differences:
        most = max(_difference(each) for each in seen.sealed_differences)
        parts.append(f"{len(seen.sealed_differences)} sealed readings differ by at most {most}: kept")
    if new:
        parts.append(f"{new} new days lie in a stretch that was agreed: left out")
    return f"{'; '.join(parts)}; --why takes them as an amendment"


def _difference(each: Restated) -> float:
    return float(f"{abs(float(each.reading.value) - float(read_number(each.value))):.6g}")


def _came(book: Workbook, values: Values, data: bytes) -> list[Came]:
    """Return what a file comes to for each metric that it is meant for."""
    improvement = improvement_of(book, values.ref)
    return [
        _for_metric(book, improvement, metric_of(book, improvement, name), values, (data, column))
        for column, name in _wanted(values)
    ]


def _wanted(values: Values) -> Iterator[tuple[str, str]]:
    """Yield column and metric; the column is empty where it is to be found."""
    if not values.columns:
        if values.metric == "-":
            raise WrongUseError('which metrics? Give --metric "COLUMN=METRIC" for each of them')
        yield "", values.metric
    for each in values.columns:
        column, equals, metric = each.partition("=")
        if not equals or values.metric != "-":
            raise WrongUseError(f'--metric {quoted(each)}: write "COLUMN=METRIC", and - in the place of METRIC')
        yield column.strip(), metric.strip()


def _for_metric(
    book: Workbook, improvement: Improvement, metric: Metric, values: Values, source: tuple[bytes, str]
) -> Came:
    data, column = source
    recipe = given_recipe(values, saved_recipe(metric))
    recipe = replace(recipe, value=column or recipe.value, zone=recipe.zone or local_zone())
    span = (_day("--from", values.from_day), _day("--to", values.to_day))
    progress = Progress("rows")
    how = How(span=span, skip_unreadable=values.skip_unreadable, progress=progress)
    try:
        understood = understand(data, metric, facts_of(improvement, metric), recipe, book.clock.today(), how)
    finally:
        progress.end()
    return _with_baseline(book, came_of(book, improvement, metric, recipe, understood), values)


def _with_baseline(book: Workbook, came: Came, values: Values) -> Came:
    """Return what came with the question what becomes of a baseline that was agreed by another recipe.

    A file of tickets that is counted by another recipe than the metric has is refused unless that is stored.
    """
    if values.baseline not in ("", ANEW, KEEP):
        raise WrongUseError(f"--baseline {quoted(values.baseline)}: give {ANEW} or {KEEP}")
    metric, recipe = came.metric, came.recipe
    if not values.save and not values.preview:
        known = saved_recipe(metric)
        known = replace(known, zone=known.zone or recipe.zone)
        if (known.measure or values.baseline) and counting(known.to_json()) != counting(recipe.to_json()):
            raise WrongUseError("the metric has a recipe that counts in another way: --save makes this one its recipe")
        if not values.baseline:
            return came
    found = recount(came.improvement, book.latest(came.improvement.id), metric, recipe, came.understood.readings)
    if found is None or (found.decided and not values.baseline) or not came.understood.readings:
        return came
    if values.baseline == ANEW and found.missing:
        raise SourceError(str(found.question))
    if values.preview and not values.baseline:
        remarks = (*came.understood.remarks, str(found.question))
        return replace(came, understood=replace(came.understood, remarks=remarks))
    questions = () if values.baseline else (found.question,)
    understood = replace(came.understood, questions=(*came.understood.questions, *questions))
    return replace(came, understood=understood, baseline=values.baseline)


def came_of(book: Workbook, improvement: Improvement, metric: Metric, recipe: Recipe, understood: Understood) -> Came:
    """Return what was understood with what of it is new; only a recipe makes readings settle."""
    settle = recipe.settle if recipe.measure or metric.recipe or metric.feed else 0
    seen = compare_with(book, improvement, metric, understood.readings, settle)
    return Came(improvement=improvement, metric=metric, recipe=recipe, understood=understood, comparison=seen)


def _day(name: str, text: str) -> date | None:
    return day_of(name, text) if text else None


def given_recipe(values: Values, saved: Recipe) -> Recipe:
    """Return the saved recipe with what was given on the command line."""
    given = {**vars(values), "day": values.day_means, "holidays": "", "settle": ""}
    changed: dict[str, object] = {}
    for each in fields(Recipe):
        if value := given.get(each.name):
            changed[each.name] = tuple(value) if isinstance(value, list) else value
    if values.holidays:
        changed["holidays"] = read_holidays(read_file(values.holidays).decode("utf-8", "replace"))
    if values.settle:
        changed["settle"] = _settle(values.settle)
    return with_values(saved, changed)


def _settle(text: str) -> int:
    if not text.isdecimal():
        raise WrongUseError(f"--settle {quoted(text)}: give a number of days")
    return int(text)


def read_file(name: str) -> bytes:
    """Return the bytes of a file; raises WrongUseError in one line."""
    try:
        return Path(name).expanduser().read_bytes()
    except OSError as problem:
        raise WrongUseError(f"{name} cannot be read: {(problem.strerror or str(problem)).lower()}") from None


def refuse_open(came: Sequence[Came]) -> None:
    """Raise SourceError where a question is open or a row cannot be read."""
    questions = [question for each in came for question in each.understood.questions]
    if questions:
        raise SourceError(" ".join(dict.fromkeys(map(str, questions))))
    problems = [problem for each in came for problem in each.understood.problems]
    if problems:
        more = f"; and {len(problems) - _MOST_ROWS} more" if len(problems) > _MOST_ROWS else ""
        raise SourceError(f"{'; '.join(problems[:_MOST_ROWS])}{more}")


def consents(question: str) -> bool:
    """Ask whether to store, where there is somebody to ask."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    sys.stdout.write(f"{question} [y/N] ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _preview(came: Came) -> Iterator[str]:
    """Yield what would happen, line by line: which column is which, the readings, and what is left out."""
    understood = came.understood
    yield f"{came.name}: {in_words(came.comparison, len(understood.left_out))}"
    yield from (f"  {column} -> {role}" for column, role in understood.columns)
    if came.recipe.measure:
        hours = f", working hours {came.recipe.hours}" if came.recipe.hours else ""
        yield f"  days in {came.recipe.zone}{hours}"
    for each in understood.readings:
        total = f" of {each.of}" if each.of is not None else ""
        yield f"  {each.day}  {each.value}{total}{f'  {each.note}' if each.note else ''}"
    yield from (f"  ! {day}: left out, {why}" for day, why in understood.periods_left_out)
    yield from (f"  ! row {each.row}: left out, {each.why}" for each in understood.left_out)
    yield from (f"  ! {each}" for each in understood.remarks)


def json_of(came: Sequence[Came]) -> object:
    """Return what `--json` prints: an object for one metric, a list for several."""
    documents = [_document(each) for each in came]
    if len(documents) == 1:
        return documents[0]
    return [{"metric": each.metric.name, **document} for each, document in zip(came, documents, strict=True)]


def _document(came: Came) -> Mapping[str, object]:
    """Return what `--json` prints of one metric."""
    understood, seen = came.understood, came.comparison
    restated = [*seen.restated, *seen.settling, *seen.sealed_differences]
    return {
        "readings": [
            {"date": each.day, "value": each.value, "of": each.of, "n": each.n} for each in understood.readings
        ],
        "new": len(seen.new),
        "same": len(seen.same),
        "restated": [{"date": each.reading.day, "from": each.value, "to": each.reading.value} for each in restated],
        "left_out": [{"row": each.row, "why": each.why} for each in understood.left_out],
        "periods_left_out": [{"date": day, "why": why} for day, why in understood.periods_left_out],
    }
