"""Editors of each role with a policy, and what their browsers send of its form."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from cbec_site.accounts.roles import CONTRIBUTOR, EDITOR
from cbec_site.base.drafts.models import Draft
from tests.factories import make_issuer, make_policy, make_user
from tests.undrawn import context_of

PAGE = "https://www.gov.cn/notice"


def enter(role):
    client = Client()
    user = make_user()
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    client.cookies["django_language"] = "en"
    client.user = user
    return client


@pytest.fixture
def contributor():
    return enter(CONTRIBUTOR)


@pytest.fixture
def editor():
    return enter(EDITOR)


@pytest.fixture
def policy():
    return make_policy(
        issuers=[make_issuer()], code="P77", title_zh_hans="旧标题", source_url=PAGE
    )


def address(policy=None, name="change"):
    return reverse(f"admin:policies_policy_{name}", args=[policy.pk] if policy else [])


def filled(client, policy, url=None, **changed):
    """What a browser would send for the form, with some fields changed."""
    found = context_of(client, url or address(policy))
    data = {}
    forms = [found["adminform"].form]
    for part in found["inline_admin_formsets"]:
        forms += [part.formset.management_form, *part.formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            if isinstance(value, bool):
                value = "on" if value else None
            if value is not None:
                data[field.html_name] = value
    return data | changed


def save(client, policy, button, url=None, **changed):
    data = filled(client, policy, url, **changed) | {button: "1"}
    return client.post(url or address(policy), data)


def drafted(client, policy, **changed):
    response = save(client, policy, "_draft", **changed)
    assert response.status_code == 302, response.context["errors"]
    return Draft.objects.waiting().get()
