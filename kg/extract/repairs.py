"""Mends known slips of the parser, one named repair each, before the patterns look at a tree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kg.extract.clauses import CLAUSES, Tokens
from kg.model import Sentence, Token

IsName = Callable[[str], bool]
_CONJUNCTIONS = frozenset({"after", "before", "since", "until"})
_MEANS = frozenset({"telephone", "phone", "video", "videolink", "hotline"})


def repair(sentence: Sentence, is_name: IsName, is_lemma: IsName, is_people: IsName) -> Sentence:
    """Return the sentence with each repair applied.

    `is_name` tells known personal names, `is_lemma` the words that kg's phrases are made of,
    `is_people` the nouns that mean people.
    """
    tokens = list(sentence.tokens)
    for mend in CLAUSES:
        tokens = mend(tokens)
    tokens = date_before_name(tokens)
    tokens = name_after_description(tokens)
    tokens = name_after_title(tokens)
    tokens = object_taken_for_subject(tokens)
    tokens = subject_taken_for_object(tokens)
    tokens = partner_behind_measure(tokens)
    tokens = deed_behind_particle(tokens)
    tokens = name_swallowed_by_noun(tokens, is_name)
    tokens = assistance_of_two(tokens)
    tokens = who_behind_a_thing(tokens, is_people)
    tokens = lemma_without_e(tokens, is_lemma)
    tokens = hyphenated(tokens, is_lemma)
    return replace(sentence, tokens=tuple(tokens))


def date_before_name(tokens: Tokens) -> Tokens:
    """ "On Saturday Jane Doe called", "denied on Friday reports": the day is no part of the name.

    The parser makes it a compound of the noun and hangs the preposition's object there.
    """
    for token in tokens:
        name = tokens[token.head]
        if token.dep != "compound" or token.entity != "DATE" or name.entity == "DATE":
            continue
        prep = tokens[token.index - 1] if token.index else None
        if prep is not None and prep.dep == "prep":
            tokens[token.index] = replace(token, dep="pobj", head=prep.index)
            if name.dep == "pobj" and name.head == prep.index:
                after = tokens[prep.head].pos == "VERB" and prep.head < prep.index
                tokens[name.index] = replace(name, dep="dobj" if after else "nsubj", head=prep.head)
        else:
            tokens[token.index] = replace(token, dep="npadvmod", head=name.head)
    return tokens


def name_swallowed_by_noun(tokens: Tokens, is_name: IsName) -> Tokens:
    """ "discussed with Aliyev schemes that ...": the name is the partner, the noun the topic.

    The parser makes the name a compound of the noun behind it. Split them where the verb has
    no object of its own, so that the noun can be that object.
    """
    for token in tokens:
        noun = tokens[token.head]
        prep = tokens[noun.head]
        adjacent = token.index + 1 == noun.index and noun.dep == "pobj" and noun.pos == "NOUN"
        if token.dep != "compound" or not adjacent or prep.lemma != "with" or not is_name(token.text):
            continue
        verb = tokens[prep.head]
        if verb.pos != "VERB" or any(t.dep == "dobj" and t.head == verb.index for t in tokens):
            continue
        tokens[token.index] = replace(token, dep="pobj", head=prep.index, pos="PROPN", tag="NNP")
        tokens[noun.index] = replace(noun, dep="dobj", head=verb.index)
    return tokens


def lemma_without_e(tokens: Tokens, is_lemma: IsName) -> Tokens:
    """ "staged" is of "stage", not "stag": restore an e that the lemmatizer cut off."""
    for token in tokens:
        if token.pos != "VERB" or not token.text.lower().endswith(("ed", "ing")):
            continue
        whole = token.lemma.lower() + "e"
        if not is_lemma(token.lemma.lower()) and is_lemma(whole):
            tokens[token.index] = replace(token, lemma=whole)
    return tokens


def hyphenated(tokens: Tokens, is_lemma: IsName) -> Tokens:
    """ "test-fired" is one word of the phrases, which the tokenizer cuts in three."""
    for first, dash, last in zip(tokens, tokens[1:], tokens[2:], strict=False):
        whole = f"{first.text}-{last.lemma}".lower()
        joined = dash.text == "-" and first.span.end == dash.span.start and dash.span.end == last.span.start
        if joined and is_lemma(whole):
            tokens[last.index] = replace(last, lemma=whole)
    return tokens


def assistance_of_two(tokens: Tokens) -> Tokens:
    """ "arms from Turkey and drones from Israel": the second phrase belongs to the second noun.

    The parser coordinates "Turkey" with "drones" and hangs "from Israel" on the first noun.
    """
    for token in tokens:
        outer = tokens[token.head]
        prep = tokens[outer.head]
        if token.dep != "conj" or outer.dep != "pobj" or token.pos != "NOUN" or outer.pos != "PROPN":
            continue
        noun = tokens[prep.head]
        second = next(
            (t for t in tokens if t.index > token.index and t.head == noun.index and t.lemma == prep.lemma),
            None,
        )
        if second is None or noun.pos != "NOUN":
            continue
        tokens[token.index] = replace(token, head=noun.index)
        tokens[second.index] = replace(second, head=token.index)
    return tokens


def name_after_description(tokens: Tokens) -> Tokens:
    """ "The charity Red Lantern sent food": the name says which charity; no verb has two subjects."""
    for name in tokens:
        if name.dep != "nsubj" or name.pos != "PROPN":
            continue
        before = _first(tokens, name) - 1
        noun = tokens[before] if before >= 0 else name
        if noun.dep != "nsubj" or noun.head != name.head or noun.pos != "NOUN":
            continue
        several = noun.tag == "NNS" and any(t.head == name.index and t.dep == "conj" for t in tokens)
        if several:  # "old foes Norway and Sweden": the names are who acts
            tokens[noun.index] = replace(noun, dep="nmod", head=name.index)
        else:
            tokens[name.index] = replace(name, dep="appos", head=noun.index)
    return tokens


def name_after_title(tokens: Tokens) -> Tokens:
    """ "Freedonia's President Jane Doe": the name heads the phrase, and the title stands before it."""
    for name in tokens:
        title = tokens[name.head]
        if name.dep != "appos" or name.entity != "PERSON" or title.tag != "NNP":
            continue
        adjacent = _first(tokens, name) == title.index + 1
        if title.entity in {"PERSON", "GPE", "ORG"} or not adjacent:
            continue
        root = title.head == title.index
        tokens[name.index] = replace(name, dep=title.dep, head=name.index if root else title.head)
        tokens[title.index] = replace(title, dep="compound", head=name.index)
        for kid in tokens[name.index + 1 :]:
            if kid.head == title.index:
                tokens[kid.index] = replace(kid, head=name.index)
    return tokens


def object_taken_for_subject(tokens: Tokens) -> Tokens:
    """ "asylum to five officers holed up in ...": a preposition without a noun has lost it.

    The parser takes the noun for the subject of the participle behind it.
    """
    for noun in tokens:
        verb = tokens[noun.head]
        if noun.dep not in {"nsubj", "nsubjpass"} or verb.dep not in {"advcl", "ccomp"}:
            continue
        before = _first(tokens, noun) - 1
        if before < 0 or verb.index < noun.index:
            continue
        prep = tokens[before]
        lost = prep.dep == "prep" and not any(t.head == before for t in tokens)
        helped = any(t.head == verb.index and t.dep in {"aux", "auxpass", "mark"} for t in tokens)
        if lost and not helped and verb.tag in {"VBN", "VBD", "VBG"}:
            tokens[noun.index] = replace(noun, dep="pobj", head=prep.index)
            tokens[verb.index] = replace(verb, dep="acl", head=noun.index)
    return tokens


def subject_taken_for_object(tokens: Tokens) -> Tokens:
    """ "after Hurricane Irma battered the coast": the noun before a finite verb without subject is its own.

    The parser hangs the noun on "after", as if that were a preposition.
    """
    for verb in tokens[1:]:
        noun = tokens[verb.index - 1]
        word = tokens[noun.head]
        finite = verb.tag in {"VBD", "VBZ", "VBP"} and verb.dep in {"advcl", "conj"}
        if not finite or noun.dep != "pobj" or word.lemma.lower() not in _CONJUNCTIONS:
            continue
        if any(t.head == verb.index and t.dep in {"nsubj", "nsubjpass", "mark", "aux"} for t in tokens):
            continue
        tokens[verb.index] = replace(verb, dep="advcl", head=word.head)
        tokens[noun.index] = replace(noun, dep="nsubj", head=verb.index)
        tokens[word.index] = replace(word, dep="mark", head=verb.index)
    return tokens


def partner_behind_measure(tokens: Tokens) -> Tokens:
    """ "conferred for two hours with Doe", "by telephone with Doe": the partner is the verb's."""
    for partner in tokens:
        noun = tokens[partner.head]
        if partner.lemma != "with" or partner.dep != "prep" or noun.dep != "pobj":
            continue
        if noun.entity in {"DATE", "TIME"} or noun.lemma in _MEANS:
            verb = tokens[tokens[noun.head].head]
            if verb.pos == "VERB" and verb.index < partner.index:
                tokens[partner.index] = replace(partner, head=verb.index)
    return tokens


