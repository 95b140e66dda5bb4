"""What a disk holds after a power cut, from a trace of calls: what was not synced may be lost.

Strict: a file's bytes are safe once it was synced, its name once its folder was.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from fault_calls import Call


class Disk:
    """Files and folders as processes see them, and as a power cut leaves them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.seen: dict[str, int] = {}
        self.safe: dict[str, int] = {}
        self.content: list[bytearray | None] = []  # None: a folder
        self.settled: list[bytes | None] = []
        self.waiting: list[list[Call]] = []
        for path in [root, *sorted(root.rglob("*"))]:
            self._make(str(path), None if path.is_dir() else path.read_bytes())
        self.safe = dict(self.seen)

    def _make(self, path: str, data: bytes | None) -> None:
        self.seen[path] = len(self.content)
        self.content.append(None if data is None else bytearray(data))
        self.settled.append(data)
        self.waiting.append([])

    def do(self, call: Call) -> None:
        """Take over what a call did."""
        match call.kind:
            case "create" | "mkdir":
                self._make(call.path, b"" if call.kind == "create" else None)
            case "write" | "size":
                number = self.seen[call.path.removesuffix(" (deleted)")] if call.path in self.seen else -1
                if number >= 0:
                    self.waiting[number].append(call)
                    _change(self.content[number], call)
            case "sync" if call.path in self.seen:
                self._sync(call.path)
            case "link":
                self.seen[call.other] = self.seen[call.path]
            case "unlink":
                self.seen.pop(call.path, None)
            case "rename":
                self._rename(call.path, call.other)

    def _rename(self, old: str, new: str) -> None:
        for path in [each for each in self.seen if each == old or each.startswith(f"{old}/")]:
            self.seen[new + path.removeprefix(old)] = self.seen.pop(path)

    def _sync(self, path: str) -> None:
        number = self.seen[path]
        content = self.content[number]
        if content is not None:
            self.settled[number] = bytes(content)
            self.waiting[number] = []
            return
        for name in {each for each in (*self.seen, *self.safe) if str(PurePosixPath(each).parent) == path}:
            if name not in self.seen:
                del self.safe[name]
            else:
                self.safe[name] = self.seen[name]

    def left(self, luck: random.Random | None) -> dict[str, bytes | None]:
        """Return what is left: nothing that was not synced, or by luck the first of each file's changes.

        A folder that was renamed keeps what was in it.
        """
        names = dict(self.safe)
        if luck is not None:
            for name in sorted(self.seen.keys() ^ self.safe.keys()):
                if luck.random() < 0.5 and name in self.seen:
                    names[name] = self.seen[name]
        number_of = {number: path for path, number in self.safe.items()}
        found: dict[str, bytes | None] = {}
        for name, number in sorted(names.items()):
            found[name] = self._after(number, luck)
            old = number_of.get(number)
            if self.content[number] is None and old != name:
                inside = {p: n for p, n in self.seen.items() if p.startswith(f"{name}/")}
                found.update({path: self._after(n, luck) for path, n in inside.items()})
        return {name: data for name, data in found.items() if _has_folder(name, found, str(self.root))}

    def _after(self, number: int, luck: random.Random | None) -> bytes | None:
        settled = self.settled[number]
        if settled is None:
            return None
        data = bytearray(settled)
        waiting = self.waiting[number]
        for call in waiting[: luck.randint(0, len(waiting))] if luck else ():
            _change(data, call)
        return bytes(data)


def _change(data: bytearray | None, call: Call) -> None:
    assert data is not None
    if call.kind == "size":
        del data[call.offset :]
        data.extend(bytes(call.offset - len(data)))
        return
    data.extend(bytes(max(call.offset - len(data), 0)))
    data[call.offset : call.offset + len(call.data)] = call.data


def _has_folder(name: str, found: Iterable[str], root: str) -> bool:
    return name == root or str(PurePosixPath(name).parent) in found


def lay_out(files: dict[str, bytes | None], root: Path, place: Path) -> None:
    """Write what is left of a folder into another one."""
    for name, data in sorted(files.items()):
        target = place / PurePosixPath(name).relative_to(root)
        if data is None:
            target.mkdir(parents=True, exist_ok=True)
        elif not name.endswith("-shm"):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
