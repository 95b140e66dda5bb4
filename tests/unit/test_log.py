"""The log: what was appended comes back, a torn end is cut off, damage is told and never passed over."""

from __future__ import annotations

import errno
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.log import Log, create_log
from kg.records import Admitted, Joined, Judged, Loaded, Purged, Record, Retracted, decode, encode

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PAIRS = st.lists(st.tuples(words, words)).map(tuple)
RECORDS = st.one_of(
    st.builds(Admitted, words, words, words, words, words, words, words, st.dictionaries(words, words)),
    st.builds(Retracted, words, words, words),
    st.builds(Purged, words, words, words),
    st.builds(Loaded, words, words, words, words),
    st.builds(
        Joined, words, st.lists(st.tuples(words, words)).map(tuple), st.booleans(), st.booleans(), words
    ),
    st.builds(Judged, words, words, words, words, words, st.booleans()),
)


@given(record=RECORDS)
def test_a_record_comes_back_as_it_was(record: Record) -> None:
    assert decode(encode(record)) == record


@given(payloads=st.lists(st.binary(max_size=50)))
def test_what_was_appended_comes_back_in_order(payloads: list[bytes]) -> None:
    log = Log.memory()
    for payload in payloads:
        log.append(payload)

    assert [frame.payload for frame in log.frames()] == payloads


def written(path: Path, *payloads: bytes) -> list[int]:
    """Write a log; return where each frame ends."""
    if not path.exists():
        create_log(path)
    log = Log.open(path)
    ends = [log.append(payload).end for payload in payloads]
    log.close()
    return ends


def read(path: Path) -> list[bytes]:
    log = Log.open(path)
    try:
        return [frame.payload for frame in log.frames()]
    finally:
        log.close()


