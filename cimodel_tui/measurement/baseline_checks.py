"""Caveats beside a level: they never change it, but a reader has to know them.

The rank trend S is the number of pairs of readings of which the later is larger, less those of which it is smaller
(Kendall; Mann); ties count 0.

The limits of an XmR chart are too narrow for readings of which each resembles the one before. r is sum e_t e_(t-1) /
sum e_t^2 over both stretches, e the distances from a straight line laid through each stretch on its own by least
squares. It is compared with the 95 % point for independent normal readings, in CRITICAL by the lengths of both
stretches, which `tests/benchmarks/correlation.py` makes from a seed.
"""

from collections import Counter
from collections.abc import Sequence
from decimal import localcontext
from fractions import Fraction
from functools import cache
from itertools import accumulate, pairwise
from math import comb, factorial, isqrt

from cimodel_tui.measurement.readings import FIFTY_DIGITS, Point, weight_of, weighted_mean
from cimodel_tui.measurement.signals import FEWEST, FIRM, RUN, Signal, signals, trends
from cimodel_tui.measurement.xmr import DOWN, UP, Limits, Number, Series, limits_of, zones
from cimodel_tui.record import dataclass

MOST_EXACT = 120
"""Up to this many readings the critical rank trend comes from the exact distribution."""
RECENT = 24
"""A baseline is steady where no rule fires within this many latest readings."""
MOST_UNEVEN = 4
"""Totals that differ by more than this within a stretch make the limits of the biggest ones too narrow."""

