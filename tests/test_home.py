"""The home page says what the site is and how well the study holds up.

Beside each headline number of the study it shows the newest value.
"""

import re

import pytest

from cbec_site.views import headlines
from swot.checking.verdicts import FINDINGS, Verdict
from swot.models import Claim
from tests.factories import make_analysis, make_claim, make_observation

pytestmark = pytest.mark.django_db


@pytest.fixture
def stated():
    return make_observation("105", code="gz_cbec_2022", period="2022")


def later(stated, period, value, **given):
    series = {"indicator": stated.indicator, "region": stated.region}
    source = given.pop("source", stated.source)
    return make_observation(value, period=period, source=source, **(series | given))


def newest():
    (headline,) = headlines()
    return headline[2]


def test_newest_year_is_shown_beside_the_year_of_the_study(stated):
    later(stated, "2023", "120")
    expected = later(stated, "2024", "150")

    assert newest() == expected


def test_newest_year_ignores_other_period_lengths_drafts_parts_and_gaps(stated):
    later(stated, "2024-Q1", "40")
    later(stated, "2025", "160", is_published=False)
    later(stated, "2025", "90", breakdown="b2b")
    later(stated, "2023", None, status="M")
    later(stated, "2021", "33")

    assert newest() is None


def test_queries_do_not_grow_with_the_values(stated, django_assert_num_queries):
    for year in range(2023, 2027):
        later(stated, str(year), "1")

    with django_assert_num_queries(3):
        headlines()


def test_a_month_or_half_is_not_compared_with_a_quarter():
    quarter = make_observation("105", code="gz_cbec_2022", period="2022-Q1")
    later(quarter, "2023-07", "9")
    expected = later(quarter, "2022-Q4", "110")
    later(quarter, "2023-S1", "300")

    assert newest() == expected


@pytest.mark.parametrize(
    ("language", "purpose", "name"),
    [
        ("en", "A published study whose numbers are checked", "Cross-border e-comm"),
        ("zh-hans", "一项已发表研究的数字，逐一与数据核对", "跨境电子商务"),
    ],
)
def test_first_screen_says_what_the_site_is_and_how_the_study_holds_up(
    client, language, purpose, name
):
    analysis = make_analysis()
    for number, verdict in enumerate(Verdict):
        finding = "wording" if verdict in FINDINGS else ""
        given = {"verdict": verdict.value, "finding": finding}
        for _claim in range(number % 5 + 1):
            make_claim(**given, stated_value="12.5", recomputed_value="13.5")
        make_claim(**given, is_published=False)

    page = client.get(f"/{language}/").content.decode().replace("\u2060", "")

    hero = re.search(
        r'<section class="hero">.*?<ul class="headlines">', page, re.DOTALL
    )[0]
    today = re.search(r'<section class="today".*?</section>', hero, re.DOTALL)[0]
    assert words(hero).count(purpose) == 1
    assert name in words(hero)
    counts = re.findall(r'verdict=([^"]+)".*?<strong>(\d+)</strong>', hero, re.DOTALL)
    public = Claim.objects.published()
    assert {code.replace("%2F", "/"): int(count) for code, count in counts} == {
        verdict.value: public.filter(verdict=verdict.value).count()
        for verdict in Verdict
    }
    telling = re.findall(r'href="/[a-z-]+/swot/claims/(\w+)/"', today)
    verdicts = dict(public.values_list("code", "verdict"))
    assert [verdicts[code] for code in telling] == ["no", "no", "superseded"]
    for code in telling:
        assert public.get(code=code).statement_en in words(today) or language != "en"
    # What the study states and what the data give.
    assert words(today).count("12.5") == words(today).count("13.5") == 3
    assert str(public.count()) in words(today)
    ways = re.search(r'<ul class="ways".*?</ul>', page, re.DOTALL)[0]
    assert re.findall(r'href="(.*?)"', ways) == [
        f"/{language}/swot/analyses/{analysis.slug}/",
        f"/{language}/datasets/indicators/",
        f"/{language}/policies/",
    ]


def words(html):
    return " ".join(re.sub(r"<[^>]+>", "", html).split())
