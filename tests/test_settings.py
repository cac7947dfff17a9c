"""Production is the default and fails closed; each case starts a fresh process."""

import json
import os
import secrets
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.processes
SHOWN = (
    "from django.conf import settings as s;"
    "print(s.DEBUG, s.ALLOWED_HOSTS, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
    " s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS, s.REQUIRE_SECOND_FACTOR)"
)


def start(code=SHOWN, **environment):
    """Run code with the settings under an environment; returns the process."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "cbec_site.settings",
            **environment,
        },
        capture_output=True,
        text=True,
    )


def test_site_does_not_start_without_a_secret_key_and_says_what_to_do():
    process = start()

    assert process.returncode != 0
    assert "Set SECRET_KEY in the environment" in process.stderr


def test_defaults_are_secure():
    assert start(SECRET_KEY="k").stdout == "False [] False False False 0 False\n"


def test_https_address_makes_cookies_secure_and_asks_for_a_second_factor():
    process = start(
        SECRET_KEY="k", SITE_URL="https://site.example", ALLOWED_HOSTS="site.example"
    )

    assert process.stdout == ("False ['site.example'] True True True 31536000 True\n")


def test_deployment_is_checked_without_a_warning():
    process = start(
        "import django; django.setup();"
        "from django.core.management import call_command;"
        "call_command('check', deploy=True, fail_level='WARNING')",
        SECRET_KEY=secrets.token_urlsafe(50),
        SITE_URL="https://site.example",
        ALLOWED_HOSTS="site.example",
        DATABASE_URL="sqlite://:memory:",
    )

    assert "no issues (1 silenced)" in process.stdout, process.stderr


def test_connections_to_postgresql_are_bounded_and_nobody_waits_long():
    process = start(
        "import json; from django.conf import settings as s;"
        "found = s.DATABASES['default']; pool = found['OPTIONS']['pool'];"
        "del pool['connection_class'];"
        "print(json.dumps([found['CONN_MAX_AGE'], found['OPTIONS']]))",
        SECRET_KEY="k",
        DATABASE_URL="postgres://host/name",
        SERVER_THREADS="7",
    )

    age, options = json.loads(process.stdout)
    assert age == 0
    assert options["pool"]["max_size"] == 7
    assert options["pool"]["timeout"] == 1.5
    assert options["pool"]["reconnect_timeout"] == options["connect_timeout"] == 2


def test_sentry_is_optional_and_used_only_if_configured(tmp_path):
    named = {"SECRET_KEY": "k", "SENTRY_DSN": "https://key@sentry.example/1"}
    missing = start(**named)
    assert "install sentry-sdk too" in missing.stderr

    told = "def init(**options): print(options['dsn'], options['send_default_pii'])"
    (tmp_path / "sentry_sdk.py").write_text(told)
    found = start(**named, PYTHONPATH=str(tmp_path))
    assert found.stdout.startswith("https://key@sentry.example/1 False\n")


def test_directories_from_the_environment_are_paths():
    """What the environment names is used like the default."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from cbec_site import settings as s; "
            "print(s.MEDIA_ROOT.parent, s.PAGE_COPIES.parent)",
        ],
        cwd=settings.BASE_DIR,
        check=True,
        capture_output=True,
        text=True,
        env=os.environ
        | {"SECRET_KEY": "x", "IMPORT_DIRECTORY": "/a/b", "PAGE_COPIES": "/c/d"},
    )

    assert done.stdout.split() == ["/a", "/c"]
