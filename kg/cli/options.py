"""What several commands share: where the project and its store are, and how to write out."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.address import Place, is_address
from kg.durable import settle_folder
from kg.errors import KgError
from kg.project import Project, find_project

if TYPE_CHECKING:
    from kg.commit import Knowledge
    from kg.store import Store

Command = TypeVar("Command", bound=Callable[..., Any])


class _Place(click.Path):
    """A folder, or the address of a SPARQL server."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return value if is_address(value) else super().convert(value, param, ctx)


def store_option(command: Command) -> Command:
    """Add `--store PLACE` (or KG_STORE): the store's folder or server; default: `store` in the project."""
    option = click.option(
        "--store",
        type=_Place(path_type=Path, file_okay=False),
        metavar="PLACE",
        envvar="KG_STORE",
        help="Folder of the store, or address of a SPARQL server. [default: the project's, else ./store]",
    )
    return option(command)


def output_option(command: Command) -> Command:
    """Add `-o FILE`: where to write; `-` is standard output."""
    option = click.option(
        "-o", "--output", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), help="Write here."
    )
    return option(command)


def limit_options(command: Command) -> Command:
    """Add `--timeout SECONDS` and `--memory MIB`: what a run may take over what others wrote."""
    timeout = click.option(
        "--timeout",
        type=click.FloatRange(0.1),
        envvar="KG_TIMEOUT",
        help="Seconds that it may take. [default: 60, and more for large files]",
    )
    memory = click.option(
        "--memory",
        type=click.IntRange(64),
        envvar="KG_MEMORY",
        help="MiB that it may take. [default: 1024, and more for large files]",
    )
    return timeout(memory(command))


def project(store: Place | None) -> Project:
    """Return the project that the working folder lies in."""
    return find_project(Path.cwd(), store=store)


@contextmanager
def opened(given: Project) -> Iterator[Store]:
    """Open a project's store for reading, after what a stopped run left undone was done.

    Raises StoreError where there is none or it is in use.
    """
    from kg.store import Store

    if given.server and not given.store.exists():
        with Store.reached(given.server) as store:
            if store.backing.busy:
                click.echo(f"note: {given.server} is being written; what is told may be a part", err=True)
            yield store
        return
    with Store.open(given.store, read_only=True) as store:
        behind = store.behind
        if not behind:
            yield store
    if behind:
        with writing(given):
            pass
        with Store.open(given.store, read_only=True) as store:
            yield store


@contextmanager
def writing(given: Project, *, create: bool = False) -> Iterator[tuple[Store, Knowledge]]:
    """Open a project's store for writing, brought up to its log, with what writing needs."""
    from kg.api import load_knowledge
    from kg.commit import catch_up
    from kg.store import Store

    with Store.open(given.store, create=create, about=given.about) as store:
        knowledge = load_knowledge(given.resources)
        catch_up(store, knowledge)
        yield store, knowledge


def write_out(data: bytes, output: Path | None) -> None:
    """Write to a file, whole or not at all, or to standard output.

    A terminal gets no control characters; a pipe and a file get the bytes as they are.
    """
    if output is None or str(output) == "-":
        if sys.stdout.isatty():
            from kg.words import without_controls

            data = without_controls(data.decode("utf-8")).encode("utf-8")
        sys.stdout.buffer.write(data)
        return
    target = output.resolve()
    draft: Path | None = None
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)  # a device or a pipe is written to, never replaced
            return
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        draft = Path(name)
        os.close(handle)
        draft.write_bytes(data)
        draft.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~umask())
        settle_folder(draft)
        draft.replace(target)
        settle_folder(target.parent)
    except OSError as error:
        if draft is not None:
            draft.unlink(missing_ok=True)
        raise KgError(f"{output}: cannot be written: {error.strerror}") from error


def umask() -> int:
    """Return which permissions new files of this process do not get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
