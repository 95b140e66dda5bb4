"""Gives each event its time: the expression that hangs nearest to it, else the passage's frame.

Expressions are resolved in the order of the text, so that "the next day" counts from what was
told before it. An event without words for its time stays undated unless a frame covers it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.extract.drafts import Draft
from kg.extract.tree import Tree
from kg.lexicon import Lexicon
from kg.model import Article, BlockKind, When, Window
from kg.timex.context import Context, Tense
from kg.timex.edtf import within
from kg.timex.find import find
from kg.timex.forms import ByEvent, Duration, Kind, Timex
from kg.timex.resolve import resolve

_LINKED = frozenset(
    "accordingly also meanwhile moreover furthermore besides then thus therefore similarly likewise".split()
)
_DURING = frozenset({"during", "in", "amid", "with"})
_OCCUR = frozenset("take happen occur last follow end erupt leave kill start begin come".split())
_PAST = frozenset("was were had has have did said came went took made began got gave told".split())
_TIMETABLED = frozenset(
    "meet vote open close begin start end resume visit travel arrive leave return depart expire convene host"
    " decide hold sign".split()
)
_SHARED = frozenset(
    "xcomp pcomp prep pobj dobj nsubj nsubjpass attr conj advcl acl agent dative".split(),
)


@dataclass(frozen=True, slots=True)
class Clock:
    """Where the telling stands: the anchors, the words of the frame, and the last block."""

    context: Context
    frame: When | None = None
    block: int = -1


@dataclass(frozen=True, slots=True)
class Dated:
    """A time expression as the text around it anchors it, and the drafts that it dates."""

    timex: Timex
    when: When
    heads: tuple[int, ...]


def read_times(
    tree: Tree, drafts: list[Draft], clock: Clock, article: Article, lexicon: Lexicon
) -> tuple[tuple[Dated, ...], Clock]:
    """Return the time expressions of a sentence in order, and the clock after it."""
    clock = _entered(tree, clock, article)
    found = []
    for timex in find(article.text, tree.sentence.span):
        owners = _owners(tree, timex, drafts, lexicon)
        tense = _scheduled(tree, owners, article) or _tense(tree, owners, drafts)
        context = replace(clock.context, tense=tense or _told_past(tree, article.text))
        when = resolve(timex, context)
        clock = _told(clock, timex, when, owned=bool(owners))
        found.append(Dated(timex, when, tuple(owners)))
    return tuple(found), clock


def dates_of(dated: Iterable[Dated], drafts: list[Draft], frame: When | None) -> dict[int, When]:
    """Return when each draft (by its head token) happened; `frame` is what the passage is about."""
    found: dict[int, When] = {}
    for one in dated:
        for head in one.heads:
            if _better(one.when, found.get(head), one.timex):
                found[head] = one.when
    if frame is not None:
        for draft in drafts:
            known = found.get(draft.head)
            if known is None or known.window is None:
                found[draft.head] = _framed(known, frame)
    return found


def _framed(known: When | None, frame: When) -> When:
    """Date an event by its passage's frame, keeping its own words where it has some."""
    span = known.span if known else frame.span
    window = within(frame.window) if frame.window else None
    return When(window, span, (*frame.anchors, "the passage is about this time"))


def _told(clock: Clock, timex: Timex, when: When, *, owned: bool) -> Clock:
    context = clock.context.told(timex, when)
    frames = timex.kind is Kind.FRAME and when.window is not None and not owned
    if timex.kind is Kind.FRAME and owned:
        context = replace(context, frame=clock.context.frame)
    return replace(clock, context=context, frame=when if frames else clock.frame)


def _entered(tree: Tree, clock: Clock, article: Article) -> Clock:
    """Step into a sentence: a new paragraph ends the frame unless it opens with a connective."""
    block = tree.sentence.block
    if block == clock.block:
        return clock
    between = article.blocks[clock.block + 1 : block] if clock.block >= 0 else ()
    if any(b.kind is BlockKind.HEADING for b in between):
        return Clock(clock.context.section(), None, block)
    if _first_word(tree, article.text) in _LINKED:
        return replace(clock, block=block)
    return Clock(clock.context.paragraph(), None, block)


def _first_word(tree: Tree, text: str) -> str:
    """Return the first word of a sentence, parsed or not, in lower case."""
    if tree.sentence.tokens:
        return tree.lemma(0)
    return tree.sentence.span.of(text).split(maxsplit=1)[0].strip(",;:").lower()


def _better(when: When, known: When | None, timex: Timex) -> bool:
    """Prefer an anchored time to a bare phrase, and the first of equals."""
    if isinstance(timex.form, Duration):
        return False
    return known is None or (known.window is None and when.window is not None)


