"""A table written in any dialect reads back the same, or asks; shuffling its rows changes nothing."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cimodel_tui.sources.aggregate import read_tickets
from cimodel_tui.sources.readings import read_readings
from cimodel_tui.sources.recipe import ImportResult, MetricFacts, OpenQuestionError, Recipe, SourceError
from cimodel_tui.sources.register import read_register
from cimodel_tui.sources.table import Table, read_table
from tests.sources.conftest import TODAY

FIRST = date(2019, 1, 1)
ORDERS = {
    "iso": "%Y-%m-%d",
    "dmy": "%d/%m/%Y",
    "mdy": "%m/%d/%Y",
    "points": "%d.%m.%Y",
    "short": "%d/%m/%y",
    "named": "%d %b %Y",
    "month first": "%B %d, %Y",
    "slashes": "%Y/%m/%d",
    "jira": "%d/%b/%y 10:17 PM",
    "week": "%G-W%V-%u",
}
rows = st.lists(
    st.tuples(st.integers(0, 2800), st.decimals(0, 99999, places=1)),
    min_size=1,
    max_size=12,
    unique_by=lambda row: row[0],
)
notes = st.text(st.characters(codec="cp1252", categories=("L", "N", "P", "S", "Zs")), max_size=12)


@st.composite
def dialects(draw: st.DrawFn) -> dict[str, str]:
    return {
        "mark": draw(st.sampled_from([",", ";", "\t", "|"])),
        "decimal": draw(st.sampled_from([".", ","])),
        "order": draw(st.sampled_from([each for each in ORDERS if each != "week"])),
        "end": draw(st.sampled_from(["\r\n", "\n", "\r"])),
        "encoding": draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"])),
        "quoting": draw(st.sampled_from(["all", "minimal"])),
    }


def write(table: list[tuple[str, str, str]], dialect: dict[str, str]) -> bytes:
    out = io.StringIO(newline="")
    mark, end = dialect["mark"], dialect["end"]
    if dialect["quoting"] == "all":
        writer = csv.writer(out, delimiter=mark, lineterminator=end, quoting=csv.QUOTE_ALL)
    else:
        writer = csv.writer(out, delimiter=mark, lineterminator=end)
    writer.writerow(("date", "value", "note"))
    writer.writerows(table)
    return out.getvalue().encode(dialect["encoding"])


def read(data: bytes) -> ImportResult | None:
    """Return what was understood, none where it asks."""
    try:
        found = read_readings(read_table(data, Recipe()), MetricFacts(name="Time", unit="h"), Recipe(), TODAY)
    except OpenQuestionError:
        return None
    return None if found.questions else found


def is_utf8(data: bytes) -> bool:
    """Tell whether bytes of cp1252 happen to be UTF-8 too, which then is what they are."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def as_written(some: list[tuple[int, object]], dialect: dict[str, str], note: str = "") -> list[tuple[str, str, str]]:
    pattern = ORDERS[dialect["order"]]
    days = [(FIRST + timedelta(days=at), str(value).replace(".", dialect["decimal"])) for at, value in some]
    return [(day.strftime(pattern), value, note) for day, value in days]


@settings(max_examples=250, deadline=None)
@given(rows, dialects(), notes)
def test_any_dialect_reads_back_the_same_or_asks(
    some: list[tuple[int, object]], dialect: dict[str, str], note: str
) -> None:
    data = write(as_written(some, dialect, note), dialect)
    assume(dialect["encoding"] != "cp1252" or note.isascii() or not is_utf8(data))
    found = read(data)
    if found is None:
        return
    wanted = {(FIRST + timedelta(days=at)).isoformat(): f"{value}" for at, value in some}
    assert found.problems == ()
    assert {each.day: each.value for each in found.readings} == wanted
    compact = "".join(note.split())
    assert {"".join(each.note.split()) for each in found.readings} == {compact}


@settings(max_examples=150, deadline=None)
@given(rows, dialects(), st.randoms(use_true_random=False))
def test_shuffling_the_rows_changes_nothing(
    some: list[tuple[int, object]], dialect: dict[str, str], chance: object
) -> None:
    table = as_written(some, dialect)
    shuffled = list(table)
    chance.shuffle(shuffled)  # type: ignore[attr-defined] # a random.Random
    one, two = read(write(table, dialect)), read(write(shuffled, dialect))
    assert (one is None) == (two is None)
    if one and two:
        assert [(each.day, each.value) for each in one.readings] == [(each.day, each.value) for each in two.readings]


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
yearless = st.tuples(st.integers(1, 28), st.sampled_from(MONTHS))


