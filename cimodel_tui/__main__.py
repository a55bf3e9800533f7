"""`python -m cimodel_tui` and the console script."""

import sys

from cimodel_tui import __version__


def main() -> None:
    """Run the command line and leave with its exit code; the version needs nothing but itself."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"cimodel-tui {__version__}\n")
        return
    from cimodel_tui.cli import run  # noqa: PLC0415 - the version needs none of it

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
