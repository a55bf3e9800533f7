"""CI-0003, second iteration: from one change in six that fails to one in eleven."""

from cimodel_tui.model.action import LogEntry, Progress
from cimodel_tui.model.baseline import Cause
from cimodel_tui.model.momentum import Control
from cimodel_tui.model.plan import Action, Checkpoint, Collection, Option
from tests.samples.pen import Pen
from tests.samples.releases_first import FORTNIGHT


def walk(pen: Pen) -> None:
    """Walk the second iteration, and start the third one after the summer."""
    _look(pen)
    _plan(pen)
    _act(pen)
    _check(pen)
    _go_on(pen)


def _look(pen: Pen) -> None:
    pen.on("2026-03-25")
    pen.write("vision", still_true="yes")
    pen.write(
        "baseline",
        current_state="15 of 100 changes fail, six a fortnight. What fails now is large: changes of more than 400 "
        "lines make up a fifth of all and half of the failures.",
        works_well="The smoke tests; rollback in 20 minutes",
        maturity="3",
    )
    pen.rows(
        "baseline",
        "causes",
        Cause,
        large={"cause": "too much in one release", "evidence": "39 failed changes read again", "share": "52"},
        partner={"cause": "a partner's interface changed", "evidence": "the same 39", "share": "28"},
        others={"cause": "other", "share": "20"},
    )
    pen.agree("baseline", "head of digital banking")
    pen.cells(
        "target",
        "targets",
        "failures",
        promise="move",
        value="10",
        by="2026-07-31",
        rule="mean",
    )
    pen.write("target", rest_of_way="On to 5 %.")
    pen.agree("target", "head of digital banking")


def _plan(pen: Pen) -> None:
    pen.table(
        "plan",
        "options",
        Option,
        (
            {
                "name": "small releases behind feature flags",
                "what": "Every change behind a feature flag, for one member in twenty first",
                "effect": "half of the failures reach hardly anybody",
                "effort": "3",
                "risk": "2",
                "cost": "18,000",
            },
            {
                "name": "a test team of its own",
                "what": "Four testers who see every release",
                "effect": "finds more, and later",
                "effort": "4",
                "risk": "2",
                "cost": "210,000",
            },
        ),
    )
    pen.write(
        "plan",
        approach="agile increments",
        chosen="small releases behind feature flags",
        why="The size of a change is the largest cause now, and it costs no lead time.",
        hypothesis_if="no release holds more than 400 lines and each is rolled out gradually",
        hypothesis_then="change failure rate falls to 10 % or less",
        hypothesis_because="large changes make up half of the failures",
        hypothesis_metric=pen.names["failures"],
        result_from="2026-05-04",
        go_ahead_by="head of digital banking",
        go_ahead_on="2026-03-25",
        go_ahead_cost="20,000",
    )
    large, partner = pen.names["large"], pen.names["partner"]
    pen.cells("plan", "actions", "canary", start="2026-04-06", due="2026-04-24", cause=large)
    pen.rows(
        "plan",
        "actions",
        Action,
        switches={
            "what": "Put every new function behind a feature flag",
            "owner": "app lead",
            "start": "2026-03-30",
            "due": "2026-04-17",
            "cause": large,
        },
        contracts={
            "what": "Test the partners' interfaces every night against their contracts",
            "owner": "integration lead",
            "start": "2026-04-13",
            "due": "2026-05-01",
            "cause": partner,
        },
    )
    pen.table(
        "plan",
        "measurement_plan",
        Collection,
        [
            {"metric": pen.names[metric], "who": "release analyst", "how_often": "every second Monday"}
            for metric in ("failures", "lead")
        ],
    )
    pen.rows(
        "plan",
        "checkpoints",
        Checkpoint,
        june={"on": "2026-06-15", "question": "Are the flags removed once they are on for everyone?"},
    )


