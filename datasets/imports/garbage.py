"""Keeps the garbage collector from walking the whole program during a long import."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def only_new_garbage() -> Iterator[None]:
    """Leave what already exists out of the collector's rounds until the block ends.

    An import makes millions of small objects, and each full round would walk every
    class and function that is loaded: a tenth of its time. Nothing is kept alive by it
    that references do not keep; what becomes garbage is found after the block.
    Where the program is left out for good, as in the web server, it stays so.
    """
    if gc.get_freeze_count():
        yield
        return
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
