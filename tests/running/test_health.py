"""Health checks of proxies and containers: for any host name, without a login."""

import datetime
import json

import pytest
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from cbec_site import health
from cbec_site.models import WorkerHeartbeat


def ask(client, path="/readyz"):
    response = client.get(path, headers={"host": "10.0.0.7:8000"})
    return response.status_code, json.loads(response.content)


def test_process_is_alive_without_database(client):
    """The test may reach no database."""
    assert ask(client, "/healthz") == (200, {"status": "ok", "process": "ok"})


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_can_only_be_read(client, path):
    response = client.post(path)

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


@pytest.mark.django_db
def test_site_with_a_living_worker_is_ready(client):
    WorkerHeartbeat.beat()

    status, found = ask(client)

    assert (status, found["status"]) == (200, "ok")


@pytest.mark.django_db
@pytest.mark.parametrize("age", [None, 61])
def test_silent_worker_is_not_ready(client, age):
    if age:
        at = timezone.now() - datetime.timedelta(seconds=age)
        WorkerHeartbeat.objects.create(pk=1, at=at)

    status, found = ask(client)

    assert (status, found["worker"]) == (503, "no sign of life")
    assert found["database"] == "ok"


@pytest.mark.django_db
def test_start_page_of_editors_tells_of_a_silent_worker(admin_client, settings):
    admin_client.cookies["django_language"] = "en"
    told = "No background worker is running"
    seen = []
    for at in (None, datetime.timedelta(seconds=61), datetime.timedelta(seconds=9)):
        if at:
            WorkerHeartbeat.objects.update_or_create(
                pk=1, defaults={"at": timezone.now() - at}
            )
        page = admin_client.get(reverse("admin:index")).content.decode()
        seen.append((told in page, "Last sign of life" in page))
    WorkerHeartbeat.objects.all().delete()
    settings.WORKER_EXPECTED = False

    assert seen == [(True, False), (True, True), (False, False)]
    assert told not in admin_client.get(reverse("admin:index")).content.decode()


@pytest.mark.django_db
def test_site_without_workers_needs_none(client, settings):
    settings.WORKER_EXPECTED = False

    assert ask(client)[0] == 200


def test_absent_database_is_reported_without_details(client, monkeypatch):
    def fail():
        raise OperationalError("password of the database")

    monkeypatch.setattr(health, "has_unapplied_migrations", fail)

    status, found = ask(client)

    assert (status, found["database"]) == (503, "no answer")
    assert "password" not in json.dumps(found)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        ("has_unapplied_migrations", True, "migrations"),
        ("free_bytes", 10, "disk"),
    ],
)
def test_what_is_missing_is_named(client, monkeypatch, name, value, part):
    WorkerHeartbeat.beat()
    monkeypatch.setattr(health, name, lambda: value)

    status, found = ask(client)

    assert status == 503
    assert found[part] != "ok"
