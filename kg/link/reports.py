"""Turns the events of an article into accounts for linking."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from kg.link.account import STEM, WORD, Account
from kg.link.kin import Kin
from kg.link.stems import content, stem
from kg.model import Article, BlockKind, Count, Entity, Event, Filler, Span
from kg.ontology import PLAIN, Ontology

_DEFINITE: Final = re.compile(
    r"(?i)\b(?:the|this|these|those) (?:[\w-]*(?:i|ish|ian|ese|ic|al|ive|ly|ous|est|first|second|third) )?$"
)
_WORD: Final = re.compile(r"[^\W_]+")
_STANDS: Final = frozenset({"actsFor", "standsFor"})
_OPENING: Final = 3  # paragraphs that, with the title, tell what an article is about

Identify = Callable[[Span], str]


def accounts(
    article: Article, events: Iterable[Event], ontology: Ontology, kin: Kin, identify: Identify
) -> tuple[Account, ...]:
    """Return an account of each event; `identify` names the report that has a trigger."""
    story, published = _story(article), article.published
    found = []
    for event in events:
        words = event.trigger.of(article.text).lower()
        window = event.when.window if event.when else None
        senses = kin.senses(words)
        found.append(
            Account(
                report=identify(event.trigger),
                article=article.sha256,
                type=event.type,
                kinds=kinds(event.type, words, ontology),
                trigger=words,
                senses=senses,
                words=content(event.sentence.of(article.text)),
                roles=frozenset(_roles(event, article)),
                places=frozenset(key for f in event.fillers("place") for key in _around(f.entity)),
                first=window.earliest if window else None,
                last=window.latest if window else None,
                published=(published.earliest, published.latest) if published else (None, None),
                counts=tuple(
                    (v.kind, v.least, v.most) for v in event.values("casualties") if isinstance(v, Count)
                ),
                factuality=event.existence.attribution.factuality.value,
                story=story,
                position=event.trigger.start,
                definite=_DEFINITE.search(article.text[: event.trigger.start]) is not None,
            )
        )
    return tuple(found)


def repeats(events: Iterable[Event], identify: Identify) -> Iterator[tuple[str, str]]:
    """Yield the pairs of reports that the extractor takes for one event: a headline's and the text's."""
    for event in events:
        if event.repeats is not None:
            yield identify(event.trigger), identify(event.repeats)


def kinds(name: str, words: str, ontology: Ontology) -> tuple[str, ...]:
    """Return a type and those above it, narrowest first, up to the last with a code of PLOVER.

    An event of no type is of the kind of its own word: "founded" is compared with "founded" alone.
    """
    if name == PLAIN:
        return (STEM + "-".join(stem(word) for word in words.split()),)
    above = ontology.supers.get(name, frozenset({name}))
    ordered = sorted(above, key=lambda kind: (-len(ontology.supers.get(kind, ())), kind))
    coded = [n for n, kind in enumerate(ordered) if kind in ontology.plover]
    return tuple(ordered[: coded[-1] + 1]) if coded else (name,)


def _roles(event: Event, article: Article) -> Iterator[tuple[str, str]]:
    for claim in event.claims:
        if isinstance(claim.value, Filler) and claim.aspect != "place":
            for key in _keys(claim.value, article):
                yield claim.aspect, key


def _keys(filler: Filler, article: Article) -> Iterator[str]:
    """Yield the key of a filler and of whom it stands or acts for; of somebody unknown, the head word."""
    if filler.entity.described:
        words = _WORD.findall((filler.antecedent or filler.span).of(article.text))
        if words:
            yield WORD + stem(words[-1])
    else:
        yield filler.entity.key
    yield from (other.key for name, other in filler.entity.links if name in _STANDS and not other.described)


def _around(place: Entity) -> Iterator[str]:
    yield place.key
    for name, other in place.links:
        if name == "within":
            yield from _around(other)


def _story(article: Article) -> frozenset[str]:
    """Return the words of an article's title and first paragraphs."""
    opening = [b.span for b in article.blocks if b.kind is BlockKind.PARAGRAPH][:_OPENING]
    return content(" ".join([article.title or "", *(span.of(article.text) for span in opening)]))
