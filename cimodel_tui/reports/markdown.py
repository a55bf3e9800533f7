"""Reports as Markdown: typed text is escaped, and charts are drawn with characters."""

import re
from collections.abc import Iterable, Iterator, Sequence

from cimodel_tui.charts import Chart, describe, draw, plain
from cimodel_tui.escaping import escaped, lines_of, one_line
from cimodel_tui.reports.summary import (
    ActionRow,
    LabelledText,
    OnePage,
    Register,
    RegisterRow,
    Since,
    Verdict,
    readable_days,
)
from cimodel_tui.views.measurements import MetricComparison
from cimodel_tui.views.panels import precise_word

WIDTH = 88
"""Columns of a chart."""

_SPECIAL = re.compile(r"[\\`*_\[\]|~$]")
_BLOCK_START = re.compile(r"^(#{1,6}|[-+=]|\d+[.)])(?=\s|$|[-=]{2})")


def text(typed: str) -> str:
    """Return typed text on one line, escaped for Markdown and HTML."""
    escaped = _SPECIAL.sub(r"\\\g<0>", one_line(typed))
    escaped = escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _BLOCK_START.sub(lambda found: found[0][:-1] + "\\" + found[0][-1], escaped)


def one_page(page: OnePage) -> str:
    """Return the report of an improvement."""
    blocks = [
        f"# {text(page.ref)} {text(page.title)}",
        " · ".join(text(each) for each in (page.workbook, readable_days(f"as of {page.as_of}"), page.status)),
        f"**{text(readable_days(page.steering))}**",
        *_since(page.since),
        *_labelled_section("People", page.people),
        *_labelled_section("Aim and vision", _aims(page)),
        *_result(page),
        *_picture("Readings", page.chart, 18),
        *_passes(page),
        *_picture("History", page.staircase, 14),
        *_actions(page),
        *_labelled_section("Costs and benefits", page.money),
        *_labelled_section("Lessons", page.lessons),
        *_labelled_section("Decisions needed", page.decisions),
        *_labelled_section("What is next", page.next),
        *_labelled_section("Changed after it was agreed", page.amendments),
        *_labelled_section("Answered to the coach", page.answered),
    ]
    return "\n\n".join(blocks) + "\n"


def register(found: Register) -> str:
    """Return the report of the register."""
    head = ("Ref", "Improvement", "Owner", "Status", "Step", "Score", "Review")
    rows = [
        (
            each.ref,
            each.title,
            each.owner,
            each.status,
            each.step,
            "" if each.score is None else str(each.score),
            readable_days(f"{each.review_on} !" if each.stale else each.review_on),
        )
        for each in found.rows
    ]
    blocks = [
        f"# {text(found.workbook)}",
        f"as of {readable_days(found.as_of)} · {text(found.figures)}",
        *_since(found.since),
        *_table("Register", head, rows),
        *_labelled_section("Where each stands", [_status_row(each) for each in found.rows]),
        *_labelled_section("Decisions needed", found.decisions),
        *_labelled_section("Overdue and due soon", found.due),
    ]
    return "\n\n".join(blocks) + "\n"


def _status_row(row: RegisterRow) -> LabelledText:
    return LabelledText(what=f"{row.ref} {row.title}", text=f"{row.steering} · next: {row.next}")


def _aims(page: OnePage) -> tuple[LabelledText, ...]:
    found = (("Aim", page.aim), ("Vision", page.vision), ("Value", page.value), ("Objective", page.objective))
    return tuple(LabelledText(what=what, text=each) for what, each in found if each.strip())


def _labelled_section(heading: str, rows: Sequence[LabelledText]) -> Iterator[str]:
    if rows:
        yield f"## {heading}"
        yield "\n".join(f"- **{text(readable_days(each.what))}**: {_lines(each.text)}" for each in rows)


def _lines(typed: str) -> str:
    return "  \n  ".join(map(text, lines_of(typed)))


def _since(since: Since | None) -> Iterator[str]:
    if since is None:
        return
    yield readable_days(f"## Since {since.day}")
    for kind, lines in since.parts:
        yield f"**{kind}**"
        yield "\n".join(f"- {text(line)}" for line in lines)
    if not since.parts:
        yield "Nothing changed."


def _result(page: OnePage) -> Iterator[str]:
    if not page.metrics:
        return
    yield "## Baseline, target, achieved"
    if page.verdict:
        yield from _verdict(page.verdict)
    head = ("Metric", "Baseline", "Target or limit", "Achieved", "Change", "Gap closed", "Verdict")
    yield _rows(head, [_cells(each) for each in page.metrics])
    verdict_sentence = page.verdict.sentence if page.verdict else ""
    notes = [
        f"- {text(each.name)}: {text(words)}"
        for each in page.metrics
        for words in _metric_notes(each)
        if words != verdict_sentence
    ]
    if notes:
        yield "\n".join(notes)


def _verdict(verdict: Verdict) -> Iterator[str]:
    known = verdict.verified or "as it stands now, not verified"
    yield f"**{text(verdict.word.replace('-', ' ').capitalize())}** ({text(known)}). {text(verdict.sentence)}".rstrip()
    closes = [f"Closes as {verdict.closes_as}."] if verdict.closes_as else []
    if closes or verdict.notes:
        yield "\n".join(f"- {text(each)}" for each in (*closes, *verdict.notes))


def _cells(each: MetricComparison) -> tuple[str, ...]:
    unit = f", {each.unit}" if each.unit else ""
    by = readable_days(f" by {each.by}") if each.by else ""
    return (
        f"{each.name}{unit} ({each.role})",
        _with_readings(each.baseline_words, each.baseline_readings),
        f"{each.bound}{by}",
        _with_readings(each.achieved_words, each.achieved_readings),
        each.change,
        each.gap_words,
        precise_word(each.word),
    )


def _with_readings(words: str, readings: str) -> str:
    return f"{words} ({readings})" if words and readings else words


def _metric_notes(each: MetricComparison) -> Iterator[str]:
    if each.sentence:
        yield each.sentence
    if each.outlook:
        yield each.outlook
    yield from each.caveats


def _table(heading: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    found = list(rows)
    if found:
        yield f"## {heading}"
        yield _rows(head, found)


def _rows(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table without its empty columns."""
    columns = [at for at in range(len(head)) if not at or any(row[at].strip() for row in rows)]
    cells = [[text(row[at]) for at in columns] for row in rows]
    lines = [[head[at] for at in columns], ["---"] * len(columns), *cells]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _passes(page: OnePage) -> Iterator[str]:
    head = ("Iteration", "Result", "From, to, target", "Decision")
    rows = [(str(each.number), each.result, each.sentence, each.decision) for each in page.passes]
    return _table("Iterations", head, rows)


def _state(action: ActionRow) -> str:
    late = " late" if action.late else ""
    return f"{action.status} {readable_days(action.finished)}{late}"


def _actions(page: OnePage) -> Iterator[str]:
    head = ("Action", "Owner", "Due", "Status", "Evidence")
    rows = [
        (
            each.what,
            each.owner,
            readable_days(each.due),
            _state(each),
            each.note,
        )
        for each in page.actions
    ]
    return _table("Actions", head, rows)


def _picture(heading: str, chart: Chart | None, height: int) -> Iterator[str]:
    if chart is None:
        return
    drawn = "\n".join(map(escaped, plain(draw(chart, WIDTH, height)).split("\n")))
    longest = max((len(found) for found in re.findall("`+", drawn)), default=0)
    fence = "`" * max(3, longest + 1)
    yield f"## {heading}"
    yield f"{fence}text\n{drawn}\n{fence}"
    yield text(describe(chart))
