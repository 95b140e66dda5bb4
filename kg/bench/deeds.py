"""What the sentences of a text say that named ones do or undergo, of any kind, and when.

For timelines of anybody: unlike the events of `kg.extract`, deeds have no type. Left out is what is
denied, wished, possible or still to come without a date, and what a headline repeats.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.bench.cat_trees import Numbered
from kg.extract.drafts import Draft
from kg.extract.match import Match
from kg.extract.times import Clock, dates_of, read_times
from kg.extract.tree import Tree
from kg.lexicon import Lexicon
from kg.link.kin import Kin
from kg.link.stems import stem
from kg.model import Article, BlockKind, Span, Token, When, Window
from kg.ontology import PLAIN
from kg.patterns import Form, Pattern, Words
from kg.timex.context import Context

_HELPING: Final = frozenset({"aux", "auxpass", "amod", "compound"})
_OPEN: Final = frozenset("may might could would should must can shall will 'll ’ll wo ca".split())
_COMING: Final = frozenset("will 'll ’ll shall wo".split())
_NOMINAL: Final = ("tion", "sion", "ment", "ance", "ence", "ure", "al")
_OF: Final = frozenset({"of", "by"})
_OWNERS: Final = frozenset({"PROPN", "NOUN", "PRON"})


Role = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb or noun that somebody takes part in: its sentence and words, who, and its day or days."""

    sentence: int
    words: str
    head: int
    tree: Tree
    who: tuple[Role, ...]
    window: Window | None


def deeds(sentences: Sequence[Numbered], article: Article, lexicon: Lexicon, kin: Kin) -> Iterator[Deed]:
    """Yield the deeds of a text in its order; what has no date of its own is of the story's day."""
    clock = Clock(Context(publication=article.published))
    today: Window | None = None
    for numbered in sentences:
        tree = numbered.tree
        if article.blocks[tree.sentence.block].kind is not BlockKind.PARAGRAPH:
            continue
        who = dict(_triggers(tree, kin, lexicon.light))
        drafts = [_draft(tree, index) for index in who]
        dated, clock = read_times(tree, drafts, clock, article, lexicon)
        times = dates_of(dated, drafts, None)
        today = today or _day(times.values(), article.published)
        for head, roles in who.items():
            window = _window(tree, head, times.get(head), (today, article.published))
            yield Deed(numbered.number, _words(tree, head, article.text), head, tree, roles, window)


def _triggers(tree: Tree, kin: Kin, light: Container[str]) -> Iterator[tuple[int, tuple[Role, ...]]]:
    """Yield verbs and nouns with who takes part; "gave a speech" is the speech."""
    for token in tree.sentence.tokens:
        index = token.index
        eventive = token.pos == "NOUN" and _eventive(token.lemma.lower(), kin)
        if token.pos == "VERB" and token.dep not in _HELPING and _real(tree, index):
            objects = (tree.token(k) for k in tree.kids(index, "dobj"))
            nouns = [o.index for o in objects if o.pos == "NOUN" and _eventive(o.lemma.lower(), kin)]
            if nouns and tree.lemma(index) in light:
                yield from ((noun, (*_doers(tree, index), *_owners(tree, noun))) for noun in nouns)
            else:
                yield index, (*_doers(tree, index), *_undergoers(tree, index))
        elif eventive and (owners := tuple(_owners(tree, index))):
            yield index, owners


def _eventive(lemma: str, kin: Kin) -> bool:
    known = kin.groups.get(stem(lemma))
    return bool(known) or (lemma.endswith(_NOMINAL) and stem(lemma) != lemma)


def _real(tree: Tree, verb: int) -> bool:
    """Tell whether a verb is told as done, or as sure to come."""
    token = tree.token(verb)
    helpers = {tree.token(k).text.lower() for k in tree.kids(verb, "aux", "auxpass")}
    if tree.kids(verb, "neg") or helpers & (_OPEN - _COMING):
        return False
    if {tree.token(k).text.lower() for k in tree.kids(verb, "mark")} & {"if", "unless", "whether"}:
        return False
    return token.tag != "VB" or bool(helpers & (_COMING | {"did", "do", "does"}))


def _doers(tree: Tree, verb: int) -> Iterator[Role]:
    yield from (("agent", i) for i, _ in tree.agents(verb))


