"""How every test waits: for a condition, with one deadline that no machine is too slow for."""

import asyncio
import os
import time
from collections.abc import Callable
from typing import TypeVar

DEADLINE = 120.0 if os.environ.get("CI") else 30.0
"""Seconds after which what should come is given up."""

PROGRAM_DEADLINE = 2 * DEADLINE
"""Seconds after which another program that was asked for one answer is given up."""

_LOOK = 0.002
"""Seconds between two looks at what is not announced."""

T = TypeVar("T")


async def until(there: Callable[[], T], complaint: Callable[[], str] | str) -> T:
    """Wait on the event loop until something is there, and return it."""
    end = time.monotonic() + DEADLINE
    while not (found := there()):
        if time.monotonic() > end:
            raise AssertionError(complaint if isinstance(complaint, str) else complaint())
        await asyncio.sleep(_LOOK)
    return found


def wait_until(there: Callable[[], T], complaint: Callable[[], str] | str) -> T:
    """Do the same without an event loop, for another process or thread."""
    end = time.monotonic() + DEADLINE
    while not (found := there()):
        if time.monotonic() > end:
            raise AssertionError(complaint if isinstance(complaint, str) else complaint())
        time.sleep(_LOOK)
    return found
