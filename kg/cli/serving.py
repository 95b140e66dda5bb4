"""`kg serve`: the page and the SPARQL endpoint of a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from kg.cli.options import project, store_option
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.address import Place


@click.command()
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8080, show_default=True, type=click.IntRange(0, 65535), help="0: any free one."
)
@click.option(
    "--name", "names", multiple=True, help="A name that the server is reached by, besides its host."
)
@click.option(
    "--timeout", default=10.0, show_default=True, type=click.FloatRange(0.1), help="Seconds a query."
)
@click.option("--memory", default=1024, show_default=True, type=click.IntRange(64), help="MiB a worker.")
@click.option(
    "--rate",
    default=1000.0,
    show_default=True,
    type=click.FloatRange(0),
    help="Requests a second from one address; 0: any.",
)
@click.option(
    "--scratch", is_flag=True, help="No store: an empty data set in memory, which may be changed over HTTP."
)
@click.option("--workers", default=4, show_default=True, type=click.IntRange(1), help="Processes for pages.")
def serve(
    store: Place | None,
    host: str,
    port: int,
    names: tuple[str, ...],
    timeout: float,
    memory: int,
    rate: float,
    scratch: bool,
    workers: int,
) -> None:
    """Serve the store as pages and as a SPARQL endpoint, read-only, until stopped.

    `kg build` may go on beside it: what is asked next is answered from the new state. Only with
    --scratch can anything be changed over HTTP, and nothing of that is kept.
    """
    if scratch:
        _refuse("store", "workers", "rate")
    try:
        import jinja2  # noqa: F401
        import starlette  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError as error:
        raise UsageError(f"kg serve needs {error.name}: pip install 'kgnews[web]'") from error
    from kg.web.serve import Serving, run, run_scratch

    serving = Serving(host, port, names, timeout, memory * 2**20, workers, rate)
    if scratch:
        run_scratch(serving, click.echo)
    else:
        run(project(store), serving, click.echo)


def _refuse(*names: str) -> None:
    """Raise UsageError for options that say nothing about a data set in memory."""
    context = click.get_current_context()
    for name in names:
        if context.get_parameter_source(name) == ParameterSource.COMMANDLINE:
            raise UsageError(f"--scratch has no store, one worker and no rate: leave out --{name}")
