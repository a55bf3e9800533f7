"""Files of readings as people have them, each with what it must give."""

from fractions import Fraction

import pytest

from cimodel_tui.sources.readings import read_readings
from cimodel_tui.sources.recipe import ImportResult, MetricFacts, OpenQuestionError, Recipe, SourceError
from cimodel_tui.sources.table import read_table
from tests.sources.conftest import TODAY, Read

PER_CENT = MetricFacts(name="SLA", unit="%")
SHARE = MetricFacts(name="First call", unit="%", kind="share")
HOURS = MetricFacts(name="Time", unit="h")


def values(found: ImportResult) -> dict[str, str]:
    return {each.day: each.value for each in found.readings}


def asks(found: ImportResult) -> list[str]:
    return [each.option for each in found.questions]


def test_a_decimal_comma_cut_by_the_separator_is_asked_for(read: Read) -> None:
    assert asks(read("r-decimal-comma-cut.csv")) == ["decimal"]
    answered = read("r-decimal-comma-cut.csv", decimal="comma")
    assert values(answered) == {"2026-01-05": "7.1", "2026-01-12": "6.2", "2026-01-19": "5.4"}
    assert not answered.questions
    assert {each.note for each in answered.readings} == {""}


def test_a_group_of_three_cut_by_the_separator_is_asked_for(read: Read) -> None:
    assert asks(read("r-thousands-cut.csv")) == ["decimal"]
    answered = read("r-thousands-cut.csv", decimal="point")
    assert values(answered) == {"2026-01-05": "1234", "2026-01-12": "1198"}


def test_months_with_two_digits_are_first_days_of_the_year(read: Read) -> None:
    found = read("r-months.csv")
    months = [f"2025-{month:02d}-01" for month in range(3, 13)] + ["2026-01-01", "2026-02-01"]
    assert list(values(found)) == months
    assert [each.value for each in found.readings][::11] == ["7.1", "6.5"]
    assert not found.questions


def test_an_open_order_of_day_and_month_is_asked_for(read: Read) -> None:
    assert asks(read("r-us-dates-open.csv")) == ["dates"]
    answered = read("r-us-dates-open.csv", dates="mdy")
    assert list(values(answered)) == ["2026-01-05", "2026-01-12", "2026-02-02", "2026-02-03", "2026-04-06"]


def test_one_thirteenth_settles_the_order(read: Read) -> None:
    found = read("r-us-dates-settled.csv")
    assert list(values(found)) == ["2026-01-05", "2026-01-19", "2026-02-02"]
    assert not found.questions


def test_a_german_per_cent_column_is_taken_for_per_cent(read: Read) -> None:
    assert values(read("r-german-percent.csv", PER_CENT)) == {"2026-01-05": "97.5", "2026-01-12": "96.1"}
    assert asks(read("r-german-percent.csv", HOURS)) == ["unit"]
    assert values(read("r-german-percent.csv", HOURS, unit="percent"))["2026-01-05"] == "0.975"


def test_of_two_columns_of_numbers_one_has_to_be_named(read: Read) -> None:
    found = read("r-wide-with-total.csv")
    assert asks(found) == ["value"]
    assert [choice for choice, _ in found.questions[0].choices] == ["P90 (h)", "Tickets"]
    answered = read("r-wide-with-total.csv", value="P90 (h)")
    assert values(answered) == {"2026-01-05": "11.4", "2026-01-12": "10.9"}
    assert [each.row for each in answered.left_out] == [4]
    assert {each.note for each in answered.readings} == {""}


def test_milliseconds_since_1970_are_days(read: Read) -> None:
    assert values(read("r-epoch-ms.csv")) == {"2026-01-05": "66.1", "2026-01-12": "65.4"}


def test_iso_times_are_days_and_null_is_listed(read: Read) -> None:
    found = read("r-iso-times.csv")
    assert values(found) == {"2026-01-05": "66.1", "2026-01-19": "65.0"}
    assert [each.row for each in found.left_out] == [3]


def test_a_count_and_its_total_make_a_share(read: Read) -> None:
    found = read("r-count-and-total.csv", SHARE)
    assert [(each.value, each.of) for each in found.readings] == [("45", "50"), ("88", "100")]
    assert asks(read("r-count-and-total.csv")) == ["value"]


def test_durations_become_the_unit_of_the_metric(read: Read) -> None:
    found = read("r-durations.csv")
    assert [each.value for each in found.readings] == ["1.395833", "52", "28", "84"]


