"""The shape of a sentence: whether it names something to do, a solution, or a state and a trouble.

`Update runbooks` is something to do, `Update failures on tablets` and `Change approvals that wait for a week` are
troubles, and `Portal for shops` is a solution. Word lists say which words can be verbs; the words around them decide.
"""

import re
from functools import lru_cache

from cimodel_tui.coach.quantities import absolute_word
from cimodel_tui.coach.words import CACHE_SIZE, contains, is_foreign, is_plural, opening, singular, word_list, words_of

_PREFIX = re.compile(
    r"(?:in order )?to (?=\w)|(?:our|the|my) (?:vision|goal|aim|target|objective|plan|idea|intention|ambition|mission) "
    r"(?:is|was|will be)(?: to)? |(?:we|i|let us|let's|please|you)(?:(?: will| want| wants| are| plan| need| intend| "
    r"shall| must|'ll| would like| like| should| have| aim| going| to| can)+)? ",
    re.IGNORECASE,
)
_PURPOSE = re.compile(r"^(?:in order )?to [^,]{3,80}, (?=we\b)", re.IGNORECASE)
"""What a sentence does its deed for: `To become digital, we will implement a CMDB`."""
_FROM_TO = re.compile(r"move\b.{0,120}?\bfrom [\d.,]+(?: \S+){0,3} to [\d.,]+", re.IGNORECASE)
RELATIVE = frozenset(["that", "which", "who", "so", "because", "where", "when"])
_NOBODY = frozenset(["nobody", "no-one", "people", "everybody"])
_EVER = frozenset(["always", "often", "again", "still", "constantly", "already"])
"""Adverbs of what happens anyhow: `Central printer always jammed`."""
_FINISHING = frozenset(["complete", "finish", "finalise", "finalize"])
_ENDED = frozenset(["completed", "finished", "done", "live"])
_MADE = frozenset(
    [
        "implemented",
        "deployed",
        "installed",
        "introduced",
        "migrated",
        "published",
        "launched",
        "replaced",
        "trained",
        "established",
        "built",
        "hired",
        "recruited",
        "upgraded",
        "configured",
        "automated",
        "rolled",
    ]
)
"""Participles of doing: what is implemented by June is an output, unless a share of it is the target."""
_MAKING = re.compile(r"(?:is|iz|ific)ation$")
"""Nouns of doing: harmonisation, certification."""
_PLACED = frozenset(["at", "within", "under", "up", "down", "end", "start", "work"])
"""Words of the list of verbs that are prepositions or nouns as well."""
_SERVING = frozenset(["enabling", "engaging", "connecting", "preparing", "expanding", "extending"])
"""What is done for people is a picture as well: `Enabling our students to learn anywhere`."""
_GERUNDS_AS_NOUNS = frozenset(
    [
        "building",
        "designing",
        "hiring",
        "launching",
        "onboarding",
        "outsourcing",
        "publishing",
        "recruiting",
        "training",
        "writing",
    ]
)
"""Verbs of doing whose -ing form is a noun as well: `Training rooms`, `Publishing delays`."""
_MEASURED = frozenset(["time", "times", "rate", "rates"])
REGULAR = frozenset(["daily", "weekly", "fortnightly", "monthly", "quarterly"])
_ADJECTIVE = re.compile(r"(?:known|new|old|last|\w+(?:ed|ing|al|ly|able|ous|ive))$")
_PARTS_OF_DAY = frozenset(["day", "morning", "week", "shift", "lesson"])
_DEEDS = frozenset(["build", "merge", "move", "pilot", "renewal", "trial", "upgrade", "update"])
"""Words that name something to do where "of" follows: `Merge of the two desks`."""
_NOUN_LENGTH = 4
"""Words within which a verb shows that the opening was a noun."""


@lru_cache(maxsize=CACHE_SIZE)
def opens_with_action(sentence: str) -> bool:
    """Tell whether a sentence opens with something to do: `Implement ...`, `We will buy ...`, `Rollout of ...`."""
    if is_foreign(sentence):
        return False
    bare = _without_prefix(sentence)
    if _FROM_TO.match(bare) or re.match(r"\w+,", bare):
        return False
    tokens = words_of(bare)
    return is_command(tokens) or _begins_doing(tokens) or _undertakes(tokens)


