"""What is known when a time expression is read: publication, narrative, frame, tense."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from kg.model import When, Window
from kg.timex import edtf
from kg.timex.forms import Bound, Duration, Kind, Timex, Vague

Tense = Literal["past", "future"]


@dataclass(frozen=True, slots=True)
class Context:
    """The anchors that an expression may use. What is None is unknown and never assumed.

    `narrative` is the window of the last dated event or expression, `frame` the stretch that
    the passage is about, `event` the window of the event that the expression itself names.
    """

    publication: Window | None = None
    narrative: Window | None = None
    frame: Window | None = None
    event: Window | None = None
    tense: Tense | None = None

    def told(self, timex: Timex, when: When) -> Context:
        """Return the context after an expression: its window becomes the narrative anchor.

        A frame ("over the past five years") takes over and clears the anchor; durations and
        words that only point back change nothing.
        """
        if when.window is None or isinstance(timex.form, Duration | Vague):
            return self
        if timex.kind is Kind.FRAME:
            return replace(self, frame=when.window, narrative=None)
        if isinstance(timex.form, Bound) and not _closed(when.window):
            return self
        return replace(self, narrative=when.window)

    def ends(self) -> tuple[Context, Context]:
        """Return the context as of the first and as of the last day that its anchors allow."""
        first = replace(self, publication=_first(self.publication), narrative=_first(self.narrative))
        last = replace(self, publication=_last(self.publication), narrative=_last(self.narrative))
        return first, last

    def paragraph(self) -> Context:
        """Return the context at the start of a new paragraph: the frame ends with its own."""
        return replace(self, frame=None)

    def section(self) -> Context:
        """Return the context under a new heading: neither frame nor narrative carry over."""
        return replace(self, frame=None, narrative=None)


def _closed(window: Window) -> bool:
    return window.earliest is not None and window.latest is not None


def _first(window: Window | None) -> Window | None:
    return None if window is None or window.earliest is None else edtf.day(window.earliest)


def _last(window: Window | None) -> Window | None:
    return None if window is None or window.latest is None else edtf.day(window.latest)