@pytest.mark.parametrize("name", ["r-unclosed.csv", "unclosed.csv"])
def test_a_quote_that_never_closes_is_refused_with_its_line(read: Read, name: str) -> None:
    with pytest.raises(SourceError, match="line 2"):
        read(name)


def test_a_day_without_a_year_is_never_after_today(read: Read) -> None:
    found = read("r-no-year.csv")
    assert list(values(found)) == ["2026-01-05", "2026-01-12", "2026-11-09"]
    assert all(day <= TODAY.isoformat() for day in values(found))


def test_three_cells_of_digits_are_a_total_where_there_are_totals(read: Read) -> None:
    found = read(b"2026-01-05,45,50\n2026-01-12,88,100\n", SHARE)
    assert [(each.value, each.of) for each in found.readings] == [("45", "50"), ("88", "100")]


def test_a_time_of_day_belongs_to_the_date(read: Read) -> None:
    found = read(b"2026-01-05 09:00 7.1\n2026-01-12 10:00 6.2 after the move\n")
    assert values(found) == {"2026-01-05": "7.1", "2026-01-12": "6.2"}
    assert found.readings[1].note == "after the move"


def test_a_note_with_commas_stays_whole(read: Read) -> None:
    found = read(b"2026-01-05,7.1,after the move, really\n2026-01-12,6.2\n")
    assert [each.note for each in found.readings] == ["after the move, really", ""]


def test_a_column_of_values_alone_asks_for_its_first_day(read: Read) -> None:
    assert asks(read(b"7.1\n6.2\n5.4\n")) == ["first"]
    assert list(values(read(b"7.1\n6.2\n5.4\n", first="2026-01-05"))) == ["2026-01-05", "2026-01-12", "2026-01-19"]


def test_hours_and_minutes_or_minutes_and_seconds_is_asked(read: Read) -> None:
    text = b"date,value\n2026-01-05,7:06\n2026-01-12,6:30\n"
    assert asks(read(text)) == ["unit"]
    assert values(read(text, unit="h:mm")) == {"2026-01-05": "7.1", "2026-01-12": "6.5"}
    assert values(read(text, unit="m:ss"))["2026-01-12"] == "0.108333"


def test_shares_of_one_for_a_metric_in_per_cent_are_asked_for(read: Read) -> None:
    from fractions import Fraction  # noqa: PLC0415 - only here

    known = MetricFacts(name="SLA", unit="%", levels=(Fraction(75), Fraction(74)))
    text = b"date,value\n2026-01-05,0.75\n2026-01-12,0.74\n"
    assert asks(read(text, known)) == ["unit"]
    assert values(read(text, known, unit="share")) == {"2026-01-05": "75", "2026-01-12": "74"}


@pytest.mark.parametrize("text", ["1,234", "1.234"])
def test_a_group_of_three_or_a_fraction_is_asked_for(read: Read, text: str) -> None:
    data = f"date;value\n2026-01-05;{text}\n2026-01-12;{text}\n".encode()
    assert asks(read(data)) == ["decimal"]


def test_two_decimal_marks_in_one_column_are_refused(read: Read) -> None:
    with pytest.raises(SourceError, match=r"row 2 .* row 3"):
        read(b"date;value\n2026-01-05;7,1\n2026-01-12;7.1\n")


def test_one_unreadable_row_refuses_all_and_is_named(read: Read) -> None:
    found = read(b"date,value\n2026-01-05,7.1\nsoon,6.2\n2026-01-19,many\n")
    assert len(found.problems) == 2
    assert found.problems[0].startswith('row 3: "soon"')
    assert found.problems[1].startswith('row 4: "many"')


def test_the_same_day_twice_with_another_value_is_refused(read: Read) -> None:
    found = read(b"date,value\n2026-01-05,7.1\n2026-01-05,7.2\n2026-01-05,7.1\n")
    assert found.problems == ("row 3: 2026-01-05 stands in row 2 already",)
    assert [each.row for each in found.left_out] == [4]


def test_a_total_of_nothing_is_no_reading(read: Read) -> None:
    found = read(b"date,count,of\n2026-01-05,0,0\n2026-01-12,8,10\n", SHARE)
    assert [(each.value, each.of) for each in found.readings] == [("8", "10")]
    assert [each.row for each in found.left_out] == [2]


