"""Five further entries of the register: ideas, one of them stale, one withdrawn."""

from cimodel_tui.model.improvement import WITHDRAWN
from tests.samples.pen import Pen


def walk(pen: Pen) -> None:
    """Add the ideas in the order in which they were raised."""
    _refunds(pen)
    _starters(pen)
    _alarms(pen)
    _chat(pen)
    _certificates(pen)


def _refunds(pen: Pen) -> None:
    pen.on("2026-05-06", "customer care lead")
    pen.add(
        "Refunds that arrive before anybody asks",
        summary="One call in nine asks where the money is. Nobody has looked yet how long it takes.",
        source="service review",
        service="Web shop",
        practice="Service request management",
        activities=("improve", "deliver and support"),
        benefit="3",
        effort="2",
        urgency="2",
        risk="1",
        tags="stores, money back",
    )
    pen.entry(review_on="2026-09-30")


def _starters(pen: Pen) -> None:
    pen.on("2026-08-31", "HR partner")
    pen.add(
        "New colleagues able to work on their first day",
        summary="Accounts and a laptop take six working days on average; the first week is spent waiting.",
        source="survey or complaint",
        owner="workplace manager",
        service="Workplace and accounts",
        practice="Service request management",
        activities=("improve", "engage", "deliver and support"),
        benefit="4",
        effort="2",
        urgency="3",
        risk="1",
        tags="starters, accounts",
    )
    pen.entry(review_on="2026-12-01")


def _alarms(pen: Pen) -> None:
    pen.on("2026-10-12", "monitoring engineer")
    pen.add(
        "Alarms that mean something",
        summary="Of 1,100 alarms a week, 40 lead to anything. The one that mattered in September was number 612.",
        source="retrospective",
        owner="operations lead",
        service="Mobile banking",
        practice="Monitoring and event management",
        activities=("improve", "deliver and support"),
        size="L",
        benefit="4",
        effort="4",
        urgency="3",
        risk="2",
        tags="on-call, alarms",
    )
    pen.entry(
        review_on="2026-12-14",
        score_override="7",
        score_reason="The on-call rota loses people over this; the score does not show it.",
    )


def _chat(pen: Pen) -> None:
    pen.on("2026-06-22", "service desk lead")
    pen.add(
        "Chat bot for the service desk",
        summary="A supplier offers a bot that answers the frequent questions.",
        source="supplier",
        service="Workplace and accounts",
        practice="Service desk",
        benefit="2",
        effort="4",
        urgency="1",
        risk="3",
        tags="service desk",
    )
    pen.on("2026-08-24")
    pen.entry(
        standing=WITHDRAWN,
        standing_reason="Only 10 of 100 unsolved contacts are about knowledge (CI-0002); a bot would know no more.",
        standing_on="2026-08-24",
        look_again_on="2027-06-01",
    )


def _certificates(pen: Pen) -> None:
    pen.on("2026-11-09", "security officer")
    pen.add(
        "No service down over an expired certificate",
        summary="Twice this year, four hours each. There is a list, and it is wrong.",
        source="incident review",
        service="Store payments",
        practice="Information security management",
        activities=("improve", "plan"),
        size="S",
        benefit="3",
        effort="1",
        urgency="4",
        risk="1",
        tags="certificates",
    )
