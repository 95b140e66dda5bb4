from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.model import Article
from kg.show import Fact, _bounds, show, show_text, why, why_text
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
    assert "status: actual · denied by Norland · confidence 1 · “" in text


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
    text = why_text(why(filled, "Quill's passport"))

    assert text.count("basis coreference") == 1
    assert "basis explicit" not in text


def test_an_event_is_a_heading_and_each_sentence_stands_there_once(filled: Store) -> None:
    reasons = why(filled, "burning of a ferry")
    own = [reason for reason in reasons if reason.event == "burning of a ferry"]
    lines = why_text(own).splitlines()

    assert lines[0] == f"burning of a ferry  <{own[0].event_iri}>"
    assert [line for line in lines[1:] if not line.startswith("    ")] == [
        "  Trouble at Port Vell: “Southland accused Norland of burning a ferry.”",
        "  Trouble at Port Vell: “The Citadel denied that it burnt anything.”",
    ]


def test_each_claim_has_one_line_with_its_quote_and_offsets(filled: Store) -> None:
    reasons = why(filled, "police raid the harbour office")
    lines = [line for line in why_text(reasons).splitlines() if line.startswith("    ")]

    assert len(lines) == len(reasons)
    for reason in reasons:
        start = f"    {reason.aspect}: "
        quote = f"“{reason.quote}” {reason.start}..{reason.end}"
        assert any(line.startswith(start) and quote in line and reason.confidence in line for line in lines)


def test_a_time_is_told_as_edtf_with_its_words_and_anchors(filled: Store) -> None:
    (time,) = (r for r in why(filled, "police raid the harbour office") if r.aspect == "when")

    assert (time.detail, time.value) == ("2031-05-03", "3 May 2031")
    assert f"when: 2031-05-03 (“3 May 2031”{''.join(f'; {a}' for a in time.anchors)}) · " in why_text([time])


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [(["2"], ["2"], "2"), (["2"], ["5"], "2 to 5"), (["3"], [], "at least 3"), ([], ["9"], "at most 9"),
     ([], [], "an unknown number")],
)  # fmt: skip
def test_the_bounds_of_a_count_are_told_in_words(least: list[str], most: list[str], words: str) -> None:
    assert _bounds(least, most) == words


def test_claims_on_one_event_stand_together_whatever_their_order(filled: Store) -> None:
    article = next(iri for iri in filled.articles() if "trouble" in iri)
    heads = [line for line in why_text(why(filled, article)).splitlines() if line and line[0] != " "]

    assert len(heads) == len(set(heads))


def test_an_article_is_found_by_its_title(filled: Store) -> None:
    assert "article" in show(filled, "Trouble at Port Vell").iri


def test_nothing_is_shown_for_an_unknown_name(filled: Store) -> None:
    with pytest.raises(QueryError, match="nothing is called"):
        show(filled, "Atlantis")
