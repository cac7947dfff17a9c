"""The admin: every model can be found, edited and looked up."""

import datetime
import re

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from cbec_site.accounts.roles import EDITOR, READER
from cbec_site.models import Page
from datasets.models import Indicator, Observation
from policies.models import Policy, ProposedFact
from swot.models import Claim
from tests.factories import (
    make_breakdown,
    make_claim,
    make_entry,
    make_event,
    make_figure,
    make_indicator,
    make_issuer,
    make_observation,
    make_page,
    make_policy,
    make_policy_event,
    make_region,
    make_user,
    make_zone,
)

pytestmark = [pytest.mark.whole, pytest.mark.django_db]

EDITORS, READERS = EDITOR, READER


def enter(client, role=None):
    """Sign in as a member of a shipped role, or as an administrator."""
    user = make_user(is_superuser=role is None)
    if role:
        user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    return user


def page(model, name, *args):
    meta = model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{name}", args=args)


@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize("model", [Observation, Indicator, Policy, Claim])
def test_queries_of_a_list_do_not_grow(client, model, count):
    enter(client)
    make = {
        Observation: make_observation,
        Indicator: make_indicator,
        Policy: make_policy,
        Claim: make_claim,
    }[model]
    make()
    client.get(page(model, "changelist"))
    with CaptureQueriesContext(connection) as first:
        client.get(page(model, "changelist"))
    for _more in range(count):
        make()

    with CaptureQueriesContext(connection) as more:
        client.get(page(model, "changelist"))

    assert len(more) == len(first)


def test_nobody_gets_in_without_an_account(client):
    response = client.get(reverse("admin:index"))

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("admin:login"))


def test_editor_changes_a_text_in_both_languages(client):
    enter(client, EDITORS)
    item = make_page()
    form = client.get(page(Page, "change", item.pk)).context["adminform"].form

    client.post(
        page(Page, "change", item.pk),
        form.initial
        | {
            "title_zh_hans": "新题",
            "title_en": "New title",
            "is_published": "on",
            "change_reason": "Clearer",
        },
    )

    item.refresh_from_db()
    assert (item.title_zh_hans, item.title_en) == ("新题", "New title")
    assert item.history.first().history_change_reason == "Clearer"


def test_second_editor_does_not_overwrite_the_first(client):
    enter(client, EDITORS)
    item = make_page()
    seen = client.get(page(Page, "change", item.pk)).context["adminform"].form.initial
    item.title_en = "Changed meanwhile"
    item.save()

    response = client.post(
        page(Page, "change", item.pk), seen | {"title_en": "Mine", "is_published": "on"}
    )

    assert response.status_code == 200
    assert "Mine" in response.content.decode()
    item.refresh_from_db()
    assert item.title_en == "Changed meanwhile"


def test_missing_english_can_be_found(client):
    enter(client)
    make_indicator(title_en="Whole")
    lacking = make_indicator(title_en="")

    response = client.get(page(Indicator, "changelist"), {"translation": "missing"})

    assert [row.pk for row in response.context["cl"].result_list] == [lacking.pk]


@pytest.mark.parametrize(("action", "wanted"), [("publish", True), ("withdraw", False)])
def test_selected_rows_are_published_or_withdrawn(client, action, wanted):
    enter(client, EDITORS)
    item = make_policy(
        [make_issuer()],
        is_published=not wanted,
        source_url="https://www.gov.cn/a",
    )

    client.post(
        page(Policy, "changelist"), {"action": action, "_selected_action": [item.pk]}
    )

    item.refresh_from_db()
    assert item.is_published is wanted


def test_start_page_counts_waiting_work(client):
    enter(client, EDITORS)
    make_observation(is_published=False)
    act = make_policy(title_en="")
    make_policy_event(act, "expired", timezone.localdate())
    make_policy_event(act, "repealed", "2020-01-01", confidence="recalled")
    for confidence in ("recalled", "seen-secondary"):
        make_policy(title_en="A").relations.create(
            kind="repeals", other_name="国发〔2015〕24号", confidence=confidence
        )
    ProposedFact.objects.create(policy=act, field="summary_en", value="Text")
    make_claim(verdict="no")
    make_claim(verdict="no", accepted_reason_en="The paper prints it.")
    make_entry(body="About 5 of them.")

    answer = client.get(reverse("admin:index"))

    # The name of the site is above the menu here as on every other page.
    assert "CBEC Evidence" in answer.content.decode().split("</head>")[1]
    waiting = answer.context["waiting"]
    found = {(item["url"].split("/admin/")[1], item["count"]) for item in waiting}
    assert found >= {
        ("datasets/observation/?is_published__exact=0", 1),
        ("policies/policy/?translation=missing", 1),
        ("policies/policy/?events=expiring", 1),
        ("policies/policy/?events=to-confirm", 2),
        ("policies/proposedfact/?", 1),
        ("swot/claim/?reason=missing", 1),
        ("swot/entry/?numbers=open", 1),
    }
    for item in waiting:
        assert client.get(item["url"]).context["cl"].result_count == item["count"]