def test_words_for_days_are_for_the_keyboard_alone(read: Read) -> None:
    assert read(b"date,value\n2026-01-05,7.1\ntoday,6.2\n+3,5.0\n").problems


def test_a_serial_number_in_text_is_asked_for(read: Read) -> None:
    text = b"date,value\n46027,7.1\n2026-01-12,6.2\n"
    assert asks(read(text, date="date")) == ["dates"]
    assert list(values(read(text, date="date", dates="excel"))) == ["2026-01-05", "2026-01-12"]


def test_a_future_day_written_in_full_is_taken_with_a_word(read: Read) -> None:
    found = read(b"date,value\n2026-11-23,7.1\n2027-01-05,7.1\n")
    assert list(values(found)) == ["2026-11-23", "2027-01-05"]
    assert any("future" in each for each in found.remarks)


def test_cells_of_nothing_are_listed(read: Read) -> None:
    cells = ["", "-", "n/a", "NA", "null", "None", "?", "#N/A", "#DIV/0!"]
    rows = "".join(f"2026-01-{at:02d},{cell}\n" for at, cell in enumerate(cells, 1))
    found = read(f"date,value\n{rows}2026-02-01,7.1\n".encode())
    assert list(values(found)) == ["2026-02-01"]
    assert len(found.left_out) == len(cells)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("1.234,5", "1234.5"),
        ("1\u202f234,5", "1234.5"),
        ("1\u00a0234,5", "1234.5"),
        ("1'234,5", "1234.5"),
        ("€ 7,10", "7.10"),
        ("7,1 h", "7.1"),
        ("-7,1", "-7.1"),
    ],
)
def test_groups_currency_and_unit_come_off(read: Read, text: str, stored: str) -> None:
    data = f"date;value\n2026-01-05;{text}\n".encode()
    found = read(data)
    assert not found.questions
    assert [each.value for each in found.readings] == [stored]


EVENTS = MetricFacts(name="Major incidents", kind="events")


@pytest.mark.parametrize(
    "data",
    [
        b"2026-01-05\n2026-01-12\n2026-01-12\n",
        b"date,what\n2026-01-05,mail\n2026-01-12,shop\n2026-01-12,mail\n",
        b"date,count\n2026-01-05,1\n2026-01-12,2\n",
    ],
)
def test_events_are_days_and_how_many(read: Read, data: bytes) -> None:
    assert values(read(data, EVENTS)) == {"2026-01-05": "1", "2026-01-12": "2"}


@pytest.mark.parametrize(
    ("header", "unit", "answers"),
    [
        ("duration_seconds", "h", "s|h"),
        ("MTTR in minutes", "h", "min|h"),
        ("timeMs", "s", "ms|s"),
        ("Dauer in Tagen", "h", "d|h"),
        ("P90 h", "min", "h|min"),
        ("Time %", "h", "plain|percent"),
        ("pct_met", "", "plain|percent"),
        ("duration_seconds", "s", ""),
        ("calls/hour", "h", ""),
        ("Wait per day", "h", ""),
        ("H", "min", ""),
        ("Resolved %", "%", ""),
    ],
)
def test_a_unit_that_only_the_header_names_is_asked_for(read: Read, header: str, unit: str, answers: str) -> None:
    found = read(f"Date,{header}\n2026-01-05,42\n2026-01-12,37\n".encode(), MetricFacts(name="Time", unit=unit))
    assert [each.flag for each in found.questions] == ([f"--unit {answers}"] if answers else [])


def test_the_answer_to_the_header_takes_the_numbers_to_the_unit(read: Read) -> None:
    text, metric = b"Date,duration_seconds\n2026-01-05,25560\n", MetricFacts(name="Time", unit="h")
    assert [each.value for each in read(text, metric, unit="s").readings] == ["7.1"]


@pytest.mark.parametrize(
    ("values", "asked"), [("0.75 0.8", True), ("0 0.4", True), ("0.75 80", False), ("0 1", False), ("75 80", False)]
)
def test_first_readings_between_0_and_1_of_a_metric_in_per_cent_are_asked_for(
    read: Read, values: str, asked: bool
) -> None:
    rows = "".join(f"2026-01-{at:02},{value}\n" for at, value in enumerate(values.split(), start=5))
    found = read(f"Date,Value\n{rows}".encode(), MetricFacts(name="Met", unit="%"))
    assert [each.flag for each in found.questions] == (["--unit share|plain"] if asked else [])


