"""Remembers the vector that a model's embedding layers give to each kind of token.

They look at one token at a time (its norm, prefix, suffix and shape), and most of a text's tokens
are like one that was read before: their vector is looked up and not multiplied out again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

_LAYERS = ["extract_features", "list2ragged", "with_array", "with_array", "ragged2list"]
_MOST = 50_000  # kinds of tokens, which is some 20 MB; then all are forgotten


@dataclass(slots=True)
class Memory:
    """The vectors of kinds of tokens: for each kind the row of a table, which may have spare rows."""

    vectors: Callable[[Any], Any]
    most: int = _MOST
    place: dict[bytes, int] = field(default_factory=dict)
    table: Any = None

    def look_up(self, rows: Any) -> Any:
        """Return the vectors of some kinds of tokens, a row of numbers each."""
        import numpy as np

        keys = np.ascontiguousarray(rows).view(f"V{rows.shape[1] * rows.itemsize}").ravel().tolist()
        if len(self.place) > self.most:
            self.place.clear()
        new = {key: n for n, key in enumerate(keys) if key not in self.place}
        if new:
            self._learn(list(new), self.vectors(rows[list(new.values())]))
        return self.table[[self.place[key] for key in keys]]

    def _learn(self, keys: list[bytes], vectors: Any) -> None:
        import numpy as np

        start = len(self.place)
        end = start + len(keys)
        if self.table is None or end > len(self.table):
            wider = np.empty((2 * end, vectors.shape[1]), dtype=vectors.dtype)
            wider[:start] = self.table[:start] if start else 0
            self.table = wider
        self.table[start:end] = vectors
        self.place.update(zip(keys, range(start, end), strict=True))


def remember(model: Any) -> None:
    """Let the embedding layers inside a model remember; models built otherwise stay as they are."""
    from thinc.api import Model

    for node in list(model.walk()):
        if [layer.name.split("(")[0] for layer in node.layers] == _LAYERS:
            model.replace_node(node, Model("remembered", _forward(node)))


def _forward(inner: Any) -> Callable[..., Any]:
    import numpy as np

    features, _, embed, mix, _ = inner.layers
    memory = Memory(lambda rows: mix.predict(embed.predict(rows)))

    def forward(_: Any, docs: list[Any], is_train: bool) -> Any:
        if is_train:
            return inner(docs, is_train)
        each = features.predict(docs)
        found = memory.look_up(np.concatenate(each))
        return np.split(found, np.cumsum([len(one) for one in each])[:-1]), _no_gradient

    return forward


def _no_gradient(_: Any) -> Any:
    raise NotImplementedError("what is remembered is not trained")
