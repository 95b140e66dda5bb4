"""Where the arguments of a phrase may stand in a tree: the candidates for each kind of slot."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kg.extract.tree import Found, Tree
from kg.model import Basis
from kg.patterns import Argument, Kind, Pattern, Slot, Words

_BY = frozenset({"by"})
_OF = frozenset({"of"})
_AGAINST = frozenset({"against"})
_GIVERS = frozenset({"from", "by", "of"})
_ANYBODY = frozenset(
    "anyone anybody someone somebody everyone everybody nobody some each both all most many who".split()
)
_FUTURE = frozenset({"will", "would", "shall", "may", "might"})
_WHETHER = frozenset({"whether", "if"})
_UNLESS = frozenset({"if", "unless", "until"})
_WHERE = frozenset("in at near from over along off around across outside inside into onto".split())


def nearby(tree: Tree, head: int, bound: list[int]) -> list[int]:
    """Return where a parser may have hung a phrase by mistake: the nouns already bound behind
    the head ("stripped bankers of ..."), and the verb whose object the head is ("got aid from").
    """
    nouns = [index for index in bound if index > head]
    token = tree.token(head)
    verb = [token.head] if token.dep == "dobj" and token.pos == "NOUN" else []
    return nouns + verb


def candidates(tree: Tree, head: int, anchors: list[int], argument: Argument) -> list[Found]:
    """Return the tokens that an argument may be, whether or not they fit it."""
    if argument.kind is Kind.OBJECT:
        receivers = [
            (k, Basis.EXPLICIT) for k in tree.kids(anchors[0], "dative") if tree.token(k).pos != "ADP"
        ]
        loose = loose_objects(tree, head, anchors[0], argument.content)
        patients = [f for f in tree.patients(anchors[0]) if not _oneself(tree, f[0], argument.content)]
        return [*receivers, *patients, *loose]
    if argument.kind is Kind.COMPLEMENT:
        predicate = tree.kids(head, "oprd", "attr", "ccomp")
        free = isinstance(argument.content, Slot) and not argument.content.lemmas
        return [(i, Basis.EXPLICIT) for i in (predicate if free else complements(tree, head))]
    if argument.kind is Kind.CLAUSE:
        clauses = [k for k in tree.kids(head, "ccomp", "acl", "xcomp") if not asked(tree, k)]
        if argument.prepositions:
            helped = {k: {tree.lemma(a) for a in tree.kids(k, "aux")} for k in clauses}
            clauses = [k for k in clauses if helped[k] & argument.prepositions]
        if isinstance(argument.content, Slot) and argument.content.roles == ("content",):
            return [(i, Basis.EXPLICIT) for clause in clauses for i in tree.coordinated(clause)]
        if isinstance(argument.content, Slot) and not argument.content.roles:
            return [(clause, Basis.EXPLICIT) for clause in clauses]
        return [item for clause in clauses for item in tree.agents(clause)]
    return prepositional(tree, anchors, argument.prepositions)


def _oneself(tree: Tree, index: int, content: Slot | Words) -> bool:
    """Tell whether a deed is done to whoever does it, and its phrase does not say so: "praised itself"."""
    own = tree.token(index).tag == "PRP" and tree.token(index).text.lower().endswith(("self", "selves"))
    return own and not content.lemmas


def prepositional(tree: Tree, anchors: list[int], prepositions: frozenset[str]) -> list[Found]:
    """Return the nouns behind these prepositions, and what stands for "by" and "of" before a noun."""
    spread = phrases(tree, anchors, prepositions)
    nouns = [a for a in anchors if tree.token(a).pos in {"NOUN", "PROPN"}]
    if not nouns:
        return spread
    noun = nouns[-1] if prepositions & _BY else nouns[0]  # the deed itself names its doer
    owner = [(each, Basis.EXPLICIT) for each in owners(tree, noun)]
    if prepositions & _BY:
        adjective = [(k, Basis.EXPLICIT) for k in tree.kids(noun, "amod", "compound", "nmod")]
        strong = [item for item in spread if tree.token(tree.token(item[0]).head).dep == "agent"]
        return strong or adjective_first(tree, adjective, owner, spread)
    return spread or (owner if prepositions & _OF else [])


def phrases(tree: Tree, anchors: list[int], prepositions: frozenset[str]) -> list[Found]:
    """Return the nouns behind these prepositions, and the verbs behind "to"."""
    found = [i for anchor in dict.fromkeys(anchors) for i in tree.prepositional(anchor, prepositions)]
    if "to" in prepositions:
        found += [i for anchor in dict.fromkeys(anchors) for i in infinitives(tree, anchor)]
    return [(each, Basis.EXPLICIT) for i in dict.fromkeys(found) for each in tree.coordinated(i)]


def adjective_first(
    tree: Tree, adjective: list[Found], owner: list[Found], phrase: list[Found]
) -> list[Found]:
    """Order the ways in which a noun names its doer: capitalised adjective, owner, by-phrase.

    "British sanctions by way of businessmen": the adjective names who acts, and a second
    by-phrase is left alone rather than guessed at.
    """
    proper = [item for item in adjective if tree.token(item[0]).text[:1].isupper()]
    common = [item for item in adjective if item not in proper]
    return proper or owner or phrase or common


def loose_objects(tree: Tree, head: int, anchor: int, content: Slot | Words) -> list[Found]:
    """Return what stands for an object: the predicate that a phrase names ("is ready", "said no"),
    and, where anything will do, a deed ("ruled out paying").
    """
    found: list[int] = []
    if isinstance(content, Words):
        found = [*complements(tree, head), *tree.kids(head, "intj")] if anchor == head else []
    elif not (content.roles or content.classes or content.lemmas):
        found = [k for k in tree.kids(anchor, "xcomp", "ccomp") if tree.token(k).tag == "VBG"]
    return [(i, Basis.EXPLICIT) for i in found]


def asked(tree: Tree, verb: int) -> bool:
    """Tell whether a clause is a question: "asked whether they had left"."""
    return any(tree.lemma(k) in _WHETHER for k in tree.kids(verb, "mark"))


def infinitives(tree: Tree, index: int) -> list[int]:
    """Return the verbs that a word governs by "to"."""
    kids = tree.kids(index, "xcomp", "acl", "advcl", "ccomp")
    return [k for k in kids if any(tree.lemma(a) == "to" for a in tree.kids(k, "aux"))]


def owners(tree: Tree, noun: int) -> list[int]:
    """Return the possessors that carry the 's or stand as a pronoun.

    In "support for A and B's funding" the parser takes A for an owner too: only B is sure.
    """
    found = [each for k in tree.kids(noun, "poss") for each in tree.coordinated(k)]
    return [i for i in found if tree.kids(i, "case") or tree.token(i).pos == "PRON"]


def complements(tree: Tree, head: int) -> list[int]:
    """Return what may stand as the complement of a verb or behind its object."""
    own = tree.kids(head, "oprd", "acomp", "attr", "xcomp", "ccomp", "advmod", "amod", "dobj")
    own += [k for k in tree.kids(head, "advcl") if tree.token(k).pos == "ADJ"]
    own += [k for k in tree.kids(head, "npadvmod") if k > head and not _dated(tree, k)]
    objects = tree.kids(head, "dobj")
    return own + [k for noun in objects for k in tree.kids(noun, "amod") if k > noun]


def _dated(tree: Tree, noun: int) -> bool:
    """Tell whether words only say when: "delivered them last month", and not "gave them two days"."""
    return tree.token(noun).entity == "DATE" and not tree.kids(noun, "nummod", "det")


def is_fixed(content: Slot | Words) -> bool:
    """Tell whether the phrase names these very words, so that they name the same happening."""
    return bool(content.lemmas) and "*" not in content.lemmas


def takes(tree: Tree, head: int, pattern: Pattern) -> bool:
    """A phrase without an object does not match a verb that has one: "withdrew a remark"."""
    kinds = {argument.kind for argument in pattern.arguments}
    takes_one = bool(kinds & {Kind.OBJECT, Kind.COMPLEMENT, Kind.CLAUSE})
    if tree.passive(head) and pattern.subject is not None:  # "was rolled out" is no rolling of its own
        return takes_one
    return not tree.kids(head, "dobj") or takes_one


def personal(tree: Tree, index: int) -> bool:
    """Tell whether a word is a pronoun that stands for somebody whom we do not know."""
    return tree.token(index).tag == "PRP" or tree.lemma(index) in _ANYBODY


def clause(tree: Tree, index: int) -> Iterator[int]:
    """Yield a word and what hangs on it, without relative and subordinate clauses.

    The subject of a clause that it governs is in it, unless that tells a plan or a forecast.
    """
    yield index
    content = tree.token(index).dep == "ccomp" and not any(
        tree.lemma(k) in _FUTURE for k in tree.kids(index, "aux")
    )
    apart = {"relcl", "advcl", "parataxis"} | (set() if content else {"nsubj", "nsubjpass"})
    for kid in tree.children[index]:
        token = tree.token(kid)
        other = token.dep in apart
        if not other and not (token.dep == "conj" and token.pos == "VERB"):
            yield from clause(tree, kid)


def may_be_meant(tree: Tree, index: int) -> bool:
    """Tell whether a word may name whom an act concerns: a name or noun, but not one's own."""
    token = tree.token(index)
    if token.pos == "NOUN" and token.dep == "compound":  # "against government plans"
        return tree.lemma(tree.token(tree.noun_head(index)).head) in _AGAINST
    if token.pos == "NOUN":
        return not any(tree.token(k).tag == "PRP$" for k in tree.kids(index, "poss"))
    named = token.pos == "PROPN" or (token.pos == "ADJ" and token.entity == "NORP")
    return named and token.entity not in {"DATE", "LOC", "FAC"}


