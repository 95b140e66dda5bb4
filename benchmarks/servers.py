"""What one article costs a store whose quads are on a server, beside one on disk.

    python benchmarks/servers.py [--json] [--sizes 100 1000] [--turns N] [--server URL]...

Articles are those of `articles.py`. Each server must be running and empty; it is empty again afterwards.
`requests` are those of taking an article in and validating it, at the median.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from articles import changed, come_and_go, fill
from corpus import NAMES, made_up
from measured import options, tell

from kg.address import About
from kg.api import load_knowledge
from kg.commit import Knowledge, retract
from kg.pipeline import examine, shape_files
from kg.resources import resources
from kg.server import Server
from kg.store import Store
from kg.validate import Checker


class Counted(Server):
    """A server whose requests are counted."""

    requests = 0

    def _once(self, *args: object) -> object:  # type: ignore[override]  # whatever it takes and gives
        Counted.requests += 1
        return super()._once(*args)  # type: ignore[arg-type]


def measure(servers: list[str], sizes: list[int], turns: int) -> Iterator[dict[str, object]]:
    """Yield the figures of each size, on disk and on each server."""
    import kg.served

    kg.served.Server = Counted  # type: ignore[misc]
    knowledge = load_knowledge()
    for size in sizes:
        for url in ("", *servers):
            with tempfile.TemporaryDirectory() as folder:
                about = About(NAMES.base, url)
                with Store.open(Path(folder, "s"), create=True, about=about) as store:
                    fill(store, size, knowledge)
                    found = come_and_go(store, size, knowledge, turns)
                    number = _requests(store, size, knowledge, turns)
                    yield {"where": url or "disk", **found, "requests": number}
                    if url:
                        store.backing.clear()


def _requests(store: Store, size: int, knowledge: Knowledge, turns: int) -> float:
    checker = Checker.of(shape_files(resources()), knowledge.axioms)
    counts = []
    for new in (made_up(size + number) for number in range(turns)):
        before = Counted.requests
        change = changed(store, new, knowledge)
        examine(store, new.graph, knowledge, checker, change)
        counts.append(Counted.requests - before)
        retract(store, new.article, knowledge)
    return median(counts)


def main() -> None:
    """Print a table, or one JSON object."""
    asked = options(__doc__, growing=True)
    asked.add_argument("--server", action="append", default=[], metavar="URL")
    asked.set_defaults(sizes=[100, 1000])
    given = asked.parse_args()
    rows = list(measure(given.server, given.sizes, given.turns))
    if given.as_json:
        tell({"rows": rows}, as_json=True, turns=given.turns, seed="the article's number")
        return
    print("\t".join(rows[0]))
    for row in rows:
        print("\t".join(map(str, row.values())))


if __name__ == "__main__":
    main()
