"""Whatever is proposed for any text comes back from JSON as it was."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from kg.model import (
    Attribution,
    Basis,
    Claim,
    Count,
    Entity,
    Event,
    Extraction,
    Factuality,
    Filler,
    Mention,
    Refusal,
    Span,
    When,
    Window,
)  # fmt: skip
from kg.values import decode, encode

SPANS = st.builds(Span, st.integers(0, 9), st.integers(0, 9))
ENTITIES = st.recursive(
    st.builds(Entity, st.text(), st.text(), st.text()),
    lambda inner: st.builds(
        Entity, st.text(), st.text(), st.text(), links=st.lists(st.tuples(st.text(), inner)).map(tuple)
    ),
    max_leaves=4,
)
FILLERS = st.builds(Filler, SPANS, ENTITIES, st.sampled_from(Basis), st.none() | SPANS)
WINDOWS = st.builds(Window, st.text(), st.none() | st.dates(), st.none() | st.dates())
TIMES = st.builds(When, st.none() | WINDOWS, st.none() | SPANS, st.lists(st.text()).map(tuple))
COUNTS = st.builds(Count, st.just("Killed"), st.none() | st.integers(), st.none() | st.integers(), SPANS)
SAID = st.builds(Attribution, st.sampled_from(Factuality), st.lists(FILLERS, max_size=2).map(tuple))
VALUES = st.one_of(FILLERS, TIMES, COUNTS, st.builds(Mention, SPANS), st.text())
CLAIMS = st.builds(Claim, st.text(), VALUES, SPANS, SAID, st.floats(0, 1))
EVENTS = st.builds(Event, st.text(), SPANS, SPANS, st.lists(CLAIMS, max_size=3).map(tuple), st.text())
REFUSALS = st.builds(Refusal, st.text(), SPANS, st.text(), st.text())


@given(st.lists(EVENTS, max_size=2).map(tuple), st.lists(REFUSALS, max_size=2).map(tuple))
def test_a_proposal_comes_back_as_it_was(events: tuple[Event, ...], refusals: tuple[Refusal, ...]) -> None:
    proposed = Extraction(events, refusals)

    assert decode(Extraction, json.loads(json.dumps(encode(proposed)))) == proposed
