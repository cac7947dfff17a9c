"""What a page costs to make: queries, model instances, time and bytes."""

import gzip
import time
from dataclasses import dataclass

import brotli
from django.db import connection
from django.db.models.signals import post_init
from django.test.utils import CaptureQueriesContext


@dataclass(frozen=True)
class Cost:
    """`seconds` is the best of some tries of the processor's time of this process."""

    status: int
    queries: int
    instances: int
    seconds: float
    size: int
    gzipped: int
    brotlied: int


def cost_of(client, address: str, tries: int = 1) -> Cost:
    """What the answer to `address` costs past every cache."""
    made = 0

    def count(**kwargs):
        nonlocal made
        made += 1

    client.get(address)
    post_init.connect(count)
    try:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
            content = b"".join(response)
    finally:
        post_init.disconnect(count)
    seconds = min(time_of(client, address) for _try in range(tries))
    return Cost(
        response.status_code,
        len(queries),
        made,
        seconds,
        len(content),
        len(gzip.compress(content)),
        len(brotli.compress(content, quality=5)),
    )


def time_of(client, address: str) -> float:
    """Seconds until the whole answer is there, the database's own included."""
    started = time.perf_counter()
    for _part in client.get(address):
        pass
    return time.perf_counter() - started
