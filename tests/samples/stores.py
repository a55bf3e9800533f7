"""CI-0001 Restore store systems faster: from the incident review to the second sustain check."""

from cimodel_tui.model.action import LogEntry, Progress
from cimodel_tui.model.baseline import Cause, Metric, Voice
from cimodel_tui.model.momentum import Control
from cimodel_tui.model.plan import Action, Checkpoint, Collection, Option, Risk
from cimodel_tui.model.target import Limit, Promise
from cimodel_tui.model.vision import PrincipleUsed, Stakeholder
from tests.samples.pen import Pen


def walk(pen: Pen) -> None:
    """Walk the improvement from the idea to the sample's own day."""
    _raise(pen)
    _see(pen)
    _measure(pen)
    _promise(pen)
    _plan(pen)
    _act(pen)
    _check(pen)
    _embed(pen)


def _raise(pen: Pen) -> None:
    pen.on("2025-08-11", "incident manager")
    pen.add(
        "Restore store systems faster",
        summary="When a till or a card terminal fails on a Saturday, most of the outage goes into finding out "
        "whose fault it is.",
        source="incident review",
        owner="incident manager",
        sponsor="head of store operations",
        service="Store payments",
        practice="Incident management",
        activities=("improve", "deliver and support"),
        benefit="4",
        effort="2",
        urgency="4",
        risk="2",
        tags="stores, P2, on-call",
        links="Review of the outage of 2 August, INC-41872\nIncident policy, version 7",
    )
    pen.entry(review_on="2026-01-05")


def _see(pen: Pen) -> None:
    pen.on("2026-01-05")
    pen.write(
        "vision",
        objective="Stores that can always sell",
        objective_link="Operations strategy, chapter 3",
        vision="A store that cannot take payment is helped by the right people at once.",
        value="Store staff stop apologising at the till and shoppers leave with what they came for; a store that is "
        "open can sell.",
        value_types=("time", "experience", "capacity"),
        scope_in="P2 incidents of tills, card terminals and the store network",
        scope_out="P1 incidents, which have a major incident team; the web shop",
        why_now="Two Saturdays in summer with more than forty stores on cash only",
        constraints="No further people on call; the paging contract runs until March 2027",
    )
    pen.table(
        "vision",
        "stakeholders",
        Stakeholder,
        (
            {"name": "store staff", "kind": "user", "effect": "gains", "what": "sell again sooner", "consulted": "yes"},
            {"name": "shoppers", "kind": "customer", "effect": "gains", "what": "pay the way they like"},
            {
                "name": "on-call resolvers",
                "kind": "team",
                "effect": "both",
                "what": "called in earlier, for less time",
                "consulted": "yes",
            },
            {
                "name": "terminal supplier",
                "kind": "supplier",
                "effect": "loses",
                "what": "has to join within 15 minutes",
                "consulted": "yes",
            },
        ),
    )
    pen.table(
        "vision",
        "principles",
        PrincipleUsed,
        (
            {"principle": "Start where you are", "how": "The best shifts swarm already; look at what they do."},
            {"principle": "Collaborate and promote visibility", "how": "One bridge for every P2, open to the store."},
        ),
    )


