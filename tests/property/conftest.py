"""A parser that makes up a tree for any text, so that the laws meet trees that no model gives."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pytest

from kg.extraction import Reader
from kg.model import Article, Extraction, Span, Token
from kg.ontology import Ontology

TAGS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "VBD": "VERB", "VBN": "VERB", "VBG": "VERB", "VB": "VERB",
    "PRP": "PRON", "WDT": "PRON", "IN": "ADP", "JJ": "ADJ", "CD": "NUM", "DT": "DET", "RB": "ADV",
    "TO": "PART",
}  # fmt: skip
LABELS = (
    "nsubj nsubjpass dobj pobj prep agent conj cc amod compound poss det nummod advmod aux auxpass neg mark"
    " xcomp ccomp advcl relcl acl pcomp prt attr oprd appos punct parataxis csubj case dative"
).split()
ENTITIES = ("", "", "", "PERSON", "GPE", "ORG", "NORP", "DATE", "CARDINAL")
KNOWN = {
    **dict.fromkeys("police rebels soldiers talks sanctions".split(), ("NNS", None)),
    **dict.fromkeys("raid minister warehouse port plane town".split(), ("NN", None)),
    **dict.fromkeys("norway oslo moscow ada quill putin aliyev friday".split(), ("NNP", None)),
    **dict.fromkeys("of by on in against with from after".split(), ("IN", None)),
    **{past: ("VBD", verb) for past, verb in zip(
        "raided shelled shot killed detained arrested accused claimed denied demanded said visited met"
        " imposed condemned called".split(),
        "raid shell shoot kill detain arrest accuse claim deny demand say visit meet"
        " impose condemn call".split(),
        strict=True,
    )},
}  # fmt: skip
_SENTENCE = re.compile(r"[^.!?]*[.!?]*")
_ODD = 0.15


@dataclass(frozen=True, slots=True)
class Scrambler:
    """Splits at white space; hangs nouns on verbs where it can, and every seventh word anywhere."""

    seed: int = 0
    name: str = "scrambler"

    def parse(self, texts: Iterable[str]) -> Iterator[list[list[Token]]]:
        for text in texts:
            draw = random.Random(f"{self.seed} {text}")
            found = (self._tokens(m, draw) for m in _SENTENCE.finditer(text))
            yield [tokens for tokens in found if tokens]

    def _tokens(self, sentence: re.Match[str], draw: random.Random) -> list[Token]:
        words = list(re.finditer(r"\S+", sentence[0]))
        if not words:
            return []
        tags = [KNOWN.get(m[0].lower(), (draw.choice(list(TAGS)), None)) for m in words]
        verbs = [i for i, (tag, _) in enumerate(tags) if tag == "VBD"]
        root = verbs[0] if verbs else 0
        links = [_link(i, [tag for tag, _ in tags], verbs, draw) for i in range(len(words))]
        heads = _rooted([head for _, head in links], root)
        return [
            _token(
                m,
                sentence.start(),
                i,
                (tags[i][0], tags[i][1] or m[0].lower()),
                (links[i][0], heads[i]),
                draw,
            )
            for i, m in enumerate(words)
        ]


def _link(i: int, tags: list[str], verbs: list[int], draw: random.Random) -> tuple[str, int]:
    """Return a likely label and head for a word, now and then any."""
    noun = tags[i].startswith("NN")
    before = [v for v in verbs if v < i]
    if draw.random() < _ODD or not verbs:
        return draw.choice(LABELS), draw.randrange(len(tags))
    if noun and i and tags[i - 1] == "IN":
        return "pobj", i - 1
    if noun:
        return ("dobj", before[-1]) if before else ("nsubj", verbs[0])
    if tags[i] == "IN" and i:
        return "prep", draw.choice([i - 1, (before or verbs)[-1]])
    if tags[i] == "VBD" and before:
        return draw.choice(["conj", "ccomp", "advcl", "relcl"]), before[-1]
    return draw.choice(LABELS), draw.randrange(len(tags))


def _rooted(heads: list[int], root: int) -> list[int]:
    """Break every cycle: what does not lead to the root hangs on it."""
    fixed = list(heads)
    fixed[root] = root
    for i in range(len(fixed)):
        seen, at = set[int](), i
        while at not in seen:
            seen.add(at)
            at = fixed[at]
        if at != root:
            fixed[i] = root
    return fixed


def _token(
    word: re.Match[str], start: int, i: int, form: tuple[str, str], link: tuple[str, int], draw: random.Random
) -> Token:
    label = "ROOT" if link[1] == i else link[0]
    pos = "AUX" if label in {"aux", "auxpass"} else TAGS[form[0]]
    span = Span(start + word.start(), start + word.end())
    return Token(i, span, word[0], form[1], pos, form[0], label, link[1], draw.choice(ENTITIES))


@dataclass(frozen=True, slots=True)
class MadeUp:
    """A reader whose parser makes up its trees; short when hypothesis prints it."""

    reader: Reader = field(repr=False)

    @property
    def ontology(self) -> Ontology:
        return self.reader.ontology

    def events(self, article: Article) -> Extraction:
        return self.reader.events(article)


@pytest.fixture(scope="session")
def scrambled(knowledge: Ontology) -> MadeUp:
    """Events of any text, by made-up trees."""
    return MadeUp(Reader.of(knowledge, Scrambler()))
