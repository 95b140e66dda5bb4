"""Judges literals of files that others wrote: ill-typed ones are refused, the others take one form.

The store keeps numbers, days and moments by their value; what it would write in another way is
written so before it goes in, so that it comes out as it is known.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf, isinf
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.iri import EDTF
from kg.terms import RDF, XSD
from kg.timex.edtf_text import parse

_ZONE: Final = r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
_YEAR: Final = r"(?P<year>-?(?:[1-9][0-9]{3,}|0[0-9]{3}))"
_MONTH: Final = r"(?P<month>0[1-9]|1[0-2])"
_DAY: Final = r"(?P<day>0[1-9]|[12][0-9]|3[01])"
_CLOCK: Final = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_FLOAT: Final = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF"
_TIMES: Final = r"(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?)?"
_FORMS: Final[Mapping[str, re.Pattern[str]]] = {
    name: re.compile(form)
    for name, form in {
        "boolean": "true|false|1|0",
        "decimal": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)",
        "double": _FLOAT,
        "float": _FLOAT,
        "date": f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}",
        "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_CLOCK}{_ZONE}",
        "dateTimeStamp": f"{_YEAR}-{_MONTH}-{_DAY}T{_CLOCK}(?!$){_ZONE}",
        "time": f"{_CLOCK}{_ZONE}",
        "gYear": f"{_YEAR}{_ZONE}",
        "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}",
        "gMonth": f"--{_MONTH}{_ZONE}",
        "gMonthDay": f"--{_MONTH}-{_DAY}{_ZONE}",
        "gDay": f"---{_DAY}{_ZONE}",
        "duration": rf"-?P(?=[0-9T])(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?{_TIMES}",
        "dayTimeDuration": rf"-?P(?=[0-9T])(?:[0-9]+D)?{_TIMES}",
        "yearMonthDuration": r"-?P(?=[0-9])(?:[0-9]+Y)?(?:[0-9]+M)?",
        "hexBinary": "(?:[0-9a-fA-F]{2})*",
        "language": "[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
    }.items()
}
_WHOLE: Final = re.compile("[+-]?[0-9]+")
_WHOLES: Final[Mapping[str, tuple[float, float]]] = {
    "integer": (-inf, inf),
    "nonNegativeInteger": (0, inf),
    "positiveInteger": (1, inf),
    "nonPositiveInteger": (-inf, 0),
    "negativeInteger": (-inf, -1),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}
_LONGEST: Final = 1000  # characters of a number, a day or a moment
_LEAP: Final = 2000  # stands for the year of a day that has none
_AS_IS: Final = frozenset({XSD + "string", RDF + "langString"})


_ANY: Final = NamedNode("urn:kg:any")


@dataclass(frozen=True, slots=True)
class Writing:
    """Writes literals as the store does."""

    _scratch: Store = field(default_factory=Store)

    def kept(self, literal: Literal) -> Literal:
        """Return a literal in the form that the store gives it. Raises ValueError for an ill-typed one."""
        kind = literal.datatype.value
        if kind in _AS_IS:
            return literal
        if kind == EDTF:
            parse(literal.value)
            return literal
        if not kind.startswith(XSD):
            return literal
        name = kind.removeprefix(XSD)
        if name not in _WHOLES and name not in _FORMS:
            return literal
        _judge(name, literal.value)
        return self._written(literal)

    def _written(self, literal: Literal) -> Literal:
        self._scratch.clear()
        self._scratch.add(Quad(_ANY, _ANY, literal, _ANY))
        found = next(iter(self._scratch)).object
        assert isinstance(found, Literal)
        return found


def _judge(name: str, text: str) -> None:
    """Raise ValueError where a text is no value of a datatype of XML Schema, or one that means nothing."""
    if len(text) > _LONGEST and name != "hexBinary":
        raise ValueError(f"longer than {_LONGEST} characters")
    if name in _WHOLES:
        least, most = _WHOLES[name]
        if not _WHOLE.fullmatch(text):
            raise ValueError("not a whole number in the digits 0 to 9")
        if not least <= int(text) <= most:
            raise ValueError(f"out of the range of xsd:{name}")
        return
    found = _FORMS[name].fullmatch(text)
    if found is None:
        raise ValueError(f"not an xsd:{name}")
    if name in ("double", "float") and "INF" not in text and isinf(float(text)):
        raise ValueError(f"out of the range of xsd:{name}")
    parts = found.groupdict()
    if "day" in parts and "month" in parts:
        year = int(parts.get("year") or _LEAP) % 400 + 400  # calendars repeat after 400 years
        if int(parts["day"]) > calendar.monthrange(year, int(parts["month"]))[1]:
            raise ValueError("no calendar has this day")
