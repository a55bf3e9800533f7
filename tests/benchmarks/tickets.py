"""How long ticket exports, readings and registers take as whole processes, and pandas beside it in the same run.

Run by hand: `python tests/benchmarks/tickets.py [FOLDER] [how many times]`. pandas lives in a virtual environment that
is made in the folder; it does the same work on the same file: weekly median, 90th percentile, share and count of
100,000 tickets. Each measure is a process of its own, imports counted, ours and theirs in turn; ratios below 1 mean
that ours is quicker. Memory is the peak of a process.
"""

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import NamedTuple

TICKETS = 100_000
TIMES = 5
MEASURES = ("median", "p90", "share", "count")

_PANDAS = """
import sys
import pandas as pd
path, measure = sys.argv[1:]
columns = ["opened_at", "resolved_at", "made_sla"]
data = pd.read_csv(path, usecols=columns, parse_dates=["opened_at", "resolved_at"])
data = data[data["resolved_at"].notna()]
data["hours"] = (data["resolved_at"] - data["opened_at"]).dt.total_seconds() / 3600
weeks = data.groupby(data["resolved_at"].dt.to_period("W"))
found = {
    "median": lambda: weeks["hours"].median(),
    "p90": lambda: weeks["hours"].quantile(0.9, interpolation="higher"),
    "share": lambda: weeks["made_sla"].mean(),
    "count": lambda: weeks.size(),
}[measure]()
print(found.to_csv())
"""


class Run(NamedTuple):
    """What one process took."""

    seconds: float
    """On the clock of the wall."""
    cpu: float
    """Of the processors, which other programs on the machine do not lengthen as much."""
    megabytes: float
    """At its peak."""


def write_tickets(path: Path) -> None:
    """Write an export as ServiceNow does: two years, one ticket every ten minutes, some of them still open."""
    chance = random.Random(1)
    moment = datetime.fromisoformat("2024-01-01")
    with path.open("w", encoding="utf-8") as out:
        out.write("number,opened_at,resolved_at,priority,made_sla,assignment_group,short_description\n")
        for number in range(TICKETS):
            moment += timedelta(seconds=round(chance.expovariate(1 / 600)))
            end = moment + timedelta(seconds=round(chance.lognormvariate(9, 1.2)))
            resolved = "" if chance.random() < 0.01 else f"{end:%Y-%m-%d %H:%M:%S}"
            in_time = "true" if chance.random() < 0.7 else "false"
            text = f'"The printer of room {number} does not print, again"'
            out.write(f"INC{number:07d},{moment:%Y-%m-%d %H:%M:%S},{resolved},2 - High,{in_time},Desk,{text}\n")


def write_readings(path: Path) -> None:
    """Write a reading a day."""
    chance = random.Random(2)
    first = date(1900, 1, 1)
    lines = (f"{first + timedelta(days=at)},{chance.random() * 10:.2f},\n" for at in range(TICKETS))
    path.write_text("date,value,note\n" + "".join(lines), encoding="utf-8")


def write_register(path: Path) -> None:
    """Write a register of ideas."""
    first = date(2024, 1, 1)
    lines = (
        f"{at},{first + timedelta(days=at % 900):%d/%m/%Y},M,Shorter queue at desk {at},Ann,2,3\n"
        for at in range(TICKETS)
    )
    header = "Number,Date raised,Size,Description,Owner,Benefit,Effort\n"
    path.write_text(header + "".join(lines), encoding="utf-8")


def timed(command: Sequence[str], environment: dict[str, str]) -> "Run":
    """Run a process; raises where it fails."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, _megabytes(usage))


def _megabytes(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def with_pandas(folder: Path) -> str:
    """Return the Python of an environment that has pandas."""
    where = folder / "pandas"
    python = where / "bin" / "python"
    if not python.exists():
        venv.create(where, with_pip=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", "pandas"], check=True)
    return str(python)


def shares(path: Path) -> None:
    """Make the metric of the workbook one of a share, so that its total has a place."""
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"kind": "value"', '"kind": "share"'), encoding="utf-8")


def main() -> None:
    """Print a line a measure."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp())
    times = int(sys.argv[2]) if len(sys.argv) > 2 else TIMES
    export, readings, register = (folder / name for name in ("tickets.csv", "readings.csv", "register.csv"))
    write_tickets(export)
    write_readings(readings)
    write_register(register)
    own = {name: str(folder / name) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    environment = {**os.environ, **own, "PYTHONPATH": str(Path(__file__).parents[2])}
    ours = [sys.executable, "-m", "cimodel_tui"]
    metric = ["Description,KPI,Timescale\nFaster refunds,Hours,short\n"]
    for name in ("desk.json", "share.json"):
        (folder / name).unlink(missing_ok=True)
        subprocess.run([*ours, "new", str(folder / name)], env=environment, check=True, stdout=subprocess.DEVNULL)
        command = [*ours, "import", str(folder / name), "-", "--yes"]
        subprocess.run(command, input=metric[0].encode(), env=environment, check=True, stdout=subprocess.DEVNULL)
        text = (folder / name).read_text(encoding="utf-8").replace('"unit": ""', '"unit": "h"')
        (folder / name).write_text(text, encoding="utf-8")
    shares(folder / "share.json")
    _against_pandas(folder, environment, ours, times)
    common = [*ours, "reading", "from", str(folder / "desk.json"), "CI-0001", "m1"]
    _alone("100,000 readings previewed", [*common, str(readings), "--preview"], environment, times)
    _alone(
        "100,000 rows of a register previewed",
        [*ours, "import", str(folder / "desk.json"), str(register)],
        environment,
        times,
    )


def _against_pandas(folder: Path, environment: dict[str, str], ours: list[str], times: int) -> None:
    python, script = with_pandas(folder), folder / "pandas_weekly.py"
    script.write_text(_PANDAS, encoding="utf-8")
    for measure in MEASURES:
        book = folder / ("share.json" if measure == "share" else "desk.json")
        command = [*ours, "reading", "from", str(book), "CI-0001", "m1", str(folder / "tickets.csv")]
        command += ["--measure", measure, "--every", "week", "--zone", "UTC", "--preview"]
        command += ["--counts-as", "made_sla=true"] if measure == "share" else []
        pairs = []
        for _ in range(times):
            theirs = timed([python, str(script), str(folder / "tickets.csv"), measure], environment)
            pairs.append((timed(command, environment), theirs))
        wall = median(our.seconds / their.seconds for our, their in pairs)
        cpu = median(our.cpu / their.cpu for our, their in pairs)
        beside = f"{wall:.2f} x pandas by the wall, {cpu:.2f} x by the processor"
        _say(measure, [our for our, _ in pairs], f"{beside}; pandas {max(each.megabytes for _, each in pairs):.0f} MB")


def _alone(name: str, command: list[str], environment: dict[str, str], times: int) -> None:
    _say(name, [timed(command, environment) for _ in range(times)], "")


def _say(name: str, runs: list[Run], beside: str) -> None:
    seconds, cpu = median(run.seconds for run in runs), median(run.cpu for run in runs)
    megabytes = max(run.megabytes for run in runs)
    sys.stdout.write(f"{name:38} {seconds:6.2f} s, {cpu:5.2f} s of processor, {megabytes:4.0f} MB  {beside}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
