"""Reads the EDTF strings that kg writes back into windows."""

from __future__ import annotations

import re
from datetime import date

from kg.model import Window
from kg.timex import edtf


def parse(text: str) -> Window:
    """Return the window that an EDTF string gives: the forms that `kg.timex.edtf` writes.

    Raises ValueError for any other string, and for days that no calendar has.

    >>> parse("[2024-12-21..2024-12-31]").latest
    datetime.date(2024, 12, 31)
    """
    if text.endswith("~") and not text.endswith("~~"):
        return _approximate(text)
    if text.startswith("["):
        found = re.fullmatch(r"\[((?:[-0-9]{10})?)\.\.((?:[-0-9]{10})?)\]", text)
        window = edtf.one_of(*_ends(found, text))
    elif "/" in text:
        found = re.fullmatch(r"(\.\.|[-0-9]{10})/(\.\.|[-0-9]{10})", text)
        window = edtf.stretch(*_ends(found, text))
    else:
        window = _single(text)
    if window is None:
        raise ValueError(f"not an EDTF date that kg knows: {text!r}")
    return window


def _approximate(text: str) -> Window:
    try:
        return edtf.approximate(parse(text[:-1]))
    except OverflowError as error:
        raise ValueError(str(error)) from error


def _ends(found: re.Match[str] | None, text: str) -> tuple[date | None, date | None]:
    if found is None:
        raise ValueError(f"not an EDTF date that kg knows: {text!r}")
    first, last = found.groups()
    return _end(first), _end(last)


def _end(text: str) -> date | None:
    return None if text in ("", "..") else date.fromisoformat(text)


def _single(text: str) -> Window:
    if re.fullmatch(r"[0-9]{4}-[0-9][0-9]-[0-9][0-9]", text):
        return edtf.day(date.fromisoformat(text))
    if found := re.fullmatch(r"([0-9]{3})X", text):
        return edtf.decade(int(found[1]) * 10)
    found = re.fullmatch(r"([0-9]{4})(?:-([0-9][0-9]))?", text)
    if found is None:
        raise ValueError(f"not an EDTF date that kg knows: {text!r}")
    if found[2] is None:
        return edtf.year(int(found[1]))
    if found[2] in edtf.SUBYEAR:
        return edtf.subyear(int(found[1]), found[2])
    return edtf.month(int(found[1]), int(found[2]))
