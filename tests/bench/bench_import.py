"""Import long tables: this site, the theoretical limit, and django-import-export.

Prints rows per second, the ratio to the limit and to django-import-export's default,
and the peak memory, each case in its own process and database. Uses
DATABASE_URL if it is PostgreSQL, else SQLite files that are deleted afterwards.
`--small` leaves out the million rows.

The limit is the least any import has to do: the same rows, ready in memory, put into
the same table by COPY and INSERT … ON CONFLICT (PostgreSQL) or executemany (SQLite).
"""

import io
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

from tests.bench.database import prepare

INDICATORS, REGIONS, YEARS = 20, 50, 70
HEADER = "indicator,region,period,breakdown,value,unit,status,source,note"
CASES = (
    ("limit", 100_000),
    # A thousand rows are enough for it: its rate does not grow with the file.
    ("import-export, default", 1_000),
    ("import-export, bulk", 10_000),
    ("ours", 10_000),
    ("ours", 100_000),
)
LARGE = (("ours", 1_000_000),)


def main(arguments):
    if arguments[:1] == ["--case"]:
        return run_case(arguments[1], int(arguments[2]), arguments[3])
    cases = CASES + (() if "--small" in arguments else LARGE)
    print(
        f"{'case':<24}{'rows':>10}{'rows/s':>10}{'of limit':>10}{'x default':>11}"
        f"{'peak MB':>9}"
    )
    rates = {}
    with tempfile.TemporaryDirectory() as directory:
        for name, rows in cases:
            found = in_process(name, rows, directory)
            for label, rate in found["rates"].items():
                rates.setdefault(label, rate)
                default = rates.get("import-export, default")
                print(
                    f"{label:<24}{rows:>10,}{rate:>10,.0f}"
                    f"{rate / rates['limit']:>9.0%} "
                    f"{f'{rate / default:.1f}' if default else '':>11}"
                    f"{found['peak']:>8,.0f}",
                    flush=True,
                )
    return None


def in_process(name, rows, directory):
    """Run one case in its own process, so that its peak memory is measured alone."""
    done = subprocess.run(
        [sys.executable, __file__, "--case", name, str(rows), directory],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def run_case(name, count, directory):
    prepare(directory)
    from django.db import connection

    test_name = connection.creation.create_test_db(verbosity=0)
    try:
        places()
        case = {
            "limit": limit,
            "ours": ours,
            "import-export, bulk": import_export_bulk,
            "import-export, default": import_export,
        }[name]
        path = Path(directory) / "rows.csv"
        write_file(path, count)
        found = {name: case(path)}
        if name == "ours":
            # The same file again: every row is read, compared and left alone.
            found["ours, once more"] = ours(path)
        rates = {label: count / seconds for label, seconds in found.items()}
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"rates": rates, "peak": peak}))
    finally:
        connection.creation.destroy_test_db(test_name, verbosity=0)


def places():
    from datasets.models import Indicator, Region, Source

    for number in range(INDICATORS):
        Indicator.objects.create(
            code=f"bench_{number}",
            title_zh_hans=f"指标{number}",
            unit="CNY_100M",
            kind="flow",
            is_published=True,
        )
    for number in range(REGIONS):
        Region.objects.create(
            code=f"B{number}", name_zh_hans=f"地区{number}", kind="area"
        )
    Source.objects.create(code="bench", title_zh_hans="来源")


def lines(count):
    """A long table, the same each time: indicators, regions, years, then parts."""
    chance = random.Random(1)
    for number in range(count):
        rest, indicator = divmod(number, INDICATORS)
        rest, region = divmod(rest, REGIONS)
        part, year = divmod(rest, YEARS)
        yield (
            f"bench_{indicator}",
            f"B{region}",
            str(1950 + year),
            f"part {part}" if part else "",
            f"{chance.randint(1, 999_999) / 100:.2f}",
            "亿元",
            "A",
            "bench",
            "",
        )


def write_file(path, count):
    with path.open("w", encoding="utf-8") as file:
        file.write(f"{HEADER}\n")
        file.writelines(",".join(line) + "\n" for line in lines(count))


def ours(path):
    from datasets.importing.importer import observations

    start = time.perf_counter()
    outcome = observations.import_file(path, file_name=path.name, reason="bench")
    assert outcome.is_accepted, list(outcome.plan.errors)
    return time.perf_counter() - start


def limit(path):
    """Rows ready in memory into the same table, and nothing else."""
    from django.db import connection, transaction

    rows = [line.split(",") for line in path.read_text("utf-8").splitlines()[1:]]
    ready = list(ready_rows(rows))
    columns = list(ready[0])
    table = "datasets_observation"
    start = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            names = ", ".join(columns)
            cursor.execute(
                f"CREATE TEMPORARY TABLE staging AS SELECT {names} FROM {table} "
                "WITH NO DATA"
            )
            with cursor.copy(f"COPY staging ({names}) FROM STDIN") as copy:
                for row in ready:
                    copy.write_row(row.values())
            cursor.execute(
                f"INSERT INTO {table} ({names}) SELECT {names} FROM staging "
                "ON CONFLICT DO NOTHING"
            )
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",
                [tuple(row.values()) for row in ready],
            )
    return time.perf_counter() - start


def ready_rows(rows):
    from django.db import connection
    from django.utils import timezone

    from cbec_site.base.bulk_writes import columns_of
    from datasets.models import Indicator, Observation, Region, Source

    indicators = dict(Indicator.objects.values_list("code", "pk"))
    regions = dict(Region.objects.values_list("code", "pk"))
    source = Source.objects.get().pk
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    blank = {field.column: "" for field in columns_of(Observation)}
    for indicator, region, year, part, value, *_more in rows:
        yield blank | {
            "indicator_id": indicators[indicator],
            "region_id": regions[region],
            "source_id": source,
            "period": year,
            "period_start": f"{year}-01-01",
            "period_end": f"{year}-12-31",
            "breakdown": part,
            "value": Decimal(value) if connection.vendor == "postgresql" else value,
            "unit": "CNY_100M",
            "decimals": 2,
            "status": "A",
            "is_published": True,
            "published_at": now,
            "valid_from": now,
            "batch_id": None,
        }


def import_export(path, **options):
    """The library's own path with the columns of a file of observations."""
    import tablib
    from import_export import fields, resources, widgets

    from datasets.models import Indicator, Observation, Region, Source

    def by_code(name, model):
        return fields.Field(
            column_name=name,
            attribute=name,
            widget=widgets.ForeignKeyWidget(model, "code"),
        )

    class Resource(resources.ModelResource):
        indicator = by_code("indicator", Indicator)
        region = by_code("region", Region)
        source = by_code("source", Source)

        class Meta:
            model = Observation
            fields = tuple(HEADER.split(","))[:-1]
            import_id_fields = (
                "indicator",
                "region",
                "period",
                "breakdown",
                "source",
            )
            skip_unchanged = True
            use_transactions = True
            use_bulk = options.get("use_bulk", False)
            batch_size = 1000

        def before_import_row(self, row, **kwargs):
            row["unit"] = "CNY_100M"

    start = time.perf_counter()
    dataset = tablib.Dataset().load(io.StringIO(path.read_text("utf-8")), "csv")
    result = Resource().import_data(dataset, raise_errors=True)
    assert not result.has_errors()
    return time.perf_counter() - start


def import_export_bulk(path):
    return import_export(path, use_bulk=True)


if __name__ == "__main__":
    main(sys.argv[1:])
