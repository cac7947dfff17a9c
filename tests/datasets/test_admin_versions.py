"""The history page of a value says which import each of its versions came from."""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from cbec_site.accounts.roles import DATA_EDITOR
from datasets.importing.importer import observations
from datasets.models import Observation
from tests.factories import make_indicator, make_region, make_source, make_user
from tests.html import on_one_line

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

HEADER = "indicator,region,period,value,unit,source,note_en\n"
ROW = "exports,520000,2022,%s,亿元,office,%s\n"


def versions(page):
    """The texts of each version on a page: its heading and its lines."""
    listed = page.partition("data-versions>")[2].partition("</ol>")[0]
    return [
        [
            " ".join(re.sub("<[^>]*>", "", line).split())
            for line in re.findall(r"<(?:h3|p)>(.*?)</(?:h3|p)>", item, re.DOTALL)
        ]
        for item in listed.split("</li>")[:-1]
    ]


def test_imports_and_edits_by_hand_are_both_told(client):
    make_indicator(code="exports", title="出口额")
    make_region(code="520000", name="贵州省")
    make_source(code="office", title="统计局")
    user = make_user(username="li")
    user.groups.add(Group.objects.get(name=DATA_EDITOR))
    for value, name, reason in (
        ("1.5", "a.csv", "First"),
        ("1.7", "b.csv", "Yearbook"),
    ):
        observations.import_file(
            (HEADER + ROW % (value, "")).encode(),
            file_name=name,
            reason=reason,
            user=user,
        )
    client.force_login(user)
    client.cookies["django_language"] = "en"
    row = Observation.objects.get()
    address = reverse("admin:datasets_observation_history", args=[row.pk])
    told = versions(client.get(address).content.decode())

    assert [(line[0], *line[2:]) for line in told] == [
        ("CNY 170 million · Normal", "Import b.csv · li", "Reason: Yearbook"),
        ("CNY 150 million · Normal", "Import a.csv · li", "Reason: First"),
    ]
    since, until = told[1][1].split(" – ")
    assert told[0][1] == f"{until} –"
    assert since and until

    row._history_user, row._change_reason = user, "Misprint"
    row.value = "1.6"
    row.save()
    page = on_one_line(client.get(address).content.decode())

    assert [line[0].split(" · ")[0] for line in versions(page)] == [
        "CNY 160 million",
        "CNY 170 million",
        "CNY 150 million",
    ]
    assert page.count("by hand: see below") == 1
    assert "Reason: Misprint" in page
