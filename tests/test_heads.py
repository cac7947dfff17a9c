"""What the head of a page says to sites that share or list it."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings

from cbec_site.management.commands.draw_icons import icons
from tests.factories import make_analysis, make_claim, make_entry, make_page

pytestmark = pytest.mark.django_db


def properties(page):
    """Open Graph properties to their values, as a reader of HTML takes them."""
    found = re.findall(r'<meta property="(og:[^"]+)" content="([^"]*)">', page)
    return {name: unescape(value) for name, value in found}


def test_shared_links_have_title_description_picture_and_languages(client):
    page = make_page(title='A "quoted" <title> & more').get_absolute_url()

    told = properties(client.get(page).content.decode())

    assert told["og:title"] == 'A "quoted" <title> & more'
    assert told["og:description"]
    assert told["og:image:alt"] == told["og:title"]
    assert {told["og:locale"], told["og:locale:alternate"]} == {"zh_CN", "en_GB"}


def test_a_claim_is_called_by_its_statement_and_verdict(client, english):
    claim = make_claim(code="C24", verdict="no", statement="Trade grew by 9%")

    page = client.get(claim.get_absolute_url()).content.decode()

    title = "Trade grew by 9%: contradicted"
    head = " ".join(page.partition("</head>")[0].split())
    assert f"<title>{title} · CBEC Evidence</title>" in head
    assert properties(page)["og:title"] == title


def test_every_head_names_the_icons(client):
    page = client.get("/en/").content.decode()

    for icon in ("favicon.ico", "icon.svg", "apple-touch-icon.png"):
        assert re.search(rf'<link rel="[a-z -]+" href="/static/img/{icon}"', page)


def test_icons_match_their_drawing():
    folder = Path(settings.BASE_DIR) / "static/img"

    drawn = icons((folder / "icon.svg").read_text())

    assert {name: (folder / name).read_bytes() for name in drawn} == drawn
    assert drawn["favicon.ico"][:6] == b"\x00\x00\x01\x00\x01\x00"


def test_breadcrumbs_are_given_as_data(client, english):
    entry = make_entry(analysis=make_analysis(title="A </script> study"), code="S1")
    page = client.get(entry.get_absolute_url()).content.decode()

    (way,) = (
        data
        for text in re.findall(r"ld\+json\">(.*?)</script>", page, re.DOTALL)
        if (data := json.loads(text))["@type"] == "BreadcrumbList"
    )

    steps = way["itemListElement"]
    assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
    assert steps[0] == {
        "@type": "ListItem",
        "position": 1,
        "name": "Home",
        "item": "http://testserver/en/",
    }
    assert steps[-1]["item"] == f"http://testserver{entry.get_absolute_url()}"
    assert entry.analysis.get_absolute_url() in steps[-2]["item"]