@settings(max_examples=200, deadline=None)
@given(st.lists(yearless, min_size=1, max_size=12, unique=True), st.sampled_from(["{0}-{1}", "{0} {1}", "{1} {0}"]))
def test_no_day_that_was_inferred_lies_in_the_future(days: list[tuple[int, str]], form: str) -> None:
    text = "date;value\n" + "".join(f"{form.format(day, month)};7.1\n" for day, month in days)
    found = read(text.encode())
    if found is not None:
        assert all(each.day <= TODAY.isoformat() for each in found.readings)


def refusal(data: bytes, metric: MetricFacts) -> str:
    """Return why bytes are refused; empty where they are read. Anything but a refusal is raised."""
    try:
        read_readings(read_table(data, Recipe()), metric, Recipe(), TODAY)
    except SourceError as refused:
        return str(refused)
    return ""


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_in_one_line(data: bytes) -> None:
    assert "\n" not in refusal(data, MetricFacts())


lines = st.lists(st.text(st.sampled_from('0123456789-/.:,;\t|" JanQW\u2028abcé%'), max_size=24), max_size=8)


@settings(max_examples=400, deadline=None)
@given(lines)
def test_any_lines_are_read_or_refused_in_one_line(some: list[str]) -> None:
    assert "\n" not in refusal("\n".join(some).encode(), MetricFacts(unit="%"))


LOCALES = {
    "de": ("%d.%m.%Y", ";", ",", "."),
    "fr": ("%d/%m/%Y", ";", ",", "\u202f"),
    "ch": ("%d.%m.%Y", ";", ".", "'"),
    "us": ("%m/%d/%Y", ",", ".", ","),
    "jp": ("%Y/%m/%d", ",", ".", ","),
}
amounts = st.lists(
    st.tuples(st.integers(0, 2800), st.decimals(-20000, 20000, places=2)),
    min_size=1,
    max_size=8,
    unique_by=lambda row: row[0],
)


@settings(max_examples=250, deadline=None)
@given(
    amounts,
    st.sampled_from(sorted(LOCALES)),
    st.sampled_from(["", " h", " €", " %"]),
    st.sampled_from(["", "\t"]),
    st.sampled_from(["", "date,value"]),
)
def test_grouped_amounts_of_any_locale_read_back_the_same_or_ask(
    some: list[tuple[int, Decimal]], locale: str, unit: str, tab: str, head: str
) -> None:
    pattern, mark, decimal, group = LOCALES[locale]
    marks = {",": group, ".": decimal}
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=tab or mark)
    if head:
        writer.writerow(head.split(","))
    for at, amount in some:
        text = "".join(marks.get(each, each) for each in f"{amount:,.2f}")
        writer.writerow(((FIRST + timedelta(days=at)).strftime(pattern), f"{text}{unit}"))
    try:
        found = read(out.getvalue().encode())
    except SourceError:
        return
    if found is not None and not found.problems:
        wanted = {(FIRST + timedelta(days=at)).isoformat(): amount for at, amount in some}
        assert {each.day: Decimal(each.value) for each in found.readings} == wanted


TOKENS = (
    *("9999-12-31", "0001-01-01 00:00", "2026-03-29 02:30", "2026-10-25 02:30:00+99:99", "1900-01-01 00:10", "46027"),
    *("31.12.2026", "12/31/2026", "Q1 2026", "2026-W54", "Mar 25", "30 Feb", "1767571200000", "24:00", "Summe"),
    *(
        "7,1",
        "1.234",
        "1e999",
        "NaN",
        "-0:05",
        "2d 4h",
        "P1D",
        "1" * 5000 + " h",
        "97,5 %",
        "€",
        "",
        "-",
        "Closed",
        "5",
    ),
)
HEADERS = ("number", "opened", "resolved", "date", "value", "total", "title", "status", "benefit", "due")


def any_result(data: bytes, zone: str) -> list[str]:
    """Read bytes as readings, as tickets and as a register; returns the refusals. Anything else is raised."""
    recipe = Recipe(zone=zone)
    tickets = Recipe(zone=zone, measure="p90", every="week", incomplete="keep", hours="22:00-06:00", day="24h")
    refused = []
    takes: tuple[Callable[[Table], object], ...] = (
        lambda table: read_readings(table, MetricFacts(unit="h"), recipe, TODAY),
        lambda table: read_tickets(table, MetricFacts(unit="h"), tickets, TODAY),
        lambda table: list(read_register(table, (), recipe, TODAY).rows()),
    )
    for take in takes:
        try:
            take(read_table(data, recipe))
        except SourceError as problem:
            refused.append(str(problem))
    return refused


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(HEADERS), min_size=1, max_size=6),
    st.lists(st.lists(st.sampled_from(TOKENS), min_size=1, max_size=6), max_size=6),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["UTC", "Europe/Berlin", "Pacific/Apia"]),
)
def test_any_cells_are_read_or_refused_in_one_line(
    head: list[str], cells: list[list[str]], mark: str, zone: str
) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=mark).writerows([head, *cells])
    assert not any("\n" in each for each in any_result(out.getvalue().encode(), zone))
