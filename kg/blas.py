"""One thread for NumPy's matrix products: a sentence's are too small to be shared out."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module

_NAMES = ("scipy_openblas_{}_num_threads64_", "scipy_openblas_{}_num_threads", "openblas_{}_num_threads")


@dataclass(frozen=True, slots=True)
class Blas:
    """The library that NumPy multiplies with: how many threads it uses, and how to change that."""

    threads: Callable[[], int]
    set_threads: Callable[[int], object]

    @classmethod
    def find(cls) -> Blas | None:
        """Return NumPy's OpenBLAS, or None where it was built with another library."""
        library = ctypes.CDLL(str(import_module("numpy._core._multiarray_umath").__file__))
        for name in _NAMES:
            threads = getattr(library, name.format("get"), None)
            set_threads = getattr(library, name.format("set"), None)
            if threads is not None and set_threads is not None:
                return cls(threads, set_threads)
        return None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep to one thread for a while."""
        before = self.threads()
        self.set_threads(1)
        try:
            yield
        finally:
            self.set_threads(before)