def _act(pen: Pen) -> None:
    pen.rows(
        "action",
        "progress",
        Progress,
        canary={
            "status": "done",
            "started": "2026-04-06",
            "finished": "2026-04-22",
            "evidence": "Stage one-in-twenty in the pipeline; two releases stopped there",
        },
        switches={
            "status": "done",
            "started": "2026-03-30",
            "finished": "2026-04-17",
            "evidence": "64 functions behind flags, list in the repository",
        },
        contracts={"status": "blocked", "started": "2026-04-20"},
    )
    pen.table(
        "action",
        "log",
        LogEntry,
        (
            {"on": "2026-04-22", "kind": "observation", "text": "The first release that only one in twenty saw fail."},
            {"on": "2026-05-11", "kind": "blocker", "text": "The card processor gives no contract before autumn."},
            {"on": "2026-06-15", "kind": "learned", "text": "A flag without a removal date stays forever."},
        ),
    )
    pen.on("2026-06-15")
    pen.cells("plan", "checkpoints", "june", answer="19 of 64 are removed. Each of the others has a date now.")


def _check(pen: Pen) -> None:
    pen.on("2026-07-24")
    pen.read("failures", "2026-03-30", "13.1 12.4", every=FORTNIGHT)
    pen.read("failures", "2026-05-04", "10.9 10.2 8.0 9.6 7.3 7.5", every=FORTNIGHT)
    pen.read("lead", "2026-03-30", "5.0 4.6", every=FORTNIGHT)
    pen.read("lead", "2026-05-04", "4.2 4.0 3.9 3.7 3.6 3.4", every=FORTNIGHT)
    pen.read("rolled", "2026-03-30", "3/44 3/48", every=FORTNIGHT)
    pen.read("rolled", "2026-05-04", "3/52 3/50 2/47 3/58 2/49 2/51", every=FORTNIGHT)
    pen.write(
        "check",
        other_causes="The release of 27 April was cancelled for the yearly audit, so the count begins a week later. "
        "Nothing else found.",
        keep="One in twenty first",
        stop="Planning on a partner's date",
        differently="Give every flag a removal date",
        cost_so_far="17,600",
        benefit_so_far="About three more evenings a fortnight",
        how_reckoned="6.5 of 100 changes fewer, on some 46 changes a fortnight",
        decision="go on to 7",
        decision_reason="Met, with six readings on each side.",
    )
    pen.verify("head of quality")


def _go_on(pen: Pen) -> None:
    pen.on("2026-07-27")
    pen.table(
        "momentum",
        "controls",
        Control,
        (
            {"what": "One in twenty first, for every release", "kind": "built in", "owner": "app lead", "done": "yes"},
            {
                "what": "Flags with a removal date, reviewed monthly",
                "kind": "checked",
                "owner": "app lead",
                "done": "yes",
            },
        ),
    )
    pen.plan_sustain_checks()
    pen.write(
        "momentum",
        daily_owner="release train engineer",
        relapse_metric=pen.names["failures"],
        relapse_side="above",
        relapse_limit="12",
        relapse_count="3",
        story_audience="members' council",
        story_message="From 22.4 to 8.9 % failed changes in two steps, and a change is with the members in four days.",
        story_channel="half-yearly report",
        story_sent_on="2026-08-28",
        lessons_shared="Testing guild, 30 July; change advisory",
        where_else="Web banking adopts the flags in September",
        next="on a date",
        next_on="2026-11-02",
        next_reason="After the move of core banking in October.",
    )
    pen.carry("contracts", "carry", "the processor's contract is promised for November")
    pen.on("2026-08-24", "release analyst")
    _later(pen, "2026-07-27", "8.2 7.9", "3.5 3.7", "2/50 2/46")
    pen.record_sustain_check()
    pen.on("2026-10-22")
    _later(pen, "2026-08-24", "9.1 8.4 7.6 8.8 8.0", "3.6 3.8 3.5 3.4 3.6", "3/57 2/53 2/48 2/55 2/52")
    pen.record_sustain_check()
    pen.on("2026-11-02", "change manager")
    pen.next()


def _later(pen: Pen, first: str, failures: str, lead: str, rolled: str) -> None:
    pen.read("failures", first, failures, every=FORTNIGHT)
    pen.read("lead", first, lead, every=FORTNIGHT)
    pen.read("rolled", first, rolled, every=FORTNIGHT)
