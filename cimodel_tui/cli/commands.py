"""The table of commands: what each takes, what it does and how it is called. Help and completion are made from it.

It imports almost nothing, so that help is immediate.
"""

from typing import NamedTuple


class Command(NamedTuple):
    """One command of the shell."""

    name: str
    """The word that calls it."""
    module: str
    """Its module in this package."""
    words: str
    """What it does, in one line."""
    example: str
    """How it is called."""
    arguments: tuple[tuple[str, str], ...] = ()
    """Names and a sentence each. A name ends with `?` for what may be left out, `*` for any number of it; `name:a|b`
    takes one of these words; an option takes a value after `=`, and can be given several times after `+=`."""
    notes: str = ""
    """What else should be known."""


_FILE = ("file", "the workbook")
_JSON = ("--json", "as JSON")
_FILES = ("files*", "workbooks, or folders of workbooks")
_DEEP = ("-r", "include the workbooks in subfolders")
_OWNER = ("--owner=NAME", "only the improvements of this owner")

_READING_OPTIONS = (
    ("--note=N", "a note; for a table, the column of the notes"),
    ("--total=N", "the total it is out of; for a table, the column of the totals"),
    ("--date=COLUMN", "the column of the dates"),
    (
        "--value=COLUMN",
        "the column of the values; of tickets `elapsed` is resolved less opened; of events `one-a-row` counts the rows",
    ),
    ("--metric+=COLUMN=METRIC", "take this column for that metric; several at once, with METRIC -"),
    ("--dates=ORDER", "dmy, mdy or ymd; my or md for `Mar 25`; excel for serial numbers; several with commas"),
    ("--decimal=MARK", "comma or point"),
    ("--delimiter=CHAR", "the separator: a character, or comma, semicolon, tab, pipe, blank"),
    ("--encoding=NAME", "the encoding of the file"),
    ("--sheet=NAME", "the sheet of an Excel workbook"),
    ("--unit=UNIT", "what the numbers are: plain, share, percent, ms, s, min, h, d, h:mm or m:ss"),
    ("--first=DATE", "the day of the first value, where there is a column of values alone"),
    ("--zone=ZONE", "the time zone whose days count, such as Europe/Berlin; else the metric's, else the computer's"),
    ("--file-zone=ZONE", "the zone of times without one; else the same"),
    ("--measure=M", "how the tickets of a period are counted: count, median, mean, p90 ..., share, sum or backlog"),
    ("--less+=COLUMN", "a pause to subtract from the time a ticket took"),
    ("--counts-as+=CONDITION", 'for a share, what counts as one: "made_sla=true", "duration<=8h"'),
    ("--where+=CONDITION", 'which tickets: "priority=1|2" (= != < <= > >=, ^= begins, ~ contains)'),
    ("--opened=COLUMN", "when a ticket was opened"),
    ("--resolved=COLUMN", "when it was resolved"),
    ("--key=COLUMN", "what identifies a ticket"),
    ("--by=WHICH", "resolved or opened: which of them puts a ticket into its period"),
    ("--every=PERIOD", "day, week, fortnight, month or quarter; else as often as the metric is read"),
    ("--hours=HOURS", 'working hours: "mon-fri 08:00-18:00"'),
    ("--holidays=FILE", "days without working hours: an ISO date a line, or .ics"),
    ("--day=WHICH", "24h or work: what a day of duration is where there are working hours"),
    ("--rows=WHICH", "one, last or first: which row of a key counts"),
    ("--from=DATE", "the first day that is wanted"),
    ("--to=DATE", "the last day that is wanted"),
    ("--incomplete=keep", "include the first and last period although they are incomplete"),
    ("--settle=DAYS", "days after a period's end within which it may be restated without asking"),
    ("--skip-unreadable", "leave out rows of tickets that cannot be read, at most one in a hundred; exit 1"),
    ("--save", "store this recipe with the metric"),
    ("--preview", "show what would happen and store nothing"),
    ("--json", "as JSON"),
    ("--yes", "store without asking"),
    ("--restate", "replace values that are there; the old ones stay on record"),
    ("--why=W", "the reason, where it changes an agreed baseline"),
    ("--baseline=WHICH", "agreed with another recipe: recalculate it from this file, or keep it"),
)

