"""What a trigger may mean: its stem, the group of near words it is in, the event types it can evoke."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.link.account import STEM
from kg.link.stems import stem
from kg.ontology import Ontology
from kg.patterns import Form


@dataclass(frozen=True, slots=True)
class Kin:
    """The meanings that words share with others, by stem."""

    groups: Mapping[str, frozenset[str]]
    vague: frozenset[str] = frozenset()

    @classmethod
    def of(cls, ontology: Ontology) -> Kin:
        """Gather the lexicon's groups of near words, and nouns that alone evoke an event type."""
        found: dict[str, set[str]] = {}
        for name, lemmas in ontology.lexicon.kin.items():
            for lemma in lemmas:
                found.setdefault(_key(lemma), set()).add(f"kin:{name}")
        for kind in ontology.types.values():
            for lemma in {
                w for p in kind.patterns if p.form is Form.NOUN and not p.fixed for w in p.head.lemmas
            }:
                found.setdefault(_key(lemma), set()).add(f"type:{kind.name}")
        vague = frozenset(stem(word) for word in ontology.lexicon.vague)
        return cls({word: frozenset(groups) for word, groups in found.items()}, vague)

    def senses(self, words: str) -> frozenset[str]:
        """Return what a trigger may mean; "step down" is looked up as a whole before its head."""
        whole = _key(words)
        head = whole.split("-")[0]
        near = self.groups.get(whole, self.groups.get(head, frozenset()))
        return frozenset({STEM + whole}) | near


def _key(words: str) -> str:
    return "-".join(stem(word) for word in words.replace("-", " ").split())
