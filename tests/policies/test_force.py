"""Whether an act is in force on a day: the rule, in Python and in the database."""

import datetime
import itertools

import pytest
from django.utils import timezone

from cbec_site.base.dates import parse_partial_date
from policies.force import Force
from policies.models import Policy, PolicyEvent
from policies.timeline import timeline
from tests.factories import make_policy, make_policy_event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

DAY = datetime.date


def act(*events, published=None, **given):
    policy = make_policy(
        published_on=published, published_precision="day" if published else "", **given
    )
    policy.events.all().delete()
    for kind, happened, *rest in events:
        stated = {"stated": rest[0]} if rest else {}
        make_policy_event(policy, kind, happened, **stated)
    return policy


@pytest.mark.parametrize(
    ("events", "day", "force"),
    [
        ("effective 2020-07-01", "2020-06-30", "not_yet"),
        ("effective 2020-07-01", "2020-07-01", "in_force"),
        ("effective 2020-07", "2020-07-15", "possibly_in_force"),
        ("effective 2020-07", "2020-07-31", "in_force"),
        ("effective 2020", "2020-01-01", "possibly_in_force"),
        # The last day of an act that expires is a day in force,
        ("effective 2020, expired 2025-12-31", "2025-12-31", "in_force"),
        ("effective 2020, expired 2025-12-31", "2026-01-01", "ended"),
        ("effective 2020, expired 2024", "2024-12-31", "possibly_in_force"),
        # that of a repeal is not.
        ("effective 2020, repealed 2025-12-31", "2025-12-31", "ended"),
        ("effective 2020, repealed 2025-12", "2025-12-01", "possibly_in_force"),
        ("effective 2020, replaced 2024", "2024-12-31", "ended"),
        # An extension moves the last day.
        (
            "effective 2020, expired 2021-12-31, extended 2021-11-01, "
            "expired 2023-12-31",
            "2022-06-01",
            "in_force",
        ),
        # A statement says nothing of an end that is dated,
        (
            "effective 2020, expired 2022-12-31, stated 2024-01-01 in_force",
            "2024-05-01",
            "ended",
        ),
        (
            "effective 2020, expired 2028-12-31, stated 2024-01-01 expired",
            "2024-05-01",
            "in_force",
        ),
        # and fills in one that is not.
        ("effective 2020, stated 2024-01-01 expired", "2024-05-01", "ended"),
        (
            "effective 2020, stated 2024-01-01 expired",
            "2023-05-01",
            "possibly_in_force",
        ),
        ("stated 2024-01-01 in_force", "2024-01-01", "in_force"),
        ("stated 2024-01-01 in_force", "2023-12-31", "possibly_in_force"),
        ("stated 2024-01-01 unknown", "2025-01-01", "unknown"),
        ("amended 2024-01-01", "2025-01-01", "unknown"),
        ("", "2025-01-01", "unknown"),
        ("expired 2025-12-31", "2024-01-01", "possibly_in_force"),
    ],
)
def test_force_follows_from_the_events(events, day, force):
    policy = act(*(event.split() for event in events.split(", ") if event))
    day = DAY.fromisoformat(day)

    assert policy.force(day).force == force
    assert Policy.objects.with_force(day).get().force_then == force


def test_an_act_is_not_in_force_before_it_exists():
    policy = act(("stated", "2024-01-01", "in_force"), published=DAY(2022, 2, 8))

    assert policy.force(DAY(2022, 2, 7)).force == Force.NOT_YET
    assert policy.force(DAY(2022, 2, 8)).force == Force.POSSIBLY


def test_unconfirmed_events_decide_nothing():
    policy = act(("effective", "2020-01-01"))
    make_policy_event(policy, "repealed", "2021-01-01", confidence="recalled")

    assert policy.force(DAY(2022, 1, 1)).force == Force.IN_FORCE
    assert Policy.objects.with_force(DAY(2022, 1, 1)).get().force_then == "in_force"


def test_list_filtered_by_force_reads_the_deciding_events():
    policy = act(("amended", "2020-01-01"), published=DAY(2019, 1, 1))
    day = DAY(2022, 1, 1)

    assert policy.force(day).force == Force.UNKNOWN
    assert Policy.objects.in_force_state(Force.UNKNOWN, day).get() == policy


def test_answer_names_the_event_that_ended_the_force():
    policy = act(("effective", "2020"), ("expired", "2025-12-31"))
    make_policy_event(policy, "replaced", "2026-01-01")

    assert policy.force(DAY(2026, 1, 2)).label == "Replaced"
    assert policy.force(DAY(2025, 1, 2)).label == "In force"