def _measure(pen: Pen) -> None:
    pen.rows(
        "baseline",
        "metrics",
        Metric,
        restore={
            "name": "P2 time to restore",
            "definition": "Mean hours from ticket opened to service restored, P2 incidents of store systems resolved "
            "in the week; time on hold for the store is excluded.",
            "unit": "h",
            "better": "lower",
            "role": "outcome",
            "source": "ticket report",
            "frequency": "weekly",
            "collector": "service reporting analyst",
            "how_known": "measured",
            "known_flaws": "A ticket that is opened late looks fast.",
        },
        swarm={
            "name": "swarm opened within 15 min",
            "definition": "Share of P2 incidents for which all suspected teams were on a bridge within 15 minutes.",
            "unit": "%",
            "better": "higher",
            "role": "process",
            "source": "bridge log",
            "frequency": "weekly",
            "collector": "service reporting analyst",
            "how_known": "measured",
        },
        reopened={
            "name": "reopened P2",
            "definition": "Share of resolved P2 incidents that were reopened within 7 days.",
            "unit": "%",
            "better": "lower",
            "role": "balancing",
            "source": "ticket report",
            "frequency": "weekly",
            "collector": "service reporting analyst",
            "how_known": "measured",
        },
        down={
            "name": "whole store down for more than an hour",
            "definition": "A store that could not take any payment for more than 60 minutes, by the day it began.",
            "unit": "stores",
            "better": "lower",
            "role": "process",
            "source": "major incident log",
            "frequency": "other",
            "collector": "incident manager",
            "how_known": "measured",
            "kind": "events",
        },
    )
    pen.on("2026-03-30")
    pen.write(
        "baseline",
        current_state="A P2 in a store takes 6.9 hours, and in 46 of 100 of them most of that is spent waiting for "
        "the person who can fix it. About 248 such incidents a year.",
        works_well="Triage is quick: 9 in 10 tickets have the right priority within five minutes. The night shift "
        "calls everybody at once, without being told to.",
        strengths="People who know the stores",
        weaknesses="Every team looks at its own screen first",
        opportunities="The new ticket tool can show recent changes",
        threats="Self-checkout in 60 more stores from autumn on",
        benchmark="A grocer of the same size says 5 to 6 hours; peer exchange of January 2026",
        maturity="3",
    )
    pen.read(
        "restore",
        "2026-01-05",
        "7.1 6.2 7.9 6.6 5.9 7.4 6.9 8.1 6.3 6.7 7.2 6.5",
        on_2026_02_23="network fault in the north, three days",
    )
    pen.read("swarm", "2026-01-05", "22 18 25 20 27 19 24 21 17 23 26 20")
    pen.read("reopened", "2026-01-05", "3.9 4.3 4.0 4.2 4.4 3.8 4.1 4.0 4.3 4.2 3.9 4.1")
    days = ("01-07", "01-19", "01-28", "02-09", "02-17", "03-02", "03-11", "03-23")
    pen.happened("down", *(f"2026-{day}" for day in days))
    pen.rows(
        "baseline",
        "causes",
        Cause,
        waiting={
            "cause": "waiting for the right resolver",
            "evidence": "time stamps of 62 incidents, January to March",
            "share": "46",
        },
        runbook={"cause": "no runbook", "evidence": "asked in 40 reviews: what would have helped?", "share": "24"},
        changed={"cause": "finding what changed", "evidence": "change calendar against time lines", "share": "19"},
        other={"cause": "other", "share": "11"},
    )
    pen.table(
        "baseline",
        "voices",
        Voice,
        (
            {
                "who": "store manager, Harbour Street",
                "said": "I explain the same thing to the third person, and the queue goes home.",
                "on": "2026-01-17",
            },
            {
                "who": "network engineer on call",
                "said": "By the time they call me it has been looked at for four hours.",
                "on": "2026-02-03",
            },
        ),
    )
    pen.agree("baseline", "service owner, store payments")


def _promise(pen: Pen) -> None:
    pen.rows(
        "target",
        "targets",
        Promise,
        restore={
            "promise": "move",
            "value": "5.0",
            "by": "2026-06-21",
            "rule": "mean-of-last",
            "rule_n": "6",
            "why": "Halving the waiting is worth two hours; the other causes can wait for a second iteration.",
            "stretch": "4.0",
            "end_of_way": "3.0",
        },
    )
    pen.rows("target", "limits", Limit, reopened={"value": "6"})
    pen.write(
        "target",
        success_factors="The terminal supplier joins the bridge; shift leads open it without asking",
        benefit_kind="capacity of resolvers",
        benefit_amount="24,000",
        benefit_unit="a year",
    )
    pen.agree("target", "head of store operations")


