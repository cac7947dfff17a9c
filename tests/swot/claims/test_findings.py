"""What editors find is a kind of its own everywhere, never called contradicted."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from cbec_site.views import telling_claims
from swot.models import Claim, VerdictChange
from swot.views import verdict_counts
from tests.factories import make_analysis, make_claim, make_entry

pytestmark = pytest.mark.django_db

FINDINGS = [
    ("imprecise", "wording", {"en": "imprecise wording", "zh-hans": "用词不准"}),
    ("label", "scope", {"en": "label does not fit", "zh-hans": "标注不符"}),
]
CONTRADICTED = {"en": "contradicted", "zh-hans": "与数据矛盾"}


def text_of(client, url):
    return " ".join(client.get(url).content.decode().split())


@pytest.fixture(params=FINDINGS, ids=["imprecise", "label"])
def found(request):
    """(claim with a finding, its verdict, the words of it by language)."""
    verdict, finding, words = request.param
    claim = make_claim(code="C1", verdict=verdict, finding=finding)
    return claim, verdict, words


@pytest.fixture(params=["en", "zh-hans"])
def language(request):
    with override(request.param):
        yield request.param


def test_the_page_and_the_claim_list_use_its_own_words(client, found, language):
    claim, verdict, words = found

    page = text_of(client, claim.get_absolute_url())
    claim_list = text_of(client, f"/{language}/swot/claims/?verdict={verdict}")
    others = text_of(client, f"/{language}/swot/claims/?verdict=no")

    assert words[language] in page
    assert CONTRADICTED[language] not in page
    assert f"verdict-{verdict}" in claim_list
    # Readers know a claim by its statement, not by its code.
    link = f'href="{claim.get_absolute_url()}"'
    assert link in claim_list
    assert link not in others
    assert ">C1<" not in claim_list


def test_finding_is_counted_separately(client, found, language):
    claim, verdict, words = found
    make_claim(verdict="no")
    make_analysis()

    counts = {str(value): count for value, count in verdict_counts()}
    home = text_of(client, f"/{language}/")

    assert counts[verdict] == counts["no"] == 1
    assert words[language] in home
    assert claim not in telling_claims()


def test_the_api_gives_and_filters_it(client, found):
    _claim, verdict, _words = found
    make_claim(verdict="no")

    def codes(asked):
        rows = client.get(f"/api/v1/claims?verdict={asked}").json()["results"]
        return [(row["code"], row["verdict"]) for row in rows]

    assert codes(verdict) == [("C1", verdict)]
    assert ("C1", verdict) not in codes("no")


def test_feed_describes_the_change_in_its_own_words(client, found, language):
    claim, verdict, words = found
    VerdictChange.objects.create(claim=claim, old_verdict="yes", new_verdict=verdict)

    feed = text_of(client, f"/{language}/swot/claims/feed/")

    assert words[language] in feed
    assert CONTRADICTED[language] not in feed


def test_evidence_shows_it_beside_the_role(client, found, language):
    claim, verdict, words = found
    entry = make_entry(claims=[claim])
    entry.evidence.update(role="supports")

    page = text_of(client, entry.get_absolute_url())
    row = client.get("/api/v1/entries").json()["results"][0]["evidence"][0]

    assert words[language] in page
    assert (row["role"], row["verdict"]) == ("supports", verdict)


@pytest.mark.parametrize("finding", [f for f in Claim.Finding if f != "date"])
def test_a_finding_cannot_be_called_contradicted(english, finding):
    """Dates are compared, which decides; what else editors find is judged."""
    claim = make_claim(verdict="label", finding=finding)
    claim.verdict = "no"

    with pytest.raises(ValidationError) as error:
        claim.full_clean()

    assert "verdict" in error.value.message_dict


def test_the_english_list_says_once_that_words_are_compared(client):
    given = {"finding": "wording", "verdict": "imprecise", "stated_unit": "TEXT"}
    make_claim(**given, stated_value="实验区", recomputed_value="试验区")

    english = client.get("/en/swot/claims/").content.decode()
    chinese = client.get("/zh-hans/swot/claims/").content.decode()

    assert english.count("in words") == 1 and "试验区" not in english
    assert "实验区" in chinese and "试验区" in chinese


@pytest.mark.parametrize(
    ("language", "stated"), [("en", ">8</td>"), ("zh-hans", ">8个</td>")]
)
def test_a_count_in_a_finding_has_no_unit_in_english(client, language, stated):
    make_claim(finding="scope", verdict="label", stated_value="8", stated_unit="COUNT")

    assert stated in client.get(f"/{language}/swot/claims/").content.decode()
