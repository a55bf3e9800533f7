"""What an improvement cost and gave, as it was typed: what was expected, and what came of it."""

from collections.abc import Iterator

from cimodel_tui.model.iteration import Iteration
from cimodel_tui.reports.summary import Said
from cimodel_tui.views.dashboard import payback

_CAME = ("Spent", "Gave")


def money(iterations: tuple[Iteration, ...]) -> tuple[Said, ...]:
    """Return the amounts of the latest iteration, and what came of those before; their numbers beside them."""
    several = len(iterations) > 1
    return tuple(
        Said(what=f"{what} ({each.number})" if several else what, text=text.strip())
        for each in iterations
        for what, text in _amounts(each)
        if text.strip() and (each is iterations[-1] or what in _CAME)
    )


def _amounts(iteration: Iteration) -> Iterator[tuple[str, str]]:
    plan, check, target = iteration.plan, iteration.check, iteration.target
    expected = " ".join(f"{target.benefit_kind} {target.benefit_amount} {target.benefit_unit}".split())
    yield "Expected benefit", expected
    yield "Planned", ", ".join(_planned(iteration))
    yield "Go-ahead up to", plan.go_ahead_cost
    yield "Spent", check.cost_so_far
    yield "Gave", check.benefit_so_far
    yield "How reckoned", check.how_reckoned


def _planned(iteration: Iteration) -> Iterator[str]:
    plan = iteration.plan
    amounts = (("once", plan.one_off_cost), ("a year", plan.yearly_cost), ("benefit a year", plan.yearly_benefit))
    for what, amount in amounts:
        if amount.strip():
            yield f"{amount.strip()} {what}"
    if payback(iteration):
        yield payback(iteration)