def test_another_currency_than_that_of_the_metric_is_asked_for(read: Read) -> None:
    text = b"Date,Cost\n2026-01-05,$900.00\n2026-01-12,$800.00\n"
    assert [each.flag for each in read(text, MetricFacts(unit="EUR")).questions] == ["--unit plain"]
    assert not read(text, MetricFacts(unit="USD")).questions


def test_a_count_above_its_total_is_no_share(read: Read) -> None:
    found = read(b"Date,Met,Total\n2026-01-05,55,50\n2026-01-12,88,100\n", MetricFacts(kind="share"))
    assert found.problems == ("row 2: 55 of 50: the count is above its total",)


@pytest.mark.parametrize("header", ["Met %", "SLA"])
def test_per_cents_are_no_counts_of_a_share(read: Read, header: str) -> None:
    sign = "" if "%" in header else "%"
    text = f"Date,{header},Total\n2026-01-05,90{sign},50\n2026-01-12,88{sign},100\n".encode()
    for answer in ("", "percent", "share"):
        with pytest.raises(SourceError, match="in per cent, and a share is a count"):
            read(text, MetricFacts(kind="share", unit="%"), unit=answer)


def test_two_columns_of_the_same_name_are_asked_for_by_place(read: Read) -> None:
    found = read(b"Date,Value,Value\n2026-01-05,7,9\n", MetricFacts(unit="h"))
    assert [each.flag for each in found.questions] == ["--value 2|3"]


def test_a_point_as_decimal_mark_makes_no_note_of_what_was_cut(read: Read) -> None:
    text = b"2026-01-05,7,1\n2026-01-12,6,234\n"
    found = read(text, MetricFacts(unit="h"), decimal="point")
    assert [each.flag for each in found.questions] == ["--note 3"]
    assert 'Row 1: "7,1" has no meaning with a decimal point' in found.questions[0].words
    result = read(text, MetricFacts(unit="h"), decimal="point", note="3")
    assert [(each.value, each.note) for each in result.readings] == [("7", "1"), ("6", "234")]
    grouped = read(b"2026-01-05,1,234\n2026-01-12,1,198\n", MetricFacts(unit="h"), decimal="point")
    assert [each.value for each in grouped.readings] == ["1234", "1198"]


@pytest.mark.parametrize("unit", ["min", "s", "h"])
def test_a_group_or_decimals_beside_another_unit_are_asked_for(read: Read, unit: str) -> None:
    table = f"Date;Value\n2026-01-05;1,234 {unit}\n2026-01-12;2,500 {unit}\n".encode()
    assert asks(read(table, HOURS)) == ["decimal"]
    by_mark = {mark: read(table, HOURS, decimal=mark) for mark in ("point", "comma")}
    one, other = (float(values(each)["2026-01-12"]) for each in by_mark.values())
    assert one == pytest.approx(1000 * other, rel=1e-3)


def test_two_decimal_marks_beside_units_contradict_each_other(read: Read) -> None:
    with pytest.raises(SourceError, match="cannot both be meant"):
        read(b"Date;Value\n2026-01-05;1.25 min\n2026-01-12;1,5 h\n", HOURS)


def test_a_negative_clock_is_asked_for_as_any_other(read: Read) -> None:
    table = b"Date;Value\n2026-01-05;-1:30\n2026-01-12;-2:00\n"
    assert asks(read(table, HOURS)) == ["unit"]
    assert values(read(table, HOURS, unit="m:ss"))["2026-01-05"] == "-0.025"


def test_a_cell_with_the_own_unit_needs_no_answer(read: Read) -> None:
    assert values(read(b"Date;Value\n2026-01-05;2h\n2026-01-12;90 min\n", HOURS)) == {
        "2026-01-05": "2",
        "2026-01-12": "1.5",
    }


def test_an_answer_about_plain_numbers_is_not_for_cells_with_a_unit(read: Read) -> None:
    table = b"Date;Value\n2026-01-05;2h\n2026-01-12;90 min\n2026-01-19;30\n"
    assert asks(read(table, HOURS)) == ["unit"]
    assert list(values(read(table, HOURS, unit="min")).values()) == ["2", "1.5", "0.5"]


