"""Editors who write the same series at the same moment, each with a real connection.

One is first; the other is told and continues from what is stored then. Nothing is lost
or doubled, and no request ends in a server error.
"""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from datasets.importing import undo, writing
from datasets.importing.importer import observations
from datasets.imports import tasks as jobs
from datasets.imports.batch_record import PreviewOutdatedError
from datasets.models import ImportBatch, Observation, Region, Revision
from policies.importing import writing as policy_writing
from policies.importing.importer import policies as policy_importer
from policies.models import Policy, PolicyBatch
from swot.claims.rechecking import recheck
from tests.concurrency import at_once, begin, during, meeting
from tests.factories import make_claim, make_region, make_user
from tests.files import HEADER, figures

UPLOAD = reverse("admin:datasets_observation_import")
MOVED = "The series changed since this preview; nothing was written."


def send(client, content):
    """Upload a file; gives what confirms it, to be called in any thread."""
    return confirming(client, upload(client, content))


def upload(client, content):
    file = SimpleUploadedFile("figures.csv", content)
    return client.post(UPLOAD, {"file": file})["Location"]


def confirming(client, address):
    token = client.get(address).context["plan"].token

    def confirm():
        return client.post(address, {"token": token, "reason": "Check"}, follow=True)

    return confirm


def words(response):
    assert response.status_code == 200
    return response.content.decode()


def states():
    return sorted(ImportBatch.objects.values_list("state", flat=True))


def test_only_one_of_two_simultaneous_confirmations_writes(editors, monkeypatch):
    first, second = editors
    confirms = send(first, figures(more=1)), send(second, figures(more=2))
    # Both have compared with the same state before either writes.
    monkeypatch.setattr(observations, "apply", meeting(observations.apply))

    answers = at_once(*confirms)

    (told,) = [answer for answer in answers if MOVED in words(answer)]
    (done,) = [answer for answer in answers if answer is not told]
    assert "Written: 1500 new, 500 changed, 0 unchanged." in words(done)
    # A new preview, against what is stored now.
    assert told.context["plan"].changed_count == 2000
    assert states() == ["applied", "applied", "waiting"]
    assert (Observation.objects.count(), Revision.objects.count()) == (2000, 500)


def test_file_confirmed_twice_at_once_is_written_once(enter, monkeypatch):
    user = make_user(is_superuser=True)
    client = enter(user)
    address = upload(client, figures(more=1))
    confirms = confirming(client, address), confirming(enter(user), address)
    monkeypatch.setattr(observations, "apply", meeting(observations.apply))

    pages = [words(answer) for answer in at_once(*confirms)]

    assert sum("Written: 1500 new" in page for page in pages) == 1
    assert sum("This file was already written, once." in page for page in pages) == 1
    assert states() == ["applied", "applied"]
    assert (Observation.objects.count(), Revision.objects.count()) == (2000, 500)


def test_large_file_confirmed_twice_at_once_is_one_task(
    enter, monkeypatch, settings, queue, work
):
    settings.IMPORT_IN_REQUEST = 0
    user = make_user(is_superuser=True)
    client = enter(user)
    address = upload(client, figures(more=1))
    client.get(address)
    work()
    confirms = confirming(client, address), confirming(enter(user), address)
    monkeypatch.setattr(jobs, "hand_over", meeting(jobs.hand_over))

    for answer in at_once(*confirms):
        assert "Waiting for the worker" in words(answer)
    work()

    assert DBTaskResult.objects.count() == 2
    assert states() == ["applied", "applied"]
    assert (Observation.objects.count(), Revision.objects.count()) == (2000, 500)


def form_of(client, row, **changes):
    """What saves the form of a value with some fields changed."""
    address = reverse("admin:datasets_observation_change", args=[row.pk])
    form = client.get(address).context["adminform"].form
    data = {
        name: "" if form[name].value() is None else form[name].value()
        for name in form.fields
    } | changes
    data = {name: value for name, value in data.items() if value is not False}
    return lambda: client.post(address, data, follow=True)


def row_of(year="1950", region="R0"):
    return Observation.objects.get(period=year, region__code=region, breakdown="")


def test_edit_during_an_import_is_refused(editors, pause):
    importer, editor = editors
    row = row_of()
    confirm = send(importer, figures(more=1))
    save = form_of(editor, row, value="1955.5")

    done, refused = during(pause(writing, "_announce"), confirm, save)

    assert "Written: 1500 new" in words(done)
    assert "while you were editing" in words(refused)
    assert row_of().value == row.value + 1
    assert [former.value for former in row.revisions.all()] == [row.value]


def test_import_during_an_edit_gets_a_new_preview(editors, pause):
    importer, editor = editors
    row = row_of()
    save = form_of(editor, row, value="1955.5")
    confirm = send(importer, f"{HEADER}exports,R0,1950,,1951.5,亿元,office\n".encode())

    saved, told = during(pause(Observation, "save", after=True), save, confirm)

    assert "was changed successfully" in words(saved)
    assert MOVED in words(told)
    assert row_of().value == Decimal("1955.5")
    (change,) = told.context["plan"].changed
    assert (change.before.value, change.after.value) == (
        Decimal("1955.5"),
        row.value + 1,
    )
    assert Revision.objects.count() == 1


def test_values_withdrawn_during_an_import_keep_what_it_wrote(editors, pause):
    importer, editor = editors
    row = row_of()
    confirm = send(importer, figures(more=1))

    def withdraw():
        return editor.post(
            reverse("admin:datasets_observation_changelist"),
            {"action": "withdraw", "_selected_action": [row.pk]},
            follow=True,
        )

    done, withdrawn = during(pause(writing, "_announce"), confirm, withdraw)

    assert "Written: 1500 new" in words(done)
    assert "1 changed." in words(withdrawn)
    assert (row_of().value, row_of().is_published) == (row.value + 1, False)
    assert [former.value for former in row.revisions.order_by("pk")] == [
        row.value,
        row.value + 1,
    ]


