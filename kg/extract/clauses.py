"""Mends slips of the parser that tear a clause apart: see `kg.extract.repairs`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from kg.extract.tree import CALLED_ON, CALLS
from kg.model import Token

Tokens = list[Token]
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "DET", "PRON", "NUM"})
_HELPED = frozenset({"have", "will", "would", "can", "could", "may", "might", "shall", "should", "must"})


def verb_taken_for_participle(tokens: Tokens) -> Tokens:
    """ "Delta militants threatened to resume attacks": a sentence whose root is a noun lacks its verb.

    The parser takes the verb for a participle on that noun. One that has an object or an
    infinitive of its own, and no by-phrase, is active, so it is the verb.
    """
    root = next((t for t in tokens if t.head == t.index), None)
    if root is None or root.pos not in _NOMINAL:
        return tokens
    for verb in tokens:
        if verb.head != root.index or verb.dep != "acl" or verb.tag != "VBN" or verb.index < root.index:
            continue
        kids = [t for t in tokens if t.head == verb.index and t.index != verb.index]
        infinitive = any(k.dep == "advcl" and tokens[k.index - 1].lemma == "to" for k in kids)
        active = infinitive or any(k.dep in {"dobj", "oprd", "xcomp", "ccomp"} for k in kids)
        if not active or any(k.dep in {"agent", "aux", "auxpass"} for k in kids):
            continue
        tokens[verb.index] = replace(verb, dep="ROOT", head=verb.index, tag="VBD")
        tokens[root.index] = replace(root, dep="nsubj", head=verb.index)
        objects = any(k.dep == "dobj" for k in kids)
        for kid in tokens[verb.index + 1 :]:
            if kid.head == root.index:
                tokens[kid.index] = replace(kid, head=verb.index)
            elif kid.head == verb.index and kid.dep == "oprd" and not objects:
                tokens[kid.index] = replace(kid, dep="dobj")
        return tokens
    return tokens


def verb_behind_day(tokens: Tokens) -> Tokens:
    """ "The tribunal on Friday jailed Ada Quill": the parser hangs all on "on", and finds no verb."""
    for verb in list(tokens):
        day, name = tokens[verb.index - 1], tokens[verb.head]
        prep = tokens[name.head]
        root = tokens[prep.head]
        bare = verb.index > 1 and verb.dep == "amod" and verb.tag in {"VBN", "VBD"} and day.entity == "DATE"
        if not bare or day.head != verb.index or prep.index != day.index - 1 or root.head != root.index:
            continue
        if name.dep != "pobj" or root.pos not in _NOMINAL:
            continue
        tokens[verb.index] = replace(verb, dep="ROOT", head=verb.index, tag="VBD", pos="VERB")
        tokens[root.index] = replace(root, dep="nsubj", head=verb.index)
        tokens[day.index] = replace(day, dep="pobj", head=prep.index)
        tokens[name.index] = replace(name, dep="dobj", head=verb.index)
        for kid in tokens[prep.index :]:
            if kid.head == root.index and kid.index != root.index:
                tokens[kid.index] = replace(kid, head=verb.index)
    return tokens


def wish_for_somebody(tokens: Tokens) -> Tokens:
    """ "They called for the minister to resign": whom they called on, and what they want done.

    The parser makes it a clause of its own, with "for" as its conjunction, or one of the caller's purpose.
    """
    for clause in list(tokens):
        verb = tokens[clause.head]
        if verb.lemma not in CALLS or clause.dep not in {"advcl", "ccomp", "xcomp"}:
            continue
        kids = [t for t in tokens[verb.index : clause.index] if t.head == clause.index]
        mark = next((t for t in kids if t.dep == "mark" and t.lemma == "for"), None)
        who = next((t for t in kids if t.dep in {"nsubj", "nsubjpass"}), None)
        if mark is None or who is None or mark.index > who.index:
            if _called_on(tokens, verb, kids):
                tokens[clause.index] = replace(clause, dep="xcomp")
            continue
        tokens[clause.index] = replace(clause, dep="xcomp")
        if who.dep == "nsubj":
            tokens[mark.index] = replace(mark, dep="prep", head=verb.index)
            tokens[who.index] = replace(who, dep="pobj", head=mark.index)
    return tokens


def _called_on(tokens: Tokens, verb: Token, kids: Tokens) -> bool:
    """Tell whether an infinitive stands right behind whom a verb calls on: "for the mayor to pay"."""
    to = next((t for t in kids if t.tag == "TO"), None)
    who = verb if to is None else tokens[to.index - 1]
    while who.index > verb.index and who.head < who.index:  # "for the mayor of Oslo to pay"
        if who.dep == "pobj" and tokens[who.head].lemma in CALLED_ON and tokens[who.head].head == verb.index:
            return True
        who = tokens[who.head]
    return False


def deed_of_the_speaker(tokens: Tokens) -> Tokens:
    """ "denied that men had fired and accused them": a plain past verb is the speaker's own deed.

    The parser coordinates it with the verb inside the report, whose helper it cannot share.
    """
    for verb in tokens:
        inner = tokens[verb.head]
        outer = tokens[inner.head]
        if verb.dep != "conj" or verb.tag != "VBD" or inner.dep != "ccomp" or outer.tag != "VBD":
            continue
        helped = any(t.head == inner.index and t.dep == "aux" and t.lemma in _HELPED for t in tokens)
        own = any(t.head == verb.index and t.dep in {"nsubj", "nsubjpass"} for t in tokens)
        if helped and not own and outer.index < inner.index:
            tokens[verb.index] = replace(verb, head=outer.index)
    return tokens


def clause_before_semicolon(tokens: Tokens) -> Tokens:
    """ "They held two men; neither has been charged": the first clause is not what somebody charged.

    The parser makes it the complement of the second, as in direct speech.
    """
    for clause in tokens:
        verb = tokens[clause.head]
        passive = any(t.head == verb.index and t.dep == "nsubjpass" for t in tokens)
        apart = any(t.text == ";" for t in tokens[clause.index : verb.index])
        if clause.dep == "ccomp" and passive and apart:
            tokens[clause.index] = replace(clause, dep="conj")
    return tokens


CLAUSES: Final[tuple[Callable[[Tokens], Tokens], ...]] = (
    verb_taken_for_participle,
    verb_behind_day,
    wish_for_somebody,
    deed_of_the_speaker,
    clause_before_semicolon,
)
