"""Does each reading resemble the one before? The limits of an XmR chart are too narrow for such readings.

r is sum e_t e_(t-1) / sum e_t^2 over both stretches, e the distances from a straight line laid through each stretch on
its own by least squares. It is held against the 95 % point for independent normal readings, in CRITICAL by the lengths
of both stretches, which `tests/benchmarks/correlation.py` makes from a seed.
"""

from collections.abc import Sequence
from decimal import localcontext
from fractions import Fraction
from itertools import pairwise
from math import comb

from cimodel_tui.measurement.readings import FIFTY_DIGITS
from cimodel_tui.measurement.xmr import Number

SHORTEST, LONGEST = 8, 40
"""The lengths of a stretch for which there are entries; a longer one takes the nearest."""

_PARTS = 10_000


def follow_one_another(baseline: Sequence[Number], after: Sequence[Number]) -> bool:
    """Tell whether readings in date order follow one another more than independent ones do; from 8 in each stretch."""
    parts = [_products(stretch) for stretch in (baseline, after)]
    product, square = (sum(each, Fraction()) for each in zip(*parts, strict=True))
    return bool(square) and product >= critical_correlation(len(baseline), len(after)) * square


def correlation(baseline: Sequence[Number], after: Sequence[Number]) -> Fraction | None:
    """Return r; none where all readings lie on their lines."""
    parts = [_products(stretch) for stretch in (baseline, after)]
    product, square = (sum(each, Fraction()) for each in zip(*parts, strict=True))
    return product / square if square else None


def critical_correlation(n: int, m: int) -> Fraction:
    """Return the 95 % point of r for stretches of so many readings, of at least 8 each."""
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
