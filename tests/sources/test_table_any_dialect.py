"""A table written in any dialect reads back the same, or asks; shuffling its rows changes nothing."""

import csv
import io
from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cimodel_tui.sources.readings import read_readings
from cimodel_tui.sources.recipe import ImportResult, MetricFacts, OpenQuestionError, Recipe, SourceError
from cimodel_tui.sources.table import read_table
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
