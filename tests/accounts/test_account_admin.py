"""Accounts in the admin: nobody grants rights they lack; history keeps the names."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from cbec_site.accounts.models import AuditEntry
from cbec_site.accounts.roles import ADMINISTRATOR, CONTRIBUTOR, EDITOR
from swot.models import Entry
from tests.factories import make_entry, make_user

pytestmark = [pytest.mark.whole, pytest.mark.django_db]


@pytest.fixture
def administrator(client):
    user = make_user()
    user.groups.add(Group.objects.get(name=ADMINISTRATOR))
    client.force_login(user)
    return user


def change(client, user, **given):
    """Post the form of an account with its stored values, changed as given."""
    url = reverse("admin:auth_user_change", args=[user.pk])
    page = client.get(url)
    form = page.context["adminform"].form
    values = {
        name: value
        for name, value in form.initial.items()
        if name in form.fields and value not in (None, False)
    }
    values |= {"date_joined_0": "2026-01-01", "date_joined_1": "00:00:00"}
    values["groups"] = [group.pk for group in values.get("groups", [])]
    return client.post(url, values | given)


def test_administrator_grants_roles_but_makes_no_superuser(client, administrator):
    user = make_user()
    editors = Group.objects.get(name=EDITOR)

    response = change(
        client,
        user,
        groups=[editors.pk],
        is_superuser="on",
        user_permissions=[Permission.objects.get(codename="delete_user").pk],
    )

    user = User.objects.get(pk=user.pk)
    assert response.status_code == 302
    assert list(user.groups.all()) == [editors]
    assert not user.is_superuser
    assert not user.user_permissions.exists()


def test_administrator_grants_no_group_with_more_rights(client, administrator):
    user = make_user()
    strong = Group.objects.create(name="Strong")
    strong.permissions.add(Permission.objects.get(codename="change_group"))

    response = change(client, user, groups=[strong.pk])

    assert response.status_code == 200
    assert not user.groups.exists()


@pytest.mark.parametrize("name", ["auth_user_change", "auth_user_password_change"])
def test_accounts_with_more_rights_cannot_be_changed(client, administrator, name):
    above = make_user(is_superuser=True)
    closed = make_user(is_active=False)
    closed.user_permissions.add(Permission.objects.get(codename="change_group"))

    for user in (above, closed):
        url = reverse(f"admin:{name}", args=[user.pk])
        assert client.post(url, {"password1": "x", "password2": "x"}).status_code == 403


def test_no_account_is_deleted_and_only_superusers_change_roles(client, administrator):
    user = make_user()
    group = Group.objects.get(name=CONTRIBUTOR)

    for name, pk in (("auth_user", user.pk), ("auth_group", group.pk)):
        url = reverse(f"admin:{name}_delete", args=[pk])
        assert client.post(url, {"post": "yes"}).status_code == 403
    url = reverse("admin:auth_group_change", args=[group.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"name": "Mine"}).status_code == 403


def test_closed_account_is_locked_out_and_stays_in_the_history(client, administrator):
    leaver, above = make_user(username="leaver"), make_user(is_superuser=True)
    entry = make_entry()
    entry.history.update(history_user=leaver)
    theirs = type(client)()
    theirs.force_login(leaver)
    assert theirs.get(reverse("admin:index")).status_code == 200

    client.post(
        reverse("admin:auth_user_changelist"),
        {
            "action": "close_accounts",
            "_selected_action": [leaver.pk, above.pk, administrator.pk],
        },
    )

    assert theirs.get(reverse("admin:index")).status_code == 302
    assert Entry.objects.get(pk=entry.pk).history.first().history_user == leaver
    assert list(User.objects.filter(is_active=False)) == [leaver]


def test_administrator_signs_accounts_out_and_resets_second_factors(
    client, administrator
):
    user, above = make_user(username="member"), make_user(is_superuser=True)
    for one in (user, above):
        TOTPDevice.objects.create(user=one, confirmed=True)
        StaticDevice.objects.create(user=one)
    theirs, others = type(client)(), type(client)()

    for action in ("end_sessions", "remove_second_factor"):
        for browser, one in ((theirs, user), (others, above)):
            browser.force_login(one)
        client.post(
            reverse("admin:auth_user_changelist"),
            {"action": action, "_selected_action": [user.pk, above.pk]},
        )
        assert "/admin/login/" in theirs.get("/admin/account/code/")["Location"]
        assert others.get("/admin/account/code/").status_code == 200

    devices = (*TOTPDevice.objects.all(), *StaticDevice.objects.all())
    assert {device.user for device in devices} == {above}
    told = AuditEntry.objects.filter(account=administrator.username)
    assert set(told.exclude(act="signed_in").values_list("act", "subject")) == {
        ("signed_out_all", "account member"),
        ("second_factor", "account member"),
    }


def test_password_set_by_somebody_else_is_recorded(client, administrator):
    user = make_user(username="member")
    url = reverse("admin:auth_user_password_change", args=[user.pk])
    new = "kettle orbit marble"

    client.post(url, {"password1": "short", "password2": "short"})
    assert not AuditEntry.objects.filter(act="password").exists()
    client.post(url, {"password1": new, "password2": new, "usable_password": "true"})

    user.refresh_from_db()
    assert user.check_password(new)
    (entry,) = AuditEntry.objects.filter(act="password")
    assert (entry.account, entry.subject) == (administrator.username, "account member")
