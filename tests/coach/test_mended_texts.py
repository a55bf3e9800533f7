"""Texts on which the coach was wrong once, each by name: what was said falsely, and what was missed."""

import pytest

from tests.coach.collected import Text, fired

SILENT = [
    ("title", "Update failures on field tablets"),
    ("title", "Change approvals that wait for a week"),
    ("title", "Design reviews too late"),
    ("title", "Build failures on main"),
    ("title", "Document search that finds nothing"),
    ("value", "Judges get the file before the hearing"),
    ("owner", "Chief Information Officer and Vice President for IT"),
    ("target", "At least nine in ten new starters fully equipped on their first morning by September"),
    ("action", "Lower paging threshold from 95 to 85 % disk"),
    ("hypothesis", "the IVR tells the queue position | the abandonment rate decreases | people stay when they know"),
    ("title", "Migration SharePoint"),
    ("owner", "Team Netzwerk"),
    ("owner", "Anna und Ben"),
]

MISSED = [
    ("current_state", "People wait forever", "B4"),
    ("current_state", "Our 3 sites suffer from frequent network outages", "B4"),
    ("target", "Drive down cost per ticket", "T1"),
    ("target", "Bring the backlog down to 200", "T1"),
    ("target", "Get rid of all overdue tickets by May", "T3"),
    ("vision", "99.9 availability of the booking system", "V1"),
    ("target", "Complete CI/CD pipeline setup", "V2"),
    ("title", "CMDB clean-up", "V4"),
    ("title", "Second line on call at weekends", "V4"),
    ("action", "Resolve incidents faster", "P6"),
    ("story_message", "Our 5 pilots are thrilled", "M2"),
    ("other_causes", "-", "C1"),
    ("evidence", "done", "A1"),
]


@pytest.mark.parametrize(("field", "text"), SILENT)
def test_near_miss_draws_nothing(field: str, text: str) -> None:
    assert fired(Text(field, text)) == []


@pytest.mark.parametrize(("field", "text", "rule"), MISSED)
def test_missed_text_draws_its_rule_and_no_other(field: str, text: str, rule: str) -> None:
    assert fired(Text(field, text)) == [rule]


@pytest.mark.parametrize("text", ["Update failures on field tablets", "Implement problem management", "Hire a manager"])
def test_title_never_draws_two_rules(text: str) -> None:
    assert len(fired(Text("title", text))) <= 1
