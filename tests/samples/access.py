"""CI-0002 Solved the first time, second iteration: entered at step 2, with the causes ranked; under way."""

from cimodel_tui.model.action import Experiment, LogEntry, Progress
from cimodel_tui.model.baseline import Cause
from cimodel_tui.model.plan import Action, Checkpoint, Option, Risk
from tests.samples.pen import Pen

SOLVED = "62.7 63.2 62.5 63.0 62.8 63.3 62.9 63.1 63.6 63.4 64.0 63.8 64.3 64.1 64.6 64.4 64.9 65.6"
AGAIN = "7.8 7.9 7.7 8.0 7.8 7.9 7.6 7.5 7.4 7.5 7.3 7.2 7.3 7.1 7.0 7.0 6.9 6.8"


def walk(pen: Pen) -> None:
    """Walk on from the revisit to the sample's own day."""
    _causes(pen)
    _promise(pen)
    _choose(pen)
    _plan(pen)
    _act(pen)


def _causes(pen: Pen) -> None:
    pen.on("2026-08-17", "service desk lead")
    pen.write("vision", still_true="yes")
    pen.write("baseline", still_true="changed", what_changed="The causes are ranked now, from 8,000 contacts.")
    sorted_out = "8,000 contacts of the year, sorted by two people"
    pen.cells("baseline", "causes", "knowledge", evidence=sorted_out, share="10")
    pen.cells("baseline", "causes", "misrouted", evidence=sorted_out, share="19")
    pen.rows(
        "baseline",
        "causes",
        Cause,
        rights={
            "cause": "the analyst lacks the access right to fix it",
            "evidence": f"{sorted_out}; twelve rights make up nine tenths of it",
            "share": "46",
        },
        hardware={"cause": "a device has to be seen or swapped", "evidence": sorted_out, "share": "25"},
    )
    pen.write(
        "baseline",
        current_state="63 of 100 contacts are solved the first time. Of the other 37, 17 wait for somebody who may "
        "change an access right and 9 for somebody who looks at a device.",
        works_well="The suggestions: missing knowledge is down to 4 of 100 contacts.",
    )
    pen.agree("baseline", "head of IT services")


def _promise(pen: Pen) -> None:
    pen.on("2026-08-24")
    pen.write("target", still_true="changed", what_changed="The value stays, the date moves to the end of February.")
    pen.cells(
        "target",
        "targets",
        "solved",
        by="2027-02-28",
        because="The goal was right, the lever was not: the approvals for the rights take until winter.",
    )


def _choose(pen: Pen) -> None:
    pen.write("plan", still_true="changed", what_changed="Another lever: the rights first, then devices and routing.")
    pen.table(
        "plan",
        "options",
        Option,
        (
            {
                "name": "delegate access rights",
                "what": "The desk may set twelve rights itself, logged and sampled",
                "effect": "up to 17 of 100 contacts",
                "effort": "3",
                "risk": "3",
                "cost": "7,500",
            },
            {
                "name": "hardware triage",
                "what": "Five questions and a swap shelf at the desk",
                "effect": "3 to 4 of 100 contacts",
                "effort": "2",
                "risk": "1",
                "cost": "4,000",
            },
            {
                "name": "second line at the desk",
                "what": "One engineer sits with the desk every morning",
                "effect": "solves it, and teaches nobody",
                "effort": "4",
                "risk": "2",
                "cost": "38,000",
            },
        ),
    )
    pen.write(
        "plan",
        chosen="delegate access rights",
        why="With hardware triage beside it. It addresses 46 of 100 of what is left; the engineer would have to stay "
        "for good.",
        hypothesis_if="the desk may set the twelve most needed rights itself",
        hypothesis_then="first-contact resolution goes up by four points, to 68 % with triage and routing",
        hypothesis_because="46 of 100 unsolved contacts wait for nothing else",
        go_ahead_by="head of IT services",
        go_ahead_on="2026-08-31",
        go_ahead_cost="12,000",
        one_off_cost="11500",
        yearly_cost="1000",
        yearly_benefit="24000",
    )


