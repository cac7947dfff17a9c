"""Recheck 10,000 claims over 1,000,000 observations; prints a table.

Uses DATABASE_URL if it is set, else a SQLite file that is deleted afterwards. Half
of the claims name their values by code, half by series and period; a hundred follow
the newest period. `--quick` takes a hundredth of both.
"""

import resource
import sys
import tempfile
import time
from decimal import Decimal

from tests.bench.database import prepare

INDICATORS, REGIONS, PERIODS, CLAIMS = 200, 50, 100, 10_000


def main(quick=False):
    indicators = INDICATORS // 10 if quick else INDICATORS
    regions = REGIONS // 10 if quick else REGIONS
    claims = CLAIMS // 100 if quick else CLAIMS
    with tempfile.TemporaryDirectory() as directory:
        prepare(directory)
        from django.db import connection
        from django.test.utils import setup_test_environment

        setup_test_environment()
        name = connection.creation.create_test_db(verbosity=0)
        try:
            run(indicators, regions, claims)
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)


def run(indicators, regions, claims):
    from django.db import connection

    from swot.claims.rechecking import recheck
    from swot.models.claims import Claim

    observations = fill(indicators, regions, claims)
    size = f"{claims:,} claims, {observations:,} observations, {connection.vendor}"
    print(f"{size}\n{'':34}{'seconds':>9}{'queries':>9}{'changed':>9}")
    measure("index the claims", index_all)
    measure("first check, every claim written", recheck)
    measure("nothing changed", recheck)
    change(every=10)
    measure("a tenth of the verdicts flips", recheck)
    one = Claim.objects.get(code="K00007").observations.first()
    measure("one observation saved", one.save)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"peak memory {peak} MB")


def index_all():
    from swot.claims.rechecking import index
    from swot.models.claims import Claim

    index(Claim.objects.all())


def measure(title, work):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    start = time.perf_counter()
    with CaptureQueriesContext(connection) as queries:
        result = work()
    seconds = time.perf_counter() - start
    changed = "" if result is None else len(result)
    print(f"{title:34}{seconds:9.2f}{len(queries):9}{changed!s:>9}")


def fill(indicators, regions, claims):
    """Monthly values of every indicator and region; returns how many."""
    from datasets.models import Indicator, Observation, Region, Source

    source = Source.objects.create(code="bench", title_zh_hans="基准")
    series = Indicator.objects.bulk_create(
        Indicator(
            code=f"i{n}",
            title_zh_hans=f"指标{n}",
            unit="CNY_100M",
            kind="flow",
            is_published=False,
        )
        for n in range(indicators)
    )
    places = Region.objects.bulk_create(
        Region(code=f"r{n}", name_zh_hans=f"地区{n}", kind="province")
        for n in range(regions)
    )
    months = [f"{2015 + n // 12}-{n % 12 + 1:02}" for n in range(PERIODS)]
    batch, total = [], 0
    for indicator in series:
        for region in places:
            for n, month in enumerate(months):
                batch.append(
                    Observation(
                        indicator=indicator,
                        region=region,
                        source=source,
                        period=month,
                        code=f"{indicator.code}_{region.code}_{n}" if n < 2 else "",
                        value=Decimal(100 + n * n),
                        unit="CNY_100M",
                        decimals=1,
                    )
                )
                batch[-1].set_bounds()
        Observation.objects.bulk_create(batch, batch_size=2_000)
        total, batch = total + len(batch), []
    make_claims(claims, series, places, months)
    return total


def make_claims(count, series, places, months):
    from swot.models.claims import Claim

    claims = []
    for n in range(count):
        indicator, region = series[n % len(series)], places[n % len(places)]
        first = n // len(series) % (len(months) - 1)
        if n % 2:
            pair = [{"code": f"{indicator.code}_{region.code}_{k}"} for k in (1, 0)]
            low = Decimal("1.0")
        else:
            where = {"indicator": indicator.code, "region": region.code}
            pair = [where | {"period": months[first + k]} for k in (1, 0)]
            old, new = 100 + first**2, 100 + (first + 1) ** 2
            low = (Decimal(new - old) / old * 100).quantize(Decimal("0.1"))
        claims.append(
            Claim(
                code=f"K{n:05}",
                statement_zh_hans=f"论断{n}",
                kind="arithmetic",
                expression={
                    "op": "pct_change",
                    "args": [{"op": "value"} | reference for reference in pair],
                },
                stated_low=low,
                stated_decimals=1,
                stated_unit="PERCENT",
                period_policy="latest" if n % 100 == 0 else "fixed",
            )
        )
    Claim.objects.bulk_create(claims, batch_size=500)


def change(every):
    """Change the value under every tenth claim, without signals."""
    from datasets.models import Observation
    from swot.models.claims import Claim

    codes = [f"K{n:05}" for n in range(0, CLAIMS, every)]
    for start in range(0, len(codes), 500):
        claims = Claim.objects.filter(code__in=codes[start : start + 500])
        links = Claim.observations.through.objects.filter(claim__in=claims)
        Observation.objects.filter(pk__in=links.values("observation")).update(
            value=Decimal(7777)
        )


if __name__ == "__main__":
    main(quick="--quick" in sys.argv)
