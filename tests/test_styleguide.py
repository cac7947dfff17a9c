"""The gallery of components: only for those who develop the pages."""

import pytest
from django.utils.text import slugify

from cbec_site.styleguide.page_types import NAMES
from cbec_site.styleguide.tokens import colours, contrast
from swot.models import Claim
from tests.sample_site import LANGUAGES, PAGES

# Colours that repeat what something beside them says.
MARKS = {"focus"}


@pytest.fixture
def in_development(settings):
    settings.ROOT_URLCONF = "tests.styleguide_urls"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["", "pages/home/"])
def test_there_is_no_gallery_in_production(client, path):
    assert client.get(f"/en/styleguide/{path}").status_code == 404


def test_gallery_shows_every_kind_of_page():
    assert sorted(NAMES) == sorted(PAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_gallery_draws_every_part(client, world, in_development, language):
    response = client.get(f"/{language}/styleguide/")
    content = response.content.decode()

    assert response.status_code == 200
    assert "frame-src 'self'" in response["Content-Security-Policy"]
    assert content.count('<span class="whole">e-commerce</span>') >= 5
    for colour in colours():
        assert content.count(f'fill="{colour.variable}"') >= 2
    for verdict in map(slugify, Claim.Verdict.values):
        assert content.count(f'class="verdict verdict-{verdict}"') >= 2
    for part in ("headlines", "filters", "errorlist", "data cards", "picture-wide"):
        assert f'class="{part}"' in content
    for pattern in ("estimated", "provisional", "forecast"):
        assert f'data-pattern="{pattern}"' in content
    for name in NAMES:
        for scheme in ("day", "night"):
            assert f"/{language}/styleguide/pages/{name}/?scheme={scheme}" in content


def test_gallery_frames_a_page_in_a_colour_scheme(client, world, in_development):
    address = "/en/styleguide/pages/{}/?scheme=night"

    response = client.get(address.format("swot:entry-detail"))

    assert world.entry.title in response.content.decode()
    assert '<html class="by-night" lang="en">' in response.content.decode()
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert client.get(address.format("no:such")).status_code == 404


def test_colours_have_enough_contrast_on_their_backgrounds():
    read = [colour for colour in colours() if colour.contrasts]

    assert len(read) == 13
    for colour in read:
        needed = 3 if colour.name in MARKS else 4.5
        assert min(colour.contrasts) >= needed, colour
    assert contrast("#000000", "#ffffff") == 21
