"""Thousands of damaged and hostile files: each is refused in one sentence, or what it says is read as it stands."""

from __future__ import annotations

import json
import random
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from cimodel_tui.model.baseline import Baseline, Metric
from cimodel_tui.model.improvement import Reading, Restated
from cimodel_tui.model.plan import Action, Plan
from cimodel_tui.model.saving import DamagedError, RefusedFileError
from cimodel_tui.model.seal import Seal
from cimodel_tui.storage.doctor import examine
from cimodel_tui.storage.draft import read_draft
from cimodel_tui.storage.open import load, merge_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.storage.conftest import Shelf

TOKENS = (b"\x00", b"\xff", b"NaN", b"1e999", b'"\\ud800"', b"[" * 3000, b"{", b"}", b"]", b",", b":", b"null", b'"')

VALUES: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    2**80,
    1.5,
    "",
    "x" * 5000,
    "\ud800",
    "\x00\x1b[2J\u202e",
    "[@click=app.quit]x[/]",
    "../../etc/passwd",
    [],
    {},
    [[]],
    {"id": None},
    [{"id": 1}],
    [{"id": "a"}, {"id": "a"}],
    {"": {"": {"": {}}}},
    [{"place": [], "ours": {}, "theirs": {}}],
    [{"place": "x"}, 5, {"place": [1, None, {}]}],
)


def flipped(chance: random.Random, data: bytes) -> bytes:
    here = chance.randrange(len(data))
    return data[:here] + bytes([data[here] ^ 1 << chance.randrange(8)]) + data[here + 1 :]


def cut(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data))]


def moved(chance: random.Random, data: bytes) -> bytes:
    """Take a piece out, double it, or put something in its place."""
    here, there = sorted(chance.randrange(len(data)) for _ in range(2))
    piece = chance.choice([b"", data[here:there] * 2, chance.choice(TOKENS)])
    return data[:here] + piece + data[there:]