def _without_prefix(sentence: str) -> str:
    """Return a sentence without `Our vision is to`, `We will have`; a participle after that becomes its verb."""
    text = _PURPOSE.sub("", sentence.strip())
    prefix = _PREFIX.match(text)
    if not prefix:
        return text
    bare = text[prefix.end() :]
    participle = re.match(r"(\w+?)(e?)d\b", bare) if "have" in prefix.group().lower() else None
    verb = _base_form(participle[1]) if participle else ""
    return verb + bare[participle.end() :] if participle and verb else bare


def _base_form(stem: str) -> str:
    forms = (stem, f"{stem}e")
    return next((form for form in forms if form.lower() in word_list("action_verbs")), "")


@lru_cache(maxsize=CACHE_SIZE)
def acts_by_doing(sentence: str) -> bool:
    """Tell whether a sentence names its means: `Paperless by rolling out tablets to every ward`."""
    tokens = words_of(sentence)
    means = (tokens[at + 1 :] for at, word in enumerate(tokens) if word == "by")
    return any(opening(rest, word_list("action_gerunds")) for rest in means)


def is_command(tokens: list[str]) -> bool:
    """Tell whether these words open with a verb of doing that has something to be done to."""
    length = opening(tokens, word_list("action_verbs", "action_verbs_or_nouns"))
    if tokens[:1] and tokens[0] in _FINISHING:
        after = tokens[1:]
        return bool(after) and (_is_determined(after[0]) or bool(word_list("action_nouns") & set(after)))
    after = tokens[length:]
    if length < len(("put", "in")) and tokens[:1] and tokens[0] in word_list("weak_verbs"):
        made = is_thing(noun_phrase(tokens[1:])) or bool(REGULAR.intersection(tokens[1:2])) or _is_moved(tokens)
        return made and not names_trouble(tokens[1:])
    if not length or not after:
        return False
    if _is_determined(after[0]):
        return not {"once", "everything"} & set(after[1:]) and not _PARTS_OF_DAY.intersection(after[1:2])
    if " ".join(tokens[:length]) in word_list("action_verbs"):
        return not (_has_verb(after) or _ends_in_trouble(after))
    return not (_has_verb(after) or _is_compound(after) or names_trouble(after))


def _is_moved(tokens: list[str]) -> bool:
    """`Bring all sites to Office 365`, `Provide every clerk with a tablet`: who gets a tool, or is brought to one."""
    if tokens[0] in ("provide", "supply") and "with" in tokens:
        gift = " ".join(map(singular, tokens[tokens.index("with") :]))
        return contains(gift, "object_nouns", "solution_words", "product_names")
    to = next((at for at, token in enumerate(tokens) if token in ("to", "into", "onto")), len(tokens))
    return tokens[0] == "bring" and contains(" ".join(tokens[to:]), "product_names", "solution_words")


def _is_determined(word: str) -> bool:
    return word in word_list("determiners") or word.isdigit()


def _has_verb(after: list[str]) -> bool:
    """`Train drivers get ...`, `Train crews know ...`: a verb soon after the opening shows that it was a noun."""
    if is_plural(after[0]) and after[1:2] and after[1] in word_list("human_verbs") - word_list("head_ends"):
        return True
    for at, token in enumerate(after if after[0] in _MEASURED else after[:_NOUN_LENGTH]):
        if token in RELATIVE:
            return bool(_NOBODY.intersection(after[at + 1 : at + 2]))
        if token in word_list("finite_verbs") and at > 0:
            return token not in ("at", "within", "under") or after[at + 1 : at + 2] == ["most"]
    return after[0] in word_list("finite_verbs") - {"at", "up", "down", "under", "within", "work"}