def _plan(pen: Pen) -> None:
    pen.on("2026-08-31")
    rights, hardware, misrouted = (pen.names[name] for name in ("rights", "hardware", "misrouted"))
    pen.rows(
        "plan",
        "actions",
        Action,
        worst={
            "what": "Rewrite the three articles that are reopened most",
            "owner": "knowledge manager",
            "start": "2026-09-07",
            "due": "2026-09-25",
            "effort": "24 h",
            "cause": pen.names["knowledge"],
        },
        delegate={
            "what": "Delegate 12 access rights to the desk",
            "owner": "identity manager",
            "start": "2026-09-07",
            "due": "2026-10-16",
            "effort": "110 h",
            "cause": rights,
        },
        triage={
            "what": "Introduce hardware triage: five questions, a swap shelf",
            "owner": "desk team coordinator",
            "start": "2026-10-12",
            "due": "2026-11-20",
            "effort": "60 h",
            "cause": hardware,
        },
        routing={
            "what": "Ask two questions before a contact is passed on",
            "owner": "service desk lead",
            "start": "2026-11-30",
            "due": "2026-12-18",
            "cause": misrouted,
        },
        rest={
            "what": "Delegate the remaining rights: student records and examinations",
            "owner": "identity manager",
            "start": "2026-12-01",
            "due": "2027-01-15",
            "cause": rights,
            "depends_on": (pen.named("delegate"),),
        },
    )
    pen.rows(
        "plan",
        "checkpoints",
        Checkpoint,
        october={"on": "2026-10-19", "question": "Are the twelve rights used, and does the sample find misuse?"},
        december={"on": "2026-12-04", "question": "Without the CIO's word: is 68 % still in reach by February?"},
    )
    pen.table(
        "plan",
        "risks",
        Risk,
        (
            {
                "risk": "A right is given to the wrong person",
                "likelihood": "2",
                "impact": "4",
                "response": "reduce",
                "owner": "identity manager",
            },
        ),
    )
    pen.entry(review_on="2026-12-14")


def _act(pen: Pen) -> None:
    pen.rows(
        "action",
        "progress",
        Progress,
        worst={
            "status": "done",
            "started": "2026-09-07",
            "finished": "2026-09-24",
            "evidence": "New versions of 24 September; they are reopened a third as often",
        },
        delegate={
            "status": "done",
            "started": "2026-09-08",
            "finished": "2026-10-16",
            "evidence": "Role DESK-12 in the directory; monthly sample of 30 changes, none wrong",
        },
        triage={"status": "doing", "started": "2026-10-14", "evidence": "Shelf at the main desk; two sites to come"},
        rest={"status": "blocked", "evidence": "Waits for the CIO's decision"},
    )
    pen.table(
        "action",
        "log",
        LogEntry,
        (
            {
                "on": "2026-09-24",
                "kind": "learned",
                "text": "Reopened goes down as soon as the articles say when to stop.",
            },
            {
                "on": "2026-10-19",
                "kind": "decision",
                "text": "The monthly sample of 30 stays, also after this improvement.",
            },
            {"on": "2026-11-05", "kind": "blocker", "text": "Examinations office: only with the CIO's signature."},
            {
                "on": "2026-11-16",
                "kind": "deviation",
                "text": "Triage late: the shelf for the clinic campus is missing.",
            },
        ),
    )
    pen.table(
        "action",
        "experiments",
        Experiment,
        (
            {
                "prediction": "With three rights, one site solves two more contacts in a hundred within two weeks",
                "did": "Three rights for the library desk, 7 to 20 September",
                "result": "1.8 more; no wrong change",
                "decision": "adopt",
            },
        ),
    )
    pen.on("2026-10-19")
    pen.cells("plan", "checkpoints", "october", answer="Used 140 times in the first days. The sample found nothing.")
    _read_on(pen)


def _read_on(pen: Pen) -> None:
    solved, again = SOLVED.split(), AGAIN.split()
    pen.on("2026-08-24", "desk team coordinator")
    pen.read("solved", "2026-07-20", " ".join(solved[:5]))
    pen.read("again", "2026-07-20", " ".join(again[:5]))
    pen.on("2026-11-23", "service desk lead")
    pen.read("solved", "2026-08-24", " ".join(solved[5:]), on_2026_10_05="first week of term")
    pen.read("again", "2026-08-24", " ".join(again[5:]))
    pen.entry(
        decision_what="the remaining access rights, student records and examinations",
        decision_from="the CIO",
        decision_by="2026-11-27",
    )
