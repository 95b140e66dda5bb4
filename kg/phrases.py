"""The phrase grammar of event-type files: `"{agent:Actor} raid {target:Actor|Place}"`.

A phrase is parsed once into a `Pattern`; `kg.extract.match` finds it in a sentence's
dependency tree. The grammar, its forms and what follows from one phrase are documented in
docs/patterns.md.

    pattern  := [slot] element+
    element  := slot | '~' slot | words | '(' element+ ')'
    slot     := '{' role (',' role)* [':' allowed ('|' allowed)*] ['!' | '+'] '}'
                role '_' fills nothing; '!' wants a proper name, '+' several fillers
    allowed  := a class of the ontology (capital letter) or a head lemma (small letter)
                '~' takes the first fitting words behind the head, as inferred only
    particle := words right behind the verb; a plus sign marks one that could be a preposition
    words    := lemma ('|' lemma)*        after "to" also a verb; '*' is any verb
                '@name' stands for all lemmas of a set of the lexicon
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kg.errors import PatternError
from kg.patterns import Argument, Form, Kind, Pattern, Slot, Words

PREPOSITIONS = frozenset(
    "about above across after against along alongside amid among around as at before behind below between"
    " beyond by concerning despite during for from in inside into near of off on onto outside over past"
    " through to toward towards under upon via with within without".split()
)
MODALS = frozenset("must should may can will would could ought shall might".split())
PARTICLES = frozenset("ahead apart aside away back down forward home off out together up".split())
_EITHER = frozenset("in on over through".split())
_LEXEME = re.compile(r"~?\{[^{}]*\}|[()]|[^\s(){}~]+")
_SET = re.compile(r"@([a-z][a-z-]*)")
_SLOT = re.compile(r"\{\s*([\w,\s]+?)\s*(?::\s*([^{}!+]+?)\s*)?([!+]?)\}")


@dataclass(slots=True)
class _Reader:
    """Walks the lexemes of one phrase."""

    phrase: str
    lexemes: list[str]
    at: int = 0

    def peek(self) -> str:
        return self.lexemes[self.at] if self.at < len(self.lexemes) else ""

    def take(self) -> str:
        lexeme = self.peek()
        self.at += 1
        return lexeme

    def fail(self, why: str) -> PatternError:
        return PatternError(f'pattern "{self.phrase}": {why} (see docs/patterns.md)')


def compile_pattern(phrase: str, sets: Mapping[str, frozenset[str]] | None = None) -> Pattern:
    """Parse a phrase; raises PatternError that says what is wrong with which phrase.

    >>> pattern = compile_pattern("{agent} shoot down {target:aircraft|plane}")
    >>> sorted(pattern.head.lemmas), sorted(pattern.particle), pattern.subject.roles
    (['shoot'], ['down'], ('agent',))
    """
    reader = _Reader(phrase, _LEXEME.findall(_spelt_out(phrase, sets or {})))
    if not reader.lexemes:
        raise reader.fail("is empty")
    if set(re.sub(r"\{[^{}]*\}", "", phrase)) & {"{", "}"}:
        raise reader.fail("braces do not match")
    subject = _slot(reader) if reader.peek().startswith("{") else None
    head = _words(reader)
    form = Form.VERB if subject else Form.NOUN
    if form is Form.VERB and head.modifiers:
        reader.at -= len(head.modifiers)
        head = Words(_alternatives(reader, reader.lexemes[reader.at - 1]))
    particle = _particle(reader) if form is Form.VERB else frozenset[str]()
    arguments = _arguments(reader, form)
    return Pattern(phrase, form, head, particle, subject, tuple(arguments))


def _spelt_out(phrase: str, sets: Mapping[str, frozenset[str]]) -> str:
    """Replace each "@name" by the lemmas of that set."""

    def lemmas(found: re.Match[str]) -> str:
        if found[1] not in sets:
            raise PatternError(f'pattern "{phrase}": no set of words {found[0]} in the lexicon')
        return "|".join(sorted(sets[found[1]]))

    return _SET.sub(lemmas, phrase)


def _alternatives(reader: _Reader, lexeme: str) -> frozenset[str]:
    words = lexeme.split("|")
    if lexeme == "*":
        return frozenset(words)
    if any(not re.fullmatch(r"[a-z][\w'’-]*", word) for word in words):
        raise reader.fail(f"'{lexeme}' is not a list of lower-case dictionary forms")
    return frozenset(words)


def _slot(reader: _Reader) -> Slot:
    lexeme = reader.take()
    found = _SLOT.fullmatch(lexeme)
    if not found:
        raise reader.fail(f"'{lexeme}' is not a slot like {{target:Actor|Place}}")
    roles = tuple(role.strip() for role in found[1].split(","))
    allowed = [word.strip() for word in (found[2] or "").split("|") if word.strip()]
    return Slot(
        tuple(role for role in roles if role != "_"),
        frozenset(word for word in allowed if word[0].isupper()),
        frozenset(word for word in allowed if not word[0].isupper()),
        named=found[3] == "!",
        several=found[3] == "+",
    )


def _words(reader: _Reader) -> Words:
    """Take a run of words up to a slot, bracket or preposition; the last is the head."""
    run: list[frozenset[str]] = []
    while (lexeme := reader.peek()) and lexeme[0] not in "{()":
        if lexeme[0] in "~+" or (run and set(lexeme.split("|")) <= PREPOSITIONS):
            break
        run.append(_alternatives(reader, reader.take()))
    if not run:
        raise reader.fail(f"expected words at '{reader.peek() or 'its end'}'")
    return Words(run[-1], tuple(run[:-1]))


def _particle(reader: _Reader) -> frozenset[str]:
    """Take the particle right after a verb; "in", "on", "over" are one only before no noun, or
    where a plus sign says so ("turn +in {_:weapon}").
    """
    if reader.peek().startswith("+"):
        return _alternatives(reader, reader.take()[1:])
    words = frozenset(reader.peek().split("|"))
    following = reader.lexemes[reader.at + 1 : reader.at + 2]
    bare = not following or following[0][0] in "(~"
    if words <= PARTICLES or (words <= _EITHER and bare):
        reader.take()
        return words
    return frozenset()


def _arguments(reader: _Reader, form: Form) -> list[Argument]:
    found: list[Argument] = []
    inside = False
    while lexeme := reader.peek():
        if lexeme in "()":
            if inside == (lexeme == "("):
                raise reader.fail("brackets do not match")
            inside = lexeme == "("
            reader.take()
            continue
        found.append(_argument(reader, found, form, optional=inside))
    if inside:
        raise reader.fail("brackets do not match")
    return found


def _argument(reader: _Reader, before: list[Argument], form: Form, *, optional: bool) -> Argument:
    lexeme = reader.peek()
    if lexeme.startswith("~"):
        reader.lexemes[reader.at] = lexeme[1:]
        return Argument(Kind.NEARBY, _slot(reader), optional=True)
    if lexeme.startswith("{"):
        return _object_slot(reader, before, form, optional=optional)
    if lexeme == "that":
        return _clause(reader, optional=optional)
    if set(lexeme.split("|")) <= PREPOSITIONS:
        return _prepositional(reader, form, _last_fixed(before), optional=optional)
    taken = any(item.kind is Kind.OBJECT for item in before)
    kind = Kind.COMPLEMENT if taken else Kind.OBJECT
    return Argument(kind, _words(reader), optional=optional)


def _object_slot(reader: _Reader, before: list[Argument], form: Form, *, optional: bool) -> Argument:
    """Take a bare slot: the object of the verb, or of the infinitive before it, or a complement."""
    if form is Form.NOUN:
        raise reader.fail(f"slot {reader.peek()} of a noun phrase needs a preposition before it")
    after = _last_fixed(before)
    if after >= 0 and before[after].kind is Kind.PREPOSITION and "to" in before[after].prepositions:
        return Argument(Kind.OBJECT, _slot(reader), optional=optional, after=after)
    second = any(item.kind is Kind.OBJECT for item in before)
    return Argument(Kind.COMPLEMENT if second else Kind.OBJECT, _slot(reader), optional=optional)


def _clause(reader: _Reader, *, optional: bool) -> Argument:
    """Take "that {slot}", and the helping verbs that its verb must have ("must|should")."""
    reader.take()
    slot = _slot(reader)
    helpers = frozenset(reader.peek().split("|"))
    if helpers <= MODALS:
        reader.take()
        return Argument(Kind.CLAUSE, slot, helpers, optional)
    return Argument(Kind.CLAUSE, slot, optional=optional)


def _last_fixed(before: list[Argument]) -> int:
    """Return the index of the last argument that fills no role, or -1."""
    return next((i for i in reversed(range(len(before))) if not _fills(before[i].content)), -1)


def _fills(content: Slot | Words) -> bool:
    return isinstance(content, Slot) and bool(content.roles)


def _prepositional(reader: _Reader, form: Form, after: int, *, optional: bool) -> Argument:
    lexeme = reader.take()
    prepositions = _alternatives(reader, lexeme)
    following = reader.peek()
    if following.startswith("{"):
        slot = _slot(reader)
        optional = optional or (form is Form.NOUN and bool(slot.roles))
        return Argument(Kind.PREPOSITION, slot, prepositions, optional, after)
    if not following or following in "()":
        raise reader.fail(f"'{lexeme}' needs a slot or words after it")
    return Argument(Kind.PREPOSITION, _words(reader), prepositions, optional, after)
