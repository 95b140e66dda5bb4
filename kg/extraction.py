"""The pure half of the pipeline: article in, checked events out.

`annotate`, an extractor and the gate, put together; nothing here touches a store.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.annotate import Parser, Wanted, annotate
from kg.extract.rules import RuleExtractor
from kg.extractor import Extractor
from kg.gate import gate
from kg.model import Article, Document, Extraction
from kg.ontology import Ontology
from kg.tenures import dated


@dataclass(frozen=True, slots=True)
class Reader:
    """What is needed to take events from articles: the ontology, a parser, an extractor."""

    ontology: Ontology
    parser: Parser
    extractor: Extractor
    wanted: Wanted | None = None
    min_confidence: float = 0.0

    @classmethod
    def of(cls, ontology: Ontology, parser: Parser, extractor: Extractor | None = None) -> Reader:
        """Return a reader that uses the rule extractor, or the one given.

        The rules see only those sentences parsed that can matter to them; others see them all.
        """
        chosen = extractor or RuleExtractor.of(ontology)
        wanted = None
        if isinstance(chosen, RuleExtractor) and not chosen.untyped:
            wanted = chosen.relevance.wanted
        return cls(ontology, parser, chosen, wanted)

    def nearby(self) -> Reader:
        """Return a reader whose rules also take whom a sentence only names nearby (`RuleExtractor.of`)."""
        if not isinstance(self.extractor, RuleExtractor):
            return self
        return replace(self, extractor=replace(self.extractor, nearby=True))

    def events(self, article: Article) -> Extraction:
        """Return the events of an article that pass the gate, and what was refused."""
        return self.checked(article, self.propose(article))

    def propose(self, article: Article) -> Extraction:
        """Return what the extractor proposes for an article, not yet checked."""
        document = annotate(article, self.parser, self.wanted)
        return dated(self.extractor.extract(document), self.ontology.gazetteer.tenures, article.published)

    def checked(self, article: Article, proposed: Extraction) -> Extraction:
        """Return what of a proposal passes the gate, and what was refused."""
        return gate(Document(article, ()), proposed, self.ontology, self.min_confidence)
