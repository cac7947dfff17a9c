"""The editors' pages of an import of policies."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cbec_site.accounts.roles import EDITOR, READER
from policies.importing.importer import policies as policy_importer
from policies.models import Policy, PolicyBatch
from tests.factories import make_entry, make_policy, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

UPLOAD = reverse("admin:policies_policy_import")
HEADER = "code,title_zh_hans,level\n"
NEW = "N1,关于支持跨境电商的通知,provincial\n"


@pytest.fixture
def editor(client):
    user = make_user()
    user.groups.add(Group.objects.get(name=EDITOR))
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


def send(client, text=HEADER + NEW, **more):
    """Upload a file; gives the address of its preview."""
    file = SimpleUploadedFile("policies.csv", text.encode())
    response = client.post(UPLOAD, {"file": file, **more})
    assert response.status_code == 302
    return response["Location"]


def test_preview_writes_nothing_and_confirming_writes_all(editor):
    make_policy(code="P1", title="旧", level="national")
    address = send(editor, HEADER + NEW + "P1,旧文,national\n")
    page = editor.get(address)
    shown = page.context["plan"]

    assert (shown.new_count, shown.changed_count) == (1, 1)
    assert "旧文" in page.content.decode()
    assert not Policy.objects.filter(code="N1").exists()

    response = editor.post(address, {"token": shown.token, "reason": "Check"})

    batch = PolicyBatch.objects.get()
    assert (batch.state, batch.reason) == ("applied", "Check")
    assert Policy.objects.get(code="P1").title_zh_hans == "旧文"
    shown = editor.get(response["Location"]).content.decode()
    assert "旧文" in shown and "关于支持跨境电商的通知" in shown

    back = reverse("admin:policies_policybatch_undo", args=[batch.pk])
    editor.post(back)

    assert list(Policy.objects.values_list("title_zh_hans", flat=True)) == ["旧"]


def test_import_needs_its_own_permission(client):
    reader = make_user()
    reader.groups.add(Group.objects.get(name=READER))
    client.force_login(reader)

    assert client.get(UPLOAD).status_code == 403


def test_new_policies_are_published_when_the_editor_says_so(editor):
    heading, row = (HEADER + "P1,新文,national").split("\n")
    address = send(
        editor, f"{heading},no_source_reason\n{row},Only on paper\n", publish="on"
    )

    editor.post(address, {"token": editor.get(address).context["plan"].token})

    assert Policy.objects.get().is_published


def test_what_rests_on_a_policy_is_named_and_asks_for_a_reason(editor):
    policy = make_policy(code="P1", title="旧", level="national")
    entry = make_entry(policies=[policy])
    make_entry(policies=[policy], is_published=False)
    address = send(editor, HEADER + "P1,旧文,national\n")
    page = editor.get(address)
    shown = page.context["plan"]

    assert [(item.kind, item.code) for item in shown.touched] == [("entry", entry.code)]
    refused = editor.post(address, {"token": shown.token})
    assert refused.context["form"].errors["reason"]
    assert Policy.objects.get().title_zh_hans == "旧"

    editor.post(address, {"token": shown.token, "reason": "Renamed"})

    assert Policy.objects.get().title_zh_hans == "旧文"


def test_second_to_confirm_gets_a_new_preview(editor):
    make_policy(code="P1", title="旧", level="national")
    address = send(editor, HEADER + "P1,旧文,national\n")
    token = editor.get(address).context["plan"].token
    policy_importer.import_file((HEADER + "P1,旧事,national\n").encode())

    response = editor.post(address, {"token": token}, follow=True)

    assert "A policy changed since this preview" in response.content.decode()
    assert Policy.objects.get().title_zh_hans == "旧事"


def test_large_file_is_imported_by_the_worker(editor, settings):
    settings.IMPORT_IN_REQUEST = 0
    address = send(editor)
    shown = editor.get(address).context["plan"]

    editor.post(address, {"token": shown.token}, follow=True)

    assert PolicyBatch.objects.get().state == "applied"
    assert Policy.objects.count() == 1


def test_unknown_columns_block_until_they_are_ignored(editor):
    address = send(editor, "code,title,level,mood\nN1,通知,national,good\n")
    assert not editor.get(address).context["plan"].is_clean

    editor.post(address, {"again": "1", "ignore": "mood"})

    assert editor.get(address).context["plan"].is_clean
