"""What a page costs to make: queries, model instances, time and bytes."""

import gzip
import time
from contextlib import contextmanager
from dataclasses import dataclass
from types import SimpleNamespace

import brotli
from django.db import connection
from django.db.models.signals import post_init
from django.test.utils import CaptureQueriesContext

from cbec_site.base import kept


@dataclass(frozen=True)
class Cost:
    """What the first answer costs, when nothing is kept, and what later ones do.

    Queries and instances are those of the first. `first`, `changed` (the next one
    after a change of content that the page does not show) and `seconds` (any other)
    are the best of several tries, measured until the whole answer has arrived and
    including the database's time.
    """

    status: int
    queries: int
    instances: int
    first: float
    changed: float
    seconds: float
    size: int
    gzipped: int
    brotlied: int
    is_streamed: bool


def cost_of(client, address: str, tries: int = 1) -> Cost:
    """What the answer to `address` costs without the page cache."""
    client.get(address)
    kept.forget()
    with instances_made() as made, CaptureQueriesContext(connection) as queries:
        response = client.get(address)
        content = b"".join(response)
    # Further requests replace the queries of this one.
    queries = len(queries)
    seconds = min(time_of(client, address) for _try in range(tries))
    return Cost(
        response.status_code,
        queries,
        made.count,
        min(first_time_of(client, address) for _try in range(tries)),
        min(changed_time_of(client, address) for _try in range(tries)),
        seconds,
        len(content),
        len(gzip.compress(content)),
        len(brotli.compress(content, quality=5)),
        response.streaming,
    )


def slowest_of(client, address: str) -> tuple[float, str]:
    """The seconds and text of the slowest query while nothing is kept."""
    kept.forget()
    with CaptureQueriesContext(connection) as queries:
        for _part in client.get(address):
            pass
    found = [(float(query["time"]), query["sql"]) for query in queries]
    return max(found, default=(0.0, ""))


def explained(sql: str) -> list[str]:
    """The plan of a query, one line for each step."""
    words = {"sqlite": "EXPLAIN QUERY PLAN"}.get(connection.vendor, "EXPLAIN")
    # A server-side cursor wraps the query: the plan is of the query inside.
    _cursor, _for, read = sql.rpartition(" FOR SELECT ")
    query = f"SELECT {read}" if sql.startswith("DECLARE") else sql
    with connection.cursor() as cursor:
        cursor.execute(f"{words} {query}")
        return [str(step[-1]) for step in cursor.fetchall()]


@contextmanager
def instances_made():
    """Yields an object that counts in `count` the model instances made meanwhile."""
    made = SimpleNamespace(count=0)

    def count(**kwargs):
        made.count += 1

    post_init.connect(count)
    try:
        yield made
    finally:
        post_init.disconnect(count)


def first_time_of(client, address: str) -> float:
    """The same while nothing is kept of the pages before."""
    kept.forget()
    return time_of(client, address)


def changed_time_of(client, address: str) -> float:
    """The same after a change of content that the page does not show."""
    read_version = kept.read_version
    kept.read_version = lambda: (object(), read_version()[1])
    try:
        return time_of(client, address)
    finally:
        kept.read_version = read_version


def time_of(client, address: str) -> float:
    """Seconds until the whole answer has arrived, including the database's time."""
    started = time.perf_counter()
    for _part in client.get(address):
        pass
    return time.perf_counter() - started
