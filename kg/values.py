"""Turns frozen values into JSON and back; reading is strict: what does not fit its type is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def encode(value: object) -> Any:
    """Return a value as JSON's own types; a dataclass becomes an object that names its class."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(encode(item) for item in value)
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        known = {field.name: encode(getattr(value, field.name)) for field in fields(value)}
        return {"": type(value).__name__, **known}
    return value


def decode(kind: type[T], given: object) -> T:
    """Return the value of a type that JSON gives; raises ValueError where it does not fit."""
    found = _decode(kind, given)
    assert isinstance(found, kind)
    return found


def _decode(kind: Any, given: object) -> Any:
    origin = get_origin(kind)
    if origin in {Union, UnionType}:
        return _one_of(get_args(kind), given)
    if origin is tuple:
        return _several(get_args(kind), given)
    if origin is frozenset:
        return frozenset(_several((*get_args(kind), ...), given))
    if origin is Literal:
        return _required(given in get_args(kind) and isinstance(given, str), given)
    return _object(kind, given) if is_dataclass(kind) else _plain(kind, given)


def _plain(kind: type, given: object) -> Any:
    if issubclass(kind, Enum):
        return kind(given)
    if kind is date:
        return date.fromisoformat(_required(isinstance(given, str), given))
    return _required(type(given) is kind, given)


def _one_of(kinds: tuple[Any, ...], given: object) -> Any:
    if given is None:
        return _required(NoneType in kinds, given)
    name = given.get("") if isinstance(given, dict) else None
    fitting = [k for k in kinds if k is not NoneType and is_dataclass(k) == isinstance(given, dict)]
    for kind in fitting:
        if name is None or kind.__name__ == name:
            return _decode(kind, given)
    return _required(False, given)


def _several(kinds: tuple[Any, ...], given: object) -> tuple[Any, ...]:
    items: list[object] = _required(isinstance(given, list), given)
    if kinds[-1] is ...:
        return tuple(_decode(kinds[0], item) for item in items)
    return tuple(_decode(kind, item) for kind, item in zip(kinds, items, strict=True))


def _object(kind: Any, given: object) -> Any:
    known: dict[str, object] = _required(isinstance(given, dict), given)
    hints = _hints(kind)
    _required(known.get("") == kind.__name__ and known.keys() - {""} == hints.keys(), given)
    return kind(**{name: _decode(hint, known[name]) for name, hint in hints.items()})


@cache
def _hints(kind: Any) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _required(fits: bool, given: Any) -> Any:
    if not fits:
        raise ValueError(f"{str(given)[:60]!r} is not what was to be expected")
    return given
