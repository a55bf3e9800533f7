"""CI-0003 Releases nobody has to fear: two iterations, each a step down, and a third that has begun."""

from tests.samples import releases_first, releases_second, releases_third
from tests.samples.pen import Pen


def walk(pen: Pen) -> None:
    """Walk three iterations, the third one to step 4."""
    releases_first.walk(pen)
    releases_second.walk(pen)
    releases_third.walk(pen)
