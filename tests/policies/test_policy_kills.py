"""If an import of policies is killed, all of its policies are stored or none, and it
can be resumed."""

import io
import json

import pytest
from django.core.management import call_command

from policies.models import PolicyBatch
from tests.crashes import WORKER, let_time_pass, post_and_kill
from tests.files import policies
from tests.policies.conftest import ALL as NUMBERS
from tests.policies.conftest import confirming, upload, written

pytestmark = pytest.mark.usefixtures("library")

# The first of them are written then.
MIDWAY = "after policies.importing.writing._write"
NOTHING = {
    "policies": 60,
    "renamed": 0,
    "issuers": 60,
    "history": 60,
    "batches": 1,
}
ALL = {
    "policies": 120,
    "renamed": 120,
    "issuers": 120,
    "history": 180,
    "batches": 2,
}


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("after policies.importing.writing._save", NOTHING),
        (MIDWAY, NOTHING),
        ("after policies.importing.importer.policies.apply", ALL),
    ],
)
def test_killed_command_leaves_all_or_nothing(fork, tmp_path, moment, expected):
    file = tmp_path / "policies.csv"
    file.write_bytes(policies(NUMBERS))
    command = fork("manage.py", "import_policies", str(file), hold=moment)
    command.wait_until_held()
    command.kill()

    assert written() == expected

    out = io.StringIO()
    call_command("import_policies", str(file), "--json", stdout=out)

    assert json.loads(out.getvalue())["status"] == "ok"
    assert written() == ALL


def batch():
    return PolicyBatch.objects.latest("pk")


def test_batch_of_a_killed_worker_fails_and_can_be_retried(
    enter, settings, queue, work, fork
):
    settings.IMPORT_IN_REQUEST = 0
    editor = enter()
    address = upload(editor, policies(NUMBERS))
    editor.get(address)
    work()
    confirming(editor, address)()
    worker = fork(*WORKER, hold=MIDWAY)
    worker.wait_until_held()
    worker.kill()

    assert (batch().state, written()) == ("running", NOTHING)
    fork(*WORKER, "--batch").finish()
    let_time_pass(batch())
    page = editor.get(address, follow=True).content.decode()
    assert "The worker stopped in between; nothing was written." in page
    assert "Try again" in page
    assert (batch().state, written()) == ("failed", NOTHING)

    editor.post(address)
    editor.get(address)
    work()
    confirming(editor, address)()
    work()

    assert (batch().state, written()) == ("applied", ALL)


@pytest.mark.parametrize(
    ("moment", "state", "expected"),
    [
        (MIDWAY, "waiting", NOTHING),
        ("after policies.importing.importer.policies.apply", "applied", ALL),
    ],
)
def test_killed_server_has_written_once_or_not_at_all(
    enter, fork, moment, state, expected
):
    editor = enter()
    address = upload(editor, policies(NUMBERS))
    confirm = confirming(editor, address)
    token = editor.get(address).context["plan"].token
    data = {"token": token, "reason": "Check"}
    post_and_kill(fork, editor, address, data, moment)

    assert (batch().state, written()) == (state, expected)

    page = confirm().content.decode()

    assert "Undo this import" in page
    assert (batch().state, written()) == ("applied", ALL)
