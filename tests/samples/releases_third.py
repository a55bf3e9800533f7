"""CI-0003, third iteration: at step 4, where one good fortnight would prove nothing."""

from cimodel_tui.model.baseline import Cause
from cimodel_tui.model.plan import Action, Collection, Option
from tests.samples.pen import Pen
from tests.samples.releases_first import FORTNIGHT


def walk(pen: Pen) -> None:
    """Walk on to step 4."""
    pen.on("2026-11-04")
    pen.write("vision", still_true="yes")
    pen.write(
        "baseline",
        current_state="9 of 100 changes fail, four a fortnight. Every second one has to do with a partner.",
        works_well="Flags, one in twenty, smoke tests: failures of our own making are down to 4 of 100.",
        maturity="4",
    )
    pen.rows(
        "baseline",
        "causes",
        Cause,
        outside={"cause": "a partner's interface changed", "evidence": "27 failed changes read again", "share": "51"},
        data={"cause": "test data unlike the members'", "evidence": "the same 27", "share": "30"},
        unknown={"cause": "other", "share": "19"},
    )
    pen.agree("baseline", "head of digital banking")
    pen.on("2026-11-10")
    pen.cells("target", "targets", "failures", promise="move", value="6", by="2027-03-31", rule="latest")
    pen.agree("target", "head of digital banking")
    _plan(pen)
    pen.on("2026-11-23")
    pen.read("failures", "2026-11-02", "7.7 8.5", every=FORTNIGHT)
    pen.read("lead", "2026-11-02", "3.5 3.6", every=FORTNIGHT)
    pen.read("rolled", "2026-11-02", "2/54 2/60", every=FORTNIGHT)
    pen.entry(review_on="2026-12-07")


def _plan(pen: Pen) -> None:
    pen.on("2026-11-16")
    pen.table(
        "plan",
        "options",
        Option,
        (
            {
                "name": "contracts with the partners",
                "what": "Nightly tests against what the partner promises",
                "effect": "half of what is left",
                "effort": "3",
                "risk": "2",
                "cost": "14,000",
            },
            {
                "name": "a copy of members' data, made unreadable",
                "what": "Tests with data like the real ones",
                "effect": "a third of what is left",
                "effort": "4",
                "risk": "4",
                "cost": "30,000",
            },
        ),
    )
    pen.write(
        "plan",
        approach="agile increments",
        hypothesis_if="every partner's interface is tested against its contract each night",
        hypothesis_then="change failure rate falls to 6 % or less",
        hypothesis_because="every second failure begins at a partner's interface",
        hypothesis_metric=pen.names["failures"],
    )
    pen.cells("plan", "actions", "contracts", start="2026-12-07", due="2027-01-22", cause=pen.names["outside"])
    pen.rows(
        "plan",
        "actions",
        Action,
        agreements={
            "what": "Agree with the three largest partners on two weeks' notice",
            "owner": "supplier manager",
            "start": "2026-12-01",
            "due": "2027-01-15",
            "cause": pen.names["outside"],
        },
    )
    pen.table(
        "plan",
        "measurement_plan",
        Collection,
        [{"metric": pen.names["failures"], "who": "release analyst", "how_often": "every second Monday"}],
    )
