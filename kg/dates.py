"""Derives dates again: the windows that words of an article can mean, whoever proposed them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from kg.model import Article, Span, When, Window
from kg.timex.context import Context, Tense
from kg.timex.edtf import within
from kg.timex.find import find
from kg.timex.forms import Timex
from kg.timex.resolve import resolve

_REACH = 8  # expressions back that another may count from
_TENSES: tuple[Tense | None, ...] = ("past", None, "future")


@dataclass(frozen=True)
class Dates:
    """The time expressions of an article, and what each may be counted from."""

    article: Article

    def derivable(self, when: When, sentence: Span) -> bool:
        """Tell whether the words under a time's span give its window.

        They may be counted from the publication, or from what any other expression says.
        """
        window, span = when.window, when.span
        if window is None or span is None:
            return window is None
        return any(_same(window, found) for found in self._readings(span, sentence))

    def _readings(self, span: Span, sentence: Span) -> Iterator[Window]:
        """Yield what the expressions under a span may mean, the likeliest first."""
        local = [t for t in find(self.article.text, sentence) if t.span.overlaps(span)]
        under = local or [t for t in self._all if t.span.overlaps(span)]
        yield from self._read(under, Context(publication=self.article.published))
        for window in self._anchors:
            for context in (Context(narrative=window), Context(frame=window), Context(event=window)):
                yield from self._read(under, replace(context, publication=self.article.published))

    def _read(self, found: list[Timex], context: Context) -> Iterator[Window]:
        for timex in found:
            for tense in _TENSES:
                window = resolve(timex, replace(context, tense=tense)).window
                if window is not None:
                    yield window

    @cached_property
    def _all(self) -> tuple[Timex, ...]:
        return find(self.article.text)

    @cached_property
    def _anchors(self) -> list[Window]:
        """The windows that the article's expressions may have, each counted from those before it."""
        known: list[Window] = []
        for timex in self._all:
            plain = Context(publication=self.article.published)
            contexts = [plain, *(replace(plain, narrative=window) for window in known[-_REACH:])]
            found = [window for context in contexts for window in self._read([timex], context)]
            known.extend(dict.fromkeys(window for window in found if window not in known))
        return known[::-1]


def _same(window: Window, found: Window) -> bool:
    """Tell whether two windows are the same days, told as a stretch or as some day of it."""
    return window in (found, within(found))
