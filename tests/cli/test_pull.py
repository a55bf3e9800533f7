"""`pull`: the workbook names a feed, the machine defines it, and nothing runs without consent."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import CommandResult, Desk

DAY = 86_400


@pytest.fixture
def config(desk: Desk) -> Path:
    """The folder of the configuration, and a workbook whose only metric names the feed `fcr`."""
    desk.run("new", "desk.json")
    desk.run("import", "desk.json", "-", "--yes", stdin="Description,KPI\nFaster refunds,Calls\n")
    document = json.loads((desk.folder / "desk.json").read_text("utf-8"))
    (iteration,) = document["iterations"].values()
    iteration["baseline"]["metrics"][0] |= {"feed": "fcr", "frequency": "daily", "zone": "UTC"}
    (desk.folder / "desk.json").write_text(json.dumps(document, indent=2, sort_keys=True) + "\n", "utf-8")
    folder = Path(desk.run("where").out.partition("config")[2].split("\n")[0].strip(" :=")).expanduser()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def define(folder: Path, text: str) -> None:
    path = folder / "config.toml"
    path.write_text(f"[feeds.fcr]\n{text}\n", "utf-8")
    path.chmod(0o600)


def pull(desk: Desk, *options: str) -> CommandResult:
    return desk.run("pull", "desk.json", *options)


def allowed(desk: Desk, *options: str) -> CommandResult:
    return pull(desk, "--allow", "fcr", *options)


def readings(desk: Desk) -> dict[str, Any]:
    document = desk.run("show", "desk.json", "CI-0001", "--json").json
    return {each["date"]: each for each in document["metrics"][0]["readings"]}


def csv_feed(folder: Path, text: str = "date,value\n2026-11-20,7.1\n2026-11-21,6.2\n") -> None:
    (folder / "fcr.csv").write_text(text, "utf-8")
    define(folder, 'kind = "csv"\npath = "fcr.csv"\nsettle = 3')


def test_nothing_runs_without_consent_and_consent_is_for_one_definition(desk: Desk, config: Path) -> None:
    csv_feed(config)
    refused = pull(desk)
    assert (refused.code, "--allow fcr" in refused.err, "fcr.csv" in refused.err) == (2, True, True)
    assert readings(desk) == {}
    assert allowed(desk).code == 0
    assert pull(desk).code == 0
    assert [each["value"] for each in readings(desk).values()] == ["7.1", "6.2"]
    define(config, 'kind = "csv"\npath = "./fcr.csv"')
    assert pull(desk).code == 2


def test_consent_is_for_one_workbook(desk: Desk, config: Path) -> None:
    csv_feed(config)
    assert allowed(desk).code == 0
    (desk.folder / "other.json").write_bytes((desk.folder / "desk.json").read_bytes())
    assert desk.run("pull", "other.json").code == 2


def test_a_feed_that_this_machine_does_not_define_is_named(desk: Desk, config: Path) -> None:
    define(config, 'kind = "csv"\npath = "x"')
    (config / "config.toml").write_text('[feeds.other]\nkind = "csv"\npath = "x"\n', "utf-8")
    result = pull(desk)
    assert (result.code, '"fcr"' in result.err) == (2, True)


@pytest.mark.skipif(os.name != "posix", reason="mode bits are of POSIX")
@pytest.mark.usefixtures("config")
def test_a_configuration_that_others_can_write_runs_nothing(desk: Desk, config: Path) -> None:
    csv_feed(config)
    (config / "config.toml").chmod(0o666)
    result = allowed(desk)
    assert (result.code, "written by others" in result.err) == (2, True)


def test_a_restated_value_is_left_for_a_person_unless_it_settles(desk: Desk, config: Path) -> None:
    csv_feed(config)
    assert allowed(desk).code == 0
    csv_feed(config, "date,value\n2026-11-20,7.3\n2026-11-21,6.4\n")
    result = pull(desk)
    assert result.code == 0
    assert [each["value"] for each in readings(desk).values()] == ["7.3", "6.4"]
    assert [old["value"] for old in readings(desk)["2026-11-20"]["was"]] == ["7.1"]
    csv_feed(config, "date,value\n2026-11-01,1\n2026-11-21,6.4\n")
    assert pull(desk).code == 0
    csv_feed(config, "date,value\n2026-11-01,2\n2026-11-21,6.4\n")
    late = pull(desk)
    assert (late.code, "2026-11-01 1 becomes 2" in late.err) == (1, True)


def test_a_dry_run_stores_nothing_and_json_has_the_shape_of_a_preview(desk: Desk, config: Path) -> None:
    csv_feed(config)
    document = allowed(desk, "--dry-run", "--json").json
    assert list(document) == ["readings", "new", "same", "restated", "left_out", "periods_left_out"]
    assert document["new"] == 2
    assert readings(desk) == {}


def test_a_question_is_left_for_a_person(desk: Desk, config: Path) -> None:
    csv_feed(config, "date,value\n1/2/2026,7\n2/2/2026,6\n")
    result = allowed(desk)
    assert (result.code, "--dates" in result.err) == (1, True)


def test_a_program_that_prints_decimal_commas_makes_no_whole_numbers(desk: Desk, config: Path) -> None:
    run = json.dumps([sys.executable, "-c", "print('2026-11-20,7,1'); print('2026-11-21,6,2')"])
    define(config, f'kind = "command"\nrun = {run}')
    result = allowed(desk)
    assert (result.code, "--note 3" in result.err, readings(desk)) == (1, True, {})


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('kind = "ftp"', "kind"),
        ('kind = "csv"', "path is missing"),
        ('kind = "csv"\npath = "x"\nrun = ["x"]', "no such setting"),
        ('kind = "csv"\npath = 1', "text in quotes"),
        ('kind = "command"\nrun = "x"', "list of texts"),
        ('kind = "prometheus"\nurl = "http://example.org"\nquery = "up"', "https"),
        ('kind = "prometheus"\nurl = "http://example.org"\nquery = "up"\ninsecure = true\ntoken_env = "T"', "token"),
        ('kind = "prometheus"\nurl = "file:///etc/passwd"\nquery = "up"', "address"),
        ('kind = "csv"\npath = "x"\nsettle = "soon"', "settle"),
    ],
)
def test_a_wrong_definition_is_named(desk: Desk, config: Path, text: str, word: str) -> None:
    define(config, text)
    result = allowed(desk)
    assert (result.code, word in result.err, result.err.count("\n")) == (2, True, 1)


def database(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "desk.db")) as made:
        made.execute("create table calls (day text, hours real)")
        made.executemany(
            "insert into calls values (?, ?)", [("2026-11-20", 7.125), ("2026-11-21", 6.25), ("2020-01-01", 1)]
        )
        made.commit()


def test_sqlite_is_read_with_the_first_day_that_is_wanted(desk: Desk, config: Path) -> None:
    database(config)
    define(config, 'kind = "sqlite"\npath = "desk.db"\nquery = "select day, hours from calls where day >= :since"')
    assert allowed(desk).code == 0
    assert {day: each["value"] for day, each in readings(desk).items()} == {"2026-11-20": "7.125", "2026-11-21": "6.25"}


@pytest.mark.parametrize(
    "query",
    [
        "delete from calls",
        "select day, hours from calls; drop table calls",
        "attach database 'x.db' as x",
        "select load_extension('x')",
        "pragma journal_mode = wal",
        "select 1, 2, 3, 4, 5",
    ],
)
def test_sqlite_is_asked_nothing_but_one_select(desk: Desk, config: Path, query: str) -> None:
    database(config)
    before = (config / "desk.db").read_bytes()
    define(config, f'kind = "sqlite"\npath = "desk.db"\nquery = "{query}"')
    assert allowed(desk).code == 2
    assert (config / "desk.db").read_bytes() == before
    assert not (config / "x.db").exists()


def command(config: Path, body: str) -> None:
    (config / "feed.py").write_text(body, "utf-8")
    define(config, f'kind = "command"\nrun = [{json.dumps(sys.executable)}, "feed.py", "{{since}}"]')


def test_a_command_gives_readings_and_is_told_since_when(desk: Desk, config: Path) -> None:
    command(config, "import sys\nprint('2026-11-20,7.1,,' + sys.argv[1])\nassert not sys.stdin.read()")
    assert allowed(desk).code == 0
    assert readings(desk)["2026-11-20"]["note"] == "2025-11-23"


def test_a_command_that_fails_shows_its_error_output(desk: Desk, config: Path) -> None:
    command(config, "import sys\nsys.exit('no route to the desk')")
    result = allowed(desk)
    assert (result.code, "no route to the desk" in result.err, readings(desk)) == (2, True, {})


def test_the_output_of_a_command_has_a_limit(desk: Desk, config: Path) -> None:
    command(config, "print('x' * 11_000_000)")
    result = allowed(desk)
    assert (result.code, "more than 10 MB" in result.err) == (2, True)


def test_a_command_that_is_not_there_is_one_line(desk: Desk, config: Path) -> None:
    define(config, 'kind = "command"\nrun = ["./nowhere.sh"]')
    result = allowed(desk)
    assert (result.code, result.err.count("\n")) == (2, 1)


Answer = tuple[int, dict[str, str], Any]


@contextmanager
def server(answer: Any) -> Iterator[tuple[str, list[Any]]]:  # noqa: ANN401 - a function of path and headers
    """Serve on the loopback address; yields the address and what was asked."""
    requests: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append((self.path, dict(self.headers)))
            code, headers, body = answer(self.path)
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(code)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{running.server_port}", requests
    finally:
        running.shutdown()
        running.server_close()
        thread.join()


def series(path: str) -> Answer:
    """Answer as Prometheus does: at each moment its hour since 1970."""
    options = parse_qs(urlsplit(path).query)
    start, end, step = (int(options[name][0]) for name in ("start", "end", "step"))
    values = [[at, str(at // 3600)] for at in range(start, end + 1, step)]
    return (
        200,
        {},
        {"status": "success", "data": {"resultType": "matrix", "result": [{"metric": {}, "values": values}]}},
    )


def ask(config: Path, address: str, more: str = "") -> None:
    define(config, f'kind = "prometheus"\nurl = "{address}"\nquery = "sum(up)"\n{more}')


def test_prometheus_is_asked_at_the_end_of_each_local_day(desk: Desk, config: Path) -> None:
    with server(series) as (address, requests):
        ask(config, address, 'zone = "Europe/Berlin"')
        assert allowed(desk).code == 0
        found = readings(desk)
    assert max(found) == "2026-11-22"
    assert int(found["2026-11-22"]["value"]) * 3600 % DAY == 23 * 3600
    assert int(found["2026-10-24"]["value"]) - int(found["2026-10-23"]["value"]) == 24
    assert int(found["2026-10-25"]["value"]) - int(found["2026-10-24"]["value"]) == 25
    assert int(found["2026-03-29"]["value"]) - int(found["2026-03-28"]["value"]) == 23
    assert all(path.startswith("/api/v1/query_range?query=sum%28up%29&") for path, _ in requests)


def test_the_token_comes_from_the_environment(desk: Desk, config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with server(series) as (address, requests):
        ask(config, address, 'token_env = "DESK_TOKEN"')
        assert "DESK_TOKEN" in allowed(desk).err
        monkeypatch.setenv("DESK_TOKEN", "secret")
        assert pull(desk).code == 0
        assert {headers["Authorization"] for _, headers in requests} == {"Bearer secret"}


def test_a_redirect_to_another_host_is_refused_and_never_gets_the_token(
    desk: Desk, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_TOKEN", "secret")
    with server(series) as (other, seen):
        with server(lambda _path: (302, {"Location": f"{other}/api"}, b"")) as (address, _):
            ask(config, address, 'token_env = "DESK_TOKEN"')
            result = allowed(desk)
        assert (result.code, "redirects to another host" in result.err, seen) == (2, True, [])

    def moved(path: str) -> Answer:
        return series(path) if path.startswith("/new") else (302, {"Location": f"/new{path}"}, b"")

    with server(moved) as (address, requests):
        ask(config, address, 'token_env = "DESK_TOKEN"')
        assert allowed(desk).code == 0
        assert not any("Authorization" in headers for path, headers in requests if path.startswith("/new"))


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        ((500, {}, b"no"), "500"),
        ((200, {}, b"<html>"), "not JSON"),
        ((200, {}, {"status": "error"}), "not from Prometheus"),
        ((200, {}, {"data": {"result": [{"values": []}, {"values": []}]}}), "2 series"),
        ((200, {}, {"warnings": ["partial"], "data": {"result": [{"values": []}]}}), "incomplete: partial"),
        ((200, {}, {"data": {"result": [{"histograms": []}]}}), "histogram_quantile"),
    ],
)
def test_an_answer_that_is_none_changes_nothing(desk: Desk, config: Path, answer: Answer, word: str) -> None:
    with server(lambda _path: answer) as (address, _):
        ask(config, address)
        result = allowed(desk)
    assert (result.code, word in result.err, readings(desk)) == (2, True, {})


def test_an_address_that_nobody_answers_is_one_line(desk: Desk, config: Path) -> None:
    ask(config, "http://127.0.0.1:9")
    result = allowed(desk)
    assert (result.code, result.err.count("\n"), "cannot be reached" in result.err) == (2, 1, True)


def test_two_periods_without_a_reading_are_due(desk: Desk, config: Path) -> None:
    csv_feed(config, "date,value\n2026-11-20,7.1\n")
    assert allowed(desk).code == 0
    assert desk.run("--today", "2026-11-22", "due", "desk.json", "--json").json == []
    (late,) = desk.run("--today", "2026-11-24", "due", "desk.json", "--json").json
    assert (late["kind"], late["due"], late["days"]) == ("readings", "2026-11-23", -1)
    assert "fcr" in late["what"]


def test_points_without_a_value_are_counted_and_named(desk: Desk, config: Path) -> None:
    def with_gaps(path: str) -> Answer:
        code, headers, body = series(path)
        assert isinstance(body, dict)
        body["data"]["result"][0]["values"][-3:] = [
            [at, text]
            for (at, _), text in zip(body["data"]["result"][0]["values"][-3:], ("NaN", "NaN", "+Inf"), strict=True)
        ]
        return code, headers, body

    with server(with_gaps) as (address, _):
        ask(config, address, 'zone = "UTC"\nevery = "day"')
        result = allowed(desk)
    assert result.code == 0
    assert '2 points are left out, no value: "NaN": 2026-11-20, 2026-11-21' in result.err
    assert 'point 2026-11-22 is left out: no value: "+Inf"' in result.err
    assert "2026-11-22" not in readings(desk)


def test_digits_behind_the_value_of_a_command_make_no_thousands(desk: Desk, config: Path) -> None:
    define(config, 'kind = "command"\nrun = ["printf", "2026-11-02,7,120\\\\n2026-11-09,6,130\\\\n"]')
    result = allowed(desk)
    assert (result.code, "--note 3" in result.err, readings(desk)) == (1, True, {})
    define(config, 'kind = "command"\nnote = "3"\nrun = ["printf", "2026-11-02,7,120\\\\n"]')
    assert allowed(desk).code == 0
    assert readings(desk)["2026-11-02"]["value"] == "7"


def test_nothing_new_is_no_failure(desk: Desk, config: Path) -> None:
    with server(lambda _path: (200, {}, {"data": {"result": []}})) as (address, _):
        ask(config, address)
        result = allowed(desk)
    assert (result.code, "0 readings added" in result.out, result.err) == (0, True, "")
    define(config, 'kind = "command"\nrun = ["true"]')
    assert (allowed(desk).code, readings(desk)) == (0, {})
