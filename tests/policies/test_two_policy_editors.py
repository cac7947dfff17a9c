"""Editors who write the same policies at once: one succeeds, the other is informed."""

import pytest
from django.db import connection, transaction
from django.urls import reverse

from policies.importing import writing
from policies.importing.importer import policies as policy_importer
from policies.models import Policy, PolicyBatch
from tests.concurrency import Pause, at_once, begin, during, meeting, wait_until_blocked
from tests.factories import make_user
from tests.files import policies
from tests.policies.conftest import ALL, confirming, upload, written

pytestmark = pytest.mark.usefixtures("library")

MOVED = "A policy changed since this preview; nothing was written."


def send(client, content):
    return confirming(client, upload(client, content))


def words(response):
    assert response.status_code == 200
    return response.content.decode()


def states():
    return sorted(PolicyBatch.objects.values_list("state", flat=True))


def one_writes(answers):
    """Check that one of two answers learns of the other's write, which is complete."""
    told = [answer for answer in answers if MOVED in words(answer)]
    assert len(told) == 1
    assert states() == ["applied", "applied", "waiting"]
    return told[0]


@pytest.mark.parametrize("numbers", [ALL, range(119, -1, -1), range(30, 150)])
def test_only_one_of_two_simultaneous_confirmations_writes(
    editors, monkeypatch, numbers
):
    first, second = editors
    confirms = send(first, policies(ALL)), send(second, policies(numbers, "通知 "))
    monkeypatch.setattr(policy_importer, "apply", meeting(policy_importer.apply))
    # Neither is done with its first part before the other has begun.
    if connection.vendor == "postgresql":
        monkeypatch.setattr(writing, "_save", slowly(writing._save))

    told = one_writes(at_once(*confirms))

    assert told.context["plan"].changed_count > 0
    assert written()["policies"] == written()["issuers"]
    assert written()["history"] == 60 + 120


def slowly(function):
    """The function, paused until another writer waits for what it wrote."""
    paused = Pause(function, after=True)

    def call(*arguments, **named):
        if paused.reached.is_set():
            return function(*arguments, **named)
        waiting = begin(until_blocked, paused)
        found = paused(*arguments, **named)
        waiting.result(30)
        return found

    return call


def until_blocked(paused):
    assert paused.reached.wait(30)
    try:
        wait_until_blocked()
    finally:
        paused.go.set()


def test_file_confirmed_twice_at_once_is_written_once(enter, monkeypatch):
    user = make_user(is_superuser=True)
    client = enter(user)
    address = upload(client, policies(ALL))
    confirms = confirming(client, address), confirming(enter(user), address)
    monkeypatch.setattr(policy_importer, "apply", meeting(policy_importer.apply))

    pages = [words(answer) for answer in at_once(*confirms)]

    assert sum("Written: 60 new" in page for page in pages) == 1
    assert sum("This file was already written, once." in page for page in pages) == 1
    assert (states(), written()["history"]) == (["applied", "applied"], 180)


def form_of(client, policy, **changes):
    """What saves the form of a policy, its issuers as they are, with some changes."""
    address = reverse("admin:policies_policy_change", args=[policy.pk])
    context = client.get(address).context
    data = fields_of(context["adminform"].form)
    for inline in context["inline_admin_formsets"]:
        data |= fields_of(inline.formset.management_form)
        for form in inline.formset.forms:
            data |= fields_of(form)
    return lambda: client.post(address, data | changes, follow=True)


def fields_of(form):
    """The values of a form as a browser sends them."""
    found = {}
    for name in form.fields:
        bound = form[name]
        value = bound.value()
        if hasattr(bound.field.widget, "decompress"):
            parts = bound.field.widget.decompress(value)
            found |= {f"{bound.html_name}_{n}": p or "" for n, p in enumerate(parts)}
        elif value is not None and value is not False:
            found[bound.html_name] = value
    return found


def test_edit_during_an_import_is_refused(editors, pause):
    importer, editor = editors
    policy = Policy.objects.get(code="N0001")
    confirm = send(importer, policies(ALL))
    save = form_of(editor, policy, title_zh_hans="手改")

    done, refused = during(pause(writing, "_write", after=True), confirm, save)

    assert "Written: 60 new, 60 changed" in words(done)
    assert "while you were editing" in words(refused)
    policy.refresh_from_db()
    assert policy.title_zh_hans == "通知1"


def test_import_during_an_edit_gets_a_new_preview(editors, pause):
    importer, editor = editors
    policy = Policy.objects.get(code="N0001")
    save = form_of(editor, policy, title_zh_hans="手改")
    confirm = send(importer, policies(ALL))

    saved, told = during(pause(Policy, "save", after=True), save, confirm)

    assert "was changed successfully" in words(saved)
    assert MOVED in words(told)
    policy.refresh_from_db()
    assert policy.title_zh_hans == "手改"
    assert written()["policies"] == 60


def undoing(client, batch):
    address = reverse("admin:policies_policybatch_undo", args=[batch.pk])
    return lambda: client.post(address, follow=True)


def test_batch_that_a_later_import_changes_is_not_undone(editors, pause):
    importer, editor = editors
    first = PolicyBatch.objects.get()
    confirm = send(importer, policies(ALL))

    done, refused = during(
        pause(writing, "_write", after=True), confirm, undoing(editor, first)
    )

    assert "Written: 60 new" in words(done)
    assert "has been changed since" in words(refused)
    assert states() == ["applied", "applied"]


def test_import_over_a_batch_being_undone_gets_a_new_preview(editors, pause):
    importer, editor = editors
    second = policy_importer.import_file(policies(ALL), keep_file=False).batch
    confirm = send(importer, policies(ALL, "新"))

    undone, told = during(
        pause(writing, "_restore", after=True), undoing(editor, second), confirm
    )

    assert "Undone" in words(undone)
    assert MOVED in words(told)
    assert states() == ["applied", "applied", "undone", "waiting"]
    assert set(Policy.objects.values_list("title_zh_hans", flat=True)) == {
        f"旧{number}" for number in range(60)
    }


def test_form_that_waited_too_long_for_a_lock_has_to_be_sent_again(enter):
    editor, policy = enter(), Policy.objects.get(code="N0001")
    save = form_of(editor, policy, title_zh_hans="手改")

    def impatient():
        with connection.cursor() as cursor:
            cursor.execute(
                "PRAGMA busy_timeout = 100"
                if connection.vendor == "sqlite"
                else "SET lock_timeout = '100ms'"
            )
        return save()

    with transaction.atomic():
        writing.lock_policies()
        told = begin(impatient).result(30)

    assert (told.status_code, told["Retry-After"]) == (503, "30")
    assert "没有丢失" in told.content.decode()
    assert "it is not lost" in told.content.decode()
    policy.refresh_from_db()
    assert policy.title_zh_hans == "旧1"
    assert "was changed successfully" in words(save())
