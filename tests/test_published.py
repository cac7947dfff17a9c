"""Every place that shows a model to readers agrees on what is public."""

import csv
import io
import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils.translation import override

from swot.models import VerdictChange
from tests.factories import (
    make_analysis,
    make_claim,
    make_correction,
    make_entry,
    make_event,
    make_figure,
    make_indicator,
    make_issuer,
    make_observation,
    make_page,
    make_policy,
    make_recommendation,
    make_region,
    make_source,
    make_topic,
    make_zone,
)

pytestmark = [pytest.mark.whole, pytest.mark.django_db]

DRAFT = {"is_published": False}
WORD = "quetzal"


def draft_indicator():
    return make_indicator(**DRAFT)


# Regions and sources: the row itself, and what refers to it.


def region_of_nothing():
    return make_region(name=WORD)


def region_of(make, **given):
    region = region_of_nothing()
    make(region=region, **given)
    return region


def region_around(make, levels=1, **given):
    """A region of which nothing is recorded itself, only of one inside it."""
    outermost = inner = region_of_nothing()
    for _level in range(levels):
        inner = make_region(parent=inner)
    make(region=inner, **given)
    return outermost


def region_inside_of_a_public_one():
    outer = make_region()
    make_observation(region=outer)
    return make_region(name=WORD, parent=outer)


def source_of(**given):
    source = make_source(title=WORD)
    make_observation(source=source, **given)
    return source


def region_of_draft_series():
    return region_of(make_observation, indicator=draft_indicator())


def source_of_draft_and_public_value():
    source = source_of(**DRAFT)
    make_observation(source=source)
    return source


# Parts of analyses, and what is based on published values.


def part(make, analysis=None, **given):
    values = [make_observation()]
    analysis = make_analysis(**(analysis or {}))
    return make(title=WORD, analysis=analysis, observations=values, **given)


def claim(**given):
    item = make_claim([make_observation()], statement=WORD, **given)
    VerdictChange.objects.create(claim=item, old_verdict="no", new_verdict="yes")
    return item


def correction_of_draft():
    return make_correction(title=WORD, claim=make_claim(**DRAFT))


def figure_of(*values, **given):
    return make_figure(values, title=WORD, **given)


# What is made, and whether readers may see it.
CASES = {
    "source without values": (lambda: make_source(title=WORD), False),
    "source of a draft value": (lambda: source_of(**DRAFT), False),
    "source of a draft series": (lambda: source_of(indicator=draft_indicator()), False),
    "source of a value": (source_of, True),
    "source of a draft and a value": (source_of_draft_and_public_value, True),
    "region of nothing": (region_of_nothing, False),
    "region of a draft value": (lambda: region_of(make_observation, **DRAFT), False),
    "region of a draft series": (region_of_draft_series, False),
    "region of a draft zone": (lambda: region_of(make_zone, **DRAFT), False),
    "region of a draft analysis": (lambda: region_of(make_analysis, **DRAFT), False),
    "region of a draft event": (lambda: region_of(make_event, **DRAFT), False),
    "region of a value": (lambda: region_of(make_observation), True),
    "region of a zone": (lambda: region_of(make_zone), True),
    "region of an analysis": (lambda: region_of(make_analysis), True),
    "region of an event": (lambda: region_of(make_event), True),
    "region around a public one": (lambda: region_around(make_observation), True),
    "country of a public area": (lambda: region_around(make_zone, levels=4), True),
    "region around a draft": (lambda: region_around(make_zone, **DRAFT), False),
    "region in a public one": (region_inside_of_a_public_one, False),
    "indicator": (lambda: make_indicator(title=WORD), True),
    "draft indicator": (lambda: make_indicator(title=WORD, **DRAFT), False),
    "draft indicator with a value": (
        lambda: (
            make_observation(indicator=make_indicator(title=WORD, **DRAFT)).indicator
        ),
        False,
    ),
    "figure": (lambda: figure_of(make_observation()), True),
    "figure of drafts": (lambda: figure_of(make_observation(**DRAFT)), True),
    "draft figure": (lambda: figure_of(make_observation(), **DRAFT), False),
    "policy": (lambda: make_policy(title=WORD), True),
    "draft policy": (lambda: make_policy(title=WORD, **DRAFT), False),
    "zone": (make_zone, True),
    "draft zone": (lambda: make_zone(**DRAFT), False),
    "issuer of a policy": (lambda: issuer_of(), True),
    "issuer of a draft": (lambda: issuer_of(**DRAFT), False),
    "topic of a policy": (lambda: topic_of(), True),
    "topic of a draft": (lambda: topic_of(**DRAFT), False),
    "value": (make_observation, True),
    "draft value": (lambda: make_observation(**DRAFT), False),
    "value of a draft series": (
        lambda: make_observation(indicator=draft_indicator()),
        False,
    ),
    "analysis": (lambda: make_analysis(title=WORD), True),
    "draft analysis": (lambda: make_analysis(title=WORD, **DRAFT), False),
    "entry": (lambda: part(make_entry), True),
    "draft entry": (lambda: part(make_entry, **DRAFT), False),
    "entry of a draft analysis": (lambda: part(make_entry, DRAFT), False),
    "recommendation": (lambda: part(make_recommendation), True),
    "draft recommendation": (lambda: part(make_recommendation, **DRAFT), False),
    "recommendation of a draft analysis": (
        lambda: part(make_recommendation, DRAFT),
        False,
    ),
    "claim": (claim, True),
    "draft claim": (lambda: claim(**DRAFT), False),
    "correction": (lambda: make_correction(title=WORD), True),
    "draft correction": (lambda: make_correction(title=WORD, **DRAFT), False),
    "correction of a draft": (correction_of_draft, True),
    "page": (lambda: make_page(title=WORD), True),
    "draft page": (lambda: make_page(title=WORD, **DRAFT), False),
}


