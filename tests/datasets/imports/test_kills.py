"""A process that writes values is killed: all or nothing is stored, and work goes on.

Each process is stopped at a moment that is named, not timed, and then gets SIGKILL.
"""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from datasets.importing.importer import observations
from datasets.imports.tasks import requeue_lost
from datasets.models import ImportBatch, Observation, Revision
from tests.concurrency import begin
from tests.crashes import WORKER, let_time_pass, post_and_kill
from tests.factories import make_user
from tests.files import figures

UPLOAD = reverse("admin:datasets_observation_import")
# (observations, changed ones among them, former versions, applied batches)
NOTHING, ALL = (500, 0, 0, 1), (2000, 500, 500, 2)
MIDWAY = "row 1200 of datasets.importing.writing.insert"


def written():
    """What the database holds; a value written twice would show in a count."""
    changed = Observation.objects.filter(breakdown="").exclude(
        batch=ImportBatch.objects.earliest("pk")
    )
    return (
        Observation.objects.count(),
        changed.count(),
        Revision.objects.count(),
        ImportBatch.objects.filter(state="applied").count(),
    )


@pytest.fixture
def content():
    """A file that changes the 500 values and adds 1,500."""
    return figures(more=1)


@pytest.fixture
def file(tmp_path, content):
    path = tmp_path / "figures.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (MIDWAY, NOTHING),
        ("after datasets.importing.writing._announce", NOTHING),
        ("after datasets.importing.importer.observations.apply", ALL),
    ],
)
def test_killed_command_leaves_all_or_nothing(fork, file, moment, expected):
    command = fork("manage.py", "import_observations", str(file), hold=moment)
    command.wait_until_held()
    command.kill()

    assert written() == expected

    out = io.StringIO()
    call_command("import_observations", str(file), "--json", stdout=out)

    assert json.loads(out.getvalue())["status"] == "ok"
    assert written() == ALL


@pytest.fixture
def editor(shared_site):
    """A browser in which an administrator is logged in."""
    client = Client()
    client.force_login(make_user(is_superuser=True))
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def address(editor, content):
    """Where the uploaded file waits with its preview."""
    file = SimpleUploadedFile("figures.csv", content)
    address = editor.post(UPLOAD, {"file": file})["Location"]
    assert editor.get(address).context["plan"].write_count == 2000
    return address


@pytest.fixture
def large(settings):
    """Every file is too large for one request."""
    settings.IMPORT_IN_REQUEST = 0


def batch():
    return ImportBatch.objects.latest("pk")


def confirm(editor, address):
    token = editor.get(address).context["plan"].token
    return editor.post(address, {"token": token, "reason": "Yearbook"}, follow=True)


def assert_failed_in_both_languages(editor, address):
    words = {
        "en": ("The worker stopped in between; nothing was written.", "Try again"),
        "zh-hans": ("后台进程中途停止，未写入任何内容。", "重试"),
    }
    for language, (what, help) in words.items():
        editor.cookies["django_language"] = language
        page = editor.get(address, follow=True).content.decode()
        assert what in page and help in page
    editor.cookies["django_language"] = "en"


@pytest.mark.parametrize(
    "moment",
    [
        "before datasets.imports.tasks.heartbeat",
        "after datasets.imports.importer.read_document",
        MIDWAY,
    ],
)
def test_batch_of_a_killed_worker_fails_and_can_be_retried(
    editor, large, address, queue, work, start, fork, moment
):
    confirm(editor, address)
    worker = fork(*WORKER, hold=moment)
    worker.wait_until_held()

    # Its page answers at once, even while the only writer of SQLite is busy.
    assert editor.get(address).templates[0].name == "admin/imports/running.html"

    worker.kill()
    assert written() == NOTHING
    if moment == MIDWAY:
        start(*WORKER, "--batch").finish()
    assert (batch().state, written()) == ("running", NOTHING)
    let_time_pass(batch())
    assert_failed_in_both_languages(editor, address)
    assert (batch().state, written()) == ("failed", NOTHING)

    editor.post(address)
    editor.get(address)
    work()
    confirm(editor, address)
    work()

    assert (batch().state, written()) == ("applied", ALL)


