"""The file of all observations against COPY of the same rows; prints rows per second.

Only PostgreSQL has COPY: elsewhere only our own rate is printed. Exports the values
of the database in DATABASE_URL or, if it has few, of a tenth of the large site.
"""

import sys
import tempfile
import time
import warnings

from tests.bench.database import prepare

FEW = 50_000
TRIES = 3
COLUMNS = (
    "value.code, indicator.code, region.code, value.period, value.breakdown, "
    "value.vintage, value.value, value.unit, value.status, value.qualifier, "
    "source.code, value.note_zh_hans, value.note_en, indicator.title_zh_hans, "
    "indicator.title_en, region.name_zh_hans, region.name_en"
)
COPIED = f"""
COPY (SELECT {COLUMNS} FROM datasets_observation value
JOIN datasets_indicator indicator ON indicator.id = value.indicator_id
JOIN datasets_region region ON region.id = value.region_id
JOIN datasets_source source ON source.id = value.source_id
WHERE value.is_published AND indicator.is_published) TO STDOUT (FORMAT csv)
"""


def main():
    with tempfile.TemporaryDirectory() as directory:
        prepare(directory)
        from django.conf import settings
        from django.core.management import call_command
        from django.db import connection

        from datasets.models import Observation

        warnings.simplefilter("ignore")
        settings.ALLOWED_HOSTS = ["testserver"]
        call_command("migrate", verbosity=0)
        if Observation.objects.count() < FEW:
            from tests.bench.large_site import Size, fill

            call_command("load_study", verbosity=0)
            fill(Size().part(10))
        rows = Observation.objects.published().count()
        print(f"{connection.vendor}, {rows:,} values")
        ours = best(our_file)
        print(f"{'our file':20}{rows / ours:>12,.0f} rows/s")
        if connection.vendor == "postgresql":
            for name, copy in (("COPY, bytes", as_bytes), ("COPY, rows", as_rows)):
                seconds = best(copy)
                print(
                    f"{name:20}{rows / seconds:>12,.0f} rows/s, "
                    f"ours is {seconds / ours:.2f} of it"
                )


def best(take):
    """The seconds of the fastest of several tries."""
    return min(seconds_of(take) for _try in range(TRIES))


def seconds_of(take):
    started = time.perf_counter()
    take()
    return time.perf_counter() - started


def our_file():
    """The whole response, as a client of the site reads it."""
    from django.test import Client

    client = Client(headers={"x-forwarded-proto": "https"})
    for _part in client.get("/api/v1/observations.csv"):
        pass


def as_bytes():
    """COPY as PostgreSQL writes it."""
    for _part in copied():
        pass


def as_rows():
    """COPY with each row parsed, as a program that changes cells has to."""
    import csv

    parts = copied()
    for _row in csv.reader(line.decode() for part in parts for line in lines(part)):
        pass


def copied():
    from django.db import connection

    with connection.cursor() as cursor, cursor.copy(COPIED) as copy:
        yield from copy


def lines(part):
    return bytes(part).splitlines(keepends=True)


if __name__ == "__main__":
    sys.exit(main())
