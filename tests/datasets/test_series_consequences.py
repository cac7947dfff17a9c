"""Indicators, regions and sources: an editor who changes one first sees what that does.

The series is 13 in 2019 and 27.17 in 2020. One claim names 2020; the other states 13
and follows the newest year, so it is superseded as long as 2020 is published.
"""

from decimal import Decimal

import pytest
from django.urls import reverse

from datasets.dependents import ask_series_consequences
from datasets.models import Indicator
from swot.models import Claim, VerdictChange
from tests.factories import (
    make_claim,
    make_indicator,
    make_observation,
    make_region,
    make_source,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def series():
    """What the values belong to, by the name of its kind."""
    things = {
        "indicator": make_indicator(code="trade"),
        "region": make_region(code="GZ"),
        "source": make_source(code="yearbook"),
    }
    make_observation("13", period="2019", code="y2019", **things)
    make_observation("27.17", period="2020", **things)
    return things


@pytest.fixture
def claims(series):
    """One that names its value by series, one that follows it, and a draft."""
    named = {
        "op": "value",
        "indicator": "trade",
        "region": "GZ",
        "period": "2020",
        "source": "yearbook",
    }
    stated = {"stated_low": Decimal("27.17"), "stated_decimals": 2}
    shared = {"stated_unit": "CNY_100M"}
    return (
        make_claim(code="A1", expression=named, **stated, **shared),
        make_claim(
            code="A2",
            expression={"op": "value", "code": "y2019"},
            stated_low=Decimal(13),
            period_policy="latest",
            **shared,
        ),
        make_claim(code="A3", expression=named, is_published=False, **stated, **shared),
    )


@pytest.fixture
def editor(client):
    client.force_login(make_user(is_superuser=True))
    client.cookies["django_language"] = "en"
    return client


def address(thing, action="change", *args):
    name = thing._meta.model_name
    return reverse(f"admin:datasets_{name}_{action}", args=args or [thing.pk])


def submit(client, thing, **changed):
    """Send the form of an object as a browser would, with some fields changed."""
    form = client.get(address(thing)).context["adminform"].form
    data = {name: value for name, value in form.initial.items() if value is not None}
    return client.post(address(thing), data | changed)


def told(consequences):
    return [(c.code, c.before, c.after, c.is_public) for c in consequences]


def act(client, things, action, **fields):
    """Run an action of the list on these objects."""
    rows = {"_selected_action": [thing.pk for thing in things]}
    url = reverse(f"admin:datasets_{things[0]._meta.model_name}_changelist")
    return client.post(url, {"action": action} | rows | fields)


@pytest.mark.parametrize("kind", ["indicator", "region", "source"])
def test_new_code_shows_claims_that_lose_their_data_and_needs_a_reason(
    editor, series, claims, kind
):
    thing = series[kind]

    first = submit(editor, thing, code="other")
    form = first.context["adminform"].form

    assert told(form.consequences) == [
        ("A1", "holds", "data missing", True),
        ("A3", "holds", "data missing", False),
    ]
    page = first.content.decode()
    assert "Nothing is saved yet: 1 published claim would" in page
    assert "1 draft would read differently too" in page
    thing.refresh_from_db()
    assert thing.code != "other"

    seen = {"seen_consequences": form.data["seen_consequences"]}
    silent = submit(editor, thing, code="other", **seen)
    done = submit(editor, thing, code="other", change_reason="Renamed", **seen)

    assert list(silent.context["adminform"].form.errors) == ["change_reason"]
    assert done.status_code == 302
    assert [
        (change.claim.code, change.new_verdict, change.reason)
        for change in VerdictChange.objects.order_by("claim__code")
    ] == [("A1", "missing", "Renamed"), ("A3", "missing", "Renamed")]


def test_new_code_shows_claims_that_find_their_data(editor, series, claims):
    region = series["region"]
    region.code = "other"
    region.save()
    assert Claim.objects.get(code="A1").verdict == "missing"

    response = submit(editor, region, code="GZ")

    assert told(response.context["adminform"].form.consequences)[0] == (
        "A1",
        "data missing",
        "holds",
        True,
    )


def test_withdrawing_in_the_form_shows_claims_that_lose_their_values(
    editor, series, claims
):
    indicator = series["indicator"]

    response = submit(editor, indicator, is_published="")

    assert told(response.context["adminform"].form.consequences) == [
        ("A1", "holds", "holds, on values that are not confirmed", True),
        ("A2", "superseded", "holds, on values that are not confirmed", True),
    ]
    indicator.refresh_from_db()
    assert indicator.is_published


@pytest.mark.parametrize(
    ("action", "flips"),
    [
        (
            "withdraw",
            [
                ("A1", "holds", "holds, on values that are not confirmed", True),
                ("A2", "superseded", "holds, on values that are not confirmed", True),
            ],
        ),
        ("publish", [("A2", "holds", "superseded", True)]),
    ],
)
def test_consequences_of_an_action_on_many_are_shown_first_too(
    editor, series, claims, action, flips
):
    indicator, other = series["indicator"], make_indicator()
    wanted = action == "publish"
    for thing in (indicator, other):
        thing.is_published = not wanted
        thing.save()
    VerdictChange.objects.all().delete()

    asked = act(editor, [indicator, other], action)

    assert told(asked.context["consequences"]) == flips
    published = Indicator.objects.values_list("is_published", flat=True)
    assert list(published) == [not wanted] * 2
    assert not VerdictChange.objects.exists()

    seen = {"seen_consequences": dict(asked.context["hidden"])["seen_consequences"]}
    act(editor, [indicator, other], action, change_reason="Checked", **seen)

    assert list(published.all()) == [wanted] * 2
    assert VerdictChange.objects.get().reason == "Checked"
    history = indicator.history.first()
    assert history.history_change_reason == "Checked"


def test_changed_texts_without_consequences_are_saved_at_once(editor, series, claims):
    response = submit(editor, series["indicator"], title_en="Trade in goods")

    assert response.status_code == 302
    claim = Claim.objects.get(code="A1")
    assert claim.verdict == "yes"


def test_only_drafts_need_no_reason(editor, series, claims):
    Claim.objects.exclude(code="A3").delete()

    response = submit(editor, series["region"], code="other")

    assert response.status_code == 302
    assert Claim.objects.get().verdict == "missing"


def test_showing_consequences_writes_nothing(series, claims):
    indicator = series["indicator"]
    indicator.code, indicator.is_published = "other", False

    found = ask_series_consequences([indicator])

    assert [consequence.code for consequence in found] == ["A1", "A2", "A3"]
    stored = Indicator.objects.get()
    assert (stored.code, stored.is_published) == ("trade", True)


@pytest.mark.parametrize("kind", ["indicator", "region", "source"])
def test_what_claims_rest_on_cannot_be_deleted(editor, series, claims, kind):
    thing = series[kind]

    page = editor.post(address(thing, "delete"), {"post": "yes"})
    act(editor, [thing], "delete_selected", post="yes")

    assert "Nothing is deleted" in page.content.decode()
    assert type(thing).objects.filter(pk=thing.pk).exists()


@pytest.mark.parametrize("count", [1, 5])
def test_consequences_of_many_claims_take_as_many_queries_as_of_one(
    series, claims, count, django_assert_max_num_queries
):
    for n in range(count):
        make_claim(code=f"B{n}", expression=claims[0].expression)
    indicator = series["indicator"]
    indicator.code = "other"

    with django_assert_max_num_queries(24):
        found = ask_series_consequences([indicator])

    assert len(found) == count + 2


@pytest.mark.parametrize("kind", ["indicator", "region"])
def test_claims_still_follow_a_renamed_series(series, claims, kind):
    follower = claims[1]
    follower.stated_low, follower.stated_decimals = Decimal("27.17"), 2
    follower.save()
    assert follower.verdict == "yes"
    series[kind].code = "other"
    series[kind].save()

    make_observation("40", period="2021", **series)

    assert Claim.objects.get(code="A2").verdict == "no"
