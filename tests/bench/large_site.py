"""A site far larger than the shipped one, for benches: generated, always the same.

100,000 policies in two languages, 1,000,000 values of 200 series in 3,000 regions and
10,000 claims, beside the shipped study; or a fraction of all of them.
"""

import datetime
import random
from dataclasses import dataclass
from decimal import Decimal

CHUNK = 2_000
YEARS = 5
PLACES = "黔滇川渝湘鄂皖浙苏沪京津冀鲁豫"
WORDS = {
    "zh": (
        "跨境 电商 贸易 物流 海关 监管 税收 退税 综合 试验区 保税 仓储 支付 外汇 冷链 "
        "班列 口岸 出口 进口 零售 数字 平台 企业 培育 规划 意见 通知 方案 办法 人才"
    ).split(),
    "en": (
        "cross-border e-commerce trade logistics customs supervision tax rebate zone "
        "pilot bonded storage payment exchange talent cold-chain rail port export "
        "import retail digital platform firm support plan opinion notice measure"
    ).split(),
}
LEVELS = (("province", 1), ("city", 10), ("district", 89))


@dataclass(frozen=True)
class Size:
    policies: int = 100_000
    observations: int = 1_000_000
    claims: int = 10_000
    regions: int = 3_000
    indicators: int = 200

    def part(self, divisor):
        """The same site with a fraction of each."""
        return Size(
            self.policies // divisor,
            self.observations // divisor,
            self.claims // divisor,
            max(self.regions // divisor, 60),
            max(self.indicators // divisor, 10),
        )


def fill(size: Size) -> None:
    """Write the large site into the database in use, beside what is there."""
    chance = random.Random(14)
    regions = make_regions(size.regions)
    indicators = make_indicators(size.indicators)
    make_values(size, regions, indicators)
    make_policies(size.policies, chance)
    make_claims(size.claims, chance)


def sentence(chance, words, language):
    """A text of `count` words in a language."""
    chosen = chance.choices(WORDS[language], k=words)
    return ("" if language == "zh" else " ").join(chosen)


def make_regions(count):
    """A country with provinces, cities and districts; returns the keys of all."""
    from datasets.models import Region

    country = Region.objects.get_or_create(
        code="CN", defaults={"name_zh_hans": "中国", "kind": "country"}
    )[0]
    made, parents = [], {1: [country.pk]}
    for level, kind, share in (
        (1, "province", 1),
        (2, "city", 10),
        (3, "district", 89),
    ):
        number = max(count * share // 100, 1)
        above = parents[level]
        rows = Region.objects.bulk_create(
            Region(
                code=f"{kind[0]}{n:04}",
                name_zh_hans=f"{PLACES[n % len(PLACES)]}{kind[0]}{n}地区",
                name_en=f"Large {kind} {n}",
                kind=kind,
                parent_id=above[n % len(above)],
            )
            for n in range(number)
        )
        parents[level + 1] = [row.pk for row in rows]
        made += parents[level + 1]
    return made


def make_indicators(count):
    from datasets.models import Indicator

    rows = Indicator.objects.bulk_create(
        Indicator(
            code=f"large_{n:03}",
            title_zh_hans=f"大站指标{n}",
            title_en=f"Large indicator {n}",
            unit="CNY_100M",
            kind="flow",
            is_published=n % 50 != 0,
            published_at=datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC),
        )
        for n in range(count)
    )
    return [row.pk for row in rows]


def make_values(size, regions, indicators):
    """Yearly values of each series in as many regions as the size asks for."""
    from django.db import transaction

    from cbec_site.base.bulk_writes import columns_of, insert
    from datasets.models import Observation, Source
    from datasets.models.totals import write_all_totals

    sources = Source.objects.bulk_create(
        Source(code=f"large-{n}", title_zh_hans=f"大站来源{n}", title_en=f"Source {n}")
        for n in range(50)
    )
    model = Observation(
        unit="CNY_100M", value=Decimal(1), period="2020", is_published=True
    )
    model.stamp_publication()
    model.set_bounds()
    plain = {
        field.attname: getattr(model, field.attname)
        for field in columns_of(Observation)
    }
    each = min(size.observations // (len(indicators) * YEARS), len(regions))

    def rows():
        for i, indicator in enumerate(indicators):
            for r in range(each):
                for year in range(2019, 2019 + YEARS):
                    yield plain | {
                        "indicator_id": indicator,
                        "region_id": regions[(r + i * 37) % len(regions)],
                        "source_id": sources[i % 50].pk,
                        "period": str(year),
                        "period_start": datetime.date(year, 1, 1),
                        "period_end": datetime.date(year, 12, 31),
                        "value": Decimal((i * 7919 + r * 31 + year) % 100_000) / 100,
                        "decimals": 2,
                        "is_published": (i + r) % 10 != 0,
                    }

    with transaction.atomic():
        insert(Observation, rows())
        write_all_totals()


def make_policies(count, chance):
    from policies.models import Issuer, Policy, PolicyEvent, PolicyIssuer, Topic

    issuers = list(Issuer.objects.values_list("pk", flat=True))
    topics = list(Topic.objects.values_list("pk", flat=True))
    for start in range(0, count, CHUNK):
        rows = [a_policy(n, chance) for n in range(start, min(start + CHUNK, count))]
        made = Policy.objects.bulk_create(rows)
        PolicyIssuer.objects.bulk_create(
            PolicyIssuer(policy=row, issuer_id=issuers[n % len(issuers)], position=0)
            for n, row in enumerate(made)
        )
        Policy.topics.through.objects.bulk_create(
            Policy.topics.through(policy=row, topic_id=topics[n % len(topics)])
            for n, row in enumerate(made)
        )
        PolicyEvent.objects.bulk_create(
            PolicyEvent(
                policy=row,
                kind=kind,
                happened_on=row.published_on + datetime.timedelta(days),
                latest_on=row.published_on + datetime.timedelta(days),
                confidence="seen-official" if n % 7 else "recalled",
            )
            for n, row in enumerate(made)
            for kind, days in (("effective", 30), ("expired", 900))
            if kind == "effective" or n % 3 == 0
        )


def a_policy(n, chance):
    from policies.models import Policy

    day = datetime.date(1990, 1, 1) + datetime.timedelta(n * 12_000 // 100_000)
    return Policy(
        code=f"L{n:06}",
        title_zh_hans=f"关于{sentence(chance, 6, 'zh')}的通知{n}",
        title_en=f"Notice {n} on {sentence(chance, 6, 'en')}",
        summary_zh_hans=sentence(chance, 40, "zh"),
        summary_en=sentence(chance, 40, "en"),
        document_number=f"大站发〔{day.year}〕{n}号",
        is_number_confirmed=n % 2 == 0,
        level=("national", "provincial", "municipal")[n % 3],
        published_on=day,
        published_precision="day",
        no_source_reason="Made for a bench.",
        is_published=n % 20 != 0,
        published_at=datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC),
    )


def make_claims(count, chance):
    from swot.models import Claim

    verdicts = ("yes", "rounding", "no", "superseded", "n/a")
    for start in range(0, count, CHUNK):
        Claim.objects.bulk_create(
            Claim(
                code=f"L{n:05}",
                statement_zh_hans=f"论断{n}：{sentence(chance, 8, 'zh')}",
                statement_en=f"Claim {n}: {sentence(chance, 8, 'en')}",
                location="p. 1",
                kind="external",
                verdict=verdicts[n % len(verdicts)],
                is_published=n % 20 != 0,
                published_at=datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC),
            )
            for n in range(start, min(start + CHUNK, count))
        )
