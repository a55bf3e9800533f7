"""`cimodel-tui reading add` and `reading from`: one reading, a table of them, or those counted from a ticket export."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

from cimodel_tui import storage
from cimodel_tui.cli.incoming import (
    NEEDS_A_PERSON,
    IncomingReadings,
    complain_of_remarks,
    consents,
    incoming_of,
    json_of,
    local_zone,
    metric_of,
    place_of,
    preview_lines,
    raise_for_open_questions,
    report_left_out,
    stored_words,
)
from cimodel_tui.cli.output import Progress
from cimodel_tui.cli.shell import Shell, Values, WrongUseError, complain, day_of, improvement_of
from cimodel_tui.model.agreement import counting
from cimodel_tui.model.baseline import WITH_TOTALS, Metric
from cimodel_tui.model.day import UnreadableDayError
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.number import UnreadableNumberError, quoted, read_number
from cimodel_tui.model.step import Place
from cimodel_tui.record import with_values
from cimodel_tui.sources.comparison import Comparison
from cimodel_tui.sources.durations import read_holidays
from cimodel_tui.sources.plausibility import count_problem
from cimodel_tui.sources.reading_line import read_reading_day
from cimodel_tui.sources.recipe import FoundReading, Recipe, SourceError, skipped_in_words
from cimodel_tui.workbook import ReasonNeededError, Workbook
from cimodel_tui.workbook.incoming import (
    ANEW,
    KEEP,
    ImportDecisions,
    ReadingOptions,
    commit_readings,
    compare_with,
    facts_of,
    interpret_import,
    later_days,
    recount,
    saved_recipe,
    stale_remark,
)

_MOST_REASONS = 5
"""So many reasons are given for a file without a reading."""


def run_reading(shell: Shell, values: Values) -> int:
    """Add one reading, or many from a table or an export in one write."""
    try:
        if values.what == "from":
            return _add_from_file(shell, values)
        if values.day == "-" and values.number is None:
            return _add_table(shell, values)
        return _add_one(shell, values)
    except SourceError as problem:
        raise WrongUseError(f"reading {values.what}: {problem}; nothing was stored") from None


def _add_one(shell: Shell, values: Values) -> int:
    """Add the reading that was typed."""
    if values.number is None:
        raise WrongUseError("reading add: a day needs its value; - instead of the day takes a table")
    found = _typed_reading(shell, values)
    with shell.changing(values.file) as book:
        improvement = improvement_of(book, values.ref)
        metric = metric_of(book, improvement, values.metric)
        problem = count_problem(metric.kind, found.value, found.of)
        if metric.kind in WITH_TOTALS and found.of is None:
            problem = f"a metric of kind {metric.kind} has a total: give it with --total"
        if problem:
            raise WrongUseError(f"reading add: {problem}; nothing was stored")
        comparison = compare_with(book, improvement, metric, [found], 0)
        if comparison.restated and not values.restate:
            raise WrongUseError(
                f"{comparison.restated[0].words}: it holds another value already; --restate replaces it"
            )
        if comparison.sealed and not values.why:
            raise WrongUseError(f"{found.day} lies in a baseline that was agreed; give the reason with --why")
        changed = _commit(book, place_of(book, improvement, metric), comparison, _import_decisions(values, "the shell"))
    shell.print(f"{improvement.ref} {metric.name}: {stored_words(comparison, changed)}")
    _warn_of_the_future(shell, [found])
    return 0


def _typed_reading(shell: Shell, values: Values) -> FoundReading:
    try:
        day = read_reading_day(values.day, shell.clock.today())
        read_number(values.number)
        if values.total:
            read_number(values.total)
    except (UnreadableDayError, UnreadableNumberError) as problem:
        raise WrongUseError(str(problem)) from None
    total = values.total.strip() or None
    return FoundReading(0, day.isoformat(), values.number.strip(), total, values.note.strip())


def _import_decisions(values: Values, source: str, recipe: Recipe | None = None) -> ImportDecisions:
    return ImportDecisions(restate=values.restate, why=values.why, source=source, recipe=recipe)


def _commit(book: Workbook, place: Place, comparison: Comparison, decisions: ImportDecisions) -> int:
    try:
        return commit_readings(book, place, comparison, decisions)
    except ReasonNeededError as problem:
        raise WrongUseError(f"{problem}; give it with --why") from None


def _warn_of_the_future(shell: Shell, found: Sequence[FoundReading]) -> None:
    if ahead := later_days(found, shell.clock.today()):
        complain(f"{ahead[0]} lies in the future")


def _add_table(shell: Shell, values: Values) -> int:
    """Add the readings of a table on standard input, which needs no consent."""
    data = shell.input_bytes()
    if not data.strip():
        raise WrongUseError("there is no reading on standard input: write date,value a line")
    return _store(shell, values, data, "standard input")


def _add_from_file(shell: Shell, values: Values) -> int:
    """Preview the readings of a file, and store them with consent."""
    data = shell.input_bytes() if values.day == "-" else read_file(values.day)
    name = "standard input" if values.day == "-" else Path(values.day).name
    incoming = _read_incoming(shell.open_to_read(values.file), values, data)
    raise_for_open_questions(incoming)
    if values.json and (values.preview or not values.yes):
        shell.print_json(json_of(incoming))
    elif not values.json:
        for each in incoming:
            shell.print_lines(preview_lines(each))
    if values.preview:
        return _exit_code(incoming, values)
    if not (values.yes or all(_is_known_recipe(shell, values, each) for each in incoming) or consents("Store this?")):
        raise WrongUseError("nothing is stored yet: --yes stores it")
    return _store(shell, values, data, name, quiet=bool(values.json and not values.yes))


def _is_known_recipe(shell: Shell, values: Values, incoming: IncomingReadings) -> bool:
    """Tell whether the metric's recipe was used on this machine before; a foreign one is previewed first."""
    known = storage.user_state.consents(shell.places, Path(values.file).expanduser())
    return (
        bool(incoming.metric.recipe)
        and known.get(f"recipe {incoming.metric.id}") == saved_recipe(incoming.metric).digest
    )