@pytest.mark.parametrize(
    ("header", "cell"),
    [("Week", "2026-05"), ("KW", "5/2026"), ("Calendar week", "2026/05"), ("Quarter", "2026-1"), ("Quartal", "1/2026")],
)
def test_a_month_in_a_column_of_other_periods_is_asked_for(read: Read, header: str, cell: str) -> None:
    table = f"{header};Value\n{cell};7\n".encode()
    assert asks(read(table)) == ["dates"]
    assert not read(table, dates="my").questions
    assert not read(f"Month;Value\n{cell};7\n".encode()).questions


@pytest.mark.parametrize("word", ["Total", "Total g\u00e9n\u00e9ral", "Eindtotaal", "Moyenne", "Gesamtsumme"])
def test_totals_of_other_languages_are_left_out(read: Read, word: str) -> None:
    found = read(f"Date;Value\n05.01.2026;7\n{word};7\n".encode())
    assert (values(found), [each.row for each in found.left_out]) == ({"2026-01-05": "7"}, [3])


CUTS = [
    (b"2026-01-05,$1,234.50\n2026-01-12,$998.00\n", "point", ["1234.50", "998.00"]),
    (b"2026-01-05,1,234.50\n2026-01-12,998.00\n", "point", ["1234.50", "998.00"]),
    (b"2026-01-05,1,234,567\n2026-01-12,2,345,678\n", "point", ["1234567", "2345678"]),
    (b"2026-01-05,97,5%\n2026-01-12,96%\n", "comma", ["97.5", "96"]),
    (b"2026-01-05,7,1\n2026-01-12,6,estimated\n", "comma", ["7.1", "6"]),
    (b"Date,Value\n2026-01-05,97,5%\n2026-01-12,96%\n", "comma", ["97.5", "96"]),
    (b"Date,Value,Note\n2026-01-05,97,5%,ok\n2026-01-12,96%,\n", "comma", ["97.5", "96"]),
]


@pytest.mark.parametrize(("table", "mark", "numbers"), CUTS)
def test_a_number_with_a_unit_that_was_cut_is_asked_for(
    read: Read, table: bytes, mark: str, numbers: list[str]
) -> None:
    assert "decimal" in asks(read(table, PER_CENT))
    answered = read(table, PER_CENT, decimal=mark)
    assert (list(values(answered).values()), asks(answered)) == (numbers, [])


def test_a_cut_duration_is_asked_for(read: Read) -> None:
    table = b"2026-01-05,7,1 h\n2026-01-12,6,2 h\n"
    assert asks(read(table, HOURS)) == ["decimal"]
    assert list(values(read(table, HOURS, decimal="comma")).values()) == ["7.1", "6.2"]


def test_a_grouped_number_makes_no_sense_with_a_decimal_comma(read: Read) -> None:
    found = read(b"2026-01-05,1,234.50\n2026-01-12,998\n", PER_CENT, decimal="comma")
    assert found.problems == ('row 1: "1,234.50" is not a number',)


def test_a_note_that_begins_with_a_digit_is_a_note(read: Read) -> None:
    found = read(b"2026-01-05,7,5 tickets\n2026-01-12,6,2nd team away\n")
    assert (asks(found), [each.note for each in found.readings]) == ([], ["5 tickets", "2nd team away"])


def test_parts_of_1_are_no_counts_of_a_share(read: Read) -> None:
    with pytest.raises(SourceError, match="parts of 1"):
        read(b"Date,Value,Total\n2026-01-05,0.9,50\n2026-01-12,0.88,100\n", SHARE)
    assert values(read(b"Date,Value,Total\n2026-01-05,719.5,720\n", SHARE)) == {"2026-01-05": "719.5"}
    assert values(read(b"Date,Value,Total\n2026-01-05,1,50\n2026-01-12,0,40\n", SHARE))["2026-01-05"] == "1"


EVENT = MetricFacts(name="Outages", kind="events")


def test_events_of_a_file_are_whole_and_days_without_are_left_out(read: Read) -> None:
    found = read(b"Date,Count\n2026-01-05,2\n2026-01-06,0\n", EVENT)
    assert (values(found), [each.row for each in found.left_out]) == ({"2026-01-05": "2"}, [3])
    assert len(read(b"Date,Count\n2026-01-05,1.5\n2026-01-06,-1\n", EVENT).problems) == 2


def test_a_number_beside_an_event_is_not_its_count_unasked(read: Read) -> None:
    assert asks(read(b"Date,Severity\n2026-01-05,3\n2026-01-06,1\n", EVENT)) == ["value"]
    assert not read(b"Date,Outages\n2026-01-05,3\n", EVENT).questions


