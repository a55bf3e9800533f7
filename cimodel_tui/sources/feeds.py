"""Feeds as the user's own configuration defines them: what runs, and the hash that a consent is given for.

A workbook names a feed and cannot define one, so that a workbook from a stranger runs nothing.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import field, fields
from datetime import date, timedelta
from urllib.parse import urlsplit

from cimodel_tui.model.number import quoted
from cimodel_tui.record import dataclass
from cimodel_tui.sources.recipe import POINT, ROW, Recipe, SourceError, recipe_of

KINDS: Mapping[str, tuple[str, ...]] = {
    "csv": ("path",),
    "tickets": ("path",),
    "sqlite": ("path", "query"),
    "prometheus": ("url", "query"),
    "command": ("run",),
}
"""The kinds of feed, each with what it cannot do without."""

FILES = ("csv", "tickets")
"""The kinds whose bytes are those of a file, which is never empty; the others may have nothing new."""

_MORE = {"prometheus": ("total_query", "token_env", "insecure")}
_RECIPE = frozenset(each.name for each in fields(Recipe))
_YEAR = timedelta(days=365)
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed."""

    name: str
    """What it is called in the workbook."""
    kind: str
    """One of KINDS."""
    path: str = ""
    """The file of csv, tickets and sqlite; a relative one starts at the folder of the configuration."""
    query: str = ""
    """The SELECT of sqlite, or what Prometheus evaluates."""
    total_query: str = ""
    """What Prometheus evaluates for the totals."""
    url: str = ""
    """The address of Prometheus."""
    run: tuple[str, ...] = ()
    """The command and its arguments; `{since}` becomes the first day that is wanted."""
    token_env: str = ""
    """The variable of the environment that holds a token."""
    insecure: bool = False
    """Whether another machine may be queried without encryption."""
    recipe: Recipe = field(default_factory=Recipe)
    """How what it gives is read."""
    digest: str = ""
    """The hash of its definition."""

    @property
    def words(self) -> str:
        """What will run, in one line."""
        if self.kind == "command":
            return f"runs {' '.join(map(quoted, self.run))}"
        if self.kind == "prometheus":
            token = f" with the token in ${self.token_env}" if self.token_env else ""
            return f"asks {self.url} for {self.query}{token}"
        return f"reads {self.path}" + (f" with {self.query}" if self.query else "")

    @property
    def noun(self) -> str:
        """What its answer is made of."""
        return POINT if self.kind == "prometheus" else ROW


def read_feeds(table: Mapping[str, object]) -> dict[str, Feed]:
    """Return the feeds of the configuration by name; raises SourceError that names feed and setting."""
    return {name: _feed(name, each) for name, each in table.items()}


def _feed(name: str, raw: object) -> Feed:
    if not isinstance(raw, dict):
        raise SourceError(f"[feeds.{name}] is not a table")
    kind = raw.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise SourceError(f"[feeds.{name}] kind: give one of {', '.join(KINDS)}")
    own = ("kind", *KINDS[kind], *_MORE.get(kind, ()))
    for setting in raw:
        if setting not in own and setting.replace("-", "_") not in _RECIPE:
            raise SourceError(f"[feeds.{name}] {setting}: a feed of kind {kind} has no such setting")
    for setting in KINDS[kind]:
        if not raw.get(setting):
            raise SourceError(f"[feeds.{name}] {setting} is missing")
    feed = Feed(
        name=name,
        kind=kind,
        path=_text(name, raw, "path"),
        query=_text(name, raw, "query"),
        total_query=_text(name, raw, "total_query"),
        url=_text(name, raw, "url"),
        run=_arguments(name, raw.get("run", [])),
        token_env=_text(name, raw, "token_env"),
        insecure=raw.get("insecure") is True,
        recipe=_recipe(name, {key: value for key, value in raw.items() if key not in own}),
        digest=_digest(raw),
    )
    if kind == "prometheus":
        check_address(feed)
    return feed


def _text(name: str, raw: Mapping[str, object], setting: str) -> str:
    value = raw.get(setting, "")
    if not isinstance(value, str):
        raise SourceError(f"[feeds.{name}] {setting} is a text in quotes")
    return value


def _arguments(name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise SourceError(f'[feeds.{name}] run is a list of texts: ["./mttr.sh", "{{since}}"]')
    return tuple(value)


def _recipe(name: str, options: Mapping[str, object]) -> Recipe:
    try:
        return recipe_of({key.replace("-", "_"): value for key, value in options.items()})
    except SourceError as problem:
        raise SourceError(f"[feeds.{name}]: {problem}") from None


def _digest(raw: Mapping[str, object]) -> str:
    text = json.dumps(raw, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def is_loopback(host: str | None) -> bool:
    """Return whether a host is this machine."""
    return host in _LOOPBACK or (host or "").startswith("127.")


def check_address(feed: Feed) -> None:
    """Raise SourceError for an address that must not be queried: without encryption only this machine may be."""
    address = urlsplit(feed.url)
    if address.scheme not in ("http", "https") or not address.hostname:
        raise SourceError(f"[feeds.{feed.name}] url: give an address such as https://prometheus.example")
    if address.scheme == "https" or is_loopback(address.hostname):
        return
    if feed.token_env:
        raise SourceError(f"[feeds.{feed.name}] url: a token never goes over http: give an address with https")
    if not feed.insecure:
        raise SourceError(f"[feeds.{feed.name}] url: give an address with https, or insecure = true")


def wanted_since(days: Mapping[str, object], settle: int, today: date) -> date:
    """Return the first day to fetch: it covers what may still be restated, and what is missing."""
    last = max(days, default="")
    if not last:
        return today - _YEAR
    return min(date.fromisoformat(last), today - timedelta(days=settle))