COMMANDS = (
    Command("home", "open", "the saved workbooks on a screen (the default)", "cimodel-tui"),
    Command(
        "open",
        "open",
        "open a workbook where it was left",
        "cimodel-tui desk.json",
        (_FILE, ("--new", "create it if it does not exist")),
        "`cimodel-tui FILE` is short for it; a file named like a command is opened as `./list`.",
    ),
    Command(
        "demo",
        "open",
        "the sample workbook, on its own day",
        "cimodel-tui demo",
        (
            ("--new", "start over from a fresh copy"),
            ("--keep=FILE", "make an ordinary workbook there"),
            ("--no-open", "only write it and print the path"),
        ),
    ),
    Command(
        "new",
        "workbook_file",
        "make an empty workbook",
        'cimodel-tui new desk.json --title "Service desk"',
        (
            ("file", "the new workbook; it must not exist yet"),
            ("--title=T", "its title; default: the name of the file"),
        ),
    ),
    Command(
        "list",
        "show",
        "the saved workbooks",
        "cimodel-tui list --json",
        (_JSON,),
        "JSON: a list of path, title, improvements, overdue and last_opened.",
    ),
    Command(
        "show",
        "show",
        "the register, or one improvement with everything in it",
        "cimodel-tui show desk.json CI-0001 --json",
        (("files*", "a workbook, then an improvement such as CI-0001; or several workbooks"), _JSON, _DEEP),
        "In JSON an empty answer is null, a reading is the text that was typed, and a computed number is a number.",
    ),
    Command(
        "card",
        "report",
        "before and after of one improvement on one card",
        "cimodel-tui card desk.json CI-0001 -o card.svg",
        (
            _FILE,
            ("ref", "the improvement, such as CI-0001"),
            ("--format=F", "md for plain text, or svg"),
            ("-o=OUT", "a file; default: standard output"),
        ),
        "It is the card of the latest check that was verified, else the result as it is today.",
    ),
    Command(
        "add",
        "workbook_file",
        "add one idea to the register",
        'cimodel-tui add desk.json "Restore store systems faster"',
        (_FILE, ("title", "what should get better, or - for an idea a line on standard input")),
    ),
    Command(
        "reading",
        "reading",
        "add readings of a metric: one, a table, or from a ticket export",
        "cimodel-tui reading add desk.json CI-0001 m1 2026-01-05 7.1",
        (
            ("what:add|from", "add: one reading, or a table on standard input; from: a file of readings or tickets"),
            _FILE,
            ("ref", "the improvement, for example CI-0001"),
            ("metric", "its name, its id, or m1, m2 ... in the order of the latest iteration; - with --metric"),
            ("day", "add: its day, or - for a table on standard input; from: the file, or -"),
            ("number?", "add: its value"),
            *_READING_OPTIONS,
        ),
        "A table is `date,value[,total][,note]`, any CSV or .xlsx, or an export with one row a ticket. What it does "
        "not say is asked for: exit 2 and the option that answers it. A reading that is there already is no error; "
        "with another value it is left out, exit 1. Two columns of one name are asked about unless they are equal. "
        "A week is 2026-W05 and a quarter 2026-Q1: `2026-05` in a column named Week or Quarter is asked about, and a "
        "quarter of a fiscal year is refused (write its first day). A column named Unit holds one unit; another one "
        "than the metric's is asked about. Options for tickets are refused for a table of readings. --settle (28) "
        "counts for a metric with a recipe or a feed; without them every other value needs --restate.",
    ),
    Command(
        "report",
        "report",
        "a report of the register, or of one improvement on one page",
        "cimodel-tui report desk.json CI-0001 --format md,html -o restore",
        (
            ("files*", "a workbook, then an improvement; or several workbooks and folders"),
            (
                "--format=F",
                "md, html, csv, json, xlsx, svg, pdf, csv-classic, or several; default: by the ending of OUT",
            ),
            ("-o=OUT", "the file to write, - for standard output; with several workbooks a folder"),
            ("--since=DATE", "report what is new, moved, slipped and closed since that day"),
            ("--no-bom", "write CSV without the byte order mark that tells Excel its encoding"),
            _DEEP,
        ),
        "Several formats take OUT as a stem: `-o restore` makes restore.md and restore.html. "
        "HTML stands alone and prints on one page. csv of an improvement: its readings; svg: its run chart; "
        "csv-classic: the register's classic eleven columns. "
        "The same workbook on the same day gives the same bytes.",
    ),
    Command(
        "portfolio",
        "portfolio",
        "every improvement in one row, over all workbooks",
        "cimodel-tui portfolio desks/ --by owner -o portfolio.html",
        (
            ("files*", "workbooks or folders; none means the saved ones"),
            (
                "--format=F",
                "md, html, csv, json or xlsx, or several with commas; default: by the ending of OUT, else md",
            ),
            ("-o=OUT", "the file to write, - for standard output"),
            ("--by=WHAT", "group by workbook, owner, service or status; default: by workbook"),
            _OWNER,
            ("--no-bom", "write CSV without the byte order mark that tells Excel its encoding"),
            _DEEP,
        ),
        "Amounts that are numbers are added up; those in words are counted.",
    ),
    Command(
        "site",
        "portfolio",
        "a static site: portfolio, a page a workbook, a report an improvement",
        "cimodel-tui site desks/ -o public",
        (
            ("files*", "workbooks or folders"),
            ("-o=OUT", "the folder of the site"),
            ("--by=WHAT", "group the portfolio by workbook, owner, service or status"),
            _DEEP,
        ),
        "No script; the same workbooks on the same day give the same bytes, and only pages that changed are written.",
    ),
    Command(
        "import",
        "import_csv",
        "import a register kept in a spreadsheet",
        "cimodel-tui import desk.json register.csv --map 'Process owner=owner'",
        (
            _FILE,
            ("csv", "the file, CSV or .xlsx, with headers in its first rows, or - for standard input"),
            (
                "--map+=HEADER=FIELD",
                "read this column as that field; an empty FIELD leaves it out; can be given several times",
            ),
            ("--dates=ORDER", "dmy, mdy or ymd; my or md for `Mar 25`; excel for serial numbers; several with commas"),
            ("--delimiter=CHAR", "the separator: a character, or comma, semicolon, tab, pipe"),
            ("--encoding=NAME", "the encoding of the file"),
            ("--sheet=NAME", "the sheet of an Excel workbook"),
            ("--yes", "apply the import; without it the import is only previewed"),
        ),
        "Fields: number, date raised, size, timescale, description, priority, KPI, justification, raised by, owner, "
        "date required, status, benefit, effort, comments. "
        "`cimodel-tui report FILE --format csv` writes such a register back.",
    ),
    Command(
        "pull",
        "pull",
        "fetch readings from the feeds of config.toml that the metrics name",
        "cimodel-tui pull desk.json",
        (
            ("files*", "workbooks, or folders of them"),
            _DEEP,
            ("--ref=REF", "this improvement alone"),
            ("--metric=METRIC", "this metric alone"),
            ("--allow+=NAME", "allow this feed, as it is defined now, for these workbooks from now on"),
            ("--dry-run", "fetch and compare, and store nothing"),
            _JSON,
        ),
        "[feeds.NAME] of config.toml says kind (csv, tickets, sqlite, prometheus, command) and path, query, url or "
        "run. Made for cron: exit 0 done, 1 something needs a person, 2 something failed.",
    ),
    Command(
        "due",
        "findings",
        "what is overdue and due soon; exit 1 if anything is overdue",
        "cimodel-tui due desk.json",
        (
            ("files*", "workbooks or folders; none means the saved ones"),
            _JSON,
            ("--short", "only how many are late, for a prompt or a status line; empty if none"),
            _OWNER,
            _DEEP,
        ),
        "JSON: improvement, iteration, kind, what, due and days (negative is overdue); "
        "with several workbooks also workbook.",
    ),
    Command(
        "coach",
        "findings",
        "what the coach finds in the latest iteration",
        "cimodel-tui coach desk.json CI-0001",
        (("files*", "a workbook, then an improvement; or several workbooks"), _JSON, _DEEP),
    ),
    Command(
        "doctor",
        "workbook_file",
        "check that files are sound and seals hold",
        "cimodel-tui doctor desk.json",
        (_FILES, _DEEP),
        "Exit 1 where it is unsound, a seal is broken or a conflict is open.",
    ),
    Command("backups", "workbook_file", "list the backups", "cimodel-tui backups desk.json", (_FILE,)),
    Command(
        "restore",
        "workbook_file",
        "restore a backup; the current state becomes a backup",
        "cimodel-tui restore desk.json 1",
        (_FILE, ("number?", "which backup, 1 for the newest; else the newest that is sound")),
    ),
    Command(
        "merge",
        "version_control",
        "three-way merge, as a git merge driver; the result is in OURS",
        "cimodel-tui merge BASE OURS THEIRS",
        (("base", "what both started from"), ("ours", "our file"), ("theirs", "their file")),
        "Exit 1 where an answer was changed on both sides. In git: "
        'git config merge.cimodel.driver "cimodel-tui merge %O %A %B", '
        "and `*.json merge=cimodel` in .gitattributes.",
    ),
    Command(
        "diff",
        "version_control",
        "what changed between two states of a workbook, verdicts first",
        "cimodel-tui diff old.json desk.json",
        (
            ("files*", "OLD and NEW, - for standard input; the null device is an empty workbook"),
            ("--format=F", "md (which fits a pull request), json or text; default: md"),
            ("--textconv", "print one workbook as text, for git to compare line by line"),
            ("--git", "take the seven arguments that git passes to an external diff"),
        ),
        "`cimodel-tui git setup` tells git to use it.",
    ),
    Command(
        "git",
        "version_control",
        "set up a git repository for workbooks: merge, diff, ignored files",
        "cimodel-tui git setup",
        (("what:setup", "setup"), ("--dir=D", "the repository; default: the current folder")),
        "Every clone is set up once: a configuration is not part of a repository.",
    ),
    Command(
        "judge",
        "findings",
        "judge readings from standard input, JSON in and out",
        "cimodel-tui judge < readings.json",
        (),
        "Keys: better (higher, lower, target, none), target, baseline and after (each a list of date, value, of), "
        "rule, promise, kind (value, share, rate, mean, events), per, from and to. `earlier` holds readings before "
        "the baseline: whether that was measured in a bad spell is then told as `bad_time`.",
    ),
    Command(
        "serve",
        "serve",
        "a workbook in a browser (extra `web`)",
        "cimodel-tui serve desk.json --port 8080",
        (
            _FILE,
            ("--host=H", "the address to listen on; default: 127.0.0.1, this machine only"),
            ("--port=P", "the port; default: 8000"),
        ),
        "There is no password: anybody who can reach the address can change the workbook. Every browser page is a "
        "session of its own.",
    ),
    Command("where", "show", "the folders in use", "cimodel-tui where"),
    Command(
        "completion",
        "generate",
        "a script that completes commands, options and files",
        "cimodel-tui completion bash > ~/.local/share/bash-completion/completions/cimodel-tui",
        (("shell:bash|zsh|fish|powershell", "which shell"),),
        "zsh: write it to a file named _cimodel-tui in a folder of $fpath. "
        "fish: write it to ~/.config/fish/completions/cimodel-tui.fish. "
        "PowerShell: add its output to the file that $PROFILE names.",
    ),
    Command("man", "generate", "the manual page", "cimodel-tui man | man -l -"),
)
"""Every command, in the order in which help lists them."""

GLOBAL = (
    ("--today=DATE", "the day that counts as today (CIMODEL_TUI_TODAY)"),
    ("--data-dir=DIR", "where workbooks made from home lie (CIMODEL_TUI_DATA)"),
)
"""The options that every command takes."""
