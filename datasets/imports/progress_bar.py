"""How far an import is, on one line of a terminal."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

WIDTH = 30
# To the beginning of the line, and nothing on it.
CLEAR = "\r\x1b[K"


@contextmanager
def progress_bar(stream: Any) -> Iterator[Callable[[int, int, str], None] | None]:
    """A progress callback that draws on a stream (an OutputWrapper) of a terminal.

    None where nobody watches. The line is gone when the import has ended.
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
    """`Writing    [######------]  50 %`; rows where nobody knows how many there are."""
    name = f"{stage.capitalize():<10}"
    if not total:
        return f"{name} {done:,} rows"
    percent = min(100, done * 100 // total)
    # No wider than the terminal: a line that wraps cannot be cleared.
    width = max(0, min(WIDTH, shutil.get_terminal_size().columns - len(name) - 10))
    full = "#" * (percent * width // 100)
    return f"{name} [{full:-<{width}}] {percent:>3} %"
