"""Exports of tickets: what is recognised, asked and left out, and the remarks about them."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from cimodel_tui.sources.aggregate import middle, nearest_rank, read_tickets
from cimodel_tui.sources.columns import find_ticket_columns, is_ticket_export
from cimodel_tui.sources.recipe import MetricFacts, OpenQuestionError, Recipe, SourceError
from cimodel_tui.sources.table import read_table
from tests.sources.conftest import TODAY, Read

WEEKS = ["2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26", "2026-02-02", "2026-02-09", "2026-02-16"]
WEEKS += ["2026-02-23", "2026-03-02"]
COUNTS = [12, 13, 13, 15, 13, 18, 16, 17, 18]
MONTHS = json.loads((Path(__file__).parent / "cabg.json").read_text("utf-8"))["months"]


def test_counts_by_week_leave_out_the_last_one(read_export: Read) -> None:
    found = read_export("tickets.csv", Recipe(measure="count"))
    assert [(each.day, each.value) for each in found.readings] == [
        (day, str(count)) for day, count in zip(WEEKS, COUNTS, strict=True)
    ]
    assert [day for day, _ in found.periods_left_out] == ["2026-03-09"]
    assert "4 tickets are still open" in found.remarks


def test_an_incomplete_period_is_taken_when_it_is_wanted(read_export: Read) -> None:
    found = read_export("tickets.csv", Recipe(measure="count", incomplete="keep"))
    assert (found.readings[-1].day, found.readings[-1].value) == ("2026-03-09", "12")


def test_a_log_of_events_is_refused_until_a_row_is_chosen(read_export: Read) -> None:
    with pytest.raises(SourceError, match="--rows"):
        read_export("ticket-events.csv", Recipe(measure="count"))
    found = read_export("ticket-events.csv", Recipe(measure="count", rows="last", incomplete="keep"))
    assert sum(int(each.value) for each in found.readings) == 30


def test_what_is_measured_is_a_question(read_export: Read) -> None:
    found = read_export("tickets.csv", Recipe())
    assert [each.option for each in found.questions] == ["measure"]


@pytest.mark.parametrize("month", MONTHS, ids=[each["month"] for each in MONTHS])
def test_percentiles_are_the_published_ones(month: dict[str, object]) -> None:
    los = sorted(map(Fraction, month["los"]))  # type: ignore[call-overload] # a list of numbers
    low, high = middle(los)
    assert float((low + high) / 2) == month["median"]
    assert float(nearest_rank(los, Fraction(9, 10))) == month["p90_nearest_rank"]


@pytest.mark.parametrize(
    "header",
    [
        "number,opened_at,resolved_at",
        "Number,Opened,Resolved",
        "Issue key,Created,Resolved",
        "ID,Opening date,Resolution date",
        "Ticket ID,Created at,Solved at",
        "Ticket ID,Created time,Resolved time",
    ],
)
def test_exports_of_five_tools_are_recognised(header: str) -> None:
    table = read_table(f"{header}\nA-1,2026-01-05 09:00,2026-01-05 10:00\n".encode(), Recipe())
    assert is_ticket_export(table, Recipe())
    found = find_ticket_columns(table, Recipe())
    assert (found.key, found.opened, found.resolved, found.questions) == (0, 1, 2, ())


def test_readings_are_told_apart_from_tickets() -> None:
    assert not is_ticket_export(read_table(b"date,value\n2026-01-05,7.1\n", Recipe()), Recipe())


def test_closed_is_never_taken_for_resolved_unasked(read_export: Read) -> None:
    text = b"number,opened_at,closed_at\n1,2026-01-05 09:00:00,2026-01-09 09:00:00\n"
    found = read_export(text, Recipe(measure="count"))
    assert [each.option for each in found.questions] == ["resolved"]
    assert [choice for choice, _ in found.questions[0].choices] == ["closed_at"]
    answered = read_export(text, Recipe(measure="count", resolved="closed_at", incomplete="keep"))
    assert [each.value for each in answered.readings] == ["1"]


def test_the_export_s_own_duration_is_a_question(read_export: Read) -> None:
    text = b"number,opened_at,resolved_at,business_duration\n1,2026-01-05 09:00:00,2026-01-05 13:00:00,7200\n"
    assert [each.option for each in read_export(text, Recipe(measure="mean")).questions] == ["value"]
    keep = {"measure": "mean", "incomplete": "keep"}
    elapsed = read_export(text, Recipe(value="elapsed", **keep))  # type: ignore[arg-type] # two texts
    assert [(each.value, each.of) for each in elapsed.readings] == [("4", "1")]
    own = read_export(text, Recipe(value="business_duration", unit="s", **keep))  # type: ignore[arg-type] # as above
    assert [each.value for each in own.readings] == ["2"]


def test_pauses_are_taken_off(read_export: Read) -> None:
    text = b"number,opened_at,resolved_at,on_hold\n1,2026-01-05 09:00:00,2026-01-05 13:00:00,1h 30m\n"
    found = read_export(text, Recipe(measure="sum", less=("on_hold",), incomplete="keep"))
    assert [each.value for each in found.readings] == ["2.5"]


def test_periods_without_tickets_are_0_and_no_median(read_export: Read) -> None:
    text = (
        b"number,opened_at,resolved_at\n1,2026-01-05 09:00:00,2026-01-05 13:00:00\n"
        b"2,2026-01-20 09:00:00,2026-01-20 13:00:00\n"
    )
    counts = read_export(text, Recipe(measure="count", incomplete="keep"))
    assert [each.value for each in counts.readings] == ["1", "0", "1"]
    medians = read_export(text, Recipe(measure="median", incomplete="keep"))
    assert [each.day for each in medians.readings] == ["2026-01-05", "2026-01-19"]


def test_the_backlog_is_what_is_open_at_the_end_of_a_period(read_export: Read) -> None:
    text = (
        b"number,opened_at,resolved_at\n1,2026-01-05 09:00:00,2026-01-13 13:00:00\n"
        b"2,2026-01-06 09:00:00,\n3,2026-01-12 09:00:00,2026-01-12 10:00:00\n4,2026-01-19 09:00:00,\n"
    )
    found = read_export(text, Recipe(measure="backlog", incomplete="keep"))
    assert [each.value for each in found.readings] == ["2", "1", "2"]


def test_the_first_period_is_left_out_where_the_export_begins_in_it(read_export: Read) -> None:
    text = (
        b"number,opened_at,resolved_at\n1,2026-01-07 09:00:00,2026-01-07 13:00:00\n"
        b"2,2026-01-13 09:00:00,2026-01-13 13:00:00\n3,2026-01-19 09:00:00,2026-01-19 13:00:00\n"
    )
    found = read_export(text, Recipe(measure="count"))
    assert [each.day for each in found.readings] == ["2026-01-12"]
    assert [day for day, _ in found.periods_left_out] == ["2026-01-05", "2026-01-19"]


def test_slow_tickets_make_the_first_periods_incomplete(read_export: Read) -> None:
    rows = "".join(f"{at},2026-01-{5 + at:02d} 00:00:00,2026-01-{15 + at:02d} 00:00:00\n" for at in range(16))
    found = read_export(f"number,opened_at,resolved_at\n{rows}".encode(), Recipe(measure="count"))
    assert [day for day, _ in found.periods_left_out][:1] == ["2026-01-12"]
    assert [each.day for each in found.readings] == ["2026-01-19"]


def test_an_export_of_exactly_a_thousand_rows_looks_cut_off(read_export: Read) -> None:
    rows = "".join(f"{at},2026-01-05 09:00:00,2026-01-05 10:00:00\n" for at in range(1000))
    found = read_export(f"number,opened_at,resolved_at\n{rows}".encode(), Recipe(measure="count"))
    assert any("cut off" in each for each in found.remarks)


def test_reopened_and_cancelled_ones_come_with_their_condition(read_export: Read) -> None:
    text = (
        b"number,opened_at,resolved_at,state,reopen_count\n"
        b"1,2026-01-05 09:00:00,2026-01-05 13:00:00,Cancelled,0\n2,2026-01-06 09:00:00,2026-01-06 13:00:00,Closed,2\n"
    )
    remarks_text = " ".join(read_export(text, Recipe(measure="count")).remarks)
    assert '--where "state!=Cancelled"' in remarks_text
    assert '--where "reopen_count=0"' in remarks_text
    answered = read_export(text, Recipe(measure="count", where=("state!=Cancelled", "reopen_count=0")))
    assert not any("--where" in each for each in answered.remarks)


def test_a_condition_on_a_person_is_warned_of(read_export: Read) -> None:
    text = b"number,opened_at,resolved_at,assigned_to\n1,2026-01-05 09:00:00,2026-01-05 13:00:00,Ann\n"
    found = read_export(text, Recipe(measure="count", where=("assigned_to=Ann",)))
    assert any("person" in each for each in found.remarks)


def test_one_unreadable_row_of_a_hundred_may_be_skipped(read_export: Read) -> None:
    rows = "".join(f"{at},2026-01-05 09:00:00,2026-01-05 10:00:00\n" for at in range(99))
    text = f"number,opened_at,resolved_at\n{rows}99,soon,2026-01-05 10:00:00\n".encode()
    recipe = Recipe(measure="count", incomplete="keep")
    assert read_export(text, recipe).problems == ('row 101: "soon" in "opened_at" is not a date and time',)
    found = read_export(text, recipe, skip_unreadable=True)
    assert (found.problems, [each.row for each in found.left_out]) == ((), [101])
    few = b"number,opened_at,resolved_at\n1,soon,2026-01-05 10:00:00\n2,2026-01-05 09:00:00,2026-01-05 10:00:00\n"
    assert read_export(few, recipe, skip_unreadable=True).problems


def test_the_shuffled_export_gives_the_same(files: Path) -> None:
    head, *rows = (files / "tickets.csv").read_bytes().splitlines(keepends=True)
    recipe = Recipe(measure="p90")
    both = [head + b"".join(rows), head + b"".join(sorted(rows))]
    one, two = (read_tickets(read_table(each, recipe), MetricFacts(unit="h"), recipe, TODAY) for each in both)
    assert one.readings == two.readings


def test_a_span_takes_whole_periods_only(files: Path) -> None:
    recipe = Recipe(measure="count")
    table = read_table((files / "tickets.csv").read_bytes(), recipe)
    span = (date(2026, 1, 12), date(2026, 2, 1))
    found = read_tickets(table, MetricFacts(unit="h"), recipe, TODAY, span=span)
    assert [each.day for each in found.readings] == ["2026-01-12", "2026-01-19", "2026-01-26"]


def test_a_day_of_duration_is_asked_for_beside_working_hours(read_export: Read) -> None:
    days = MetricFacts(unit="d")
    text = b"number,opened_at,resolved_at\n1,2026-01-05 08:00:00,2026-01-06 13:00:00\n"
    recipe = {"measure": "mean", "hours": "mon-fri 08:00-18:00", "incomplete": "keep"}
    result = read_export(text, Recipe(**recipe), days)  # type: ignore[arg-type] # texts
    assert [each.option for each in result.questions] == ["day"]
    working = read_export(text, Recipe(day="work", **recipe), days)  # type: ignore[arg-type] # texts
    assert [each.value for each in working.readings] == ["1.5"]
    clock = read_export(text, Recipe(day="24h", **recipe), days)  # type: ignore[arg-type] # texts
    assert [each.value for each in clock.readings] == ["0.625"]


def test_a_skipped_hour_is_listed_and_a_doubled_one_is_the_earlier(read_export: Read) -> None:
    text = (
        b"number,opened_at,resolved_at\n1,2026-03-29 02:30:00,2026-03-29 05:00:00\n"
        b"2,2026-10-25 02:30:00,2026-10-25 03:30:00\n3,2026-10-25 02:45:00,2026-10-25 02:15:00\n"
    )
    found = read_export(text, Recipe(measure="sum", zone="Europe/Berlin", incomplete="keep"))
    assert [each.row for each in found.left_out] == [2]
    assert [each.value for each in found.readings] == ["2.5"]


EXPORT = "number,opened_at,resolved_at,{name}\n" + "".join(
    f"{at},2026-01-{at:02} 09:00:00,2026-01-{at:02} 12:00:00,{{cell}}\n" for at in range(5, 15)
)
HOURS = MetricFacts(unit="h")


def export(name: str, cell: str) -> bytes:
    """An export of ten tickets of three hours each, with one more column."""
    return EXPORT.format(name=name, cell=cell).encode()


def recipe(**more: object) -> Recipe:
    return Recipe(**{"measure": "median", "every": "week", "zone": "UTC", "incomplete": "keep", **more})  # type: ignore[arg-type] # each test gives the fields it is about


@pytest.mark.parametrize("option", ["value", "less"])
def test_plain_numbers_of_a_duration_are_asked_for_their_unit(read_export: Read, option: str) -> None:
    named = {"value": "on hold"} if option == "value" else {"less": ("on hold",)}
    text = export("on hold", "3600")
    assert [each.flag for each in read_export(text, recipe(**named), HOURS).questions] == ["--unit ms|s|min|h|d"]
    found = read_export(text, recipe(**named, unit="s"), HOURS)
    assert {each.value for each in found.readings} == {"1" if option == "value" else "2"}


def test_a_pause_is_in_the_unit_of_its_header_whatever_the_value_is_in(read_export: Read) -> None:
    found = read_export(export("hold_seconds", "3600"), recipe(less=("hold_seconds",), unit="min"), HOURS)
    assert {each.value for each in found.readings} == {"2"}


@pytest.mark.parametrize(("option", "cell"), [("value", "-5"), ("less", "-5")])
def test_a_span_below_nothing_is_unreadable(read_export: Read, option: str, cell: str) -> None:
    named = {"value": "took (h)"} if option == "value" else {"less": ("took (h)",)}
    found = read_export(export("took (h)", cell), recipe(**named), HOURS)
    assert found.problems[0] == 'row 2: "-5" is no span of time: it is below 0'
    assert len(found.problems) == 10


@pytest.mark.parametrize("measure", ["count", "backlog"])
def test_tickets_of_the_future_are_named_and_make_no_periods_between(read_export: Read, measure: str) -> None:
    text = export("team", "A") + b"99,2026-01-14 09:00:00,2062-01-10 10:00:00,A\n"
    found = read_export(text, recipe(measure=measure), HOURS)
    assert "1 ticket lies in the future: row 12" in found.remarks
    later = [each.day for each in found.readings if each.day > TODAY.isoformat()]
    assert later == ["2062-01-09"]


def test_only_keep_is_an_answer_to_incomplete_periods(read_export: Read) -> None:
    with pytest.raises(SourceError, match="give keep"):
        read_export(export("team", "A"), recipe(incomplete="leave"), HOURS)


@pytest.mark.parametrize(
    ("cell", "condition", "word"),
    [
        ("true", "met=yes", "holds true"),
        ("Yes", "met!=true", "holds yes"),
        ("1", "met=ja", "holds 1"),
        ("7;5", "met<=8", "cannot be compared"),
        ("10800", "met<=8h", "cannot be compared"),
    ],
)
def test_a_condition_that_its_column_can_never_meet_is_refused(
    read_export: Read, cell: str, condition: str, word: str
) -> None:
    for option in ("where", "counts_as"):
        measure = "share" if option == "counts_as" else "count"
        with pytest.raises(SourceError, match=word):
            read_export(
                export("met", cell), recipe(measure=measure, **{option: (condition,)}), MetricFacts(kind="share")
            )


def test_a_share_that_no_ticket_meets_is_said(read_export: Read) -> None:
    found = read_export(
        export("met", "true"), recipe(measure="share", counts_as=("met=false",)), MetricFacts(kind="share")
    )
    assert {(each.value, each.of) for each in found.readings} == {("0", "7"), ("0", "3")}
    assert 'no ticket meets "met=false"' in found.remarks


def test_days_without_a_time_are_said(read_export: Read) -> None:
    text = b"number,opened,resolved\n1,2026-01-05,2026-01-05\n2,2026-01-06,2026-01-08\n"
    remark = "opened and resolved are days without a time: the time tickets take is counted in whole days"
    assert remark in read_export(text, recipe(), HOURS).remarks
    assert remark not in read_export(export("team", "A"), recipe(), HOURS).remarks


def test_an_open_order_with_hyphens_is_asked_for(read_export: Read) -> None:
    table = b"id;created;resolved\n1;5-10-2026 09:00;6-10-2026 09:00\n"
    found = read_export(table, Recipe(measure="median", every="week", incomplete="keep"))
    assert [each.option for each in found.questions] == ["dates"]


def test_a_thirteenth_settles_an_order_with_hyphens(read_export: Read) -> None:
    table = b"id;created;resolved\n1;9-13-2026 09:00;9-14-2026 09:00\n2;9-10-2026 09:00;9-12-2026 09:00\n"
    found = read_export(table, Recipe(measure="median", every="week", incomplete="keep"))
    assert [(each.day, each.value) for each in found.readings] == [("2026-09-07", "48"), ("2026-09-14", "24")]


TIMED = [
    Recipe(measure="median", every="week", incomplete="keep", resolved="done"),
    Recipe(measure="count", every="week", incomplete="keep", resolved="done", where=("duration<=8h",)),
    Recipe(measure="share", every="week", incomplete="keep", resolved="done", counts_as=("duration<=8h",)),
]


@pytest.mark.parametrize("recipe", TIMED, ids=["median", "condition", "share"])
def test_when_a_ticket_was_opened_is_asked_for_where_its_time_counts(read_export: Read, recipe: Recipe) -> None:
    found = read_export(b"id,begun,done\n1,2026-01-05 09:00,2026-01-05 10:00\n", recipe)
    assert [each.option for each in found.questions] == ["opened"]


@pytest.mark.parametrize("recipe", TIMED, ids=["median", "condition", "share"])
def test_a_ticket_that_was_never_opened_is_listed(read_export: Read, recipe: Recipe) -> None:
    rows = b"id,created,done\n1,2026-01-05 09:00:00,2026-01-05 10:00:00\n2,,2026-01-05 10:00:00\n"
    found = read_export(rows, recipe)
    assert ([each.row for each in found.left_out], len(found.readings)) == ([3], 1)
    assert found.readings[0].of in (None, "1")


def test_the_time_of_day_of_a_serial_number_counts(read_export: Read) -> None:
    recipe = Recipe(measure="median", every="week", incomplete="keep", dates="excel")
    found = read_export(b"number,opened_at,resolved_at\n1,46027.25,46027.75\n2,46027,46027.5\n", recipe)
    assert [(each.day, each.value) for each in found.readings] == [("2026-01-05", "12")]


@pytest.mark.parametrize(
    ("recipe", "words"),
    [
        (Recipe(measure="median", value="x", less=("hold",)), '"x" is taken as it stands, without the pauses'),
        (Recipe(measure="p90", value="x", hours="mon-fri 08:00-18:00"), "without the working hours"),
        (Recipe(measure="count", counts_as=("x=5 h",)), "--counts-as changes nothing"),
        (Recipe(measure="count", value="x"), "--value changes nothing"),
    ],
)
def test_options_without_effect_are_named(read_export: Read, recipe: Recipe, words: str) -> None:
    rows = b"number,opened_at,resolved_at,x,hold\n1,2026-01-05 09:00:00,2026-01-05 17:00:00,5 h,1h 0m\n"
    found = read_export(rows, replace(recipe, every="week", incomplete="keep"))
    assert any(words in each for each in found.remarks)
    plain = read_export(rows, Recipe(measure="median", every="week", incomplete="keep", less=("hold",)))
    assert not any("changes nothing" in each or "as it stands" in each for each in plain.remarks)


@pytest.mark.parametrize("form", ["{}", "{}:00", "{}Z"])
def test_whole_days_with_times_are_not_called_days_without(read_export: Read, form: str) -> None:
    text = f"number,opened,resolved\n1,{form},{form}\n".format("2026-01-05 09:00", "2026-01-07 09:00").encode()
    assert not any("without a time" in each for each in read_export(text, recipe(), HOURS).remarks)
    midnight = text.replace(b"09:00", b"00:00")
    assert any("without a time" in each for each in read_export(midnight, recipe(), HOURS).remarks)


@pytest.mark.parametrize("moment", ["2026-01-05 09:00:00", "5.1.2026 9:00"])
@pytest.mark.parametrize("blank", [" ", "\u00a0"])
def test_a_key_with_a_blank_behind_it_is_the_same_key(read_export: Read, moment: str, blank: str) -> None:
    rows = "".join(f"{key},{moment},{moment}\n" for key in ("INC1", f"INC1{blank}", "INC2"))
    text = f"number,opened,resolved\n{rows}".encode()
    with pytest.raises(SourceError, match="rows 2 and 3"):
        read_export(text, recipe(measure="count"))
    found = read_export(text, recipe(measure="count", rows="last"))
    assert [each.value for each in found.readings] == ["2"]


def test_columns_of_tickets_with_one_name_are_asked_about(read_export: Read) -> None:
    head = b"number,resolved,opened,resolved\n"
    with pytest.raises(OpenQuestionError, match=r"--resolved 2\|4"):
        read_export(head + b"1,2026-01-06,2026-01-05,2026-01-09\n", recipe())
    same = read_export(head + b"1,2026-01-06,2026-01-05,2026-01-06\n", recipe(), HOURS)
    assert [each.value for each in same.readings] == ["24"]
    text = b"number,opened,resolved,team,team\n1,2026-01-05,2026-01-06,A,B\n"
    with pytest.raises(SourceError, match="columns 4 and 5 are both named"):
        read_export(text, recipe(measure="count", where=("team=A",)))


def test_moments_in_utc_by_their_header_fall_on_local_days(read_export: Read) -> None:
    text = b"id,created_at_utc,resolved_at_utc\n1,2026-01-05 08:00:00,2026-01-11 23:30:00\n"
    found = read_export(text, recipe(zone="Europe/Berlin", measure="count"))
    assert {each.day: each.value for each in found.readings} == {"2026-01-12": "1"}
    assert any("times are in UTC" in each for each in found.remarks)
    one = text.replace(b"resolved_at_utc", b"resolved_at")
    with pytest.raises(OpenQuestionError, match=r"--file-zone UTC\|Europe/Berlin"):
        read_export(one, recipe(zone="Europe/Berlin", measure="count"))


def test_columns_of_moments_are_offered_wherever_they_stand(read_export: Read) -> None:
    words = ",".join(f"word{at}" for at in range(14))
    text = f"{words},begun,done\n{'x,' * 14}2026-01-05 08:00,2026-01-06 08:00\n".encode()
    found = read_export(text, recipe(measure="count"))
    assert [answer for answer, _ in found.questions[0].choices] == ["begun", "done"]


@pytest.mark.parametrize("never", ["9999-12-31 00:00:00", "9999-12-31", "0001-01-01 00:00:00", "1800-01-01 08:00:00"])
def test_a_year_that_stands_for_never_is_no_moment(read_export: Read, never: str) -> None:
    text = f"number,opened,resolved\n1,2026-01-05 08:00:00,2026-01-06 08:00:00\n2,2026-01-05 08:00:00,{never}\n"
    assert len(read_export(text.encode(), recipe(zone="Europe/Berlin"), HOURS).problems) == 1


def test_blanks_that_look_the_same_are_the_same_in_conditions(read_export: Read) -> None:
    text = "number,opened,resolved,priority\n1,2026-01-05,2026-01-06,1\u00a0- High\n2,2026-01-05,2026-01-06,2 - Low\n"
    for where in ("priority=1 - High", "priority^=1 -", "priority=1 -\u00a0High"):
        found = read_export(text.encode(), recipe(measure="count", where=(where,)))
        assert [each.value for each in found.readings] == ["1"]


def test_a_count_for_a_metric_in_hours_is_remarked_upon(read_export: Read) -> None:
    remark = "tickets are counted, and the metric is in h"
    assert remark in read_export(export("team", "A"), recipe(measure="count"), HOURS).remarks
    assert remark not in read_export(export("team", "A"), recipe(measure="count"), MetricFacts(unit="calls")).remarks
