"""Readers report errors: no account, no cookie, limits, and nothing made public."""

import datetime
import time
from urllib.parse import quote

import pytest
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from swot.corrections import rate_limit as limits
from swot.models import Report, ReportSender
from tests.factories import (
    make_analysis,
    make_claim,
    make_entry,
    make_figure,
    make_observation,
    make_policy,
    make_recommendation,
)

pytestmark = pytest.mark.django_db

URL = "/en/swot/reports/new/"
GOOD = {"text": "It should be 33.22."}


def send(client, query="", headers=None, **given):
    return client.post(URL + query, GOOD | given, headers=headers or {})


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Report an error"), ("zh-hans", "报告错误")]
)
def test_form_names_what_it_is_about(client, language, words):
    make_claim(code="C07", statement="Grew by 109%")

    response = client.get(f"/{language}/swot/reports/new/?about=claim:C07")

    content = response.content.decode()
    assert f"<h1>{words}</h1>" in content
    assert "C07 Grew by 109%" in content
    assert not response.cookies
    assert "csrf" not in content


def test_report_arrives(client):
    make_claim(code="C07")

    response = send(
        client,
        "?about=claim:C07",
        proposed_value="33.22",
        source_url="https://data.example.org/file",
        contact="reader@example.org",
    )

    report = Report.objects.get()
    assert (response.status_code, response["Location"]) == (
        302,
        "/en/swot/reports/thanks/",
    )
    assert not response.cookies
    assert (report.about_kind, report.about_code, report.language) == (
        "claim",
        "C07",
        "en",
    )
    assert (report.text, report.proposed_value, report.source_url, report.contact) == (
        "It should be 33.22.",
        "33.22",
        "https://data.example.org/file",
        "reader@example.org",
    )
    assert (report.state, report.answered_at) == ("new", None)


def test_everything_public_can_be_reported_on(client):
    observation = make_observation()
    entry = make_entry(code="S1")
    advice = make_recommendation(code="R1", analysis=entry.analysis)
    subjects = [
        f"observation:{observation.pk}",
        f"observation:{make_observation(code='gz_2021').code}",
        f"indicator:{observation.indicator.code}",
        f"figure:{make_figure().slug}",
        f"policy:{make_policy().code}",
        f"entry:{entry.analysis.slug}/S1",
        f"recommendation:{advice.analysis.slug}/R1",
    ]

    for about in subjects:
        assert send(client, f"?about={about}").status_code in (302, 429), about
        ReportSender.objects.all().delete()

    stored = Report.objects.order_by("pk").values_list("about_kind", "about_code")
    assert [f"{kind}:{code}" for kind, code in stored] == subjects


@pytest.mark.parametrize(
    "about",
    [
        "claim:C99",
        "claim:",
        "claim",
        "nothing:C07",
        "other:x",
        "observation:9999999999999999999",
        "observation:²",
        "claim:%00",
        "entry:S1",
        "entry:secret/S1",
        "claim:draft",
        "claim:" + "C" * 200,
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_not_public_cannot_be_reported_on(client, about, method):
    make_claim(code="draft", is_published=False)
    make_entry(code="S1", analysis=make_analysis(slug="secret", is_published=False))

    response = getattr(client, method)(f"{URL}?about={about}")

    assert response.status_code == 404
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 2001}, "text"),
        ({"text": "a\0b"}, "text"),
        ({"proposed_value": "9" * 201}, "proposed_value"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"source_url": "https://e.org/" + "x" * 500}, "source_url"),
        ({"contact": "nobody"}, "contact"),
        ({"fax_line": "cheap pills"}, "fax_line"),
    ],
)
def test_invalid_report_is_refused_with_messages(client, given, field):
    response = send(client, **given)

    assert response.status_code == 400
    assert list(response.context["form"].errors) == [field]
    assert not Report.objects.exists()
    assert not ReportSender.objects.exists()


def test_oversized_report_is_refused_without_reading_it(client):
    response = send(client, text="x" * 40_000)

    assert response.status_code == 413
    assert "This is too long" in response.content.decode()
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 302),
        ({"sec-fetch-site": "none"}, 302),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "http://testserver"}, 302),
        ({"origin": "https://elsewhere.example"}, 403),
        ({"origin": "null"}, 403),
        ({}, 302),
    ],
)
def test_form_of_another_site_is_refused(client, headers, status):
    response = send(client, headers=headers)

    assert response.status_code == status
    assert Report.objects.count() == (status == 302)


def test_sender_is_stopped_after_a_few_and_told_when_to_try_again(client):
    for _number in range(limits.PER_SENDER):
        assert send(client).status_code == 302

    refused = send(client)

    assert refused.status_code == 429
    assert 3500 < int(refused["Retry-After"]) <= 3601
    assert "It should be 33.22." in refused.content.decode()
    assert Report.objects.count() == limits.PER_SENDER


def test_others_may_still_send(client):
    for _number in range(limits.PER_SENDER):
        send(client)

    response = client.post(URL, GOOD, REMOTE_ADDR="192.0.2.77")

    assert response.status_code == 302


def test_sender_may_send_again_after_an_hour(client):
    for _number in range(limits.PER_SENDER):
        send(client)
    ReportSender.objects.update(sent_at=timezone.now() - datetime.timedelta(minutes=61))

    assert send(client).status_code == 302


def test_all_senders_together_have_a_limit(client):
    now = timezone.now()
    ReportSender.objects.bulk_create(
        ReportSender(digest=str(number), sent_at=now)
        for number in range(limits.PER_HOUR)
    )

    assert send(client).status_code == 429


