"""Reads the `#+` header of a saved query strictly: what it does not know it refuses, with the line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import QueryError
from kg.params import BOOLEANS, TYPES, Param, literal
from kg.terms import PREFIXES

if TYPE_CHECKING:
    from yaml import MappingNode, ScalarNode, SequenceNode

    Node = ScalarNode | SequenceNode | MappingNode

VIEWS: Final = ("table", "timeline", "network", "map", "number", "graph")
INDEXES: Final = ("dated", "every", "deeds", "contested")
_KEYS: Final = ("summary", "description", "tags", "params", "columns", "view", "index")
_PARAM: Final = ("type", "label", "class", "below", "values", "default", "required", "many", "end")
# A key that fits some types only.
_ONLY: Final = {"class": "iri", "below": "iri", "values": "one-of", "end": "date"}


@dataclass(frozen=True, slots=True)
class Header:
    """What a header says, and on which line (from 1) each of its keys and parameters stands."""

    summary: str
    description: str
    tags: tuple[str, ...]
    params: tuple[Param, ...]
    columns: tuple[tuple[str, str], ...]
    view: str
    index: str
    lines: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Value:
    """A value of the header, the key before it, and where in the file the header's lines stand."""

    node: Node
    path: Path
    lines: tuple[int, ...]
    key: Node | None = None

    @property
    def line(self) -> int:
        at: int = (self.key or self.node).start_mark.line
        return self.lines[min(at, len(self.lines) - 1)]

    def wrong(self, what: str) -> QueryError:
        return QueryError(f"{self.path}:{self.line}: {what}")

    def inside(self, node: Node) -> _Value:
        return _Value(node, self.path, self.lines)

    def text(self, what: str) -> str:
        """Return the words of a scalar."""
        if not isinstance(self.node.value, str):
            raise self.wrong(f"{what} must be words, not a list or 'key: value' lines")
        return self.node.value.strip()

    def flag(self, what: str) -> bool:
        words = self.text(what)
        if words not in BOOLEANS:
            raise self.wrong(f"{what} is true or false, not {words!r}")
        return words == "true"

    def texts(self, what: str) -> tuple[str, ...]:
        """Return the words of a list, or of one scalar."""
        if isinstance(self.node.value, str):
            return (self.text(what),)
        if self.node.id != "sequence":
            raise self.wrong(f"{what} must be a list, as [one, two]")
        return tuple(self.inside(each).text(what) for each in self.node.value)

    def table(self, what: str) -> dict[str, _Value]:
        """Return the values of a mapping by their keys, none of which may come twice."""
        if isinstance(self.node.value, str) and not self.node.value:
            return {}
        if self.node.id != "mapping":
            raise self.wrong(f"{what} must be 'name: ...' lines")
        found: dict[str, _Value] = {}
        for key, value in self.node.value:
            name = self.inside(key).text(f"a name in {what}")
            if name in found:
                raise self.inside(key).wrong(f"{name!r} stands twice in {what}; take one out")
            found[name] = _Value(value, self.path, self.lines, key)
        return found


def read_header(path: Path, text: str) -> Header:
    """Read the lines that begin with `#+`. Raises QueryError with file, line and fix."""
    top = _composed(path, text)
    found = top.table("the header") if top else {}
    for name, value in found.items():
        if name not in _KEYS:
            raise value.wrong(f"unknown key {name!r} in the header; it has {', '.join(_KEYS)}")
    summary = found["summary"].text("summary") if "summary" in found else ""
    if not summary:
        raise QueryError(f"{path}:1: the header needs at least '#+ summary: ...'")
    params = found["params"].table("params") if "params" in found else {}
    columns = found["columns"].table("columns") if "columns" in found else {}
    return Header(
        summary=summary,
        description=found["description"].text("description") if "description" in found else "",
        tags=found["tags"].texts("tags") if "tags" in found else (),
        params=tuple(_param(name, value) for name, value in params.items()),
        columns=tuple((name, value.text(f"the label of {name}")) for name, value in columns.items()),
        view=_one(found["view"], "view", VIEWS) if "view" in found else "table",
        index=_one(found["index"], "index", INDEXES) if "index" in found else "",
        lines={name: value.line for name, value in {**found, **params}.items()},
    )


