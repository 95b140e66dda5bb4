"""The library as a front for hostile inputs: a process that is asked for one after the other."""

from __future__ import annotations

import resource
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from hostile_cases import Case
from hostile_texts import SECRET

from kg.api import load_file, load_knowledge, validate_files
from kg.commit import Knowledge, rebuild
from kg.errors import KgError
from kg.project import find_project
from kg.query import ask
from kg.questions import ask as ask_saved
from kg.read import read
from kg.store import Store

MEMORY = 2 * 2**30  # bytes: what a test may take of the machine
START = 60.0  # seconds
FITS = 1000.0  # MiB that a process may have used in the end


class Library:
    """A process that calls the library; made anew after one that died or took too long."""

    def __init__(self, folder: Path, seconds: float) -> None:
        self._folder, self._seconds = folder, seconds
        self._start()

    def _start(self) -> None:
        spawn = get_context("spawn")
        self._end, other = spawn.Pipe()
        self._process = spawn.Process(target=_work, args=(other, self._folder), daemon=True)
        self._process.start()
        other.close()
        assert self._end.poll(START) and self._end.recv() == "ready"

    def tell(self, case: Case) -> str:
        """Return `answer`, `refusal`, or what went wrong."""
        try:
            self._end.send(case)
            if self._end.poll(self._seconds):
                return str(self._end.recv())
            found = "hung"
        except (EOFError, OSError):
            found = "died"
        self.close()
        self._start()
        return found

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()


def _work(front: Connection, folder: Path) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    known = load_knowledge()
    store = Store.memory()
    rebuild(store, known)
    front.send("ready")
    while True:
        case = front.recv()
        try:
            _CALLS[case.kind](case, folder, store, known)
            found = "answer"
        except KgError as error:
            found = "refusal" if "\n" not in str(error) else f"a reason of several lines: {error}"
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        front.send(found if used < FITS else f"{found}, {used:.0f} MiB")


def _file(case: Case, folder: Path) -> Path:
    path = folder / case.file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(case.data)
    return path


def _sparql(case: Case, folder: Path, store: Store, known: Knowledge) -> None:
    path = folder / "a.rq"
    path.write_bytes(case.data)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise KgError("not UTF-8") from error
    ask(store, text)


def _rdf(case: Case, folder: Path, store: Store, known: Knowledge) -> None:
    target = Store.memory()
    first = folder / "first.nt"
    first.write_text("<urn:a> <urn:p> <urn:b> .\n", encoding="utf-8")
    load_file(first, target, known)
    load_file(_file(case, folder), target, known)


def _shapes(case: Case, folder: Path, store: Store, known: Knowledge) -> None:
    data, path = folder / "data.ttl", folder / "shapes.ttl"
    data.write_text('<urn:a> <urn:p> "x" .\n', encoding="utf-8")
    path.write_bytes(case.data)
    validate_files([data], shapes=[path], engine="pyshacl")


def _text(case: Case, folder: Path, store: Store, known: Knowledge) -> None:
    if SECRET in read(_file(case, folder)).text:
        raise AssertionError("what no reader sees was read")


def _sidecar(case: Case, folder: Path, store: Store, known: Knowledge) -> None:
    article = folder / "beside" / "a.txt"
    article.parent.mkdir(exist_ok=True)
    article.write_text("Police in Oslo raided the offices of a firm on 2 May 2024.\n", encoding="utf-8")
    article.with_suffix(".yaml").write_bytes(case.data)
    read(article)


def _value(case: Case, folder: Path, store: Store, known: Knowledge) -> None:
    ask_saved(store, "timeline", {case.file: case.data.decode("utf-8", "surrogatepass")})


def project(case: Case, folder: Path) -> Path:
    """Make a project with a file of others in it; return its folder."""
    made = folder / "project"
    (made / "ontology").mkdir(parents=True, exist_ok=True)
    for path in (made / "kg.yaml", made / "ontology" / "a.ttl"):
        path.write_bytes(b"")
    (made / case.file).write_bytes(case.data)
    return made


def _project(case: Case, folder: Path, store: Store, known: Knowledge) -> None:
    load_knowledge(find_project(project(case, folder)).resources)


_CALLS: dict[str, Callable[[Case, Path, Store, Knowledge], None]] = {
    "sparql": _sparql, "rdf": _rdf, "shapes": _shapes, "text": _text, "sidecar": _sidecar, "value": _value,
    "project": _project,
}  # fmt: skip
