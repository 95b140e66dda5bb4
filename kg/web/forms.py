"""Forms of saved questions: a field for each parameter, with what the request gave it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.binding import choices
from kg.params import Param
from kg.saved import SavedQuery
from kg.web.asked import Asked
from kg.web.site import Site


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form: the parameter, its values as people write them, and what may be chosen."""

    param: Param
    values: tuple[str, ...]
    options: tuple[tuple[str, str], ...]

    @property
    def value(self) -> str:
        """The last value, or nothing."""
        return self.values[-1] if self.values else ""


def given(saved: SavedQuery, asked: Asked) -> dict[str, tuple[str, ...]]:
    """Return what a request gives to the parameters of a question; empty fields count as not given."""
    found = {param.name: asked.all(param.name) for param in saved.params}
    return {name: tuple(values) for name, values in found.items() if values}


def fields(site: Site, saved: SavedQuery, asked: Asked) -> list[Field]:
    """Return the fields of a question's form."""
    known = given(saved, asked)
    return [
        Field(param, known.get(param.name, param.default), options(site, param)) for param in saved.params
    ]


def options(site: Site, param: Param) -> tuple[tuple[str, str], ...]:
    """Return what may be chosen for a parameter, each with its label; nothing where it is written freely."""
    return site.keep(("choices", param), lambda: choices(site.store, param))
