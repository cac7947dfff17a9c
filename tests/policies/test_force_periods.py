"""The periods from which lists know the force of an act are those of its events."""

import datetime
from itertools import pairwise
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db.models import F
from hypothesis import given
from hypothesis import strategies as st

from cbec_site.base.drafts.recycle_bin import bring_back, keep
from policies.force import Stated, force_on, periods
from policies.models import ForcePeriod, Policy, PolicyEvent
from policies.receivers import after_migrate
from tests.factories import make_policy, make_policy_event, make_user
from tests.properties import examples

DAY = datetime.date
FIRST = DAY(2020, 1, 1)
DAYS = [FIRST + datetime.timedelta(n) for n in range(12)]
EDGES = [DAY.min, DAY(2019, 12, 31), *DAYS, DAY.max]


@st.composite
def events(draw):
    kind = draw(st.sampled_from(["effective", "expired", "repealed", "stated"]))
    first, last = sorted(draw(st.tuples(*[st.sampled_from([*DAYS, DAY.max])] * 2)))
    stated = draw(st.sampled_from(Stated.values)) if kind == "stated" else ""
    return SimpleNamespace(kind=kind, happened_on=first, latest_on=last, stated=stated)


@examples(50)
@given(
    st.lists(events(), max_size=4, unique_by=lambda e: (e.kind, e.happened_on)),
    st.none() | st.sampled_from([DAY.min, *DAYS]),
)
def test_every_day_is_in_one_period_with_its_force(happened, made_on):
    found = periods(happened, made_on)

    assert (found[0][0], found[-1][1]) == (DAY.min, DAY.max)
    for (_first, last, force), (first, _last, other) in pairwise(found):
        assert first == last + datetime.timedelta(1) and force != other
    for day in EDGES:
        (force,) = [force for first, last, force in found if first <= day <= last]
        assert force == force_on(day, happened, made_on).force


def bulk_updated(act):
    act.published_on = DAYS[9]
    Policy.objects.bulk_update([act], ["published_on"])


def saved(act, **changed):
    for name, value in changed.items():
        setattr(act, name, value)
    act.save(update_fields=changed)


def ended(act, **given):
    return make_policy_event(act, "repealed", DAYS[8], **given)


def confirmed_later(act):
    event = ended(act, confidence="recalled")
    event.confidence = "editor"
    event.save()


def moved(act):
    """The event of another act becomes one of this."""
    event = ended(Policy.objects.get(code="OTHER"))
    event.policy = act
    event.save()


def given_away(act):
    ended(act)
    repeals = act.events.filter(kind="repealed")
    repeals.update(policy=Policy.objects.get(code="OTHER"))


def brought_back(act):
    user = make_user()
    kept = keep(act, user)
    act.delete()
    bring_back(kept, user)


# The ways in which an act and its events are written.
DOORS = {
    "nothing": lambda act: None,
    "act saved": lambda act: saved(act, published_on=DAYS[7]),
    "act withdrawn": lambda act: saved(act, is_published=False),
    "date confirmed": lambda act: saved(
        act, written_on=DAYS[1], written_precision="day", is_written_confirmed=True
    ),
    "acts updated": lambda act: Policy.objects.update(published_on=DAYS[9]),
    "acts renamed": lambda act: Policy.objects.filter(pk=act.pk).update(code="NEW"),
    "acts updated in bulk": bulk_updated,
    "event added": ended,
    "event to confirm": lambda act: ended(act, confidence="recalled"),
    "event confirmed": confirmed_later,
    "event deleted": lambda act: ended(act).delete(),
    "events deleted": lambda act: act.events.all().delete(),
    "events moved": lambda act: act.events.update(
        happened_on=DAYS[2], latest_on=DAYS[4]
    ),
    "event of another act": moved,
    "events given to another act": given_away,
    "events in bulk": lambda act: PolicyEvent.objects.bulk_create(
        [
            PolicyEvent(
                policy=act, kind="expired", happened_on=DAYS[6], latest_on=DAYS[6]
            )
        ]
    ),
    "act deleted": lambda act: act.delete(),
    "act brought back": brought_back,
    "acts deleted": lambda act: Policy.objects.filter(pk=act.pk).delete(),
}


@pytest.mark.whole
@pytest.mark.django_db
@pytest.mark.parametrize("door", DOORS)
def test_periods_follow_whatever_is_written(door):
    for code in ("ACT", "OTHER"):
        act = make_policy(code=code, published_on=DAYS[0], published_precision="day")
        make_policy_event(act, "effective", DAYS[5])
    act = Policy.objects.get(code="ACT")

    DOORS[door](act)

    told = {
        (period.code, period.is_published, day): period.force
        for day in EDGES
        for period in ForcePeriod.objects.on(day)
    }
    assert told == {
        (act.code, act.is_published, day): act.force(day).force
        for day in EDGES
        for act in Policy.objects.all()
    }
    keys = set(ForcePeriod.objects.values_list("policy_key", flat=True))
    assert keys == set(Policy.objects.values_list("pk", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize("rebuild", ["migrate", "rebuild_force_periods"])
def test_periods_are_written_again(rebuild):
    acts = [make_policy(), make_policy()]
    names = ("policy_key", "code", "first_on", "last_on", "force")
    before = set(ForcePeriod.objects.values_list(*names))
    ForcePeriod.objects.filter(policy_key=acts[0].pk).delete()
    if rebuild == "migrate":
        after_migrate(None)
    else:
        # As after SQL.
        ForcePeriod.objects.update(policy_key=F("policy_key") + 1000, force="unknown")
        call_command(rebuild)

    now = set(ForcePeriod.objects.values_list(*names))

    assert now == before and len(before) == 4