def test_next_worker_does_what_a_killed_one_left(editor, large, address, queue, fork):
    confirm(editor, address)
    worker = fork("manage.py", "worker", "--interval", "0.05", hold=MIDWAY)
    worker.wait_until_held()
    worker.kill()
    assert written() == NOTHING
    let_time_pass(batch())

    # The scheduler finds the lost task although nobody has looked at a page.
    following = fork(
        "manage.py",
        "worker",
        "--interval",
        "0.05",
        hold="after django_tasks_db.models.DBTaskResult.set_successful",
    )
    following.wait_until_held()
    following.kill()

    assert (batch().state, written()) == ("applied", ALL)
    let_time_pass(batch())
    assert requeue_lost() == 0


def test_worker_killed_after_writing_has_written_once(
    editor, large, address, queue, work, start
):
    confirm(editor, address)
    worker = start(*WORKER, hold="after datasets.importing.importer.observations.apply")
    worker.wait_until_held()
    worker.kill()

    work()
    let_time_pass(batch())
    page = editor.get(address, follow=True)

    assert "Undo this import" in page.content.decode()
    assert (batch().state, written()) == ("applied", ALL)


def test_preview_of_a_killed_worker_is_made_again(
    editor, large, address, queue, work, fork
):
    editor.post(address, {"again": "1"})
    editor.get(address)
    worker = fork(*WORKER, hold="after datasets.imports.importer.read_document")
    worker.wait_until_held()
    worker.kill()
    let_time_pass(batch())

    editor.get(address)
    assert batch().state == "failed"
    editor.post(address)
    editor.get(address)
    work()

    assert editor.get(address).context["plan"].write_count == 2000


@pytest.fixture
def confirm_and_kill(editor, address, fork):
    """Confirm the file at a server that is killed at a moment of answering."""

    def confirm(moment, **environment):
        token = editor.get(address).context["plan"].token
        data = {"token": token}
        post_and_kill(fork, editor, address, data, moment, **environment)

    return confirm


def test_server_killed_while_it_writes_leaves_nothing(
    editor, address, confirm_and_kill
):
    confirm_and_kill(MIDWAY)

    assert (batch().state, written()) == ("waiting", NOTHING)
    page = confirm(editor, address)

    assert "Written: 1500 new, 500 changed, 0 unchanged." in page.content.decode()
    assert (batch().state, written()) == ("applied", ALL)


def test_server_killed_before_answering_has_written_once(
    editor, address, confirm_and_kill
):
    token = editor.get(address).context["plan"].token
    confirm_and_kill("after datasets.importing.importer.observations.apply")

    assert (batch().state, written()) == ("applied", ALL)
    page = editor.post(address, {"token": token}, follow=True)

    assert "Undo this import" in page.content.decode()
    assert written() == ALL


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        ("after django_tasks_db.backend.DatabaseBackend.enqueue", "waiting"),
        ("after datasets.imports.tasks.confirm", "running"),
    ],
)
def test_server_killed_while_it_queues_the_batch(
    editor, large, address, queue, work, fork, confirm_and_kill, moment, state
):
    confirm_and_kill(moment, IMPORT_IN_REQUEST="0")

    assert (batch().state, written()) == (state, NOTHING)
    if state == "waiting":
        confirm(editor, address)
    work()

    assert (batch().state, written()) == ("applied", ALL)


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite is no server")
def test_batch_whose_database_goes_away_fails_and_can_be_retried(
    editor, large, address, queue, work, monkeypatch
):
    apply = observations.apply

    def cut_off(*arguments, **named):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            begin(terminate, cursor.fetchone()[0]).result()
        return apply(*arguments, **named)

    monkeypatch.setattr(observations, "apply", cut_off)
    confirm(editor, address)
    work()

    assert batch().what_happened == "The import failed; nothing was written."
    assert (batch().state, written()) == ("failed", NOTHING)

    monkeypatch.setattr(observations, "apply", apply)
    editor.post(address)
    editor.get(address)
    work()
    confirm(editor, address)
    work()

    assert (batch().state, written()) == ("applied", ALL)


def terminate(process):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [process])
