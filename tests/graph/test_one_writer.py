"""Who writes to a store is told to whoever comes second, down to the thread."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from kg.errors import InUseError
from kg.store import Store


def test_two_threads_of_one_process_do_not_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "s"
    Store.open(path, create=True).close()
    told: list[str] = []

    def other() -> None:
        try:
            Store.open(path).close()
        except InUseError as error:
            told.append(str(error))

    with Store.open(path):
        thread = threading.Thread(target=other, name="second")
        thread.start()
        thread.join()
    third = threading.Thread(target=lambda: told.append(held_by_a_thread(path)), name="third")
    third.start()
    third.join()

    assert "in use by process" in told[0]
    assert ", thread third)" in told[1]


def held_by_a_thread(path: Path) -> str:
    with Store.open(path), pytest.raises(InUseError) as caught:
        Store.open(path)
    return str(caught.value)
