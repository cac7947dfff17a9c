"""The article says what has changed since the study was published."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from swot.changes import changes_since
from swot.models import Claim
from tests.factories import (
    make_analysis,
    make_claim,
    make_correction,
    make_entry,
    make_observation,
)
from tests.html import breakable

pytestmark = pytest.mark.django_db


def article(client, analysis, language="en"):
    with override(language):
        address = reverse("swot:analysis-detail", args=[analysis.slug])
    return client.get(address).content.decode()


def test_unchanged_study_says_so(client):
    analysis = make_analysis(is_published=True)

    assert not changes_since(analysis)
    assert "Nothing here has been corrected" in article(client, analysis)


def test_overtaken_claims_and_corrections_are_listed_drafts_are_not(client):
    analysis = make_analysis(is_published=True)
    claim = make_claim(is_published=True)
    draft = make_claim(is_published=False)
    make_entry(analysis=analysis, claims=[claim, draft])
    for row in (claim, draft):
        Claim.objects.filter(pk=row.pk).update(verdict=Claim.Verdict.SUPERSEDED)
    shown, hidden = (
        make_correction(claim=claim, is_published=is_published)
        for is_published in (True, False)
    )

    changes = changes_since(analysis)

    assert changes.overtaken == [claim]
    assert changes.corrections == [shown]
    page = article(client, analysis)
    assert claim.statement_en in page
    assert draft.statement_en not in page
    assert f"#correction-{hidden.pk}" not in page


def test_revised_values_are_counted_once_each(client):
    analysis = make_analysis(is_published=True)
    value = make_observation(value="1.5", decimals=1)
    make_entry(analysis=analysis, observations=[value])
    for number in ("2.5", "3.5"):
        value.value = number
        value.save()

    assert changes_since(analysis).revised_count == 1
    assert "1 value was revised" in article(client, analysis)


@pytest.mark.parametrize(("language", "blank"), [("zh-hans", ""), ("en", " ")])
def test_chinese_sentences_follow_each_other_without_a_space(client, language, blank):
    analysis = make_analysis(is_published=True)
    values = [make_observation(period="2020") for _ in range(2)]
    entry = make_entry(analysis=analysis, observations=values)
    for value in values:
        make_observation(indicator=value.indicator, region=value.region, period="2023")

    page = breakable(article(client, analysis, language))

    with override(language):
        ((told_of, reasons),) = changes_since(analysis).entries
        first, second = (reason.text for reason in reasons)
    told = re.sub(r"<[^>]+>", "", page)
    assert f"{first}{blank}{second}" in told
    assert told_of == entry


def test_study_shows_no_changes_of_another_study(client):
    analysis, other = make_analysis(is_published=True), make_analysis(is_published=True)
    claim, value = (
        make_claim(is_published=True),
        make_observation(value="1", decimals=0),
    )
    Claim.objects.filter(pk=claim.pk).update(verdict=Claim.Verdict.SUPERSEDED)
    make_entry(analysis=other, claims=[claim], observations=[value])
    make_correction(claim=claim)
    make_correction(observation=value)
    value.value = 2
    value.save()

    assert not changes_since(analysis)
    told = changes_since(other)
    assert told.overtaken == [claim]
    assert (len(told.corrections), told.revised_count) == (2, 1)


def test_claims_that_no_part_makes_are_of_the_only_study():
    analysis = make_analysis(is_published=True)
    claim = make_claim(is_published=True)
    Claim.objects.filter(pk=claim.pk).update(verdict=Claim.Verdict.SUPERSEDED)

    assert changes_since(analysis).overtaken == [claim]
    make_analysis(is_published=True)
    assert changes_since(analysis).overtaken == []