def test_value_deleted_during_an_import_is_gone_afterwards(editors, pause):
    confirm = send(editors[0], figures(more=1))

    done, deleted = during(pause(writing, "_announce"), confirm, row_of().delete)

    assert "Written: 1500 new" in words(done)
    assert deleted[1] == {"datasets.Revision": 1, "datasets.Observation": 1}
    assert (Observation.objects.count(), Revision.objects.count()) == (1999, 499)


def test_region_deleted_during_an_import_leaves_no_value_without_one(editors, pause):
    importer, editor = editors
    region = make_region(code="R99")
    confirm = send(importer, f"{HEADER}exports,R99,1950,,7,亿元,office\n".encode())
    paused = pause(writing, "_announce")

    def delete():
        address = reverse("admin:datasets_region_delete", args=[region.pk])
        return editor.post(address, {"post": "yes"}, follow=True)

    one = begin(confirm)
    assert paused.reached.wait(30)
    other = begin(delete)
    if connection.vendor == "postgresql":
        # Nothing that it could detect blocks it; on SQLite it waits.
        other.result(30)
    paused.go.set()

    words(other.result(60))
    is_told = MOVED in words(one.result(60))
    is_there = Region.objects.filter(code="R99").exists()
    assert is_told is not is_there
    assert Observation.objects.count() == 500 + is_there


def undoing(client, batch):
    address = reverse("admin:datasets_importbatch_undo", args=[batch.pk])
    return lambda: client.post(address, follow=True)


def test_batch_that_a_later_import_changes_is_not_undone(editors, pause):
    importer, editor = editors
    first = ImportBatch.objects.get()
    confirm = send(importer, figures(more=1))

    done, refused = during(pause(writing, "_announce"), confirm, undoing(editor, first))

    assert "Written: 1500 new" in words(done)
    assert "has been changed since" in words(refused)
    assert states() == ["applied", "applied"]
    assert (Observation.objects.count(), Revision.objects.count()) == (2000, 500)


def test_import_over_a_batch_being_undone_gets_a_new_preview(editors, pause):
    importer, editor = editors
    before = row_of().value
    second = observations.import_file(
        figures(parts=[""], more=1), keep_file=False
    ).batch
    confirm = send(importer, figures(parts=[""], more=2))

    undone, told = during(pause(undo, "announce"), undoing(editor, second), confirm)

    assert "Undone" in words(undone)
    assert MOVED in words(told)
    assert states() == ["applied", "applied", "undone", "waiting"]
    assert row_of().value == before
    # Each value ended twice: when it was overwritten and when that was undone.
    assert (Observation.objects.count(), Revision.objects.count()) == (500, 1000)
    assert {change.difference for change in told.context["plan"].changed} == {2}


def test_imports_of_different_series_both_succeed(editors, monkeypatch):
    observations.import_file(figures("parcels", parts=[""]), keep_file=False)
    pair = [
        {"op": "value", "indicator": name, "region": "R0", "period": "1950"}
        for name in ("exports", "parcels")
    ]
    claim = make_claim(
        expression={"op": "diff", "args": pair},
        stated_low=Decimal(0),
        stated_unit="CNY_100M",
    )
    claim.refresh_from_db()
    assert claim.verdict == "yes"
    first, second = editors
    confirms = (
        send(first, figures("exports", parts=[""], more=1)),
        send(second, figures("parcels", parts=[""], more=3)),
    )
    monkeypatch.setattr(observations, "apply", meeting(observations.apply))

    for answer in at_once(*confirms):
        assert "Written: 0 new, 500 changed, 0 unchanged." in words(answer)

    # The second one compared with what the first had written.
    claim.refresh_from_db()
    assert (claim.verdict, claim.computed_value) == ("no", -2)
    assert recheck() == []


def test_edit_between_comparing_and_writing_is_not_overwritten(shared_site):
    row = row_of()

    def edit():
        edited = row_of()
        edited.value = Decimal("1955.5")
        edited.save()

    def progress(done, total, stage):
        if stage == "comparing":
            begin(edit).result(30)

    plan = observations.plan(figures(more=1), progress=progress)

    with pytest.raises(PreviewOutdatedError):
        observations.apply(plan)
    assert row_of().value == Decimal("1955.5")
    assert [former.value for former in row.revisions.all()] == [row.value]


def test_only_one_of_two_imports_in_opposite_order_writes(shared_site, monkeypatch):
    monkeypatch.setattr(policy_writing, "OBJECTS_AT_ONCE", 1)
    heading = "code,title_zh_hans,level\n"
    names = ["P1,通知,national\n", "P2,意见,national\n"]
    policy_importer.import_file((heading + "".join(names)).encode(), keep_file=False)
    changed = [name.replace(",national", "书,national") for name in names]
    plans = [
        policy_importer.plan((heading + "".join(rows)).encode())
        for rows in (changed, changed[::-1])
    ]
    write = meeting(policy_importer.apply)

    def apply(plan):
        try:
            return write(plan).changed_count
        except PreviewOutdatedError:
            return "moved"

    first, second = plans
    answers = at_once(lambda: apply(first), lambda: apply(second))

    assert sorted(map(str, answers)) == ["2", "moved"]
    assert PolicyBatch.objects.count() == 2
    titles = Policy.objects.order_by("code").values_list("title_zh_hans", flat=True)
    assert list(titles) == ["通知书", "意见书"]