@pytest.mark.parametrize("known", [(), (Fraction(95), Fraction(97))])
def test_shares_a_little_above_1_are_asked_for_beside_per_cents(read: Read, known: tuple[Fraction, ...]) -> None:
    metric = MetricFacts(name="SLA", unit="%", levels=known)
    found = asks(read(b"Date,Value\n2026-01-05,1.02\n2026-01-12,0.97\n", metric))
    assert found == (["unit"] if known else [])


def test_an_answer_of_last_month_takes_no_per_cents_for_shares(read: Read) -> None:
    with pytest.raises(SourceError, match="--unit plain"):
        read(b"Date;V\n05.01.2026;0,9\n12.01.2026;97,5\n", PER_CENT, unit="share")
    assert list(values(read(b"Date;V\n05.01.2026;1,05\n", PER_CENT, unit="share")).values()) == ["105"]


def test_a_total_of_a_plain_value_is_refused(read: Read) -> None:
    found = read(b"Date,Met,Of\n2026-01-05,45,50\n", PER_CENT, value="Met", total="Of")
    assert len(found.problems) == 1


@pytest.mark.parametrize("cell", ["#NV", "#BEZUG!", "#NAME?", "#VALEUR!", "n.a.", "#N/A"])
def test_errors_of_formulas_are_no_reading_and_listed(read: Read, cell: str) -> None:
    found = read(f"Datum;Wert\n05.01.2026;7,1\n12.01.2026;8\n19.01.2026;{cell}\n".encode())
    assert (len(values(found)), [each.row for each in found.left_out]) == (2, [4])


def test_the_blank_row_of_a_pivot_table_is_left_out(read: Read) -> None:
    found = read(b"Row Labels,Calls\n2026-01,7\n2026-02,6\n2026-03,6\n(blank),\nGrand Total,6.3\n")
    assert ([each.value for each in found.readings], [each.row for each in found.left_out]) == (["7", "6", "6"], [5, 6])


def test_a_quarter_of_a_fiscal_year_is_refused(read: Read) -> None:
    with pytest.raises(SourceError, match="fiscal year"):
        read(b"Fiscal quarter;Value\nQ1 2026;7\n")
    assert list(values(read(b"Quarter;Value\nQ1 2026;7\n"))) == ["2026-01-01"]


@pytest.mark.parametrize(
    "recipe",
    [Recipe(where=("Metric=MTTR",)), Recipe(less=("Value",)), Recipe(hours="mon-fri 08:00-18:00"), Recipe(rows="last")],
)
def test_options_of_tickets_are_not_ignored_for_readings(recipe: Recipe) -> None:
    table = read_table(b"Metric,Date,Value\nMTTR,2026-01-05,7\nCSAT,2026-01-06,90\n", recipe)
    with pytest.raises(SourceError, match="for tickets"):
        read_readings(table, HOURS, recipe, TODAY)


def test_the_rows_of_several_metrics_are_not_mixed(read: Read) -> None:
    with pytest.raises(SourceError, match=r"CSAT.*MTTR"):
        read(b"Metric,Date,Value\nMTTR,2026-01-05,7\nCSAT,2026-01-06,90\n", HOURS)
    assert values(read(b"Metric,Date,Value\nMTTR,2026-01-05,7\nMTTR,2026-01-12,8\n", HOURS))["2026-01-12"] == "8"


@pytest.mark.parametrize("table", [b"Date,Value,Unit\n2026-01-05,90,min\n", b"2026-01-05,90,min\n2026-01-12,60,min\n"])
def test_a_column_that_names_another_unit_is_asked_about(read: Read, table: bytes) -> None:
    assert asks(read(table, HOURS)) == ["unit"]
    assert values(read(table, HOURS, unit="min"))["2026-01-05"] == "1.5"
    assert not read(table.replace(b"min", b"h"), HOURS).questions


def test_a_column_of_units_that_change_is_refused(read: Read) -> None:
    with pytest.raises(SourceError, match="h and min"):
        read(b"Date,Value,Unit\n2026-01-05,90,min\n2026-01-12,1,h\n", HOURS)


