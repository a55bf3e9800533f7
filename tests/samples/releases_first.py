"""CI-0003, first iteration: from one release in five that fails to one in six."""

from cimodel_tui.model.action import LogEntry, Progress
from cimodel_tui.model.baseline import Cause, Metric
from cimodel_tui.model.momentum import Control
from cimodel_tui.model.plan import Action, Checkpoint, Collection, Option
from cimodel_tui.model.target import Limit, Promise
from cimodel_tui.model.vision import PrincipleUsed, Stakeholder
from tests.samples.pen import Pen

FORTNIGHT = 14


def walk(pen: Pen) -> None:
    """Walk the first iteration, and start the second one from its step 7."""
    _raise(pen)
    _measure(pen)
    _promise(pen)
    _plan(pen)
    _act(pen)
    _check(pen)
    _go_on(pen)


def _raise(pen: Pen) -> None:
    pen.on("2025-08-18", "change manager")
    pen.add(
        "Releases nobody has to fear",
        summary="Every fifth change to the banking app has to be rolled back or fixed within a week.",
        source="problem",
        owner="change manager",
        sponsor="head of digital banking",
        service="Mobile banking",
        practice="Change enablement",
        activities=("improve", "design and transition", "obtain/build"),
        size="L",
        benefit="5",
        effort="4",
        urgency="4",
        risk="3",
        tags="releases, mobile, lead time",
        links="Problem record PRB-2210\nOutcome map of digital banking",
    )
    pen.write(
        "vision",
        objective="A bank in the pocket that members rely on",
        vision="Members never notice a release, so releases can be weekly.",
        value="Members pay and transfer whenever they like; what they ask for reaches them in days, which is why they "
        "stay with us.",
        value_types=("quality", "time", "risk"),
        scope_in="Changes to the app and to the services behind it",
        scope_out="Core banking, which has its own calendar",
        why_now="The app-store rating fell to 3.4 after the June release",
        constraints="The regulator wants every change to a payment path approved by two people",
    )
    pen.table(
        "vision",
        "stakeholders",
        Stakeholder,
        (
            {"name": "members", "kind": "customer", "effect": "gains", "what": "an app that works", "consulted": "yes"},
            {"name": "app developers", "kind": "team", "effect": "both", "what": "tests first, quieter evenings"},
            {"name": "banking supervision", "kind": "regulator", "effect": "neither", "consulted": "yes"},
        ),
    )
    pen.table(
        "vision",
        "principles",
        PrincipleUsed,
        (
            {
                "principle": "Progress iteratively with feedback",
                "how": "One step per iteration, each from what the last one taught.",
            },
            {
                "principle": "Optimize and automate",
                "how": "First fewer kinds of release, then automate them.",
            },
        ),
    )


def _measure(pen: Pen) -> None:
    pen.rows(
        "baseline",
        "metrics",
        Metric,
        failures={
            "name": "change failure rate",
            "definition": "Changes that are rolled back or fixed within 7 days, over all changes of the fortnight.",
            "unit": "%",
            "better": "lower",
            "role": "outcome",
            "source": "change records and incident links",
            "frequency": "fortnightly",
            "collector": "release analyst",
            "how_known": "measured",
            "known_flaws": "An incident that nobody links to a change is not counted.",
        },
        lead={
            "name": "change lead time",
            "definition": "Median days from the first commit to the app stores.",
            "unit": "days",
            "better": "lower",
            "role": "balancing",
            "source": "build pipeline",
            "frequency": "fortnightly",
            "collector": "release analyst",
            "how_known": "measured",
        },
        rolled={
            "name": "changes rolled back",
            "definition": "Changes that were rolled back completely within 7 days, of all changes of the fortnight.",
            "unit": "%",
            "better": "lower",
            "role": "process",
            "source": "change records",
            "frequency": "fortnightly",
            "collector": "release analyst",
            "how_known": "measured",
            "kind": "share",
        },
    )
    pen.on("2025-11-24")
    pen.write(
        "baseline",
        current_state="22 of 100 changes fail, about nine a fortnight; each costs an evening and, one time in six, a "
        "message to all members.",
        works_well="Rolling back a release takes 20 minutes and has never failed.",
        maturity="2",
    )
    pen.read("failures", "2025-09-01", "23.7 22.9 24.4 19.4 22.5 21.6", every=FORTNIGHT)
    pen.read("lead", "2025-09-01", "6.2 6.0 6.3 5.9 6.1 6.1", every=FORTNIGHT)
    pen.read("rolled", "2025-09-01", "5/45 4/38 6/52 4/41 5/47 4/36", every=FORTNIGHT)
    pen.rows(
        "baseline",
        "causes",
        Cause,
        untested={"cause": "no test on real devices", "evidence": "58 failed changes read again", "share": "41"},
        size={"cause": "too much in one release", "evidence": "failures against size of the change", "share": "33"},
        config={"cause": "settings differ between test and live", "evidence": "the same 58", "share": "17"},
        rest={"cause": "other", "share": "9"},
    )
    pen.agree("baseline", "head of digital banking")


def _promise(pen: Pen) -> None:
    pen.rows(
        "target",
        "targets",
        Promise,
        failures={
            "promise": "move",
            "value": "18",
            "by": "2026-03-31",
            "rule": "mean",
            "why": "Half of what tests on devices can catch; the size of releases is for later.",
            "end_of_way": "5",
        },
    )
    pen.rows("target", "limits", Limit, lead={"value": "7"})
    pen.write(
        "target",
        rest_of_way="On to 5 %, where nobody has to fear a release; one step per iteration.",
        success_factors="Device farm paid for from the platform budget",
        benefit_kind="evenings without a fix",
        benefit_amount="2",
        benefit_unit="a fortnight",
    )
    pen.agree("target", "head of digital banking")


