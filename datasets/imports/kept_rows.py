"""All rows that a waiting file would write, page by page, so that none stays unseen.

A small file is read again for each page. The rows of a large one are stored beside it
by the worker that made its preview, and deleted once the file is written or read again.
"""

import json
import re
import zlib
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings

from datasets.models.batches import Batch


def in_pages(rows: Iterable) -> Iterator[list]:
    """The rows in lists of one page each."""
    rows = iter(rows)
    while page := list(islice(rows, settings.IMPORT_SHOWN)):
        yield page


def page_count(rows: int) -> int:
    """The number of pages for this many rows, at least one."""
    return max(1, -(-rows // settings.IMPORT_SHOWN))


def keep_rows(batch: Batch, rows: Iterable[Any]) -> list[int]:
    """Store rows as JSON; returns where each page begins, and the end."""
    path = _path(batch)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    starts = [0]
    with part.open("wb") as file:
        for page in in_pages(rows):
            file.write(zlib.compress(json.dumps(page).encode(), 1))
            starts.append(file.tell())
    part.replace(path)
    return starts


def kept_page(batch: Batch, starts: list[int], number: int) -> list[Any]:
    """The rows of a page, counted from 1; none if they are no longer stored."""
    try:
        with _path(batch).open("rb") as file:
            file.seek(starts[number - 1])
            content = file.read(starts[number] - starts[number - 1])
        return json.loads(zlib.decompress(content))
    except (OSError, IndexError, zlib.error):
        return []


def forget_rows(batch: Batch) -> None:
    """Delete the stored rows of a batch."""
    _path(batch).unlink(missing_ok=True)


def _path(batch: Batch) -> Path:
    name = f"rows-{batch._meta.model_name}-{batch.pk}.bin"
    return Path(settings.MEDIA_ROOT) / name


def read_page_number(text: str, last: int) -> int:
    """The page number in an address; the nearest existing one for any other text."""
    number = int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else 1
    return min(max(number, 1), last)
