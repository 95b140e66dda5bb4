"""Two made-up articles about two made-up states, as events that an extractor would hand over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import Quad

from kg.axioms import Axioms, read_axioms, vocabulary
from kg.changes import Contribution
from kg.commit import Knowledge, admit
from kg.iri import Names
from kg.link.kin import Kin
from kg.mapping import to_quads
from kg.model import (
    Article,
    Attribution,
    Basis,
    Claim,
    Count,
    Entity,
    Event,
    Factuality,
    Filler,
    Mention,
    Span,
    When,
    Window,
)
from kg.naming import article_graph, article_iri
from kg.projection import project
from kg.resources import shipped
from kg.store import Store

TEXT = (
    "Trouble at Port Vell\n"
    "Police of Norland raided the harbour office in Port Vell on 3 May 2031. "
    "Minister Ada Quill said two clerks were detained. "
    "Southland accused Norland of burning a ferry. "
    "The Citadel denied that it burnt anything. "
    "Southland demanded after the raid that Norland leave Ostia."
)
SECOND = (
    "Norland closed the harbour office on 9 May 2031, and nobody was detained. "
    "It allegedly stripped Ada Quill of citizenship."
)

NORLAND = Entity("State", "norland-q1", "Norland", matches=("http://www.wikidata.org/entity/Q1",))
NORLAND_LAND = Entity("Country", "norland-gn1", "Norland (land)")
POLICE = Entity("SecurityForce", "norland-police", "police of Norland", links=(("actsFor", NORLAND),))
SOUTHLAND = Entity("State", "southland-q2", "Southland")
PORT_VELL = Entity("City", "port-vell-gn2", "Port Vell", links=(("within", NORLAND_LAND),))
QUILL = Entity("Person", "ada-quill-xabc", "Ada Quill", described=True, links=(("actsFor", NORLAND),))
SAME_NAME = Entity("Person", "ada-quill-xjkl", "Ada Quill", described=True)
REVOCATION = "CitizenshipRevocation"
OFFICE = Entity("Object", "harbour-office-xdef", "the harbour office", described=True)
FERRY = Entity("Object", "ferry-xghi", "a ferry", described=True)

DAY = Window("2031-05-03", date(2031, 5, 3), date(2031, 5, 3))
LATER = Window("2031-05-09", date(2031, 5, 9), date(2031, 5, 9))


def span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def sentence(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, text.index(".", start) + 1)


def filler(words: str, entity: Entity, basis: Basis = Basis.EXPLICIT, text: str = TEXT) -> Filler:
    return Filler(span(words, text), entity, basis)


def _said(factuality: Factuality, words: str = "", entity: Entity | None = None) -> Attribution:
    return Attribution(factuality, (filler(words, entity),) if entity else ())


def _event(kind: str, trigger: str, label: str, said: Attribution, *claims: Claim) -> Event:
    at = span(trigger)
    where = next(s for s in SENTENCES if s.covers(at))
    first = (
        Claim("type", kind, where, said, 0.9),
        Claim("status", "Actual", where, said, 0.875),
    )
    return Event(kind, at, where, first + claims, label)


SENTENCES = tuple(sentence(w) for w in ("Police", "Minister", "Southland acc", "The Cit", "Southland dem"))
VOICE = Attribution()
QUILL_SAYS = _said(Factuality.REPORTED, "Ada Quill", QUILL)
ACCUSED = _said(Factuality.ALLEGED, "Southland", SOUTHLAND)
DENIED = _said(Factuality.DENIED, "The Citadel", NORLAND)
DEMANDED = _said(Factuality.DEMANDED, "Southland", SOUTHLAND)
S = SENTENCES
DETAINED = Count("Detained", 2, 2, span("two clerks"), span("clerks"))

RAID = _event(
    "Coerce", "raided", "police raid the harbour office", VOICE,
    Claim("agent", filler("Police of Norland", POLICE), S[0]),
    Claim("target", filler("the harbour office", OFFICE), S[0]),
    Claim("place", filler("Port Vell", PORT_VELL), S[0]),
    Claim("when", When(DAY, span("3 May 2031"), ("stated",)), S[0]),
    Claim("casualties", DETAINED, S[1], QUILL_SAYS),
)  # fmt: skip
ACCUSATION = _event(
    "Accuse", "accused", "Southland accuses Norland", VOICE,
    Claim("agent", filler("Southland", SOUTHLAND), S[2]),
    Claim("target", filler("Norland", NORLAND), S[2]),
    Claim("content", Mention(span("burning")), S[2]),
)  # fmt: skip
BURNING = _event(
    "Assault", "burning", "burning of a ferry", ACCUSED,
    Claim("status", "Actual", S[3], DENIED),
    Claim("agent", filler("Norland", NORLAND, Basis.CONTROL), S[2], ACCUSED),
    Claim("target", filler("a ferry", FERRY), S[2], ACCUSED),
)  # fmt: skip
DEMAND = _event(
    "Request", "demanded", "Southland demands that Norland leave", VOICE,
    Claim("agent", filler("Southland", SOUTHLAND), S[4]),
    Claim("content", Mention(span("leave")), S[4]),
    Claim("after", Mention(span("raided")), S[4]),
)  # fmt: skip
LEAVING = _event(
    "Retreat", "leave", "Norland leaves Ostia", DEMANDED,
    Claim("agent", filler("Norland", NORLAND, Basis.CONTROL), S[4], DEMANDED),
)  # fmt: skip
EVENTS = (RAID, ACCUSATION, BURNING, DEMAND, LEAVING)

ARTICLE = Article(
    name="vell.txt", text=TEXT, blocks=(), title="Trouble at Port Vell", byline="Mo Tern",
    publisher="The Vell Post", url="https://example.org/vell", published=DAY,
    published_basis="stated on the page",
)  # fmt: skip
OTHER = Article(name="second.txt", text=SECOND, blocks=())


def _other_events() -> tuple[Event, Event]:
    one, two = sentence("Norland", SECOND), sentence("It alleg", SECOND)
    alleged = Attribution(Factuality.ALLEGED)
    it = Filler(span("It", SECOND), NORLAND, Basis.COREFERENCE, span("Norland", SECOND))
    closing = (
        Claim("type", "Coerce", one),
        Claim("status", "Actual", one),
        Claim("agent", filler("Norland", NORLAND, text=SECOND), one),
        Claim("when", When(LATER, span("9 May 2031", SECOND)), one),
        Claim("casualties", Count("Detained", 0, 0, span("nobody", SECOND)), one),
    )
    stripping = (
        Claim("type", REVOCATION, two, alleged),
        Claim("status", "Actual", two, alleged),
        Claim("agent", it, two, alleged),
        Claim("target", filler("Ada Quill", SAME_NAME, text=SECOND), two, alleged),
    )
    return (
        Event("Coerce", span("closed", SECOND), one, closing, "Norland closes the office"),
        Event("CitizenshipRevocation", span("stripped", SECOND), two, stripping, "Quill's passport"),
    )


@pytest.fixture
def names() -> Names:
    return Names()


@pytest.fixture
def article() -> Article:
    return ARTICLE


@pytest.fixture
def events() -> tuple[Event, ...]:
    return EVENTS


@pytest.fixture
def other() -> tuple[Article, tuple[Event, ...]]:
    return OTHER, _other_events()


@pytest.fixture
def spanned() -> Callable[[str], Span]:
    """Find the span of words in the first article's text."""
    return span


