"""`cimodel-tui pull`: readings that arrive by themselves, from the feeds of the user's own configuration."""

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from cimodel_tui.cli.arguments import given_files
from cimodel_tui.cli.config import Config, read_config
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
    raise_for_open_questions,
    report_left_out,
    stored_words,
)
from cimodel_tui.cli.output import Progress, during
from cimodel_tui.cli.shell import Shell, Values, WrongUseError, complain, improvement_of
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.day import OF_FREQUENCY
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.number import quoted
from cimodel_tui.model.saving import StoreError
from cimodel_tui.record import dataclass
from cimodel_tui.sources.feeds import FILES, Feed, read_feeds, wanted_since
from cimodel_tui.sources.fetch import FetchRequest, fetch
from cimodel_tui.sources.recipe import ImportResult, OpenQuestionError, SourceError
from cimodel_tui.storage.user_state import consent
from cimodel_tui.storage.user_state import consents as stored_consents
from cimodel_tui.workbook import ReasonNeededError, Workbook
from cimodel_tui.workbook.incoming import (
    ImportDecisions,
    ReadingOptions,
    commit_readings,
    facts_of,
    feed_recipe,
    interpret_import,
)

_FAILED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A metric that a feed is pulled for."""

    file: Path
    """The workbook."""
    improvement: Improvement
    """The improvement."""
    metric: Metric
    """The metric."""
    feed: Feed
    """Its feed."""

    @property
    def name(self) -> str:
        """The improvement and the metric."""
        return f"{self.improvement.ref} {self.metric.name}"


def run_pull(shell: Shell, values: Values) -> int:
    """Pull every feed of the workbooks; exit 1 if something needs a person, 2 if something failed."""
    defined = read_defined_feeds(shell.places.config)
    codes, incoming = [0], []
    for file in given_files(values, "pull"):
        try:
            for target in list(_targets(shell, file, values, defined)):
                code, found = _pull_one(shell, target, values)
                codes.append(code)
                incoming += found
        except (StoreError, WrongUseError) as problem:
            complain(problem)
            codes.append(_FAILED)
    if values.json:
        shell.print_json(json_of(incoming) if incoming else [])
    return max(codes)


def read_defined_feeds(folder: Path) -> dict[str, Feed]:
    """Return the feeds of the configuration; raises WrongUseError where they cannot be read, or others can write them.

    Whoever can write the file could make this user run any command.
    """
    return checked_feeds(read_config(folder))


def checked_feeds(config: Config) -> dict[str, Feed]:
    """Return the feeds of a configuration; raises WrongUseError if they are invalid, or others can write the file."""
    if config.path is not None and config.feeds and _others_can_write(config.path):
        raise WrongUseError(f"{config.path} can be written by others: its feeds run nothing; chmod go-w makes it yours")
    try:
        return read_feeds(config.feeds)
    except SourceError as problem:
        raise WrongUseError(f"{config.path}: {problem}") from None


def _others_can_write(path: Path) -> bool:
    if os.name != "posix":
        return False
    return any(each.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH) for each in (path, path.parent))


def _targets(shell: Shell, file: Path, values: Values, defined: Mapping[str, Feed]) -> Iterator[Target]:
    """Yield the metrics that name a feed; raises WrongUseError where the feed is not defined on this machine."""
    book = shell.open_to_read(file)
    improvements = [improvement_of(book, values.ref)] if values.ref else book.improvements()
    for improvement in improvements:
        metrics = book.latest(improvement.id).baseline.metrics
        if values.columns:
            metrics = (metric_of(book, improvement, values.columns),)
        for metric in metrics:
            if not metric.feed:
                continue
            if metric.feed not in defined:
                raise WrongUseError(
                    f"{improvement.ref} {metric.name}: config.toml defines no feed {quoted(metric.feed)}"
                )
            yield Target(file=file, improvement=improvement, metric=metric, feed=defined[metric.feed])


def _pull_one(shell: Shell, target: Target, values: Values) -> tuple[int, list[IncomingReadings]]:
    """Pull one feed; a feed that fails changes nothing."""
    try:
        incoming = _fetch_incoming(shell, target, values)
        if not values.dry_run:
            changed = _store(shell, target, incoming)
    except OpenQuestionError as problem:
        complain(f"{target.name}: {problem}")
        return NEEDS_A_PERSON, []
    except SourceError as problem:
        complain(f"{target.name}: {problem}")
        return _FAILED, []
    if not values.json:
        new = len(incoming.comparison.new)
        words = f"{new} new, nothing stored" if values.dry_run else stored_words(incoming.comparison, changed)
        shell.print(f"{target.name}: {words}")
    report_left_out(incoming, restate=False, why="", noun=target.feed.noun)
    complain_of_remarks(incoming)
    comparison = incoming.comparison
    return (NEEDS_A_PERSON if comparison.restated or comparison.sealed_differences else 0), [incoming]


def _fetch_incoming(shell: Shell, target: Target, values: Values) -> IncomingReadings:
    """Return what the feed gives; raises SourceError if it fails, OpenQuestionError if an option is missing."""
    feed = target.feed
    if not _may_run(shell, target, values):
        raise SourceError(f"feed {feed.name} {feed.words}: allow it once with --allow {feed.name}")
    request = fetch_request(feed, target.improvement, target.metric, shell.places.config, shell.clock.today())
    with during(f"fetching feed {feed.name}"):
        data = fetch(feed, request)
    incoming = _understand(shell.open_to_read(target.file), target, data)
    if incoming.understood.questions:
        raise OpenQuestionError(incoming.understood.questions[0])
    raise_for_open_questions([incoming])
    return incoming


def _may_run(shell: Shell, target: Target, values: Values) -> bool:
    """Tell whether this definition may run for this workbook; ask for consent on a terminal."""
    feed = target.feed
    if stored_consents(shell.places, target.file).get(feed.name) == feed.digest:
        return True
    if feed.name not in values.allow and not consents(f"Feed {feed.name} {feed.words}. Allow this?"):
        return False
    try:
        consent(shell.places, target.file, feed.name, feed.digest)
    except OSError as problem:
        raise SourceError(f"the consent cannot be stored: {problem}") from None
    return True


def fetch_request(feed: Feed, improvement: Improvement, metric: Metric, folder: Path, today: date) -> FetchRequest:
    """Return the request to a feed for the readings of a metric."""
    recipe = feed_recipe(feed, metric)
    return FetchRequest(
        folder=folder,
        since=wanted_since(improvement.readings.get(metric.id, {}), recipe.settle, today),
        today=today,
        every=recipe.every or OF_FREQUENCY.get(metric.frequency, "day"),
        zone=recipe.zone or local_zone(),
        environment=dict(os.environ),
    )


def _understand(book: Workbook, target: Target, data: bytes) -> IncomingReadings:
    improvement = book.improvement(target.improvement.id)
    recipe = feed_recipe(target.feed, target.metric)
    recipe = replace(recipe, zone=recipe.zone or local_zone())
    if not data.strip() and target.feed.kind not in FILES:
        return incoming_of(book, improvement, target.metric, recipe, ImportResult())
    facts, progress = facts_of(improvement, target.metric), Progress("rows")
    try:
        understood = interpret_import(
            data, target.metric, facts, recipe, book.clock.today(), ReadingOptions(progress=progress)
        )
    finally:
        progress.end()
    return incoming_of(book, improvement, target.metric, recipe, understood)


def _store(shell: Shell, target: Target, incoming: IncomingReadings) -> int:
    """Store the incoming readings as one change; returns how many readings changed."""
    with shell.changing(target.file) as book:
        place = place_of(book, target.improvement, target.metric)
        try:
            return commit_readings(book, place, incoming.comparison, ImportDecisions(source=f"feed {target.feed.name}"))
        except ReasonNeededError as problem:
            raise SourceError(str(problem)) from None
