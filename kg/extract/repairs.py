"""Mends known slips of the parser, one named repair each, before the patterns look at a tree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kg.model import Sentence, Token

Tokens = list[Token]
IsName = Callable[[str], bool]


def repair(sentence: Sentence, is_name: IsName, is_lemma: IsName) -> Sentence:
    """Return the sentence with each repair applied.

    `is_name` tells known personal names, `is_lemma` the words that kg's phrases are made of.
    """
    tokens = list(sentence.tokens)
    tokens = date_before_name(tokens)
    tokens = name_swallowed_by_noun(tokens, is_name)
    tokens = assistance_of_two(tokens)
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
