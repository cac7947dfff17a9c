"""Large files: progress, lost workers, and tasks that are queued again."""

import json
import time

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from cbec_site.accounts.append_only import drop_protection
from datasets.importing.importer import observations
from datasets.imports import tasks as jobs
from datasets.imports.progress import progress_file, write_progress
from datasets.models import ImportBatch, Observation
from tests.datasets.imports.uploads import send
from tests.html import on_one_line

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "places")]


@pytest.fixture
def emptied(transactional_db):
    """The database is emptied afterwards, so the audit log loses its protection."""
    yield
    drop_protection()


def test_progress_is_shown_while_the_worker_imports(editor, queue):
    address = send(editor)
    batch = ImportBatch.objects.get()
    jobs.hand_over(batch, jobs.apply_batch, "", "")
    queued = on_one_line(editor.get(address).content.decode())
    write_progress(batch, {"stage": "writing", "done": 500, "total": 2000})

    content = on_one_line(editor.get(address).content.decode())

    assert "Waiting for the worker" in queued
    assert '<progress class="admin-progress" value="25" max="100"' in content


def test_batch_of_a_dead_worker_fails_and_can_be_retried(editor, queue):
    address = send(editor)
    batch = ImportBatch.objects.get()
    jobs.hand_over(batch, jobs.apply_batch, "", "")
    long_ago = {"stage": "writing", "done": 1, "total": 2, "at": time.time() - 60}
    progress_file(batch).write_text(json.dumps(long_ago))

    page = editor.get(address, follow=True).content.decode()

    assert ImportBatch.objects.get().state == "failed"
    assert "The worker stopped in between; nothing was written." in page
    editor.post(address)
    assert editor.get(address).context["plan"].new_count == 1


def lose(batch):
    """The worker of the batch no longer reports: its last report is old."""
    DBTaskResult.objects.filter(status="READY").update(
        status="RUNNING", started_at=timezone.now(), worker_ids=["lost"]
    )
    last = {"stage": "writing", "done": 1, "total": 2, "at": time.time() - 16}
    progress_file(batch).write_text(json.dumps(last))


@pytest.mark.django_db(transaction=True)
def test_lost_task_is_queued_again_once(editor, queue, work, emptied):
    address = send(editor)
    batch = ImportBatch.objects.get()
    token = editor.get(address).context["plan"].token
    jobs.hand_over(batch, jobs.apply_batch, token, "Yearbook")
    # A task that waits for a worker, or has a live one, is not lost.
    assert jobs.requeue_lost() == 0
    lose(batch)
    write_progress(batch, {"stage": "writing", "done": 1, "total": 2})
    assert jobs.requeue_lost() == 0

    lose(batch)
    assert [jobs.requeue_lost(), jobs.requeue_lost()] == [1, 0]
    page = editor.get(address).content.decode()
    assert "The worker stopped in between; the import was started again." in page
    work()

    batch.refresh_from_db()
    assert (batch.state, batch.reason) == ("applied", "Yearbook")
    assert Observation.objects.count() == 1
    ends = sorted(DBTaskResult.objects.values_list("status", "exception_class_path"))
    lost = f"{jobs.WorkerLostError.__module__}.WorkerLostError"
    assert ends == [("FAILED", lost), ("SUCCESSFUL", "")]
    assert jobs.requeue_lost() == 0


def test_file_that_ends_its_worker_twice_is_left_to_the_editor(editor, queue):
    address = send(editor)
    batch = ImportBatch.objects.get()
    for handed_over in range(2):
        jobs.hand_over(batch, jobs.apply_batch, "", "")
        lose(batch)
        assert jobs.requeue_lost() == 1
        lose(batch)
        assert jobs.requeue_lost() == 0, handed_over

        batch.refresh_from_db()
        assert batch.is_failed
        assert batch.message == jobs.STOPPED
        assert not DBTaskResult.objects.exclude(status="FAILED").exists()
        editor.post(address)


@pytest.mark.django_db(transaction=True)
def test_task_queued_before_its_module_moved_fails_and_can_be_retried(
    editor, queue, work, emptied
):
    address = send(editor)
    jobs.hand_over(ImportBatch.objects.get(), jobs.plan_batch)
    DBTaskResult.objects.update(task_path="datasets.importing.jobs.plan_batch")

    work()
    page = editor.get(address, follow=True).content.decode()

    assert DBTaskResult.objects.get().status == "FAILED"
    assert ImportBatch.objects.get().state == "failed"
    assert "The worker stopped in between; nothing was written." in page
    editor.post(address)
    assert editor.get(address).context["plan"].new_count == 1


def test_batch_without_a_worker_is_not_shown_as_running(editor):
    send(editor)
    ImportBatch.objects.update(state="running")

    editor.get(reverse("admin:datasets_importbatch_changelist"))

    batch = ImportBatch.objects.get()
    assert (batch.state, batch.what_happened) == (
        "failed",
        "The worker stopped in between; nothing was written.",
    )
    with override("zh-hans"):
        assert batch.what_happened == "后台进程中途停止，未写入任何内容。"


def test_stopped_worker_leaves_a_failed_batch(editor, large, monkeypatch):
    address = send(editor)
    token = editor.get(address).context["plan"].token

    def stop(*arguments, **named):
        raise SystemExit

    monkeypatch.setattr(observations, "apply", stop)
    page = editor.post(address, {"token": token}, follow=True).content.decode()

    assert ImportBatch.objects.get().state == "failed"
    assert "The import failed; nothing was written." in page
