"""The site, loaded when this is imported: `tests.forked` then forks its processes.

URLs and views are not loaded: pause points have to be set before.
"""

import importlib
import os
import sys

import django
from django.conf import Settings, settings
from django.db import connections

SETTINGS = "tests.pause_points"

os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
django.setup()


def read_settings_anew():
    """Read settings from the present environment, like a process that starts now."""
    for name in ("cbec_site.settings", "tests.settings", SETTINGS):
        importlib.reload(sys.modules[name])
    settings._wrapped = Settings(SETTINGS)
    connections._settings = None
    del connections.settings
    for alias in connections:
        del connections[alias]
