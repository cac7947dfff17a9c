"""Metrics for Prometheus: for clients with the token, over all processes."""

import re
import time
import urllib.request
from urllib.error import HTTPError

import pytest
from django.db import OperationalError

from cbec_site.metrics import Metrics
from cbec_site.models import WorkerHeartbeat
from tests.crashes import free_port

TOKEN = {"Authorization": "Bearer let-me-in"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("token", "sent", "status"),
    [
        ("", {}, 404),
        ("", {"Authorization": "Bearer "}, 404),
        ("let-me-in", {}, 401),
        ("let-me-in", {"Authorization": "Bearer let-me"}, 401),
        ("let-me-in", {"Authorization": "Basic let-me-in"}, 401),
        ("let-me-in", TOKEN, 200),
    ],
)
def test_metrics_are_off_by_default_and_need_the_token(
    client, settings, tmp_path, token, sent, status
):
    settings.METRICS_TOKEN, settings.METRICS_DIRECTORY = token, tmp_path
    WorkerHeartbeat.beat()

    response = client.get("/metrics", headers=sent)

    assert response.status_code == status
    assert (b"cbec_database_up 1.0" in response.content) is (status == 200)
    assert (b"cbec_worker_silent_seconds" in response.content) is (status == 200)
    if token:
        assert response["Cache-Control"] == "no-store"


def test_metrics_of_a_site_without_its_database(
    client, settings, tmp_path, monkeypatch
):
    def fail():
        raise OperationalError

    monkeypatch.setattr(WorkerHeartbeat, "age", fail)
    settings.METRICS_TOKEN, settings.METRICS_DIRECTORY = "let-me-in", tmp_path / "none"

    response = client.get("/metrics", headers=TOKEN)

    assert response.status_code == 200
    assert b"cbec_database_up 0.0" in response.content
    assert b"cbec_disk_free_bytes" in response.content


def test_processes_count_together(start, tmp_path):
    port = free_port()
    server = start(
        *f"-m cbec_site.web_server --port {port} --threads 2".split(),
        METRICS_TOKEN="let-me-in",
        METRICS_DIRECTORY=str(tmp_path / "metrics"),
    )
    server.wait_for_port(port)

    def ask(path, **headers):
        url = f"http://127.0.0.1:{port}{path}"
        request = urllib.request.Request(url, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()

    for _number in range(12):
        assert ask("/en/policies/")[0] == 200
    for _number in range(3):
        assert ask("/en/nothing/")[0] == 404
    assert ask("/metrics")[0] == 401
    deadline = time.monotonic() + 10
    while True:
        counts = counted(ask("/metrics", **TOKEN)[1])
        if counts == {"200": 12, "404": 3, "401": 1}:
            break
        assert time.monotonic() < deadline, counts


def counted(text):
    found = {}
    for status, number in re.findall(
        r'cbec_requests_total{.*?status="(\d+)".*?} (\S+)', text
    ):
        found[status] = found.get(status, 0) + float(number)
    return found


def test_an_unusable_directory_is_reported_when_the_server_starts(tmp_path):
    place = tmp_path / "file"
    place.write_text("")

    with pytest.raises(FileExistsError, match=str(place)):
        Metrics(place)