def located(tree: Tree, index: int) -> bool:
    """Tell whether a name only says where: "in Sanaa", "from Minsk"."""
    top = tree.noun_head(index)
    above = tree.lemma(tree.token(top).head)
    return tree.token(top).dep == "pobj" and above in _WHERE


def by_nearness(tree: Tree, head: int, taken: Collection[int]) -> list[int]:
    """Return the words that may name whom a deed concerns, the likeliest first.

    What stands against somebody goes first, and whose the thing is ("an offer from Oslo"); then
    the rest of the clause; then a purpose ("to disperse them", "demanding that ...") or a
    condition ("unless Oslo ..."); what only says where comes last.
    """
    own = [i for i in clause(tree, head) if i > head and i not in taken]
    own += _givers(tree, head, taken)
    wished = [i for verb in _wishes(tree, head) for i in clause(tree, verb) if i not in taken]
    asked = [i for verb in _conditions(tree, head) for i in _under(tree, verb) if i not in taken]
    ranked = [(_distance(tree, i, taken), i) for i in own]
    ranked += [(max(2, _distance(tree, i, taken) + (i in wished)), i) for i in dict.fromkeys(wished + asked)]
    return [i for _, i in sorted(ranked) if may_be_meant(tree, i)]


def _distance(tree: Tree, index: int, taken: Collection[int]) -> int:
    """Rank a word by the preposition before it: opponents and givers 0, mere places 3, others 1."""
    above = tree.token(tree.token(tree.noun_head(index)).head)
    if above.dep in {"prep", "agent"}:
        giver = above.lemma.lower() in _GIVERS and _hangs_on(tree, above.index, taken)
        if giver or above.lemma.lower() in _AGAINST:
            return 0
    return 3 if located(tree, index) else 1


