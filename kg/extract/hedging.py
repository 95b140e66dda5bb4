"""Small questions about a tree that decide how sure a statement is, and how to weaken it."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from kg.extract.tree import Tree
from kg.model import Attribution, Factuality, Span

_STRENGTH = {
    Factuality.ASSERTED: 0,
    Factuality.REPORTED: 1,
    Factuality.ALLEGED: 2,
    Factuality.PREDICTED: 3,
    Factuality.HYPOTHETICAL: 4,
    Factuality.DEMANDED: 5,
    Factuality.DENIED: 6,
}
_ANYTHING = frozenset({"anything", "anybody", "anyone"})
_AHEAD = frozenset({"before", "until", "till", "of"})  # "ahead of the next round"
_DAYS = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday tomorrow January February March April May June"
    " July August September October November December".split()
)
_FIRST = frozenset({"once", "until", "till", "when", "before", "after", "that"})
_NOT_BEFORE = frozenset({"once", "until", "till"})
_HARDLY = frozenset({"hardly", "scarcely", "barely"})
_OWN_NO = frozenset("have see show say be find take need want give leave".split())  # "has no intention of"
_TEXTS = frozenset("law rule decree treaty deal agreement accord plan measure reform regulation".split())
_SET = frozenset("plan schedule slate set due pencil expect tentative".split())
_REMAINS = frozenset({"remain", "remains", "remained"})
_COPULAS = frozenset("be look seem appear remain become".split())
_OPEN = frozenset(
    "off unlikely likely impossible possible uncertain doubtful imminent inevitable near due close avoidable"
    " probable conceivable unthinkable scheduled planned frozen freeze stall stalled suspend suspended"
    " deadlock deadlocked postpone postponed cancel cancelled canceled pending".split()
)
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN"})
TAKE_PLACE = frozenset(
    "happen occur take materialise materialize follow come resume begin start restart reopen proceed".split()
)
NOT = frozenset("not n't never no nor neither n’t hardly barely".split())


def past_seeming(tree: Tree, verb: int) -> int:
    """What a temporal clause takes for granted does not merely seem: step over "it seemed that"."""
    while tree.token(verb).dep == "ccomp" and tree.lemma(tree.token(verb).head) in {"seem", "appear"}:
        verb = tree.token(verb).head
    return verb


def reported(tree: Tree, verb: int, speech: Container[str]) -> bool:
    """Tell whether "would" is the "will" of reported speech: "Oslo said it would send troops"."""
    token = tree.token(verb)
    return token.dep == "ccomp" and tree.lemma(token.head) in speech and tree.token(token.head).tag == "VBD"


def weaken(found: Attribution, to: Factuality, cue: Span) -> Attribution:
    """Return the weaker of what was found and what this word makes of it; denial of denial is open."""
    if found.factuality is Factuality.DENIED and to is Factuality.DENIED:
        return replace(found, factuality=Factuality.HYPOTHETICAL, cue=cue)
    if _STRENGTH[to] > _STRENGTH[found.factuality]:
        return replace(found, factuality=to, cue=cue)
    return found


def alternative(tree: Tree, verb: int) -> bool:
    """Tell whether a verb is one side of an "or": then neither side is said to have happened."""
    sides = [verb, tree.token(verb).head] if tree.token(verb).dep == "conj" else [verb]
    linked = [k for side in sides for k in tree.kids(side, "cc")]
    joined = tree.token(verb).dep == "conj" or bool(tree.kids(verb, "conj"))
    return joined and any(tree.lemma(k) == "or" for k in linked)


def signed(found: Attribution, sign: str, cue: Span) -> Attribution:
    """Weigh what an implicative verb says of the event it governs: "-" not, "o" left open."""
    weaker = {"-": Factuality.DENIED, "o": Factuality.HYPOTHETICAL}.get(sign)
    return weaken(found, weaker, cue) if weaker else found


def negation(tree: Tree, kid: int) -> bool:
    """Tell whether a word denies the verb it hangs on; "not only" does not."""
    token = tree.token(kid)
    follows = tree.lemma(kid + 1) if kid + 1 < len(tree.children) else ""
    denies = token.lemma.lower() in NOT and token.dep in {"neg", "advmod", "preconj", "det"}
    return denies and follows != "only"


def negated(tree: Tree, index: int) -> bool:
    """Tell whether a verb is negated by a word of its own."""
    return any(tree.lemma(k) in NOT or tree.token(k).text.lower() in NOT for k in tree.kids(index, "neg"))


def clause_doubts(tree: Tree, verb: int, found: Attribution, *, skip_negation: bool) -> Attribution:
    """Weigh the form of a clause: a condition by its order, a negative phrase, a general statement."""
    cue = tree.token(verb).span
    almost = verb > 1 and [tree.lemma(verb - 2), tree.lemma(verb - 1)] == ["all", "but"]
    if inverted(tree, verb) or awaited(tree, verb) or almost:
        found = weaken(found, Factuality.HYPOTHETICAL, cue)
    ahead = any(for_a_day(tree, k) for k in (verb, *tree.kids(verb, "dobj")))
    if ahead or any(tree.lemma(k) in _ANYTHING for k in tree.kids(verb, "nsubj", "nsubjpass")):
        found = weaken(found, Factuality.HYPOTHETICAL, cue)
    nothing = negative_phrase(tree, verb) or negative_object(tree, verb) or no_longer(tree, verb)
    if bill_as_subject(tree, verb):
        found = weaken(found, Factuality.HYPOTHETICAL, cue)
    denied = (nothing or nor(tree, verb) or rather_than(tree, verb)) and not skip_negation
    return weaken(found, Factuality.DENIED, cue) if denied else found


def awaited(tree: Tree, verb: int) -> bool:
    """Tell whether a clause tells what has to come first: "will pay once they release him"."""
    token = tree.token(verb)
    marks = {tree.lemma(k) for k in tree.kids(verb, "mark", "advmod")}
    helped = {tree.lemma(k) for k in tree.kids(token.head, "aux")}
    tags = {token.tag, *(tree.token(k).tag for k in tree.kids(verb, "auxpass"))}
    if token.dep != "advcl":
        return False
    if "VBD" in tags:  # "said they would not return until he was freed"
        return bool(marks & _NOT_BEFORE) and "would" in helped
    present = bool(tags & {"VBP", "VBZ"})
    return present and bool(marks & _FIRST) and bool(helped & {"will", "would", "can", "could", "may"})


def negative_object(tree: Tree, verb: int) -> bool:
    """Tell whether an object denies its verb: "arrested nobody", "reached no agreement"."""
    if tree.lemma(verb) in _OWN_NO:
        return False
    return any(negative_subject(tree, k) for k in tree.kids(verb, "dobj"))


def nor(tree: Tree, verb: int) -> bool:
    """Tell whether a deed comes behind a "nor": "neither arrested nor questioned"."""
    token = tree.token(verb)
    return token.dep == "conj" and any(
        tree.lemma(k) == "nor" and token.head < k < verb for k in tree.kids(token.head, "cc")
    )


def rather_than(tree: Tree, verb: int) -> bool:
    """Tell whether somebody did another thing: "resigned rather than sign the pact"."""
    before = [tree.lemma(i) for i in range(max(0, verb - 3), verb)]
    return tree.token(verb).dep in {"conj", "pcomp", "advcl"} and "than" in before


def no_longer(tree: Tree, verb: int) -> bool:
    """Tell whether a deed is over: "they no longer attack convoys"."""
    words = [tree.token(k).text.lower() for k in tree.kids(verb, "advmod")]
    before = [tree.token(i).text.lower() for i in range(max(0, verb - 3), verb)]
    return "longer" in words and "no" in before


def bill_as_subject(tree: Tree, verb: int) -> bool:
    """Tell whether what does a deed is a text not yet in force: "the draft law bans ..."."""
    for noun in tree.kids(verb, "nsubj"):
        if tree.lemma(noun) == "bill":
            return True
        before = {tree.lemma(k) for k in tree.kids(noun, "amod", "compound")} | {
            tree.token(k).text.lower() for k in tree.kids(noun, "amod", "compound")
        }
        if tree.lemma(noun) in _TEXTS and before & {
            "draft",
            "propose",
            "proposed",
            "plan",
            "planned",
            "future",
        }:
            return True
    return False


def negative_phrase(tree: Tree, verb: int) -> bool:
    """Tell whether a phrase denies its verb: "by no means", "at no time", "under no circumstances"."""
    nouns = [n for k in tree.kids(verb, "prep") for n in tree.kids(k, "pobj")]
    return any(tree.lemma(d) == "no" for n in nouns for d in tree.kids(n, "det"))


def negative_subject(tree: Tree, index: int) -> bool:
    """Tell whether a subject denies its verb: "nobody", "no troops", "neither", "not one of them"."""
    words = {tree.lemma(k) for k in tree.kids(index, "det", "neg", "preconj")}
    if any(tree.lemma(k) in _HARDLY for k in tree.kids(index, "advmod")):
        return True
    if tree.lemma(index) == "one" and "not" in {tree.lemma(k) for k in tree.children[index]}:
        return True
    return tree.lemma(index) in {"nobody", "none", "nothing", "neither"} or bool(words & {"no", "neither"})


def to_come(tree: Tree, verb: int) -> Span | None:
    """Return the word that says that an event is off or still to come: "is off", "looks likely"."""
    state = tree.token(verb).head if tree.token(verb).dep == "auxpass" else verb  # "remains suspended"
    helpers = {tree.token(k).text.lower() for k in tree.kids(state, "auxpass")}
    if helpers & _REMAINS and tree.lemma(state) in _OPEN:
        return tree.token(state).span
    if tree.lemma(verb) not in _COPULAS:
        return None
    if planned := [k for k in tree.kids(verb, "xcomp") if tree.token(k).tag == "VB"]:
        return tree.token(planned[0]).span
    if will := [k for k in tree.kids(verb, "aux") if tree.lemma(k) in {"will", "shall"}]:
        return tree.token(will[0]).span
    tables = [n for k in tree.kids(verb, "prep") for n in tree.kids(k, "pobj")]
    if open_still := [n for n in tables if tree.lemma(n) in {"table", "card", "horizon", "pipeline"}]:
        return tree.token(open_still[0]).span
    words = tree.kids(verb, "acomp", "advmod", "prt", "prep", "attr", "oprd")
    return next((tree.token(k).span for k in words if tree.lemma(k) in _OPEN), None)


def would_be(tree: Tree, noun: int) -> Span | None:
    """Return the "would-be" before a noun, which a parser cuts in three."""
    first = noun - 3
    if first < 0 or [tree.lemma(i) for i in range(first + 1, noun)] != ["-", "be"]:
        return None
    return tree.token(first).span if tree.token(first).text.lower() == "would" else None


def set_for(tree: Tree, noun: int) -> Span | None:
    """Return the word that says that an event has been set: "planned for June", "a strike for Monday"."""
    if day := for_a_day(tree, noun):
        return day
    before = tree.token(tree.token(noun).head)
    nearest = tree.kids(noun, "amod")
    if before.lemma.lower() in _AHEAD and any(tree.lemma(k) == "next" for k in nearest):
        return before.span
    later = (k for k in tree.subtree(noun) if k > noun and tree.token(k).dep in {"acl", "amod", "relcl"})
    later = (k for k in later if _was_to(tree, k) or (tree.token(k).dep != "relcl" and tree.lemma(k) in _SET))
    return next((tree.token(k).span for k in later), None)


def for_a_day(tree: Tree, index: int) -> Span | None:
    """Return the day that something is set for: "called a strike for Monday"."""
    days = [n for k in tree.kids(index, "prep") if tree.lemma(k) == "for" for n in tree.kids(k, "pobj")]
    return next((tree.token(n).span for n in days if tree.token(n).text in _DAYS), None)


def _was_to(tree: Tree, verb: int) -> bool:
    """Tell whether a clause only says that something was to be: "the truce that was to begin"."""
    planned = any(to_do(tree, k) for k in tree.kids(verb, "xcomp"))
    return tree.lemma(verb) == "be" and tree.token(verb).dep == "relcl" and planned


def definite(tree: Tree, noun: int) -> bool:
    """Tell whether an event noun is taken for granted: "the raid", "his visit"."""
    kids = tree.kids(noun, "det", "poss")
    return any(tree.token(k).dep == "poss" or tree.lemma(k) in {"the", "this", "that", "these"} for k in kids)


def inverted(tree: Tree, verb: int) -> bool:
    """Tell whether a clause is a condition by its order: "Had they known, ...", "Should it rain"."""
    helpers = [k for k in tree.kids(verb, "aux", "auxpass") if tree.lemma(k) in {"have", "should", "be"}]
    subjects = tree.kids(verb, "nsubj", "nsubjpass")
    before = [k for k in tree.children[verb] if k < min(helpers, default=0) and tree.token(k).dep != "punct"]
    return bool(helpers and subjects) and helpers[0] < subjects[0] and not before


def relative(tree: Tree, verb: int) -> bool:
    """Tell whether a clause has the noun before it as subject or object: "claims that shook Oslo"."""
    return any(tree.token(k).tag in {"WDT", "WP"} for k in tree.kids(verb, "nsubj", "nsubjpass", "dobj"))


def granted(tree: Tree, clause: int) -> bool:
    """Tell whether a clause is asked about and so taken for granted: "could not say why they fired"."""
    return tree.token(clause).tag in _FINITE and any(
        tree.lemma(k) in {"why", "how"} and k < clause for k in tree.kids(clause, "advmod")
    )


def to_do(tree: Tree, verb: int) -> bool:
    """Tell whether a verb is an infinitive with "to": what somebody may or shall do."""
    return bare(tree, verb) and any(tree.lemma(k) == "to" for k in tree.kids(verb, "aux"))


def bare(tree: Tree, verb: int) -> bool:
    """Tell whether a verb stands in its plain form, active or passive: "suspend", "be suspended"."""
    return tree.token(verb).tag == "VB" or any(tree.token(k).tag == "VB" for k in tree.kids(verb, "auxpass"))


def infinitive(tree: Tree, verb: int, found: Attribution) -> Attribution:
    """A purpose ("to scare them"), an order, an imagined subject did not happen."""
    token = tree.token(verb)
    if bare(tree, verb) and token.dep in {"advcl", "relcl", "acl", "csubj", "ROOT", "pcomp"}:
        helped = tree.kids(verb, "aux")
        if not helped or any(tree.lemma(k) == "to" for k in helped):
            return weaken(found, Factuality.HYPOTHETICAL, token.span)
    if token.dep == "csubj" or (token.tag == "VBG" and token.dep == "nsubj"):
        return weaken(found, Factuality.HYPOTHETICAL, token.span)
    return found


def side_by_side(tree: Tree, index: int, head: int, *, spoken: bool) -> bool:
    """Tell whether two clauses only stand next to each other: "they marched; police watched".

    Before a verb of speech only a semicolon tells so: "it rained, he said" is his saying.
    """
    token = tree.token(index)
    own = bool(tree.kids(index, "nsubj", "nsubjpass"))
    if token.dep != "ccomp" or index > head or not own or tree.kids(index, "mark"):
        return False
    return not spoken or any(t.text == ";" for t in tree.sentence.tokens[index:head])
