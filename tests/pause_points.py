"""Settings of a process that stops at a chosen moment, says so and waits to be killed.

HOLD names the moment: "before", "after" or "row N of" and the path of a function. HELD
is a named pipe: a byte arrives there when the moment is reached.
"""

import os
import time
from itertools import count
from pathlib import Path
from pkgutil import resolve_name

from django.apps import AppConfig

from tests.settings import *  # noqa: F403

# Tasks wait in the database for the worker, as they do on the real site.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
INSTALLED_APPS = [*INSTALLED_APPS, "tests.pause_points.Holding"]  # noqa: F405
# In case nobody kills it.
PATIENCE = 60


class Holding(AppConfig):
    name = "tests.pause_points"

    def ready(self):
        from cbec_site.base import bulk_writes
        from policies.importing import writing

        # So many rows are written at once; a few are enough here.
        bulk_writes.ROWS_AT_ONCE, writing.OBJECTS_AT_ONCE = 500, 20
        hold_at(os.environ.get("HOLD", ""))


def hold_at(moment):
    when, _, path = moment.rpartition(" ")
    if path:
        place, _, name = path.rpartition(".")
        place = resolve_name(place)
        setattr(place, name, held(getattr(place, name), when))


def held(function, when):
    """The function with a stop before it, after it or at one of the given rows."""

    def before(*arguments, **named):
        hold()
        return function(*arguments, **named)

    def after(*arguments, **named):
        result = function(*arguments, **named)
        hold()
        return result

    def among(model, rows):
        return function(model, stopping(rows, int(when.split()[1])))

    return {"before": before, "after": after}.get(when, among)


def stopping(rows, number):
    for place, row in zip(count(1), rows):
        if place == number:
            hold()
        yield row


def hold():
    with Path(os.environ["HELD"]).open("wb", buffering=0) as pipe:
        pipe.write(b"!")
    time.sleep(PATIENCE)
    os._exit(3)
