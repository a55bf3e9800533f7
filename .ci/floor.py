"""Print the lowest allowed version of everything the program runs on, as constraints for pip."""

import re
import sys
import tomllib
from pathlib import Path

_REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9._-]+)>=(?P<lowest>[0-9.]+)(,<[0-9.]+)?(?:; .*)?")


def lowest_versions(requirements: list[str]) -> list[str]:
    """Return `name==version` for each `name>=version`; raises ValueError where a lowest version is not stated."""
    found = []
    for each in requirements:
        match = _REQUIREMENT.fullmatch(each)
        if not match:
            raise ValueError(f"{each!r} does not state its lowest version as NAME>=VERSION")
        found.append(f"{match['name']}=={match['lowest']}")
    return found


def main() -> None:
    """Print a line for each dependency, and for each one of an extra that is made for users."""
    pyproject = Path(__file__).parents[1] / "pyproject.toml"
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    extras = (each for name, extra in project["optional-dependencies"].items() if name != "dev" for each in extra)
    sys.stdout.writelines(f"{each}\n" for each in dict.fromkeys(lowest_versions([*project["dependencies"], *extras])))


if __name__ == "__main__":
    main()