def test_few_senders_cannot_close_the_form_for_others(client, monkeypatch):
    for number in range(15):
        for _again in range(limits.PER_SENDER):
            client.post(URL, GOOD, REMOTE_ADDR=f"192.0.{number}.1")
    other = {"REMOTE_ADDR": "198.51.100.1"}

    asked = client.post(URL, GOOD, **other)
    note = asked.context["note"]
    too_soon = client.post(URL, GOOD | {"note": note}, **other)
    at = time.time() + limits.PATIENCE + 1
    monkeypatch.setattr("django.core.signing.time.time", lambda: at)
    forged = client.post(URL, GOOD | {"note": note[:-1]}, **other)
    of_another = client.post(URL, {"text": "Other words", "note": note}, **other)
    taken = client.post(URL, GOOD | {"note": note}, **other)

    assert asked["Retry-After"] == str(limits.PATIENCE)
    assert f'name="note" value="{note}"' in asked.content.decode()
    assert "It should be 33.22." in asked.content.decode()
    assert not asked.cookies
    refused = (asked, too_soon, forged, of_another)
    assert [answer.status_code for answer in refused] == [429] * 4
    assert taken.status_code == 302


def test_flood_of_a_whole_day_locks_out_only_its_senders(client, monkeypatch):
    monkeypatch.setattr(limits, "MANY_A_DAY", 3)
    for _number in range(2):
        client.post(URL, GOOD, REMOTE_ADDR="192.0.2.1")
    before = client.post(URL, GOOD, REMOTE_ADDR="192.0.2.2")
    ReportSender.objects.update(sent_at=timezone.now() - datetime.timedelta(hours=2))

    sender = client.post(URL, GOOD, REMOTE_ADDR="192.0.2.1")
    neighbour = client.post(URL, GOOD, REMOTE_ADDR="192.0.2.200")
    other = client.post(URL, GOOD, REMOTE_ADDR="198.51.100.1")
    again = client.post(URL, GOOD, REMOTE_ADDR="198.51.100.1")

    answers = (before, sender, neighbour, other, again)
    assert [answer.status_code for answer in answers] == [302, 429, 429, 302, 429]
    assert 21 * 3600 < int(sender["Retry-After"]) <= 22 * 3600 + 1


def test_a_network_has_a_limit_whatever_its_addresses(client):
    answers = [
        client.post(URL, GOOD, REMOTE_ADDR=f"192.0.2.{number}").status_code
        for number in range(limits.PER_NETWORK + 1)
    ]

    assert answers == [302] * limits.PER_NETWORK + [429]


def test_no_address_is_kept_and_digests_go_after_a_day(client):
    old = timezone.now() - datetime.timedelta(hours=25)
    ReportSender.objects.create(digest="old", sent_at=old)

    client.post(URL, GOOD, REMOTE_ADDR="192.0.2.77")

    (row,) = ReportSender.objects.all()
    assert len(row.digest) == 64
    assert "192.0.2.77" not in str(vars(row)) + str(vars(Report.objects.get()))


def request_from(address, forwarded=None):
    extra = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return RequestFactory().post("/", REMOTE_ADDR=address, **extra)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "198.51.100.1", "192.0.2.1"),
        (1, "203.0.113.9, 198.51.100.1", "198.51.100.1"),
        (2, "203.0.113.9, 198.51.100.1", "203.0.113.9"),
        (2, "198.51.100.1", "192.0.2.1"),
        (1, None, "192.0.2.1"),
    ],
)
def test_only_configured_proxies_are_trusted(settings, proxies, forwarded, expected):
    settings.TRUSTED_PROXIES = proxies

    assert limits.client_address(request_from("192.0.2.1", forwarded)) == expected


def test_digest_is_of_a_network_and_a_day():
    day = datetime.date(2026, 3, 1)
    one = limits.sender_digest(request_from("2001:db8::1"), day)

    assert one == limits.sender_digest(request_from("2001:db8::ffff"), day)
    assert one != limits.sender_digest(request_from("2001:db8:1::1"), day)
    assert one != limits.sender_digest(
        request_from("2001:db8::1"), day + datetime.timedelta(days=1)
    )


def test_report_is_public_nowhere(client):
    claim = make_claim(code="C07")
    send(client, "?about=claim:C07", text="secret words", proposed_value="secret")

    pages = [
        claim.get_absolute_url(),
        reverse("swot:correction-list"),
        reverse("swot:correction-feed"),
        reverse("api:corrections"),
        reverse("api:corrections-csv"),
    ]
    for url in pages:
        response = client.get(url)
        content = b"".join(response) if response.streaming else response.content
        assert b"secret" not in content


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_pages_lead_to_the_form(client, language):
    observation = make_observation()
    claim, policy, entry = make_claim(), make_policy(), make_entry()
    slug = entry.analysis.slug
    with override(language):
        links = {
            claim.get_absolute_url(): f"claim:{claim.code}",
            policy.get_absolute_url(): f"policy:{policy.code}",
            entry.get_absolute_url(): f"entry:{slug}/{entry.code}",
            observation.indicator.get_absolute_url(): (
                f"indicator:{observation.indicator.code}"
            ),
        }
        form = reverse("swot:report")

    for url, about in links.items():
        link = f"{form}?about={quote(about, safe='')}"
        assert f'href="{link}"' in client.get(url).content.decode()
        assert client.get(link).context["subject"].code == about.partition(":")[2]


def test_answered_report_has_its_moment_and_loses_it_when_taken_up_again():
    report = Report(about_kind="other", language="en", text="x", state="rejected")
    report.full_clean()
    report.save()
    assert report.answered_at is not None

    report.state = "new"
    report.save()

    assert report.answered_at is None


def test_report_needs_a_text():
    with pytest.raises(ValidationError):
        Report(about_kind="other", language="en").full_clean()
