"""Fetch what a feed provides: a file, the rows of a SELECT, an evaluation by Prometheus, the output of a command.

The result is always the bytes of a table. Nothing takes longer than TIMEOUT seconds or is larger than LARGEST bytes,
except a file of the user's own.
"""

import contextlib
import csv
import io
import json
import os
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from cimodel_tui.model.day import next_start, start_of
from cimodel_tui.model.number import quoted
from cimodel_tui.record import dataclass
from cimodel_tui.sources.dates import time_zone
from cimodel_tui.sources.feeds import Feed, check_address, is_loopback
from cimodel_tui.sources.recipe import SourceError

TIMEOUT = 30
"""Seconds after which a feed has failed."""

LARGEST = 10 * 1024 * 1024
"""Bytes of an answer or an output."""

_SELECTING = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE)
_STEPS = 10_000
"""Virtual machine steps of sqlite between two checks of the time limit."""
_ERRORS = 2000
"""Characters of an error output that are shown."""


class FeedError(SourceError):
    """A feed that failed; the message gives the reason in one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRequest:
    """A request to a feed."""

    folder: Path
    """The folder of the configuration, at which relative paths start."""
    since: date
    """The first day that is wanted."""
    today: date
    """The day that counts as today."""
    every: str
    """The period of the metric, for Prometheus."""
    zone: str
    """The zone in which its days begin."""
    environment: Mapping[str, str]
    """The environment, for tokens."""


def fetch(feed: Feed, request: FetchRequest) -> bytes:
    """Return what a feed gives as the bytes of a table; raises FeedError."""
    try:
        return _KINDS[feed.kind](feed, request)
    except FeedError as problem:
        raise FeedError(f"feed {feed.name}: {problem}") from None


def _path(feed: Feed, request: FetchRequest) -> Path:
    return request.folder / Path(feed.path).expanduser()


def _file(feed: Feed, request: FetchRequest) -> bytes:
    path = _path(feed, request)
    try:
        return path.read_bytes()
    except OSError as problem:
        raise FeedError(f"{path} cannot be read: {(problem.strerror or str(problem)).lower()}") from None


def _sqlite(feed: Feed, request: FetchRequest) -> bytes:
    """Return the rows of one SELECT over a database that is opened read-only."""
    path = _path(feed, request)
    if not path.is_file():
        raise FeedError(f"{path} is not there")
    deadline = time.monotonic() + TIMEOUT
    try:
        with contextlib.closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as database:
            database.set_authorizer(_only_select)
            database.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)
            found = database.execute(feed.query, {"since": request.since.isoformat()})
            names = [each[0] for each in found.description or ()]
            return _table(names, found)
    except sqlite3.Error as problem:
        words = f"took longer than {TIMEOUT} s" if "interrupted" in str(problem) else str(problem)
        raise FeedError(f"the query failed: {words}") from None


def _only_select(action: int, *_names: object) -> int:
    return sqlite3.SQLITE_OK if action in _SELECTING else sqlite3.SQLITE_DENY


def _table(names: Sequence[str], rows: Iterator[Sequence[object]] | sqlite3.Cursor) -> bytes:
    """Return rows as CSV with a header: date, value, total and note, whatever the query calls them; empty for none."""
    known = ("date", "value", "total", "note")
    if not names or len(names) > len(known):
        raise FeedError("the query gives date, value and perhaps total and note")
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(known[: len(names)])
    head = out.tell()
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return out.getvalue().encode() if out.tell() > head else b""


def _command(feed: Feed, request: FetchRequest) -> bytes:
    """Return the output of a command, which is started without a shell and without standard input."""
    arguments = [each.replace("{since}", request.since.isoformat()) for each in feed.run]
    try:
        process = subprocess.Popen(  # noqa: S603 - the user's own configuration, and with consent
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=request.folder,
            start_new_session=True,
        )
    except OSError as problem:
        raise FeedError(f"{quoted(arguments[0])} cannot be run: {(problem.strerror or str(problem)).lower()}") from None
    output, errors = _Pipe(process.stdout, LARGEST + 1), _Pipe(process.stderr, _ERRORS)
    try:
        code = process.wait(TIMEOUT)
    except subprocess.TimeoutExpired:
        raise FeedError(f"the command took longer than {TIMEOUT} s") from None
    finally:
        _end(process)
    data, stderr_text = output.data(), errors.data().decode("utf-8", "replace")
    if len(data) > LARGEST:
        raise FeedError(f"the command gave more than {LARGEST // 1024 // 1024} MB")
    if code:
        raise FeedError(f"the command ended with {code}: {' '.join(stderr_text.split())[:_ERRORS]}")
    return data


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a command and what it started."""
    with contextlib.suppress(OSError, AttributeError):
        os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(OSError):
        process.kill()
    process.wait()


class _Pipe:
    """Reads a pipe beside the command, up to this many bytes; the rest is read and dropped."""

    def __init__(self, pipe: IO[bytes] | None, most: int) -> None:
        self._parts: list[bytes] = []
        self._thread = threading.Thread(target=self._read, args=(pipe, most), daemon=True)
        self._thread.start()

    def _read(self, pipe: IO[bytes] | None, most: int) -> None:
        if pipe is None:
            return
        with pipe:
            while part := pipe.read1(1 << 16):  # type: ignore[attr-defined] # pipes of processes are buffered
                if most > 0:
                    self._parts.append(part[:most])
                    most -= len(part)

    def data(self) -> bytes:
        """Return what was read, once the command has ended."""
        self._thread.join(TIMEOUT)
        return b"".join(self._parts)