def who_behind_a_thing(tokens: Tokens, is_people: IsName) -> Tokens:
    """ "gunmen in uniforms, who shot ...": a clause with "who" belongs to the people before the thing."""
    for verb in tokens:
        thing = tokens[verb.head]
        people = tokens[tokens[thing.head].head]
        if verb.dep != "relcl" or thing.dep != "pobj" or thing.pos != "NOUN" or people.pos != "NOUN":
            continue
        asked = any(t.lemma == "who" and t.head == verb.index and t.dep == "nsubj" for t in tokens)
        if asked and not is_people(thing.lemma.lower()) and is_people(people.lemma.lower()):
            tokens[verb.index] = replace(verb, head=people.index)
    return tokens


def deed_behind_particle(tokens: Tokens) -> Tokens:
    """ "ruled out sending troops": what is ruled out is the verb's object, and no circumstance."""
    for deed in tokens[1:]:
        before = tokens[deed.index - 1]
        if deed.dep == "advcl" and deed.tag == "VBG" and before.dep == "prt" and before.head == deed.head:
            tokens[deed.index] = replace(deed, dep="xcomp")
    return tokens


def _first(tokens: Tokens, noun: Token) -> int:
    """Return the index of the first of the words that stand before a noun and hang on it."""
    return min((t.index for t in tokens if t.head == noun.index and t.index < noun.index), default=noun.index)
