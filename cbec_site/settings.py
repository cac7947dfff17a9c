"""Settings of CBEC Evidence, read from the environment; production is the default."""

import os
from pathlib import Path
from tempfile import gettempdir

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from cbec_site.admin_theme import UNFOLD  # noqa: F401 - a setting
from cbec_site.base.languages import name_in_language
from cbec_site.logs import logging_settings, sentry_options
from cbec_site.postgres import PATIENCE, CheckedConnection

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()

# https://docs.djangoproject.com/en/5.2/ref/settings/#core-settings

DEBUG = env.bool("DEBUG", default=False)

SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "Set SECRET_KEY in the environment to a long random text, for example the "
        "output of: python -c 'import secrets; print(secrets.token_urlsafe(50))'"
    )

SITE_URL = env.str("SITE_URL", default="").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "modeltranslation",
    # Without its own admin site, on which ours is built.
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.import_export",
    "unfold.contrib.simple_history",
    "cbec_site.accounts.apps.EvidenceAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_filters",
    "django_tables2",
    "django_guid",
    "django_tasks",
    "django_tasks_db",
    "import_export",
    "simple_history",
    "cbec_site.base",
    "cbec_site.base.drafts",
    "cbec_site.base.search_index",
    "cbec_site",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "cbec_site.accounts",
    "datasets",
    "policies",
    "swot",
]

MIDDLEWARE = [
    "cbec_site.safety.AnswerHeaders",
    "cbec_site.health.HealthChecks",
    "cbec_site.metrics.MetricsPage",
    "django_guid.middleware.guid_middleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cbec_site.middleware.AdminPolicy",
    "cbec_site.middleware.PublicAnswers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cbec_site.accounts.sessions.SessionLife",
    "cbec_site.safety.BoundedBodies",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "cbec_site.database_away.Unavailable",
    "cbec_site.safety.BoundedNumbers",
]

FORM_RENDERER = "cbec_site.base.form_rendering.Renderer"
ROOT_URLCONF = "cbec_site.urls"
WSGI_APPLICATION = "cbec_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# https://docs.djangoproject.com/en/5.2/ref/databases/

DATABASES = {
    "default": env.db_url(
        "DATABASE_URL", default=f"sqlite:///{BASE_DIR}/var/db.sqlite3"
    )
}
# How many requests one process answers at once; each needs one connection.
SERVER_THREADS = env.int("SERVER_THREADS", default=4)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Readers never wait, and the second of two writers waits instead of failing.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;",
    }
else:
    DATABASES["default"] |= {
        # Connections are kept by the pool, which checks each before it is used.
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": DATABASES["default"].get("OPTIONS", {})
        | {
            # No request waits longer than two seconds for a database that is away.
            "connect_timeout": 2,
            "tcp_user_timeout": 2000,
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 2,
            "pool": {
                "min_size": 0,
                "max_size": SERVER_THREADS,
                "timeout": PATIENCE,
                "connection_class": CheckedConnection,
                "reconnect_timeout": 2,
                "max_idle": 120,
            },
        },
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# https://docs.djangoproject.com/en/5.2/topics/auth/passwords/

_VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATORS}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATORS}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATORS}.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 4 * 3600

# Sessions of the admin end after so long without a request, and in any case after so
# many hours (accounts/sessions.py).
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", default=60)
SESSION_HOURS = env.int("SESSION_HOURS", default=12)
SESSION_COOKIE_AGE = SESSION_HOURS * 3600

# Users who may change accounts need a second factor; all others may have one.
REQUIRE_SECOND_FACTOR = env.bool(
    "REQUIRE_SECOND_FACTOR", default=SITE_URL.startswith("https:")
)
OTP_TOTP_ISSUER = "CBEC Evidence"

# Addresses in the audit log are shortened to their network after so many days.
AUDIT_ADDRESS_DAYS = env.int("AUDIT_ADDRESS_DAYS", default=90)

# https://docs.djangoproject.com/en/5.2/topics/email/: the console by default.

vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
# Whether a draft may be published only by someone other than its author.
APPROVAL_BY_OTHERS = env.bool("APPROVAL_BY_OTHERS", default=False)
# Whether the official pages of policies are tried (check_links); needs a network.
CHECK_LINKS = env.bool("CHECK_LINKS", default=False)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="webmaster@localhost")

LOGIN_URL = LOGIN_REDIRECT_URL = "/admin/"

# https://docs.djangoproject.com/en/5.2/topics/logging/, cbec_site/logs.py

LOG_FORMAT = env.str("LOG_FORMAT", default="plain" if DEBUG else "json")
LOGGING = logging_settings(
    is_json=LOG_FORMAT == "json", level=env.str("LOG_LEVEL", default="INFO")
)
# A line for each request, without anything that identifies its sender (serving.py).
ACCESS_LOG = env.bool("ACCESS_LOG", default=LOG_FORMAT == "json")