def shuffled(chance: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    here = chance.randrange(len(lines))
    lines.insert(chance.randrange(len(lines)), lines.pop(here) if chance.random() < 0.5 else lines[here])
    return b"\n".join(lines)


def misshapen(chance: random.Random, data: bytes) -> bytes:
    """Keep it JSON, with something else in some place of it: another value, another name, one row twice."""
    try:
        tree = json.loads(data)
        places = list(places_of(tree))
    except (ValueError, RecursionError):
        return data
    if places:
        holder, key = chance.choice(places)
        value = chance.choice([*VALUES, holder[key]])
        if isinstance(holder, dict) and chance.random() < 0.3:
            holder[chance.choice(["id", "conflicts", "format", "", "\ud800", "readings"])] = holder.pop(key)
        elif isinstance(holder, list) and chance.random() < 0.5:
            holder.append(holder[key])
        else:
            holder[key] = value
    return json.dumps(tree, indent=chance.choice([None, 2])).encode()


def places_of(value: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - JSON
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inside:
        yield value, key
        yield from places_of(each)


WOUNDS: tuple[Callable[[random.Random, bytes], bytes], ...] = (flipped, cut, moved, shuffled, misshapen, misshapen)


def damaged(chance: random.Random, data: bytes) -> bytes:
    for _ in range(chance.randint(1, 3)):
        data = chance.choice(WOUNDS)(chance, data) or b" "
    return data


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Fail where something hangs."""

    def give_up(*_: object) -> None:
        raise TimeoutError(f"it hangs for {seconds} seconds")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def full(shelf: Shelf) -> bytes:
    """Return a workbook that has something of everything."""
    shelf.create("Übung \U0001f600")
    days = {
        "m": {"2026-01-05": Reading("7.1", "n", of="9", was=(Restated("7", "9", "2026-01-06T00:00:00Z", "a file"),))}
    }
    one = shelf.improvement(1, tags="a, b", summary="line\nline", readings=days)
    seal = Seal(by="Ann", on="2026-01-01", at="2026-01-01T00:00:00Z", sha256="x", copy={"a": [1, None]})
    baseline = Baseline(
        metrics=(
            Metric(id="m", name="Metric", unit="h", kind="mean", recipe={"measure": "mean"}),
            Metric(id="n", name="N"),
        ),
        seal=seal,
    )
    plan = Plan(actions=(Action(id="a", what="do"), Action(id="b", what="then", depends_on=("a",))))
    shelf.from_shell(one, shelf.iteration(one, baseline=baseline, plan=plan))
    return shelf.path.read_bytes()


def judged(shelf: Shelf, data: bytes) -> bool:
    """Tell whether these bytes are read; then all of them is, and otherwise one sentence says why not."""
    shelf.path.write_bytes(data)
    with within(30):
        try:
            store = load(shelf.path, shelf.places, shelf.context)
        except RefusedFileError as error:
            assert "\n" not in error.words.strip()  # noqa: PT017 - most are refused, some are still sound
            assert examine(shelf.path, shelf.places, shelf.context)[0].words == str(error)  # noqa: PT017 - as above
            assert shelf.path.read_bytes() == data
            return False
        documents = store.documents()
        plain = json.loads(data)
        assert set(documents.improvements) == set(plain.get("improvements", {}))
        assert {each.ref for each in documents.improvements.values()} == {
            each["ref"] for each in plain.get("improvements", {}).values()
        }
        written = {key: each for key, each in documents.iterations.items() if key in plain.get("iterations", {})}
        assert len(written) == len(plain.get("iterations", {}))
        _ = list(store.conflicts()), examine(shelf.path, shelf.places, shelf.context)
        copy = shelf.path.with_name("copy.json")
        copy.unlink(missing_ok=True)
        store.save_copy(copy)
        assert json.loads(copy.read_bytes()) == plain
    assert shelf.path.read_bytes() == data
    return True


def fuzz(shelf: Shelf, times: int, seed: int) -> tuple[int, int]:
    """Judge so many damaged files; returns how many were refused and how many were read."""
    good, chance = full(shelf), random.Random(seed)
    read = sum(judged(shelf, damaged(chance, good)) for _ in range(times))
    return times - read, read


def test_damaged_files_are_refused_or_read_right(shelf: Shelf) -> None:
    refused, read = fuzz(shelf, 500, seed=random.randrange(1 << 32))
    assert refused > 150
    assert read > 25


@pytest.mark.long
def test_fifteen_thousand_damaged_files_are_refused_or_read_right(shelf: Shelf) -> None:
    refused, read = fuzz(shelf, 15_000, seed=random.randrange(1 << 32))
    print(f"refused {refused}, read {read}")  # noqa: T201 - the figures of a run by hand
    assert refused > 5000
    assert read > 750


def drafts(shelf: Shelf, times: int, seed: int) -> None:
    """Open a workbook with so many damaged drafts: it opens, with what the sound lines of the draft say."""
    shelf.create()
    one = shelf.improvement(1)
    store = shelf.open()
    for number in range(4):
        store.put([shelf.improvement(number), one])
    shelf.kill(store)
    good, before = shelf.site.draft.read_bytes(), shelf.path.read_bytes()
    chance = random.Random(seed)
    for _ in range(times):
        data = chance.choice([flipped, cut, moved, shuffled])(chance, good)
        shelf.site.draft.write_bytes(data)
        with within(30):
            store = shelf.open()
            lines = {line for line in data.split(b"\n") if line in good.split(b"\n")}
            documents = {each for line in lines for each in store.documents().improvements if each.encode() in line}
            assert documents == set(store.documents().improvements)
            assert store.read_only == ""
        shelf.kill(store)
        assert shelf.path.read_bytes() == before


def test_damaged_drafts_never_keep_a_workbook_shut(shelf: Shelf) -> None:
    drafts(shelf, 150, seed=random.randrange(1 << 32))


@pytest.mark.long
def test_two_thousand_damaged_drafts_never_keep_a_workbook_shut(shelf: Shelf) -> None:
    drafts(shelf, 2000, seed=random.randrange(1 << 32))


def test_damaged_files_given_to_the_merge_leave_ours_alone(shelf: Shelf) -> None:
    good, chance = full(shelf), random.Random(5)
    ours, theirs = shelf.path.with_name("ours.json"), shelf.path.with_name("theirs.json")
    refused = 0
    for _ in range(200):
        ours.write_bytes(good)
        theirs.write_bytes(damaged(chance, good))
        with within(30):
            try:
                merge_files(shelf.path, ours, theirs, shelf.context)
            except RefusedFileError:
                refused += 1
                assert ours.read_bytes() == good
            else:
                json.loads(ours.read_bytes())
    assert 50 < refused < 200


def test_sentence_about_a_draft_without_a_head(shelf: Shelf) -> None:
    shelf.create()
    shelf.site.state.mkdir(parents=True)
    shelf.site.draft.write_bytes(b"nothing\n")
    with pytest.raises(DamagedError, match="first line"):
        read_draft(shelf.site)