def test_a_log_on_disk_goes_on_where_it_ended(tmp_path: Path) -> None:
    written(tmp_path / "log", b"one", b"two")
    written(tmp_path / "log", b"three")

    assert read(tmp_path / "log") == [b"one", b"two", b"three"]


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_whatever_is_torn_off_the_end_the_whole_records_stay(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("log") / "log"
    ends = written(path, b"one", b"two", b"three" * 40)
    size = data.draw(st.integers(ends[1], ends[2]))
    path.write_bytes(path.read_bytes()[:size])

    assert read(path) == [b"one", b"two", b"three" * 40][: 3 if size == ends[2] else 2]
    assert path.stat().st_size == (ends[2] if size == ends[2] else ends[1])


@settings(deadline=None, max_examples=80)
@given(data=st.data())
def test_a_byte_that_changed_is_told_or_cut_off_and_never_read(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("log") / "log"
    payloads = [b"one" * 5, b"two" * 9, b"three" * 7]
    ends = written(path, *payloads)
    whole = bytearray(path.read_bytes())
    at = data.draw(st.integers(27, ends[-1] - 1))
    whole[at] ^= data.draw(st.integers(1, 255))
    path.write_bytes(bytes(whole))

    try:
        found = read(path)
    except StoreError as error:
        assert "damaged" in str(error)
    else:
        assert found in (payloads[:2], payloads) and (found != payloads or at >= ends[1])


def test_damage_before_the_end_names_the_file_and_the_byte(tmp_path: Path) -> None:
    ends = written(tmp_path / "log", b"one", b"two", b"three")
    whole = bytearray((tmp_path / "log").read_bytes())
    whole[ends[0] + 21] ^= 1
    (tmp_path / "log").write_bytes(bytes(whole))
    log = Log.open(tmp_path / "log")

    with pytest.raises(StoreError, match=rf"log: byte {ends[0]}: the log is damaged here; kg fsck"):
        list(log.frames())


def test_something_else_is_no_log(tmp_path: Path) -> None:
    (tmp_path / "log").write_bytes(b"x" * 100)

    with pytest.raises(StoreError, match="not a log of kg"):
        Log.open(tmp_path / "log")


@pytest.mark.parametrize("left", [0, 10])
def test_a_log_that_is_gone_is_not_begun_anew(tmp_path: Path, left: int) -> None:
    written(tmp_path / "log", b"one")
    (tmp_path / "log").write_bytes((tmp_path / "log").read_bytes()[:left])
    with pytest.raises(StoreError, match="not a log of kg"):
        Log.open(tmp_path / "log")
    (tmp_path / "log").unlink()

    with pytest.raises(StoreError, match="cannot be opened"):
        Log.open(tmp_path / "log")


def test_a_log_written_anew_is_another_generation(tmp_path: Path) -> None:
    written(tmp_path / "log", b"one", b"two")
    before = Log.open(tmp_path / "log").generation
    create_log(tmp_path / "log", [b"two"])
    anew = Log.open(tmp_path / "log")

    assert [frame.payload for frame in anew.frames()] == [b"two"]
    assert anew.generation != before


def test_a_mark_tells_how_far_a_log_is_known(tmp_path: Path) -> None:
    written(tmp_path / "log", b"one", b"two")
    log = Log.open(tmp_path / "log")
    first = next(log.frames())

    assert [log.place(mark) for mark in ("", "older:5", log.mark_of(first), log.mark)] == [
        0, None, first.end, log.end,
    ]  # fmt: skip


def test_a_mark_of_what_the_log_lost_or_never_had_is_refused(tmp_path: Path) -> None:
    for name, payloads in (("one", [b"one", b"two"]), ("other", [b"one", b"two"])):
        written(tmp_path / name, *payloads)
    log, other = Log.open(tmp_path / "one"), Log.open(tmp_path / "other")
    generation, end, checksum = log.mark.split(":")

    for mark, why in (
        (other.mark, "another log"),
        (f"{generation}:{int(end) + 9}:{checksum}", "records are lost: it ends at byte"),
        (f"{generation}:{end}:00000000", "other records than those"),
    ):
        with pytest.raises(StoreError, match=f"one: .*{why}.* kg fsck"):
            log.place(mark)


class Disk:
    """Stands for a disk that refuses, once or for good."""

    def __init__(self, *, times: int) -> None:
        self.times = times

    def __call__(self, *_: object) -> None:
        self.times -= 1
        if self.times >= 0:
            raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("times", [1, 2])
def test_a_record_for_which_there_is_no_space_is_none(
    times: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "log", b"one")
    log = Log.open(tmp_path / "log")
    size = log.end
    monkeypatch.setattr("kg.durable.os.fsync", Disk(times=times))
    with pytest.raises(StoreError, match="cannot be written: No space left"):
        log.append(b"a long record, of which a part may stay")

    assert (tmp_path / "log").stat().st_size == size
    log.append(b"two")
    assert [frame.payload for frame in Log.open(tmp_path / "log").frames()] == [b"one", b"two"]


def test_a_log_that_cannot_be_written_anew_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "log", b"one", b"two")
    monkeypatch.setattr("kg.durable.os.fsync", Disk(times=1))
    with pytest.raises(OSError, match="No space left"):
        create_log(tmp_path / "log", [b"three"])

    assert [frame.payload for frame in Log.open(tmp_path / "log").frames()] == [b"one", b"two"]


def test_what_was_appended_is_brought_to_the_disk_before_it_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "log")
    log = Log.open(tmp_path / "log")
    sizes: list[int] = []
    monkeypatch.setattr("kg.durable.os.fsync", lambda _: sizes.append((tmp_path / "log").stat().st_size))
    log.append(b"one")

    assert sizes == [log.end]


def test_whoever_only_reads_makes_no_log(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="log: the log cannot be opened: No such file"):
        Log.open(tmp_path / "log", read_only=True)

    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("payload", "why"),
    [
        (b'{"kind": "dreamt"}', "record of kind 'dreamt'; upgrade kgnews"),
        (b'{"kind": "retracted", "at": "", "article": "", "mood": ""}', "'mood'; upgrade kgnews"),
        (b'{"kind": "joined", "at": "", "pairs": [["a"]]}', "a joined record .* upgrade kgnews"),
        (b"[]", "cannot be read"),
        (b"{}", "cannot be read"),
    ],
)
def test_a_record_of_a_newer_kg_or_of_none_says_so(payload: bytes, why: str) -> None:
    with pytest.raises(StoreError, match=why):
        decode(zlib.compress(payload))