@pytest.fixture
def with_claim() -> Callable[[Event, Claim], Event]:
    """Add a claim to an event."""
    return lambda event, claim: replace(event, claims=(*event.claims, claim))


@pytest.fixture(scope="session")
def ontology() -> Axioms:
    return read_axioms((shipped() / "ontology").glob("*.ttl"))


@pytest.fixture
def valid(article: Article, events: tuple[Event, ...], names: Names) -> list[Quad]:
    """What the first article asserts, and the events computed from it."""
    mapped = list(to_quads(article, events, names))
    return [*mapped, *project(mapped, names)]


def contributed(article: Article, events: tuple[Event, ...]) -> Contribution:
    names = Names()
    return Contribution(
        article_iri(article, names).value,
        article_graph(article, names).value,
        tuple(to_quads(article, events, names)),
        article.text,
    )


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """What linking and reasoning take from the core terms and one type of event."""
    files = [*(shipped() / "ontology").glob("*.ttl"), Path(__file__).with_name("revocation.ttl")]
    return Knowledge.of(read_axioms(files), Kin({}))


@pytest.fixture
def first(article: Article, events: tuple[Event, ...]) -> Contribution:
    return contributed(article, events)


@pytest.fixture
def fewer(article: Article, events: tuple[Event, ...]) -> Contribution:
    return contributed(article, events[1:2])


@pytest.fixture
def second(other: tuple[Article, tuple[Event, ...]]) -> Contribution:
    return contributed(*other)


@pytest.fixture
def filled(knowledge: Knowledge, first: Contribution, second: Contribution) -> Store:
    """A store in memory with both articles and the ontology's terms."""
    store = Store.memory()
    store.learn(vocabulary(knowledge.axioms, Names()))
    admit(store, first, knowledge)
    admit(store, second, knowledge)
    return store
