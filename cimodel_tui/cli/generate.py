"""Generates completion scripts (bash, zsh, fish, PowerShell) and the manual page from the table of commands."""

from collections.abc import Iterator

from cimodel_tui import __version__
from cimodel_tui.cli.commands import COMMANDS, GLOBAL, Command
from cimodel_tui.cli.shell import Shell, Values

_FILES = {"file", "files", "csv", "base", "ours", "theirs"}
_TAKES_FILE = ("-o", "--keep", "--data-dir")


def run_completion(shell: Shell, values: Values) -> int:
    """Print the script for a shell."""
    writers = {"bash": _bash, "zsh": _zsh, "fish": _fish, "powershell": _powershell}
    for line in writers[values.shell]():
        shell.print(line)
    return 0


def _options_of(command: Command) -> list[tuple[str, bool, str]]:
    """Return name, whether it takes a value, and description of every option of a command."""
    definitions = [(name, words) for name, words in (*command.arguments, *GLOBAL) if name.startswith("-")]
    known = [(name.partition("=")[0].rstrip("+"), "=" in name, words) for name, words in definitions]
    return [*known, ("--help", False, "what it takes")]


def _choices_of(command: Command) -> list[str]:
    found = [name.partition(":")[2].split("|") for name, _ in command.arguments if ":" in name]
    return found[0] if found else []


def _takes_files(command: Command) -> bool:
    return any(name.rstrip("?*") in _FILES for name, _ in command.arguments)


def _bash() -> Iterator[str]:
    names = " ".join(each.name for each in COMMANDS)
    yield "# cimodel-tui completion for bash"
    yield "_cimodel_tui() {"
    yield '  local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}" command="" options="" i'
    yield "  for ((i = 1; i < COMP_CWORD; i++)); do"
    yield '    case "${COMP_WORDS[i]}" in'
    yield "      --today|--data-dir) ((i++)) ;;"
    yield "      -*) ;;"
    yield '      *) command="${COMP_WORDS[i]}"; break ;;'
    yield "    esac"
    yield "  done"
    yield "  COMPREPLY=()"
    yield f'  case "$prev" in {"|".join(_TAKES_FILE)}) COMPREPLY=($(compgen -f -- "$cur")); return ;; esac'
    yield '  case "$command" in'
    yield f'    "") options="{names} {_option_names(GLOBAL)} --help --version" ;;'
    for each in COMMANDS:
        words = " ".join([*_choices_of(each), *(name for name, _, _ in _options_of(each))])
        yield f'    {each.name}) options="{words}" ;;'
    yield "  esac"
    yield '  COMPREPLY=($(compgen -W "$options" -- "$cur"))'
    yield '  if [[ "$cur" != -* ]]; then COMPREPLY+=($(compgen -f -- "$cur")); fi'
    yield "}"
    yield "complete -o filenames -o bashdefault -F _cimodel_tui cimodel-tui"


def _option_names(definitions: tuple[tuple[str, str], ...]) -> str:
    return " ".join(name.partition("=")[0] for name, _ in definitions)


def _zsh() -> Iterator[str]:
    yield "#compdef cimodel-tui"
    yield "_cimodel_tui() {"
    yield "  local -a commands"
    yield "  commands=("
    for each in COMMANDS:
        yield f"    {_shell_quoted(f'{each.name}:{each.words}')}"
    yield "  )"
    yield "  local curcontext=$curcontext state line"
    yield "  _arguments -C \\"
    for name, words in GLOBAL:
        option, _, value = name.partition("=")
        yield f"    {_shell_quoted(f'{option}[{_without_brackets(words)}]:{value}:_files')} \\"
    yield "    '--help[what it takes]' '--version[the version]' '1: :->command' '*:: :->rest'"
    yield "  case $state in"
    yield "    command) _describe -t commands command commands; _files ;;"
    yield "    rest) case $line[1] in"
    for each in COMMANDS:
        yield f"      {each.name}) _arguments {' '.join(_zsh_arguments(each))} ;;"
    yield "      *) _files ;;"
    yield "    esac ;;"
    yield "  esac"
    yield "}"
    yield 'if [ "$funcstack[1]" = _cimodel_tui ]; then _cimodel_tui "$@"; else compdef _cimodel_tui cimodel-tui; fi'


def _zsh_arguments(command: Command) -> Iterator[str]:
    for name, takes, words in _options_of(command):
        value = f":value:{'_files' if name in _TAKES_FILE else ' '}" if takes else ""
        yield _shell_quoted(f"{name}[{_without_brackets(words)}]{value}")
    choices = _choices_of(command)
    if choices:
        yield _shell_quoted(f"1:{command.name}:({' '.join(choices)})")
    if _takes_files(command):
        yield "'*:file:_files'"


