"""No draft shows on any page, in any file, in any feed."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests.factories import (
    make_analysis,
    make_claim,
    make_correction,
    make_entry,
    make_event,
    make_figure,
    make_indicator,
    make_observation,
    make_page,
    make_policy,
    make_recommendation,
    make_region,
    make_zone,
)
from tests.sample_site import (
    API_LISTS,
    FEEDS,
    LANGUAGES,
    PAGES,
    address,
    make_world,
    named,
)


@pytest.fixture
def world(db):
    return make_world()


def public_addresses(world):
    """Every page in both languages, and everything made for programs."""
    for language in LANGUAGES:
        for name in PAGES:
            yield address(name, world, language)
        yield f"/{language}/search/?q=withheld"
        for name in FEEDS:
            with override(language):
                yield reverse(name)
    for name in API_LISTS:
        yield reverse(f"api:{name}")
        yield reverse(f"api:{name}-csv")
    for name in ("figure", "figure-csv"):
        yield reverse(f"api:{name}", args=[world.figure.slug])
    yield reverse("api:policy", args=[world.policy.code])
    yield reverse("api:indicator", args=[world.observation.indicator.code])


def sitemap_addresses(client):
    index = client.get("/sitemap.xml").content.decode()
    return re.findall(r"<loc>http://testserver([^<]+)</loc>", index)


def body(response):
    content = b"".join(response) if response.streaming else response.content
    return content.decode()


def add_drafts(world):
    """A draft of every model, related to public rows; each says "withheld secret".

    Codes and slugs hold "secret" where the model has them.
    """
    words = {"is_published": False, "title": "withheld secret"}
    region, source = world.observation.region, world.observation.source
    indicator = make_indicator(code="secret_indicator", **words)
    shared = {"region": region, "source": source}
    values = [
        make_observation("987654.321", indicator=indicator, **shared),
        make_observation(
            "987654.321",
            indicator=world.observation.indicator,
            period="2021",
            is_published=False,
            **shared,
        ),
    ]
    for position, value in enumerate(values, start=1):
        world.figure.points.create(observation=value, position=position, role="paper")
        world.claim.observations.add(value)
        world.entry.observations.add(value)
        world.recommendation.observations.add(value)
    policy = make_policy(
        list(world.policy.issuers.all()),
        list(world.policy.topics.all()),
        code="secret-p",
        **words,
    )
    claim = make_claim(code="secret-c", **named(words, "statement"))
    event = make_event(region=region, **words)
    for part in (world.entry, world.recommendation):
        part.policies.add(policy)
        part.claims.add(claim)
    world.entry.events.add(event)
    links = {"policies": [world.policy], "claims": [world.claim]}
    entry = make_entry(analysis=world.analysis, **links, **words)
    world.recommendation.answers.add(entry)
    drafts = [
        indicator,
        make_figure([world.observation], slug="secret-figure", **words),
        policy,
        claim,
        make_page(slug="secret-page", **words),
        entry,
        make_recommendation(
            analysis=world.analysis, answers=[world.entry], **links, **words
        ),
    ]
    make_correction([claim], claim=claim, **words)
    # A correction that is public does not lead to a draft.
    make_correction([claim], entry=entry)
    make_correction([claim], observation=values[0])
    make_zone(
        code="secret-zone",
        region=make_region(parent=region),
        is_published=False,
    )
    return drafts + add_draft_analysis(world, links, words)


def add_draft_analysis(world, links, words):
    """A draft analysis with parts that are marked as published."""
    analysis = make_analysis(
        slug="secret-analysis", region=world.observation.region, **words
    )
    words = {"title": "withheld secret", "analysis": analysis}
    values = {"observations": [world.observation]}
    return [
        analysis,
        make_entry(**links, **values, **words),
        make_recommendation(**links, **values, **words),
    ]


def test_no_draft_is_shown_anywhere(client, world):
    add_drafts(world)
    seen = {
        url: body(client.get(url))
        for url in [*public_addresses(world), *sitemap_addresses(client)]
    }
    leaks = [
        url
        for url, content in seen.items()
        if re.search(r"secret|987,?654", content, re.IGNORECASE)
    ]

    assert leaks == []
    assert len(seen) > 70


def test_the_same_things_are_shown_once_published(client, world):
    """Shows that the test above would notice a draft."""
    for draft in add_drafts(world):
        type(draft).objects.filter(pk=draft.pk).update(
            is_published=True, published_at=world.policy.published_at
        )

    for url in ("/en/search/?q=withheld", "/en/policies/", "/api/v1/entries"):
        assert "secret" in body(client.get(url))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_has_no_page(client, world, language):
    drafts = add_drafts(world)
    with override(language):
        answers = {
            draft.get_absolute_url(): client.get(draft.get_absolute_url()).status_code
            for draft in drafts
        }

    assert set(answers.values()) == {404}
    assert len(answers) == len(drafts)


def test_a_draft_has_no_data(client, world):
    add_drafts(world)
    addresses = [
        reverse("api:figure", args=["secret-figure"]),
        reverse("api:figure-csv", args=["secret-figure"]),
        reverse("api:policy", args=["secret-p"]),
        reverse("api:indicator", args=["secret_indicator"]),
    ]

    assert [client.get(url).status_code for url in addresses] == [404] * 4
