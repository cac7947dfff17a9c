"""Keeps the garbage collector from walking the whole program again and again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

# So many objects are made before garbage is looked for (gc.set_threshold; Python's
# own: 700, 10, 10), since a page makes hundreds of thousands, nearly all without
# cycles. Full rounds are cheap, as what is loaded is left out: one a minute under load
# finds what requests that were under way in other rounds left.
THRESHOLDS = (10_000, 10, 4)

# Set once what is loaded is left out. Python would count all that to answer the same.
_is_spared = Event()


def spare_what_is_loaded() -> None:
    """Leave what is loaded out of the collector's rounds for good.

    It stays as long as the process.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
    _is_spared.set()


@contextmanager
def only_new_garbage() -> Iterator[None]:
    """Leave what already exists out of the collector's rounds until the block ends.

    An import makes millions of small objects, and each full round would walk every
    class and function that is loaded: a tenth of its time. Nothing is kept alive by it
    that references do not keep; what becomes garbage is found after the block.
    Where the program is left out for good, as in the web server, it stays so.
    """
    if _is_spared.is_set():
        yield
        return
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