def _undergoers(tree: Tree, verb: int) -> Iterator[Role]:
    yield from (("target", i) for i, _ in tree.patients(verb))
    yield from (("target", i) for i in tree.kids(verb, "dative"))


def _owners(tree: Tree, noun: int) -> Iterator[Role]:
    yield from (("agent", i) for i in tree.kids(noun, "poss"))
    yield from (("target", i) for i in tree.kids(noun, "compound") if tree.token(i).pos == "PROPN")
    yield from (("target", i) for i in tree.prepositional(noun, _OF) if tree.token(i).pos in _OWNERS)


def _words(tree: Tree, head: int, text: str) -> str:
    """Return a trigger as the task writes it, with its particle: "took_off"."""
    return "_".join(word_at(tree.token(i), text, "-") for i in (head, *tree.kids(head, "prt")))


def word_at(token: Token, text: str, inner: str = "") -> str:
    """Return the word that a token is of, where a parser cuts "3G" in two; `inner` may stand in it."""
    start, end = token.span.start, token.span.end
    while start and (text[start - 1].isalnum() or text[start - 1] in inner):
        start -= 1
    while end < len(text) and (text[end].isalnum() or text[end] in inner):
        end += 1
    return text[start:end] if token.text.isalnum() else token.text


def _draft(tree: Tree, head: int) -> Draft:
    lemma = tree.lemma(head)
    pattern = Pattern(lemma, Form.VERB, Words(frozenset({lemma})), frozenset(), None, ())
    return Draft(tree, Match(PLAIN, pattern, head, tree.token(head).span, ()), ())


def _day(times: Iterable[When], published: Window | None) -> Window | None:
    """Return the day of the story: the first day told that lies in the week before publication."""
    for when in times:
        window = when.window
        if window and published and _one_day(window) and _one_day(published):
            assert window.latest and published.latest
            if 0 <= (published.latest - window.latest).days <= 7:
                return window
    return None


def _one_day(window: Window) -> bool:
    return window.earliest is not None and window.earliest == window.latest


def _window(
    tree: Tree, head: int, when: When | None, days: tuple[Window | None, Window | None]
) -> Window | None:
    """Return when a deed was: its own words, else the story's day for the past, today for the present."""
    if when is not None and when.window is not None:
        return when.window
    today, published = days
    finite = _finite(tree, head)
    if finite in ("past", "noun"):
        return today or published
    return published if finite == "present" else None


def _finite(tree: Tree, head: int) -> str:
    """Return past, present, noun, or nothing where the tense puts it elsewhere."""
    token = tree.token(head)
    if token.pos != "VERB":
        above = tree.token(token.head)
        return _finite(tree, above.index) if token.dep == "dobj" and above.pos == "VERB" else "noun"
    helpers = {tree.token(k).text.lower() for k in tree.kids(head, "aux", "auxpass")}
    if helpers & (_COMING | {"had"}):
        return ""
    if token.tag == "VBD" or helpers & {"was", "were", "did"}:
        return "past"
    if token.tag in ("VBZ", "VBP") or helpers & {"is", "are", "has", "have", "do", "does"}:
        return "present"
    verb = next((t for t in map(tree.token, tree.ancestors(head)) if t.pos == "VERB"), None)
    return _finite(tree, verb.index) if verb is not None else ""


def anchor(window: Window) -> str:
    """Return a window as one date, as coarse as it has to be: of a stretch, its start.

    >>> from datetime import date
    >>> anchor(Window("2024-05", date(2024, 5, 1), date(2024, 5, 31)))
    '2024-05'
    """
    start = re.sub(r"-01-01$|(?<=-\d\d)-01$", "", window.edtf.split("/")[0])
    if "/" in window.edtf and re.fullmatch(r"\d{4}(-\d\d){0,2}", start):
        return start
    first, last = window.earliest, window.latest
    if first is None or last is None or first.year != last.year:
        return ""
    if first == last:
        return first.isoformat()
    return f"{first:%Y-%m}" if first.month == last.month else f"{first:%Y}"


def span_of(deed: Deed) -> Span:
    """Return the span of a deed's trigger."""
    return deed.tree.token(deed.head).span
