"""Parts of long lists: which rows a page shows, and how many there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.query import Answer, Term
from kg.saved import SavedQuery
from kg.web.asked import Asked
from kg.web.site import PAGE, Site


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of many: the first and the last of them (from 1), and the number of the page."""

    first: int
    last: int
    number: int
    page: int
    pages: int


def cut(
    rows: Sequence[tuple[Term | None, ...]], asked: Asked
) -> tuple[Part, tuple[tuple[Term | None, ...], ...]]:
    """Return the rows of the page that is asked for; beyond the last page they are those of the last."""
    part = _part(_wanted(asked), len(rows))
    return part, tuple(rows[max(part.first - 1, 0) : part.last])


def paged(
    site: Site, saved: SavedQuery, values: Mapping[str, tuple[str, ...]], asked: Asked
) -> tuple[Part, Answer]:
    """Return the part of a saved question's answer that is asked for, by the index where it has one."""
    page = _wanted(asked)
    found = site.part(saved, values, (page - 1) * PAGE)
    part = _part(page, found.number)
    if part.page != page:
        found = site.part(saved, values, (part.page - 1) * PAGE)
    return part, found.answer


def _wanted(asked: Asked) -> int:
    words = asked.one("page")
    return max(int(words), 1) if words.isascii() and words.isdigit() and len(words) < 9 else 1


def _part(page: int, number: int) -> Part:
    pages = max(1, -(-number // PAGE))
    page = min(page, pages)
    return Part(min((page - 1) * PAGE + 1, number), min(page * PAGE, number), number, page, pages)
