"""One of everything public, related, and the addresses it is shown under."""

import re
from html import unescape
from types import SimpleNamespace

from django.urls import reverse
from django.utils.translation import override

from cbec_site.base.search_index.writing import indexed_at_the_end
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
    make_report,
    make_source,
    make_topic,
    make_zone,
)
from tests.html import breakable

LANGUAGES = {"zh-hans": "zh-Hans", "en": "en"}

# Every address under a language prefix, and the part of `world` it is about.
PAGES = {
    "home": lambda world: [],
    "search": lambda world: [],
    "api-docs": lambda world: [],
    "page": lambda world: [world.page.slug],
    "datasets:indicator-list": lambda world: [],
    "datasets:indicator-detail": lambda world: [world.observation.indicator.code],
    "datasets:comparison": lambda world: [],
    "datasets:figure-list": lambda world: [],
    "datasets:figure-detail": lambda world: [world.figure.slug],
    "datasets:region-list": lambda world: [],
    "datasets:region-detail": lambda world: [world.observation.region.code],
    "datasets:source-list": lambda world: [],
    "datasets:source-detail": lambda world: [world.observation.source.code],
    "policies:policy-list": lambda world: [],
    "policies:policy-detail": lambda world: [world.policy.code],
    "policies:policy-lineage": lambda world: [world.policy.code],
    "policies:pilotzone-list": lambda world: [],
    "swot:analysis-list": lambda world: [],
    "swot:analysis-detail": lambda world: [world.analysis.slug],
    "swot:analysis-tows": lambda world: [world.analysis.slug],
    "swot:entry-detail": lambda world: [world.analysis.slug, world.entry.code],
    "swot:recommendation-detail": lambda world: [
        world.analysis.slug,
        world.recommendation.code,
    ],
    "swot:claim-list": lambda world: [],
    "swot:claim-detail": lambda world: [world.claim.code],
    "swot:report": lambda world: [],
    "swot:report-thanks": lambda world: [],
    "swot:correction-list": lambda world: [],
}
# Charts to embed in other sites: without header, menu and search.
FRAMES = {
    "datasets:figure-frame": lambda world: [world.figure.slug],
    "datasets:indicator-frame": lambda world: [world.observation.indicator.code],
}
FEEDS = {"policies:feed", "swot:claim-feed", "swot:correction-feed"}
API_LISTS = (
    "observations indicators regions sources figures policies pilot-zones analyses "
    "entries recommendations claims corrections"
).split()


@indexed_at_the_end()
def make_world(**given):
    """One of everything, all related; `given` is passed to whatever can be a draft."""
    region, source = make_region(kind="province"), make_source()
    observation = make_observation(
        indicator=make_indicator(), region=region, source=source
    )
    policy = make_policy([make_issuer()], [make_topic()], **given)
    analysis = make_analysis(region=region, **given)
    claim = make_claim([observation], **named(given, "statement"))
    entry = make_entry(
        analysis=analysis,
        observations=[observation],
        policies=[policy],
        claims=[claim],
        events=[make_event(region=region, **given)],
        **given,
    )
    return SimpleNamespace(
        observation=observation,
        figure=make_figure([observation], **given),
        policy=policy,
        zone=make_zone(region=region),
        analysis=analysis,
        claim=claim,
        entry=entry,
        recommendation=make_recommendation(
            analysis=analysis,
            answers=[entry],
            policies=[policy],
            claims=[claim],
            observations=[observation],
            **given,
        ),
        page=make_page(**given),
        correction=make_correction(
            [claim], observation=observation, report=make_report(), **given
        ),
    )


def named(given, name):
    """The same values for a model whose title field has another name."""
    return {name if key == "title" else key: value for key, value in given.items()}


def address(name, world, language):
    with override(language):
        return reverse(name, args=PAGES[name](world))


def text_of(response):
    """The text of a page's main part."""
    html = breakable(response.content.decode())
    main = re.search(r"<main.*</main>", html, re.DOTALL)[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


# How many of everything `everything` has.
EVERYTHING = 5


def make_five_of_everything():
    for _number in range(EVERYTHING):
        make_everything()


@indexed_at_the_end()
def make_everything():
    """Add a row to every list of the API, with something in every relation."""
    observation = make_observation()
    make_figure([observation])
    policy = make_policy([make_issuer()], [make_topic()])
    make_zone(region=make_region(parent=make_region(kind="country")))
    analysis = make_analysis(region=observation.region)
    claim = make_claim([observation])
    entry = make_entry(
        analysis=analysis,
        observations=[observation],
        policies=[policy],
        claims=[claim],
        events=[make_event()],
    )
    make_recommendation(
        analysis=analysis,
        answers=[entry],
        observations=[observation],
        policies=[policy],
        claims=[claim],
    )
    make_correction([claim], claim=claim)
