"""`cimodel-tui completion`: scripts for bash, zsh, fish and PowerShell, made from the table of commands."""

from collections.abc import Iterator

from cimodel_tui.cli.commands import COMMANDS, GLOBAL, Command
from cimodel_tui.cli.shell import Shell, Values

_FILES = {"file", "files", "csv", "base", "ours", "theirs"}
_TAKES_FILE = ("-o", "--keep", "--data-dir")


def run_completion(shell: Shell, values: Values) -> int:
    """Print the script for a shell."""
    made = {"bash": _bash, "zsh": _zsh, "fish": _fish, "powershell": _powershell}
    for line in made[values.shell]():
        shell.say(line)
    return 0


def _options(command: Command) -> list[tuple[str, bool, str]]:
    """Return name, whether it takes a value, and words of every option of a command."""
    named = [(name, words) for name, words in (*command.arguments, *GLOBAL) if name.startswith("-")]
    known = [(name.partition("=")[0].rstrip("+"), "=" in name, words) for name, words in named]
    return [*known, ("--help", False, "what it takes")]


def _choices(command: Command) -> list[str]:
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
    yield f'    "") options="{names} {_words(GLOBAL)} --help --version" ;;'
    for each in COMMANDS:
        words = " ".join([*_choices(each), *(name for name, _, _ in _options(each))])
        yield f'    {each.name}) options="{words}" ;;'
    yield "  esac"
    yield '  COMPREPLY=($(compgen -W "$options" -- "$cur"))'
    yield '  if [[ "$cur" != -* ]]; then COMPREPLY+=($(compgen -f -- "$cur")); fi'
    yield "}"
    yield "complete -o filenames -o bashdefault -F _cimodel_tui cimodel-tui"


def _words(named: tuple[tuple[str, str], ...]) -> str:
    return " ".join(name.partition("=")[0] for name, _ in named)


def _zsh() -> Iterator[str]:
    yield "#compdef cimodel-tui"
    yield "_cimodel_tui() {"
    yield "  local -a commands"
    yield "  commands=("
    for each in COMMANDS:
        yield f"    {_quoted(f'{each.name}:{each.words}')}"
    yield "  )"
    yield "  local curcontext=$curcontext state line"
    yield "  _arguments -C \\"
    for name, words in GLOBAL:
        option, _, value = name.partition("=")
        yield f"    {_quoted(f'{option}[{_plain(words)}]:{value}:_files')} \\"
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
    for name, takes, words in _options(command):
        value = f":value:{'_files' if name in _TAKES_FILE else ' '}" if takes else ""
        yield _quoted(f"{name}[{_plain(words)}]{value}")
    choices = _choices(command)
    if choices:
        yield _quoted(f"1:{command.name}:({' '.join(choices)})")
    if _takes_files(command):
        yield "'*:file:_files'"


def _plain(words: str) -> str:
    return words.translate({ord(each): " " for each in "[]:`"})


def _quoted(text: str) -> str:
    """Return a text in single quotes, as every shell reads it."""
    return "'" + text.replace("'", "'\\''") + "'"


def _fish() -> Iterator[str]:
    names = " ".join(each.name for each in COMMANDS)
    yield "# cimodel-tui completion for fish"
    none = f"not __fish_seen_subcommand_from {names}"
    for each in COMMANDS:
        yield f"complete -c cimodel-tui -n {_quoted(none)} -a {each.name} -d {_fish_quoted(each.words)}"
    yield f"complete -c cimodel-tui -n {_quoted(none)} -l version -d 'the version'"
    for each in COMMANDS:
        seen = _quoted(f"__fish_seen_subcommand_from {each.name}")
        for choice in _choices(each):
            yield f"complete -c cimodel-tui -n {seen} -a {choice}"
        for name, takes, words in _options(each):
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
        words = [*_choices(each), *(name for name, _, _ in _options(each))]
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
