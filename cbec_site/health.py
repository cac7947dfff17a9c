"""Whether the process runs (/healthz) and whether it can serve (/readyz).

Answered before hosts, https and sessions are checked, since proxies and containers ask
without knowing the site's name. Both answers are JSON; 503 if something is wrong.
"""

import shutil

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponseNotAllowed, JsonResponse

from .models import WorkerHeartbeat

ALIVE, READY = "/healthz", "/readyz"
METHODS = ("GET", "HEAD")
# A worker reports every few seconds that it is alive.
SILENT_WORKER = 60
LEAST_BYTES = 200_000_000


class HealthChecks:
    """The outermost middleware: answers the two addresses, passes on all others."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info not in (ALIVE, READY):
            return self.get_response(request)
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if request.path_info == ALIVE:
            return _answer({"process": "ok"})
        return _answer(readiness())


def _answer(parts):
    is_fine = all(value == "ok" for value in parts.values())
    return JsonResponse(
        {"status": "ok" if is_fine else "not ready", **parts},
        status=200 if is_fine else 503,
        headers={"Cache-Control": "no-store"},
    )


def readiness() -> dict[str, str]:
    """What the site needs to serve, each "ok" or what is wrong, without details."""
    parts = {"database": "ok", "migrations": "ok", "worker": "ok", "disk": "ok"}
    try:
        if has_unapplied_migrations():
            parts["migrations"] = "some are not applied"
        age = WorkerHeartbeat.age() if parts["migrations"] == "ok" else None
        if settings.WORKER_EXPECTED and (age is None or age > SILENT_WORKER):
            parts["worker"] = "no sign of life"
    except Exception:
        parts |= dict.fromkeys(("database", "migrations", "worker"), "no answer")
    if free_bytes() < LEAST_BYTES:
        parts["disk"] = "almost full"
    return parts


def has_unapplied_migrations() -> bool:
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def free_bytes() -> int:
    """Free space where uploaded files are kept; 0 if the directory is missing."""
    for directory in (settings.MEDIA_ROOT, *settings.MEDIA_ROOT.parents):
        if directory.exists():
            return shutil.disk_usage(directory).free
    return 0
