"""An article of 120 numbers in two languages, and the data it was written from."""

import random
from decimal import Decimal

from datasets.models import Region
from tests.factories import make_indicator, make_observation, make_region

INDICATORS = {
    "exports": ("出口总额", "Exports", "CNY_100M", 2),
    "parcels": ("快递业务量", "Parcels sent", "COUNT", 0),
    "firms": ("跨境电商企业数", "Cross-border firms", "COUNT", 0),
    "online": ("网上零售占比", "Online share of retail", "PERCENT", 1),
}
REGIONS = {
    "520000": ("贵州省", "Guizhou"),
    "530000": ("云南省", "Yunnan"),
    "510000": ("四川省", "Sichuan"),
    "430000": ("湖南省", "Hunan"),
    "450000": ("广西壮族自治区", "Guangxi"),
}
YEARS = range(2018, 2024)


def write_article(prefix=""):
    """(Chinese text, English text, indicators): each of 120 values is in both."""
    draw = random.Random(20240301)
    indicators, zh, en = [], [], []
    made = {}
    for code, (title_zh, title_en, unit, decimals) in INDICATORS.items():
        made[code] = make_indicator(
            code=f"{prefix}{code}",
            title_zh_hans=title_zh,
            title_en=title_en,
            unit=unit,
            decimals=decimals,
        )
        indicators.append(made[code])
    for region_code, (name_zh, name_en) in REGIONS.items():
        region = Region.objects.filter(code=region_code).first() or make_region(
            code=region_code, name_zh_hans=name_zh, name_en=name_en, kind="province"
        )
        short = name_zh[:2]
        zh.append("")
        en.append("")
        for year in YEARS:
            found = {}
            for code, (_zh, _en, _unit, decimals) in INDICATORS.items():
                whole = draw.randint(1001, 9999)
                value = Decimal(draw.randint(101, 890) if decimals == 1 else whole)
                value = value.scaleb(-decimals)
                make_observation(
                    value,
                    code=f"{prefix}{code}_{region_code}_{year}",
                    indicator=made[code],
                    region=region,
                    period=str(year),
                )
                found[code] = f"{value:,.{decimals}f}" if decimals != 1 else f"{value}"
            zh[-1] += (
                f"{year}年{short}的出口总额为{found['exports']}亿元，与产业布局调整直接相关；"
                f"同年全省快递业务量达到{found['parcels']}件，"
                f"登记在册的跨境电商企业数为{found['firms']}家，"
                f"网上零售占比升至{found['online']}%，居民消费习惯随之改变。"
            )
            billions = Decimal(found["exports"].replace(",", "")) / 10
            en[-1] += (
                f"In {year} the exports of {name_en} came to CNY {billions} billion, "
                f"which follows from how its industry is laid out; "
                f"parcels sent reached {found['parcels']} items, "
                f"cross-border firms on the register numbered {found['firms']}, "
                f"and the online share of retail was {found['online']}%. "
            )
    return "\n\n".join(zh), "\n\n".join(en), indicators
