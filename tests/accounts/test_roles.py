"""The shipped roles, and the permissions that publishing and exporting ask for."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from cbec_site.accounts.models import ShippedRole
from cbec_site.accounts.roles import (
    ADMINISTRATOR,
    CONTRIBUTOR,
    DATA_EDITOR,
    EDITOR,
    READER,
    ROLES,
)
from datasets.models import Indicator
from policies.models import Policy
from tests.factories import make_indicator, make_page, make_policy, make_user

pytestmark = pytest.mark.django_db


def member(role):
    user = make_user()
    user.groups.add(Group.objects.get(name=role))
    return user


def names(user):
    return user.get_all_permissions()


def test_roles_differ_in_what_they_are_for():
    contributor, editor = member(CONTRIBUTOR), member(EDITOR)
    data_editor, administrator = member(DATA_EDITOR), member(ADMINISTRATOR)

    assert {"swot.add_entry", "policies.change_policy"} <= names(contributor)
    acts = {name.partition(".")[2].partition("_")[0] for name in names(contributor)}
    assert acts == {"add", "change", "view"}
    assert {"swot.publish_entry", "policies.import_policy"} <= names(editor)
    assert "datasets.change_observation" not in names(editor)
    assert {"datasets.import_observation", "datasets.publish_observation"} <= names(
        data_editor
    )
    assert "swot.change_entry" not in names(data_editor)
    assert {"auth.change_user", "swot.delete_entry"} <= names(administrator)
    assert "auth.change_group" not in names(administrator)
    assert {name.partition(".")[2].partition("_")[0] for name in names(member(READER))}
    assert all(".view_" in name for name in names(member(READER)))


def test_migrating_again_touches_nothing_that_an_administrator_changed():
    Group.objects.get(name=EDITOR).permissions.clear()
    Group.objects.filter(name=DATA_EDITOR).update(name="Numbers")
    Group.objects.get(name=CONTRIBUTOR).delete()

    call_command("migrate", verbosity=0)

    assert not Group.objects.get(name=EDITOR).permissions.exists()
    assert Group.objects.filter(name__in=[DATA_EDITOR, CONTRIBUTOR]).count() == 0
    assert Group.objects.get(name="Numbers").permissions.exists()


def test_existing_group_with_the_name_of_a_role_is_left_alone():
    Group.objects.get(name=EDITOR).permissions.clear()
    ShippedRole.objects.all().delete()
    Group.objects.filter(name__in=ROLES).exclude(name=EDITOR).delete()

    call_command("migrate", verbosity=0)

    assert not Group.objects.get(name=EDITOR).permissions.exists()
    assert Group.objects.filter(name__in=ROLES).count() == len(ROLES)


def test_those_who_could_publish_and_export_still_can():
    changer, reader, stranger = make_user(), make_user(), make_user()
    group = Group.objects.create(name="Editors 编辑")
    group.permissions.add(Permission.objects.get(codename="change_policy"))
    member_of_group = make_user()
    member_of_group.groups.add(group)
    for user, codename in ((changer, "change_entry"), (reader, "view_observation")):
        user.user_permissions.add(Permission.objects.get(codename=codename))
    Permission.objects.filter(codename="publish_entry").delete()

    migration = import_module("cbec_site.accounts.migrations.0002_keep_rights")
    migration.keep_rights(apps, SimpleNamespace(connection=connection))

    fresh = [type(user).objects.get(pk=user.pk) for user in (changer, reader, stranger)]
    assert names(fresh[0]) == {"swot.change_entry", "swot.publish_entry"}
    assert names(fresh[1]) == {
        "datasets.view_observation",
        "datasets.export_observation",
    }
    assert names(fresh[2]) == set()
    assert names(member_of_group) == {
        "policies.change_policy",
        "policies.publish_policy",
        "policies.export_policy",
    }


def test_contributor_writes_drafts_and_publishes_nothing(client):
    client.force_login(member(CONTRIBUTOR))
    draft, public = make_page(is_published=False), make_page()
    url = reverse("admin:cbec_site_page_change", args=[draft.pk])
    form = client.get(url).context["adminform"].form

    client.post(url, form.initial | {"title_en": "Better", "is_published": "on"})
    refused = client.post(
        reverse("admin:cbec_site_page_change", args=[public.pk]), {"title_en": "Worse"}
    )
    client.post(
        reverse("admin:policies_policy_changelist"),
        {
            "action": "publish",
            "_selected_action": [make_policy(is_published=False).pk],
        },
    )

    draft.refresh_from_db()
    assert (draft.title_en, draft.is_published) == ("Better", False)
    assert refused.status_code == 403
    assert not Policy.objects.published().exists()


@pytest.mark.parametrize("role", [READER, CONTRIBUTOR])
def test_only_those_who_may_publish_restore_an_older_version(client, role):
    page = make_page(title="Now public")
    page.is_published = False
    page.title_en = "Draft"
    page.save()
    first = page.history.last().history_id
    client.force_login(member(role))
    url = reverse("admin:cbec_site_page_simple_history", args=[page.pk, first])

    assert client.get(url).status_code == 200
    response = client.post(url, {"title_en": "Now public", "slug": page.slug})

    page.refresh_from_db()
    assert response.status_code == 403
    assert (page.title_en, page.is_published) == ("Draft", False)


def test_export_needs_its_permission(client):
    make_policy(is_published=False)
    viewer = make_user()
    viewer.user_permissions.add(Permission.objects.get(codename="view_policy"))
    url = reverse("admin:policies_policy_export")
    form = {"format": "0", "resource": "0"}

    client.force_login(make_user())
    assert client.post(url, form).status_code == 403
    client.force_login(viewer)
    assert client.get(url).status_code == 403
    assert client.post(url, form).status_code == 403
    listed = client.get(reverse("admin:policies_policy_changelist"))
    assert url not in listed.content.decode()
    client.force_login(member(EDITOR))
    assert client.post(url, form).status_code == 200


def test_address_of_a_draft_is_given_only_to_those_who_may_see_it(client):
    indicator = make_indicator(is_published=False)
    kind = apps.get_model("contenttypes", "ContentType").objects.get_for_model(
        Indicator
    )
    url = reverse("admin:view_on_site", args=[kind.pk, indicator.pk])

    client.force_login(make_user())
    assert client.get(url).status_code == 403
    client.force_login(member(READER))
    assert indicator.code in client.get(url)["Location"]


@pytest.mark.parametrize("page", ["x", "-1", "999"])
def test_page_beyond_the_search_results_is_not_found(client, page):
    client.force_login(member(READER))

    response = client.get(reverse("admin:search"), {"s": "policy", "page": page})

    assert response.status_code == 404


def test_existing_groups_may_edit_the_later_parts_of_acts():
    """A group made before acts had events and texts gets the rights on them, once."""
    own = Group.objects.create(name="Policy desk")
    wanted = ("add_policy", "change_policy", "view_policy")
    own.permissions.set(Permission.objects.filter(codename__in=wanted))
    ShippedRole.objects.filter(name__startswith="rights on ").delete()

    call_command("migrate", verbosity=0)

    codenames = set(own.permissions.values_list("codename", flat=True))
    for part in ("policyevent", "policyrelation", "policyattachment", "savedview"):
        assert {f"{act}_{part}" for act in ("add", "change", "view")} <= codenames
        assert f"delete_{part}" not in codenames
    reader = Group.objects.get(name=READER)
    assert not reader.permissions.filter(codename="change_policyevent").exists()

    own.permissions.remove(*Permission.objects.filter(codename="add_policyevent"))
    call_command("migrate", verbosity=0)
    assert not own.permissions.filter(codename="add_policyevent").exists()
