"""Sums over all orders of quads agree, and a transaction that was rolled back is no error."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.database import Database
from kg.digests import orders

XSD_INTEGER = NamedNode("http://www.w3.org/2001/XMLSchema#integer")


def test_what_a_full_disk_rolled_back_by_itself_is_no_error() -> None:
    database = Database.open(None)
    database.run("CREATE TABLE t (a)")
    database.begin()
    database.run("ROLLBACK")
    database.rollback()
    database.run("INSERT INTO t VALUES (1)")
    database.rollback()

    assert database.rows("SELECT * FROM t") == []


def test_all_orders_of_whole_quads_agree(tmp_path: Path) -> None:
    quads = pyoxigraph.Store(str(tmp_path / "q"))
    for number in range(600):
        value = Literal(str(number), datatype=XSD_INTEGER)
        graph = NamedNode(f"urn:g{number % 3}")
        quads.add(Quad(NamedNode(f"urn:s{number % 7}"), NamedNode("urn:p"), value, graph))

    found = orders(quads)
    assert len(found) == 6
    assert {each.number for each in found.values()} == {600}
    assert len(set(found.values())) == 1


def test_objects_that_do_not_fit_into_memory_are_taken_by_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quads = pyoxigraph.Store(str(tmp_path / "q"))
    for number in range(100):
        quads.add(Quad(NamedNode("urn:s"), NamedNode("urn:p"), Literal(f"{number}"), NamedNode("urn:g")))
    whole = orders(quads)
    monkeypatch.setattr("kg.digests._PART", 7)

    assert orders(quads) == whole
