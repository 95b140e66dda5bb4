"""Learns the persons of an article: full names, the state that their title gives, surnames.

"Foreign Minister of Freedonia Rufus Firefly said ... Firefly added": the later short name is
the same person, unless two persons of the article share it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from kg.extract.tree import Tree
from kg.gazetteer import fold
from kg.iri import digest, slug
from kg.model import Entity
from kg.ontology import Ontology


def learn_people(trees: Iterable[Tree], ontology: Ontology, sha256: str) -> Mapping[str, Entity]:
    """Return the article's persons by folded full name and by surname that is one person's only."""
    full: dict[str, Entity] = {}
    for tree in trees:
        for token in tree.sentence.tokens:
            words = _full_name(tree, token.index, ontology)
            if len(words) < 2:
                continue
            name = " ".join(words)
            known = ontology.gazetteer.actors.get(fold(name))
            if known is None and token.entity != "PERSON":
                continue
            if known is not None and known.kind != "Person":
                continue
            full.setdefault(fold(name), known or _learnt(tree, token.index, name, ontology, sha256))
    return {**_surnames(full), **full}


def _full_name(tree: Tree, index: int, ontology: Ontology) -> list[str]:
    """Return the words of a personal name: the capitalised compounds before its last word."""
    token = tree.token(index)
    if token.pos != "PROPN" or token.dep == "compound" or not token.text[:1].isupper():
        return []
    before = [tree.token(k) for k in tree.kids(index, "compound") if k < index]
    words = [
        t.text
        for t in before
        if t.text[:1].isupper()
        and t.lemma.lower() not in ontology.lexicon.titles
        and fold(t.text) not in ontology.gazetteer.nations
    ]
    return [*words, token.text]


def _learnt(tree: Tree, index: int, name: str, ontology: Ontology, sha256: str) -> Entity:
    """Return a person nobody knew: by name and state, so the same in all articles, or in this alone."""
    links = _acts_for(tree, index, ontology)
    home = [other.key for _, other in links] or [sha256]
    key = f"{slug(name)}-x{digest(*home, fold(name))[:8]}"
    return Entity("Person", key, name, described=not links, learnt=bool(links), links=links)


def _acts_for(tree: Tree, index: int, ontology: Ontology) -> tuple[tuple[str, Entity], ...]:
    """Link a person to the state of the office that stands before the name."""
    before = [tree.token(k) for k in sorted(_modifiers(tree, index)) if k < index]
    offices = {t.lemma.lower() for t in before} | {
        f"{a.lemma} {b.lemma}".lower() for a, b in pairwise(before)
    }
    if not offices & ontology.lexicon.offices or "former" in offices or "opposition" in offices:
        return ()
    states = (ontology.gazetteer.nations.get(fold(t.text)) for t in before)
    state = next((s for s in states if s is not None), None)
    return (("actsFor", state),) if state else ()


def _modifiers(tree: Tree, index: int) -> Iterator[int]:
    """Yield what stands before a name: its title, and the adjective that hangs on the title."""
    for kid in tree.kids(index, "compound", "amod", "nmod", "det", "advmod"):
        yield kid
        yield from _modifiers(tree, kid)


def _surnames(full: Mapping[str, Entity]) -> dict[str, Entity]:
    by_surname: dict[str, set[str]] = {}
    for name in full:
        by_surname.setdefault(name.split()[-1], set()).add(full[name].key)
    return {
        name.split()[-1]: entity for name, entity in full.items() if len(by_surname[name.split()[-1]]) == 1
    }
