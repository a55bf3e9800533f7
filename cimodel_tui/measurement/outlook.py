"""The outlook: whether single readings, as the process runs now, will keep meeting the target."""

from cimodel_tui.measurement.aim import Aim
from cimodel_tui.measurement.level import FEWEST
from cimodel_tui.measurement.xmr import Limits

PASS, FAIL, HIT_AND_MISS = "pass", "fail", "hit-and-miss"


def outlook(aim: Aim, baseline: Limits, after: Limits, level: str) -> str | None:
    """Return PASS, FAIL or HIT_AND_MISS, none where no limits describe the process as it runs now."""
    lasting = level.startswith("sustained")
    now = after if after.n >= FEWEST else baseline if baseline.n >= FEWEST and not lasting else None
    if now is None or now.lower is None or now.upper is None:
        return None
    if aim.holds(now.lower) and aim.holds(now.upper):
        return PASS
    below = aim.low is not None and now.upper < aim.low
    above = aim.high is not None and now.lower > aim.high
    return FAIL if below or above else HIT_AND_MISS