def _is_compound(after: list[str]) -> bool:
    """`Change approvals`, `Change management tool`: the opening belongs to what follows, unless that is an object.

    Objects are things and people, something described (`known errors`), and what is moved somewhere.
    """
    thing = noun_phrase(after)
    if not thing:
        return True
    if thing[0] in word_list("label_words") and thing[1:2] and thing[1].isdigit():
        return False
    head = {thing[-1], singular(thing[-1])}
    if head & word_list("event_nouns", "outcome_nouns"):
        return len(thing) == 1 or not _ADJECTIVE.match(thing[0])
    if len(thing) > 1 and thing[0] in ("management", "control", "process"):
        return True
    objects = word_list(
        "object_nouns", "solution_words", "role_words", "insider_words", "outsider_words", "product_names"
    )
    moved = {"to", "into", "with"} & set(after[len(thing) :])
    return not (head & objects or moved or _ADJECTIVE.match(thing[0]))


def noun_phrase(tokens: list[str]) -> list[str]:
    """Return the words before the first preposition or relative pronoun."""
    end = next((at for at, token in enumerate(tokens) if token in word_list("head_ends")), len(tokens))
    return tokens[:end]


def names_trouble(tokens: list[str]) -> bool:
    """Tell whether these words name a trouble or a state: `too late`, `that wait for a week`, `out of date`."""
    if contains(" ".join(tokens), "trouble_words", "comparatives"):
        return True
    return any(token in RELATIVE | _NOBODY | _EVER for token in tokens[1:]) or "than" in tokens


def _ends_in_trouble(after: list[str]) -> bool:
    """`Install base unknown in two plants`: what is said of the noun comes after it."""
    thing = noun_phrase(after)
    return len(thing) > 1 and thing[-1] in word_list("trouble_words")


def _begins_doing(tokens: list[str]) -> bool:
    """`Implementing a tool`, `Rolling out tablets`; not `Training rooms are ready` or `Publishing delays`."""
    length = opening(tokens, word_list("action_gerunds")) or int(_opens_with_gerund(tokens))
    after = tokens[length:]
    if not length or not after:
        return False
    main = next((at for at, token in enumerate(after) if token in RELATIVE), len(after))
    if word_list("finite_verbs").intersection(after[1:main]):
        return False
    if length > 1:
        return not names_trouble(after) or "to" in after
    if after[0] == "of" or _is_determined(after[0]):
        return True
    thing = noun_phrase(after)
    named = bool({*thing[-1:], *map(singular, thing[-1:])} & word_list("event_nouns", "outcome_nouns"))
    return bool(thing) and tokens[0] not in _GERUNDS_AS_NOUNS and not named and not names_trouble(after)


def _opens_with_gerund(tokens: list[str]) -> bool:
    """Tell whether the first word is the -ing form of a verb of doing: `standardising`, `moving the data centre`.

    That of a verb that is a noun as well needs something to be done to: `Testing the backups`, not `Testing delays`.
    """
    word = tokens[0] if tokens else ""
    stem = word.removesuffix("ing")
    determined = _is_determined("".join(tokens[1:2]))
    verbs = word_list("action_verbs", *(["action_verbs_or_nouns"] if determined else []))
    return stem != word and word not in _SERVING and bool({stem, f"{stem}e"} & verbs)


def _undertakes(tokens: list[str]) -> bool:
    """`Implementation of a tool`, `The rollout of passkeys`, `Migration of mailboxes finished by June`."""
    start = 1 if tokens[:1] in (["the"], ["a"], ["an"]) else 0
    length = opening(tokens[start:], word_list("action_nouns"))
    if not length and tokens[start : start + 1] and tokens[start] in _DEEDS:
        length = 1
    if length and tokens[start + length : start + length + 1] == ["of"]:
        return not names_trouble(tokens[start + length :])
    if (
        length
        and tokens[0] in ("implementation", "introduction", "rollout", "roll-out")
        and contains(" ".join(tokens[length:]), "product_names", "solution_words")
    ):
        return not names_trouble(tokens)
    ended = next((at for at, token in enumerate(tokens) if token in _ENDED), 0)
    if ended and any(token in word_list("action_nouns") for token in tokens[:ended]):
        return True
    if _MADE.intersection(tokens[1:]) and "%" not in tokens and not absolute_word(" ".join(tokens)):
        return not names_trouble(tokens)
    head = [] if not tokens or tokens[0] in word_list("aiming_verbs") else noun_phrase(tokens)
    done = head[-1:] and (head[-1] in word_list("action_nouns") or head[-1] in ("training", "workshop"))
    return bool(done) and not (word_list("finite_verbs").intersection(tokens[1:]) - _PLACED or names_trouble(tokens))


