"""Runs one command that was read from the command line; what cannot be done is one line and exit code 2."""

from collections.abc import Callable
from importlib import import_module
from types import SimpleNamespace
from typing import TYPE_CHECKING, NamedTuple

from cimodel_tui.cli.commands import Command
from cimodel_tui.cli.shell import complain

if TYPE_CHECKING:
    from cimodel_tui.cli.shell import Shell


class Parsed(NamedTuple):
    """A command with what it was given."""

    command: Command
    """Which one."""
    values: SimpleNamespace
    """What it was given."""

    def run(self) -> int:
        """Run it; what cannot be done is one line on standard error and exit code 2."""
        from cimodel_tui.cli.shell import Shell, WrongUseError  # noqa: PLC0415 - help needs none of it
        from cimodel_tui.model.saving import StoreError  # noqa: PLC0415 - as above

        module = import_module(f"cimodel_tui.cli.{self.command.module}")
        action: Callable[[Shell, SimpleNamespace], int] = getattr(module, f"run_{self.command.name}")
        try:
            shell = Shell.of(self.values)
            try:
                return action(shell, self.values)
            except StoreError as problem:
                complain(_with_offer(shell, problem))
        except WrongUseError as problem:
            complain(problem)
        return 2


def _with_offer(shell: "Shell", problem: Exception) -> str:
    """Return the sentence; where a file was refused it offers the newest backup that is sound."""
    from cimodel_tui.storage.errors import RefusedFileError  # noqa: PLC0415 - as above
    from cimodel_tui.storage.open import newest_good_backup  # noqa: PLC0415 - storage is loaded where it refused

    backup = newest_good_backup(problem.path, shell.places) if isinstance(problem, RefusedFileError) else None
    if backup is None or not isinstance(problem, RefusedFileError):
        return str(problem)
    taken = f"{backup.taken_at:%Y-%m-%d %H:%M} UTC"
    return f"{problem} A sound backup of {taken} is there: cimodel-tui restore {problem.path} {backup.number}"