def _remember(shell: Shell, values: Values, incoming: IncomingReadings) -> None:
    """Remember that the metric's recipe was previewed on this machine."""
    recipe = incoming.recipe if values.save else saved_recipe(incoming.metric)
    if values.save or (incoming.metric.recipe and incoming.understood.is_tickets):
        with suppress(OSError):
            storage.user_state.consent(
                shell.places, Path(values.file).expanduser(), f"recipe {incoming.metric.id}", recipe.digest
            )


def _store(shell: Shell, values: Values, data: bytes, source: str, *, quiet: bool = False) -> int:
    """Read the file for the workbook as it is now, and store it as one write."""
    with shell.changing(values.file) as book:
        incoming = _read_incoming(book, values, data)
        raise_for_open_questions(incoming)
        if not any(each.understood.readings for each in incoming):
            reasons = [words for each in incoming for words in skipped_in_words(each.understood.left_out)]
            raise SourceError("; ".join(("there is no reading in it", *reasons[:_MOST_REASONS])))
        lines = []
        for each in incoming:
            recipe = each.recipe if values.save else None
            decisions = replace(_import_decisions(values, source, recipe), baseline=each.baseline)
            changed = _commit(book, place_of(book, each.improvement, each.metric), each.comparison, decisions)
            lines.append(f"{each.improvement.ref} {each.metric.name}: {stored_words(each.comparison, changed)}")
    if values.json and not quiet:
        shell.print_json(json_of(incoming))
    elif not values.json:
        shell.print_lines(lines)
    for each in incoming:
        _remember(shell, values, each)
        if values.json or values.what == "add":
            complain_of_remarks(each)
        else:
            _warn_of_the_future(shell, each.understood.readings)
        report_left_out(each, restate=values.restate, why=values.why)
    return _exit_code(incoming, values)


