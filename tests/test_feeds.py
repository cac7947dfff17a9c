"""The newest policies and changed verdicts for feed readers."""

import datetime
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cbec_site.base.limits import FEED_LENGTH
from cbec_site.content_version import read_version
from swot.models import VerdictChange
from tests.factories import (
    make_claim,
    make_correction,
    make_policy,
    make_policy_event,
    make_topic,
)

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def read(client, language="en", path="policies"):
    response = client.get(f"/{language}/{path}/feed/")
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)


def titles(feed):
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


@pytest.mark.parametrize(
    ("language", "tag", "title", "site"),
    [
        ("en", "en", "Rules & plans", "CBEC Evidence"),
        ("zh-hans", "zh-Hans", "办法与规划", "跨境电商实证"),
    ],
)
def test_feed_is_in_the_language_of_its_address(client, language, tag, title, site):
    make_policy(title_zh_hans="办法与规划", title_en="Rules & plans")

    feed = read(client, language)

    assert feed.get(LANGUAGE) == tag
    assert titles(feed) == [title]
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == site
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {
        "alternate": f"http://testserver/{language}/policies/",
        "self": f"http://testserver/{language}/policies/feed/",
    }


def test_entry_keeps_its_name_when_the_policy_is_edited(client):
    policy = make_policy([], [make_topic(name="Talent")], code="P01")
    (entry,) = read(client).iter(f"{ATOM}entry")
    policy.title_en = "Another title"
    policy.save()

    (edited,) = read(client).iter(f"{ATOM}entry")

    day = policy.published_at.date()
    name = f"tag:testserver,{day}:en/policies/P01"
    assert edited.findtext(f"{ATOM}id") == entry.findtext(f"{ATOM}id") == name
    assert edited.findtext(f"{ATOM}published") == entry.findtext(f"{ATOM}published")
    assert edited.findtext(f"{ATOM}updated") > entry.findtext(f"{ATOM}updated")
    assert edited.find(f"{ATOM}category").get("term") == "Talent"
    assert edited.find(f"{ATOM}link").get("href") == (
        "http://testserver/en/policies/P01/"
    )


def moments(node, kind="updated"):
    return datetime.datetime.fromisoformat(node.findtext(f"{ATOM}{kind}"))


def test_feed_and_entry_have_the_date_of_their_last_change(client):
    first, second = make_policy(), make_policy()
    event = make_policy_event(first, "repealed", datetime.date(2025, 1, 1))

    feed = read(client)

    told = {
        entry.findtext(f"{ATOM}title"): moments(entry)
        for entry in feed.iter(f"{ATOM}entry")
    }
    assert told == {
        first.title_en: event.history.get().history_date,
        second.title_en: second.events.get().history.get().history_date,
    }
    assert moments(feed) == max(told.values())


def test_edited_correction_is_updated_and_keeps_its_day(client):
    correction = make_correction()
    earlier = correction.published_at - datetime.timedelta(days=9)
    type(correction).objects.update(published_at=earlier)
    correction.history.update(history_date=earlier)
    correction.refresh_from_db()
    correction.reason_en = "Misread."
    correction.save()

    (entry,) = read(client, path="swot/corrections").iter(f"{ATOM}entry")

    edited = correction.history.first().history_date
    assert moments(entry) == edited
    assert moments(entry, "published") == earlier


@pytest.mark.parametrize("path", ["policies", "swot/claims", "swot/corrections"])
def test_feed_without_entries_has_the_moment_of_the_last_change(client, path):
    make_policy(is_published=False)
    _version, changed = read_version()

    assert moments(read(client, path=path)) == changed


def test_drafts_and_unconfirmed_numbers_are_not_in_the_feed(client):
    make_policy(title="Draft", is_published=False)
    make_policy(title="Public", document_number="Secret 7", verification="Unseen")

    response = client.get("/en/policies/feed/")

    for secret in (b"Draft", b"Secret", b"Unseen"):
        assert secret not in response.content
    assert not response.cookies


def test_newest_acts_come_first_and_the_feed_is_bounded(client):
    for year in range(1960, 1960 + FEED_LENGTH + 2):
        make_policy(title=str(year), published_on=datetime.date(year, 1, 1))

    assert titles(read(client)) == [
        str(year) for year in range(1961 + FEED_LENGTH, 1961, -1)
    ]


def test_query_count_does_not_grow_with_policies(client):
    def count():
        with CaptureQueriesContext(connection) as queries:
            client.get("/en/policies/feed/")
        return len(queries)

    make_policy([], [make_topic()])
    first = count()
    make_policy([], [make_topic()])
    make_policy([], [make_topic()])

    assert count() == first


def make_change(claim, old="yes", new="no"):
    return VerdictChange.objects.create(
        claim=claim, old_verdict=old, new_verdict=new, old_value="37", new_value="41"
    )


def test_changed_verdict_is_described_with_both_values(client):
    claim = make_claim(code="C01", statement_en="Trade grew by about 37% & more")
    change = make_change(claim)

    (entry,) = read(client, path="swot/claims").iter(f"{ATOM}entry")

    assert entry.findtext(f"{ATOM}title") == "C01: holds → contradicted"
    assert entry.findtext(f"{ATOM}summary") == (
        "Trade grew by about 37% &amp; more Recomputed value before: 37; now: 41."
    )
    day = change.changed_at.date()
    name = f"tag:testserver,{day}:en/swot/claims/C01:{change.pk}"
    assert entry.findtext(f"{ATOM}id") == name


def test_each_change_is_an_entry_and_drafts_have_none(client):
    claim = make_claim(code="C01")
    make_change(claim)
    make_change(claim, old="no", new="rounding")
    make_change(make_claim(code="draft", is_published=False))

    assert titles(read(client, path="swot/claims")) == [
        "C01: contradicted → holds after rounding",
        "C01: holds → contradicted",
    ]


def test_query_count_does_not_grow_with_changes(client, django_assert_num_queries):
    for _change in range(3):
        make_change(make_claim())

    with django_assert_num_queries(1):
        client.get("/en/swot/claims/feed/")
