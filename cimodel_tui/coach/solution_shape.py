"""The shape of a title that names a solution: a thing, a product or an arrangement that is to be brought in.

`Portal for shops` and `Daily stand-up` are solutions, `Portal that nobody uses` and `Shared accounts` are troubles.
"""

import re
from functools import lru_cache

from cimodel_tui.coach.language import is_foreign
from cimodel_tui.coach.sentence_shape import (
    REGULAR,
    RELATIVE,
    is_thing,
    noun_phrase,
    opens_with_action,
    tells_trouble,
)
from cimodel_tui.coach.words import REMEMBERED, contains, is_plural, listed, singular, words_of

_CAMEL_CASE = re.compile(r"\b[A-Z][a-z]+[A-Z]\w*")
_ESTABLISHED = frozenset(
    ["team", "desk", "squad", "committee", "circle", "session", "sessions", "move", "merge", "review", "reviews"]
)
"""What a title that ends in it sets up or carries out: `Major incident team`, `Data centre move`."""
_GOING_ON = frozenset(
    ["ageing", "aging", "billing", "failing", "handling", "hiring", "invoicing", "missing", "onboarding", "ordering",
     "packing", "patching", "picking", "pricing", "printing", "processing", "provisioning", "reporting", "scanning",
     "scheduling", "shipping", "signing", "staffing", "waiting"]
)  # fmt: skip
"""Work that is done anyhow: with one of them at its end a title names what should get better."""
_AGREEMENTS = frozenset(["sla", "slas", "ola", "olas", "contract", "rfp"])
_STATING = frozenset(["are", "falls", "gets", "goes", "has", "is", "lasts", "stays", "takes", "was", "were"])
"""Verbs that no noun is spelt like: with one of them a title is a sentence about how things are."""


@lru_cache(maxsize=REMEMBERED)
def names_solution(title: str) -> bool:
    """Tell whether a title names a solution: something to do, a product, or a thing to bring in."""
    tokens = words_of(title)
    if title.strip().lower() in listed("product_names") or opens_with_action(title):
        return True
    if is_foreign(title) or not tokens:
        return False
    if tokens[:1] == ["more"] and len(tokens) > 1:
        return _is_resource(tokens[1])
    if tells_trouble(tokens) or _is_statement(tokens) or _has_foreign_order(title):
        return False
    head = noun_phrase(tokens[2:] if tokens[:2] == ["use", "of"] else tokens)
    return is_thing(head) or _is_product(title, head) or _is_arrangement(tokens)


def _is_statement(tokens: list[str]) -> bool:
    """`Purchase to delivery takes a month` says how things are; `Portal where staff can order` names a thing."""
    main = next((at for at, token in enumerate(tokens) if token in RELATIVE), len(tokens))
    return bool(_STATING.intersection(tokens[1:main]))


def _has_foreign_order(title: str) -> bool:
    """`Migration SharePoint` is French or German: in English the name comes first."""
    first, _, rest = title.strip().partition(" ")
    return first.lower() in listed("action_nouns") and bool(_CAMEL_CASE.match(rest))


def _is_resource(word: str) -> bool:
    """Tell whether more of it is an answer: more staff, more training, more automation."""
    resources = listed("role_words", "insider_words", "solution_words", "action_nouns") | {"staff", "people", "budget"}
    return bool({word, singular(word)} & resources)


def _is_product(title: str, head: list[str]) -> bool:
    """Tell whether a noun phrase names a product, and not what is measured of it: `SharePoint`, `Zabbix alarms`."""
    named = contains(" ".join(head), "product_names") or head[:1] == ["ai"] or bool(_CAMEL_CASE.match(title))
    last = singular(head[-1]) if head else ""
    return named and last not in listed("outcome_nouns", "finite_verbs", "event_nouns")


def _is_arrangement(tokens: list[str]) -> bool:
    """Tell whether a title names something to be taken up: `Daily stand-up`, `New CMDB`, `Second line on call`."""
    last = singular(noun_phrase(tokens)[-1]) if noun_phrase(tokens) else ""
    if tokens[0] in ("extra", "additional"):
        return last not in listed("outcome_nouns")
    if tokens[0] in ("second", "another", "further", "dedicated") and _is_resource(last):
        return True
    if tokens[0] == "shared" and any(map(is_plural, noun_phrase(tokens))):
        return False
    if _is_set_up(tokens):
        return True
    if tokens[0] in REGULAR or (tokens[0] in listed("innovation_words") and not _names_people(tokens)):
        happening = listed("outcome_nouns", "event_nouns") if tokens[0] == "new" else listed("outcome_nouns")
        return last not in happening
    return "on call" in " ".join(tokens[1:])


def _is_set_up(tokens: list[str]) -> bool:
    """Tell whether it names what is set up or done: `Night team`, `Alert grouping`, `SLA with the provider`."""
    if tokens[0] in _AGREEMENTS and tokens[1:2] and tokens[1] in ("with", "between"):
        return True
    if re.match(r"24[/x]7|follow-the-sun", tokens[0]):
        return len(tokens) > 1
    head = noun_phrase(tokens)
    if len(head) < len(("night", "team")):
        return False
    doing = head == tokens and head[-1].endswith("ing") and head[-1] not in _GOING_ON
    return head[-1] in _ESTABLISHED or doing


def _names_people(tokens: list[str]) -> bool:
    known = listed("outsider_words", "role_words") | {"joiner", "starter", "hire", "comer"}
    thing = noun_phrase(tokens)
    people = (token for token in thing if is_plural(token) or token == thing[-1])
    return any({token, singular(token)} & known for token in people)
