"""What cannot be done, said in one line."""

import sys

from cimodel_tui.reports.escaping import harmless


def complain(problem: object) -> None:
    """Print one line on standard error."""
    sys.stderr.write(f"cimodel-tui: {harmless(str(problem))}\n")