def event_of(policy, kind, found):
    """An unsaved event on a day as it is written, or on a day with a stated status."""
    written, stated = found if kind == "stated" else (found, "")
    day, precision = parse_partial_date(written)
    event = PolicyEvent(policy=policy, kind=kind, stated=stated, happened_on=day)
    event.happened_precision = precision
    event.set_latest()
    return event


def test_the_database_and_the_page_agree_on_everything():
    options = {
        "effective": [None, "2020-03-01", "2020-03", "2020"],
        "expired": [None, "2021-05-31", "2021-05", "2021"],
        "repealed": [None, "2021-05-01", "2021"],
        "stated": [None, ("2020-06-01", "in_force"), ("2020-06-01", "expired")],
    }
    combinations = list(itertools.product(*options.values()))
    dates = {"published_on": DAY(2020, 2, 1), "published_precision": "day"}
    acts = Policy.objects.bulk_create(
        Policy(code=f"P{number}", level="national", no_source_reason="-", **dates)
        for number in range(len(combinations))
    )
    events = [
        event_of(policy, kind, found)
        for policy, combination in zip(acts, combinations, strict=True)
        for kind, found in zip(options, combination, strict=True)
        if found
    ]
    PolicyEvent.objects.bulk_create(events)
    days = [
        DAY(year, month, day)
        for year in (2019, 2020, 2021, 2022)
        for month, day in ((1, 1), (2, 15), (3, 1), (5, 31), (6, 1), (12, 31))
    ]
    policies = list(Policy.objects.with_labels())
    for day in days:
        said = dict(Policy.objects.with_force(day).values_list("pk", "force_then"))
        assert {p.pk: str(p.force(day).force.value) for p in policies} == said
        # The forces by which lists narrow down before they examine every date.
        for force in set(Force) - {Force.IN_FORCE}:
            listed = Policy.objects.in_force_state(force, day).order_by()
            found = set(listed.values_list("pk", flat=True))
            assert found == {pk for pk in said if said[pk] == force}


def test_lists_take_a_day(client):
    act(("effective", "2020-07-01"), ("expired", "2021-12-31"), code="OLD")
    act(("effective", "2023-07-01"), code="NEW")

    def listed(query):
        found = client.get(f"/api/v1/policies?{query}").json()["results"]
        page = client.get(f"/en/policies/?{query}").content.decode()
        codes = [row["code"] for row in found]
        assert all(
            (f"/en/policies/{code}/" in page) == (code in codes)
            for code in ("OLD", "NEW")
        )
        return codes

    assert listed("status=in_force&on=2021-08-01") == ["OLD"]
    assert listed("status=not_yet&on=2021-08-01") == ["NEW"]
    assert listed("status=ended") == listed("status=expired") == ["OLD"]
    rows = client.get("/api/v1/policies?on=2021-08-01").json()["results"]
    told = {row["code"]: (row["force_on"], row["force"]) for row in rows}
    assert told == {"OLD": ("in_force", "ended"), "NEW": ("not_yet", "in_force")}
    assert client.get("/api/v1/policies").json()["results"][0]["force_on"] is None
    assert client.get("/en/policies/?on=soon").status_code == 400
    assert client.get("/api/v1/policies?on=soon").status_code == 422


def test_page_shows_the_status_on_a_day(client):
    policy = act(("effective", "2020-07-01"), ("expired", "2021-12-31"), code="P1")

    today = client.get("/en/policies/P1/").content.decode()
    then = client.get("/en/policies/P1/?on=2021-08-01").content.decode()

    assert policy.force(timezone.localdate()).label == "Expired"
    assert '<span class="status">Expired</span>' in today
    assert '<span class="status">In force</span>' in then


@pytest.mark.parametrize(
    "day",
    ["20230801", "2023-W31-2", "2023-8-1", "2023", "soon", "0", "2023-08-01T00:00:00"],
)
def test_pages_and_api_refuse_a_malformed_day(client, day):
    make_policy(code="P1")

    assert client.get(f"/api/v1/policies?on={day}").status_code == 422

    for address in ("/en/policies/P1/", "/en/policies/"):
        assert client.get(f"{address}?on={day}").status_code == 400


def test_events_are_worded_as_past_or_future():
    coming = timezone.localdate() + datetime.timedelta(days=40)
    policy = act(
        ("effective", coming.isoformat()),
        ("expired", "2999-12-31"),
        published=DAY(2020, 1, 1),
    )
    other = act(("effective", "2020"), ("expired", "2021-12-31"))

    assert [moment.label for moment in timeline(policy)] == [
        "Published",
        "Takes effect",
        "Last day in force",
    ]
    assert [m.label for m in timeline(other)] == ["Took effect", "Last day in force"]
