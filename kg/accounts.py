"""Reads from an article's quads what linking needs to know of each of its reports."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.axioms import Axioms
from kg.iri import NS
from kg.link.account import STEM, WORD, Account, Bounds
from kg.link.kin import Kin
from kg.link.stems import content, stem
from kg.model import Factuality
from kg.terms import LABEL, RDFS, START, TYPE, plain, schema
from kg.told import Said, Told

_DEFINITE: Final = re.compile(
    r"(?i)\b(?:the|this|these|those)\s+(?:[\w-]*(?:i|ish|ian|ese|ic|al|ive|ly|ous|est|first|second|third)\s+)?$"
)
_REACH: Final = 40  # characters before a trigger that can make it definite
_STORY: Final = 800  # characters of the text that tell what an article is about
_PLAIN: Final = f"{NS}Event"
_MINTED: Final = "-x"  # in the IRIs of those whom no authority names
_ARTICLES: Final = frozenset({"the", "a", "an"})
_ROLES: Final = frozenset(
    f"{NS}{name}" for name in ("agent", "target", "beneficiary", "instrument", "participant")
)


@dataclass(frozen=True, slots=True)
class Senses:
    """What words mean to linking: classes and those above them, and the kin of triggers."""

    above: Mapping[str, tuple[str, ...]]
    coded: frozenset[str]
    kin: Kin

    @classmethod
    def of(cls, axioms: Axioms, kin: Kin) -> Senses:
        """Read what class is under what, up to and without Event."""
        over: dict[str, list[str]] = defaultdict(list)
        for triple in sorted(axioms.triples, key=str):
            if triple.predicate.value == f"{RDFS}subClassOf" and isinstance(triple.object, NamedNode):
                over[plain(triple.subject)].append(triple.object.value)
        coded = {plain(triple.subject) for triple in axioms.triples if triple.predicate == _kg("plover")}
        return cls({name: tuple(_chain(name, over)) for name in over}, frozenset(coded), kin)

    def kinds(self, iri: str, words: str) -> tuple[str, ...]:
        """Return a class with those above it, narrowest first, up to the last with a code of PLOVER.

        They are given by local names. An event of no type is of the kind of its own word: "founded"
        is compared with "founded" alone.
        """
        if iri == _PLAIN:
            return (STEM + "-".join(stem(word) for word in words.split()),)
        found = (iri, *(name for name in self.above.get(iri, ()) if name != _PLAIN))
        coded = [number for number, name in enumerate(found) if name in self.coded]
        kept = found[: coded[-1] + 1] if coded else found
        return tuple(name.removeprefix(NS) for name in kept)


def _chain(name: str, over: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield what is above a class, level by level, each once."""
    seen, waiting = {name}, [name]
    for each in waiting:
        for other in over.get(each, ()):
            if other not in seen:
                seen.add(other)
                waiting.append(other)
                yield other


def accounts(quads: Iterable[Quad], text: str, senses: Senses) -> tuple[Account, ...]:
    """Return an account of each report among an article's quads, in the order of its text."""
    told = Told.of(quads)
    articles = [node for node, known in told.facts.items() if _is(known, "Article")]
    found = [
        _account(told, report, article, text, senses)
        for article in articles
        for report in sorted(told.claims, key=str)
        if told.stated_in(report) == article.value
    ]
    return tuple(sorted(found, key=lambda account: (account.position, account.report)))


def _is(known: Mapping[str, list[NamedNode | Literal]], kind: str) -> bool:
    return NamedNode(NS + kind) in known.get(TYPE.value, ())


