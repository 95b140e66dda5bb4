"""Made-up articles: the same in every run, with actors and places that are all alike or follow Zipf.

An article has 30 claims on five events; there are twenty articles a day. Under Zipf's law the actor or
place of rank n comes up as often as `n ** -steep` says, so that a few are in most of the news.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from kg.changes import Contribution
from kg.iri import Names
from kg.mapping import to_quads
from kg.model import (
    Article,
    Attribution,
    Block,
    BlockKind,
    Claim,
    Entity,
    Event,
    Factuality,
    Filler,
    Span,
    When,
    Window,
)
from kg.naming import article_graph, article_iri

NAMES = Names()
A_DAY, FIRST = 20, date(2000, 1, 1)
KINDS = {
    "struck": "MilitaryAttack", "raided": "Raid", "accused": "Accusation", "met": "Talks",
    "jailed": "Detention",
}  # fmt: skip
EVENTS = len(KINDS)
APART = 1_000_003  # how far the numbers that seeds begin from lie apart


class Deed(NamedTuple):
    """What a sentence tells, by the numbers of those in it."""

    agent: int
    verb: str
    target: int
    where: int
    day: date
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Corpus:
    """A law of news: how many actors, places and lands there are, and how much the first ones lead.

    Of every `denials` articles one denies what the one before it told (0: none does).
    """

    actors: int = 100
    places: int = 100
    lands: int = 100
    steep: float = 0.0
    denials: int = 0
    seed: int = 0

    def article(self, number: int) -> Contribution:
        """Return all that the article of this number says."""
        said = self.deeds(number)
        lines = [sentence(deed, number) for deed in said]
        text = " ".join(lines)
        blocks = (Block(BlockKind.PARAGRAPH, Span(0, len(text))),)
        day = said[0].day
        told = Window(day.isoformat(), day, day)
        article = Article(f"{number}.txt", text, blocks, title=f"News {number}", published=told)
        events = [
            self._event(line, start, deed)
            for line, start, deed in zip(lines, _starts(lines), said, strict=True)
        ]
        quads = tuple(to_quads(article, events, NAMES))
        return Contribution(
            article_iri(article, NAMES).value, article_graph(article, NAMES).value, quads, text
        )

    def deeds(self, number: int) -> tuple[Deed, ...]:
        """Return what the article of this number tells; its events are of today or, denied, of before."""
        own = tuple(self._drawn(number))
        if self.denials and number % self.denials == self.denials - 1:
            return (next(self._drawn(number - 1))._replace(denied=True), *own[1:])
        return own

    def _drawn(self, number: int) -> Iterator[Deed]:
        luck = random.Random(self.seed * APART + number)  # noqa: S311  # no secret
        day = FIRST + timedelta(days=number // A_DAY)
        for verb in KINDS:
            agent, target = self._pick(luck, self.actors), self._pick(luck, self.actors)
            if target == agent:
                target = (agent + 1) % self.actors
            yield Deed(agent, verb, target, self._pick(luck, self.places), day)

    def _pick(self, luck: random.Random, number: int) -> int:
        if not self.steep:
            return luck.randrange(number)
        return luck.choices(range(number), cum_weights=_weights(number, self.steep))[0]

    def _event(self, line: str, start: int, deed: Deed) -> Event:
        """Return the event of a sentence, with its six claims."""
        whole = Span(start, start + len(line))

        def words(text: str, after: str = "") -> Span:
            at = start + line.index(text, line.index(after) + len(after))
            return Span(at, at + len(text))

        values = {
            "type": KINDS[deed.verb],
            "status": "Actual",
            "agent": Filler(words(f"State {deed.agent}"), state(deed.agent)),
            "target": Filler(words(f"State {deed.target}", deed.verb), state(deed.target)),
            "place": Filler(words(f"City {deed.where}"), place(deed.where, self.lands)),
            "when": When(Window(deed.day.isoformat(), deed.day, deed.day), words(deed.day.isoformat())),
        }
        how = {"status": Attribution(Factuality.DENIED)} if deed.denied else {}
        claims = tuple(
            Claim(aspect, value, whole, how.get(aspect, Attribution())) for aspect, value in values.items()
        )
        return Event(KINDS[deed.verb], words(deed.verb), whole, claims, f"{deed.verb} {deed.agent}")


UNIFORM = Corpus()
ZIPF = Corpus(actors=1000, places=500, lands=50, steep=1.0, denials=10)


def state(number: int) -> Entity:
    """Return one of the states."""
    return Entity("State", f"state-{number}", f"State {number}")


def place(number: int, lands: int) -> Entity:
    """Return a city, in one of so many lands."""
    land = Entity("Country", f"land-{number % lands}", f"Land {number % lands}")
    return Entity("City", f"city-{number}", f"City {number}", links=(("within", land),))


def sentence(deed: Deed, number: int) -> str:
    """Return a deed in words, as the article of this number tells it."""
    how = "denied" if deed.denied else "said"
    where = f"City {deed.where} on {deed.day.isoformat()}"
    return f"State {deed.agent} {deed.verb} State {deed.target} in {where}, it {how} {number}."


def made_up(number: int) -> Contribution:
    """Return what the article of this number says where all actors and places are alike."""
    return UNIFORM.article(number)


def _starts(lines: Iterable[str]) -> Iterator[int]:
    start = 0
    for line in lines:
        yield start
        start += len(line) + 1


@lru_cache
def _weights(number: int, steep: float) -> Sequence[float]:
    return tuple(accumulate((rank + 1) ** -steep for rank in range(number)))
