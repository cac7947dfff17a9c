"""What a page says to readers who follow a citation of it."""

import datetime
import re
from decimal import Decimal

import pytest
from django.utils import timezone

from cbec_site.citations.since import changes_of
from datasets.cited import VALUES_SHOWN, cited_address, cited_moment
from datasets.models import ImportBatch, Observation, Revision
from swot.models import Entry, VerdictChange
from tests.factories import (
    make_claim,
    make_correction,
    make_entry,
    make_figure,
    make_indicator,
    make_observation,
    make_policy,
    make_policy_event,
    make_recommendation,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now()
CITED = NOW - datetime.timedelta(days=30)
BEFORE = NOW - datetime.timedelta(days=60)
AFTER = NOW - datetime.timedelta(days=10)
QUERY = f"?cited={CITED:%Y-%m-%dT%H:%M:%SZ}"
NOTHING = "Nothing on this page has changed since."


def aged(observation, moment=BEFORE):
    """An observation that has been valid since a moment."""
    Observation.objects.filter(pk=observation.pk).update(
        valid_from=moment, published_at=moment
    )
    observation.refresh_from_db()
    return observation


def changed(observation, value, moment=AFTER, **given):
    """Give an observation another value at a moment, as an import does."""
    Revision.of(observation, ended_at=moment).save()
    Observation.objects.filter(pk=observation.pk).update(
        value=Decimal(value), valid_from=moment, **given
    )
    observation.refresh_from_db()


def since_text(client, page):
    """The text of the part of a page that says what changed."""
    content = client.get(page).content.decode()
    part = re.search(r'<section class="since".*?</section>', content, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", part[0]).split()) if part else ""


@pytest.fixture
def value(english):
    value = aged(make_observation("33.22"))
    for thing in (value.indicator, value.region, value.source):
        thing.history.update(history_date=BEFORE)
    type(value.indicator).objects.update(published_at=BEFORE)
    value.indicator.refresh_from_db()
    return value


def pages_of(value):
    """The pages that show a value, by kind."""
    claim = make_claim([value])
    entry = make_entry(observations=[value])
    return {
        "indicator": value.indicator,
        "region": value.region,
        "source": value.source,
        "figure": make_figure([value]),
        "claim": claim,
        "entry": entry,
        "recommendation": make_recommendation(observations=[value]),
        "analysis": entry.analysis,
    }


def test_every_page_says_what_a_value_was_when_it_was_cited(client, value):
    changed(value, "34.10")

    for kind, thing in pages_of(value).items():
        told = since_text(client, thing.get_absolute_url() + QUERY)
        assert "This value was CNY 3.322 billion when you cited it" in told, kind
        assert "it has been CNY 3.410 billion since" in told
        assert NOTHING not in told


def test_pages_say_what_changed_in_chinese_too(client, value):
    changed(value, "34.10")

    page = value.indicator.get_absolute_url().replace("/en/", "/zh-hans/")
    told = since_text(client, page + QUERY)

    assert "引用时此数值为33.22亿元" in told.replace(" ", "")


def test_unchanged_page_says_so_only_when_asked(client, value):
    page = value.indicator.get_absolute_url()

    assert NOTHING in since_text(client, page + QUERY)
    assert since_text(client, page) == ""


def test_address_of_a_citation_has_the_same_canonical_address(client, value):
    page = value.indicator.get_absolute_url()

    content = client.get(page + QUERY).content.decode()

    assert f'<link rel="canonical" href="http://testserver{page}">' in content
    assert f'href="{page.replace("/en/", "/zh-hans/")}{QUERY}"'.replace(":", "%3A") in (
        content.replace(":", "%3A")
    )


def test_changes_before_the_citation_are_not_listed(client, value):
    changed(value, "34.10", CITED - datetime.timedelta(days=5))

    assert NOTHING in since_text(client, value.indicator.get_absolute_url() + QUERY)


def test_version_of_a_day_is_the_one_at_its_end(value):
    day = timezone.localtime(CITED).date()
    midnight = timezone.make_aware(datetime.datetime.combine(day, datetime.time.max))
    changed(value, "34.10", midnight - datetime.timedelta(hours=1))

    moment = cited_moment({"cited": day.isoformat()})

    assert not changes_of(value.indicator, moment).has_changes


def test_value_with_many_versions_is_the_one_of_the_day(value):
    changed(value, "1", CITED - datetime.timedelta(days=9))
    changed(value, "2", CITED + datetime.timedelta(days=1))
    changed(value, "3", AFTER)

    (change,) = changes_of(value.indicator, CITED).values.changed

    assert (change.before.value, change.now.value) == (1, 3)


def test_value_that_was_changed_back_has_not_changed(value):
    changed(value, "1", CITED + datetime.timedelta(days=1))
    changed(value, "33.22", AFTER)

    assert not changes_of(value.indicator, CITED).has_changes


def test_value_dated_back_counts_from_its_import(value):
    batch = ImportBatch.objects.create(file_name="late.csv", sha256="0")
    Revision.of(
        value, ended_at=CITED - datetime.timedelta(days=9), replaced_by=batch
    ).save()
    Observation.objects.filter(pk=value.pk).update(
        value=1, valid_from=CITED - datetime.timedelta(days=9), batch=batch
    )

    (change,) = changes_of(value.indicator, CITED).values.changed

    assert str(change.before.value) == "33.220000"


def test_former_and_present_drafts_are_not_listed(client, value):
    secret = aged(make_observation("77.77", indicator=value.indicator, period="2023"))
    Observation.objects.filter(pk=secret.pk).update(is_published=False)
    secret.refresh_from_db()
    Revision.of(secret, ended_at=AFTER).save()
    Observation.objects.filter(pk=secret.pk).update(
        is_published=True, valid_from=AFTER, value=88
    )
    aged(make_observation("99.99", indicator=value.indicator, period="2024"))
    hidden = Observation.objects.get(period="2024")
    changed(hidden, "66.66", is_published=False)

    told = since_text(client, value.indicator.get_absolute_url() + QUERY)

    assert "1 value was added." in told
    assert "1 value that was shown here is no longer published." in told
    assert not re.search(r"77\.77|99\.99|66\.66", told)


def test_rows_are_bounded_and_queries_fixed(value, django_assert_num_queries):
    for year in range(1900, 1900 + VALUES_SHOWN + 3):
        more = make_observation(
            "1",
            indicator=value.indicator,
            region=value.region,
            source=value.source,
            period=str(year),
        )
        changed(aged(more), "2")

    with django_assert_num_queries(5):
        values = changes_of(value.indicator, CITED).values

    assert len(values.changed) == VALUES_SHOWN
    assert values.more == 3


def test_verdict_then_and_now(client, english):
    claim = make_claim(verdict="no")
    claim.history.update(history_date=BEFORE)
    for moment, old, new in ((CITED, "yes", "partly"), (AFTER, "partly", "no")):
        change = VerdictChange.objects.create(
            claim=claim, old_verdict=old, new_verdict=new
        )
        VerdictChange.objects.filter(pk=change.pk).update(
            changed_at=moment + datetime.timedelta(hours=1)
        )
    entry = make_entry(claims=[claim])

    for thing in (claim, entry, entry.analysis):
        told = since_text(client, thing.get_absolute_url() + QUERY)
        assert told.count("The verdict was “") == 1
        old, new = re.search(r"was “(.*?)” when .* is “(.*?)” now", told).groups()
        assert old == str(VerdictChange(old_verdict="yes").get_old_verdict_display())
        assert new == claim.get_verdict_display()


def test_events_and_status_of_a_policy(client, english):
    policy = make_policy()
    policy.history.update(history_date=BEFORE)
    policy.events.model.history.update(history_date=BEFORE)
    make_policy_event(policy, "amended", "2023-05", confidence="recalled")
    event = make_policy_event(policy, "repealed", "2024-01-01")
    event.history.update(history_date=AFTER)

    told = since_text(client, policy.get_absolute_url() + QUERY)

    assert "The status was “In force” when you cited it and is “Repealed” now." in told
    assert "Events that were added" in told
    assert "Amended" not in told


def test_corrections_and_edited_texts(client, english):
    entry = make_entry(body="Before.", quadrant="S")
    entry.history.update(history_date=BEFORE)
    entry.body_en, entry.quadrant = "After.", "T"
    entry.save()
    make_correction(entry=entry, title="It was wrong")
    type(entry).objects.update(published_at=BEFORE)

    told = since_text(client, entry.get_absolute_url() + QUERY)

    assert "It was wrong" in told
    assert f"Edited since: {Entry._meta.get_field('body').verbose_name}" in told
    assert "The entry was filed under “Strength” when you cited it." in told
    assert entry.code in since_text(client, entry.analysis.get_absolute_url() + QUERY)


def test_page_that_was_a_draft_then_says_so(client, english):
    claim = make_claim()

    told = since_text(client, claim.get_absolute_url() + QUERY)

    assert "This page was not public at that moment." in told
    assert NOTHING not in told


@pytest.mark.sampled
@pytest.mark.parametrize(
    "asked",
    ["yesterday", "2026-13-01", "9999-01-01", "2026-03-01T10:00", "-", "2026'--"],
)
@pytest.mark.parametrize("name", ["indicator", "policy"])
def test_malformed_day_is_refused(client, english, asked, name):
    thing = make_indicator() if name == "indicator" else make_policy()

    response = client.get(thing.get_absolute_url(), {"cited": asked})

    assert response.status_code == 400


def test_today_and_a_trailing_full_stop_are_accepted():
    today = timezone.localdate().isoformat()

    assert cited_moment({"cited": today})
    assert cited_moment({"cited": "2026-03-01."}) == cited_moment(
        {"cited": "2026-03-01"}
    )
    assert cited_moment({"cited": ""}) is None


def test_citations_have_the_address_that_shows_changes(client, value):
    for thing in pages_of(value).values():
        page = thing.get_absolute_url()
        content = client.get(page).content.decode()
        address = re.escape(f"http://testserver{page}") + r"\?cited=[\dT:-]{19}Z"
        assert len(re.findall(address, content)) >= 4
        file = client.get(f"{page}cite.ris").content.decode()
        (found,) = re.findall(address, file)
        assert client.get(found.removeprefix("http://testserver")).status_code == 200


def test_address_without_a_version_has_no_query():
    assert cited_address("https://example.org/a/", None) == "https://example.org/a/"