def issuer_of(**given):
    issuer = make_issuer()
    make_policy([issuer], **given)
    return issuer


def topic_of(**given):
    topic = make_topic()
    make_policy(topics=[topic], **given)
    return topic


# Where each model is shown; found by the address of its page in lists, search,
# sitemap and feed, by its key in the API.
LISTS = {
    "source": "datasets:source-list",
    "region": "datasets:region-list",
    "indicator": "datasets:indicator-list",
    "figure": "datasets:figure-list",
    "policy": "policies:policy-list",
    "analysis": "swot:analysis-list",
    "claim": "swot:claim-list",
    "correction": "swot:correction-list",
}
API = {
    "source": ("sources", "code"),
    "region": ("regions", "code"),
    "indicator": ("indicators", "code"),
    "figure": ("figures", "slug"),
    "policy": ("policies", "code"),
    "pilotzone": ("pilot-zones", "code"),
    "analysis": ("analyses", "slug"),
    "entry": ("entries", "code"),
    "recommendation": ("recommendations", "code"),
    "claim": ("claims", "code"),
}
DETAILS = {"indicator", "figure", "policy", "claim"}
SITEMAPS = {
    "source": "sources",
    "region": "regions",
    "indicator": "indicators",
    "figure": "figures",
    "policy": "policies",
    "analysis": "analyses",
    "entry": "entries",
    "recommendation": "recommendations",
    "claim": "claims",
    "page": "pages",
}
SEARCHES = SITEMAPS | {"correction": "corrections"}
FEEDS = {
    "policy": "policies:feed",
    "claim": "swot:claim-feed",
    "correction": "swot:correction-feed",
}


def body(response):
    content = b"".join(response) if response.streaming else response.content
    return unescape(content.decode())


def answers(client, item):
    """For each place that could show the object: whether it does."""
    kind = item._meta.model_name
    found = dict(in_the_api(client, item, kind))
    found |= dict(elsewhere(client, item, kind))
    if hasattr(item, "get_absolute_url"):
        found |= dict(on_pages(client, item, kind, page_of(item)))
    return found


def page_of(item):
    with override("en"):
        return item.get_absolute_url()


def english(name):
    with override("en"):
        return reverse(name)


