"""Holding back Python's collector of cycles while many trees are built.

Terms and formulas as written are trees: they hold no cycles, and yet the collector walks all of them again each time their
number has grown, which on a document of a megabyte is half of the time.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """No cycles are looked for until the end of the block; as a decorator, until the function returns."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