def _plan(pen: Pen) -> None:
    pen.table(
        "plan",
        "options",
        Option,
        (
            {
                "name": "swarm rule",
                "what": "All suspected teams on one bridge within 15 minutes",
                "effect": "takes most of the waiting",
                "effort": "2",
                "risk": "2",
                "cost": "6,000",
            },
            {
                "name": "new paging tool",
                "what": "Skills-based paging instead of the phone list",
                "effect": "finds people faster, not the right ones",
                "effort": "4",
                "risk": "3",
                "cost": "18,000",
            },
            {
                "name": "more runbooks",
                "what": "A page each for the five most frequent faults",
                "effect": "a quarter of the time on those faults",
                "effort": "2",
                "risk": "1",
                "cost": "9,800",
            },
        ),
    )
    pen.write(
        "plan",
        approach="change in daily work",
        chosen="swarm rule",
        why="With runbooks for the top five faults beside it. Both address the two largest causes and can start on "
        "Monday; the tool answers a question that we do not have.",
        hypothesis_if="the people needed are called together within 15 minutes",
        hypothesis_then="P2 time to restore falls below 5 hours",
        hypothesis_because="46 of 100 hours are spent waiting for one resolver after another",
        hypothesis_metric=pen.names["restore"],
        result_from="2026-04-27",
        go_ahead_by="head of store operations",
        go_ahead_on="2026-03-30",
        go_ahead_cost="16,000",
        one_off_cost="15800",
        yearly_cost="0",
        yearly_benefit="24000",
        stop_rule="Reopened P2 above 6 % for three weeks: go back to one team after another, and find out why.",
    )
    waiting, runbook, changed = (pen.names[name] for name in ("waiting", "runbook", "changed"))
    pen.rows(
        "plan",
        "actions",
        Action,
        rota={
            "what": "Put the swarm rota and the 15-minute rule in force",
            "owner": "on-call lead",
            "start": "2026-03-30",
            "due": "2026-04-02",
            "effort": "40 h",
            "cause": waiting,
        },
        pages={
            "what": "Write runbooks for the top five faults with the people who repair them",
            "owner": "problem manager",
            "start": "2026-04-01",
            "due": "2026-04-17",
            "effort": "210 h",
            "cause": runbook,
        },
        panel={
            "what": "Show recent changes in a panel on the ticket",
            "owner": "ticket tool administrator",
            "start": "2026-04-07",
            "due": "2026-04-24",
            "effort": "86 h",
            "cause": changed,
        },
        paging={
            "what": "Try out the paging tool in one region",
            "owner": "on-call lead",
            "start": "2026-04-13",
            "due": "2026-04-24",
            "cause": waiting,
            "depends_on": (pen.named("rota"),),
        },
    )
    pen.table(
        "plan",
        "measurement_plan",
        Collection,
        [
            {"metric": pen.names[metric], "who": "service reporting analyst", "how_often": "every Monday"}
            for metric in ("restore", "swarm", "reopened")
        ],
    )
    pen.rows(
        "plan",
        "checkpoints",
        Checkpoint,
        four={"on": "2026-04-27", "question": "Does the bridge open in time, and do all teams stay on it?"},
        eight={"on": "2026-05-25", "question": "Half of the result is in: does anything else get worse?"},
    )
    pen.table(
        "plan",
        "risks",
        Risk,
        (
            {
                "risk": "Teams join and wait in silence: the bridge costs more than it saves",
                "likelihood": "3",
                "impact": "3",
                "response": "reduce",
                "owner": "on-call lead",
            },
            {
                "risk": "The supplier does not come",
                "likelihood": "2",
                "impact": "4",
                "response": "share",
                "owner": "incident manager",
            },
        ),
    )


def _act(pen: Pen) -> None:
    pen.rows(
        "action",
        "progress",
        Progress,
        rota={
            "status": "done",
            "started": "2026-03-30",
            "finished": "2026-04-02",
            "evidence": "Incident policy, version 8; rota in the on-call calendar",
        },
        pages={
            "status": "done",
            "started": "2026-04-01",
            "finished": "2026-04-20",
            "evidence": "Five pages in the wiki, each tried in one real incident",
        },
        panel={
            "status": "done",
            "started": "2026-04-07",
            "finished": "2026-04-24",
            "evidence": "Ticket tool release note of 24 April",
        },
        paging={"status": "dropped", "dropped_because": "no longer needed: the rota finds the people"},
    )
    pen.table(
        "action",
        "log",
        LogEntry,
        (
            {"on": "2026-04-02", "kind": "decision", "text": "Rule in force from the late shift on, in all regions."},
            {
                "on": "2026-04-09",
                "kind": "observation",
                "text": "The first bridges had nine people on them and one talking. The shift lead lets people go "
                "after ten minutes now.",
            },
            {
                "on": "2026-04-17",
                "kind": "deviation",
                "text": "Runbooks three days late: the terminal page was wrong in its first trial and was rewritten.",
            },
            {
                "on": "2026-04-22",
                "kind": "learned",
                "text": "A page that is written during the incident is half as long and twice as good.",
            },
        ),
    )
    pen.on("2026-05-25")
    pen.read("restore", "2026-03-30", "6.4 6.0 5.8 5.5")
    pen.read("swarm", "2026-03-30", "41 58 66 71")
    pen.read("reopened", "2026-03-30", "4.2 4.5 4.3 4.6")
    pen.happened("down", "2026-04-14", "2026-05-12")
    pen.cells("plan", "checkpoints", "four", answer="71 % in time. Database people leave early and are missed later.")
    pen.cells("plan", "checkpoints", "eight", answer="Reopened 4.4 %, limit 6: no side effect.")


