"""A user's own project: a folder with `kg.yaml`, and files that overlay the shipped ones."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.address import About, Address, Place, is_address
from kg.durable import settle_folder, write_durably
from kg.errors import KgError, UsageError
from kg.iri import BASE
from kg.resources import Resources, resources
from kg.terms import link

SETTINGS = "kg.yaml"
_KEYS = {"base", "store"}


@dataclass(frozen=True, slots=True)
class Project:
    """Where things are: the folder of the project (None outside of one), the store, the IRI base.

    `server` is the address of the server that has the store's quads, if one has.
    """

    root: Path | None
    store: Path
    base: str = BASE
    server: str = ""

    @property
    def about(self) -> About:
        """What the folder of the store will tell of it, once it is made."""
        return About(self.base, self.server)

    @property
    def cache(self) -> Path:
        """Where what was extracted before is kept, unless another folder is named: beside the store."""
        return self.store.parent / "cache"

    @property
    def resources(self) -> Resources:
        """The shipped files with the project's own laid over them."""
        return resources(self.root)


def find_project(start: Path, *, store: Place | None = None) -> Project:
    """Return the project that a folder lies in, or a bare one with a store in that folder.

    `store` goes before the setting. Where it is an address, the log and the index of the store lie
    in a folder beside, named after it. Raises KgError for a faulty `kg.yaml` or address.
    """
    for folder in (start, *start.parents):
        if (folder / SETTINGS).is_file():
            given = _settings(folder / SETTINGS)
            place = store or str(given.get("store", "store"))
            return _placed(folder, place, folder, str(given.get("base", BASE)))
    return _placed(None, store or "store", start, BASE)


def _placed(root: Path | None, place: Place, start: Path, base: str) -> Project:
    if not is_address(place):
        return Project(root, place if isinstance(place, Path) else start / place, base)
    address = Address.of(str(place))
    return Project(root, start / f"store-{address.name}", base, address.url)


def _settings(path: Path) -> dict[str, Any]:
    import yaml

    try:
        text = path.read_text(encoding="utf-8")
        given = yaml.load(text, Loader=yaml.BaseLoader) or {}  # noqa: S506 - makes no objects
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        raise KgError(f"{path}: cannot be read: {' '.join(str(error).split())[:200]}") from error
    if not isinstance(given, dict) or (unknown := sorted(set(map(str, given)) - _KEYS)):
        what = "expected 'key: value' lines" if not isinstance(given, dict) else f"unknown key {unknown[0]}"
        raise KgError(f"{path}: {what}; keys are {', '.join(sorted(_KEYS))}")
    for key, value in given.items():
        if not isinstance(value, str) or not value.strip() or "\0" in value:
            raise KgError(f"{path}: {key}: expected one line of text")
    base = str(given.get("base", BASE))
    if (
        link(base) is None
        or not base.startswith(("http://", "https://", "urn:"))
        or not base.endswith(("/", "#", ":"))
    ):
        raise KgError(f"{path}: base {base!r} must be an http(s) or urn IRI that ends in / or # or :")
    return given


def init_project(folder: Path) -> tuple[Path, ...]:
    """Make a project folder from the skeleton; return what was written.

    Raises UsageError where the folder already holds a project, KgError where it cannot be made.
    """
    if (folder / SETTINGS).exists():
        raise UsageError(f"{folder}: already a kg project (it has {SETTINGS})")
    skeleton = Path(__file__).resolve().parent / "skeleton"
    written = []
    try:
        for name in ("ontology/events", "shapes", "queries", "tests", "articles"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        for place in (folder.parent, folder, *(each for each in folder.rglob("*") if each.is_dir())):
            settle_folder(place)
        files = (p for p in skeleton.rglob("*") if p.is_file() and p.name != "__init__.py")
        for source in sorted(files, key=lambda path: (path.name == SETTINGS, path)):  # they come last
            target = folder / source.relative_to(skeleton)
            if not target.exists():
                write_durably(target, source.read_bytes())
                written.append(target)
    except OSError as error:
        raise KgError(f"{folder}: cannot make a project here: {error.strerror}") from error
    return tuple(written)