def _prometheus(feed: Feed, request: FetchRequest) -> bytes:
    """Return what Prometheus evaluates at the end of each local period, dated by the period that ended."""
    check_address(feed)
    zone = time_zone(request.zone)
    ends = dict(_ends(request, zone))
    values = _evaluate(feed, feed.query, sorted(ends), request)
    totals = _evaluate(feed, feed.total_query, sorted(ends), request) if feed.total_query else {}
    names = ["date", "value", "total"] if feed.total_query else ["date", "value"]
    rows = (
        [ends[at].isoformat(), value, *([totals.get(at, "")] if feed.total_query else [])]
        for at, value in sorted(values.items())
        if at in ends
    )
    return _table(names, rows)


def _ends(request: FetchRequest, zone: tzinfo) -> Iterator[tuple[int, date]]:
    """Yield for each local period that has ended its end, in seconds since 1970, and its first day."""
    start = start_of(request.since, request.every)
    while (following := next_start(start, request.every)) <= request.today:
        moment = datetime(following.year, following.month, following.day, tzinfo=zone)
        yield int(moment.astimezone(UTC).timestamp()), start
        start = following


def _evaluate(feed: Feed, query: str, ends: Sequence[int], request: FetchRequest) -> dict[int, str]:
    """Return the value at each of these moments that has one."""
    found: dict[int, str] = {}
    for first, last, step in _runs(ends):
        options = {"query": query, "start": first, "end": last, "step": step}
        found.update(_series(_ask(feed, "/api/v1/query_range", options, request)))
    return found


def _runs(ends: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Yield first, last and distance of moments that are equally far apart: a local day can have 23 or 25 hours."""
    at = 0
    while at < len(ends):
        last = at
        step = ends[at + 1] - ends[at] if at + 1 < len(ends) else 1
        while last + 1 < len(ends) and ends[last + 1] - ends[last] == step:
            last += 1
        yield ends[at], ends[last], step
        at = last + 1


def _series(answer: object) -> Iterator[tuple[int, str]]:
    """Yield moments and values of the only series of an answer; raises FeedError where it has several.

    A value may be NaN or infinite, as of a division by 0: it is listed as no value when the table is read.
    """
    data = answer.get("data") if isinstance(answer, dict) else None
    series = data.get("result") if isinstance(data, dict) else None
    if not isinstance(series, list) or not all(isinstance(each, dict) for each in series):
        raise FeedError("the answer is not from Prometheus")
    if len(series) > 1:
        raise FeedError(f"the query gives {len(series)} series: make it one, for example with sum(...)")
    if isinstance(answer, dict) and (warnings := answer.get("warnings")):
        raise FeedError(
            f"Prometheus warns that the figures may be incomplete: {' '.join(map(str, warnings))[:_ERRORS]}"
        )
    for each in series:
        if "histograms" in each:
            raise FeedError(
                "the query gives histograms: make numbers of them, for example with histogram_quantile(...)"
            )
        for at, value in each.get("values", ()):
            yield round(float(at)), str(value)


class _SameHost(HTTPRedirectHandler):
    """Follows a redirect to the same host alone, and never with the token."""

    def redirect_request(self, *given: Any, **named: Any) -> Request | None:  # noqa: ANN401 - as the base class has it
        """Return the request that follows; raises FeedError where another host is meant."""
        old, new = urlsplit(given[0].full_url), urlsplit(given[-1])
        if (old.scheme, old.hostname, old.port) != (new.scheme, new.hostname, new.port):
            raise FeedError(f"the address redirects to another host, {new.hostname}: that is refused")
        following = super().redirect_request(*given, **named)
        if following is not None:
            following.remove_header("Authorization")
        return following


def _ask(feed: Feed, path: str, options: Mapping[str, object], request: FetchRequest) -> object:
    http_request = Request(f"{feed.url.rstrip('/')}{path}?{urlencode(options)}")  # noqa: S310 - http and https, checked
    if feed.token_env:
        token = request.environment.get(feed.token_env, "")
        if not token:
            raise FeedError(f"there is no token in the environment: set {feed.token_env}")
        http_request.add_header("Authorization", f"Bearer {token}")
    try:
        with _opener(feed).open(http_request, timeout=TIMEOUT) as answer:
            data = answer.read(LARGEST + 1)
    except HTTPError as problem:
        with problem:
            raise FeedError(f"{feed.url} answers {problem.code} {problem.reason}") from None
    except (URLError, OSError) as problem:
        raise FeedError(f"{feed.url} cannot be reached: {getattr(problem, 'reason', problem)}") from None
    if len(data) > LARGEST:
        raise FeedError(f"the answer is larger than {LARGEST // 1024 // 1024} MB")
    try:
        return json.loads(data)
    except ValueError:
        raise FeedError("the answer is not JSON") from None


def _opener(feed: Feed) -> OpenerDirector:
    direct = [ProxyHandler({})] if is_loopback(urlsplit(feed.url).hostname) else []
    return build_opener(_SameHost(), *direct)


_KINDS: Mapping[str, Callable[[Feed, FetchRequest], bytes]] = {
    "csv": _file,
    "tickets": _file,
    "sqlite": _sqlite,
    "prometheus": _prometheus,
    "command": _command,
}