@lru_cache(maxsize=CACHE_SIZE)
def is_imperative(title: str) -> bool:
    """Tell whether a title opens with a command; a gerund or a noun of doing is none."""
    return not is_foreign(title) and is_command(words_of(_without_prefix(title)))


def is_thing(head: list[str]) -> bool:
    """Tell whether a noun phrase ends in something that is brought in: a portal, a template, a migration."""
    things = word_list("solution_words", "action_nouns")
    ends = (" ".join(head[-length:]) for length in (1, 2, 3))
    if word_list("finite_verbs").intersection(head[1:]) - _PLACED:
        return False
    if any(end in things or singular(end) in things for end in ends if end):
        return True
    if head[-1:] == ["support"] and head[-2:-1] and head[-2] in word_list("solution_words"):
        return True
    return (
        bool(head) and bool(_MAKING.search(head[-1])) and head[-1] not in word_list("outcome_nouns", "outsider_words")
    )


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


@lru_cache(maxsize=CACHE_SIZE)
def names_solution(title: str) -> bool:
    """Tell whether a title names a solution: something to do, a product, or a thing to bring in."""
    tokens = words_of(title)
    if title.strip().lower() in word_list("product_names") or opens_with_action(title):
        return True
    if is_foreign(title) or not tokens:
        return False
    if tokens[:1] == ["more"] and len(tokens) > 1:
        return _is_resource(tokens[1])
    if names_trouble(tokens) or _is_statement(tokens) or _has_foreign_order(title):
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
    return first.lower() in word_list("action_nouns") and bool(_CAMEL_CASE.match(rest))


def _is_resource(word: str) -> bool:
    """Tell whether more of it is an answer: more staff, more training, more automation."""
    resources = word_list("role_words", "insider_words", "solution_words", "action_nouns") | {
        "staff",
        "people",
        "budget",
    }
    return bool({word, singular(word)} & resources)


def _is_product(title: str, head: list[str]) -> bool:
    """Tell whether a noun phrase names a product, and not what is measured of it: `SharePoint`, `Zabbix alarms`."""
    named = contains(" ".join(head), "product_names") or head[:1] == ["ai"] or bool(_CAMEL_CASE.match(title))
    last = singular(head[-1]) if head else ""
    return named and last not in word_list("outcome_nouns", "finite_verbs", "event_nouns")


def _is_arrangement(tokens: list[str]) -> bool:
    """Tell whether a title names something to be taken up: `Daily stand-up`, `New CMDB`, `Second line on call`."""
    last = singular(noun_phrase(tokens)[-1]) if noun_phrase(tokens) else ""
    if tokens[0] in ("extra", "additional"):
        return last not in word_list("outcome_nouns")
    if tokens[0] in ("second", "another", "further", "dedicated") and _is_resource(last):
        return True
    if tokens[0] == "shared" and any(map(is_plural, noun_phrase(tokens))):
        return False
    if _is_set_up(tokens):
        return True
    if tokens[0] in REGULAR or (tokens[0] in word_list("innovation_words") and not _names_people(tokens)):
        happening = word_list("outcome_nouns", "event_nouns") if tokens[0] == "new" else word_list("outcome_nouns")
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
    known = word_list("outsider_words", "role_words") | {"joiner", "starter", "hire", "comer"}
    thing = noun_phrase(tokens)
    people = (token for token in thing if is_plural(token) or token == thing[-1])
    return any({token, singular(token)} & known for token in people)