def _plan(pen: Pen) -> None:
    pen.table(
        "plan",
        "options",
        Option,
        (
            {
                "name": "smoke tests on devices",
                "what": "The twelve paths that members use, on every build",
                "effect": "a third of the failures",
                "effort": "3",
                "risk": "1",
                "cost": "22,000",
            },
            {
                "name": "a release every quarter",
                "what": "Fewer releases, longer tests",
                "effect": "fewer failures, each of them larger",
                "effort": "1",
                "risk": "4",
                "cost": "0",
            },
        ),
    )
    pen.write(
        "plan",
        approach="agile increments",
        chosen="smoke tests on devices",
        why="It addresses the largest cause and keeps weekly releases possible.",
        hypothesis_if="every build passes twelve paths on real devices",
        hypothesis_then="change failure rate falls to 18 % or less",
        hypothesis_because="41 of 100 failures would have shown on a device",
        hypothesis_metric=pen.names["failures"],
        result_from="2026-01-05",
        go_ahead_by="head of digital banking",
        go_ahead_on="2025-11-24",
        go_ahead_cost="25,000",
    )
    untested, size, config = (pen.names[name] for name in ("untested", "size", "config"))
    pen.rows(
        "plan",
        "actions",
        Action,
        smoke={
            "what": "Run the twelve smoke tests on every build",
            "owner": "test lead",
            "start": "2025-11-25",
            "due": "2025-12-19",
            "cause": untested,
        },
        settings={
            "what": "Compare the settings of test and live every night",
            "owner": "platform engineer",
            "start": "2025-12-01",
            "due": "2025-12-12",
            "cause": config,
        },
        canary={
            "what": "Give each release to one member in twenty first",
            "owner": "platform engineer",
            "start": "2025-12-08",
            "due": "2026-01-02",
            "cause": size,
            "depends_on": (pen.named("smoke"),),
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
        february={"on": "2026-02-02", "question": "Is lead time paying for the tests?", "answer": "No: 5.5 days."},
    )


def _act(pen: Pen) -> None:
    pen.rows(
        "action",
        "progress",
        Progress,
        smoke={
            "status": "done",
            "started": "2025-11-25",
            "finished": "2025-12-18",
            "evidence": "Pipeline stage device-smoke, 12 paths, 14 minutes",
        },
        settings={
            "status": "done",
            "started": "2025-12-01",
            "finished": "2025-12-11",
            "evidence": "Nightly report; 31 differences fixed",
        },
        canary={"status": "doing", "started": "2025-12-10"},
    )
    pen.table(
        "action",
        "log",
        LogEntry,
        (
            {"on": "2025-12-11", "kind": "learned", "text": "Half of the differences were ours, from two years ago."},
            {
                "on": "2026-01-19",
                "kind": "observation",
                "text": "The smoke tests stopped three releases. Nobody swore.",
            },
            {"on": "2026-02-16", "kind": "deviation", "text": "One in twenty needs a change on the app store's side."},
        ),
    )


def _check(pen: Pen) -> None:
    pen.on("2026-03-23")
    pen.read("failures", "2025-11-24", "21.2 20.4 19.1", every=FORTNIGHT)
    pen.read("failures", "2026-01-05", "17.9 15.8 16.7 15.0 14.6 12.8", every=FORTNIGHT)
    pen.read("lead", "2025-11-24", "6.0 5.9 5.7", every=FORTNIGHT)
    pen.read("lead", "2026-01-05", "5.6 5.5 5.4 5.3 5.4 5.2", every=FORTNIGHT)
    pen.read("rolled", "2025-11-24", "4/40 4/43 3/36", every=FORTNIGHT)
    pen.read("rolled", "2026-01-05", "4/48 4/51 4/50 4/55 3/46 3/49", every=FORTNIGHT)
    pen.write(
        "check",
        other_causes="The freeze from 20 December to 4 January was before the result. Two developers joined in "
        "February; their changes fail as often as the others'.",
        keep="One step per iteration, from the causes as counted",
        differently="Ask the app stores before planning anything that needs them",
        cost_so_far="21,300",
        benefit_so_far="About three evenings a fortnight",
        how_reckoned="7 of 100 changes fewer, on some 42 changes a fortnight",
        decision="go on to 7",
        decision_reason="Met, with six readings on each side; the next step is clear.",
    )
    pen.verify("head of quality")


def _go_on(pen: Pen) -> None:
    pen.on("2026-03-24")
    pen.table(
        "momentum",
        "controls",
        Control,
        (
            {"what": "No build without the smoke tests", "kind": "built in", "owner": "test lead", "done": "yes"},
            {"what": "Settings compared every night", "kind": "checked", "owner": "platform engineer", "done": "yes"},
        ),
    )
    pen.plan_sustain_checks()
    pen.write(
        "momentum",
        daily_owner="release train engineer",
        relapse_metric=pen.names["failures"],
        relapse_side="above",
        relapse_limit="19",
        relapse_count="3",
        story_audience="all app teams",
        story_message="From 22.4 to 15.5 % failed changes, and releases are faster than before.",
        story_channel="demo day of April",
        story_sent_on="2026-04-02",
        lessons_shared="Testing guild, 26 March",
        where_else="Web banking has the same configuration problem",
    )
    pen.carry("canary", "carry", "the store has agreed to it for April")
    pen.next()
