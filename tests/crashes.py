"""Kill a server during a request, and let time pass for its successor."""

import datetime
import http.client
import json
import socket
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import F
from django_tasks_db.models import DBTaskResult

from cbec_site.management.commands.serve import SERVER
from datasets.imports.progress import progress_file
from tests.processes import PATIENCE

WORKER = ("manage.py", "db_worker", "--no-startup-delay", "--interval", "0.05")


def post_and_kill(fork, editor, address, data, hold, **environment):
    """Post a form, as `editor` would, to a server that is killed at a named moment."""
    port = free_port()
    server = fork(*SERVER, str(port), hold=hold, **environment)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    server.wait_for_port(port)
    connection.request("POST", address, urlencode(data), as_sent_by(editor))
    server.wait_until_held()
    server.kill()
    connection.close()


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def as_sent_by(editor):
    """The headers of the client: its session, and that the form is from our site."""
    secret = "c" * 32
    session = editor.cookies[settings.SESSION_COOKIE_NAME].value
    return {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={secret}",
        "X-CSRFToken": secret,
    }


def let_time_pass(batch):
    """Let a minute pass: all reports and starts of workers become that much older."""
    for path in progress_file(batch).parent.glob("progress-*.json"):
        told = json.loads(path.read_text())
        path.write_text(json.dumps(told | {"at": told["at"] - 60}))
    minute = datetime.timedelta(minutes=1)
    DBTaskResult.objects.exclude(started_at=None).update(
        started_at=F("started_at") - minute
    )
