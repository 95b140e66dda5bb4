"""Who speaks in direct speech, also where it runs over several sentences.

"They burned the mill. They took the men," said Ada Quill: the parser reads sentence by sentence, and the
first one names nobody. So the marks are looked for in the text, and the speaker beside them. What stands
between quotation marks is never the article's own word, named speaker or not.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from kg.extract.hedging import weaken
from kg.extract.sourcing import speaking
from kg.extract.tree import Tree
from kg.extract.voice import Speaker
from kg.lexicon import Lexicon
from kg.model import Article, Attribution, Factuality, Filler, Span, Token

_MARKS: Final = {"“": "”", '"': '"', "«": "»", "„": "“"}
_BEFORE: Final = frozenset(" \n\t([{—–-/")
T = TypeVar("T")
_THOUGHT: Final = frozenset({Factuality.ASSERTED, Factuality.HYPOTHETICAL})  # "knew", "hoped", "has"
_SENTENCE: Final = frozenset(",.?!…")  # before the closing mark
_WORDS: Final = 4  # fewer are a name or a word held at arm's length, if they end like no sentence


@dataclass(frozen=True, slots=True)
class Quotation:
    """Direct speech with its marks, who speaks where that is told, and how the speaker is believed."""

    span: Span
    block: int
    speaker: Filler | None = None
    factuality: Factuality = Factuality.REPORTED


def quotations(article: Article) -> Iterator[Quotation]:
    """Yield what stands between quotation marks, in order.

    A paragraph that leaves its marks open counts where the next one opens them again, as custom has it.
    """
    texts = [block.span.of(article.text) for block in article.blocks]
    for number, (block, text) in enumerate(zip(article.blocks, texts, strict=True)):
        following = texts[number + 1] if number + 1 < len(texts) else ""
        goes_on = following[:1] in _MARKS
        for start, end in _pairs(text, goes_on=goes_on):
            if len(text[start:end].split()) >= _WORDS or text[end - 2] in _SENTENCE:
                yield Quotation(Span(block.span.start + start, block.span.start + end), number)


def _pairs(text: str, *, goes_on: bool) -> Iterator[tuple[int, int]]:
    start, close = -1, ""
    for at, mark in enumerate(text):
        if start >= 0 and mark == close and not text[at - 1].isspace():
            yield start, at + 1
            start = -1
        elif start < 0 and mark in _MARKS and (at == 0 or text[at - 1] in _BEFORE):
            start, close = at, _MARKS[mark]
    if start >= 0 and goes_on:
        yield start, len(text)


def direct_speech(
    trees: Sequence[Tree], article: Article, lexicon: Lexicon, speaker: Speaker
) -> tuple[Quotation, ...]:
    """Return the direct speech of an article, each with its speaker: beside it, else as just before it."""
    found: list[Quotation] = []
    given = list(quotations(article))
    for one in given:
        near = _among(trees, one.span, lambda tree: tree.sentence.span)
        around = [quoted for tree in near for quoted in _among(given, tree.sentence.span, _span)]
        told = next(_speakers(one, near, around, lexicon, speaker), None)
        if told is None and found and _goes_on(found[-1], one, article.text):
            told = replace(found[-1], span=one.span)
        found.append(told or one)
    return tuple(found)


def _goes_on(before: Quotation, one: Quotation, text: str) -> bool:
    """Tell whether the same person speaks on: between both stands no more than who spoke."""
    between = text[before.span.end : one.span.start]
    return before.block == one.block and sum(map(between.count, ".?!")) <= 1


def _speakers(
    one: Quotation, trees: Iterable[Tree], given: Iterable[Quotation], lexicon: Lexicon, speaker: Speaker
) -> Iterator[Quotation]:
    """Yield who is told to speak in the sentences of a quotation, the nearest first."""
    verbs = [(tree, token) for tree in trees for token in tree.sentence.tokens if token.pos == "VERB"]
    for tree, verb in sorted(verbs, key=lambda pair: _distance(pair[1], one.span)):
        said = lexicon.speech.get(verb.lemma.lower(), Factuality.ASSERTED)
        if said in _THOUGHT or _inside(verb, given):
            continue
        who = speaking(tree, verb.index)
        if who is not None and not _inside(tree.token(who), given):
            factuality = Factuality.ALLEGED if said is Factuality.ALLEGED else Factuality.REPORTED
            yield replace(one, speaker=speaker(tree, who), factuality=factuality)


def _among(ordered: Sequence[T], span: Span, of: Callable[[T], Span]) -> Sequence[T]:
    """Return which of some things, in order and apart from each other, overlap a span."""
    first = bisect_right(ordered, span.start, key=lambda each: of(each).end)
    return ordered[first : bisect_left(ordered, span.end, first, key=lambda each: of(each).start)]


def _span(one: Quotation) -> Span:
    return one.span


def _distance(token: Token, span: Span) -> int:
    return max(token.span.start - span.end, span.start - token.span.end)


def _inside(token: Token, given: Iterable[Quotation]) -> bool:
    return any(one.span.covers(token.span) for one in given)


def spoken(found: Attribution, trigger: Span, speech: Sequence[Quotation]) -> Attribution:
    """Return whose word an event is, where nobody was found for it and it stands in direct speech."""
    around = _among(speech, trigger, _span)
    if found.claimants or not around or not around[0].span.covers(trigger):
        return found
    one = around[0]
    said = weaken(found, one.factuality, Span(one.span.start, one.span.start + 1))
    return replace(said, claimants=(one.speaker,)) if one.speaker else said
