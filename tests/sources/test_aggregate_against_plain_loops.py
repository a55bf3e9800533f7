"""Random exports of tickets, reckoned anew by plain loops over the same rows."""

import csv
import io
import math
import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from cimodel_tui.sources.aggregate import read_tickets
from cimodel_tui.sources.recipe import FoundReading, MetricFacts, Recipe
from cimodel_tui.sources.table import read_table
from tests.sources.conftest import TODAY

STEP = timedelta(minutes=30)
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Adelaide")
HOLIDAY = "2026-03-30"


@dataclass(frozen=True)
class Ticket:
    key: str
    opened: str
    resolved: str
    priority: str
    in_time: str


def random_tickets(chance: random.Random) -> list[Ticket]:
    """Return tickets around the change of the clocks in March: some open, some reopened and in two rows."""
    moment, rows = datetime.fromisoformat("2026-03-02") + STEP * chance.randrange(200), []
    for number in range(chance.randrange(5, 30)):
        moment += STEP * chance.randrange(1, 60)
        ends = [moment + STEP * chance.randrange(0, 90) for _ in range(chance.choice((1, 1, 1, 2)))]
        for end in sorted(ends):
            is_open = chance.random() < 0.1
            resolved = "" if is_open else f"{end:%Y-%m-%d %H:%M:%S}"
            priority, in_time = chance.choice("123"), chance.choice(("true", "false"))
            rows.append(Ticket(f"INC{number}", f"{moment:%Y-%m-%d %H:%M:%S}", resolved, priority, in_time))
    return rows


def as_csv(rows: list[Ticket]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("number", "opened_at", "resolved_at", "priority", "made_sla"))
    writer.writerows((each.key, each.opened, each.resolved, each.priority, each.in_time) for each in rows)
    return out.getvalue().encode()


def to_utc(text: str, zone: ZoneInfo) -> list[datetime]:
    """Return the moments that a local time may mean: one, two where it exists twice, none where it does not exist."""
    naive = datetime.fromisoformat(text)
    found = {naive.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(each for each in found if each.astimezone(zone).replace(tzinfo=None, fold=0) == naive)


def is_working(moment: datetime, zone: ZoneInfo) -> bool:
    local = moment.astimezone(zone)
    day = local.date()
    return day.weekday() < 5 and day.isoformat() != HOLIDAY and 8 <= local.hour < 18


def working_time(opened: datetime, resolved: datetime, zone: ZoneInfo) -> timedelta:
    total, moment = timedelta(), opened
    while moment < resolved:
        total += STEP if is_working(moment, zone) else timedelta()
        moment += STEP
    return total


def plain(rows: list[Ticket], recipe: Recipe) -> dict[str, tuple[str, str | None]]:
    """Reckon the readings with loops and nothing of the program."""
    zone = ZoneInfo(recipe.zone)
    last = {each.key: each for each in rows}
    weeks: dict[date, list[tuple[timedelta, str]]] = {}
    latest: date | None = None
    for each in last.values():
        opened = to_utc(each.opened, zone)
        resolved = to_utc(each.resolved, zone) if each.resolved else None
        if not opened or resolved == []:
            continue
        days = [opened[0].astimezone(zone).date()]
        if resolved:
            days.append(resolved[0].astimezone(zone).date())
        latest = max([*days, latest or days[0]])
        if not resolved:
            continue
        ends = [end for end in resolved if end >= opened[0]]
        if not ends or (recipe.where and each.priority not in "12"):
            continue
        hours = working_time(opened[0], ends[0], zone) if recipe.hours else ends[0] - opened[0]
        day = resolved[0].astimezone(zone).date()
        weeks.setdefault(day - timedelta(days=day.weekday()), []).append((hours, each.in_time))
    if not weeks or latest is None:
        return {}
    found: dict[str, tuple[str, str | None]] = {}
    week = min(weeks)
    while week <= latest:
        if (figure := one_week(weeks.get(week, []), recipe.measure)) is not None:
            found[week.isoformat()] = figure
        week += timedelta(days=7)
    return found


def one_week(tickets: list[tuple[timedelta, str]], measure: str) -> tuple[str, str | None] | None:
    n = len(tickets)
    if measure == "count":
        return str(n), None
    if not n:
        return None
    if measure == "share":
        return str(sum(word == "true" for _, word in tickets)), str(n)
    hours = sorted(Fraction(round(took.total_seconds()), 3600) for took, _ in tickets)
    if measure == "mean":
        return shown(sum(hours, Fraction(0)) / n), str(n)
    if measure == "median":
        return shown((hours[(n - 1) // 2] + hours[n // 2]) / 2), None
    return shown(hours[math.ceil(Fraction(9, 10) * n) - 1]), None


def shown(value: Fraction) -> str:
    return f"{Decimal(round(value * 10**6)).scaleb(-6):f}".rstrip("0").rstrip(".")


def pairs(readings: tuple[FoundReading, ...]) -> dict[str, tuple[str, str | None]]:
    return {each.day: (each.value, each.of) for each in readings}


@pytest.mark.parametrize("seed", range(200))
def test_an_export_gives_what_plain_loops_give(seed: int) -> None:
    chance = random.Random(seed)
    rows = random_tickets(chance)
    recipe = Recipe(
        measure=chance.choice(("count", "median", "p90", "mean", "share")),
        zone=chance.choice(ZONES),
        hours=chance.choice(("", "mon-fri 08:00-18:00")),
        holidays=(HOLIDAY,),
        where=chance.choice(((), ("priority=1|2",))),
        counts_as=("made_sla=true",),
        rows="last",
        incomplete="keep",
    )
    found = read_tickets(read_table(as_csv(rows), recipe), MetricFacts(unit="h"), recipe, TODAY)
    assert found.problems == ()
    assert pairs(found.readings) == plain(rows, recipe)