def _account(told: Told, report: NamedNode, article: NamedNode, text: str, senses: Senses) -> Account:
    claims = told.claims[report]
    kinds = sorted({claim.value.value for claim in claims if claim.aspect == TYPE})
    trigger = next(iter(told.of_node(report, "words")), report)
    sentence = next(iter(told.of_node(NamedNode(trigger.value), "inSentence")), trigger)
    words = " ".join(told.quote(trigger)).lower()
    start = int(next((v.value for v in told.facts[NamedNode(trigger.value)].get(START.value, ())), "0"))
    first, last = _when(told, claims)
    return Account(
        report=report.value,
        article=article.value,
        type=kinds[0].removeprefix(NS) if kinds else "",
        kinds=senses.kinds(kinds[0], words) if kinds else (),
        trigger=words,
        senses=senses.kin.senses(words),
        words=content(" ".join(told.quote(sentence))),
        roles=frozenset(_roles(told, claims)),
        places=frozenset(_places(told, claims)),
        first=first,
        last=last,
        published=told.span(article),
        counts=tuple(sorted(_counts(told, claims), key=str)),
        factuality=next(
            (c.factuality for c in claims if c.aspect == _kg("status")), Factuality.ASSERTED
        ).value,
        story=content(f"{_title(told, article)} {text[:_STORY]}"),
        position=start,
        definite=bool(_DEFINITE.search(text[max(start - _REACH, 0) : start])),
    )


def _kg(name: str) -> NamedNode:
    return NamedNode(NS + name)


def _title(told: Told, article: NamedNode) -> str:
    return " ".join(value.value for value in told.facts[article].get(schema("headline").value, ()))


def _told(told: Told, claims: Iterable[Said], aspects: frozenset[str]) -> Iterator[Said]:
    """Yield the claims on some aspects that are not denied and not merely inferred."""
    for claim in claims:
        inferred = _kg("Inferred") in told.of_node(claim.node, "basis")
        if claim.aspect.value in aspects and claim.factuality is not Factuality.DENIED and not inferred:
            yield claim


def _when(told: Told, claims: Iterable[Said]) -> Bounds:
    spans = [told.span(claim.value) for claim in _told(told, claims, frozenset({f"{NS}when"}))]
    return next((span for span in spans if span != (None, None)), (None, None))


def _roles(told: Told, claims: Iterable[Said]) -> Iterator[tuple[str, str]]:
    """Yield who fills which role, with those that they act for."""
    for claim in _told(told, claims, _ROLES):
        role = claim.aspect.value.removeprefix(NS)
        yield from (
            (role, key) for node in _upwards(told, claim.value, "actsFor") for key in _key(told, node)
        )


def _places(told: Told, claims: Iterable[Said]) -> Iterator[str]:
    for claim in _told(told, claims, frozenset({f"{NS}place"})):
        yield from (key for node in _upwards(told, claim.value, "within") for key in _key(told, node))


def _key(told: Told, node: NamedNode) -> Iterator[str]:
    """Yield the key of somebody or a place: what is known by its IRI, a name by itself.

    Whoever is only described goes by the last word, which forbids nothing.
    """
    if _MINTED not in node.value or _described(told, node):
        yield node.value
        return
    label = next((value.value for value in told.facts.get(node, {}).get(LABEL.value, ())), "")
    words = [word for word in label.split() if word.lower() not in _ARTICLES]
    if words and all(word[:1].isupper() for word in words):
        yield f"name {' '.join(words).lower()}"
    elif words:
        yield WORD + stem(words[-1])


def _described(told: Told, node: NamedNode) -> bool:
    return any(node in known.get(f"{NS}describes", ()) for known in told.facts.values())


def _upwards(told: Told, node: NamedNode, name: str) -> Iterator[NamedNode]:
    """Yield a node and what one of kg's properties leads to from it, however far."""
    seen, waiting = {node}, [node]
    for each in waiting:
        yield each
        for other in told.of_node(each, name):
            if isinstance(other, NamedNode) and other not in seen:
                seen.add(other)
                waiting.append(other)


def _counts(told: Told, claims: Iterable[Said]) -> Iterator[tuple[str, int | None, int | None]]:
    for claim in _told(told, claims, frozenset({f"{NS}casualties"})):
        kinds = told.of_node(claim.value, "casualtyKind")
        kind = kinds[0].value.removeprefix(NS) if kinds else ""
        yield kind, told.number(claim.value, "atLeast"), told.number(claim.value, "atMost")
