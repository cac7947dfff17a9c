"""Which buttons each role finds on the form of a new, an unpublished and a live row."""

import re

import pytest
from django.urls import reverse

from cbec_site.accounts.roles import ADMINISTRATOR, CONTRIBUTOR, DATA_EDITOR, EDITOR
from tests.base.drafts.conftest import address, enter
from tests.factories import make_issuer, make_policy, make_region

BUTTON = re.compile(r'<button class="draft-button[^>]*name="(_\w+)"[^>]*>([^<]+)<')
DRAFT = {"_draft": "Save as draft", "_submit": "Submit for review"}
ROW = {
    "_continue": "Save without publishing and continue editing",
    "_save": "Save without publishing",
}
PUBLISH = {"_publish": "Publish"}
PUBLISHERS = {
    "new": ROW | DRAFT | PUBLISH,
    "unpublished": ROW | DRAFT | PUBLISH,
    "live": {"_withdraw": "Withdraw"} | DRAFT | PUBLISH,
}
KINDS = ("new", "unpublished", "live")
OF_POLICIES = {
    CONTRIBUTOR: dict.fromkeys(KINDS, DRAFT),
    EDITOR: PUBLISHERS,
    ADMINISTRATOR: PUBLISHERS,
}


def form_address(kind):
    if kind == "new":
        return address(name="add")
    return address(make_policy(issuers=[make_issuer()], is_published=kind == "live"))


def buttons(client, url):
    response = client.get(url)
    assert response.status_code == 200
    _, _, row = response.content.decode().partition('<div id="submit-row"')
    return dict(BUTTON.findall(row))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", OF_POLICIES)
def test_each_role_has_the_buttons_that_differ_for_it(db, role, kind):
    assert buttons(enter(role), form_address(kind)) == OF_POLICIES[role][kind]


@pytest.mark.parametrize("role", [DATA_EDITOR, ADMINISTRATOR])
def test_saving_a_name_is_publishing_it(db, role):
    region = make_region()
    for url in (
        reverse("admin:datasets_region_add"),
        reverse("admin:datasets_region_change", args=[region.pk]),
    ):
        expected = DRAFT | {"_save": "Save; readers see it at once"}
        assert buttons(enter(role), url) == expected


@pytest.mark.parametrize("role", [CONTRIBUTOR, EDITOR])
def test_regions_are_read_by_those_who_write_texts(db, role):
    url = reverse("admin:datasets_region_change", args=[make_region().pk])
    assert buttons(enter(role), url) == {}


def test_data_editor_reads_policies(db):
    client = enter(DATA_EDITOR)
    assert client.get(form_address("new")).status_code == 403
    for kind in ("unpublished", "live"):
        assert buttons(client, form_address(kind)) == {}


@pytest.mark.parametrize("approval", [False, True])
def test_approval_by_others_takes_away_publishing_alone(db, settings, approval):
    settings.APPROVAL_BY_OTHERS = approval
    expected = ROW | DRAFT | ({} if approval else PUBLISH)
    assert buttons(enter(EDITOR), form_address("new")) == expected


def test_buttons_say_in_chinese_what_happens(db):
    client = enter(EDITOR)
    client.cookies["django_language"] = "zh-hans"
    assert buttons(client, form_address("new")) == {
        "_continue": "保存（不发布）并继续编辑",
        "_save": "保存（不发布）",
        "_draft": "存为草稿",
        "_submit": "送审",
        "_publish": "发布",
    }
