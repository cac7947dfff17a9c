"""Pictures for shared links: one for each public page, made from its content."""

import re
import struct

import pytest
from django.urls import reverse
from django.utils.translation import override

from cbec_site.cards import Head, card_svg
from datasets.models import Figure
from tests.factories import make_policy
from tests.sample_site import FEEDS, LANGUAGES, PAGES, address, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.sampled]


@pytest.fixture
def world():
    return make_world()


def picture_of(page):
    (found,) = re.findall(r'<meta property="og:image" content="([^"]+)">', page)
    return found.removeprefix("http://testserver")


def size_of(png):
    assert png.startswith(b"\x89PNG")
    return struct.unpack(">II", png[16:24])


@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_a_card_of_its_own(client, world, name):
    language = list(LANGUAGES)[sorted(PAGES).index(name) % 2]
    page = client.get(address(name, world, language)).content.decode()
    answer = client.get(picture_of(page))

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert size_of(answer.content) == (1200, 630)
    assert "s-maxage" in answer["Cache-Control"]
    assert not answer.cookies


def test_card_says_title_and_description_of_the_page(client, world):
    page = client.get(world.policy.get_absolute_url()).content.decode()
    head = Head()
    head.feed(page)

    drawn = card_svg(head.title, head.description, "CBEC Evidence")
    told = re.sub(r"<[^>]+>", "", drawn).replace(" ", "")

    assert world.policy.title.replace(" ", "") in told


def test_card_of_a_page_with_a_chart_differs_by_its_values(client, world):
    with override("en"):
        path = f"/en/cards/datasets/figures/{world.figure.slug}.png"
    before = client.get(path).content
    figure = Figure.objects.get(pk=world.figure.pk)
    figure.observations.update(value=77)

    assert client.get(path).content != before


@pytest.mark.parametrize(
    "page",
    [
        "nothing",
        "policies/feed",
        "cards/home",
        "datasets/figures/none",
        "policies/NONE",
        "../admin",
        "admin",
        "en",
    ],
)
def test_pages_that_are_not_public_have_no_card(client, world, page):
    assert client.get(f"/en/cards/{page}.png").status_code == 404


def test_card_of_a_draft_is_not_found(client):
    draft = make_policy(is_published=False)

    assert client.get(f"/en/cards/policies/{draft.code}.png").status_code == 404


def test_long_title_ends_in_an_ellipsis_and_nothing_is_markup():
    drawn = card_svg("<b>跨境电子商务综合试验区" * 30, "&" * 600, "x")

    assert "<b>" not in drawn
    assert drawn.count("…</text>") == 2


@pytest.mark.parametrize("feed", sorted(FEEDS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_feeds_carry_the_picture_by_address(client, world, feed, language):
    """Each entry names the picture of its page."""
    with override(language):
        content = client.get(reverse(feed)).content.decode()
    entries = content.count("<entry>")
    links = re.findall(r'<link [^>]*rel="enclosure"[^>]*>', content)
    pictures = [
        re.search(r'href="http://testserver([^"]+)"', link)[1] for link in links
    ]

    assert len(set(pictures)) <= entries == len(pictures)
    for picture in set(pictures):
        assert picture.startswith(f"/{language}/cards/")
        assert client.get(picture)["Content-Type"] == "image/png"
