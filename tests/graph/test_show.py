from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.model import Article
from kg.show import Fact, show, show_text, why, why_text
from kg.store import Store


def test_an_event_is_shown_with_where_each_fact_comes_from(filled: Store) -> None:
    shown = show(filled, "police raid the harbour office")

    assert Fact("agent", "police of Norland", "computed") in shown.facts
    assert Fact("involves", "Norland", "inferred") in shown.facts


def test_a_curated_entity_is_asserted(filled: Store) -> None:
    assert Fact("type", "state", "asserted") in show(filled, "Norland").facts


def test_what_is_shown_begins_with_the_name_and_what_it_is(filled: Store) -> None:
    lines = show_text(show(filled, "Norland")).splitlines()

    assert lines[0].startswith("Norland  <https://")
    assert lines[1].startswith("  type: ")


def test_every_claim_on_an_event_or_naming_it_is_a_reason(filled: Store) -> None:
    reasons = why(filled, "burning of a ferry")

    assert [(r.aspect, r.factuality, r.claimants) for r in reasons] == [
        ("agent", "alleged", ("Southland",)),
        ("content", "asserted", ("Mo Tern",)),
        ("status", "alleged", ("Southland",)),
        ("target", "alleged", ("Southland",)),
        ("type", "alleged", ("Southland",)),
        ("status", "denied", ("Norland",)),
    ]


def test_the_quote_of_a_reason_is_at_its_offsets(filled: Store, article: Article) -> None:
    for reason in why(filled, "burning of a ferry"):
        assert article.text[reason.start : reason.end] == reason.quote


def test_a_contested_claim_says_so(filled: Store) -> None:
    text = why_text(why(filled, "burning of a ferry"))

    assert text.count("CONTESTED") == 2
    assert "denied by Norland (confidence 1)" in text


def test_why_an_entity_is_there_is_what_is_claimed_of_it(filled: Store) -> None:
    events = {(r.event, r.aspect) for r in why(filled, "a ferry")}

    assert events == {("burning of a ferry", "target")}


def test_why_an_article_is_there_is_all_it_claims(filled: Store) -> None:
    article = next(iri for iri in filled.articles() if "second" in iri)

    assert len(why(filled, article)) == 9


def test_why_one_claim_is_there_is_the_claim_itself(filled: Store) -> None:
    reason = why(filled, "a ferry")[0]

    assert why(filled, reason.claim) == (reason,)


def test_the_basis_is_told_where_it_is_not_plain(filled: Store) -> None:
    assert "coreference" in why_text(why(filled, "Quill's passport"))


def test_nothing_is_shown_for_an_unknown_name(filled: Store) -> None:
    with pytest.raises(QueryError, match="nothing is called"):
        show(filled, "Atlantis")
