"""Writes a list of actors as a Turtle file for `ontology/entities/`; the same list gives the same bytes.

A code is kept as a string. What holds for some days only becomes a `kg:Tenure`. An agent word
gets no `rdfs:label`: it is no name, and kg would look for it as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.actor_lists import Listed, Spell
from kg.iri import BASE, NS
from kg.turtle import RDFS, SKOS

_PREFIXES = {
    "kg": NS,
    "actor": f"{BASE}id/actor/",
    "agent": f"{BASE}id/agent/",
    "tenure": f"{BASE}id/tenure/",
    "rdfs": RDFS,
    "skos": SKOS,
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def to_turtle(listed: Iterable[Listed]) -> str:
    """Return the file: actors by IRI, each followed by its tenures."""
    lines = [f"@prefix {name}: <{space}> ." for name, space in _PREFIXES.items()]
    for actor in sorted(listed, key=lambda item: item.key):
        lines += ["", *_actor(actor)]
    return "\n".join(lines) + "\n"


def _actor(actor: Listed) -> Iterator[str]:
    word = actor.kind == "AgentWord"
    node = f"{'agent' if word else 'actor'}:{actor.key}"
    parts = [f"a kg:{actor.kind}"] if actor.kind else []
    if actor.label:
        parts.append(f"{'skos:prefLabel' if word else 'rdfs:label'} {_text(actor.label)}@en")
    if actor.names:
        parts.append("skos:altLabel " + " , ".join(f"{_text(name)}@en" for name in actor.names))
    if actor.match:
        parts.append(f"skos:exactMatch wd:{actor.match}")
    if actor.codes:
        parts.append("kg:code " + " , ".join(_text(code) for code in actor.codes))
    if parts:
        yield f"{node} {' ; '.join(parts)} ."
    for number, spell in enumerate(actor.spells, 1):
        yield f"tenure:{actor.key}-{number} {' ; '.join(_spell(node, spell))} ."


def _spell(node: str, spell: Spell) -> Iterator[str]:
    yield f"a kg:Tenure ; kg:holder {node}"
    if spell.body:
        yield f"kg:for actor:{spell.body}"
    if spell.code:
        yield f"kg:code {_text(spell.code)}"
    for name, moment in (("since", spell.since), ("until", spell.until)):
        if moment:
            yield f'kg:{name} "{moment}"^^xsd:{"gYear" if len(moment) == 4 else "date"}'


def _text(words: str) -> str:
    """Return a quoted string with everything escaped that Turtle needs escaped.

    >>> print(_text('a "b"'))
    "a \\"b\\""
    """
    escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(escapes.get(c, c if c >= " " else f"\\u{ord(c):04X}") for c in words) + '"'
