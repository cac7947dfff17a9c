"""What is deleted in the admin comes back whole, and unpublished."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.core import serializers
from django.test import Client
from django.urls import reverse

from cbec_site.base.drafts.models import DeletedRow, Draft
from datasets.models import Observation, Revision
from policies.models import Policy, PolicyIssuer
from swot.models import Claim, Entry, Evidence
from tests.factories import (
    make_analysis,
    make_claim,
    make_correction,
    make_entry,
    make_figure,
    make_indicator,
    make_issuer,
    make_observation,
    make_page,
    make_policy,
    make_recommendation,
    make_region,
    make_source,
    make_topic,
    make_user,
    make_zone,
)
from tests.html import on_one_line

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

KINDS = {
    make_policy: lambda: make_policy([make_issuer()], [make_topic()]),
    make_observation: make_observation,
    make_claim: lambda: make_claim([make_observation()]),
    make_entry: lambda: make_entry(
        observations=[make_observation()], claims=[make_claim()]
    ),
    make_recommendation: lambda: make_recommendation(answers=[make_entry()]),
    make_correction: lambda: make_correction([make_claim()]),
    make_figure: lambda: make_figure([make_observation()]),
    make_analysis: lambda: make_entry(observations=[make_observation()]).analysis,
    make_zone: make_zone,
    make_page: make_page,
    make_region: make_region,
    make_source: make_source,
    make_topic: make_topic,
    make_indicator: make_indicator,
}


@pytest.fixture
def administrator(client):
    client.force_login(make_user(is_superuser=True))
    client.cookies["django_language"] = "en"
    return client


def page(item, name="delete"):
    meta = item._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{name}", args=[item.pk])


def delete(client, item):
    answer = client.post(page(item), {"post": "yes", "change_reason": "A mistake"})
    assert answer.status_code == 302
    assert not type(item)._base_manager.filter(pk=item.pk).exists()
    return DeletedRow.objects.latest("pk")


def bring_back(client, kept):
    return client.post(page(kept, "change"), {"_restore": "1"}, follow=True)


def stored(item):
    """Each column of a row and of what is deleted with it, as programs read them."""
    rows = [type(item)._base_manager.get(pk=item.pk)]
    for relation in item._meta.related_objects:
        if relation.on_delete is not None and relation.one_to_many:
            name = relation.field.name
            rows += relation.related_model._base_manager.filter(**{name: item})
    found = serializers.serialize("python", rows)
    for row in found:
        for name in ("is_published", "published_at", "updated_at", "checked_at"):
            row["fields"].pop(name, None)
    return sorted(found, key=lambda row: (row["model"], row["pk"]))


@pytest.mark.parametrize("make", KINDS, ids=lambda make: make.__name__[5:])
def test_row_is_restored_with_all_that_was_deleted_with_it(administrator, make):
    item = KINDS[make]()
    before = stored(item)

    kept = delete(administrator, item)
    answer = bring_back(administrator, kept)

    assert "is back, unpublished" in answer.content.decode()
    assert stored(item) == before
    item.refresh_from_db()
    assert not getattr(item, "is_published", False)


def test_both_languages_and_links_are_restored(administrator):
    policy = make_policy(
        [make_issuer()], title_zh_hans="通知", title_en="Notice", code="P7"
    )
    kept = delete(administrator, policy)

    shown = administrator.get(page(kept, "change")).content.decode()
    bring_back(administrator, kept)

    assert "通知" in shown
    assert "Notice" in shown
    policy = Policy.objects.get(code="P7")
    assert (policy.title_zh_hans, policy.title_en) == ("通知", "Notice")
    assert PolicyIssuer.objects.filter(policy=policy).count() == 1
    assert [version.history_type for version in policy.history.all()] == ["~", "-", "+"]


def test_former_values_of_an_observation_are_restored(administrator):
    value = make_observation("10")
    value.value = 11
    value.save()
    kept = delete(administrator, value)

    bring_back(administrator, kept)

    assert Observation.objects.get().value == 11
    assert Revision.objects.get().value == 10


def test_parts_of_an_analysis_are_restored_unpublished(administrator):
    entry = make_entry(observations=[make_observation()])
    kept = delete(administrator, entry.analysis)
    assert not Entry.objects.exists()

    bring_back(administrator, kept)

    assert not Entry.objects.get().is_published
    assert Evidence.objects.get().entry_id == entry.pk


def test_correction_is_linked_again_to_the_restored_row(administrator):
    entry = make_entry()
    correction = make_correction(entry=entry)
    kept = delete(administrator, entry)
    correction.refresh_from_db()
    assert correction.entry_id is None

    bring_back(administrator, kept)

    correction.refresh_from_db()
    assert correction.entry_id == entry.pk


def test_draft_belongs_to_the_restored_row_again(administrator):
    policy = make_policy([make_issuer()])
    draft = Draft.objects.create(
        content_type=Draft.kind_of(Policy), object_id=policy.pk, author=make_user()
    )
    kept = delete(administrator, policy)
    assert draft.target is None

    bring_back(administrator, kept)

    assert draft.target == policy


def test_row_is_not_restored_when_a_row_it_names_is_deleted_too(administrator):
    analysis = make_analysis()
    claim = make_claim()
    entry = make_entry(analysis=analysis, claims=[claim])
    kept = delete(administrator, entry)
    delete(administrator, claim)

    answer = bring_back(administrator, kept).content.decode()

    assert "has been deleted too" in answer
    assert not Entry.objects.exists()
    assert not Evidence.objects.exists()
    kept.refresh_from_db()
    assert kept.restored_at is None


def test_row_is_not_restored_when_its_code_is_taken(administrator):
    claim = make_claim(code="C7")
    kept = delete(administrator, claim)
    make_claim(code="C7")

    answer = bring_back(administrator, kept).content.decode()

    assert "already exists" in answer
    assert Claim.objects.count() == 1


def test_nothing_is_restored_twice(administrator):
    kept = delete(administrator, make_policy([make_issuer()]))
    bring_back(administrator, kept)

    answer = bring_back(administrator, kept).content.decode()

    assert "brought this back meanwhile" in answer
    assert Policy.objects.count() == 1


def test_rows_deleted_together_go_to_the_bin(administrator):
    for code in ("P1", "P2"):
        make_policy([make_issuer()], code=code)
    data = {
        "action": "delete_selected",
        "_selected_action": [policy.pk for policy in Policy.objects.all()],
        "post": "yes",
    }

    administrator.post(reverse("admin:policies_policy_changelist"), data)

    assert not Policy.objects.exists()
    assert DeletedRow.objects.count() == 2


def test_those_who_may_not_add_rows_restore_nothing(administrator, client):
    kept = delete(administrator, make_policy([make_issuer()]))
    reader = make_user()
    reader.user_permissions.add(permission("view_policy"))
    client.force_login(reader)

    shown = client.get(page(kept, "change")).content.decode()

    assert "may not bring it back" in shown
    assert client.post(page(kept, "change"), {"_restore": "1"}).status_code == 403
    assert not Policy.objects.exists()


def test_bin_shows_only_the_kinds_an_account_may_see(administrator):
    kept = delete(administrator, make_policy([make_issuer()], title="Seen by few"))
    stranger = make_user()
    stranger.user_permissions.add(permission("view_claim"))
    client = Client()
    client.force_login(stranger)

    listed = client.get(reverse("admin:drafts_deletedrow_changelist"))

    assert "Seen by few" not in listed.content.decode()
    answer = client.get(page(kept, "change"), follow=True)
    assert "Seen by few" not in answer.content.decode()


def test_history_says_that_it_came_back_in_the_language_of_the_reader(administrator):
    policy = make_policy([make_issuer()])
    address = page(policy, "history")
    kept = delete(administrator, policy)
    administrator.cookies["django_language"] = "zh-hans"
    bring_back(administrator, kept)

    told = {}
    for language in ("en", "zh-hans"):
        administrator.cookies["django_language"] = language
        told[language] = administrator.get(address).content.decode()

    assert "Reason: Brought back from the recycle bin" in on_one_line(told["en"])
    assert "理由：从回收站恢复" in on_one_line(told["zh-hans"])


def test_page_of_the_bin_names_parts_and_says_no_more_of_a_day_than_is_known(
    administrator,
):
    day = {"published_on": date(2026, 3, 1), "published_precision": "month"}
    policy = make_policy([make_issuer(name="Office of Trade")], **day)

    shown = administrator.get(page(delete(administrator, policy), "change"))

    assert "Office of Trade" in dict(shown.context["others"]).values()
    texts = dict(shown.context["texts"])
    assert texts["Date published"] == "2026-03"
    assert not [label for label in texts if "recision" in label]


def test_empty_list_offers_to_add_only_what_can_be_added(administrator):
    bin_, policies = (
        administrator.get(reverse(f"admin:{name}_changelist")).content.decode()
        for name in ("drafts_deletedrow", "policies_policy")
    )
    searched = administrator.get(
        reverse("admin:drafts_deletedrow_changelist"), {"q": "nothing"}
    ).content.decode()

    for empty in (bin_, policies):
        assert "There is nothing here yet." in empty
        assert "Nothing matches" not in empty
    assert "Create a new item" not in bin_ + policies + searched
    assert reverse("admin:policies_policy_add") in policies.partition("nothing here")[2]
    assert "/add/" not in bin_.partition("nothing here")[2]
    assert "Nothing matches" in searched


def permission(codename):

    return Permission.objects.get(codename=codename)