def test_figure_and_indicator_show_their_chart(client):
    enter(client, EDITORS)
    indicator = make_indicator()
    region, source = make_observation().region, make_observation().source
    rows = [
        make_observation(
            value, indicator=indicator, region=region, source=source, period=period
        )
        for value, period in (("1.25", "2020"), ("2.5", "2021"), ("4.75", "2022"))
    ]
    figure = make_figure(rows)

    for item in (indicator, figure):
        response = client.get(page(type(item), "change", item.pk))
        table = response.context["preview"]
        plain = [cell.plain for cell in table.columns[0].cells.values()]
        assert len(plain) == 3
        assert "data-figure" in response.content.decode()


@pytest.mark.parametrize(
    ("precision", "shown"),
    [("year", "2021"), ("month", "2021-03"), ("day", "2021-03-19")],
)
def test_lists_show_no_more_of_a_date_than_is_known(client, precision, shown):
    day = datetime.date(2021, 3, 19)
    rows = [
        make_policy(published_on=day, published_precision=precision),
        make_zone(approved_on=day, approved_precision=precision),
        make_event(happened_on=day, happened_precision=precision),
    ]
    client.force_login(make_user(is_superuser=True))

    for row in rows:
        listed = client.get(page(type(row), "changelist")).content.decode()
        cells = re.findall(r"<td[^>]*>\s*([^<]*?)\s*</td>", listed)
        assert shown in cells, type(row)
        assert shown == "2021-03-19" or "2021-03-19" not in cells


def test_breakdown_is_listed_by_its_title(client):
    make_observation(breakdown="base=2020")
    make_breakdown(code="base=2020", title="from 2020")
    client.force_login(make_user(is_superuser=True))
    client.cookies["django_language"] = "en"

    listed = client.get(page(Observation, "changelist")).content.decode()

    assert "from 2020" in listed
    assert "base=2020" not in listed


@pytest.mark.parametrize("term", ["贵州", "guizhou", "GZ"])
def test_completion_offers_exact_names_first(client, term):
    for number in range(30):
        make_region(
            code=f"A{number}",
            name_zh_hans=f"北贵州{number}",
            name_en=f"A Guizhou {number}",
        )
    make_region(code="B1", name_zh_hans="贵州省会", name_en="Guizhou capital")
    wanted = make_region(code="GZ", name_zh_hans="贵州", name_en="Guizhou")
    client.force_login(make_user(is_superuser=True))
    asked = {
        "app_label": "datasets",
        "model_name": "observation",
        "field_name": "region",
    }

    found = client.get(reverse("admin:autocomplete"), asked | {"term": term}).json()

    assert found["results"][0]["id"] == str(wanted.pk)
    assert term == "GZ" or found["results"][1]["text"] in (
        "贵州省会",
        "Guizhou capital",
    )


def test_evidence_is_one_line_each_and_a_claim_shows_one_way_to_check_it(client):
    client.force_login(make_user(is_superuser=True))
    entry = make_entry(observations=[make_observation()])
    found = make_claim([make_observation()], finding="scope", verdict="label")
    computed = make_claim(expression={"op": "const", "value": "1"})

    form = client.get(page(type(entry), "change", entry.pk)).content.decode()

    assert 'x-show="openRow"' in form
    for claim, closed in (
        (found, gettext("What is computed")),
        (computed, gettext("Or an editor's finding")),
    ):
        ways = client.get(page(Claim, "change", claim.pk)).context["adminform"]
        assert [str(way.name) for way in ways if way.is_collapsible] == [closed]


def test_offered_units_are_those_of_the_indicator(client):
    client.force_login(make_user(is_superuser=True))
    indicator = make_indicator(unit="PERCENT")
    address = reverse("admin:datasets_observation_units")

    found = client.get(address, {"indicator": indicator.pk}).json()

    assert found["unit"] == "PERCENT"
    assert "CNY_100M" not in found["units"]
    for wrong in ("", "x", "0", "9" * 40):
        assert client.get(address, {"indicator": wrong}).status_code == 404
