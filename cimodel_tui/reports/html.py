"""Reports as HTML that stands alone: an improvement on one page, and the register."""

from collections.abc import Sequence

from cimodel_tui.reports.html_parts import (
    bullets,
    facts,
    flow,
    labelled_texts,
    lines,
    page,
    picture,
    readable_texts,
    section,
    since_section,
    small,
    table,
    tag,
    text,
    trail,
    verdict_mark,
)
from cimodel_tui.reports.summary import (
    ActionRow,
    IterationRow,
    LabelledText,
    OnePage,
    Register,
    RegisterRow,
    Verdict,
    readable_days,
)
from cimodel_tui.views.measurements import MetricComparison

_CHART, _STAIRS = (880, 240), (330, 180)
_MAX_NOWRAP = 16


def one_page(found: OnePage, above: Sequence[tuple[str, str]] = ()) -> str:
    """Return the report of an improvement, with the way back to the pages above it where it is part of a site."""
    return page(
        f"{found.ref} {found.title}",
        trail(above),
        _header(found),
        since_section(found.since),
        _aims(found),
        _result(found),
        section("Readings", picture(found.chart, *_CHART)) if found.chart else "",
        _history(found),
        section("Actions", _actions(found.actions)),
        flow(
            section("Decisions needed", labelled_texts(found.decisions)),
            section("What is next", labelled_texts(readable_texts(found.next, only="Next"))),
            section("Costs and benefits", labelled_texts(found.money)),
            section("Lessons", labelled_texts(found.lessons)),
            section("Changed after it was agreed", labelled_texts(readable_texts(found.amendments))),
            section("Answered to the coach", labelled_texts(readable_texts(found.answered))),
        ),
        tag("footer", f"{text(found.workbook)} · {text(found.ref)} · as of {readable_days(found.as_of)}"),
    )


def _header(found: OnePage) -> str:
    marks = [tag("li", text(found.status), kind="mark")]
    if found.verdict:
        marks.append(verdict_mark(found.verdict.word, name="li"))
    above = tag("p", text(f"{found.workbook} · {found.ref} · as of {readable_days(found.as_of)}"), kind="top")
    return "\n".join(
        (
            "<header>",
            above,
            tag("h1", text(found.title)),
            tag("ul", *marks, kind="marks"),
            tag("p", text(readable_days(found.steering)), kind="lead"),
            "</header>\n",
        )
    )


def _aims(found: OnePage) -> str:
    vision = tag("p", lines(found.vision), kind="vision") if found.vision.strip() else ""
    texts = [
        LabelledText(what=what, text=each)
        for what, each in (("Aim", found.aim), ("Value", found.value))
        if each.strip()
    ]
    left, right = vision + labelled_texts(texts), facts(found.people)
    return section("Aim and vision", tag("div", tag("div", left), tag("div", right), kind="wide") if left else right)


def _result(found: OnePage) -> str:
    head = ("Metric", "Baseline", "Target or limit", "Achieved", "Gap closed, change", "Verdict")
    rows = [_metric(each) for each in found.metrics]
    objective = tag("p", lines(found.objective)) if found.objective.strip() else ""
    return section(
        "Baseline, target, achieved",
        objective,
        _verdict(found.verdict) if found.verdict else "",
        table(head, rows, "Baseline, target and achieved of each metric"),
    )


def _verdict(verdict: Verdict) -> str:
    known = verdict.verified or "as it stands now, not verified"
    closes = f"; closes as {verdict.closes_as}" if verdict.closes_as else ""
    sentence = tag("p", f"{tag('strong', text(verdict.sentence))} {small(known + closes)}")
    return sentence + bullets(verdict.notes)