def _without_brackets(words: str) -> str:
    return words.translate({ord(each): " " for each in "[]:`"})


def _shell_quoted(text: str) -> str:
    """Return a text in single quotes, as every shell reads it."""
    return "'" + text.replace("'", "'\\''") + "'"


def _fish() -> Iterator[str]:
    names = " ".join(each.name for each in COMMANDS)
    yield "# cimodel-tui completion for fish"
    none = f"not __fish_seen_subcommand_from {names}"
    for each in COMMANDS:
        yield f"complete -c cimodel-tui -n {_shell_quoted(none)} -a {each.name} -d {_fish_quoted(each.words)}"
    yield f"complete -c cimodel-tui -n {_shell_quoted(none)} -l version -d 'the version'"
    for each in COMMANDS:
        seen = _shell_quoted(f"__fish_seen_subcommand_from {each.name}")
        for choice in _choices_of(each):
            yield f"complete -c cimodel-tui -n {seen} -a {choice}"
        for name, takes, words in _options_of(each):
            kind = "-l" if name.startswith("--") else "-s"
            value = (" -r -F" if name in _TAKES_FILE else " -x") if takes else ""
            yield f"complete -c cimodel-tui -n {seen} {kind} {name.lstrip('-')}{value} -d {_fish_quoted(words)}"


def _fish_quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _powershell() -> Iterator[str]:
    yield "# cimodel-tui completion for PowerShell"
    yield "Register-ArgumentCompleter -Native -CommandName cimodel-tui -ScriptBlock {"
    yield "  param($word, $line, $position)"
    yield "  $options = @{"
    for each in COMMANDS:
        words = [*_choices_of(each), *(name for name, _, _ in _options_of(each))]
        yield f"    {_powershell_quoted(each.name)} = @({', '.join(map(_powershell_quoted, words))})"
    yield "  }"
    yield "  $given = $line.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() }"
    yield "  $command = $given | Where-Object { $options.ContainsKey($_) } | Select-Object -First 1"
    names = ", ".join(_powershell_quoted(each.name) for each in COMMANDS)
    yield f"  $known = if ($command) {{ $options[$command] }} else {{ @({names}) }}"
    yield '  $known | Where-Object { $_ -like "$word*" } | ForEach-Object {'
    yield "    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)"
    yield "  }"
    yield "}"


def _powershell_quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


_SUMMARY = "A terminal workbook for the ITIL 4 continual improvement model."
_EXIT_CODES = (
    ("0", "done"),
    ("1", "something is overdue, unsound, in conflict, or left for a person"),
    ("2", "wrong use, or input that cannot be read"),
)


def run_man(shell: Shell, values: Values) -> int:
    """Print the manual page."""
    del values
    for line in _manual_page():
        shell.print(line)
    return 0


def _manual_page() -> Iterator[str]:
    yield f'.TH CIMODEL-TUI 1 "" "cimodel-tui {__version__}" "User Commands"'
    yield from (".SH NAME", f"cimodel-tui \\- {_troff(_SUMMARY)}")
    yield from (".SH SYNOPSIS", ".B cimodel-tui", "[\\fIOPTION\\fR ...] \\fICOMMAND\\fR ...", ".br")
    yield from (".B cimodel-tui", "\\fIFILE\\fR")
    yield ".SH OPTIONS"
    for name, words in GLOBAL:
        yield from _troff_item(name, words)
    yield ".SH COMMANDS"
    for each in COMMANDS:
        yield from _troff_command(each)
    yield ".SH EXIT STATUS"
    for code, words in _EXIT_CODES:
        yield from _troff_item(code, words)


def _troff_command(command: Command) -> Iterator[str]:
    words = " ".join(name.rstrip("?*").upper() for name, _ in command.arguments if not name.startswith("-"))
    yield f".SS {_troff(f'{command.name} {words}'.strip())}"
    yield _troff(f"{command.words[:1].upper()}{command.words[1:]}. {command.notes}".strip())
    for name, text in command.arguments:
        yield from _troff_item(name, text)
    yield from (".PP", f"Example: {_troff(command.example)}")


def _troff_item(name: str, words: str) -> Iterator[str]:
    shown = name.partition(":")[0].rstrip("?*").replace("+=", "=").replace("=", " ")
    yield from (".TP", f"\\fB{_troff(shown)}\\fR", _troff(words))


def _troff(typed: str) -> str:
    """Return a text that troff reads as text: backslashes, hyphens and a leading dot or quote are escaped."""
    escaped = typed.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped[:1] in (".", "'") else escaped
