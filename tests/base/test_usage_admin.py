"""The page that tells editors what rests on a row."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import models
from django.urls import reverse

from cbec_site.base.many_uses import held_by_many
from cbec_site.base.usage_admin import UsageAdmin
from cbec_site.base.uses import links_to
from datasets.models import Observation
from tests.factories import (
    make_claim,
    make_entry,
    make_figure,
    make_issuer,
    make_observation,
    make_policy,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def editor(client):
    client.force_login(make_user(is_superuser=True))
    client.cookies["django_language"] = "en"
    return client


def page(item, name):
    meta = item._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{name}", args=[item.pk])


def shown(client, item):
    return client.get(page(item, "used_by"))


def test_every_kind_of_use_is_listed_with_its_page(editor):
    value = make_observation(code="value-7")
    users = [
        make_claim([value]),
        make_figure([value]),
        make_entry(observations=[value], is_published=False),
        make_entry(body="[13](obs:value-7)", is_published=False),
    ]

    answer = shown(editor, value)

    for user in users:
        assert f'href="{page(user, "change")}"' in answer.content.decode()
    assert (
        f'href="{page(value, "used_by")}"'
        in editor.get(page(value, "change")).content.decode()
    )


def test_row_that_nothing_rests_on_can_be_deleted(editor):
    answer = shown(editor, make_policy([make_issuer()]))

    assert answer.context["uses"] == []
    assert "it can be deleted" in answer.content.decode()


def test_issuer_is_used_by_its_acts_once_each(editor):
    issuer = make_issuer()
    policy = make_policy([issuer])

    (use,) = shown(editor, issuer).context["uses"]

    assert [row for row, _address in use.rows] == [policy]
    assert use.total == 1


def test_list_is_bounded(editor, django_assert_max_num_queries):
    value = make_observation()
    for number in range(23):
        make_claim([value], code=f"C{number}")

    with django_assert_max_num_queries(20):
        (use,) = shown(editor, value).context["uses"]

    assert (len(use.rows), use.total, use.more) == (20, 23, 3)


def test_those_who_may_not_see_the_row_learn_nothing(client):
    value = make_observation()
    stranger = make_user()
    stranger.user_permissions.add(Permission.objects.get(codename="view_claim"))
    client.force_login(stranger)

    assert shown(client, value).status_code == 403
    assert Observation.objects.exists()


def test_every_link_is_a_use_or_belongs_to_the_row():
    """Versions, link rows and parts that are edited with a row do not count as uses."""
    for model, model_admin in admin.site._registry.items():
        if not isinstance(model_admin, UsageAdmin):
            continue
        links = [
            relation
            for relation in model._meta.related_objects
            if not hasattr(relation.related_model, "history_object")
        ]
        tables = {link.through for link in links if link.many_to_many}
        tables |= {field.remote_field.through for field in model._meta.many_to_many}
        expected = {
            link.field
            for link in links
            if link.related_model not in tables
            and (
                link.on_delete is not models.CASCADE
                or link.related_model in admin.site._registry
            )
        }
        assert set(links_to(model)) == expected, model


@pytest.mark.parametrize(("count", "more"), [(50, ""), (51, "The first 50 of 51.")])
def test_page_that_refuses_a_deletion_reads_only_the_first_of_many_uses(
    editor, count, more
):
    value = make_observation(period="1950")
    indicator = value.indicator
    Observation.objects.bulk_create(
        copy_of(value, period=str(1950 + n)) for n in range(1, count)
    )

    answer = editor.get(page(indicator, "delete")).content.decode()
    editor.post(page(indicator, "delete"), {"post": "yes"})

    assert "Nothing is deleted" in answer
    assert len(re.findall(r"/observation/\d+/change/", answer)) == 50
    assert more in answer
    assert ("The first" in answer) == bool(more)
    assert Observation.objects.count() == count
    held = held_by_many(type(indicator), [indicator])
    assert (len(held), held.total) == ((50, 51) if more else (0, 0))


def copy_of(value, **changed):
    fields = {
        field.attname: getattr(value, field.attname) for field in value._meta.fields
    }
    return Observation(**(fields | {"id": None} | changed))