def _metric(each: MetricComparison) -> tuple[str, ...]:
    return (
        text(each.name) + small(", ".join(part for part in (each.role, each.unit, _better(each.better)) if part)),
        _figure(each.baseline_words) + small(each.baseline_readings) + "".join(map(small, each.caveats)),
        _figure(each.bound) + _nowrap(small(readable_days(f"by {each.by}") if each.by else "")),
        _figure(each.achieved_words or "not yet") + small(each.achieved_readings),
        _figure(each.gap_words) + small(each.change),
        verdict_mark(each.word) + small(each.outlook),
    )


def _better(side: str) -> str:
    return {"higher": "higher is better", "lower": "lower is better", "target": "the target is best"}.get(side, "")


def _figure(words: str) -> str:
    """Return a figure on one line; one with a unit that is a whole sentence may be broken."""
    return tag("span", text(words), kind="figure" if len(words) <= _MAX_NOWRAP else "figure any") if words else ""


def _history(found: OnePage) -> str:
    iterations = tag("ol", *map(_iteration_row, found.passes), kind="way") if found.passes else ""
    stairs = picture(found.staircase, *_STAIRS) if found.staircase else ""
    return section(
        "History", tag("div", iterations, stairs, kind="beside") if stairs and iterations else iterations or stairs
    )


def _iteration_row(each: IterationRow) -> str:
    word = verdict_mark(each.verdict or "under-way", each.result)
    return tag(
        "li", tag("strong", f"Iteration {each.number}"), " ", word, " ", text(each.sentence), small(each.decision)
    )


def _actions(actions: tuple[ActionRow, ...]) -> str:
    rows = [
        (
            text(each.what) + small(each.note),
            _breakable(each.owner),
            _nowrap(text(readable_days(each.due))),
            _state(each),
        )
        for each in actions
    ]
    actions_table = table(("Action", "Owner", "Due", "Status"), rows, "Actions and their owners")
    return tag("div", actions_table, kind="acts") if actions_table else ""


def _breakable(typed: str) -> str:
    """Return a text that may be broken anywhere, so that a long word makes no column wider than the page."""
    return tag("span", text(typed), kind="any") if typed.strip() else ""


def _nowrap(content: str) -> str:
    """Return what is not to be broken over two lines, nothing where it is empty."""
    return tag("span", content, kind="day") if content else ""


def _state(each: ActionRow) -> str:
    kind = {"done": "good", "blocked": "bad"}.get(each.status, "bad" if each.late else "")
    late = ", late" if each.late else ""
    return tag("span", text(each.status + late), kind=f"mark {kind}".rstrip()) + _nowrap(
        small(readable_days(each.finished))
    )


def register(found: Register) -> str:
    """Return the report of the register."""
    head = ("Ref", "Improvement", "Status", "Score", "Review")
    header = tag(
        "header",
        tag("p", text(f"Continual improvement register · as of {readable_days(found.as_of)}"), kind="top"),
        tag("h1", text(found.workbook)),
        tag("p", text(found.figures), kind="lead"),
    )
    return page(
        found.workbook,
        header,
        section("Decisions needed", labelled_texts(found.decisions)),
        since_section(found.since),
        section("Register", table(head, [_row(each) for each in found.rows], "The register")),
        section("Overdue and due soon", labelled_texts(found.due)),
        tag("footer", f"{text(found.workbook)} · as of {readable_days(found.as_of)}"),
    )


def _row(each: RegisterRow) -> tuple[str, ...]:
    stale = tag("span", "stale", kind="mark warn") if each.stale else ""
    return (
        _nowrap(text(each.ref)),
        tag("div", *_title_cell(each), kind="any"),
        text(each.status) + small(each.step),
        text("" if each.score is None else str(each.score)),
        (f"{_nowrap(text(readable_days(each.review_on)))} {stale}").strip(),
    )


def _title_cell(each: RegisterRow) -> tuple[str, ...]:
    owner = f" {text(f'· {each.owner}')}" if each.owner.strip() else ""
    return (
        tag("strong", text(each.title)),
        owner,
        tag("span", text(readable_days(each.steering)), kind="stands"),
        small(readable_days(f"next: {each.next}")),
    )
