"""Metrics for Prometheus, for all server processes together.

Each process counts in files of one shared directory, and the process that answers adds
them up; facts about database and disk are read on request. Off unless METRICS_TOKEN is
set; a client that sends it as a bearer token may read the metrics.
"""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django_tasks_db.models import DBTaskResult
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)
from prometheus_client.core import GaugeMetricFamily

from .health import free_bytes
from .models import WorkerHeartbeat

ADDRESS = "/metrics"
SECONDS = (0.001, 0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """Counts the requests of this process, in files of its own in `directory`."""

    def __init__(self, directory: Path):
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        registry = CollectorRegistry()
        self.requests = Counter(
            "cbec_requests",
            "Requests answered; by source: application, memory, late (outdated, under "
            "load), copy (the database is away).",
            ["method", "status", "source"],
            registry=registry,
        )
        self.seconds = Histogram(
            "cbec_request_seconds",
            "Seconds until an answer began.",
            ["source"],
            buckets=SECONDS,
            registry=registry,
        )

    def count(self, method: str, status: int, source: str, seconds: float) -> None:
        """Count one request."""
        self.requests.labels(method, str(status), source).inc()
        self.seconds.labels(source).observe(seconds)


class SiteState:
    """Facts about the site, read on request; a prometheus_client collector."""

    def collect(self) -> Iterator:
        gauges = {
            "cbec_disk_free_bytes": ("Left where uploads are kept.", free_bytes()),
            "cbec_database_up": ("Whether the database answers.", 1),
        }
        tasks = {}
        try:
            age = WorkerHeartbeat.age()
            tasks = _tasks()
        except DatabaseError:
            age = None
            gauges["cbec_database_up"] = (gauges["cbec_database_up"][0], 0)
        if age is not None:
            gauges["cbec_worker_silent_seconds"] = ("Since a worker was alive.", age)
        for name, (text, value) in gauges.items():
            yield GaugeMetricFamily(name, text, value)
        family = GaugeMetricFamily(
            "cbec_tasks", "Tasks of the worker.", labels=["state"]
        )
        for state, count in tasks.items():
            family.add_metric([state], count)
        yield family


def _tasks() -> dict[str, int]:
    rows = DBTaskResult.objects.order_by().values_list("status").annotate(Count("pk"))
    return {state.lower(): count for state, count in rows}


class MetricsPage:
    """The middleware that answers /metrics where a token is set."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info == ADDRESS and settings.METRICS_TOKEN:
            return metrics_page(request)
        return self.get_response(request)


def metrics_page(request: HttpRequest) -> HttpResponse:
    """The metrics as text for clients that send the token; 401 for others."""
    sent = request.headers.get("Authorization", "")
    if not constant_time_compare(sent, f"Bearer {settings.METRICS_TOKEN}"):
        return HttpResponse(
            status=401,
            headers={"WWW-Authenticate": "Bearer", "Cache-Control": "no-store"},
        )
    registry = CollectorRegistry()
    registry.register(SiteState())
    if settings.METRICS_DIRECTORY.is_dir():
        multiprocess.MultiProcessCollector(registry, str(settings.METRICS_DIRECTORY))
    return HttpResponse(
        generate_latest(registry),
        content_type=CONTENT_TYPE_LATEST,
        headers={"Cache-Control": "no-store"},
    )