@pytest.mark.parametrize(
    "text",
    [b"2026-01-05,7,1;2\n", b"2026-01-05,7.1,2\n", b"2026-01-05;7;1,2\n2026-01-12;6;after the move\n"],
)
def test_a_number_behind_the_value_is_no_note_unasked(read: Read, text: bytes) -> None:
    assert asks(read(text)) == ["note"]
    answered = read(text, note="3")
    assert (asks(answered), answered.readings[0].note != "") == ([], True)


def test_of_two_columns_with_one_name_one_has_to_be_chosen(read: Read) -> None:
    for text in (b"Date,Hours,Hours\n2026-01-05,7,8\n", b"Date,Hours,Hours\n2026-01-05,7,\n"):
        assert answer_of(text, HOURS, value="Hours") == ["2", "3"]
    assert values(read(b"Date,Hours,Hours\n2026-01-05,7,8\n", value="3")) == {"2026-01-05": "8"}
    assert answer_of(b"Date,N,N,Value\n2026-01-05,50,60,45\n", SHARE) == ["2", "3"]
    assert answer_of(b"Date,Value,Note,Note\n2026-01-05,45,a,b\n", HOURS) == ["3", "4"]


def test_columns_that_are_equal_cell_by_cell_are_one(read: Read) -> None:
    found = read(b"Date,Date,Value,Value\n2026-01-05,2026-01-05,7,7 \n2026-01-12,2026-01-12,6,6\n", HOURS)
    assert (asks(found), values(found)) == ([], {"2026-01-05": "7", "2026-01-12": "6"})


def answer_of(text: bytes, metric: MetricFacts, **answers: str) -> list[str]:
    """Return the possible answers to the question which column of one name is meant."""
    recipe = Recipe(**answers)  # type: ignore[arg-type] # each test gives the fields it is about
    with pytest.raises(OpenQuestionError) as opened:
        read_readings(read_table(text, recipe), metric, recipe, TODAY)
    return [answer for answer, _ in opened.value.question.choices]


def test_events_beside_a_number_may_be_one_a_row(read: Read) -> None:
    text = b"Date,Severity\n2026-01-05,3\n2026-01-05,1\n"
    (question,) = read(text, EVENT).questions
    assert [answer for answer, _ in question.choices] == ["Severity", "one-a-row"]
    assert values(read(text, EVENT, value="one-a-row")) == {"2026-01-05": "2"}
    assert values(read(b"2026-01-05,45\n2026-01-06,3\n", EVENT, value="one-a-row"))["2026-01-05"] == "1"


@pytest.mark.parametrize("nothing", [b"0", b"0:00", b"00:00:00"])
def test_nothing_among_durations_needs_no_unit(read: Read, nothing: bytes) -> None:
    found = read(b"Date,Time\n2026-01-05,1:30:00\n2026-01-12," + nothing + b"\n", HOURS)
    assert (asks(found), values(found)) == ([], {"2026-01-05": "1.5", "2026-01-12": "0"})


def test_nothing_among_per_cents_needs_no_sign(read: Read) -> None:
    found = read(b"Date;SLA\n2026-01-05;97,5 %\n2026-01-12;0\n", PER_CENT)
    assert (asks(found), values(found)["2026-01-12"]) == ([], "0")


def test_what_is_not_a_number_is_no_value_and_listed_with_its_day(read: Read) -> None:
    found = read(b"date,value\n2026-01-05,NaN\n2026-01-12,+Inf\n2026-01-19,7\n")
    assert values(found) == {"2026-01-19": "7"}
    assert [(each.row, each.day) for each in found.left_out] == [(2, "2026-01-05"), (3, "2026-01-12")]


def test_a_row_of_units_below_the_names_belongs_to_them(read: Read) -> None:
    text = b"Week,Time\n,(min)\n2026-01-05,45\n2026-01-12,90\n"
    assert asks(read(text, HOURS)) == ["unit"]
    assert values(read(text, HOURS, unit="min")) == {"2026-01-05": "0.75", "2026-01-12": "1.5"}
    assert values(read(text.replace(b"min", b"h"), HOURS)) == {"2026-01-05": "45", "2026-01-12": "90"}


def test_months_in_french_and_days_in_japanese_are_dates(read: Read) -> None:
    assert list(values(read("Mois;Valeur\njanv. 2026;7,1\nfévrier 2026;6\naoût 2026;5\n".encode()))) == [
        "2026-01-01",
        "2026-02-01",
        "2026-08-01",
    ]
    assert list(values(read("日付,Value\n2026年1月5日,7.1\n2026年2月,6\n".encode()))) == ["2026-01-05", "2026-02-01"]