# Clients that send this token may read /metrics; without a token there is no such page.
# The server processes share the directory.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
METRICS_DIRECTORY = Path(
    env.str("METRICS_DIRECTORY", default=f"{gettempdir()}/cbec-metrics-{os.getuid()}")
)
if METRICS_TOKEN:
    # Read by prometheus_client as it is imported.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(METRICS_DIRECTORY)

# https://django-guid.readthedocs.io/ A proxy may pass on the id that it has logged.

DJANGO_GUID = {
    "GUID_HEADER_NAME": "X-Request-ID",
    "VALIDATE_GUID": True,
    # Answers that are the same for everyone have the same headers too.
    "RETURN_HEADER": False,
    "EXPOSE_HEADER": False,
    "INTEGRATIONS": [],
    "UUID_FORMAT": "hex",
}

# https://docs.sentry.io/platforms/python/ To be installed by those who want it.

SENTRY_DSN = env.str("SENTRY_DSN", default="")
if SENTRY_DSN:
    try:
        import sentry_sdk
    except ImportError as error:
        raise ImproperlyConfigured(
            "SENTRY_DSN is set; install sentry-sdk too: pip install sentry-sdk"
        ) from error
    sentry_sdk.init(dsn=SENTRY_DSN, **sentry_options())

# Whether /readyz requires a living `manage.py worker`.

WORKER_EXPECTED = env.bool("WORKER_EXPECTED", default=True)

# https://docs.djangoproject.com/en/5.2/topics/i18n/

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "cbec_site" / "locale"]
MODELTRANSLATION_DEFAULT_LANGUAGE = "zh-hans"
MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": ("zh-hans", "en")}
MODELTRANSLATION_BUILD_LOCALIZED_VERBOSE_NAME = name_in_language
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
FORMAT_MODULE_PATH = ["cbec_site.formats"]

# https://whitenoise.readthedocs.io/

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("chartjs", BASE_DIR / "node_modules" / "chart.js" / "dist"),
]
STORAGES = {
    "default": {"BACKEND": "cbec_site.base.full_disk.WholeFiles"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# https://github.com/RealOrangeOne/django-tasks

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# The cache of whole public pages in each server process, and where the last copy of the
# most read ones is kept for a start without a database. 0 bytes: no cache.

PAGE_CACHE_BYTES = env.int("PAGE_CACHE_BYTES", default=64_000_000)
PAGE_COPIES = Path(
    env.str("PAGE_COPIES", default=str(BASE_DIR / "var" / "page-copies"))
)

# The licence of the site's own texts and data, named at the foot of each page; the code
# has one of its own (LICENSE). Empty: none is stated.

CONTENT_LICENCE = env.str("CONTENT_LICENCE", default="CC BY 4.0")
CONTENT_LICENCE_URL = env.str(
    "CONTENT_LICENCE_URL", default="https://creativecommons.org/licenses/by/4.0/"
)
# Who runs the site, shown at the foot of each page; see .env.example.
SITE_FACTS = env.json("SITE_FACTS", default={})

# The number of our own proxies in front of the site, to find a client's address.

TRUSTED_PROXIES = env.int(
    "TRUSTED_PROXIES", default=1 if SITE_URL.startswith("https:") else 0
)

# Imports: what one uploaded file may hold, and where it is kept.

IMPORT_MAX_BYTES = env.int("IMPORT_MAX_BYTES", default=220_000_000)
IMPORT_MAX_ROWS = env.int("IMPORT_MAX_ROWS", default=2_000_100)
IMPORT_MAX_COLUMNS = env.int("IMPORT_MAX_COLUMNS", default=400)
IMPORT_MAX_CELL = env.int("IMPORT_MAX_CELL", default=10_000)
IMPORT_MAX_EXPANDED = env.int("IMPORT_MAX_EXPANDED", default=1_500_000_000)
# Larger files are handled by the worker (`manage.py worker`).
IMPORT_IN_REQUEST = env.int("IMPORT_IN_REQUEST", default=1_000_000)
# How many rows and problems of a file are shown; all are counted.
IMPORT_SHOWN = env.int("IMPORT_SHOWN", default=200)
# How many doubts can be ticked one by one; a file with more has to be divided. Fewer
# than DATA_UPLOAD_MAX_NUMBER_FIELDS.
IMPORT_DOUBTS = env.int("IMPORT_DOUBTS", default=500)
# Uploaded files; no address leads there.
MEDIA_ROOT = Path(
    env.str("IMPORT_DIRECTORY", default=str(BASE_DIR / "var" / "imports"))
)

# https://docs.djangoproject.com/en/5.2/topics/security/

IS_HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 31536000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", default=IS_HTTPS)
# Only the owner of the whole domain can ask to be put on the browsers' preload lists.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SAMESITE = "Lax"

# https://django-csp.readthedocs.io/ (what the admin needs more: middleware.py)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Without these, anyone who may enter the admin may export and import
# (docs/decisions/closed-defaults.md).
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "export"
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "import"

DJANGO_TABLES2_TEMPLATE = "includes/table.html"
