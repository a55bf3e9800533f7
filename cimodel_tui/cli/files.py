"""The workbooks that a command was given: files, folders, and the improvement that is named behind a single file."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from cimodel_tui.cli.shell import Values, WrongUseError

NAMED = "*.cimodel.json"
"""How a workbook is named so that its name alone says what it is."""

_TABLES = (b'"workbook"', b'"improvements"', b'"iterations"')
"""What stands in every workbook, whatever it is called."""

_REF = re.compile(r"[A-Za-z0-9-]+")
_TWO = 2


def given_files(values: Values, command: str) -> list[Path]:
    """Return the workbooks that were given; raises WrongUseError where there is none."""
    found = list(workbooks(values.files, deep=values.r))
    if not found:
        where = f" in {', '.join(values.files)}" if values.files else ""
        raise WrongUseError(f"{command}: there is no workbook{where}: name a FILE or a folder of them")
    return found


def files_and_ref(values: Values, command: str) -> tuple[list[Path], str]:
    """Return the workbooks that were given, and the ref behind a single one; empty where none was given.

    The last word is a ref where it looks like one, no such path is there, and exactly one file stands before it.
    """
    words = list(values.files)
    if len(words) == _TWO and _REF.fullmatch(words[1]) and not Path(words[1]).exists() and not Path(words[0]).is_dir():
        return [Path(words[0]).expanduser()], words[1]
    return given_files(values, command), ""


def workbooks(words: Sequence[str], *, deep: bool = False) -> Iterator[Path]:
    """Yield every file that was given, and of a folder its workbooks in the order of their names.

    With `deep` those of its subfolders too. A file that was named is yielded whether it is there or not, so that
    whoever opens it can say what is wrong with it.
    """
    for word in words:
        path = Path(word).expanduser()
        if path.is_dir():
            yield from in_folder(path, deep=deep)
        else:
            yield path


def in_folder(folder: Path, *, deep: bool = False) -> Iterator[Path]:
    """Yield the workbooks of a folder: those that are named as one, and other JSON files that hold its tables."""
    found = folder.rglob("*.json") if deep else folder.glob("*.json")
    for path in sorted(found):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and path.is_file() and (path.match(NAMED) or _holds_tables(path)):
            yield path


def _holds_tables(path: Path) -> bool:
    try:
        data = path.read_bytes()
    except OSError:
        return False
    return all(name in data for name in _TABLES)
