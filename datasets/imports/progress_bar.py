"""How far an import is, on one line of a terminal."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

WIDTH = 30
# Returns to the beginning of the line and clears it.
CLEAR = "\r\x1b[K"


@contextmanager
def progress_bar(stream: Any) -> Iterator[Callable[[int, int, str], None] | None]:
    """A progress callback that draws on a stream (an OutputWrapper) of a terminal.

    None if the stream is not a terminal. The line is cleared when the import ends.
    """
    if not stream.isatty():
        yield None
        return

    def write(text: str) -> None:
        stream.write(text, style_func=str, ending="")
        stream.flush()

    try:
        yield lambda done, total, stage: write(CLEAR + line(done, total, stage))
    finally:
        write(CLEAR)


def line(done: int, total: int, stage: str) -> str:
    """`Writing [######------] 50 %`; the number of rows if the total is unknown."""
    name = f"{stage.capitalize():<10}"
    if not total:
        return f"{name} {done:,} rows"
    percent = min(100, done * 100 // total)
    # No wider than the terminal: a line that wraps cannot be cleared.
    width = max(0, min(WIDTH, shutil.get_terminal_size().columns - len(name) - 10))
    full = "#" * (percent * width // 100)
    return f"{name} [{full:-<{width}}] {percent:>3} %"
