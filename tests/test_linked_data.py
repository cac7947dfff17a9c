"""What pages tell search engines as data: JSON-LD and Highwire tags."""

import datetime
import json
import re
from html import unescape

import pytest
from django.utils import timezone

from datasets.models import Observation
from tests.factories import make_analysis, make_figure, make_observation, make_policy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

SITE = "http://testserver"
LANGUAGES = ("zh-hans", "en")
BLOCK = re.compile(r"ld\+json\">(.*?)</script>", re.DOTALL)


def page_of(client, address):
    return client.get(address).content.decode()


def described(page, kind):
    """The only block of this type on a page."""
    (found,) = (
        data
        for text in BLOCK.findall(page)
        if (data := json.loads(text))["@type"] == kind
    )
    assert found["@context"] == "https://schema.org"
    return found


def highwire(page):
    found = re.findall(r'<meta name="citation_(\w+)" content="([^"]*)">', page)
    assert len(dict(found)) == len(found)
    return {name: unescape(value) for name, value in found}


@pytest.mark.parametrize(
    ("language", "name"), [("zh-hans", "跨境电商"), ("en", "CBEC")]
)
def test_home_names_the_site_and_its_working_search(client, language, name):
    policy = make_policy(code="P77", title="Unheard-of measures")

    told = described(page_of(client, f"/{language}/"), "WebSite")

    assert name in told["name"]
    assert told["url"] == f"{SITE}/{language}/"
    action = told["potentialAction"]
    assert action["@type"] == "SearchAction"
    (asked,) = re.findall(r"\{(\w+)\}", action["target"])
    assert action["query-input"] == f"required name={asked}"
    found = page_of(client, action["target"].replace(f"{{{asked}}}", "Unheard-of"))
    assert f"/{language}/policies/{policy.code}/" in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_analysis_is_an_article_on_the_published_study(client, language):
    analysis = make_analysis(title='A "quoted" </script> study', doi="10.12677/ecl.1")
    address = f"/{language}/swot/analyses/{analysis.slug}/"
    page = page_of(client, address)

    told = described(page, "ScholarlyArticle")
    marks = highwire(page)

    assert told["headline"] == marks["title"] == analysis.title
    assert told["url"] == marks["fulltext_html_url"] == SITE + address
    assert told["inLanguage"] == marks["language"] == language.replace("hans", "Hans")
    study = told["isBasedOn"]
    assert study["@type"] == "ScholarlyArticle"
    assert study["url"] == "https://doi.org/10.12677/ecl.1"
    assert study["datePublished"] == "2024"
    # No editor has entered the title of the study, and the page's own title is not
    # its author's.
    assert "headline" not in study
    assert marks["author"] != study["author"]["name"]
    day = timezone.localdate(analysis.published_at)
    assert marks["publication_date"] == marks["online_date"] == f"{day:%Y/%m/%d}"


def test_title_of_the_study_is_given_once_it_is_entered(client):
    analysis = make_analysis(study_title="The study itself")

    page = page_of(client, analysis.get_absolute_url())

    told = described(page, "ScholarlyArticle")
    assert told["isBasedOn"]["headline"] == "The study itself"


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_and_indicators_are_datasets_whose_files_answer(
    client, settings, language
):
    settings.CONTENT_LICENCE_URL = "https://example.org/licence"
    value = make_observation("33.22")
    changed = timezone.make_aware(datetime.datetime(2026, 3, 1, 0, 30))
    Observation.objects.filter(pk=value.pk).update(valid_from=changed)
    figure = make_figure([value])
    things = {figure: 5, value.indicator: 2}

    for thing, number_of_files in things.items():
        address = re.sub(r"^/[a-z-]+", f"/{language}", thing.get_absolute_url())
        told = described(page_of(client, address), "Dataset")

        assert told["url"] == told["@id"] == SITE + address
        assert len(told["description"]) >= 50
        assert told["license"] == "https://example.org/licence"
        # The day in the site's time zone on which the values last changed; it
        # is not looked up for all the values of an indicator.
        day = "2026-03-01" if thing == figure else None
        assert told.get("dateModified") == day
        files = told["distribution"]
        assert len({file["contentUrl"] for file in files}) == number_of_files
        for file in files:
            answer = client.get(file["contentUrl"])
            assert answer.status_code == 200
            assert answer["Content-Type"].partition(";")[0] == file["encodingFormat"]


def test_dataset_without_values_or_licence_states_neither(client, settings):
    settings.CONTENT_LICENCE_URL = ""

    told = described(page_of(client, make_figure().get_absolute_url()), "Dataset")

    assert told.keys().isdisjoint({"license", "dateModified"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_breadcrumbs_lead_through_pages_that_answer(client, language):
    figure = make_figure([make_observation()])
    address = re.sub(r"^/[a-z-]+", f"/{language}", figure.get_absolute_url())

    steps = described(page_of(client, address), "BreadcrumbList")["itemListElement"]

    assert [step["position"] for step in steps] == [1, 2, 3]
    assert [step["item"] for step in steps] == [
        f"{SITE}/{language}/",
        f"{SITE}/{language}/datasets/figures/",
        SITE + address,
    ]
    assert all(client.get(step["item"]).status_code == 200 for step in steps)
