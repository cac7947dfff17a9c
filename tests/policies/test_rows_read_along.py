"""Acts whose relations are read as plain lists show what others show."""

import pytest

from policies.api import PolicyRow
from policies.models import Policy
from tests.factories import make_issuer, make_policy, make_policy_event, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def act():
    act = make_policy([make_issuer(), make_issuer()], [make_topic()])
    make_policy_event(act, "effective", "2021-03-01", act=make_policy())
    return act


def shown(act):
    parts = ("policyissuer_set", "topics", "events", "relations", "attachments")
    assert PolicyRow.model_fields.keys() >= {"issuers", *parts[1:]}
    return [
        *([row.pk for row in act.read_along(name)] for name in parts),
        act.issuer_list,
        act.topic_list,
        act.public_events,
        act.in_force_today,
    ]


def test_lists_hold_what_relations_hold(act, django_assert_num_queries):
    with django_assert_num_queries(6):
        read = Policy.objects.with_read_labels().get(pk=act.pk)
        answer = shown(read)

    assert answer == shown(Policy.objects.with_labels().get(pk=act.pk))
    assert answer == shown(Policy.objects.get(pk=act.pk))
    assert answer[0] and answer[1] and answer[2]


def test_relations_themselves_are_asked_anew(act):
    read = Policy.objects.with_read_labels().get(pk=act.pk)

    read.topics.clear()

    assert not read.topics.all()
    assert read.topic_list
