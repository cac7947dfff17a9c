"""Statements overtaken by newer data show both values wherever they appear."""

import datetime
import re
from decimal import Decimal
from html import unescape

import pytest

from swot.feeds import VerdictFeed
from swot.models import Claim, VerdictChange
from tests.factories import make_claim, make_entry, make_observation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

OVERTAKEN = {
    "C04": ("6.2", "2025"),
    "C18": ("10.8", "2024"),
    "C21": ("178", "2025-04"),
    "C44": ("45.47", "2025"),
    "C46": ("2.84", "2025"),
}


@pytest.mark.usefixtures("study")
def test_claims_of_the_study_superseded_by_newer_data():
    found = {
        claim.code: (f"{claim.current_value.normalize():f}", claim.current_period)
        for claim in Claim.objects.filter(verdict="superseded")
    }

    assert found == OVERTAKEN


@pytest.mark.usefixtures("study")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "True when written, now 178 (April 2025)."),
        ("zh-hans", "写作时成立，现为178"),
    ],
)
@pytest.mark.parametrize(
    "page",
    [
        "/swot/claims/C21/",
        "/swot/claims/?verdict=superseded",
        "/swot/analyses/guizhou-cbec-2024/entries/T1/",
    ],
)
def test_claim_list_and_entry_show_both_values(client, language, words, page):
    html = client.get(f"/{language}{page}").content.decode().replace(" ", "")

    assert words.replace(" ", "") in html
    assert "132" in html


@pytest.mark.usefixtures("study")
def test_home_page_shows_both_values_of_a_superseded_claim(client):
    html = client.get("/en/").content.decode()

    assert "True when written, now 6.2" in html


@pytest.mark.usefixtures("study")
def test_api_gives_both_values(client):
    row = client.get("/api/v1/claims/C46").json()

    assert (row["stated_value"], row["verdict"]) == ("2.4", "superseded")
    assert (row["current_value"], row["current_period"]) == ("2.84", "2025")
    assert client.get("/api/v1/claims/C01").json()["current_value"] is None


@pytest.mark.usefixtures("study")
def test_feed_states_both_values():
    claim = Claim.objects.get(code="C21")
    change = VerdictChange(
        claim=claim, old_verdict="yes", new_verdict="superseded", new_value="132"
    )

    told = VerdictFeed().item_description(change)

    assert "now: 132" in told
    assert "True when written, now 178 (April 2025)." in told
    change.new_verdict = "yes"
    assert "True when written" not in VerdictFeed().item_description(change)


@pytest.mark.usefixtures("study")
def test_what_was_wrong_when_written_stays_contradicted(client):
    claim = Claim.objects.get(code="C24")

    assert (claim.verdict, claim.recomputed_value) == ("no", "165")
    assert claim.now_sentence == "Now 178 (April 2025)."
    # Its page has the value of now beside the others, and does not say it twice.
    content = client.get("/en/swot/claims/C24/").content.decode()
    assert "<dt>Now</dt>" in content
    assert "Now 178" not in content.split("<main", 1)[1]


@pytest.fixture
def revised():
    """A claim that was true of the data of 2024, which have been revised since."""
    value = make_observation(
        "105", code="trade", unit="CNY_100M", decimals=0, valid_from=moment(2024)
    )
    claim = make_claim(
        statement_en="Trade was worth 10.5 billion yuan.",
        expression={"op": "value", "code": "trade"},
        stated_low=Decimal(105),
        stated_unit="CNY_100M",
        as_of=datetime.date(2024, 12, 31),
    )
    value.value = Decimal(120)
    value.save()
    claim.refresh_from_db()
    return claim


def moment(year):
    return datetime.datetime(year, 1, 1, tzinfo=datetime.UTC)


def test_revision_is_described_with_both_values_wherever_the_claim_is_shown(
    client, revised
):
    entry = make_entry(claims=[revised])
    entry.evidence.update(role="supports")
    change = VerdictChange.objects.get(claim=revised)
    pages = [
        revised.get_absolute_url(),
        "/en/swot/claims/",
        entry.get_absolute_url(),
        entry.analysis.get_absolute_url(),
    ]
    texts = [
        client.get(page.replace("zh-hans", "en")).content.decode() for page in pages
    ]
    assert all("superseded" in text for text in texts)
    texts.append(VerdictFeed().item_description(change))

    assert (revised.verdict, revised.current_value) == ("superseded", 120)
    for text in texts:
        assert "10.5 billion" in text
        told = re.search(r"True when written, now ([^.<]+)", unescape(text))
        assert told, text
        assert "12" in told[1]
    assert 'datetime="2024-12-31"' in texts[0]
    assert "but the statement is marked" in texts[2]
    # In the article the statements are folded; their codes are for paper.
    assert "1 statement checked" in texts[3]
    assert f'<span class="code">{revised.code}</span>' in texts[3]
    assert "Trade was worth" in texts[3]
    row = client.get(f"/api/v1/claims/{revised.code}").json()
    assert (row["verdict"], row["as_of"]) == ("superseded", "2024-12-31")
    assert Decimal(row["current_value"]) == 120