def _owners(tree: Tree, timex: Timex, drafts: list[Draft], lexicon: Lexicon) -> list[int]:
    """Return the heads of the drafts that an expression dates."""
    inside = [t.index for t in tree.sentence.tokens if timex.span.overlaps(t.span)]
    if not inside:
        return []
    if fronted := _fronted(tree, inside, drafts):
        return [fronted]
    tops = [i for i in inside if tree.token(i).head not in inside]
    governors = [g for top in tops for g in _governors(tree, top)]
    if isinstance(timex.form, ByEvent):
        own = {d.head for d in drafts if {d.head, *tree.kids(d.head, "mark")} & set(inside)}
        drafts = [d for d in drafts if d.head not in own]
        governors = [g for g in governors if g not in inside] or governors
    reach = [
        (d.head, place) for d in drafts if (place := _reach(tree, d, governors, inside, lexicon)) is not None
    ]
    return [head for head, _ in reach]


def _governors(tree: Tree, top: int) -> Iterator[int]:
    """Yield the word that a time phrase hangs on: the first that is no preposition or date."""
    head = tree.token(top).head
    while tree.token(head).pos in {"ADP", "SCONJ", "ADV", "NUM"} and tree.token(head).head != head:
        head = tree.token(head).head
    yield head


def _reach(
    tree: Tree, draft: Draft, governors: Iterable[int], inside: list[int], lexicon: Lexicon
) -> int | None:
    """Return how far up from a draft the governor lies, or None where clauses lie between."""
    wanted = set(governors)
    at, steps = draft.head, 0
    if wanted & {draft.head, *draft.match.fixed}:
        return 0
    while tree.token(at).head != at:
        token = tree.token(at)
        if token.dep not in _SHARED or not _passes(tree, at, inside, lexicon):
            return None
        at, steps = token.head, steps + 1
        if at in wanted:
            return steps
    return None


def _passes(tree: Tree, index: int, inside: list[int], lexicon: Lexicon) -> bool:
    """Tell whether what dates the governor dates the governed too.

    "began shelling on Monday" does; "accused them on Monday of shelling" does not. A second
    verb shares only what stands before both; a marked clause shares nothing.
    """
    token = tree.token(index)
    governor = tree.lemma(token.head)
    carries = governor in lexicon.implicatives or governor in lexicon.light or governor in _OCCUR
    if token.dep == "conj":
        return token.pos != "VERB" or max(inside) < token.head
    if token.dep == "advcl":
        return not tree.kids(index, "mark") and token.tag in {"VBG", "VBN"}
    if token.dep in {"xcomp", "dobj", "nsubj", "nsubjpass", "attr"}:
        return carries
    if token.dep in {"prep", "agent", "dative"}:
        return token.lemma.lower() in _DURING or carries
    return token.dep != "acl"


def _fronted(tree: Tree, inside: list[int], drafts: list[Draft]) -> int | None:
    """In "After a truce on May 3, fighting resumed" the date belongs to the truce.

    Parsers hang such a date on the main verb; it stands before the comma, so it does not.
    """
    tokens = tree.sentence.tokens
    if tokens[0].lemma.lower() not in {"after", "before", "following", "since"} or tokens[0].dep != "prep":
        return None
    comma = next((t.index for t in tokens if t.text == ","), 0)
    if not max(inside) < comma:
        return None
    nominal = [d.head for d in drafts if d.head < min(inside) and tokens[d.head].pos == "NOUN"]
    return nominal[0] if nominal else None


def _tense(tree: Tree, owners: list[int], drafts: list[Draft]) -> Tense | None:
    """Tell past from future by the verb that the expression hangs on."""
    heads = owners or [d.head for d in drafts]
    for head in heads:
        chain = [head, *tree.ancestors(head)]
        for index in chain:
            token = tree.token(index)
            helpers = {tree.token(k).text.lower() for k in tree.kids(index, "aux")}
            if helpers & {"will", "'ll", "would", "shall"}:
                return "future"
            if token.tag in {"VBD"} or helpers & {"has", "have", "had", "was", "were"}:
                return "past"
    past = any(t.tag == "VBD" or t.text.lower() in {"has", "had", "have"} for t in tree.sentence.tokens)
    return "past" if past else None


def _scheduled(tree: Tree, owners: list[int], article: Article) -> Tense | None:
    """Tell whether a date stands with the plain present of a timetable: "parliament meets on Friday".

    Headlines tell the past so; and so, told as if it were now, do reports: "on Friday police raid the club".
    """
    if article.blocks[tree.sentence.block].kind is not BlockKind.PARAGRAPH:
        return None
    plain = [i for i in owners if tree.token(i).tag in {"VBZ", "VBP"} and not tree.kids(i, "aux", "auxpass")]
    timetabled = plain and len(plain) == len(owners) and {tree.lemma(i) for i in plain} <= _TIMETABLED
    return "future" if timetabled else None


def _told_past(tree: Tree, text: str) -> Tense | None:
    """Tell whether a sentence that was not parsed has a verb in the past."""
    words = [] if tree.sentence.tokens else tree.sentence.span.of(text).lower().split()
    return "past" if any(word in _PAST or word.endswith("ed") for word in words) else None


def still_ahead(when: When | None, published: Window | None) -> bool:
    """Tell whether a time begins only after the day on which the text was published: "next week's visit"."""
    if when is None or when.window is None or published is None:
        return False
    first, last = when.window.earliest, published.latest
    return first is not None and last is not None and first > last
