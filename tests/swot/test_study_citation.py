"""How the study and our pages are cited."""

import re

import pytest
from django.utils.translation import override

from swot.citations import study_citation
from swot.models import Analysis
from tests.factories import make_analysis, make_claim

STUDY = {
    "author_zh_hans": "万云峰",
    "author_en": "Wan Yunfeng",
    "journal_zh_hans": "电子商务评论",
    "journal_en": "E-Commerce Letters",
    "year": 2024,
    "doi": "10.12677/ecl.2024.133922",
}
PLACE = {"volume": "13", "issue": "3", "pages": "7510"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("place", "cited"),
    [
        (PLACE, "电子商务评论, 2024, 13(3): 7510. DOI"),
        (PLACE | {"issue": ""}, "电子商务评论, 2024, 13: 7510. DOI"),
        (PLACE | {"volume": ""}, "电子商务评论, 2024, (3): 7510. DOI"),
        ({}, "电子商务评论, 2024. DOI"),
    ],
)
def test_study_is_cited_from_its_data(place, cited):
    with override("zh-hans"):
        citation = study_citation(make_analysis(**STUDY, **place))

    assert citation == f"万云峰. {cited}: 10.12677/ecl.2024.133922."


@pytest.mark.django_db
def test_title_of_the_study_is_cited_once_an_editor_gave_it(client):
    analysis = make_analysis(**STUDY, study_title_zh_hans="题", study_title_en="Title")

    with override("en"):
        citation = study_citation(analysis)
        content = client.get(analysis.get_absolute_url()).content.decode()

    assert citation.startswith("Wan Yunfeng. Title[J]. E-Commerce Letters, 2024")
    assert citation in content
    assert '"headline": "Title"' in content
    assert "is not in the text we hold" not in content


def test_shipped_study_is_cited_with_volume_issue_and_page(study, client):
    content = client.get(Analysis.objects.get().get_absolute_url()).content.decode()

    assert (
        "万云峰. 电子商务评论, 2024, 13(3): 7510. DOI: 10.12677/ecl.2024.133922."
        in content
    )


@pytest.mark.django_db
def test_site_has_its_own_name_in_each_language(client):
    analysis, claim = make_analysis(), make_claim()
    names = {"en": "CBEC Evidence", "zh-hans": "跨境电商实证"}

    for thing in (analysis, claim):
        path = thing.get_absolute_url().partition("/swot/")[2]
        for language, name in names.items():
            page = client.get(f"/{language}/swot/{path}").content.decode()
            cited = re.search(r">([^<>]*)\[EB/OL\]", page)[1]
            assert cited.startswith(f"{name}. ")
