"""A store of three articles about one arrest: a report, its reprint, and what another outlet tells later.

Somebody rejected one claim, corrected another, and merged two accounts of one shooting.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kg.axioms import read_axioms, vocabulary
from kg.changes import Contribution
from kg.commit import Knowledge, admit
from kg.decisions import correct, merge, reject
from kg.iri import Names, digest
from kg.link.kin import Kin
from kg.lookup import find
from kg.mapping import to_quads
from kg.model import (
    Article,
    Attribution,
    Claim,
    ClaimValue,
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
from kg.resources import shipped
from kg.store import Store
from kg.terms import kg, plain

REPORT = (
    "Clerk held in Port Vell\n"
    "Police of Norland arrested Bo Marsh in Port Vell on 1 June 2031. "
    "Three dockers were hurt at the gate when the police shot at a crowd. "
    "Norland threatened to sink a ferry. "
    "Norland will close the port in July 2031, the Citadel said. "
    "The other clerks of the harbour office went home early that night, and nobody opened the gate again."
)
REPRINT = REPORT + " More follows."
LATER = (
    "Marsh is free\n"
    "Norland released Bo Marsh on 5 June 2031, Southland said. "
    "At least four dockers were hurt in the shooting in Port Vell, Southland said."
)

NORLAND = Entity("State", "norland-q1", "Norland")
SOUTHLAND = Entity("State", "southland-q2", "Southland")
POLICE = Entity("SecurityForce", "norland-police", "police of Norland", links=(("actsFor", NORLAND),))
LAND = Entity("Country", "norland-gn1", "Norland (land)")
VELL = Entity("City", "port-vell-gn2", "Port Vell", links=(("within", LAND),))
MARSH = Entity("Person", "bo-marsh-q9", "Bo Marsh")


def _day(month: int, day: int) -> Window:
    at = date(2031, month, day)
    return Window(at.isoformat(), at, at)


JULY = Window("2031-07", date(2031, 7, 1), date(2031, 7, 31))


def _span(words: str, text: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def _event(
    kind: str,
    words: str,
    label: str,
    text: str,
    said: Attribution,
    values: tuple[tuple[str, ClaimValue], ...],
    *,
    sure: float = 0.9,
) -> Event:
    at = _span(words, text)
    sentence = Span(max(text.rfind(". ", 0, at.start) + 2, text.index("\n") + 1), text.index(".", at.end) + 1)
    named = (("type", kind), ("status", "Actual"), *values)
    claims = (Claim(name, value, sentence, said, sure) for name, value in named)
    return Event(kind, at, sentence, tuple(claims), label)


def _report(text: str) -> tuple[Event, ...]:
    def filler(words: str, entity: Entity) -> Filler:
        return Filler(_span(words, text), entity)

    own = digest(text)  # what only one article describes has an IRI of its own
    crowd = Entity("Group", f"crowd-x{own}", "a crowd", described=True)
    ferry = Entity("Object", f"ferry-x{own}", "a ferry", described=True)
    voice = Attribution()
    foretold = Attribution(Factuality.PREDICTED, (filler("Norland threatened", NORLAND),))
    announced = Attribution(Factuality.PREDICTED, (filler("the Citadel", NORLAND),))
    hurt = Count("Injured", 3, 3, _span("Three dockers", text), _span("dockers", text))
    return (
        _event("Detention", "arrested", "arrest of Bo Marsh", text, voice, (
            ("agent", filler("Police of Norland", POLICE)), ("target", filler("Bo Marsh", MARSH)),
            ("place", filler("Port Vell on", VELL)), ("when", When(_day(6, 1), _span("1 June 2031", text))),
        )),
        _event("Assault", "shot", "shots at a crowd", text, voice, (
            ("agent", filler("the police", POLICE)), ("target", filler("a crowd", crowd)),
            ("casualties", hurt),
        ), sure=0.5),
        _event("Threaten", "threatened", "Norland threatens to sink a ferry", text, voice, (
            ("agent", filler("Norland threatened", NORLAND)), ("content", Mention(_span("sink", text))),
        )),
        _event("Assault", "sink", "sinking of a ferry", text, foretold, (
            ("agent", filler("Norland threatened", NORLAND)), ("target", filler("a ferry", ferry)),
        )),
        _event("Coerce", "close", "Norland closes the port", text, announced, (
            ("agent", filler("Norland will", NORLAND)), ("when", When(JULY, _span("July 2031", text))),
        )),
    )  # fmt: skip


def _later(text: str) -> tuple[Event, ...]:
    said = Attribution(Factuality.REPORTED, (Filler(_span("Southland", text), SOUTHLAND),))
    hurt = Count("Injured", 4, None, _span("At least four", text), _span("dockers", text))
    return (
        _event("Release", "released", "release of Bo Marsh", text, said, (
            ("agent", Filler(_span("Norland released", text), NORLAND)),
            ("target", Filler(_span("Bo Marsh", text), MARSH)),
            ("when", When(_day(6, 5), _span("5 June 2031", text))),
        )),
        _event("Assault", "shooting", "shooting in Port Vell", text, said, (("casualties", hurt),)),
    )  # fmt: skip


def _contribution(article: Article, events: tuple[Event, ...]) -> Contribution:
    names = Names()
    quads = tuple(to_quads(article, events, names))
    iri, graph = article_iri(article, names).value, article_graph(article, names).value
    return Contribution(iri, graph, quads, article.text, article.url or "")


def _contributions() -> tuple[Contribution, ...]:
    first = Article(
        name="vell.txt", text=REPORT, blocks=(), title="Clerk held in Port Vell", publisher="The Vell Post",
        url="https://example.org/vell/1", published=_day(6, 2), published_basis="stated",
    )  # fmt: skip
    second = replace(
        first, name="ostia.txt", text=REPRINT, title="Clerk held at the port", publisher="Ostia Wire",
        url="https://example.org/ostia/1", published=_day(6, 3),
    )  # fmt: skip
    third = replace(
        second, name="free.txt", text=LATER, title="Marsh is free", url="https://example.org/ostia/2",
        published=_day(6, 6),
    )  # fmt: skip
    texts = ((first, _report(REPORT)), (second, _report(REPRINT)), (third, _later(LATER)))
    return tuple(_contribution(article, events) for article, events in texts)


def _claim(store: Store, event: str, aspect: str) -> str:
    reports = [q.subject for q in store.view().match(None, kg("reportOf"), find(store, event))]
    found = [
        plain(about.subject)
        for report in reports
        for about in store.view().match(None, kg("about"), report)
        if any(True for _ in store.view().match(about.subject, kg("aspect"), kg(aspect)))
    ]
    return min(found)


@pytest.fixture(scope="session")
def _filled_newsroom() -> Store:
    files = [*(shipped() / "ontology").glob("*.ttl")]
    files += [shipped() / "ontology" / "events" / f"{name}.ttl" for name in ("detention", "release")]
    knowledge = Knowledge.of(read_axioms(map(Path, files)), Kin({}))
    store = Store.memory()
    store.learn(vocabulary(knowledge.axioms, Names()))
    for each in _contributions():
        admit(store, each, knowledge)
    merge(store, "shots at a crowd", "shooting in Port Vell", knowledge)
    reject(store, _claim(store, "arrest of Bo Marsh", "place"), knowledge, because="they met in Ostia")
    correct(
        store,
        _claim(store, "release of Bo Marsh", "when"),
        "2031-06-04",
        knowledge,
        because="the court's word",
    )
    return store


@pytest.fixture
def newsroom(_filled_newsroom: Store) -> Store:
    """The store, for reading only: it is made once."""
    return _filled_newsroom
