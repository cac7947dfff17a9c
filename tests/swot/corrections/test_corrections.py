"""Corrections: listed publicly, made from reports, and shown on the pages concerned."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from cbec_site.accounts.roles import EDITOR, READER
from swot.models import Correction, Report
from tests.factories import (
    make_analysis,
    make_claim,
    make_correction,
    make_entry,
    make_observation,
    make_policy,
    make_report,
    make_user,
)
from tests.sample_site import text_of

pytestmark = pytest.mark.django_db

EDITORS, READERS = EDITOR, READER


def enter(client, role):
    user = make_user()
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return user


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["9 March 2026", "Old value 33.2", "New value 35", "Reason A slip"]),
        ("zh-hans", ["2026年3月9日", "原值 33.2亿", "现值 35亿", "理由 笔误"]),
    ],
)
def test_list_shows_old_new_reason_and_claims(client, language, words):
    claim = make_claim(code="C07", statement="It grew")
    make_correction(
        [claim],
        observation=make_observation(),
        corrected_on=datetime.date(2026, 3, 9),
        old_value_zh_hans="33.2亿",
        old_value_en="33.2",
        new_value_zh_hans="35亿",
        new_value_en="35",
        reason_zh_hans="笔误",
        reason_en="A slip",
    )

    response = client.get(f"/{language}/swot/corrections/")
    text = text_of(response)

    for word in [*words, "It grew"]:
        assert word in text
    assert "/swot/claims/C07/" in response.content.decode()
    assert "C07" not in text


def test_newest_comes_first(client):
    days = [datetime.date(2026, month, 1) for month in (2, 3, 1)]
    for day in days:
        make_correction(corrected_on=day)

    response = client.get(reverse("swot:correction-list"))

    listed = [row.corrected_on for row in response.context["object_list"]]
    assert listed == sorted(days, reverse=True)


@pytest.mark.parametrize("count", [1, 6])
def test_list_asks_a_fixed_number_of_queries(client, django_assert_num_queries, count):
    for _number in range(count):
        make_correction([make_claim(), make_claim()], entry=make_entry())
        make_correction(observation=make_observation())

    url = reverse("swot:correction-list")
    # Their number, the page and its claims.
    with django_assert_num_queries(4):
        client.get(url)


def test_correction_is_shown_on_the_pages_concerned(client):
    observation, policy, entry = make_observation(), make_policy(), make_entry()
    claim, touched = make_claim(), make_claim()
    pages = {}
    for name, subject in (
        ("observation", observation),
        ("policy", policy),
        ("entry", entry),
        ("claim", claim),
    ):
        made = make_correction([touched], **{name: subject})
        pages[getattr(subject, "indicator", subject).get_absolute_url()] = made

    for url, made in pages.items():
        content = client.get(url).content.decode()
        assert f'href="{made.get_absolute_url()}"' in content
    content = client.get(touched.get_absolute_url()).content.decode()
    assert content.count("#correction-") == 4


def test_link_to_a_draft_is_left_out(client):
    hidden = make_analysis(is_published=False)
    corrections = [
        make_correction(policy=make_policy(is_published=False)),
        make_correction(entry=make_entry(analysis=hidden)),
        make_correction(observation=make_observation(is_published=False)),
        make_correction(),
    ]

    assert [correction.page for correction in corrections] == [None] * 4
    rows = client.get(reverse("api:corrections")).json()["results"]
    assert [row["code"] for row in rows] == [None] * 4


def test_correction_stays_when_its_subject_goes():
    correction = make_correction(claim=make_claim())

    correction.claim.delete()

    correction.refresh_from_db()
    assert correction.claim is None
    assert correction.what in {"Text", "文字"}


def test_api_lists_corrections(client):
    claim, touched = make_claim(code="C07"), make_claim(code="C08")
    make_correction([touched], claim=claim, old_value="1", new_value="2", reason="Slip")
    make_correction()
    make_correction([claim], is_published=False)

    found = client.get("/api/v1/corrections?claim=C08").json()["results"]
    text = client.get("/api/v1/corrections.csv?claim=C07").getvalue().decode()

    (row,) = found
    assert (row["what"], row["code"], row["claims"]) == ("claim", "C07", ["C08"])
    assert (row["old_value_en"], row["new_value_zh"], row["reason_en"]) == (
        "1",
        "2",
        "Slip",
    )
    assert row["date"] == "2026-03-01"
    assert text.count("\n") == 2
    assert ",claim,C07," in text


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_feed_lists_corrections(client, language):
    make_correction(title="Export value of 2021", old_value="1", new_value="2")
    make_correction(title="withheld", is_published=False)
    with override(language):
        url = reverse("swot:correction-feed")

    content = client.get(url).content.decode()

    assert "<title>Export value of 2021</title>" in content
    assert "withheld" not in content


def test_correction_is_filled_in_from_a_report(client):
    enter(client, EDITORS)
    observation = make_observation("33.2", code="gz_2021")
    claim = make_claim([observation])
    report = make_report(
        about_kind="observation", about_code="gz_2021", proposed_value="35"
    )
    shown = client.get(reverse("admin:swot_report_change", args=[report.pk]))
    link = f"{reverse('admin:swot_correction_add')}?report={report.pk}"
    assert f'href="{link}"' in shown.content.decode()

    form = client.get(link).context["adminform"].form

    initial = form.initial
    assert initial["observation"] == observation.pk
    assert initial["claims"] == [claim.pk]
    assert initial["report"] == report.pk
    assert initial["new_value_zh_hans"] == initial["new_value_en"] == "35"
    with override("zh-hans"):
        assert initial["old_value_zh_hans"] == observation.qualified_value
    with override("en"):
        assert initial["old_value_en"] == observation.qualified_value


@pytest.mark.parametrize("number", ["x", "²", "99999999999999999999", "0", ""])
def test_odd_report_number_fills_in_nothing(client, number):
    enter(client, EDITORS)

    url = f"{reverse('admin:swot_correction_add')}?report={number}"

    assert client.get(url).status_code == 200


def test_publishing_settles_the_report_and_says_who(client):
    user = enter(client, EDITORS)
    report = make_report()

    response = client.post(
        reverse("admin:swot_correction_add"),
        {
            "title_zh_hans": "更正",
            "old_value_zh_hans": "1",
            "new_value_zh_hans": "2",
            "reason_zh_hans": "笔误",
            "corrected_on": "2026-03-01",
            "report": report.pk,
            "is_published": "on",
        },
    )

    assert response.status_code == 302
    assert Correction.objects.get().is_published
    report.refresh_from_db()
    assert (report.state, report.answered_by) == ("corrected", user)
    assert report.answered_at is not None


def test_draft_correction_leaves_the_report_open():
    report = make_report()

    make_correction(report=report, is_published=False)

    report.refresh_from_db()
    assert report.state == "new"


def test_editor_answers_a_report(client):
    user = enter(client, EDITORS)
    report = make_report(contact="reader@example.org")
    url = reverse("admin:swot_report_change", args=[report.pk])
    waiting = client.get(reverse("admin:index")).context["waiting"]
    assert [w["count"] for w in waiting if "state__exact=new" in w["url"]] == [1]

    client.post(
        url,
        {
            "state": "rejected",
            "answer_zh_hans": "数字无误",
            "answer_en": "The number is right",
            "contact": "",
            "text": "changed by the editor",
        },
    )

    report.refresh_from_db()
    assert (report.state, report.answer_en, report.contact) == (
        "rejected",
        "The number is right",
        "",
    )
    assert report.answered_by == user
    assert report.text == "A number is wrong."
    waiting = client.get(reverse("admin:index")).context["waiting"]
    assert not [w for w in waiting if "state__exact=new" in w["url"]]


def test_readers_of_the_admin_see_no_addresses(client):
    enter(client, READERS)
    report = make_report(contact="reader@example.org")

    page = client.get(reverse("admin:swot_report_change", args=[report.pk]))
    found = client.get(reverse("admin:swot_report_changelist"), {"q": "example.org"})

    assert "reader@example.org" not in page.content.decode()
    assert found.context["cl"].result_count == 0


def test_inbox_takes_no_query_per_row(client):
    enter(client, EDITORS)
    url = reverse("admin:swot_report_changelist")
    make_report()
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for _number in range(4):
        make_report()
    with CaptureQueriesContext(connection) as five:
        client.get(url)

    assert len(five) == len(one)
    assert Report.objects.count() == 5