def test_a_row_of_dates_above_values_is_refused(read: Read) -> None:
    found = read(b"2026-01-05\t2026-01-12\n7\t8\n")
    assert found.problems or found.questions
    assert not found.readings


def test_a_header_that_says_utc_is_the_zone_of_its_times(read: Read) -> None:
    text = b"Time (UTC),Value\n2026-01-05 23:30,7\n2026-01-12,6\n"
    found = read(text, zone="Europe/Berlin")
    assert values(found) == {"2026-01-06": "7", "2026-01-12": "6"}
    assert 'times are in UTC, as "Time (UTC)" says; days are those of Europe/Berlin' in found.remarks
    assert "2026-01-05" in values(read(text, zone="Europe/Berlin", file_zone="Europe/Berlin"))
    assert "2026-01-05" in values(read(b"Outcome,Value\n2026-01-05 23:30,7\n", zone="Europe/Berlin", date="Outcome"))


@pytest.mark.parametrize("text", [b'2026-01-05,"1,234"\n', b'2026-01-05,"1 234"\n', b'2026-01-05,"7,5"\n'])
def test_programs_write_no_groups(read: Read, text: bytes) -> None:
    assert read(text, decimal="plain", delimiter="comma").problems
    plain = read(b"2026-01-05,1.234\n", decimal="plain", delimiter="comma")
    assert (asks(plain), values(plain)) == ([], {"2026-01-05": "1.234"})


def test_days_with_points_beside_months_in_front_may_be_swapped(read: Read) -> None:
    text = b"Date;Value\n01.05.2026;7\n1/13/2026;8\n"
    (question,) = read(text).questions
    assert (question.option, [answer for answer, _ in question.choices]) == ("dates", ["mdy"])
    assert values(read(text, dates="mdy")) == {"2026-05-01": "7", "2026-01-13": "8"}
    assert not read(b"Date;Value\n01.05.2026;7\n13/1/2026;8\n").questions
    assert not read(b"Date;Value\n01.05.2026;7\n14.05.2026;7\n1/13/2026;8\n").questions


@pytest.mark.parametrize(
    "cells", [b"2026-01-05 10:00+99:99,7", b"2026-01-05 10:00-15,7", b"2026-01-05," + b"1" * 5000 + b" h"]
)
def test_an_impossible_offset_or_endless_digits_are_refused_in_one_line(read: Read, cells: bytes) -> None:
    found = read(b"Date,Value\n2026-01-04,6\n2026-01-03,6\n" + cells + b"\n", HOURS, unit="plain")
    assert [each.startswith("row 4: ") and "\n" not in each for each in found.problems] == [True]
    assert values(read(b"Date,Value\n2026-01-05 10:00+14:00,7\n")) == {"2026-01-04": "7"}


@pytest.mark.parametrize("blank", ["\u202f", "\u00a0", "\u2009"])
def test_a_no_break_blank_groups_digits_and_separates_nothing(read: Read, blank: str) -> None:
    for mark in ("\t", " "):
        text = f"05/01/2026{mark}3{blank}773 h\r19/01/2026{mark}7,97 h\r"
        assert values(read(text.encode(), HOURS)) == {"2026-01-05": "3773", "2026-01-19": "7.97"}


def test_a_group_of_three_behind_a_blank_is_asked_about(read: Read) -> None:
    for text in (b"2026-01-05 1 234,5 h\n", b"2026-01-05 1 234\n", b"2026-01-05 7 100 calls lost\n"):
        assert asks(read(text, HOURS)) == ["note"]
    assert not asks(read(b"2026-01-05 7 2nd team away\n", HOURS))


@pytest.mark.parametrize("blanks", [",,,", ",,,,,,,,"])
def test_empty_columns_beside_a_table_hide_no_header(read: Read, blanks: str) -> None:
    text = f"Date,Time (min){blanks}\n2026-01-05,70{blanks}\n2026-01-12,60{blanks}\n".encode()
    assert asks(read(text, HOURS)) == ["unit"]
    assert values(read(text, HOURS, unit="min"))["2026-01-12"] == "1"


def test_the_question_about_notes_names_their_place(read: Read) -> None:
    (question,) = read(b"2026-01-05;7;8\n", value="3").questions
    assert question.flag == "--note 2"
    assert values(read(b"2026-01-05;7;8\n", value="3", note="2")) == {"2026-01-05": "8"}
