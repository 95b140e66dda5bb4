"""Brings files and their names to the disk, so that a power cut does not take them back."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import IO


def settle(file: IO[bytes] | io.FileIO) -> None:
    """Bring what was written to a file to the disk. Raises OSError where the disk refuses."""
    file.flush()
    if not isinstance(file, io.BytesIO):
        os.fsync(file.fileno())


def settle_folder(path: Path) -> None:
    """Bring the names in a folder, or what others wrote to a file, to the disk.

    Raises OSError where it refuses.
    """
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def write_durably(path: Path, data: bytes) -> None:
    """Write a file, whole or not at all, and for good. Raises OSError where the disk refuses."""
    draft = path.with_name(f"{path.name}.part")
    with draft.open("wb") as file:
        file.write(data)
        settle(file)
    draft.replace(path)
    settle_folder(path.parent)
