"""Reports as HTML that stands alone: an improvement on one page, and the register."""

from cimodel_tui.reports.markup import (
    bullets,
    facts,
    lines,
    page,
    picture,
    said,
    section,
    since_section,
    small,
    table,
    tag,
    text,
)
from cimodel_tui.reports.summary import ActionRow, Figures, OnePage, Register, RegisterRow, Said, Verdict
from cimodel_tui.workbook.words import BAD, GOOD, WARN, tone

_TONES = {GOOD: "good", WARN: "warn", BAD: "bad"}
_WIDTH, _CHART, _STAIRS = 760, 262, (400, 190)


def one_page(found: OnePage) -> str:
    """Return the report of an improvement."""
    return page(
        f"{found.ref} {found.title}",
        _header(found),
        since_section(found.since),
        _aims(found),
        _result(found),
        section("Readings", picture(found.chart, _WIDTH, _CHART)) if found.chart else "",
        _way(found),
        section("Actions", _actions(found.actions)),
        _columns(
            section("Decisions needed", said(found.decisions)) + section("What is next", said(found.next)),
            section("What it cost and gave", facts(found.money)),
            section("Lessons", said(found.lessons)),
        ),
        _columns(
            section("Changed after it was agreed", said(found.amendments)),
            section("Answered to the coach", said(found.answered)),
        ),
        tag("footer", f"{text(found.workbook)} · {text(found.ref)} · as of {text(found.as_of)}"),
    )


def _columns(*parts: str) -> str:
    there = [each for each in parts if each]
    if len(there) < 2:  # noqa: PLR2004 - one part takes the whole width
        return "".join(there)
    return tag("div", *(tag("div", each) for each in there), kind="two") + "\n"


def _header(found: OnePage) -> str:
    marks = [tag("li", text(found.status), kind="mark")]
    if found.verdict:
        marks.append(_mark(found.verdict.word, "li"))
    above = tag("p", text(f"{found.workbook} · {found.ref} · as of {found.as_of}"), kind="top")
    return "\n".join(
        (
            "<header>",
            above,
            tag("h1", text(found.title)),
            tag("ul", *marks, kind="marks"),
            tag("p", text(found.steering), kind="lead"),
            "</header>\n",
        )
    )


def _mark(word: str, name: str = "span") -> str:
    shown = text(word.replace("-", " "))
    return tag(name, shown, kind=f"mark {_TONES.get(tone(word), '')}".rstrip()) if word else ""


def _aims(found: OnePage) -> str:
    vision = tag("p", lines(found.vision), kind="vision") if found.vision.strip() else ""
    told = [Said(what=what, text=each) for what, each in (("Aim", found.aim), ("Value", found.value)) if each.strip()]
    return section("Aim and vision", vision, facts((*told, *found.people)))


def _result(found: OnePage) -> str:
    head = ("Metric", "Baseline", "Target or limit", "Achieved", "Gap closed", "Verdict")
    rows = [_metric(each) for each in found.metrics]
    objective = tag("p", lines(found.objective)) if found.objective.strip() else ""
    caveats = [f"{each.name}: {words}" for each in found.metrics for words in each.caveats]
    return section(
        "Baseline, target, achieved",
        objective,
        _verdict(found.verdict) if found.verdict else "",
        table(head, rows, "Baseline, target and achieved of each metric"),
        bullets(caveats),
    )


def _verdict(verdict: Verdict) -> str:
    known = verdict.verified or "as it stands now, not verified"
    closes = f"; closes as {verdict.closes_as}" if verdict.closes_as else ""
    stands = tag("p", f"{tag('strong', text(verdict.sentence))} {small(known + closes)}")
    return stands + bullets(verdict.notes)


def _metric(each: Figures) -> tuple[str, ...]:
    return (
        text(each.name) + small(", ".join(part for part in (each.role, each.unit, _better(each.better)) if part)),
        _figure(each.baseline_words) + small(each.baseline_readings),
        _figure(each.goal) + small(f"by {each.by}" if each.by else ""),
        _figure(each.achieved_words or "not yet") + small(each.achieved_readings),
        _figure(each.gap_words) + small(each.change),
        _mark(each.word) + small(each.outlook),
    )


def _better(side: str) -> str:
    return {"higher": "higher is better", "lower": "lower is better", "target": "the target is best"}.get(side, "")


def _figure(words: str) -> str:
    return tag("span", text(words), kind="figure") if words else ""


def _way(found: OnePage) -> str:
    rows = [
        (text(str(each.number)), text(each.came_to), text(each.sentence) + small(each.decision))
        for each in found.passes
    ]
    told = table(("Iteration", "Came to", "From, to, target, and what followed"), rows, "The iterations")
    drawn = picture(found.staircase, *_STAIRS) if found.staircase else ""
    inner = tag("div", tag("div", told), tag("div", drawn), kind="wide") if drawn and told else told or drawn
    return section("The way", inner)


def _actions(actions: tuple[ActionRow, ...]) -> str:
    rows = [
        (
            text(each.what) + small(each.note),
            text(each.owner),
            tag("span", text(each.due), kind="day"),
            _state(each),
        )
        for each in actions
    ]
    return table(("Action", "Owner", "Due", "Status"), rows, "Actions and their owners")


def _state(each: ActionRow) -> str:
    kind = {"done": "good", "blocked": "bad"}.get(each.status, "bad" if each.late else "")
    late = ", late" if each.late else ""
    return tag("span", text(each.status + late), kind=f"mark {kind}".rstrip()) + small(each.finished)


def register(found: Register) -> str:
    """Return the report of the register."""
    head = ("Ref", "Improvement", "Status", "Step", "Score", "Review")
    header = tag(
        "header",
        tag("p", text(f"Continual improvement register · as of {found.as_of}"), kind="top"),
        tag("h1", text(found.workbook)),
        tag("p", text(found.figures), kind="lead"),
    )
    return page(
        found.workbook,
        header,
        since_section(found.since),
        _columns(section("Decisions needed", said(found.decisions)), section("Overdue and due soon", said(found.due))),
        section("Register", table(head, [_row(each) for each in found.rows], "The register")),
        tag("footer", f"{text(found.workbook)} · as of {text(found.as_of)}"),
    )


def _row(each: RegisterRow) -> tuple[str, ...]:
    owner = f" · {each.owner}" if each.owner.strip() else ""
    stale = tag("span", "stale", kind="mark warn") if each.stale else ""
    return (
        tag("span", text(each.ref), kind="day"),
        tag("strong", text(each.title))
        + text(owner)
        + tag("span", text(each.steering), kind="stands")
        + small(f"next: {each.next}"),
        text(each.status),
        text(each.step),
        text("" if each.score is None else str(each.score)),
        tag("span", text(each.review_on), kind="day") + stale,
    )
