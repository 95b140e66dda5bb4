"""What is known of an article from outside its text: options and the YAML file beside it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from kg.decode import read_text
from kg.errors import ReadError
from kg.model import Window
from kg.timex import edtf_text


@dataclass(frozen=True, slots=True)
class Metadata:
    """Facts given about an article. `published` and `retrieved` are EDTF dates."""

    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    published: str | None = None
    retrieved: str | None = None

    def over(self, other: Metadata) -> Metadata:
        """Return these facts, with the other's where this has none."""
        pairs = ((getattr(self, f.name), getattr(other, f.name)) for f in fields(self))
        return Metadata(*(mine if mine is not None else theirs for mine, theirs in pairs))


KEYS = tuple(field.name for field in fields(Metadata))


def sidecar(path: Path) -> Metadata:
    """Return the metadata of `NAME.yaml` beside `NAME.txt`; none where there is no such file.

    Raises ReadError, with the file and the key, for anything but the known keys with text.
    """
    beside = path.with_suffix(".yaml")
    if not beside.is_file():
        return Metadata()
    import yaml

    try:
        # Every value stays a string: no dates, numbers or objects are made of it.
        found = yaml.load(read_text(beside, limit_mb=1), Loader=yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, RecursionError) as error:
        reason = " ".join(str(error).split())[:200]
        raise ReadError(f"{beside}: not YAML: {reason}") from error
    except ValueError as error:
        raise ReadError(f"{beside}: {error}") from error
    if not isinstance(found, dict):
        raise ReadError(f"{beside}: expected lines such as 'title: ...'")
    return Metadata(**{_key(beside, key): _value(beside, key, found[key]) for key in found})


def _key(beside: Path, key: object) -> str:
    if not isinstance(key, str) or key not in KEYS:
        raise ReadError(f"{beside}: unknown key {key!r}; known: {', '.join(KEYS)}")
    return key


def _value(beside: Path, key: object, value: object) -> str | None:
    if isinstance(value, str):
        words = value if value.strip() and value not in {"null", "~"} else None
        if key in ("published", "retrieved"):
            dated(beside, str(key), words)
        return words
    raise ReadError(f"{beside}: {key}: expected text, got a list or a table")


def dated(path: Path, name: str, words: str | None) -> Window | None:
    """Return a given EDTF date as a window. Raises ReadError with the file and the key."""
    if words is None:
        return None
    try:
        return edtf_text.parse(words)
    except (ValueError, OverflowError) as error:
        raise ReadError(f"{path}: {name}: {words!r} is not a date such as 2024-05-03") from error