def _hangs_on(tree: Tree, prep: int, taken: Collection[int]) -> bool:
    """Tell whether a phrase hangs on a word of `taken`, itself or through others of its kind."""
    for above in tree.ancestors(prep):
        if above in taken:
            return True
        if tree.token(above).dep not in {"prep", "pobj"}:
            return False
    return False


def _givers(tree: Tree, head: int, taken: Collection[int]) -> list[int]:
    """Return whose a thing is that stands before a passive: "a demand by rebels was rejected"."""
    if not tree.passive(head):
        return []
    nouns = [noun for noun, _ in tree.patients(head) if noun in taken]
    found = [i for noun in nouns for i in tree.prepositional(noun, _GIVERS)]
    return [i for i in found if i < head and i not in taken]


def _wishes(tree: Tree, head: int) -> list[int]:
    return [k for k in tree.kids(head, "advcl") if k > head and tree.token(k).tag in {"VB", "VBG"}]


def _conditions(tree: Tree, head: int) -> list[int]:
    """Return the verbs of what a deed depends on: "threatened to resume raids unless they ..."."""
    governors = [head, *tree.kids(head, "xcomp", "ccomp", "advcl")]
    clauses = [k for verb in governors for k in tree.kids(verb, "advcl")]
    return [k for k in clauses if any(tree.lemma(m) in _UNLESS for m in tree.kids(k, "mark"))]


def _under(tree: Tree, verb: int) -> list[int]:
    return [*tree.kids(verb, "nsubj", "nsubjpass"), *clause(tree, verb)]


def worded(tree: Tree, index: int, words: Words) -> bool:
    """Tell whether a token is one of the words; "*" is any verb."""
    if "*" in words.lemmas:
        return tree.token(index).pos in {"VERB", "AUX"}
    return bool(tree.lemmas(index) & words.lemmas)


def named_so(tree: Tree, index: int) -> bool:
    """Tell whether a word is only part of a name: "Islamic Relief sent food", "in March"."""
    token = tree.token(index)
    above = tree.token(token.head)
    inside = token.dep in {"compound", "nmod"} and above.tag in {"NNP", "NNPS"} and above.text[:1].isupper()
    if token.tag in {"NNP", "NNPS"} and (token.entity == "DATE" or (inside and index > 0)):
        return True
    acts = token.dep in {"nsubj", "appos", "pobj", "dobj"}
    before = [tree.token(k) for k in tree.kids(index, "compound") if tree.token(k).tag == "NNP"]
    named = any(t.entity in {"ORG", "NORP", "PERSON"} for t in [*before, token])
    return token.tag == "NNP" and acts and bool(before) and named


def modified(tree: Tree, index: int, words: Words) -> bool:
    """Tell whether the words that must stand before a token do so."""
    kids = {tree.lemma(k) for k in tree.kids(index, "amod", "compound", "nmod", "poss", "advmod")}
    return all(kids & wanted for wanted in words.modifiers)
