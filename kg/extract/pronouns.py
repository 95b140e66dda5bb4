"""Resolves pronouns where it is safe, and abstains everywhere else.

Coreference makes the most dangerous errors, so four cases only, each marked with its basis:
the subject of reported speech that is the speaker ("Oslo said it had ..."), "he/she" where one
person is named nearby, "they/them" where one group of people is, and "it" as the subject right
after a sentence whose subject is a state or an organisation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.extract.resolve import Resolver
from kg.extract.tree import Tree
from kg.model import Basis, Entity, Filler, Span, Token

_SINGULAR = frozenset({"he", "she", "him"})
_PLURAL = frozenset({"they", "them"})
_KINDS = {
    "he": ("Person",),
    "she": ("Person",),
    "they": ("Group", "SecurityForce"),
    "it": ("State", "Organisation"),
}


def resolve_pronouns(trees: Iterable[Tree], resolver: Resolver) -> Mapping[Span, Filler]:
    """Return the pronouns of an article that could be resolved, with what they stand for."""
    found: dict[Span, Filler] = {}
    before: Tree | None = None
    for tree in trees:
        same = before is not None and before.sentence.block == tree.sentence.block
        context = [before, tree] if before is not None and same else [tree]
        for token in tree.sentence.tokens:
            word = token.text.lower()
            if token.pos != "PRON":
                continue
            filler = _reported(tree, token.index, resolver)
            if filler is not None:
                pass
            elif word in _SINGULAR | _PLURAL:
                kinds = ("Person",) if word in _SINGULAR else ("Group",)
                filler = _only(context, resolver, token, kinds)
            elif word == "it" and before is not None and same:
                filler = _parallel(before, tree, token.index, resolver)
            if filler:
                found[token.span] = filler
        before = tree
    return found


def _reported(tree: Tree, index: int, resolver: Resolver) -> Filler | None:
    """In "Oslo said it had ..." the pronoun is the speaker, where kind and number fit."""
    token = tree.token(index)
    kinds = _KINDS.get(token.text.lower())
    verb = tree.token(token.head)
    if kinds is None or token.dep not in {"nsubj", "nsubjpass"} or verb.dep != "ccomp":
        return None
    speech = tree.token(verb.head)
    if speech.lemma.lower() not in resolver.ontology.lexicon.speech:
        return None
    subjects = [k for k in tree.kids(speech.index, "nsubj") if k < index]
    if len(subjects) != 1 or tree.token(subjects[0]).pos == "PRON":
        return None
    entity = _reading(tree, subjects[0], resolver, kinds)
    return Filler(tree.phrase(subjects[0]), entity, Basis.COREFERENCE) if entity else None


def _only(trees: list[Tree], resolver: Resolver, pronoun: Token, kinds: tuple[str, ...]) -> Filler | None:
    """Return the one thing of this kind named before the pronoun, if there is only one."""
    found: dict[str, Filler] = {}
    doers, barred = _doers(trees[-1], pronoun), False
    for tree in trees:
        for token in tree.sentence.tokens:
            if token.span.start >= pronoun.span.start or token.dep in {"compound", "amod", "nmod", "poss"}:
                continue
            if token.pos not in {"NOUN", "PROPN"}:
                continue
            if kinds == ("Group",) and token.tag not in {"NNS", "NNPS"}:
                continue
            if entity := _reading(tree, token.index, resolver, kinds):
                found[entity.key] = Filler(tree.phrase(token.index), entity, Basis.COREFERENCE)
                barred |= token.span in doers
    return next(iter(found.values())) if len(found) == 1 and not barred else None


def _doers(tree: Tree, pronoun: Token) -> frozenset[Span]:
    """Return the subjects of the clause in which a pronoun is no subject: "him" is not who met him.

    Principle B of the theory of binding (Chomsky 1981).
    """
    if pronoun.dep in {"nsubj", "nsubjpass"}:
        return frozenset()
    verb = next((a for a in tree.ancestors(pronoun.index) if tree.token(a).pos in {"VERB", "AUX"}), None)
    subjects = tree.surface_subjects(verb) if verb is not None else []
    return frozenset(tree.token(each).span for index, _ in subjects for each in tree.coordinated(index))


def _reading(tree: Tree, index: int, resolver: Resolver, kinds: tuple[str, ...]) -> Entity | None:
    readings = resolver.readings(tree, index)
    return next((r.entity for r in readings if resolver.ontology.is_a(r.entity.kind, kinds)), None)


def _parallel(before: Tree, tree: Tree, index: int, resolver: Resolver) -> Filler | None:
    """Take the last sentence's subject for "it" where both are the subjects of main verbs."""
    token = tree.token(index)
    head = tree.token(token.head)
    earlier = any(t.pos in {"PROPN", "PRON"} for t in tree.sentence.tokens[:index])
    if token.dep != "nsubj" or head.dep != "ROOT" or earlier:
        return None
    subjects = [t for t in before.sentence.tokens if t.dep in {"nsubj", "nsubjpass"}]
    main = [t for t in subjects if before.token(t.head).dep == "ROOT"]
    if len(main) != 1 or len(before.coordinated(main[0].index)) > 1:
        return None
    entity = _reading(before, main[0].index, resolver, ("State", "Organisation"))
    return Filler(before.phrase(main[0].index), entity, Basis.COREFERENCE) if entity else None