_ONE_IN = 20
_NORMAL = 1645
_ALREADY = 84
_HUNDRED, _THOUSAND = 100, 1000
_BETTER_SIDE = {"higher": UP, "lower": DOWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Caveats:
    """What limits the trust in a baseline or its result; None means that it cannot be determined."""

    provisional: bool | None = None
    """Whether there are 6 to 11 readings, too few for firm limits."""
    steady: bool | None = None
    """Whether no rule fires within the latest 24 readings of the baseline itself, trend included."""
    already_moving: bool | None = None
    """Whether it was moving to the better side before anything was done; None where there is no better side."""
    moving_within: bool | None = None
    """Whether both stretches move to the better side within themselves; none below 8 readings in either."""
    follow_one_another: bool | None = None
    """Whether each reading resembles the one before; none below 8 readings in either stretch."""
    bad_time: bool = False
    """Whether the baseline was worse than the readings before it by more than the usual variation."""
    too_rare: bool | None = None
    """Whether half of the readings or more have one and the same value: days between events would say more."""
    uneven_totals: bool = False
    """Whether totals differ more than fourfold within a stretch."""
    marks: tuple[Signal, ...] = ()
    """The rules that fired within the baseline, for its chart."""

    @property
    def unclear(self) -> bool:
        """Whether a target that was met proves less than it seems to."""
        moved = self.already_moving or self.moving_within or self.follow_one_another
        return bool(moved or self.bad_time or self.steady is False)


def caveats(baseline: Series, after: Series, known: Limits, better: str) -> Caveats:
    """Return the caveats that follow from the numbers alone."""
    n, side = len(baseline), _BETTER_SIDE.get(better)
    if n < FEWEST:
        return Caveats()
    lines = zones(baseline, known)
    recent = baseline.part(max(0, n - RECENT))
    marks = (*signals(baseline, lines), *trends(baseline.values))
    both = side is not None and min(n, len(after)) >= RUN
    return Caveats(
        provisional=n < FIRM,
        steady=not (signals(recent, lines) or any(trends(recent.values))),
        already_moving=None if side is None else side * rank_trend(baseline.values) >= critical_trend(n),
        moving_within=moves_within(baseline.values, after.values, side) if both and side else None,
        follow_one_another=follow_one_another(baseline.values, after.values) if both else None,
        too_rare=2 * max(Counter(baseline.values).values()) >= n,
        marks=marks,
    )


def started_at_bad_time(earlier: Sequence[Point], baseline: Sequence[Point], known: Limits, better: str) -> bool:
    """Return whether a baseline is worse than six or more earlier readings by more than the usual variation of all."""
    side, mean, before = _BETTER_SIDE.get(better), known.mean, weighted_mean(earlier)
    if len(earlier) < FEWEST or side is None or mean is None or before is None:
        return False
    every = limits_of([*earlier, *baseline], weighted=True if known.weighted else None)
    weights = [weight_of(part) if every.weighted else Fraction(len(part)) for part in (earlier, baseline)]
    worse = (before - mean) * side
    return worse > 0 and every.is_beyond(worse, sum((1 / weight for weight in weights), Fraction()))


def uneven_totals(*stretches: Sequence[Point]) -> bool:
    """Return whether totals differ more than fourfold within a stretch."""
    totals = [[point.of for point in stretch if point.of is not None] for stretch in stretches]
    return any(max(each) > MOST_UNEVEN * min(each) for each in totals if each)


def moves_within(baseline: Sequence[Number], after: Sequence[Number], side: int) -> bool:
    """Return whether both stretches together move to one side within themselves, the baseline noticeably so."""
    first, later = side * rank_trend(baseline), side * rank_trend(after)
    spread, more = _spread(baseline), _spread(after)
    if first <= 0 or 18 * (_HUNDRED * first) ** 2 <= _ALREADY**2 * spread:
        return False
    both = first + later - 1
    return both >= 0 and 18 * (_THOUSAND * both) ** 2 >= _NORMAL**2 * (spread + more)


def _spread(values: Sequence[Number]) -> int:
    """Return 18 times the variance of S without any trend: n(n-1)(2n+5), less the same of each group of ties."""
    groups = (len(values), *(-count for count in Counter(values).values()))
    return sum((1 if each > 0 else -1) * abs(each) * (abs(each) - 1) * (2 * abs(each) + 5) for each in groups)


def rank_trend(values: Sequence[Number]) -> int:
    """Return S, in n log n steps."""
    ties = sum(comb(count, 2) for count in Counter(values).values())
    return comb(len(values), 2) - ties - 2 * _inversions(list(values))[0]


def _inversions(values: list[Number]) -> tuple[int, list[Number]]:
    """Return how many pairs stand in falling order, and the values sorted."""
    middle = len(values) // 2
    if not middle:
        return 0, values
    before, left = _inversions(values[:middle])
    after, right = _inversions(values[middle:])
    found, passed = before + after, 0
    for value in right:
        while passed < middle and left[passed] <= value:
            passed += 1
        found += middle - passed
    return found, sorted(left + right)


@cache
def critical_trend(n: int) -> int:
    """Return the smallest S that chance alone reaches at most one time in twenty, among n different readings."""
    return _exact(n) if n <= MOST_EXACT else _approximate(n)


def _exact(n: int) -> int:
    """Count orders of n readings by their inversions, fewest first, until they are more than one in twenty."""
    pairs, total = comb(n, 2), factorial(n)
    tail = accumulate(_orders(n))
    fewer = sum(1 for count in tail if count * _ONE_IN <= total)
    return pairs - 2 * (fewer - 1)


@cache
def _orders(n: int) -> tuple[int, ...]:
    """Return how many orders of n readings have 0, 1, 2 ... inversions."""
    counts = [1]
    for size in range(2, n + 1):
        sums = [0, *accumulate([*counts, *[0] * (size - 1)])]
        counts = [sums[at + 1] - sums[max(0, at + 1 - size)] for at in range(len(sums) - 1)]
    return tuple(counts)


def _approximate(n: int) -> int:
    """Return the smallest S of the right parity with S - 1 >= 1.645 sqrt(n (n - 1) (2 n + 5) / 18)."""
    square, whole = _NORMAL**2 * n * (n - 1) * (2 * n + 5), 18 * _THOUSAND**2
    least = isqrt((square - 1) // whole) + 2
    return least + (least - comb(n, 2)) % 2


SHORTEST, LONGEST = 8, 40
"""The lengths of a stretch for which there are entries; a longer one takes the nearest."""

_PARTS = 10_000


def follow_one_another(baseline: Sequence[Number], after: Sequence[Number]) -> bool:
    """Return whether readings in date order follow one another more than independent ones; from 8 a stretch."""
    parts = [_products(stretch) for stretch in (baseline, after)]
    product, square = (sum(each, Fraction()) for each in zip(*parts, strict=True))
    return bool(square) and product >= critical_correlation(len(baseline), len(after)) * square


def correlation(baseline: Sequence[Number], after: Sequence[Number]) -> Fraction | None:
    """Return r; None where all readings lie on their lines."""
    parts = [_products(stretch) for stretch in (baseline, after)]
    product, square = (sum(each, Fraction()) for each in zip(*parts, strict=True))
    return product / square if square else None


def critical_correlation(n: int, m: int) -> Fraction:
    """Return the 95 % point of r for stretches of this many readings, of at least 8 each."""
    short, long = sorted(min(length, LONGEST) for length in (n, m))
    return Fraction(CRITICAL[comb(long - SHORTEST + 1, 2) + short - SHORTEST], _PARTS)


def _products(values: Sequence[Number]) -> tuple[Fraction, Fraction]:
    """Return the sums of products of neighbours and of squares of the distances from the line through a stretch."""
    n = len(values)
    times = range(1 - n, n, 2)
    square = n * (n * n - 1) // 3
    with localcontext(FIFTY_DIGITS):
        slope = sum(time * value for time, value in zip(times, values, strict=True))
        level = sum(values)
        away = [
            n * square * value - square * level - n * slope * time for time, value in zip(times, values, strict=True)
        ]
        neighbours = sum(one * other for one, other in pairwise(away))
        squares = sum(each * each for each in away)
    scale = (n * square) ** 2
    return Fraction(neighbours) / scale, Fraction(squares) / scale


_ENTRIES = """
901 987 1091 1103 1175 1200 1184 1225 1230 1312 1239 1300 1296 1338 1359 1297 1332 1341 1368 1377 1397 1355 1354
1380 1390 1395 1411 1428 1390 1396 1388 1400 1407 1442 1433 1450 1428 1426 1419 1448 1434 1433 1446 1448 1471
1462 1454 1434 1444 1463 1468 1453 1460 1472 1469 1483 1479 1465 1473 1472 1462 1454 1467 1469 1477 1483 1491
1494 1471 1481 1456 1470 1476 1469 1479 1451 1471 1468 1506 1506 1489 1491 1484 1478 1470 1492 1453 1473 1486
1458 1475 1537 1527 1513 1501 1488 1481 1489 1495 1482 1470 1481 1471 1469 1465 1557 1552 1518 1509 1491 1491
1477 1471 1481 1462 1465 1461 1475 1471 1478 1546 1526 1518 1515 1499 1491 1474 1474 1478 1468 1469 1465 1463
1458 1473 1466 1567 1543 1514 1506 1488 1478 1479 1481 1476 1452 1454 1463 1459 1454 1462 1451 1440 1560 1537
1517 1511 1494 1489 1475 1467 1473 1473 1467 1458 1456 1464 1468 1451 1443 1440 1540 1514 1500 1485 1480 1462
1454 1459 1459 1455 1450 1453 1438 1436 1434 1425 1413 1425 1406 1558 1552 1518 1516 1504 1486 1486 1470 1475
1466 1448 1458 1443 1455 1462 1454 1425 1422 1416 1422 1565 1544 1507 1503 1492 1474 1474 1471 1464 1441 1453
1438 1436 1446 1437 1435 1422 1429 1407 1404 1412 1561 1548 1534 1506 1489 1494 1476 1474 1462 1451 1453 1443
1437 1443 1441 1439 1422 1425 1413 1412 1412 1398 1575 1536 1529 1514 1504 1487 1480 1479 1467 1458 1451 1442
1439 1424 1441 1436 1420 1433 1405 1407 1396 1405 1383 1540 1537 1497 1494 1473 1463 1456 1449 1450 1460 1433
1424 1431 1422 1424 1417 1402 1407 1389 1389 1384 1385 1370 1374 1556 1542 1520 1493 1474 1493 1465 1476 1463
1441 1446 1436 1429 1434 1432 1425 1407 1416 1394 1397 1413 1380 1385 1366 1371 1561 1541 1516 1496 1491 1486
1476 1460 1458 1456 1457 1432 1433 1418 1428 1418 1406 1403 1396 1392 1394 1398 1379 1377 1367 1362 1553 1523
1501 1493 1467 1472 1457 1447 1449 1432 1425 1425 1414 1409 1428 1406 1398 1396 1388 1387 1378 1375 1361 1352
1359 1353 1349 1551 1528 1509 1492 1483 1480 1459 1449 1450 1423 1447 1434 1408 1419 1427 1406 1393 1405 1379
1386 1371 1371 1351 1364 1362 1352 1345 1350 1540 1530 1493 1487 1478 1470 1450 1451 1447 1430 1416 1423 1409
1414 1414 1397 1399 1392 1384 1379 1372 1378 1371 1352 1352 1346 1340 1344 1326 1537 1522 1498 1478 1465 1464
1455 1445 1438 1436 1426 1410 1397 1413 1417 1390 1389 1378 1364 1357 1366 1365 1349 1337 1342 1340 1352 1338
1333 1315 1524 1507 1483 1473 1448 1447 1443 1439 1426 1429 1409 1403 1400 1401 1396 1390 1376 1366 1355 1368
1365 1357 1355 1337 1332 1339 1333 1324 1315 1313 1311 1538 1506 1492 1476 1475 1455 1435 1434 1435 1420 1407
1397 1401 1394 1401 1396 1373 1372 1364 1355 1368 1357 1347 1341 1341 1340 1337 1322 1321 1322 1305 1305 1527
1507 1484 1485 1466 1450 1451 1427 1416 1419 1414 1408 1390 1389 1393 1390 1358 1377 1360 1356 1361 1351 1347
1333 1327 1345 1325 1333 1314 1299 1303 1299 1299
"""

CRITICAL = tuple(int(entry) for entry in _ENTRIES.split())
"""The 95 % point in ten thousandths: for each length of the longer stretch from 8 on, those of the shorter one."""