def on_pages(client, item, kind, address):
    href = f'href="{address}"'
    if kind == "correction":
        yield "page", f'id="correction-{item.pk}"' in body(client.get(address))
    else:
        yield "page", client.get(address).status_code == 200
    if kind in LISTS:
        page = body(client.get(english(LISTS[kind])))
        mark = f'id="correction-{item.pk}"' if kind == "correction" else href
        yield "list", mark in page
    if kind in SITEMAPS:
        section = body(client.get(f"/sitemap-{SITEMAPS[kind]}.xml"))
        yield "sitemap", f"<loc>http://testserver{address}</loc>" in section
    if kind in SEARCHES:
        page = client.get(f"/en/search/?q={WORD}&kind={SEARCHES[kind]}")
        yield "search", href in body(page)
        yield "search of all kinds", href in body(client.get(f"/en/search/?q={WORD}"))
    if kind in FEEDS:
        yield "feed", address in body(client.get(english(FEEDS[kind])))


def in_the_api(client, item, kind):
    if kind in API:
        name, key = API[kind]
        rows = client.get(reverse(f"api:{name}")).json()["results"]
        yield "JSON", getattr(item, key) in [row[key] for row in rows]
        file = body(client.get(reverse(f"api:{name}-csv")))
        rows = csv.DictReader(io.StringIO(file.removeprefix("\ufeff")))
        yield "CSV", getattr(item, key) in [row[key] for row in rows]
    if kind in DETAILS:
        url = reverse(f"api:{kind}", args=[getattr(item, API[kind][1])])
        yield "JSON of one", client.get(url).status_code == 200
    if kind == "figure":
        url = reverse("api:figure-csv", args=[item.slug])
        yield "CSV of one", client.get(url).status_code == 200
    if kind == "entry":
        url = reverse("api:entry", args=[item.analysis.slug, item.code])
        yield "JSON of one", client.get(url).status_code == 200
    if kind == "correction":
        rows = client.get(reverse("api:corrections")).json()["results"]
        yield "JSON", item.title_en in [row["title_en"] for row in rows]
        yield "CSV", item.title_en in body(client.get(reverse("api:corrections-csv")))


def elsewhere(client, item, kind):
    """Objects without a page, choices of filters, and “used by” on other pages."""
    if kind == "observation":
        query = f"?region={item.region.code}"
        rows = client.get(reverse("api:observations") + query).json()
        yield "JSON", rows["count"] == 1
        file = body(client.get(reverse("api:observations-csv") + query))
        yield "CSV", item.region.code in file
        page = client.get(page_of(item.indicator))
        yield "page of the series", item.region.name_en in body(page)
    if kind == "pilotzone":
        page = body(client.get(english("policies:pilotzone-list")))
        yield "list", item.region.name_en in page
    if kind in ("issuer", "topic"):
        page = body(client.get(english("policies:policy-list")))
        yield "choice", f'value="{item.code}"' in page
    if kind in ("entry", "recommendation", "claim"):
        page = client.get(page_of(item.observations.get().indicator))
        yield "used by", f'href="{page_of(item)}"' in body(page)
    if kind in ("entry", "recommendation"):
        page = client.get(page_of(item.analysis))
        yield "list", f'href="{page_of(item)}"' in body(page)
    if kind == "entry":
        item.claims.add(make_claim())
        page = body(client.get(english("swot:claim-list")))
        yield "choice", f'<option value="{item.code}"' in page


@pytest.mark.parametrize("case", CASES)
def test_every_place_agrees_on_what_is_public(client, case):
    make, is_public = CASES[case]
    item = make()

    found = answers(client, item)

    assert found == dict.fromkeys(found, is_public)
    assert type(item).objects.published().contains(item) is is_public
    assert getattr(item, "is_public", is_public) is is_public


@pytest.mark.sampled
@pytest.mark.parametrize("case", [name for name, case in CASES.items() if case[1]])
def test_public_pages_lead_to_public_pages_only(client, case):
    """No link on the page that was just made public answers “not found”."""
    item = CASES[case][0]()
    if not hasattr(item, "get_absolute_url"):
        return
    page = body(client.get(page_of(item)))

    links = set(re.findall(r'href="(/en/(?:datasets|policies|swot)/[^"#?]+)"', page))
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(
        links, 200
    )
