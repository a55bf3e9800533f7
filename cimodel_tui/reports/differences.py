"""What changed between two states of a workbook, as Markdown for a pull request, as plain text, or as JSON."""

from cimodel_tui.escaping import json_text, one_line
from cimodel_tui.reports.markdown import text
from cimodel_tui.views.differences import ChangedImprovement, Difference, Kind, WorkbookDifferences

_HEADINGS = {
    Kind.VERDICT: "Verdict",
    Kind.AMENDED: "Amended",
    Kind.EVENT: "Recorded",
    Kind.READINGS: "Readings",
    Kind.ACTION: "Action",
    Kind.TEXT: "Changed",
}

_NOTHING = "Nothing changed in this workbook."


def markdown(found: WorkbookDifferences) -> str:
    """Return the changes as Markdown; typed text is escaped."""
    blocks = [f"# {text(found.title)}: what changed"]
    if found.renamed_from:
        blocks.append(f"The workbook was called {text(found.renamed_from)}.")
    blocks += [_as_markdown(each) for each in found.improvements]
    if not found.improvements and not found.renamed_from:
        blocks.append(_NOTHING)
    return "\n\n".join(blocks) + "\n"


def _as_markdown(improvement: ChangedImprovement) -> str:
    lines = [f"## {text(improvement.ref)} {text(improvement.title)}", ""]
    lines += [f"- **{_HEADINGS[each.kind]}** {text(each.words)}" for each in improvement.changes]
    return "\n".join(lines)


def plain(found: WorkbookDifferences) -> str:
    """Return the changes as plain lines for a terminal; control characters are escaped."""
    lines = [f"{one_line(found.title)}: what changed"]
    if found.renamed_from:
        lines.append(f"  the workbook was called {one_line(found.renamed_from)}")
    for improvement in found.improvements:
        lines.append(f"{improvement.ref} {one_line(improvement.title)}")
        lines += [f"  {_HEADINGS[each.kind].lower()}: {one_line(each.words)}" for each in improvement.changes]
    if len(lines) == 1:
        lines.append(f"  {_NOTHING}")
    return "\n".join(lines) + "\n"


def as_json(found: WorkbookDifferences) -> str:
    """Return the changes as JSON: a list of improvements with their changes; an empty title is null."""
    return json_text(
        {
            "workbook": found.title or None,
            "renamed_from": found.renamed_from or None,
            "improvements": [
                {"ref": each.ref, "title": each.title, "changes": [_as_object(change) for change in each.changes]}
                for each in found.improvements
            ],
        }
    )


def _as_object(change: Difference) -> dict[str, object]:
    return {"kind": change.kind.value, "iteration": change.iteration or None, "what": change.words}
