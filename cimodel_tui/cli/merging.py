"""`cimodel-tui merge`: a three-way merge of workbooks, made to be a git merge driver."""

from pathlib import Path

from cimodel_tui.cli.shell import Shell, Values, WrongUseError


def run_merge(shell: Shell, values: Values) -> int:
    """Merge THEIRS into OURS; exit 1 where an answer was changed on both sides, and say which."""
    from cimodel_tui.cli.maintenance import conflict_words  # noqa: PLC0415 - loaded with the command
    from cimodel_tui.storage.file_merge import merge_files  # noqa: PLC0415 - as above
    from cimodel_tui.storage.kit import Kit  # noqa: PLC0415 - as above

    base, ours, theirs = (Path(each).expanduser() for each in (values.base, values.ours, values.theirs))
    for path in (base, ours, theirs):
        if path.is_dir() or not path.exists():
            raise WrongUseError(f"merge: {path} is not there")
    result = merge_files(base, ours, theirs, Kit(clock=shell.clock))
    for each in result.renumbered:
        shell.say(f"{each.was} of theirs is {each.ref} now")
    if result.conflicts:
        book = shell.look(ours)
        for conflict in result.conflicts:
            shell.say(conflict_words(book, conflict))
        return 1
    return 0
