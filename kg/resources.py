"""Finds the data folders (`ontology/ shapes/ queries/`): shipped ones and a user's overlay.

A wheel carries them inside the package (`kg/_data`); a checkout or an editable install has
them beside the package. A user's project (`kg init`) lays its own folders over ours: a file
of the same name in the same folder replaces the shipped one, any other adds to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.errors import KgError


@dataclass(frozen=True, slots=True)
class Resources:
    """The folders that hold kg's knowledge, ours first, a user's project last."""

    roots: tuple[Path, ...]

    def files(self, folder: str, suffix: str) -> dict[str, Path]:
        """Return the files below a folder by relative name, sorted; later roots win."""
        found = {
            path.relative_to(root / folder).as_posix(): path
            for root in self.roots
            for path in sorted((root / folder).rglob(f"*{suffix}"))
            if path.is_file()
        }
        return dict(sorted(found.items()))


def shipped() -> Path:
    """Return the folder that holds the shipped `ontology/ shapes/ queries/`.

    Raises KgError where the installation lacks them.
    """
    package = Path(__file__).resolve().parent
    for root in (package / "_data", package.parent):
        if (root / "ontology" / "kg.ttl").is_file():
            return root
    raise KgError(f"{package}: the folders ontology/ shapes/ queries/ are missing; reinstall kgnews")


def resources(project: Path | None = None) -> Resources:
    """Return the shipped resources, with a user's project laid over them where given."""
    return Resources((shipped(),) if project is None else (shipped(), project.resolve()))