def _exit_code(incoming: Sequence[IncomingReadings], values: Values) -> int:
    """Return 1 if something was left for a person, else 0."""
    restated = any(each.comparison.restated for each in incoming) and not values.restate
    skipped = any(left.why.startswith("unreadable") for each in incoming for left in each.understood.left_out)
    return NEEDS_A_PERSON if restated or skipped else 0


def _read_incoming(book: Workbook, values: Values, data: bytes) -> list[IncomingReadings]:
    """Return the readings of a file for each metric of the command line."""
    improvement = improvement_of(book, values.ref)
    wanted = [(column, metric_of(book, improvement, name)) for column, name in _columns_and_metrics(values)]
    if len({metric.id for _, metric in wanted}) < len(wanted):
        raise WrongUseError("--metric: one metric takes one column")
    return [_read_for_metric(book, improvement, metric, values, (data, column)) for column, metric in wanted]


def _columns_and_metrics(values: Values) -> Iterator[tuple[str, str]]:
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


def _read_for_metric(
    book: Workbook, improvement: Improvement, metric: Metric, values: Values, source: tuple[bytes, str]
) -> IncomingReadings:
    data, column = source
    recipe = recipe_of(values, saved_recipe(metric))
    recipe = replace(recipe, value=column or recipe.value, zone=recipe.zone or local_zone())
    span = (_day("--from", values.from_day), _day("--to", values.to_day))
    progress = Progress("rows")
    how = ReadingOptions(span=span, skip_unreadable=values.skip_unreadable, progress=progress)
    try:
        understood = interpret_import(data, metric, facts_of(improvement, metric), recipe, book.clock.today(), how)
    finally:
        progress.end()
    if values.every and not understood.is_tickets and not understood.questions:
        raise SourceError("--every is for tickets, and these are readings: each row is one reading")
    return _with_baseline_question(book, incoming_of(book, improvement, metric, recipe, understood), values)


def _with_baseline_question(book: Workbook, incoming: IncomingReadings, values: Values) -> IncomingReadings:
    """Return the readings, with a question if the baseline was agreed with another recipe.

    Tickets that are counted by another recipe than the metric's are refused unless the recipe is saved.
    """
    if values.baseline not in ("", ANEW, KEEP):
        raise WrongUseError(f"--baseline {quoted(values.baseline)}: give {ANEW} or {KEEP}")
    metric, recipe = incoming.metric, incoming.recipe
    if not values.save and not values.preview:
        known = saved_recipe(metric)
        known = replace(known, zone=known.zone or recipe.zone)
        if (known.measure or values.baseline) and counting(known.to_json()) != counting(recipe.to_json()):
            raise WrongUseError("the metric has a recipe that counts in another way: --save makes this one its recipe")
        if not values.baseline:
            return incoming
    stale = stale_remark(incoming.improvement, metric, recipe, incoming.understood.readings)
    understood = replace(incoming.understood, remarks=(*incoming.understood.remarks, *stale))
    incoming = replace(incoming, understood=understood)
    found = recount(
        incoming.improvement, book.latest(incoming.improvement.id), metric, recipe, incoming.understood.readings
    )
    if found is None or (found.decided and not values.baseline) or not incoming.understood.readings:
        return incoming
    if values.baseline == ANEW and found.missing:
        raise SourceError(str(found.question))
    if values.preview and not values.baseline:
        remarks = (*incoming.understood.remarks, str(found.question))
        return replace(incoming, understood=replace(incoming.understood, remarks=remarks))
    questions = () if values.baseline else (found.question,)
    understood = replace(incoming.understood, questions=(*incoming.understood.questions, *questions))
    return replace(incoming, understood=understood, baseline=values.baseline)


def _day(name: str, text: str) -> date | None:
    return day_of(name, text) if text else None


def recipe_of(values: Values, saved: Recipe) -> Recipe:
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