def _check(pen: Pen) -> None:
    pen.on("2026-06-22")
    pen.read(
        "restore",
        "2026-04-27",
        "5.1 4.7 5.2 4.4 4.8 4.3 4.9 4.5",
        on_2026_05_25="bank holiday, few incidents",
    )
    pen.read("swarm", "2026-04-27", "78 83 81 86 88 85 87 89")
    pen.read("reopened", "2026-04-27", "4.5 4.1 4.6 4.3 4.5 4.5 4.3 4.4")
    pen.happened("down", "2026-06-18")
    pen.write(
        "check",
        other_causes="Number of P2 incidents looked at: 61 before, 58 after. No terminal release and no holiday trade "
        "in the window. None found that could explain two hours.",
        keep="Swarming before diagnosis",
        stop="Waiting for one person",
        differently="Write runbooks during incidents, not after",
        cost_so_far="15,792",
        benefit_so_far="25,834 a year in capacity, not cash",
        how_reckoned="336 hours at 47 for the cost. From 6.9 to 4.68 h on about 248 P2 incidents a year, one resolver "
        "each at 47: hours that are free for other work, no money saved.",
        decision="go on to 7",
        decision_reason="The target is met without side effects; now it has to last.",
    )
    pen.verify("service owner, store payments")


def _embed(pen: Pen) -> None:
    pen.on("2026-06-25")
    pen.table(
        "momentum",
        "controls",
        Control,
        (
            {
                "what": "Swarm rule in the incident policy",
                "kind": "written",
                "owner": "incident manager",
                "done": "yes",
            },
            {
                "what": "Recent-changes panel on by default",
                "kind": "built in",
                "owner": "ticket tool administrator",
                "done": "yes",
            },
            {"what": "Swarm role in on-call induction", "kind": "trained", "owner": "on-call lead", "done": "yes"},
        ),
    )
    pen.plan_sustain_checks("2026-07-20", "2026-09-21", "2026-12-21")
    pen.write(
        "momentum",
        daily_owner="on-call lead",
        relapse_metric=pen.names["restore"],
        relapse_side="above",
        relapse_limit="5.5",
        relapse_count="3",
        story_audience="store managers and the board",
        story_message="A store that cannot take payment is back after 4.7 hours instead of 6.9, and no incident is "
        "reopened more often than the limit allows.",
        story_channel="operations newsletter, July",
        story_sent_on="2026-07-03",
        lessons_shared="Problem review of 2 July; page in the on-call handbook",
        where_else="Warehouse scanners: the same waiting, other teams",
        next="on a date",
        next_on="2027-01-11",
        next_reason="Time to detect: it takes forty minutes until the store calls. After the Christmas season.",
        decided_by="incident manager",
        decided_on="2026-06-25",
    )
    pen.on("2026-07-20", "service reporting analyst")
    _later(pen, "2026-06-22", "4.4 4.7 4.8 4.5", "88 90 86 87", "4.3 4.2 4.5 4.1")
    pen.record_sustain_check()
    pen.on("2026-09-21")
    pen.happened("down", "2026-08-03")
    _later(
        pen,
        "2026-07-20",
        "4.9 5.0 4.7 5.2 4.8 5.1 4.6 4.9 4.9",
        "86 84 88 83 85 82 87 86 88",
        "4.4 4.0 4.3 4.6 4.2 4.5 4.1 4.3 4.4",
    )
    pen.record_sustain_check()
    pen.on("2026-11-23", "incident manager")
    pen.entry(review_on="2026-12-21")
    pen.happened("down", "2026-10-09")
    _later(
        pen,
        "2026-09-21",
        "4.6 4.8 4.4 4.9 4.5 4.7 5.0 4.6 4.5",
        "89 87 90 88 86 91 85 88 89",
        "4.2 4.4 4.1 4.0 4.3 4.5 4.2 4.4 4.1",
    )


def _later(pen: Pen, first: str, restore: str, swarm: str, reopened: str) -> None:
    for metric, values in (("restore", restore), ("swarm", swarm), ("reopened", reopened)):
        pen.read(metric, first, values)
