"""A page of the admin takes at most twenty queries, however much it shows."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cbec_site.base.usage_admin import UsageAdmin
from tests.factories import (
    make_claim,
    make_entry,
    make_event,
    make_figure,
    make_issuer,
    make_observation,
    make_policy,
    make_recommendation,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db
MOST = 20


@pytest.fixture
def editor(client):
    client.force_login(make_user(is_superuser=True))
    return client


def many(make, count=4):
    return [make() for _number in range(count)]


@pytest.fixture
def full(world):
    """Rows with several parts of each kind."""
    values = many(make_observation, 12)
    parts = {"policies": many(make_policy), "claims": many(make_claim)}
    parts["observations"] = values
    recommendation = make_recommendation(**parts, answers=many(make_entry))
    read = make_observation()
    make_claim([read])
    return [
        make_policy(many(make_issuer), many(make_topic)),
        make_figure(values),
        make_entry(**parts, events=many(make_event), figures=many(make_figure)),
        recommendation,
        make_claim(values),
        recommendation.analysis,
        values[0],
        read,
    ]


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return sum(not query["sql"].startswith(("SAVE", "RELEASE")) for query in found)


def test_pages_of_rows_with_many_parts(editor, full):
    found = {}
    for row in full:
        name = f"admin:{row._meta.app_label}_{row._meta.model_name}"
        for page in ("change", "history", "used_by", "delete"):
            address = reverse(f"{name}_{page}", args=[row.pk])
            found[address] = queries(editor, address)

    assert {name: count for name, count in found.items() if count > MOST} == {}
    assert len(found) == 4 * len(full)


def test_lists_and_the_start_page(editor, full):
    lists = [
        f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        for model, model_admin in admin.site._registry.items()
        if isinstance(model_admin, UsageAdmin)
    ]

    found = {
        name: queries(editor, reverse(name))
        for name in ("admin:index", "admin:translations", *lists)
    }

    assert {name: count for name, count in found.items() if count > MOST} == {}
    assert len(found) > 15


def test_a_preview_takes_as_many_queries_for_many_parts_as_for_few(editor, full):
    few, many_parts = full[3].answers.first(), full[2]
    asked = {"kind": "swot.entry", "language": "en"}

    counts = [
        queries(
            editor, reverse("admin:drafts_preview_row", query=asked | {"row": row.pk})
        )
        for row in (few, many_parts)
    ]

    # What is on the page is read with one query for each kind, not for each row.
    assert many_parts.evidence.count() > 15 > few.evidence.count()
    assert counts[1] - counts[0] < 15, counts


def test_acts_by_year_and_values_by_edition(editor):
    for year in (2019, 2021):
        make_policy(code=f"y{year}", published_on=f"{year}-03-01")
    make_observation(code="plain")
    make_observation(code="revised", vintage="revised")

    def listed(name, query):
        answer = editor.get(reverse(f"admin:{name}_changelist"), query)
        found = {row.code for row in answer.context["cl"].result_list}
        return sorted(found & {"y2019", "y2021", "plain", "revised"})

    assert listed("policies_policy", {"year": "2021"}) == ["y2021"]
    for odd in ("x", "0", "99999", "²"):
        assert listed("policies_policy", {"year": odd}) == ["y2019", "y2021"]
    assert listed("datasets_observation", {"edition": "some"}) == ["revised"]
    assert listed("datasets_observation", {"edition": "none"}) == ["plain"]
