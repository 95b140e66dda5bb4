"""The errors that kg raises. Each carries one line: the place, what is wrong, the fix."""

from __future__ import annotations


class KgError(Exception):
    """Something kg cannot read or run. The command line prints it as one line and exits 3."""


class ReadError(KgError):
    """A text, web page or metadata file cannot be read as an article."""


class OntologyError(KgError):
    """A file in `ontology/` or `shapes/` is malformed or names what does not exist."""


class PatternError(OntologyError):
    """A phrase does not follow the grammar of `docs/patterns.md`."""


class QueryError(KgError):
    """A saved query is malformed, or its parameters do not fit."""


class StoreError(KgError):
    """The store cannot be opened, is in use, or refuses to write."""


class InUseError(StoreError):
    """A store is being written by another process."""


class UsageError(KgError):
    """The call itself is wrong (an unknown name, a bad option). Exits 2."""


class ParserError(KgError):
    """The natural-language parser or its model is missing or not the one that was pinned."""


class ExtractorError(KgError):
    """An extractor of an installed package does not load, or fails on an article."""
