"""The coach: rules that read what was typed, and point out, kindly, what does not fit yet.

Pure, deterministic and offline. A module a step, or a family of rules where a step has many: `register`, `vision`,
`baseline` and `baseline_readings`, `target` and `pace`, `plan`, `action`, `check`, `momentum`. Each has a
tuple `RULES` of functions that look at a `Situation` and yield a `Finding` (both in `finding`). `rules` runs them, puts
the weightiest first and tries every remedy before it is offered; `remedy` carries one out; `promises` holds arithmetic
that several rules share. `next_thing` returns in one line what is useful next.

Text is read by `words` (tokens, lists, slips, is it English), `quantities` (dates, values, shares) and `names` (of
metrics and people). Two modules classify a sentence by its shape: `sentence_shape` as something to do, a trouble, or a
solution as a title, `outcome_shape` as a result in place of an action.

Every rule has its id from the table of rules; the texts that test it are in `tests/coach/texts`.
"""

from typing import TYPE_CHECKING

from cimodel_tui.lazy import lazy_attributes

if TYPE_CHECKING:
    from cimodel_tui.coach import check, finding, next_thing

__all__ = ["check", "finding", "next_thing"]

__getattr__ = lazy_attributes(__name__, __all__)
