"""Observations as they stood at an earlier moment."""

import csv
import datetime
import io

import pytest
from django.utils import timezone

from datasets.models import Observation, Revision
from tests.factories import make_observation

pytestmark = pytest.mark.django_db


def moment(day):
    return datetime.datetime(2026, 1, day, 12, tzinfo=datetime.UTC)


def make_versions(*values, **given):
    """An observation that had one value after the other from 1 January, day by day."""
    observation = make_observation(values[-1], **given)
    for day, value in enumerate(values[:-1], start=1):
        former = make_observation(value)
        revision = Revision.of(former, ended_at=timezone.now())
        revision.observation = observation
        revision.valid_from, revision.valid_to = moment(day), moment(day + 1)
        revision.save()
        former.delete()
    Observation.objects.filter(pk=observation.pk).update(valid_from=moment(len(values)))
    return observation


def values(client, query):
    rows = client.get(f"/api/v1/observations?{query}").json()["results"]
    text = client.get(f"/api/v1/observations.csv?{query}").getvalue().decode()
    lines = list(csv.DictReader(io.StringIO(text, newline="")))
    found = [(row["value"], row["status"]) for row in rows]
    assert [(line["value"] or None, line["status"]) for line in lines] == found
    return found


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("2025-12-31", []),
        ("2026-01-01T11:59:59Z", []),
        ("2026-01-01T12:00:00Z", [("1.0", "A")]),
        ("2026-01-01", [("1.0", "A")]),
        ("2026-01-02", [(None, "O")]),
        ("2026-01-03", [("3.000", "A")]),
        ("2026-01-03T12:00:00%2B02:00", [(None, "O")]),
        ("2100-01-01", [("3.000", "A")]),
    ],
)
def test_value_is_that_of_the_requested_moment(client, asked, expected):
    make_versions("1.0", None, "3.000")

    assert values(client, f"as_of={asked}") == expected


def test_row_says_from_when_it_is_valid(client):
    make_versions("1.0", "2.0")

    for query, since in (("", moment(2)), ("?as_of=2026-01-01", moment(1))):
        (row,) = client.get(f"/api/v1/observations{query}").json()["results"]
        assert datetime.datetime.fromisoformat(row["valid_from"]) == since


def test_without_a_moment_the_value_is_the_current_one(client):
    make_versions("1.0", "2.0")

    assert values(client, "") == [("2.0", "A")]


def test_status_is_that_of_the_moment(client):
    make_versions(None, "2.0")

    assert values(client, "as_of=2026-01-01&status=O") == [(None, "O")]
    assert values(client, "as_of=2026-01-01&status=A") == []
    assert values(client, "as_of=2026-01-02&status=A") == [("2.0", "A")]


def test_what_was_a_draft_or_is_one_now_stays_hidden(client):
    then = make_versions("1.0", "2.0")
    then.revisions.update(is_published=False)
    make_versions("3.0", "4.0", is_published=False)

    assert values(client, "as_of=2026-01-01") == []
    assert values(client, "as_of=2026-01-02") == [("2.0", "A")]


def test_former_values_take_no_further_query(client, django_assert_num_queries):
    for _row in range(3):
        make_versions("1.0", "2.0")

    with django_assert_num_queries(2):
        client.get("/api/v1/observations?as_of=2026-01-01")
    with django_assert_num_queries(1):
        client.get("/api/v1/observations.csv?as_of=2026-01-01")


@pytest.mark.parametrize(
    "asked",
    ["yesterday", "2026", "2026-02-30", "2026-01-01T12:00:00", "0001-01-01", ""],
)
def test_malformed_and_future_moments_are_refused(client, asked):
    response = client.get(f"/api/v1/observations.csv?as_of={asked}")

    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == "as_of"