def _composed(path: Path, text: str) -> _Value | None:
    import yaml

    rows = [(n, line[2:].removeprefix(" ")) for n, line in enumerate(text.split("\n"), 1) if line[:2] == "#+"]
    lines = tuple(number for number, _ in rows)
    try:
        # Every word stays a string: a parameter may be called "yes" or "on".
        node: Node | None = yaml.compose("\n".join(line for _, line in rows), Loader=yaml.BaseLoader)  # type: ignore[assignment]  # typed as the base class of the three
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        at = lines[min(mark.line, len(lines) - 1)] if mark and lines else 1
        what = getattr(error, "problem", None) or "not YAML"
        raise QueryError(f"{path}:{at}: malformed header: {what}") from error
    except RecursionError as error:
        raise QueryError(f"{path}:1: malformed header: nested too deeply") from error
    return _Value(node, path, lines) if node is not None else None


def _one(value: _Value, what: str, known: tuple[str, ...]) -> str:
    words = value.text(what)
    if words not in known:
        raise value.wrong(f"unknown {what} {words!r}; choose one of {', '.join(known)}")
    return words


def _param(name: str, about: _Value) -> Param:
    given = about.table(f"parameter {name}")
    kind = given["type"].text("type") if "type" in given else ""
    if kind not in TYPES:
        raise about.wrong(f"parameter {name} needs a type out of {', '.join(TYPES)}")
    for key, value in given.items():
        if key not in _PARAM:
            raise value.wrong(f"unknown key {key!r} in parameter {name}; it has {', '.join(_PARAM)}")
        if _ONLY.get(key, kind) != kind:
            raise value.wrong(f"parameter {name}: {key} is for {_ONLY[key]}, not for {kind}")
    found = Param(
        name=name,
        type=kind,
        label=given["label"].text("label") if "label" in given else name,
        kind=_iri(given["class"]) if "class" in given else "",
        below=_iri(given["below"]) if "below" in given else "",
        options=given["values"].texts("values") if "values" in given else (),
        default=given["default"].texts("default") if "default" in given else (),
        required="required" in given and given["required"].flag("required"),
        many="many" in given and given["many"].flag("many"),
        end="end" in given and given["end"].flag("end"),
    )
    _check(found, about, given)
    return found


def _iri(value: _Value) -> str:
    words = value.text("class")
    prefix, colon, local = words.partition(":")
    if not colon or prefix not in PREFIXES or not local.isidentifier():
        raise value.wrong(f"{words!r} is no class; write one as kg:Actor, with {', '.join(PREFIXES)}")
    return PREFIXES[prefix] + local


def _check(param: Param, about: _Value, given: Mapping[str, _Value]) -> None:
    """Refuse what does not go together in a parameter."""
    name = f"parameter {param.name}"
    if param.kind and param.below:
        raise about.wrong(f"{name}: class (a thing of it) and below (a class under it) exclude each other")
    if param.required and param.default:
        raise about.wrong(f"{name} is required and has a default; take one of both out")
    if len(param.default) > 1 and not param.many:
        raise given["default"].wrong(f"{name} has several defaults; it needs 'many: true'")
    if param.type == "one-of" and len(set(param.options)) < max(len(param.options), 1):
        raise about.wrong(f"{name} needs values, each once, as 'values: [killed, injured]'")
    if param.type != "iri":
        _check_default(param, given)


def _check_default(param: Param, given: Mapping[str, _Value]) -> None:
    for value in param.default:
        try:
            literal(param, value)
        except QueryError as error:
            raise given["default"].wrong(f"the default of {error}") from error
