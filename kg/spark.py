"""Builds shards on Apache Spark: each is a task that runs the same function as `kg build --shard`.

Spark hands out numbers and moves files, no more: the corpus must lie where every worker can read
it, and kg must be installed there. Shards go to a folder that all workers share or, where a
scheme is named (`hdfs:`, `s3a:`, `file:`), through Hadoop's file systems as Spark has them set up.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from kg.errors import KgError, UsageError
from kg.sharding import Corpus, make
from kg.shards import Head, Shard, finished
from kg.workers import kit_of

if TYPE_CHECKING:
    from pyspark import SparkContext

_ENDINGS: Final = (".jsonl", ".nq")
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)
Files = tuple[bytes, ...]


@contextmanager
def made(corpus: Corpus, shards: Iterable[Shard], to: str) -> Iterator[Path]:
    """Build those shards that are not there yet; give a folder that holds them all.

    Raises UsageError where pyspark or Java is missing, KgError where Spark or a task fails.
    """
    if not _SCHEME.match(to):
        folder = Path(to).absolute()
        head = corpus.head(corpus.plan.kit())
        waiting = [shard for shard in shards if not finished(folder, shard, head)]
        if waiting:
            with _context() as spark:
                for _ in _done(spark, waiting, partial(_task, corpus, Path.cwd(), folder)):
                    pass
        yield folder
        return
    with TemporaryDirectory() as copy:
        with _context() as spark:
            _through(Remote(spark, to), corpus, list(shards), Path(copy))
        yield Path(copy)


def _through(remote: Remote, corpus: Corpus, shards: list[Shard], copy: Path) -> None:
    """Fetch the shards that are there, build the others, and leave all of them in a folder, too."""
    head = corpus.head(corpus.plan.kit())
    waiting = [shard for shard in shards if not remote.fetched(shard, copy, head)]
    for shard, files in _done(remote.spark, waiting, partial(_task, corpus, Path.cwd(), None)):
        for ending, data in zip(_ENDINGS, files, strict=True):
            (copy / f"{shard.name}{ending}").write_bytes(data)
        remote.put(shard, copy)


def _task(corpus: Corpus, cwd: Path, folder: Path | None, shard: Shard) -> Files | str:
    """Build a shard in a worker of Spark; return its files where they are to be moved, or what failed."""
    try:
        os.chdir(cwd)  # where the paths of the corpus begin
        if folder is not None:
            _built(corpus, shard, folder)
            return ()
        with TemporaryDirectory() as place:
            _built(corpus, shard, Path(place))
            return tuple((Path(place) / f"{shard.name}{ending}").read_bytes() for ending in _ENDINGS)
    except (KgError, OSError) as error:
        return str(error)


def _built(corpus: Corpus, shard: Shard, folder: Path) -> None:
    for _ in make(corpus, shard, folder, kit_of(corpus.plan)):
        pass


def _done(
    spark: SparkContext, shards: list[Shard], task: partial[Files | str]
) -> Iterator[tuple[Shard, Files]]:
    """Yield each shard once its task is done, as many at a time as Spark has cores."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    def run(shard: Shard) -> Files | str:
        found: list[Files | str] = spark.parallelize([shard], 1).map(task).collect()
        return found[0]

    pool = ThreadPoolExecutor(spark.defaultParallelism)
    try:
        running = {pool.submit(run, shard): shard for shard in shards}
        for each in as_completed(running):
            files = each.result()
            if isinstance(files, str):
                raise KgError(f"{running[each].name}: {files}")
            yield running[each], files
    except (PySparkException, Py4JError) as error:
        raise KgError(f"Spark failed: {_short(error)}") from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def _context() -> Iterator[SparkContext]:
    """Start Spark, with the master and all else that its own settings say; by default all cores here."""
    try:
        from pyspark import SparkConf, SparkContext
        from pyspark.errors import PySparkException
    except ImportError as error:
        raise UsageError("--engine spark needs pyspark: pip install 'kgnews[spark]'") from error
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise UsageError("--engine spark needs Java 17: install a JRE, or set JAVA_HOME")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # workers run what we run
    try:
        spark = SparkContext.getOrCreate(SparkConf().setAppName("kg build"))
    except PySparkException as error:
        raise KgError(f"Spark does not start: {_short(error)}") from error
    try:
        yield spark
    finally:
        spark.stop()


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:300]


@dataclass(frozen=True, slots=True)
class Remote:
    """A folder of shards in one of Hadoop's file systems."""

    spark: SparkContext
    folder: str

    def fetched(self, shard: Shard, copy: Path, head: Head) -> bool:
        """Bring a shard that is there into a local folder; return whether it is whole."""
        system = self._system()
        places = [self._path(f"{shard.name}{ending}") for ending in _ENDINGS]
        if not all(system.exists(place) for place in places):
            return False
        for place, ending in zip(places, _ENDINGS, strict=True):
            system.copyToLocalFile(False, place, self._path(f"{shard.name}{ending}", copy.as_uri()), True)
        return finished(copy, shard, head)

    def put(self, shard: Shard, copy: Path) -> None:
        """Put a shard there from a local folder: under another name first, then in one step."""
        system = self._system()
        for ending in _ENDINGS:
            name = f"{shard.name}{ending}"
            draft, place = self._path(f".{name}.part"), self._path(name)
            system.copyFromLocalFile(False, True, self._path(name, copy.as_uri()), draft)
            system.delete(place, False)
            if not system.rename(draft, place):
                raise KgError(f"{self.folder}/{name}: cannot be written")

    def _path(self, name: str, folder: str = "") -> Any:
        return self._java().org.apache.hadoop.fs.Path(f"{(folder or self.folder).rstrip('/')}/{name}")

    def _system(self) -> Any:
        settings = self.spark._jsc.hadoopConfiguration()  # what pyspark has no public name for
        return self._path("").getFileSystem(settings)

    def _java(self) -> Any:
        return self.spark._jvm
